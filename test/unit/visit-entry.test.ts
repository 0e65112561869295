import { describe, expect, test } from 'vitest'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { raisedAtMost } from '../../shared/issue/issue.ts'
import { demandInRoster } from '../../shared/visit/joint.ts'
import { demandEnterable, newVisitSchema, recordVisit } from '../../shared/visit/visit.ts'
import { emptyQuota } from '../../shared/visit/quota.ts'
import { visitModes } from '../../shared/policy/policy.ts'
import type { Pairing } from '../../shared/roster/roster.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'
import { aPairing } from '../mothers/pairing.ts'
import { aPolicy } from '../mothers/policy.ts'
import { faultsIn, refusal } from '../mothers/refusal.ts'

const policy = aPolicy()
const enter = (visitedOn: string, today: string, pairings: readonly Pairing[] = [aPairing()], rules = policy) => () => {
  demandEnterable({ officerId: '1001', enterpriseId: creditCodeOf(1), visitedOn }, { today, time: '18:00', calendar, policy: rules, pairings })
}

describe('when a visit can be entered', () => {
  test.each([
    ['on the day', '2026-03-04', '2026-03-04'],
    ['three working days later', '2026-03-02', '2026-03-05'],
    ['three working days later, over a weekend', '2026-03-05', '2026-03-10'],
    ['on the Sunday before the third working day', '2026-03-05', '2026-03-08'],
    ['a visit on Saturday until Wednesday', '2026-03-07', '2026-03-11'],
    ['a visit before Spring Festival', '2026-02-13', '2026-02-25'],
    ['a visit in Spring Festival', '2026-02-18', '2026-02-26'],
    ['a make-up Saturday counts as one', '2026-10-09', '2026-10-13'],
    ['in the next month', '2026-03-30', '2026-04-02'],
  ])('%s', (_, visitedOn, today) => {
    expect(enter(visitedOn, today)).not.toThrow()
  })

  test.each([
    ['four working days later', '2026-03-02', '2026-03-06', '2026-03-05'],
    ['four working days later, over a weekend', '2026-03-05', '2026-03-11', '2026-03-10'],
    ['on the Saturday after the third working day', '2026-03-03', '2026-03-07', '2026-03-06'],
    ['after Spring Festival', '2026-02-13', '2026-02-26', '2026-02-25'],
    ['after a make-up Saturday', '2026-10-09', '2026-10-14', '2026-10-13'],
    ['a year later', '2025-03-05', '2026-03-05', '2025-03-10'],
  ])('too late: %s', (_, visitedOn, today, until) => {
    const problem = refusal(enter(visitedOn, today))
    expect([problem.code, problem.values]).toEqual(['visit-too-late', { visitedOn, until }])
  })

  test.each([['2026-03-05'], ['2027-01-01'], ['9999-12-31']])('never before it took place: %s', visitedOn => {
    const problem = refusal(enter(visitedOn, '2026-03-04'))
    expect([problem.code, problem.values]).toEqual(['visit-in-future', { today: '2026-03-04' }])
  })

  test('within other days by another policy', () => {
    const strict = aPolicy({ quota: { entryWorkingDays: 0 } })
    expect(enter('2026-03-04', '2026-03-04', [aPairing()], strict)).not.toThrow()
    expect(refusal(enter('2026-03-03', '2026-03-04', [aPairing()], strict)).code).toBe('visit-too-late')
  })
})

describe('only to an enterprise the officer was paired with on that day', () => {
  const today = '2026-03-05'
  const pairing = aPairing({ startsOn: '2026-03-03', endsOn: '2026-03-04' })
  test.each([
    ['2026-03-02', 'not-paired'],
    ['2026-03-03', 'enterable'],
    ['2026-03-04', 'enterable'],
    ['2026-03-05', 'not-paired'],
  ])('paired from the 3rd to the 4th, visited on %s: %s', (visitedOn, outcome) => {
    if (outcome === 'enterable') expect(enter(visitedOn, today, [pairing])).not.toThrow()
    else expect(refusal(enter(visitedOn, today, [pairing])).values).toEqual({ enterpriseId: creditCodeOf(1), officerId: '1001', date: visitedOn })
  })

  test('another enterprise is not this one', () => {
    expect(refusal(enter(today, today, [aPairing({ enterpriseId: creditCodeOf(2) })])).code).toBe('not-paired')
    expect(refusal(enter(today, today, [])).code).toBe('not-paired')
  })
})

