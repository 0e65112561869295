import * as z from 'zod/mini'
import { categoryNames, tiers } from '../issue/category.ts'
import { clockNames, closings, deadlineViewSchema, issueViewSchema, levels, newIssueSchema, routes } from '../issue/issue.ts'
import { givenRatingSchema, ratingSchema } from '../issue/rating.ts'
import { statuses } from '../issue/transition.ts'
import { code, enterpriseId, instant, line, listOf, officerCode, opaque, paging, prose, writtenInstant } from './field.ts'
import { operation, type Access, type Operation } from './operation.ts'

/** Own: the officer who brought it home. Department: the one that leads, and the one that received it first. */
const readers: Access = { officer: 'own', handler: 'department', director: 'department', supervisor: 'any', admin: 'any' }
/** Commands belong to the lead department. */
const leads: Access = { handler: 'department', director: 'department' }
const supervisors: Access = { supervisor: 'any' }
const leadsAndSupervisors: Access = { handler: 'department', director: 'department', supervisor: 'any' }

const issueId = z.strictObject({ issueId: opaque(32) })

const shown = <T extends string, S extends z.core.$ZodShape>(name: T, shape: S) =>
  z.strictObject({ at: instant, by: z.string(), event: z.literal(name), ...shape })

export const timelineViewSchema = z.discriminatedUnion('event', [
  shown('dispatched', { departmentId: code, routedBy: z.enum(routes), tier: z.enum(tiers), description: z.string() }),
  shown('accepted', { departmentId: code }),
  shown('replied', { departmentId: code, message: z.string() }),
  shown('transferred', { fromDepartmentId: code, departmentId: code, reason: z.string() }),
  shown('resolved', { departmentId: code, message: z.string() }),
  shown('acknowledged', { departmentId: code, level: z.literal(levels) }),
  shown('warned', { clock: z.enum(clockNames), dueBy: instant }),
  shown('escalated', { clock: z.enum(clockNames), level: z.literal(levels), dueBy: instant }),
  shown('call-back-due', {}),
  shown('rated', { rating: ratingSchema, words: z.optional(z.string()) }),
  shown('called-back', { rating: ratingSchema, words: z.optional(z.string()), asked: z.string(), askedAt: instant }),
  shown('closed', { closedBy: z.enum(closings), reason: z.optional(z.string()) }),
  shown('reopened', { level: z.literal(levels), deadlineVersion: z.int(), resolveBy: instant }),
  shown('deadlines-recomputed', { deadlineVersion: z.int(), acceptBy: instant, replyBy: instant, resolveBy: instant }),
])

export const submitIssue = operation({
  id: 'submitIssue', method: 'POST', path: '/v1/issues', owner: 'issues', access: { officer: 'own', supervisor: 'any' },
  summary: { zh: '提交问题，自动编号并分办', en: 'Submit an issue; it is numbered and dispatched' },
  body: newIssueSchema, status: 201, response: issueViewSchema, etag: true,
  problems: ['officer-not-found', 'enterprise-not-found', 'not-paired', 'subcategory-mismatch', 'visit-not-found', 'visit-mismatch'],
})
export const listIssues = operation({
  id: 'listIssues', method: 'GET', path: '/v1/issues', owner: 'issues', access: readers,
  summary: { zh: '台账查询', en: 'List the ledger' },
  query: z.strictObject({
    status: z.optional(z.enum(statuses)),
    departmentId: z.optional(code),
    officerId: z.optional(officerCode),
    enterpriseId: z.optional(enterpriseId),
    category: z.optional(z.enum(categoryNames)),
    tier: z.optional(z.enum(tiers)),
    overdue: z.optional(z.enum(['true', 'false'])),
    callBackDue: z.optional(z.enum(['true', 'false'])),
    ...paging,
  }),
  status: 200, response: listOf(issueViewSchema),
})
export const getIssue = operation({
  id: 'getIssue', method: 'GET', path: '/v1/issues/{issueId}', owner: 'issues', access: readers,
  summary: { zh: '查看问题', en: 'Read an issue' },
  params: issueId, status: 200, response: z.extend(issueViewSchema, { description: z.string() }), etag: true, problems: ['issue-not-found'],
})
export const getTimeline = operation({
  id: 'getTimeline', method: 'GET', path: '/v1/issues/{issueId}/timeline', owner: 'issues', access: readers,
  summary: { zh: '办理过程', en: "An issue's timeline, oldest first" },
  params: issueId, query: z.strictObject(paging), status: 200, response: listOf(timelineViewSchema), problems: ['issue-not-found'],
})
export const getDeadlines = operation({
  id: 'getDeadlines', method: 'GET', path: '/v1/issues/{issueId}/deadlines', owner: 'issues', access: readers,
  summary: { zh: '时限依据：逐日说明', en: 'Why each deadline is what it is, day by day' },
  params: issueId, status: 200, response: z.strictObject({ items: z.array(deadlineViewSchema) }), problems: ['issue-not-found'],
})

const command = <const Id extends string, B extends z.ZodMiniType>(
  id: Id, verb: string, access: Access, body: B, summary: Operation['summary'], problems: Operation['problems'] = [],
) =>
  operation({
    id, method: 'POST', path: `/v1/issues/{issueId}/${verb}`, owner: 'issues', access, summary,
    params: issueId, body, status: 200, response: issueViewSchema, ifMatch: 'required', etag: true,
    problems: ['issue-not-found', 'command-not-legal', ...problems],
  })

const message = z.strictObject({ message: prose(2000) })
const nothing = z.strictObject({})

export const acceptIssue = command('acceptIssue', 'accept', leads, nothing, { zh: '签收', en: 'Accept' })
export const replyToIssue = command('replyToIssue', 'reply', leads, message, { zh: '答复企业', en: 'Reply to the enterprise' })
export const transferIssue = command(
  'transferIssue', 'transfer', leadsAndSupervisors, z.strictObject({ departmentId: code, reason: prose(500) }),
  { zh: '转办（时限继续计算）', en: 'Transfer to another department; the clock keeps running' }, ['department-not-found', 'same-department'],
)
export const resolveIssue = command('resolveIssue', 'resolve', leads, message, { zh: '办结', en: 'Resolve' })
export const callBackIssue = command(
  'callBackIssue', 'call-back', supervisors, z.extend(givenRatingSchema, { asked: line(50), askedAt: writtenInstant }),
  { zh: '登记电话回访（企业逾期未评价时）', en: 'Record what the enterprise said when it was called back after its silence' },
  ['call-back-not-due', 'asked-at-another-time'],
)
export const overrideIssue = command(
  'overrideIssue', 'override', supervisors, z.strictObject({ reason: prose(500) }),
  { zh: '特批销号（须说明理由，永久标注、单独统计）', en: 'Close it without the enterprise; needs a reason, stays marked, and is counted apart' },
)
export const acknowledgeIssue = command(
  'acknowledgeIssue', 'acknowledge', leadsAndSupervisors, nothing,
  { zh: '签收催办', en: 'Acknowledge an escalation' }, ['nothing-to-acknowledge'],
)

export const issueOperations = [
  submitIssue, listIssues, getIssue, getTimeline, getDeadlines,
  acceptIssue, replyToIssue, transferIssue, resolveIssue, acknowledgeIssue, callBackIssue, overrideIssue,
] as const
