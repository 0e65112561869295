import type { Table } from '../../functions/adapters/table.ts'
import { createApi, type ApiHandlers } from '../../functions/http/api.ts'
import { caseHandlers } from '../../functions/cases/handler.ts'
import { templateHandlers } from '../../functions/cases/templates.ts'
import { cursorsWith } from '../../functions/http/cursor.ts'
import { exportHandlers } from '../../functions/exports/handler.ts'
import { issueHandlers } from '../../functions/issues/handler.ts'
import { assessmentHandlers } from '../../functions/assessments/handler.ts'
import { noticeHandlers } from '../../functions/notices/handler.ts'
import { createPages } from '../../functions/pages/handler.ts'
import { createPublications } from '../../functions/publications/handler.ts'
import { policyHandlers } from '../../functions/policy/handler.ts'
import { officerRatingHandlers } from '../../functions/reports/officer-ratings.ts'
import { projectHandlers } from '../../functions/projects/handler.ts'
import { publishedNoticeHandlers } from '../../functions/reports/published-notices.ts'
import { reportHandlers } from '../../functions/reports/handler.ts'
import { worklistHandlers } from '../../functions/reports/worklists.ts'
import { rosterHandlers } from '../../functions/roster/handler.ts'
import { sessionHandlers } from '../../functions/sessions/handler.ts'
import { visitHandlers } from '../../functions/visits/handler.ts'
import { confirmationHandlers } from '../../functions/visits/confirmations.ts'
import { contactTaskHandlers } from '../../functions/visits/contact-tasks.ts'
import { enterpriseVisitHandlers } from '../../functions/visits/enterprise-visits.ts'
import { flagHandlers } from '../../functions/visits/flags.ts'
import { measureHandlers } from '../../functions/visits/measures.ts'
import { departmentItem, enterpriseItem, officerWrites, pairingItem } from '../../functions/adapters/roster-store.ts'
import { caseOperations } from '../../shared/contract/cases.ts'
import { exportOperations } from '../../shared/contract/exports.ts'
import { issueOperations } from '../../shared/contract/issues.ts'
import { confirmationOperations } from '../../shared/contract/confirmations.ts'
import { contactTaskOperations } from '../../shared/contract/contact-tasks.ts'
import { enterpriseVisitOperations } from '../../shared/contract/enterprise-visits.ts'
import { flagOperations } from '../../shared/contract/flags.ts'
import { measureOperations } from '../../shared/contract/measures.ts'
import { assessmentOperations } from '../../shared/contract/assessments.ts'
import { noticeOperations } from '../../shared/contract/notices.ts'
import { routeKey, type Operation } from '../../shared/contract/operation.ts'
import { policyOperations } from '../../shared/contract/policy.ts'
import { officerRatingOperations } from '../../shared/contract/officer-ratings.ts'
import { projectOperations } from '../../shared/contract/projects.ts'
import { publishedNoticeOperations } from '../../shared/contract/published-notices.ts'
import { reportOperations } from '../../shared/contract/reports.ts'
import { rosterOperations } from '../../shared/contract/roster.ts'
import { sessionOperations } from '../../shared/contract/sessions.ts'
import { visitOperations } from '../../shared/contract/visits.ts'
import { worklistOperations } from '../../shared/contract/worklists.ts'
import type { Officer } from '../../shared/roster/roster.ts'
import { anEnterprise } from '../mothers/enterprise.ts'
import { at, zone } from '../mothers/moment.ts'
import { anOfficer } from '../mothers/officer.ts'
import { aPairing } from '../mothers/pairing.ts'

export const adminEmail = 'admin@example.org'

/** Monday, in working hours, a day before any reminder. */
export const monday = at('2026-03-02 10:00')

const person = (officerId: string, role: Officer['roles'][number], departmentId = 'D-01'): Officer =>
  anOfficer({ officerId, name: '李明', email: `s${officerId}@example.org`, departmentId, roles: [role] })

/** A small district: two departments with a handler and a director each, one officer paired with one enterprise. */
export const staff = {
  officer: person('1001', 'officer'),
  handler: person('1002', 'handler'),
  director: person('1003', 'director'),
  supervisor: person('1004', 'supervisor'),
  admin: person('1005', 'admin'),
  otherHandler: person('2002', 'handler', 'D-02'),
  otherDirector: person('2003', 'director', 'D-02'),
} as const

export const foundDistrict = async (table: Table): Promise<void> => {
  await table.commit([
    { put: departmentItem({ departmentId: 'D-01', name: '规划建设局' }, 1), when: 'new' },
    { put: departmentItem({ departmentId: 'D-02', name: '发展改革局' }, 1), when: 'new' },
    { put: enterpriseItem(anEnterprise(), 1), when: 'new' },
    { put: pairingItem(aPairing(), 1), when: 'new' },
    ...Object.values(staff).flatMap(officer => officerWrites(officer, undefined, undefined)),
  ])
}

export interface Ask {
  readonly as: Officer
  readonly now?: number
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly ifMatch?: string
}

interface Answer {
  readonly body: Readonly<Record<string, unknown>>
  readonly etag: string
}

