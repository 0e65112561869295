import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listEnterpriseVisits } from '../../../shared/contract/enterprise-visits.ts'
import { putMeasure } from '../../../shared/contract/measures.ts'
import { createPairing, endPairing } from '../../../shared/contract/roster.ts'
import { recordVisit } from '../../../shared/contract/visits.ts'
import { creditCodeOf } from '../../mothers/enterprise.ts'
import type { Client } from './client.ts'
import { enterpriseOf, foundDistrict, idOf, type District } from './district.ts'
import { pagesOf } from './pages.ts'
import { startWorld } from './world.ts'

let district: District
let pairingId = ''
const enterpriseId = enterpriseOf.officer
const visit = (who: 'officer' | 'stranger', visitedOn: string, but: object = {}) =>
  district[who].ask(recordVisit, { body: { enterpriseId, visitedOn, mode: 'onsite', summary: '机密纪要', ...but } })

/** Monday 2026-03-02, ten in the morning. One of another department is paired with the officer's enterprise as well. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
  await district.supervisor.ask(putMeasure, { params: { measureId: 'M-1' }, body: { title: '某政策', summary: '某事项', validFrom: '2026-01-01' } })
  pairingId = (await district.supervisor.ask(createPairing, { body: { officerId: idOf('stranger'), enterpriseId, startsOn: '2026-01-01' } })).body.pairingId
  await visit('stranger', '2026-03-01', { measures: ['M-1'] })
  await visit('officer', '2026-03-02', { companions: [idOf('stranger')] })
  await visit('officer', '2026-02-28', { mode: 'phone' })
})
afterAll(() => district.close())

const seenBy = async (who: Client, month = '2026-03') => (await who.ask(listEnterpriseVisits, { params: { enterpriseId }, query: { month } })).body.items
const refused = (who: Client, id: string = enterpriseId) => who.refused(listEnterpriseVisits, { params: { enterpriseId: id }, query: { month: '2026-03' } })

describe('who has seen an enterprise', () => {
  it('is shown to its officers: who, when and how, and what they explained, but not what they wrote', async () => {
    const [first, ...rest] = await seenBy(district.officer)
    expect(first).toEqual({ officerId: idOf('stranger'), officerName: '示例stranger', departmentId: 'D-03', departmentName: '发展改革局', visitedOn: '2026-03-01', mode: 'onsite', counted: true, measures: ['M-1'] })
    expect(rest.map(({ officerId, visitedOn, with: others }) => [officerId, visitedOn, others])).toEqual(expect.arrayContaining([[idOf('officer'), '2026-03-02', [idOf('stranger')]], [idOf('stranger'), '2026-03-02', [idOf('officer')]]]))
    expect(JSON.stringify([first, ...rest])).not.toContain('机密')
    expect(await seenBy(district.officer, '2026-02')).toMatchObject([{ officerId: idOf('officer'), departmentName: '规划建设局', mode: 'phone', counted: false }])
    expect(await seenBy(district.officer, '2026-01')).toEqual([])
  })

  it('and to the directors of their departments, and the office, page by page', async () => {
    const all = await seenBy(district.officer)
    for (const who of ['stranger', 'director', 'other-director', 'supervisor', 'admin'] as const) expect(await seenBy(district[who])).toEqual(all)
    expect(await pagesOf(district.director, listEnterpriseVisits, { month: '2026-03' }, 1, { enterpriseId })).toEqual(all)
  })

  it('but to nobody else, nor any longer once the pairing has ended', async () => {
    expect(await refused(district.colleague)).toMatchObject({ status: 403, code: 'out-of-reach' })
    expect(await refused(district.handler)).toMatchObject({ status: 403, code: 'role-not-allowed' })
    expect(await refused(district.director, enterpriseOf.stranger)).toMatchObject({ code: 'out-of-reach' })
    await district.supervisor.ask(endPairing, { params: { pairingId }, body: { endsOn: '2026-03-02' } })
    await seenBy(district.stranger)
    await district.clock('2026-03-03 10:00')
    for (const who of ['stranger', 'other-director'] as const) expect(await refused(district[who])).toMatchObject({ code: 'out-of-reach' })
  })

  it('of an enterprise that is not there is told as such, to whoever may know', async () => {
    expect(await refused(district.supervisor, creditCodeOf(999))).toMatchObject({ status: 404, code: 'enterprise-not-found' })
    for (const who of ['officer', 'director'] as const) expect(await refused(district[who], creditCodeOf(999))).toMatchObject({ code: 'out-of-reach' })
  })
})
