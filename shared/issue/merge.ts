import { Problem } from '../contract/problem.ts'
import { planForEach, planMail, unread, type PlannedMail, type Staff, type StaffOf } from '../mail/notice.ts'
import type { Reckoning } from './deadline.ts'
import { asResolved, decided, meet, moved, tellBothSides, tellTheDropped, withoutOpenPieces, type Act, type Contact, type Decision } from './decision.ts'
import type { Issue, TimelineEvent } from './issue.ts'
import { goingOn } from './pause.ts'
import { isOpen, isUnderWay } from './transition.ts'

/**
 * 并办: an issue that is about the same matter as another is merged into it. Its clocks stand still, and it is answered and
 * resolved with the other; but its own enterprise rates the result, so nothing leaves the ledger by being merged.
 */

/** What is done to an issue is done to all that is merged into it, in one transaction of a hundred items. */
export const followersAtMost = 5

/** An issue that another is merged into, and who works on it. */
export interface MergeTarget {
  readonly issue: Issue
  readonly staff: Staff
}

/**
 * Merges an issue into another, whose department leads it from now on; it has accepted it where it has accepted the other.
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
    ...(isAccepted(target) ? acceptedBy(target.leadDepartmentId, issue, act) : {}),
    pauses: [...issue.pauses, { from: act.now, waitingFor: 'other-issue' }],
    leadDepartmentId: target.leadDepartmentId,
    mergedInto: target.issueId,
    awaitedYears: [],
  }
  const due = isOpen(target.status) ? { resolveBy: target.clocks.resolve.by, ...(target.clocks.resolve.provisional ? { provisional: true } : {}) } : {}
  const told = { event: 'merged', intoIssueId: target.issueId, departmentId: target.leadDepartmentId, reason, ...due } as const
  const joined = decided({ ...target, followers: [...target.followers, issue.issueId] }, [{ event: 'joined', issueId: issue.issueId }], act, [])
  const mails = [...tellBothSides(issue, 'issue-moved', contact), ...tellTheHandlers([issue], staff), ...tellTheDropped(issue, staffOf, act)]
  return { ...decided(merged, [told], act, mails), beside: [{ before: target, decision: joined }] }
}

/** Whether the department that leads it has accepted it; whatever is worked on under another has yet to be. */
const isAccepted = ({ clocks: { accept }, leadDepartmentId, responsibleDepartmentId }: Issue): boolean => accept.doneAt !== undefined && leadDepartmentId === responsibleDepartmentId

const acceptedBy = (departmentId: string, issue: Issue, { now }: Act): Pick<Issue, 'clocks' | 'responsibleDepartmentId'> => ({ clocks: meet(issue, ['accept'], now), responsibleDepartmentId: departmentId })

/**
 * Works on a merged issue by itself again, with exactly the working time that was left.
 * @param target the issue it was merged into, as it is now
 * @throws Problem `command-not-legal`
 */
export const separateIssue = (issue: Issue, { issue: target, staff }: MergeTarget, reason: string, contact: Contact, act: Act, reckoning: Reckoning): Decision => {
  const { mails, ...decision } = separated(issue, reason, contact, act, reckoning)
  return { ...decision, mails: [...mails, ...tellTheHandlers([issue], staff)], beside: [left(issue, target, act)] }
}

/** A merged issue that is taken back leaves the other one too. */
export const leaving = (decision: Decision, target: Issue, act: Act): Decision => ({ ...decision, beside: [left(decision.issue, target, act)] })

const left = ({ issueId }: Issue, target: Issue, act: Act) => ({
  before: target,
  decision: decided({ ...target, followers: target.followers.filter(id => id !== issueId) }, [{ event: 'left', issueId }], act, []),
})

const separated = (issue: Issue, reason: string | undefined, contact: Contact, act: Act, reckoning: Reckoning): Decision => {
  const { mergedInto = '', ...rest } = goingOn(moved(issue, 'separate', isAccepted(issue) ? 'accepted' : 'not-accepted'), act.now, reckoning)
  const { reply, resolve } = rest.clocks
  const told = { event: 'separated', fromIssueId: mergedInto, ...(reason === undefined ? {} : { reason }), deadlineVersion: rest.deadlineVersion, replyBy: reply.by, resolveBy: resolve.by } as const
  return decided(rest, [told], act, tellBothSides(issue, 'issue-moved', contact))
}

