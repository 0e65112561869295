import type { LocalDate } from '../calendar/date.ts'
import { addWorkingDays, isWorkingDay, workingDaysBetween } from '../calendar/working-day.ts'
import { localDateOf } from '../calendar/zone.ts'
import { Problem } from '../contract/problem.ts'
import { planForEach, planMail, type PlannedMail, type Staff } from '../mail/notice.ts'
import { clocksAnew, withClocks, type Reckoning } from './deadline.ts'
import { decided, dispatchIssues, ledBy, moved, type Act, type Contact, type Decision } from './decision.ts'
import type { Direction, Issue, NewIssue } from './issue.ts'

/** 现场办公决定: a session decides who has to do what about an issue, and by when. */

/** More than an issue is ever decided on, and few enough to be found again with it in one transaction. */
export const directionsAtMost = 10

/** What a session decides about an issue. */
export interface Verdict extends Pick<Direction, 'sessionId' | 'decision' | 'departmentId' | 'calledByDepartmentId'> {
  readonly what: string
  readonly dueOn: LocalDate
  /** Whether the campaign office decides, rather than the department that called the session. */
  readonly isOffice: boolean
}

/** Whoever hears of it: the staff of the department that leads from now on, and of the one that led before, if that is another. */
export interface Heard {
  readonly staff: Staff
  readonly formerStaff: Staff | undefined
  readonly contact: Contact
}

/**
 * The department leads the issue from now on, and has to resolve it by the end of that day. Where it is another, it has to
 * accept first, and the one before it answers for the issue until then.
 * @param most decisions of one session
 * Nobody puts off what their own department has to do: that is asked for, and decided on by others.
 * @throws Problem `command-not-legal`, `own-deadline`, `department-unstaffed`, `due-not-working-day`, `due-too-early`, `due-too-late`, `too-many-decisions`
 */
export const directIssue = (issue: Issue, verdict: Verdict, heard: Heard, act: Act, reckoning: Reckoning, most: number): Decision => {
  const { sessionId, decision, departmentId, calledByDepartmentId, what } = verdict
  const isSame = departmentId === issue.leadDepartmentId
  const { request: _settled, ...after } = moved(issue, 'direct', isSame && issue.status === 'accepted' ? 'accepted' : 'not-accepted')
  const { staff } = heard
  if (staff.handlers.length + staff.directors.length === 0) throw new Problem('department-unstaffed', { id: departmentId })
  if (issue.directions.length >= directionsAtMost) throw new Problem('too-many-decisions', { limit: most, ofIssue: directionsAtMost })
  const changed: Issue = {
    ...ledBy(after, departmentId),
    ...(issue.extension === undefined ? {} : { extension: { ...issue.extension, over: true } }),
    directed: { workingDays: daysUntil(verdict.dueOn, issue, reckoning), at: act.now },
    directions: [...issue.directions, { sessionId, decision, departmentId, calledByDepartmentId, at: act.now }],
  }
  const due = dueAnew(changed, act, reckoning)
  if (!verdict.isOffice && issue.leadDepartmentId === calledByDepartmentId && due.clocks.resolve.by > issue.clocks.resolve.by) throw new Problem('own-deadline')
  const told = { event: 'directed', sessionId, decision, fromDepartmentId: issue.leadDepartmentId, departmentId, what, deadlineVersion: due.deadlineVersion, resolveBy: due.clocks.resolve.by } as const
  return decided(due, [told], act, tellAll(issue, heard))
}

/** How many working days after the clock's start the day is. */
const daysUntil = (dueOn: LocalDate, { clocks: { resolve }, rules }: Issue, { calendar, timeZone }: Reckoning): number => {
  if (!isWorkingDay(calendar, dueOn)) throw new Problem('due-not-working-day', { date: dueOn })
  const start = localDateOf(resolve.from, timeZone)
  const { days } = workingDaysBetween(calendar, start, dueOn)
  const most = rules.extendedWorkingDaysAtMost
  if (days > most) throw new Problem('due-too-late', { most, date: addWorkingDays(calendar, start, most).date })
  return days
}

/** The clocks anew, the resolve clock to end on the day that was named, whatever pauses there were. @throws Problem `due-too-early` */
const dueAnew = (issue: Issue, { now }: Act, reckoning: Reckoning): Issue => {
  const { resolve } = issue.clocks
  const named: Issue = { ...issue, clocks: { ...issue.clocks, resolve: { ...resolve, setAt: now } } }
  const due = withClocks(named, clocksAnew(named, now, reckoning), now, reckoning)
  if (due.clocks.resolve.by <= now) throw new Problem('due-too-early', { date: localDateOf(due.clocks.resolve.by, reckoning.timeZone) })
  return due
}

const tellAll = (issue: Issue, { staff, formerStaff, contact }: Heard): readonly PlannedMail[] => {
  const about = { kind: 'issue-directed', issueId: issue.issueId, event: issue.eventCount + 1 } as const
  const officer = `officer:${issue.officerId}` as const
  return [
    planMail(about, officer, 'act'),
    // Each by itself: a mail that is shared says the same to all its readers, and these are told different things.
    ...planForEach([staff, ...whoeverElse(formerStaff, staff)].map(each => ({ about, staff: each, but: officer })), ['handlers', 'directors'], 'act'),
    ...(contact?.contactEmail === undefined ? [] : [planMail(about, `enterprise:${issue.enterpriseId}`, 'act')]),
  ]
}

/**
 * The staff of the department that led before, but for those who are told as the one that leads now; where it has none, nobody is
 * told in its stead that it has nothing to do.
 */
const whoeverElse = (former: Staff | undefined, { handlers, directors, supervisors }: Staff): readonly Staff[] => {
  // Supervisors stand in where there is no director.
  const told = new Set([...handlers, ...(directors.length > 0 ? directors : supervisors)])
  const others = { handlers: (former?.handlers ?? []).filter(id => !told.has(id)), directors: (former?.directors ?? []).filter(id => !told.has(id)) }
  if (former === undefined || others.handlers.length + others.directors.length === 0) return []
  return [{ ...former, handlers: others.handlers, directors: others.directors.length > 0 ? others.directors : others.handlers }]
}

type Dispatching = Parameters<typeof dispatchIssues>[1]

/**
 * Takes a new issue into the ledger and decides on it in one: it is dispatched to the department that the session names,
 * and due on the day it names. One mail tells each of both.
 * @throws Problem `subcategory-mismatch`, and what `directIssue` throws
 */
export const raiseDirected = (submitted: NewIssue, verdict: Verdict, heard: Omit<Heard, 'formerStaff'>, given: Omit<Dispatching, 'session' | 'staffOf'>, most: number): Decision => {
  const { staff } = heard
  const session = { sessionId: verdict.sessionId, departmentId: verdict.departmentId }
  const [{ issue, events }] = dispatchIssues([submitted], { ...given, session, staffOf: () => staff })
  const directed = directIssue(issue, verdict, { ...heard, formerStaff: undefined }, given, given, most)
  return { ...directed, issue: { ...directed.issue, version: issue.version }, events: [...events, ...directed.events] }
}
