import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkFlag, getFlag, listFlags } from '../../../shared/contract/flags.ts'
import { createPairing, putEnterprise, putOfficer, sendLink } from '../../../shared/contract/roster.ts'
import { getQuota, listVisits, recordVisit } from '../../../shared/contract/visits.ts'
import { flagIdOf } from '../../../shared/visit/flag.ts'
import { creditCodeOf } from '../../mothers/enterprise.ts'
import type { Client } from './client.ts'
import { addressOf, enterpriseOf, foundDistrict, idOf, type District } from './district.ts'
import { pagesOf } from './pages.ts'
import { startWorld } from './world.ts'

let district: District
/** Monday 2026-03-02, ten in the morning. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
})
afterAll(() => district.close())

let serial = 0
/** An officer nobody else knows, of some roles, paired with an enterprise of their own. */
const somebody = async (roles: readonly string[] = ['officer']): Promise<{ client: Client; officerId: string; enterpriseId: string; visit: (but?: object) => Promise<string> }> => {
  const officerId = `F-${(serial += 1)}`
  const enterpriseId = creditCodeOf(800 + serial)
  const email = `flagged${serial}@district.example`
  await district.admin.ask(putEnterprise, { params: { enterpriseId }, body: { kind: 'company', name: `企业${serial}`, contactEmail: `contact-${serial}@example.com` } })
  await district.admin.ask(putOfficer, { params: { officerId }, body: { name: `干部${serial}`, email, departmentId: 'D-03', roles } })
  await district.admin.ask(createPairing, { body: { officerId, enterpriseId, startsOn: '2026-01-01' } }).catch(() => district.supervisor.ask(createPairing, { body: { officerId, enterpriseId, startsOn: '2026-01-01' } }))
  const client = await district.as(email)
  let words = 0
  const visit = async (but: object = {}) =>
    (await client.ask(recordVisit, { body: { enterpriseId, visitedOn: '2026-03-02', mode: 'phone', summary: `${officerId}的第${(words += 1)}次电话`, ...but } })).body.visitId
  return { client, officerId, enterpriseId, visit }
}
const flagsOf = (officerId: string, query: Readonly<Record<string, string>> = {}) => pagesOf(district.supervisor, listFlags, { officerId, ...query }, 200)
const seenIn = async (officerId: string) => (await flagsOf(officerId)).map(({ kind, visitId, seenWith }) => ({ kind, visitId, seenWith }))
const at = (from: string, until: string) => ({ from, until })

describe('a visit is flagged', () => {
  it('whose time overlaps that of another of the officer, whatever the enterprise', async () => {
    const { officerId, visit } = await somebody()
    const enterpriseId = enterpriseOf.colleague
    await district.supervisor.ask(createPairing, { body: { officerId, enterpriseId, startsOn: '2026-01-01' } })
    const first = await visit(at('09:00', '10:00'))
    await visit(at('08:30', '09:00'))
    expect(await flagsOf(officerId)).toEqual([])
    const overlapping = await visit({ ...at('09:50', '10:00'), enterpriseId })
    expect(await flagsOf(officerId)).toEqual([
      { flagId: flagIdOf('overlap', overlapping), kind: 'overlap', visitId: overlapping, officerId, enterpriseId, visitedOn: '2026-03-02', seenWith: [first], raisedAt: '2026-03-02T10:00:00+08:00', status: 'open' },
    ])
  })

  it('whose summary has been written twice before', async () => {
    const { officerId, visit } = await somebody()
    const [one, two] = [await visit({ summary: '走访企业，了解用工情况。' }), await visit({ summary: '走访企业,了解\n用工情况' })]
    expect(await flagsOf(officerId)).toEqual([])
    const three = await visit({ summary: ' 走访企业　了解用工情况！', visitedOn: '2026-03-01' })
    expect(await seenIn(officerId)).toEqual([{ kind: 'same-text', visitId: three, seenWith: [one, two] }])
  })

  it('that is the fifth entered afterwards on one day', async () => {
    const { officerId, visit } = await somebody()
    const late: string[] = []
    for (let nth = 0; nth < 4; nth++) late.push(await visit({ visitedOn: '2026-02-27' }))
    await visit()
    expect(await flagsOf(officerId)).toEqual([])
    const fifth = await visit({ visitedOn: '2026-03-01' })
    expect(await seenIn(officerId)).toEqual([{ kind: 'late-burst', visitId: fifth, seenWith: late }])
  })

  it('however many are entered at once, so that none misses the others', async () => {
    const { officerId, visit } = await somebody()
    await Promise.all(Array.from({ length: 6 }, () => visit({ summary: '同一纪要' })))
    expect((await flagsOf(officerId)).map(({ kind, seenWith }) => `${kind} ${seenWith.length}`).sort()).toEqual(['same-text 2', 'same-text 3', 'same-text 4', 'same-text 5'])
  })

  it('once for what a request does, though it is sent again', async () => {
    const { client, officerId, enterpriseId, visit } = await somebody()
    await visit(at('09:00', '10:00'))
    const ask = { body: { enterpriseId, visitedOn: '2026-03-02', ...at('09:00', '10:00'), mode: 'phone', summary: '再次' }, key: 'again' }
    await Promise.all(Array.from({ length: 4 }, () => client.ask(recordVisit, ask)))
    expect(await flagsOf(officerId)).toHaveLength(1)
  })

  it('for each of those who made it together by what they entered before, and not by one another', async () => {
    const { client, officerId, enterpriseId, visit } = await somebody()
    await district.supervisor.ask(createPairing, { body: { officerId: idOf('officer'), enterpriseId, startsOn: '2026-01-01' } })
    await visit(at('09:00', '10:00'))
    const body = { enterpriseId, visitedOn: '2026-03-02', ...at('09:30', '10:00'), mode: 'onsite', summary: '联合走访', companions: [idOf('officer')] }
    await client.ask(recordVisit, { body })
    expect([(await seenIn(officerId)).map(({ kind }) => kind), await flagsOf(idOf('officer'))]).toEqual([['overlap'], []])
  })

  it('and counts as before', async () => {
    const { client, enterpriseId, visit } = await somebody()
    for (const visitedOn of ['2026-02-27', '2026-02-28', '2026-03-01']) await visit({ visitedOn, mode: 'onsite', summary: '同样' })
    const { body } = await client.ask(getQuota, { query: { month: '2026-03' } })
    expect(body.items).toMatchObject([{ enterpriseId, counted: 1 }])
    expect(JSON.stringify((await client.ask(listVisits, { query: { month: '2026-03' } })).body)).not.toContain('same-text')
  })
})

