import { addDays, addMonths, firstDayOfMonth, lastDayOfMonth, type LocalDate, type Month } from '../../shared/calendar/date.ts'
import { isWorkingDay, type Calendar } from '../../shared/calendar/working-day.ts'
import { instantOf, localDateOf } from '../../shared/calendar/zone.ts'
import type { CaseEvent } from '../../shared/case/case.ts'
import type { TimelineEvent } from '../../shared/issue/issue.ts'
import type { ProjectEvent } from '../../shared/project/project.ts'
import { type Figure } from '../../shared/report/figure.ts'
import { rates } from '../../shared/report/rate.ts'
import type { Tally } from '../../shared/report/tally.ts'
import { opened } from '../../functions/adapters/stored.ts'
import type { Item } from '../../functions/adapters/table.ts'
import { countQuotas, reckonedFigures } from './reckoned.ts'
import { timelines } from './timelines.ts'

/**
 * A month's figures counted the plain way: from the timelines, which only ever grow, and from the visits that were recorded,
 * and from nothing that the rules keep of them.
 */
const plainly = (items: readonly Item[], month: Month, { timeZone, calendar, now }: Counting): Partial<Record<Figure, number>> => {
  const counts: Partial<Record<Figure, number>> = {}
  const count = (figure: Figure, amount = 1): void => {
    if (amount !== 0) counts[figure] = (counts[figure] ?? 0) + amount
  }
  const [from, until] = [month, addMonths(month, 1)].map(each => instantOf(firstDayOfMonth(each), '00:00', timeZone)) as [number, number]
  const isWithin = (at: number): boolean => from <= at && at < until

  const ended = new Map<string, number>()
  for (const [pk, events] of timelines(items, 'event')) ended.set(pk.slice('ISSUE#'.length), countIssue(events, { from, until, isWithin, count }))
  countSessions(items, ended, { from, until: Math.min(until, now), count })
  for (const [, events] of timelines(items, 'case-event')) countCase(events, { from, until, isWithin, count })

  for (const [pk, events] of histories(items)) if (isPairedBefore(items, pk.slice('PROJECT#'.length), dayOf(month, now, timeZone))) countProject(events, { month, day: dayOf(month, now, timeZone), calendar, count })

  const visits = items.filter(({ shape }) => shape === 'visit').map(item => opened('visit', item))
  const paired = new Set(
    items.filter(({ shape }) => shape === 'pairing').map(item => opened('pairing', item)).filter(({ startsOn, endsOn }) => startsOn <= lastDayOfMonth(month) && (endsOn === undefined || endsOn >= firstDayOfMonth(month))).map(({ officerId }) => officerId),
  )
  for (const officerId of paired) {
    const made = visits.filter(visit => visit.officerId === officerId && visit.counted && visit.visitedOn.startsWith(month)).length
    count('officers')
    count('visits', made)
    count(made >= 3 ? 'officersThreeOrMore' : made === 2 ? 'officersTwo' : made === 1 ? 'officersOne' : 'officersNone')
    countQuotas(officerId, items, month, count)
  }
  const explained = new Map<string, string>()
  for (const { enterpriseId, visitedOn, measures = [] } of visits)
    for (const measureId of measures) {
      const key = `${enterpriseId} ${measureId}`
      if (visitedOn < (explained.get(key) ?? '9999')) explained.set(key, visitedOn)
    }
  count('deliveries', [...explained.values()].filter(day => day.startsWith(month)).length)
  return counts
}

/** By which days, and when, it is counted. */
interface Counting {
  readonly timeZone: string
  readonly calendar: Calendar
  readonly now: number
}

/** The last day of the month, or today while it runs. */
const dayOf = (month: Month, now: number, timeZone: string): LocalDate => [lastDayOfMonth(month), localDateOf(now, timeZone)].sort()[0] ?? ''

const isPairedBefore = (items: readonly Item[], enterpriseId: string, day: LocalDate): boolean =>
  items.some(item => item['shape'] === 'pairing' && opened('pairing', item).enterpriseId === enterpriseId && opened('pairing', item).startsOn <= day)

