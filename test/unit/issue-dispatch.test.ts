import { describe, expect, test } from 'vitest'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { dispatchIssues } from '../../shared/issue/decision.ts'
import type { NewIssue } from '../../shared/issue/issue.ts'
import type { Staff } from '../../shared/mail/notice.ts'
import { aNewIssue } from '../mothers/issue.ts'
import { at, zone } from '../mothers/moment.ts'
import { aPolicy } from '../mothers/policy.ts'
import { refusal } from '../mothers/refusal.ts'
import { aStaff } from '../mothers/staff.ts'

/** Roads are the affair of D-02; for power nobody is named. */
const policy = aPolicy({ routing: [{ category: 'facilities', subcategory: 'roads', departmentId: 'D-02' }] })
const roads: Partial<NewIssue> = { subcategory: 'roads' }
const power: Partial<NewIssue> = { subcategory: 'power', tier: 'B' }

const dispatchTogether = (submitted: readonly Partial<NewIssue>[], staffOf: (departmentId: string) => Staff = () => aStaff()) =>
  dispatchIssues(submitted.map(aNewIssue), {
    numbering: { year: 2026, last: 41 }, officer: { officerId: '1001', departmentId: 'D-01' }, by: '1001', now: at('2026-03-02 10:00'),
    calendar, timeZone: zone, policy, policyVersion: 0, staffOf, listedIn: 'issues',
  })

describe('issues dispatched together', () => {
  test('have the next numbers in their order, each in its department', () => {
    const decisions = dispatchTogether([roads, {}, power])
    expect(decisions.map(({ issue }) => [issue.issueId, issue.leadDepartmentId, issue.tier, issue.version])).toEqual([
      ['2026-000042', 'D-02', 'B', 1], ['2026-000043', 'D-01', 'A', 1], ['2026-000044', 'D-01', 'B', 1],
    ])
  })

  test('are told each to the people of its own department, and to the supervisors where nobody is named', () => {
    const staffOf = (departmentId: string) => aStaff({ handlers: [`h-${departmentId}`], directors: [`d-${departmentId}`] })
    expect(dispatchTogether([roads, power], staffOf).map(({ mails }) => mails.map(({ mailId }) => mailId))).toEqual([
      ['2026-000042/issue-dispatched/1/officer:h-D-02', '2026-000042/issue-dispatched/1/officer:d-D-02'],
      ['2026-000043/issue-dispatched/1/officer:h-D-01', '2026-000043/issue-dispatched/1/officer:d-D-01', '2026-000043/issue-unrouted/1/officer:s1'],
    ])
  })

  test.each([
    [1, 12, 12],
    [1, 13, 1],
    [2, 6, 12],
    [2, 7, 2],
    [3, 4, 12],
    [3, 5, 3],
    [3, 160, 12],
  ])('%i, told to %i people each, make %i mails, and nobody is left out', (count, people, mails) => {
    const directors = Array.from({ length: people }, (_, nth) => `d${nth}`)
    const decisions = dispatchTogether(Array.from({ length: count }, () => ({})), () => aStaff({ handlers: directors.slice(1), directors }))
    expect(decisions.flatMap(decision => decision.mails)).toHaveLength(mails)
    for (const decision of decisions) expect(decision.mails.flatMap(({ to, cc }) => [to, ...cc]).sort()).toEqual(directors.map(id => `officer:${id}`).sort())
  })

  test('of which one is at fault are refused, and the refusal says which', () => {
    const { code, members } = refusal(() => dispatchTogether([{}, { subcategory: 'financing' }]))
    expect([code, members]).toEqual(['subcategory-mismatch', { path: 'issues.1.subcategory' }])
  })
})
