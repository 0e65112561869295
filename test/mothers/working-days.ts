import { publishedYears } from '../../shared/calendar/published-years.ts'

const rests = new Set(publishedYears.flatMap(year => Object.keys(year.holidays)))
const worked = new Set(publishedYears.flatMap(year => Object.keys(year.makeUpDays)))
const day = 86_400_000

export const dayAfter = (date: string, days = 1): string => new Date(Date.parse(date) + days * day).toISOString().slice(0, 10)

/** Working days the plain way, straight from the State Council's lists: what the rules are compared with. */
export const isWorked = (date: string): boolean =>
  worked.has(date) || (!rests.has(date) && new Date(date).getUTCDay() % 6 !== 0)

/** Steps day by day until so many working days lie behind; backwards for a negative number. */
export const afterWorkingDays = (date: string, count: number): string => {
  let found = date
  for (let left = Math.abs(count); left > 0; ) {
    found = dayAfter(found, Math.sign(count))
    if (isWorked(found)) left -= 1
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
