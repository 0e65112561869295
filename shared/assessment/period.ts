import { addDays, addMonths, firstDayOfMonth, isRealDate, lastDayOfMonth, type LocalDate, type Month } from '../calendar/date.ts'
import { halfYearOf } from '../calendar/half-year.ts'
import { addWorkingDays, workingDayOnOrAfter, type Calendar } from '../calendar/working-day.ts'
import { instantOf, type TimeZone } from '../calendar/zone.ts'
import { fault, written } from '../contract/field.ts'
import type { Wording } from '../contract/problem.ts'
import * as z from 'zod/mini'
import type { Policy } from '../policy/policy.ts'
import type { Period } from '../report/contribution.ts'

/** What is assessed: half a year, `2026-H1` 年中, `2026-H2`, or a year, `2026` 年度. */
export type AssessmentPeriod = string

/** The period as a client writes it; one that lies where reckoning with it stays within four-digit years. */
export const assessmentPeriod = written(/^\d{4}(-H[12])?$/, '2026-H1', {
  checks: [z.refine((text: string) => isRealDate(`${text.slice(0, 4)}-01-01`) && text >= '2000' && text < '2199', fault('impossible-date'))],
})

/** Its months, in order. */
export const monthsOf = (period: AssessmentPeriod): readonly Month[] => {
  const year = period.slice(0, 4)
  return Array.from({ length: 12 }, (_, at) => addMonths(`${year}-01`, at)).filter(month => period === year || period === halfYearOf(month).name)
}

export const firstMonthOf = (period: AssessmentPeriod): Month => monthsOf(period)[0] ?? period

export const lastDayOf = (period: AssessmentPeriod): LocalDate => lastDayOfMonth(monthsOf(period).at(-1) ?? period)

/** The instants it begins at and ends before. */
export const instantsOf = (period: AssessmentPeriod, timeZone: TimeZone): Period => ({
  from: instantOf(firstDayOfMonth(firstMonthOf(period)), '00:00', timeZone),
  until: instantOf(addDays(lastDayOf(period), 1), '00:00', timeZone),
})

/**
 * The first day on which it can be drawn up: the first working day on which no visit of it can be entered any more. Before,
 * its figures still move.
 */
export const settledOn = (period: AssessmentPeriod, calendar: Calendar, { entryWorkingDays }: Policy['quota']): LocalDate =>
  workingDayOnOrAfter(calendar, addDays(addWorkingDays(calendar, lastDayOf(period), entryWorkingDays).date, 1)).date

/** `2026年上半年`, `the first half of 2026`. */
export const periodWords = (period: AssessmentPeriod): Wording => {
  const [year, half] = [period.slice(0, 4), period.slice(5)]
  switch (half) {
    case 'H1':
      return { zh: `${year}年上半年`, en: `the first half of ${year}` }
    case 'H2':
      return { zh: `${year}年下半年`, en: `the second half of ${year}` }
    default:
      return { zh: `${year}年度`, en: `the year ${year}` }
  }
}
