import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { all, Conflict, placeOf, transactionLimit, type Item, type Key, type Query, type Table, type Write } from '../../functions/adapters/table.ts'
import { tableIndexes, type IndexName } from '../../shared/contract/table.ts'
import { MemoryTable } from '../simulation/memory-table.ts'
import { openEmbeddedTable } from './embedded-table.ts'

/** A table of its own kind, opened once for all its tests; every test keeps to a partition of its own. */
const kinds: readonly { name: string; open: () => Promise<{ table: Table; close: () => Promise<void> }> }[] = [
  { name: 'the embedded engine', open: openEmbeddedTable },
  { name: 'the table in memory', open: () => Promise.resolve({ table: new MemoryTable(), close: () => Promise.resolve() }) },
]

let partitions = 0
const ownPartition = (): string => `P${(partitions += 1)}`

const numbered = (pk: string, count: number): Item[] => Array.from({ length: count }, (_, at) => ({ pk, sk: String(at).padStart(4, '0'), number: at }))

/** The keys a commit was refused for, or nothing when it was done. Thrown at once or later is all the same. */
const refusedKeys = async (table: Table, writes: readonly Write[]): Promise<Key[]> => {
  try {
    await table.commit(writes)
    return []
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return error.keys.map(({ pk, sk }) => ({ pk, sk }))
  }
}

const putAll = async (table: Table, items: readonly Item[]): Promise<void> => {
  for (let at = 0; at < items.length; at += transactionLimit)
    await table.commit(items.slice(at, at + transactionLimit).map(put => ({ put, when: 'always' })))
}

