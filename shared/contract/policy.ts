import * as z from 'zod/mini'
import { enteredPolicySchema, policySchema } from '../policy/policy.ts'
import { instant, localDate, writtenNumber } from './field.ts'
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

export const policyOperations = [getPolicy, putPolicy, getCalendar, putCalendar] as const
