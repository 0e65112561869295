import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { visitWrite } from '../../../functions/adapters/visit-store.ts'
import { officerWrites } from '../../../functions/adapters/roster-store.ts'
import { exportHandlers, exportLimits } from '../../../functions/exports/handler.ts'
import { cursorsWith } from '../../../functions/http/cursor.ts'
import type { Reach } from '../../../shared/contract/operation.ts'
import { exportLedger, exportQuota, exportVisits } from '../../../shared/contract/exports.ts'
import { acceptIssue, listIssues, resolveIssue, submitIssue } from '../../../shared/contract/issues.ts'
import { putEnterprise } from '../../../shared/contract/roster.ts'
import { getQuota, listVisits, recordVisit } from '../../../shared/contract/visits.ts'
import { creditCodeOf } from '../../mothers/enterprise.ts'
import { at, zone } from '../../mothers/moment.ts'
import { anOfficer } from '../../mothers/officer.ts'
import { openEmbeddedTable } from '../embedded-table.ts'
import { bookIn } from './book.ts'
import { addressOf, enterpriseOf, foundDistrict, idOf, type District, type Name } from './district.ts'
import { startWorld } from './world.ts'

let district: District
const hostile = "＝cmd|' /C calc'!A0 <b>&"

beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-03 10:00'))
  await district.admin.ask(putEnterprise, { params: { enterpriseId: enterpriseOf.officer }, body: { kind: 'company', name: hostile } })
  const visit = (name: 'officer' | 'colleague' | 'stranger', visitedOn: string, mode: string, summary: string) => district[name].ask(recordVisit, { body: { enterpriseId: enterpriseOf[name], visitedOn, mode, summary } })
  await visit('officer', '2026-03-02', 'onsite', '=1+1\n第二行')
  await visit('officer', '2026-03-03', 'phone', '电话')
  await visit('colleague', '2026-03-02', 'office', '面谈')
  await visit('stranger', '2026-03-02', 'onsite', '走访')
  for (const name of ['officer', 'colleague', 'stranger'] as const)
    await district[name].ask(submitIssue, { body: { enterpriseId: enterpriseOf[name], category: 'facilities', subcategory: 'roads', tier: 'A', title: `-${name}的道路`, description: '道路不通' } })
  const accepted = await district.handler.ask(acceptIssue, { params: { issueId: '2026-000001' }, ifMatch: '"1"' })
  await district.handler.ask(resolveIssue, { params: { issueId: '2026-000001' }, ifMatch: accepted.etag, body: { message: '已办结。' } })
})
afterAll(() => district.close())

const fetched = async (as: Name, path: string, language = 'zh-CN'): Promise<Response> =>
  fetch(`${district.url}/v1/exports/${path}`, { headers: { authorization: `Bearer ${await district.stack.issuer.token(addressOf(as), { exp: 4_000_000_000 })}`, 'accept-language': language } })
const book = async (as: Name, path: string, language?: string) => bookIn(new Uint8Array(await (await fetched(as, path, language)).arrayBuffer()))

