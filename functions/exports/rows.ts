import type { Month } from '../../shared/calendar/date.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import type { LedgerRow, QuotaRow, VisitRow } from '../../shared/report/books.ts'
import { quotasOf, touchesMonth, type Quota } from '../../shared/visit/quota.ts'
import type { Visit } from '../../shared/visit/visit.ts'
import { concurrently, inLots } from '../adapters/concurrently.ts'
import { issueKey } from '../adapters/issue-store.ts'
import { monthsInOrder, monthsOf } from '../adapters/month-store.ts'
import { rosterQueries } from '../adapters/roster-store.ts'
import { opened } from '../adapters/stored.ts'
import type { Item, Query, Table } from '../adapters/table.ts'
import { visitQueries } from '../adapters/visit-store.ts'
import { inOrder } from '../http/list.ts'
import { namesIn, type Named } from './names.ts'

/** So many rows are completed together, with one look at the roster. */
const rowsTogether = 100

/** So many lists are read side by side. */
const listsTogether = 16

/** The records of an export as rows, with the names they need. What is kept in memory is a batch, and the names. */
async function* withNames<T, R>(table: Table, records: AsyncIterable<T>, needs: (record: T) => Named, row: (record: T, names: ReturnType<typeof namesIn>) => R): AsyncGenerator<R> {
  const names = namesIn(table)
  for await (const batch of inLots(records, rowsTogether)) {
    const needed = batch.map(needs)
    await names.learn({
      enterprises: needed.flatMap(({ enterprises = [] }) => enterprises),
      officers: needed.flatMap(({ officers = [] }) => officers),
      departments: needed.flatMap(({ departments = [] }) => departments),
    })
    for (const record of batch) yield row(record, names)
  }
}

/** The rows of the ledger for these issues. */
export const ledgerRows = (table: Table, issues: AsyncIterable<Issue>): AsyncIterable<LedgerRow> =>
  withNames(
    table,
    issues,
    ({ enterpriseId, officerId, firstDepartmentId, leadDepartmentId }) => ({ enterprises: [enterpriseId], officers: [officerId], departments: [firstDepartmentId, leadDepartmentId] }),
    (issue, names) => ({
      issue,
      enterprise: names.enterprise(issue.enterpriseId),
      officer: names.officer(issue.officerId),
      firstDepartment: names.department(issue.firstDepartmentId),
      leadDepartment: names.department(issue.leadDepartmentId),
    }),
  )

/** The rows of these visits. */
export const visitRows = (table: Table, visits: AsyncIterable<Visit>): AsyncIterable<VisitRow> =>
  withNames(
    table,
    visits,
    visit => ({ enterprises: [visit.enterpriseId], officers: [visit.officerId, visit.recordedBy, ...(visit.with ?? [])] }),
    (visit, names) => ({
      visit,
      enterprise: names.enterprise(visit.enterpriseId),
      officer: names.officer(visit.officerId),
      department: names.departmentOfOfficer(visit.officerId),
      companions: (visit.with ?? []).map(names.officer),
      recordedBy: names.officer(visit.recordedBy),
    }),
  )

/** The rows of these lines of the quota. */
export const quotaRows = (table: Table, quotas: AsyncIterable<Quota>): AsyncIterable<QuotaRow> =>
  withNames(
    table,
    quotas,
    ({ enterpriseId, officerId }) => ({ enterprises: [enterpriseId], officers: [officerId] }),
    (quota, names) => ({ quota, enterprise: names.enterprise(quota.enterpriseId), officer: names.officer(quota.officerId), department: names.departmentOfOfficer(quota.officerId) }),
  )

/** The counted visits of the whole district's month, by what is kept for the quota: no more than were recorded. */
export async function* countedVisitsIn(table: Table, month: Month): AsyncGenerator<string> {
  for (const shard of visitQueries.quotaShards(month)) for await (const item of table.query(shard)) yield* Object.values(opened('quota', item).countedVisits)
}

