import * as z from 'zod/mini'
import { caseEventViewSchema, caseViewSchema, newCaseSchema } from '../case/case.ts'
import { saidSchema } from '../case/receipt.ts'
import { enteredTemplateSchema, templateSchema } from '../case/template.ts'
import { caseStatuses } from '../case/transition.ts'
import { code, enterpriseId, line, listOf, officerCode, opaque, paging, prose, writtenInstant } from './field.ts'
import { campaignOffice, everybody, operation, type Access, type Operation } from './operation.ts'
import type { ProblemCode } from './problem.ts'

/** Own: the officer who follows it or goes along with a step. Department: one that has a step in it. */
const readers: Access = { officer: 'own', handler: 'department', director: 'department', supervisor: 'any', admin: 'any' }
/** A step belongs to its department. */
const workers: Access = { handler: 'department', director: 'department' }
const followers: Access = { officer: 'own', supervisor: 'any' }

const template = z.strictObject({ templateId: code })

export const putTemplate = operation({
  id: 'putTemplate', method: 'PUT', path: '/v1/policy/case-templates/{templateId}', owner: 'cases', access: campaignOffice,
  summary: { zh: '录入或更新绿色通道办理流程', en: 'Enter or update a template of the green channel' },
  note: {
    zh: '以所填内容整体替换；已开办的事项仍按开办时的流程办理。最后一个环节“送达企业”（handover）由系统自动添加。',
    en: 'Replaces the whole; cases that are open keep the template they were opened with. The last step, handing the result over (handover), is added by itself.',
  },
  params: template, body: enteredTemplateSchema, status: 200, response: templateSchema, ifMatch: 'optional', etag: true, problems: ['department-not-found'],
})
export const getTemplate = operation({
  id: 'getTemplate', method: 'GET', path: '/v1/policy/case-templates/{templateId}', owner: 'cases', access: everybody,
  summary: { zh: '查看绿色通道办理流程', en: 'Read a template of the green channel' },
  params: template, status: 200, response: templateSchema, etag: true, problems: ['template-not-found'],
})
export const listTemplates = operation({
  id: 'listTemplates', method: 'GET', path: '/v1/policy/case-templates', owner: 'cases', access: everybody,
  summary: { zh: '绿色通道办理流程目录', en: 'List the templates of the green channel' },
  query: z.strictObject(paging), status: 200, response: listOf(templateSchema),
})

const ofCase = z.strictObject({ caseId: opaque(32) })

export const openCase = operation({
  id: 'openCase', method: 'POST', path: '/v1/cases', owner: 'cases', access: followers,
  summary: { zh: '开办绿色通道事项，自动编号并交办首批环节', en: 'Open a case in the green channel; it is numbered, and its first steps go to their departments' },
  note: {
    zh: '干部为结对企业开办，由本人跟办；助企办可以为任何企业开办，须在 officerId 中指明跟办的助企干部。steps 可以为个别环节另定服务方式和跟办干部。',
    en: 'An officer opens it for an enterprise they are paired with, and follows it. The campaign office can open one for any enterprise, and names in officerId the officer who follows it. steps can give single steps another mode or another officer.',
  },
  body: newCaseSchema, status: 201, response: caseViewSchema, etag: true,
  problems: ['template-not-found', 'enterprise-not-found', 'officer-not-found', 'officer-left', 'not-an-officer', 'not-paired', 'step-not-found'],
})
export const listCases = operation({
  id: 'listCases', method: 'GET', path: '/v1/cases', owner: 'cases', access: readers,
  summary: { zh: '绿色通道事项查询', en: 'List the cases in the green channel' },
  query: z.strictObject({
    status: z.optional(z.enum(caseStatuses)),
    enterpriseId: z.optional(enterpriseId),
    officerId: z.optional(officerCode),
    departmentId: z.optional(code),
    overdue: z.optional(z.enum(['true', 'false'])),
    ...paging,
  }),
  status: 200, response: listOf(caseViewSchema), problems: ['department-not-found', 'officer-not-found', 'enterprise-not-found'],
})
export const getCase = operation({
  id: 'getCase', method: 'GET', path: '/v1/cases/{caseId}', owner: 'cases', access: readers,
  summary: { zh: '查看绿色通道事项：各环节的法定、承诺和实际时限', en: 'Read a case: of each step what the law allows, what is promised and what it has taken' },
  params: ofCase, status: 200, response: caseViewSchema, etag: true, problems: ['case-not-found'],
})
export const getCaseTimeline = operation({
  id: 'getCaseTimeline', method: 'GET', path: '/v1/cases/{caseId}/timeline', owner: 'cases', access: readers,
  summary: { zh: '绿色通道事项办理过程', en: "A case's timeline, oldest first" },
  params: ofCase, query: z.strictObject(paging), status: 200, response: listOf(caseEventViewSchema), problems: ['case-not-found'],
})

