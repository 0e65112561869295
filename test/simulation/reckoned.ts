import type { Month } from '../../shared/calendar/date.ts'
import type { YearNotice } from '../../shared/calendar/notice.ts'
import { publishedYears } from '../../shared/calendar/published-years.ts'
import { instantOf, localDateOf, parseInstant } from '../../shared/calendar/zone.ts'
import type { CaseEvent } from '../../shared/case/case.ts'
import type { TimelineEvent } from '../../shared/issue/issue.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import type { Amounts } from '../../shared/report/contribution.ts'
import type { Figure } from '../../shared/report/figure.ts'
import type { Tally } from '../../shared/report/tally.ts'
import type { Pairing } from '../../shared/roster/roster.ts'
import { opened, type Stored } from '../../functions/adapters/stored.ts'
import type { Item } from '../../functions/adapters/table.ts'
import { afterWorkingDays, workedBy } from '../mothers/working-days.ts'
import { timelines } from './timelines.ts'

/**
 * Figures that rest on quotas, deadlines and working days, by a plain model of their own: of each officer, and of each issue and
 * case whose deadlines nobody has moved. The others are left out record by record.
 */

/** What an officer owes: two for each enterprise, less in the months in which a pairing starts or ends, and nothing if exempt. */
export const countQuotas = (officerId: string, items: readonly Item[], month: Month, count: (figure: Figure, amount?: number) => void): void => {
  const own = <S extends 'pairing' | 'visit' | 'exemption'>(shape: S): Stored<S>[] => items.filter(item => item['shape'] === shape).map(item => opened(shape, item)).filter(each => each.officerId === officerId)
  const approved = own('exemption').filter(each => each.month === month && each.status === 'approved').sort((one, other) => ((one.decidedAt ?? '') < (other.decidedAt ?? '') ? -1 : 1))
  // By what it is for, one enterprise or all: whoever is granted it once more has the later reason.
  const reasons = new Set(new Map(approved.map(({ enterpriseId, reason }) => [enterpriseId, reason])).values())
  const isExempt = (of: string): boolean => approved.some(({ enterpriseId = of }) => enterpriseId === of)
  const required = new Map<string, number>()
  for (const pairing of own('pairing')) required.set(pairing.enterpriseId, Math.min(2, (required.get(pairing.enterpriseId) ?? 0) + owedIn(month, pairing)))
  const made = own('visit').filter(({ counted, visitedOn }) => counted && visitedOn.startsWith(month))
  const owing = [...required].filter(([, visits]) => visits > 0)
  const isKept = ([enterpriseId, visits]: readonly [string, number]): boolean => made.filter(visit => visit.enterpriseId === enterpriseId).length >= visits
  const owed = owing.filter(([enterpriseId]) => !isExempt(enterpriseId))
  count('pairingsOwed', owed.length)
  count('pairingsFulfilled', owed.filter(isKept).length)
  count('pairingsExempt', owing.length - owed.length)
  if (made.length > 0) return
  const explaining = (['away', 'enterprise-unavailable', 'health', 'training'] as const).find(reason => reasons.has(reason))
  count(owed.length > 0 || explaining === undefined ? 'officersUnexplained' : ({ away: 'officersAway', 'enterprise-unavailable': 'officersEnterpriseUnavailable', health: 'officersHealth', training: 'officersTraining' } as const)[explaining])
}

const owedIn = (month: Month, { startsOn, endsOn = '9999-12-31' }: Pick<Pairing, 'startsOn' | 'endsOn'>): number => {
  if (startsOn.slice(0, 7) > month || endsOn.slice(0, 7) < month) return 0
  const third = (date: string): number => (date.slice(8) <= '10' ? 0 : date.slice(8) <= '20' ? 1 : 2)
  return Math.min(startsOn.startsWith(month) ? 2 - third(startsOn) : 2, endsOn.startsWith(month) ? third(endsOn) : 2)
}

/** What it is reckoned by: the days of the policy that the world has had from its beginning, and each calendar that it has had, the first one first. */
export interface Reckoned {
  readonly timeZone: string
  readonly now: number
  readonly deadlines: Policy['deadlines']
  readonly calendars: readonly { readonly since: number; readonly notices: readonly YearNotice[] }[]
}

