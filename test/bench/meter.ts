import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'

export interface Call {
  readonly command: string
  readonly input: object
  readonly units: number
  /** Calls of one wave were under way together; a later wave waited for an earlier one. */
  readonly wave: number
}

/** What was asked of the table: capacity units, and each call. */
export interface Spent {
  readonly reads: number
  readonly writes: number
  readonly calls: readonly Call[]
}

const readCommands = new Set(['GetItemCommand', 'BatchGetItemCommand', 'QueryCommand'])

const unitsOf = (consumed: ConsumedCapacity | readonly ConsumedCapacity[] | undefined): number => {
  const each = consumed === undefined ? [] : 'length' in consumed ? consumed : [consumed]
  return each.reduce((total, { CapacityUnits = 0 }) => total + CapacityUnits, 0)
}

const total = (calls: readonly Call[]): number => calls.reduce((sum, { units }) => sum + units, 0)

/**
 * Has the table say what each call of the client costs, index writes included, and adds it up. Returns a function that
 * tells what an act has spent; one act at a time.
 */
export const meterOn = (client: DynamoDBDocumentClient) => {
  let calls: Call[] = []
  let underWay = 0
  let wave = 0
  client.middlewareStack.add(
    (next, { commandName: command = '' }) =>
      async args => {
        if (underWay === 0) wave += 1
        underWay += 1
        const ownWave = wave
        const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } }).finally(() => (underWay -= 1))
        const { ConsumedCapacity: consumed } = result.output as { ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[] }
        calls.push({ command, input: args.input, units: unitsOf(consumed), wave: ownWave })
        return result
      },
    { step: 'initialize', name: 'meter', priority: 'high' },
  )
  return async (act: () => Promise<unknown>): Promise<Spent> => {
    calls = []
    wave = 0
    await act()
    const isRead = ({ command }: Call): boolean => readCommands.has(command)
    return { reads: total(calls.filter(isRead)), writes: total(calls.filter(call => !isRead(call))), calls }
  }
}
export type Meter = ReturnType<typeof meterOn>