describe('the flags', () => {
  it('are listed by status, kind and officer, the latest first, page by page', async () => {
    const all = await pagesOf(district.supervisor, listFlags, {}, 200)
    expect(all.length).toBeGreaterThan(6)
    expect(await pagesOf(district.admin, listFlags, {}, 2)).toEqual(all)
    expect(await pagesOf(district.supervisor, listFlags, { kind: 'overlap' }, 1)).toEqual(all.filter(({ kind }) => kind === 'overlap'))
    const raised = all.map(({ raisedAt }) => raisedAt)
    expect(raised).toEqual([...raised].sort().reverse())
    expect(await district.supervisor.refused(listFlags, { query: { officerId: '8888' } })).toMatchObject({ status: 404, code: 'officer-not-found' })
    expect(await district.supervisor.refused(getFlag, { params: { flagId: 'overlap.x' } })).toMatchObject({ status: 404, code: 'flag-not-found' })
    expect(await district.supervisor.refused(checkFlag, { params: { flagId: 'overlap.x' }, body: { finding: 'in-order', remark: '无' } })).toMatchObject({ code: 'flag-not-found' })
  })

  it('are checked once, with what was found', async () => {
    const { officerId, visit } = await somebody()
    await visit(at('09:00', '10:00'))
    const params = { flagId: flagIdOf('overlap', await visit(at('09:00', '10:00'))) }
    expect(await district.supervisor.refused(checkFlag, { params, body: { finding: 'irregular' } })).toMatchObject({ code: 'required' })
    const check = { finding: 'irregular', remark: '两次走访实为一次。' }
    const outcomes = await Promise.all([district.supervisor, district.admin].map(who => who.try(checkFlag, { params, body: check })))
    expect(outcomes.filter(outcome => 'given' in outcome)).toHaveLength(1)
    expect(await district.supervisor.refused(checkFlag, { params, body: check })).toMatchObject({ status: 409, code: 'already-checked', detail: '核查结论：不实。' })
    expect((await district.admin.ask(getFlag, { params })).body).toMatchObject({ status: 'checked', ...check, checkedAt: '2026-03-02T10:00:00+08:00' })
    expect([await flagsOf(officerId, { status: 'open' }), (await flagsOf(officerId, { status: 'checked' })).length]).toEqual([[], 1])
  })

  it('are not checked by whose visit it is', async () => {
    const { client, officerId, enterpriseId, visit } = await somebody(['officer', 'supervisor'])
    await visit(at('09:00', '10:00'))
    const own = { flagId: flagIdOf('overlap', await visit(at('09:00', '10:00'))) }
    const body = { finding: 'in-order', remark: '无误' }
    expect(await client.refused(checkFlag, { params: own, body })).toMatchObject({ status: 403, code: 'own-visit' })
    // Entered by the one for the other.
    await district.supervisor.ask(createPairing, { body: { officerId: idOf('officer'), enterpriseId, startsOn: '2026-01-01' } }).catch(() => undefined)
    const call = { enterpriseId, visitedOn: '2026-03-01', ...at('09:00', '10:00'), mode: 'phone', officerId: idOf('officer') }
    await client.ask(recordVisit, { body: { ...call, summary: '甲' } })
    const { visitId } = (await client.ask(recordVisit, { body: { ...call, summary: '乙' } })).body
    expect(await client.refused(checkFlag, { params: { flagId: flagIdOf('overlap', visitId) }, body })).toMatchObject({ code: 'own-visit' })
    for (const flagId of [own.flagId, flagIdOf('overlap', visitId)]) await district.supervisor.ask(checkFlag, { params: { flagId }, body })
    expect((await flagsOf(officerId, { status: 'open' }))).toEqual([])
  })
})

