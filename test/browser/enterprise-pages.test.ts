import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptIssue, replyToIssue, resolveIssue, submitIssue } from '../../shared/contract/issues.ts'
import { enterpriseOf, foundDistrict, type District } from '../integration/api/district.ts'
import { startWorld } from '../integration/api/world.ts'
import { launchChromium } from './chromium.ts'

const pictures = new URL('../../test-results/pages/', import.meta.url).pathname
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let district: District
/** The path of the page of an issue that waits for its rating. */
let waiting: string

const submit = async (title: string) =>
  (await district.officer.ask(submitIssue, { body: { enterpriseId: enterpriseOf.officer, category: 'facilities', subcategory: 'roads', title, description: '厂区门前二百米道路尚未接通，货车须绕行。\n希望年底前接通。' } })).body.issueId

const resolved = async (title: string): Promise<string> => {
  const issueId = await submit(title)
  const params = { issueId }
  const accepted = await district.handler.ask(acceptIssue, { params, ifMatch: '"1"' })
  const replied = await district.handler.ask(replyToIssue, { params, ifMatch: accepted.etag, body: { message: '已现场查看，本周进场施工。' } })
  await district.handler.ask(resolveIssue, { params, ifMatch: replied.etag, body: { message: '道路已接通，请查看。' } })
  const mails = (await district.mail({ to: 'contact-officer@example.com', kind: 'issue-resolved' })).filter(({ subject }) => subject.includes(issueId))
  return /\/p\/[\w-]{43}\/issues\/[\d-]+/.exec(mails.at(-1)?.text ?? '')?.[0] ?? expect.fail('no link was mailed')
}

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  browser = await launchChromium()
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
  await submit('园区夜间照明不足，职工下班不安全')
  waiting = await resolved('门前道路未接通')
})
afterAll(async () => {
  await browser.close()
  await district.close()
})

const sizes = { phone: { width: 360, height: 740 }, desktop: { width: 1200, height: 900 } } as const
type Size = keyof typeof sizes

const openAt = async (size: Size, path: string, { locale = 'zh-CN', script = true } = {}): Promise<Page> => {
  const context = await browser.newContext({ viewport: sizes[size], locale, javaScriptEnabled: script, bypassCSP: script })
  const page = await context.newPage()
  await page.goto(district.url + path)
  return page
}

const violationsOn = async (page: Page): Promise<string[]> => {
  await page.evaluate(axeSource)
  const found = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>('axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })')
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

/** Nothing is cut off or has to be scrolled sideways to. */
const isWithinWidth = (page: Page): Promise<boolean> => page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')

const pages = {
  enterprise: () => waiting.slice(0, waiting.indexOf('/issues')),
  issue: () => waiting,
  'closed-door': () => '/p/nobody',
} as const

describe.each(Object.keys(sizes) as Size[])('on a %s', size => {
  describe.each(['zh-CN', 'en'])('in %s', locale => {
    test.each(Object.entries(pages))('the page of the %s can be read by everybody', async (name, pathOf) => {
      const page = await openAt(size, pathOf(), { locale })
      await page.screenshot({ path: `${pictures}${name}-${locale}-${size}.png`, fullPage: true })
      expect(await violationsOn(page)).toEqual([])
      expect(await isWithinWidth(page)).toBe(true)
      expect(await page.getAttribute('html', 'lang')).toBe(locale)
      expect(Buffer.byteLength(await page.content())).toBeLessThan(30_000)
      await page.context().close()
    })
  })

  test('without script, the form is filled in and sent by keyboard alone', async () => {
    const path = await resolved(`键盘评价 ${size}`)
    const page = await openAt(size, path, { script: false })
    await page.focus('#words')
    await page.keyboard.type('还差最后一段')
    await page.focus('#r5')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.focus('button')
    await page.keyboard.press('Enter')
    await page.waitForSelector('text=您的评价：')
    expect(await page.textContent('.state')).toContain('您的评价：基本满意')
    expect(await page.textContent('ol.events')).toContain('还差最后一段')
    await page.screenshot({ path: `${pictures}rated-${size}.png`, fullPage: true })
    await page.context().close()
  })

  test('what was entered stays, and the page says what is missing', async () => {
    const path = await resolved(`漏选评价 ${size}`)
    const page = await openAt(size, path)
    await page.evaluate("document.querySelector('form').noValidate = true")
    await page.fill('#words', '还有一段没有接通')
    await page.click('button')
    await page.waitForSelector('[role=alert]')
    expect(await page.textContent('[role=alert]')).toContain('请选择满意程度')
    expect(await page.inputValue('#words')).toBe('还有一段没有接通')
    expect(await violationsOn(page)).toEqual([])
    await page.screenshot({ path: `${pictures}faults-${size}.png`, fullPage: true })
    await page.context().close()
  })
})
