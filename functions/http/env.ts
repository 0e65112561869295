import * as z from 'zod'

/** What every API function needs to know about where it runs. */
export const apiEnv = z.object({
  TABLE_NAME: z.string().min(1),
  /** IANA name; months, days and deadlines are counted in it. */
  TIME_ZONE: z.string().min(1),
  LOCALE: z.enum(['zh-CN', 'en']),
  /** Which claim of the token names the person: `email` (with `email_verified`), or one that holds the staff number. */
  IDENTITY_CLAIM: z.string().min(1),
  /** Acts as administrator while the roster does not know this address. */
  ADMIN_EMAIL: z.email(),
  /** Signs list cursors. */
  CURSOR_SECRET: z.string().min(16),
})
