import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getMeasure, listMeasures, putMeasure } from '../../../shared/contract/measures.ts'
import { foundDistrict, type District } from './district.ts'
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
