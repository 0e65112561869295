import { describe, expect, test } from 'vitest'
import { projectWrites } from '../../functions/adapters/project-store.ts'
import { transactionLimit } from '../../functions/adapters/table.ts'
import { shippedCalendar } from '../../shared/calendar/working-day.ts'
import { instantOf } from '../../shared/calendar/zone.ts'
import { countsFrom, fallsShort, lastCounted, listingDepartmentsAtMost, markedOn, periodsOf, standingOf, stateOfMonth } from '../../shared/project/standing.ts'
import { aPolicy } from '../mothers/policy.ts'
import { aMilestone, aPlan, aProject } from '../mothers/project.ts'

const rulesWith = (projects = {}) => ({ calendar: shippedCalendar, policy: aPolicy({ projects }) })
const rules = rulesWith()

describe('a month counts', () => {
  // 2026: New Year's Day to 3 January off, 4 January worked; Labour Day 1 to 5 May; National Day 1 to 7 October, 10 October worked.
  test.each([
    ['2026-03', '2026-04-09'],
    ['2025-12', '2026-01-09'],
    ['2026-04', '2026-05-12'],
    ['2026-09', '2026-10-14'],
    ['2024-02', '2024-03-08'],
  ])('%s from %s on', (month, day) => {
    expect(countsFrom(month, rules)).toBe(day)
    expect(lastCounted(day, rules)).toBe(month)
    expect(lastCounted(day < '2025' ? '2024-03-07' : `${day.slice(0, 8)}01`, rules) < month).toBe(true)
  })

  test('after as many working days as the policy says', () => {
    expect([1, 3, 15].map(reportWorkingDays => countsFrom('2026-05', rulesWith({ reportWorkingDays })))).toEqual(['2026-06-02', '2026-06-04', '2026-06-23'])
  })
})

describe('a half-year falls short', () => {
  test.each<[number, number, number, boolean]>([
    [300, 300, 100, false], [300, 299, 100, true], [300, 301, 100, false],
    [300, 270, 90, false], [300, 269, 90, true],
    // Where nothing is planned, nothing is owed.
    [0, 0, 100, false], [0, 5, 100, false],
    [1, 0, 1, true],
  ])('with %i planned and %i invested, below %i percent: %s', (planned, invested, behindBelowPercent, short) => {
    expect(fallsShort({ planned, invested }, rulesWith({ behindBelowPercent }))).toBe(short)
  })
})

describe('how a project stands', () => {
  const standing = (invested: Record<string, number>, day: string, but = {}) => standingOf(aProject({ invested, ...but }), day, rules)

  test('is reckoned by the half-year to the last month that counts, and what has come since waits', () => {
    expect(standing({ '2026-01': 100, '2026-02': 100, '2026-03': 1 }, '2026-04-08')).toEqual({ month: '2026-02', progress: { planned: 200, invested: 200 }, unreported: [], lateMilestones: [] })
    expect(standing({ '2026-01': 100, '2026-02': 100, '2026-03': 1 }, '2026-04-09')).toEqual({ month: '2026-03', progress: { planned: 300, invested: 201 }, unreported: [], lateMilestones: [], behindSince: '2026-04-09' })
  })

  test('a month that nobody has reported counts as nothing, and is named', () => {
    expect(standing({ '2026-01': 100 }, '2026-04-09')).toMatchObject({ progress: { planned: 300, invested: 100 }, unreported: ['2026-02', '2026-03'] })
  })

  test('it is behind from the first month on that has fallen short without a break', () => {
    expect(standing({ '2026-01': 0, '2026-02': 200, '2026-03': 50 }, '2026-05-12')).toMatchObject({ behindSince: '2026-04-09' })
    expect(standing({ '2026-01': 0, '2026-02': 100, '2026-03': 50 }, '2026-05-12')).toMatchObject({ behindSince: countsFrom('2026-01', rules) })
  })

  test('the second half-year owes nothing for the first', () => {
    const invested = { '2026-01': 1, '2026-07': 100 }
    // Until July counts, June is what counts.
    expect(standing(invested, '2026-08-07')).toMatchObject({ month: '2026-06', progress: { planned: 600, invested: 1 }, behindSince: countsFrom('2026-01', rules) })
    expect(standing(invested, '2026-08-08')).toEqual({ month: '2026-07', progress: { planned: 100, invested: 100 }, unreported: [], lateMilestones: [] })
  })

  test('over the turn of the year December counts with the plan of its own year, and a year without a plan owes nothing', () => {
    expect(standing({}, '2027-01-20')).toMatchObject({ month: '2026-12', progress: { planned: 600, invested: 0 } })
    expect(standing({}, '2027-02-20')).toEqual({ month: '2027-01', progress: { planned: 0, invested: 0 }, unreported: [], lateMilestones: [] })
  })

  test('a plan that begins in the middle of the year owes nothing before', () => {
    const plans = [aPlan({ months: [0, 0, 0, 0, 50, 50, 100, 100, 100, 100, 100, 100] })]
    expect(standing({}, '2026-05-12', { plans })).toEqual({ month: '2026-04', progress: { planned: 0, invested: 0 }, unreported: [], lateMilestones: [] })
    expect(standing({}, '2026-06-10', { plans })).toMatchObject({ month: '2026-05', unreported: ['2026-05'], behindSince: '2026-06-06' })
  })

  test('without any plan, it is never behind', () => {
    expect(standing({}, '2026-09-01', { plans: [] })).not.toHaveProperty('behindSince')
  })

  describe('with a milestone planned for 20 March', () => {
    const paid = Object.fromEntries(['01', '02', '03', '04', '05', '06'].map(month => [`2026-${month}`, 100]))
    const stands = (day: string, but: Parameters<typeof aMilestone>[0] = {}) => standing(paid, day, { plans: [aPlan({ milestones: [aMilestone(but)] })] })
    test.each<[string, object, number | undefined]>([
      ['2026-03-20', {}, undefined],
      ['2026-03-21', {}, 1],
      ['2026-04-20', {}, 31],
      ['2026-04-20', { reachedOn: '2026-04-20' }, undefined],
      ['2026-04-19', { reachedOn: '2026-04-20' }, 30],
      ['2024-03-01', { plannedOn: '2024-02-28' }, 2],
    ])('on %s %j is %s days late', (day, but, daysLate) => {
      const { lateMilestones, behindSince } = stands(day, but)
      expect(lateMilestones.map(late => late.daysLate)).toEqual(daysLate === undefined ? [] : [daysLate])
      if (daysLate !== undefined && day >= '2026') expect(behindSince).toBe('2026-03-21')
    })

    test('it stays late in the years after', () => {
      const [late] = stands('2027-03-20').lateMilestones
      expect(late).toMatchObject({ milestoneId: 'topping-out', daysLate: 365 })
    })
  })
})

