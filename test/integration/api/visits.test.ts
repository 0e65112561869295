import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EngineClient } from '../../../infra/local/engine-client.ts'
import { createPairing, putDepartment, putEnterprise, putOfficer } from '../../../shared/contract/roster.ts'
import { decideExemption, getExemption, getQuota, listExemptions, listVisits, recordVisit, requestExemption } from '../../../shared/contract/visits.ts'
import { creditCodeOf } from '../../mothers/enterprise.ts'
import type { Client } from './client.ts'
import { addressOf, enterpriseOf, foundDistrict, idOf, type District } from './district.ts'
import { pagesOf } from './pages.ts'
import { startWorld } from './world.ts'

let district: District
let serial = 0
/** Monday 2026-03-02, ten in the morning. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
})
afterAll(() => district.close())

/** An officer nobody else knows, paired with one enterprise since January. */
const aPair = async (startsOn = '2026-01-01', endsOn?: string): Promise<{ officer: Client; officerId: string; enterpriseId: string }> => {
  serial += 1
  const officerId = `P-${serial}`
  const enterpriseId = creditCodeOf(500 + serial)
  const email = `pair${serial}@district.example`
  await district.admin.ask(putOfficer, { params: { officerId }, body: { name: `干部${serial}`, email, departmentId: 'D-03', roles: ['officer'] } })
  await district.admin.ask(putEnterprise, { params: { enterpriseId }, body: { kind: 'company', name: `企业${serial}` } })
  await district.admin.ask(createPairing, { body: { officerId, enterpriseId, startsOn, ...(endsOn === undefined ? {} : { endsOn }) } })
  return { officer: await district.as(email), officerId, enterpriseId }
}

const visit = (enterpriseId: string, but: object = {}) => ({ enterpriseId, visitedOn: '2026-03-02', mode: 'onsite', summary: '了解用工情况', ...but })
const quotaOf = async (officer: Client, month = '2026-03') => (await officer.ask(getQuota, { query: { month } })).body.items

/** What the table does by itself with a record that has run out. */
const forgetRequest = async (officerId: string, key: string): Promise<void> => {
  const engine = new EngineClient(district.stack.tableEndpoint)
  const [TableName] = Object.values(district.stack.tables)
  await engine.call('DynamoDB_20120810.DeleteItem', { TableName, Key: { pk: { S: `REQUEST#${officerId}#${key}` }, sk: { S: 'REQUEST' } } })
  engine.close()
}

