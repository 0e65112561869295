import * as z from 'zod/mini'
import { effectSchema, groundsSchema, noticeEventsWith, noticeFields } from '../notice/notice.ts'
import { appealOutcomes, noticeKinds, noticeStatuses } from '../notice/transition.ts'
import { code, instant, listOf, officerCode, opaque, paging } from './field.ts'
import { operation, type Access, type Operation } from './operation.ts'
import type { ProblemCode } from './problem.ts'

/** Own: it concerns the caller. Department: the one concerned, or that of the officer concerned. */
const readers: Access = { officer: 'own', handler: 'own', director: 'department', supervisor: 'any', admin: 'any' }
/** A director proposes commendations, of the department and its officers; the rest is for the campaign office. */
const drafters: Access = { director: 'department', supervisor: 'any' }
/** The officer concerned, whatever they are; for a department its directors. */
const appellants: Access = { officer: 'own', handler: 'own', director: 'department', supervisor: 'own', admin: 'own' }
const office: Access = { supervisor: 'any' }

const params = z.strictObject({ noticeId: opaque(32) })
const { title, text, reason, evidence, remark, exemptionReason } = noticeFields

/** A notice in a list: without what has been said on it. */
const noticeLine = {
  noticeId: z.string(),
  kind: z.enum(noticeKinds),
  status: z.enum(noticeStatuses),
  /** One of the two: whom it concerns. */
  officerId: z.optional(z.string()),
  departmentId: z.string(),
  grounds: groundsSchema,
  title: z.string(),
  draftedAt: instant,
  draftedBy: z.string(),
  /** Until when somebody can appeal against a criticism. */
  appealBy: z.optional(instant),
  provisional: z.boolean(),
  number: z.optional(z.string()),
  publishedAt: z.optional(instant),
  version: z.int(),
}
const noticeLineView = z.strictObject(noticeLine)
export type NoticeLine = z.infer<typeof noticeLineView>

const noticeView = z.strictObject({
  ...noticeLine,
  text: z.string(),
  /** What a granted appeal has changed. */
  effect: z.optional(effectSchema),
  timeline: z.array(noticeEventsWith(instant)),
})
export type NoticeView = z.infer<typeof noticeView>

export const draftNotice = operation({
  id: 'draftNotice', method: 'POST', path: '/v1/notices', owner: 'notices', access: drafters,
  summary: { zh: '拟定批评通报，或提名表扬', en: 'Draft a notice of criticism, or propose a commendation' },
  note: {
    zh: '对象为一名干部（officerId）或一个部门（departmentId），二者择一。批评通报由助企办拟稿，被通报方随即收到邮件，可在期限内申诉；部门负责人可为本部门及其干部提名表扬，由助企办发布。发布后全文公开，未经企业同意请勿写明企业名称。',
    en: 'It concerns one officer (officerId) or one department (departmentId). Criticism is drafted by the campaign office; whom it concerns is mailed at once and can appeal. A director proposes commendations of the department and its officers, which the campaign office publishes. Once published, everybody can read all of it: name no enterprise that has not agreed.',
  },
  body: z.strictObject({ kind: z.enum(noticeKinds), officerId: z.optional(officerCode), departmentId: z.optional(code), title, text }),
  status: 201, response: noticeView, etag: true,
  problems: ['one-subject-required', 'officer-not-found', 'department-not-found', 'officer-left', 'criticism-by-office'],
})
export const listNotices = operation({
  id: 'listNotices', method: 'GET', path: '/v1/supervision/notices', owner: 'notices', access: readers,
  summary: { zh: '通报和表扬（含未发布）', en: 'Notices of criticism and commendations, published or not' },
  note: { zh: '最近拟定的在前。部门负责人只列出本部门及其干部的，其他人员只列出本人的。', en: 'The latest drafted first. A director sees those of the department and its officers, anybody else outside the office their own.' },
  query: z.strictObject({ status: z.optional(z.enum(noticeStatuses)), kind: z.optional(z.enum(noticeKinds)), ...paging }),
  status: 200, response: listOf(noticeLineView),
})
export const getNotice = operation({
  id: 'getNotice', method: 'GET', path: '/v1/supervision/notices/{noticeId}', owner: 'notices', access: readers,
  summary: { zh: '查看通报及其办理过程', en: 'Read a notice, with its timeline' },
  params, status: 200, response: noticeView, etag: true, problems: ['notice-not-found'],
})

const command = <const Id extends string, B extends z.ZodMiniType>(id: Id, verb: string, access: Access, body: B, summary: Operation['summary'], problems: readonly ProblemCode[] = []) =>
  operation({
    id, method: 'POST', path: `/v1/supervision/notices/{noticeId}/${verb}`, owner: 'notices', access, summary,
    params, body, status: 200, response: noticeView, ifMatch: 'required', etag: true, problems: ['notice-not-found', 'notice-command-not-legal', ...problems],
  })

export const appealAgainstNotice = command(
  'appealAgainstNotice', 'appeal', appellants, z.strictObject({ reason, evidence }),
  { zh: '申诉：被通报的干部，或部门负责人', en: 'Appeal against a criticism: the officer concerned, or a director of the department' }, ['appeal-closed'],
)
export const decideOnAppeal = command(
  'decideOnAppeal', 'decision', office, z.strictObject({ decision: z.enum(appealOutcomes), remark, exemptionReason }),
  { zh: '复核申诉：维持或支持；支持的，重新核定所涉走访或时限', en: 'Decide on an appeal; granting it recomputes what the notice rests on' }, ['own-notice', 'exemption-reason-mismatch'],
)
export const publishNotice = command(
  'publishNotice', 'publication', office, z.strictObject({}),
  { zh: '发布，并编号', en: "Publish a notice under the year's next number" }, ['own-notice', 'appeal-open'],
)
export const dropNotice = command('dropNotice', 'drop', office, z.strictObject({ reason }), { zh: '不予发布', en: 'Give a notice up before it is published' }, ['own-notice'])
export const withdrawNotice = command('withdrawNotice', 'withdrawal', office, z.strictObject({ reason }), { zh: '撤回已发布的通报，公开撤回原因', en: 'Take a published notice back; the reason is published' }, ['own-notice'])

export const noticeOperations = [draftNotice, listNotices, getNotice, appealAgainstNotice, decideOnAppeal, publishNotice, dropNotice, withdrawNotice] as const
