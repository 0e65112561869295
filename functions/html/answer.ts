import type { Locale } from '../../shared/calendar/wording.ts'
import type { TimeZone } from '../../shared/calendar/zone.ts'
import { languageOf } from '../http/language.ts'
import type { Incoming } from '../http/middleware.ts'
import type { Result } from '../http/result.ts'
import { pagePenFor, type PagePen } from './layout.ts'

/** Nothing is loaded from anywhere, nothing runs, nobody frames the page, and no address that holds a token is told to others. */
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'strict-transport-security': 'max-age=31536000',
}

export const page = (statusCode: number, body: string): Result => ({ statusCode, headers, body })

/** Leads the browser there, after a form. */
export const seeOther = (location: string): Result => ({ statusCode: 303, headers: { ...headers, location }, body: '' })

/** A file to keep, of that media type and under that name. */
export const download = (content: Buffer, mediaType: string, filename: string): Result => ({
  statusCode: 200,
  headers: { ...headers, 'content-type': mediaType, 'content-disposition': `attachment; filename="${filename}"` },
  body: content.toString('base64'),
  isBase64Encoded: true,
})

/** The pen that answers a request in its reader's language, as of when it came. */
export const penFor = ({ locale, timeZone }: { readonly locale: Locale; readonly timeZone: TimeZone }) => (event: Incoming): PagePen =>
  pagePenFor({ locale: languageOf(event.headers['accept-language'], locale) === 'en' ? 'en' : 'zh-CN', timeZone, now: event.requestContext.timeEpoch })
