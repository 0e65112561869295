import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getMeasure, listMeasureEnterprises, listMeasures, putMeasure } from '../../../shared/contract/measures.ts'
import { createPairing, endPairing, putEnterprise, putOfficer } from '../../../shared/contract/roster.ts'
import { listVisits, recordVisit } from '../../../shared/contract/visits.ts'
import { creditCodeOf } from '../../mothers/enterprise.ts'
import type { Client } from './client.ts'
import { enterpriseOf, foundDistrict, idOf, type District } from './district.ts'
import { pagesOf } from './pages.ts'
import { startWorld } from './world.ts'

let district: District
/** Monday 2026-03-02, ten in the morning. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
})
afterAll(() => district.close())

let serial = 0
const content = { title: '稳岗返还政策', summary: '不裁员的企业，可以申请返还部分失业保险费。', validFrom: '2026-01-01' }
/** A measure nobody else knows. */
const aMeasure = async (but: object = {}): Promise<string> => {
  const measureId = `M-${String((serial += 1)).padStart(3, '0')}`
  await district.supervisor.ask(putMeasure, { params: { measureId }, body: { ...content, ...but } })
  return measureId
}

describe('a measure', () => {
  it('is entered by the campaign office and read by everybody', async () => {
    const body = { ...content, documentNumber: '某发〔2026〕1号', validUntil: '2026-12-31' }
    const measureId = await aMeasure(body)
    expect((await district.officer.ask(getMeasure, { params: { measureId } })).body).toEqual({ measureId, ...body })
    expect((await district.handler.ask(listMeasures)).body.items).toContainEqual({ measureId, ...body })
  })

  it('does not overwrite what somebody else has entered since it was read', async () => {
    const params = { measureId: await aMeasure() }
    const { etag } = await district.admin.ask(getMeasure, { params })
    expect((await district.admin.ask(putMeasure, { params, body: { ...content, title: '另一政策' }, ifMatch: etag })).etag).toBe('"2"')
    expect(await district.supervisor.refused(putMeasure, { params, body: content, ifMatch: etag })).toMatchObject({ status: 412, code: 'if-match-stale', currentETag: '"2"' })
    expect((await district.supervisor.ask(getMeasure, { params })).body.title).toBe('另一政策')
  })

  it('that would end before it starts is refused', async () => {
    const refusal = await district.supervisor.refused(putMeasure, { params: { measureId: 'M-900' }, body: { ...content, validUntil: '2025-12-31' } })
    expect(refusal).toMatchObject({ status: 422, code: 'measure-ends-before-start', detail: '截止日不得早于 2026-01-01。' })
    expect(await district.supervisor.refused(getMeasure, { params: { measureId: 'M-900' } })).toMatchObject({ status: 404, code: 'measure-not-found', detail: '请核对政策编号 M-900。' })
  })

  it('is listed page by page', async () => {
    for (let more = 0; more < 3; more++) await aMeasure()
    const walked = await pagesOf(district.officer, listMeasures, {}, 2)
    expect(walked).toEqual(await pagesOf(district.officer, listMeasures, {}, 200))
    expect(walked.map(({ measureId }) => measureId)).toEqual(Array.from({ length: serial }, (_, at) => `M-${String(at + 1).padStart(3, '0')}`))
  })
})

const visit = (but: object) => ({ enterpriseId: enterpriseOf.officer, visitedOn: '2026-03-02', mode: 'onsite', summary: '了解用工情况', ...but })

describe('a visit', () => {
  const visits = () => pagesOf(district.officer, listVisits, { month: '2026-03' }, 200)

  it('shows which measures it explained, whatever its mode', async () => {
    const measures = [await aMeasure(), await aMeasure()]
    const { body } = await district.officer.ask(recordVisit, { body: visit({ mode: 'phone', measures }) })
    expect((await visits()).find(({ visitId }) => visitId === body.visitId)).toMatchObject({ counted: false, measures })
  })

  it.each([{}, { measures: [] }])('with %j explained none', async but => {
    const { body } = await district.officer.ask(recordVisit, { body: visit(but) })
    expect((await visits()).find(({ visitId }) => visitId === body.visitId)).not.toHaveProperty('measures')
  })

  it('cannot have explained what is not in the catalogue, or was not valid on its day', async () => {
    const before = await visits()
    const [known, ended, toCome] = [await aMeasure(), await aMeasure({ validUntil: '2026-03-01' }), await aMeasure({ validFrom: '2026-03-02' })]
    const refused = (but: object) => district.officer.refused(recordVisit, { body: visit(but) })
    expect(await refused({ measures: [known, 'M-998', 'M-999'] })).toMatchObject({ status: 404, code: 'measure-not-found', detail: '请核对政策编号 M-998、M-999。' })
    expect(await refused({ measures: [known, ended] })).toMatchObject({
      status: 422, code: 'measure-not-valid', detail: `2026-03-02 不在以下政策的有效期内：${ended}（2026-01-01 至 2026-03-01），请核对政策编号和走访日期。`,
    })
    expect(await refused({ visitedOn: '2026-03-01', measures: [toCome] })).toMatchObject({ code: 'measure-not-valid' })
    expect(await visits()).toEqual(before)
    await district.officer.ask(recordVisit, { body: visit({ visitedOn: '2026-03-01', measures: [ended] }) })
    await district.officer.ask(recordVisit, { body: visit({ measures: [toCome] }) })
  })

  it('to an enterprise that is not theirs is refused for that, whatever it explained', async () => {
    for (const measures of [['M-999'], [await aMeasure()]])
      expect(await district.officer.refused(recordVisit, { body: visit({ enterpriseId: enterpriseOf.stranger, measures }) })).toMatchObject({ code: 'not-paired' })
  })
})