/** What has been entered of each project, in order. */
const histories = (items: readonly Item[]): ReadonlyMap<string, readonly ProjectEvent[]> => {
  const byProject = new Map<string, ProjectEvent[]>()
  for (const item of items) if (item['shape'] === 'project-event') byProject.set(item.pk, [...(byProject.get(item.pk) ?? []), opened('project-event', item)])
  for (const events of byProject.values()) events.sort((one, other) => one.version - other.version)
  return byProject
}

/** A project as its history leaves it: five working days of the next month for each report, and nothing owed across a half-year. */
const countProject = (events: readonly ProjectEvent[], { month, day, calendar, count }: { readonly month: Month; readonly day: LocalDate; readonly calendar: Calendar; readonly count: Book['count'] }): void => {
  const plans = new Map<string, readonly number[]>()
  const milestones = new Map<string, readonly { readonly milestoneId: string; readonly plannedOn: string; readonly reachedOn?: string | undefined }[]>()
  const made = new Map<string, number>()
  for (const told of events) {
    if (told.event === 'planned') {
      plans.set(String(told.year), told.after.months)
      milestones.set(String(told.year), told.after.milestones)
    }
    if (told.event === 'invested') made.set(told.month, told.after)
    if (told.event === 'milestone') for (const [year, those] of milestones) milestones.set(year, those.map(each => (each.milestoneId === told.milestoneId ? { ...each, reachedOn: told.after } : each)))
  }
  const counts = (each: Month): boolean => {
    let left = 5
    let date = lastDayOfMonth(each)
    while (left > 0) if (isWorkingDay(calendar, (date = addDays(date, 1)))) left -= 1
    return date < day
  }
  let last = addMonths(day.slice(0, 7), -1)
  while (!counts(last)) last = addMonths(last, -1)
  const [year, number] = [last.slice(0, 4), Number(last.slice(5))]
  const half = Array.from({ length: 6 }, (_, at) => at + (number > 6 ? 7 : 1)).filter(each => each <= number)
  const plannedFor = (each: number): number => plans.get(year)?.[each - 1] ?? 0
  const madeIn = (each: number): number | undefined => made.get(`${year}-${String(each).padStart(2, '0')}`)
  const planned = half.reduce((sum, each) => sum + plannedFor(each), 0)
  const invested = half.reduce((sum, each) => sum + (madeIn(each) ?? 0), 0)
  const all = [...milestones.values()].flat()
  if (plans.has(year)) count('projectsPlanned')
  count('investmentPlanned', planned)
  count('investmentMade', invested)
  if (invested < planned || all.some(({ plannedOn, reachedOn }) => plannedOn < day && (reachedOn === undefined || reachedOn > day))) count('projectsBehind')
  if (half.some(each => plannedFor(each) > 0 && madeIn(each) === undefined)) count('projectsUnreported')
  count('milestonesDue', all.filter(({ plannedOn }) => plannedOn.startsWith(month)).length)
  count('milestonesReached', all.filter(({ reachedOn }) => reachedOn?.startsWith(month) === true && reachedOn <= day).length)
}

interface Book {
  readonly from: number
  readonly until: number
  readonly isWithin: (at: number) => boolean
  readonly count: (figure: Figure, amount?: number) => void
}

