import * as z from 'zod/mini'
import { fault, line, wholeNumber } from '../contract/field.ts'
import type { FaultCode } from '../contract/problem.ts'
import { addDays, dayOfWeek, localDateSchema, type LocalDate } from './date.ts'

/**
 * What the State Council's notice on a year's public holidays (国务院办公厅关于…年部分节假日安排的通知) says about
 * single days. Names are the festival's, in Chinese; on a make-up day, the festival it makes up for.
 *
 * A notice also settles the last days of the December before it, because the New Year's holiday may reach back into
 * them: the notice for 2019 made 2018-12-31 a holiday and Saturday 2018-12-29 a working day.
 */
export interface YearNotice {
  readonly year: number
  /** Days off that are not, or not only, a weekend. */
  readonly holidays: Readonly<Record<LocalDate, string>>
  /** 调休: Saturdays and Sundays that are worked. */
  readonly makeUpDays: Readonly<Record<LocalDate, string>>
}

/** In days: how far the New Year's holiday has reached back into December. 12-29 is the earliest there has been. */
export const reachIntoDecember = 3

/** A year has had about thirty days off and eight make-up days; a list far longer is a slip, and would stop the clocks. */
const daysAtMost = 60

const namedDays = z.record(localDateSchema, line(40)).check(z.superRefine((days, context) => {
  if (Object.keys(days).length > daysAtMost) context.addIssue({ code: 'custom', ...fault('too-many', { limit: daysAtMost }) })
}))

/** A notice as somebody enters it: real dates of the year, make-up days on weekends, no day in both lists. */
export const yearNoticeSchema: z.ZodMiniType<YearNotice> = z
  .strictObject({ year: wholeNumber(2000, 2199), holidays: namedDays, makeUpDays: namedDays })
  .check(z.superRefine((notice, context) => {
    // There is no notice without a holiday; an empty one would make a whole year's deadlines final by a slip.
    if (Object.keys(notice.holidays).length === 0) context.addIssue({ code: 'custom', path: ['holidays'], ...fault('too-short', { limit: 1 }) })
    const refuse = (list: 'holidays' | 'makeUpDays', date: LocalDate, code: FaultCode) => {
      context.addIssue({ code: 'custom', path: [list, date], ...fault(code) })
    }
    for (const list of ['holidays', 'makeUpDays'] as const)
      for (const date of Object.keys(notice[list]))
        if (!isSettledBy(notice.year, date)) refuse(list, date, 'not-of-year')
    for (const date of Object.keys(notice.makeUpDays)) {
      if (!isWeekend(date)) refuse('makeUpDays', date, 'not-a-weekend')
      if (date in notice.holidays) refuse('makeUpDays', date, 'holiday-and-make-up')
    }
  }))

const isSettledBy = (year: number, date: LocalDate): boolean =>
  date >= addDays(`${year}-01-01`, -reachIntoDecember) && date <= `${year}-12-31`

const isWeekend = (date: LocalDate): boolean => dayOfWeek(date) % 6 === 0

/** A festival's days off, and the days worked instead: dates `MM-DD` or ranges `MM-DD/MM-DD`, separated by blanks. */
export type FestivalRow = readonly [name: string, daysOff: string, makeUpDays?: string]

/**
 * A notice written festival by festival, spelled out when it is first read: twenty years of them would be a tenth of a
 * cold start, and most requests ask for no day of any. Days of December under 元旦 are those of the year before.
 */
export const yearNotice = (year: number, rows: readonly FestivalRow[]): YearNotice => {
  let spelledOut: Omit<YearNotice, 'year'> | undefined
  const days = () => (spelledOut ??= spellOut(year, rows))
  return {
    year,
    get holidays() {
      return days().holidays
    },
    get makeUpDays() {
      return days().makeUpDays
    },
  }
}

const spellOut = (year: number, rows: readonly FestivalRow[]): Omit<YearNotice, 'year'> => {
  const holidays: Record<LocalDate, string> = {}
  const makeUpDays: Record<LocalDate, string> = {}
  for (const [name, daysOff, worked = ''] of rows) {
    for (const date of datesOf(year, name, daysOff)) holidays[date] = name
    for (const date of datesOf(year, name, worked)) makeUpDays[date] = name
  }
  return { holidays, makeUpDays }
}

const datesOf = (year: number, festival: string, days: string): LocalDate[] =>
  days
    .split(' ')
    .filter((range) => range !== '')
    .flatMap((range) => {
      const [first = '', last = first] = range
        .split('/')
        .map((day) => `${festival === '元旦' && day.startsWith('12') ? year - 1 : year}-${day}`)
      const dates = [first]
      for (let date = first; date < last; dates.push(date)) date = addDays(date, 1)
      return dates
    })