/** The path of the enterprise's page of visits, by a link of its own. */
const pageOf = async (enterpriseId: string, contact: string): Promise<string> => {
  await district.supervisor.ask(sendLink, { params: { enterpriseId } })
  const mail = (await district.mail({ to: contact, kind: 'enterprise-link' })).at(-1)
  return `${/\/p\/[\w-]{43}/.exec(mail?.text ?? '')?.[0] ?? expect.fail('no link was mailed')}/visits`
}
const say = async (path: string, visitId: string, fields: Record<string, string>): Promise<void> => {
  const response = await fetch(`${district.url}${path}/${visitId}/confirmation`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  expect(response.status).toBe(303)
}
const told = async (visitId: string) => (await district.mail({ kind: 'visit-denied', to: addressOf('supervisor') })).filter(({ text }) => text.replace(/\s/g, '').includes(flagIdOf('denied', visitId)))

describe('a visit that the enterprise denies', () => {
  it('is flagged and told to the supervisors in the enterprise’s words, once', async () => {
    const visitId = (await district.stranger.ask(recordVisit, { body: { enterpriseId: enterpriseOf.stranger, visitedOn: '2026-03-02', mode: 'onsite', summary: '了解<i>生产</i>' } })).body.visitId
    const path = await pageOf(enterpriseOf.stranger, 'contact-stranger@example.com')
    await Promise.all([say(path, visitId, { came: 'no', words: '当日<b>无人</b>来访。' }), say(path, visitId, { came: 'no', words: '当日<b>无人</b>来访。' })])
    expect(await flagsOf(idOf('stranger'))).toMatchObject([{ flagId: flagIdOf('denied', visitId), kind: 'denied', seenWith: [], status: 'open' }])
    const [mail, ...more] = await told(visitId)
    expect([mail?.to, more]).toEqual([[addressOf('supervisor')], []])
    expect(mail?.text).toContain('当日<b>无人</b>来访。')
    expect(mail?.html).toContain('当日&lt;b&gt;无人&lt;/b&gt;来访。')
    await say(path, visitId, { came: 'no', words: '只打过电话。' })
    expect(await told(visitId)).toHaveLength(1)
    expect(await district.stranger.refused(listFlags)).toMatchObject({ status: 403, code: 'role-not-allowed' })
  })

  it('notes that the enterprise has taken it back, until it denies it anew, and stays to be looked at', async () => {
    const visitId = (await district.stranger.ask(recordVisit, { body: { enterpriseId: enterpriseOf.stranger, visitedOn: '2026-03-01', mode: 'onsite', summary: '更正' } })).body.visitId
    const path = await pageOf(enterpriseOf.stranger, 'contact-stranger@example.com')
    const flag = async () => (await district.supervisor.ask(getFlag, { params: { flagId: flagIdOf('denied', visitId) } })).body
    await say(path, visitId, { came: 'yes' })
    expect(await district.supervisor.refused(getFlag, { params: { flagId: flagIdOf('denied', visitId) } })).toMatchObject({ code: 'flag-not-found' })
    await say(path, visitId, { came: 'no' })
    expect(await flag()).not.toHaveProperty('takenBackAt')
    await say(path, visitId, { came: 'yes' })
    expect(await flag()).toMatchObject({ status: 'open', takenBackAt: '2026-03-02T10:00:00+08:00' })
    await say(path, visitId, { came: 'no' })
    expect(await flag()).not.toHaveProperty('takenBackAt')
    expect(await told(visitId)).toHaveLength(1)
  })

  it('is told as soon as the mail goes out, unless it has been taken back or checked by then', async () => {
    const visit = (visitedOn: string) => district.stranger.ask(recordVisit, { body: { enterpriseId: enterpriseOf.stranger, visitedOn, mode: 'phone', summary: `等待${visitedOn}` } })
    const [open, takenBack, checked] = await Promise.all(['2026-02-27', '2026-02-28', '2026-03-01'].map(async day => (await visit(day)).body.visitId))
    if (open === undefined || takenBack === undefined || checked === undefined) return expect.fail('they were not recorded')
    const path = await pageOf(enterpriseOf.stranger, 'contact-stranger@example.com')
    await district.faults({ target: 'mail', fault: 'throttle', count: 3, match: addressOf('supervisor') })
    for (const visitId of [open, takenBack, checked]) await say(path, visitId, { came: 'no' })
    expect(await told(open)).toEqual([])
    await say(path, takenBack, { came: 'yes' })
    await district.supervisor.ask(checkFlag, { params: { flagId: flagIdOf('denied', checked) }, body: { finding: 'in-order', remark: '已核实' } })
    await district.clock('2026-03-02 11:00')
    expect([await told(open), await told(takenBack), await told(checked)].map(mails => mails.length)).toEqual([1, 0, 0])
  })
})
