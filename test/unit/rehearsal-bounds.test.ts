import { beforeEach, expect, test } from 'vitest'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { defaultPolicy } from '../../shared/policy/policy.ts'
import { caseWrites } from '../../functions/adapters/case-store.ts'
import { decisionWrites } from '../../functions/adapters/issue-store.ts'
import { officerWrites, pairingItem } from '../../functions/adapters/roster-store.ts'
import { rehearse, type RehearsedAtMost } from '../../functions/policy/rehearsal.ts'
import { opening } from '../mothers/case.ts'
import { dispatch } from '../mothers/issue.ts'
import { zone } from '../mothers/moment.ts'
import { anOfficer } from '../mothers/officer.ts'
import { aPairing } from '../mothers/pairing.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

const rules = { policy: defaultPolicy, policyVersion: 0, calendar, policyItem: undefined, calendarItem: undefined }
const officerIds = ['1001', '1002', '1003']
let table: MemoryTable

/** Three officers of one department, an issue that it leads, and a case with steps of it and of D-02. */
beforeEach(async () => {
  table = new MemoryTable()
  for (const officerId of officerIds)
    await table.commit([...officerWrites(anOfficer({ officerId, email: `o${officerId}@example.org` }), undefined, undefined), { put: pairingItem(aPairing({ officerId, startsOn: '2026-01-01' }), 1), when: 'new' }])
  await table.commit(decisionWrites(dispatch(), undefined))
  await table.commit(caseWrites(opening(), undefined))
})

const within = (most: RehearsedAtMost, departmentId?: string) => rehearse(table, { month: '2026-03', proposed: defaultPolicy, departmentId, rules, timeZone: zone, most })

test('as many are rehearsed as one request has time for', async () => {
  const { officers, issues, cases } = await within({ officers: 3, issues: 1, cases: 1, lookedAt: 9 })
  expect([officers.examined, issues.examined, cases.examined]).toEqual([3, 1, 1])
})

test('of a department, what others lead is left out', async () => {
  expect((await within({ officers: 3, issues: 1, cases: 1, lookedAt: 9 }, 'D-02')).issues.examined).toBe(0)
  expect((await within({ officers: 3, issues: 1, cases: 1, lookedAt: 9 }, 'D-01')).issues.examined).toBe(1)
})

test('of a department, those cases are played that it has a step of, and its own steps counted', async () => {
  const warned = async (departmentId?: string) => {
    const { examined, warnings } = (await within({ officers: 3, issues: 1, cases: 1, lookedAt: 9 }, departmentId)).cases
    return [examined, warnings.would]
  }
  expect([await warned(), await warned('D-01'), await warned('D-02'), await warned('D-03')]).toEqual([[1, 2], [1, 1], [1, 1], [0, 0]])
})

test.each<[RehearsedAtMost, string]>([
  [{ officers: 2, issues: 1, cases: 1, lookedAt: 9 }, '名干部'],
  [{ officers: 3, issues: 0, cases: 1, lookedAt: 9 }, '件问题'],
  [{ officers: 3, issues: 1, cases: 0, lookedAt: 9 }, '件绿色通道事项'],
])('more are refused, and a department is asked for: %o', async (most, zh) => {
  await expect(within(most)).rejects.toMatchObject({ code: 'rehearsal-too-large', values: { what: { zh } } })
  await expect(within(most, 'D-01')).rejects.toMatchObject({ code: 'rehearsal-of-department-too-large' })
})

test('what has to be looked through is bounded too, though little of it is of the month, or of the department', async () => {
  const later = dispatch({ on: '2026-06-01 10:00' })
  for (const issueId of ['2026-000008', '2026-000009']) await table.commit(decisionWrites({ ...later, issue: { ...later.issue, issueId } }, undefined))
  for (const departmentId of [undefined, 'D-02']) {
    expect((await within({ officers: 3, issues: 1, cases: 1, lookedAt: 3 }, departmentId)).issues.examined).toBe(departmentId === undefined ? 1 : 0)
    await expect(within({ officers: 3, issues: 1, cases: 1, lookedAt: 2 }, departmentId)).rejects.toMatchObject({ code: 'rehearsal-too-far-back' })
  }
})
