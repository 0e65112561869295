import { beforeEach, expect, test } from 'vitest'
import { identityKey, officerKey, officerWrites } from '../../functions/adapters/roster-store.ts'
import { callerBehind, type ApiEvent } from '../../functions/http/identity.ts'
import { anOfficer } from '../mothers/officer.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

let table: MemoryTable
beforeEach(() => {
  table = new MemoryTable()
})

const adminEmail = 'admin@example.org'
const whoIs = async (claims: Readonly<Record<string, unknown>>, identityClaim: 'email' | 'staff_no'): Promise<string> => {
  const event = { requestContext: { authorizer: { jwt: { claims } } } } as unknown as ApiEvent
  return callerBehind(event, table, { identityClaim, adminEmail }).then(({ officerId }) => officerId, (error: unknown) => (error as { code: string }).code)
}

const enter = async (active: boolean): Promise<void> => {
  const officer = anOfficer({ officerId: 'A1', email: adminEmail, active })
  const [before, identity] = await table.getAll([officerKey('A1'), identityKey(adminEmail)])
  await table.commit(officerWrites(officer, before, identity))
}

const byAddress = { email: adminEmail, email_verified: 'true' }
const byStaffNumber = { ...byAddress, staff_no: 'A9' }

test('the first administrator is one while the roster does not know the address, whatever names people', async () => {
  expect(await whoIs(byAddress, 'email')).toBe('bootstrap-admin')
  expect(await whoIs(byStaffNumber, 'staff_no')).toBe('bootstrap-admin')
})

test.each([true, false])('and never again once it has (still there: %s)', async active => {
  await enter(active)
  expect(await whoIs(byAddress, 'email')).toBe(active ? 'A1' : 'not-in-roster')
  expect(await whoIs(byStaffNumber, 'staff_no')).toBe('not-in-roster')
})

test('nor without a verified address', async () => {
  expect(await whoIs({ ...byAddress, email_verified: 'false' }, 'email')).toBe('identity-not-usable')
  expect(await whoIs({ ...byStaffNumber, email_verified: 'false' }, 'staff_no')).toBe('not-in-roster')
})

test.each<[string, unknown]>([
  ['a number', 12345], ['a number written out', '12345'], ['a list written out', '[admin@example.org]'], ['no address', 'admin'], ['half of one', 'admin@'], ['two', 'admin@example.org@example.org'],
  ['blanks', 'admin @example.org'], ['nothing', ''], ['true', true], ['a list', [adminEmail]], ['an object', { email: adminEmail }], ['null', null],
])('an address that is %s says of nobody who they are', async (_, email) => {
  expect(await whoIs({ ...byAddress, email }, 'email')).toBe('identity-not-usable')
})

test('an address that the roster does not know is one all the same', async () => {
  expect(await whoIs({ ...byAddress, email: 'a&b@example.org' }, 'email')).toBe('not-in-roster')
})
