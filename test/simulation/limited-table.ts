import type { Table } from '../../functions/adapters/table.ts'

/** The partition keys under which a function may put items and delete them; `*` stands for whatever follows. */
interface Permitted {
  readonly writes: 'anything' | readonly string[]
  readonly deletes?: readonly string[]
}

const isUnder = (pk: string, patterns: readonly string[]): boolean => patterns.some(pattern => (pattern.endsWith('*') ? pk.startsWith(pattern.slice(0, -1)) : pk === pattern))

/** The table as it is for a function that is permitted no more than this. */
export const limitedTo = ({ writes, deletes = [] }: Permitted, table: Table): Table => {
  const demand = (what: string, pk: string, patterns: Permitted['writes']): void => {
    if (patterns !== 'anything' && !isUnder(pk, patterns)) throw new Error(`${pk} is not to be ${what}`)
  }
  return {
    get: key => table.get(key),
    getAll: keys => table.getAll(keys),
    query: query => table.query(query),
    putNew: async item => {
      demand('written', item.pk, writes)
      return table.putNew(item)
    },
    commit: async parts => {
      for (const part of parts)
        if ('put' in part) demand('written', part.put.pk, writes)
        else demand('deleted', part.delete.pk, deletes)
      return table.commit(parts)
    },
  }
}
