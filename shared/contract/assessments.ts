import * as z from 'zod/mini'
import { assessmentAppealFields, assessmentTasks, recountWith, sheetAppealOutcomes, sheetAppealWith } from '../assessment/assessment.ts'
import { componentNames, sides } from '../assessment/component.ts'
import { assessmentPeriod } from '../assessment/period.ts'
import { rankingsReason } from '../assessment/ranking.ts'
import { assessmentRulesSchema } from '../assessment/rules.ts'
import { assessmentStatuses } from '../assessment/transition.ts'
import { workbookType } from '../report/workbook.ts'
import { code, instant, listOf, officerCode, opaque, paging } from './field.ts'
import { everybody, operation, type Access, type Operation } from './operation.ts'
import type { ProblemCode } from './problem.ts'

const supervisors: Access = { supervisor: 'any' }
/** An officer's sheet: their own, for a director those of the department. */
const readersOfOfficers: Access = { officer: 'own', handler: 'own', director: 'department', supervisor: 'any', admin: 'any' }
/** A department's sheet, and the list of its officers': its directors, for in a small department it would tell others of a colleague. */
const readersOfDepartments: Access = { director: 'department', supervisor: 'any', admin: 'any' }
/** The officer, whatever they are; for a department its directors. */
const appellants: Access = { officer: 'own', handler: 'own', director: 'own', supervisor: 'own', admin: 'own' }
const directors: Access = { director: 'department' }

const wording = z.strictObject({ zh: z.string(), en: z.string() })
const ofPeriod = z.strictObject({ period: assessmentPeriod })
const ofOfficer = z.strictObject({ period: assessmentPeriod, officerId: officerCode })
const ofDepartment = z.strictObject({ period: assessmentPeriod, departmentId: code })

const assessmentView = z.strictObject({
  period: z.string(),
  status: z.enum(assessmentStatuses),
  drawnAt: instant,
  drawnBy: z.string(),
  policyVersion: z.int(),
  rules: z.strictObject({ officer: assessmentRulesSchema, department: assessmentRulesSchema }),
  officers: z.int(),
  departments: z.int(),
  appeals: z.int(),
  appealsOpen: z.int(),
  openedAt: z.optional(instant),
  openedBy: z.optional(z.string()),
  /** Until when somebody can appeal. */
  appealBy: z.optional(instant),
  provisional: z.boolean(),
  finalizedAt: z.optional(instant),
  finalizedBy: z.optional(z.string()),
  /** SHA-256 over the hashes of all sheets: departments by code, in each its own and then its officers' by staff number. */
  hash: z.optional(z.string()),
  /** What a schedule is at work on, and the last department that is done. */
  work: z.optional(z.strictObject({ task: z.enum(assessmentTasks), after: z.optional(z.string()) })),
  recount: z.optional(recountWith(instant)),
  version: z.int(),
})
export type AssessmentView = z.infer<typeof assessmentView>

const sheetLine = {
  period: z.string(),
  /** Of an officer's sheet. */
  officerId: z.optional(z.string()),
  /** The department itself, or that of the officer on the last day of the period. */
  departmentId: z.string(),
  /** 0 to 100, to one decimal; none where there was nothing to assess. */
  total: z.optional(z.number()),
  appeals: z.int(),
  appealWaits: z.boolean(),
  version: z.int(),
}
const sheetLineView = z.strictObject(sheetLine)
export type SheetLineView = z.infer<typeof sheetLineView>

const componentView = z.strictObject({
  component: z.enum(componentNames),
  words: wording,
  /** Of a rate. */
  numerator: z.optional(z.int()),
  denominator: z.optional(z.int()),
  /** Of what takes or adds points: how many; of levels, how many of each. */
  counts: z.optional(z.array(z.int())),
  /** As the policy has it, and with what it takes over where others have nothing to divide by, in percent. */
  weight: z.optional(z.int()),
  share: z.optional(z.number()),
  points: z.optional(z.number()),
  formula: wording,
  /** Left out because exempted, excused or taken back: how many, and the first of them. */
  leftOut: z.strictObject({ count: z.int(), records: z.array(z.string()) }),
  /** Left out by a granted appeal. */
  adjusted: z.strictObject({ count: z.int(), records: z.array(z.string()) }),
  /** How many records count, and the first of them, by the names that a decision on an appeal gives. */
  counted: z.strictObject({ count: z.int(), records: z.array(z.string()) }),
})

