import { setTimeout as pause } from 'node:timers/promises'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod'
import { outboxKeyPrefix, tableKeys } from '../../shared/contract/table.ts'
import { messageOf, PlainError } from '../plain-error.ts'

/** The stage's table, read with the credentials of whoever runs the test. */
export interface OutboxTable {
  readonly name: string
  readonly region: string | undefined
}

const mailShape = z.object({ data: z.object({ status: z.string(), settledAt: z.number().optional(), remark: z.string().optional() }) })
type Mail = z.infer<typeof mailShape>['data']

/** Often enough that a mail of two seconds takes three. */
const betweenLooks = 1_000

/**
 * Waits until the outbox says that the mail was sent.
 * @throws PlainError when it says otherwise, or nothing in time
 */
export const demandSent = async (table: OutboxTable, mailId: string, seconds: number): Promise<true> => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts: 3, ...(table.region === undefined ? {} : { region: table.region }) }))
  try {
    const mail = await settled(client, table, mailId, Date.now() + seconds * 1000)
    if (mail?.status === 'sent') return true
    throw new PlainError(whatBecame(mail, seconds))
  } finally {
    client.destroy()
  }
}

const settled = async (client: DynamoDBDocumentClient, table: OutboxTable, mailId: string, until: number): Promise<Mail | undefined> => {
  for (;;) {
    const mail = await read(client, table, mailId)
    if (mail?.settledAt !== undefined || Date.now() >= until) return mail
    await pause(betweenLooks)
  }
}

/** By the partition key alone: a mail is the one item under its own. */
const read = async (client: DynamoDBDocumentClient, table: OutboxTable, mailId: string): Promise<Mail | undefined> => {
  try {
    const { Items } = await client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': tableKeys.partition },
        ExpressionAttributeValues: { ':pk': `${outboxKeyPrefix}${mailId}` },
        ConsistentRead: true,
      }),
    )
    return z.array(mailShape).parse(Items ?? [])[0]?.data
  } catch (error) {
    throw new PlainError(whyUnread(error, table))
  }
}

const whyUnread = (error: unknown, { name, region }: OutboxTable): string => {
  const message = messageOf(error)
  if (message.includes('Region is missing')) return 'it is not known where the table is: give --region'
  const kind = error instanceof Error ? error.name : ''
  if (kind === 'CredentialsProviderError') return 'there are no AWS credentials to read the table with: sign in to AWS, or leave out --table'
  if (kind === 'ResourceNotFoundException') return `there is no table ${name}${region === undefined ? '' : ` in ${region}`}: is it the output TableName of the stack?`
  if (kind === 'AccessDeniedException') return `the AWS credentials may not read the table; they need dynamodb:Query on ${name}`
  return `the table cannot be read: ${kind} ${message}`
}

const whatBecame = (mail: Mail | undefined, seconds: number): string => {
  if (mail === undefined) return 'it is not in the table: are --table and --url of the same stage?'
  const said = `${mail.status}${mail.remark === undefined ? '' : ` (${mail.remark})`}`
  if (mail.settledAt === undefined)
    return `after ${seconds} seconds it is ${said}; look into the log group of the function mailer (qinshang-<stage>-mailerLogs…); outbox-reconciler tries again every 15 minutes`
  return `it is ${said}; look at the mail service: is the sender's domain verified, and may the account write to this address (SES outside its sandbox; --mail-to behind an SMTP relay)?`
}
