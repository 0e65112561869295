import type { Instant } from '../calendar/zone.ts'
import { Problem } from '../contract/problem.ts'
import { planFor, planForEach, planMail, unread, type PlannedMail, type Staff, type StaffOf } from '../mail/notice.ts'
import type { Policy } from '../policy/policy.ts'
import type { Enterprise, Officer } from '../roster/roster.ts'
import { subcategoriesOf } from './category.ts'
import {
  awaitedYearsOf,
  calendarOfReckoning,
  followingStep,
  freezeRules,
  openingAfter,
  setClocks,
  unpublishedYears,
  type Reckoning,
} from './deadline.ts'
import { clockNames, type Clock, type ClockName, type ClockRules, type FrozenRules, type Issue, type NewIssue, type TimelineEvent } from './issue.ts'
import { routeBySession, routeIssue } from './routing.ts'
import { statusAfter, type Command, type Outcome } from './transition.ts'

/** What a rule decides: the issue as it is from now on, what the timeline gains, and the mails that follow. */
export interface Decision {
  readonly issue: Issue
  readonly events: readonly TimelineEvent[]
  readonly mails: readonly PlannedMail[]
  /** Other issues that change with it, in the same transaction. */
  readonly beside?: readonly { readonly before: Issue; readonly decision: Decision }[]
}

/** Who acts, and when. `by` is a staff number, or one of those in `roster/actor.ts` who have none. */
export interface Act {
  readonly by: string
  readonly now: Instant
}

/** A year's issues as they are numbered: the number last given out in it. */
export interface Numbering {
  readonly year: number
  readonly last: number
}

/** `2026-000123`: the year and a number without gaps. An issue's has no letter before it. */
export const numberOf = (year: number, sequence: number, letter = ''): string => `${letter}${year}-${String(sequence).padStart(6, '0')}`

/** An event before it knows when it happened and who did it; over each member of the union. */
export type Told = TimelineEvent extends infer E ? (E extends TimelineEvent ? Omit<E, 'at' | 'by'> : never) : never

/** The decision that leaves the issue like this, having `told` the timeline of it. */
export const decided = (issue: Issue, told: readonly Told[], { by, now }: { by: string; now: Instant }, mails: readonly PlannedMail[]): Decision => ({
  issue: { ...issue, version: issue.version + 1, eventCount: issue.eventCount + told.length },
  events: told.map(event => ({ ...event, at: now, by })),
  mails,
})

/** `path`: where the request has it, if it is one of several. */
const demandSubcategory = ({ category, subcategory }: Pick<NewIssue, 'category' | 'subcategory'>, path: string | undefined): void => {
  const allowed = subcategoriesOf(category)
  if (!Object.hasOwn(allowed, subcategory))
    throw new Problem('subcategory-mismatch', { category, allowed: Object.keys(allowed).join(', ') }, path === undefined ? {} : { path })
}

interface Dispatching extends Act, Reckoning {
  readonly numbering: Numbering
  readonly officer: Pick<Officer, 'officerId' | 'departmentId'>
  readonly policy: Policy
  readonly policyVersion: number
  /** Staff of the lead departments, which `routeIssue` names. */
  readonly staffOf: StaffOf
  /** The session that raises it, and the department that it leaves it to; otherwise the routing table decides. */
  readonly session?: { readonly sessionId: string; readonly departmentId: string }
  /** The field of the request that the issues are a list in, if they are. */
  readonly listedIn?: string
}

/**
 * Takes issues of one officer into the ledger, under the year's next numbers in their order, and dispatches each to its
 * lead department. The clocks start now, not when somebody signs for it.
 * @throws Problem `subcategory-mismatch`
 */
export const dispatchIssues = <const S extends readonly NewIssue[]>(submitted: S, given: Dispatching): { readonly [At in keyof S]: Decision } => {
  const { numbering, listedIn } = given
  const dispatched = submitted.map((each, at) => {
    demandSubcategory(each, listedIn === undefined ? undefined : `${listedIn}.${at}.subcategory`)
    return dispatchedIssue(each, numberOf(numbering.year, numbering.last + 1 + at), given)
  })
  const mails = tellOfDispatch(dispatched, given.staffOf)
  const decisions = dispatched.map(({ issue, told }) => decided(issue, [told], given, mails.filter(({ about }) => 'issueId' in about && about.issueId === issue.issueId)))
  return decisions as unknown as { readonly [At in keyof S]: Decision }
}

