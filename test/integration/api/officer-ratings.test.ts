import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getOfficerRating, listOfficerRatings } from '../../../shared/contract/officer-ratings.ts'
import { creditCodeOf } from '../../mothers/enterprise.ts'
import { enterpriseOf, foundDistrict, idOf, importRows, people, type District } from './district.ts'
import { startWorld } from './world.ts'

let district: District
/** Four more enterprises of the officer's, who has six then. */
const more = [11, 12, 13, 14].map(creditCodeOf)
const round = '2026-H1'

beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-05-29 10:00'))
  await importRows(district.admin, 'enterprises', ['enterpriseId', 'kind', 'name', 'contactName', 'contactEmail', 'contactPhone'], ...more.map(id => [id, 'company', `企业${id.slice(-2)}`, '', `c${id.slice(-2).toLowerCase()}@example.com`, '']))
  await importRows(district.admin, 'pairings', ['staffNo', 'enterpriseId', 'startsOn'], ...more.map(id => [idOf('officer'), id, '2026-01-01']))
  district.leap('2026-06-01 09:00')
  await district.callFor('quota-reminder', '2026-06-01 09:00')
})
afterAll(() => district.close())

const asked = () => district.mail({ kind: 'officer-rating-asked' })
const pathIn = (text: string): string => /\/p\/[\w-]{43}\/officer/.exec(text)?.[0] ?? expect.fail('no link was mailed')
/** The pages of the officer's own enterprises, one for each. */
const pathsOfOfficer = async (): Promise<readonly string[]> => (await asked()).filter(({ to }) => !to.some(each => /colleague|stranger/.test(each))).map(({ text }) => pathIn(text))

const send = (path: string, form: string) => fetch(`${district.url}${path}`, { method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form })
const rate = async (path: string, rating: number): Promise<number> => (await send(path, `rating=${rating}&officer=${idOf('officer')}`)).status
const result = async () => (await district.officer.ask(getOfficerRating, { params: { round, officerId: idOf('officer') } })).body

describe('enterprises', () => {
  it('are each asked once, on the day the round opens', async () => {
    expect(await asked()).toHaveLength(Object.keys(enterpriseOf).length + more.length)
    await district.callFor('quota-reminder', '2026-06-01 09:00')
    await district.callFor('quota-reminder', '2026-06-02 09:00')
    expect(await asked()).toHaveLength(Object.keys(enterpriseOf).length + more.length)
  })

  it('that are paired within the first days are asked too, and after that nobody', async () => {
    await importRows(district.admin, 'enterprises', ['enterpriseId', 'kind', 'name', 'contactName', 'contactEmail', 'contactPhone'], ...[21, 22].map(at => [creditCodeOf(at), 'company', `企业${at}`, '', `late${at}@example.com`, '']))
    const pair = (at: number, startsOn: string) => importRows(district.admin, 'pairings', ['staffNo', 'enterpriseId', 'startsOn'], [idOf('stranger'), creditCodeOf(at), startsOn])
    await pair(21, '2026-06-02')
    await pair(22, '2026-06-06')
    for (const day of ['05', '06', '08']) await district.callFor('quota-reminder', `2026-06-${day} 09:00`)
    expect((await asked()).flatMap(({ to }) => to).filter(address => address.startsWith('late'))).toEqual(['late21@example.com'])
  })

  it('find their officer on the page, choose, and can change that', async () => {
    const [path = ''] = await pathsOfOfficer()
    const page = await (await fetch(`${district.url}${path}`)).text()
    expect(page).toContain('示例officer')
    expect(page).not.toContain('贵单位已完成评议')
    expect((await send(path, `officer=${idOf('officer')}`)).status).toBe(422)
    expect([await rate(path, 1), await rate(path, 5)]).toEqual([303, 303])
    const again = await (await fetch(`${district.url}${path}`)).text()
    expect(again).toContain('贵单位已完成评议')
    expect(again).not.toContain(' checked')
  })

  it('rate nobody but who is paired with them', async () => {
    const [path = ''] = await pathsOfOfficer()
    const overtaken = await send(path, `rating=1&officer=${idOf('stranger')}`)
    expect([overtaken.status, await overtaken.text()]).toEqual([409, expect.stringContaining('此次提交未予受理')])
  })
})

describe('the result', () => {
  it('is not read while the round is open', async () => {
    expect(await district.supervisor.refused(getOfficerRating, { params: { round, officerId: idOf('officer') } })).toMatchObject({ status: 409, code: 'round-not-over' })
    expect(await district.supervisor.refused(listOfficerRatings, { params: { round } })).toMatchObject({ status: 409, code: 'round-not-over' })
  })

  it('is shown from five answers on, and never who gave which', async () => {
    const [, ...others] = await pathsOfOfficer()
    for (const path of others.slice(0, 4)) expect(await rate(path, 4)).toBe(303)
    const [ofColleague] = (await asked()).filter(({ to }) => to.some(each => each.includes('colleague')))
    await send(pathIn(ofColleague?.text ?? ''), `rating=2&officer=${idOf('colleague')}`)
    district.leap('2026-07-01 09:00')
    expect(await result()).toEqual({ officerId: idOf('officer'), round, shown: true, answers: 5, average: 4.2, byRating: { 5: 1, 4: 4, 3: 0, 2: 0, 1: 0 } })
    const { body } = await district.director.ask(listOfficerRatings, { params: { round } })
    const ids = body.items.map(({ officerId }) => officerId)
    expect(ids).toEqual([...ids].sort())
    expect(body.items.find(({ officerId }) => officerId === idOf('colleague'))).toEqual({ officerId: idOf('colleague'), round, shown: false })
    expect(ids.some(id => id === people.stranger.officerId)).toBe(false)
  })

  it('of another round is none, and an answer that comes late is not taken', async () => {
    expect((await district.officer.ask(getOfficerRating, { params: { round: '2025-H2', officerId: idOf('officer') } })).body).toMatchObject({ shown: false })
    const [path = ''] = await pathsOfOfficer()
    expect(await rate(path, 1)).toBe(409)
    expect(await (await fetch(`${district.url}${path}`)).text()).toContain('目前不在评议期')
  })
})
