import { addDays, yearOf } from '../calendar/date.ts'
import { reachIntoDecember } from '../calendar/notice.ts'
import { addWorkingDays, isWorkingDay, type Calendar } from '../calendar/working-day.ts'
import { instantOf, localDateOf, type Instant, type TimeZone } from '../calendar/zone.ts'
import type { Policy } from '../policy/policy.ts'
import type { Tier } from './category.ts'
import { clockNames, type Clock, type ClockName, type FrozenRules, type Issue, type Level, type NextStep } from './issue.ts'

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
  reopenedWorkingDays: policy.deadlines.reopenedWorkingDays[tier],
  callBackAfter: policy.deadlines.callBackAfterWorkingDays,
  warningBefore: policy.escalation.warningBefore,
  levelAfter: policy.escalation.levelAfter,
  acknowledgementHolds: policy.escalation.acknowledgementHolds,
  opensAt: policy.workingHours.from,
  closesAt: policy.workingHours.to,
})

/** The opening of the office, `days` working days after the day of `from`. */
export const openingAfter = (from: Instant, days: number, rules: FrozenRules, { calendar, timeZone }: Reckoning): Instant =>
  instantOf(addWorkingDays(calendar, localDateOf(from, timeZone), days).date, rules.opensAt, timeZone)

/** Level 1 comes at the opening of the first working day(s) after the deadline's day. */
const levelOneAt = (by: Instant, rules: FrozenRules, reckoning: Reckoning): Instant => openingAfter(by, rules.levelAfter[0], rules, reckoning)

/**
 * The first step on a clock with this deadline. Only the resolve clock warns: the accept and reply clocks are so short
 * that a warning would arrive with the mail that started them.
 */
const firstStep = (clock: ClockName, by: Instant, notBefore: Instant, level: Level, rules: FrozenRules, reckoning: Reckoning): NextStep => {
  const warnAt = openingAfter(by, -rules.warningBefore, rules, reckoning)
  return clock === 'resolve' && warnAt > notBefore ? { step: 'warning', at: warnAt } : { step: level, at: levelOneAt(by, rules, reckoning) }
}

/** A clock of so many working days, as it stands when it is set at `now`, or set anew: by 18:00, say, of the last of them. */
export const setClock = (
  clock: ClockName,
  { from, days, firstLevel }: Pick<Clock, 'from' | 'days' | 'firstLevel'>,
  rules: FrozenRules,
  now: Instant,
  reckoning: Reckoning,
): Clock => {
  const { date, provisional } = addWorkingDays(reckoning.calendar, localDateOf(from, reckoning.timeZone), days)
  const by = instantOf(date, rules.closesAt, reckoning.timeZone)
  const next = firstStep(clock, by, now, firstLevel ?? 1, rules, reckoning)
  return { from, days, by, provisional, ...(firstLevel === undefined ? {} : { firstLevel }), next }
}

/** The three clocks of an issue that is dispatched now. */
export const setClocks = (rules: FrozenRules, now: Instant, reckoning: Reckoning): Issue['clocks'] => {
  const set = (clock: ClockName) => setClock(clock, { from: now, days: rules.workingDays[clock] }, rules, now, reckoning)
  return { accept: set('accept'), reply: set('reply'), resolve: set('resolve') }
}

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

/** The step after a warning: the first level of the same deadline. */
export const stepAfterWarning = (clock: Clock, rules: FrozenRules, reckoning: Reckoning): NextStep => ({
  step: clock.firstLevel ?? 1,
  at: levelOneAt(clock.by, rules, reckoning),
})

/** When the sweep has to look at the issue again; nothing while no clock has a step to come. */
export const nextActionAt = (issue: Pick<Issue, 'clocks' | 'callBack'>): Instant | undefined => {
  const steps = clockNames.flatMap(clock => issue.clocks[clock].next?.at ?? [])
  if (issue.callBack?.isDue === false) steps.push(issue.callBack.at)
  return steps.length === 0 ? undefined : Math.min(...steps)
}

/** Whether a clock that is still running has passed its deadline. */
export const isOverdue = (issue: Pick<Issue, 'clocks'>, now: Instant): boolean =>
  clockNames.some(clock => issue.clocks[clock].doneAt === undefined && issue.clocks[clock].by < now)

/** The years without a published notice that a deadline of the issue rests on. */
export const awaitedYearsOf = (clocks: Issue['clocks'], { calendar, timeZone }: Reckoning): number[] => {
  const lastDeadlineOn = localDateOf(Math.max(...clockNames.map(name => clocks[name].by)), timeZone)
  const firstFrom = Math.min(...clockNames.map(name => clocks[name].from))
  const years: number[] = []
  // A notice settles the last days of the December before it, too.
  for (let year = yearOf(localDateOf(firstFrom, timeZone)); year <= yearOf(addDays(lastDeadlineOn, reachIntoDecember)); year++)
    if (calendar.noticeOf(year) === undefined) years.push(year)
  return years
}

/** Whether the instant lies in working hours of a working day: scheduled mail goes out only then. */
export const isWorkingTime = (now: Instant, hours: Policy['workingHours'], { calendar, timeZone }: Reckoning): boolean => {
  const today = localDateOf(now, timeZone)
  const isWorking = isWorkingDay(calendar, today)
  return isWorking && now >= instantOf(today, hours.from, timeZone) && now < instantOf(today, hours.to, timeZone)
}
