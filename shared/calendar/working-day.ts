import * as z from 'zod/mini'
import {
  dateOfDayNumber,
  dayNumber,
  firstDayOfMonth,
  lastDayOfMonth,
  localDateSchema,
  weekdayOfDayNumber,
  yearOfDayNumber,
  type LocalDate,
  type Month,
} from './date.ts'
import { reachIntoDecember, type YearNotice } from './notice.ts'
import { publishedYears } from './published-years.ts'

/**
 * The working days of China: Monday to Friday, minus public holidays, plus make-up days (调休).
 *
 * Every answer says whether it is `provisional`: whether it touches a day that a notice not yet published may still
 * change. Such days are reckoned with weekends alone.
 */
export interface Calendar {
  /** Grows by one with every notice that a deployment enters; 0 is what ships with the code. */
  readonly version: number
  /** The last year whose notice ships with the code. */
  readonly shippedUntil: number
  /** The last year that has a notice. */
  readonly knownUntil: number
  /** The notice in force for a year; `undefined` while none has been entered. */
  readonly noticeOf: (year: number) => YearNotice | undefined
}

/** What kind of day a date is, and why. `name` is the festival's, in Chinese. */
export type DayKind = NamedDay | { readonly working: true; readonly why: 'weekday' } | Weekend

type NamedDay =
  | { readonly working: true; readonly why: 'make-up'; readonly name: string }
  | { readonly working: false; readonly why: 'holiday'; readonly name: string }

interface Weekend {
  readonly working: false
  readonly why: 'weekend'
}

/** Whether a notice still to come may change the answer. */
export interface Provisional {
  readonly provisional: boolean
}

/** A date found by reckoning in working days. */
export interface ReckonedDate extends Provisional {
  readonly date: LocalDate
}

/** One day on the way to a deadline: its number as a working day, or `null` where it does not count. */
export type WalkStep = DayKind & Provisional & { readonly date: LocalDate; readonly day: number | null }

/** A walk's step as an API shows it. */
export const walkStepSchema = z.strictObject({
  date: localDateSchema,
  day: z.nullable(z.int()),
  working: z.boolean(),
  why: z.enum(['weekday', 'make-up', 'weekend', 'holiday']),
  name: z.optional(z.string()),
  provisional: z.boolean(),
})

/**
 * A calendar of the given notices. Of two for one year the one later in the list counts; of two years that settle the
 * same days of December, the later year.
 */
export const calendarOf = (notices: Iterable<YearNotice>, version = 0, shippedUntil = lastPublished): Calendar => {
  const byYear = new Map([...notices].map((notice) => [notice.year, notice]))
  return {
    version,
    shippedUntil,
    knownUntil: Math.max(0, ...byYear.keys()),
    noticeOf: (year) => byYear.get(year),
  }
}

/** The days that a notice names, by day number. Remembered, for every request reckons with the same few notices. */
const namedDaysOf = (notice: YearNotice): ReadonlyMap<number, NamedDay> => {
  const known = namedDaysOfNotices.get(notice)
  if (known) return known
  const days = new Map<number, NamedDay>()
  for (const [date, name] of Object.entries(notice.holidays)) days.set(dayNumber(date), { working: false, why: 'holiday', name })
  for (const [date, name] of Object.entries(notice.makeUpDays)) days.set(dayNumber(date), { working: true, why: 'make-up', name })
  namedDaysOfNotices.set(notice, days)
  return days
}

const namedDaysOfNotices = new WeakMap<YearNotice, ReadonlyMap<number, NamedDay>>()

const lastPublished = Math.max(...publishedYears.map(({ year }) => year))

/** The notices that ship with the code: every published year since 2007. */
export const shippedCalendar: Calendar = calendarOf(publishedYears)

/**
 * The shipped notices with a deployment's own in their place, year by year. `shippedUntil`: as they shipped with an earlier
 * version of the code, whose last notice was of that year.
 */
export const calendarWith = (overrides: readonly YearNotice[], version = 0, shippedUntil = lastPublished): Calendar =>
  overrides.length === 0 && shippedUntil === lastPublished
    ? shippedCalendar
    : calendarOf([...publishedYears.filter(({ year }) => year <= shippedUntil), ...overrides], version, shippedUntil)

export const isWorkingDay = (calendar: Calendar, date: LocalDate): boolean =>
  kindOf(calendar, dayNumber(date)).working

