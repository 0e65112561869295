import { createHash } from 'node:crypto'
import { contactOf, isValidLink, linkEnds, type Link } from '../../shared/roster/link.ts'
import type { Enterprise } from '../../shared/roster/roster.ts'
import { enterpriseKey } from './roster-store.ts'
import { openedMaybe, stored, unchanged, versionAfter } from './stored.ts'
import type { Item, Key, Table, Write } from './table.ts'

/** Only the hash of a token is kept: whoever reads the table cannot act for an enterprise. */
const linkKey = (token: string): Key => ({ pk: `LINK#${createHash('sha256').update(token).digest('hex')}`, sk: 'LINK' })
const revocationKey = (enterpriseId: string): Key => ({ pk: `ENTERPRISE#${enterpriseId}`, sk: 'LINKS' })

const traceOf = (contact: string): string => createHash('sha256').update(contact).digest('hex').slice(0, 16)

/** A link to an enterprise's pages. The database forgets it some time after it has run out. */
export const linkItem = (token: string, enterprise: Enterprise, issuedAt: number): Item => {
  const link: Link = { enterpriseId: enterprise.enterpriseId, contact: traceOf(contactOf(enterprise)), issuedAt }
  return stored('link', linkKey(token), link, { expiresAt: Math.floor(linkEnds(issuedAt) / 1000) })
}

/** The enterprise that a token opens the pages of; nothing for one that opens none, whatever the reason. */
export const enterpriseBehind = async (table: Table, token: string, now: number): Promise<Enterprise | undefined> => {
  const link = openedMaybe('link', await table.get(linkKey(token)))
  if (link === undefined) return undefined
  const [item, revocation] = await table.getAll([enterpriseKey(link.enterpriseId), revocationKey(link.enterpriseId)])
  const enterprise = openedMaybe('enterprise', item)
  const revokedAt = openedMaybe('revocation', revocation)?.at
  return enterprise !== undefined && isValidLink(link, enterprise, { revokedAt, traceOf, now }) ? enterprise : undefined
}

/** Ends every link of the enterprise that was issued until now. */
export const revocationWrite = async (table: Table, enterpriseId: string, at: number): Promise<Write> => {
  const before = await table.get(revocationKey(enterpriseId))
  return { put: stored('revocation', revocationKey(enterpriseId), { at }, { version: versionAfter(before) }), when: unchanged(before) }
}

/** What one token may do in an hour: more than any person does, less than a program would. */
const actsAtMost = 60

/**
 * Counts what is done with a token. False once it is too much in this hour. Two at one moment may count as one.
 */
export const countAct = async (table: Table, token: string, now: number): Promise<boolean> => {
  const hour = Math.floor(now / 3_600_000)
  const key = { pk: linkKey(token).pk, sk: `ACTS#${hour}` }
  const before = await table.get(key)
  const acts = openedMaybe('counter', before)?.last ?? 0
  if (acts >= actsAtMost) return false
  const counted = stored('counter', key, { last: acts + 1 }, { version: versionAfter(before), expiresAt: (hour + 2) * 3600 })
  await table.commit([{ put: counted, when: unchanged(before) }]).catch(() => undefined)
  return true
}
