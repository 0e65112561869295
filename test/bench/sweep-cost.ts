import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { decisionWrites, issueQueries } from '../../functions/adapters/issue-store.ts'
import type { Item, Table } from '../../functions/adapters/table.ts'
import { sweep } from '../../functions/escalation-sweep/handler.ts'
import { openEmbeddedTable, type EmbeddedTable } from '../integration/embedded-table.ts'
import { dispatch } from '../mothers/issue.ts'
import { at, zone } from '../mothers/moment.ts'
import { adminEmail, foundDistrict } from './campaign.ts'
import { meterOn } from './meter.ts'
import { atMost, decimals, median, thousands, type Section } from './report.ts'

const sizes = [1_000, 100_000] as const
const due = 200
const now = at('2026-03-04 09:00')

interface Cost {
  readonly findingUnits: number
  readonly findingMilliseconds: number
  readonly reads: number
  readonly writes: number
  readonly seconds: number
}

/** One sweep with so many issues due, among few open ones and among many. */
export const sweepCost = async (): Promise<Section> => {
  // The first one is for the machine to warm up.
  await costAmong(sizes[0])
  const [few, many] = [await costAmong(sizes[0]), await costAmong(sizes[1])]
  const ratio = (of: (cost: Cost) => number, aim = 1): [string, string, string] => atMost(of(many) / of(few), aim)
  return {
    title: `4. A sweep with ${due} issues due among ${sizes.map(thousands).join(' and ')} open ones`,
    columns: ['', thousands(sizes[0]), thousands(sizes[1]), 'ratio', 'aim', ''],
    rows: [
      ['finding, read units per due item', ...[few, many].map(cost => decimals(cost.findingUnits / due, 4)), '', '≤ 0.03', many.findingUnits / due <= 0.03 ? 'met' : 'MISSED'],
      ['whole sweep, read units', String(few.reads), String(many.reads), ...ratio(cost => cost.reads)],
      ['whole sweep, write units', String(few.writes), String(many.writes), ...ratio(cost => cost.writes)],
      ['finding, ms', decimals(few.findingMilliseconds, 1), decimals(many.findingMilliseconds, 1), ...ratio(cost => cost.findingMilliseconds, 1.5)],
      ['whole sweep, s', decimals(few.seconds, 2), decimals(many.seconds, 2), ...ratio(cost => cost.seconds, 1.5)],
    ],
    remarks: ['Units must be the same; the times are those of the embedded engine, whose trees grow a little deeper.'],
  }
}

const costAmong = async (open: number): Promise<Cost> => {
  const embedded = await openEmbeddedTable()
  try {
    await load(embedded, open)
    const { table, client } = embedded
    const times: number[] = []
    for (let round = 0; round < 9; round++) times.push(await timeFinding(table))
    const start = performance.now()
    const spent = await meterOn(client)(async () => {
      const report = await sweep(now, { table, timeZone: zone, adminEmail, failed: reportFailure })
      if (report.advanced !== due) throw new Error(`${report.advanced} issues were advanced, not ${due}`)
    })
    const findings = spent.calls.filter(({ input }) => 'IndexName' in input && input.IndexName === 'due')
    return {
      findingUnits: findings.reduce((total, { units }) => total + units, 0),
      findingMilliseconds: median(times),
      reads: spent.reads,
      writes: spent.writes,
      seconds: (performance.now() - start) / 1000,
    }
  } finally {
    await embedded.close()
  }
}

const reportFailure = (issueId: string, error: unknown): void => {
  throw new Error(`${issueId} was not advanced`, { cause: error })
}

const timeFinding = async (table: Table): Promise<number> => {
  const start = performance.now()
  for (const query of issueQueries.dueAt(now)) for await (const _ of table.query(query));
  return performance.now() - start
}

/** Issues whose acceptance was missed, and issues of this morning, which nothing is due of for days. */
const load = async ({ table, client, tableName }: EmbeddedTable, open: number): Promise<void> => {
  await foundDistrict(table)
  const [late, fresh] = [dispatch(), dispatch({ on: '2026-03-04 08:45' })]
  const itemOf = (number: number): Item => {
    const decision = number < due ? late : fresh
    const issueId = `2026-${String(number).padStart(6, '0')}`
    const [write] = decisionWrites({ ...decision, issue: { ...decision.issue, issueId } }, undefined)
    if (write === undefined || !('put' in write)) throw new Error('a decision puts its issue first')
    return number < due ? write.put : withoutLists(write.put)
  }
  const starts = Array.from({ length: Math.ceil(open / inOneCall) }, (_, call) => call * inOneCall)
  const writeOn = async (): Promise<void> => {
    for (let start = starts.pop(); start !== undefined; start = starts.pop())
      await writeBatch(client, tableName, Array.from({ length: Math.min(inOneCall, open - start) }, (_, place) => itemOf(start + place)))
  }
  await Promise.all([writeOn(), writeOn(), writeOn()])
}

/** BatchWriteItem's limit. */
const inOneCall = 25

/** Out of the ledger's lists, which a sweep never reads: loading takes half as long. */
const withoutLists = (item: Item): Item => {
  const lists = ['all', 'department', 'officer', 'enterprise']
  return Object.fromEntries(Object.entries(item).filter(([name]) => !lists.some(list => name === `${list}Pk` || name === `${list}Sk`))) as Item
}

const writeBatch = async (client: DynamoDBDocumentClient, tableName: string, items: readonly Item[]): Promise<void> => {
  const { UnprocessedItems } = await client.send(
    new BatchWriteCommand({ RequestItems: { [tableName]: items.map(Item => ({ PutRequest: { Item } })) } }),
  )
  if (Object.keys(UnprocessedItems ?? {}).length > 0) throw new Error('the engine left items out')
}
