import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getMeasure, listMeasures, putMeasure } from '../../../shared/contract/measures.ts'
import { listVisits, recordVisit } from '../../../shared/contract/visits.ts'
import { enterpriseOf, foundDistrict, type District } from './district.ts'
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

describe('a visit', () => {
  const visit = (but: object) => ({ enterpriseId: enterpriseOf.officer, visitedOn: '2026-03-02', mode: 'onsite', summary: '了解用工情况', ...but })
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
