import { localDateOf } from '../calendar/zone.ts'
import { Problem } from '../contract/problem.ts'
import { planFor, planMail, type PlannedMail, type Staff } from '../mail/notice.ts'
import { clocksAnew, resolveDaysOf, setClock, withClocks, type Reckoning } from './deadline.ts'
import { decided, moved, type Act, type Decision, type Told } from './decision.ts'
import type { Issue, Level } from './issue.ts'
import { raisedTo } from './ladder.ts'
import { verdictOf, type GivenRating } from './rating.ts'
import { theEnterprise } from '../roster/actor.ts'

/**
 * The enterprise rates a resolution 好差评: 3 and better closes the issue 销号, less reopens it.
 * @throws Problem `command-not-legal`
 */
export const rateIssue = (issue: Issue, given: GivenRating, staff: Staff, now: number, reckoning: Reckoning): Decision => {
  const told: Told = { event: 'rated', ...given }
  const act = { by: theEnterprise, now }
  return byVerdict(moved(issue, 'rate', verdictOf(given.rating)), told, { by: 'rating', rating: given.rating }, staff, act, reckoning)
}

/** What a supervisor was told when the enterprise was called back: by whom, and when. */
export interface CallBack extends GivenRating {
  readonly asked: string
  readonly askedAt: number
}

/**
 * A supervisor records what the enterprise said when it was called back after its silence. It counts like a rating.
 * @throws Problem `command-not-legal`, `call-back-not-due`, `asked-at-another-time`
 */
export const callBackIssue = (issue: Issue, said: CallBack, staff: Staff, act: Act, reckoning: Reckoning): Decision => {
  const answered = moved(issue, 'call-back', verdictOf(said.rating))
  const { callBack, resolvedAt = 0 } = issue
  if (callBack?.isDue !== true) throw new Problem('call-back-not-due', { date: localDateOf(callBack?.at ?? act.now, reckoning.timeZone) })
  if (said.askedAt > act.now || said.askedAt < resolvedAt) throw new Problem('asked-at-another-time')
  return byVerdict(answered, { event: 'called-back', ...said }, { by: 'call-back', rating: said.rating }, staff, act, reckoning)
}

/**
 * A supervisor closes an issue that the enterprise has not called solved. It stays marked so, and is counted apart.
 * @throws Problem `command-not-legal`
 */
export const overrideIssue = (issue: Issue, reason: string, staff: Staff, act: Act): Decision =>
  closed(moved(issue, 'override'), [], { by: 'override', reason }, staff, act)

interface How extends Omit<NonNullable<Issue['closing']>, 'at'> {
  readonly reason?: string
}

const byVerdict = (after: Issue, told: Told, how: How, staff: Staff, act: Act, reckoning: Reckoning): Decision =>
  after.status === 'closed' ? closed(after, [told], how, staff, act) : reopened(after, told, staff, act, reckoning)

const closed = (after: Issue, told: readonly Told[], { reason, ...how }: How, staff: Staff, act: Act): Decision => {
  const { callBack: _over, ...issue } = after
  const event = { event: 'closed', closedBy: how.by, ...(reason === undefined ? {} : { reason }) } as const
  return decided({ ...issue, awaitedYears: [], closing: { ...how, at: act.now } }, [...told, event], act, tellTheStaff(issue, 'issue-closed', told.length + 1, staff))
}

/** The resolve clock runs anew, shorter, from the day the enterprise said so; and the matter goes up one level. */
const reopened = (after: Issue, told: Told, staff: Staff, act: Act, reckoning: Reckoning): Decision => {
  const { callBack: _over, explained: _no, directed: _before, resolvedAt = act.now, ...before } = after
  const level = nextLevel(before.level)
  const issue: Issue = { ...before, ...raisedTo(level, before.level, act.now), reopened: [...before.reopened, { resolvedAt, by: before.clocks.resolve.by, at: act.now }] }
  // The days may have changed since; the issue is reckoned, and explained, by one calendar.
  const { accept, reply } = clocksAnew(issue, act.now, reckoning)
  const resolve = setClock('resolve', { from: act.now, days: resolveDaysOf(issue), firstLevel: nextLevel(level) }, issue, act.now, reckoning)
  const again = withClocks(issue, { accept, reply, resolve: { ...resolve, unsigned: level } }, act.now, reckoning)
  const event = { event: 'reopened', level, deadlineVersion: again.deadlineVersion, resolveBy: resolve.by } as const
  return decided(again, [told, event], act, tellTheStaff(again, 'issue-reopened', 2, staff))
}

/** When the issue ended for good, if it has: closed, or withdrawn. */
export const endOf = ({ closing, withdrawnAt }: Pick<Issue, 'closing' | 'withdrawnAt'>): number | undefined => closing?.at ?? withdrawnAt

export const nextLevel = (level: Issue['level']): Level => (level < 3 ? ((level + 1) as Level) : 3)

/** Told of what the enterprise says: whoever worked on it, and who brought it; of its displeasure the supervisors too, and at level 3 the leading group. */
const tellTheStaff = (issue: Issue, kind: 'issue-closed' | 'issue-reopened', events: number, staff: Staff): readonly PlannedMail[] => {
  const about = { kind, issueId: issue.issueId, event: issue.eventCount + events } as const
  const officer = `officer:${issue.officerId}` as const
  const ofDispleasure = ['directors', 'handlers', 'supervisors', ...(issue.level === 3 ? (['leading-group'] as const) : [])] as const
  const audiences = kind === 'issue-closed' ? (['handlers'] as const) : ofDispleasure
  return [planMail(about, officer, 'act'), ...planFor(about, audiences, staff, 'act', officer)]
}
