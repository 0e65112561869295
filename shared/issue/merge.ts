import { Problem } from '../contract/problem.ts'
import { planFor, planMail, unread, type PlannedMail, type Staff, type StaffOf } from '../mail/notice.ts'
import type { Reckoning } from './deadline.ts'
import { asResolved, decided, meet, moved, tellBothSides, tellTheDropped, withoutOpenPieces, type Act, type Contact, type Decision } from './decision.ts'
import type { Issue, TimelineEvent } from './issue.ts'
import { goingOn } from './pause.ts'
import { isOpen, isUnderWay } from './transition.ts'

/**
 * 并办: an issue that is about the same matter as another is merged into it. Its clocks stand still, and it is answered and
 * resolved with the other; but its own enterprise rates the result, so nothing leaves the ledger by being merged.
 */

/** All that is merged into an issue is resolved with it, in one transaction of a hundred items. */
export const followersAtMost = 8

/** An issue that another is merged into, and who works on it. */
export interface MergeTarget {
  readonly issue: Issue
  readonly staff: Staff
}

/**
 * Merges an issue into another, whose department leads it from now on. It has been read, so it counts as accepted.
 * @param staffOf of the departments that owe it a piece, which falls away
 * @throws Problem `command-not-legal`, `has-followers`, `merge-into-itself`, `merge-target-not-open`, `too-many-followers`
 */
export const mergeIssue = (issue: Issue, into: MergeTarget, reason: string, contact: Contact, act: Act, staffOf: StaffOf = unread): Decision => {
  const after = moved(issue, 'merge')
  if (issue.followers.length > 0) throw new Problem('has-followers', { issues: issue.followers.join(', ') }, { followers: issue.followers })
  const { issue: target, staff } = into
  if (target.issueId === issue.issueId) throw new Problem('merge-into-itself')
  if (!isUnderWay(target.status)) throw new Problem('merge-target-not-open', { id: target.issueId })
  if (target.followers.length >= followersAtMost) throw new Problem('too-many-followers', { id: target.issueId, limit: followersAtMost })
  const merged: Issue = {
    ...withoutOpenPieces(after),
    clocks: meet(issue, ['accept'], act.now),
    pauses: [...issue.pauses, { from: act.now, waitingFor: 'other-issue' }],
    leadDepartmentId: target.leadDepartmentId,
    responsibleDepartmentId: target.responsibleDepartmentId,
    mergedInto: target.issueId,
    awaitedYears: [],
  }
  const told = { event: 'merged', intoIssueId: target.issueId, departmentId: target.leadDepartmentId, reason, ...(isOpen(target.status) ? { resolveBy: target.clocks.resolve.by } : {}) } as const
  const joined = decided({ ...target, followers: [...target.followers, issue.issueId] }, [{ event: 'joined', issueId: issue.issueId }], act, [])
  const mails = [...tellEverybody(issue, contact, staff), ...tellTheDropped(issue, staffOf, act)]
  return { ...decided(merged, [told], act, mails), beside: [{ before: target, decision: joined }] }
}

/**
 * Works on a merged issue by itself again, with exactly the working time that was left.
 * @param target the issue it was merged into, as it is now
 * @throws Problem `command-not-legal`
 */
export const separateIssue = (issue: Issue, { issue: target, staff }: MergeTarget, reason: string, contact: Contact, act: Act, reckoning: Reckoning): Decision => ({
  ...separated(issue, moved(issue, 'separate'), reason, contact, staff, act, reckoning),
  beside: [left(issue, target, act)],
})

/** A merged issue that is taken back leaves the other one too. */
export const leaving = (decision: Decision, target: Issue, act: Act): Decision => ({ ...decision, beside: [left(decision.issue, target, act)] })

const left = ({ issueId }: Issue, target: Issue, act: Act) => ({
  before: target,
  decision: decided({ ...target, followers: target.followers.filter(id => id !== issueId) }, [{ event: 'left', issueId }], act, []),
})

const separated = (before: Issue, after: Issue, reason: string | undefined, contact: Contact, staff: Staff, act: Act, reckoning: Reckoning): Decision => {
  const { mergedInto = '', ...rest } = goingOn(after, act.now, reckoning)
  const { reply, resolve } = rest.clocks
  const told = { event: 'separated', fromIssueId: mergedInto, ...(reason === undefined ? {} : { reason }), deadlineVersion: rest.deadlineVersion, replyBy: reply.by, resolveBy: resolve.by } as const
  return decided(rest, [told], act, tellEverybody(before, contact, staff))
}

/** The enterprise, who brought it, and whoever works on it from now on. */
const tellEverybody = (issue: Issue, contact: Contact, staff: Staff): readonly PlannedMail[] => {
  const about = { kind: 'issue-moved', issueId: issue.issueId, event: issue.eventCount + 1 } as const
  return [...tellBothSides(issue, 'issue-moved', contact), ...planFor(about, ['handlers'], staff, 'act', `officer:${issue.officerId}`)]
}

/** An issue that is merged into another, and how its enterprise is reached. */
export interface Follower {
  readonly issue: Issue
  readonly contact: Contact
}

/** What is done to an issue is done to those merged into it, as far as it concerns them; once it has ended, they follow it no more. */
export const withFollowers = (decision: Decision, followers: readonly Follower[], staff: Staff, act: Act, reckoning: Reckoning): Decision => {
  const beside = followers.flatMap(follower => {
    const followed = follow(follower, decision, staff, act, reckoning)
    return followed === undefined ? [] : [{ before: follower.issue, decision: followed }]
  })
  const issue = isUnderWay(decision.issue.status) ? decision.issue : { ...decision.issue, followers: [] }
  return { ...decision, issue, beside: [...(decision.beside ?? []), ...beside] }
}

/** What follows for one of them, in the words that the department has for all; of a department's inner affairs, nothing. */
const follow = ({ issue, contact }: Follower, { issue: target, events }: Decision, staff: Staff, act: Act, reckoning: Reckoning): Decision | undefined => {
  for (const told of events)
    switch (told.event) {
      case 'replied':
        return decided({ ...issue, clocks: meet(issue, ['reply'], act.now) }, [untimed(told)], act, tellBothSides(issue, 'issue-replied', contact))
      case 'transferred': {
        const officer = planMail({ kind: 'issue-transferred', issueId: issue.issueId, event: issue.eventCount + 1 }, `officer:${issue.officerId}`, 'act')
        return decided({ ...issue, leadDepartmentId: told.departmentId }, [untimed(told)], act, [officer])
      }
      case 'resolved':
      case 'explained': {
        const { mergedInto: _over, explained: _before, ...resolved } = asResolved(goingOn(moved(issue, 'follow'), act.now, reckoning), act.now, reckoning)
        const isExplained = told.event === 'explained'
        // Whoever has resolved it answers for it, and works on it again if its enterprise is not satisfied.
        const after = { ...resolved, leadDepartmentId: told.departmentId, responsibleDepartmentId: told.departmentId, ...(isExplained ? { explained: true } : {}) }
        return decided(after, [untimed(told)], act, tellBothSides(issue, isExplained ? 'issue-explained' : 'issue-resolved', contact))
      }
      case 'withdrawn':
        // The matter is still there for those who have not taken it back.
        return separated({ ...issue, leadDepartmentId: target.leadDepartmentId }, moved({ ...issue, leadDepartmentId: target.leadDepartmentId }, 'separate'), undefined, contact, staff, act, reckoning)
      default:
    }
  return undefined
}

const untimed = <E extends TimelineEvent>({ at: _at, by: _by, ...told }: E) => told
