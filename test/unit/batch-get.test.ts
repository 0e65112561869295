import type { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import { tableOf, Unprocessed, type Key } from '../../functions/adapters/table.ts'

const keys: readonly Key[] = ['1', '2', '3', '4'].map(sk => ({ pk: 'P', sk }))

/** A table that answers so many of the keys it is asked for, and leaves the others; with what it was asked, and each pause. */
const tableAnswering = (some: readonly number[]) => {
  const rest = [...some]
  const asked: string[][] = []
  const pauses: number[] = []
  const send = ({ input }: BatchGetCommand): Promise<unknown> => {
    const wanted = (input.RequestItems?.['T']?.Keys ?? []) as unknown as Key[]
    asked.push(wanted.map(({ sk }) => sk))
    const count = rest.shift() ?? 0
    const left = wanted.slice(count)
    return Promise.resolve({ Responses: { T: wanted.slice(0, count) }, UnprocessedKeys: left.length === 0 ? {} : { T: { Keys: left } } })
  }
  const pause = (tries: number): Promise<void> => {
    pauses.push(tries)
    return Promise.resolve()
  }
  return { table: tableOf({ send } as unknown as DynamoDBDocumentClient, 'T', pause), asked, pauses }
}

test('what a batch leaves unprocessed is asked for again after a pause', async () => {
  const { table, asked, pauses } = tableAnswering([1, 0, 3])
  expect(await table.getAll(keys)).toEqual(keys)
  expect(asked).toEqual([['1', '2', '3', '4'], ['2', '3', '4'], ['2', '3', '4']])
  expect(pauses).toEqual([1, 2])
})

test('a table that goes on leaving keys is not asked for ever', async () => {
  const { table, asked, pauses } = tableAnswering([1])
  await expect(table.getAll(keys)).rejects.toThrow(Unprocessed)
  expect(asked).toHaveLength(8)
  expect(pauses).toEqual([1, 2, 3, 4, 5, 6, 7])
})
