import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'

/** What was asked of the table: capacity units, and calls by command. */
export interface Spent {
  readonly reads: number
  readonly writes: number
  readonly calls: readonly { readonly command: string; readonly input: object }[]
}

const readCommands = new Set(['GetItemCommand', 'BatchGetItemCommand', 'QueryCommand', 'GetCommand', 'BatchGetCommand'])

const unitsOf = (consumed: ConsumedCapacity | readonly ConsumedCapacity[] | undefined): number => {
  const each = consumed === undefined ? [] : 'length' in consumed ? consumed : [consumed]
  return each.reduce((total, { CapacityUnits = 0 }) => total + CapacityUnits, 0)
}

/**
 * Has the table say what each call of the client costs, index writes included, and adds it up. Returns a function that
 * tells what an act has spent; one act at a time.
 */
export const meterOn = (client: DynamoDBDocumentClient) => {
  let spent = { reads: 0, writes: 0, calls: [] as { command: string; input: object }[] }
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async args => {
        const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } })
        const { ConsumedCapacity: consumed } = result.output as { ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[] }
        spent[readCommands.has(commandName) ? 'reads' : 'writes'] += unitsOf(consumed)
        spent.calls.push({ command: commandName, input: args.input })
        return result
      },
    { step: 'initialize', name: 'meter', priority: 'high' },
  )
  return async (act: () => Promise<unknown>): Promise<Spent> => {
    spent = { reads: 0, writes: 0, calls: [] }
    await act()
    return spent
  }
}
export type Meter = ReturnType<typeof meterOn>
