import { addDays, yearOf } from '../calendar/date.ts'
import { reachIntoDecember } from '../calendar/notice.ts'
import { addWorkingDays, isWorkingDay, type Calendar } from '../calendar/working-day.ts'
import { instantOf, localDateOf, type Instant, type TimeZone } from '../calendar/zone.ts'
import type { Policy } from '../policy/policy.ts'
import type { Tier } from './category.ts'
import { clockNames, type Clock, type ClockName, type FrozenRules, type Issue, type NextStep } from './issue.ts'

/** What every reckoning of deadlines needs: the working days, and the zone whose days they are. */
export interface Reckoning {
  readonly calendar: Calendar
  readonly timeZone: TimeZone
}

/** The rules of a policy that an issue of this tier keeps for its life. */
export const freezeRules = (policy: Policy, policyVersion: number, tier: Tier): FrozenRules => ({
  policyVersion,
  workingDays: {
    accept: policy.deadlines.acceptWorkingDays,
    reply: policy.deadlines.replyWorkingDays,
    resolve: policy.deadlines.resolveWorkingDays[tier],
  },
  warningBefore: policy.escalation.warningBefore,
  levelAfter: policy.escalation.levelAfter,
  acknowledgementHolds: policy.escalation.acknowledgementHolds,
  opensAt: policy.workingHours.from,
  closesAt: policy.workingHours.to,
})

/** The last day of a clock: so many working days after the day of dispatch, which is day 0. */
const lastDay = (clock: ClockName, issue: Pick<Issue, 'rules' | 'dispatchedAt'>, { calendar, timeZone }: Reckoning) =>
  addWorkingDays(calendar, localDateOf(issue.dispatchedAt, timeZone), issue.rules.workingDays[clock])

/** The opening of the office, `days` working days after the day of `from`. */
export const openingAfter = (from: Instant, days: number, rules: FrozenRules, { calendar, timeZone }: Reckoning): Instant =>
  instantOf(addWorkingDays(calendar, localDateOf(from, timeZone), days).date, rules.opensAt, timeZone)

/** Level 1 comes at the opening of the first working day(s) after the deadline's day. */
const levelOneAt = (by: Instant, rules: FrozenRules, reckoning: Reckoning): Instant => openingAfter(by, rules.levelAfter[0], rules, reckoning)

/**
 * The first step on a clock with this deadline. Only the resolve clock warns: the accept and reply clocks are so short
 * that a warning would arrive with the mail that started them.
 */
const firstStep = (clock: ClockName, by: Instant, notBefore: Instant, rules: FrozenRules, reckoning: Reckoning): NextStep => {
  const warnAt = openingAfter(by, -rules.warningBefore, rules, reckoning)
  return clock === 'resolve' && warnAt > notBefore ? { step: 'warning', at: warnAt } : { step: 1, at: levelOneAt(by, rules, reckoning) }
}

/** One clock as it stands when it is set (at dispatch) or set anew (when a calendar is entered). */
export const setClock = (
  clock: ClockName,
  issue: Pick<Issue, 'rules' | 'dispatchedAt'>,
  now: Instant,
  reckoning: Reckoning,
): Clock => {
  const { date, provisional } = lastDay(clock, issue, reckoning)
  const by = instantOf(date, issue.rules.closesAt, reckoning.timeZone)
  return { by, provisional, next: firstStep(clock, by, now, issue.rules, reckoning) }
}

export const setClocks = (issue: Pick<Issue, 'rules' | 'dispatchedAt'>, now: Instant, reckoning: Reckoning): Issue['clocks'] => ({
  accept: setClock('accept', issue, now, reckoning),
  reply: setClock('reply', issue, now, reckoning),
  resolve: setClock('resolve', issue, now, reckoning),
})

/** The next step after a level of the resolve clock has been reached. Counted from the day it was reached. */
export const stepAfterLevel = (level: 1 | 2 | 3, at: Instant, rules: FrozenRules, reckoning: Reckoning): NextStep | undefined => {
  switch (level) {
    case 1:
      return { step: 2, at: openingAfter(at, rules.levelAfter[1], rules, reckoning) }
    case 2:
      return { step: 3, at: openingAfter(at, rules.levelAfter[2], rules, reckoning) }
    case 3:
      return undefined
  }
}

/** The step after a warning: level 1 of the same deadline. */
export const stepAfterWarning = (clock: Clock, rules: FrozenRules, reckoning: Reckoning): NextStep => ({
  step: 1,
  at: levelOneAt(clock.by, rules, reckoning),
})

/** When the sweep has to look at the issue again; nothing while no clock has a step to come. */
export const nextActionAt = (issue: Pick<Issue, 'clocks'>): Instant | undefined => {
  const steps = clockNames.flatMap(clock => issue.clocks[clock].next?.at ?? [])
  return steps.length === 0 ? undefined : Math.min(...steps)
}

/** Whether a clock that is still running has passed its deadline. */
export const isOverdue = (issue: Pick<Issue, 'clocks'>, now: Instant): boolean =>
  clockNames.some(clock => issue.clocks[clock].doneAt === undefined && issue.clocks[clock].by < now)

/** The years without a published notice that a deadline of the issue rests on. */
export const awaitedYearsOf = (issue: Pick<Issue, 'dispatchedAt' | 'clocks'>, { calendar, timeZone }: Reckoning): number[] => {
  const lastDeadlineOn = localDateOf(Math.max(...clockNames.map(name => issue.clocks[name].by)), timeZone)
  const years: number[] = []
  // A notice settles the last days of the December before it, too.
  for (let year = yearOf(localDateOf(issue.dispatchedAt, timeZone)); year <= yearOf(addDays(lastDeadlineOn, reachIntoDecember)); year++)
    if (calendar.noticeOf(year) === undefined) years.push(year)
  return years
}

/** Whether the instant lies in working hours of a working day: scheduled mail goes out only then. */
export const isWorkingTime = (now: Instant, hours: Policy['workingHours'], { calendar, timeZone }: Reckoning): boolean => {
  const today = localDateOf(now, timeZone)
  const isWorking = isWorkingDay(calendar, today)
  return isWorking && now >= instantOf(today, hours.from, timeZone) && now < instantOf(today, hours.to, timeZone)
}
