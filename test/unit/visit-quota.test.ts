import { describe, expect, test } from 'vitest'
import { countedOf, emptyQuota, everyEnterprise, isShort, isUntouched, quotasOf, requiredOf, touchesMonth } from '../../shared/visit/quota.ts'
import type { Pairing } from '../../shared/roster/roster.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'
import { aPairing } from '../mothers/pairing.ts'
import { aPolicy } from '../mothers/policy.ts'

const policy = aPolicy()
const month = '2026-03'
const on = (day: number) => `${month}-${String(day).padStart(2, '0')}`

describe('what a pairing owes in a month', () => {
  test.each([
    [1, 2], [10, 2], [11, 1], [20, 1], [21, 0], [31, 0],
  ])('starting on day %i: %i', (day, owed) => {
    expect(requiredOf(aPairing({ startsOn: on(day) }), month, policy)).toBe(owed)
  })

  test.each([
    [1, 0], [10, 0], [11, 1], [20, 1], [21, 2], [31, 2],
  ])('ending on day %i: %i', (day, owed) => {
    expect(requiredOf(aPairing({ endsOn: on(day) }), month, policy)).toBe(owed)
  })

  test.each([
    [1, 31, 2], [1, 20, 1], [1, 10, 0], [10, 21, 2], [11, 31, 1], [11, 20, 1], [11, 15, 1], [5, 5, 0], [21, 31, 0], [15, 25, 1],
  ])('starting on day %i and ending on day %i: %i', (start, end, owed) => {
    expect(requiredOf(aPairing({ startsOn: on(start), endsOn: on(end) }), month, policy)).toBe(owed)
  })

  test.each([
    ['before it', { startsOn: '2026-04-01' }, 0],
    ['after it', { startsOn: '2026-01-01', endsOn: '2026-02-28' }, 0],
    ['throughout', { startsOn: '2026-02-25' }, 2],
    ['throughout, ending later', { startsOn: '2026-02-28', endsOn: '2026-04-05' }, 2],
  ])('the month lies %s: %j owes %i', (_, dates, owed) => {
    expect(requiredOf(aPairing(dates), month, policy)).toBe(owed)
  })

  test.each([
    ['ended on the 15th, taken up again on the 16th', [['2026-01-01', on(15)], [on(16), undefined]], 2],
    ['ended on the 5th, taken up again on the 8th', [['2026-01-01', on(5)], [on(8), undefined]], 2],
    ['ended on the 5th, taken up again on the 25th', [['2026-01-01', on(5)], [on(25), undefined]], 0],
    ['ended on the 5th, taken up again on the 12th', [['2026-01-01', on(5)], [on(12), undefined]], 1],
    ['ended on the 25th, taken up again on the 28th', [['2026-01-01', on(25)], [on(28), undefined]], 2],
  ] as [string, [string, string | undefined][], number][])('%s', (_, spans, owed) => {
    const pairings = spans.map(([startsOn, endsOn]) => aPairing({ startsOn, ...(endsOn === undefined ? {} : { endsOn }) }))
    expect(quotasOf(pairings, [], month, policy).map(quota => quota.required)).toEqual([owed])
  })

  test('by other numbers, whatever order the policy lists them in', () => {
    const other = aPolicy({ quota: { visitsPerMonth: 4, startsBy: [{ day: 20, owes: 2 }, { day: 5, owes: 4 }, { day: 12, owes: 3 }], endsBy: [{ day: 25, owes: 3 }, { day: 15, owes: 1 }] } })
    const owed = (dates: Partial<Pairing>) => requiredOf(aPairing(dates), month, other)
    expect([4, 5, 6, 12, 13, 20, 21].map(day => owed({ startsOn: on(day) }))).toEqual([4, 4, 3, 3, 2, 2, 0])
    expect([15, 16, 25, 26].map(day => owed({ endsOn: on(day) }))).toEqual([1, 3, 3, 4])
    expect(owed({})).toBe(4)
  })

  test('never more than a full month, whatever the lines say', () => {
    expect(requiredOf(aPairing({ startsOn: on(1) }), month, aPolicy({ quota: { visitsPerMonth: 1 } }))).toBe(1)
  })

  test('without any lines, a pairing owes nothing in its first month and all in its last', () => {
    const bare = aPolicy({ quota: { startsBy: [], endsBy: [] } })
    expect(requiredOf(aPairing({ startsOn: on(1) }), month, bare)).toBe(0)
    expect(requiredOf(aPairing({ endsOn: on(1) }), month, bare)).toBe(2)
  })
})

describe("a month's quota of an officer", () => {
  const [one, two] = [creditCodeOf(1), creditCodeOf(2)]
  const record = { ...emptyQuota('1001', one, month), countedVisits: { [on(3)]: 'v1', [on(9)]: 'v2' } }

  test('has a line for each enterprise of the month, visited or not', () => {
    const lines = quotasOf([aPairing(), aPairing({ enterpriseId: two, startsOn: on(15) }), aPairing({ enterpriseId: creditCodeOf(3), startsOn: '2026-04-01' })], [record], month, policy)
    expect(lines).toEqual([
      { officerId: '1001', enterpriseId: one, month, required: 2, counted: 2, exempt: false },
      { officerId: '1001', enterpriseId: two, month, required: 1, counted: 0, exempt: false },
    ])
    expect(lines.map(isShort)).toEqual([false, true])
    expect(lines.map(isUntouched)).toEqual([false, true])
  })

  test('shows an exemption with its reason, and what is exempt is not short', () => {
    const whole = { ...emptyQuota('1001', everyEnterprise, month), exempt: 'training' as const }
    expect(quotasOf([aPairing(), aPairing({ enterpriseId: two })], [whole, { ...emptyQuota('1001', one, month), exempt: 'health' }], month, policy)).toMatchObject([
      { exempt: true, exemptReason: 'health' },
      { exempt: true, exemptReason: 'training' },
    ])
    const [line] = quotasOf([aPairing()], [{ ...emptyQuota('1001', one, month), exempt: 'health' }], month, policy)
    expect(line).toMatchObject({ required: 2, counted: 0, exempt: true, exemptReason: 'health' })
    expect(line && [isShort(line), isUntouched(line)]).toEqual([false, false])
  })

  test('one visit of two is short but not untouched', () => {
    const [line] = quotasOf([aPairing()], [{ ...record, countedVisits: { [on(3)]: 'v1' } }], month, policy)
    expect(line && [isShort(line), isUntouched(line)]).toEqual([true, false])
  })

  test('more than owed is counted, not cut', () => {
    expect(countedOf({ ...record, countedVisits: { ...record.countedVisits, [on(20)]: 'v3' } })).toBe(3)
  })

  test.each([
    [{ startsOn: on(31) }, true], [{ startsOn: '2026-04-01' }, false], [{ endsOn: on(1) }, true], [{ endsOn: '2026-02-28' }, false],
  ])('%j touches March: %s', (dates, touches) => {
    expect(touchesMonth(aPairing(dates), month)).toBe(touches)
  })
})
