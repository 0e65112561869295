import * as z from 'zod/mini'
import { categoryNames, subcategoryNames, tiers } from '../issue/category.ts'
import { newIssueSchema } from '../issue/issue.ts'
import { statuses } from '../issue/transition.ts'
import { sessionFields } from '../session/session.ts'
import { sessionStatuses } from '../session/transition.ts'
import { code, instant, listOf, localDate, officerCode, opaque, paging, prose, wholeNumber, written, writtenInstant } from './field.ts'
import { operation, type Access, type Operation } from './operation.ts'
import type { ProblemCode } from './problem.ts'

/** Department: the one that calls it, or is asked to come. Own: the officer is paired with one of its enterprises today. */
const readers: Access = { officer: 'own', handler: 'department', director: 'department', supervisor: 'any', admin: 'any' }
const callers: Access = { director: 'department', supervisor: 'any' }
/** Own: the session that the director holds. */
const holders: Access = { director: 'own', supervisor: 'any' }

const sessionId = written(/^S\d{4}-\d{6}$/, 'S2026-000001')
const params = z.strictObject({ sessionId })

const sessionView = z.strictObject({
  sessionId: z.string(),
  status: z.enum(sessionStatuses),
  title: z.string(),
  place: z.string(),
  startsAt: instant,
  endsAt: instant,
  enterpriseIds: z.array(z.string()),
  departmentIds: z.array(z.string()),
  remark: z.optional(z.string()),
  directorId: z.string(),
  departmentId: z.string(),
  calledAt: instant,
  calledBy: z.string(),
  cancelled: z.optional(z.strictObject({ at: instant, by: z.string(), reason: z.string() })),
  minutes: z.optional(z.strictObject({ at: instant, by: z.string(), text: z.string() })),
  decisions: z.int(),
  version: z.int(),
})
export type SessionView = z.infer<typeof sessionView>

const { title, place, enterpriseIds, departmentIds, remark } = sessionFields
const times = { startsAt: writtenInstant, endsAt: writtenInstant }

const command = <const Id extends string, B extends z.ZodMiniType>(id: Id, verb: string, body: B, summary: Operation['summary'], problems: readonly ProblemCode[] = []) =>
  operation({
    id, method: 'POST', path: `/v1/sessions/{sessionId}/${verb}`, owner: 'sessions', access: callers, summary,
    params, body, status: 200, response: sessionView, ifMatch: 'required', etag: true, problems: ['session-not-found', 'session-command-not-legal', ...problems],
  })

export const callSession = operation({
  id: 'callSession', method: 'POST', path: '/v1/sessions', owner: 'sessions', access: callers,
  summary: { zh: '召集现场办公，发出带日程的邀请', en: 'Call an on-site session; everybody is invited, with an entry for their calendar' },
  note: {
    zh: '由本部门负责人召集；助企办召集的，在 directorId 中指明主持的部门负责人。最早于次日开始，助企办召集的不限。召集部门无须列入 departmentIds。未登记邮箱的企业，由结对干部电话邀请。',
    en: 'A director calls it for the department, for the next day at the earliest; a supervisor, who can call it for today, names in directorId the director who holds it. The department that calls need not stand in departmentIds. Enterprises without an address are invited by their officers, by telephone.',
  },
  body: z.strictObject({ title, place, ...times, enterpriseIds, departmentIds: z._default(departmentIds, []), directorId: z.optional(officerCode), remark }),
  status: 201, response: sessionView, etag: true,
  problems: ['officer-not-found', 'holder-not-director', 'enterprise-not-found', 'department-not-found', 'session-in-past', 'session-too-soon', 'session-time-not-possible', 'too-many-participants'],
})
export const listSessions = operation({
  id: 'listSessions', method: 'GET', path: '/v1/sessions', owner: 'sessions', access: readers,
  summary: { zh: '现场办公查询（按开始时间）', en: 'List sessions, by when they begin' },
  query: z.strictObject({ status: z.optional(z.enum(sessionStatuses)), departmentId: z.optional(code), from: z.optional(writtenInstant), ...paging }),
  status: 200, response: listOf(sessionView), problems: ['department-not-found'],
})
export const getSession = operation({
  id: 'getSession', method: 'GET', path: '/v1/sessions/{sessionId}', owner: 'sessions', access: readers,
  summary: { zh: '查看现场办公', en: 'Read a session' },
  params, status: 200, response: sessionView, etag: true, problems: ['session-not-found'],
})
export const changeSession = command(
  'changeSession', 'change',
  z.strictObject({ title: z.optional(title), place: z.optional(place), startsAt: z.optional(writtenInstant), endsAt: z.optional(writtenInstant), enterpriseIds: z.optional(enterpriseIds), departmentIds: z.optional(departmentIds), remark }),
  { zh: '变更现场办公，更新邀请', en: 'Change a session; the invitations are brought up to date' },
  ['enterprise-not-found', 'department-not-found', 'session-in-past', 'session-too-soon', 'session-time-not-possible', 'too-many-participants'],
)
export const cancelSession = command('cancelSession', 'cancellation', z.strictObject({ reason: prose(500) }), { zh: '取消现场办公', en: 'Cancel a session' })
export const enterMinutes = command(
  'enterMinutes', 'minutes', z.strictObject({ text: prose(5000) }), { zh: '形成纪要并发送参加各方', en: 'Enter the minutes, which go to all who took part' }, ['session-not-begun'],
)