/** The calendars of a world: as they ship, and each as it was after somebody had entered a year's notice. */
export const calendarsIn = (items: readonly Item[]): Reckoned['calendars'] => {
  const entered = new Map(items.filter(({ shape }) => shape === 'calendar').map(item => opened('calendar', item)).map(calendar => [calendar.version, Object.values(calendar.years)]))
  const later = [...entered.values()].map(years => ({
    since: Math.max(...years.map(({ changedAt }) => parseInstant(changedAt))),
    notices: publishedYears.map(shipped => years.find(({ notice }) => notice.year === shipped.year)?.notice ?? shipped),
  }))
  return [{ since: 0, notices: publishedYears }, ...later.sort((one, other) => one.since - other.since)]
}

/** What sheets of an assessment add up of these. */
export const timed = ['repliesDue', 'repliesInTime', 'resolutionsDue', 'resolutionsInTime'] as const satisfies readonly Figure[]

const ofReplies = ['repliesDue', 'repliesInTime'] as const satisfies readonly Figure[]
const ofResolutions = ['resolutionsDue', 'resolutionsInTime', 'issuesOverdue'] as const satisfies readonly Figure[]
const ofDays = ['daysStatutory', 'daysTaken', 'daysSaved'] as const satisfies readonly Figure[]
export const reckonedFigures = [...ofReplies, ...ofResolutions, ...ofDays] as const satisfies readonly Figure[]

/** After any of these, the time to reply is no longer what an issue began with; and after any of the others too, the time to resolve it. */
const movingAll = ['paused', 'resumed', 'merged', 'separated', 'deadlines-recomputed'] as const satisfies readonly TimelineEvent['event'][]
const movingReply: ReadonlySet<string> = new Set(movingAll)
const movingResolution: ReadonlySet<string> = new Set<TimelineEvent['event']>([...movingAll, 'extended', 'tier-changed', 'directed', 'excused'])

/** Of a case, what its steps have taken: none that waited for the enterprise, and no handing over that was in vain. */
const interrupting: ReadonlySet<string> = new Set<CaseEvent['event']>(['step-waiting', 'returned'])

const endings: ReadonlySet<string> = new Set<TimelineEvent['event'] | CaseEvent['event']>(['closed', 'withdrawn', 'completed', 'step-refused'])

/**
 * What each issue and case adds to these figures, as the reports have it and as the plain model does.
 * @throws Error that names the first that differs
 */
export const demandReckoned = (items: readonly Item[], { from, until, named, figures: counted }: Counted, amountsOf: (pk: string) => Amounts, reckoned: Reckoned): void => {
  const { timeZone, now, calendars } = reckoned
  const spanOf = (begun: number): Span => {
    const isWorked = workedBy(calendars.findLast(({ since }) => since < begun)?.notices ?? [])
    return { from, until, closing: (at, days) => instantOf(afterWorkingDays(localDateOf(at, timeZone), days, isWorked), '18:00', timeZone) }
  }
  const demand = (pk: string, figures: readonly Figure[], plain: Amounts): void => {
    const told = amountsOf(pk)
    for (const figure of figures.filter(each => counted.includes(each))) if ((told[figure] ?? 0) !== (plain[figure] ?? 0)) throw new Error(`${pk} adds ${told[figure] ?? 0} to ${figure} of ${named}, and should add ${plain[figure] ?? 0}`)
  }
  /** Whether its deadlines were moved, or the calendar changed before it had ended. */
  const isLeftOut = (events: readonly { readonly at: number; readonly event: string }[], those: ReadonlySet<string>): boolean => {
    const [begun = 0, ended = now] = [events[0]?.at, events.find(({ event }) => endings.has(event))?.at]
    return events.some(({ event }) => those.has(event)) || calendars.some(({ since }) => begun <= since && since <= ended)
  }
  for (const [pk, events] of timelines(items, 'event')) {
    const plain = ofIssue(events, spanOf(events[0]?.at ?? 0), reckoned.deadlines)
    if (!isLeftOut(events, movingReply)) demand(pk, ofReplies, plain)
    if (!isLeftOut(events, movingResolution)) demand(pk, ofResolutions, plain)
  }
  for (const [pk, events] of timelines(items, 'case-event')) {
    const span = spanOf(events[0]?.at ?? 0)
    if (isLeftOut(events, new Set())) continue
    demandDaysTaken(pk, events, span)
    if (!isLeftOut(events, interrupting)) demand(pk, ofDays, ofCase(events, span))
  }
}

