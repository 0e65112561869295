import type { Instant } from '../calendar/zone.ts'
import { Problem } from '../contract/problem.ts'
import { directionsAtMost, type Verdict } from '../issue/direct.ts'
import type { Issue } from '../issue/issue.ts'
import { demandBegun, type Session, type SessionDecision } from './session.ts'
import { sessionStatusAfter } from './transition.ts'

/** A session decides on a list of issues, not on a year's. */
export const decisionsAtMost = 50

/** What somebody decides: who does what by when. */
export type Ruling = Pick<SessionDecision, 'what' | 'departmentId' | 'dueOn'>

/**
 * What a session decides on an issue of one of its enterprises, as the issue is told it.
 * @throws Problem `session-command-not-legal`, `session-not-begun`, `enterprise-not-of-session`, `too-many-decisions`
 */
export const verdictOf = (session: Session, { what, departmentId, dueOn }: Ruling, enterpriseId: string, isOffice: boolean, now: Instant, shown: (at: Instant) => string): Verdict => {
  sessionStatusAfter(session, 'decide')
  demandBegun(session, now, shown)
  if (!session.enterpriseIds.includes(enterpriseId)) throw new Problem('enterprise-not-of-session', { enterpriseId })
  if (session.decisions.length >= decisionsAtMost) throw new Problem('too-many-decisions', { limit: decisionsAtMost, ofIssue: directionsAtMost })
  return { sessionId: session.sessionId, decision: session.decisions.length + 1, departmentId, calledByDepartmentId: session.departmentId, isOffice, what, dueOn }
}

/** The session with one decision more, and that decision as it is kept. `issue`: as it has become by it. */
export const withDecision = (
  session: Session,
  { decision, departmentId, calledByDepartmentId, what, dueOn }: Verdict,
  { issueId, enterpriseId, officerId }: Pick<Issue, 'issueId' | 'enterpriseId' | 'officerId'>,
  by: string,
  now: Instant,
): { readonly session: Session; readonly decision: SessionDecision } => ({
  session: { ...session, version: session.version + 1, decisions: [...session.decisions, { issueId, enterpriseId }] },
  decision: { sessionId: session.sessionId, decision, issueId, enterpriseId, officerId, departmentId, calledByDepartmentId, what, dueOn, at: now, by },
})