interface Result {
  readonly statusCode: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
  readonly isBase64Encoded?: boolean
}
type Handler = (event: unknown, context: unknown) => Promise<Result>

/** The event API Gateway hands to a function. */
const eventOf = (op: Operation, ask: Ask, number: number) => ({
  version: '2.0',
  routeKey: routeKey(op),
  rawPath: op.path.replace(/\{(\w+)\}/g, (_, name: string) => ask.params?.[name] ?? ''),
  rawQueryString: new URLSearchParams(ask.query).toString(),
  headers: {
    'content-type': op.body === 'csv' ? 'text/csv' : 'application/json',
    'idempotency-key': `key-${number}`,
    ...(ask.ifMatch === undefined ? {} : { 'if-match': ask.ifMatch }),
  },
  pathParameters: ask.params,
  queryStringParameters: ask.query,
  requestContext: {
    requestId: `request-${number}`,
    timeEpoch: ask.now ?? monday,
    http: { method: op.method, path: op.path },
    authorizer: { jwt: { claims: { iss: 'bench', sub: ask.as.officerId, email: ask.as.email, email_verified: 'true' } } },
  },
  body: typeof ask.body === 'string' || ask.body === undefined ? ask.body : JSON.stringify(ask.body),
  isBase64Encoded: false,
})

/** The API of all functions, in process, over a table. */
export const apiOver = (table: Table) => {
  const deps = { table, cursors: cursorsWith('a secret of the bench'), timeZone: zone, adminEmail }
  const handlers = new Map<string, Handler>()
  const serve = <const Ops extends readonly Operation[]>(operations: Ops, handlersFor: ApiHandlers<Ops>): void => {
    const handler = createApi(operations, handlersFor, {
      table,
      settings: { locale: 'zh-CN', identityClaim: 'email', adminEmail },
      pause: () => Promise.resolve(),
      log: () => undefined,
    }) as unknown as Handler
    for (const op of operations) handlers.set(op.id, handler)
  }
  serve(rosterOperations, rosterHandlers(deps))
  serve(visitOperations, visitHandlers(deps))
  serve(measureOperations, measureHandlers(deps))
  serve(confirmationOperations, confirmationHandlers(deps))
  serve(flagOperations, flagHandlers(deps))
  serve(contactTaskOperations, contactTaskHandlers(deps))
  serve(enterpriseVisitOperations, enterpriseVisitHandlers(deps))
  serve(issueOperations, issueHandlers(deps))
  serve(sessionOperations, sessionHandlers(deps))
  serve(caseOperations, { ...caseHandlers(deps), ...templateHandlers(deps) })
  serve(noticeOperations, noticeHandlers(deps))
  serve(assessmentOperations, assessmentHandlers(deps))
  serve(projectOperations, projectHandlers(deps))
  serve(policyOperations, policyHandlers(deps))
  serve(reportOperations, reportHandlers(deps))
  serve(officerRatingOperations, officerRatingHandlers(deps))
  serve(exportOperations, exportHandlers(deps))
  serve(worklistOperations, worklistHandlers(deps))
  serve(publishedNoticeOperations, publishedNoticeHandlers(deps))

  let requests = 0
  /** @throws Error when it is refused */
  return async (op: Operation, ask: Ask): Promise<Answer> => {
    const { statusCode, headers, body, isBase64Encoded } = (await handlers.get(op.id)?.(eventOf(op, ask, (requests += 1)), {})) ?? {}
    if (statusCode !== op.status || body === undefined) throw new Error(`${op.id} was answered ${statusCode ?? 'nothing'}: ${body ?? ''}`)
    // A file is none of the answers that anything is read from.
    return { body: isBase64Encoded === true ? {} : (JSON.parse(body) as Answer['body']), etag: headers?.['etag'] ?? '' }
  }
}

/** The enterprise's pages, in process, over a table, for whoever holds the link of this token. */
export const pagesOver = (table: Table, token: string, now = monday) => {
  const pages = createPages({
    table, timeZone: zone, locale: 'zh-CN', adminEmail,
    randomOnce: () => 'once'.padEnd(22, '-'), pause: () => Promise.resolve(), log: () => undefined,
  })
  const open = opening(pages as unknown as Handler, now)
  return (op: Operation, params: Readonly<Record<string, string>> = {}, form = ''): Promise<string> => open(op, { token, ...params }, form)
}

/** What the campaign office puts out, likewise, for whoever asks. */
export const publicationsOver = (table: Table) => opening(createPublications({ table, timeZone: zone, locale: 'zh-CN', log: () => undefined }) as unknown as Handler)

/** Opens a page, or sends its form. Answers with the HTML. @throws Error when it is refused */
const opening = (pages: Handler, timeEpoch = monday) => async (op: Operation, params: Readonly<Record<string, string>> = {}, form = ''): Promise<string> => {
  const event = { routeKey: routeKey(op), headers: {}, pathParameters: params, requestContext: { requestId: 'r', timeEpoch }, body: form }
  const { statusCode, body } = await pages(event, {})
  if (statusCode !== (op.method === 'GET' ? 200 : 303)) throw new Error(`${op.id} answered ${statusCode}`)
  return body
}
