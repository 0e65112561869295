import * as z from 'zod/mini'
import { clockTime, enterpriseId, fault, instant, localDate, measureCode, officerCode, prose } from '../contract/field.ts'
import { Problem } from '../contract/problem.ts'
import type { LocalDate } from '../calendar/date.ts'
import { monthOf } from '../calendar/date.ts'
import { addWorkingDays, type Calendar } from '../calendar/working-day.ts'
import { visitModes, type Policy, type VisitMode } from '../policy/policy.ts'
import { demandPairingOn } from '../roster/pairing.ts'
import type { Pairing } from '../roster/roster.ts'
import { raisedIssuesSchema } from '../issue/issue.ts'
import { companionsSchema } from './joint.ts'
import { explainedSchema } from './measure.ts'
import type { QuotaRecord } from './quota.ts'

/** Why a visit was recorded but does not count towards the quota. */
export const reasonsNotCounted = ['mode', 'same-day'] as const
export type ReasonNotCounted = (typeof reasonsNotCounted)[number]

/** 走访: one contact with one enterprise. */
export const visitSchema = z.strictObject({
  visitId: z.string(),
  officerId: officerCode,
  enterpriseId,
  visitedOn: localDate,
  /** When it took place, for whoever wants to say so: never asked for. */
  from: z.optional(clockTime),
  until: z.optional(clockTime),
  mode: z.enum(visitModes),
  summary: prose(2000),
  /** 联合走访: who else was along. Each of them has a visit of their own, under the id of the first one's. */
  with: z.optional(z.array(officerCode)),
  jointId: z.optional(z.string()),
  /** 送政策: the support measures it explained, if any. */
  measures: z.optional(z.array(measureCode)),
  counted: z.boolean(),
  reasonNotCounted: z.optional(z.enum(reasonsNotCounted)),
  recordedAt: instant,
  recordedBy: z.string(),
})
export type Visit = z.infer<typeof visitSchema>

/** What the enterprise-month record says of a visit that is being entered. */
export interface VisitRecorded {
  readonly counted: boolean
  readonly reasonNotCounted?: ReasonNotCounted
  readonly quota: QuotaRecord
}

/**
 * The pairing a visit is made under; `time` as `HH:MM`. Refuses one that lies in the future, is entered too late, or was not to an
 * enterprise the officer was paired with on that day.
 * @throws Problem `visit-in-future`, `visit-too-late`, `not-paired`
 */
export const demandEnterable = <P extends Pairing>(
  visit: Pick<Visit, 'officerId' | 'enterpriseId' | 'visitedOn' | 'until'>,
  given: { readonly today: LocalDate; readonly time: string; readonly calendar: Calendar; readonly policy: Policy; readonly pairings: readonly P[] },
): P => {
  if (visit.visitedOn > given.today) throw new Problem('visit-in-future', { today: given.today })
  if (visit.visitedOn === given.today && visit.until !== undefined && visit.until > given.time) throw new Problem('visit-in-future', { today: given.today }, { path: 'until' })
  const until = addWorkingDays(given.calendar, visit.visitedOn, given.policy.quota.entryWorkingDays).date
  if (given.today > until) throw new Problem('visit-too-late', { visitedOn: visit.visitedOn, until })
  return demandPairingOn(given.pairings, visit, visit.visitedOn)
}

const reasonAgainst = (mode: VisitMode, visitedOn: LocalDate, quota: QuotaRecord, policy: Policy): ReasonNotCounted | undefined => {
  if (!policy.quota.countedModes.includes(mode)) return 'mode'
  // At most one counted visit for each pairing and day.
  if (visitedOn in quota.countedVisits) return 'same-day'
  return undefined
}

/** Whether a visit counts, and the month's record after it. */
export const recordVisit = (
  visit: Pick<Visit, 'visitId' | 'visitedOn' | 'mode'>,
  quota: QuotaRecord,
  policy: Policy,
): VisitRecorded => {
  if (monthOf(visit.visitedOn) !== quota.month) throw new Error('the quota record is of another month')
  const reasonNotCounted = reasonAgainst(visit.mode, visit.visitedOn, quota, policy)
  if (reasonNotCounted !== undefined) return { counted: false, reasonNotCounted, quota }
  return { counted: true, quota: { ...quota, countedVisits: { ...quota.countedVisits, [visit.visitedOn]: visit.visitId } } }
}

/** A time has a beginning and an end, in this order. */
const isSpan = z.superRefine<{ from?: string | undefined; until?: string | undefined }>(({ from, until }, ctx) => {
  if ((from === undefined) !== (until === undefined)) ctx.addIssue({ code: 'custom', path: [from === undefined ? 'from' : 'until'], ...fault('required') })
  else if (from !== undefined && until !== undefined && from >= until) ctx.addIssue({ code: 'custom', path: ['until'], ...fault('not-later', { than: from }) })
})

export const newVisitSchema = z
  .strictObject({
    enterpriseId,
    visitedOn: localDate,
    from: z.optional(clockTime),
    until: z.optional(clockTime),
    mode: z.enum(visitModes),
    summary: prose(2000),
    companions: z.optional(companionsSchema),
    measures: z.optional(explainedSchema),
    issues: z.optional(raisedIssuesSchema),
    /** Only for a supervisor who enters a visit on an officer's behalf. */
    officerId: z.optional(officerCode),
  })
  .check(isSpan)

