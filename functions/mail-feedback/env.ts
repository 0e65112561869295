import * as z from 'zod'

export const env = z.object({
  TABLE_NAME: z.string().min(1),
  /** Told when nobody nearer can be reached; the bootstrap administrator. */
  ADMIN_EMAIL: z.email(),
})
