import { expect, test } from 'vitest'
import { caseWrites } from '../../functions/adapters/case-store.ts'
import { enterpriseCases } from '../../functions/pages/case-forms.ts'
import { opening } from '../mothers/case.ts'
import { zone } from '../mothers/moment.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

test('of many cases, the front page has the one whose result is to be confirmed, however old it is, then the newest', async () => {
  const table = new MemoryTable()
  const { foremostOf } = enterpriseCases({ table, timeZone: zone, adminEmail: 'admin@example.org' })
  const open = async (nth: number, but: object = {}): Promise<string> => {
    const decision = opening({ on: `2026-03-02 10:0${nth}` })
    const changed = { ...decision.changed, caseId: `L2026-00000${nth}`, ...but }
    await table.commit(caseWrites({ ...decision, changed }, undefined))
    return changed.enterpriseId
  }
  const enterpriseId = await open(1, { status: 'handed-over' })
  for (let nth = 2; nth <= 5; nth++) await open(nth)
  expect((await foremostOf(enterpriseId)).hasMore).toBe(false)
  for (let nth = 6; nth <= 7; nth++) await open(nth)
  const { cases, hasMore } = await foremostOf(enterpriseId)
  expect([cases.map(({ caseId }) => caseId), hasMore]).toEqual([['L2026-000001', 'L2026-000007', 'L2026-000006', 'L2026-000005', 'L2026-000004'], true])
})
