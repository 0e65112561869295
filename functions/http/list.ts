import { positionOf, type Item, type Query, type Table } from '../adapters/table.ts'
import type { Cursors } from './cursor.ts'
import type { Paging } from './input.ts'

/** How many items one request looks at while it filters; then it answers with what it has and a cursor to go on. */
const examinedAtMost = 2_000

/**
 * One page of a list. `shown` gives what the client sees of an item, or nothing where the filter leaves it out.
 * A page can be short, even empty, and still carry a cursor: the list ends where there is none.
 */
export const listPage = async <T>(
  table: Table,
  query: Query,
  paging: Paging,
  cursors: Cursors,
  shown: (item: Item) => T | undefined,
): Promise<{ items: T[]; nextCursor?: string }> => {
  // Bound to the partition too: what a query reads may depend on the caller's roles, and those change.
  const boundTo = `${paging.boundTo}\n${query.index ?? ''}\n${query.partition}`
  const after = paging.cursor === undefined ? {} : { after: cursors.open(paging.cursor, boundTo) }
  const items: T[] = []
  let examined = 0
  let last: Item | undefined
  for await (const item of table.query({ ...query, ...after, pageSize: Math.max(paging.limit + 1, 100) })) {
    if (last !== undefined && (items.length === paging.limit || examined === examinedAtMost))
      return { items, nextCursor: cursors.seal(positionOf(last, query.index), boundTo) }
    const view = shown(item)
    if (view !== undefined) items.push(view)
    examined += 1
    last = item
  }
  return { items }
}
