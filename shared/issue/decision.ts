import type { Instant } from '../calendar/zone.ts'
import { Problem } from '../contract/problem.ts'
import { planFor, planMail, type PlannedMail, type Staff } from '../mail/notice.ts'
import type { Policy } from '../policy/policy.ts'
import type { Enterprise, Officer } from '../roster/roster.ts'
import { subcategoriesOf } from './category.ts'
import {
  awaitedYearsOf,
  calendarOfReckoning,
  clocksAnew,
  followingStep,
  freezeRules,
  nextActionAt,
  openingAfter,
  setClocks,
  stepAfterLevel,
  stepAfterWarning,
  unpublishedYears,
  withClocks,
  type Reckoning,
} from './deadline.ts'
import { clockNames, type Clock, type ClockName, type Issue, type Level, type NewIssue, type TimelineEvent } from './issue.ts'
import { pausedAnew, resumeByItself } from './pause.ts'
import { routeIssue } from './routing.ts'
import { isOpen, statusAfter, type Command, type Outcome } from './transition.ts'

/** What a rule decides: the issue as it is from now on, what the timeline gains, and the mails that follow. */
export interface Decision {
  readonly issue: Issue
  readonly events: readonly TimelineEvent[]
  readonly mails: readonly PlannedMail[]
}

/** Who acts, and when. `by` is a staff number. */
export interface Act {
  readonly by: string
  readonly now: Instant
}

/** `2026-000123`: the year of dispatch and a number without gaps. */
export const issueNumber = (year: number, sequence: number): string => `${year}-${String(sequence).padStart(6, '0')}`

/** An event before it knows when it happened and who did it; over each member of the union. */
export type Told = TimelineEvent extends infer E ? (E extends TimelineEvent ? Omit<E, 'at' | 'by'> : never) : never

/** The decision that leaves the issue like this, having `told` the timeline of it. */
export const decided = (issue: Issue, told: readonly Told[], { by, now }: { by: string; now: Instant }, mails: readonly PlannedMail[]): Decision => ({
  issue: { ...issue, version: issue.version + 1, eventCount: issue.eventCount + told.length },
  events: told.map(event => ({ ...event, at: now, by })),
  mails,
})

const demandSubcategory = ({ category, subcategory }: Pick<NewIssue, 'category' | 'subcategory'>): void => {
  const allowed = subcategoriesOf(category)
  if (!Object.hasOwn(allowed, subcategory)) throw new Problem('subcategory-mismatch', { category, allowed: Object.keys(allowed).join(', ') })
}

/**
 * Takes an issue into the ledger and dispatches it to its lead department. The clocks start now, not when somebody
 * signs for it.
 * @throws Problem `subcategory-mismatch`
 */
export const dispatchIssue = (
  submitted: NewIssue,
  given: Act &
    Reckoning & {
      readonly issueId: string
      readonly officer: Pick<Officer, 'officerId' | 'departmentId'>
      readonly policy: Policy
      readonly policyVersion: number
      /** Staff of the lead department, which `routeIssue` names. */
      readonly staff: Staff
    },
): Decision => {
  demandSubcategory(submitted)
  const { officer, policy, now, staff } = given
  const routing = routeIssue(submitted, officer.departmentId, policy)
  const rules = freezeRules(policy, given.policyVersion)
  const clocks = setClocks({ rules, tier: routing.tier, reopened: [], pauses: [] }, now, given)
  const issue: Issue = {
    issueId: given.issueId,
    version: 0,
    status: 'dispatched',
    title: submitted.title,
    category: submitted.category,
    subcategory: submitted.subcategory,
    tier: routing.tier,
    enterpriseId: submitted.enterpriseId,
    officerId: officer.officerId,
    firstDepartmentId: officer.departmentId,
    leadDepartmentId: routing.leadDepartmentId,
    ...(submitted.visitId === undefined ? {} : { visitId: submitted.visitId }),
    reopened: [],
    pauses: [],
    dispatchedAt: now,
    rules,
    clocks,
    deadlineVersion: 1,
    level: 0,
    ...calendarOfReckoning(given),
    awaitedYears: awaitedYearsOf(clocks, given),
    eventCount: 0,
  }
  const told: Told = {
    event: 'dispatched',
    departmentId: routing.leadDepartmentId,
    routedBy: routing.routedBy,
    tier: routing.tier,
    description: submitted.description,
  }
  const mails = [
    ...planFor({ kind: 'issue-dispatched', issueId: issue.issueId, event: 1 }, ['handlers', 'directors'], staff, 'act'),
    ...(routing.routedBy === 'first-receiver'
      ? planFor({ kind: 'issue-unrouted', issueId: issue.issueId, event: 1 }, ['supervisors'], staff, 'act')
      : []),
  ]
  return decided(issue, [told], given, mails)
}

