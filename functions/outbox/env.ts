import * as z from 'zod/mini'
import { locales } from '../../shared/calendar/wording.ts'
import { someText } from '../../shared/contract/field.ts'

/** What sending mail needs to know about where it runs. Read by `infra` to type what it passes in. */
export const deliveryEnv = z.object({
  TABLE_NAME: someText,
  TIME_ZONE: someText,
  LOCALE: z.enum(locales),
  /** Envelope and header sender, e.g. `assist@example.gov.cn`. */
  SENDER: z.email(),
  /** Told when nobody nearer can be reached; the bootstrap administrator. */
  ADMIN_EMAIL: z.email(),
  MAIL_TRANSPORT: z.enum(['ses', 'smtp']),
  /** SES's configuration set, which reports bounces and complaints; only with MAIL_TRANSPORT=ses. */
  CONFIGURATION_SET: z.optional(someText),
  /** `smtps://user:password@host:port`; only with MAIL_TRANSPORT=smtp. */
  SMTP_URL: z.optional(z.url({ protocol: /^smtps?$/ })),
})
