import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shippedCalendar as calendar, walk } from '../../shared/calendar/working-day.ts'
import { tiers } from '../../shared/issue/category.ts'
import { clockNames } from '../../shared/issue/issue.ts'
import { anIssue } from '../mothers/issue.ts'
import { at, shown } from '../mothers/moment.ts'
import { afterWorkingDays, isWorked } from '../mothers/working-days.ts'

const moment = fc
  .date({ min: new Date(at('2007-01-01 00:00')), max: new Date(at('2026-11-20 23:59')), noInvalidDate: true })
  .map(date => shown(date.getTime()))

test('deadlines are what counting working days one by one gives, from 2007 to 2026', () => {
  const workingDays = { A: 5, B: 10, C: 15, D: 20 }
  fc.assert(
    fc.property(moment, fc.constantFrom(...tiers), (on, tier) => {
      const issue = anIssue({ on, submitted: { tier } })
      const today = on.slice(0, 10)
      const expected = [1, 2, workingDays[tier]].map(days => `${afterWorkingDays(today, days)} 18:00`)
      expect(clockNames.map(name => shown(issue.clocks[name].by))).toEqual(expected)
      expect(clockNames.some(name => issue.clocks[name].provisional)).toBe(false)
    }),
    { numRuns: 1500 },
  )
})

test('a deadline falls on a working day, and its explanation ends there', () => {
  fc.assert(
    fc.property(moment, fc.integer({ min: 1, max: 25 }), (on, days) => {
      const steps = walk(calendar, on.slice(0, 10), days)
      const last = steps.at(-1)
      expect(last?.day).toBe(days)
      expect(last?.date).toBe(afterWorkingDays(on.slice(0, 10), days))
      expect(isWorked(last?.date ?? '')).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('some clock is provisional exactly when the issue waits for a year', () => {
  const around = fc.date({ min: new Date(at('2026-11-20 00:00')), max: new Date(at('2028-03-31 00:00')), noInvalidDate: true }).map(date => shown(date.getTime()))
  fc.assert(
    fc.property(around, fc.constantFrom(...tiers), (on, tier) => {
      const issue = anIssue({ on, submitted: { tier } })
      expect(clockNames.some(name => issue.clocks[name].provisional)).toBe(issue.awaitedYears.length > 0)
    }),
  )
})