/** The month's figures of deadlines and days are those of its records together. @throws Error */
export const demandSummed = (month: Month, { all }: Pick<Tally, 'all'>, amounts: Iterable<Amounts>): void => {
  const records = [...amounts]
  for (const figure of reckonedFigures) {
    const sum = records.reduce((total, each) => total + (each[figure] ?? 0), 0)
    if (sum !== (all[figure] ?? 0)) throw new Error(`${figure} of ${month} is reported as ${all[figure] ?? 0}, and its records add up to ${sum}`)
  }
}

/** From when until when it is counted, what that is called, and which of these figures are. */
interface Counted {
  readonly from: number
  readonly until: number
  readonly named: string
  readonly figures: readonly Figure[]
}

interface Span extends Pick<Counted, 'from' | 'until'> {
  /** When the office closes, so many working days after the day of an instant. */
  readonly closing: (at: number, days: number) => number
}

const ofIssue = (events: readonly TimelineEvent[], { from, until, closing }: Span, { replyWorkingDays, resolveWorkingDays, reopenedWorkingDays }: Policy['deadlines']): Amounts => {
  const [dispatched] = events
  if (dispatched?.event !== 'dispatched' || dispatched.at >= until) return {}
  const { at: raisedAt, tier } = dispatched
  const before = events.filter(({ at }) => at < until)
  const ended = before.find(({ event }) => event === 'closed' || event === 'withdrawn')
  const replied = before.find(({ event }) => event === 'replied' || event === 'resolved' || event === 'explained')?.at
  const stood = before.findLast(({ event }) => event === 'resolved' || event === 'explained' || event === 'reopened')
  const reopened = before.findLast(({ event }) => event === 'reopened')
  const replyBy = closing(raisedAt, replyWorkingDays)
  const resolveBy = reopened === undefined ? closing(raisedAt, resolveWorkingDays[tier]) : closing(reopened.at, reopenedWorkingDays[tier])
  const resolvedAt = stood === undefined || stood.event === 'reopened' ? undefined : stood.at
  const isRaised = raisedAt >= from
  const isReplyDue = isRaised && (replied !== undefined || replyBy < (ended?.at ?? until))
  const isResolutionDue = isRaised && ended?.event !== 'withdrawn' && (resolvedAt !== undefined || resolveBy < until)
  const one = (holds: boolean): number => (holds ? 1 : 0)
  return {
    repliesDue: one(isReplyDue),
    repliesInTime: one(isReplyDue && replied !== undefined && replied <= replyBy),
    resolutionsDue: one(isResolutionDue),
    resolutionsInTime: one(isResolutionDue && resolvedAt !== undefined && resolvedAt <= resolveBy),
    issuesOverdue: one(ended === undefined && resolvedAt === undefined && resolveBy < until),
  }
}

/** What the finished steps took: from when each was ready, the fewest working days within which it would have been on time. */
const stepsTaken = (events: readonly CaseEvent[], { closing }: Span): readonly { readonly stepId: string; readonly told: number; readonly taken: number }[] => {
  const ready = new Map<string, number>()
  return events.flatMap(each => {
    const readyAt = each.event === 'step-finished' ? (ready.get(each.stepId) ?? NaN) : NaN
    if (each.event === 'opened' || each.event === 'step-finished') for (const stepId of each.ready) ready.set(stepId, each.at)
    if (each.event !== 'step-finished') return []
    let taken = 0
    while (closing(readyAt, taken) < each.at) taken += 1
    return [{ stepId: each.stepId, told: each.workingDays, taken }]
  })
}

/** A case takes long to be completed, and most worlds end before; what its steps have taken is told as they are finished. */
const demandDaysTaken = (pk: string, events: readonly CaseEvent[], span: Span): void => {
  const waited = new Set(events.flatMap(each => (each.event === 'step-waiting' ? [each.stepId] : [])))
  for (const { stepId, told, taken } of stepsTaken(events, span)) if (!waited.has(stepId) && told !== taken) throw new Error(`${stepId} of ${pk} is said to have taken ${told} working days, and took ${taken}`)
}

/** The law gives ten working days for each step of these worlds' template, and sets none for handing over. */
const statutory = 10

const ofCase = (events: readonly CaseEvent[], span: Span): Amounts => {
  const completed = events.find(({ event }) => event === 'completed')
  if (completed === undefined || completed.at < span.from || completed.at >= span.until) return {}
  const steps = stepsTaken(events, span)
  const [daysStatutory, daysTaken] = [statutory * steps.length, steps.reduce((sum, { taken }) => sum + taken, 0)]
  return { daysStatutory, daysTaken, daysSaved: daysStatutory - daysTaken }
}
