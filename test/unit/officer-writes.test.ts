import { expect, test } from 'vitest'
import { identityKey, officerKey, officerWrites, rosterStore } from '../../functions/adapters/roster-store.ts'
import { rosterDeletes } from '../../shared/contract/table.ts'
import type { Officer } from '../../shared/roster/roster.ts'
import { anOfficer } from '../mothers/officer.ts'
import { limitedTo } from '../simulation/limited-table.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

const officer = anOfficer({ roles: ['officer', 'handler', 'director', 'supervisor', 'admin'] })

test.each<[string, Partial<Officer>, string[]]>([
  ['leaves', { active: false }, []],
  ['gives every role up', { roles: ['officer'] }, []],
  ['changes departments', { departmentId: 'D-02' }, ['D-02', 'supervisors', 'administrators']],
  ['has another address', { email: 'li@example.org' }, ['D-01', 'supervisors', 'administrators']],
])('who %s loses no more than places in the lists of the staff', async (_, change, listed) => {
  const table = limitedTo({ writes: 'anything', deletes: rosterDeletes }, new MemoryTable())
  await table.commit(officerWrites(officer, undefined, undefined))
  const changed = { ...officer, ...change }
  const [before, identity, givenUp] = await table.getAll([officerKey(officer.officerId), identityKey(changed.email), identityKey(officer.email)])
  await table.commit(officerWrites(changed, before, identity, givenUp))
  const roster = rosterStore(table)
  const departments = await Promise.all(['D-01', 'D-02'].map(async id => ({ list: id, ids: (await roster.staffOf(id)).directors })))
  const lists = [...departments, { list: 'supervisors', ids: await roster.supervisors() }, { list: 'administrators', ids: await roster.administrators() }]
  expect(lists.filter(({ ids }) => ids.includes(officer.officerId)).map(({ list }) => list)).toEqual(listed)
})
