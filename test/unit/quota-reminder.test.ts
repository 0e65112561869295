import { describe, expect, test } from 'vitest'
import { openedMail, type OutboxMail } from '../../functions/adapters/outbox-store.ts'
import { projectWrites } from '../../functions/adapters/project-store.ts'
import { quotaKey, quotaWrite } from '../../functions/adapters/visit-store.ts'
import { officerWrites, pairingItem } from '../../functions/adapters/roster-store.ts'
import { remind } from '../../functions/quota-reminder/handler.ts'
import { outboxKeyPrefix } from '../../shared/contract/table.ts'
import { unplanned } from '../../shared/project/project.ts'
import { emptyQuota } from '../../shared/visit/quota.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'
import { at, zone } from '../mothers/moment.ts'
import { anOfficer } from '../mothers/officer.ts'
import { aPairing } from '../mothers/pairing.ts'
import { aProject, projectCodeOf } from '../mothers/project.ts'
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

describe('the nudge', () => {
  const nudgeDay = at('2026-03-16 09:00')
  /** Two officers paired with a project each, of which the first is behind, and both visited. */
  const withProjects = async (): Promise<MemoryTable> => {
    const table = new MemoryTable()
    for (const [nth, officerId] of ['1001', '1002'].entries()) {
      const enterpriseId = projectCodeOf(nth + 1)
      await table.commit(officerWrites(anOfficer({ officerId, email: `${officerId}@example.org` }), undefined, undefined))
      await table.commit([{ put: pairingItem(aPairing({ officerId, enterpriseId }), 1), when: 'new' }, quotaWrite({ ...emptyQuota(officerId, enterpriseId, '2026-03'), countedVisits: { '2026-03-03': 'v1' } }, undefined)])
      const project = aProject({ enterpriseId, invested: { '2026-01': 100, '2026-02': 100 * nth } })
      await table.commit(projectWrites(project, unplanned(enterpriseId)))
    }
    return table
  }

  test('also goes to whoever has a project that is behind, though every visit has been made, and once', async () => {
    const table = await withProjects()
    expect(await remindOn(table, nudgeDay)).toEqual({ stages: ['nudge'], planned: 1, marked: 1 })
    expect(planned(table).map(({ about, to }) => [about, to])).toEqual([[{ kind: 'quota-nudge', month: '2026-03', officerId: '1001' }, 'officer:1001']])
    expect(await remindOn(table, nudgeDay)).toEqual({ stages: ['nudge'], planned: 0, marked: 0 })
  })

  test('is one mail to whoever has a visit to make as well', async () => {
    const table = await withProjects()
    await table.commit([{ put: pairingItem(aPairing({ officerId: '1001', enterpriseId: creditCodeOf(1) }), 1), when: 'new' }])
    expect(await remindOn(table, nudgeDay)).toMatchObject({ planned: 1 })
  })

  test('stands alone: no later stage goes out for a project', async () => {
    const table = await withProjects()
    for (const [officerId, nth] of [['1001', 1], ['1002', 2]] as const)
      await table.commit([quotaWrite({ ...emptyQuota(officerId, projectCodeOf(nth), '2026-03'), countedVisits: { '2026-03-03': 'v1', '2026-03-04': 'v2' } }, await table.get(quotaKey(officerId, projectCodeOf(nth), '2026-03')))])
    expect(await remindOn(table, at('2026-03-25 09:00'))).toMatchObject({ stages: ['reminder'], planned: 0 })
  })
})
