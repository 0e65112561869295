import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listConfirmations } from '../../../shared/contract/confirmations.ts'
import { sendLink } from '../../../shared/contract/roster.ts'
import { getQuota, listVisits, recordVisit } from '../../../shared/contract/visits.ts'
import { enterpriseOf, foundDistrict, idOf, type District } from './district.ts'
import { startWorld } from './world.ts'

let district: District
/** Monday 2026-03-02, ten in the morning. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
})
afterAll(() => district.close())

type Owner = 'officer' | 'colleague' | 'stranger'

const record = async (visitedOn: string, owner: Owner = 'officer', mode = 'onsite'): Promise<string> =>
  (await district[owner].ask(recordVisit, { body: { enterpriseId: enterpriseOf[owner], visitedOn, mode, summary: '了解<b>生产</b>情况' } })).body.visitId

/** The path of the enterprise's page of visits, by a link of its own. */
const visitsOf = async (owner: Owner): Promise<string> => {
  await district[owner].ask(sendLink, { params: { enterpriseId: enterpriseOf[owner] } })
  const mail = (await district.mail({ to: `contact-${owner}@example.com`, kind: 'enterprise-link' })).at(-1)
  return `${/\/p\/[\w-]{43}/.exec(mail?.text ?? '')?.[0] ?? expect.fail('no link was mailed')}/visits`
}
const open = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(district.url + path, { headers })
  return { status: response.status, text: await response.text() }
}
const answer = async (path: string, visitId: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
  const response = await fetch(`${district.url}${path}/${visitId}/confirmation`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers })
  return { status: response.status, location: response.headers.get('location'), text: await response.text() }
}
const listed = async (came: boolean, of: string) =>
  (await district.supervisor.ask(listConfirmations, { query: { came: String(came), limit: '200' } })).body.items.filter(({ visitId }) => visitId === of)

describe('an enterprise', () => {
  it('sees the latest visits that were recorded, and says that they took place', async () => {
    const visitId = await record('2026-03-02')
    const path = await visitsOf('officer')
    const { status, text } = await open(path)
    expect([status, text.includes('2026年3月2日'), text.includes('上门走访'), text.includes('尚未核实')]).toEqual([200, true, true, true])
    expect(text).not.toContain('生产')
    expect(await answer(path, visitId, { came: 'yes' })).toMatchObject({ status: 303, location: path })
    expect((await open(path)).text).toContain('贵单位已确认属实')
    expect(await listed(true, visitId)).toEqual([{ visitId, officerId: idOf('officer'), enterpriseId: enterpriseOf.officer, visitedOn: '2026-03-02', answers: [{ came: true, at: '2026-03-02T10:00:00+08:00' }] }])
  })

  it('is asked about a visit that counts, however many calls are entered after it', async () => {
    const visitId = await record('2026-02-27', 'colleague')
    for (let call = 0; call < 12; call++) await record('2026-03-02', 'colleague', 'phone')
    const { text } = await open(await visitsOf('colleague'))
    expect([text.split('<li>').length - 1, text.includes(visitId), text.includes('电话联系')]).toEqual([1, true, false])
  })

  it('says that nobody came, which the campaign office alone reads, and which changes nothing that counts', async () => {
    const visitId = await record('2026-02-27')
    const quota = async () => (await district.officer.ask(getQuota, { query: { month: '2026-02' } })).body.items
    const before = await quota()
    const path = await visitsOf('officer')
    expect(await answer(path, visitId, { came: 'no', words: '当日<i>无人</i>来访。' })).toMatchObject({ status: 303 })
    expect(await quota()).toEqual(before)
    expect((await listed(false, visitId))[0]?.answers).toMatchObject([{ came: false, words: '当日<i>无人</i>来访。' }])
    expect((await open(path)).text).toContain('当日&lt;i&gt;无人&lt;/i&gt;来访。')
    expect(JSON.stringify((await district.officer.ask(listVisits, { query: { month: '2026-02' } })).body)).not.toContain('无人')
    for (const who of ['officer', 'handler', 'director'] as const) expect(await district[who].refused(listConfirmations, { query: { came: 'false' } })).toMatchObject({ status: 403 })
  })

  it('changes its mind, of which the last word holds and all are kept', async () => {
    const visitId = await record('2026-02-28', 'stranger')
    const path = await visitsOf('stranger')
    await answer(path, visitId, { came: 'no' })
    await answer(path, visitId, { came: 'yes', words: '来过，是我记错了。' })
    expect([await listed(false, visitId), (await listed(true, visitId))[0]?.answers.map(({ came }) => came)]).toEqual([[], [false, true]])
    for (const came of ['no', 'yes', 'no']) expect((await answer(path, visitId, { came })).status).toBe(303)
    const { status, text } = await answer(path, visitId, { came: 'yes', words: '又来了' })
    expect([status, text.includes('请联系助企办')]).toEqual([409, true])
  })

  it('is taken once where it presses twice, and told what is wrong with what it sends', async () => {
    const visitId = await record('2026-03-01', 'officer', 'phone')
    const path = await visitsOf('officer')
    expect((await Promise.all([answer(path, visitId, { came: 'yes' }), answer(path, visitId, { came: 'yes' })])).map(({ status }) => status)).toEqual([303, 303])
    expect((await listed(true, visitId))[0]?.answers).toHaveLength(1)
    const long = await answer(path, visitId, { came: 'no', words: '长'.repeat(501) })
    expect([long.status, long.text.includes('500'), long.text.includes('长'.repeat(501))]).toEqual([422, true, true])
    expect((await answer(path, visitId, {})).status).toBe(422)
  })

  it('says nothing of another enterprise’s visits, nor by a link of nobody’s', async () => {
    const visitId = await record('2026-03-02', 'stranger')
    const path = await visitsOf('officer')
    expect((await open(path)).text).not.toContain(visitId)
    expect((await answer(path, visitId, { came: 'no' })).status).toBe(404)
    expect((await answer(path, '1001.20260302.none', { came: 'no' })).status).toBe(404)
    expect((await answer(`/p/${'-'.repeat(43)}/visits`, visitId, { came: 'no' })).status).toBe(404)
    expect((await answer(await visitsOf('stranger'), visitId, { came: 'no' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect(await listed(false, visitId)).toEqual([])
  })

  it('is not asked about visits of long ago', async () => {
    const visitId = await record('2026-03-02', 'colleague')
    const path = await visitsOf('colleague')
    expect((await open(path)).text).toContain(visitId)
    district.leap('2026-05-04 10:00')
    expect((await open(path)).text).not.toContain(visitId)
    // A form that was opened then is taken all the same, and nothing of it is lost.
    const long = await answer(path, visitId, { came: 'no', words: '长'.repeat(501) })
    expect([long.status, long.text.includes(visitId), long.text.includes('长'.repeat(501))]).toEqual([422, true, true])
    expect((await answer(path, visitId, { came: 'no' })).status).toBe(303)
    expect(await listed(false, visitId)).toHaveLength(1)
  })
})
