import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  appealOnDepartmentSheet, appealOnOfficerSheet, decideOnDepartmentSheet, decideOnOfficerSheet, drawUpAssessment, finalizeAssessment, getAssessment, getDepartmentSheet, getOfficerSheet, getRanking, getRankings,
  listAssessmentComponents, listAssessments, listOfficerSheets, openAssessment, putRankings, recountAssessment,
} from '../../../shared/contract/assessments.ts'
import { submitIssue } from '../../../shared/contract/issues.ts'
import { getBulletin } from '../../../shared/contract/reports.ts'
import type { Operation } from '../../../shared/contract/operation.ts'
import { putOfficer } from '../../../shared/contract/roster.ts'
import { decideExemption, recordVisit, requestExemption } from '../../../shared/contract/visits.ts'
import type { Ask, Client } from './client.ts'
import { addressOf, enterpriseOf, foundDistrict, idOf, people, type District, type Name } from './district.ts'
import { pagesOf } from './pages.ts'
import { startWorld } from './world.ts'

let district: District

const period = '2026-H1'
const of = (more: Ask = {}): Ask => ({ ...more, params: { period, ...more.params } })
const ofOfficer = (name: Name, more: Ask = {}): Ask => of({ ...more, params: { officerId: idOf(name) } })
const ofDepartment = (departmentId: string, more: Ask = {}): Ask => of({ ...more, params: { departmentId } })
const sheetOf = async (name: Name) => (await district.supervisor.ask(getOfficerSheet, ofOfficer(name))).body
const codeOf = async (given: ReturnType<Client['try']>): Promise<string> => {
  const outcome = await given
  return 'refusal' in outcome ? outcome.refusal.code : 'done'
}
/** Commands the assessment as it stands. */
const command = async (op: Operation, client = district.supervisor) => client.try(op, of({ ifMatch: (await district.supervisor.ask(getAssessment, of())).etag, body: {} }))
const work = async () => {
  expect(await district.run('assessment-work')).toMatchObject({ ok: true })
  return (await district.supervisor.ask(getAssessment, of())).body
}
const kindsTo = async (name: Name): Promise<string[]> => (await district.mail({ to: addressOf(name) })).map(({ kind }) => kind).filter(kind => kind.startsWith('assessment'))

