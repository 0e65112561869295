import { expect, test } from 'vitest'
import { markUnreached, unreachedOf } from '../../functions/adapters/contact-store.ts'
import { enterpriseItem } from '../../functions/adapters/roster-store.ts'
import { traceOfAddress } from '../../functions/adapters/trace.ts'
import { anEnterprise } from '../mothers/enterprise.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

test('a bounce of an address that the enterprise has no more says nothing of the one it has', async () => {
  const table = new MemoryTable()
  const enterprise = anEnterprise({ contactEmail: 'now@example.com' })
  await table.commit([{ put: enterpriseItem(enterprise, 1), when: 'new' }])
  const mark = (address: string, since: number) => markUnreached(table, enterprise.enterpriseId, { address: traceOfAddress(address), reason: 'bounced', since })
  const marked = async () => (await unreachedOf(table, [enterprise.enterpriseId]))[0]
  await mark('before@example.com', 1)
  expect(await marked()).toBeUndefined()
  await mark('Now@example.com', 2)
  await mark('before@example.com', 3)
  await mark('now@example.com', 4)
  expect(await marked()).toEqual({ address: traceOfAddress('now@example.com'), reason: 'bounced', since: 2 })
})
