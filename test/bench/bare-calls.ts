import { BatchGetCommand, GetCommand, QueryCommand, type BatchGetCommandInput, type DynamoDBDocumentClient, type GetCommandInput, type QueryCommandInput } from '@aws-sdk/lib-dynamodb'
import type { Call } from './meter.ts'
import { median } from './report.ts'

const rounds = 40
const inOneRound = 20

/** Milliseconds that each takes, when the two take turns, so that whatever else the machine does falls on both. */
export const inTurns = async (ours: () => Promise<unknown>, bare: () => Promise<unknown>): Promise<[number, number]> => {
  const [timesOfOurs, timesOfBare]: [number[], number[]] = [[], []]
  await timed(ours)
  await timed(bare)
  for (let round = 0; round < rounds; round++) {
    timesOfOurs.push(await timed(ours))
    timesOfBare.push(await timed(bare))
  }
  return [median(timesOfOurs), median(timesOfBare)]
}

/** Milliseconds that one takes. */
const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  for (let at = 0; at < inOneRound; at++) await act()
  return (performance.now() - start) / inOneRound
}

/** The very same calls, in the same order, as many at once. */
export const repeat = async (client: DynamoDBDocumentClient, calls: readonly Call[]): Promise<void> => {
  for (const wave of new Set(calls.map(call => call.wave)))
    await Promise.all(calls.filter(call => call.wave === wave).map(call => send(client, call)))
}

const send = (client: DynamoDBDocumentClient, { command, input }: Call): Promise<unknown> => {
  switch (command) {
    case 'GetItemCommand':
      return client.send(new GetCommand(input as GetCommandInput))
    case 'BatchGetItemCommand':
      return client.send(new BatchGetCommand(input as BatchGetCommandInput))
    case 'QueryCommand':
      return client.send(new QueryCommand(input as QueryCommandInput))
    default:
      throw new Error(`${command} is not a read`)
  }
}
