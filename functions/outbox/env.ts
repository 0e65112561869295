import * as z from 'zod/mini'
import { locales } from '../../shared/calendar/wording.ts'
import { someText } from '../../shared/contract/field.ts'

/** Whether user and password can be read out of the address: a `%` in them must begin an escape. */
const isReadable = (url: string): boolean => {
  try {
    const { username, password } = new URL(url)
    decodeURIComponent(username)
    decodeURIComponent(password)
    return true
  } catch {
    return false
  }
}

const readableForm = 'must be smtps://user:password@host:port; in user and password, write % as %25, / as %2F, # as %23, ? as %3F and @ as %40'

/** What sending mail needs to know about where it runs. Read by `infra` to type what it passes in. */
export const deliveryEnv = z.object({
  TABLE_NAME: someText,
  TIME_ZONE: someText,
  LOCALE: z.enum(locales),
  /** Envelope and header sender, e.g. `assist@example.gov.cn`. */
  SENDER: z.email(),
  /** Told when nobody nearer can be reached; the bootstrap administrator. */
  ADMIN_EMAIL: z.email(),
  /** Where the API answers; enterprises' links begin with it. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }),
  MAIL_TRANSPORT: z.enum(['ses', 'smtp']),
  /** SES's configuration set, which reports bounces and complaints; only with MAIL_TRANSPORT=ses. */
  CONFIGURATION_SET: z.optional(someText),
  /** `smtps://user:password@host:port`; only with MAIL_TRANSPORT=smtp. */
  SMTP_URL: z.optional(z.url({ protocol: /^smtps?$/, error: readableForm, abort: true }).check(z.refine(isReadable, readableForm))),
})
