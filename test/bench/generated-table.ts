import { pairingItem } from '../../functions/adapters/roster-store.ts'
import { shardOf, shards } from '../../functions/adapters/shard.ts'
import type { Item, Query, Table } from '../../functions/adapters/table.ts'
import { quotaWrite } from '../../functions/adapters/visit-store.ts'
import { pairingIdOf } from '../../shared/roster/pairing.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'

const month = '2026-03'
const enterprisesEach = 2

const officerIdOf = (number: number): string => `S${String(number).padStart(7, '0')}`

const pairingOf = (number: number, place: number): Item => {
  const pairing = { officerId: officerIdOf(number), enterpriseId: creditCodeOf((number * enterprisesEach + place) % 100_000), startsOn: '2026-01-01' }
  return pairingItem({ ...pairing, pairingId: pairingIdOf(pairing) }, 1)
}

/** Every third officer has been everywhere once, and has nothing to be nudged about. */
const hasVisited = (number: number): boolean => number % 3 === 0

const recordOf = (number: number, place: number): Item => {
  const enterpriseId = creditCodeOf((number * enterprisesEach + place) % 100_000)
  const write = quotaWrite({ officerId: officerIdOf(number), enterpriseId, month, countedVisits: { '2026-03-05': 'a visit' } }, undefined)
  if (!('put' in write)) throw new Error('a record is put')
  return write.put
}

function* itemsOf(officers: number, partition: string): Generator<Item> {
  const [list, shard] = [partition.split('#')[0], partition.split('#').at(-1)]
  if (shard === undefined || !shards.includes(shard)) return
  for (let number = 0; number < officers; number++) {
    if (shardOf(officerIdOf(number)) !== shard) continue
    for (let place = 0; place < enterprisesEach; place++) {
      if (list === 'PAIRINGS') yield pairingOf(number, place)
      if (list === 'QUOTA' && hasVisited(number)) yield recordOf(number, place)
    }
  }
}

/**
 * A table of so many pairings that holds none of them: what is asked for is made up as it is taken, and what is put is
 * forgotten. So memory is the planner's alone.
 */
export const generatedTable = (pairings: number, planned: () => void): Table => ({
  get: () => Promise.resolve(undefined),
  getAll: keys => Promise.resolve(keys.map(() => undefined)),
  // eslint-disable-next-line @typescript-eslint/require-await -- pages come at once here
  query: async function* ({ partition }: Query) {
    yield* itemsOf(pairings / enterprisesEach, partition)
  },
  commit: () => Promise.reject(new Error('the planner commits nothing')),
  putNew: () => {
    planned()
    return Promise.resolve(true)
  },
})
