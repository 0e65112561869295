import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { putMeasure, listMeasureEnterprises } from '../../../shared/contract/measures.ts'
import { createPairing, endPairing } from '../../../shared/contract/roster.ts'
import { getQuota, listVisits, recordVisit } from '../../../shared/contract/visits.ts'
import { addressOf, enterpriseOf, foundDistrict, idOf, type District, type Name } from './district.ts'
import { startWorld } from './world.ts'

let district: District
/** Monday 2026-03-02, ten in the morning. The officer, a colleague and one of another department share an enterprise. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
  for (const name of ['colleague', 'stranger'] as const)
    await district.supervisor.ask(createPairing, { body: { officerId: idOf(name), enterpriseId: enterpriseOf.officer, startsOn: '2026-01-01' } })
})
afterAll(() => district.close())

const joint = (but: object = {}) => ({ enterpriseId: enterpriseOf.officer, visitedOn: '2026-03-02', mode: 'onsite', summary: '联合<b>走访</b>', companions: [idOf('colleague'), idOf('stranger')], ...but })
const visitsOf = async (name: 'officer' | 'colleague' | 'stranger', month = '2026-03') => (await district[name].ask(listVisits, { query: { month, enterpriseId: enterpriseOf.officer } })).body.items
const countedOf = async (name: 'officer' | 'colleague' | 'stranger', month = '2026-03') =>
  (await district[name].ask(getQuota, { query: { month } })).body.items.find(({ enterpriseId }) => enterpriseId === enterpriseOf.officer)?.counted
const mailsTo = (name: Name) => district.mail({ to: addressOf(name), kind: 'visit-joint' })

describe('a joint visit', () => {
  it('is recorded once, and is a visit of each who was along, counted for the pairing of each', async () => {
    const measureId = 'M-901'
    await district.supervisor.ask(putMeasure, { params: { measureId }, body: { title: '某政策', summary: '某事项', validFrom: '2026-01-01' } })
    const { body } = await district.officer.ask(recordVisit, { body: joint({ measures: [measureId], from: '09:00', until: '09:40' }) })
    expect(body).toMatchObject({ counted: true, companions: [{ officerId: idOf('colleague'), counted: true }, { officerId: idOf('stranger'), counted: true }] })
    for (const name of ['officer', 'colleague', 'stranger'] as const) {
      const others = (['officer', 'colleague', 'stranger'] as const).filter(other => other !== name).map(idOf)
      expect(await visitsOf(name)).toMatchObject([{ officerId: idOf(name), with: others, jointId: body.visitId, summary: '联合<b>走访</b>', measures: [measureId], from: '09:00', until: '09:40', recordedBy: idOf('officer') }])
      expect(await countedOf(name)).toBe(1)
      expect((await district[name].ask(listMeasureEnterprises, { params: { measureId }, query: { delivered: 'true' } })).body.items).toMatchObject([{ deliveredOn: '2026-03-02' }])
    }
    expect(body.companions?.map(({ visitId }) => visitId)).toEqual([(await visitsOf('colleague'))[0]?.visitId, (await visitsOf('stranger'))[0]?.visitId])
  })

  it('is told to those in whose name it was recorded', async () => {
    const [mail] = await mailsTo('colleague')
    expect(mail?.subject).toContain('请核对联合走访')
    expect(mail?.text).toContain('示例officer登记您于3月2日（周一）')
    expect(mail?.html).toContain('联合&lt;b&gt;走访&lt;/b&gt;')
    expect([(await mailsTo('stranger')).length, (await mailsTo('officer')).length]).toEqual([1, 0])
  })

  it('counts one a day for each of them alone', async () => {
    await district.colleague.ask(recordVisit, { body: joint({ visitedOn: '2026-03-01', companions: undefined }) })
    const { body } = await district.officer.ask(recordVisit, { body: joint({ visitedOn: '2026-03-01' }) })
    expect([body.counted, body.companions]).toMatchObject([true, [{ officerId: idOf('colleague'), counted: false, reasonNotCounted: 'same-day' }, { counted: true }]])
    expect((await mailsTo('colleague')).at(-1)?.text).toContain('不计入（当日已有走访计入）')
  })

  it('raises issues of the first alone', async () => {
    const issues = [{ category: 'facilities', subcategory: 'roads', tier: 'A', title: '道路', description: '道路不通' }]
    const { body } = await district.officer.ask(recordVisit, { body: joint({ visitedOn: '2026-02-28', issues }) })
    expect([body.issues?.length, body.companions?.length]).toEqual([1, 2])
  })

  it('made by nobody else says so', async () => {
    const { body } = await district.officer.ask(recordVisit, { body: joint({ visitedOn: '2026-02-27', companions: [] }) })
    expect(body.companions).toEqual([])
    expect((await visitsOf('officer', '2026-02')).find(({ visitId }) => visitId === body.visitId)).not.toHaveProperty('with')
  })

  it('is recorded once though it is sent again', async () => {
    const ask = { body: joint({ mode: 'phone' }), key: 'joint' }
    const answers = await Promise.all(Array.from({ length: 5 }, () => district.officer.ask(recordVisit, ask)))
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    for (const name of ['officer', 'colleague', 'stranger'] as const) expect((await visitsOf(name)).filter(({ mode }) => mode === 'phone')).toHaveLength(1)
  })

  it('entered by two of them at once counts once for each', async () => {
    const by = (name: 'officer' | 'colleague', other: 'officer' | 'colleague') => district[name].ask(recordVisit, { body: joint({ visitedOn: '2026-02-26', companions: [idOf(other), idOf('stranger')] }) })
    await Promise.all([by('officer', 'colleague'), by('colleague', 'officer')])
    for (const name of ['officer', 'colleague', 'stranger'] as const) {
      const visits = (await visitsOf(name, '2026-02')).filter(({ visitedOn }) => visitedOn === '2026-02-26')
      expect(visits.map(({ counted }) => counted).sort()).toEqual([false, true])
    }
  })

  it('is refused whole if one of them was not paired, who is named', async () => {
    const before = await visitsOf('officer')
    const refusal = await district.officer.refused(recordVisit, { body: joint({ companions: [idOf('colleague'), idOf('director')] }) })
    expect(refusal).toMatchObject({ status: 422, code: 'not-paired', path: 'companions.1' })
    expect(refusal.detail).toContain(`工号 ${idOf('director')}`)
    expect(await district.officer.refused(recordVisit, { body: joint({ companions: ['8888'] }) })).toMatchObject({ code: 'not-paired', path: 'companions.0' })
    expect(await district.officer.refused(recordVisit, { body: joint({ companions: [idOf('officer')] }) })).toMatchObject({ code: 'duplicate-value', errors: [{ path: 'companions.0' }] })
    expect(await district.officer.refused(recordVisit, { body: joint({ enterpriseId: enterpriseOf.stranger }) })).toMatchObject({ code: 'not-paired' })
    expect(await visitsOf('officer')).toEqual(before)
  })

  it('is entered by the officer as the first of them, or for any by the campaign office', async () => {
    expect(await district.director.refused(recordVisit, { body: joint() })).toMatchObject({ code: 'role-not-allowed' })
    expect(await district.officer.refused(recordVisit, { body: joint({ officerId: idOf('colleague'), companions: [idOf('officer')] }) })).toMatchObject({ code: 'out-of-reach' })
    const told = (await mailsTo('stranger')).length
    await district.supervisor.ask(recordVisit, { body: joint({ officerId: idOf('colleague'), companions: [idOf('stranger')], mode: 'online' }) })
    expect((await mailsTo('stranger')).length).toBe(told + 1)
  })

  it('leaves no companion a visit after the end of their pairing', async () => {
    const pairing = await district.supervisor.ask(createPairing, { body: { officerId: idOf('colleague'), enterpriseId: enterpriseOf.second, startsOn: '2026-01-01' } })
    const [ended, recorded] = await Promise.all([
      district.supervisor.try(endPairing, { params: { pairingId: pairing.body.pairingId }, body: { endsOn: '2026-03-01' } }),
      district.officer.try(recordVisit, { body: joint({ enterpriseId: enterpriseOf.second, companions: [idOf('colleague')] }) }),
    ])
    expect(['given' in ended, 'given' in recorded].filter(done => done)).toHaveLength(1)
  })
})
