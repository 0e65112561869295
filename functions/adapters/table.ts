import { setTimeout } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
  TransactionConflictException,
  type CancellationReason,
} from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb'
import { tableIndexes, type IndexName } from '../../shared/contract/table.ts'

export interface Key {
  readonly pk: string
  readonly sk: string
}

/** An item as it lies in the table: keys, the version of its shape, the version of its content, and the content. */
export interface Item extends Key {
  readonly [attribute: string]: unknown
}

/** When a write may take effect: nothing there yet, this version there, or whatever is there. */
export type Condition = 'new' | 'always' | { readonly version: number }

export type Write =
  | { readonly put: Item; readonly when: Condition }
  | { readonly delete: Key; readonly when: Condition }

/** A write did not happen because what it was decided on has changed. Load again and decide again. */
export class Conflict extends Error {
  readonly keys: readonly Key[]
  constructor(keys: readonly Key[]) {
    super('changed in the meantime')
    this.name = 'Conflict'
    this.keys = keys
  }
}

/** The table had no room for some of the reads, however often they were asked for. Who asks again later is answered. */
export class Unprocessed extends Error {
  constructor() {
    super('the table leaves reads unprocessed')
    this.name = 'Unprocessed'
  }
}

export interface Query {
  readonly index?: IndexName
  readonly partition: string
  /** Sort keys from here on (inclusive). */
  readonly from?: string
  /** Sort keys up to here (inclusive). */
  readonly to?: string
  readonly descending?: boolean
  /** The item to go on after. */
  readonly after?: Place
  /** Items to read with one call. */
  readonly pageSize?: number
  /** Only their keys are wanted, in the table and in the index. It costs the same, and takes less time. */
  readonly keysOnly?: boolean
}

/** Where a list goes on: the last item's key, and what it was ordered by. */
export interface Place extends Key {
  readonly key: string
}

/** DynamoDB's limit on one transaction. */
export const transactionLimit = 100
const batchGetLimit = 100

export interface Table {
  get(key: Key): Promise<Item | undefined>
  /** In the order of the keys; a key without an item gives `undefined`. */
  getAll(keys: readonly Key[]): Promise<readonly (Item | undefined)[]>
  /** Every item of the query, page by page as they are taken. */
  query(query: Query): AsyncIterable<Item>
  /** All of it or nothing. A single new or changed item costs half of what it would in a transaction. @throws Conflict */
  commit(writes: readonly Write[]): Promise<void>
  /** Puts an item that must not be there yet; false when it is. */
  putNew(item: Item): Promise<boolean>
}

const conditionOf = (when: Condition) => {
  switch (when) {
    case 'always':
      return {}
    case 'new':
      return { ConditionExpression: 'attribute_not_exists(pk)' }
    default:
      return {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': when.version },
      }
  }
}

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number]

const keyOf = (write: Write): Key => ('put' in write ? write.put : write.delete)

const transactItem = (TableName: string, write: Write): TransactItem => {
  const { pk, sk } = keyOf(write)
  const condition = conditionOf(write.when)
  return 'put' in write ? { Put: { TableName, Item: write.put, ...condition } } : { Delete: { TableName, Key: { pk, sk }, ...condition } }
}

const conflicting = new Set(['ConditionalCheckFailed', 'TransactionConflict', 'DuplicateItem'])
const conflictKeys = (reasons: readonly CancellationReason[], writes: readonly Write[]): readonly Key[] =>
  writes.filter((_, at) => conflicting.has(reasons[at]?.Code ?? '')).map(keyOf)

/** This item's place in a list read through the index (or the table itself). */
export const placeOf = (item: Item, index?: IndexName): Place => ({ pk: item.pk, sk: item.sk, key: String(item[index === undefined ? 'sk' : tableIndexes[index].sort]) })

/** The key attributes that DynamoDB goes on after; the item need not stand in the index any more. */
const startKeyOf = ({ pk, sk, key }: Place, index: IndexName | undefined, partition: string): Record<string, string> => {
  if (index === undefined) return { pk, sk }
  const names = tableIndexes[index]
  return { pk, sk, [names.partition]: partition, [names.sort]: key }
}

/** When everything that waits for nothing outside this process has gone as far as it can. */
const momentsEnd = (): Promise<void> => Promise.resolve().then(() => new Promise(resolve => { process.nextTick(resolve); }))

/**
 * Reads by key that are asked for at the same moment go out as one call: a handler loads what it needs side by side,
 * and neither pays nor waits for each by itself. Nothing is remembered from one moment to the next.
 */
const together = (
  read: (keys: readonly Key[]) => Promise<readonly (Item | undefined)[]>,
): ((keys: readonly Key[]) => Promise<readonly (Item | undefined)[]>) => {
  let asked: Key[] = []
  let answer: Promise<readonly (Item | undefined)[]> | undefined
  return async keys => {
    const first = asked.length
    asked.push(...keys)
    answer ??= momentsEnd().then(() => {
      const now = asked
      asked = []
      answer = undefined
      return read(now)
    })
    return (await answer).slice(first, first + keys.length)
  }
}

/** The item as the table gives it back: without what is undefined. */
const asKept = (item: Item): unknown => JSON.parse(JSON.stringify(item))

/** The client every function uses: bounded waits, because Lambda bills them and a caller is waiting. */
export const connect = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      maxAttempts: 5,
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  )

