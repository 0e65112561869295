import { addWorkingDays, workingDayOnOrAfter } from '../calendar/working-day.ts'
import { instantOf, localDateOf, type Instant } from '../calendar/zone.ts'
import { sweeps } from '../contract/functions.ts'
import { acknowledgePiece, answerPiece, askForAssistance } from '../issue/assistance.ts'
import { callBackIssue, overrideIssue, rateIssue } from '../issue/closing.ts'
import { isWorkingTime, nextActionAt, type Reckoning } from '../issue/deadline.ts'
import { acceptIssue, acknowledgeIssue, asDispatched, replyToIssue, resolveIssue, transferIssue, type Act, type Decision } from '../issue/decision.ts'
import { directIssue, directionsAtMost } from '../issue/direct.ts'
import { withdrawIssue } from '../issue/enterprise-act.ts'
import type { FrozenRules, Issue, TimelineEvent } from '../issue/issue.ts'
import { advanceIssue } from '../issue/ladder.ts'
import { mergeIssue, separateIssue, withFollowers } from '../issue/merge.ts'
import { resumeIssue } from '../issue/pause.ts'
import { askForExplanation, askForExtension, askForPause, decideRequest } from '../issue/request.ts'
import { changeTier } from '../issue/tier.ts'
import type { Staff } from '../mail/notice.ts'
import type { Policy } from '../policy/policy.ts'
import { theSystem } from '../roster/actor.ts'
import { play, type Span } from './play.ts'

/**
 * An issue's life once more, under other rules: people do what they did, when they did it, and between that the sweep does
 * what it would have done. It is the very code of both. What people did and could not have done (more time asked for after it
 * had run out) is passed over.
 */

/** An issue as it is kept, with its whole timeline. */
export interface Lived {
  readonly issue: Issue
  readonly timeline: readonly TimelineEvent[]
}

export interface Replaying extends Reckoning, Span {
  readonly rules: FrozenRules
}

/** What the sweep does to the issue until then, in its order. */
export const replay = ({ issue: lived, timeline }: Lived, given: Replaying): readonly TimelineEvent[] => {
  const [dispatched, ...later] = timeline
  if (dispatched?.event !== 'dispatched') throw new Error(`${lived.issueId} does not begin with its dispatch`)
  const numbers = new Map<number, number>()
  const begun = asDispatched(broughtBy(lived), { tier: dispatched.tier, leadDepartmentId: dispatched.departmentId }, given.rules, dispatched.at, given)
  return play<Issue, TimelineEvent>({ record: begun, at: dispatched.at }, later, given, {
    dueAt: nextActionAt,
    sweep: (issue, at) => {
      const decision = advanceIssue(issue, { of: () => nobody, contact: undefined }, at, given)
      return decision && { record: decision.issue, events: decision.events }
    },
    act: (issue, event, following) => actAgain(atWork(issue, event, given), event, { lived, following, numbers, reckoning: given })?.issue,
  })
}

const broughtBy = ({ issueId, title, category, subcategory, enterpriseId, officerId, firstDepartmentId }: Issue) => ({ issueId, title, category, subcategory, enterpriseId, officerId, firstDepartmentId })

/** Whom mail would go to: it is planned, and goes nowhere. */
export const nobody: Staff = { handlers: ['nobody'], directors: ['nobody'], supervisors: ['nobody'], leadingGroup: [], adminEmail: 'nobody' }

/** What nobody does with an issue that is paused. */
const ofWork: readonly TimelineEvent['event'][] = ['transferred', 'resolved', 'assist-asked', 'asked', 'tier-changed', 'merged', 'directed', 'acknowledged', 'closed']

/** Whoever works on an issue waits no longer: where other rules would have let it stand still on, it goes on with that. */
const atWork = (issue: Issue, { event, by, at }: TimelineEvent, reckoning: Reckoning): Issue =>
  issue.status === 'paused' && ofWork.includes(event) ? resumeIssue(issue, undefined, { by, now: at }, reckoning).issue : issue

interface Past {
  /** The issue as it came out. */
  readonly lived: Issue
  /** What happened after it. */
  readonly following: readonly TimelineEvent[]
  /** The pieces by their number then: where one could not have been asked for, the later ones have others. */
  readonly numbers: Map<number, number>
  readonly reckoning: Reckoning
}

