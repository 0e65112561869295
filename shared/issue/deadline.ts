import { addDays, yearOf, type LocalDate } from '../calendar/date.ts'
import { reachIntoDecember } from '../calendar/notice.ts'
import { addWorkingDays, isWorkingDay, workingDaysBetween, type Calendar } from '../calendar/working-day.ts'
import { instantOf, localDateOf, type Instant, type TimeZone } from '../calendar/zone.ts'
import type { Policy } from '../policy/policy.ts'
import { isUnresolved } from './transition.ts'
import { clockNames, type Clock, type ClockName, type ClockRules, type FrozenRules, type Issue, type Level, type NextStep, type Pause, type Piece } from './issue.ts'

/** What every reckoning of deadlines needs: the working days, and the zone whose days they are. */
export interface Reckoning {
  readonly calendar: Calendar
  readonly timeZone: TimeZone
}

/** The rules of a policy that a clock keeps for its life. */
export const freezeClockRules = (policy: Policy, policyVersion: number): ClockRules => ({
  policyVersion,
  pausedWorkingDaysAtMost: policy.deadlines.pausedWorkingDaysAtMost,
  callBackAfter: policy.deadlines.callBackAfterWorkingDays,
  warningBefore: policy.escalation.warningBefore,
  levelAfter: policy.escalation.levelAfter,
  acknowledgementHolds: policy.escalation.acknowledgementHolds,
  opensAt: policy.workingHours.from,
  closesAt: policy.workingHours.to,
})

/** The rules of a policy that an issue keeps for its life. */
export const freezeRules = (policy: Policy, policyVersion: number): FrozenRules => ({
  ...freezeClockRules(policy, policyVersion),
  workingDays: {
    accept: policy.deadlines.acceptWorkingDays,
    reply: policy.deadlines.replyWorkingDays,
    resolve: policy.deadlines.resolveWorkingDays,
    assist: policy.deadlines.assistWorkingDays,
  },
  reopenedWorkingDays: policy.deadlines.reopenedWorkingDays,
  extendedWorkingDaysAtMost: policy.deadlines.extendedWorkingDaysAtMost,
})

/** The opening of the office, `days` working days after the day of `from`. */
export const openingAfter = (from: Instant, days: number, rules: ClockRules, { calendar, timeZone }: Reckoning): Instant =>
  instantOf(addWorkingDays(calendar, localDateOf(from, timeZone), days).date, rules.opensAt, timeZone)

/** Level 1 comes at the opening of the first working day(s) after the deadline's day. */
const levelOneAt = (by: Instant, rules: ClockRules, reckoning: Reckoning): Instant => openingAfter(by, rules.levelAfter[0], rules, reckoning)

/**
 * The first step on a clock with this deadline. The accept and reply clocks do not warn: they are so short that a warning
 * would arrive with the mail that started them.
 */
const firstStep = (clock: AnyClock, by: Instant, notBefore: Instant, level: Level, rules: ClockRules, reckoning: Reckoning): NextStep => {
  const warnAt = openingAfter(by, -rules.warningBefore, rules, reckoning)
  return clock !== 'accept' && clock !== 'reply' && warnAt > notBefore ? { step: 'warning', at: warnAt } : { step: level, at: levelOneAt(by, rules, reckoning) }
}

/** The closing of the office, `days` working days after the day of `from`. */
export const closingAfter = (from: Instant, days: number, rules: ClockRules, { calendar, timeZone }: Reckoning): Instant =>
  instantOf(addWorkingDays(calendar, localDateOf(from, timeZone), days).date, rules.closesAt, timeZone)

type OfficeHours = Pick<ClockRules, 'opensAt' | 'closesAt'>

/** The part of a day's office hours that lies after `from`; nothing on a day off, or where the office has closed by then. */
const hoursAfter = (from: Instant, date: LocalDate, { opensAt, closesAt }: OfficeHours, { calendar, timeZone }: Reckoning): { start: Instant; end: Instant } | undefined => {
  if (!isWorkingDay(calendar, date)) return undefined
  const [start, end] = [Math.max(from, instantOf(date, opensAt, timeZone)), instantOf(date, closesAt, timeZone)]
  return start < end ? { start, end } : undefined
}

/** Working time between two instants: the office hours of the working days, in milliseconds. */
const workingTimeBetween = (from: Instant, until: Instant, hours: OfficeHours, reckoning: Reckoning): number => {
  const last = localDateOf(until, reckoning.timeZone)
  let time = 0
  for (let date = localDateOf(from, reckoning.timeZone); date <= last; date = addDays(date, 1)) {
    const open = hoursAfter(from, date, hours, reckoning)
    if (open !== undefined) time += Math.max(0, Math.min(until, open.end) - open.start)
  }
  return time
}

