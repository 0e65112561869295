import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dateOfDayNumber, dayNumber } from '../../shared/calendar/date.ts'
import { yearNoticeSchema, type YearNotice } from '../../shared/calendar/notice.ts'
import {
  addWorkingDays,
  calendarOf,
  calendarWith,
  isWorkingDay,
  shippedCalendar as calendar,
  walk,
  walkStepSchema,
  workingDayOnOrAfter,
  workingDaysBetween,
  workingDaysOfMonth,
} from '../../shared/calendar/working-day.ts'

describe('what kind of day it is', () => {
  test.each([
    ['2016-08-15', { working: true, why: 'weekday' }],
    ['2016-08-14', { working: false, why: 'weekend' }],
    ['2016-10-01', { working: false, why: 'holiday', name: '国庆节' }],
    ['2016-10-08', { working: true, why: 'make-up', name: '国庆节' }],
    ['2026-02-14', { working: true, why: 'make-up', name: '春节' }],
    ['2026-02-15', { working: false, why: 'holiday', name: '春节' }],
    ['2018-12-29', { working: true, why: 'make-up', name: '元旦' }],
    ['2018-12-31', { working: false, why: 'holiday', name: '元旦' }],
    ['2015-09-03', { working: false, why: 'holiday', name: '中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日' }],
    // The notice for 2020 as it was amended when the Spring Festival was prolonged.
    ['2020-02-01', { working: false, why: 'holiday', name: '春节' }],
  ])('%s', (date, expected) => {
    expect(walk(calendar, date, 0)).toEqual([{ date, day: 0, ...expected, provisional: false }])
    expect(isWorkingDay(calendar, date)).toBe(expected.working)
  })

  test('without the notice that settles it, it is provisional', () => {
    const of2026 = calendarOf([...[2025, 2026].flatMap((year) => calendar.noticeOf(year) ?? [])])
    const kindOf = (date: string) => walk(of2026, date, 0)[0]
    expect(kindOf('2026-12-28')).toMatchObject({ working: true, why: 'weekday', provisional: false })
    // The notice for 2027 may still reach back into these.
    expect(kindOf('2026-12-29')).toMatchObject({ working: true, why: 'weekday', provisional: true })
    expect(kindOf('2027-01-01')).toMatchObject({ working: true, why: 'weekday', provisional: true })
    expect(kindOf('2027-01-02')).toMatchObject({ working: false, why: 'weekend', provisional: true })
    expect(kindOf('2024-12-31')).toMatchObject({ provisional: true })
  })
})

describe('the nth working day', () => {
  test.each([
    ['2016-08-15', 0, '2016-08-15', 'day 0 is the day itself'],
    ['2016-08-13', 0, '2016-08-13', 'even on a Saturday'],
    ['2016-08-12', 1, '2016-08-15', 'Friday to Monday'],
    ['2016-08-13', 1, '2016-08-15', 'Saturday to Monday'],
    ['2016-08-15', 5, '2016-08-22', 'a week'],
    ['2016-09-30', 1, '2016-10-08', 'over National Day to the make-up Saturday'],
    ['2016-09-29', 5, '2016-10-11', 'over National Day and both make-up days'],
    ['2026-02-13', 1, '2026-02-14', 'the make-up Saturday before Spring Festival'],
    ['2026-02-14', 1, '2026-02-24', 'over the nine days of Spring Festival'],
    ['2026-02-13', 10, '2026-03-05', 'over Spring Festival and the make-up Saturday after it'],
    ['2018-12-28', 1, '2018-12-29', 'a make-up day that the next notice set'],
    ['2018-12-29', 1, '2019-01-02', 'over the turn of the year'],
    ['2024-02-28', 1, '2024-02-29', 'a leap day'],
    ['2016-10-08', -1, '2016-09-30', 'backwards over National Day'],
    ['2016-08-15', -1, '2016-08-12', 'backwards over a weekend'],
  ])('%s %i → %s: %s', (from, count, expected) => {
    expect(addWorkingDays(calendar, from, count)).toEqual({ date: expected, provisional: false })
  })

  test('is provisional as soon as the way to it touches an unsettled day', () => {
    const until2026 = calendarOf([2025, 2026].flatMap((year) => calendar.noticeOf(year) ?? []))
    expect(addWorkingDays(until2026, '2026-12-21', 5)).toEqual({ date: '2026-12-28', provisional: false })
    expect(addWorkingDays(until2026, '2026-12-21', 6)).toEqual({ date: '2026-12-29', provisional: true })
    expect(addWorkingDays(until2026, '2026-12-21', 10)).toEqual({ date: '2027-01-04', provisional: true })
    expect(addWorkingDays(until2026, '2027-01-08', -10)).toEqual({ date: '2026-12-25', provisional: true })
    expect(addWorkingDays(until2026, '2027-05-01', 0)).toEqual({ date: '2027-05-01', provisional: false })
  })

  test('changes when the missing notice is entered', () => {
    const notice = yearNoticeSchema.parse({
      year: 2027,
      holidays: { '2026-12-31': '元旦', '2027-01-01': '元旦' },
      makeUpDays: { '2027-01-03': '元旦' },
    })
    const complete = calendarOf([...[2025, 2026].flatMap((year) => calendar.noticeOf(year) ?? []), notice])
    expect(addWorkingDays(complete, '2026-12-30', 1)).toEqual({ date: '2027-01-03', provisional: false })
    expect(addWorkingDays(complete, '2026-12-30', 2)).toEqual({ date: '2027-01-04', provisional: false })
  })
})