/** Whoever works on them from now on; who brought one gets a mail of their own. How many get one each is counted over all. */
const tellTheHandlers = (issues: readonly Issue[], staff: Staff): readonly PlannedMail[] =>
  planForEach(
    issues.map(({ issueId, eventCount, officerId }) => ({ about: { kind: 'issue-moved', issueId, event: eventCount + 1 } as const, staff, but: `officer:${officerId}` as const })),
    ['handlers'],
    'act',
  )

/** An issue that is merged into another, and how its enterprise is reached. */
export interface Follower {
  readonly issue: Issue
  readonly contact: Contact
}

/** What is done to an issue is done to those merged into it, as far as it concerns them; once it has ended, they follow it no more. */
export const withFollowers = (decision: Decision, followers: readonly Follower[], staff: Staff, act: Act, reckoning: Reckoning): Decision => {
  const beside = followers.flatMap(follower => {
    const followed = follow(follower, decision, act, reckoning)
    return followed === undefined ? [] : [{ before: follower.issue, decision: followed }]
  })
  const separate = decision.issue.status === 'withdrawn' ? tellTheHandlers(followers.map(({ issue }) => issue), staff) : []
  const issue = isUnderWay(decision.issue.status) ? decision.issue : { ...decision.issue, followers: [] }
  return { ...decision, issue, mails: [...decision.mails, ...separate], beside: [...(decision.beside ?? []), ...beside] }
}

/** What follows for one of them, in the words that the department has for all; of a department's inner affairs, nothing. */
const follow = ({ issue, contact }: Follower, { events }: Decision, act: Act, reckoning: Reckoning): Decision | undefined => {
  for (const told of events)
    switch (told.event) {
      case 'accepted':
        return decided({ ...issue, ...acceptedBy(told.departmentId, issue, act) }, [untimed(told)], act, [])
      case 'replied':
        return decided({ ...issue, clocks: meet(issue, ['reply'], act.now) }, [untimed(told)], act, tellBothSides(issue, 'issue-replied', contact))
      case 'transferred': {
        const officer = planMail({ kind: 'issue-transferred', issueId: issue.issueId, event: issue.eventCount + 1 }, `officer:${issue.officerId}`, 'act')
        return decided({ ...issue, leadDepartmentId: told.departmentId }, [untimed(told)], act, [officer])
      }
      case 'directed': {
        // What was decided, and by when, is about the other enterprise's issue; who leads is the same for all.
        if (told.fromDepartmentId === told.departmentId) return undefined
        const transferred = { event: 'transferred', fromDepartmentId: told.fromDepartmentId, departmentId: told.departmentId, reason: `现场办公决定（${told.sessionId} 第${told.decision}项）` } as const
        const officer = planMail({ kind: 'issue-transferred', issueId: issue.issueId, event: issue.eventCount + 1 }, `officer:${issue.officerId}`, 'act')
        return decided({ ...issue, leadDepartmentId: told.departmentId }, [transferred], act, [officer])
      }
      case 'resolved':
      case 'explained': {
        const { mergedInto: _over, explained: _before, ...resolved } = asResolved(goingOn(moved(issue, 'follow'), act.now, reckoning), act.now, reckoning)
        const { event, departmentId, message } = told
        // Whoever has resolved it answers for it, and works on it again if its enterprise is not satisfied.
        const after = { ...resolved, leadDepartmentId: departmentId, responsibleDepartmentId: departmentId, ...(event === 'explained' ? { explained: true } : {}) }
        return decided(after, [{ event, departmentId, message }], act, tellBothSides(issue, event === 'explained' ? 'issue-explained' : 'issue-resolved', contact))
      }
      case 'withdrawn':
        // The matter is still there for those who have not taken it back.
        return separated(issue, undefined, contact, act, reckoning)
      // The department's inner affairs, and what happens to the other enterprise's own side of it.
      case 'dispatched':
      case 'assist-asked':
      case 'assist-answered':
      case 'assist-refused':
      case 'assist-warned':
      case 'assist-escalated':
      case 'assist-acknowledged':
      case 'asked':
      case 'decided':
      case 'extended':
      case 'paused':
      case 'resumed':
      case 'tier-changed':
      case 'excused':
      case 'merged':
      case 'joined':
      case 'separated':
      case 'left':
      case 'informed':
      case 'acknowledged':
      case 'warned':
      case 'escalated':
      case 'call-back-due':
      case 'rated':
      case 'called-back':
      case 'closed':
      case 'reopened':
      case 'deadlines-recomputed':
    }
  return undefined
}

const untimed = <E extends TimelineEvent>({ at: _at, by: _by, ...told }: E) => told