/** The instant at which so much working time has passed since `from`: rather the end of a day than the beginning of the next. */
const afterWorkingTime = (from: Instant, time: number, hours: OfficeHours, reckoning: Reckoning): Instant => {
  let left = time
  for (let date = localDateOf(from, reckoning.timeZone); ; date = addDays(date, 1)) {
    const open = hoursAfter(from, date, hours, reckoning)
    if (open === undefined) continue
    if (open.end - open.start >= left) return open.start + left
    left -= open.end - open.start
  }
}

/** What deadlines are reckoned by, beside the day each clock runs from. */
interface Terms {
  readonly rules: ClockRules
  readonly pauses: readonly Pick<Pause, 'from' | 'until'>[]
}

/** A clock of an issue's own, of a piece of one, or of a step of a case. */
type AnyClock = ClockName | 'assist' | 'step'

/** A pause that is over, and the deadline as it is after it. */
export interface PauseKept {
  readonly from: Instant
  readonly until: Instant
  readonly by: Instant
}

/** A deadline, and how it came about. */
export interface ReckonedDeadline {
  readonly by: Instant
  /** What it would be without any pause. */
  readonly unpaused: Instant
  readonly pauses: readonly PauseKept[]
  readonly provisional: boolean
}

/**
 * The deadline of a clock: 18:00, say, of its last working day; and where it stood still, later by exactly the working time
 * that was left of it. What had been met or missed before a pause stays so.
 */
export const deadlineOf = ({ from, days, doneAt = Infinity, setAt = from }: Pick<Clock, 'from' | 'days' | 'doneAt' | 'setAt'>, { rules, pauses }: Terms, reckoning: Reckoning): ReckonedDeadline => {
  const unpaused = closingAfter(from, days, rules, reckoning)
  const kept: PauseKept[] = []
  let by = unpaused
  for (const { from: stopped, until } of pauses) {
    if (until === undefined || stopped < setAt || stopped >= Math.min(by, doneAt)) continue
    by = afterWorkingTime(until, workingTimeBetween(stopped, by, rules, reckoning), rules, reckoning)
    kept.push({ from: stopped, until, by })
  }
  const { provisional } = workingDaysBetween(reckoning.calendar, localDateOf(from, reckoning.timeZone), localDateOf(by, reckoning.timeZone))
  return { by, unpaused, pauses: kept, provisional }
}

/** A clock of so many working days, as it stands when it is set at `now`, or set anew. */
export const setClock = (clock: AnyClock, set: Pick<Clock, 'from' | 'days' | 'doneAt' | 'firstLevel' | 'setAt'>, terms: Terms, now: Instant, reckoning: Reckoning): Clock => {
  const { from, days, firstLevel, setAt } = set
  const { by, provisional } = deadlineOf(set, terms, reckoning)
  const next = firstStep(clock, by, now, firstLevel ?? 1, terms.rules, reckoning)
  return { from, days, by, provisional, ...(firstLevel === undefined ? {} : { firstLevel }), ...(setAt === undefined ? {} : { setAt }), next }
}

/** Whether the resolve clock as it runs now has been extended; one that ran before the issue was reopened, or a session settled it, is over. */
export const isExtended = ({ extension, reopened }: Pick<Issue, 'extension' | 'reopened'>): boolean =>
  extension !== undefined && extension.over !== true && extension.at >= (reopened.at(-1)?.at ?? 0)

/**
 * Working days that the issue has to be resolved within, from the day it was dispatched or last reopened: its tier's, or
 * what a session has settled. With an extension no more than the policy's limit, whatever tier it has come to since.
 */
export const resolveDaysOf = (issue: Pick<Issue, 'rules' | 'tier' | 'reopened' | 'extension' | 'directed'>): number => {
  const { rules, tier, reopened, extension, directed } = issue
  const days = directed?.workingDays ?? (reopened.length === 0 ? rules.workingDays.resolve : rules.reopenedWorkingDays)[tier]
  if (extension === undefined || !isExtended(issue)) return days
  return Math.max(days, Math.min(days + extension.workingDays, rules.extendedWorkingDaysAtMost))
}

/** Working days that the extension adds to the clock as it runs now; the policy's limit may have left fewer than were asked for. */
export const extendedBy = ({ extension, ...unextended }: Parameters<typeof resolveDaysOf>[0]): number =>
  extension === undefined ? 0 : resolveDaysOf({ ...unextended, extension }) - resolveDaysOf(unextended)

