import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shippedCalendar } from '../../shared/calendar/working-day.ts'
import { standingOf } from '../../shared/project/standing.ts'
import { aPolicy } from '../mothers/policy.ts'
import { aMilestone, aPlan, aProject } from '../mothers/project.ts'
import { afterWorkingDays, dayAfter } from '../mothers/working-days.ts'

const day = fc.integer({ min: 0, max: 3 * 365 }).map(days => dayAfter('2024-01-01', days))
const amounts = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 12, maxLength: 12 })
const monthNames = (year: number) => Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`)
const years = [2024, 2025, 2026]

/** What a project is, month by month: planned, reported or not. */
const world = fc.record({
  plans: fc.array(fc.option(amounts, { nil: undefined, freq: 4 }), { minLength: 3, maxLength: 3 }),
  reported: fc.array(fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined, freq: 4 }), { minLength: 36, maxLength: 36 }),
  planned: fc.integer({ min: 0, max: 3 * 365 }).map(days => dayAfter('2024-01-01', days)),
  reached: fc.option(day, { nil: undefined }),
  percent: fc.integer({ min: 1, max: 100 }),
  workingDays: fc.integer({ min: 1, max: 15 }),
})

test('a project stands as a plain walk through its months and days finds it', () => {
  fc.assert(
    fc.property(world, day, ({ plans, reported, planned, reached, percent, workingDays }, today) => {
      const months = years.flatMap(monthNames)
      const milestoneYear = Number(planned.slice(0, 4))
      const project = aProject({
        plans: years.flatMap((year, at) => {
          const amountsOfYear = plans[at]
          const milestones = year === milestoneYear ? [aMilestone({ plannedOn: planned, ...(reached === undefined ? {} : { reachedOn: reached }) })] : []
          return amountsOfYear === undefined ? [] : [aPlan({ year, months: amountsOfYear, milestones })]
        }),
        investments: months.flatMap((month, at) => (reported[at] === undefined ? [] : [{ month, amount: reported[at] }])),
      })
      const rules = { calendar: shippedCalendar, policy: aPolicy({ projects: { behindBelowPercent: percent, reportWorkingDays: workingDays } }) }

      /** Whether it is behind on a day, asked month by month. */
      const naive = (date: string) => {
        // The last day of a month is the one before the first of the next.
        const counting = months.filter(month => afterWorkingDays(dayAfter(monthAfter(month), -1), workingDays) < date)
        const last = counting.at(-1)
        const half = last === undefined ? [] : counting.filter(month => month.slice(0, 4) === last.slice(0, 4) && month.slice(5) <= '06' === last.slice(5) <= '06')
        const sum = (of: (month: string) => number) => half.reduce((total, month) => total + of(month), 0)
        const plan = sum(month => plans[Number(month.slice(0, 4)) - 2024]?.[Number(month.slice(5)) - 1] ?? 0)
        const actual = sum(month => reported[months.indexOf(month)] ?? 0)
        const isLate = plans[milestoneYear - 2024] !== undefined && planned < date && (reached === undefined || reached > date)
        return { plan, actual, isBehind: actual < (plan * percent) / 100 || isLate }
      }
      const { progress, behindSince } = standingOf(project, today, rules)
      const now = naive(today)
      // The naive months begin with 2024; what counts before is planned nowhere.
      expect({ plan: progress.planned, actual: progress.invested, isBehind: behindSince !== undefined }).toEqual(now)
      if (behindSince !== undefined) {
        expect(behindSince <= today).toBe(true)
        expect(naive(behindSince).isBehind).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})

const monthAfter = (month: string): string => dayAfter(`${month}-28`, 4).slice(0, 7) + '-01'