/**
 * The `count`th working day after `date`, or before it if `count` is negative. `date` itself is day 0, whether or not
 * it is a working day.
 */
export const addWorkingDays = (calendar: Calendar, date: LocalDate, count: number): ReckonedDate => {
  const start = dayNumber(date)
  const direction = Math.sign(count)
  let day = start
  for (let left = Math.abs(count); left > 0; ) {
    day += direction
    if (kindOf(calendar, day).working) left--
  }
  const provisional = day !== start && restsOnMissingNotice(calendar, start + direction, day)
  return { date: dateOfDayNumber(day), provisional }
}

/** `date` itself if it is a working day, otherwise the first one after it. */
export const workingDayOnOrAfter = (calendar: Calendar, date: LocalDate): ReckonedDate => {
  const start = dayNumber(date)
  let day = start
  while (!kindOf(calendar, day).working) day++
  return { date: dateOfDayNumber(day), provisional: restsOnMissingNotice(calendar, start, day) }
}

/**
 * How many working days after `from` the date `to` lies: `from` is not counted, `to` is. Negative, and the other way
 * round, when `to` is earlier; so it undoes `addWorkingDays`.
 */
export const workingDaysBetween = (
  calendar: Calendar,
  from: LocalDate,
  to: LocalDate,
): Provisional & { readonly days: number } => {
  const [start, end] = [dayNumber(from), dayNumber(to)]
  const direction = Math.sign(end - start)
  let days = 0
  for (let day = start; day !== end; ) {
    day += direction
    if (kindOf(calendar, day).working) days += direction
  }
  return { days, provisional: start !== end && restsOnMissingNotice(calendar, start + direction, end) }
}

/** The working days of a month, in order. */
export const workingDaysOfMonth = (
  calendar: Calendar,
  month: Month,
): Provisional & { readonly dates: readonly LocalDate[] } => {
  const [first, last] = [dayNumber(firstDayOfMonth(month)), dayNumber(lastDayOfMonth(month))]
  const dates: LocalDate[] = []
  for (let day = first; day <= last; day++) if (kindOf(calendar, day).working) dates.push(dateOfDayNumber(day))
  return { dates, provisional: restsOnMissingNotice(calendar, first, last) }
}

/**
 * Why `addWorkingDays(calendar, from, count)` is the date it is: every day from day 0 to the last, those that do not
 * count with the reason. `count` is 0 or more.
 */
export const walk = (calendar: Calendar, from: LocalDate, count: number): [WalkStep, ...WalkStep[]] => {
  const start = dayNumber(from)
  const steps: [WalkStep, ...WalkStep[]] = [stepAt(calendar, start, 0)]
  for (let day = start + 1, reached = 0; reached < count; day++) {
    const counts = kindOf(calendar, day).working
    if (counts) reached++
    steps.push(stepAt(calendar, day, counts ? reached : null))
  }
  return steps
}

const stepAt = (calendar: Calendar, day: number, number: number | null): WalkStep => ({
  date: dateOfDayNumber(day),
  day: number,
  ...kindOf(calendar, day),
  provisional: restsOnMissingNotice(calendar, day, day),
})

const weekday: DayKind = { working: true, why: 'weekday' }
const weekend: DayKind = { working: false, why: 'weekend' }

const kindOf = (calendar: Calendar, day: number): DayKind =>
  namedDayOf(calendar, day) ?? (weekdayOfDayNumber(day) % 6 === 0 ? weekend : weekday)

/** The next year's notice settles the last days of December, and has the last word on them. */
const namedDayOf = (calendar: Calendar, day: number): NamedDay | undefined => {
  const year = yearOfDayNumber(day)
  const next = yearOfDayNumber(day + reachIntoDecember)
  return (next === year ? undefined : namedDayIn(calendar.noticeOf(next), day)) ?? namedDayIn(calendar.noticeOf(year), day)
}

const namedDayIn = (notice: YearNotice | undefined, day: number): NamedDay | undefined => notice && namedDaysOf(notice).get(day)

/**
 * Whether a notice that settles one of the days between two (both included, in either order) has not been entered.
 * The last days of December rest on the next year's notice as well.
 */
const restsOnMissingNotice = (calendar: Calendar, one: number, other: number): boolean => {
  const lastYear = yearOfDayNumber(Math.max(one, other) + reachIntoDecember)
  for (let year = yearOfDayNumber(Math.min(one, other)); year <= lastYear; year++)
    if (calendar.noticeOf(year) === undefined) return true
  return false
}
