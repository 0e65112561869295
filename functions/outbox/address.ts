import { createHash } from 'node:crypto'
import { readRecipient, type Recipient, type UndeliverableReason } from '../../shared/mail/notice.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import type { Table } from '../adapters/table.ts'

/** Where a recipient is reached today, or why not. */
export type Address = { readonly address: string } | { readonly missing: UndeliverableReason }

/** Recognises an address without keeping it. */
export const traceOf = (address: string): string => createHash('sha256').update(address.toLowerCase()).digest('hex').slice(0, 16)

/** The addresses that recipients have today. */
export const addressesOf = async (table: Table, recipients: readonly Recipient[]): Promise<readonly Address[]> => {
  const roster = rosterStore(table)
  return Promise.all(
    recipients.map(async (recipient): Promise<Address> => {
      const { kind, id } = readRecipient(recipient)
      if (kind === 'address') return { address: id }
      if (kind === 'officer') {
        const officer = await roster.officer(id)
        return officer?.active === true ? { address: officer.email } : { missing: 'left-the-roster' }
      }
      const email = (await roster.enterprise(id))?.contactEmail
      return email === undefined ? { missing: 'no-address' } : { address: email }
    }),
  )
}
