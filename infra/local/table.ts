import * as z from 'zod'
import { PlainError } from '../plain-error.ts'
import { EngineError, type EngineClient } from './engine-client.ts'
import type { TablePlan } from './blueprint.ts'
import type { Resource } from './template.ts'

const attributes = z.array(z.object({ AttributeName: z.string() }).loose())

/** Properties with nothing to say to a table on one machine. */
const withoutLocalMeaning = [
  'PointInTimeRecoverySpecification',
  'SSESpecification',
  'Tags',
  'ContributorInsightsSpecification',
  'ResourcePolicy',
  'TableClass',
  'OnDemandThroughput',
  'WarmThroughput',
]

const properties = z.strictObject({
  TableName: z.string().optional(),
  KeySchema: attributes,
  AttributeDefinitions: attributes,
  BillingMode: z.string().optional(),
  ProvisionedThroughput: z.unknown().optional(),
  GlobalSecondaryIndexes: z.array(z.object({ IndexName: z.string() }).loose()).optional(),
  LocalSecondaryIndexes: z.array(z.object({ IndexName: z.string() }).loose()).optional(),
  StreamSpecification: z.object({ StreamViewType: z.string() }).optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
  DeletionProtectionEnabled: z.boolean().optional(),
  ...Object.fromEntries(withoutLocalMeaning.map((name) => [name, z.unknown().optional()])),
})

/** The tables' streams in the engine, by the tables' logical ids; undefined for a table that has none. */
export type Streams = ReadonlyMap<string, string | undefined>

/** Creates the tables as the template describes them, or finds them as an earlier run left them. */
export const openTables = async (engine: EngineClient, tables: readonly TablePlan[]): Promise<Streams> => {
  const streams = new Map<string, string | undefined>()
  for (const { resource, name } of tables) streams.set(resource.id, await openTable(engine, resource, name))
  return streams
}

/** The same tables anew, with nothing in them. */
export const remakeTables = async (engine: EngineClient, tables: readonly TablePlan[]): Promise<Streams> => {
  for (const { name } of tables) await engine.call('DynamoDB_20120810.DeleteTable', { TableName: name })
  return openTables(engine, tables)
}

/** @throws PlainError when the table that is listened to has none */
export const streamOf = (streams: Streams, { id, tableId }: { readonly id: string; readonly tableId: string }): string => {
  const streamArn = streams.get(tableId)
  if (streamArn === undefined) throw new PlainError(`${id} listens to a table without a stream.`)
  return streamArn
}

const openTable = async (engine: EngineClient, resource: Resource, name: string): Promise<string | undefined> => {
  const parsed = properties.safeParse(resource.properties)
  if (!parsed.success)
    throw new PlainError(`The local stack does not understand the table ${resource.id}: ${z.prettifyError(parsed.error)}`)
  const found = (await describe(engine, name)) ?? (await create(engine, name, parsed.data))
  requireSameShape(found, parsed.data, name)
  return found.LatestStreamArn
}

const described = z.object({
  LatestStreamArn: z.string().optional(),
  KeySchema: attributes,
  GlobalSecondaryIndexes: z.array(z.object({ IndexName: z.string(), KeySchema: attributes })).default([]),
})
type Described = z.infer<typeof described>

const describe = async (engine: EngineClient, name: string): Promise<Described | undefined> => {
  try {
    const answer = await engine.call('DynamoDB_20120810.DescribeTable', { TableName: name })
    return described.parse(answer['Table'])
  } catch (error) {
    if (error instanceof EngineError && error.code === 'ResourceNotFoundException') return undefined
    throw error
  }
}

const create = async (engine: EngineClient, name: string, wanted: z.infer<typeof properties>): Promise<Described> => {
  const onDemand = wanted.BillingMode === 'PAY_PER_REQUEST'
  await engine.call('DynamoDB_20120810.CreateTable', {
    TableName: name,
    KeySchema: wanted.KeySchema,
    AttributeDefinitions: wanted.AttributeDefinitions,
    BillingMode: wanted.BillingMode,
    ...(onDemand ? {} : { ProvisionedThroughput: wanted.ProvisionedThroughput }),
    GlobalSecondaryIndexes: wanted.GlobalSecondaryIndexes?.map(withoutInsights),
    LocalSecondaryIndexes: wanted.LocalSecondaryIndexes,
    ...(wanted.StreamSpecification
      ? { StreamSpecification: { StreamEnabled: true, StreamViewType: wanted.StreamSpecification.StreamViewType } }
      : {}),
  })
  if (wanted.TimeToLiveSpecification)
    await engine.call('DynamoDB_20120810.UpdateTimeToLive', {
      TableName: name,
      TimeToLiveSpecification: wanted.TimeToLiveSpecification,
    })
  const created = await describe(engine, name)
  if (!created) throw new Error(`The engine created ${name} and does not know it.`)
  return created
}

const withoutInsights = (index: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(index).filter(([key]) => key !== 'ContributorInsightsSpecification'))

/** A data folder made for an older template has the older indexes; queries against it would fail one by one. */
const requireSameShape = (found: Described, wanted: z.infer<typeof properties>, name: string): void => {
  const shape = (indexes: readonly { IndexName: string }[]) => indexes.map((index) => index.IndexName).sort().join()
  if (shape(found.GlobalSecondaryIndexes) !== shape(wanted.GlobalSecondaryIndexes ?? []))
    throw new PlainError(`The data kept for the table ${name} has other indexes than the template; start with another --data.`)
}
