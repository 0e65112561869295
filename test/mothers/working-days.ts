import type { YearNotice } from '../../shared/calendar/notice.ts'
import { publishedYears } from '../../shared/calendar/published-years.ts'

const day = 86_400_000

export const dayAfter = (date: string, days = 1): string => new Date(Date.parse(date) + days * day).toISOString().slice(0, 10)

/** Working days by lists of holidays and make-up days, whoever entered them. */
export const workedBy = (lists: readonly Pick<YearNotice, 'holidays' | 'makeUpDays'>[]): ((date: string) => boolean) => {
  const [rests, worked] = [new Set(lists.flatMap(({ holidays }) => Object.keys(holidays))), new Set(lists.flatMap(({ makeUpDays }) => Object.keys(makeUpDays)))]
  return date => worked.has(date) || (!rests.has(date) && new Date(date).getUTCDay() % 6 !== 0)
}

/** Working days the plain way, straight from the State Council's lists: what the rules are compared with. */
export const isWorked = workedBy(publishedYears)

/** Steps day by day until so many working days lie behind; backwards for a negative number. */
export const afterWorkingDays = (date: string, count: number, isDay = isWorked): string => {
  let found = date
  for (let left = Math.abs(count); left > 0; ) {
    found = dayAfter(found, Math.sign(count))
    if (isDay(found)) left -= 1
  }
  return found
}

export const workedDaysOf = (month: string): string[] =>
  Array.from({ length: 31 }, (_, at) => `${month}-${String(at + 1).padStart(2, '0')}`).filter(
    date => new Date(date).toISOString().slice(0, 10) === date && isWorked(date),
  )

/** Every month of the years whose calendars ship, as `2007-01`. */
export const everyMonth: readonly string[] = publishedYears.flatMap(({ year }) =>
  Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`),
)
