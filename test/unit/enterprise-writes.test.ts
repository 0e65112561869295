import { expect, test } from 'vitest'
import { enterpriseWrites } from '../../functions/adapters/link-store.ts'
import { enterpriseKey } from '../../functions/adapters/roster-store.ts'
import { openedMaybe } from '../../functions/adapters/stored.ts'
import { Conflict } from '../../functions/adapters/table.ts'
import { anEnterprise } from '../mothers/enterprise.ts'
import { at } from '../mothers/moment.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

test('whoever read an enterprise before its contact was replaced does not put the old one back', async () => {
  const table = new MemoryTable()
  const enterprise = anEnterprise()
  const key = enterpriseKey(enterprise.enterpriseId)
  await table.commit(await enterpriseWrites(table, enterprise, undefined, at('2026-03-02 09:00')))
  const readByImport = await table.get(key)
  await table.commit(await enterpriseWrites(table, { ...enterprise, contactEmail: 'new@example.com' }, await table.get(key), at('2026-03-02 10:00')))
  const renamed = await enterpriseWrites(table, { ...enterprise, name: '更名后的企业' }, readByImport, at('2026-03-02 10:01'))
  await expect(table.commit(renamed)).rejects.toThrow(Conflict)
  expect(openedMaybe('enterprise', await table.get(key))).toMatchObject({ contactEmail: 'new@example.com', name: enterprise.name })
})
