import { addMonths, monthOf, type Month } from '../../shared/calendar/date.ts'
import { localDateOf, type TimeZone } from '../../shared/calendar/zone.ts'
import { Problem } from '../../shared/contract/problem.ts'

/** A year's bulletin can still be counted anew when the next year has ended. */
const monthsCountedBack = 24

/** @throws Problem `month-to-come` */
export const demandBegun = (month: Month, now: number, timeZone: TimeZone): void => {
  const until = monthOf(localDateOf(now, timeZone))
  if (month > until) throw new Problem('month-to-come', { until })
}

/** @throws Problem `month-not-over` */
export const demandOver = (month: Month, now: number, timeZone: TimeZone): void => {
  const until = addMonths(monthOf(localDateOf(now, timeZone)), -1)
  if (month > until) throw new Problem('month-not-over', { until })
}

/** The first month that is still counted from its records: what has ended since has to be looked through, so none lies back without limit. */
const firstCountable = (now: number, timeZone: TimeZone): Month => addMonths(monthOf(localDateOf(now, timeZone)), -monthsCountedBack)

export const isCountable = (month: Month, now: number, timeZone: TimeZone): boolean => month >= firstCountable(now, timeZone)

/** @throws Problem `month-too-far-back` */
export const demandCountable = (month: Month, now: number, timeZone: TimeZone): void => {
  if (!isCountable(month, now, timeZone)) throw new Problem('month-too-far-back', { from: firstCountable(now, timeZone) })
}