/** Paired since June, so that each pairing owes two visits in the half-year. The officer keeps one of two, the colleague theirs half; the stranger has gone over. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-06-23 10:00'), '2026-06-01')
  const visit = (client: Client, enterpriseId: string, visitedOn: string) => client.ask(recordVisit, { body: { enterpriseId, visitedOn, mode: 'onsite', summary: `走访 ${visitedOn}` } })
  for (const day of ['2026-06-22', '2026-06-23']) await visit(district.officer, enterpriseOf.officer, day)
  await visit(district.colleague, enterpriseOf.colleague, '2026-06-23')
  for (const day of ['2026-06-22', '2026-06-23']) await visit(district.stranger, enterpriseOf.stranger, day)
  await district.officer.ask(submitIssue, { body: { enterpriseId: enterpriseOf.officer, category: 'facilities', subcategory: 'roads', tier: 'A', title: '道路不通', description: '门前道路不通。' } })
})
afterAll(() => district.close())

describe('an assessment of half a year', () => {
  it('is not drawn up while its figures move, nor by anybody but a supervisor', async () => {
    district.leap('2026-07-03 17:00')
    expect(await district.supervisor.refused(drawUpAssessment, { body: { period } })).toMatchObject({ code: 'assessment-not-settled', detail: expect.stringContaining('2026年7月6日') as string })
    expect(await district.supervisor.refused(drawUpAssessment, { body: { period: '2026-H3' } })).toMatchObject({ code: 'bad-format' })
    // Whose first month is not counted from its records any more.
    for (const far of ['2024-H1', '2024']) expect(await district.supervisor.refused(drawUpAssessment, { body: { period: far } })).toMatchObject({ status: 422, code: 'month-too-far-back', detail: expect.stringContaining('2024-07') as string })
    for (const client of [district.director, district.officer, district.admin]) expect((await client.refused(drawUpAssessment, { body: { period } })).code).toBe('role-not-allowed')
  })

  it('is drawn up by the schedule, once for each request, and by nobody before', async () => {
    district.leap('2026-07-06 10:00')
    const asked = { body: { period }, key: 'draw-up' }
    expect((await district.supervisor.ask(drawUpAssessment, asked)).body).toMatchObject({ status: 'draft', work: { task: 'draw-up' } })
    expect((await district.supervisor.ask(drawUpAssessment, asked)).replayed).toBe(true)
    expect(await codeOf(command(openAssessment))).toBe('assessment-at-work')
    await district.faults({ target: 'table', fault: 'throttle', count: 3 })
    expect(await work()).toMatchObject({ status: 'draft', officers: 3, departments: 2, appeals: 0 })
    expect((await work()).version).toBe((await work()).version)
  })

  it('has the figures of the bulletin, and shows what each component is', async () => {
    const { components, total, remarks } = await sheetOf('officer')
    expect(components.find(({ component }) => component === 'quota')).toMatchObject({ numerator: 1, denominator: 2, points: 50, weight: 50, formula: { zh: expect.stringContaining('1÷应走访结对2') as string }, counted: { count: 2 } })
    expect(components.find(({ component }) => component === 'satisfaction')).toMatchObject({ denominator: 0, share: 0 })
    expect(components.find(({ component }) => component === 'response')).toMatchObject({ numerator: 0, denominator: 1, points: 0, counted: { records: ['issue/2026-000001'] } })
    // 50×1/2 + 10×0 + 15×0 + 10×0 = 25 of 85, for the issue was due on the last day of the half-year.
    expect(total).toBe(29.4)
    expect(remarks[0]?.zh).toContain('满意率')
    const { body: { byDepartment } } = await district.supervisor.ask(getBulletin, { params: { month: '2026-06' } })
    for (const { departmentId, figures } of byDepartment) {
      const { body } = await district.supervisor.ask(getDepartmentSheet, ofDepartment(departmentId))
      expect(body.components.find(({ component }) => component === 'quota')).toMatchObject({ numerator: figures.pairingsFulfilled, denominator: figures.pairingsOwed })
    }
    expect((await district.officer.ask(listAssessmentComponents)).body.components).toHaveLength(9)
  })

  it('is seen by supervisors alone as long as it is a draft', async () => {
    for (const client of [district.officer, district.director, district.admin]) {
      expect((await client.refused(getAssessment, of())).code).toBe('assessment-not-found')
      expect((await client.ask(listAssessments)).body.items).toEqual([])
    }
    for (const client of [district.director, district.admin]) expect((await client.refused(getDepartmentSheet, ofDepartment('D-02'))).code).toBe('assessment-not-found')
    expect((await district.officer.refused(getOfficerSheet, ofOfficer('officer'))).code).toBe('assessment-not-found')
    expect((await district.supervisor.ask(listAssessments)).body.items).toHaveLength(1)
  })

  it('can be drawn up anew before it is opened; whoever went over belongs where they were on its last day', async () => {
    const { officerId } = people.stranger
    await district.admin.ask(putOfficer, { params: { officerId }, body: { name: '示例stranger', email: addressOf('stranger'), departmentId: 'D-02', roles: ['officer'] } })
    await district.supervisor.ask(drawUpAssessment, { body: { period } })
    await work()
    expect(await sheetOf('stranger')).toMatchObject({ departmentId: 'D-03', total: 100 })
    expect((await district.supervisor.ask(getDepartmentSheet, ofDepartment('D-03'))).body).toMatchObject({ total: 100 })
  })

  it('is opened: each officer and each director is mailed their own sheet, once', async () => {
    expect(await codeOf(command(openAssessment, district.director))).toBe('role-not-allowed')
    expect(await codeOf(command(openAssessment))).toBe('done')
    expect(await work()).toMatchObject({ status: 'open', appealBy: '2026-07-13T18:00:00+08:00' })
    await district.run('assessment-work')
    for (const name of ['officer', 'colleague', 'stranger', 'director', 'other-director'] as const) expect([name, await kindsTo(name)]).toEqual([name, ['assessment-opened']])
    expect(await kindsTo('supervisor')).toEqual([])
    const [mail] = await district.mail({ to: addressOf('officer'), kind: 'assessment-opened' })
    expect(mail?.text).toContain('7月13')
    expect(mail?.text).not.toContain('示例colleague')
  })

  it('shows an officer their own sheet, a director those of the department, and nobody else’s', async () => {
    expect((await district.officer.ask(getOfficerSheet, ofOfficer('officer'))).body.officerId).toBe(idOf('officer'))
    expect((await district.officer.refused(getOfficerSheet, ofOfficer('colleague'))).code).toBe('out-of-reach')
    expect((await district.director.ask(getOfficerSheet, ofOfficer('colleague'))).body.officerId).toBe(idOf('colleague'))
    for (const name of ['stranger', 'handler'] as const) expect((await district.director.refused(getOfficerSheet, name === 'handler' ? of({ params: { officerId: '9999' } }) : ofOfficer(name))).code).toBe('out-of-reach')
    // Colleagues' records are for the director: which visits were missed or exempted, and what was flagged.
    const { components, hash } = (await district.director.ask(getDepartmentSheet, ofDepartment('D-02'))).body
    expect(components.find(({ component }) => component === 'quota')?.counted.records).toContain(`pairing/2026-06/${idOf('colleague')}/${enterpriseOf.colleague}`)
    expect([hash, (await district.supervisor.ask(getDepartmentSheet, ofDepartment('D-02'))).body.hash]).toEqual([undefined, expect.stringMatching(/^[0-9a-f]{64}$/)])
    expect((await district.officer.refused(getDepartmentSheet, ofDepartment('D-02'))).code).toBe('role-not-allowed')
    expect((await district.supervisor.refused(getOfficerSheet, of({ params: { officerId: '9999' } }))).code).toBe('sheet-not-found')
    const listed = async (client: Client, query = {}) => (await pagesOf(client, listOfficerSheets, query, 1, { period })).map(({ officerId }) => officerId)
    expect(await listed(district.supervisor)).toEqual([idOf('officer'), idOf('colleague'), idOf('stranger')])
    expect(await listed(district.director)).toEqual([idOf('officer'), idOf('colleague')])
    expect((await district.director.refused(listOfficerSheets, of({ query: { departmentId: 'D-03' } }))).code).toBe('out-of-reach')
    expect((await district.officer.refused(listOfficerSheets, of())).code).toBe('role-not-allowed')
  })
})

describe('an appeal', () => {
  const appeal = { component: 'quota', reason: '当月企业停产' }
  const record = `pairing/2026-06/${idOf('officer')}/${enterpriseOf.second}`

  it('is made by the officer alone, once for each request, and told to the supervisors', async () => {
    const { version } = await sheetOf('officer')
    const asked = ofOfficer('officer', { body: appeal, ifMatch: `"${version}"`, key: 'appeal' })
    for (const client of [district.colleague, district.director, district.supervisor]) expect((await client.refused(appealOnOfficerSheet, asked)).code).toBe('out-of-reach')
    expect((await district.officer.ask(appealOnOfficerSheet, asked)).body).toMatchObject({ appealWaits: true, appeals: 1 })
    expect((await sheetOf('officer')).appealed).toMatchObject([{ component: 'quota', by: idOf('officer') }])
    expect((await district.officer.ask(appealOnOfficerSheet, asked)).replayed).toBe(true)
    expect((await district.officer.refused(appealOnOfficerSheet, { ...asked, key: 'another' })).code).toBe('if-match-stale')
    expect(await kindsTo('supervisor')).toEqual(['assessment-appealed'])
    expect((await district.supervisor.ask(getAssessment, of())).body).toMatchObject({ appeals: 1, appealsOpen: 1 })
  })

  it('is decided by a supervisor whom it does not concern, by naming a record of it', async () => {
    const decide = async (client: Client, body: object) => codeOf(client.try(decideOnOfficerSheet, ofOfficer('officer', { body: { remark: '情况属实', ...body }, ifMatch: `"${(await sheetOf('officer')).version}"` })))
    expect(await decide(district.director, { decision: 'granted', recordId: record })).toBe('role-not-allowed')
    for (const recordId of [undefined, 'issue/2026-000001', `pairing/2026-06/${idOf('colleague')}/${enterpriseOf.colleague}`]) expect(await decide(district.supervisor, { decision: 'granted', ...(recordId === undefined ? {} : { recordId }) })).toBe('appeal-record-mismatch')
    expect(await decide(district.supervisor, { decision: 'granted', recordId: record })).toBe('done')
    const after = await sheetOf('officer')
    expect(after).toMatchObject({ total: 58.8, appealWaits: false, appealed: [{ decision: { outcome: 'granted', recordId: record, before: { total: 29.4 }, after: { total: 58.8 } } }] })
    expect(after.components.find(({ component }) => component === 'quota')).toMatchObject({ numerator: 1, denominator: 1, adjusted: { count: 1, records: [record] } })
    expect(await kindsTo('officer')).toEqual(['assessment-opened', 'assessment-decided'])
    expect(await decide(district.supervisor, { decision: 'refused' })).toBe('no-appeal-waits')
  })

  it('of a department is made by its director, and keeps the assessment from being final', async () => {
    const ifMatch = async () => `"${(await district.supervisor.ask(getDepartmentSheet, ofDepartment('D-03'))).body.version}"`
    expect((await district.director.refused(appealOnDepartmentSheet, ofDepartment('D-03', { body: appeal, ifMatch: await ifMatch() }))).code).toBe('out-of-reach')
    await district['other-director'].ask(appealOnDepartmentSheet, ofDepartment('D-03', { body: appeal, ifMatch: await ifMatch() }))
    expect(await codeOf(command(finalizeAssessment))).toBe('assessment-appeals-open')
    district.leap('2026-07-13 18:01')
    expect(await codeOf(command(finalizeAssessment))).toBe('assessment-appeals-undecided')
    await district.supervisor.ask(decideOnDepartmentSheet, ofDepartment('D-03', { body: { decision: 'refused', remark: '数据无误' }, ifMatch: await ifMatch() }))
    expect((await district.colleague.refused(appealOnOfficerSheet, ofOfficer('colleague', { body: appeal, ifMatch: `"${(await sheetOf('colleague')).version}"` }))).code).toBe('appeal-closed')
  })
})

describe('a final assessment', () => {
  it('is sealed, and stays as it is', async () => {
    expect(await codeOf(command(finalizeAssessment))).toBe('done')
    const { hash } = await sheetOf('officer')
    expect(await work()).toMatchObject({ status: 'final', hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string })
    expect((await sheetOf('officer')).hash).toBe(hash)
    expect((await district.supervisor.refused(drawUpAssessment, { body: { period } })).code).toBe('assessment-command-not-legal')
    expect(await codeOf(command(openAssessment))).toBe('assessment-command-not-legal')
  })

  it('is reckoned anew from what was frozen; where the records have gone on since, that is shown', async () => {
    expect(await codeOf(command(recountAssessment, district.admin))).toBe('role-not-allowed')
    expect(await codeOf(command(recountAssessment))).toBe('done')
    expect((await work()).recount).toMatchObject({ sheets: 5, failed: 0, sealed: true, differing: 0 })
    for (const client of [district.officer, district.director]) expect((await client.ask(getAssessment, of())).body).not.toHaveProperty('recount')
    const { body: { exemptionId } } = await district.colleague.ask(requestExemption, { body: { month: '2026-06', reason: 'health', remark: '因病' } })
    await district.director.ask(decideExemption, { params: { exemptionId }, body: { decision: 'approved' } })
    await command(recountAssessment)
    expect((await work()).recount).toMatchObject({
      sheets: 5, failed: 0, sealed: true, differing: 2,
      differences: [
        { subject: { departmentId: 'D-02' }, component: 'quota', frozen: [1, 3], now: [1, 2] },
        { subject: { officerId: idOf('colleague') }, component: 'quota', frozen: [0, 1], now: [0, 0] },
      ],
    })
  })

  it('whose records lie too far back is reckoned anew from what was frozen alone', async () => {
    district.leap('2028-02-01 10:00')
    await command(recountAssessment)
    expect((await work()).recount).toMatchObject({ sheets: 5, failed: 0, sealed: true, compared: false, differing: 0, differences: [] })
  })

  it('is ranked only while a supervisor has turned rankings on, with a reason that stays on record', async () => {
    const ranking = of({ query: { departmentId: 'D-02' } })
    expect(await district.supervisor.refused(getRanking, ranking)).toMatchObject({ code: 'rankings-off', detail: expect.stringContaining('2023') as string })
    expect((await district.officer.ask(getRankings)).body).toEqual({ on: false, history: [], version: 0 })
    expect((await district.admin.refused(putRankings, { body: { on: true, reason: '评优' } })).code).toBe('role-not-allowed')
    expect((await district.supervisor.refused(putRankings, { body: { on: true, reason: ' ' } })).code).toBe('required')
    await district.supervisor.ask(putRankings, { body: { on: true, reason: '年度评优需要' } })
    expect((await district.supervisor.refused(putRankings, { body: { on: false, reason: '评优结束' }, ifMatch: '"0"' })).code).toBe('if-match-stale')
    expect((await district.supervisor.ask(getRanking, ranking)).body).toEqual({ period, departmentId: 'D-02', places: [{ place: 1, officerId: idOf('officer'), total: 58.8 }, { place: 2, officerId: idOf('colleague'), total: 0 }], unplaced: 0 })
    expect((await district.director.ask(getRanking, ranking)).body.places).toHaveLength(2)
    expect((await district.director.refused(getRanking, of({ query: { departmentId: 'D-03' } }))).code).toBe('out-of-reach')
    expect((await district.officer.refused(getRanking, ranking)).code).toBe('role-not-allowed')
    await district.supervisor.ask(putRankings, { body: { on: false, reason: '评优结束' } })
    expect((await district.supervisor.refused(getRanking, ranking)).code).toBe('rankings-off')
    expect((await district.director.ask(getRankings)).body).toMatchObject({ on: false, by: idOf('supervisor'), history: [{ on: false, reason: '评优结束' }, { on: true, reason: '年度评优需要' }] })
  })
})
