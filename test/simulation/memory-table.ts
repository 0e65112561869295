import { tableIndexes, type IndexName } from '../../shared/contract/table.ts'
import { Conflict, placeOf, transactionLimit, type Condition, type Item, type Key, type Place, type Query, type Table, type Write } from '../../functions/adapters/table.ts'

const nameOf = (key: Key): string => `${key.pk}\n${key.sk}`
const keyOf = (write: Write): Key => ('put' in write ? write.put : write.delete)
const textOf = (item: Item, attribute: string): string | undefined => (typeof item[attribute] === 'string' ? item[attribute] : undefined)

const holds = (when: Condition, item: Item | undefined): boolean => {
  switch (when) {
    case 'always':
      return true
    case 'new':
      return item === undefined
    default:
      return item?.['version'] === when.version
  }
}

/** The table in memory, with the semantics of the port; a test holds it to the embedded engine's. */
export class MemoryTable implements Table {
  readonly #items = new Map<string, Item>()
  /** Items by index and partition, so that a query does not look at what it does not ask for. */
  readonly #partitions = new Map<string, Map<string, Item>>()

  get(key: Key): Promise<Item | undefined> {
    return Promise.resolve(this.#items.get(nameOf(key)))
  }

  getAll(keys: readonly Key[]): Promise<readonly (Item | undefined)[]> {
    return Promise.resolve(keys.map(key => this.#items.get(nameOf(key))))
  }

  async *query({ index, partition, from, to, descending, after, keysOnly }: Query): AsyncIterable<Item> {
    const sort = sortAttribute(index)
    const comparable = ({ key, pk, sk }: Place): string => [key, pk, sk].join('\n')
    const place = (item: Item): string => comparable(placeOf(item, index))
    const found = [...(this.#partitions.get(`${index ?? 'table'}\n${partition}`)?.values() ?? [])]
      .filter(item => (from === undefined || String(item[sort]) >= from) && (to === undefined || String(item[sort]) <= to))
      .sort((one, other) => (place(one) < place(other) ? -1 : 1) * (descending === true ? -1 : 1))
    for (const item of found) {
      await Promise.resolve()
      const isPast = after === undefined || (descending === true ? place(item) < comparable(after) : place(item) > comparable(after))
      if (isPast) yield keysOnly === true ? keysOf(item, index) : item
    }
  }

  commit(writes: readonly Write[]): Promise<void> {
    if (writes.length > transactionLimit) throw new Error(`a transaction of ${writes.length}`)
    if (new Set(writes.map(write => nameOf(keyOf(write)))).size < writes.length) throw new Error('a transaction names an item twice')
    const refused = writes.map(keyOf).filter((key, at) => !holds(writes[at]?.when ?? 'always', this.#items.get(nameOf(key))))
    if (refused.length > 0) return Promise.reject(new Conflict(refused))
    for (const write of writes) {
      if ('put' in write) this.#put(write.put)
      else this.#remove(write.delete)
    }
    return Promise.resolve()
  }

  putNew(item: Item): Promise<boolean> {
    if (this.#items.has(nameOf(item))) return Promise.resolve(false)
    this.#put(item)
    return Promise.resolve(true)
  }

  /** Everything there is; for invariants only. */
  items(): readonly Item[] {
    return [...this.#items.values()]
  }

  #put(item: Item): void {
    this.#remove(item)
    // Through JSON, as everything that is stored: nothing undefined, nothing shared with the writer.
    const kept = JSON.parse(JSON.stringify(item)) as Item
    this.#items.set(nameOf(kept), kept)
    for (const place of placesOf(kept)) {
      const partition = this.#partitions.get(place) ?? new Map<string, Item>()
      partition.set(nameOf(kept), kept)
      this.#partitions.set(place, partition)
    }
  }

  #remove(key: Key): void {
    const item = this.#items.get(nameOf(key))
    if (item === undefined) return
    for (const place of placesOf(item)) this.#partitions.get(place)?.delete(nameOf(key))
    this.#items.delete(nameOf(key))
  }
}

const sortAttribute = (index: IndexName | undefined): string => (index === undefined ? 'sk' : tableIndexes[index].sort)

/** The keys in the table and in the index, and nothing else. */
const keysOf = (item: Item, index: IndexName | undefined): Item => {
  const { pk, sk } = item
  if (index === undefined) return { pk, sk }
  const { partition, sort } = tableIndexes[index]
  return { pk, sk, [partition]: item[partition], [sort]: item[sort] }
}

const placesOf = (item: Item): string[] => [
  `table\n${item.pk}`,
  ...Object.entries(tableIndexes).flatMap(([name, { partition, sort }]) => {
    const value = textOf(item, partition)
    return value === undefined || textOf(item, sort) === undefined ? [] : [`${name}\n${value}`]
  }),
]
