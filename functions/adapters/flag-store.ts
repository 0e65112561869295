import { parseInstant } from '../../shared/calendar/zone.ts'
import { flagStatuses, type Entry, type Flag } from '../../shared/visit/flag.ts'
import { sortable } from './shard.ts'
import { stored, unchanged, versionAfter } from './stored.ts'
import type { Item, Key, Query, Write } from './table.ts'

export const flagKey = (flagId: string): Key => ({ pk: `FLAG#${flagId}`, sk: 'FLAG' })

const statusList = (status: Flag['status']): string => `FLAGS#${status}`
const officerList = (officerId: string): string => `FLAGS#${officerId}`

/** A flag, on condition that it is still as it was read. */
export const flagWrite = (flag: Flag, before: Item | undefined): Write => {
  const order = `${sortable(parseInstant(flag.raisedAt))}#${flag.flagId}`
  return {
    put: stored('flag', flagKey(flag.flagId), flag, {
      version: versionAfter(before),
      allPk: statusList(flag.status),
      allSk: order,
      officerPk: officerList(flag.officerId),
      officerSk: order,
    }),
    when: unchanged(before),
  }
}

export const flagQueries = {
  ofOfficer: (officerId: string): Query => ({ index: 'officer', partition: officerList(officerId), descending: true }),
  /** Still to be checked, the oldest first. */
  open: { index: 'all', partition: statusList('open') } satisfies Query,
  /** Checked ones that were raised since. */
  checkedFrom: (from: number): Query => ({ index: 'all', partition: statusList('checked'), from: sortable(from) }),
  /** In this status, or in any. */
  ofStatus: (status: Flag['status'] | undefined): readonly Query[] =>
    flagStatuses.filter(each => status === undefined || each === status).map(each => ({ index: 'all', partition: statusList(each), descending: true }) as const),
}

/** What is remembered of an officer's entries. Every visit writes it: of two entered at once, the later one looks again. */
export const entriesKey = (officerId: string): Key => ({ pk: `OFFICER#${officerId}`, sk: 'ENTRIES' })

export const entriesWrite = (officerId: string, entries: readonly Entry[], before: Item | undefined): Write => ({
  put: stored('entries', entriesKey(officerId), { entries: [...entries] }, { version: versionAfter(before) }),
  when: unchanged(before),
})