const actAgain = (issue: Issue, event: TimelineEvent, past: Past): Decision | undefined => {
  const { reckoning, numbers, lived, following } = past
  const act: Act = { by: event.by, now: event.at }
  if (issue.mergedInto !== undefined) return followAgain(issue, event, act, reckoning)
  switch (event.event) {
    case 'accepted':
      return acceptIssue(issue, act)
    case 'replied':
      return replyToIssue(issue, event.message, undefined, act)
    case 'transferred':
      return transferIssue(issue, event, nobody, act)
    case 'resolved':
      return resolveIssue(issue, event, undefined, act, reckoning, () => nobody)
    case 'assist-asked': {
      const days = lived.pieces.find(({ piece }) => piece === event.piece)?.clock.days
      const isUsual = days === undefined || days === lived.rules.workingDays.assist
      const asked = askForAssistance(issue, { departmentId: event.departmentId, message: event.message, ...(isUsual ? {} : { workingDays: days }) }, nobody, act, reckoning)
      numbers.set(event.piece, asked.issue.pieces.length)
      return asked
    }
    case 'assist-answered':
    case 'assist-refused': {
      const given = event.event === 'assist-answered' ? { message: event.message } : { reason: event.reason }
      return answerPiece(issue, numbers.get(event.piece) ?? 0, given, nobody, act)
    }
    case 'assist-acknowledged':
      return acknowledgePiece(issue, numbers.get(event.piece) ?? 0, act, reckoning)
    case 'asked':
      return askAgain(issue, event, act, reckoning)
    case 'decided':
      return decideRequest(issue, event, undefined, act, reckoning)
    case 'resumed':
      return event.by === theSystem ? undefined : resumeIssue(issue, undefined, act, reckoning)
    case 'tier-changed':
      return changeTier(issue, event, undefined, act, reckoning)
    case 'merged':
      return mergeIssue(issue, { issue: mergedInto(issue, event.intoIssueId, event.departmentId, wasAccepted(event, following, lived)), staff: nobody }, event.reason, undefined, act, () => nobody)
    case 'directed': {
      const verdict = { sessionId: event.sessionId, decision: event.decision, departmentId: event.departmentId, calledByDepartmentId: event.departmentId, what: event.what }
      const dueOn = localDateOf(event.resolveBy, reckoning.timeZone)
      return directIssue(issue, { ...verdict, dueOn, isOffice: true }, { staff: nobody, formerStaff: nobody, contact: undefined }, act, reckoning, directionsAtMost)
    }
    case 'withdrawn':
      return withdrawIssue(issue, event.words, nobody, act.now, () => nobody)
    case 'acknowledged':
      return acknowledgeIssue(issue, act, reckoning)
    case 'rated':
      return rateIssue(issue, event, nobody, act.now, reckoning)
    case 'called-back':
      // Under other rules nobody might have had to call it by then; what it said is the same.
      return issue.callBack?.isDue === true ? callBackIssue(issue, event, nobody, act, reckoning) : rateIssue(issue, event, nobody, act.now, reckoning)
    case 'closed':
      return event.closedBy === 'override' ? overrideIssue(issue, event.reason ?? '', nobody, act) : undefined
    // What the sweep did it does by itself; what follows from another event is told beside it; the rest moves no clock.
    case 'dispatched':
    case 'warned':
    case 'escalated':
    case 'assist-warned':
    case 'assist-escalated':
    case 'call-back-due':
    case 'extended':
    case 'paused':
    case 'explained':
    case 'reopened':
    case 'deadlines-recomputed':
    case 'separated':
    case 'joined':
    case 'left':
    case 'informed':
    case 'excused':
      return undefined
  }
}

const askAgain = (issue: Issue, { request, workingDays = 0, waitingFor = 'enterprise', words }: Extract<TimelineEvent, { event: 'asked' }>, act: Act, reckoning: Reckoning): Decision => {
  switch (request) {
    case 'extension':
      return askForExtension(issue, { workingDays, reason: words }, nobody, act, reckoning)
    case 'pause':
      return askForPause(issue, { waitingFor, reason: words }, nobody, act, reckoning)
    case 'explanation':
      return askForExplanation(issue, words, nobody, act)
  }
}

/** What a department does only once it has accepted. */
const ofAccepted: readonly TimelineEvent['event'][] = ['replied', 'resolved', 'explained', 'asked', 'assist-asked']

/**
 * Whether the department that an issue was merged under had accepted the other one by then, which its timeline does not tell: it
 * had if it went on without accepting. Where it did not go on, this one counts as accepted by that very moment, or had been before.
 */
const wasAccepted = ({ at }: TimelineEvent, following: readonly TimelineEvent[], lived: Issue): boolean => {
  const next = following.find(({ event }) => event === 'accepted' || ofAccepted.includes(event))
  return next === undefined ? lived.clocks.accept.doneAt === at : next.event !== 'accepted'
}

/** As much of the issue that it was merged into as it is told of: who leads that, and whether they had accepted it. */
const mergedInto = (issue: Issue, issueId: string, departmentId: string, isAccepted: boolean): Issue => {
  const { doneAt: _none, ...accept } = issue.clocks.accept
  const clocks = { ...issue.clocks, accept: isAccepted ? { ...accept, doneAt: issue.dispatchedAt } : accept }
  return { ...issue, issueId, status: 'accepted', leadDepartmentId: departmentId, responsibleDepartmentId: departmentId, followers: [], clocks }
}

/** What is done to a merged issue is done to the one it follows. */
const followAgain = (issue: Issue, event: TimelineEvent, act: Act, reckoning: Reckoning): Decision | undefined => {
  const target = mergedInto(issue, issue.mergedInto ?? '', issue.leadDepartmentId, true)
  if (event.event === 'withdrawn') return withdrawIssue(issue, event.words, nobody, act.now)
  if (event.event === 'separated') return separateIssue(issue, { issue: target, staff: nobody }, event.reason ?? '', undefined, act, reckoning)
  return withFollowers({ issue: target, events: [event], mails: [] }, [{ issue, contact: undefined }], nobody, act, reckoning).beside?.[0]?.decision
}

const betweenSweeps = sweeps.everyMinutes * 60_000

/** The first sweep at that instant or after it that does something: one in working hours, those of the policy in force. */
export const sweepsWithin = (hours: Policy['workingHours'], reckoning: Reckoning) => (instant: Instant): Instant => {
  const { calendar, timeZone } = reckoning
  const next = Math.ceil(instant / betweenSweeps) * betweenSweeps
  if (isWorkingTime(next, hours, reckoning)) return next
  const today = localDateOf(next, timeZone)
  const opensToday = instantOf(workingDayOnOrAfter(calendar, today).date, hours.from, timeZone)
  const opens = opensToday >= next ? opensToday : instantOf(addWorkingDays(calendar, today, 1).date, hours.from, timeZone)
  return Math.ceil(opens / betweenSweeps) * betweenSweeps
}