describe.each(kinds)('$name', ({ open }) => {
  let table: Table
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ table, close } = await open())
  })
  afterAll(() => close())

  const sortKeys = async (query: Query): Promise<string[]> => (await all(table.query(query))).map(item => item.sk)

  describe('get and getAll', () => {
    it('give what was put, whole, and nothing where nothing is', async () => {
      const key = { pk: ownPartition(), sk: 'a' }
      const item = { ...key, version: 1, data: { text: '曲江𠮷😀', list: [1, 'two', false, null], empty: '', nested: { deep: [] } } }
      expect(await table.get(key)).toBeUndefined()
      await table.commit([{ put: item, when: 'always' }])
      expect(await table.get(key)).toEqual(item)
      expect(await table.get({ ...key, sk: 'b' })).toBeUndefined()
    })

    it('leave out what is undefined', async () => {
      const key = { pk: ownPartition(), sk: 'a' }
      await table.commit([{ put: { ...key, data: { some: 1, none: undefined } }, when: 'always' }])
      expect(await table.get(key)).toStrictEqual({ ...key, data: { some: 1 } })
    })

    it('answer in the order asked, duplicates and gaps included, beyond one batch', async () => {
      const pk = ownPartition()
      const items = numbered(pk, 250)
      await putAll(table, items)
      const asked = [...items.toReversed(), { pk, sk: 'nothing' }, ...items.slice(0, 3), ...items.slice(0, 3)].map(({ pk, sk }) => ({ pk, sk }))
      const found = await table.getAll(asked)
      expect(found.map(item => item?.sk)).toEqual(asked.map(({ sk }) => (sk === 'nothing' ? undefined : sk)))
      expect(await table.getAll([])).toEqual([])
    })
  })

  describe('query', () => {
    const pk = 'QUERY'
    beforeAll(() => putAll(table, [...numbered(pk, 10), { pk: 'QUERY-OTHER', sk: '0005' }]))

    it.each<{ what: string; query: Partial<Query>; expected: number[] }>([
      { what: 'everything, in order', query: {}, expected: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
      { what: 'from', query: { from: '0007' }, expected: [7, 8, 9] },
      { what: 'from between two', query: { from: '0006x' }, expected: [7, 8, 9] },
      { what: 'to', query: { to: '0002' }, expected: [0, 1, 2] },
      { what: 'from and to', query: { from: '0003', to: '0005' }, expected: [3, 4, 5] },
      { what: 'an empty range', query: { from: '0003x', to: '0003y' }, expected: [] },
      { what: 'descending', query: { descending: true }, expected: [9, 8, 7, 6, 5, 4, 3, 2, 1, 0] },
      { what: 'descending within', query: { descending: true, from: '0003', to: '0005' }, expected: [5, 4, 3] },
      { what: 'after', query: { after: { pk, sk: '0006', key: '0006' } }, expected: [7, 8, 9] },
      { what: 'after, descending', query: { after: { pk, sk: '0003', key: '0003' }, descending: true }, expected: [2, 1, 0] },
      { what: 'after, within', query: { after: { pk, sk: '0004', key: '0004' }, from: '0002', to: '0006' }, expected: [5, 6] },
      { what: 'small pages', query: { pageSize: 3 }, expected: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
      { what: 'small pages, descending', query: { pageSize: 4, descending: true }, expected: [9, 8, 7, 6, 5, 4, 3, 2, 1, 0] },
      { what: 'a partition that is empty', query: { partition: 'QUERY-EMPTY' }, expected: [] },
    ])('$what', async ({ query, expected }) => {
      expect(await sortKeys({ partition: pk, ...query })).toEqual(expected.map(at => String(at).padStart(4, '0')))
    })

    it('gives more than one megabyte, which is what one call answers', async () => {
      const partition = ownPartition()
      const items = numbered(partition, 40).map(item => ({ ...item, data: '字'.repeat(20_000) }))
      for (let at = 0; at < items.length; at += 10) await putAll(table, items.slice(at, at + 10))
      expect(await sortKeys({ partition })).toEqual(items.map(item => item.sk))
    })

    it('can be left off half way', async () => {
      const seen: string[] = []
      for await (const { sk } of table.query({ partition: pk, pageSize: 2 })) {
        seen.push(sk)
        if (seen.length === 5) break
      }
      expect(seen).toEqual(['0000', '0001', '0002', '0003', '0004'])
    })
  })

  describe.each(Object.keys(tableIndexes) as IndexName[])('the index %s', index => {
    const { partition, sort, projection } = tableIndexes[index]
    const listed = (pk: string, list: string, at: number): Item => ({ pk, sk: `S${at}`, version: 1, [partition]: list, [sort]: `2026-03-0${at}`, data: at })

    it('lists in its own order what has its keys, across partitions', async () => {
      const list = ownPartition()
      const items = [4, 2, 3, 1].map(at => listed(ownPartition(), list, at))
      await putAll(table, [...items, { pk: ownPartition(), sk: 'unlisted' }, { ...listed(ownPartition(), list, 5), [partition]: 'elsewhere' }])
      expect(await sortKeys({ index, partition: list })).toEqual(['S1', 'S2', 'S3', 'S4'])
      expect(await sortKeys({ index, partition: list, to: '2026-03-02~' })).toEqual(['S1', 'S2'])
      expect(await sortKeys({ index, partition: list, from: '2026-03-02', to: '2026-03-03', descending: true })).toEqual(['S3', 'S2'])
    })

    it('goes on where a page ended, also among equal sort keys', async () => {
      const list = ownPartition()
      const items = Array.from({ length: 6 }, (_, at) => ({ ...listed(`${list}-${at}`, list, 1), sk: `S${at}` }))
      await putAll(table, items)
      for (const descending of [false, true]) {
        const whole = await all(table.query({ index, partition: list, descending }))
        expect(whole).toHaveLength(6)
        const third = whole[2]
        if (third === undefined) throw new Error('unreachable')
        const rest = await all(table.query({ index, partition: list, descending, after: placeOf(third, index), pageSize: 2 }))
        expect(rest.map(item => item.sk)).toEqual(whole.slice(3).map(item => item.sk))
      }
    })

    it('forgets what has lost its keys, and what is gone', async () => {
      const list = ownPartition()
      const [one, other] = [listed(ownPartition(), list, 1), listed(ownPartition(), list, 2)]
      await putAll(table, [one, other])
      await table.commit([{ put: { pk: one.pk, sk: one.sk, version: 2 }, when: 'always' }, { delete: other, when: 'always' }])
      expect(await sortKeys({ index, partition: list })).toEqual([])
    })

    it('gives the keys at least, and the content where it is projected', async () => {
      const list = ownPartition()
      const item = listed(ownPartition(), list, 1)
      await putAll(table, [item])
      const [found] = await all(table.query({ index, partition: list }))
      expect(found).toMatchObject({ pk: item.pk, sk: item.sk, [partition]: list, [sort]: item[sort] })
      if (projection === 'ALL') expect(found).toEqual(item)
    })
  })

  describe('commit', () => {
    it('puts something new once', async () => {
      const item = { pk: ownPartition(), sk: 'a', version: 1 }
      expect(await refusedKeys(table, [{ put: item, when: 'new' }])).toEqual([])
      expect(await refusedKeys(table, [{ put: { ...item, version: 9 }, when: 'new' }])).toEqual([{ pk: item.pk, sk: 'a' }])
      expect(await table.get(item)).toEqual(item)
    })

    it('puts and deletes always, whatever is there', async () => {
      const item = { pk: ownPartition(), sk: 'a', version: 1 }
      await table.commit([{ delete: item, when: 'always' }])
      await table.commit([{ put: item, when: 'always' }])
      await table.commit([{ put: { ...item, version: 2 }, when: 'always' }])
      expect(await table.get(item)).toEqual({ ...item, version: 2 })
      await table.commit([{ delete: item, when: 'always' }])
      expect(await table.get(item)).toBeUndefined()
    })

    it('replaces the version it has seen, and no other', async () => {
      const item = { pk: ownPartition(), sk: 'a', version: 1 }
      const next = { ...item, version: 2 }
      expect(await refusedKeys(table, [{ put: next, when: { version: 1 } }])).toHaveLength(1)
      await table.commit([{ put: item, when: 'new' }])
      expect(await refusedKeys(table, [{ put: next, when: { version: 1 } }])).toEqual([])
      expect(await refusedKeys(table, [{ put: next, when: { version: 1 } }])).toHaveLength(1)
      expect(await refusedKeys(table, [{ delete: item, when: { version: 1 } }])).toHaveLength(1)
      expect(await refusedKeys(table, [{ delete: item, when: { version: 2 } }])).toEqual([])
    })

    it('names every item that has changed, and writes nothing then', async () => {
      const pk = ownPartition()
      const [one, two, three] = [{ pk, sk: '1', version: 1 }, { pk, sk: '2', version: 1 }, { pk, sk: '3', version: 1 }]
      await table.commit([{ put: one, when: 'new' }, { put: two, when: 'new' }])
      const refused = await refusedKeys(table, [
        { put: one, when: 'new' },
        { put: three, when: 'new' },
        { put: { ...two, version: 6 }, when: { version: 5 } },
      ])
      expect(refused).toEqual([{ pk, sk: '1' }, { pk, sk: '2' }])
      expect(await sortKeys({ partition: pk })).toEqual(['1', '2'])
    })

    it('takes a hundred writes, and refuses one more as a fault of the program', async () => {
      const pk = ownPartition()
      const writes = (count: number): Write[] => numbered(pk, count).map(put => ({ put, when: 'always' }))
      const commit = async (count: number) => table.commit(writes(count))
      await expect(commit(transactionLimit + 1)).rejects.not.toBeInstanceOf(Conflict)
      expect(await sortKeys({ partition: pk })).toEqual([])
      await commit(transactionLimit)
      expect(await sortKeys({ partition: pk })).toHaveLength(transactionLimit)
      await commit(0)
    })

    it('refuses to write one item twice', async () => {
      const item = { pk: ownPartition(), sk: 'a' }
      const twice = async () => table.commit([{ put: item, when: 'always' }, { delete: item, when: 'always' }])
      await expect(twice()).rejects.not.toBeInstanceOf(Conflict)
    })
  })

  it('puts a new item once, of however many that try', async () => {
    const pk = ownPartition()
    const outcomes = await Promise.all(numbered(pk, 20).map(item => table.putNew({ ...item, sk: 'same' })))
    expect(outcomes.filter(Boolean)).toHaveLength(1)
    expect(await table.putNew({ pk, sk: 'another' })).toBe(true)
  })

  it('loses no update of a hundred writers at once on one item', async () => {
    const key = { pk: ownPartition(), sk: 'counter' }
    await table.commit([{ put: { ...key, version: 0, by: [] }, when: 'new' }])
    const write = async (writer: number): Promise<void> => {
      for (;;) {
        const item = await table.get(key)
        const version = Number(item?.['version'])
        const by = [...(item?.['by'] as number[]), writer]
        const refused = await refusedKeys(table, [{ put: { ...key, version: version + 1, by }, when: { version } }])
        if (refused.length === 0) return
        // Each waits a time of its own, or they would all meet again.
        await setTimeout(writer)
      }
    }
    const writers = Array.from({ length: 100 }, (_, at) => at)
    await Promise.all(writers.map(write))
    const item = await table.get(key)
    expect(item?.['version']).toBe(100)
    expect((item?.['by'] as number[]).sort((one, other) => one - other)).toEqual(writers)
  })
})