/** An issue of the agenda. */
const agendaItem = z.strictObject({
  issueId: z.string(),
  title: z.string(),
  enterpriseId: z.string(),
  leadDepartmentId: z.string(),
  status: z.enum(statuses),
  subcategory: z.enum(subcategoryNames),
  tier: z.enum(tiers),
  acceptBy: instant,
  replyBy: instant,
  resolveBy: instant,
  overdue: z.boolean(),
  level: z.int(),
  /** What a decision on it names as the version it was made on. */
  version: z.int(),
})

export const getAgenda = operation({
  id: 'getAgenda', method: 'GET', path: '/v1/sessions/{sessionId}/agenda', owner: 'sessions', access: readers,
  summary: { zh: '现场办公议题：参加企业尚未办结的问题', en: 'The agenda: what is not resolved of the enterprises that come' },
  note: {
    zh: '干部只列出本人结对企业的问题。每家企业最多列出最近的 25 个未办结问题；complete 为 false 的，其余请在台账中查询。',
    en: 'An officer sees those of the enterprises they are paired with. Up to the newest 25 issues of each enterprise; where complete is false, the ledger has the rest.',
  },
  params, status: 200,
  response: z.strictObject({ complete: z.boolean(), categories: z.array(z.strictObject({ category: z.enum(categoryNames), issues: z.array(agendaItem) })) }),
  problems: ['session-not-found'],
})

const decisionView = z.strictObject({
  sessionId: z.string(),
  decision: z.int(),
  issueId: z.string(),
  enterpriseId: z.string(),
  departmentId: z.string(),
  what: z.string(),
  dueOn: localDate,
  decidedAt: instant,
  decidedBy: z.string(),
  issueTitle: z.string(),
  issueStatus: z.enum(statuses),
  issueVersion: z.int(),
  leadDepartmentId: z.string(),
  resolveBy: instant,
  provisional: z.boolean(),
  /** Of the time to resolve it alone; an acceptance that was missed is another matter. */
  overdue: z.boolean(),
  level: z.int(),
  /** A later decision on the same issue stands in its place. */
  replaced: z.boolean(),
})
export type DecisionView = z.infer<typeof decisionView>

export const decideOnTheSpot = operation({
  id: 'decideOnTheSpot', method: 'POST', path: '/v1/sessions/{sessionId}/decisions', owner: 'sessions', access: holders,
  summary: { zh: '现场决定：明确部门、事项和办结日期', en: 'Decide on the spot: who does what, by when' },
  note: {
    zh: '对台账中的问题，填写 issueId 及所见的 issueVersion；对现场提出的新问题，填写 issue，将编号并直接交办。办结日期为工作日，自时限起算不超过延期上限。',
    en: 'On an issue in the ledger, give issueId and the issueVersion that was seen; for a new one give issue, and it is numbered and dispatched. The date is a working day, within the limit for extended issues from when the clock began.',
  },
  params,
  body: z.strictObject({
    what: prose(1000),
    departmentId: code,
    dueOn: localDate,
    issueId: z.optional(opaque(32)),
    issueVersion: z.optional(wholeNumber(1, 999_999_999)),
    issue: z.optional(z.omit(newIssueSchema, { visitId: true, officerId: true })),
  }),
  status: 201, response: decisionView,
  problems: [
    'session-not-found', 'session-command-not-legal', 'session-not-begun', 'one-issue-required', 'issue-not-of-session', 'own-deadline', 'issue-changed', 'command-not-legal', 'department-not-found', 'department-unstaffed',
    'enterprise-not-of-session', 'enterprise-unpaired', 'subcategory-mismatch', 'due-not-working-day', 'due-too-early', 'due-too-late', 'too-many-decisions',
  ],
})

export const listDecisions = operation({
  id: 'listDecisions', method: 'GET', path: '/v1/session-decisions', owner: 'sessions', access: readers,
  summary: { zh: '现场决定督办清单（办至销号）', en: 'What sessions have decided, until it is closed' },
  note: {
    zh: 'status=open（默认）只列问题尚未销号或撤回的决定，all 列出全部。部门可见由其承办或由其召集会议作出的决定，干部可见本人提交问题的决定。',
    en: 'status=open, which is the default, lists the decisions whose issue is neither closed nor withdrawn, all every one. A department sees those made for it or in its sessions, an officer those on issues they brought.',
  },
  query: z.strictObject({ sessionId: z.optional(sessionId), status: z._default(z.enum(['open', 'all']), 'open'), departmentId: z.optional(code), ...paging }),
  status: 200, response: listOf(decisionView), problems: ['session-not-found', 'department-not-found'],
})

export const sessionOperations = [callSession, listSessions, getSession, changeSession, cancelSession, enterMinutes, getAgenda, decideOnTheSpot, listDecisions] as const
