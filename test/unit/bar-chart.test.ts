import { expect, test } from 'vitest'
import { barChart } from '../../functions/publications/bar-chart.ts'

const widths = (svg: string): number[] => [...svg.matchAll(/<rect [^>]*width="(\d+)"/g)].map(([, width]) => Number(width))

test('bars are as long as what they stand for, and say it', () => {
  const { text } = barChart('走访', [{ name: '两次', bars: [{ value: 1335 }] }, { name: '一次', bars: [{ value: 267 }] }, { name: '未走访', bars: [{ value: 0 }] }])
  const [longest = 0, fifth = 0, none] = widths(text)
  expect(longest).toBeGreaterThan(150)
  expect(fifth).toBe(Math.round(longest / 5))
  expect(none).toBe(0)
  expect(text).toContain('>1,335</text>')
  expect(text).toContain('aria-label="走访: 两次 1,335; 一次 267; 未走访 0"')
})

test('of two that are compared, the second looks otherwise, and both are told', () => {
  const { text } = barChart('问题', [{ name: 'A类', bars: [{ value: 4 }, { value: 2, second: true }] }], ['新增', '已办结'])
  expect(widths(text)).toHaveLength(2)
  expect(new Set([...text.matchAll(/fill="(#[0-9a-f]+)"/g)].map(([, fill]) => fill)).size).toBe(2)
  expect(text).toContain('A类 4 / 2')
})

test('a percentage is measured against a hundred, and a name is made safe and short', () => {
  const { text } = barChart('达标率', [{ name: '<b>示例行政审批服务局</b>', bars: [{ value: 50 }] }], undefined, 100)
  expect(text).not.toContain('<b>')
  expect(text).toMatch(/…<\/text>/)
  const [half = 0] = widths(text)
  expect(half).toBe(Math.round((320 - 92 - 46) / 2))
})
