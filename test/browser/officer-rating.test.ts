import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundDistrict, type District } from '../integration/api/district.ts'
import { startWorld } from '../integration/api/world.ts'
import { launchChromium } from './chromium.ts'
import { demandReadable, sizes, type Size } from './reading.ts'

let browser: Browser
let district: District
let path: string

/** The first of June, when enterprises are asked to rate their officers. */
beforeAll(async () => {
  browser = await launchChromium()
  district = await foundDistrict(await startWorld('2026-06-01 08:00'))
  await district.callFor('quota-reminder', '2026-06-01 09:00')
  district.leap('2026-06-01 09:30')
  const [mail] = await district.mail({ kind: 'officer-rating-asked', to: 'contact-officer@example.com' })
  path = /\/p\/[\w-]{43}\/officer/.exec(mail?.text ?? '')?.[0] ?? expect.fail('no link was mailed')
})
afterAll(async () => {
  await browser.close()
  await district.close()
})

const openAt = async (size: Size, locale: string, script = true): Promise<Page> => {
  const page = await (await browser.newContext({ viewport: sizes[size], locale, javaScriptEnabled: script, bypassCSP: script })).newPage()
  await page.goto(district.url + path)
  return page
}

test.each(Object.keys(sizes) as Size[])('the page on which an officer is rated can be read by everybody, on a %s', async size => {
  for (const locale of ['zh-CN', 'en']) {
    const page = await openAt(size, locale)
    await demandReadable(page, `officer-${locale}-${size}`, locale)
    await page.context().close()
  }
})

test('by keyboard, without script, an enterprise chooses, and the page thanks it without saying what it chose', async () => {
  const page = await openAt('phone', 'zh-CN', false)
  await page.locator('#r5').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForLoadState()
  expect(await page.textContent('.state')).toContain('贵单位已完成评议')
  expect(await page.locator('input:checked').count()).toBe(0)
  await page.context().close()
})
