import * as z from 'zod/mini'
import { statuses } from '../issue/transition.ts'
import { amount, milestoneSchema, milestonesAtMost, projectEventsWith, remark } from '../project/project.ts'
import { code, enterpriseId, fault, instant, listOf, localDate, milestoneCode, month, opaque, paging, prose, written, writtenNumber } from './field.ts'
import { operation, type Access, type Operation } from './operation.ts'
import type { ProblemCode } from './problem.ts'

/** As the enterprise is: officers see the projects they are paired with. */
const readers: Access = { officer: 'own', handler: 'any', director: 'any', supervisor: 'any', admin: 'any' }
const listers: Access = { handler: 'any', director: 'any', supervisor: 'any', admin: 'any' }
/** Department: that of an officer who is paired with it today. */
const planners: Access = { director: 'department', supervisor: 'any' }
/** Own: the officer is paired with it today. */
const reporters: Access = { officer: 'own', handler: 'department', director: 'department', supervisor: 'any' }

const params = z.strictObject({ enterpriseId })
const year = writtenNumber(2000, 2199)
const reason = z.optional(prose(500))

/** 投资完成率 is what was invested of what was planned; where nothing was planned, there is none. */
const progress = { planned: z.int(), invested: z.int() }
const period = z.strictObject({ from: month, to: month, planned: z.int(), toDate: z.strictObject(progress) })
const behind = z.strictObject({ since: localDate })

/** A project in a list: how it stands today, whatever year's plan it is listed for. */
const projectLine = {
  enterpriseId,
  name: z.string(),
  /** The last month that counts; progress is that of its half-year, to the end of that month. */
  month,
  progress: z.strictObject(progress),
  lateMilestones: z.int(),
  behind: z.optional(behind),
  version: z.int(),
}
const projectLineView = z.strictObject(projectLine)
export type ProjectLine = z.infer<typeof projectLineView>

const projectView = z.strictObject({
  ...projectLine,
  /** Whose plan is shown; the rest is as of today. */
  year: z.int(),
  /** Left out where the year has no plan. */
  plan: z.optional(z.strictObject({
    months: z.array(z.strictObject({
      month,
      planned: z.int(),
      invested: z.optional(z.int()),
      remark: z.optional(z.string()),
      /** 已报、待报、未报: nobody has reported it, and the time for that is over. */
      state: z.enum(['reported', 'open', 'unreported']),
    })),
    /** The first half, the second, the year: what is planned for all of it, and both sums to the end of the last month that counts. */
    periods: z.array(period),
  })),
  milestones: z.array(z.strictObject({ ...milestoneSchema.shape, year: z.int(), daysLate: z.optional(z.int()) })),
  /** As the ledger has them today. */
  obstacles: z.array(z.strictObject({ issueId: z.string(), status: z.enum(statuses), departmentId: z.string(), dueBy: instant, overdue: z.boolean(), linkedAt: instant, linkedBy: z.string() })),
})
export type ProjectView = z.infer<typeof projectView>

const eventView = projectEventsWith(instant)
export type ProjectEventView = z.infer<typeof eventView>

const change = <const Id extends string, const M extends 'PUT' | 'POST', const P extends z.ZodMiniObject, const B extends z.ZodMiniType>(
  id: Id, method: M, path: string, access: Access, known: P, body: B, words: Pick<Operation, 'summary' | 'note'>, problems: readonly ProblemCode[],
) =>
  operation({
    id, method, path: `/v1/projects/{enterpriseId}/${path}`, owner: 'projects', access, ...words, params: known, body,
    status: 200, response: projectView, ifMatch: 'required', etag: true, problems: ['enterprise-not-found', 'not-a-project', ...problems],
  })

