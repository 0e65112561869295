import { describe, expect, test } from 'vitest'
import { levelsOfCase, levelsOfIssue, ofFlag, ofIssueIn, ofNotice, ofPairingMonth } from '../../shared/assessment/record.ts'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import type { Case, CaseEvent } from '../../shared/case/case.ts'
import { advanceCase } from '../../shared/case/ladder.ts'
import { excuseStep } from '../../shared/case/excuse.ts'
import { excuseIssue } from '../../shared/issue/excuse.ts'
import type { Issue, TimelineEvent } from '../../shared/issue/issue.ts'
import { advanceIssue } from '../../shared/issue/ladder.ts'
import { ofIssue, ofOfficer } from '../../shared/report/contribution.ts'
import { emptyQuota, type Quota } from '../../shared/visit/quota.ts'
import { aCase, opening } from '../mothers/case.ts'
import { anIssue, dispatch } from '../mothers/issue.ts'
import { at, zone } from '../mothers/moment.ts'
import { aStaff, peopleOf } from '../mothers/staff.ts'

const half = { from: at('2026-01-01 00:00'), until: at('2026-07-01 00:00') }
const reckoning = { calendar, timeZone: zone }
const quota = (but: Partial<Quota> = {}): Quota => ({ officerId: '1001', enterpriseId: 'E', month: '2026-03', required: 2, counted: 2, exempt: false, ...but })

describe('a month of a pairing', () => {
  test.each<[string, Partial<Quota>, ReturnType<typeof ofPairingMonth>]>([
    ['kept', {}, { id: 'pairing/2026-03/1001/E', amounts: { pairingsOwed: 1, pairingsFulfilled: 1 } }],
    ['missed', { counted: 1 }, { id: 'pairing/2026-03/1001/E', amounts: { pairingsOwed: 1 } }],
    ['exempt', { counted: 0, exempt: true }, { id: 'pairing/2026-03/1001/E', amounts: {}, leftOut: ['quota'] }],
    ['that owes nothing', { required: 0 }, undefined],
    ['that owes nothing and is exempt', { required: 0, exempt: true }, undefined],
  ])('%s', (_, but, expected) => {
    expect(ofPairingMonth(quota(but))).toEqual(expected)
  })

  test('adds up to what the bulletin has of the officer', () => {
    const quotas = [quota(), quota({ counted: 0 }), quota({ exempt: true }), quota({ required: 0 })]
    const sum = (name: string): number => quotas.reduce((total, each) => total + (ofPairingMonth(each)?.amounts[name] ?? 0), 0)
    const { pairingsOwed, pairingsFulfilled, pairingsExempt } = ofOfficer([emptyQuota('1001', 'E', '2026-03')], quotas)
    expect([sum('pairingsOwed'), sum('pairingsFulfilled'), quotas.filter(each => ofPairingMonth(each)?.leftOut !== undefined).length]).toEqual([pairingsOwed, pairingsFulfilled, pairingsExempt])
  })
})

describe('an issue of the period', () => {
  test('is of whose it is and of the department that leads it, with the amounts of the bulletin', () => {
    const issue = anIssue()
    const counted = ofIssueIn(issue, half)
    expect(counted).toMatchObject({ officerId: '1001', departmentId: 'D-01', record: { id: 'issue/2026-000001', amounts: { repliesDue: 1, raisedToResolve: 1, resolutionsDue: 1 } } })
    const { amounts } = ofIssue(issue, half)
    for (const [name, amount] of Object.entries(counted?.record.amounts ?? {})) expect(amounts).toHaveProperty(name, amount)
  })

  test.each<[string, Partial<Issue>, readonly string[] | undefined]>([
    ['taken back is left out of what has to be resolved', { withdrawnAt: at('2026-03-20 10:00') }, ['resolution', 'inTime']],
    ['taken back before it was answered, or had to be, owes no answer either', { withdrawnAt: at('2026-03-02 12:00') }, ['response', 'resolution', 'inTime']],
    ['whose miss is excused is not asked for in time', { excused: [{ noticeId: 'n', clock: 'resolve', deadlineVersion: 1, at: at('2026-08-01 10:00') }] }, ['inTime']],
    ['whose miss of an earlier deadline is excused is', { deadlineVersion: 2, excused: [{ noticeId: 'n', clock: 'resolve', deadlineVersion: 1, at: at('2026-08-01 10:00') }] }, undefined],
  ])('%s', (_, but, leftOut) => {
    expect(ofIssueIn({ ...anIssue(), ...but }, half)?.record.leftOut).toEqual(leftOut)
  })

  test('raised before it and still open says nothing', () => {
    expect(ofIssueIn(anIssue({ on: '2025-12-01 10:00' }), half)).toBeUndefined()
  })
})

/** Climbs for as long as it does, and keeps the timeline. */
const climbed = (): { readonly issue: Issue; readonly events: readonly TimelineEvent[] } => {
  let { issue, events } = dispatch({ on: '2026-03-02 10:00' })
  for (let now = at('2026-03-03 09:00'); now < at('2026-04-10 09:00'); now += 86_400_000) {
    const step = advanceIssue(issue, peopleOf(aStaff()), now, reckoning)
    if (step !== undefined) [issue, events] = [step.issue, [...events, ...step.events]]
  }
  return { issue, events }
}
const levelsOf = (found: ReturnType<typeof levelsOfIssue>): readonly (readonly [string, string | undefined, string | undefined, boolean])[] =>
  found.map(({ record, officerId, departmentId }) => [Object.keys(record.amounts)[0] ?? '', officerId, departmentId, record.leftOut !== undefined])

