import { expect, test } from 'vitest'
import { wholeWorkbook } from '../../functions/adapters/workbook.ts'
import { sheetView, type Detail } from '../../functions/assessments/view.ts'
import { sheetBook } from '../../shared/assessment/book.ts'
import { bookIn } from '../integration/api/book.ts'
import { aRecord, aSheet, anAssessment, inputsOf, pairings } from '../mothers/assessment.ts'
import { at, zone } from '../mothers/moment.ts'

const flag = aRecord('flag/denied.1001.20260309.abc', { flagsUpheld: 1 })
const inputs = inputsOf([...pairings(4, 3), flag])
const decision = { outcome: 'granted', remark: '属实', by: 's1', at: at('2026-07-10 09:30'), recordId: flag.id } as const
const kept = aSheet(inputs, { appeals: [{ component: 'flags', reason: '=cmd|有误', by: '1001', at: at('2026-07-09 16:00'), decision }] })
const view = (detail: Detail = 'all') => sheetView({ kept, inputs }, anAssessment(), zone, detail)
const pen = { language: 'zh', officerName: '＝示例', departmentName: '示例局' } as const

const sheetsOf = async (detail?: Detail) => {
  const sheets = sheetBook(view(detail), pen)
  return Promise.all(sheets.map(async sheet => ({ name: sheet.name, ...bookIn(await wholeWorkbook([sheet])) })))
}

test('has every component with what it is reckoned from, and the total below', async () => {
  const [components] = await sheetsOf()
  expect(components?.rows.map(row => row['指标'])).toEqual([...view().components.map(({ words }) => words.zh), '总分'])
  expect(components?.rows[0]).toMatchObject({ 指标: '走访达标率', 分子: 3, 分母: 4, 得分: 75, 计入记录: 4 })
  expect(components?.rows.at(-1)).toMatchObject({ 得分: view().total })
  // Points are shown to one decimal: as whole numbers 22.5 would read 23.
  expect(components?.xml).toContain(`<c r="G2" s="7"><v>75</v></c>`)
  expect(components?.xml).toContain(`<autoFilter ref="A1:M${view().components.length + 1}"/>`)
})

test('names the records behind each component, the appeals with their times, and whom it is of', async () => {
  const [, records, appeals, about] = await sheetsOf()
  expect(records?.rows).toContainEqual({ 指标: '核查不实', 是否计入: '申诉剔除', 记录: flag.id })
  expect(appeals?.rows).toMatchObject([{ 指标: '核查不实', 申诉人: '1001', 申诉时间: 46_212 + 16 / 24, 理由: '=cmd|有误', 结果: '支持', 复核时间: 46_213 + 9.5 / 24, 剔除的记录: flag.id }])
  expect(about?.rows).toEqual(expect.arrayContaining([{ 项目: '干部', 内容: '＝示例' }, { 项目: '部门', 内容: '示例局' }, { 项目: '校验值（SHA-256）', 内容: kept.hash }]))
})

test('makes no formula of what people have entered', async () => {
  const [, , appeals, about] = await sheetsOf()
  for (const [sheet, text] of [[appeals, '=cmd'], [about, '＝示例']] as const) {
    expect(sheet?.xml).not.toContain('<f')
    expect(sheet?.xml).toContain(` s="2" t="inlineStr"><is><t xml:space="preserve">${text}`)
  }
})

test('says no more than the sheet does to whoever asks', async () => {
  expect(JSON.stringify(await sheetsOf('own'))).not.toContain('denied')
  const [, records, , about] = await sheetsOf('own')
  expect(records?.rows).toContainEqual({ 指标: '核查不实', 是否计入: '申诉剔除', 记录: '另有1条，此处不列' })
  expect(JSON.stringify(about?.rows)).not.toContain(kept.hash)
})

test('of a department speaks of the department', () => {
  const [components, , , about] = sheetBook({ ...view(), officerId: undefined }, { language: 'en', departmentName: 'Example' })
  expect([components?.headers[0], components?.name]).toEqual(['Component', 'Sheet'])
  expect(JSON.stringify([components?.rows, about?.rows])).toContain('of the officers who belonged to it')
  expect(JSON.stringify(about?.rows)).not.toContain('Staff number')
})
