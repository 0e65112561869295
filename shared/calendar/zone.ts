import { dateOfDayNumber, dayNumber, isRealDate, millisecondsPerDay, type LocalDate } from './date.ts'

/** A point in time, in milliseconds since 1970-01-01T00:00Z. At the edges it is RFC 3339 text with an offset. */
export type Instant = number

/** A time of day on the wall clock, `HH:MM`, 00:00 to 23:59. */
export type LocalTime = string

/** An IANA time zone name, as `Asia/Shanghai`. */
export type TimeZone = string

const millisecondsPerMinute = 60_000

const timePattern = /^([01]\d|2[0-3]):[0-5]\d$/
export const rfc3339Pattern = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/

/** The date on the wall calendar in `timeZone` at `instant`. */
export const localDateOf = (instant: Instant, timeZone: TimeZone): LocalDate =>
  dateOfDayNumber(Math.floor((instant + offsetAt(instant, timeZone)) / millisecondsPerDay))

/** The time on the wall clock in `timeZone` at `instant`, seconds cut off. */
export const localTimeOf = (instant: Instant, timeZone: TimeZone): LocalTime =>
  new Date(instant + offsetAt(instant, timeZone)).toISOString().slice(11, 16)

/**
 * The instant at which clocks in `timeZone` show `time` on `date`. Where clocks are put back and show it twice, the
 * first; where they are put forward and never show it, as much later as they were put forward (the rule
 * `compatible` of RFC 5545 and of Temporal).
 * @throws RangeError if the date, time or zone does not exist.
 */
export const instantOf = (date: LocalDate, time: LocalTime, timeZone: TimeZone): Instant => {
  if (!timePattern.test(time)) throw new RangeError(`No such time of day: ${time}`)
  const wall =
    dayNumber(date) * millisecondsPerDay +
    (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * millisecondsPerMinute
  // No zone is a day or more off UTC, so these two offsets are the ones before and after any change nearby.
  const before = offsetAt(wall - millisecondsPerDay, timeZone)
  const after = offsetAt(wall + millisecondsPerDay, timeZone)
  if (offsetAt(wall - before, timeZone) === before) return wall - before
  if (offsetAt(wall - after, timeZone) === after) return wall - after
  return wall - before
}

/**
 * RFC 3339 with the offset in force in `timeZone`, as `2016-08-15T18:00:00+08:00`; milliseconds only if there are any.
 * RFC 3339 knows no seconds in an offset, so the local mean times of the 19th century are shown to the minute.
 */
export const toRfc3339 = (instant: Instant, timeZone: TimeZone): string => {
  const minutes = Math.round(offsetAt(instant, timeZone) / millisecondsPerMinute)
  const wall = new Date(instant + minutes * millisecondsPerMinute).toISOString().replace(/(\.000)?Z$/, '')
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${wall}${minutes < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(rest)}`
}

/**
 * Reads RFC 3339 text with `Z` or an offset.
 * @throws RangeError if it is anything else, or a date that does not exist.
 */
export const parseInstant = (text: string): Instant => {
  const date = rfc3339Pattern.exec(text)?.[1]
  if (date === undefined || !isRealDate(date)) throw new RangeError(`Not an RFC 3339 instant: ${text}`)
  return Date.parse(text)
}

/** Whether this runtime knows `name` as an IANA time zone. */
export const isTimeZone = (name: string): boolean => {
  try {
    offsetFormat(name)
    return /^[A-Z]/i.test(name) // Intl takes bare offsets such as +08:00 as well; EventBridge refuses them
  } catch {
    return false
  }
}

/**
 * What clocks in the zone are ahead of UTC, in milliseconds. Asking Intl takes microseconds and planning asks a
 * hundred thousand times, so each zone remembers the UTC days on which its offset did not change.
 */
const offsetAt = (instant: Instant, timeZone: TimeZone): number => {
  const offsets = steadyDays(timeZone)
  const day = Math.floor(instant / millisecondsPerDay)
  const remembered = offsets.get(day)
  if (remembered !== undefined) return remembered
  const offset = offsetFromIntl(instant, timeZone)
  const steady =
    offsetFromIntl(day * millisecondsPerDay, timeZone) === offset &&
    offsetFromIntl((day + 1) * millisecondsPerDay, timeZone) === offset
  if (steady) {
    if (offsets.size >= rememberedDays) offsets.clear()
    offsets.set(day, offset)
  }
  return offset
}

const rememberedDays = 4_000
const steadyDaysOfZones = new Map<TimeZone, Map<number, number>>()

const steadyDays = (timeZone: TimeZone): Map<number, number> => {
  const known = steadyDaysOfZones.get(timeZone)
  if (known) return known
  const days = new Map<number, number>()
  steadyDaysOfZones.set(timeZone, days)
  return days
}

/** Intl writes the offset out as `GMT`, `GMT+08:00` or, before standard time, `GMT+08:05:43`. */
const offsetFromIntl = (instant: Instant, timeZone: TimeZone): number => {
  const text = offsetFormat(timeZone).format(instant)
  const [, sign, hours, minutes, seconds] = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text) ?? []
  if (sign === undefined) return 0
  const size = Number(hours) * 3_600_000 + Number(minutes) * millisecondsPerMinute + Number(seconds ?? 0) * 1_000
  return sign === '-' ? -size : size
}

const offsetFormats = new Map<TimeZone, Intl.DateTimeFormat>()

const offsetFormat = (timeZone: TimeZone): Intl.DateTimeFormat => {
  const known = offsetFormats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  offsetFormats.set(timeZone, format)
  return format
}

const twoDigits = (number: number): string => String(number).padStart(2, '0')