/** An enterprise nobody is paired with. */
const anEnterprise = async (): Promise<string> => {
  const enterpriseId = creditCodeOf(700 + (serial += 1))
  await district.admin.ask(putEnterprise, { params: { enterpriseId }, body: { kind: 'company', name: `企业${serial}` } })
  return enterpriseId
}
/** An officer of D-03 nobody else knows, paired with one enterprise since January. */
const aPair = async (enterpriseId?: string, startsOn = '2026-01-01'): Promise<{ officer: Client; officerId: string; enterpriseId: string; pairingId: string }> => {
  const paired = enterpriseId ?? (await anEnterprise())
  const officerId = `P-${(serial += 1)}`
  const email = `pair${serial}@district.example`
  await district.admin.ask(putOfficer, { params: { officerId }, body: { name: `干部${serial}`, email, departmentId: 'D-03', roles: ['officer'] } })
  const { body } = await district.admin.ask(createPairing, { body: { officerId, enterpriseId: paired, startsOn } })
  return { officer: await district.as(email), officerId, enterpriseId: paired, pairingId: body.pairingId }
}
const linesOf = async (who: Client, measureId: string, query: Readonly<Record<string, string>> = {}) =>
  (await who.ask(listMeasureEnterprises, { params: { measureId }, query })).body.items
const deliveryTo = async (who: Client, measureId: string) => (await linesOf(who, measureId)).map(({ deliveredOn }) => deliveredOn)

