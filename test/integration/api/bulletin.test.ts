import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptIssue, getIssue, resolveIssue, submitIssue } from '../../../shared/contract/issues.ts'
import { getBulletin, type Bulletin } from '../../../shared/contract/reports.ts'
import { createPairing } from '../../../shared/contract/roster.ts'
import { decideExemption, recordVisit, requestExemption } from '../../../shared/contract/visits.ts'
import { creditCodeOf } from '../../mothers/enterprise.ts'
import { foundDistrict, importRows, type District } from './district.ts'
import { startWorld } from './world.ts'

let district: District
/** Twelve officers with an enterprise each, besides the district's own three. */
const many = Array.from({ length: 12 }, (_, at) => at)
const officerId = (at: number) => `Z-${at}`
const enterpriseId = (at: number) => creditCodeOf(700 + at)

beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-25 10:00'))
  const rows = (heading: string[], row: (at: number) => string[]) => [heading, ...many.map(row)]
  await importRows(district.admin, 'officers', ...rows(['staffNo', 'name', 'email', 'departmentId', 'roles'], at => [officerId(at), `干部${at}`, `z${at}@district.example`, 'D-03', 'officer']))
  await importRows(district.admin, 'enterprises', ...rows(['enterpriseId', 'kind', 'name', 'contactName', 'contactEmail', 'contactPhone'], at => [enterpriseId(at), 'company', `企业${at}`, '', '', '']))
  await importRows(district.admin, 'pairings', ...rows(['staffNo', 'enterpriseId', 'startsOn'], at => [officerId(at), enterpriseId(at), '2026-01-01']))
})
afterAll(() => district.close())

const bulletinOf = async (month: string): Promise<Bulletin> => {
  const { body } = await district.supervisor.ask(getBulletin, { params: { month } })
  expectToAddUp(body)
  return body
}

/** The printed one of August 2016 does not; ours always does. */
const expectToAddUp = ({ officers, issues }: Bulletin): void => {
  expect(officers.threeOrMore + officers.two + officers.one + officers.none).toBe(officers.total)
  expect(Object.values(officers.noneReasons).reduce((sum, one) => sum + one, 0)).toBe(officers.none)
  const tiers = Object.values(issues.byTier)
  expect(tiers.reduce((sum, { raised }) => sum + raised, 0)).toBe(issues.total)
  expect(tiers.reduce((sum, { resolved }) => sum + resolved, 0)).toBe(issues.resolved)
}

const visit = (at: number, visitedOn: string, mode = 'onsite') =>
  district.supervisor.ask(recordVisit, { body: { officerId: officerId(at), enterpriseId: enterpriseId(at), visitedOn, mode, summary: '走访' } })

const submit = (at: number, tier: string) =>
  district.supervisor.ask(submitIssue, { body: { officerId: officerId(at), enterpriseId: enterpriseId(at), category: 'facilities', subcategory: 'roads', tier, title: '道路', description: '道路不通' } })

const resolve = async ({ body, etag }: Awaited<ReturnType<typeof submit>>): Promise<void> => {
  const params = { issueId: body.issueId }
  const accepted = await district['other-handler'].ask(acceptIssue, { params, ifMatch: etag })
  await district['other-handler'].ask(resolveIssue, { params, ifMatch: accepted.etag, body: { message: '办结' } })
}

