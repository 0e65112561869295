import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  dayNumber,
  dateOfDayNumber,
  dayOfMonth,
  dayOfWeek,
  firstDayOfMonth,
  isRealDate,
  lastDayOfMonth,
  localDateSchema,
  monthOf,
  yearOf,
} from '../../shared/calendar/date.ts'

describe('which dates exist', () => {
  test.each(['2024-02-29', '2000-02-29', '2026-12-31', '0001-01-01', '9999-12-31'])('%s does', (date) => {
    expect(isRealDate(date)).toBe(true)
    expect(dateOfDayNumber(dayNumber(date))).toBe(date)
  })

  test.each([
    ...['2026-02-30', '2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00'],
    ...['2026-1-1', '20260101', '2026-01-01T00:00Z', ' 2026-01-01', '2026-01-01\n', '２０２６-01-01', '', '2026-01'],
  ])('%j does not', (date) => {
    expect(isRealDate(date)).toBe(false)
    expect(localDateSchema.safeParse(date).success).toBe(false)
    expect(() => dayNumber(date)).toThrow(RangeError)
  })
})

test.each([
  ['2024-02-28', 1, '2024-02-29'],
  ['2023-02-28', 1, '2023-03-01'],
  ['2026-12-31', 1, '2027-01-01'],
  ['2026-01-01', -1, '2025-12-31'],
  ['1969-12-31', 1, '1970-01-01'],
])('%s plus %i days is %s', (date, days, expected) => {
  expect(addDays(date, days)).toBe(expected)
})

test.each([
  ['2024-02', '2024-02-29'],
  ['2023-02', '2023-02-28'],
  ['1900-02', '1900-02-28'],
  ['2026-12', '2026-12-31'],
])('%s ends on %s', (month, last) => {
  expect(firstDayOfMonth(month)).toBe(`${month}-01`)
  expect(lastDayOfMonth(month)).toBe(last)
  expect(monthOf(last)).toBe(month)
})

test.each([
  ['2026-11', 1, '2026-12'],
  ['2026-12', 1, '2027-01'],
  ['2026-01', -1, '2025-12'],
  ['2026-03', -15, '2024-12'],
  ['2026-03', 0, '2026-03'],
])('%s plus %i months is %s', (month, count, expected) => {
  expect(addMonths(month, count)).toBe(expected)
})

test('the parts of a date', () => {
  expect([yearOf('2016-08-15'), dayOfMonth('2016-08-15'), dayOfWeek('2016-08-15')]).toEqual([2016, 15, 1])
  expect(dayOfWeek('2016-08-14')).toBe(0)
})

const dayNumbers = fc.integer({ min: dayNumber('1900-01-01'), max: dayNumber('2200-12-31') })

test('numbers and dates are one order', () => {
  fc.assert(
    fc.property(dayNumbers, dayNumbers, (a, b) => {
      expect(dayNumber(dateOfDayNumber(a))).toBe(a)
      expect(dateOfDayNumber(a) < dateOfDayNumber(b)).toBe(a < b)
    }),
  )
})
