import type { Instant } from '../calendar/zone.ts'
import { planFor, type About, type PlannedMail, type Staff, type StaffOf } from '../mail/notice.ts'
import { stepAfterLevel, stepAfterWarning, type Reckoning } from './deadline.ts'
import { decided, owingDepartments, type Contact, type Decision } from './decision.ts'
import { clockNames, type Clock, type ClockName, type Issue, type Level, type Piece } from './issue.ts'
import { resumeByItself } from './pause.ts'
import { isOpen } from './transition.ts'
import { theSystem } from '../roster/actor.ts'

/** What the sweep does to an issue: it warns, raises levels, has silent enterprises called back and lets paused clocks go on. */

/** Whom a sweep has mail for: the staff of the departments that an issue concerns, and the enterprise. */
export interface People {
  readonly of: StaffOf
  /** Of the enterprise, which hears of a pause that ends; known where there is one. */
  readonly contact?: Contact
}

/** The departments whose people a sweep of the issue may have mail for. */
export const departmentsOf = ({ leadDepartmentId, responsibleDepartmentId, pieces }: Issue): readonly string[] => [
  ...new Set([leadDepartmentId, responsibleDepartmentId, ...owingDepartments({ pieces })]),
]

/** Who hears of each level: 催办 the handlers, 督办 the director and the handlers, 通报 the leading group and the director. */
export const audienceOfLevel = { 1: ['handlers'], 2: ['directors', 'handlers'], 3: ['leading-group', 'directors'] } as const

/** The one clock whose step is due first, if any is due. */
const dueClock = (issue: Issue, now: Instant): { name: ClockName; at: Instant } | undefined =>
  clockNames
    .flatMap(name => {
      const at = issue.clocks[name].next?.at
      return at !== undefined && at <= now ? [{ name, at }] : []
    })
    .sort((one, other) => one.at - other.at)[0]

const duePiece = ({ pieces }: Issue, now: Instant): Piece | undefined =>
  pieces.filter(({ clock: { next } }) => next !== undefined && next.at <= now).sort((one, other) => (one.clock.next?.at ?? 0) - (other.clock.next?.at ?? 0))[0]

/** What changes of an issue, a piece or a step that rises to a level; nothing where it stands there already, or higher. */
export const raisedTo = (level: Level, from: Issue['level'], now: Instant): Partial<Pick<Issue, 'level' | 'raisedAt'>> => (level > from ? { level, raisedAt: now } : {})

/** Takes the one step that a clock of the issue is due for. */
const takeStep = (issue: Issue, name: ClockName, staff: Staff, people: People, now: Instant, reckoning: Reckoning): Decision => {
  const { next, ...clock } = issue.clocks[name]
  if (next === undefined) throw new Error('no step is due')
  const act = { by: theSystem, now }
  const { issueId, deadlineVersion } = issue
  const withNext = (after: Clock, step: Clock['next']): Issue['clocks'] => ({ ...issue.clocks, [name]: step === undefined ? after : { ...after, next: step } })

  if (next.step === 'warning') {
    const warned = { ...issue, clocks: withNext(clock, stepAfterWarning(clock, issue.rules, reckoning)) }
    // Come too late, after an outage, it would warn of what has happened; level 1 speaks of that.
    if (clock.by <= now) return decided(warned, [], act, [])
    const mails = planFor({ kind: 'issue-warning', issueId, clock: name, deadlineVersion }, ['handlers'], staff, 'scheduled')
    return decided(warned, [{ event: 'warned', clock: name, dueBy: clock.by }], act, mails)
  }
  const level = next.step
  // A missed accept or reply is a level 1 of its own and climbs no further.
  const following = name === 'resolve' ? stepAfterLevel(level, now, issue.rules, reckoning) : undefined
  const raised = { ...issue, ...raisedTo(level, issue.level, now), clocks: withNext({ ...clock, unsigned: level }, following) }
  const about = { kind: 'issue-escalated', issueId, clock: name, level, deadlineVersion, event: issue.eventCount + 1 } as const
  const told = planFor(about, audienceOfLevel[level], staff, 'scheduled')
  return decided(raised, [{ event: 'escalated', clock: name, level, dueBy: clock.by }], act, [...told, ...toResponsible(issue, about, told, people)])
}

/** Until another department has accepted it, the one that answers for it hears of each level too, through its directors. */
const toResponsible = (issue: Issue, about: About, told: readonly PlannedMail[], people: People): readonly PlannedMail[] => {
  if (issue.responsibleDepartmentId === issue.leadDepartmentId) return []
  const staff = people.of(issue.responsibleDepartmentId)
  const directors = staff.directors.filter(id => !told.some(({ to, cc }) => [to, ...cc].includes(`officer:${id}`)))
  // Where there is none, or each has been told already, no supervisor hears of it in their stead.
  return directors.length === 0 ? [] : planFor(about, ['directors'], { ...staff, directors }, 'scheduled')
}