const sheetView = z.strictObject({
  ...sheetLine,
  status: z.enum(assessmentStatuses),
  components: z.array(componentView),
  remarks: z.array(wording),
  appealed: z.array(sheetAppealWith(instant)),
  /** For the campaign office. */
  hash: z.optional(z.string()),
})
export type SheetView = z.infer<typeof sheetView>

export const listAssessmentComponents = operation({
  id: 'listAssessmentComponents', method: 'GET', path: '/v1/assessment-components', owner: 'assessments', access: everybody,
  summary: { zh: '考核指标口径：各项指标统计什么、不计什么、如何计分', en: 'What each component of an assessment counts and leaves out, and how it becomes points' },
  status: 200,
  response: z.strictObject({
    components: z.array(
      z.strictObject({ component: z.enum(componentNames), words: wording, counts: z.strictObject(Object.fromEntries(sides.map(side => [side, wording])) as Record<(typeof sides)[number], typeof wording>), numerator: z.optional(wording), denominator: z.optional(wording), leavesOut: wording, unit: wording, points: wording }),
    ),
    notes: z.array(wording),
  }),
})

export const drawUpAssessment = operation({
  id: 'drawUpAssessment', method: 'POST', path: '/v1/assessments', owner: 'assessments', access: supervisors,
  summary: { zh: '核算某一考核期（年中、年度），或重新核算尚未开放的初核', en: 'Draw up the draft of a period, or draw it up anew before it is opened' },
  note: {
    zh: '考核期形如 2026-H1、2026-H2、2026。补录走访的期限过后的第一个工作日起可以核算；首月早于两年前的，不再核算。系统随后按部门逐一核算，进度见 GET /v1/assessments/{period}。',
    en: 'A period is written 2026-H1, 2026-H2 or 2026. It can be drawn up from the first working day on which none of its visits can be entered any more, and as long as its first month lies no more than two years back. A schedule then draws up the sheets department by department; GET /v1/assessments/{period} says how far it has come.',
  },
  body: z.strictObject({ period: assessmentPeriod }), status: 201, response: assessmentView, etag: true,
  problems: ['assessment-not-settled', 'month-too-far-back', 'assessment-command-not-legal'],
})

export const listAssessments = operation({
  id: 'listAssessments', method: 'GET', path: '/v1/assessments', owner: 'assessments', access: everybody,
  summary: { zh: '考核期列表', en: 'The assessments there are' },
  note: { zh: '初核仅助企办督查可见。', en: 'Drafts are seen by supervisors alone.' },
  query: z.strictObject({ ...paging }), status: 200, response: listOf(assessmentView),
})

export const getAssessment = operation({
  id: 'getAssessment', method: 'GET', path: '/v1/assessments/{period}', owner: 'assessments', access: everybody,
  summary: { zh: '查看某一考核期的进度、权重和封存值', en: 'Read how an assessment stands, its weights and its hash' },
  note: { zh: '复算结果仅助企办可见。', en: 'What a recount has found is shown to the campaign office alone.' },
  params: ofPeriod, status: 200, response: assessmentView, etag: true, problems: ['assessment-not-found'],
})

const command = <const Id extends string>(id: Id, verb: string, summary: Operation['summary'], problems: readonly ProblemCode[] = [], note?: Operation['note']) =>
  operation({
    id, method: 'POST', path: `/v1/assessments/{period}/${verb}`, owner: 'assessments', access: supervisors, summary, ...(note === undefined ? {} : { note }),
    params: ofPeriod, body: z.strictObject({}), status: 200, response: assessmentView, ifMatch: 'required', etag: true,
    problems: ['assessment-not-found', 'assessment-command-not-legal', 'assessment-at-work', ...problems],
  })

