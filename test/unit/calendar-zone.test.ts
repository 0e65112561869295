import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  instantOf,
  isTimeZone,
  localDateOf,
  localTimeOf,
  parseInstant,
  toRfc3339,
} from '../../shared/calendar/zone.ts'

describe('a time on the wall clock as an instant', () => {
  test.each([
    ['2016-08-15', '18:00', 'Asia/Shanghai', '2016-08-15T18:00:00+08:00', 'an ordinary day in China'],
    ['1988-08-15', '18:00', 'Asia/Shanghai', '1988-08-15T18:00:00+09:00', 'the summer time China had until 1991'],
    ['1986-05-04', '02:30', 'Asia/Shanghai', '1986-05-04T03:30:00+09:00', 'the hour China first left out'],
    ['1986-09-14', '01:30', 'Asia/Shanghai', '1986-09-14T01:30:00+09:00', 'the hour China first had twice'],
    ['2026-03-08', '02:30', 'America/New_York', '2026-03-08T03:30:00-04:00', 'an hour left out'],
    ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T01:30:00-04:00', 'an hour had twice: the first'],
    ['2026-11-01', '02:00', 'America/New_York', '2026-11-01T02:00:00-05:00', 'just after an hour had twice'],
    ['2011-12-30', '12:00', 'Pacific/Apia', '2011-12-31T12:00:00+14:00', 'a day left out'],
    ['2011-12-29', '23:59', 'Pacific/Apia', '2011-12-29T23:59:00-10:00', 'the minute before a day left out'],
    ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-04T02:45:00+11:00', 'half an hour left out'],
    ['2026-08-15', '18:00', 'Asia/Kathmandu', '2026-08-15T18:00:00+05:45', 'an offset of quarter hours'],
    ['2026-08-15', '00:00', 'UTC', '2026-08-15T00:00:00+00:00', 'UTC'],
  ])('%s %s in %s is %s (%s)', (date, time, timeZone, expected) => {
    const instant = instantOf(date, time, timeZone)
    expect(toRfc3339(instant, timeZone)).toBe(expected)
    expect(parseInstant(expected)).toBe(instant)
    expect(localDateOf(instant, timeZone)).toBe(expected.slice(0, 10))
    expect(localTimeOf(instant, timeZone)).toBe(expected.slice(11, 16))
  })

  test('needs a real date, a real time and a real zone', () => {
    expect(() => instantOf('2026-02-30', '18:00', 'Asia/Shanghai')).toThrow(RangeError)
    for (const time of ['24:00', '8:00', '23:60', '18:00:00', '']) expect(() => instantOf('2026-02-28', time, 'Asia/Shanghai')).toThrow(RangeError)
    expect(() => instantOf('2026-02-28', '18:00', 'Asia/Xian')).toThrow(RangeError)
  })
})

describe('agrees with Temporal in any zone at any time', () => {
  const timeZones = fc.constantFrom(
    ...['Asia/Shanghai', 'UTC', 'America/New_York', 'Pacific/Apia', 'Europe/London', 'Australia/Lord_Howe'],
    ...['Asia/Urumqi', 'Africa/Casablanca', 'America/St_Johns', 'Pacific/Chatham', 'Asia/Kathmandu', 'Asia/Tehran'],
  )
  // Whole minutes from 1950 to 2100.
  const instants = fc.integer({ min: -10_519_200, max: 68_374_080 }).map((minutes) => minutes * 60_000)

  test('from instant to wall clock', () => {
    fc.assert(
      fc.property(instants, timeZones, (instant, timeZone) => {
        const there = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone)
        expect(localDateOf(instant, timeZone)).toBe(there.toPlainDate().toString())
        expect(localTimeOf(instant, timeZone)).toBe(there.toPlainTime().toString().slice(0, 5))
        expect(toRfc3339(instant, timeZone)).toBe(there.toString({ timeZoneName: 'never' }))
        expect(parseInstant(toRfc3339(instant, timeZone))).toBe(instant)
      }),
      { numRuns: 2_000 },
    )
  })

  test('from wall clock to instant', () => {
    fc.assert(
      fc.property(instants, timeZones, (instant, timeZone) => {
        const wall = new Date(instant).toISOString()
        const [date, time] = [wall.slice(0, 10), wall.slice(11, 16)]
        const there = Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timeZone)
        expect(instantOf(date, time, timeZone)).toBe(there.epochMilliseconds)
      }),
      { numRuns: 2_000 },
    )
  })

  test('on every quarter hour of days on which clocks change', () => {
    const days = [
      ['1986-05-04', 'Asia/Shanghai'],
      ['1991-09-15', 'Asia/Shanghai'],
      ['2026-03-08', 'America/New_York'],
      ['2026-11-01', 'America/New_York'],
      ['2011-12-30', 'Pacific/Apia'],
      ['2026-04-05', 'Australia/Lord_Howe'],
    ] as const
    for (const [date, timeZone] of days)
      for (let quarter = 0; quarter < 96; quarter++) {
        const time = new Date(quarter * 900_000).toISOString().slice(11, 16)
        const there = Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timeZone)
        expect(instantOf(date, time, timeZone)).toBe(there.epochMilliseconds)
      }
  })
})

describe('instants as text', () => {
  test.each([
    ['2016-08-15T10:00:00Z', '2016-08-15T18:00:00+08:00'],
    ['2016-08-15T10:00:00.250Z', '2016-08-15T18:00:00.250+08:00'],
    ['2016-08-15T05:30:00-04:30', '2016-08-15T18:00:00+08:00'],
    // Shanghai's local mean time, +08:05:43, in offsets of whole minutes.
    ['1900-01-01T00:00:00Z', '1900-01-01T08:06:00+08:06'],
  ])('%s is %s in Shanghai', (text, expected) => {
    expect(toRfc3339(parseInstant(text), 'Asia/Shanghai')).toBe(expected)
    expect(parseInstant(expected)).toBe(parseInstant(text))
  })

  test.each([
    ...['2016-08-15', '2016-08-15T18:00:00', '2016-02-30T18:00:00Z', '2016-08-15T24:00:00Z', '2016-08-15T18:00Z'],
    ...['2016-08-15 18:00:00Z', '2016-08-15T18:00:00+0800', '2016-08-15T18:00:60Z', '1471255200000', '', 'now'],
  ])('%j is refused', (text) => {
    expect(() => parseInstant(text)).toThrow(RangeError)
  })
})

test('zones are IANA names', () => {
  for (const name of ['Asia/Shanghai', 'UTC', 'Pacific/Apia']) expect(isTimeZone(name)).toBe(true)
  for (const name of ['Asia/Xian', '+08:00', 'Beijing time', '']) expect(isTimeZone(name)).toBe(false)
})
