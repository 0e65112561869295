import { describe, expect, test } from 'vitest'
import { lastRuns, noteRun } from '../../functions/adapters/run-store.ts'
import type { Table } from '../../functions/adapters/table.ts'
import { remindingWrites } from '../../shared/contract/table.ts'
import { missingRun, runOf } from '../../shared/supervision/schedule.ts'
import { at } from '../mothers/moment.ts'
import { limitedTo } from '../simulation/limited-table.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

const nine = at('2026-03-02 09:00')
const day = 24 * 60

describe('a schedule that has run at nine, and does so every day,', () => {
  test.each([
    ['2026-03-02 12:00', undefined],
    ['2026-03-03 09:15', undefined],
    ['2026-03-03 09:16', { schedule: 'quota-reminder', lastRun: nine, since: at('2026-03-03 09:00') }],
    ['2026-03-09 09:00', { schedule: 'quota-reminder', lastRun: nine, since: at('2026-03-03 09:00') }],
  ])('at %s: %j', (now, missing) => {
    expect(missingRun('quota-reminder', runOf(nine, day), at(now))).toEqual(missing)
  })
})

test('one that never ran is missing from the beginning, nobody knows since when', () => {
  expect(missingRun('escalation-sweep', undefined, nine)).toEqual({ schedule: 'escalation-sweep' })
})

test('a run is noted by who may write no more than that, and no earlier one after it', async () => {
  const memory = new MemoryTable()
  const table = limitedTo({ writes: remindingWrites }, memory)
  await noteRun(table, 'quota-reminder', nine, day)
  await noteRun(table, 'quota-reminder', at('2026-03-01 09:00'), day)
  expect(await lastRuns(table, ['quota-reminder', 'outbox-reconciler'])).toEqual([runOf(nine, day), undefined])
  await noteRun(table, 'quota-reminder', at('2026-03-03 09:00'), day)
  expect(await lastRuns(table, ['quota-reminder'])).toEqual([runOf(at('2026-03-03 09:00'), day)])
})

test('of two runs that end at once the later stays', async () => {
  const memory = new MemoryTable()
  const later = at('2026-03-02 09:15')
  let reads = 0
  // The later one comes in between.
  const table: Table = {
    ...limitedTo({ writes: 'anything' }, memory),
    get: async key => {
      const item = await memory.get(key)
      if ((reads += 1) === 1) await noteRun(memory, 'outbox-reconciler', later, 15)
      return item
    },
  }
  await noteRun(table, 'outbox-reconciler', nine, 15)
  expect(await lastRuns(memory, ['outbox-reconciler'])).toEqual([runOf(later, 15)])
})
