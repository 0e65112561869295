import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { putPolicy } from '../../../shared/contract/policy.ts'
import { getBulletin, recountBulletin } from '../../../shared/contract/reports.ts'
import { putDepartment } from '../../../shared/contract/roster.ts'
import { recordVisit } from '../../../shared/contract/visits.ts'
import { submitIssue } from '../../../shared/contract/issues.ts'
import { aPolicy } from '../../mothers/policy.ts'
import { addressOf, enterpriseOf, foundDistrict, type District } from './district.ts'
import { startWorld } from './world.ts'

let district: District
const leader = 'leader@district.example'
const march = { params: { month: '2026-03' } }

beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-31 16:00'))
  await district.supervisor.ask(putPolicy, { body: aPolicy({ leadingGroup: [leader] }) })
  await district.admin.ask(putDepartment, { params: { departmentId: 'D-02' }, body: { name: '=HYPERLINK("http://x.example","<b>局</b>")' } })
  await visit('2026-03-30')
  await district.officer.ask(submitIssue, { body: { enterpriseId: enterpriseOf.officer, category: 'facilities', subcategory: 'roads', tier: 'A', title: '道路', description: '道路不通' } })
  await district.clock('2026-04-01 09:20')
})
afterAll(() => district.close())

const visit = (visitedOn: string) => district.officer.ask(recordVisit, { body: { enterpriseId: enterpriseOf.officer, visitedOn, mode: 'onsite', summary: '走访' } })
const mails = () => district.mail({ kind: 'bulletin' })
const linkTo = async (address: string): Promise<string> => /\/b\/[\w-]{43}/.exec((await mails()).find(({ to }) => to.includes(address))?.text ?? '')?.[0] ?? expect.fail('no link was mailed')
const open = (path: string, headers: Record<string, string> = {}) => fetch(district.url + path, { headers, redirect: 'manual' })

describe('on the first working day of the month, the bulletin of the last', () => {
  it('goes to the campaign office and the leading group, with its figures in tables', async () => {
    const sent = await mails()
    expect(sent.map(({ to }) => to[0]).sort()).toEqual([addressOf('supervisor'), leader].sort())
    for (const { subject, html, text } of sent) {
      expect(subject).toBe('助企工作简报：2026年3月走访1次、新增问题1件、月末逾期0件')
      expect(text).toContain('有效走访；2026年3月：1；2026年2月：0')
      expect(html).toContain('<table')
      expect(html).not.toContain('<b>局</b>')
    }
  })

  it('has been issued, and is neither issued nor mailed again', async () => {
    const { body } = await district.supervisor.ask(getBulletin, march)
    expect(body).toMatchObject({ issued: true, countedAt: '2026-04-01T07:30:00+08:00', figures: { visits: 1, issuesRaised: 1 }, before: { month: '2026-02', figures: { visits: 0 } } })
    await district.callFor('monthly-bulletin', '2026-04-01 07:30')
    await district.clock('2026-04-02 09:20')
    expect(await mails()).toHaveLength(2)
    expect((await district.supervisor.ask(getBulletin, march)).body).toEqual(body)
  })

  it('stays as it was, and is compared with what the records say since', async () => {
    expect((await district.supervisor.ask(recountBulletin, march)).body).toMatchObject({ issuedAt: '2026-04-01T07:30:00+08:00', differences: [] })
    await visit('2026-03-31')
    const { body } = await district.supervisor.ask(recountBulletin, march)
    expect(body.differences).toContainEqual({ figure: 'visits', issued: 1, counted: 2 })
    expect(body.differences).toContainEqual({ figure: 'visits', departmentId: 'D-02', issued: 1, counted: 2 })
    expect((await district.supervisor.ask(getBulletin, march)).body.figures.visits).toBe(1)
  })
})

describe('its link', () => {
  it('opens a page with charts and tables that runs nothing and loads nothing, in both languages', async () => {
    const response = await open(await linkTo(leader), { 'accept-language': 'zh-CN' })
    const html = await response.text()
    expect(response.status).toBe(200)
    expect(html).toContain('助企工作简报（2026年3月）')
    expect(html).toContain('<svg viewBox=')
    expect(html).toContain('=HYPERLINK(&quot;http://x.example&quot;,&quot;&lt;b&gt;局&lt;/b&gt;&quot;)')
    expect(html).not.toMatch(/<script|<b>局|src=|url\(/)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await (await open(await linkTo(leader), { 'accept-language': 'en' })).text()).toContain('The bulletin of March 2026')
  })

  it('gives a workbook with typed cells, a frozen heading and filters, in which nothing is a formula', async () => {
    const response = await open(`${await linkTo(leader)}/bulletin.xlsx`)
    expect(response.headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="qinshang-2026-03.xlsx"')
    const parts = Object.fromEntries(Object.entries(unzipSync(new Uint8Array(await response.arrayBuffer()))).map(([name, bytes]) => [name, strFromU8(bytes)]))
    const sheets = Object.entries(parts).filter(([name]) => name.startsWith('xl/worksheets/'))
    expect(sheets).toHaveLength(9)
    for (const [, sheet] of sheets) {
      expect(sheet).toContain('state="frozen"')
      expect(sheet).toContain('<autoFilter ref="A1:')
      expect(sheet).not.toContain('<f>')
    }
    const departments = sheets.at(-2)?.[1] ?? ''
    expect(departments).toMatch(/<c r="A\d+" s="2" t="inlineStr"><is><t xml:space="preserve">=HYPERLINK/)
    expect(departments).toMatch(/<c r="B\d+" s="3"><v>\d+<\/v><\/c>/)
    expect(parts['xl/workbook.xml']).toContain('<sheet name="主要比率"')
  })

  it('that is forged, of an enterprise or run out shows one and the same page', async () => {
    const link = await linkTo(leader)
    const forged = [`/b/${'A'.repeat(43)}`, `/b/${'A'.repeat(43)}/bulletin.xlsx`, '/b/short', `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`]
    const closed = await Promise.all(forged.map(path => open(path)))
    const texts = new Set(await Promise.all(closed.map(response => response.text())))
    expect(closed.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    expect([...texts]).toEqual([expect.stringContaining('此链接已失效')])
    expect((await open(link.replace('/b/', '/p/'))).status).toBe(404)
    district.leap('2026-06-29 09:00')
    expect((await open(link)).status).toBe(200)
    district.leap('2026-07-01 09:00')
    expect((await open(link)).status).toBe(404)
  })
})
