import type { Month } from '../calendar/date.ts'
import type { Bulletin } from '../contract/reports.ts'
import type { Issue } from '../issue/issue.ts'
import { exemptionReasons } from '../policy/policy.ts'
import { countedOf, type QuotaRecord } from '../visit/quota.ts'

/** 简报: the month's figures, gathered one officer and one issue at a time. Its rows always add up to its totals. */
export const emptyBulletin = (month: Month): Bulletin => ({
  month,
  officers: {
    total: 0,
    visits: 0,
    threeOrMore: 0,
    two: 0,
    one: 0,
    none: 0,
    noneReasons: { away: 0, 'enterprise-unavailable': 0, health: 0, training: 0, unexplained: 0 },
  },
  issues: {
    total: 0,
    resolved: 0,
    overridden: 0,
    withdrawn: 0,
    byTier: { A: { raised: 0, resolved: 0 }, B: { raised: 0, resolved: 0 }, C: { raised: 0, resolved: 0 }, D: { raised: 0, resolved: 0 } },
  },
})

/**
 * Counts an officer who was paired in the month: by the number of counted visits to all of their enterprises, and where
 * there is none, by the approved reason, or as unexplained. A reason that leaves another enterprise owed explains nothing.
 */
export const withOfficer = (bulletin: Bulletin, records: readonly QuotaRecord[], owesAny: boolean): Bulletin => {
  const visits = records.reduce((total, record) => total + countedOf(record), 0)
  const { officers } = bulletin
  const counted = { ...officers, total: officers.total + 1, visits: officers.visits + visits }
  if (visits >= 3) return { ...bulletin, officers: { ...counted, threeOrMore: officers.threeOrMore + 1 } }
  if (visits === 2) return { ...bulletin, officers: { ...counted, two: officers.two + 1 } }
  if (visits === 1) return { ...bulletin, officers: { ...counted, one: officers.one + 1 } }
  const reason = (owesAny ? undefined : exemptionReasons.find(each => records.some(record => record.exempt === each))) ?? 'unexplained'
  const noneReasons = { ...officers.noneReasons, [reason]: officers.noneReasons[reason] + 1 }
  return { ...bulletin, officers: { ...counted, none: officers.none + 1, noneReasons } }
}

/**
 * Counts an issue raised in the month; as resolved if it stood so at the month's end (exclusive, epoch milliseconds),
 * whatever the enterprise said of it later. What it had taken back by then counts apart.
 */
export const withIssue = (bulletin: Bulletin, issue: Pick<Issue, 'tier' | 'resolvedAt' | 'reopened' | 'closing' | 'withdrawnAt'>, monthEnd: number): Bulletin => {
  const isWithdrawn = issue.withdrawnAt !== undefined && issue.withdrawnAt < monthEnd
  const stoodResolved = issue.reopened.some(({ resolvedAt, at }) => resolvedAt < monthEnd && at >= monthEnd)
  const resolved = !isWithdrawn && (stoodResolved || (issue.resolvedAt !== undefined && issue.resolvedAt < monthEnd)) ? 1 : 0
  const { issues } = bulletin
  const tier = issues.byTier[issue.tier]
  return {
    ...bulletin,
    issues: {
      total: issues.total + 1,
      resolved: issues.resolved + resolved,
      overridden: issues.overridden + (issue.closing?.by === 'override' && issue.closing.at < monthEnd ? 1 : 0),
      withdrawn: issues.withdrawn + (isWithdrawn ? 1 : 0),
      byTier: { ...issues.byTier, [issue.tier]: { raised: tier.raised + 1, resolved: tier.resolved + resolved } },
    },
  }
}
