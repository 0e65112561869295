import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { wholeWorkbook } from '../../functions/adapters/workbook.ts'
import type { Sheet, Value } from '../../shared/report/workbook.ts'

const sheetsIn = async (...sheets: readonly Sheet[]): Promise<Record<string, string>> =>
  Object.fromEntries(Object.entries(unzipSync(new Uint8Array(await wholeWorkbook(sheets)))).map(([name, bytes]) => [name, strFromU8(bytes)]))

const cell = async (value: Value): Promise<string> => {
  const { 'xl/worksheets/sheet1.xml': sheet = '' } = await sheetsIn({ name: 'x', headers: ['h'], rows: [[value]] })
  return /<row r="2">(.*?)<\/row>/s.exec(sheet)?.[1] ?? expect.fail()
}

describe('a cell', () => {
  test.each<[string, Value, string]>([
    ['a number is a number', -1234, '<c r="A2" s="3"><v>-1234</v></c>'],
    ['a percentage is a share of one', { percent: 96.4 }, '<c r="A2" s="4"><v>0.964</v></c>'],
    ['a day is a day', { date: '2026-03-02' }, '<c r="A2" s="5"><v>46083</v></c>'],
    ['a time is a part of one', { date: '2026-03-02', time: '18:00' }, '<c r="A2" s="6"><v>46083.75</v></c>'],
    ['what is not there is empty', undefined, ''],
    ['nothing in text is read as another character', '_x003D_1_x1_', '<c r="A2" s="0" t="inlineStr"><is><t xml:space="preserve">_x005F_x003D_1_x1_</t></is></c>'],
    ['what XML cannot hold is left out', '示\u0000\u001f\ufffe\ud800例', '<c r="A2" s="0" t="inlineStr"><is><t xml:space="preserve">示\ufffd例</t></is></c>'],
    ['text is text', '示例', '<c r="A2" s="0" t="inlineStr"><is><t xml:space="preserve">示例</t></is></c>'],
    ['markup in text is text', '<b>&"', '<c r="A2" s="0" t="inlineStr"><is><t xml:space="preserve">&lt;b&gt;&amp;&quot;</t></is></c>'],
  ])('%s', async (_, value, expected) => {
    expect(await cell(value)).toBe(expected)
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1+1', '＋1', '－1', '＠SUM(A1)', ' =1+1', '\t=1+1', '\n=1', '\u200b=1', '\u0001=1', '\u202e\u00ad=1', '\u3164＝1', "=cmd|'/c calc'!A1"])('%j is marked as no formula', async text => {
    expect(await cell(text)).toContain(' s="2" t="inlineStr"')
  })

  test.each(['1=1', 'a-b', '示例＝', '2026-03-02'])('%j needs no mark', async text => {
    expect(await cell(text)).toContain(' s="0" t="inlineStr"')
  })

  test('holds no more than Excel does', async () => {
    const held = async (text: string) => />([^<>]*)<\/t>/.exec(await cell(text))?.[1]
    expect(await held('很'.repeat(40_000)) === '很'.repeat(32_767)).toBe(true)
    // Half a character is none.
    expect(await held(`很${'𠮷'.repeat(20_000)}`) === `很${'𠮷'.repeat(16_383)}`).toBe(true)
    expect(await held('𠮷'.repeat(20_000)) === '𠮷'.repeat(16_383)).toBe(true)
  })
})

describe('a workbook', () => {
  test('has a sheet for each table, its heading frozen and its rows under a filter, but for the total', async () => {
    const parts = await sheetsIn(
      { name: '各部门情况', headers: ['部门', '人数'], rows: [['甲', 1], ['乙', 2], ['合计', 3]], totals: 1 },
      { name: '[a]:b*c?d/e\\f'.repeat(4), headers: Array.from({ length: 28 }, (_, at) => `h${at}`), rows: [[1]] },
    )
    expect(parts['xl/worksheets/sheet1.xml']).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>')
    expect(parts['xl/worksheets/sheet1.xml']).toContain('<autoFilter ref="A1:B3"/>')
    expect(parts['xl/worksheets/sheet2.xml']).toContain('<autoFilter ref="A1:AB2"/>')
    const names = [...(parts['xl/workbook.xml'] ?? '').matchAll(/<sheet name="([^"]*)"/g)].map(([, name]) => name)
    expect(names[0]).toBe('各部门情况')
    expect(names[1]).toMatch(/^[^[\]:*?/\\]{31}$/)
  })

  test('has columns as wide as they are said to be, or else as their headings want', async () => {
    const { 'xl/worksheets/sheet1.xml': sheet = '' } = await sheetsIn({ name: 'x', headers: ['交办时间', '标题'], widths: [17], rows: [] })
    expect(sheet).toContain('<col min="1" max="1" width="17" customWidth="1"/><col min="2" max="2" width="12" customWidth="1"/>')
  })

  test('is whole however many rows it has', async () => {
    const rows = Array.from({ length: 5_000 }, (_, at) => [`示例${at}`, at])
    const { 'xl/worksheets/sheet1.xml': sheet = '' } = await sheetsIn({ name: 'x', headers: ['名称', '数'], rows })
    expect(sheet.match(/<row /g)).toHaveLength(5_001)
    expect(sheet).toContain('<row r="5001"><c r="A5001"')
  })
})