describe('an export', () => {
  it('is a workbook to be kept, by a name in Chinese and one in ASCII, and by nobody on the way', async () => {
    const { status, headers } = await fetched('supervisor', 'ledger?month=2026-03')
    expect([status, ...['content-type', 'content-disposition', 'cache-control', 'x-content-type-options'].map(name => headers.get(name))]).toEqual([
      200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      `attachment; filename="qinshang-ledger-2026-03.xlsx"; filename*=UTF-8''${encodeURIComponent('台账（2026年3月）.xlsx')}`, 'no-store', 'nosniff',
    ])
  })

  it('of visits says of them what their lists say', async () => {
    const { rows } = await book('supervisor', 'visits?month=2026-03')
    const lists = await Promise.all((['officer', 'colleague', 'stranger'] as const).map(async name => (await district.supervisor.ask(listVisits, { query: { month: '2026-03', officerId: idOf(name) } })).body.items))
    expect(rows.map(row => [row['走访编号'], row['工号'], row['企业代码'], row['是否计入'], row['走访纪要']])).toEqual(lists.flat().map(visit => [visit.visitId, visit.officerId, visit.enterpriseId, visit.counted ? '是' : '否', visit.summary]))
    expect((await book('director', 'visits?month=2026-03')).rows.map(row => row['工号'])).toEqual([idOf('officer'), idOf('officer'), idOf('colleague')])
    expect((await book('officer', 'visits?month=2026-03')).rows).toHaveLength(2)
  })

  it('of the quota adds up to what its lists add up to', async () => {
    const { rows } = await book('director', 'quota?month=2026-03')
    const { body } = await district.director.ask(getQuota, { query: { month: '2026-03', departmentId: 'D-02' } })
    expect(rows.map(row => [row['工号'], row['企业代码'], row['应走访次数'], row['计入次数']])).toEqual(body.items.map(line => [line.officerId, line.enterpriseId, line.required, line.counted]))
    expect(rows).toHaveLength(3)
    expect((await book('supervisor', 'quota?month=2026-03')).rows).toHaveLength(4)
  })

  it('of the ledger holds the issues that its list holds, the first first', async () => {
    for (const [as, query] of [['supervisor', {}], ['director', {}], ['officer', {}], ['supervisor', { status: 'resolved' }], ['other-handler', { overdue: 'false' }]] as const) {
      const { rows } = await book(as, `ledger?${new URLSearchParams(query).toString()}`)
      const { body } = await district[as].ask(listIssues, { query })
      expect(rows.map(row => [row['编号'], row['标题'], row['主办部门代码'], row['层级']]), as).toEqual(body.items.map(issue => [issue.number, issue.title, issue.leadDepartmentId, issue.tier]).reverse())
      expect(rows.length).toBeGreaterThan(0)
    }
    expect((await book('supervisor', 'ledger?month=2026-02')).rows).toEqual([])
  })

  it('makes no formula of what people have entered', async () => {
    for (const path of ['visits?month=2026-03', 'ledger', 'quota?month=2026-03']) {
      const { xml, rows } = await book('supervisor', path)
      expect(xml).not.toContain('<f')
      expect(rows.map(row => row['企业名称'])).toContain(hostile)
      expect(xml).toMatch(/ s="2" t="inlineStr"><is><t xml:space="preserve">＝cmd/)
    }
  })

  it('is in English for whoever asks for that', async () => {
    expect((await book('supervisor', 'visits?month=2026-03', 'en')).headings.slice(0, 5)).toEqual(['Day', 'From', 'Until', 'Staff number', 'Officer'])
  })

  it.each([[exportVisits, {}], [exportQuota, {}]] as const)('of a month has to be of one', async (op, query) => {
    expect(await district.supervisor.refused(op, { query })).toMatchObject({ status: 422, code: 'required', errors: [{ path: 'query.month' }] })
  })

  it('is nobody’s who may not list the same', async () => {
    expect(await district.handler.refused(exportVisits, { query: { month: '2026-03' } })).toMatchObject({ code: 'role-not-allowed' })
    expect(await district.officer.refused(exportVisits, { query: { month: '2026-03', departmentId: 'D-02' } })).toMatchObject({ code: 'out-of-reach' })
    expect(await district.director.refused(exportQuota, { query: { month: '2026-03', officerId: idOf('stranger') } })).toMatchObject({ code: 'out-of-reach' })
    expect(await district.supervisor.refused(exportLedger, { query: { officerId: 'nobody' } })).toMatchObject({ code: 'officer-not-found' })
  })
})

describe('as many visits as an export holds', () => {
  it('fit into one answer, and one more is refused', async () => {
    const { table, close } = await openEmbeddedTable()
    try {
      const officers = Array.from({ length: 50 }, (_, nth) => anOfficer({ officerId: `S${String(nth).padStart(2, '0')}`, email: `s${nth}@example.org` }))
      await table.commit(officers.slice(0, 25).flatMap(officer => officerWrites(officer, undefined, undefined)))
      await table.commit(officers.slice(25).flatMap(officer => officerWrites(officer, undefined, undefined)))
      const visit = (nth: number) => {
        const officerId = officers[nth % 50]?.officerId ?? ''
        return visitWrite({ visitId: `${officerId}.20260302.${nth}`, officerId, enterpriseId: creditCodeOf(nth % 300), visitedOn: '2026-03-02', mode: 'onsite', summary: `${nth}：${'了解项目进展，协调用水用电。'.repeat(10)}`, counted: true, recordedAt: '2026-03-02T17:30:00+08:00', recordedBy: officerId })
      }
      for (let from = 0; from < exportLimits.visitRows; from += 100) await table.commit(Array.from({ length: 100 }, (_, nth) => visit(from + nth)))
      const { exportVisits: exporting } = exportHandlers({ table, cursors: cursorsWith('a secret of the tests'), timeZone: zone })
      const request = { params: undefined, body: undefined, query: { month: '2026-03' }, caller: { officerId: 'o', departmentId: 'D-00', roles: ['supervisor'] }, reaches: new Set<Reach>(['any']), now: at('2026-03-31 10:00'), language: 'zh', mark: '', seenVersion: undefined, paging: { limit: 50, boundTo: '' } } as const
      const { body } = await exporting(request)
      expect(bookIn(body.content).rows).toHaveLength(exportLimits.visitRows)
      // Lambda's limit, with what base64 adds.
      expect(body.content.toString('base64').length).toBeLessThan(6_000_000)
      await table.commit([visit(exportLimits.visitRows)])
      await expect(exporting(request)).rejects.toMatchObject({ code: 'export-too-large', values: { limit: exportLimits.visitRows } })
    } finally {
      await close()
    }
  })
})