export const putProjectPlan = change(
  'putProjectPlan', 'PUT', 'plan/{year}', planners, z.extend(params, { year }),
  z.strictObject({
    months: z.array(amount).check(z.minLength(12), z.maxLength(12)),
    milestones: z.array(z.omit(milestoneSchema, { reachedOn: true })).check(z.maxLength(milestonesAtMost), z.refine(each => new Set(each.map(({ milestoneId }) => milestoneId)).size === each.length, fault('duplicate-value'))),
    reason,
  }),
  {
    summary: { zh: '录入或调整项目年度投资计划', en: "Enter or change a year's plan of a project" },
    note: {
      zh: '以所填内容整体替换。可录入的年度为前两年至后五年。months 为一月至十二月的计划投资额，单位万元，只填整数；节点的计划日期须在该年度内。半年度开始后录入（含首次录入）或调整该半年度计划的，以及删去、改动已完成节点的，须在 reason 中说明理由，调整前后均留痕。已完成的节点，保留节点编号即保留完成日期。',
      en: 'Replaces the whole. Plans are entered from two years back to five ahead. months has the amounts from January to December, in whole units of 10,000 yuan; milestones are planned for days of that year. Once a half-year has begun, what is planned for it is entered, the first time too, or changed only with a reason, and a milestone that has been reached is left out or altered only with one; the history keeps what was there before. A milestone that keeps its id keeps the day it was reached.',
    },
  },
  ['plan-year-out-of-range', 'milestone-of-other-year', 'project-reason-required'],
)
export const putInvestment = change(
  'putInvestment', 'PUT', 'investment/{month}', reporters, z.extend(params, { month }), z.strictObject({ amount, remark: z.optional(remark), reason }),
  {
    summary: { zh: '报送或更正当月完成投资', en: 'Report what was invested in a month, or correct it' },
    note: { zh: '单位万元，只填整数，可为 0。当月内可先行报送。更正已报送数额的，须在 reason 中说明理由，更正前后均留痕。', en: 'In whole units of 10,000 yuan, and possibly none. The running month can be reported while it lasts. An amount that has been reported is corrected only with a reason; the history keeps what was there before.' },
  },
  ['project-not-planned', 'project-not-yet', 'project-reason-required'],
)
export const putMilestone = change(
  'putMilestone', 'PUT', 'milestones/{milestoneId}', reporters, z.extend(params, { milestoneId: milestoneCode }), z.strictObject({ reachedOn: z.optional(localDate), reason }),
  {
    summary: { zh: '登记节点完成日期，或撤销', en: 'Say when a milestone was reached, or that it was not' },
    note: { zh: '不填 reachedOn 即为未完成；不得晚于当日，最早为首个计划年度上一年的 1 月 1 日。更改或撤销已登记的日期，须在 reason 中说明理由。', en: 'Without reachedOn it has not been reached; it has to have come, and lies in the year before the first that is planned at the earliest. A day that was given before is changed or taken back only with a reason.' },
  },
  ['milestone-not-found', 'project-not-yet', 'milestone-too-early', 'project-reason-required'],
)
export const linkObstacle = change(
  'linkObstacle', 'POST', 'obstacles', reporters, params, z.strictObject({ issueId: written(/^\d{4}-\d{6}$/, '2026-000001') }),
  { summary: { zh: '关联制约项目的问题', en: 'Say which issue holds the project up' } },
  ['issue-not-of-project', 'obstacle-linked', 'too-many-obstacles'],
)
export const removeObstacle = change(
  'removeObstacle', 'POST', 'obstacles/{issueId}/removal', reporters, z.extend(params, { issueId: opaque(32) }), z.strictObject({}),
  { summary: { zh: '解除问题与项目的关联', en: 'Say that an issue holds the project up no more' } },
  ['obstacle-not-found'],
)

export const getProject = operation({
  id: 'getProject', method: 'GET', path: '/v1/projects/{enterpriseId}', owner: 'projects', access: readers,
  summary: { zh: '查看项目投资、节点和制约问题', en: 'Read a project: investment, milestones, what holds it up' },
  note: { zh: '投资额单位均为万元。不填 year 即为当年。尚未录入的项目，ETag 为 "0"。', en: 'Amounts are in units of 10,000 yuan. Without year it is the running one. The ETag of a project of which nothing has been entered is "0".' },
  params, query: z.strictObject({ year: z.optional(year) }), status: 200, response: projectView, etag: true, problems: ['enterprise-not-found', 'not-a-project'],
})
export const listProjectHistory = operation({
  id: 'listProjectHistory', method: 'GET', path: '/v1/projects/{enterpriseId}/history', owner: 'projects', access: readers,
  summary: { zh: '项目计划、投资和节点的变更记录', en: 'What has been entered and changed of a project' },
  note: { zh: '最近的在前。', en: 'The latest first.' },
  params, query: z.strictObject(paging), status: 200, response: listOf(eventView), problems: ['enterprise-not-found', 'not-a-project'],
})
export const listProjects = operation({
  id: 'listProjects', method: 'GET', path: '/v1/projects', owner: 'projects', access: listers,
  summary: { zh: '项目投资进度列表', en: 'List projects and how they stand' },
  note: {
    zh: '列出该年度（不填为当年）有计划的项目；进度和是否滞后均为今日情况，不随 year 变化。departmentId 为当前结对干部所在部门；behind=true 只列滞后的，false 只列未滞后的。',
    en: 'Those that have a plan of the year, without one of the running year; how they stand is as of today, whatever year is asked for. departmentId is the department of an officer paired today; behind=true lists those alone that are behind, false those that are not.',
  },
  query: z.strictObject({ year: z.optional(year), departmentId: z.optional(code), behind: z.optional(z.enum(['true', 'false'])), ...paging }),
  status: 200, response: listOf(projectLineView), problems: ['department-not-found'],
})

export const projectOperations = [putProjectPlan, putInvestment, putMilestone, linkObstacle, removeObstacle, getProject, listProjectHistory, listProjects] as const
