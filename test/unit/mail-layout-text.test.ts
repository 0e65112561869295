import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Block, Letter } from '../../shared/mail/letter.ts'
import { headerSafe, renderMail, renderText } from '../../shared/mail/render.ts'
import { columnsOf } from '../../shared/mail/render-columns.ts'
import { cleanText, escapeHtml } from '../../shared/mail/render-safe.ts'
import { mailSamples } from '../browser/mail-samples.ts'

const textOf = (block: Block, locale: Letter['locale'] = 'zh-CN'): string =>
  renderText({ locale, subject: '主题', heading: '标题', lead: '要点', urgency: 'normal', blocks: [block], footer: [] })
    .replace('标题\n\n要点\n\n', '')
    .replace(/\n\n-- \n.*\n$/, '')

describe('the text of a mail', () => {
  test('is complete on its own', () => {
    expect(renderMail(mailSamples.dispatched).text).toBe(`新问题待签收：厂区北侧道路夜间无照明

请区建设局于8月16日（周二）18:00前签收，8月29日（周一）18:00前办结。

编号：2016-000123
企业：示例科技有限公司
类别：配套 · 道路（B类，区内多部门协同）
助企干部：张示例（区发展局）
首次答复：8月17日（周三）18:00前
办结：8月29日（周一）18:00前

【企业反映】

> 厂区北侧道路约600米没有路灯，夜班职工下班后步行回宿舍很不安全。
> 希望能在入冬前装上，或者先装临时照明。
> —— 示例科技有限公司

签收并办理：
https://example.org/issues/2016-000123

--\u0020
亲商助企
您收到此邮件，是因为您是区建设局的承办人员。
此邮件由系统自动发出，直接回复无人查看；如有疑问，请联系区助企办。
`)
  })

  test('makes a sentence of a table row', () => {
    const table: Block = { kind: 'table', headers: ['企业', '应走访', '已走访'], rows: [['甲公司', '2次', '0次'], ['乙公司', '1次', '—']] }
    expect(textOf(table)).toBe('1. 甲公司；应走访：2次；已走访：0次\n2. 乙公司；应走访：1次；已走访：—')
    expect(textOf({ kind: 'table', headers: ['Step', 'Due'], rows: [['Accept', 'Tue']] }, 'en')).toBe('1. Accept; Due: Tue')
  })

  test('breaks Chinese lines where Chinese may be broken', () => {
    // 39 characters fill a line; punctuation neither starts one nor is left alone at its end.
    expect(textOf({ kind: 'paragraph', text: `${'好'.repeat(39)}，然后` })).toBe(`${'好'.repeat(38)}\n好，然后`)
    expect(textOf({ kind: 'paragraph', text: `${'好'.repeat(38)}（注）` })).toBe(`${'好'.repeat(38)}\n（注）`)
    expect(textOf({ kind: 'paragraph', text: `${'好'.repeat(38)}“注”` })).toBe(`${'好'.repeat(38)}\n“注”`)
  })

  test('breaks English between words, and a word only if it fills more than a line', () => {
    expect(textOf({ kind: 'paragraph', text: `${'word '.repeat(16)}end` }, 'en')).toBe(`${'word '.repeat(15).trim()}\nword end`)
    expect(textOf({ kind: 'paragraph', text: 'x'.repeat(100) })).toBe(`${'x'.repeat(78)}\n${'x'.repeat(22)}`)
  })

  test('never breaks an address, nor an emoji made of several', () => {
    const url = `https://example.org/p/${'0123456789abcdef'.repeat(6)}`
    expect(textOf({ kind: 'action', label: '打开', url })).toBe(`打开：\n${url}`)
    expect(textOf({ kind: 'paragraph', text: `见 ${url}` })).toBe(`见\n${url}`)
    for (const emoji of ['👩🏽‍🔧', '🇨🇳', '👨‍👩‍👧‍👦'])
      for (const before of [36, 37, 38]) expect(textOf({ kind: 'paragraph', text: '好'.repeat(before) + emoji })).toContain(emoji)
  })

  test('quotes every line of what somebody said', () => {
    expect(textOf({ kind: 'quote', text: '一\r\n\n二', by: '某人' })).toBe('> 一\n>\n> 二\n> —— 某人')
  })

  test('is no wider than 78 columns but for addresses, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        for (const kind of ['paragraph', 'quote'] as const)
          for (const line of textOf({ kind, text }).split('\n'))
            if (!line.includes('://')) expect(columnsOf(line)).toBeLessThanOrEqual(78)
      }),
    )
  })

  test('loses no character in breaking lines', () => {
    const characters = fc.array(fc.constantFrom(...Array.from('好，。（）“”「」—… abc1,.[]()'), '𠮷', '🏭', '🇨🇳', 'https://e.org/'), { maxLength: 200 })
    fc.assert(
      fc.property(characters, (text) => {
        const whole = text.join('')
        expect(textOf({ kind: 'paragraph', text: whole }).replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''))
      }),
    )
  })
})

describe('text is cleaned of', () => {
  test.each([
    ['control characters', 'a\u0000b\u0007c\u001bd\u007fe\u0085f', 'abcde\nf'],
    ['marks that turn the direction of writing', 'a\u202efdp.exe\u202c\u2066b\u2069\u200f', 'afdp.exeb'],
    ['invisible spaces and soft hyphens', 'a\u200bb\ufeffc\u00add\u2060e', 'abcde'],
    ['halves of characters', 'a\ud842b', 'a\ufffdb'],
    ['noncharacters', 'a\uffffb\u{1fffe}c', 'abc'],
  ])('%s', (_, text, expected) => {
    expect(cleanText(text)).toBe(expected)
    expect(escapeHtml(text)).toBe(expected)
  })

  test('nothing else: rare characters, emoji and other scripts stay', () => {
    for (const text of ['𠮷㐂𬱖䶮', '👩🏽‍🔧🇨🇳☎️', 'ئۇيغۇر', 'café\u0301', '　全角　', '一\n二'])
      expect(cleanText(text)).toBe(text)
  })
})

test('a header stays one line', () => {
  expect(headerSafe('water =?UTF-8?Q?=E2=80=AEfdp.exe?=')).not.toContain('=?')
  expect(headerSafe(' 请签收\r\nBcc: a@example.org\u2028b\n\tc\u0000 ')).toBe('请签收 Bcc: a@example.org b c')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(headerSafe(text)).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
    }),
  )
})

test.each([
  ['', 0],
  ['abc', 3],
  ['一二，（', 8],
  ['𠮷', 2],
  ['e\u0301', 1],
])('%j takes %i columns', (text, columns) => {
  expect(columnsOf(text)).toBe(columns)
})
