import { describe, expect, test } from 'vitest'
import { amountsOf, componentNames, isRate, sides } from '../../shared/assessment/component.ts'
import { definitionOf } from '../../shared/assessment/definition.ts'
import { canonical } from '../../shared/assessment/canonical.ts'
import { assessmentPeriod, instantsOf, lastDayOf, monthsOf, periodWords, settledOn } from '../../shared/assessment/period.ts'
import { placesOf } from '../../shared/assessment/ranking.ts'
import { assess, isCountedFor, leftOutOf, type SheetRecord } from '../../shared/assessment/sheet.ts'
import { shippedCalendar } from '../../shared/calendar/working-day.ts'
import { defaultPolicy } from '../../shared/policy/policy.ts'
import { figureNames } from '../../shared/report/figure.ts'
import { aRecord, inputsOf, pairings } from '../mothers/assessment.ts'
import { at, zone } from '../mothers/moment.ts'

describe('a period', () => {
  test.each<[string, readonly [string, string], number, string, string]>([
    ['2026-H1', ['2026-01', '2026-06'], 6, '2026-06-30', '2026-07-06'],
    ['2026-H2', ['2026-07', '2026-12'], 6, '2026-12-31', '2027-01-06'],
    ['2025', ['2025-01', '2025-12'], 12, '2025-12-31', '2026-01-07'],
  ])('%s has its months, and settles once no visit of it can be entered', (period, [first, last], count, lastDay, settled) => {
    const months = monthsOf(period)
    expect([months[0], months.at(-1), months.length]).toEqual([first, last, count])
    expect(lastDayOf(period)).toBe(lastDay)
    expect(settledOn(period, shippedCalendar, defaultPolicy.quota)).toBe(settled)
  })

  test('begins and ends at midnight of the district', () => {
    expect(instantsOf('2026-H1', zone)).toEqual({ from: at('2026-01-01 00:00'), until: at('2026-07-01 00:00') })
  })

  test('is read in words', () => {
    expect(['2026-H1', '2026-H2', '2026'].map(period => periodWords(period).zh)).toEqual(['2026年上半年', '2026年下半年', '2026年度'])
  })

  test.each(['2026-H3', '2026H1', '26', '2026-01', '1999', '2199', ' 2026', '2026-h1', '2026\n'])('%j is none', period => {
    expect(assessmentPeriod.safeParse(period).success).toBe(false)
  })
})

describe('the components', () => {
  test.each(componentNames)('%s says what it counts for either side, what it leaves out, its unit and its points, in both languages', component => {
    const { words, counts, leavesOut, unit, points } = definitionOf(component)
    for (const { zh, en } of [words, ...sides.map(side => counts[side]), leavesOut, unit, points]) {
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(en).toMatch(/[a-z]/)
    }
  })

  test('that are rates divide figures of the bulletin', () => {
    for (const component of componentNames.filter(isRate)) for (const name of amountsOf(component)) expect(figureNames).toContain(name)
  })
})

const issue = (nth: number, amounts: SheetRecord['amounts'], leftOut?: SheetRecord['leftOut']): SheetRecord => aRecord(`issue/2026-${String(nth).padStart(4, '0')}`, amounts, leftOut)
const level = (nth: number, of: 1 | 2 | 3, leftOut?: SheetRecord['leftOut']): SheetRecord => aRecord(`level/2026-0001/${nth}`, { [`level${of}`]: 1 }, leftOut)