/** The three clocks of an issue that is dispatched now. */
export const setClocks = (issue: Pick<Issue, 'rules' | 'pauses' | 'tier' | 'reopened'>, now: Instant, reckoning: Reckoning): Issue['clocks'] => {
  const set = (clock: ClockName, days: number) => setClock(clock, { from: now, days }, issue, now, reckoning)
  const { accept, reply } = issue.rules.workingDays
  return { accept: set('accept', accept), reply: set('reply', reply), resolve: set('resolve', resolveDaysOf(issue)) }
}

/**
 * The clocks of an open issue reckoned anew, by what it has come to: its tier, its extension, its pauses, the calendar.
 * Levels stay; a step that has been taken is taken again only if the deadline has moved into the future.
 */
export const clocksAnew = (issue: Issue, now: Instant, reckoning: Reckoning): Issue['clocks'] => {
  const anew = (name: ClockName, days: number) => setAnew(name, { ...issue.clocks[name], days }, issue, now, reckoning)
  const { accept, reply } = issue.clocks
  return { accept: anew('accept', accept.days), reply: anew('reply', reply.days), resolve: anew('resolve', resolveDaysOf(issue)) }
}

/** Whether the first level of its deadline has been raised. */
const hasRaised = ({ next, firstLevel = 1 }: Clock): boolean => next === undefined || (next.step !== 'warning' && next.step > firstLevel)

/** Whether a level has been raised for its deadline, which is still to be met. */
export const isMissed = (clock: Clock): boolean => clock.doneAt === undefined && hasRaised(clock)

/** A clock whose steps have begun keeps them, unless its new deadline lies in the future; one that was met takes none. */
export const setAnew = (name: AnyClock, clock: Clock, terms: Terms, now: Instant, reckoning: Reckoning): Clock => {
  const set = setClock(name, clock, terms, now, reckoning)
  const { next, firstLevel = 1 } = clock
  if (clock.doneAt !== undefined || (hasRaised(clock) && set.by <= now)) {
    const following = next?.after === undefined ? next : followingStep(next.step, next.after, terms.rules, reckoning)
    return { ...clock, by: set.by, provisional: set.provisional, ...(following === undefined ? {} : { next: following }) }
  }
  const again = { ...clock, ...set }
  // Still to be warned of, though the day for it has passed: late is better than not at all. But nobody twice of one deadline.
  if (next?.step === 'warning' && set.next?.step === firstLevel && set.by > now) return { ...again, next: { step: 'warning', at: Math.min(next.at, now) } }
  return next?.step === firstLevel && set.next?.step === 'warning' && set.by === clock.by ? { ...again, next: stepAfterWarning(set, terms.rules, reckoning) } : again
}

/** The pieces that are still to come, their clocks reckoned anew likewise. */
const piecesAnew = (issue: Issue, now: Instant, reckoning: Reckoning): readonly Piece[] =>
  issue.pieces.map(piece => (piece.status === 'open' ? { ...piece, ...calendarOfReckoning(reckoning), clock: setAnew('assist', piece.clock, issue, now, reckoning) } : piece))

/** The issue with its clocks reckoned anew: what was planned for the old deadlines is void. */
export const withDeadlinesAnew = (issue: Issue, now: Instant, reckoning: Reckoning): Issue => withClocks(issue, clocksAnew(issue, now, reckoning), now, reckoning)

/** The issue with these clocks, and its pieces' reckoned anew, as a new version of its deadlines. */
export const withClocks = (issue: Issue, clocks: Issue['clocks'], now: Instant, reckoning: Reckoning): Issue => {
  const pieces = [...piecesAnew(issue, now, reckoning)]
  return {
    ...issue,
    clocks,
    pieces,
    deadlineVersion: issue.deadlineVersion + 1,
    ...calendarOfReckoning(reckoning),
    awaitedYears: awaitedYearsOf({ clocks, pieces }, reckoning),
  }
}

/** By which calendar it was reckoned. */
export const calendarOfReckoning = ({ calendar }: Reckoning): Pick<Issue, 'calendarVersion' | 'shippedUntil'> => ({ calendarVersion: calendar.version, shippedUntil: calendar.shippedUntil })

/** The next step after a level of the resolve clock has been reached. Counted from the day it was reached. */
export const stepAfterLevel = (level: 1 | 2 | 3, at: Instant, rules: ClockRules, reckoning: Reckoning): NextStep | undefined => {
  switch (level) {
    case 1:
      return followingStep(2, { level: at, days: rules.levelAfter[1] }, rules, reckoning)
    case 2:
      return followingStep(3, { level: at, days: rules.levelAfter[2] }, rules, reckoning)
    case 3:
      return undefined
  }
}