/** How many there are, counted no further than one beyond the limit. */
export const countedUpTo = async (items: AsyncIterable<unknown>, most: number): Promise<number> => {
  let count = 0
  for await (const _ of items) if ((count += 1) > most) break
  return count
}

/** Of several lists those that hold anything, and how many items they hold together: counted no further than one beyond the limit. */
export const surveyed = async (table: Table, lists: readonly Query[], most: number): Promise<{ readonly count: number; readonly lists: readonly Query[] }> => {
  const holding = new Set<Query>()
  let count = 0
  await concurrently(lists, listsTogether, async list => {
    if (count > most) return
    for await (const _ of table.query({ ...list, keysOnly: true })) {
      holding.add(list)
      if ((count += 1) > most) return
    }
  })
  return { count, lists: lists.filter(list => holding.has(list)) }
}

/**
 * The visits that these lists hold, list by list. While one is read, the first page of the next few is on its way: most lists
 * are shorter than a page, and each would be waited for by itself.
 */
export async function* visitsIn(table: Table, lists: readonly Query[]): AsyncGenerator<Visit> {
  const begun: { readonly items: AsyncIterator<Item>; readonly first: Promise<IteratorResult<Item>> }[] = []
  const begin = (list: Query | undefined): void => {
    if (list === undefined) return
    const items = table.query(list)[Symbol.asyncIterator]()
    const first = items.next()
    // Whoever comes to it hears of a failure; that nobody has come yet is none.
    first.catch(() => undefined)
    begun.push({ items, first })
  }
  for (const list of lists.slice(0, listsTogether)) begin(list)
  for (let next = listsTogether, list = begun.shift(); list !== undefined; next += 1, list = begun.shift()) {
    begin(lists[next])
    for (let item = await list.first; item.done !== true; item = await list.items.next()) yield opened('visit', item.value)
  }
}

/** The issues that these queries hold between them, in order, each once. */
export async function* issuesIn(table: Table, queries: readonly Query[]): AsyncGenerator<Issue> {
  for await (const batch of inLots(inOrder(table, queries, undefined, rowsTogether), rowsTogether)) {
    // What a department only assists with leads to its issue.
    const led = batch.map(({ item }) => (item['shape'] === 'assist' ? opened('assist', item).issueId : undefined))
    const issues = await table.getAll(led.flatMap(id => (id === undefined ? [] : [issueKey(id)])))
    let at = 0
    for (const [nth, { item }] of batch.entries()) {
      const found = led[nth] === undefined ? item : issues[at++]
      if (found !== undefined) yield opened('issue', found)
    }
  }
}

/** Keys of what these queries hold between them, each once. */
export const keysIn = (table: Table, queries: readonly Query[]): AsyncIterable<unknown> => inOrder(table, queries.map(query => ({ ...query, keysOnly: true })), undefined, 1_000)

/** The pairings that touch the month: of these officers, or of the whole district. There are as many lines of the quota at most. */
export async function* pairingsIn(table: Table, officers: readonly string[] | undefined, month: Month): AsyncGenerator {
  for (const list of officers?.map(rosterQueries.pairingsOfOfficer) ?? rosterQueries.pairingShards)
    for await (const item of table.query(list)) if (touchesMonth(opened('pairing', item), month)) yield item
}

/** The lines of the quota: of these officers, or of the whole district in order of their staff numbers. */
export async function* quotasIn(table: Table, officers: readonly string[] | undefined, month: Month, policy: Policy): AsyncGenerator<Quota> {
  for await (const { pairings, records } of officers === undefined ? monthsInOrder(table, month) : monthsOf(table, officers, month)) yield* quotasOf(pairings, records, month, policy)
}

/** The lists of the visits of these officers in a month. */
export const visitLists = (officers: readonly string[], month: Month): readonly Query[] => officers.map(officerId => visitQueries.ofOfficer(officerId, month))
