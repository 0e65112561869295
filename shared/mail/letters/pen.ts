import type { LocalDate, Month } from '../../calendar/date.ts'
import { formatDate, formatDateTime, formatMonth, formatWorkingDays, type Locale } from '../../calendar/wording.ts'
import type { Instant, TimeZone } from '../../calendar/zone.ts'
import type { Wording } from '../../contract/problem.ts'
import type { MailFacts } from '../facts.ts'
import type { Letter } from '../letter.ts'
import { columnsOf } from '../render-columns.ts'
import { headerSafe } from '../render-safe.ts'

/**
 * What a letter is written with: the reader's language, and the district's clock. A letter is built once, and each
 * sentence in it is written twice, side by side, so that whoever changes one sees the other.
 */
export interface Pen {
  readonly locale: Locale
  /** The sentence in the reader's language. */
  readonly say: (zh: string, en: string) => string
  readonly term: (wording: Wording) => string
  readonly at: (instant: Instant) => string
  readonly on: (date: LocalDate) => string
  readonly month: (month: Month) => string
  readonly workingDays: (days: number) => string
  /** Whether a time has run out by the time of writing: a mail may be written long after it was planned. */
  readonly isPast: (instant: Instant) => boolean
  /** Where the reader sees the matter: an enterprise its pages, whoever gets a bulletin its page. */
  readonly link: string | undefined
  /** Several things in a row: `、` or a comma. */
  readonly list: (items: readonly string[]) => string
}

export const penFor = ({ locale, timeZone, now, link }: { locale: Locale; timeZone: TimeZone; now: Instant; link?: string | undefined }): Pen => ({
  locale,
  link,
  say: (zh, en) => (locale === 'zh-CN' ? zh : en),
  term: ({ zh, en }) => (locale === 'zh-CN' ? zh : en),
  at: instant => formatDateTime(locale, instant, timeZone),
  on: date => formatDate(locale, date),
  month: month => formatMonth(locale, month),
  workingDays: days => formatWorkingDays(locale, days),
  isPast: instant => instant < now,
  list: items => items.join(locale === 'zh-CN' ? '、' : ', '),
})

/** A letter of one kind, before what all letters share is added. */
export type Draft = Omit<Letter, 'locale' | 'footer'> & {
  /** Why the reader gets it. */
  readonly because: string
  /** Somebody nearer than the campaign office whom the reader can ask. */
  readonly ask?: string
}

export type FactsOf<Kind extends MailFacts['kind']> = Extract<MailFacts, { kind: Kind }>

/** Why the campaign office gets a mail. */
export const becauseOfOffice = ({ say }: Pick<Pen, 'say'>): string =>
  say('您收到本邮件，是因为您负责助企工作的督查协调。', 'You get this mail because you work in the campaign office.')

/** Text on one line and no wider than so many columns, of which a Chinese character takes two. */
export const cut = (text: string, columns: number): string => {
  const line = headerSafe(text)
  if (columnsOf(line) <= columns) return line
  let kept = ''
  let taken = 0
  for (const character of line) {
    taken += columnsOf(character)
    if (taken >= columns) break
    kept += character
  }
  return `${kept.trimEnd()}…`
}

/** Long names would push the words out of a subject that say what to do. */
export const shortName = (name: string): string => cut(name, 24)

/** Long texts are quoted whole only where the reader must act on every word of them. */
export const excerpt = (text: string, characters = 300): string => {
  const all = Array.from(text)
  return all.length <= characters ? text : `${all.slice(0, characters).join('').trimEnd()}…`
}
