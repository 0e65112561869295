import { DynamoDBClient, GetItemCommand, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import { SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Faults } from '../../../infra/local/faults.ts'
import { startEngine, type Engine } from '../../../infra/local/engine.ts'
import { Mailbox } from '../../../infra/local/mailbox.ts'
import { DataFolder } from '../../../infra/local/data-folder.ts'
import type { Loopback } from '../../../infra/local/loopback.ts'
import { SesEndpoint } from '../../../infra/local/ses.ts'
import { TableProxy } from '../../../infra/local/table-proxy.ts'
import { EngineClient } from '../../../infra/local/engine-client.ts'

const faults = new Faults()
const crashed: string[] = []
let written = 0
let engine: Engine
let proxy: TableProxy
let ses: Loopback
let table: DynamoDBClient
let mail: SESClient
const now = () => new Date('2016-08-01T00:00:00Z')
const mailbox = new Mailbox(DataFolder.inMemory(), now)
const credentials = { accessKeyId: 'visits', secretAccessKey: 'local' }

beforeAll(async () => {
  engine = await startEngine()
  const crash = (caller: string) => {
    crashed.push(caller)
    return Promise.resolve()
  }
  proxy = await TableProxy.start({ endpoint: engine.endpoint, faults, written: () => (written += 1), crash })
  ses = await SesEndpoint.start({ mailbox, faults, crash, now, bounced: () => undefined })
  table = new DynamoDBClient({ endpoint: proxy.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })
  mail = new SESClient({ endpoint: ses.url, region: 'us-east-1', credentials, maxAttempts: 1 })
  await new EngineClient(engine.endpoint).call('DynamoDB_20120810.CreateTable', {
    TableName: 'things',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  })
})
afterAll(async () => {
  table.destroy()
  mail.destroy()
  await Promise.all([proxy.close(), ses.close()])
  await engine.close()
})
afterEach(() => {
  faults.clear()
})

const put = (key: string) => table.send(new PutItemCommand({ TableName: 'things', Item: { pk: { S: key } } }))
const has = async (key: string) =>
  (await table.send(new GetItemCommand({ TableName: 'things', Key: { pk: { S: key } } }))).Item !== undefined

describe('faults of the table', () => {
  it.each([
    ['throttle', { name: 'ProvisionedThroughputExceededException' }, false],
    ['refuse', { name: 'AccessDeniedException' }, false],
    ['unavailable', { name: 'InternalServerError', $fault: 'server' }, false],
    ['conflict', { name: 'TransactionConflictException' }, false],
    ['timeout-before', { code: 'ECONNRESET' }, false],
    ['timeout-after', { code: 'ECONNRESET' }, true],
    ['crash-before', { code: 'ECONNRESET' }, false],
    ['crash-after', { code: 'ECONNRESET' }, true],
  ] as const)('%s', async (fault, error, tookEffect) => {
    faults.add({ target: 'table', fault })
    await expect(put(fault)).rejects.toMatchObject(error)
    expect(await has(fault)).toBe(tookEffect)
    expect(faults.list()).toEqual([])
  })

  it('name the caller that dies', () => {
    expect(crashed).toEqual(['visits', 'visits'])
  })

  it('cancel a transaction with reasons', async () => {
    faults.add({ target: 'table', fault: 'conflict', operation: 'TransactWriteItems' })
    const items = ['t1', 't2'].map((key) => ({ Put: { TableName: 'things', Item: { pk: { S: key } } } }))
    await expect(table.send(new TransactWriteItemsCommand({ TransactItems: items }))).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
    })
  })

  it('meet only the calls they are meant for, as often as they are meant to', async () => {
    faults.add({ target: 'table', fault: 'throttle', count: 2, operation: 'PutItem', match: 'unlucky' })
    await put('lucky')
    expect(await has('unlucky')).toBe(false)
    await expect(put('unlucky-1')).rejects.toThrow()
    await expect(put('unlucky-2')).rejects.toThrow()
    await put('unlucky-3')
  })

  it('are overcome by the SDK’s own retries when they are few', async () => {
    const patient = new DynamoDBClient({ endpoint: proxy.endpoint, region: 'us-east-1', credentials })
    faults.add({ target: 'table', fault: 'timeout-after' })
    const Put = { TableName: 'things', Item: { pk: { S: 'once' } }, ConditionExpression: 'attribute_not_exists(pk)' }
    // The token that the SDK puts in makes the second attempt the first one's echo.
    await patient.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }] }))
    patient.destroy()
  })
})

describe('the proxy', () => {
  it('tells of writes, and counts calls by caller', async () => {
    proxy.clear()
    const before = written
    await put('counted')
    await has('counted')
    expect(written - before).toBe(1)
    expect(proxy.usage()).toEqual([
      { caller: 'visits', operation: 'PutItem', calls: 1 },
      { caller: 'visits', operation: 'GetItem', calls: 1 },
    ])
  })
})

const send = (recipient: string, subject = 'test') =>
  mail.send(
    new SendRawEmailCommand({
      RawMessage: { Data: Buffer.from(`From: a@example.org\r\nTo: ${recipient}\r\nSubject: ${subject}\r\n\r\nhello`) },
      Destinations: [recipient],
    }),
  )

describe('the mail service', () => {
  it('answers with the id of what it delivered', async () => {
    const { MessageId } = await send('ok@example.org')
    expect(mailbox.list({ to: 'OK@example.org' })).toMatchObject([{ id: MessageId, subject: 'test', text: 'hello\n' }])
  })

  it.each([
    ['throttle', { name: 'Throttling' }, 0],
    ['refuse', { name: 'MessageRejected' }, 0],
    ['unavailable', { name: 'ServiceUnavailable', $fault: 'server' }, 0],
    ['timeout-before', { code: 'ECONNRESET' }, 0],
    ['timeout-after', { code: 'ECONNRESET' }, 1],
  ] as const)('%s', async (fault, error, delivered) => {
    faults.add({ target: 'mail', fault })
    await expect(send(`${fault}@example.org`)).rejects.toMatchObject(error)
    expect(mailbox.list({ to: `${fault}@example.org` })).toHaveLength(delivered)
  })

  it('refuses one address and takes the others', async () => {
    faults.add({ target: 'mail', fault: 'refuse', match: 'bad@example.org', count: 10 })
    await expect(send('bad@example.org')).rejects.toMatchObject({ name: 'MessageRejected', message: 'Address blacklisted.' })
    await send('good@example.org')
  })

  it.each(['nobody', 'two@@example.org', '', '干部@example.org', 'a b@example.org'])('refuses the recipient «%s»', async (recipient) => {
    await expect(send(recipient)).rejects.toMatchObject({ name: 'InvalidParameterValue' })
  })
})
