import { describe, expect, test } from 'vitest'
import { openedMail, type OutboxMail } from '../../functions/adapters/outbox-store.ts'
import { officerWrites, pairingItem } from '../../functions/adapters/roster-store.ts'
import { remind } from '../../functions/quota-reminder/handler.ts'
import { outboxKeyPrefix } from '../../shared/contract/table.ts'
import { at, zone } from '../mothers/moment.ts'
import { anOfficer } from '../mothers/officer.ts'
import { aPairing } from '../mothers/pairing.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

/** The last working day of a month in which the officer has visited nobody. */
const lastDay = at('2026-03-31 09:00')
const numbers = (count: number): readonly string[] => Array.from({ length: count }, (_, nth) => String(2001 + nth))

/** An officer who is behind, in a department with so many directors. */
const district = async (directors: number): Promise<MemoryTable> => {
  const table = new MemoryTable()
  const officer = anOfficer()
  const staff = numbers(directors).map(officerId => anOfficer({ officerId, email: `${officerId}@example.org`, roles: ['director'] }))
  for (const person of [officer, ...staff]) await table.commit(officerWrites(person, undefined, undefined))
  await table.commit([{ put: pairingItem(aPairing({ officerId: officer.officerId }), 1), when: 'new' }])
  return table
}

const remindOn = (table: MemoryTable, now: number) => remind(now, { table, timeZone: zone, adminEmail: 'admin@example.org' })

const planned = (table: MemoryTable): readonly OutboxMail[] =>
  table
    .items()
    .filter(({ pk }) => pk.startsWith(outboxKeyPrefix))
    .map(openedMail)
    .sort((one, other) => one.mailId.localeCompare(other.mailId))

describe('the last call', () => {
  test.each([
    ['no director', 0, [1]],
    ['one director', 1, [2]],
    ['as many directors as one mail takes', 39, [40]],
    ['a director more', 40, [40, 1]],
    ['a hundred directors', 100, [40, 40, 21]],
  ])('reaches the officer and, as copies, %s', async (_, directors, readers) => {
    const table = await district(directors)
    expect(await remindOn(table, lastDay)).toEqual({ stages: ['last-call'], planned: readers.length, marked: 0 })
    const mails = planned(table)
    expect(mails.map(({ cc }) => 1 + cc.length)).toEqual(readers)
    expect(mails.flatMap(({ to, cc }) => [to, ...cc])).toEqual(['1001', ...numbers(directors)].map(id => `officer:${id}`))
    expect(new Set(mails.map(({ about }) => JSON.stringify(about)))).toEqual(new Set([JSON.stringify({ kind: 'quota-last-call', month: '2026-03', officerId: '1001' })]))
  })

  test('planned once more is planned once', async () => {
    const table = await district(100)
    await remindOn(table, lastDay)
    expect(await remindOn(table, lastDay)).toMatchObject({ planned: 0 })
    expect(planned(table)).toHaveLength(3)
  })
})

test('the reminder before it is copied to nobody', async () => {
  const table = await district(2)
  expect(await remindOn(table, at('2026-03-25 09:00'))).toEqual({ stages: ['reminder'], planned: 1, marked: 0 })
  expect(planned(table).map(({ to, cc }) => [to, cc])).toEqual([['officer:1001', []]])
})
