import { expect, test } from 'vitest'
import { projectWrites } from '../../functions/adapters/project-store.ts'
import { departmentItem, enterpriseItem, officerWrites, pairingItem } from '../../functions/adapters/roster-store.ts'
import type { Query } from '../../functions/adapters/table.ts'
import { cursorsWith } from '../../functions/http/cursor.ts'
import { projectHandlers } from '../../functions/projects/handler.ts'
import type { Reach } from '../../shared/contract/operation.ts'
import { unplanned } from '../../shared/project/project.ts'
import { anEnterprise } from '../mothers/enterprise.ts'
import { at, zone } from '../mothers/moment.ts'
import { anOfficer } from '../mothers/officer.ts'
import { aPairing } from '../mothers/pairing.ts'
import { aProject, projectCodeOf } from '../mothers/project.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

/** Officers by number, each with the department and the projects paired with. */
const people: readonly (readonly [officerId: string, departmentId: string, but: object, projects: readonly number[]])[] = [
  ['1001', 'D-01', {}, [1, 2]],
  ['1002', 'D-01', {}, [3]],
  ['1003', 'D-01', { active: false }, [4]],
  ['2001', 'D-02', {}, Array.from({ length: 30 }, (_, nth) => nth + 5)],
]

test('a department’s projects are found by its officers’ pairings, not project by project', async () => {
  const table = new MemoryTable()
  await table.commit([{ put: departmentItem({ departmentId: 'D-01', name: '某局' }, 1), when: 'new' }])
  for (const [officerId, departmentId, but, projects] of people) {
    await table.commit(officerWrites(anOfficer({ officerId, departmentId, email: `s${officerId}@example.org`, ...but }), undefined, undefined))
    for (const nth of projects) {
      const enterpriseId = projectCodeOf(nth)
      await table.commit([
        ...projectWrites(aProject({ enterpriseId }), unplanned(enterpriseId)),
        { put: enterpriseItem(anEnterprise({ enterpriseId, kind: 'project', name: `项目${nth}` }), 1), when: 'new' },
        // The second of them has ended.
        { put: pairingItem(aPairing({ officerId, enterpriseId, ...(nth === 2 ? { endsOn: '2026-03-08' } : {}) }), 1), when: 'new' },
      ])
    }
  }
  const queries: Query[] = []
  const query = table.query.bind(table)
  table.query = asked => { queries.push(asked); return query(asked) }
  const { listProjects } = projectHandlers({ table, cursors: cursorsWith('a secret of the tests'), timeZone: zone })
  const { body } = await listProjects({
    params: undefined, body: undefined, query: { departmentId: 'D-01', limit: 50 }, caller: { officerId: '9001', departmentId: 'D-00', roles: ['supervisor'] }, reaches: new Set<Reach>(['any']),
    now: at('2026-03-09 10:00'), language: 'zh', mark: '', seenVersion: undefined, paging: { limit: 50, boundTo: '' },
  })
  expect(body.items.map(({ name }) => name)).toEqual(['项目1', '项目3'])
  // The list, the department's officers, and the pairings of those two who are there.
  expect(queries).toHaveLength(4)
})
