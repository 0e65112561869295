import { expect, test } from 'vitest'
import { everyUnreached, markUnreached, unreachedBy, unreachedOf } from '../../functions/adapters/contact-store.ts'
import { enterpriseWrites } from '../../functions/adapters/link-store.ts'
import { enterpriseItem, enterpriseKey, identityKey, officerKey, officerWrites } from '../../functions/adapters/roster-store.ts'
import { all } from '../../functions/adapters/table.ts'
import { traceOfAddress } from '../../functions/adapters/trace.ts'
import type { Officer } from '../../shared/roster/roster.ts'
import { anEnterprise } from '../mothers/enterprise.ts'
import { anOfficer } from '../mothers/officer.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

test('a bounce of an address that the enterprise has no more says nothing of the one it has', async () => {
  const table = new MemoryTable()
  const enterprise = anEnterprise({ contactEmail: 'now@example.com' })
  await table.commit([{ put: enterpriseItem(enterprise, 1), when: 'new' }])
  const mark = (address: string, since: number) => markUnreached(table, `enterprise:${enterprise.enterpriseId}`, { address: traceOfAddress(address), reason: 'bounced', since })
  const marked = async () => (await unreachedOf(table, [`enterprise:${enterprise.enterpriseId}`]))[0]
  await mark('before@example.com', 1)
  expect(await marked()).toBeUndefined()
  await mark('Now@example.com', 2)
  await mark('before@example.com', 3)
  await mark('now@example.com', 4)
  expect(await marked()).toEqual({ address: traceOfAddress('now@example.com'), reason: 'bounced', since: 2 })
})

const listed = async (table: MemoryTable) => (await all(table.query(everyUnreached))).map(unreachedBy)

test.each<[string, Partial<Officer>, number]>([
  ['stays while they have that address', { name: '王芳' }, 1],
  ['ends when they have another', { email: 'li@example.org' }, 0],
  ['ends when they leave', { active: false }, 0],
])('an address of an officer that mail does not reach is listed: it %s', async (_, change, count) => {
  const table = new MemoryTable()
  const officer = anOfficer()
  await table.commit(officerWrites(officer, undefined, undefined))
  const mark = { address: traceOfAddress(officer.email), reason: 'bounced', since: 2 } as const
  await markUnreached(table, `officer:${officer.officerId}`, { ...mark, address: traceOfAddress('before@example.org') })
  await markUnreached(table, `address:${officer.email}`, mark)
  expect(await listed(table)).toEqual([])
  await markUnreached(table, `officer:${officer.officerId}`, mark)
  expect(await listed(table)).toEqual([{ kind: 'officer', id: officer.officerId }])
  const changed = { ...officer, ...change }
  const [before, identity, givenUp] = await table.getAll([officerKey(officer.officerId), identityKey(changed.email), identityKey(officer.email)])
  await table.commit(officerWrites(changed, before, identity, givenUp))
  expect(await listed(table)).toHaveLength(count)
})

test('nobody who has left is marked', async () => {
  const table = new MemoryTable()
  const officer = anOfficer({ active: false })
  await table.commit(officerWrites(officer, undefined, undefined))
  await markUnreached(table, `officer:${officer.officerId}`, { address: traceOfAddress(officer.email), reason: 'refused', since: 2 })
  expect(await listed(table)).toEqual([])
})

test('an enterprise is listed from when it has no address until it has another', async () => {
  const table = new MemoryTable()
  const enterprise = anEnterprise({ contactEmail: 'wang@example.com' })
  const key = enterpriseKey(enterprise.enterpriseId)
  const enter = async (contactEmail: string | undefined) => table.commit(await enterpriseWrites(table, { ...enterprise, contactEmail }, await table.get(key), 5))
  await enter('wang@example.com')
  await enter(undefined)
  expect(await listed(table)).toEqual([{ kind: 'enterprise', id: enterprise.enterpriseId }])
  await enter('li@example.com')
  expect(await listed(table)).toEqual([])
})
