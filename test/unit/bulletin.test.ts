import { describe, expect, test } from 'vitest'
import type { Issue } from '../../shared/issue/issue.ts'
import type { ExemptionReason } from '../../shared/policy/policy.ts'
import { emptyBulletin, withIssue, withOfficer } from '../../shared/report/bulletin.ts'
import { emptyQuota, type QuotaRecord } from '../../shared/visit/quota.ts'
import { anIssue } from '../mothers/issue.ts'
import { at } from '../mothers/moment.ts'

const monthEnd = at('2026-04-01 00:00')
const issueWith = (but: Partial<Issue>): Issue => ({ ...anIssue(), tier: 'B', ...but })
const counted = (issue: Issue) => withIssue(emptyBulletin('2026-03'), issue, monthEnd).issues

describe('an issue raised in March stands in the bulletin', () => {
  const [march, april] = [at('2026-03-20 10:00'), at('2026-04-01 00:00')]
  test.each<[string, Partial<Issue>, { resolved: number; overridden: number; withdrawn?: number }]>([
    ['as open', {}, { resolved: 0, overridden: 0 }],
    ['as resolved in the month', { resolvedAt: march }, { resolved: 1, overridden: 0 }],
    ['as open when it was resolved after', { resolvedAt: april }, { resolved: 0, overridden: 0 }],
    ['as open when the enterprise was not satisfied in the month', { reopened: [{ resolvedAt: march, at: march + 1 }] }, { resolved: 0, overridden: 0 }],
    ['as resolved when the enterprise was not satisfied after', { reopened: [{ resolvedAt: march, at: april }] }, { resolved: 1, overridden: 0 }],
    ['as overridden too when that was in the month', { resolvedAt: march, closing: { by: 'override', at: march } }, { resolved: 1, overridden: 1 }],
    ['as resolved alone when it was overridden after', { resolvedAt: march, closing: { by: 'override', at: april } }, { resolved: 1, overridden: 0 }],
    ['as withdrawn, not as resolved, when it was taken back after that', { resolvedAt: march, withdrawnAt: march + 1 }, { resolved: 0, overridden: 0, withdrawn: 1 }],
    ['as resolved when it was taken back after the month', { resolvedAt: march, withdrawnAt: april }, { resolved: 1, overridden: 0 }],
    ['as withdrawn when it was taken back while open', { withdrawnAt: march }, { resolved: 0, overridden: 0, withdrawn: 1 }],
    ['as resolved alone when the enterprise closed it', { resolvedAt: march, closing: { by: 'rating', at: march } }, { resolved: 1, overridden: 0 }],
  ])('%s', (_, but, expected) => {
    const issues = counted(issueWith(but))
    expect(issues).toMatchObject({ total: 1, withdrawn: 0, ...expected, byTier: { A: { raised: 0, resolved: 0 }, B: { raised: 1, resolved: expected.resolved } } })
  })
})

describe('an officer stands in the bulletin', () => {
  const records = (visits: number, exempt?: ExemptionReason): QuotaRecord[] => [
    { ...emptyQuota('1001', 'E1', '2026-03'), countedVisits: Object.fromEntries(Array.from({ length: visits }, (_, day) => [`2026-03-0${day + 1}`, `v${day}`])), ...(exempt === undefined ? {} : { exempt }) },
  ]
  test.each<[string, QuotaRecord[], boolean, object]>([
    ['with three visits', records(3), false, { visits: 3, threeOrMore: 1 }],
    ['with two', records(2), false, { visits: 2, two: 1 }],
    ['with one, though the rest was forgiven', records(1, 'health'), false, { visits: 1, one: 1 }],
    ['with none and a reason', records(0, 'training'), false, { none: 1, noneReasons: { training: 1, unexplained: 0 } }],
    ['with none and a reason for another enterprise than is owed', records(0, 'away'), true, { none: 1, noneReasons: { away: 0, unexplained: 1 } }],
    ['with none and nothing recorded', [], true, { none: 1, noneReasons: { unexplained: 1 } }],
  ])('%s', (_, given, owesAny, expected) => {
    const { officers } = withOfficer(emptyBulletin('2026-03'), given, owesAny)
    expect(officers).toMatchObject({ total: 1, ...expected })
    expect(officers.threeOrMore + officers.two + officers.one + officers.none).toBe(1)
  })
})
