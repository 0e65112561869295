import { formatDate, formatDateTime, formatDayKind, type Locale } from '../calendar/wording.ts'
import type { WalkStep } from '../calendar/working-day.ts'
import { localDateOf } from '../calendar/zone.ts'
import type { ClockName, Issue } from './issue.ts'

const clockWords = {
  accept: { zh: '签收', en: 'Acceptance' },
  reply: { zh: '答复', en: 'First reply' },
  resolve: { zh: '办结', en: 'Resolution' },
} as const satisfies Record<ClockName, { zh: string; en: string }>

/** "Why is this due then" in one sentence: the day it began, the days that do not count and why, the last day. */
export const explainDeadline = (
  clock: ClockName,
  issue: Pick<Issue, 'clocks' | 'dispatchedAt'>,
  steps: readonly WalkStep[],
  timeZone: string,
  language: 'zh' | 'en',
): string => {
  const locale: Locale = language === 'zh' ? 'zh-CN' : 'en'
  const { by, doneAt, from, days, ...rests } = issue.clocks[clock]
  const provisional = rests.provisional && doneAt === undefined
  const isOfDispatch = from === issue.dispatchedAt
  const start = formatDate(locale, localDateOf(from, timeZone))
  const end = formatDateTime(locale, by, timeZone)
  const notable = steps.slice(1).filter(step => step.why !== 'weekday')
  const named = notable.map(step => (language === 'zh' ? `${formatDate(locale, step.date)}${formatDayKind(locale, step)}` : `${formatDate(locale, step.date)} (${formatDayKind(locale, step)})`))
  const skipped = named.join(language === 'zh' ? '、' : ', ')
  return language === 'zh'
    ? `${clockWords[clock].zh}时限${days}个工作日：${start}${isOfDispatch ? '交办' : '重新办理'}当日不计${skipped === '' ? '' : `，其间${skipped}`}，截止${end}。${provisional ? '所涉年度放假安排尚未公布，时限为暂定。' : ''}`
    : `${clockWords[clock].en} within ${days} working day${days === 1 ? '' : 's'}: ${start}, the day ${isOfDispatch ? 'of dispatch' : 'it was reopened'}, is day 0${skipped === '' ? '' : `; on the way ${skipped}`}; due ${end}.${provisional ? " A year's public holidays are not published yet, so the date is provisional." : ''}`
}
