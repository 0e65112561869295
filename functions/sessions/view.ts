import { toRfc3339 } from '../../shared/calendar/zone.ts'
import type { DecisionView, SessionView } from '../../shared/contract/sessions.ts'
import { isOverdue, isProvisional } from '../../shared/issue/deadline.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import type { Session, SessionDecision } from '../../shared/session/session.ts'

/** A session as the API shows it, instants in the deployment's zone. */
export const sessionView = (session: Session, timeZone: string): SessionView => {
  const { invitation: _counted, invited: _people, startsAt, endsAt, calledAt, cancelled, minutes, decisions, ...shown } = session
  const at = (instant: number): string => toRfc3339(instant, timeZone)
  return {
    ...shown,
    startsAt: at(startsAt),
    endsAt: at(endsAt),
    calledAt: at(calledAt),
    ...(cancelled === undefined ? {} : { cancelled: { ...cancelled, at: at(cancelled.at) } }),
    ...(minutes === undefined ? {} : { minutes: { ...minutes, at: at(minutes.at) } }),
    decisions: decisions.length,
  }
}

/** What of an issue the agenda shows. */
export const agendaView = (issue: Issue, now: number, timeZone: string) => {
  const { accept, reply, resolve } = issue.clocks
  return {
    issueId: issue.issueId,
    title: issue.title,
    enterpriseId: issue.enterpriseId,
    leadDepartmentId: issue.leadDepartmentId,
    status: issue.status,
    subcategory: issue.subcategory,
    tier: issue.tier,
    acceptBy: toRfc3339(accept.by, timeZone),
    replyBy: toRfc3339(reply.by, timeZone),
    resolveBy: toRfc3339(resolve.by, timeZone),
    overdue: isOverdue(issue, now),
    level: issue.level,
    version: issue.version,
  }
}

/** A decision, and how its issue stands. */
export const decisionView = ({ at, by, officerId: _officer, calledByDepartmentId: _caller, ...shown }: SessionDecision, issue: Issue, now: number, timeZone: string): DecisionView => ({
  ...shown,
  decidedAt: toRfc3339(at, timeZone),
  decidedBy: by,
  issueTitle: issue.title,
  issueStatus: issue.status,
  issueVersion: issue.version,
  leadDepartmentId: issue.leadDepartmentId,
  resolveBy: toRfc3339(issue.clocks.resolve.by, timeZone),
  provisional: isProvisional(issue),
  overdue: isOverdue(issue, now, ['resolve']),
  level: issue.level,
  replaced: isReplaced(shown, issue),
})

const isReplaced = ({ sessionId, decision }: Pick<SessionDecision, 'sessionId' | 'decision'>, { directions }: Issue): boolean => {
  const last = directions.at(-1)
  return last?.sessionId !== sessionId || last.decision !== decision
}
