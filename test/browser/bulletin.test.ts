import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptIssue, resolveIssue, submitIssue } from '../../shared/contract/issues.ts'
import { putInvestment, putProjectPlan } from '../../shared/contract/projects.ts'
import { createPairing, putDepartment, putEnterprise } from '../../shared/contract/roster.ts'
import { recordVisit } from '../../shared/contract/visits.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'
import { projectCodeOf } from '../mothers/project.ts'
import { foundDistrict, importRows, type District } from '../integration/api/district.ts'
import { startWorld } from '../integration/api/world.ts'
import { launchChromium } from './chromium.ts'
import { demandReadable, pictures, sizes, type Size } from './reading.ts'

let browser: Browser
let district: District
let path: string

/** Thirty departments with an officer and an enterprise each, beside the district's own. */
const count = 30
const many = Array.from({ length: count }, (_, at) => at)
const departmentId = (at: number) => `B-${String(at).padStart(2, '0')}`
const officerId = (at: number) => `B-${at}`
const enterpriseId = (at: number) => creditCodeOf(800 + at)

const visit = (at: number, visitedOn: string) => district.supervisor.ask(recordVisit, { body: { officerId: officerId(at), enterpriseId: enterpriseId(at), visitedOn, mode: 'onsite', summary: `走访${at}` } })
const submit = (at: number, tier: string, category: string, subcategory: string) =>
  district.supervisor.ask(submitIssue, { body: { officerId: officerId(at), enterpriseId: enterpriseId(at), category, subcategory, tier, title: `示例问题${at}`, description: '示例。' } })

beforeAll(async () => {
  browser = await launchChromium()
  district = await foundDistrict(await startWorld('2026-03-30 10:00'))
  for (const at of many) await district.admin.ask(putDepartment, { params: { departmentId: departmentId(at) }, body: { name: at === 0 ? '=1+1示例局' : `示例部门${at}（行政审批服务）` } })
  const rows = (heading: string[], row: (at: number) => string[]) => [heading, ...many.map(row)]
  await importRows(district.admin, 'officers', ...rows(['staffNo', 'name', 'email', 'departmentId', 'roles'], at => [officerId(at), `示例干部${at}`, `b${at}@district.example`, departmentId(at), 'officer;handler']))
  await importRows(district.admin, 'enterprises', ...rows(['enterpriseId', 'kind', 'name', 'contactName', 'contactEmail', 'contactPhone'], at => [enterpriseId(at), 'company', `示例企业${at}`, '', '', '']))
  await importRows(district.admin, 'pairings', ...rows(['staffNo', 'enterpriseId', 'startsOn'], at => [officerId(at), enterpriseId(at), '2026-01-01']))
  for (const at of many) for (const day of ['2026-03-27', '2026-03-30'].slice(0, at % 4 === 0 ? 0 : at % 3)) await visit(at, day)
  for (const [at, [tier, category, subcategory]] of [['A', 'facilities', 'roads'], ['A', 'facilities', 'water'], ['B', 'approvals', 'planning'], ['C', 'land', 'acquisition'], ['D', 'finance', 'labour']].entries()) {
    const { body, etag } = await submit(at, tier ?? '', category ?? '', subcategory ?? '')
    if (at > 1) continue
    const handler = await district.as(`b${at}@district.example`)
    const params = { issueId: body.issueId }
    const accepted = await handler.ask(acceptIssue, { params, ifMatch: etag })
    await handler.ask(resolveIssue, { params, ifMatch: accepted.etag, body: { message: '已办结。' } })
  }
  for (const at of [0, 1]) {
    const params = { enterpriseId: projectCodeOf(at) }
    await district.admin.ask(putEnterprise, { params, body: { kind: 'project', name: `示例项目${at}` } })
    await district.supervisor.ask(createPairing, { body: { officerId: officerId(at), ...params, startsOn: '2026-01-01' } })
    const { etag } = await district.supervisor.ask(putProjectPlan, { params: { ...params, year: '2026' }, ifMatch: '"0"', body: { months: Array.from({ length: 12 }, () => 12_500), milestones: [{ milestoneId: 'start', name: '开工', plannedOn: '2026-03-20' }], reason: '年初已开工' } })
    await district.supervisor.ask(putInvestment, { params: { ...params, month: '2026-01' }, ifMatch: etag, body: { amount: 30_000 * at } })
  }
  await district.clock('2026-04-01 09:20')
  const [mail] = await district.mail({ kind: 'bulletin' })
  path = /\/b\/[\w-]{43}/.exec(mail?.text ?? '')?.[0] ?? expect.fail('no link was mailed')
})
afterAll(async () => {
  await browser.close()
  await district.close()
})

