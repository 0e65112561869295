import * as z from 'zod/mini'
import { levels } from '../issue/issue.ts'
import { enteredPolicySchema, policySchema } from '../policy/policy.ts'
import { climbingClocks } from '../rehearsal/comparison.ts'
import { reminderStages } from '../visit/reminder.ts'
import { code, instant, localDate, month, writtenNumber } from './field.ts'
import { campaignOffice, everybody, operation } from './operation.ts'

/** Version 0 is what ships with the code. */
const versioned = { version: z.int(), changedAt: z.optional(instant), changedBy: z.optional(z.string()) }
const policyAnswer = z.strictObject({ ...versioned, policy: policySchema })
/** Days by date, each with the name of its festival. */
const days = z.record(localDate, z.string())
const calendarAnswer = z.strictObject({ ...versioned, year: z.int(), holidays: days, makeUpDays: days })
const year = z.strictObject({ year: writtenNumber(1900, 2200) })

export const getPolicy = operation({
  id: 'getPolicy', method: 'GET', path: '/v1/policy', owner: 'policy', access: everybody,
  summary: { zh: '查看现行规则', en: 'Read the policy in force' }, status: 200, response: policyAnswer, etag: true,
})
export const putPolicy = operation({
  id: 'putPolicy', method: 'PUT', path: '/v1/policy', owner: 'policy', access: campaignOffice,
  summary: { zh: '更新规则（台账中的问题仍按交办时的规则；走访任务和提醒即时生效）', en: 'Replace the policy; issues in the ledger keep theirs, quotas and reminders follow at once' },
  body: enteredPolicySchema, status: 200, response: policyAnswer, ifMatch: 'optional', etag: true, problems: ['department-not-found'],
})
export const getCalendar = operation({
  id: 'getCalendar', method: 'GET', path: '/v1/calendar/{year}', owner: 'policy', access: everybody,
  summary: { zh: '查看年度节假日安排', en: "Read a year's public holidays and make-up days" },
  params: year, status: 200, response: calendarAnswer, etag: true, problems: ['calendar-not-found'],
})
export const putCalendar = operation({
  id: 'putCalendar', method: 'PUT', path: '/v1/calendar/{year}', owner: 'policy', access: campaignOffice,
  summary: { zh: '录入或更正年度节假日安排，重算未办结问题的时限', en: "Enter or correct a year's public holidays; the deadlines of open issues are reckoned anew" },
  params: year,
  body: z.strictObject({ holidays: days, makeUpDays: days }),
  status: 200, response: calendarAnswer, commitsInParts: true, ifMatch: 'optional', etag: true, problems: ['year-not-enterable'],
})

/** What was, and what would have been. */
const both = <S extends z.ZodMiniType>(side: S) => ({ was: side, would: side })
const bothCounts = z.strictObject(both(z.int()))
const step = z.enum(['warning', ...levels.map(level => `level-${level}` as const)])
const raise = z.strictObject({ at: instant, clock: z.enum(climbingClocks), step })
const stepRaise = z.strictObject({ at: instant, stepId: z.string(), step })
const climbs = z.strictObject({ examined: z.int(), differing: z.int(), warnings: bothCounts, escalations: z.strictObject({ 1: bothCounts, 2: bothCounts, 3: bothCounts }) })
const officerSide = z.strictObject({
  short: z.boolean(),
  reminded: z.array(z.enum(reminderStages)),
  enterprises: z.array(z.strictObject({ enterpriseId: z.string(), required: z.int(), counted: z.int(), exempt: z.boolean() })),
})
const rehearsalAnswer = z.strictObject({
  month,
  departmentId: z.optional(code),
  policyVersion: z.int(),
  officers: z.strictObject({
    examined: z.int(), differing: z.int(), short: bothCounts,
    reminders: z.strictObject({ nudge: bothCounts, reminder: bothCounts, 'last-call': bothCounts, missed: bothCounts }),
  }),
  issues: climbs,
  /** Green-channel cases, step by step. */
  cases: climbs,
  /** The first hundred of each kind. */
  differences: z.array(z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('officer'), officerId: z.string(), ...both(officerSide) }),
    z.strictObject({ kind: z.literal('issue'), issueId: z.string(), enterpriseId: z.string(), departmentId: code, ...both(z.array(raise)) }),
    z.strictObject({ kind: z.literal('case'), caseId: z.string(), enterpriseId: z.string(), ...both(z.array(stepRaise)) }),
  ])),
})
export type Rehearsal = z.infer<typeof rehearsalAnswer>

export const rehearsePolicy = operation({
  id: 'rehearsePolicy', method: 'POST', path: '/v1/policy/rehearsals', owner: 'policy', access: campaignOffice,
  summary: { zh: '规则推演：按拟定规则重算以往某月，不改动任何数据', en: 'Rehearse a policy: what a past month would have been under it; nothing is changed' },
  note: {
    zh: '对比 was（实际）与 would（按拟定规则）：未完成走访任务的干部、各阶段提醒、问题（含协办）和绿色通道事项各环节的预警和各级催办督办，并列出有差异的记录（每类至多列一百条，differing 为总数）。干部的 was 按现行规则和登记时的认定计算；问题和事项的 was 取自办理记录，would 视同一开始即按拟定规则分办、发起，分办部门、层级、各环节承诺时限和各方的办理动作及时间照旧，届时已不能办理的动作（如逾期后申请延期）略过。获准容错的，视同自始获准。规模过大时，请指定部门。',
    en: 'Compares what was with what would have been: officers who are short, reminders by stage, warnings and levels of issues with their pieces, and of green-channel cases step by step, with the records that differ (the first hundred of each kind; differing says how many there are). For officers, `was` is what the policy in force makes of the month, each visit counting as it was settled when it was entered; for issues and cases, it is what their timelines say, and `would` has each dispatched or opened under the proposed policy, to the same department and tier, with the steps and limits of its template, and everybody doing what they did when they did it; what could not have been done then, such as asking for more time after it had run out, is left out. What is exempt counts as exempt from the start. Where it is too large, name a department.',
  },
  body: z.strictObject({ month, departmentId: z.optional(code), policy: enteredPolicySchema }),
  status: 200, response: rehearsalAnswer,
  problems: ['month-not-over', 'month-too-far-back', 'department-not-found', 'rehearsal-too-large', 'rehearsal-of-department-too-large', 'rehearsal-too-far-back'],
})

export const policyOperations = [getPolicy, putPolicy, getCalendar, putCalendar, rehearsePolicy] as const