describe('a visit', () => {
  it('is recorded and counted at once', async () => {
    const { officer, officerId, enterpriseId } = await aPair()
    const { body } = await officer.ask(recordVisit, { body: visit(enterpriseId) })
    expect(body).toEqual({ visitId: body.visitId, counted: true, quota: { month: '2026-03', required: 2, counted: 1 } })
    expect((await officer.ask(listVisits, { query: { month: '2026-03' } })).body.items).toEqual([
      { ...visit(enterpriseId), visitId: body.visitId, officerId, counted: true, recordedAt: '2026-03-02T10:00:00+08:00', recordedBy: officerId },
    ])
    expect(await quotaOf(officer)).toEqual([{ officerId, enterpriseId, month: '2026-03', required: 2, counted: 1, exempt: false }])
  })

  it.each([
    ['onsite', true], ['office', true], ['session', true], ['phone', false], ['online', false],
  ])('%s counts: %s', async (mode, counted) => {
    const { officer, enterpriseId } = await aPair()
    const { body } = await officer.ask(recordVisit, { body: visit(enterpriseId, { mode }) })
    expect(body).toMatchObject(counted ? { counted, quota: { counted: 1 } } : { counted, reasonNotCounted: 'mode', quota: { counted: 0 } })
  })

  it('counts once a day for an enterprise, and a call before does not stand in its way', async () => {
    const { officer, enterpriseId } = await aPair()
    const record = async (but: object) => (await officer.ask(recordVisit, { body: visit(enterpriseId, but) })).body
    expect(await record({ mode: 'phone' })).toMatchObject({ counted: false })
    expect(await record({})).toMatchObject({ counted: true })
    expect(await record({ mode: 'office' })).toMatchObject({ counted: false, reasonNotCounted: 'same-day', quota: { counted: 1 } })
    expect(await record({ visitedOn: '2026-03-01' })).toMatchObject({ counted: true, quota: { counted: 2 } })
  })

  /** On Monday 03-02; Saturday 02-28 was worked 调休, so three working days reach back to Thursday. */
  it.each([
    ['2026-03-02', 'counted'],
    ['2026-03-01', 'counted'],
    ['2026-02-26', 'counted'],
    ['2026-02-25', 'visit-too-late'],
    ['2025-12-31', 'visit-too-late'],
    ['2026-03-03', 'visit-in-future'],
    ['2100-01-01', 'visit-in-future'],
    ['9999-12-31', 'too-large'],
    ['2026-02-29', 'impossible-date'],
    ['2026-3-2', 'bad-format'],
  ])('of %s is %s', async (visitedOn, expected) => {
    const { officer, enterpriseId } = await aPair()
    const outcome = await officer.try(recordVisit, { body: visit(enterpriseId, { visitedOn }) })
    expect('given' in outcome ? 'counted' : outcome.refusal.code).toBe(expected)
    const counted = await Promise.all(['2026-02', '2026-03'].map(async month => (await quotaOf(officer, month))[0]?.counted))
    expect(counted).toEqual(expected !== 'counted' ? [0, 0] : visitedOn < '2026-03-01' ? [1, 0] : [0, 1])
  })

  it.each<[string, string | undefined, string, string]>([
    ['before the pairing', '2026-03-02', '2026-03-01', 'not-paired'],
    ['on its first day', '2026-03-02', '2026-03-02', 'counted'],
  ])('%s is %s', async (_, startsOn, visitedOn, expected) => {
    const { officer, enterpriseId } = await aPair(startsOn)
    const outcome = await officer.try(recordVisit, { body: visit(enterpriseId, { visitedOn }) })
    expect('given' in outcome ? 'counted' : outcome.refusal.code).toBe(expected)
  })

  it('after the pairing has ended is refused, on its last day it counts', async () => {
    const { officer, enterpriseId } = await aPair('2026-01-01', '2026-03-01')
    expect(await officer.refused(recordVisit, { body: visit(enterpriseId) })).toMatchObject({ status: 422, code: 'not-paired' })
    await officer.ask(recordVisit, { body: visit(enterpriseId, { visitedOn: '2026-03-01' }) })
  })

  it('to somebody else’s enterprise is refused, to an unknown one too, in the same words', async () => {
    for (const enterpriseId of [enterpriseOf.stranger, creditCodeOf(99)])
      expect(await district.officer.refused(recordVisit, { body: visit(enterpriseId) })).toMatchObject({ status: 422, code: 'not-paired' })
  })

  it('is entered by a supervisor on behalf of the officer', async () => {
    const { officer, officerId, enterpriseId } = await aPair()
    await district.supervisor.ask(recordVisit, { body: visit(enterpriseId, { officerId }) })
    expect((await officer.ask(listVisits, { query: { month: '2026-03' } })).body.items).toMatchObject([{ officerId, recordedBy: idOf('supervisor'), counted: true }])
    expect(await district.supervisor.refused(recordVisit, { body: visit(enterpriseId, { officerId: '8888' }) })).toMatchObject({ status: 404, code: 'officer-not-found' })
    expect(await district.officer.refused(recordVisit, { body: visit(enterpriseId, { officerId }) })).toMatchObject({ status: 403, code: 'out-of-reach' })
  })
})

