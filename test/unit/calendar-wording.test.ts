import { expect, test } from 'vitest'
import { publishedYears } from '../../shared/calendar/published-years.ts'
import {
  festivalName,
  formatCount,
  formatDate,
  formatDateTime,
  formatDayKind,
  formatMonth,
  formatWorkingDays,
} from '../../shared/calendar/wording.ts'
import { shippedCalendar, walk } from '../../shared/calendar/working-day.ts'
import { parseInstant } from '../../shared/calendar/zone.ts'

test('dates', () => {
  expect(formatDate('zh-CN', '2016-08-15')).toBe('8月15日（周一）')
  expect(formatDate('zh-CN', '2016-10-02', { year: true })).toBe('2016年10月2日（周日）')
  expect(formatDate('en', '2016-08-15')).toBe('Mon 15 August')
  expect(formatDate('en', '2016-10-02', { year: true })).toBe('Sun 2 October 2016')
})

test('instants, on the clocks of a zone', () => {
  const instant = parseInstant('2016-08-15T17:05:00Z')
  expect(formatDateTime('zh-CN', instant, 'Asia/Shanghai')).toBe('8月16日（周二）01:05')
  expect(formatDateTime('en', instant, 'Asia/Shanghai')).toBe('Tue 16 August, 01:05')
  expect(formatDateTime('zh-CN', instant, 'UTC', { year: true })).toBe('2016年8月15日（周一）17:05')
})

test('months', () => {
  expect(formatMonth('zh-CN', '2016-08')).toBe('2016年8月')
  expect(formatMonth('en', '2016-08')).toBe('August 2016')
})

test.each([
  [0, '0'],
  [999, '999'],
  [1495, '1,495'],
  [1_000_000, '1,000,000'],
  [-1495, '-1,495'],
])('%i is written %s', (count, expected) => {
  expect(formatCount(count)).toBe(expected)
})

test('working days', () => {
  expect(formatWorkingDays('zh-CN', 3)).toBe('3个工作日')
  expect(formatWorkingDays('en', 1)).toBe('1 working day')
  expect(formatWorkingDays('en', 0)).toBe('0 working days')
})

test.each([
  ['2016-08-15', '工作日', 'working day'],
  ['2016-08-14', '周末', 'weekend'],
  ['2016-10-01', '国庆节放假', 'National Day holiday'],
  ['2016-10-08', '国庆节调休上班', 'working day to make up for National Day'],
])('why %s counts or does not', (date, chinese, english) => {
  const [day] = walk(shippedCalendar, date, 0)
  expect(formatDayKind('zh-CN', day)).toBe(chinese)
  expect(formatDayKind('en', day)).toBe(english)
})

test('every festival in the shipped notices has an English name', () => {
  const names = new Set(publishedYears.flatMap(({ holidays }) => Object.values(holidays)))
  for (const name of names) expect(festivalName('en', name)).toMatch(/^[A-Z][A-Za-z' -]+$/)
  expect(festivalName('en', '地方节日')).toBe('地方节日')
})
