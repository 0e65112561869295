import { formatDate, formatDateTime, formatDayKind, type Locale } from '../calendar/wording.ts'
import type { WalkStep } from '../calendar/working-day.ts'
import { localDateOf } from '../calendar/zone.ts'
import { isExtended, type ReckonedDeadline } from './deadline.ts'
import type { ClockName, Issue } from './issue.ts'

const clockWords = {
  accept: { zh: '签收', en: 'Acceptance' },
  reply: { zh: '答复', en: 'First reply' },
  resolve: { zh: '办结', en: 'Resolution' },
} as const satisfies Record<ClockName, { zh: string; en: string }>

/**
 * "Why is this due then" in a few sentences: the day it began, the days that do not count and why, the extension, the last
 * day; and what each pause moved it to. `steps`: the days one by one, as far as they go without a pause.
 */
export const explainDeadline = (
  clock: ClockName,
  issue: Pick<Issue, 'clocks' | 'dispatchedAt' | 'extension' | 'reopened'>,
  steps: readonly WalkStep[],
  { unpaused, pauses }: Pick<ReckonedDeadline, 'unpaused' | 'pauses'>,
  timeZone: string,
  language: 'zh' | 'en',
): string => {
  const locale: Locale = language === 'zh' ? 'zh-CN' : 'en'
  const at = (instant: number): string => formatDateTime(locale, instant, timeZone)
  const { doneAt, from, days, ...rests } = issue.clocks[clock]
  const isProvisional = rests.provisional && doneAt === undefined
  const isOfDispatch = from === issue.dispatchedAt
  const start = formatDate(locale, localDateOf(from, timeZone))
  const notable = steps.slice(1).filter(step => step.why !== 'weekday')
  const added = clock === 'resolve' && isExtended(issue) ? (issue.extension?.workingDays ?? 0) : 0
  if (language === 'zh') {
    const skipped = notable.map(step => `${formatDate(locale, step.date)}${formatDayKind(locale, step)}`).join('、')
    return [
      `${clockWords[clock].zh}时限${days}个工作日${added === 0 ? '' : `（含延期${added}个）`}：${start}${isOfDispatch ? '交办' : '重新办理'}当日不计`,
      `${skipped === '' ? '' : `，其间${skipped}`}，截止${at(unpaused)}。`,
      ...pauses.map(each => `${at(each.from)}至${at(each.until)}暂停计时，截止时间顺延至${at(each.by)}。`),
      isProvisional ? '所涉年度放假安排尚未公布，时限为暂定。' : '',
    ].join('')
  }
  const skipped = notable.map(step => `${formatDate(locale, step.date)} (${formatDayKind(locale, step)})`).join(', ')
  return [
    `${clockWords[clock].en} within ${days} working day${days === 1 ? '' : 's'}${added === 0 ? '' : `, ${added} of them by extension`}: ${start}, the day ${isOfDispatch ? 'of dispatch' : 'it was reopened'}, is day 0`,
    `${skipped === '' ? '' : `; on the way ${skipped}`}; due ${at(unpaused)}.`,
    ...pauses.map(each => ` The clock stood still from ${at(each.from)} to ${at(each.until)}, which makes it due ${at(each.by)}.`),
    isProvisional ? " A year's public holidays are not published yet, so the date is provisional." : '',
  ].join('')
}