describe('one visit sent again', () => {
  it('with its key is answered as before, and counts once', async () => {
    const { officer, enterpriseId } = await aPair()
    const first = await officer.ask(recordVisit, { body: visit(enterpriseId), key: 'k1' })
    const again = await officer.ask(recordVisit, { body: visit(enterpriseId), key: 'k1' })
    expect([again.body, first.replayed, again.replayed]).toEqual([first.body, false, true])
    expect(await pagesOf(officer, listVisits, { month: '2026-03' }, 50)).toHaveLength(1)
  })

  it('with its key and another body is refused', async () => {
    const { officer, enterpriseId } = await aPair()
    await officer.ask(recordVisit, { body: visit(enterpriseId), key: 'k2' })
    expect(await officer.refused(recordVisit, { body: visit(enterpriseId, { mode: 'office' }), key: 'k2' })).toMatchObject({ status: 422, code: 'idempotency-key-reused' })
    expect(await officer.refused(requestExemption, { body: { month: '2026-03', reason: 'health' }, key: 'k2' })).toMatchObject({ status: 422, code: 'idempotency-key-reused' })
  })

  it('with somebody else’s key is one of its own', async () => {
    const [one, other] = [await aPair(), await aPair()]
    const first = await one.officer.ask(recordVisit, { body: visit(one.enterpriseId), key: 'shared' })
    const second = await other.officer.ask(recordVisit, { body: visit(other.enterpriseId), key: 'shared' })
    expect(second.replayed).toBe(false)
    expect(second.body.visitId).not.toBe(first.body.visitId)
  })

  it('long after, when its answer is no longer kept, is not recorded again', async () => {
    const { officer, officerId, enterpriseId } = await aPair()
    await officer.ask(recordVisit, { body: visit(enterpriseId), key: 'k4' })
    await forgetRequest(officerId, 'k4')
    expect(await officer.refused(recordVisit, { body: visit(enterpriseId), key: 'k4' })).toMatchObject({ status: 409, code: 'done-before' })
    expect(await pagesOf(officer, listVisits, { month: '2026-03' }, 50)).toHaveLength(1)
  })

  it('after a refusal may use its key: nothing was done', async () => {
    const { officer, enterpriseId } = await aPair()
    await officer.refused(recordVisit, { body: visit(enterpriseId, { visitedOn: '2026-03-03' }), key: 'k3' })
    expect((await officer.ask(recordVisit, { body: visit(enterpriseId), key: 'k3' })).replayed).toBe(false)
  })

  it('twenty times at once with one key is one visit', async () => {
    const { officer, enterpriseId } = await aPair()
    const answers = await Promise.all(Array.from({ length: 20 }, () => officer.ask(recordVisit, { body: visit(enterpriseId), key: 'all-at-once' })))
    expect(new Set(answers.map(({ body }) => body.visitId)).size).toBe(1)
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
    expect(await pagesOf(officer, listVisits, { month: '2026-03' }, 50)).toHaveLength(1)
    expect(await quotaOf(officer)).toMatchObject([{ counted: 1 }])
  })
})

