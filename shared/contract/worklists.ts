import * as z from 'zod/mini'
import { requestKinds } from '../issue/issue.ts'
import { componentNames } from '../assessment/component.ts'
import { noticeKinds, noticeStatuses } from '../notice/transition.ts'
import { contactFaults } from '../roster/contact.ts'
import { flagKinds } from '../visit/flag.ts'
import { code, enterpriseId, instant, listOf, month, officerCode, paging } from './field.ts'
import { functions } from './functions.ts'
import { campaignOffice, operation, type Access } from './operation.ts'

/** What waits for the campaign office, the most pressing first. */
export const supervisorSections = ['level-3', 'level-2', 'level-1', 'call-backs', 'notices', 'assessments', 'projects', 'flags', 'unreachable', 'provisional', 'schedules'] as const
export type SupervisorSection = (typeof supervisorSections)[number]

/** What waits for a department. */
export const directorSections = ['misses', 'overdue', 'requests', 'exemptions', 'projects'] as const
export type DirectorSection = (typeof directorSections)[number]

/** So many entries each section of a worklist shows, those that have waited longest; and so far it counts. */
export const shownAtMost = 5
export const countedAtMost = 100

const count = z.int().check(z.minimum(0))
const since = instant
/** How it stands: the highest level reached, and whether one has been raised that nobody has signed for. */
const standing = { departmentId: code, level: z.int(), awaitsAcknowledgement: z.boolean() }
const schedules = (Object.keys(functions) as (keyof typeof functions)[]).filter(name => functions[name].kind === 'schedule')

const entrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('issue'), issueId: z.string(), title: z.string(), ...standing, request: z.optional(z.enum(requestKinds)), since }),
  z.strictObject({ kind: z.literal('piece'), issueId: z.string(), piece: z.int(), title: z.string(), ...standing, since }),
  z.strictObject({ kind: z.literal('case'), caseId: z.string(), title: z.string(), ...standing, since }),
  z.strictObject({ kind: z.literal('case-step'), caseId: z.string(), stepId: z.string(), title: z.string(), stepTitle: z.string(), ...standing, since }),
  /** To be decided on where it is appealed against, otherwise to be published; of an officer where `officerId` is there. */
  z.strictObject({ kind: z.literal('notice'), noticeId: z.string(), notice: z.enum(noticeKinds), title: z.string(), status: z.enum(noticeStatuses), officerId: z.optional(officerCode), departmentId: code, since }),
  /** An appeal on an assessment, to be decided; on an officer's sheet where `officerId` is there. */
  z.strictObject({ kind: z.literal('sheet'), period: z.string(), officerId: z.optional(officerCode), departmentId: code, component: z.enum(componentNames), since }),
  z.strictObject({ kind: z.literal('flag'), flagId: z.string(), flag: z.enum(flagKinds), officerId: officerCode, enterpriseId, since }),
  z.strictObject({ kind: z.literal('enterprise'), enterpriseId, reason: z.enum(contactFaults), since }),
  z.strictObject({ kind: z.literal('officer'), officerId: officerCode, departmentId: code, reason: z.enum(contactFaults), since }),
  /** A year whose notice has not been entered, and how many issues and cases have a deadline that rests on it. */
  z.strictObject({ kind: z.literal('year'), year: z.int(), count, more: z.boolean() }),
  /** Since when its next run is missing; left out of one that never ran. */
  z.strictObject({ kind: z.literal('schedule'), schedule: z.enum(schedules), lastRun: z.optional(instant), since: z.optional(instant) }),
  /** With how many enterprises the officer was short. */
  z.strictObject({ kind: z.literal('quota'), officerId: officerCode, departmentId: code, month, enterprises: count, since }),
  z.strictObject({ kind: z.literal('exemption'), exemptionId: z.string(), officerId: officerCode, departmentId: code, month, since }),
  /** What was planned of its half-year and what was invested, to the end of the last month that counts; whether it has nobody who would report on it. */
  z.strictObject({ kind: z.literal('project'), enterpriseId, month, planned: z.int(), invested: z.int(), lateMilestones: count, obstacles: count, unpaired: z.boolean(), since }),
])
export type WorklistEntry = z.infer<typeof entrySchema>

/** A section of a worklist: those that have waited longest, and how many there are; `more` than are counted. */
const sectionOf = <const S extends readonly [string, ...string[]]>(names: S) => z.strictObject({ section: z.enum(names), count, more: z.boolean(), items: z.array(entrySchema) })

