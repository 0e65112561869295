import * as z from 'zod/mini'
import { locales } from '../../shared/calendar/wording.ts'
import { someText } from '../../shared/contract/field.ts'

/** What every API function needs to know about where it runs. */
export const apiEnv = z.object({
  TABLE_NAME: someText,
  /** IANA name; months, days and deadlines are counted in it. */
  TIME_ZONE: someText,
  LOCALE: z.enum(locales),
  /** Which claim of the token names the person: `email` (with `email_verified`), or one that holds the staff number. */
  IDENTITY_CLAIM: someText,
  /** Acts as administrator while the roster does not know this address. */
  ADMIN_EMAIL: z.email(),
  /** Signs list cursors. */
  CURSOR_SECRET: z.string().check(z.minLength(16)),
})