/** A clock that has been met runs no further. The first meeting counts. */
const met = ({ next: _over, ...clock }: Clock, now: Instant): Clock => ({ ...clock, doneAt: clock.doneAt ?? now })

const meet = (issue: Issue, names: readonly ClockName[], now: Instant): Issue['clocks'] => {
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
  const accepted = { ...moved(issue, 'accept'), clocks: meet(issue, ['accept'], act.now) }
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
  const transferred = { ...moved(issue, 'transfer'), leadDepartmentId: to.departmentId }
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

/**
 * The department says it is solved 办结. What it says is an answer too. Whether it is, the enterprise says; where it says
 * nothing, it will be asked.
 * @throws Problem `command-not-legal`
 */
export const resolveIssue = (issue: Issue, message: string, contact: Contact, act: Act, reckoning: Reckoning): Decision => {
  const { explained: _before, ...resolved } = asResolved(moved(issue, 'resolve'), act.now, reckoning)
  return decided(resolved, [{ event: 'resolved', departmentId: issue.leadDepartmentId, message }], act, tellBothSides(issue, 'issue-resolved', contact))
}

/** Nothing is due any more, but that the enterprise says something: a supervisor asks where it does not. */
export const asResolved = (issue: Issue, now: Instant, reckoning: Reckoning): Issue => ({
  ...issue,
  resolvedAt: now,
  clocks: meet(issue, clockNames, now),
  ...silenceUntil(issue, now, reckoning),
})

/** The enterprise has so many whole working days to say something; the morning after, a supervisor is asked to call. */
const silenceUntil = ({ rules }: Pick<Issue, 'rules'>, resolvedAt: Instant, reckoning: Reckoning): Pick<Issue, 'callBack' | 'awaitedYears'> => {
  const at = openingAfter(resolvedAt, rules.callBackAfter + 1, rules, reckoning)
  const awaitedYears = unpublishedYears(resolvedAt, at, reckoning)
  return { callBack: { at, isDue: false, provisional: awaitedYears.length > 0 }, awaitedYears }
}

const signed = ({ unsigned: _signed, ...clock }: Clock): Clock => clock

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
    { ...acknowledged, clocks: { accept: signed(accept), reply: signed(reply), resolve: signed(held(issue, act.now, reckoning)) } },
    [{ event: 'acknowledged', departmentId: issue.leadDepartmentId, level }],
    act,
    [],
  )
}

const held = ({ clocks: { resolve }, rules }: Issue, now: Instant, reckoning: Reckoning): Clock => {
  const { next, unsigned, firstLevel = 1 } = resolve
  // What follows a deadline not yet missed is nobody's to put off.
  if (unsigned === undefined || next?.after === undefined || next.step === 'warning' || next.step <= firstLevel) return resolve
  return { ...resolve, next: followingStep(next.step, { ...next.after, signedAt: now }, rules, reckoning) }
}

/** Who hears of each level: 催办 the handlers, 督办 the director and the handlers, 通报 the leading group and the director. */
const audienceOfLevel = { 1: ['handlers'], 2: ['directors', 'handlers'], 3: ['leading-group', 'directors'] } as const

/** The one clock whose step is due first, if any is due. */
const dueClock = (issue: Issue, now: Instant): { name: ClockName; at: Instant } | undefined =>
  clockNames
    .flatMap(name => {
      const at = issue.clocks[name].next?.at
      return at !== undefined && at <= now ? [{ name, at }] : []
    })
    .sort((one, other) => one.at - other.at)[0]

const higher = (one: Issue['level'], other: Level): Level => (one > other ? (one as Level) : other)

