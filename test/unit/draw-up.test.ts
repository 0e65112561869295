import { expect, test } from 'vitest'
import type { Item, Table } from '../../functions/adapters/table.ts'
import { drawUp } from '../../functions/month-records/draw-up.ts'
import { shippedCalendar } from '../../shared/calendar/working-day.ts'
import { defaultPolicy } from '../../shared/policy/policy.ts'
import { generatedProvince, leastUnits, provinceMonth } from '../bench/generated-province.ts'
import { at, zone } from '../mothers/moment.ts'

const officers = 1_000
const drawnUp = (table: Table) => drawUp(table, provinceMonth, { policy: defaultPolicy, calendar: shippedCalendar, timeZone: zone, now: at('2026-04-01 07:30') })

test('a generated province is counted as it was made', async () => {
  const { all, byDepartment, byMeasure } = await drawnUp(generatedProvince(officers))
  expect(all).toEqual({
    officers, visits: 10 * officers, officersThreeOrMore: officers, pairingsOwed: 5 * officers, pairingsFulfilled: 5 * officers,
    issuesRaised: 200, issuesOpen: 100, issuesOverdue: 100, issuesClosed: 100, raisedToResolve: 200, raisedResolved: 100, repliesDue: 200, repliesInTime: 100, resolutionsDue: 200, resolutionsInTime: 100, ratings: 100, ratingsSatisfied: 100,
    casesOpened: 20, casesOpen: 20,
    sessionsHeld: 2,
    deliveries: 200,
    // Two months count, of 100 planned each; of the second, one project has reported 50, the next 51, and so on.
    projectsPlanned: 5, investmentPlanned: 5 * 200, investmentMade: 5 * 150 + 10, projectsBehind: 5, milestonesDue: 5,
  })
  expect(Object.values(byDepartment).reduce((sum, { visits = 0 }) => sum + visits, 0)).toBe(10 * officers)
  expect(Object.values(byMeasure)).toEqual(Array.from({ length: 20 }, () => ({ deliveries: 10 })))
})

test('it costs less than twice what its records weigh', async () => {
  const table = generatedProvince(officers)
  await drawnUp(table)
  expect(table.units() / leastUnits(officers)).toBeLessThan(2)
})

/** The province, with what a list of it has changed. */
const withLists = (changed: (partition: string, items: AsyncIterable<Item>) => AsyncIterable<Item>): Table => {
  const table = generatedProvince(officers)
  return { ...table, query: query => changed(query.partition, table.query(query)) }
}

test('what ends, or moves in its list, while it is counted, is counted once', async () => {
  const moved: Item[] = []
  const table = withLists(async function* (partition, items) {
    const isOpen = /^(ISSUE|CASE)#/.test(partition)
    let last: Item | undefined
    for await (const item of items) {
      yield item
      last = item
      if (isOpen) moved.push(item)
    }
    if (isOpen && last !== undefined) yield last
    if (partition === 'ENDED#ISSUE#0' || partition === 'ENDED#CASE#0') yield* moved.filter(({ pk }) => pk.startsWith(partition.split('#')[1] ?? ''))
  })
  expect(await drawnUp(table)).toEqual(await drawnUp(generatedProvince(officers)))
  expect(moved.length).toBe(120)
})

test('somebody entered a moment ago, whom the list of officers does not have yet, is counted', async () => {
  const table = withLists(async function* (partition, items) {
    for await (const item of items) if (partition !== 'OFFICERS' || !/[37]$/.test(item.pk)) yield item
  })
  expect(await drawnUp(table)).toEqual(await drawnUp(generatedProvince(officers)))
})

test('who is paired and in no roster stops the count', async () => {
  const table = generatedProvince(officers)
  const without: Table = { ...table, get: () => Promise.resolve(undefined), query: query => table.query(query.partition === 'OFFICERS' ? { ...query, partition: 'NOBODY' } : query) }
  await expect(drawnUp(without)).rejects.toThrow('not in the roster')
})
