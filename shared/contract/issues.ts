import * as z from 'zod/mini'
import { categoryNames, tiers } from '../issue/category.ts'
import { awaitedParties, clockNames, closings, deadlineViewSchema, decisions, issueViewSchema, levels, newIssueSchema, ofPiece, ofSessionDecision, pieceDeadlineViewSchema, requestKinds, routes } from '../issue/issue.ts'
import { givenRatingSchema, ratingSchema } from '../issue/rating.ts'
import { statuses } from '../issue/transition.ts'
import { code, enterpriseId, instant, line, listOf, officerCode, opaque, paging, prose, wholeNumber, writtenInstant, writtenNumber } from './field.ts'
import { operation, type Access, type Operation } from './operation.ts'
import type { ProblemCode } from './problem.ts'

/** Own: the officer who brought it home. Department: the one that leads, received it first, answers for it, or was asked for a piece. */
export const ledgerReaders: Access = { officer: 'own', handler: 'department', director: 'department', supervisor: 'any', admin: 'any' }
/** Commands belong to the lead department, those on a piece to the department that was asked for it. */
const leads: Access = { handler: 'department', director: 'department' }
const supervisors: Access = { supervisor: 'any' }
/** Nobody on a request of their own, which is a rule and no matter of reach. */
const deciders: Access = { director: 'department', supervisor: 'any' }
const leadsAndSupervisors: Access = { handler: 'department', director: 'department', supervisor: 'any' }

const issueId = z.strictObject({ issueId: opaque(32) })

const shown = <T extends string, S extends z.core.$ZodShape>(name: T, shape: S) =>
  z.strictObject({ at: instant, by: z.string(), event: z.literal(name), ...shape })

const timelineViewSchema = z.discriminatedUnion('event', [
  shown('dispatched', { departmentId: code, routedBy: z.enum(routes), tier: z.enum(tiers), description: z.string() }),
  shown('accepted', { departmentId: code }),
  shown('replied', { departmentId: code, message: z.string() }),
  shown('transferred', { fromDepartmentId: code, departmentId: code, reason: z.string() }),
  shown('resolved', { departmentId: code, message: z.string(), despite: z.optional(z.string()) }),
  shown('assist-asked', { ...ofPiece, message: z.string(), dueBy: instant }),
  shown('assist-answered', { ...ofPiece, message: z.string() }),
  shown('assist-refused', { ...ofPiece, reason: z.string() }),
  shown('assist-warned', { ...ofPiece, dueBy: instant }),
  shown('assist-escalated', { ...ofPiece, level: z.literal(levels), dueBy: instant }),
  shown('assist-acknowledged', { ...ofPiece, level: z.literal(levels) }),
  shown('asked', { departmentId: code, request: z.enum(requestKinds), workingDays: z.optional(z.int()), waitingFor: z.optional(z.enum(awaitedParties)), words: z.string() }),
  shown('decided', { request: z.enum(requestKinds), decision: z.enum(decisions), remark: z.optional(z.string()) }),
  shown('extended', { workingDays: z.int(), reason: z.string(), deadlineVersion: z.int(), resolveBy: instant }),
  shown('paused', { waitingFor: z.enum(awaitedParties), reason: z.string(), endsBy: instant }),
  shown('resumed', { deadlineVersion: z.int(), replyBy: instant, resolveBy: instant }),
  shown('explained', { departmentId: code, message: z.string() }),
  shown('tier-changed', { fromTier: z.enum(tiers), tier: z.enum(tiers), reason: z.string(), deadlineVersion: z.int(), resolveBy: instant }),
  shown('merged', { intoIssueId: z.string(), departmentId: code, reason: z.string(), resolveBy: z.optional(instant), provisional: z.optional(z.boolean()) }),
  shown('joined', { issueId: z.string() }),
  shown('separated', { fromIssueId: z.string(), reason: z.optional(z.string()), deadlineVersion: z.int(), replyBy: instant, resolveBy: instant }),
  shown('left', { issueId: z.string() }),
  shown('directed', { ...ofSessionDecision, fromDepartmentId: code, departmentId: code, what: z.string(), deadlineVersion: z.int(), resolveBy: instant }),
  shown('informed', { words: z.string() }),
  shown('withdrawn', { words: z.optional(z.string()) }),
  shown('acknowledged', { departmentId: code, level: z.literal(levels) }),
  shown('warned', { clock: z.enum(clockNames), dueBy: instant }),
  shown('excused', { noticeId: z.string(), clock: z.literal('resolve'), deadlineVersion: z.int() }),
  shown('escalated', { clock: z.enum(clockNames), level: z.literal(levels), dueBy: instant }),
  shown('call-back-due', {}),
  shown('rated', { rating: ratingSchema, words: z.optional(z.string()) }),
  shown('called-back', { rating: ratingSchema, words: z.optional(z.string()), asked: z.string(), askedAt: instant }),
  shown('closed', { closedBy: z.enum(closings), reason: z.optional(z.string()) }),
  shown('reopened', { level: z.literal(levels), deadlineVersion: z.int(), resolveBy: instant }),
  shown('deadlines-recomputed', { deadlineVersion: z.int(), acceptBy: instant, replyBy: instant, resolveBy: instant }),
])