interface Dispatched {
  readonly issue: Issue
  readonly told: Extract<Told, { event: 'dispatched' }>
}

/** Of issues dispatched together, how many people get a mail each is counted over all, so that they fit into one transaction. */
const tellOfDispatch = (dispatched: readonly Dispatched[], staffOf: StaffOf): readonly PlannedMail[] => {
  const mattersOf = (kind: 'issue-dispatched' | 'issue-unrouted', which: readonly Dispatched[]) =>
    which.map(({ issue: { issueId, leadDepartmentId } }) => ({ about: { kind, issueId, event: 1 }, staff: staffOf(leadDepartmentId) }))
  const unrouted = dispatched.filter(({ told }) => told.routedBy === 'first-receiver')
  return [
    ...planForEach(mattersOf('issue-dispatched', dispatched), ['handlers', 'directors'], 'act'),
    ...planForEach(mattersOf('issue-unrouted', unrouted), ['supervisors'], 'act'),
  ]
}

const dispatchedIssue = (submitted: NewIssue, issueId: string, given: Dispatching): Dispatched => {
  const { officer, policy, now, session } = given
  const routing = session === undefined ? routeIssue(submitted, officer.departmentId, policy) : routeBySession(submitted, officer.departmentId, session.departmentId)
  const rules = freezeRules(policy, given.policyVersion)
  const { enterpriseId, title, category, subcategory, visitId } = submitted
  const brought = {
    issueId, title, category, subcategory, enterpriseId,
    officerId: officer.officerId,
    firstDepartmentId: officer.departmentId,
    ...(visitId === undefined ? {} : { visitId }),
    ...(session === undefined ? {} : { sessionId: session.sessionId }),
  }
  const issue = asDispatched(brought, routing, rules, now, given)
  const told = {
    event: 'dispatched',
    departmentId: routing.leadDepartmentId,
    routedBy: routing.routedBy,
    tier: routing.tier,
    description: submitted.description,
  } as const
  return { issue, told }
}

/** What an issue is about, and who brought it: stays as it is for its life. */
export type Brought = Pick<Issue, 'issueId' | 'title' | 'category' | 'subcategory' | 'enterpriseId' | 'officerId' | 'firstDepartmentId' | 'visitId' | 'sessionId'>

/** An issue at its dispatch, before anything is told of it, under these rules. */
export const asDispatched = (brought: Brought, { tier, leadDepartmentId }: Pick<Issue, 'tier' | 'leadDepartmentId'>, rules: FrozenRules, now: Instant, reckoning: Reckoning): Issue => {
  const clocks = setClocks({ rules, tier, reopened: [], pauses: [] }, now, reckoning)
  return {
    ...brought,
    version: 0,
    status: 'dispatched',
    tier,
    leadDepartmentId,
    responsibleDepartmentId: brought.firstDepartmentId,
    pieces: [],
    reopened: [],
    pauses: [],
    followers: [],
    directions: [],
    dispatchedAt: now,
    rules,
    clocks,
    deadlineVersion: 1,
    level: 0,
    ...calendarOfReckoning(reckoning),
    awaitedYears: awaitedYearsOf({ clocks, pieces: [] }, reckoning),
    eventCount: 0,
  }
}

/** A clock that has been met runs no further. The first meeting counts. */
const met = ({ next: _over, ...clock }: Clock, now: Instant): Clock => ({ ...clock, doneAt: clock.doneAt ?? now })

export const meet = (issue: Issue, names: readonly ClockName[], now: Instant): Issue['clocks'] => {
  const clocks = { ...issue.clocks }
  for (const name of names) clocks[name] = met(clocks[name], now)
  return clocks
}

/**
 * The issue in the status that the command leads to. What was asked for falls away where that is another.
 * @throws Problem `command-not-legal`
 */
export const moved = (issue: Issue, command: Command, outcome?: Outcome): Issue => {
  const status = statusAfter(issue, command, outcome)
  if (status === issue.status) return issue
  const { request: _dropped, ...rest } = issue
  return { ...rest, status }
}

