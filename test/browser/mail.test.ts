import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Locale } from '../../shared/calendar/wording.ts'
import { headerSafe, renderHtml } from '../../shared/mail/render.ts'
import type { Letter } from '../../shared/mail/letter.ts'
import { writeLetter } from '../../shared/mail/letters/index.ts'
import { letterSamples, settingsOf, timeZone } from '../unit/letter-samples.ts'
import { launchChromium } from './chromium.ts'
import { mailSamples } from './mail-samples.ts'

const pictures = new URL('../../test-results/mail/', import.meta.url).pathname

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Ways a mail is shown. QQ and 163 mail drop the style element and class names at times. */
const views = {
  desktop: { width: 800, dark: false, bare: false },
  'desktop-bare': { width: 800, dark: false, bare: true },
  'desktop-dark': { width: 800, dark: true, bare: false },
  phone: { width: 360, dark: false, bare: false },
  'phone-bare': { width: 360, dark: false, bare: true },
  'phone-dark': { width: 360, dark: true, bare: false },
} as const

const withoutStyles = (html: string): string =>
  html
    .replace(/<!--[^]*?-->/g, '')
    .replace(/<style[^]*?<\/style>/g, '')
    .replace(/ class="[^"]*"/g, '')

let browser: Browser

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser.close()
})

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[]
}

const writtenIn = (locale: Locale, names: readonly string[]): Record<string, Letter> => {
  const samples = letterSamples(locale)
  const letterOf = (name: string): Letter => {
    const facts = samples[name]
    if (facts === undefined) throw new Error(`no sample ${name}`)
    return writeLetter(facts, { locale, timeZone, repeated: name.startsWith('mail-'), ...settingsOf(name, facts) })
  }
  return Object.fromEntries(names.map(name => [`${name}-${locale}`, letterOf(name)]))
}

/** Every kind of letter the system writes, as it writes it; a few in English, whose words are longer. */
const written = {
  ...writtenIn('zh-CN', [
    ...['issue-dispatched-provisional', 'issue-unrouted', 'issue-transferred-staff', 'issue-transferred-officer'],
    ...['issue-replied-enterprise', 'issue-replied-officer-carries', 'issue-resolved-enterprise', 'issue-resolved-officer'],
    ...['issue-warning-resolve', 'issue-escalated-accept-1', 'issue-escalated-resolve-1', 'issue-escalated-resolve-2', 'issue-escalated-resolve-3'],
    ...['session-invited-enterprise', 'session-invited-staff', 'session-cancelled-staff', 'session-minutes-enterprise', 'session-minutes-staff', 'issue-directed-lead', 'issue-directed-enterprise'],
    ...['quota-nudge', 'quota-reminder', 'quota-last-call', 'quota-missed-department', 'quota-missed-district'],
    ...['exemption-requested', 'exemption-approved-remark', 'exemption-refused', 'mail-undeliverable-bounced', 'mail-undeliverable-no-issue'],
  ]),
  ...writtenIn('en', ['issue-dispatched', 'issue-replied-enterprise', 'issue-escalated-resolve-3', 'quota-missed-district']),
}

/** All letters are made of the blocks of the samples, so those alone are looked at in every view. */
const lettersFor = (viewName: string): Record<string, Letter> =>
  viewName === 'desktop' || viewName === 'phone' ? { ...mailSamples, ...written } : mailSamples

describe.each(Object.entries(views))('on a %s', (viewName, view) => {
  let page: Page
  const fetched: string[] = []

  beforeAll(async () => {
    page = await browser.newPage({
      viewport: { width: view.width, height: 900 },
      colorScheme: view.dark ? 'dark' : 'light',
    })
    await page.route('**', async (route) => {
      fetched.push(route.request().url())
      await route.abort()
    })
  })

  test.each(Object.entries(lettersFor(viewName)))('the %s mail', async (name, letter) => {
    const html = renderHtml(letter)
    await page.setContent(view.bare ? withoutStyles(html) : html)
    await page.screenshot({ path: `${pictures}${name}-${viewName}.png`, fullPage: true })

    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(view.width)
    for (const text of [letter.heading, letter.lead, ...letter.footer])
      expect(await page.getByText(headerSafe(text), { exact: true }).filter({ visible: true }).count()).toBe(1)

    // Nothing is fetched and nothing runs: a script in the hostile letter would have changed the title.
    expect(fetched).toEqual([])
    expect(await page.title()).toBe(headerSafe(letter.subject))
    expect(await page.locator('script, iframe, svg, img, body style').count()).toBe(0)
    expect(await page.evaluate('[...document.links].filter((a) => !/^https?:/.test(a.href)).length')).toBe(0)
    expect(await faults(page)).toEqual([])
  })
})

/** What breaks WCAG 2 A or AA, contrast in this view's colours above all: each rule with the elements. */
const faults = async (page: Page): Promise<string[][]> => {
  await page.addScriptTag({ path: axe })
  const found = await page.evaluate<AxeResult>("axe.run({ runOnly: ['wcag2a', 'wcag2aa'] })")
  return found.violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])
}