test.each([
  ['2026-02', '2026-04-01', 'reported'], ['2026-03', '2026-04-08', 'open'], ['2026-03', '2026-04-09', 'unreported'], ['2026-12', '2026-04-09', 'open'], ['2027-01', '2027-06-01', 'open'],
] as const)('%s is on %s %s', (month, day, state) => {
  expect(stateOfMonth(aProject({ invested: { '2026-02': 0 } }), month, day, rules)).toBe(state)
})

test('a year and its halves show what is planned for all of them, and both sums to the last month that counts', () => {
  const periods = periodsOf(aProject({ invested: { '2026-06': 70, '2026-07': 30, '2026-08': 10 } }), 2026, '2026-08-10', rules)
  expect(periods).toEqual([
    { from: '2026-01', to: '2026-06', planned: 600, toDate: { planned: 600, invested: 70 } },
    { from: '2026-07', to: '2026-12', planned: 600, toDate: { planned: 100, invested: 30 } },
    { from: '2026-01', to: '2026-12', planned: 1200, toDate: { planned: 700, invested: 100 } },
  ])
  expect(periodsOf(aProject(), 2026, '2026-01-05', rules).map(({ toDate }) => toDate)).toEqual(Array(3).fill({ planned: 0, invested: 0 }))
})

describe('the mark of being behind', () => {
  const mark = (project = aProject(), day = '2026-04-09') => markedOn(project, day, ['D-03', 'D-02'], rules, 'Asia/Shanghai')
  test('says since when, and in whose worklists', () => {
    expect(mark().behind).toEqual({ since: instantOf(countsFrom('2026-01', rules), '00:00', 'Asia/Shanghai'), departmentIds: ['D-02', 'D-03'] })
  })
  test('names the first departments by their codes, no more than leave the old lists and enter the new in one transaction', () => {
    const departments = (first: string) => Array.from({ length: 60 }, (_, nth) => `${first}-${String(nth).padStart(2, '0')}`)
    const markedFor = (first: string) => markedOn(aProject(), '2026-04-09', departments(first).reverse(), rules, 'Asia/Shanghai')
    expect(markedFor('D').behind?.departmentIds).toEqual(departments('D').slice(0, listingDepartmentsAtMost))
    // Beside them, the project's event, and the request's own record.
    expect(projectWrites(markedFor('E'), markedFor('D')).length).toBeLessThan(transactionLimit - 2)
  })
  test('names no department where nobody is paired with it', () => {
    expect(markedOn(mark(), '2026-04-09', [], rules, 'Asia/Shanghai').behind).toEqual({ ...mark().behind, departmentIds: [] })
  })
  test('goes once it has caught up', () => {
    const caughtUp = { ...mark(), investments: [{ month: '2026-03', amount: 300 }] }
    expect(mark(caughtUp)).toEqual(aProject({ invested: { '2026-03': 300 } }))
  })
})
