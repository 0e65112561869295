import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb'
import { GetCommand, type DynamoDBDocumentClient, type PutCommand } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import { Conflict, tableOf, type Condition, type Item } from '../../functions/adapters/table.ts'

const item: Item = { pk: 'P', sk: 'S', version: 2, words: { said: '是', unsaid: undefined } }
const kept: Item = { pk: 'P', sk: 'S', version: 2, words: { said: '是' } }

const refused = (attempts: number) => new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: { attempts } })

/** A table in which `there` lies and whose puts end in `error`; with what it was asked. */
const tableWith = (there: Item | undefined, error: Error | undefined) => {
  const asked: string[] = []
  const send = (command: GetCommand | PutCommand): Promise<unknown> => {
    asked.push(command.constructor.name)
    if (command instanceof GetCommand) return Promise.resolve({ Item: there })
    return error === undefined ? Promise.resolve({}) : Promise.reject(error)
  }
  return { table: tableOf({ send } as unknown as DynamoDBDocumentClient, 'T'), asked }
}

const conditions: readonly Condition[] = ['new', 'always', { version: 1 }]

test.each(conditions)('a single item is put without a transaction, on the condition %j', async when => {
  const { table, asked } = tableWith(undefined, undefined)
  await table.commit([{ put: item, when }])
  expect(asked).toEqual(['PutCommand'])
})

test.each<[string, Error, Item | undefined, string[]]>([
  ['something else is there', refused(1), { ...kept, words: {} }, ['PutCommand']],
  ['somebody put the same there before', refused(1), kept, ['PutCommand']],
  ['the client has tried again, and another was faster', refused(2), { ...kept, words: {} }, ['PutCommand', 'GetCommand']],
  ['the client has tried again, and it is gone', refused(2), undefined, ['PutCommand', 'GetCommand']],
])('meets a conflict when %s', async (_, error, there, calls) => {
  const { table, asked } = tableWith(there, error)
  await expect(table.commit([{ put: item, when: { version: 1 } }])).rejects.toEqual(new Conflict([item]))
  expect(asked).toEqual(calls)
  expect(await table.putNew(item)).toBe(false)
})

test('meets a conflict when a transaction has hold of it, of which nobody knows what becomes', async () => {
  const held = new TransactionConflictException({ message: 'Transaction is ongoing for the item', $metadata: {} })
  const { table } = tableWith(undefined, held)
  await expect(table.commit([{ put: item, when: 'new' }])).rejects.toEqual(new Conflict([item]))
  await expect(table.putNew(item)).rejects.toBe(held)
})

test('has taken effect when the client, trying again after a lost answer, finds it there', async () => {
  const { table } = tableWith(kept, refused(2))
  await table.commit([{ put: item, when: { version: 1 } }])
  expect(await table.putNew(item)).toBe(true)
})

test('fails as the table fails', async () => {
  const { table } = tableWith(undefined, new Error('out of order'))
  await expect(table.commit([{ put: item, when: 'new' }])).rejects.toThrow('out of order')
  await expect(table.putNew(item)).rejects.toThrow('out of order')
})