/** A table under pressure is asked so often for what it has left, with longer and longer pauses: under a second together. */
const triesAtMost = 8
const longerPause = (tries: number): Promise<void> => setTimeout(Math.min(200, 10 * 2 ** tries))

/** The table behind a document client. Reads by key are strongly consistent; reads through an index cannot be. */
export const tableOf = (client: DynamoDBDocumentClient, TableName: string, pause: (tries: number) => Promise<void> = longerPause): Table => {
  const getOne = async ({ pk, sk }: Key): Promise<Item | undefined> => {
    const { Item } = await client.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }))
    return Item as Item | undefined
  }

  const getChunk = async (keys: readonly Key[]): Promise<Item[]> => {
    const found: Item[] = []
    let asked: Record<string, unknown>[] = keys.map(({ pk, sk }) => ({ pk, sk }))
    for (let tries = 1; ; tries++) {
      const answer = await client.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys: asked, ConsistentRead: true } } }))
      found.push(...((answer.Responses?.[TableName] ?? []) as Item[]))
      // What is left here is no error to the client, which has its own pauses: asked for at once, it would be left again.
      asked = answer.UnprocessedKeys?.[TableName]?.Keys ?? []
      if (asked.length === 0) return found
      if (tries === triesAtMost) throw new Unprocessed()
      await pause(tries)
    }
  }

  const getMany = async (keys: readonly Key[]): Promise<readonly (Item | undefined)[]> => {
    const [only] = keys
    if (keys.length === 1 && only !== undefined) return [await getOne(only)]
    const name = (key: Key) => `${key.pk}\n${key.sk}`
    const distinct = [...new Map(keys.map(key => [name(key), key])).values()]
    const found = new Map<string, Item>()
    for (let at = 0; at < distinct.length; at += batchGetLimit)
      for (const item of await getChunk(distinct.slice(at, at + batchGetLimit))) found.set(name(item), item)
    return keys.map(key => found.get(name(key)))
  }

  const getAll = together(getMany)
  const get = async (key: Key): Promise<Item | undefined> => (await getAll([key]))[0]

  async function* query({ index, partition, from, to, descending, after, pageSize, keysOnly }: Query): AsyncIterable<Item> {
    const [pk, sk] = index === undefined ? ['pk', 'sk'] : [tableIndexes[index].partition, tableIndexes[index].sort]
    const range = from !== undefined && to !== undefined ? ' AND #sk BETWEEN :from AND :to' : from !== undefined ? ' AND #sk >= :from' : to !== undefined ? ' AND #sk <= :to' : ''
    const projection = keysOnly !== true ? undefined : index === undefined ? '#pk, #sk' : '#pk, #sk, pk, sk'
    let position: Record<string, unknown> | undefined = after === undefined ? undefined : startKeyOf(after, index, partition)
    do {
      const page = await client.send(
        new QueryCommand({
          TableName,
          IndexName: index,
          KeyConditionExpression: `#pk = :pk${range}`,
          ExpressionAttributeNames: { '#pk': pk, ...(range === '' && projection === undefined ? {} : { '#sk': sk }) },
          ProjectionExpression: projection,
          ExpressionAttributeValues: {
            ':pk': partition,
            ...(from === undefined ? {} : { ':from': from }),
            ...(to === undefined ? {} : { ':to': to }),
          },
          ScanIndexForward: descending !== true,
          ConsistentRead: index === undefined,
          ExclusiveStartKey: position,
          Limit: pageSize,
        }),
      )
      yield* (page.Items ?? []) as Item[]
      position = page.LastEvaluatedKey
    } while (position !== undefined)
  }

  const commit = async (writes: readonly Write[]): Promise<void> => {
    const [only] = writes
    if (only === undefined) return
    if (writes.length === 1 && 'put' in only) await commitAlone(only.put, only.when)
    else await transact(writes)
  }

  /** One item is put by itself: as a transaction it would cost twice as much. */
  const commitAlone = async (item: Item, when: Condition): Promise<void> => {
    try {
      if (await put(item, when)) return
    } catch (error) {
      if (!(error instanceof TransactionConflictException)) throw error
    }
    throw new Conflict([item])
  }

  /** Whether the condition held. @throws TransactionConflictException while a transaction has hold of the item, whatever becomes of it */
  const put = async (item: Item, when: Condition): Promise<boolean> => {
    try {
      await client.send(new PutCommand({ TableName, Item: item, ...conditionOf(when) }))
      return true
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error
      // The client's own retry of a lost answer finds in its way what it has written itself. Where somebody has changed
      // that since, it passes for a lost race; whoever decides again finds what they had wanted.
      const mayBeOurs = (error.$metadata.attempts ?? 1) > 1
      return mayBeOurs && isDeepStrictEqual(await getOne(item), asKept(item))
    }
  }

  const transact = async (writes: readonly Write[]): Promise<void> => {
    try {
      // The client adds a token to the call, so its own retry of a lost answer cannot write twice.
      await client.send(new TransactWriteCommand({ TransactItems: writes.map(write => transactItem(TableName, write)) }))
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error
      const keys = conflictKeys(error.CancellationReasons ?? [], writes)
      throw keys.length > 0 ? new Conflict(keys) : error
    }
  }

  const putNew = (item: Item): Promise<boolean> => put(item, 'new')

  return { get, getAll, query, commit, putNew }
}

/** Everything a query gives. Only where the number of items is bounded by the rules. */
export const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const taken: T[] = []
  for await (const item of items) taken.push(item)
  return taken
}
