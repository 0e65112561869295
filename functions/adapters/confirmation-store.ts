import type { Confirmation } from '../../shared/visit/confirmation.ts'
import { sortable } from './shard.ts'
import { stored, unchanged, versionAfter } from './stored.ts'
import type { Item, Key, Query, Write } from './table.ts'

export const confirmationKey = ({ enterpriseId, visitId }: Pick<Confirmation, 'enterpriseId' | 'visitId'>): Key => ({ pk: `CONFIRMATION#${enterpriseId}`, sk: visitId })

const listOf = (came: boolean): string => `CONFIRMATIONS#${came ? 'came' : 'not-come'}`

/** What an enterprise has said of a visit, if it has said nothing since; listed by what it said last. */
export const confirmationWrite = (confirmation: Confirmation, before: Item | undefined): Write => {
  const last = confirmation.answers.at(-1)
  if (last === undefined) throw new Error('a confirmation without an answer')
  return {
    put: stored('confirmation', confirmationKey(confirmation), confirmation, {
      version: versionAfter(before),
      allPk: listOf(last.came),
      allSk: `${sortable(last.at)}#${confirmation.visitId}`,
    }),
    when: unchanged(before),
  }
}

/** Those in which the enterprise said last that the visit took place, or that it did not; the newest answers first. */
export const confirmationsBy = (came: boolean): Query => ({ index: 'all', partition: listOf(came), descending: true })