/** Signs for the issue. @throws Problem `command-not-legal` */
export const acceptIssue = (issue: Issue, act: Act): Decision => {
  const accepted = { ...moved(issue, 'accept'), responsibleDepartmentId: issue.leadDepartmentId, clocks: meet(issue, ['accept'], act.now) }
  return decided(accepted, [{ event: 'accepted', departmentId: issue.leadDepartmentId }], act, [])
}

/** How an enterprise is reached, as far as the rules have to know. */
export type Contact = Pick<Enterprise, 'contactEmail'> | undefined

/**
 * Mail about the `nth` event of a decision to the enterprise, if it has an address, and to the officer who visits it:
 * what the department says, or why something is due at another time.
 */
export const tellBothSides = (
  issue: Issue,
  kind: 'issue-replied' | 'issue-resolved' | 'issue-explained' | 'issue-moved',
  contact: Contact,
  timing: PlannedMail['timing'] = 'act',
  nth = 1,
): readonly PlannedMail[] => {
  const about = { kind, issueId: issue.issueId, event: issue.eventCount + nth } as const
  return [
    planMail(about, `officer:${issue.officerId}`, timing),
    ...(contact?.contactEmail === undefined ? [] : [planMail(about, `enterprise:${issue.enterpriseId}`, timing)]),
  ]
}

/** Answers the enterprise. The first answer meets the reply clock. @throws Problem `command-not-legal` */
export const replyToIssue = (issue: Issue, message: string, contact: Contact, act: Act): Decision => {
  const replied = { ...moved(issue, 'reply'), clocks: meet(issue, ['reply'], act.now) }
  return decided(
    replied,
    [{ event: 'replied', departmentId: issue.leadDepartmentId, message }],
    act,
    tellBothSides(issue, 'issue-replied', contact),
  )
}

/**
 * Hands the issue to another department. The clocks keep running as they are: handing on gains nobody time.
 * @throws Problem `command-not-legal`, `same-department`, `department-unstaffed`
 */
export const transferIssue = (issue: Issue, to: { departmentId: string; reason: string }, staff: Staff, act: Act): Decision => {
  const transferred = ledBy(moved(issue, 'transfer'), to.departmentId)
  if (to.departmentId === issue.leadDepartmentId) throw new Problem('same-department')
  if (staff.handlers.length + staff.directors.length === 0) throw new Problem('department-unstaffed', { id: to.departmentId })
  const about = { kind: 'issue-transferred', issueId: issue.issueId, event: issue.eventCount + 1 } as const
  const officer = `officer:${issue.officerId}` as const
  const toOfficer = planMail(about, officer, 'act')
  const toStaff = planFor(about, ['handlers', 'directors'], staff, 'act', officer)
  return decided(
    transferred,
    [{ event: 'transferred', fromDepartmentId: issue.leadDepartmentId, departmentId: to.departmentId, reason: to.reason }],
    act,
    [...toStaff, toOfficer],
  )
}

/** What a department says of its resolution, and why it comes over pieces that were not answered, if it does. */
export interface Resolution {
  readonly message: string
  readonly despite?: string | undefined
}

/**
 * The department says it is solved 办结. What it says is an answer too. Whether it is, the enterprise says; where it says
 * nothing, it will be asked. Departments whose pieces it comes over are told that nobody waits for them.
 * @throws Problem `command-not-legal`, `pieces-open` unless it is said why that does not matter
 */
export const resolveIssue = (issue: Issue, { message, despite }: Resolution, contact: Contact, act: Act, reckoning: Reckoning, staffOf: StaffOf = unread): Decision => {
  const { explained: _before, ...resolved } = asResolved(moved(issue, 'resolve'), act.now, reckoning)
  if (despite === undefined) demandPiecesAnswered(issue)
  const event = { event: 'resolved', departmentId: issue.leadDepartmentId, message, ...(despite === undefined ? {} : { despite }) } as const
  return decided(resolved, [event], act, [...tellBothSides(issue, 'issue-resolved', contact), ...tellTheDropped(issue, staffOf, act)])
}

/** @throws Problem `pieces-open` while another department still owes something */
export const demandPiecesAnswered = ({ pieces }: Pick<Issue, 'pieces'>): void => {
  const open = pieces.filter(({ status }) => status === 'open')
  if (open.length > 0) throw new Problem('pieces-open', { departments: open.map(({ departmentId }) => departmentId).join(', ') }, { pieces: open.map(({ piece }) => piece) })
}

