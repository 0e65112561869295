import type { Month } from './date.ts'

/** A half-year: how it is written, `2026-H1`, and its first and its last month. */
export interface HalfYear {
  readonly name: string
  readonly from: Month
  readonly to: Month
}

export const halfYearPattern = /^\d{4}-H[12]$/

/** The two of a year, `2026`. */
export const halfYearsOf = (year: string): readonly [HalfYear, HalfYear] => [
  { name: `${year}-H1`, from: `${year}-01`, to: `${year}-06` },
  { name: `${year}-H2`, from: `${year}-07`, to: `${year}-12` },
]

/** The half-year that a month lies in. */
export const halfYearOf = (month: Month): HalfYear => {
  const [first, second] = halfYearsOf(month.slice(0, 4))
  return month <= first.to ? first : second
}

/** The half-year that is written so. */
export const halfYearNamed = (name: string): HalfYear => {
  const [first, second] = halfYearsOf(name.slice(0, 4))
  return name === first.name ? first : second
}
