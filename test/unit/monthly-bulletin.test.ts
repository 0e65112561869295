import { beforeEach, describe, expect, test } from 'vitest'
import { issueBulletin, issuedBulletin } from '../../functions/adapters/bulletin-store.ts'
import { departmentItem, officerWrites, pairingItem } from '../../functions/adapters/roster-store.ts'
import { issueDue } from '../../functions/monthly-bulletin/handler.ts'
import { namedBulletin } from '../../functions/month-records/named-bulletin.ts'
import type { IssuedBulletin } from '../../shared/report/bulletin.ts'
import { anOfficer } from '../mothers/officer.ts'
import { aPairing } from '../mothers/pairing.ts'
import { at, zone } from '../mothers/moment.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

let table: MemoryTable
const due = (local: string) => issueDue(at(local), { table, timeZone: zone, adminEmail: 'admin@example.org' })
const mails = () => table.items().filter(({ shape }) => shape === 'outbox').map(({ pk }) => pk)

/** An officer of department D-01 who has been paired since January 2026. */
beforeEach(async () => {
  table = new MemoryTable()
  const officer = anOfficer()
  await table.commit([{ put: departmentItem({ departmentId: officer.departmentId, name: '示例局' }, 1), when: 'new' }, ...officerWrites(officer, undefined, undefined), { put: pairingItem(aPairing({ officerId: officer.officerId, startsOn: '2026-01-01' }), 1), when: 'new' }])
})

const bulletinOf = (byDepartment: Record<string, number>): IssuedBulletin => {
  const sums = (visits: number) => ({ visits })
  const visits = Object.values(byDepartment).reduce((sum, each) => sum + each, 0)
  return {
    month: '2026-02', issuedAt: at('2026-03-02 07:30'), policyVersion: 0, calendarVersion: 0,
    tally: { all: sums(visits), byTier: {}, byCategory: {}, byMeasure: {}, byDepartment: Object.fromEntries(Object.entries(byDepartment).map(([id, count]) => [id, sums(count)])) },
    departmentNames: new Map(), measureTitles: new Map(), before: { month: '2026-01', sums: sums(7) },
  }
}

describe('the bulletin of the last month', () => {
  test('is issued on the first working day and mailed, and neither twice', async () => {
    expect(await due('2026-03-01 07:30')).toEqual({ month: '2026-02', outcome: 'not-due', planned: 0 })
    expect(await due('2026-03-02 07:30')).toEqual({ month: '2026-02', outcome: 'issued', planned: 1 })
    expect(await due('2026-03-03 07:30')).toEqual({ month: '2026-02', outcome: 'issued-before', planned: 0 })
    expect(mails()).toHaveLength(1)
    expect(await issuedBulletin(table, '2026-02')).toMatchObject({ issuedAt: at('2026-03-02 07:30'), tally: { all: { officers: 1 } }, departmentNames: new Map([['D-01', '示例局']]) })
  })

  test('is issued late where that failed, and mailed where only that did, but not long after', async () => {
    expect(await due('2026-03-09 07:30')).toMatchObject({ outcome: 'issued' })
    table = new MemoryTable()
    expect(await due('2026-03-10 07:30')).toMatchObject({ outcome: 'not-due' })
    await issueBulletin(table, bulletinOf({ 'D-01': 1 }))
    expect(await due('2026-03-03 07:30')).toEqual({ month: '2026-02', outcome: 'issued-before', planned: 1 })
  })

  test('is none where nobody was paired and nothing was raised', async () => {
    expect(await due('2026-01-04 07:30')).toEqual({ month: '2025-12', outcome: 'nothing-to-report', planned: 0 })
    expect(mails()).toEqual([])
  })

  test('is compared with the one before as that was issued', async () => {
    await issueBulletin(table, bulletinOf({ 'D-01': 5 }))
    await due('2026-04-01 07:30')
    expect((await issuedBulletin(table, '2026-03'))?.before).toEqual({ month: '2026-02', sums: { visits: 5 } })
  })
})

describe('a bulletin that is issued', () => {
  test('stays as it is, whatever another run has counted', async () => {
    expect(await issueBulletin(table, bulletinOf({ A: 1, B: 1 }))).toBe(true)
    expect(await issueBulletin(table, bulletinOf({ A: 5, C: 1 }))).toBe(false)
    expect((await issuedBulletin(table, '2026-02'))?.tally).toMatchObject({ all: { visits: 2 }, byDepartment: { A: { visits: 1 }, B: { visits: 1 } } })
    expect(Object.keys((await issuedBulletin(table, '2026-02'))?.tally.byDepartment ?? {})).toEqual(['A', 'B'])
  })

  test('keeps measures whatever their codes are, most delivered first', async () => {
    const codes = ['constructor', 'toString', '__proto__', 'M-1']
    const { tally, ...bulletin } = bulletinOf({ A: 1 })
    await issueBulletin(table, { ...bulletin, tally: { ...tally, byMeasure: Object.fromEntries(codes.map((code, nth) => [code, { deliveries: nth + 1 }])) }, measureTitles: new Map([['M-1', '示例政策']]) })
    const named = await namedBulletin(table, '2026-02', zone)
    expect(named?.byMeasure.map(({ measureId, title, deliveries }) => [measureId, title, deliveries])).toEqual([['M-1', '示例政策', 4], ['__proto__', '__proto__', 3], ['toString', 'toString', 2], ['constructor', 'constructor', 1]])
  })

  test('is not there before all of it is, and has nothing of a run that broke off', async () => {
    const breaking = new MemoryTable()
    breaking.putNew = () => Promise.reject(new Error('broken off'))
    breaking.commit = writes => table.commit(writes)
    await expect(issueBulletin(breaking, bulletinOf({ A: 1, Z: 1 }))).rejects.toThrow('broken off')
    expect(await issuedBulletin(table, '2026-02')).toBeUndefined()
    await issueBulletin(table, bulletinOf({ A: 3 }))
    expect((await issuedBulletin(table, '2026-02'))?.tally.byDepartment).toEqual({ A: { visits: 3 } })
  })
})
