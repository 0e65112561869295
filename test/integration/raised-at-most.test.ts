import { afterAll, beforeAll, expect, test } from 'vitest'
import { policyWrites } from '../../functions/adapters/rules-store.ts'
import { measureWrite } from '../../functions/adapters/measure-store.ts'
import { newPairingWrites, officerWrites } from '../../functions/adapters/roster-store.ts'
import type { Table } from '../../functions/adapters/table.ts'
import { recordVisit } from '../../shared/contract/visits.ts'
import { raisedAtMost } from '../../shared/issue/issue.ts'
import { apiOver, foundDistrict, staff } from '../bench/campaign.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'
import { aMeasure } from '../mothers/measure.ts'
import { at } from '../mothers/moment.ts'
import { anOfficer } from '../mothers/officer.ts'
import { aPairing } from '../mothers/pairing.ts'
import { aPolicy } from '../mothers/policy.ts'
import { openEmbeddedTable, type EmbeddedTable } from './embedded-table.ts'

let embedded: EmbeddedTable
let ask: ReturnType<typeof apiOver>
const sizes: number[] = []
/** The department's handler is one of its people, the supervisor one of theirs. */
const enlisted = { director: 2, supervisor: 1 }
const companions = ['2101', '2102', '2103', '2104']
const measures = Array.from({ length: 20 }, (_, nth) => `M-${nth}`)
/** Both before today, so that they are entered afterwards. */
const days = ['2030-12-29', '2030-12-27'] as const
/** At a time and in words that the telephone calls of both days had, too: each officer's visit is flagged for all that it can be. */
const visit = { enterpriseId: creditCodeOf(1), from: '09:00', until: '10:00', summary: '走访', companions }
/** At the end of a year without a notice, before another. */
const now = at('2030-12-30 10:00')

/** Under a policy that gives an issue as long as any can, and flags what it can. */
beforeAll(async () => {
  embedded = await openEmbeddedTable()
  const { table } = embedded
  await foundDistrict(table)
  await table.commit(measures.map(measureId => measureWrite(aMeasure({ measureId }), undefined)))
  for (const officerId of companions) await table.commit([...officerWrites(anOfficer({ officerId, email: `${officerId}@example.org` }), undefined, undefined), ...newPairingWrites(aPairing({ officerId }), undefined)])
  const policy = aPolicy({ flags: { sameTextVisits: 2, lateEntriesADay: 1 }, deadlines: { resolveWorkingDays: { A: 250, B: 250, C: 250, D: 250 } } })
  await table.commit(policyWrites({ policy, version: 1, changedAt: '2026-01-01T09:00:00+08:00', changedBy: '1004' }, undefined))
  const counting: Table = {
    ...table,
    commit: async writes => {
      sizes.push(writes.length)
      await table.commit(writes)
    },
  }
  ask = apiOver(counting)
  for (const visitedOn of days) await ask(recordVisit, { as: staff.officer, now, body: { ...visit, visitedOn, mode: 'phone' } })
})
afterAll(() => embedded.close())

/** So many people in the officer's department, and so many supervisors. */
const enlist = async ({ table }: EmbeddedTable, people: number): Promise<void> => {
  for (const role of ['director', 'supervisor'] as const)
    for (; enlisted[role] < people; enlisted[role]++) {
      const officerId = `${role}-${enlisted[role]}`
      await table.commit(officerWrites(anOfficer({ officerId, email: `${officerId}@example.org`, roles: [role] }), undefined, undefined))
    }
}

/** People get a mail each up to four in a department; with 160, as many mails go to forty each. The earlier visit dates every delivery back. */
test.each([[4, days[0]], [160, days[1]]])('as many officers, measures and issues as a visit can have fit into one transaction, with %i people to tell of each issue', async (people, visitedOn) => {
  await enlist(embedded, people)
  // Nobody is named for tier B, so that the supervisors are told as well.
  const issues = Array.from({ length: raisedAtMost }, () => ({ category: 'facilities', subcategory: 'water', tier: 'B', title: '供水不足', description: '每日上午停水两小时。' }))
  const { body } = await ask(recordVisit, { as: staff.officer, now, body: { ...visit, visitedOn, mode: 'onsite', measures, issues } })
  expect(body['issues']).toHaveLength(raisedAtMost)
  expect(sizes.pop()).toBe(97)
})