/** Takes the one step that a clock is due for. */
const takeStep = (issue: Issue, name: ClockName, staff: Staff, now: Instant, reckoning: Reckoning): Decision => {
  const { next, ...clock } = issue.clocks[name]
  if (next === undefined) throw new Error('no step is due')
  const act = { by: 'system', now }
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
  const raised = { ...issue, level: higher(issue.level, level), clocks: withNext({ ...clock, unsigned: level }, following) }
  const about = { kind: 'issue-escalated', issueId, clock: name, level, deadlineVersion, event: issue.eventCount + 1 } as const
  const mails = planFor(about, audienceOfLevel[level], staff, 'scheduled')
  return decided(raised, [{ event: 'escalated', clock: name, level, dueBy: clock.by }], act, mails)
}

/**
 * The sweep's decision on one issue: every step that is due at `now`, in order; `undefined` where none is.
 * All of them are one change of the issue. `contact`: of the enterprise, which hears of a pause that ends.
 */
export const advanceIssue = (issue: Issue, staff: Staff, now: Instant, reckoning: Reckoning, contact?: Contact): Decision | undefined => {
  let decision: Decision | undefined
  for (let current = issue; ; current = decision.issue) {
    const step = dueStep(current, staff, now, reckoning, contact)
    if (step === undefined) return decision
    decision = {
      issue: { ...step.issue, version: issue.version + 1 },
      events: [...(decision?.events ?? []), ...step.events],
      mails: [...(decision?.mails ?? []), ...step.mails],
    }
  }
}

/** The one step that comes first of those that are due. */
const dueStep = (issue: Issue, staff: Staff, now: Instant, reckoning: Reckoning, contact: Contact): Decision | undefined => {
  if (issue.callBack?.isDue === false && issue.callBack.at <= now) return askForRating(issue, issue.callBack.at, staff, now)
  if (issue.status === 'paused') return resumeByItself(issue, staff, contact, now, reckoning)
  const due = isOpen(issue.status) ? dueClock(issue, now) : undefined
  return due && takeStep(issue, due.name, staff, now, reckoning)
}

/** The enterprise has said nothing: a supervisor has to ask it. */
const askForRating = (issue: Issue, at: Instant, staff: Staff, now: Instant): Decision => {
  const mails = planFor({ kind: 'call-back-due', issueId: issue.issueId, event: issue.eventCount + 1 }, ['supervisors'], staff, 'scheduled')
  return decided({ ...issue, callBack: { at, isDue: true, provisional: false }, awaitedYears: [] }, [{ event: 'call-back-due' }], { by: 'system', now }, mails)
}

/**
 * Reckons the deadlines of an open issue anew once a notice they rest on has been entered or changed; `undefined` where
 * that moves none of them nor a step, and settles nothing. Where it moves steps alone, or when a resolved issue is asked
 * about or a paused one goes on, the timeline has nothing to tell.
 */
export const recomputeDeadlines = (issue: Issue, now: Instant, reckoning: Reckoning): Decision | undefined => {
  if (!isOpen(issue.status)) return recomputeWaiting(issue, now, reckoning)
  const clocks = clocksAnew(issue, now, reckoning)
  const differs = (of: (clock: Clock) => unknown): boolean => clockNames.some(name => of(clocks[name]) !== of(issue.clocks[name]))
  const isSettled = issue.awaitedYears.some(year => reckoning.calendar.noticeOf(year) !== undefined)
  const isTold = isSettled || differs(({ by }) => by)
  if (!isTold && !differs(({ next }) => next?.at)) return undefined
  const anew = withClocks(issue, clocks, reckoning)
  const act = { by: 'system', now }
  if (!isTold) return decided({ ...anew, deadlineVersion: issue.deadlineVersion }, [], act, [])
  const { accept, reply, resolve } = clocks
  const event = { event: 'deadlines-recomputed', deadlineVersion: anew.deadlineVersion, acceptBy: accept.by, replyBy: reply.by, resolveBy: resolve.by } as const
  return decided(anew, [event], act, [])
}

/** What waits for somebody: resolved, for the enterprise's word; paused, for whoever has to act. */
const recomputeWaiting = (issue: Issue, now: Instant, reckoning: Reckoning): Decision | undefined => {
  const anew =
    issue.status === 'paused'
      ? pausedAnew(issue, reckoning)
      : issue.callBack?.isDue === false && issue.resolvedAt !== undefined
        ? { ...issue, ...silenceUntil(issue, issue.resolvedAt, reckoning) }
        : issue
  const isSame = nextActionAt(anew) === nextActionAt(issue) && anew.awaitedYears.join() === issue.awaitedYears.join()
  return isSame ? undefined : decided(anew, [], { by: 'system', now }, [])
}