describe('the quota', () => {
  it('equals a recount of the visits, however many are entered at once', async () => {
    const { officer, officerId, enterpriseId } = await aPair()
    const days = ['2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']
    const modes = ['onsite', 'phone', 'office', 'online', 'session']
    const bodies = Array.from({ length: 40 }, (_, at) => visit(enterpriseId, { visitedOn: days[at % 5], mode: modes[Math.floor(at / 5) % 5] }))
    await Promise.all(bodies.map((body, at) => (at % 2 === 0 ? officer.ask(recordVisit, { body }) : district.supervisor.ask(recordVisit, { body: { ...body, officerId } }))))
    for (const month of ['2026-02', '2026-03']) {
      const visits = await pagesOf(officer, listVisits, { month }, 7)
      const recounted = visits.filter(({ counted }) => counted)
      expect(visits).toHaveLength(bodies.filter(({ visitedOn = '' }: { visitedOn?: string }) => visitedOn.startsWith(month)).length)
      expect(new Set(recounted.map(({ visitedOn }) => visitedOn)).size).toBe(recounted.length)
      expect(await quotaOf(officer, month)).toMatchObject([{ counted: recounted.length }])
    }
  })

  it.each<[string, string | undefined, number]>([
    ['2026-03-01', undefined, 2], ['2026-03-10', undefined, 2], ['2026-03-11', undefined, 1], ['2026-03-20', undefined, 1], ['2026-03-21', undefined, 0],
    ['2026-01-01', '2026-03-10', 0], ['2026-01-01', '2026-03-20', 1], ['2026-01-01', '2026-03-21', 2], ['2026-03-11', '2026-03-31', 1], ['2026-03-01', '2026-03-05', 0],
  ])('of a pairing from %s until %s is %i', async (startsOn, endsOn, required) => {
    const { officer } = await aPair(startsOn, endsOn)
    expect(await quotaOf(officer)).toMatchObject([{ required }])
  })

  it('of a department is that of its officers, page by page', async () => {
    const month = '2026-03'
    const walked = await pagesOf(district['other-director'], getQuota, { month, departmentId: 'D-03' }, 1)
    expect(walked).toEqual(await pagesOf(district.supervisor, getQuota, { month, departmentId: 'D-03' }, 200))
    expect(walked.length).toBeGreaterThan(serial)
    expect(await district.director.refused(getQuota, { query: { month, departmentId: 'D-03' } })).toMatchObject({ code: 'out-of-reach' })
  })

  it('of a department with one of its officers is that officer’s', async () => {
    const { officerId } = await aPair()
    const ofBoth = async (departmentId: string) => (await district.supervisor.ask(getQuota, { query: { month: '2026-03', departmentId, officerId } })).body.items
    expect((await ofBoth('D-03')).map(line => line.officerId)).toEqual([officerId])
    expect(await ofBoth('D-02')).toEqual([])
  })

  it.each([[getQuota, { month: '2026-03' }], [listExemptions, {}]] as const)('and the exemptions of what does not exist are not empty, but not there: $id', async (op, query) => {
    const refused = (who: Client, of: object) => who.refused(op, { query: { ...query, ...of } })
    expect(await refused(district.supervisor, { departmentId: 'D-99' })).toMatchObject({ status: 404, code: 'department-not-found' })
    expect(await refused(district.supervisor, { officerId: '8888' })).toMatchObject({ status: 404, code: 'officer-not-found' })
    // Whoever could not see it if it were there is told no more of one that is not than of one that is.
    for (const who of [district.director, district.officer])
      expect([await refused(who, { departmentId: 'D-99' }), await refused(who, { departmentId: 'D-03' })]).toMatchObject([{ status: 403, code: 'out-of-reach' }, { status: 403, code: 'out-of-reach' }])
    await district.admin.ask(putDepartment, { params: { departmentId: 'D-98' }, body: { name: '新设局' } })
    expect((await district.supervisor.ask(op, { query: { ...query, departmentId: 'D-98' } })).body.items).toEqual([])
  })

  it('of nobody in particular wants a filter from those who visit nobody', async () => {
    expect(await district.admin.refused(getQuota, { query: { month: '2026-03' } })).toMatchObject({ status: 422, code: 'filter-required' })
    expect(await district.admin.refused(listVisits, { query: { month: '2026-03' } })).toMatchObject({ status: 422, code: 'filter-required' })
    expect(await district.admin.refused(listExemptions)).toMatchObject({ status: 422, code: 'filter-required' })
  })
})

describe('the visits of an enterprise', () => {
  it('are all of them for the office, and the officer’s own for the officer', async () => {
    const { officer, officerId, enterpriseId } = await aPair()
    const second = await aPair()
    await district.admin.ask(createPairing, { body: { officerId: second.officerId, enterpriseId, startsOn: '2026-01-01' } })
    await officer.ask(recordVisit, { body: visit(enterpriseId) })
    await second.officer.ask(recordVisit, { body: visit(enterpriseId) })
    const query = { month: '2026-03', enterpriseId }
    expect(new Set((await pagesOf(district.supervisor, listVisits, query, 1)).map(each => each.officerId))).toEqual(new Set([officerId, second.officerId]))
    expect((await officer.ask(listVisits, { query })).body.items).toMatchObject([{ officerId }])
  })
})

