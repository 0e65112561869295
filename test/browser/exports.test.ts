import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listIssues, submitIssue } from '../../shared/contract/issues.ts'
import { putEnterprise } from '../../shared/contract/roster.ts'
import { getQuota, listVisits, recordVisit } from '../../shared/contract/visits.ts'
import { addressOf, enterpriseOf, foundDistrict, idOf, type District } from '../integration/api/district.ts'
import { startWorld } from '../integration/api/world.ts'

let district: District
/** Each would be reckoned with, or spoil the file, if it were taken for anything but text. */
const names = { officer: "=cmd|' /C calc'!A0", second: '＝1+1', colleague: '@SUM(1;1)', stranger: '"><&]]>_x003D_1' } as const

beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
  for (const [whose, name] of Object.entries(names)) await district.admin.ask(putEnterprise, { params: { enterpriseId: enterpriseOf[whose as keyof typeof names] }, body: { kind: 'company', name } })
  for (const name of ['officer', 'colleague', 'stranger'] as const) {
    await district[name].ask(recordVisit, { body: { enterpriseId: enterpriseOf[name], visitedOn: '2026-03-02', mode: 'onsite', summary: '-1+1\n第二行，"引号"' } })
    await district[name].ask(submitIssue, { body: { enterpriseId: enterpriseOf[name], category: 'facilities', subcategory: 'roads', tier: 'A', title: '+1', description: '道路不通' } })
  }
})
afterAll(() => district.close())

/** What LibreOffice reads in the workbook: its rows by the headings, values as they are kept and not as they look. */
const readByLibreOffice = async (path: string): Promise<Record<string, string>[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'qinshang-export-'))
  try {
    const authorization = `Bearer ${await district.stack.issuer.token(addressOf('supervisor'), { exp: 4_000_000_000 })}`
    writeFileSync(join(folder, 'export.xlsx'), Buffer.from(await (await fetch(`${district.url}/v1/exports/${path}`, { headers: { authorization } })).arrayBuffer()))
    const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1'
    execFileSync('soffice', ['--headless', `-env:UserInstallation=file://${folder}/profile`, '--convert-to', filter, '--outdir', folder, join(folder, 'export.xlsx')], { stdio: 'pipe' })
    const [sheet = ''] = readdirSync(folder).filter(name => name.endsWith('.csv'))
    return parse(readFileSync(join(folder, sheet)), { columns: true })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const sum = (rows: readonly Record<string, string>[], heading: string): number => rows.reduce((total, row) => total + Number(row[heading]), 0)

test('the quota opens in LibreOffice, and adds up to what the list says', async () => {
  const rows = await readByLibreOffice('quota?month=2026-03')
  const lines = (await Promise.all(['D-02', 'D-03'].map(departmentId => district.supervisor.ask(getQuota, { query: { month: '2026-03', departmentId } })))).flatMap(({ body }) => body.items)
  expect([rows.length, sum(rows, '应走访次数'), sum(rows, '计入次数')]).toEqual([lines.length, lines.reduce((total, { required }) => total + required, 0), lines.reduce((total, { counted }) => total + counted, 0)])
  expect(rows.map(row => row['企业名称']).sort()).toEqual(Object.values(names).sort())
})

test('the visits do, with what people have written as they wrote it', async () => {
  const rows = await readByLibreOffice('visits?month=2026-03')
  const lists = await Promise.all((['officer', 'colleague', 'stranger'] as const).map(name => district.supervisor.ask(listVisits, { query: { month: '2026-03', officerId: idOf(name) } })))
  expect(rows.map(row => row['走访编号'])).toEqual(lists.flatMap(({ body }) => body.items.map(({ visitId }) => visitId)))
  expect(rows[0]).toMatchObject({ 走访日期: '2026-03-02', 企业名称: names.officer, 走访纪要: '-1+1\n第二行，"引号"', 登记时间: '2026-03-02 10:00:00' })
})

test('the ledger does, with times as such', async () => {
  const rows = await readByLibreOffice('ledger?month=2026-03')
  const { body } = await district.supervisor.ask(listIssues)
  expect(rows.map(row => row['编号'])).toEqual(body.items.map(({ number }) => number).reverse())
  expect(rows[0]).toMatchObject({ 标题: '+1', 企业名称: names.officer, 交办时间: '2026-03-02 10:00:00', 签收时限: '2026-03-03 18:00:00', 是否逾期: '否' })
})
