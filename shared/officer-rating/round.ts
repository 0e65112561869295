import { firstDayOfMonth, lastDayOfMonth, monthOf, type LocalDate, type Month } from '../calendar/date.ts'
import { halfYearNamed, halfYearOf } from '../calendar/half-year.ts'
import { workingDayOnOrAfter, type Calendar } from '../calendar/working-day.ts'

/**
 * 企业评议: twice a year each enterprise rates the officer who is paired with it. A round is of a half-year, and is open in
 * its last month, from the first working day on. Written `2026-H1`.
 */
export type Round = string

/** June of the first half-year, December of the second. */
const monthOfRound = (round: Round): Month => halfYearNamed(round).to

/** The day on which enterprises are asked. */
export const roundOpensOn = (round: Round, calendar: Calendar): LocalDate => workingDayOnOrAfter(calendar, firstDayOfMonth(monthOfRound(round))).date

/** The last day on which they can answer. */
export const roundClosesOn = (round: Round): LocalDate => lastDayOfMonth(monthOfRound(round))

/** Whether enterprises are asked in the course of the month. */
export const isRoundMonth = (month: Month): boolean => halfYearOf(month).to === month

/** The round that is open on a day, if one is. */
export const openRoundOn = (date: LocalDate, calendar: Calendar): Round | undefined => {
  const round = halfYearOf(monthOf(date)).name
  return roundOpensOn(round, calendar) <= date && date <= roundClosesOn(round) ? round : undefined
}
