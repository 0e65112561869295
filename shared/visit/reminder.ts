import { addMonths, firstDayOfMonth, monthOf, type LocalDate, type Month } from '../calendar/date.ts'
import { workingDayOnOrAfter, workingDaysOfMonth, type Calendar } from '../calendar/working-day.ts'
import type { Policy } from '../policy/policy.ts'
import { isShort, isUntouched, type Quota } from './quota.ts'

/** Stages of a month's reminding. `missed` comes on the first working day of the next month. */
export const reminderStages = ['nudge', 'reminder', 'last-call', 'missed'] as const
export type ReminderStage = (typeof reminderStages)[number]

export interface DueReminder {
  readonly stage: ReminderStage
  readonly month: Month
}

/**
 * Which reminders a day calls for, decided from calendar and policy alone. A month with fewer working days than the
 * reminder wants left is reminded of on its first. Where a holiday pushes two stages of a month
 * onto one day, the later stage stands for both, so that nobody gets two digests of one month on one day.
 */
export const remindersDueOn = (date: LocalDate, calendar: Calendar, policy: Policy): readonly DueReminder[] => {
  const month = monthOf(date)
  const workingDays = workingDaysOfMonth(calendar, month).dates
  if (!workingDays.includes(date)) return []
  const left = workingDays.length - workingDays.indexOf(date)
  const nudgeDay = workingDayOnOrAfter(calendar, `${month}-${String(policy.reminders.nudgeDay).padStart(2, '0')}`).date

  const due: DueReminder[] = []
  if (date === workingDayOnOrAfter(calendar, firstDayOfMonth(month)).date) due.push({ stage: 'missed', month: addMonths(month, -1) })
  if (left === 1) due.push({ stage: 'last-call', month })
  else if (left === Math.min(policy.reminders.reminderWorkingDaysLeft, workingDays.length)) due.push({ stage: 'reminder', month })
  else if (date === nudgeDay) due.push({ stage: 'nudge', month })
  return due
}

/** The lines of a month's quota that a stage speaks of: the nudge of pairings without any visit, the others of all that are short. */
export const linesFor = (stage: ReminderStage, quotas: readonly Quota[]): readonly Quota[] =>
  quotas.filter(stage === 'nudge' ? isUntouched : isShort)