describe('levels', () => {
  test('of an issue count for the department that led it and for whose it is: a missed acceptance and reply, and each level of the resolution', () => {
    const { issue, events } = climbed()
    const own = ['1001', 'D-01', false] as const
    expect(levelsOf(levelsOfIssue(issue, events, half))).toEqual([['level1', ...own], ['level1', ...own], ['level1', ...own], ['level2', ...own], ['level3', ...own]])
  })

  test('do not count outside the period', () => {
    const { issue, events } = climbed()
    expect(levelsOfIssue(issue, events, { from: at('2026-04-01 00:00'), until: at('2026-07-01 00:00') })).toEqual([])
  })

  test('count for the department that had it then, and not for whose it is once another has it', () => {
    const { issue, events } = climbed()
    const [dispatched, ...later] = events
    const handedOn: TimelineEvent = { at: at('2026-03-02 11:00'), by: 'h1', event: 'transferred', fromDepartmentId: 'D-01', departmentId: 'D-02', reason: '转办' }
    expect(levelsOf(levelsOfIssue(issue, dispatched === undefined ? [] : [dispatched, handedOn, ...later], half)).every(([, officerId, departmentId]) => officerId === undefined && departmentId === 'D-02')).toBe(true)
  })

  test('that are excused are left out, of that deadline alone', () => {
    const { issue, events } = climbed()
    const excused = excuseIssue(issue, { noticeId: 'n', clock: 'resolve', deadlineVersion: 1 }, { by: 's1', now: at('2026-07-20 10:00') })
    expect(levelsOf(levelsOfIssue(excused.issue, [...events, ...excused.events], half)).map(([level, , , isLeftOut]) => [level, isLeftOut])).toEqual([['level1', false], ['level1', false], ['level1', true], ['level2', true], ['level3', true]])
    const other = excuseIssue(issue, { noticeId: 'n', clock: 'resolve', deadlineVersion: 2 }, { by: 's1', now: at('2026-07-20 10:00') })
    expect(levelsOf(levelsOfIssue(other.issue, [...events, ...other.events], half)).some(([, , , isLeftOut]) => isLeftOut)).toBe(false)
  })

  test('of a piece count for the department that was asked for it alone', () => {
    const events: TimelineEvent[] = [...dispatch().events, { at: at('2026-03-10 09:00'), by: 'system', event: 'assist-escalated', piece: 1, departmentId: 'D-02', level: 1, dueBy: at('2026-03-09 18:00') }]
    expect(levelsOf(levelsOfIssue(anIssue(), events, half))).toEqual([['level1', undefined, 'D-02', false]])
  })

  test('of a step count for its department and who goes along, unless they are excused', () => {
    let [it, events]: [Case, readonly CaseEvent[]] = [aCase(), opening().events]
    for (let now = at('2026-03-03 09:00'); now < at('2026-04-10 09:00'); now += 86_400_000) {
      const step = advanceCase(it, { of: () => aStaff(), contact: {} }, now, reckoning)
      if (step !== undefined) [it, events] = [step.changed, [...events, ...step.events]]
    }
    const found = levelsOf(levelsOfCase(it, events, half))
    expect(found.filter(([, , departmentId]) => departmentId === 'D-01')).toEqual([1, 2, 3].map(level => [`level${level}`, '1001', 'D-01', false]))
    const excused = excuseStep(it, 'survey', { noticeId: 'n', deadlineVersion: 1 }, { by: 's1', now: at('2026-07-20 10:00') })
    const after = levelsOf(levelsOfCase(excused.changed, [...events, ...excused.events], half))
    expect(after.filter(([, , , isLeftOut]) => isLeftOut).map(([level, , departmentId]) => [level, departmentId])).toEqual([1, 2, 3].map(level => [`level${level}`, 'D-01']))
  })
})

test('a flag counts once it was found irregular', () => {
  const flagged = (finding: 'in-order' | 'irregular' | undefined, visitedOn = '2026-03-31') => ofFlag({ flagId: 'f', officerId: '1001', visitedOn, finding }, ['2026-03', '2026-04'])
  expect([flagged(undefined), flagged('in-order'), flagged('irregular', '2026-02-28')]).toEqual([undefined, undefined, undefined])
  expect(flagged('irregular')).toMatchObject({ officerId: '1001', record: { id: 'flag/f', amounts: { flagsUpheld: 1 } } })
})

test('a notice counts as long as it stands published, for whom it concerns', () => {
  const notice = { noticeId: 'n', kind: 'criticism', status: 'published', subject: { departmentId: 'D-01' }, publishedAt: at('2026-06-30 23:59') } as const
  expect(ofNotice(notice, half)).toEqual({ record: { id: 'criticism/n', amounts: { criticisms: 1 } }, departmentId: 'D-01' })
  expect([ofNotice({ ...notice, status: 'withdrawn' }, half), ofNotice({ ...notice, publishedAt: at('2026-07-01 00:00') }, half)]).toEqual([undefined, undefined])
  expect(ofNotice({ ...notice, kind: 'commendation', subject: { officerId: '1001' } }, half)).toEqual({ record: { id: 'commendation/n', amounts: { commendations: 1 } }, officerId: '1001' })
})
