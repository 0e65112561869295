import * as z from 'zod'

export const env = z.object({
  LOCALE: z.enum(['zh-CN', 'en']),
})
