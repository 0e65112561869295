import { readRecipient, type Recipient } from '../../shared/mail/notice.ts'
import type { Unreached } from '../../shared/roster/contact.ts'
import { untilCommitted } from './race.ts'
import { enterpriseKey, officerKey, unreachedKey } from './roster-store.ts'
import { sortable } from './shard.ts'
import { openedMaybe, stored, unchanged, versionAfter } from './stored.ts'
import type { Item, Key, Query, Table, Write } from './table.ts'
import { traceOfAddress } from './trace.ts'

const unreachedWrite = (who: Recipient, mark: Unreached, before: Item | undefined): Write => ({
  put: stored('unreached', unreachedKey(who), mark, { version: versionAfter(before), allPk: 'UNREACHED', allSk: `${sortable(mark.since)}#${who}` }),
  when: unchanged(before),
})

/** The mark of an enterprise or an officer from now on; in the place of that of an address before. */
export const newUnreachedWrite = async (table: Table, who: Recipient, mark: Unreached): Promise<Write> => unreachedWrite(who, mark, await table.get(unreachedKey(who)))

/** Whoever has an address in the roster: the officer or the enterprise; of an address by itself nothing is kept. */
export const holderKey = (who: Recipient): Key | undefined => {
  const { kind, id } = readRecipient(who)
  return kind === 'officer' ? officerKey(id) : kind === 'enterprise' ? enterpriseKey(id) : undefined
}

/** The address that mail goes to today; nothing where there is none, or the officer has left. */
export const addressIn = (holder: Item | undefined): string | undefined => {
  if (holder?.['shape'] === 'enterprise') return openedMaybe('enterprise', holder)?.contactEmail
  const officer = openedMaybe('officer', holder)
  return officer?.active === true ? officer.email : undefined
}

/** A few mails to one address may come back at once. */
const triesAtMost = 5

/**
 * Marks the address of an enterprise or an officer, if mail does not reach it: a bounce may speak of one that they have no
 * more. What is marked already stays as it is, with its day.
 */
export const markUnreached = async (table: Table, who: Recipient, mark: Unreached): Promise<void> => {
  const key = holderKey(who)
  if (key === undefined) return
  await untilCommitted(async () => {
    const [before, holder] = await table.getAll([unreachedKey(who), key])
    const address = addressIn(holder)
    if (address === undefined || traceOfAddress(address) !== mark.address) return
    if (openedMaybe('unreached', before)?.address !== mark.address) await table.commit([unreachedWrite(who, mark, before)])
  }, triesAtMost)
}

/** The marks of these, in their order. */
export const unreachedOf = async (table: Table, all: readonly Recipient[]): Promise<readonly (Unreached | undefined)[]> =>
  (await table.getAll(all.map(unreachedKey))).map(item => openedMaybe('unreached', item))

/** Every mark, the oldest first. */
export const everyUnreached: Query = { index: 'all', partition: 'UNREACHED' }

/** Whom a mark is of. */
export const unreachedBy = ({ pk }: Pick<Key, 'pk'>): ReturnType<typeof readRecipient> => readRecipient(pk.slice('UNREACHED#'.length) as Recipient)
