import { addDays, addMonths, firstDayOfMonth, monthOf, type LocalDate, type Month } from '../calendar/date.ts'
import { parseInstant, instantOf, type Instant, type TimeZone } from '../calendar/zone.ts'
import type { Calendar } from '../calendar/working-day.ts'
import { digestsAt } from '../contract/functions.ts'
import type { Policy } from '../policy/policy.ts'
import type { Pairing } from '../roster/roster.ts'
import { emptyQuota, isShort, quotasOf, type Quota, type QuotaRecord } from '../visit/quota.ts'
import { linesFor, remindersDueOn, type ReminderStage } from '../visit/reminder.ts'
import type { Visit } from '../visit/visit.ts'

/** An officer's month as it was: the pairings that touch it, what is exempt of it, and every visit, counted or not. */
export interface OfficerPast {
  readonly pairings: readonly Pairing[]
  readonly records: readonly QuotaRecord[]
  readonly visits: readonly Pick<Visit, 'enterpriseId' | 'officerId' | 'visitedOn' | 'visitId' | 'mode' | 'counted' | 'recordedAt'>[]
}

/** A policy for the month: what it demands, when it reminds, and which visits count under it. */
export interface MonthRules {
  readonly policy: Policy
  readonly stages: readonly DueStage[]
  readonly counts: (visit: OfficerPast['visits'][number]) => boolean
}

/** As it was: whether a visit counts was settled when it was entered. */
export const asSettled: MonthRules['counts'] = ({ counted }) => counted

/** As it would have been. */
export const byModeUnder = ({ quota: { countedModes } }: Policy): MonthRules['counts'] => ({ mode }) => countedModes.includes(mode)

/** When a month is reminded of, and of what. */
export interface DueStage {
  readonly stage: ReminderStage
  readonly at: Instant
}

/** What the month would have come to: each enterprise's quota, and the stages at which the officer gets a digest. */
export interface OfficerMonthRehearsed {
  readonly quotas: readonly Quota[]
  readonly isShort: boolean
  readonly reminded: readonly ReminderStage[]
}

/** The stages of a month under a policy, in their order, each when its day's digests are planned; the last is in the next month. */
export const stagesOf = (month: Month, policy: Policy, calendar: Calendar, timeZone: TimeZone): readonly DueStage[] => {
  const stages: DueStage[] = []
  const daysOf = function* (): Generator<LocalDate> {
    for (let date = firstDayOfMonth(month); monthOf(date) <= addMonths(month, 1); date = addDays(date, 1)) yield date
  }
  for (const date of daysOf())
    for (const due of remindersDueOn(date, calendar, policy)) if (due.month === month) stages.push({ stage: due.stage, at: instantOf(date, digestsAt, timeZone) })
  return stages
}

/** The officer's month under a policy. What is exempt counts as exempt from the start, whenever that was approved. */
export const rehearseOfficer = (past: OfficerPast, month: Month, { policy, stages, counts }: MonthRules): OfficerMonthRehearsed => {
  const quotasAt = (moment: Instant): readonly Quota[] => quotasOf(past.pairings, recordsAt(past, month, counts, moment), month, policy)
  const quotas = quotasAt(Infinity)
  return { quotas, isShort: quotas.some(isShort), reminded: stages.filter(({ stage, at }) => linesFor(stage, quotasAt(at)).length > 0).map(({ stage }) => stage) }
}

/** The month's records as they would stand at a moment, from the visits that were entered by then, one a day for each enterprise. */
const recordsAt = ({ records, visits }: OfficerPast, month: Month, counts: MonthRules['counts'], moment: Instant): readonly QuotaRecord[] => {
  const kept = new Map<string, QuotaRecord>(records.map(record => [record.enterpriseId, { ...record, countedVisits: {} }]))
  for (const visit of visits) {
    if (!counts(visit) || parseInstant(visit.recordedAt) >= moment) continue
    const { officerId, enterpriseId, visitedOn, visitId } = visit
    const record = kept.get(enterpriseId) ?? emptyQuota(officerId, enterpriseId, month)
    kept.set(enterpriseId, { ...record, countedVisits: { [visitedOn]: visitId, ...record.countedVisits } })
  }
  return [...kept.values()]
}
