import { createHash } from 'node:crypto'
import type { Month } from '../../shared/calendar/date.ts'
import { noAddress } from '../../shared/roster/contact.ts'
import { contactOf, isValidLink, linkEnds, type BulletinLink, type Link } from '../../shared/roster/link.ts'
import type { Enterprise } from '../../shared/roster/roster.ts'
import { newUnreachedWrite } from './contact-store.ts'
import { enterpriseItem, enterpriseKey, unreachedKey } from './roster-store.ts'
import { openedMaybe, stored, unchanged, versionAfter } from './stored.ts'
import { untilCommitted } from './race.ts'
import { Conflict, type Item, type Key, type Table, type Write } from './table.ts'
import { traceOf } from './trace.ts'

/** Only the hash of a token is kept: whoever reads the table cannot act for an enterprise. */
const linkKey = (token: string): Key => ({ pk: `LINK#${createHash('sha256').update(token).digest('hex')}`, sk: 'LINK' })
const revocationKey = (enterpriseId: string): Key => ({ pk: `ENTERPRISE#${enterpriseId}`, sk: 'LINKS' })

/**
 * Issues a link to an enterprise's pages, to its contact of today: a mail that was planned before a revocation brings a
 * link that holds after it. The database forgets a link some time after it has run out.
 */
export const issueLink = async (table: Table, token: string, enterprise: Enterprise, at: number): Promise<void> => {
  const revokedAt = openedMaybe('revocation', await table.get(revocationKey(enterprise.enterpriseId)))?.at ?? 0
  const link: Link = { enterpriseId: enterprise.enterpriseId, contact: traceOf(contactOf(enterprise)), issuedAt: Math.max(at, revokedAt + 1) }
  await table.putNew(stored('link', linkKey(token), link, { expiresAt: Math.floor(linkEnds(link.issuedAt) / 1000) }))
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

/** Lies under the token's hash like an enterprise's link, but apart from it: neither opens what the other does. */
const bulletinLinkKey = (token: string): Key => ({ pk: linkKey(token).pk, sk: 'BULLETIN' })

/** Issues a link to a bulletin, for somebody who need not be in the roster. */
export const issueBulletinLink = async (table: Table, token: string, link: BulletinLink): Promise<void> => {
  await table.putNew(stored('bulletin-link', bulletinLinkKey(token), link, { expiresAt: Math.floor(linkEnds(link.issuedAt) / 1000) }))
}

/** The month whose bulletin a token opens; nothing for one that opens none. */
export const bulletinBehind = async (table: Table, token: string, now: number): Promise<Month | undefined> => {
  const link = openedMaybe('bulletin-link', await table.get(bulletinLinkKey(token)))
  return link !== undefined && now < linkEnds(link.issuedAt) ? link.month : undefined
}

/** Ends every link of the enterprise that was issued until now. */
export const revocationWrite = async (table: Table, enterpriseId: string, at: number): Promise<Write> => {
  const before = await table.get(revocationKey(enterpriseId))
  // Links of the same moment as an earlier revocation are issued just after it.
  const after = (openedMaybe('revocation', before)?.at ?? -Infinity) + 1
  return { put: stored('revocation', revocationKey(enterpriseId), { at: Math.max(at, after) }, { version: versionAfter(before) }), when: unchanged(before) }
}

/**
 * An enterprise as it is from now on, unless somebody has changed it since it was read: an import must not put a contact
 * back whom the office has just replaced. A contact that comes back does not bring back the links of their time.
 * Where there is no address any more, or never was one, it is noted since when; of another address nothing is known yet.
 */
export const enterpriseWrites = async (table: Table, entered: Enterprise, item: Item | undefined, now: number): Promise<readonly Write[]> => {
  const before = openedMaybe('enterprise', item)
  const isNewContact = before !== undefined && contactOf(before) !== contactOf(entered)
  const hasLostAddress = entered.contactEmail === undefined && (before === undefined || before.contactEmail !== undefined)
  const hasAnotherAddress = before !== undefined && entered.contactEmail !== undefined && before.contactEmail !== entered.contactEmail
  return [
    { put: enterpriseItem(entered, versionAfter(item)), when: unchanged(item) },
    ...(isNewContact ? [await revocationWrite(table, entered.enterpriseId, now)] : []),
    ...(hasAnotherAddress ? [{ delete: unreachedKey(`enterprise:${entered.enterpriseId}`), when: 'always' } as const] : []),
    ...(hasLostAddress ? [await newUnreachedWrite(table, `enterprise:${entered.enterpriseId}`, { address: noAddress, reason: 'no-address', since: now })] : []),
  ]
}

/** What one token may do in an hour: more than any person does, less than a program would. */
const actsAtMost = 60

/** Whoever loses as many races for the count has not been counted, and may come again. */
const triesAtMost = 5

/** Counts what is done with a token: `too-many` in this hour, or `busy`, when others are counted at the same moment. */
export const countAct = async (table: Table, token: string, now: number): Promise<'counted' | 'too-many' | 'busy'> => {
  const hour = Math.floor(now / 3_600_000)
  const key = { pk: linkKey(token).pk, sk: `ACTS#${hour}` }
  const count = async (): Promise<'counted' | 'too-many'> => {
    const before = await table.get(key)
    const acts = openedMaybe('counter', before)?.last ?? 0
    if (acts >= actsAtMost) return 'too-many'
    const counted = stored('counter', key, { last: acts + 1 }, { version: versionAfter(before), expiresAt: (hour + 2) * 3600 })
    await table.commit([{ put: counted, when: unchanged(before) }])
    return 'counted'
  }
  try {
    return await untilCommitted(count, triesAtMost)
  } catch (error) {
    if (error instanceof Conflict) return 'busy'
    throw error
  }
}