describe('the enterprises of a measure', () => {
  it('show the officer which have had it explained, and which have not', async () => {
    const measureId = await aMeasure()
    const line = (name: 'officer' | 'second') => ({ officerId: idOf('officer'), enterpriseId: enterpriseOf[name], enterpriseName: `${name}的企业` })
    expect(await linesOf(district.officer, measureId)).toEqual([line('officer'), line('second')])
    await district.officer.ask(recordVisit, { body: visit({ measures: [measureId, await aMeasure()] }) })
    expect(await linesOf(district.officer, measureId)).toEqual([{ ...line('officer'), deliveredOn: '2026-03-02' }, line('second')])
    expect(await linesOf(district.officer, measureId, { delivered: 'true' })).toEqual([{ ...line('officer'), deliveredOn: '2026-03-02' }])
    expect(await linesOf(district.officer, measureId, { delivered: 'false' })).toEqual([line('second')])
    expect(await deliveryTo(district.officer, await aMeasure())).toEqual([undefined, undefined])
  })

  it('keep the first day, in whatever order the visits are entered', async () => {
    const { officer, enterpriseId } = await aPair()
    const measureId = await aMeasure()
    const days: unknown[] = []
    for (const visitedOn of ['2026-03-01', '2026-03-02', '2026-02-27', '2026-02-28', '2026-02-27']) {
      await officer.ask(recordVisit, { body: visit({ enterpriseId, visitedOn, mode: 'phone', measures: [measureId] }) })
      days.push(...(await deliveryTo(officer, measureId)))
    }
    expect(days).toEqual(['2026-03-01', '2026-03-01', '2026-02-27', '2026-02-27', '2026-02-27'])
  })

  it('keep it however many visits are entered at once, by whomever they are', async () => {
    const [one, measureId] = [await aPair(), await aMeasure()]
    const other = await aPair(one.enterpriseId)
    const days = ['2026-03-02', '2026-03-01', '2026-02-28', '2026-02-27', '2026-02-26']
    await Promise.all([one, other].flatMap(({ officer }) => days.map(visitedOn => officer.ask(recordVisit, { body: visit({ enterpriseId: one.enterpriseId, visitedOn, measures: [measureId] }) }))))
    expect([await deliveryTo(one.officer, measureId), await deliveryTo(other.officer, measureId)]).toEqual([['2026-02-26'], ['2026-02-26']])
  })

  it('have had it explained whoever did it: an officer who takes the enterprise over need not do it again', async () => {
    const [before, measureId] = [await aPair(), await aMeasure()]
    await before.officer.ask(recordVisit, { body: visit({ enterpriseId: before.enterpriseId, visitedOn: '2026-03-01', measures: [measureId] }) })
    await district.supervisor.ask(endPairing, { params: { pairingId: before.pairingId }, body: { endsOn: '2026-03-01' } })
    const after = await aPair(before.enterpriseId, '2026-03-02')
    expect(await linesOf(after.officer, measureId)).toMatchObject([{ officerId: after.officerId, enterpriseId: before.enterpriseId, deliveredOn: '2026-03-01' }])
    expect(await linesOf(before.officer, measureId)).toEqual([])
  })

  it('are those paired today', async () => {
    const toCome = await aPair(undefined, '2026-03-03')
    expect(await linesOf(toCome.officer, await aMeasure())).toEqual([])
  })

  it('stay as they are when the measure is changed, or has run out', async () => {
    const [{ officer, enterpriseId }, measureId] = [await aPair(), await aMeasure()]
    await officer.ask(recordVisit, { body: visit({ enterpriseId, measures: [measureId] }) })
    await district.supervisor.ask(putMeasure, { params: { measureId }, body: { ...content, validUntil: '2026-03-01' } })
    expect(await deliveryTo(officer, measureId)).toEqual(['2026-03-02'])
    expect(await officer.refused(recordVisit, { body: visit({ enterpriseId, measures: [measureId] }) })).toMatchObject({ code: 'measure-not-valid' })
  })

  it('are told by one visit once, though it is sent again', async () => {
    const [{ officer, enterpriseId }, measureId] = [await aPair(), await aMeasure()]
    const ask = { body: visit({ enterpriseId, measures: [measureId] }), key: 'explained' }
    const answers = await Promise.all(Array.from({ length: 5 }, () => officer.ask(recordVisit, ask)))
    expect(new Set(answers.map(({ body }) => body.visitId)).size).toBe(1)
    expect(await deliveryTo(officer, measureId)).toEqual(['2026-03-02'])
  })

  it('can be as many measures as a visit takes', async () => {
    const { officer, enterpriseId } = await aPair()
    const measures = await Promise.all(Array.from({ length: 20 }, () => aMeasure()))
    await officer.ask(recordVisit, { body: visit({ enterpriseId, measures }) })
    for (const measureId of measures) expect(await deliveryTo(officer, measureId)).toEqual(['2026-03-02'])
  })

  it('of a department are those of its officers, page by page', async () => {
    const measureId = await aMeasure()
    await district.stranger.ask(recordVisit, { body: visit({ enterpriseId: enterpriseOf.stranger, measures: [measureId] }) })
    const walk = (who: Client, query: object, limit: number) => pagesOf(who, listMeasureEnterprises, { departmentId: 'D-03', ...query }, limit, { measureId })
    const walked = await walk(district['other-director'], {}, 1)
    expect(walked).toEqual(await walk(district.supervisor, {}, 200))
    expect(walked.length).toBeGreaterThan(3)
    expect(await walk(district.supervisor, { delivered: 'true' }, 2)).toEqual([{ officerId: idOf('stranger'), enterpriseId: enterpriseOf.stranger, enterpriseName: 'stranger的企业', deliveredOn: '2026-03-02' }])
    expect(await walk(district.supervisor, { delivered: 'false' }, 2)).toEqual(walked.filter(({ deliveredOn }) => deliveredOn === undefined))
    expect(await walk(district.supervisor, { officerId: idOf('stranger') }, 2)).toEqual(walked.filter(({ officerId }) => officerId === idOf('stranger')))
  })

  it('are for the officer, the director of the department and the office', async () => {
    const params = { measureId: await aMeasure() }
    const refused = (who: Client, query: object = {}) => who.refused(listMeasureEnterprises, { params, query: { ...query } })
    await district.director.ask(listMeasureEnterprises, { params, query: { officerId: idOf('colleague') } })
    await district.director.ask(listMeasureEnterprises, { params, query: { departmentId: 'D-02' } })
    expect(await refused(district.director, { departmentId: 'D-03' })).toMatchObject({ status: 403, code: 'out-of-reach' })
    expect(await refused(district.officer, { departmentId: 'D-02' })).toMatchObject({ status: 403, code: 'out-of-reach' })
    expect(await refused(district.officer, { officerId: idOf('colleague') })).toMatchObject({ status: 403, code: 'out-of-reach' })
    expect(await refused(district.handler)).toMatchObject({ status: 403, code: 'role-not-allowed' })
    expect(await refused(district.director)).toMatchObject({ status: 422, code: 'filter-required' })
  })

  it('of what does not exist are not empty, but not there', async () => {
    const measureId = await aMeasure()
    const refused = (id: string, query: object) => district.supervisor.refused(listMeasureEnterprises, { params: { measureId: id }, query: { ...query } })
    expect(await refused('M-999', { departmentId: 'D-02' })).toMatchObject({ status: 404, code: 'measure-not-found' })
    expect(await refused(measureId, { departmentId: 'D-99' })).toMatchObject({ status: 404, code: 'department-not-found' })
    expect(await refused(measureId, { officerId: '8888' })).toMatchObject({ status: 404, code: 'officer-not-found' })
    expect(await refused(measureId, { officerId: idOf('officer'), delivered: 'no' })).toMatchObject({ status: 422, code: 'not-allowed' })
  })
})