describe('the bulletin', () => {
  it('of a month without anything counts every paired officer as unexplained', async () => {
    const { officers, issues } = await bulletinOf('2026-02')
    expect(officers).toMatchObject({ total: 15, visits: 0, none: 15, noneReasons: { unexplained: 15 } })
    expect(issues).toMatchObject({ total: 0, resolved: 0 })
  })

  it('of a month to come is not there yet', async () => {
    expect(await district.supervisor.refused(getBulletin, { params: { month: '2026-04' } })).toMatchObject({ status: 422, code: 'month-to-come' })
    expect((await bulletinOf('2026-03')).officers.total).toBe(15)
  })

  it('of a month before any pairing has no officers', async () => {
    expect((await bulletinOf('2025-12')).officers.total).toBe(0)
  })

  it('counts officers by visits, the others by reason, issues by tier', async () => {
    district.leap('2026-03-27 10:00')
    for (const day of ['2026-03-25', '2026-03-26', '2026-03-27']) await visit(0, day)
    for (const at of [1, 2, 3]) for (const day of ['2026-03-26', '2026-03-27']) await visit(at, day)
    await visit(4, '2026-03-27')
    await visit(4, '2026-03-26', 'phone')
    await visit(5, '2026-03-27', 'online')
    for (const [at, reason] of [[6, 'away'], [7, 'away'], [8, 'health'], [9, 'training'], [10, 'enterprise-unavailable']] as const) {
      const { body } = await district.supervisor.ask(requestExemption, { body: { officerId: officerId(at), month: '2026-03', reason } })
      await district['other-director'].ask(decideExemption, { params: { exemptionId: body.exemptionId }, body: { decision: 'approved' } })
    }
    const refused = await district.supervisor.ask(requestExemption, { body: { officerId: officerId(11), month: '2026-03', reason: 'health' } })
    await district['other-director'].ask(decideExemption, { params: { exemptionId: refused.body.exemptionId }, body: { decision: 'refused' } })
    for (const [at, tier] of ['A', 'A', 'A', 'B', 'B', 'C', 'D'].entries()) {
      const submitted = await submit(at, tier)
      if ([0, 1, 3].includes(at)) await resolve(submitted)
    }
    expect(await bulletinOf('2026-03')).toEqual({
      month: '2026-03',
      officers: {
        total: 15, visits: 10, threeOrMore: 1, two: 3, one: 1, none: 10,
        noneReasons: { away: 2, 'enterprise-unavailable': 1, health: 1, training: 1, unexplained: 5 },
      },
      issues: {
        total: 7, resolved: 3, overridden: 0, withdrawn: 0,
        byTier: { A: { raised: 3, resolved: 2 }, B: { raised: 2, resolved: 1 }, C: { raised: 1, resolved: 0 }, D: { raised: 1, resolved: 0 } },
      },
    })
  })

  it('of a month stays as it was: what is resolved later does not change it', async () => {
    const before = await bulletinOf('2026-03')
    const late = await submit(1, 'A')
    district.leap('2026-04-01 10:00')
    const { etag } = await district.supervisor.ask(getIssue, { params: { issueId: late.body.issueId } })
    await resolve({ ...late, etag })
    const after = await bulletinOf('2026-03')
    expect(after.issues.byTier.A).toEqual({ raised: before.issues.byTier.A.raised + 1, resolved: before.issues.byTier.A.resolved })
    expect((await bulletinOf('2026-04')).issues.total).toBe(0)
  })

  it('counts an officer with two enterprises once', async () => {
    await district.admin.ask(createPairing, { body: { officerId: officerId(0), enterpriseId: enterpriseId(1), startsOn: '2026-04-01' } })
    expect((await bulletinOf('2026-04')).officers.total).toBe(15)
  })

  it('takes a reason that leaves another enterprise owed for none', async () => {
    await district.admin.ask(createPairing, { body: { officerId: officerId(6), enterpriseId: enterpriseId(7), startsOn: '2026-04-01' } })
    const explained = async () => (await bulletinOf('2026-04')).officers.noneReasons.away
    const exempt = async (enterprise: string) => {
      const { body } = await district.supervisor.ask(requestExemption, { body: { officerId: officerId(6), enterpriseId: enterprise, month: '2026-04', reason: 'away' } })
      await district['other-director'].ask(decideExemption, { params: { exemptionId: body.exemptionId }, body: { decision: 'approved' } })
    }
    await exempt(enterpriseId(6))
    expect(await explained()).toBe(0)
    await exempt(enterpriseId(7))
    expect(await explained()).toBe(1)
  })

  it.each(['2026-13', '2026', '2026-3', 'march'])('of %s is refused', async month => {
    expect(await district.supervisor.refused(getBulletin, { params: { month } })).toMatchObject({ status: 422 })
  })
})
