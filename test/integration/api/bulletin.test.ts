import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptIssue, getIssue, resolveIssue, submitIssue } from '../../../shared/contract/issues.ts'
import { getBulletin, listFigureRecords, listFigures, recountBulletin, type Bulletin } from '../../../shared/contract/reports.ts'
import { createPairing, putOfficer } from '../../../shared/contract/roster.ts'
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
const expectToAddUp = ({ figures, byTier, byCategory, byDepartment }: Bulletin): void => {
  expect(figures.officersThreeOrMore + figures.officersTwo + figures.officersOne + figures.officersNone).toBe(figures.officers)
  expect(figures.officersAway + figures.officersEnterpriseUnavailable + figures.officersHealth + figures.officersTraining + figures.officersUnexplained).toBe(figures.officersNone)
  expect(figures.issuesClosed + figures.issuesOverridden + figures.issuesWithdrawn + figures.issuesOpen).toBe(figures.issuesCarried + figures.issuesRaised)
  expect(figures.casesCompleted + figures.casesRefused + figures.casesWithdrawn + figures.casesOpen).toBe(figures.casesCarried + figures.casesOpened)
  for (const [figure, whole] of Object.entries(figures) as [keyof typeof figures, number][]) {
    expect(byDepartment.reduce((sum, department) => sum + department.figures[figure], 0), figure).toBe(whole)
    if (!(figure in byTier.A)) continue
    for (const parts of [Object.values(byTier), Object.values(byCategory)]) expect(parts.reduce((sum, part) => sum + part[figure as keyof typeof part], 0), figure).toBe(whole)
  }
}

