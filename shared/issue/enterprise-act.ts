import type { Instant } from '../calendar/zone.ts'
import { planFor, planMail, unread, type PlannedMail, type Staff, type StaffOf } from '../mail/notice.ts'
import { theEnterprise } from '../roster/actor.ts'
import { decided, moved, tellTheDropped, withoutOpenPieces, type Decision } from './decision.ts'
import { clockNames, type Issue } from './issue.ts'

/** What the enterprise does by its link, beside rating. */

/**
 * The enterprise adds information 补充情况, which whoever works on the issue is told.
 * @throws Problem `command-not-legal`
 */
export const informOnIssue = (issue: Issue, words: string, staff: Staff, now: Instant): Decision => {
  const told = { event: 'informed', words } as const
  return decided(moved(issue, 'inform'), [told], { by: theEnterprise, now }, tellTheWorkers(issue, 'issue-informed', staff))
}

/** The handlers who work on it, and the officer who brought it. */
const tellTheWorkers = (issue: Issue, kind: 'issue-informed' | 'issue-withdrawn', staff: Staff): readonly PlannedMail[] => {
  const about = { kind, issueId: issue.issueId, event: issue.eventCount + 1 } as const
  const officer = `officer:${issue.officerId}` as const
  return [planMail(about, officer, 'act'), ...planFor(about, ['handlers'], staff, 'act', officer)]
}

/**
 * The enterprise takes its issue back 撤回, and says why if it likes. That ends it, and is counted apart: it has not been
 * solved, and nobody has said so. Departments that were asked for a piece are told that nobody waits for it.
 * @throws Problem `command-not-legal`
 */
export const withdrawIssue = (issue: Issue, words: string | undefined, staff: Staff, now: Instant, staffOf: StaffOf = unread): Decision => {
  const { callBack: _over, mergedInto: _left, ...after } = moved(issue, 'withdraw')
  const clocks = { ...after.clocks }
  for (const name of clockNames) {
    const { next: _none, ...clock } = clocks[name]
    clocks[name] = clock
  }
  const withdrawn: Issue = { ...withoutOpenPieces(after), clocks, pauses: after.pauses.map(pause => ({ ...pause, until: pause.until ?? now })), withdrawnAt: now, awaitedYears: [] }
  const told = { event: 'withdrawn', ...(words === undefined ? {} : { words }) } as const
  const act = { by: theEnterprise, now }
  return decided(withdrawn, [told], act, [...tellTheWorkers(issue, 'issue-withdrawn', staff), ...tellTheDropped(issue, staffOf, act)])
}