/** What the ledger can be asked for. */
export const ledgerFilters = {
  status: z.optional(z.enum(statuses)),
  departmentId: z.optional(code),
  officerId: z.optional(officerCode),
  enterpriseId: z.optional(enterpriseId),
  category: z.optional(z.enum(categoryNames)),
  tier: z.optional(z.enum(tiers)),
  overdue: z.optional(z.enum(['true', 'false'])),
  callBackDue: z.optional(z.enum(['true', 'false'])),
  /** A department that is, or was, asked for a piece. */
  assistDepartmentId: z.optional(code),
}

export const submitIssue = operation({
  id: 'submitIssue', method: 'POST', path: '/v1/issues', owner: 'issues', access: { officer: 'own', supervisor: 'any' },
  summary: { zh: '提交问题，自动编号并分办', en: 'Submit an issue; it is numbered and dispatched' },
  body: newIssueSchema, status: 201, response: issueViewSchema, etag: true,
  problems: ['officer-not-found', 'enterprise-not-found', 'not-paired', 'subcategory-mismatch', 'visit-not-found', 'visit-mismatch'],
})
export const listIssues = operation({
  id: 'listIssues', method: 'GET', path: '/v1/issues', owner: 'issues', access: ledgerReaders,
  summary: { zh: '台账查询', en: 'List the ledger' },
  query: z.strictObject({ ...ledgerFilters, ...paging }),
  status: 200, response: listOf(issueViewSchema), problems: ['department-not-found', 'officer-not-found', 'enterprise-not-found'],
})
export const getIssue = operation({
  id: 'getIssue', method: 'GET', path: '/v1/issues/{issueId}', owner: 'issues', access: ledgerReaders,
  summary: { zh: '查看问题', en: 'Read an issue' },
  params: issueId, status: 200, response: z.extend(issueViewSchema, { description: z.string() }), etag: true, problems: ['issue-not-found'],
})
export const getTimeline = operation({
  id: 'getTimeline', method: 'GET', path: '/v1/issues/{issueId}/timeline', owner: 'issues', access: ledgerReaders,
  summary: { zh: '办理过程', en: "An issue's timeline, oldest first" },
  params: issueId, query: z.strictObject(paging), status: 200, response: listOf(timelineViewSchema), problems: ['issue-not-found'],
})
export const getDeadlines = operation({
  id: 'getDeadlines', method: 'GET', path: '/v1/issues/{issueId}/deadlines', owner: 'issues', access: ledgerReaders,
  summary: { zh: '时限依据：逐日说明（含协办时限）', en: 'Why each deadline is what it is, those of the pieces included, day by day' },
  params: issueId, status: 200, response: z.strictObject({ items: z.array(deadlineViewSchema), pieces: z.array(pieceDeadlineViewSchema) }), problems: ['issue-not-found'],
})

interface Target<P extends z.ZodMiniObject> {
  readonly params: P
  readonly problems: readonly ProblemCode[]
}

const command = <const Id extends string, B extends z.ZodMiniType, P extends z.ZodMiniObject = typeof issueId>(
  id: Id, verb: string, access: Access, body: B, summary: Operation['summary'], problems: readonly ProblemCode[] = [],
  target: Target<P> = { params: issueId as unknown as P, problems: [] },
) =>
  operation({
    id, method: 'POST', path: `/v1/issues/{issueId}/${verb}`, owner: 'issues', access, summary,
    params: target.params, body, status: 200, response: issueViewSchema, ifMatch: 'required', etag: true,
    problems: ['issue-not-found', 'command-not-legal', ...target.problems, ...problems],
  })

const message = z.strictObject({ message: prose(2000) })
const nothing = z.strictObject({})