/** Every record behind a figure, page by page. */
const recordsOf = async (month: string, figure: string, but: object = {}) => {
  const items = []
  let cursor: string | undefined
  do {
    const { body } = await district.supervisor.ask(listFigureRecords, { params: { month }, query: { figure, limit: '3', ...but, ...(cursor === undefined ? {} : { cursor }) } })
    items.push(...body.items)
    cursor = body.nextCursor
  } while (cursor !== undefined)
  return items
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
    const { figures, rates, issued } = await bulletinOf('2026-02')
    expect(figures).toMatchObject({ officers: 15, visits: 0, officersNone: 15, officersUnexplained: 15, issuesRaised: 0, raisedResolved: 0 })
    expect([rates.quota.percent, rates.satisfaction]).toEqual([0, { numerator: 0, denominator: 0 }])
    expect(issued).toBe(false)
  })

  it('of a month to come is not there yet', async () => {
    expect(await district.supervisor.refused(getBulletin, { params: { month: '2026-04' } })).toMatchObject({ status: 422, code: 'month-to-come' })
    expect((await bulletinOf('2026-03')).figures.officers).toBe(15)
  })

  it('of a month before any pairing has no officers', async () => {
    expect((await bulletinOf('2025-12')).figures.officers).toBe(0)
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
    const bulletin = await bulletinOf('2026-03')
    expect(bulletin.figures).toMatchObject({
      officers: 15, visits: 10, officersThreeOrMore: 1, officersTwo: 3, officersOne: 1, officersNone: 10,
      officersAway: 2, officersEnterpriseUnavailable: 1, officersHealth: 1, officersTraining: 1, officersUnexplained: 5,
      pairingsOwed: 11, pairingsFulfilled: 4, pairingsExempt: 5,
      issuesCarried: 0, issuesRaised: 7, raisedResolved: 3, raisedOverridden: 0, raisedWithdrawn: 0, issuesOpen: 7, issuesAwaitingRating: 3,
    })
    expect(bulletin.byTier).toMatchObject({ A: { issuesRaised: 3, raisedResolved: 2 }, B: { issuesRaised: 2, raisedResolved: 1 }, C: { issuesRaised: 1, raisedResolved: 0 }, D: { issuesRaised: 1, raisedResolved: 0 } })
    expect(bulletin.rates).toMatchObject({ quota: { numerator: 4, denominator: 11, percent: 36.4 }, resolution: { numerator: 3, denominator: 7, percent: 42.9 } })
    expect(bulletin.before.figures).toMatchObject({ officers: 15, visits: 0 })
  })

  it('opens every figure down to the records that make it up', async () => {
    const bulletin = await bulletinOf('2026-03')
    for (const [figure, value] of Object.entries(bulletin.figures)) {
      const records = await recordsOf('2026-03', figure)
      expect(records.reduce((sum, { amount }) => sum + amount, 0), figure).toBe(value)
    }
    for (const { departmentId, figures } of bulletin.byDepartment)
      for (const figure of ['visits', 'raisedResolved'] as const) expect((await recordsOf('2026-03', figure, { departmentId })).reduce((sum, { amount }) => sum + amount, 0)).toBe(figures[figure])
    expect(await recordsOf('2026-03', 'raisedResolved', { tier: 'B' })).toEqual([expect.objectContaining({ kind: 'issue', tier: 'B', amount: 1 })])
  })

  it('says of each figure what it counts, and of each rate what it divides by what', async () => {
    const { body } = await district.supervisor.ask(listFigures, {})
    expect(body.figures.map(({ figure }) => figure)).toEqual(Object.keys((await bulletinOf('2026-03')).figures))
    expect(body.rates.map(({ rate }) => rate)).toEqual(['quota', 'response', 'resolution', 'inTime', 'satisfaction', 'investment'])
    expect(body.figures.every(({ words, counts }) => [words.zh, words.en, counts.zh, counts.en].every(text => text !== ''))).toBe(true)
  })

  it('opens to a director the records of their own department, and of no other', async () => {
    const { body } = await district.director.ask(listFigureRecords, { params: { month: '2026-03' }, query: { figure: 'officers' } })
    expect(new Set(body.items.map(item => item.departmentId))).toEqual(new Set(['D-02']))
    expect(await district.director.refused(listFigureRecords, { params: { month: '2026-03' }, query: { figure: 'officers', departmentId: 'D-03' } })).toMatchObject({ status: 403, code: 'out-of-reach' })
  })

  it('is counted no further back than two years, unless it was issued', async () => {
    expect((await bulletinOf('2024-03')).figures.officers).toBe(0)
    for (const op of [getBulletin, listFigureRecords]) expect(await district.supervisor.refused(op, { params: { month: '2024-02' }, ...(op === listFigureRecords ? { query: { figure: 'visits' } } : {}) })).toMatchObject({ status: 422, code: 'month-too-far-back' })
  })

  it('of a figure or a department that there is not is refused', async () => {
    expect(await district.supervisor.refused(listFigureRecords, { params: { month: '2026-03' }, query: { figure: 'happiness' } })).toMatchObject({ status: 422 })
    expect(await district.supervisor.refused(listFigureRecords, { params: { month: '2026-03' }, query: { figure: 'visits', tier: 'A' } })).toMatchObject({ status: 422, code: 'filter-not-of-figure' })
    expect(await district.supervisor.refused(listFigureRecords, { params: { month: '2026-03' }, query: { figure: 'visits', departmentId: 'D-99' } })).toMatchObject({ status: 404, code: 'department-not-found' })
    expect(await district.supervisor.refused(recountBulletin, { params: { month: '2026-03' } })).toMatchObject({ status: 409, code: 'bulletin-not-issued' })
  })

  it('leaves an officer who goes over to another department with the former for what came before', async () => {
    const visitsOf = async (month: string, departmentId: string) => (await bulletinOf(month)).byDepartment.find(each => each.departmentId === departmentId)?.figures
    const before = await visitsOf('2026-02', 'D-03')
    const move = (departmentId: string) => district.admin.ask(putOfficer, { params: { officerId: officerId(0) }, body: { name: '干部0', email: 'z0@district.example', departmentId, roles: ['officer'] } })
    await move('D-02')
    expect((await visitsOf('2026-03', 'D-02'))?.visits).toBe(3)
    expect(await visitsOf('2026-02', 'D-03')).toEqual(before)
    expect((await recordsOf('2026-02', 'officers', { departmentId: 'D-03' })).map(each => each.kind === 'officer' && each.officerId)).toContain(officerId(0))
    // Back on the same day: that day belongs to where they were at its end, the days before to where they had been.
    await move('D-03')
    expect((await visitsOf('2026-03', 'D-02'))?.visits ?? 0).toBe(0)
    expect(await visitsOf('2026-02', 'D-03')).toEqual(before)
  })

  it('of a month stays as it was: what is resolved later does not change it', async () => {
    const before = await bulletinOf('2026-03')
    const late = await submit(1, 'A')
    district.leap('2026-04-01 10:00')
    const { etag } = await district.supervisor.ask(getIssue, { params: { issueId: late.body.issueId } })
    await resolve({ ...late, etag })
    const after = await bulletinOf('2026-03')
    expect(after.byTier.A).toMatchObject({ issuesRaised: before.byTier.A.issuesRaised + 1, raisedResolved: before.byTier.A.raisedResolved })
    expect((await bulletinOf('2026-04')).figures).toMatchObject({ issuesRaised: 0, issuesCarried: 8, issuesOpen: 8 })
  })

  it('counts an officer with two enterprises once', async () => {
    await district.admin.ask(createPairing, { body: { officerId: officerId(0), enterpriseId: enterpriseId(1), startsOn: '2026-04-01' } })
    expect((await bulletinOf('2026-04')).figures.officers).toBe(15)
  })

  it('takes a reason that leaves another enterprise owed for none', async () => {
    await district.admin.ask(createPairing, { body: { officerId: officerId(6), enterpriseId: enterpriseId(7), startsOn: '2026-04-01' } })
    const explained = async () => (await bulletinOf('2026-04')).figures.officersAway
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
