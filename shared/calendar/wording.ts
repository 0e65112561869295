import { dayOfMonth, dayOfWeek, yearOf, type LocalDate, type Month } from './date.ts'
import type { DayKind } from './working-day.ts'
import { localDateOf, localTimeOf, type Instant, type TimeZone } from './zone.ts'

/** The languages mail and pages are written in. */
export const locales = ['zh-CN', 'en'] as const
export type Locale = (typeof locales)[number]

const weekdays = {
  'zh-CN': ['日', '一', '二', '三', '四', '五', '六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const

const englishMonths = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]

/** `8月15日（周一）`, `Mon 15 August`; with `year`, `2016年8月15日（周一）`, `Mon 15 August 2016`. */
export const formatDate = (locale: Locale, date: LocalDate, { year = false } = {}): string => {
  const [month, day, weekday] = [Number(date.slice(5, 7)), dayOfMonth(date), weekdays[locale][dayOfWeek(date)] ?? '']
  return locale === 'zh-CN'
    ? `${year ? `${yearOf(date)}年` : ''}${month}月${day}日（周${weekday}）`
    : `${weekday} ${day} ${englishMonths[month - 1] ?? ''}${year ? ` ${yearOf(date)}` : ''}`
}

/** `8月15日（周一）18:00`, `Mon 15 August, 18:00`, on the clocks of `timeZone`. */
export const formatDateTime = (
  locale: Locale,
  instant: Instant,
  timeZone: TimeZone,
  options: { year?: boolean } = {},
): string => {
  const date = formatDate(locale, localDateOf(instant, timeZone), options)
  return `${date}${locale === 'zh-CN' ? '' : ', '}${localTimeOf(instant, timeZone)}`
}

/** `2016年8月`, `August 2016`. */
export const formatMonth = (locale: Locale, month: Month): string => {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))]
  return locale === 'zh-CN' ? `${year}年${number}月` : `${englishMonths[number - 1] ?? ''} ${year}`
}

/** A whole number with thousands set off: `1,495`. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** `3个工作日`, `1 working day`. */
export const formatWorkingDays = (locale: Locale, days: number): string =>
  locale === 'zh-CN' ? `${days}个工作日` : `${days} working day${days === 1 ? '' : 's'}`

/** `工作日`, `周末`, `国庆节放假`, `国庆节调休上班`; `working day`, `weekend`, `National Day holiday`, … */
export const formatDayKind = (locale: Locale, kind: DayKind): string => {
  switch (kind.why) {
    case 'weekday':
      return locale === 'zh-CN' ? '工作日' : 'working day'
    case 'weekend':
      return locale === 'zh-CN' ? '周末' : 'weekend'
    case 'holiday':
      return locale === 'zh-CN' ? `${kind.name}放假` : `${festivalName(locale, kind.name)} holiday`
    case 'make-up':
      return locale === 'zh-CN' ? `${kind.name}调休上班` : `working day to make up for ${festivalName(locale, kind.name)}`
  }
}

/** A festival's name in the reader's language; one that is not a yearly festival keeps its Chinese name. */
export const festivalName = (locale: Locale, name: string): string =>
  locale === 'zh-CN' ? name : (englishFestivals[name] ?? name)

const englishFestivals: Record<string, string> = {
  元旦: "New Year's Day",
  春节: 'Spring Festival',
  清明节: 'Qingming Festival',
  劳动节: 'Labour Day',
  端午节: 'Dragon Boat Festival',
  中秋节: 'Mid-Autumn Festival',
  国庆节: 'National Day',
  中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日: 'Victory Day',
}
