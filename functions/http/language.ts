import type { Locale } from '../../shared/calendar/wording.ts'

export type Language = 'zh' | 'en'

/** A language the client takes, `*` for any, and how gladly: 0 is not at all. */
interface Range {
  readonly language: string
  readonly quality: number
}

const rangeForm = /^\s*([a-z]{1,8}|\*)(?:-[a-z\d]{1,8})*\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i

/** What `Accept-Language` says; what is not written as RFC 9110 has it is passed over. */
const rangesIn = (header: string): readonly Range[] =>
  header.split(',').flatMap(written => {
    const [, language, quality = '1'] = rangeForm.exec(written) ?? []
    return language === undefined ? [] : [{ language: language.toLowerCase(), quality: Number(quality) }]
  })

const qualityOf = (language: string, ranges: readonly Range[]): number => {
  const named = ranges.filter(range => range.language === language)
  const counting = named.length > 0 ? named : ranges.filter(range => range.language === '*')
  return Math.max(0, ...counting.map(({ quality }) => quality))
}

const isOurs = (language: string): language is Language => language === 'zh' || language === 'en'

/** The language of an answer: what the client takes most gladly, of equals what it names first, otherwise the deployment's. */
export const languageOf = (acceptLanguage: string | undefined, locale: Locale): Language => {
  const ranges = rangesIn(acceptLanguage ?? '')
  const [zh, en] = [qualityOf('zh', ranges), qualityOf('en', ranges)]
  if (zh !== en) return zh > en ? 'zh' : 'en'
  const first = zh === 0 ? undefined : ranges.map(({ language }) => language).find(isOurs)
  return first ?? (locale === 'en' ? 'en' : 'zh')
}
