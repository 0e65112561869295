import * as z from 'zod/mini'

/** A calendar date without a time or a zone, `YYYY-MM-DD`. Compares with `<` as it reads. */
export type LocalDate = string

/** A calendar month, `YYYY-MM`. Compares with `<` as it reads. */
export type Month = string

export const millisecondsPerDay = 86_400_000

/** A date that exists: 2026-02-30 is refused. */
export const localDateSchema = z.iso.date()

const datePattern = /^\d{4}-\d\d-\d\d$/

/** Ten years of them; whoever reckons with dates comes back to the same few again and again. */
const rememberedDays = 4_000

/** The function, answering from memory what it was asked before. When that is full, all is forgotten: asked for dates of everybody's choice, it must not grow. */
const remembering = <K, V>(reckon: (key: K) => V): ((key: K) => V) => {
  const known = new Map<K, V>()
  return key => {
    const before = known.get(key)
    if (before !== undefined) return before
    const value = reckon(key)
    if (known.size >= rememberedDays) known.clear()
    known.set(key, value)
    return value
  }
}

/**
 * Days since 1970-01-01, the form in which dates are reckoned with.
 * @throws RangeError if `date` is not a date that exists.
 */
export const dayNumber = remembering((date: LocalDate): number => {
  const midnight = datePattern.test(date) ? Date.parse(date) : NaN
  // Date.parse rolls 02-30 over into March; the day of the month gives it away.
  if (new Date(midnight).getUTCDate() !== Number(date.slice(8))) throw new RangeError(`No such date: ${date}`)
  return midnight / millisecondsPerDay
})

/** The date that lies `number` days after 1970-01-01. */
export const dateOfDayNumber = remembering((number: number): LocalDate => new Date(number * millisecondsPerDay).toISOString().slice(0, 10))

/** The calendar year of a day number. */
export const yearOfDayNumber = (number: number): number => new Date(number * millisecondsPerDay).getUTCFullYear()

/** 0 is Sunday, 6 is Saturday. 1970-01-01 was a Thursday. */
export const weekdayOfDayNumber = (number: number): number => (((number + 4) % 7) + 7) % 7

/** Whether `text` is a date that exists, in the form `YYYY-MM-DD`. */
export const isRealDate = (text: string): text is LocalDate => localDateSchema.safeParse(text).success

export const addDays = (date: LocalDate, days: number): LocalDate => dateOfDayNumber(dayNumber(date) + days)

/** 0 is Sunday, 6 is Saturday. */
export const dayOfWeek = (date: LocalDate): number => weekdayOfDayNumber(dayNumber(date))

export const yearOf = (date: LocalDate): number => Number(date.slice(0, 4))

export const monthOf = (date: LocalDate): Month => date.slice(0, 7)

/** 1 to 31. */
export const dayOfMonth = (date: LocalDate): number => Number(date.slice(8))

export const firstDayOfMonth = (month: Month): LocalDate => `${month}-01`

export const lastDayOfMonth = (month: Month): LocalDate => addDays(firstDayOfMonth(addMonths(month, 1)), -1)

/** The month `count` months after `month`; `count` may be negative. */
export const addMonths = (month: Month, count: number): Month => {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count
  const year = Math.floor(months / 12)
  return `${pad(year, 4)}-${pad(months - year * 12 + 1, 2)}`
}

const pad = (number: number, width: number): string => String(number).padStart(width, '0')