describe('which visits count', () => {
  const empty = emptyQuota('1001', creditCodeOf(1), '2026-03')
  test.each([
    ['onsite', true], ['office', true], ['session', true], ['phone', false], ['online', false],
  ] as const)('%s: %s', (mode, counted) => {
    const recorded = recordVisit({ visitId: 'v1', visitedOn: '2026-03-04', mode }, empty, policy)
    expect(recorded.counted).toBe(counted)
    expect(recorded.reasonNotCounted).toBe(counted ? undefined : 'mode')
    expect(recorded.quota.countedVisits).toEqual(counted ? { '2026-03-04': 'v1' } : {})
  })

  test('one a day; a call before it does not take its place', () => {
    const called = recordVisit({ visitId: 'v1', visitedOn: '2026-03-04', mode: 'phone' }, empty, policy)
    const visited = recordVisit({ visitId: 'v2', visitedOn: '2026-03-04', mode: 'onsite' }, called.quota, policy)
    const again = recordVisit({ visitId: 'v3', visitedOn: '2026-03-04', mode: 'office' }, visited.quota, policy)
    expect([called, visited, again].map(({ counted, reasonNotCounted }) => reasonNotCounted ?? counted)).toEqual(['mode', true, 'same-day'])
    expect(again.quota.countedVisits).toEqual({ '2026-03-04': 'v2' })
  })

  test('the record it is written to is of its month', () => {
    expect(() => recordVisit({ visitId: 'v1', visitedOn: '2026-04-01', mode: 'onsite' }, empty, policy)).toThrow('another month')
  })
})

const issue = { category: 'facilities', subcategory: 'roads', title: '道路', description: '道路不通' }

test.each([
  [{}, []],
  [{ mode: 'letter' }, ['mode not-allowed']],
  [{ visitedOn: '2026-02-30' }, ['visitedOn impossible-date']],
  [{ visitedOn: '4 March' }, ['visitedOn bad-format']],
  [{ enterpriseId: '91610133MA6TX00019' }, ['enterpriseId bad-check-character']],
  [{ summary: '字'.repeat(2001) }, ['summary too-long']],
  [{ counted: true }, ['counted unknown-field']],
  [{ from: '09:00', until: '10:30' }, []],
  [{ from: '09:00' }, ['until required']],
  [{ until: '10:30' }, ['from required']],
  [{ from: '10:30', until: '10:30' }, ['until not-later']],
  [{ from: '10:30', until: '09:00' }, ['until not-later']],
  [{ from: '9:00', until: '24:00' }, ['from bad-format', 'until bad-format']],
  [{ companions: [] }, []],
  [{ companions: ['1002', '1003', '1004', '1005'] }, []],
  [{ companions: ['1002', '1003', '1004', '1005', '1006'] }, ['companions too-many']],
  [{ companions: ['1002', '1002'] }, ['companions duplicate-value']],
  [{ companions: ['10 02'] }, ['companions.0 bad-format']],
  [{ jointId: 'v1' }, ['jointId unknown-field']],
  [{ measures: [] }, []],
  [{ measures: Array.from({ length: 20 }, (_, at) => `M-${at}`) }, []],
  [{ measures: Array.from({ length: 21 }, (_, at) => `M-${at}`) }, ['measures too-many']],
  [{ measures: ['M-1', 'M-2', 'M-1'] }, ['measures duplicate-value']],
  [{ measures: ['M-1', 'M 2'] }, ['measures.1 bad-format']],
  [{ measures: 'M-1' }, ['measures wrong-type']],
  [{ issues: [issue] }, []],
  [{ issues: Array.from({ length: raisedAtMost }, () => issue) }, []],
  [{ issues: Array.from({ length: raisedAtMost + 1 }, () => issue) }, ['issues too-many']],
  [{ issues: [] }, ['issues too-short']],
  [{ issues: [issue, { ...issue, title: '路'.repeat(101) }] }, ['issues.1.title too-long']],
  [{ issues: [{ ...issue, visitId: 'v1', officerId: '1001' }] }, ['issues.0.visitId unknown-field', 'issues.0.officerId unknown-field']],
])('an entry with %j is answered with %j', (but, faults) => {
  const entry = { enterpriseId: creditCodeOf(1), visitedOn: '2026-03-04', mode: visitModes[0], summary: '了解用工情况' }
  expect(faultsIn(newVisitSchema, { ...entry, ...but })).toEqual(faults)
})

test('somebody who was along is still in the roster, to hear of it', () => {
  const officers = new Map([['1002', { active: true }], ['1003', { active: false }]])
  expect(() => { demandInRoster(['1002'], officers) }).not.toThrow()
  for (const left of ['1003', '1004']) expect(refusal(() => { demandInRoster(['1002', left], officers) })).toMatchObject({ code: 'officer-left', members: { path: 'companions.1' } })
})

test.each([['18:00', undefined], ['18:01', 'visit-in-future']])('a visit of today that ended at %s has been, at 18:00: %s', (until, code) => {
  const enter = () => demandEnterable({ officerId: '1001', enterpriseId: creditCodeOf(1), visitedOn: '2026-03-02', until }, { today: '2026-03-02', time: '18:00', calendar, policy, pairings: [aPairing({ startsOn: '2026-01-01' })] })
  if (code === undefined) expect(enter).not.toThrow()
  else expect(refusal(enter).code).toBe(code)
})