/** Weights of officers: quota 50, response 10, resolution 15, in time 10, satisfaction 15; reckoned by hand. */
describe('a sheet', () => {
  test.each<[string, readonly SheetRecord[], number | undefined]>([
    ['without a record has no total', [], undefined],
    ['of which all was exempted has none', [aRecord('pairing/2026-01/1001/E', {}, ['quota'])], undefined],
    ['that has marks alone has none', [level(1, 3), aRecord('flag/f', { flagsUpheld: 1 })], undefined],
    ['with a quota alone weighs that whole: 18 of 20', pairings(20, 18), 90],
    ['rounds once: 1 of 3', pairings(3, 1), 33.3],
    ['rounds half up: 1 of 16 is 6.25', pairings(16, 1), 6.3],
    // 50×18/20 + 10×1/2 + 15×2/2 = 45 + 5 + 15 = 65 of 75.
    ['spreads what in time and satisfaction weigh', [...pairings(20, 18), issue(1, { repliesDue: 1, repliesInTime: 1, raisedToResolve: 1, raisedResolved: 1 }), issue(2, { repliesDue: 1, raisedToResolve: 1, raisedResolved: 1 })], 86.7],
    // 50×1 + 10×1 + 15×1 + 10×0 + 15×1/2 = 82.5.
    ['weighs all five', [...pairings(2, 2), issue(1, { repliesDue: 1, repliesInTime: 1, raisedToResolve: 1, raisedResolved: 1, resolutionsDue: 1, ratings: 2, ratingsSatisfied: 1 })], 82.5],
    ['loses one point, two and three for the levels', [...pairings(1, 1), level(1, 1), level(2, 2), level(3, 3)], 94],
    ['loses ten at most', [...pairings(1, 1), ...[1, 2, 3, 4, 5].map(nth => level(nth, 3))], 90],
    ['loses nothing for what was excused', [...pairings(1, 1), level(1, 3, ['levels'])], 100],
    ['loses two for a flag and five for a criticism', [...pairings(1, 1), aRecord('flag/f', { flagsUpheld: 1 }), aRecord('criticism/n', { criticisms: 1 })], 93],
    ['gains three for a commendation', [...pairings(2, 1), aRecord('commendation/n', { commendations: 1 })], 53],
    ['does not go beyond a hundred', [...pairings(1, 1), aRecord('commendation/n', { commendations: 1 })], 100],
    ['nor below zero', [...pairings(1, 0), level(1, 3)], 0],
  ])('%s', (_, records, total) => {
    expect(assess(inputsOf(records)).total).toBe(total)
  })

  test('says what each component has, weighs and takes over, and what was left out', () => {
    const { rates, marks } = assess(inputsOf([...pairings(4, 3), aRecord('pairing/2026-02/1001/E', {}, ['quota']), issue(1, { repliesDue: 1 }, ['resolution', 'inTime']), ...[1, 2, 3, 4].map(nth => level(nth, 3))]))
    expect(rates).toEqual([
      { component: 'quota', numerator: 3, denominator: 4, leftOut: 1, adjusted: 0, weight: 50, share: 83.3, points: 75 },
      { component: 'response', numerator: 0, denominator: 1, leftOut: 0, adjusted: 0, weight: 10, share: 16.7, points: 0 },
      { component: 'resolution', numerator: 0, denominator: 0, leftOut: 1, adjusted: 0, weight: 15, share: 0 },
      { component: 'inTime', numerator: 0, denominator: 0, leftOut: 1, adjusted: 0, weight: 10, share: 0 },
      { component: 'satisfaction', numerator: 0, denominator: 0, leftOut: 0, adjusted: 0, weight: 15, share: 0 },
    ])
    expect(marks[0]).toEqual({ component: 'levels', counts: [0, 0, 4], leftOut: 0, adjusted: 0, points: -10, bounded: true })
  })

  test('leaves out of one component what an appeal has, and of no other', () => {
    const late = issue(1, { repliesDue: 1, raisedToResolve: 1 })
    const inputs = inputsOf([...pairings(1, 1), late])
    const adjusted = assess(inputs, [{ component: 'response', recordId: late.id }])
    expect(adjusted.rates.find(({ component }) => component === 'response')).toMatchObject({ denominator: 0, adjusted: 1, share: 0 })
    expect(adjusted.rates.find(({ component }) => component === 'resolution')).toMatchObject({ denominator: 1 })
    expect([assess(inputs).total, adjusted.total]).toEqual([66.7, 76.9])
    expect([isCountedFor(late, 'response', []), isCountedFor(late, 'response', [{ component: 'response', recordId: late.id }]), isCountedFor(late, 'quota', [])]).toEqual([true, false, false])
  })

  test('names what was exempted or excused', () => {
    expect(leftOutOf({ records: [level(1, 1), level(2, 1, ['levels'])] }, 'levels')).toEqual(['level/2026-0001/2'])
  })
})

test('one text of JSON stands for the same content, however its members are ordered', () => {
  expect(canonical({ b: [1, { d: 'x', c: null }], a: undefined, e: true })).toBe('{"b":[1,{"c":null,"d":"x"}],"e":true}')
})

test('officers with the same total share a place, and who has none has no place', () => {
  const sheet = (officerId: string, total?: number) => ({ subject: { officerId }, sheet: { rates: [], marks: [], ...(total === undefined ? {} : { total }) } })
  expect(placesOf([sheet('4', 80), sheet('2', 90.5), sheet('5'), sheet('1', 80), sheet('3', 79.9)]).map(({ place, officerId }) => [place, officerId])).toEqual([[1, '2'], [2, '1'], [2, '4'], [4, '3']])
})
