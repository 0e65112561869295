import { monthOf } from '../calendar/date.ts'
import { formatDate, formatDateTime, formatDayKind, type Locale } from '../calendar/wording.ts'
import type { WalkStep } from '../calendar/working-day.ts'
import { localDateOf } from '../calendar/zone.ts'
import type { Wording } from '../contract/problem.ts'
import { extendedBy, type ReckonedDeadline } from './deadline.ts'
import type { Clock, ClockName, Issue, Piece } from './issue.ts'

const clockWords = {
  accept: { zh: '签收', en: 'Acceptance' },
  reply: { zh: '答复', en: 'First reply' },
  resolve: { zh: '办结', en: 'Resolution' },
} as const satisfies Record<ClockName, Wording>

/** Days of one kind that follow one another. */
interface Run {
  readonly first: WalkStep
  readonly last: WalkStep
}

const runsOf = (steps: readonly WalkStep[], kind: (step: WalkStep) => string): readonly Run[] => {
  const runs: Run[] = []
  for (const step of steps) {
    const run = runs.at(-1)
    if (run !== undefined && kind(run.last) === kind(step)) runs[runs.length - 1] = { ...run, last: step }
    else runs.push({ first: step, last: step })
  }
  return runs
}

/** `10月1日（周四）至7日（周三）`, `Thu 1 to Wed 7 October`: the month once, where both are of it. */
const formatRun = (locale: Locale, { first, last }: Run): string => {
  const [from, to] = [formatDate(locale, first.date), formatDate(locale, last.date)]
  if (first.date === last.date) return from
  const isOneMonth = monthOf(first.date) === monthOf(last.date)
  return locale === 'zh-CN'
    ? `${from}至${isOneMonth ? to.replace(/^\d+月/, '') : to}`
    : `${isOneMonth ? from.replace(/ [A-Z][a-z]+$/, '') : from} to ${to}`
}

/** What is not as on an ordinary weekday: the days that do not count, and those that count although they would not. */
const exceptionsOf = (steps: readonly WalkStep[], locale: Locale): { off: readonly string[]; on: readonly string[] } => {
  const kind = (step: WalkStep): string => formatDayKind(locale, step)
  const runs = runsOf(steps, kind).filter(({ first }) => first.why !== 'weekday')
  const told = (working: boolean): readonly string[] =>
    runs
      .filter(({ first }) => first.working === working)
      .map(run => (locale === 'zh-CN' ? `${formatRun(locale, run)}${kind(run.first)}` : `${formatRun(locale, run)} (${kind(run.first)})`))
  return { off: told(false), on: told(true) }
}

type Reckoned = Pick<ReckonedDeadline, 'unpaused' | 'pauses'>

/** "Why is this due then" of one of the issue's own clocks. `steps`: the days one by one, as far as they go without a pause. */
export const explainDeadline = (
  clock: ClockName,
  issue: Pick<Issue, 'clocks' | 'directed' | 'dispatchedAt' | 'extension' | 'reopened' | 'rules' | 'tier'>,
  steps: readonly WalkStep[],
  reckoned: Reckoned,
  timeZone: string,
  language: 'zh' | 'en',
): string => {
  const { doneAt, from, days, provisional } = issue.clocks[clock]
  const limit: Limit = {
    from,
    days,
    name: clockWords[clock],
    dayZero: from === issue.dispatchedAt ? { zh: '交办', en: 'of dispatch' } : { zh: '重新办理', en: 'it was reopened' },
    isDirected: clock === 'resolve' && issue.directed !== undefined,
    added: clock === 'resolve' ? extendedBy(issue) : 0,
    isProvisional: provisional && doneAt === undefined,
  }
  return explained(limit, steps, reckoned, timeZone, language)
}

/** The same of a piece, whose days count from the one it was asked for on. */
export const explainPiece = ({ status, clock: { from, days, provisional } }: Pick<Piece, 'status' | 'clock'>, steps: readonly WalkStep[], reckoned: Reckoned, timeZone: string, language: 'zh' | 'en'): string => {
  const limit: Limit = {
    from,
    days,
    name: { zh: '协办', en: 'Assistance' },
    dayZero: { zh: '商请', en: 'it was asked for' },
    isDirected: false,
    added: 0,
    isProvisional: provisional && status === 'open',
  }
  return explained(limit, steps, reckoned, timeZone, language)
}

/** What is explained: what has to be done in so many working days, and what its day 0 is the day of. */
interface Limit extends Pick<Clock, 'from' | 'days'> {
  readonly name: Wording
  readonly dayZero: Wording
  /** Whether a session has settled how many days it has. */
  readonly isDirected: boolean
  /** Of the days, those that an extension added. */
  readonly added: number
  readonly isProvisional: boolean
}

/** A few sentences: the day it began, the days that do not count and why, the extension, the last day; and what each pause moved it to. */
const explained = ({ from, days, name, dayZero, isDirected, added, isProvisional }: Limit, steps: readonly WalkStep[], { unpaused, pauses }: Reckoned, timeZone: string, language: 'zh' | 'en'): string => {
  const locale: Locale = language === 'zh' ? 'zh-CN' : 'en'
  const at = (instant: number): string => formatDateTime(locale, instant, timeZone)
  const start = formatDate(locale, localDateOf(from, timeZone))
  const { off, on } = exceptionsOf(steps.slice(1), locale)
  if (language === 'zh') {
    const exceptions = [...(off.length === 0 ? [] : [`其间${off.join('、')}不计`]), ...(on.length === 0 ? [] : [`${on.join('、')}，计入`])]
    return [
      `${name.zh}时限${days}个工作日${isDirected ? '（现场办公决定）' : ''}${added === 0 ? '' : `（含延期${added}个）`}：${start}${dayZero.zh}当日不计`,
      ...exceptions.map(each => `；${each}`),
      `${exceptions.length === 0 ? '，' : '；'}截止${at(unpaused)}。`,
      ...pauses.map(each => `${at(each.from)}至${at(each.until)}暂停计时，截止时间顺延至${at(each.by)}。`),
      isProvisional ? '所涉年度放假安排尚未公布，时限为暂定。' : '',
    ].join('')
  }
  return [
    `${name.en} within ${days} working day${days === 1 ? '' : 's'}${isDirected ? ', as an on-site session has decided' : ''}${added === 0 ? '' : `, ${added} of them by extension`}: ${start}, the day ${dayZero.en}, is day 0`,
    ...(off.length === 0 ? [] : [`; not counted: ${off.join(', ')}`]),
    ...(on.length === 0 ? [] : [`; counted: ${on.join(', ')}`]),
    `; due ${at(unpaused)}.`,
    ...pauses.map(each => ` The clock stood still from ${at(each.from)} to ${at(each.until)}, which makes it due ${at(each.by)}.`),
    isProvisional ? " A year's public holidays are not published yet, so the date is provisional." : '',
  ].join('')
}
