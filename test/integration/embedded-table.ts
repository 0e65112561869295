import { CreateTableCommand, type AttributeDefinition, type GlobalSecondaryIndex, type KeySchemaElement } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { connect, tableOf, type Table } from '../../functions/adapters/table.ts'
import { startEngine } from '../../infra/local/engine.ts'
import { tableIndexes, tableKeys } from '../../shared/contract/table.ts'

export interface EmbeddedTable {
  readonly table: Table
  readonly tableName: string
  readonly client: DynamoDBDocumentClient
  readonly close: () => Promise<void>
}

const schemaOf = (partition: string, sort: string): KeySchemaElement[] => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
]

const indexes: GlobalSecondaryIndex[] = Object.entries(tableIndexes).map(([IndexName, { partition, sort, projection }]) => ({
  IndexName,
  KeySchema: schemaOf(partition, sort),
  Projection: { ProjectionType: projection },
}))

const attributes: AttributeDefinition[] = [tableKeys, ...Object.values(tableIndexes)]
  .flatMap(({ partition, sort }) => [partition, sort])
  .map(AttributeName => ({ AttributeName, AttributeType: 'S' }))

/** An empty table in an embedded engine, through the client that every function uses. */
export const openEmbeddedTable = async (): Promise<EmbeddedTable> => {
  const engine = await startEngine()
  // As on Lambda, the client finds everything in its environment.
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  })
  const client = connect()
  const TableName = 'qinshang'
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: schemaOf(tableKeys.partition, tableKeys.sort),
      AttributeDefinitions: attributes,
      GlobalSecondaryIndexes: indexes,
    }),
  )
  return {
    table: tableOf(client, TableName),
    tableName: TableName,
    client,
    close: async () => {
      client.destroy()
      await engine.close()
    },
  }
}