/** The departments that still owe the issue a piece. */
export const owingDepartments = ({ pieces }: Pick<Issue, 'pieces'>): readonly string[] => pieces.flatMap(({ status, departmentId }) => (status === 'open' ? [departmentId] : []))

/**
 * Told to whoever was asked for a piece that falls away, as the issue stood before: by the event that ends it, the decision's
 * first.
 */
export const tellTheDropped = (issue: Issue, staffOf: StaffOf, { by }: Pick<Act, 'by'>): readonly PlannedMail[] => {
  const dropped = issue.pieces.filter(({ status }) => status === 'open')
  const matters = dropped.map(({ piece, departmentId }) => ({
    about: { kind: 'assist-dropped', issueId: issue.issueId, piece, event: issue.eventCount + 1 } as const,
    staff: staffOf(departmentId),
    but: `officer:${by}` as const,
  }))
  return planForEach(matters, ['handlers', 'directors'], 'act')
}

/** Another department leads it. What that still owed as a piece is part of its own work from now on. */
export const ledBy = (issue: Issue, leadDepartmentId: string): Issue => ({ ...withoutOpenPieces(issue, leadDepartmentId), leadDepartmentId })

/** Nobody owes anything to an issue that has ended; or the one department owes nothing. */
export const withoutOpenPieces = (issue: Issue, of?: string): Issue => ({
  ...issue,
  pieces: issue.pieces.map(piece => {
    const { next: _none, ...clock } = piece.clock
    return piece.status === 'open' && (of === undefined || of === piece.departmentId) ? { ...piece, status: 'dropped', clock } : piece
  }),
})

/** Nothing is due any more, but that the enterprise says something: a supervisor asks where it does not. */
export const asResolved = (issue: Issue, now: Instant, reckoning: Reckoning): Issue => ({
  ...withoutOpenPieces(issue),
  resolvedAt: now,
  clocks: meet(issue, clockNames, now),
  ...silenceUntil(issue, now, reckoning),
})

/** The enterprise has so many whole working days to say something; the morning after, a supervisor is asked to call. */
export const silenceUntil = ({ rules }: { readonly rules: ClockRules }, resolvedAt: Instant, reckoning: Reckoning): Pick<Issue, 'callBack' | 'awaitedYears'> => {
  const at = openingAfter(resolvedAt, rules.callBackAfter + 1, rules, reckoning)
  const awaitedYears = unpublishedYears(resolvedAt, at, reckoning)
  return { callBack: { at, isDue: false, provisional: awaitedYears.length > 0 }, awaitedYears }
}

export const signed = ({ unsigned: _signed, ...clock }: Clock): Clock => clock

/**
 * Signs for an escalation, which holds the next level for some working days beyond its day; then it goes on. Signing at
 * once gains as much as signing late, so nobody has a reason to wait with it.
 * A missed accept or reply climbs no further, so acknowledging one holds nothing.
 * @throws Problem `command-not-legal`, `nothing-to-acknowledge`
 */
export const acknowledgeIssue = (issue: Issue, act: Act, reckoning: Reckoning): Decision => {
  const acknowledged = moved(issue, 'acknowledge')
  const { accept, reply, resolve } = issue.clocks
  const [level] = [resolve, reply, accept].flatMap(({ unsigned }) => unsigned ?? [])
  if (level === undefined) throw new Problem('nothing-to-acknowledge')
  return decided(
    { ...acknowledged, clocks: { accept: signed(accept), reply: signed(reply), resolve: signed(held(resolve, issue.rules, act.now, reckoning)) } },
    [{ event: 'acknowledged', departmentId: issue.leadDepartmentId, level }],
    act,
    [],
  )
}

/** A clock that climbs, its next level put off because the last has been signed for. */
export const held = (clock: Clock, rules: ClockRules, now: Instant, reckoning: Reckoning): Clock => {
  const { next, unsigned, firstLevel = 1 } = clock
  // What follows a deadline not yet missed is nobody's to put off.
  if (unsigned === undefined || next?.after === undefined || next.step === 'warning' || next.step <= firstLevel) return clock
  return { ...clock, next: followingStep(next.step, { ...next.after, signedAt: now }, rules, reckoning) }
}
