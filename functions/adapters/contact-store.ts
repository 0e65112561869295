import type { Unreached } from '../../shared/roster/contact.ts'
import { untilCommitted } from './race.ts'
import { enterpriseKey } from './roster-store.ts'
import { openedMaybe, stored, unchanged, versionAfter } from './stored.ts'
import type { Item, Key, Table, Write } from './table.ts'
import { traceOfAddress } from './trace.ts'

const unreachedKey = (enterpriseId: string): Key => ({ pk: `UNREACHED#${enterpriseId}`, sk: 'UNREACHED' })

const unreachedWrite = (enterpriseId: string, mark: Unreached, before: Item | undefined): Write => ({
  put: stored('unreached', unreachedKey(enterpriseId), mark, { version: versionAfter(before) }),
  when: unchanged(before),
})

/** The mark of an enterprise from now on; in the place of that of an address before. */
export const newUnreachedWrite = async (table: Table, enterpriseId: string, mark: Unreached): Promise<Write> => unreachedWrite(enterpriseId, mark, await table.get(unreachedKey(enterpriseId)))

/** A few mails of one enterprise may come back at once. */
const triesAtMost = 5

/**
 * Marks the enterprise's address, if mail does not reach it: a bounce may speak of one that it has no more. What is marked
 * already stays as it is, with its day.
 */
export const markUnreached = (table: Table, enterpriseId: string, mark: Unreached): Promise<void> =>
  untilCommitted(async () => {
    const [before, enterprise] = await table.getAll([unreachedKey(enterpriseId), enterpriseKey(enterpriseId)])
    const { contactEmail } = openedMaybe('enterprise', enterprise) ?? {}
    if (contactEmail === undefined || traceOfAddress(contactEmail) !== mark.address) return
    if (openedMaybe('unreached', before)?.address !== mark.address) await table.commit([unreachedWrite(enterpriseId, mark, before)])
  }, triesAtMost)

/** The marks of these enterprises, in their order. */
export const unreachedOf = async (table: Table, enterpriseIds: readonly string[]): Promise<readonly (Unreached | undefined)[]> =>
  (await table.getAll(enterpriseIds.map(unreachedKey))).map(item => openedMaybe('unreached', item))
