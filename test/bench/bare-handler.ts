/** What a function is compared with: the least that reads an item by the document client. Bundled, never called. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'

const client = DynamoDBDocumentClient.from(new DynamoDBClient())
const TableName = process.env['TABLE_NAME']

export const handler = async ({ pk, sk }: { readonly pk: string; readonly sk: string }): Promise<unknown> =>
  (await client.send(new GetCommand({ TableName, Key: { pk, sk } }))).Item