const directors: Access = { director: 'department', supervisor: 'any', admin: 'any' }
const ofDepartment = { departmentId: z.optional(code) }

export const getSupervisorWorklist = operation({
  id: 'getSupervisorWorklist', method: 'GET', path: '/v1/worklists/supervisor', owner: 'reports', access: campaignOffice,
  summary: { zh: '督办待办：等待助企办处理的事项', en: 'Everything that waits for the campaign office' },
  note: {
    zh: '每类列出等待最久的 5 项和总数（count 至多计 100，超出时 more 为 true）。level-3、level-2、level-1：处于通报、督办、催办级别且尚未办结的问题、协办事项和环节，awaitsAcknowledgement 为尚未签收；call-backs：到期应回访的企业；notices：待复核的申诉、可以发布的通报和表扬（批评通报须申诉期已过或申诉未获支持）；assessments：待复核的考核申诉；projects：投资或节点滞后的项目，unpaired 为无干部结对、应先安排结对；flags：待核查的走访；unreachable：邮件无法送达的干部和企业；provisional：期限有待放假通知的年份；schedules：未按时运行的定时任务（从未运行的没有 since）。',
    en: 'Of each section the five that have waited longest, and how many there are: count goes up to 100, beyond that more is true. level-3, level-2, level-1: issues, pieces and steps that stand at that level and are not finished; awaitsAcknowledgement: nobody has signed for it. call-backs: enterprises to be called back; notices: appeals to be decided, and what can be published (criticism once the time to appeal is over, or it was upheld); assessments: appeals on sheets, to be decided; projects: those that are behind their plan; unpaired: no officer is paired with it, and one has to be. flags: visits to be checked; unreachable: staff and enterprises that mail does not reach; provisional: years whose notice deadlines wait for; schedules: those that have not run when they should have (without since: that never ran).',
  },
  status: 200, response: z.strictObject({ sections: z.array(sectionOf(supervisorSections)) }),
})
export const listSupervisorTasks = operation({
  id: 'listSupervisorTasks', method: 'GET', path: '/v1/worklists/supervisor/{section}', owner: 'reports', access: campaignOffice,
  summary: { zh: '督办待办的一类，逐页列出', en: 'One section of what waits for the campaign office, page by page' },
  params: z.strictObject({ section: z.enum(supervisorSections) }), query: z.strictObject(paging), status: 200, response: listOf(entrySchema),
})
export const getDirectorWorklist = operation({
  id: 'getDirectorWorklist', method: 'GET', path: '/v1/worklists/director', owner: 'reports', access: directors,
  summary: { zh: '部门待办：等待本部门处理的事项', en: 'Everything that waits in a department' },
  note: {
    zh: '部门负责人查看本部门；助企办须以 departmentId 指明部门。misses：上月未完成走访的干部；overdue：本部门逾期未签收、答复或办结的问题、协办事项和环节（逾期次日上班时列入）；requests：待审批的延期、暂停、解释申请；exemptions：待审批的容错申请；projects：本部门干部结对、投资或节点滞后的项目。',
    en: 'Directors see their own department; the campaign office names one in departmentId. misses: officers who were short last month; overdue: issues, pieces and steps of the department that are past a deadline (from the opening of the working day after); requests: extensions, pauses and explanations to be decided on; exemptions: those to be decided on; projects: those of its officers that are behind their plan.',
  },
  query: z.strictObject(ofDepartment), status: 200, response: z.strictObject({ departmentId: code, sections: z.array(sectionOf(directorSections)) }),
  problems: ['department-not-found', 'filter-required'],
})
export const listDirectorTasks = operation({
  id: 'listDirectorTasks', method: 'GET', path: '/v1/worklists/director/{section}', owner: 'reports', access: directors,
  summary: { zh: '部门待办的一类，逐页列出', en: 'One section of what waits in a department, page by page' },
  params: z.strictObject({ section: z.enum(directorSections) }), query: z.strictObject({ ...ofDepartment, ...paging }), status: 200, response: listOf(entrySchema),
  problems: ['department-not-found', 'filter-required'],
})

export const worklistOperations = [getSupervisorWorklist, listSupervisorTasks, getDirectorWorklist, listDirectorTasks] as const