const command = <const Id extends string, B extends z.ZodMiniType>(
  id: Id, verb: string, access: Access, body: B, summary: Operation['summary'], problems: readonly ProblemCode[] = [],
) =>
  operation({
    id, method: 'POST', path: `/v1/cases/{caseId}/${verb}`, owner: 'cases', access, summary,
    params: ofCase, body, status: 200, response: caseViewSchema, ifMatch: 'required', etag: true,
    problems: ['case-not-found', 'case-command-not-legal', ...problems],
  })

const stepCommand = <const Id extends string, B extends z.ZodMiniType>(id: Id, verb: string, body: B, summary: Operation['summary'], problems: readonly ProblemCode[] = []) =>
  operation({
    id, method: 'POST', path: `/v1/cases/{caseId}/steps/{stepId}/${verb}`, owner: 'cases', access: workers, summary,
    params: z.extend(ofCase, { stepId: code }), body, status: 200, response: caseViewSchema, ifMatch: 'required', etag: true,
    problems: ['case-not-found', 'step-not-found', 'step-command-not-legal', ...problems],
  })

const nothing = z.strictObject({})
const reason = z.strictObject({ reason: prose(500) })

export const startStep = stepCommand('startStep', 'start', nothing, { zh: '启动环节（时限自可办理之时起算）', en: 'Start a step; its clock has been running since it was ready' })
export const waitInStep = stepCommand(
  'waitInStep', 'wait', z.strictObject({ reason: prose(500), needed: prose(1000) }),
  { zh: '等待企业补充材料或配合（停止计时）', en: 'Let the clock stand still while the enterprise has to bring something' }, ['step-overdue', 'too-many-waits'],
)
export const resumeStep = stepCommand('resumeStep', 'resume', nothing, { zh: '恢复计时', en: 'Let the clock go on' })
export const finishStep = stepCommand(
  'finishStep', 'finish', z.strictObject({ words: z.optional(prose(1000)) }), { zh: '办妥环节（送达环节须说明送达方式）', en: 'Finish a step; of the handing over, say how it was handed over' },
)
export const refuseStep = stepCommand('refuseStep', 'refuse', reason, { zh: '不予办理（须说明理由，事项随之终止）', en: 'Refuse, with the reason, which ends the case' })
export const acknowledgeStep = stepCommand('acknowledgeStep', 'acknowledge', nothing, { zh: '签收环节的催办', en: 'Acknowledge an escalation of a step' }, ['nothing-to-acknowledge'])

export const withdrawCase = command('withdrawCase', 'withdrawal', followers, reason, { zh: '撤销绿色通道事项', en: 'Give a case up' })
export const reassignCase = command(
  'reassignCase', 'officer', { supervisor: 'any' }, z.strictObject({ from: z.optional(officerCode), officerId: officerCode, reason: prose(500) }),
  { zh: '更换跟办干部（from 不填的，为跟办此事项的干部；其未办妥的环节一并移交）', en: 'Change the officer: of whoever follows the case, or of from, the case and every step that is still to be finished' },
  ['officer-not-found', 'officer-left', 'not-an-officer', 'same-officer', 'not-going-along'],
)
export const callBackOnCase = command(
  'callBackOnCase', 'call-back', { supervisor: 'any' }, z.extend(saidSchema, { asked: line(50), askedAt: writtenInstant }),
  { zh: '登记电话回访（企业逾期未确认收到时）', en: 'Record what the enterprise said when it was called back after its silence' }, ['receipt-not-due', 'asked-before-handover'],
)

export const caseOperations = [
  putTemplate, getTemplate, listTemplates,
  openCase, listCases, getCase, getCaseTimeline,
  startStep, waitInStep, resumeStep, finishStep, refuseStep, acknowledgeStep, withdrawCase, reassignCase, callBackOnCase,
] as const
