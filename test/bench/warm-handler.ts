import { BatchGetCommand, GetCommand, QueryCommand, type BatchGetCommandInput, type DynamoDBDocumentClient, type GetCommandInput, type QueryCommandInput } from '@aws-sdk/lib-dynamodb'
import { connect, tableOf } from '../../functions/adapters/table.ts'
import { getIssue, submitIssue } from '../../shared/contract/issues.ts'
import type { Operation } from '../../shared/contract/operation.ts'
import { getQuota } from '../../shared/contract/visits.ts'
import { openEmbeddedTable } from '../integration/embedded-table.ts'
import { aNewIssue } from '../mothers/issue.ts'
import { apiOver, foundDistrict, staff, type Ask } from './campaign.ts'
import { meterOn, type Call } from './meter.ts'
import { atMost, decimals, median, type Row, type Section } from './report.ts'

const rounds = 40
const inOneRound = 20

/**
 * The handler, with everything a request passes, against the bare calls it makes: the very same, in the same order, as
 * many at once. The two take turns, so that whatever else the machine does falls on both.
 */
export const warmHandler = async (): Promise<Section> => {
  const { table, tableName, client: metered, close } = await openEmbeddedTable()
  try {
    await foundDistrict(table)
    const prepare = apiOver(table)
    const { body } = await prepare(submitIssue, { as: staff.officer, body: aNewIssue({ tier: 'A' }) })
    const requests: readonly (readonly [Operation, Ask])[] = [
      [getIssue, { as: staff.officer, params: { issueId: String(body['issueId']) } }],
      [getQuota, { as: staff.officer, query: { month: '2026-03' } }],
    ]
    const meter = meterOn(metered)
    const client = connect()
    const ask = apiOver(tableOf(client, tableName))
    const rows: Row[] = []
    for (const [op, request] of requests) {
      const { calls } = await meter(() => prepare(op, request))
      const [ours, bare] = await inTurns(() => ask(op, request), () => repeat(client, calls))
      rows.push([op.id, String(calls.length), decimals(ours, 2), decimals(bare, 2), ...atMost(ours / bare, 1.5)])
    }
    client.destroy()
    return {
      title: '1. A warm handler against the bare calls it makes',
      columns: ['operation', 'calls', 'handler, ms', 'bare, ms', 'ratio', 'aim', ''],
      rows,
    }
  } finally {
    await close()
  }
}

const inTurns = async (ours: () => Promise<unknown>, bare: () => Promise<unknown>): Promise<[number, number]> => {
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

const repeat = async (client: DynamoDBDocumentClient, calls: readonly Call[]): Promise<void> => {
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
