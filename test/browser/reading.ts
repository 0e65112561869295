import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Where the pictures of pages are kept, to be looked at. */
export const pictures = new URL('../../test-results/pages/', import.meta.url).pathname
mkdirSync(pictures, { recursive: true })
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const sizes = { phone: { width: 360, height: 740 }, desktop: { width: 1200, height: 900 } } as const
export type Size = keyof typeof sizes

export const violationsOn = async (page: Page): Promise<string[]> => {
  await page.evaluate(axeSource)
  const found = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>('axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })')
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

/** Nothing is cut off or has to be scrolled sideways to. */
const isWithinWidth = (page: Page): Promise<boolean> => page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')

/** Everybody can read it, as it is now; a picture of it is kept. */
export const demandReadable = async (page: Page, picture: string, locale = 'zh-CN'): Promise<void> => {
  await page.screenshot({ path: `${pictures}${picture}.png`, fullPage: true })
  expect(await violationsOn(page)).toEqual([])
  expect(await isWithinWidth(page)).toBe(true)
  expect(await page.getAttribute('html', 'lang')).toBe(locale)
}