/** Takes the one step that a piece is due for: its department is warned, and climbs a ladder of its own. */
const takePieceStep = (issue: Issue, due: Piece, people: People, now: Instant, reckoning: Reckoning): Decision => {
  const { next, ...clock } = due.clock
  if (next === undefined) throw new Error('no step is due')
  const act = { by: theSystem, now }
  const { piece, departmentId } = due
  const staff = people.of(departmentId)
  const withPiece = (after: Piece): Issue => ({ ...issue, pieces: issue.pieces.map(each => (each.piece === piece ? after : each)) })
  const about = { issueId: issue.issueId, piece, deadlineVersion: issue.deadlineVersion } as const

  if (next.step === 'warning') {
    const warned = withPiece({ ...due, clock: { ...clock, next: stepAfterWarning(clock, issue.rules, reckoning) } })
    if (clock.by <= now) return decided(warned, [], act, [])
    return decided(warned, [{ event: 'assist-warned', piece, departmentId, dueBy: clock.by }], act, planFor({ kind: 'assist-warning', ...about }, ['handlers'], staff, 'scheduled'))
  }
  const level = next.step
  const following = stepAfterLevel(level, now, issue.rules, reckoning)
  const raised = { ...due, ...raisedTo(level, due.level, now), clock: { ...clock, unsigned: level, ...(following === undefined ? {} : { next: following }) } }
  const mails = planFor({ kind: 'assist-escalated', ...about, level, event: issue.eventCount + 1 }, audienceOfLevel[level], staff, 'scheduled')
  return decided(withPiece(raised), [{ event: 'assist-escalated', piece, departmentId, level, dueBy: clock.by }], act, mails)
}

/**
 * All of a decision is one transaction, which holds a hundred items: beside the issue and what it is found again by, so
 * many events and mails, and changes of the worklists.
 */
export const advancedAtMost = 80

/** A level that is raised leaves one list for another, or enters two: the office's and the department's. */
const listsChanged = 2

/**
 * What comes to level 3 brings a draft 通报 along: the notice itself, and twelve mails at most to the directors of the
 * department, as many to the supervisors.
 */
const entriesOfDraft = 25

interface Steps {
  readonly events: readonly { readonly event: string; readonly level?: number; readonly clock?: string }[]
  readonly mails: readonly PlannedMail[]
}

/** How much of a transaction the steps of a sweep take. */
export const sizeOf = ({ events, mails }: Steps): number => events.length * (1 + listsChanged) + mails.length + events.filter(bringsDraft).length * entriesOfDraft

/** Whether the event says that a resolve clock, or that of a step, has come to level 3. */
const bringsDraft = ({ event, clock, level }: Steps['events'][number]): boolean => level === 3 && ((event === 'escalated' && clock === 'resolve') || event === 'step-escalated')

/**
 * The sweep's decision on one issue: the steps that are due at `now`, in order, as one change of the issue; `undefined`
 * where none is. What is more than one change can hold stays due, for the next sweep.
 */
export const advanceIssue = (issue: Issue, people: People, now: Instant, reckoning: Reckoning): Decision | undefined => {
  let decision: Decision | undefined
  for (let current = issue; ; current = decision.issue) {
    const step = dueStep(current, people, now, reckoning)
    if (step === undefined) return decision
    if (decision !== undefined && sizeOf(decision) + sizeOf(step) > advancedAtMost) return decision
    decision = {
      ...step,
      issue: { ...step.issue, version: issue.version + 1 },
      events: [...(decision?.events ?? []), ...step.events],
      mails: [...(decision?.mails ?? []), ...step.mails],
    }
  }
}

/** The one step that comes first of those that are due. */
const dueStep = (issue: Issue, people: People, now: Instant, reckoning: Reckoning): Decision | undefined => {
  const staff = people.of(issue.leadDepartmentId)
  if (issue.callBack?.isDue === false && issue.callBack.at <= now) return askForRating(issue, issue.callBack.at, staff, now)
  if (issue.status === 'paused') return resumeByItself(issue, staff, people.contact, now, reckoning)
  if (!isOpen(issue.status)) return undefined
  const clock = dueClock(issue, now)
  const piece = duePiece(issue, now)
  if (piece !== undefined && (clock === undefined || (piece.clock.next?.at ?? 0) < clock.at)) return takePieceStep(issue, piece, people, now, reckoning)
  return clock && takeStep(issue, clock.name, staff, people, now, reckoning)
}

/** The enterprise has said nothing: a supervisor has to ask it. */
const askForRating = (issue: Issue, at: Instant, staff: Staff, now: Instant): Decision => {
  const mails = planFor({ kind: 'call-back-due', issueId: issue.issueId, event: issue.eventCount + 1 }, ['supervisors'], staff, 'scheduled')
  return decided({ ...issue, callBack: { at, isDue: true, provisional: false }, awaitedYears: [] }, [{ event: 'call-back-due' }], { by: theSystem, now }, mails)
}
