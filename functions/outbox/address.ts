import { readRecipient, type Recipient, type UndeliverableReason } from '../../shared/mail/notice.ts'
import type { Enterprise } from '../../shared/roster/roster.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import type { Table } from '../adapters/table.ts'

/** Where a recipient is reached today, or why not; and the enterprise, as it was when its address was read. */
export type Address = { readonly address: string; readonly enterprise?: Enterprise } | { readonly missing: UndeliverableReason }

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
      const enterprise = await roster.enterprise(id)
      return enterprise?.contactEmail === undefined ? { missing: 'no-address' } : { address: enterprise.contactEmail, enterprise }
    }),
  )
}