const openAt = async (size: Size, { locale = 'zh-CN', script = true } = {}): Promise<Page> => {
  const context = await browser.newContext({ viewport: sizes[size], locale, javaScriptEnabled: script, bypassCSP: script })
  const page = await context.newPage()
  await page.goto(district.url + path)
  return page
}

describe.each(Object.keys(sizes) as Size[])('the page of a bulletin on a %s', size => {
  test.each(['zh-CN', 'en'])('in %s can be read by everybody', async locale => {
    const page = await openAt(size, { locale })
    await page.locator('summary').click()
    await demandReadable(page, `bulletin-${locale}-${size}`, locale)
    await page.context().close()
  })
})

test.each(['zh-CN', 'en'])('printed in %s, it fits onto one A4, without script', async locale => {
  const page = await openAt('desktop', { locale, script: false })
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
  writeFileSync(`${pictures}bulletin-${locale}.pdf`, pdf)
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 720, height: 1050 })
  await page.screenshot({ path: `${pictures}bulletin-printed-${locale}.png`, fullPage: true })
  await page.context().close()
})

test('the workbook opens in LibreOffice, text as text, and its sums are those of its rows', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'qinshang-workbook-'))
  try {
    writeFileSync(join(folder, 'bulletin.xlsx'), Buffer.from(await (await fetch(`${district.url}${path}/bulletin.xlsx`)).arrayBuffer()))
    // Every sheet as CSV: comma, quotes, UTF-8, values as they are kept and not as they look.
    const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1'
    execFileSync('soffice', ['--headless', `-env:UserInstallation=file://${folder}/profile`, '--convert-to', filter, '--outdir', folder, join(folder, 'bulletin.xlsx')], { stdio: 'pipe' })
    const sheets = new Map(readdirSync(folder).filter(name => name.endsWith('.csv')).map(name => [name.slice('bulletin-'.length, -'.csv'.length), parse(readFileSync(join(folder, name)))]))
    expect([...sheets.keys()].sort()).toEqual(['主要比率', '走访情况', '问题台账', '问题（按类别）', '问题（按领域）', '绿色通道', '现场办公与送政策', '项目投资（半年度累计）', '各部门情况', '指标口径'].sort())
    for (const name of ['问题（按类别）', '问题（按领域）', '各部门情况']) {
      const [headings = [], ...rows] = sheets.get(name) ?? []
      const total = rows.pop() ?? []
      expect(total[0]).toBe('合计')
      for (const [at, heading] of headings.entries())
        if (at > 0 && !heading.endsWith('率')) expect(rows.reduce((sum, row) => sum + Number(row[at]), 0), heading).toBe(Number(total[at]))
    }
    expect(sheets.get('项目投资（半年度累计）')?.map(row => row.slice(0, 2))).toEqual([
      ['指标', '2026年3月'], ['有计划项目', '2'], ['计划投资（万元）', '50000'], ['完成投资（万元）', '30000'], ['滞后项目', '2'], ['未报项目', '2'], ['本月应完成节点', '2'], ['本月完成节点', '0'],
    ])
    expect(sheets.get('各部门情况')?.map(([name]) => name)).toContain('=1+1示例局')
    expect(sheets.get('问题（按类别）')?.map(row => row[1])).toEqual(['本月新增', '2', '1', '1', '1', '5'])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
