import { dayOfMonth, monthOf, type Month } from '../calendar/date.ts'
import type { ExemptionReason, Policy } from '../policy/policy.ts'
import type { Pairing } from '../roster/roster.ts'

/** Stands for all of an officer's enterprises, those paired later in the month included. */
export const everyEnterprise = '*'

/** What is kept for one officer, one enterprise and one month: the counted visits by day, and an approved exemption. */
export interface QuotaRecord {
  readonly officerId: string
  /** Or `everyEnterprise`: an exemption of the whole month. */
  readonly enterpriseId: string
  readonly month: Month
  /** The counted visit of each day. Their number is the quota's counter, so a recount always agrees. */
  readonly countedVisits: Readonly<Record<string, string>>
  readonly exempt?: ExemptionReason | undefined
}

/** One line of `GET /v1/quota`: what an officer owes one enterprise in one month, and what is done. */
export interface Quota {
  readonly officerId: string
  readonly enterpriseId: string
  readonly month: Month
  readonly required: number
  readonly counted: number
  readonly exempt: boolean
  readonly exemptReason?: ExemptionReason
}

export const emptyQuota = (officerId: string, enterpriseId: string, month: Month): QuotaRecord => ({
  officerId,
  enterpriseId,
  month,
  countedVisits: {},
})

export const countedOf = (record: QuotaRecord): number => Object.keys(record.countedVisits).length

type Steps = Policy['quota']['startsBy']

/** By the earliest line that is good for the day, in whatever order the policy lists them. */
const owedBy = (steps: Steps, day: number): number | undefined =>
  steps.filter(step => day <= step.day).sort((one, other) => one.day - other.day)[0]?.owes

/** Counted visits that one pairing owes in a month (一月两见, pro rata in the months it starts and ends in). */
export const requiredOf = (pairing: Pick<Pairing, 'startsOn' | 'endsOn'>, month: Month, policy: Policy): number => {
  const full = policy.quota.visitsPerMonth
  const startMonth = monthOf(pairing.startsOn)
  const endMonth = pairing.endsOn === undefined ? undefined : monthOf(pairing.endsOn)
  if (month < startMonth || (endMonth !== undefined && month > endMonth)) return 0
  const fromStart = month === startMonth ? (owedBy(policy.quota.startsBy, dayOfMonth(pairing.startsOn)) ?? 0) : full
  const fromEnd = pairing.endsOn !== undefined && month === endMonth ? (owedBy(policy.quota.endsBy, dayOfMonth(pairing.endsOn)) ?? full) : full
  return Math.min(full, fromStart, fromEnd)
}

/** Whether the pairing holds on any day of the month. */
export const touchesMonth = (pairing: Pick<Pairing, 'startsOn' | 'endsOn'>, month: Month): boolean =>
  monthOf(pairing.startsOn) <= month && (pairing.endsOn === undefined || month <= monthOf(pairing.endsOn))

/**
 * The month's quota of one officer, a line for each enterprise, in the order of the pairings. An enterprise paired
 * twice in one month (ended and taken up again) owes what both owe together, but never more than a full month.
 */
export const quotasOf = (
  pairings: readonly Pairing[],
  records: readonly QuotaRecord[],
  month: Month,
  policy: Policy,
): readonly Quota[] => {
  const recordOf = new Map(records.map(record => [record.enterpriseId, record]))
  const required = new Map<string, number>()
  const officerOf = new Map<string, string>()
  for (const pairing of pairings) {
    if (!touchesMonth(pairing, month)) continue
    const owed = (required.get(pairing.enterpriseId) ?? 0) + requiredOf(pairing, month, policy)
    required.set(pairing.enterpriseId, Math.min(policy.quota.visitsPerMonth, owed))
    officerOf.set(pairing.enterpriseId, pairing.officerId)
  }
  return [...required].map(([enterpriseId, owed]) => {
    const officerId = officerOf.get(enterpriseId) ?? ''
    const record = recordOf.get(enterpriseId) ?? emptyQuota(officerId, enterpriseId, month)
    const exempt = record.exempt ?? recordOf.get(everyEnterprise)?.exempt
    return {
      officerId,
      enterpriseId,
      month,
      required: owed,
      counted: countedOf(record),
      exempt: exempt !== undefined,
      ...(exempt === undefined ? {} : { exemptReason: exempt }),
    }
  })
}

/** Still owes visits and is not exempt. */
export const isShort = (quota: Pick<Quota, 'required' | 'counted' | 'exempt'>): boolean => !quota.exempt && quota.counted < quota.required

/** Owes visits, is not exempt, and has none yet. */
export const isUntouched = (quota: Quota): boolean => isShort(quota) && quota.counted === 0