test.each([
  ['2016-10-01', '2016-10-08'],
  ['2016-08-13', '2016-08-15'],
  ['2016-08-15', '2016-08-15'],
  ['2016-10-08', '2016-10-08'],
])('the working day on or after %s is %s', (date, expected) => {
  expect(workingDayOnOrAfter(calendar, date)).toEqual({ date: expected, provisional: false })
})

test('the working days of a month', () => {
  const october = workingDaysOfMonth(calendar, '2016-10')
  expect(october.provisional).toBe(false)
  expect(october.dates).toHaveLength(18)
  expect(october.dates[0]).toBe('2016-10-08')
  expect(october.dates.slice(-5)).toEqual(['2016-10-25', '2016-10-26', '2016-10-27', '2016-10-28', '2016-10-31'])
  expect(workingDaysOfMonth(calendar, '2016-08').dates).toHaveLength(23)
  expect(workingDaysOfMonth(calendarOf([]), '2016-08')).toMatchObject({ provisional: true })
})

test.each([
  ['2016-09-29', '2016-10-11', 5],
  ['2016-10-11', '2016-09-29', -5],
  ['2016-10-01', '2016-10-07', 0],
  ['2016-08-15', '2016-08-15', 0],
])('from %s to %s there are %i working days', (from, to, days) => {
  expect(workingDaysBetween(calendar, from, to)).toEqual({ days, provisional: false })
})

test('a walk says of every day why it counts or does not', () => {
  const steps = walk(calendar, '2016-09-29', 3)
  const off = { day: null, working: false, why: 'holiday', name: '国庆节', provisional: false }
  expect(steps).toEqual([
    { date: '2016-09-29', day: 0, working: true, why: 'weekday', provisional: false },
    { date: '2016-09-30', day: 1, working: true, why: 'weekday', provisional: false },
    ...['01', '02', '03', '04', '05', '06', '07'].map((day) => ({ date: `2016-10-${day}`, ...off })),
    { date: '2016-10-08', day: 2, working: true, why: 'make-up', name: '国庆节', provisional: false },
    { date: '2016-10-09', day: 3, working: true, why: 'make-up', name: '国庆节', provisional: false },
  ])
  for (const step of steps) expect(walkStepSchema.parse(step)).toEqual(step)
})

describe("a deployment's own notices", () => {
  const notice = (overrides: Partial<YearNotice>): YearNotice => ({ year: 2026, holidays: {}, makeUpDays: {}, ...overrides })

  test('take the place of the shipped one for that year and of no other', () => {
    const own = calendarWith([notice({ holidays: { '2026-08-17': '地方节日' } })])
    expect(walk(own, '2026-08-17', 0)[0]).toMatchObject({ working: false, why: 'holiday', name: '地方节日', provisional: false })
    expect(isWorkingDay(own, '2026-10-01')).toBe(true)
    expect(isWorkingDay(own, '2025-10-01')).toBe(false)
    expect(isWorkingDay(calendar, '2026-08-17')).toBe(true)
  })

  test('withdraw the days of December that the shipped one had settled', () => {
    expect(isWorkingDay(calendarWith([notice({ year: 2019 })]), '2018-12-29')).toBe(false)
  })

  test('of two for one year the later counts, of two years about one December the later year', () => {
    const twice = calendarWith([notice({ holidays: { '2026-08-17': '一' } }), notice({ holidays: { '2026-08-18': '二' } })])
    expect(isWorkingDay(twice, '2026-08-17')).toBe(true)
    expect(isWorkingDay(twice, '2026-08-18')).toBe(false)
    const december = calendarWith([
      notice({ year: 2028, makeUpDays: { '2027-12-31': '元旦' } }),
      notice({ year: 2027, holidays: { '2027-12-31': '元旦' } }),
    ])
    expect(isWorkingDay(december, '2027-12-31')).toBe(true)
  })

  test('none leaves the shipped calendar as it is', () => {
    expect(calendarWith([])).toBe(calendar)
  })
})

