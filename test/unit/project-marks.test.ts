import { expect, test } from 'vitest'
import { projectKey, projectWrites } from '../../functions/adapters/project-store.ts'
import { officerWrites, pairingItem } from '../../functions/adapters/roster-store.ts'
import { opened, openedMaybe } from '../../functions/adapters/stored.ts'
import { Conflict } from '../../functions/adapters/table.ts'
import { markProjects } from '../../functions/quota-reminder/projects.ts'
import { shippedCalendar } from '../../shared/calendar/working-day.ts'
import { taskKeyPrefix } from '../../shared/contract/table.ts'
import { unplanned, type Project } from '../../shared/project/project.ts'
import { at, zone } from '../mothers/moment.ts'
import { anOfficer } from '../mothers/officer.ts'
import { aPairing } from '../mothers/pairing.ts'
import { aPolicy } from '../mothers/policy.ts'
import { aMilestone, aPlan, aProject, projectCodeOf } from '../mothers/project.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

const withProjects = async (...projects: readonly Project[]): Promise<MemoryTable> => {
  const table = new MemoryTable()
  await table.commit(officerWrites(anOfficer(), undefined, undefined))
  for (const project of projects) await table.commit([...projectWrites(project, unplanned(project.enterpriseId)), { put: pairingItem(aPairing({ enterpriseId: project.enterpriseId }), 1), when: 'new' }])
  return table
}

const markOn = (table: MemoryTable, day: string) => markProjects(table, at(`${day} 09:00`), { calendar: shippedCalendar, policy: aPolicy(), timeZone: zone })
const listed = (table: MemoryTable): readonly string[] => table.items().filter(({ pk }) => pk.startsWith(taskKeyPrefix)).map(({ pk, sk }) => `${pk} ${sk}`).sort()
const places = (since: string, nth = 1) => ['TASKS#D-01#projects', 'TASKS#office#projects'].map(list => `${list} ${new Date(at(`${since} 00:00`)).toISOString()}#${projectCodeOf(nth)}`)

test('a project stands in the worklists from the first working day on which the month counts, and once', async () => {
  const table = await withProjects(aProject({ invested: { '2026-01': 100, '2026-02': 100 } }))
  expect([await markOn(table, '2026-04-08'), listed(table)]).toEqual([0, []])
  expect([await markOn(table, '2026-04-09'), listed(table)]).toEqual([1, places('2026-04-09')])
  expect([await markOn(table, '2026-04-09'), listed(table)]).toEqual([0, places('2026-04-09')])
})

test('it leaves them when a new half-year begins to count, and on no day of rest', async () => {
  const table = await withProjects(aProject({ invested: { '2026-07': 100 } }))
  await markOn(table, '2026-08-07')
  expect(listed(table)).not.toEqual([])
  // Saturday.
  expect(await markOn(table, '2026-08-08')).toBe(0)
  expect([await markOn(table, '2026-08-10'), listed(table)]).toEqual([1, []])
  expect(opened('project', (await table.get(projectKey(projectCodeOf(1)))) ?? { pk: '', sk: '' })).toEqual(aProject({ invested: { '2026-07': 100 }, version: 3 }))
})

test('it goes over to the department whose officer is paired now', async () => {
  const table = await withProjects(aProject({ plans: [aPlan({ months: Array.from({ length: 12 }, () => 0), milestones: [aMilestone()] })] }))
  await markOn(table, '2026-03-23')
  const moved = anOfficer({ departmentId: 'D-02' })
  await table.commit(officerWrites(moved, await table.get({ pk: 'OFFICER#1001', sk: 'OFFICER' }), await table.get({ pk: 'EMAIL#li.ming@example.org', sk: 'IDENTITY' })))
  expect(await markOn(table, '2026-03-24')).toBe(1)
  expect(listed(table)).toEqual(places('2026-03-21').map(place => place.replace('D-01', 'D-02')))
})

test('it stands before the office alone when the last pairing has ended, and goes to whom it is paired with anew', async () => {
  const table = await withProjects(aProject({ invested: { '2026-01': 100, '2026-02': 100 } }))
  expect([await markOn(table, '2026-04-09'), listed(table).length]).toEqual([1, 2])
  await table.commit([{ put: pairingItem(aPairing({ enterpriseId: projectCodeOf(1), endsOn: '2026-04-09' }), 2), when: 'always' }])
  const ofOffice = places('2026-04-09').filter(place => place.includes('#office#'))
  expect([await markOn(table, '2026-04-10'), listed(table)]).toEqual([1, ofOffice])
  expect([await markOn(table, '2026-04-13'), listed(table)]).toEqual([0, ofOffice])
  await table.commit([{ put: pairingItem(aPairing({ enterpriseId: projectCodeOf(1), startsOn: '2026-04-14' }), 3), when: 'always' }])
  expect([await markOn(table, '2026-04-14'), listed(table)]).toEqual([1, places('2026-04-09')])
})

test('whoever reports meanwhile is not overwritten: it is decided anew', async () => {
  const table = await withProjects(aProject())
  const commit = table.commit.bind(table)
  let races = 1
  table.commit = async writes => {
    if (races-- > 0) {
      const before = opened('project', (await table.get(projectKey(projectCodeOf(1)))) ?? { pk: '', sk: '' })
      await commit(projectWrites({ ...aProject({ invested: { '2026-03': 300 } }), version: before.version + 1 }, before))
      throw new Conflict([])
    }
    await commit(writes)
  }
  expect(await markOn(table, '2026-04-09')).toBe(0)
  expect(openedMaybe('project', await table.get(projectKey(projectCodeOf(1))))).toEqual(aProject({ invested: { '2026-03': 300 }, version: 2 }))
  expect(listed(table)).toEqual([])
})

test('of several projects those alone change that have to', async () => {
  const table = await withProjects(aProject(), aProject({ enterpriseId: projectCodeOf(2), invested: { '2026-01': 100, '2026-02': 100, '2026-03': 100 } }))
  expect([await markOn(table, '2026-04-09'), listed(table).length]).toEqual([1, 2])
})
