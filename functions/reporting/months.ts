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

/**
 * What has ended since a month has to be looked through to count it, so it cannot lie back without limit.
 * @throws Problem `month-too-far-back`
 */
export const demandCountable = (month: Month, now: number, timeZone: TimeZone): void => {
  const from = addMonths(monthOf(localDateOf(now, timeZone)), -monthsCountedBack)
  if (month < from) throw new Problem('month-too-far-back', { from })
}