export const openAssessment = command('openAssessment', 'opening', { zh: '开放申诉：向每名干部和各部门负责人发送其考核表', en: 'Open a draft for appeals: each officer and each director is mailed their own sheet' })
export const finalizeAssessment = command('finalizeAssessment', 'finalization', { zh: '定稿并封存', en: 'Make an assessment final; its sheets are sealed' }, ['assessment-appeals-open', 'assessment-appeals-undecided'])
export const recountAssessment = command('recountAssessment', 'recount', { zh: '按封存的数据复算，并与现有记录比对', en: 'Reckon every sheet anew from what was frozen, and compare with the records as they are' }, [], {
  zh: 'differences 为现有记录与封存时不一致之处，omissions 为现在有记录而未出考核表的干部和部门，均不属差错。考核期首月早于两年前的，只按封存的数据复算，不再与现有记录比对（compared 为 false）。',
  en: 'differences: where the records say something else today; omissions: officers and departments that have records today and no sheet; neither is a fault. Of a period whose first month lies more than two years back, only what was frozen is reckoned anew; the records are not looked at any more (compared is false).',
})

export const listOfficerSheets = operation({
  id: 'listOfficerSheets', method: 'GET', path: '/v1/assessments/{period}/officers', owner: 'assessments', access: readersOfDepartments,
  summary: { zh: '干部考核表列表（按工号排列，不作排名）', en: 'The sheets of officers, by staff number; nobody is ranked' },
  params: ofPeriod, query: z.strictObject({ departmentId: z.optional(code), ...paging }), status: 200, response: listOf(sheetLineView), problems: ['assessment-not-found', 'department-not-found'],
})

export const getOfficerSheet = operation({
  id: 'getOfficerSheet', method: 'GET', path: '/v1/assessments/{period}/officers/{officerId}', owner: 'assessments', access: readersOfOfficers,
  summary: { zh: '查看一名干部的考核表', en: "Read an officer's sheet" },
  params: ofOfficer, status: 200, response: sheetView, etag: true, problems: ['assessment-not-found', 'sheet-not-found'],
})

export const getDepartmentSheet = operation({
  id: 'getDepartmentSheet', method: 'GET', path: '/v1/assessments/{period}/departments/{departmentId}', owner: 'assessments', access: readersOfDepartments,
  summary: { zh: '查看一个部门的考核表', en: "Read a department's sheet" },
  note: { zh: '由部门负责人和助企办查看。', en: 'For its directors and the campaign office.' },
  params: ofDepartment, status: 200, response: sheetView, etag: true, problems: ['assessment-not-found', 'sheet-not-found'],
})

const workbookOf = <const Id extends string, P extends z.ZodMiniObject>(id: Id, path: `/v1/assessments/{period}/${string}`, access: Access, params: P, summary: Operation['summary']) =>
  operation({
    id, method: 'GET', path, owner: 'assessments', access, summary,
    note: { zh: '含各项指标、依据、申诉和说明；内容与接口所示相同。', en: 'Its components, the records behind them, its appeals and what holds for all: what the sheet says to the caller.' },
    params, status: 200, response: { mediaType: workbookType }, problems: ['assessment-not-found', 'sheet-not-found'],
  })

export const exportOfficerSheet = workbookOf('exportOfficerSheet', '/v1/assessments/{period}/officers/{officerId}/workbook', readersOfOfficers, ofOfficer, { zh: '导出一名干部的考核表（XLSX）', en: "An officer's sheet as a workbook (XLSX)" })
export const exportDepartmentSheet = workbookOf('exportDepartmentSheet', '/v1/assessments/{period}/departments/{departmentId}/workbook', readersOfDepartments, ofDepartment, { zh: '导出一个部门的考核表（XLSX）', en: "A department's sheet as a workbook (XLSX)" })

const { component, reason, remark } = assessmentAppealFields
const onSheet = <const Id extends string, P extends z.ZodMiniObject, B extends z.ZodMiniType>(id: Id, path: `/v1/assessments/{period}/${string}`, access: Access, params: P, body: B, summary: Operation['summary'], problems: readonly ProblemCode[]) =>
  operation({
    id, method: 'POST', path, owner: 'assessments', access, summary, params, body, status: 200, response: sheetLineView, ifMatch: 'required', etag: true,
    problems: ['assessment-not-found', 'sheet-not-found', 'assessment-command-not-legal', 'assessment-at-work', ...problems],
  })

