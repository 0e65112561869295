import { expect, test } from 'vitest'
import { contactFaultOf, noAddress, type Unreached } from '../../shared/roster/contact.ts'

const traceOf = (address: string): string => `trace of ${address}`
const mark = (address: string, reason: Unreached['reason']): Unreached => ({ address, reason, since: 7 })
const known = { contactEmail: 'wang@example.com' }
const bounced = mark(traceOf('wang@example.com'), 'bounced')

test.each<[string, { contactEmail?: string }, Unreached | undefined, unknown]>([
  ['an address that nothing is known of', known, undefined, undefined],
  ['an address that mail did not reach', known, bounced, { reason: 'bounced', since: 7 }],
  ['an address after another that mail did not reach', { contactEmail: 'li@example.com' }, bounced, undefined],
  ['an address after none', known, mark(noAddress, 'no-address'), undefined],
  ['no address', {}, mark(noAddress, 'no-address'), { reason: 'no-address', since: 7 }],
  ['no address, nobody knows since when', {}, undefined, { reason: 'no-address' }],
  ['no address any more after one that mail did not reach', {}, bounced, { reason: 'no-address' }],
])('%s: %j, %j', (_, enterprise, marked, fault) => {
  expect(contactFaultOf(enterprise, marked, traceOf)).toEqual(fault)
})
