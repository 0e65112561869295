import { toRfc3339 } from '../../shared/calendar/zone.ts'
import { extendedBy, isExtended, isOverdue, isProvisional, nextActionAt, pauseUnderWay } from '../../shared/issue/deadline.ts'
import { awaitsAcknowledgement, isOpen } from '../../shared/issue/transition.ts'
import type { Issue, IssueView, Request, TimelineEvent } from '../../shared/issue/issue.ts'

/** An issue as the API shows it, instants in the deployment's zone. */
export const issueView = (issue: Issue, now: number, timeZone: string): IssueView => {
  const at = (instant: number): string => toRfc3339(instant, timeZone)
  const maybe = <K extends string>(name: K, instant: number | undefined) => (instant === undefined ? {} : ({ [name]: at(instant) } as Record<K, string>))
  const { accept, reply, resolve } = issue.clocks
  const pause = pauseUnderWay(issue)
  return {
    issueId: issue.issueId,
    number: issue.issueId,
    status: issue.status,
    title: issue.title,
    category: issue.category,
    subcategory: issue.subcategory,
    tier: issue.tier,
    enterpriseId: issue.enterpriseId,
    officerId: issue.officerId,
    firstDepartmentId: issue.firstDepartmentId,
    leadDepartmentId: issue.leadDepartmentId,
    ...(issue.visitId === undefined ? {} : { visitId: issue.visitId }),
    ...(issue.sessionId === undefined ? {} : { sessionId: issue.sessionId }),
    dispatchedAt: at(issue.dispatchedAt),
    acceptBy: at(accept.by),
    replyBy: at(reply.by),
    resolveBy: at(resolve.by),
    ...maybe('acceptedAt', accept.doneAt),
    ...maybe('repliedAt', reply.doneAt),
    ...maybe('resolvedAt', issue.resolvedAt),
    ...maybe('callBackAt', issue.callBack?.at),
    callBackDue: issue.callBack?.isDue === true,
    responsibleDepartmentId: issue.responsibleDepartmentId,
    pieces: issue.pieces.map(({ piece, departmentId, status, level, clock: { from, by, doneAt, provisional, unsigned } }) => ({
      piece,
      departmentId,
      status,
      askedAt: at(from),
      by: at(by),
      ...maybe('doneAt', doneAt),
      provisional: status === 'open' && provisional,
      overdue: status === 'open' && by < (pause?.from ?? now),
      level,
      awaitsAcknowledgement: status === 'open' && unsigned !== undefined,
    })),
    reopenings: issue.reopened.length,
    explained: issue.explained === true,
    ...(issue.request === undefined ? {} : { request: requestView(issue.request, at) }),
    ...(isExtended(issue) ? { extendedBy: extendedBy(issue) } : {}),
    directed: issue.directed !== undefined,
    ...(pause?.waitingFor === undefined || pause.waitingFor === 'other-issue' || pause.endsBy === undefined ? {} : { paused: { since: at(pause.from), waitingFor: pause.waitingFor, endsBy: at(pause.endsBy) } }),
    ...(issue.mergedInto === undefined ? {} : { mergedInto: issue.mergedInto }),
    followers: issue.followers,
    ...maybe('withdrawnAt', issue.withdrawnAt),
    ...maybe('closedAt', issue.closing?.at),
    ...(issue.closing === undefined ? {} : { closedBy: issue.closing.by }),
    ...(issue.closing?.rating === undefined ? {} : { rating: issue.closing.rating }),
    provisional: isProvisional(issue),
    overdue: isOverdue(issue, now),
    level: issue.level,
    excused: (issue.excused ?? []).map(excuse => ({ ...excuse, at: at(excuse.at) })),
    awaitsAcknowledgement: isOpen(issue.status) && awaitsAcknowledgement(issue),
    deadlineVersion: issue.deadlineVersion,
    policyVersion: issue.rules.policyVersion,
    ...maybe('nextActionAt', nextActionAt(issue)),
    version: issue.version,
  }
}

const requestView = (request: Request, at: (instant: number) => string): IssueView['request'] => {
  const { kind, by } = request
  const asked = { kind, by, at: at(request.at) }
  switch (request.kind) {
    case 'extension':
      return { ...asked, workingDays: request.workingDays, words: request.reason }
    case 'pause':
      return { ...asked, waitingFor: request.waitingFor, words: request.reason }
    case 'explanation':
      return { ...asked, words: request.message }
  }
}

/** A timeline's event as the API shows it. */
export const eventView = (event: TimelineEvent, timeZone: string) => {
  const at = (instant: number): string => toRfc3339(instant, timeZone)
  switch (event.event) {
    case 'warned':
    case 'escalated':
    case 'assist-asked':
    case 'assist-warned':
    case 'assist-escalated':
      return { ...event, at: at(event.at), dueBy: at(event.dueBy) }
    case 'called-back':
      return { ...event, at: at(event.at), askedAt: at(event.askedAt) }
    case 'paused':
      return { ...event, at: at(event.at), endsBy: at(event.endsBy) }
    case 'resumed':
    case 'separated':
      return { ...event, at: at(event.at), replyBy: at(event.replyBy), resolveBy: at(event.resolveBy) }
    case 'merged': {
      const { resolveBy, ...told } = event
      return { ...told, at: at(event.at), ...(resolveBy === undefined ? {} : { resolveBy: at(resolveBy) }) }
    }
    case 'directed':
    case 'extended':
    case 'tier-changed':
    case 'reopened':
      return { ...event, at: at(event.at), resolveBy: at(event.resolveBy) }
    case 'deadlines-recomputed':
      return { ...event, at: at(event.at), acceptBy: at(event.acceptBy), replyBy: at(event.replyBy), resolveBy: at(event.resolveBy) }
    default:
      return { ...event, at: at(event.at) }
  }
}
