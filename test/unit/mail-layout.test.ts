import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { layoutSource } from '../../infra/mail-layout.ts'
import type { Block, Letter, Urgency } from '../../shared/mail/letter.ts'
import { renderHtml } from '../../shared/mail/render.ts'
import { colours } from '../../shared/mail/render-html.ts'
import { mailSamples } from '../browser/mail-samples.ts'

const letterOf = (blocks: Block[], rest: Partial<Letter> = {}): Letter => ({
  locale: 'zh-CN',
  subject: '主题',
  heading: '标题',
  lead: '请张示例于8月15日（周一）18:00前签收。',
  urgency: 'normal',
  blocks,
  footer: [],
  ...rest,
})

test('the generated module is what the layout compiles to', async () => {
  const generated = readFileSync(new URL('../../shared/mail/layout.generated.ts', import.meta.url), 'utf8')
  expect(generated).toBe(await layoutSource())
})

test.each(Object.entries(mailSamples))('the %s mail is a whole document under 30 KB that fetches nothing', (_, letter) => {
  const html = renderHtml(letter)
  expect(html).toMatch(/^<!doctype html>\n<html lang="(zh-CN|en)" dir="ltr"/)
  expect(html.endsWith('</html>')).toBe(true)
  expect(Buffer.byteLength(html)).toBeLessThan(30_000)
  expect(html).not.toMatch(/<(img|link|script|iframe|object|form|svg)\b|@import|url\(|<base/i)
  expect(html).not.toContain('undefined')
  expect(html.match(/<(tr|td|table|div|th)\b/g)?.length).toBe(html.match(/<\/(tr|td|table|div|th)>/g)?.length)
})

test('a table of a hundred rows stays under what Gmail cuts off', () => {
  const row = ['示范新材料（集团）股份有限公司西安分公司', '2次', '0次', '7月28日（周四）', '赵示例']
  const table: Block = { kind: 'table', headers: ['企业', '应走访', '已走访', '最近一次', '联系人'], rows: Array(100).fill(row) as string[][] }
  expect(Buffer.byteLength(renderHtml(letterOf([table])))).toBeLessThan(102_000)
})

test('every value is escaped, wherever it stands', () => {
  const evil = `<b>&"'`
  const blocks: Block[] = [
    { kind: 'section', title: evil },
    { kind: 'paragraph', text: evil },
    { kind: 'facts', rows: [{ label: evil, value: evil }] },
    { kind: 'table', headers: [evil], rows: [[evil]] },
    { kind: 'quote', text: evil, by: evil },
    { kind: 'list', items: [evil] },
    { kind: 'action', label: evil, url: `https://example.org/?${evil}` },
    { kind: 'action', label: evil, url: `javascript:${evil}` },
    { kind: 'reference', label: evil, id: evil },
  ]
  const texts = { subject: evil, preheader: evil, sender: evil, heading: evil, lead: evil, footer: [evil] }
  const html = renderHtml(letterOf(blocks, texts))
  expect(html).not.toContain('<b>')
  // Two of the subject, one each of the other five; section 1, paragraph 1, facts 2, table 3 (a header is also the
  // label of its cells), quote 2, list 1, action 4, action that cannot be followed 2, reference 2.
  expect(html.split('&lt;b&gt;&amp;&quot;&#39;')).toHaveLength(1 + 2 + 5 + 1 + 1 + 2 + 3 + 2 + 1 + 4 + 2 + 2)
})

test('values are not taken for a template', () => {
  const text = "{{lead}} ${values.lead} $& $1 $' $$ \\` <!--part:fact-->"
  const html = renderHtml(letterOf([{ kind: 'paragraph', text }]))
  expect(html).toContain("{{lead}} ${values.lead} $&amp; $1 $&#39; $$ \\` &lt;!--part:fact--&gt;")
})

test('only the web can be followed', () => {
  const link = (url: string): boolean => renderHtml(letterOf([{ kind: 'action', label: '打开', url }])).includes('href=')
  for (const url of ['https://example.org/a?b=c', 'http://127.0.0.1:8787/p/x', 'HTTPS://example.org']) expect(link(url)).toBe(true)
  for (const url of ['javascript:alert(1)', 'data:text/html,x', ' https://example.org', 'mailto:a@example.org', '//example.org', ''])
    expect(link(url)).toBe(false)
})

test('line breaks are kept, and the rest of the white space is as the browser likes it', () => {
  const html = renderHtml(letterOf([{ kind: 'paragraph', text: '\n一\r\n二\r三\u2028四\n\n五\n' }]))
  expect(html).toContain('>一<br>二<br>三<br>四<br><br>五<')
})

/** Contrast as WCAG 2.2 defines it. */
const contrast = (one: string, other: string): number => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

test.each(Object.keys(colours) as Urgency[])('the colours of a letter that is %s can be read', (urgency) => {
  const { accent, tint } = colours[urgency]
  expect(contrast(accent, '#ffffff')).toBeGreaterThanOrEqual(4.5)
  expect(contrast('#1b1f24', tint)).toBeGreaterThanOrEqual(7)
  const html = renderHtml(letterOf([{ kind: 'section', title: '节' }], { urgency }))
  for (const colour of [accent, tint]) expect(html).toContain(colour)
})