describe('an exemption', () => {
  const asked = { month: '2026-03', reason: 'health', remark: '住院' }

  it('is asked for by the officer, decided by the director, and told by mail', async () => {
    const { officer, officerId, enterpriseId } = await aPair()
    const { body } = await officer.ask(requestExemption, { body: asked })
    expect(body).toMatchObject({ officerId, departmentId: 'D-03', status: 'requested', requestedBy: officerId })
    expect(await district.mail({ to: addressOf('other-director'), kind: 'exemption-requested' })).not.toHaveLength(0)
    expect(await quotaOf(officer)).toMatchObject([{ exempt: false }])
    const params = { exemptionId: body.exemptionId }
    const decided = await district['other-director'].ask(decideExemption, { params, body: { decision: 'approved', remark: '同意' } })
    expect(decided.body).toMatchObject({ status: 'approved', decidedBy: idOf('other-director'), decisionRemark: '同意' })
    expect(await quotaOf(officer)).toEqual([{ officerId, enterpriseId, month: '2026-03', required: 2, counted: 0, exempt: true, exemptReason: 'health' }])
    expect(await district.mail({ to: `pair${serial}@district.example`, kind: 'exemption-decided' })).toHaveLength(1)
    expect(await district['other-director'].refused(decideExemption, { params, body: { decision: 'refused' } })).toMatchObject({ status: 409, code: 'already-decided' })
    expect((await officer.ask(getExemption, { params })).body.status).toBe('approved')
  })

  it('is put before the director; where there is none, before the campaign office, which reads why', async () => {
    const whyOf = async (email: string) => (await district.mail({ to: email, kind: 'exemption-requested' })).at(-1)?.text
    const { officer } = await aPair()
    await officer.ask(requestExemption, { body: asked })
    expect(await whyOf(addressOf('other-director'))).toContain('因为发展改革局的容错申请由您审批')
    await district.admin.ask(putDepartment, { params: { departmentId: 'D-66' }, body: { name: '无负责人部门' } })
    await district.admin.ask(putOfficer, { params: { officerId: 'LONE' }, body: { name: '独行', email: 'lone@district.example', departmentId: 'D-66', roles: ['officer'] } })
    await district.admin.ask(putEnterprise, { params: { enterpriseId: creditCodeOf(499) }, body: { kind: 'company', name: '企业499' } })
    await district.admin.ask(createPairing, { body: { officerId: 'LONE', enterpriseId: creditCodeOf(499), startsOn: '2026-01-01' } })
    await (await district.as('lone@district.example')).ask(requestExemption, { body: asked })
    expect(await whyOf(addressOf('supervisor'))).toContain('因为您负责助企工作的督查协调')
  })

  it('that is refused exempts nothing', async () => {
    const { officer } = await aPair()
    const { body } = await officer.ask(requestExemption, { body: asked })
    await district['other-director'].ask(decideExemption, { params: { exemptionId: body.exemptionId }, body: { decision: 'refused' } })
    expect(await quotaOf(officer)).toMatchObject([{ exempt: false }])
  })

  it('is asked for once: while it waits or stands nobody asks again, and who was refused may', async () => {
    const { officer } = await aPair()
    const decide = async (exemptionId: string, decision: 'approved' | 'refused') => district['other-director'].ask(decideExemption, { params: { exemptionId }, body: { decision } })
    const atOnce = await Promise.all(Array.from({ length: 5 }, () => officer.try(requestExemption, { body: asked })))
    const [first] = atOnce.flatMap(outcome => ('given' in outcome ? [outcome.given.body] : []))
    expect(atOnce.flatMap(outcome => ('refusal' in outcome ? [outcome.refusal.code] : []))).toEqual(Array.from({ length: 4 }, () => 'exemption-exists'))
    await decide(first?.exemptionId ?? '', 'refused')
    const again = await officer.ask(requestExemption, { body: asked })
    expect(again.body.exemptionId).not.toBe(first?.exemptionId)
    await decide(again.body.exemptionId, 'approved')
    const refusal = await officer.refused(requestExemption, { body: asked, headers: { 'accept-language': 'zh' } })
    expect(refusal).toMatchObject({ status: 409, code: 'exemption-exists', detail: `同一月份的申请 ${again.body.exemptionId} 已包含所申请的范围，已同意，无须重复申请。` })
  })

  it('of the whole month holds for a pairing made later in it', async () => {
    const { officer, officerId } = await aPair()
    const { body } = await officer.ask(requestExemption, { body: asked })
    await district['other-director'].ask(decideExemption, { params: { exemptionId: body.exemptionId }, body: { decision: 'approved' } })
    const later = creditCodeOf(901)
    await district.admin.ask(putEnterprise, { params: { enterpriseId: later }, body: { kind: 'company', name: '后结对企业' } })
    await district.admin.ask(createPairing, { body: { officerId, enterpriseId: later, startsOn: '2026-03-02' } })
    expect((await quotaOf(officer)).map(({ exempt }) => exempt)).toEqual([true, true])
  })

  it('for one enterprise leaves the officer’s others as they are', async () => {
    const { officer, officerId, enterpriseId } = await aPair()
    const second = creditCodeOf(900)
    await district.admin.ask(putEnterprise, { params: { enterpriseId: second }, body: { kind: 'company', name: '某企业' } })
    await district.admin.ask(createPairing, { body: { officerId, enterpriseId: second, startsOn: '2026-01-01' } })
    const { body } = await officer.ask(requestExemption, { body: { ...asked, reason: 'enterprise-unavailable', enterpriseId } })
    await district.supervisor.ask(decideExemption, { params: { exemptionId: body.exemptionId }, body: { decision: 'approved' } })
    const lines = await quotaOf(officer)
    expect(Object.fromEntries(lines.map(line => [line.enterpriseId, line.exempt]))).toEqual({ [enterpriseId]: true, [second]: false })
  })

  it('is never decided by who asks, or by whom it is for', async () => {
    const both = await district.as('both@district.example')
    await district.admin.ask(putOfficer, { params: { officerId: 'BOTH' }, body: { name: '兼任', email: 'both@district.example', departmentId: 'D-03', roles: ['officer', 'director', 'supervisor'] } })
    await district.admin.ask(createPairing, { body: { officerId: 'BOTH', enterpriseId: enterpriseOf.stranger, startsOn: '2026-01-01' } })
    const own = await both.ask(requestExemption, { body: asked })
    const onBehalf = await both.ask(requestExemption, { body: { ...asked, officerId: idOf('stranger') } })
    const byOther = await district.supervisor.ask(requestExemption, { body: { ...asked, month: '2026-04', officerId: 'BOTH' } })
    for (const { body } of [own, onBehalf, byOther])
      expect(await both.refused(decideExemption, { params: { exemptionId: body.exemptionId }, body: { decision: 'approved' } })).toMatchObject({ status: 403, code: 'own-request' })
    await district['other-director'].ask(decideExemption, { params: { exemptionId: own.body.exemptionId }, body: { decision: 'approved' } })
  })

  it.each([['2026-01', 'month-not-open'], ['2026-02', undefined], ['2026-05', undefined], ['2026-06', 'month-not-open'], ['2026-13', 'impossible-date']])('for %s: %s', async (month, code) => {
    const { officer } = await aPair()
    const outcome = await officer.try(requestExemption, { body: { ...asked, month } })
    expect('refusal' in outcome ? outcome.refusal.code : undefined).toBe(code)
  })

  it('for a month in which nothing is owed is refused', async () => {
    const { officer } = await aPair('2026-04-01')
    expect(await officer.refused(requestExemption, { body: asked })).toMatchObject({ code: 'nothing-owed' })
  })

  it('of an enterprise that is somebody else’s is refused', async () => {
    const { officer } = await aPair()
    expect(await officer.refused(requestExemption, { body: { ...asked, enterpriseId: enterpriseOf.officer } })).toMatchObject({ status: 422, code: 'not-paired-in-month' })
  })

  it('survives ten directors at once, and a visit at the same time', async () => {
    const { officer, enterpriseId } = await aPair()
    const { body } = await officer.ask(requestExemption, { body: asked })
    const decide = (decision: string) => district['other-director'].try(decideExemption, { params: { exemptionId: body.exemptionId }, body: { decision } })
    const [visited, ...decisions] = await Promise.all([
      officer.ask(recordVisit, { body: visit(enterpriseId) }),
      ...Array.from({ length: 10 }, () => decide('approved')),
    ])
    expect(visited.body.counted).toBe(true)
    expect(decisions.filter(outcome => 'given' in outcome)).toHaveLength(1)
    expect(await quotaOf(officer)).toMatchObject([{ counted: 1, exempt: true }])
  })

  it('is listed by officer, department, month and status', async () => {
    const all = await pagesOf(district['other-director'], listExemptions, { departmentId: 'D-03' }, 1)
    expect(new Set(all.map(({ exemptionId }) => exemptionId)).size).toBe(all.length)
    const approved = await pagesOf(district['other-director'], listExemptions, { departmentId: 'D-03', status: 'approved', month: '2026-03' }, 2)
    expect(approved).toEqual(all.filter(({ status, month }) => status === 'approved' && month === '2026-03'))
    expect(await pagesOf(district.supervisor, listExemptions, { officerId: 'BOTH' }, 50)).toEqual(all.filter(({ officerId }) => officerId === 'BOTH'))
  })
})