describe('what is accepted as a notice', () => {
  const faults = (holidays: unknown, makeUpDays: unknown, year: unknown = 2027): string[] =>
    (yearNoticeSchema.safeParse({ year, holidays, makeUpDays }).error?.issues ?? []).map(({ path }) => path.join('.'))

  test('days of the year and the last three of the December before', () => {
    expect(faults({ '2026-12-29': '元旦', '2027-12-31': '元旦' }, { '2027-01-02': '元旦' })).toEqual([])
  })

  test.each([
    ['a day that does not exist', { '2027-02-30': '春节' }, {}, 'holidays.2027-02-30'],
    ['a day of another year', { '2028-01-01': '元旦' }, {}, 'holidays.2028-01-01'],
    ['an earlier day of the December before', { '2026-12-28': '元旦' }, {}, 'holidays.2026-12-28'],
    ['a make-up day in the week', { '2027-01-01': '元旦' }, { '2027-02-05': '春节' }, 'makeUpDays.2027-02-05'],
    ['a day in both lists', { '2027-02-06': '春节' }, { '2027-02-06': '春节' }, 'makeUpDays.2027-02-06'],
    ['no day off at all', {}, { '2027-02-06': '春节' }, 'holidays'],
    ['a day without a name', { '2027-02-06': ' ' }, {}, 'holidays.2027-02-06'],
  ])('not %s', (_, holidays, makeUpDays, path) => {
    expect(faults(holidays, makeUpDays)).toEqual([path])
  })

  test('not a year out of reach, nor an unknown field', () => {
    expect(faults({ '1999-01-01': '元旦' }, {}, 1999)).toEqual(['year'])
    expect(faults({}, {}, 2027.5)).toEqual(['year'])
    expect(yearNoticeSchema.safeParse({ year: 2027, holidays: { '2027-01-01': '元旦' }, makeUpDays: {}, note: '' }).success).toBe(false)
  })
})

describe('for any date and any number of working days', () => {
  const dates = fc
    .integer({ min: dayNumber('2006-06-01'), max: dayNumber('2029-06-01') })
    .map((number) => dateOfDayNumber(number))
  const counts = fc.integer({ min: 0, max: 60 })

  test('the day reached is a working day, that many from the start', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -60, max: 60 }), (date, count) => {
        const reached = addWorkingDays(calendar, date, count)
        const between = workingDaysBetween(calendar, date, reached.date)
        expect(between).toEqual({ days: count, provisional: reached.provisional })
        if (count !== 0) expect(isWorkingDay(calendar, reached.date)).toBe(true)
      }),
    )
  })

  test('going back the same way returns to the start, or to the working day before it', () => {
    const onOrBefore = (date: string): string => (isWorkingDay(calendar, date) ? date : onOrBefore(addDays(date, -1)))
    fc.assert(
      fc.property(dates, counts, (date, count) => {
        const there = addWorkingDays(calendar, date, count).date
        const back = addWorkingDays(calendar, there, -count).date
        expect(back).toBe(count === 0 ? date : onOrBefore(date))
      }),
    )
  })

  test('a later start or a larger number is never earlier', () => {
    fc.assert(
      fc.property(dates, counts, (date, count) => {
        const reached = addWorkingDays(calendar, date, count).date
        expect(addWorkingDays(calendar, date, count + 1).date > reached).toBe(true)
        expect(addWorkingDays(calendar, addDays(date, 1), count).date >= reached).toBe(true)
      }),
    )
  })

  test('the walk ends where addWorkingDays does, is provisional where it is, and leaves out no day', () => {
    fc.assert(
      fc.property(dates, counts, (date, count) => {
        const steps = walk(calendar, date, count)
        const reached = addWorkingDays(calendar, date, count)
        expect(steps.at(-1)).toMatchObject({ date: reached.date, day: count })
        expect(steps.slice(1).some((step) => step.provisional)).toBe(reached.provisional)
        expect(steps.map((step) => step.date)).toEqual(steps.map((_, index) => addDays(date, index)))
        expect(steps.flatMap(({ day }) => day ?? [])).toEqual(Array.from({ length: count + 1 }, (_, day) => day))
      }),
    )
  })

  test('the months together hold every working day once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2007, max: 2026 }), (year) => {
        const months = Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`)
        const days = months.flatMap((month) => workingDaysOfMonth(calendar, month).dates)
        expect(days).toHaveLength(workingDaysBetween(calendar, `${year - 1}-12-31`, `${year}-12-31`).days)
      }),
    )
  })
})
