import { readFileSync, writeFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { acceptIssue, replyToIssue, resolveIssue, submitIssue } from '../../shared/contract/issues.ts'
import { recordVisit } from '../../shared/contract/visits.ts'
import type { Client } from '../integration/api/client.ts'
import { importRows } from '../integration/api/district.ts'
import { startWorld, type World } from '../integration/api/world.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'
import { workedDaysOf } from '../mothers/working-days.ts'
import { launchChromium } from './chromium.ts'
import { pictures, sizes, type Size } from './reading.ts'

/**
 * The pictures that the READMEs show: kept in the repository, with the headings of the page that each is of. `npm run
 * pictures` takes them anew; any other run only demands that they are still of the present pages. Pixels are not compared,
 * for fonts differ between machines.
 */

const folder = new URL('pictures/', import.meta.url).pathname
const headingsFile = `${folder}headings.json`
const isTakenAnew = process.env['npm_lifecycle_event'] === 'pictures'
/** What a README can ask of its readers' connections. */
const bytesAtMost = 150_000

const departments = ['示例规划建设局', '示例发展改革局', '示例行政审批局', '示例市场监管局', '示例人力社保局', '示例财政金融局']
/** Two officers of each department, with an enterprise each. */
const officers = Array.from({ length: 2 * departments.length }, (_, at) => at)
const officerId = (at: number): string => `S-${String(at + 1).padStart(2, '0')}`
const enterpriseId = (at: number): string => creditCodeOf(900 + at)
const departmentId = (at: number): string => `D-${at % departments.length}`
const contact = (at: number): string => `contact${at}@example.com`

let browser: Browser
let world: World
let supervisor: Client
/** Paths of the pages. */
const paths = { bulletin: '', enterprise: '' }

const found = async (): Promise<void> => {
  const bootstrap = await world.as('admin@example.org')
  await importRows(bootstrap, 'departments', ['departmentId', 'name'], ...departments.map((name, at) => [departmentId(at), name]))
  await importRows(bootstrap, 'officers', ['staffNo', 'name', 'email', 'departmentId', 'roles'],
    ['S-00', '示例督查', 'office@example.org', 'D-0', 'supervisor'],
    ...officers.map(at => [officerId(at), `示例干部${at + 1}`, `officer${at}@example.org`, departmentId(at), 'officer;handler']))
  await importRows(bootstrap, 'enterprises', ['enterpriseId', 'kind', 'name', 'contactName', 'contactEmail', 'contactPhone'],
    ...officers.map(at => [enterpriseId(at), 'company', `示例企业${at + 1}`, `示例联系人${at + 1}`, contact(at), '02900000000']))
  await importRows(bootstrap, 'pairings', ['staffNo', 'enterpriseId', 'startsOn'], ...officers.map(at => [officerId(at), enterpriseId(at), '2026-01-01']))
  supervisor = await world.as('office@example.org')
}

/** Everybody's visit of the day, but for those of these officers. */
const visitOn = async (visitedOn: string, ...but: readonly number[]): Promise<void> => {
  for (const at of officers.filter(each => !but.includes(each)))
    await supervisor.ask(recordVisit, { body: { officerId: officerId(at), enterpriseId: enterpriseId(at), visitedOn, mode: 'onsite', summary: `走访示例企业${at + 1}，了解生产经营情况（${visitedOn}）` } })
}

const subjects = [
  ['A', 'facilities', 'roads', '厂区门前道路未接通'],
  ['A', 'facilities', 'water', '用水高峰时水压不足'],
  ['A', 'approvals', 'construction', '施工许可需补充材料'],
  ['B', 'finance', 'labour', '技术工人招聘困难'],
  ['A', 'facilities', 'power', '生产用电增容'],
  ['B', 'approvals', 'planning', '规划条件变更'],
  ['B', 'land', 'enforcement', '厂区周边占道停车'],
  ['C', 'land', 'acquisition', '二期用地征收进度'],
  ['D', 'finance', 'policy-support', '不在目录内的设备补贴'],
] as const

const submit = async (at: number): Promise<string> => {
  const [tier, category, subcategory, title] = subjects[at] ?? expect.fail('no such subject')
  const body = { officerId: officerId(at), enterpriseId: enterpriseId(at), category, subcategory, tier, title, description: '走访中企业反映，希望尽快协调解决。' }
  return (await supervisor.ask(submitIssue, { body })).body.issueId
}

/** The department answers and resolves it; the path of the page that the enterprise is then mailed. */
const resolve = async (at: number, issueId: string): Promise<string> => {
  const handler = await world.as(`officer${at}@example.org`)
  const params = { issueId }
  const accepted = await handler.ask(acceptIssue, { params, ifMatch: '"1"' })
  const replied = await handler.ask(replyToIssue, { params, ifMatch: accepted.etag, body: { message: '已到现场查看，本周内办理。' } })
  await handler.ask(resolveIssue, { params, ifMatch: replied.etag, body: { message: '已办理完毕，请查看。' } })
  const mail = (await world.mail({ to: contact(at), kind: 'issue-resolved' })).find(({ subject }) => subject.includes(issueId))
  return /\/p\/[\w-]{43}\/issues\/[\d-]+/.exec(mail?.text ?? '')?.[0] ?? expect.fail('no link was mailed')
}

const rate = async (path: string, rating: number): Promise<void> => {
  const [, resolution = ''] = /name="resolution" value="(\d+)"/.exec(await (await fetch(world.url + path)).text()) ?? []
  await fetch(`${world.url}${path}/rating`, { method: 'POST', body: new URLSearchParams({ rating: String(rating), resolution }), redirect: 'manual' })
}

beforeAll(async () => {
  browser = await launchChromium()
  world = await startWorld('2026-02-26 10:00')
  await found()
  await visitOn('2026-02-25', 2, 5)
  await visitOn('2026-02-26', 4, 5, 9)
  const [solvedAtOnce, carriedOver] = [await submit(4), await submit(6)]
  world.leap('2026-02-27 10:00')
  await rate(await resolve(4, solvedAtOnce), 5)
  world.leap('2026-03-02 10:00')
  await rate(await resolve(6, carriedOver), 4)
  world.leap('2026-03-17 10:00')
  await visitOn('2026-03-16', 8)
  await visitOn('2026-03-17', 3, 8, 10)
  await visitOn('2026-03-13', ...officers.filter(at => at > 1))
  const issues = []
  for (const at of subjects.keys()) issues.push(await submit(at))
  world.leap('2026-03-19 10:00')
  const pages = []
  for (const at of [0, 1, 2, 3]) pages.push(await resolve(at, issues[at] ?? ''))
  const [waiting = '', ...rated] = pages
  for (const [at, path] of rated.entries()) await rate(path, 5 - at)
  paths.enterprise = waiting
  // What is late has climbed, morning by morning, before the month's bulletin is issued.
  for (const day of workedDaysOf('2026-03').filter(each => each > '2026-03-19')) await world.callFor('escalation-sweep', `${day} 09:00`)
  await world.callFor('monthly-bulletin', '2026-04-01 07:30')
  const mail = (await world.mail({ kind: 'bulletin' })).find(({ subject }) => subject.includes('2026年3月'))
  paths.bulletin = /\/b\/[\w-]{43}/.exec(mail?.text ?? '')?.[0] ?? expect.fail('no link was mailed')
}, 120_000)
afterAll(async () => {
  await browser.close()
  await world.close()
})

const openAt = async (size: Size, path: string): Promise<Page> => {
  const context = await browser.newContext({ viewport: sizes[size], deviceScaleFactor: size === 'phone' ? 2 : 1, locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(world.url + path)
  return page
}

/** Width and height of a PNG: the first two numbers of its first chunk. */
const dimensionsOf = (png: Buffer): readonly [number, number] => [png.readUInt32BE(16), png.readUInt32BE(20)]

const headingsSchema = z.strictObject({ bulletin: z.array(z.string()), enterprise: z.array(z.string()) })
const headings = (): z.infer<typeof headingsSchema> => headingsSchema.parse(JSON.parse(readFileSync(headingsFile, 'utf8')))

test.each([['bulletin', 'desktop'], ['enterprise', 'phone']] as const)('the picture of the %s is one of the present page', async (name, size) => {
  const page = await openAt(size, paths[name])
  const taken = await page.screenshot({ path: `${pictures}readme-${name}.png` })
  const shown = await page.locator('h1, h2').allTextContents()
  await page.context().close()
  if (isTakenAnew) {
    writeFileSync(`${folder}${name}.png`, taken)
    writeFileSync(headingsFile, `${JSON.stringify({ ...headings(), [name]: shown }, undefined, 2)}\n`)
  }
  const kept = readFileSync(`${folder}${name}.png`)
  expect(dimensionsOf(kept)).toEqual(dimensionsOf(taken))
  expect(kept.byteLength).toBeLessThan(bytesAtMost)
  expect(headings()[name]).toEqual(shown)
})

test.each(['README.md', 'README.zh-CN.md'])('%s shows both', readme => {
  const text = readFileSync(new URL(`../../${readme}`, import.meta.url), 'utf8')
  for (const name of Object.keys(paths)) expect(text).toMatch(new RegExp(`<img src="test/browser/pictures/${name}\\.png" width="\\d+" alt="[^"]{10,}">`, 'u'))
})
