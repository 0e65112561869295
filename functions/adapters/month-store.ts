import type { Month } from '../../shared/calendar/date.ts'
import type { Pairing } from '../../shared/roster/roster.ts'
import { touchesMonth, type QuotaRecord } from '../../shared/visit/quota.ts'
import { rosterQueries, rosterStore } from './roster-store.ts'
import { opened } from './stored.ts'
import { all, type Query, type Table } from './table.ts'
import { quotaRecordsOf, visitQueries } from './visit-store.ts'

/** One officer's part of a month: the pairings that touch it, and what has been recorded. */
export interface OfficerMonth {
  readonly officerId: string
  readonly pairings: readonly Pairing[]
  readonly records: readonly QuotaRecord[]
}

/** Neighbouring items of one officer, together. */
async function* grouped<T extends { readonly officerId: string }>(items: AsyncIterable<T>): AsyncGenerator<{ officerId: string; items: T[] }> {
  let group: { officerId: string; items: T[] } | undefined
  for await (const item of items) {
    if (group !== undefined && group.officerId === item.officerId) group.items.push(item)
    else {
      if (group !== undefined) yield group
      group = { officerId: item.officerId, items: [item] }
    }
  }
  if (group !== undefined) yield group
}

async function* read<T>(table: Table, query: Query, open: (item: Parameters<typeof opened>[1]) => T): AsyncGenerator<T> {
  for await (const item of table.query(query)) yield open(item)
}

/** Sort keys begin with the officer and `#`, so officers follow one another in the order of this. */
const rank = (officerId: string): string => `${officerId}#`

/** One shard's officers with their pairings and records: two sorted lists read side by side, so memory stays flat. */
async function* shardMonth(table: Table, month: Month, pairingQuery: Query, quotaQuery: Query): AsyncGenerator<OfficerMonth> {
  const pairings = grouped(read(table, pairingQuery, item => opened('pairing', item)))
  const records = grouped(read(table, quotaQuery, item => opened('quota', item)))
  let record = await records.next()
  for await (const { officerId, items } of pairings) {
    while (record.done !== true && rank(record.value.officerId) < rank(officerId)) record = await records.next()
    const touching = items.filter(pairing => touchesMonth(pairing, month))
    const own = record.done !== true && record.value.officerId === officerId ? record.value.items : []
    if (touching.length > 0) yield { officerId, pairings: touching, records: own }
  }
}

/** The month of every paired officer, one stream for each shard. Reads each pairing and each record of the month once. */
export const officerMonths = (table: Table, month: Month): readonly AsyncGenerator<OfficerMonth>[] => {
  const quotaShards = visitQueries.quotaShards(month)
  return rosterQueries.pairingShards.map((pairingQuery, shard) => {
    const quotaQuery = quotaShards[shard]
    if (quotaQuery === undefined) throw new Error('pairings and quota records are spread over the same shards')
    return shardMonth(table, month, pairingQuery, quotaQuery)
  })
}

/** The same in order of the officers' staff numbers, which is that of each stream. */
export async function* monthsInOrder(table: Table, month: Month): AsyncGenerator<OfficerMonth> {
  const headOf = async (source: AsyncGenerator<OfficerMonth>) => {
    const next = await source.next()
    return next.done === true ? [] : [{ source, month: next.value }]
  }
  let heads = (await Promise.all(officerMonths(table, month).map(headOf))).flat()
  while (heads.length > 0) {
    const first = heads.reduce((best, one) => (rank(one.month.officerId) < rank(best.month.officerId) ? one : best))
    yield first.month
    heads = [...heads.filter(head => head !== first), ...(await headOf(first.source))]
  }
}

/** Officers whose months are read side by side. */
const atOnce = 16

/** One officer's month, whether or not they were paired in it. */
export const monthOfOfficer = async (table: Table, officerId: string, month: Month): Promise<OfficerMonth> => {
  const [pairings, records] = await Promise.all([rosterStore(table).pairingsOf(officerId), quotaRecordsOf(table, officerId, month)])
  return { officerId, pairings: pairings.filter(pairing => touchesMonth(pairing, month)), records }
}

/** The month of a department's paired officers. What it costs grows with the department, not with the district. */
export async function* departmentMonths(table: Table, departmentId: string, month: Month): AsyncGenerator<OfficerMonth> {
  yield* monthsOf(table, (await all(table.query(rosterQueries.officersOf(departmentId)))).map(item => opened('officer', item).officerId), month)
}

/** The month of those of these officers who were paired in it. */
export async function* monthsOf(table: Table, officers: readonly string[], month: Month): AsyncGenerator<OfficerMonth> {
  for (let at = 0; at < officers.length; at += atOnce)
    for (const read of await Promise.all(officers.slice(at, at + atOnce).map(officerId => monthOfOfficer(table, officerId, month)))) if (read.pairings.length > 0) yield read
}
