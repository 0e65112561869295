import { placeOf, type Item, type Place, type Query, type Table } from '../adapters/table.ts'
import type { Cursors } from './cursor.ts'
import type { Paging } from './input.ts'

/** How many items one request looks at while it filters; then it answers with what it has and a cursor to go on. */
const examinedAtMost = 2_000

/**
 * One page of a list. `shown` gives what the client sees of an item, or nothing where the filter leaves it out.
 * A page can be short, even empty, and still carry a cursor: the list ends where there is none.
 *
 * Of several queries, all in the same order, the page holds what any of them gives, each item once.
 */
export const listPage = async <T>(
  table: Table,
  queries: Query | readonly Query[],
  paging: Paging,
  cursors: Cursors,
  shown: (item: Item) => T | undefined | Promise<T | undefined>,
): Promise<{ items: T[]; nextCursor?: string }> => {
  const sources = 'partition' in queries ? [queries] : queries
  // Bound to the partitions too: what a query reads may depend on the caller's roles, and those change.
  const boundTo = [paging.boundTo, ...sources.map(({ index, partition }) => `${index ?? ''}\n${partition}`)].join('\n')
  const begin = paging.cursor === undefined ? undefined : cursors.open(paging.cursor, boundTo)
  const pageSize = Math.max(paging.limit + 1, 100)
  const items: T[] = []
  let examined = 0
  let last = begin
  for await (const { item, place } of inOrder(table, sources, begin, pageSize)) {
    if (last !== undefined && examined > 0 && (items.length === paging.limit || examined === examinedAtMost)) return { items, nextCursor: cursors.seal(last, boundTo) }
    const view = await shown(item)
    if (view !== undefined) items.push(view)
    examined += 1
    last = place
  }
  return { items }
}

/** The items of several queries in the order of their sort keys; one that several of them hold comes once. */
export async function* inOrder(
  table: Table,
  queries: readonly Query[],
  begin: Place | undefined,
  pageSize: number,
): AsyncGenerator<{ readonly item: Item; readonly place: Place }> {
  const descending = queries.some(query => query.descending === true)
  const sources = queries.map(query => {
    // One place for all: what has moved from one query to another in the meantime is not met again.
    const after = begin === undefined ? {} : { after: begin }
    return { query, items: table.query({ ...query, ...after, pageSize })[Symbol.asyncIterator]() }
  })
  const headOf = async (source: (typeof sources)[number]) => {
    const next = await source.items.next()
    return next.done === true ? [] : [{ ...source, item: next.value, place: placeOf(next.value, source.query.index) }]
  }
  let heads = (await Promise.all(sources.map(headOf))).flat()
  while (heads.length > 0) {
    const { item, place } = heads.reduce((best, one) => ((descending ? one.place.key > best.place.key : one.place.key < best.place.key) ? one : best))
    yield { item, place }
    heads = (await Promise.all(heads.map(async head => (head.place.key === place.key ? headOf(head) : [head])))).flat()
  }
}