/** Returns when it had ended, if it has. */
const countIssue = (events: readonly TimelineEvent[], { from, until, isWithin, count }: Book): number => {
  const [dispatched] = events
  const closed = events.find(({ event }) => event === 'closed')
  const withdrawn = events.find(({ event }) => event === 'withdrawn')
  const ended = closed?.at ?? withdrawn?.at ?? Infinity
  const raised = dispatched?.at ?? 0
  if (raised >= until || ended < from) return ended
  const isOverride = closed?.event === 'closed' && closed.closedBy === 'override'
  count(raised < from ? 'issuesCarried' : 'issuesRaised')
  if (ended >= until) count('issuesOpen')
  if (closed !== undefined && isWithin(closed.at)) count(isOverride ? 'issuesOverridden' : 'issuesClosed')
  if (withdrawn !== undefined && isWithin(withdrawn.at)) count('issuesWithdrawn')
  if (events.some(({ event, at }) => event === 'reopened' && isWithin(at))) count('issuesReopened')
  for (const each of events)
    if ((each.event === 'rated' || each.event === 'called-back') && isWithin(each.at)) {
      count('ratings')
      if (each.rating >= 3) count('ratingsSatisfied')
    }

  const before = events.filter(({ at }) => at < until)
  const stood = before.findLast(({ event }) => event === 'resolved' || event === 'explained' || event === 'reopened')?.event
  const isResolved = ended >= until || closed !== undefined ? stood === 'resolved' || stood === 'explained' : false
  if (ended >= until && isResolved) count('issuesAwaitingRating')
  if (raised < from) return ended
  const isWithdrawn = withdrawn !== undefined && withdrawn.at < until
  if (isWithdrawn) count('raisedWithdrawn')
  else count('raisedToResolve')
  if (isResolved && !isWithdrawn) count('raisedResolved')
  if (isOverride && ended < until) count('raisedOverridden')
  return ended
}

/** Sessions that began and were not called off, what was decided in them, and each decision, of any session, whose issue had not ended then. */
const countSessions = (items: readonly Item[], ended: ReadonlyMap<string, number>, { from, until, count }: Pick<Book, 'from' | 'until' | 'count'>): void => {
  const decisions = items.filter(({ shape }) => shape === 'decision').map(item => opened('decision', item))
  for (const { sessionId, startsAt, status } of items.filter(({ shape }) => shape === 'session').map(item => opened('session', item)))
    if (status !== 'cancelled' && from <= startsAt && startsAt < until) {
      count('sessionsHeld')
      count('decisionsMade', decisions.filter(decision => decision.sessionId === sessionId).length)
    }
  count('decisionsOpen', decisions.filter(({ issueId, at }) => at < until && (ended.get(issueId) ?? Infinity) >= until).length)
}

const countCase = (events: readonly CaseEvent[], { from, until, isWithin, count }: Book): void => {
  const end = events.find(({ event }) => event === 'completed' || event === 'step-refused' || event === 'withdrawn')
  const opened = events[0]?.at ?? 0
  if (opened >= until || (end?.at ?? Infinity) < from) return
  count(opened < from ? 'casesCarried' : 'casesOpened')
  if (end === undefined || !isWithin(end.at)) count('casesOpen')
  else count(end.event === 'completed' ? 'casesCompleted' : end.event === 'withdrawn' ? 'casesWithdrawn' : 'casesRefused')
}

/** Whether the plain count speaks of it: what rests on deadlines and days is compared record by record. */
const isCounted = (figure: Figure): boolean => !(reckonedFigures as readonly Figure[]).includes(figure)

/** The month as the reports count it and as the plain model does. @throws Error that says where they differ, or what does not add up */
export const demandRecounted = (items: readonly Item[], month: Month, tally: Tally, counting: Counting): void => {
  const plain = plainly(items, month, counting)
  for (const figure of new Set([...Object.keys(plain), ...Object.keys(tally.all)] as Figure[])) {
    if (isCounted(figure) && (tally.all[figure] ?? 0) !== (plain[figure] ?? 0)) throw new Error(`${figure} of ${month} is reported as ${tally.all[figure] ?? 0}, and is ${plain[figure] ?? 0}`)
    const ofDepartments = Object.values(tally.byDepartment).reduce((sum, part) => sum + (part[figure] ?? 0), 0)
    if (ofDepartments !== (tally.all[figure] ?? 0)) throw new Error(`${figure} of ${month} is ${tally.all[figure] ?? 0}, and ${ofDepartments} over all departments`)
  }
  for (const { numerator, denominator, ...kind } of Object.values(rates))
    if (!('isNoPart' in kind) && (tally.all[numerator] ?? 0) > (tally.all[denominator] ?? 0)) throw new Error(`${numerator} of ${month} is more than ${denominator}`)
}