export const acceptIssue = command('acceptIssue', 'accept', leads, nothing, { zh: '签收', en: 'Accept' })
export const replyToIssue = command('replyToIssue', 'reply', leads, message, { zh: '答复企业', en: 'Reply to the enterprise' })
export const transferIssue = command(
  'transferIssue', 'transfer', leadsAndSupervisors, z.strictObject({ departmentId: code, reason: prose(500) }),
  { zh: '转办（时限继续计算）', en: 'Transfer to another department; the clock keeps running' }, ['department-not-found', 'department-unstaffed', 'same-department'],
)
export const resolveIssue = command(
  'resolveIssue', 'resolve', leads, z.strictObject({ message: prose(2000), despite: z.optional(prose(500)) }),
  { zh: '办结（协办事项未答复的，须说明理由）', en: 'Resolve; over pieces not answered, with the reason why' }, ['pieces-open'],
)
export const askForAssistance = command(
  'askForAssistance', 'assist', leads, z.strictObject({ departmentId: code, message: prose(2000), workingDays: z.optional(wholeNumber(1, 250)) }),
  { zh: '商请其他部门协办', en: 'Ask another department for a piece of it' }, ['department-not-found', 'department-unstaffed', 'same-department', 'piece-open', 'piece-too-long', 'too-many-pieces'],
)
const ofAPiece = { params: z.strictObject({ issueId: opaque(32), piece: writtenNumber(1, 99) }), problems: ['piece-not-found', 'piece-not-open'] } as const
export const answerPiece = command('answerPiece', 'pieces/{piece}/answer', leads, message, { zh: '答复协办事项', en: 'Answer what the department was asked for' }, [], ofAPiece)
export const refusePiece = command(
  'refusePiece', 'pieces/{piece}/refusal', leads, z.strictObject({ reason: prose(500) }), { zh: '退回协办事项', en: 'Refuse it, with a reason' }, [], ofAPiece,
)
export const acknowledgePiece = command(
  'acknowledgePiece', 'pieces/{piece}/acknowledge', leads, nothing, { zh: '签收协办事项的督促', en: "Acknowledge an escalation of the department's piece" }, ['nothing-to-acknowledge'], ofAPiece,
)
export const askForExtension = command(
  'askForExtension', 'extension', leads, z.strictObject({ workingDays: wholeNumber(1, 250), reason: prose(500) }),
  { zh: '申请延期（到期前，限一次）', en: 'Ask for more time: once, and before it has run out' }, ['request-pending', 'extended-before', 'extension-too-long', 'deadline-passed'],
)
export const askForPause = command(
  'askForPause', 'pause', leads, z.strictObject({ waitingFor: z.enum(awaitedParties), reason: prose(500) }),
  { zh: '申请暂停计时（等待企业或外部单位）', en: 'Ask that the clocks stand still while the enterprise or an outside body has to act' }, ['request-pending', 'deadline-passed'],
)
export const askForExplanation = command(
  'askForExplanation', 'explanation', leads, message,
  { zh: '申请解释办结（现行规定下无法解决）', en: "Ask to explain to the enterprise why today's rules do not allow a solution" }, ['request-pending', 'pieces-open'],
)
export const decideRequest = command(
  'decideRequest', 'decision', deciders, z.strictObject({ decision: z.enum(decisions), remark: z.optional(prose(500)) }),
  { zh: '审批延期、暂停计时或解释办结的申请', en: 'Decide on an extension, a pause or an explanation' }, ['nothing-to-decide', 'own-request', 'deadline-passed', 'pieces-open'],
)
export const resumeIssue = command('resumeIssue', 'resume', leadsAndSupervisors, nothing, { zh: '恢复计时', en: 'Let the clocks go on' })
export const changeTier = command(
  'changeTier', 'tier', supervisors, z.strictObject({ tier: z.enum(tiers), reason: prose(500) }),
  { zh: '调整层级，重新核定办结时限', en: 'Put it into another tier, by which its time to be resolved is reckoned anew' }, ['same-tier'],
)
export const mergeIssue = command(
  'mergeIssue', 'merge', supervisors, z.strictObject({ intoIssueId: opaque(32), reason: prose(500) }),
  { zh: '并办：并入反映同一事项的另一问题，随其答复和办结', en: 'Merge it into another issue about the same matter, with which it is answered and resolved' },
  ['has-followers', 'merge-into-itself', 'merge-target-not-open', 'too-many-followers'],
)
export const separateIssue = command(
  'separateIssue', 'separate', leadsAndSupervisors, z.strictObject({ reason: prose(500) }),
  { zh: '解除并办：恢复单独办理和计时', en: 'Separate a merged issue: work on it by itself again, its clocks going on' },
)
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
  acceptIssue, replyToIssue, transferIssue, resolveIssue, askForAssistance, answerPiece, refusePiece, acknowledgePiece, askForExplanation, askForExtension, askForPause, decideRequest, resumeIssue, changeTier, mergeIssue, separateIssue,
  acknowledgeIssue, callBackIssue, overrideIssue,
] as const