/** A level that follows another: some working days after that was reached, and put off from there if it was signed for. */
export const followingStep = (step: NextStep['step'], after: NonNullable<NextStep['after']>, rules: ClockRules, reckoning: Reckoning): NextStep => {
  const { level, days, signedAt } = after
  const unsigned = openingAfter(level, days, rules, reckoning)
  const at = signedAt === undefined ? unsigned : openingAfter(Math.max(unsigned, signedAt), rules.acknowledgementHolds, rules, reckoning)
  return { step, at, after }
}

/** The step after a warning: the first level of the same deadline. */
export const stepAfterWarning = (clock: Clock, rules: ClockRules, reckoning: Reckoning): NextStep => ({
  step: clock.firstLevel ?? 1,
  at: levelOneAt(clock.by, rules, reckoning),
})

/** What was missed before a clock stood still is spoken of again on the next working day: while it did, no step was taken. */
export const spokenOfAgain = (clock: Clock, now: Instant, rules: ClockRules, reckoning: Reckoning): Clock =>
  clock.next === undefined || clock.next.at > now ? clock : { ...clock, next: { ...clock.next, at: openingAfter(now, 1, rules, reckoning) } }

/** Every clock of the issue, those of its pieces included. */
export const clocksOf = ({ clocks, pieces }: Pick<Issue, 'clocks' | 'pieces'>): readonly Clock[] => [...clockNames.map(name => clocks[name]), ...pieces.map(({ clock }) => clock)]

/** The pause in which the clocks stand still now, if they do. */
export const pauseUnderWay = ({ pauses }: Pick<Issue, 'pauses'>): Pause | undefined => pauses.find(({ until }) => until === undefined)

/** When the sweep has to look at the issue again; nothing while no clock has a step to come. */
export const nextActionAt = (issue: Pick<Issue, 'clocks' | 'callBack' | 'pauses' | 'pieces'>): Instant | undefined => {
  const pause = pauseUnderWay(issue)
  if (pause !== undefined) return pause.endsBy
  const steps = clocksOf(issue).flatMap(({ next }) => next?.at ?? [])
  if (issue.callBack?.isDue === false) steps.push(issue.callBack.at)
  return steps.length === 0 ? undefined : Math.min(...steps)
}

/** Whether a clock (of these, if they are named) that is still to be met has passed its deadline; while it stands still, whether it had by then. */
export const isOverdue = (issue: Pick<Issue, 'status' | 'clocks' | 'pauses'>, now: Instant, names: readonly ClockName[] = clockNames): boolean => {
  if (!isUnresolved(issue.status)) return false
  const moment = pauseUnderWay(issue)?.from ?? now
  return names.some(clock => issue.clocks[clock].doneAt === undefined && issue.clocks[clock].by < moment)
}

/** Whether a deadline that still counts rests on a notice that has not been published. */
export const isProvisional = (issue: Pick<Issue, 'status' | 'clocks' | 'callBack'>): boolean =>
  (isUnresolved(issue.status) && clockNames.some(name => issue.clocks[name].doneAt === undefined && issue.clocks[name].provisional)) || issue.callBack?.provisional === true

/** The years without a published notice that a deadline of the issue rests on. */
export const awaitedYearsOf = (issue: Pick<Issue, 'clocks' | 'pieces'>, reckoning: Reckoning): number[] => {
  const clocks = clocksOf(issue)
  return unpublishedYears(Math.min(...clocks.map(({ from }) => from)), Math.max(...clocks.map(({ by }) => by)), reckoning)
}

/** The years without a published notice that reckoning from one instant to the other rests on. */
export const unpublishedYears = (from: Instant, until: Instant, { calendar, timeZone }: Reckoning): number[] => {
  const years: number[] = []
  // A notice settles the last days of the December before it, too.
  for (let year = yearOf(localDateOf(from, timeZone)); year <= yearOf(addDays(localDateOf(until, timeZone), reachIntoDecember)); year++)
    if (calendar.noticeOf(year) === undefined) years.push(year)
  return years
}

/** Whether the instant lies in working hours of a working day: scheduled mail goes out only then. */
export const isWorkingTime = (now: Instant, hours: Policy['workingHours'], { calendar, timeZone }: Reckoning): boolean => {
  const today = localDateOf(now, timeZone)
  const isWorking = isWorkingDay(calendar, today)
  return isWorking && now >= instantOf(today, hours.from, timeZone) && now < instantOf(today, hours.to, timeZone)
}
