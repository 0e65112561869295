import { describe, expect, test } from 'vitest'
import { calendarWith, shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { linesFor, reminderStages, remindersDueOn, type ReminderStage } from '../../shared/visit/reminder.ts'
import type { Quota } from '../../shared/visit/quota.ts'
import { aPolicy } from '../mothers/policy.ts'
import { dayAfter, everyMonth, isWorked, workedDaysOf } from '../mothers/working-days.ts'

const policy = aPolicy()

/** What the days of a month call for: `date stage` of their own month, `date stage month` of another. */
const calledFor = (month: string, rules = policy, by = calendar): string[] => {
  const days: string[] = []
  for (let date = `${month}-01`; date.startsWith(month); date = dayAfter(date)) days.push(date)
  return days.flatMap(date => remindersDueOn(date, by, rules).map(due => `${date} ${due.stage}${due.month === month ? '' : ` ${due.month}`}`))
}

describe('the month, day by day', () => {
  test.each([
    ['2016-08', ['2016-08-01 missed 2016-07', '2016-08-15 nudge', '2016-08-25 reminder', '2016-08-31 last-call']],
    ['2026-01', ['2026-01-04 missed 2025-12', '2026-01-15 nudge', '2026-01-26 reminder', '2026-01-30 last-call']],
    // The nudge would fall on the first day after Spring Festival, when five working days are left.
    ['2026-02', ['2026-02-02 missed 2026-01', '2026-02-24 reminder', '2026-02-28 last-call']],
    ['2026-05', ['2026-05-06 missed 2026-04', '2026-05-15 nudge', '2026-05-25 reminder', '2026-05-29 last-call']],
    ['2026-08', ['2026-08-03 missed 2026-07', '2026-08-17 nudge', '2026-08-25 reminder', '2026-08-31 last-call']],
    ['2026-10', ['2026-10-08 missed 2026-09', '2026-10-15 nudge', '2026-10-26 reminder', '2026-10-30 last-call']],
    // An unpublished year goes by its weekends until it is entered.
    ['2027-01', ['2027-01-01 missed 2026-12', '2027-01-15 nudge', '2027-01-25 reminder', '2027-01-29 last-call']],
  ])('%s', (month, expected) => {
    expect(calledFor(month)).toEqual(expected)
  })

  test('a year entered moves them', () => {
    const entered = calendarWith([{ year: 2027, holidays: { '2027-01-01': '元旦', '2027-01-15': '庆典' }, makeUpDays: { '2027-01-30': '庆典' } }])
    expect(calledFor('2027-01', policy, entered)).toEqual(['2027-01-04 missed 2026-12', '2027-01-18 nudge', '2027-01-26 reminder', '2027-01-30 last-call'])
  })

  test('two stages of one month never share a day: the later stands for both', () => {
    const rules = aPolicy({ reminders: { nudgeDay: 25, reminderWorkingDaysLeft: 5 } })
    expect(calledFor('2016-08', rules)).toEqual(['2016-08-01 missed 2016-07', '2016-08-25 reminder', '2016-08-31 last-call'])
    const late = aPolicy({ reminders: { nudgeDay: 28, reminderWorkingDaysLeft: 2 } })
    expect(calledFor('2026-02', late)).toEqual(['2026-02-02 missed 2026-01', '2026-02-27 reminder', '2026-02-28 last-call'])
  })

  test('a month with fewer working days than the reminder wants left is reminded of on its first', () => {
    const rules = aPolicy({ reminders: { reminderWorkingDaysLeft: 20 } })
    expect(workedDaysOf('2026-02')).toHaveLength(16)
    expect(calledFor('2026-02', rules)).toEqual(['2026-02-02 missed 2026-01', '2026-02-02 reminder', '2026-02-24 nudge', '2026-02-28 last-call'])
  })
})

describe('every month from 2007 to 2026', () => {
  test.each(everyMonth)('%s', month => {
    const days = workedDaysOf(month)
    const found = calledFor(month)
    const dateOf = (stage: ReminderStage) => found.filter(line => line.split(' ')[1] === stage).map(line => line.slice(0, 10))
    // In order of their days, and none on a day off.
    expect(found).toEqual([...found].sort((one, other) => one.slice(0, 10).localeCompare(other.slice(0, 10))))
    expect(found.every(line => isWorked(line.slice(0, 10)))).toBe(true)
    expect(dateOf('missed')).toEqual([days[0]])
    expect(dateOf('last-call')).toEqual([days.at(-1)])
    expect(dateOf('reminder')).toEqual([days.at(-5)])
    const nudgeDay = days.find(date => date >= `${month}-15`)
    expect(dateOf('nudge')).toEqual(nudgeDay === days.at(-5) ? [] : [nudgeDay])
    expect(dateOf('nudge').every(date => date < (days.at(-5) ?? ''))).toBe(true)
  })
})

test('the nudge speaks of what has no visit, the others of all that is short', () => {
  const line = (counted: number, but: Partial<Quota> = {}): Quota => ({ officerId: '1001', enterpriseId: `e${counted}`, month: '2026-03', required: 2, counted, exempt: false, ...but })
  const lines = [line(0), line(1), line(2), line(0, { exempt: true, exemptReason: 'away' }), line(0, { required: 0 })]
  for (const stage of reminderStages) expect(linesFor(stage, lines).map(({ counted }) => counted)).toEqual(stage === 'nudge' ? [0] : [0, 1])
})