const appealBody = z.strictObject({ component, reason })
/** `recordId`: granted, the record that counts no more for the component, as the sheet names it. */
const decisionBody = z.strictObject({ decision: z.enum(sheetAppealOutcomes), remark, recordId: z.optional(opaque(200)) })
const againstAppeal = ['appeal-closed', 'appeal-waits', 'appealed-before', 'appeals-exhausted'] as const
const againstDecision = ['own-assessment', 'no-appeal-waits', 'appeal-record-mismatch'] as const

export const appealOnOfficerSheet = onSheet('appealOnOfficerSheet', '/v1/assessments/{period}/officers/{officerId}/appeal', appellants, ofOfficer, appealBody, { zh: '对本人考核表的一项指标提出申诉', en: 'Appeal against a component of your own sheet' }, againstAppeal)
export const appealOnDepartmentSheet = onSheet('appealOnDepartmentSheet', '/v1/assessments/{period}/departments/{departmentId}/appeal', directors, ofDepartment, appealBody, { zh: '部门负责人对本部门考核表的一项指标提出申诉', en: "A director appeals against a component of the department's sheet" }, againstAppeal)
export const decideOnOfficerSheet = onSheet('decideOnOfficerSheet', '/v1/assessments/{period}/officers/{officerId}/decision', supervisors, ofOfficer, decisionBody, { zh: '复核干部的考核申诉：支持（写明不予计入的记录）或不予支持', en: "Decide on an officer's appeal; granting it names the record that is left out" }, againstDecision)
export const decideOnDepartmentSheet = onSheet('decideOnDepartmentSheet', '/v1/assessments/{period}/departments/{departmentId}/decision', supervisors, ofDepartment, decisionBody, { zh: '复核部门的考核申诉', en: "Decide on a department's appeal" }, againstDecision)

const setting = { on: z.boolean(), reason: z.string(), by: z.string(), at: instant }
const rankingsView = z.strictObject({
  on: z.boolean(),
  /** Nothing as long as nobody has ever set it. */
  since: z.optional(instant),
  by: z.optional(z.string()),
  reason: z.optional(z.string()),
  /** Every setting, the latest first, as far as one answer goes. */
  history: z.array(z.strictObject(setting)),
  version: z.int(),
})

export const getRankings = operation({
  id: 'getRankings', method: 'GET', path: '/v1/supervision/rankings', owner: 'assessments', access: everybody,
  summary: { zh: '个人排名是否开启，及历次变更', en: 'Whether individual rankings are on, and how that was set before' },
  status: 200, response: rankingsView, etag: true,
})
export const putRankings = operation({
  id: 'putRankings', method: 'PUT', path: '/v1/supervision/rankings', owner: 'assessments', access: supervisors,
  summary: { zh: '开启或关闭个人排名（须说明理由，留痕）', en: 'Turn individual rankings on or off; it needs a reason, and stays on record' },
  body: z.strictObject({ on: z.boolean(), reason: rankingsReason }), status: 200, response: rankingsView, ifMatch: 'optional', etag: true,
})
export const getRanking = operation({
  id: 'getRanking', method: 'GET', path: '/v1/assessments/{period}/ranking', owner: 'assessments', access: { director: 'department', supervisor: 'any' },
  summary: { zh: '一个部门干部的排名（须先开启个人排名，且考核已定稿）', en: 'The officers of one department by their totals; only of a final assessment, and while rankings are on' },
  params: ofPeriod, query: z.strictObject({ departmentId: code }), status: 200,
  response: z.strictObject({
    period: z.string(), departmentId: z.string(),
    /** Who has the same total shares the place. */
    places: z.array(z.strictObject({ place: z.int(), officerId: z.string(), total: z.number() })),
    /** Officers without a total. */
    unplaced: z.int(),
  }),
  problems: ['assessment-not-found', 'department-not-found', 'rankings-off', 'assessment-not-final'],
})

export const assessmentOperations = [
  listAssessmentComponents, drawUpAssessment, listAssessments, getAssessment, openAssessment, finalizeAssessment, recountAssessment,
  listOfficerSheets, getOfficerSheet, getDepartmentSheet, exportOfficerSheet, exportDepartmentSheet, appealOnOfficerSheet, appealOnDepartmentSheet, decideOnOfficerSheet, decideOnDepartmentSheet,
  getRankings, putRankings, getRanking,
] as const
