import * as z from 'zod/mini'
import { issueViewSchema } from '../issue/issue.ts'
import { exemptionReasons } from '../policy/policy.ts'
import { decisionSchema, exemptionSchema, exemptionStatuses } from '../visit/exemption.ts'
import { newVisitSchema, reasonsNotCounted, visitSchema } from '../visit/visit.ts'
import { code, enterpriseId, listOf, month, officerCode, opaque, paging, prose } from './field.ts'
import { operation, type Access } from './operation.ts'

/** Officers see what they did, directors their department's, the office all. */
export const visitReaders: Access = { officer: 'own', director: 'department', supervisor: 'any', admin: 'any' }

const quotaSchema = z.strictObject({
  officerId: officerCode,
  enterpriseId,
  month,
  required: z.int(),
  counted: z.int(),
  exempt: z.boolean(),
  exemptReason: z.optional(z.enum(exemptionReasons)),
})

/** An issue that a visit raised, as its entry is answered. */
const raisedViewSchema = z.pick(issueViewSchema, { issueId: true, number: true, leadDepartmentId: true, acceptBy: true, replyBy: true, resolveBy: true, provisional: true })
export type RaisedView = z.infer<typeof raisedViewSchema>

export const recordVisit = operation({
  id: 'recordVisit', method: 'POST', path: '/v1/visits', owner: 'visits', access: { officer: 'own', supervisor: 'any' },
  summary: { zh: '登记走访', en: 'Record a visit' },
  note: {
    zh: 'companions 为一同走访的其他干部（最多 4 人）：一次登记，各人各记一次走访，分别计入各自的结对；其中有人当日未与该企业结对的，均不予登记。系统以邮件告知被登记的干部。from、until 为起止时间，可以不填。measures 为走访时讲解的惠企政策的编号；各种方式的走访均可填写，政策须在走访当日有效。issues 为走访时带回的该企业的问题，一次最多 3 个，与走访一并登记、编号并交办；有一个不合格的，走访和问题均不予登记。时限自交办起算，与走访日期无关；交办当日，干部仍须与该企业结对。',
    en: 'companions are other officers who came along, four at most: it is entered once, and is a visit of each of them, counted for the pairing of each; where one of them was not paired with the enterprise on that day, nothing is recorded. They are told by mail. from and until are when it took place, and can be left out. measures are the codes of the support measures it explained. A visit of any mode can have some; each has to be valid on the day of the visit. issues are problems of the enterprise that it brings home, three at most: they are numbered and dispatched together with the visit, and where one of them is at fault, nothing is recorded. Their clocks start at dispatch, not on the day of the visit; and the officer has to be paired with the enterprise today, too.',
  },
  body: newVisitSchema, status: 201,
  response: z.strictObject({
    visitId: z.string(),
    counted: z.boolean(),
    reasonNotCounted: z.optional(z.enum(reasonsNotCounted)),
    quota: z.strictObject({ month, required: z.int(), counted: z.int() }),
    /** The visits of those who came along, in the order they were sent, if any were. */
    companions: z.optional(z.array(z.strictObject({ officerId: officerCode, visitId: z.string(), counted: z.boolean(), reasonNotCounted: z.optional(z.enum(reasonsNotCounted)) }))),
    /** In the order they were sent, if any were. */
    issues: z.optional(z.array(raisedViewSchema)),
  }),
  problems: ['officer-not-found', 'officer-left', 'not-paired', 'visit-in-future', 'visit-too-late', 'measure-not-found', 'measure-not-valid', 'subcategory-mismatch'],
})
export const listVisits = operation({
  id: 'listVisits', method: 'GET', path: '/v1/visits', owner: 'visits', access: visitReaders,
  summary: { zh: '走访记录（按干部或企业，按月）', en: 'Visits of an officer or to an enterprise in a month' },
  query: z.strictObject({ month, officerId: z.optional(officerCode), enterpriseId: z.optional(enterpriseId), ...paging }),
  status: 200, response: listOf(visitSchema), problems: ['officer-not-found', 'filter-required'],
})
export const getQuota = operation({
  id: 'getQuota', method: 'GET', path: '/v1/quota', owner: 'visits', access: visitReaders,
  summary: { zh: '一月两见完成情况（按干部或部门）', en: "A month's quota of an officer or a department" },
  query: z.strictObject({ month, officerId: z.optional(officerCode), departmentId: z.optional(code), ...paging }),
  status: 200, response: listOf(quotaSchema), problems: ['officer-not-found', 'department-not-found', 'filter-required'],
})

export const requestExemption = operation({
  id: 'requestExemption', method: 'POST', path: '/v1/exemptions', owner: 'visits', access: { officer: 'own', supervisor: 'any' },
  summary: { zh: '申请容错', en: 'Ask for an exemption' },
  body: z.strictObject({
    month,
    reason: z.enum(exemptionReasons),
    /** Left out: for all enterprises of the officer. */
    enterpriseId: z.optional(enterpriseId),
    remark: z.optional(prose(500)),
    /** Only for a supervisor who asks on an officer's behalf. */
    officerId: z.optional(officerCode),
  }),
  status: 201, response: exemptionSchema, problems: ['exemption-exists', 'officer-not-found', 'month-not-open', 'nothing-owed', 'not-paired-in-month'],
})
export const decideExemption = operation({
  id: 'decideExemption', method: 'POST', path: '/v1/exemptions/{exemptionId}/decision', owner: 'visits',
  access: { director: 'department', supervisor: 'any' },
  summary: { zh: '审批容错申请', en: 'Decide on an exemption' },
  params: z.strictObject({ exemptionId: opaque(64) }), body: decisionSchema, status: 200, response: exemptionSchema,
  problems: ['exemption-not-found', 'own-request', 'already-decided'],
})
export const getExemption = operation({
  id: 'getExemption', method: 'GET', path: '/v1/exemptions/{exemptionId}', owner: 'visits', access: visitReaders,
  summary: { zh: '查看容错申请', en: 'Read an exemption' },
  params: z.strictObject({ exemptionId: opaque(64) }), status: 200, response: exemptionSchema, problems: ['exemption-not-found'],
})
export const listExemptions = operation({
  id: 'listExemptions', method: 'GET', path: '/v1/exemptions', owner: 'visits', access: visitReaders,
  summary: { zh: '容错申请（按干部或部门）', en: 'Exemptions of an officer or a department' },
  query: z.strictObject({
    officerId: z.optional(officerCode), departmentId: z.optional(code),
    month: z.optional(month), status: z.optional(z.enum(exemptionStatuses)), ...paging,
  }),
  status: 200, response: listOf(exemptionSchema), problems: ['officer-not-found', 'department-not-found', 'filter-required'],
})

export const visitOperations = [
  recordVisit, listVisits, getQuota, requestExemption, decideExemption, getExemption, listExemptions,
] as const
