import { monthOf, type LocalDate } from '../../shared/calendar/date.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import type { Pairing } from '../../shared/roster/roster.ts'
import { noteEntry, raiseFlag, wordsOf } from '../../shared/visit/flag.ts'
import { togetherness } from '../../shared/visit/joint.ts'
import { emptyQuota, type QuotaRecord } from '../../shared/visit/quota.ts'
import { recordVisit, type Visit } from '../../shared/visit/visit.ts'
import { entriesKey, entriesWrite, flagWrite } from '../adapters/flag-store.ts'
import { pairedKey, pairedWrite, rosterStore } from '../adapters/roster-store.ts'
import { openedMaybe } from '../adapters/stored.ts'
import type { Item, Table, Write } from '../adapters/table.ts'
import { traceOf } from '../adapters/trace.ts'
import { quotaKey, quotaWrite, visitIdOf, visitWrite } from '../adapters/visit-store.ts'

/** What the visit of one officer rests on, as it was read. */
interface Entrant {
  readonly officerId: string
  readonly quotaItem: Item | undefined
  readonly paired: Item | undefined
  readonly entriesItem: Item | undefined
  readonly pairings: readonly Pairing[]
}

/** What is the same for everybody who was along. */
type Shared = Omit<Visit, 'visitId' | 'officerId' | 'with' | 'jointId' | 'counted' | 'reasonNotCounted'>

/** One officer's visit as it is recorded. */
interface Entry {
  readonly visit: Visit
  readonly quota: QuotaRecord
  readonly writes: readonly Write[]
}

export const readEntrant = async (table: Table, officerId: string, { enterpriseId, visitedOn }: { readonly enterpriseId: string; readonly visitedOn: LocalDate }): Promise<Entrant> => {
  const [quotaItem, paired, entriesItem] = await table.getAll([quotaKey(officerId, enterpriseId, monthOf(visitedOn)), pairedKey({ officerId, enterpriseId }), entriesKey(officerId)])
  // After what they are paired by: whoever ends the pairing from here on changes that.
  const pairings = await rosterStore(table).pairingsOf(officerId)
  return { officerId, quotaItem, paired, entriesItem, pairings }
}

/** The visit of one of those who made it, told from the others' by whose it is: `mark` is that of the request. */
export const entryOf = (
  { officerId, quotaItem, paired, entriesItem }: Entrant,
  shared: Shared,
  { officers, mark, policy, today }: { readonly officers: readonly [string, ...string[]]; readonly mark: string; readonly policy: Policy; readonly today: LocalDate },
): Entry => {
  const { enterpriseId, visitedOn } = shared
  const idFor = (id: string): string => visitIdOf({ officerId: id, visitedOn }, mark)
  const visitId = idFor(officerId)
  const before = openedMaybe('quota', quotaItem) ?? emptyQuota(officerId, enterpriseId, monthOf(visitedOn))
  const { counted, reasonNotCounted, quota } = recordVisit({ ...shared, visitId }, before, policy)
  const visit: Visit = {
    visitId, officerId, ...shared, ...togetherness(officerId, officers, idFor(officers[0])),
    counted, ...(reasonNotCounted === undefined ? {} : { reasonNotCounted }),
  }
  const entered = { visitId, enteredOn: today, visitedOn, ...spanOf(shared), text: traceOf(wordsOf(shared.summary)) }
  const { entries, suspicions } = noteEntry(openedMaybe('entries', entriesItem)?.entries ?? [], entered, policy.flags)
  return {
    visit,
    quota,
    writes: [
      visitWrite(visit),
      ...(counted ? [quotaWrite(quota, quotaItem)] : []),
      // Ending the pairing at the same time must not leave a visit after its end.
      pairedWrite({ officerId, enterpriseId }, paired, visitedOn),
      entriesWrite(officerId, entries, entriesItem),
      ...suspicions.map(suspicion => flagWrite(raiseFlag(visit, suspicion, visit.recordedAt), undefined)),
    ],
  }
}

/** When a visit took place, if somebody said so. */
export const spanOf = ({ from, until }: { readonly from?: string | undefined; readonly until?: string | undefined }): Pick<Visit, 'from' | 'until'> =>
  from === undefined || until === undefined ? {} : { from, until }
