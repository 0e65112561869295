import { isDeepStrictEqual } from 'node:util'
import { crc32 } from 'node:zlib'
import * as z from 'zod'
import type { MappingPlan } from './blueprint.ts'
import type { DataFolder } from './data-folder.ts'
import type { DeadLetters } from './dead-letters.ts'
import { EngineError, type EngineClient } from './engine-client.ts'
import { streamOf, type Streams } from './table.ts'
import type { Invoke } from './worker.ts'

/** An event source mapping of the template, ready to run. */
export interface StreamMapping extends Omit<MappingPlan, 'functionId'> {
  /** The stream's ARN as the engine knows it. */
  readonly streamArn: string
  /** The region as functions see it. */
  readonly region: string
  readonly target: Invoke
}

const streamRecord = z
  .object({
    eventName: z.string(),
    dynamodb: z
      .object({
        Keys: z.record(z.string(), z.unknown()),
        SequenceNumber: z.string(),
        NewImage: z.unknown().optional(),
        OldImage: z.unknown().optional(),
      })
      .loose(),
  })
  .loose()
type StreamRecord = z.infer<typeof streamRecord>

const description = z.object({
  StreamDescription: z.object({
    Shards: z.array(z.object({ ShardId: z.string(), ParentShardId: z.string().optional() })),
    LastEvaluatedShardId: z.string().optional(),
  }),
})

/** How far each shard has been handled: its last sequence number, or `end` when it is closed and done. */
const positions = z.record(z.string(), z.string())

/**
 * A Lambda event source mapping: hands the stream's records that pass the filter to the function, batch by batch, and
 * minds partial batch responses, bisecting, retries and the failure destination. It is poked after each write instead of
 * polling, and retries at once instead of waiting; batching windows, which only trade delay for cost, are not imitated.
 */
export class StreamPump {
  #mapping: StreamMapping
  readonly #engine: EngineClient
  readonly #deadLetters: DeadLetters
  readonly #data: DataFolder
  readonly #now: () => Date
  readonly #positions: Map<string, string>
  readonly #iterators = new Map<string, string>()
  #wanted = 0
  #done = 0
  #running: Promise<void> | undefined
  #closed = false
  #failure: Error | undefined

  constructor(
    mapping: StreamMapping,
    parts: { engine: EngineClient; deadLetters: DeadLetters; data: DataFolder; now: () => Date },
  ) {
    this.#mapping = mapping
    this.#engine = parts.engine
    this.#deadLetters = parts.deadLetters
    this.#data = parts.data
    this.#now = parts.now
    this.#positions = new Map(Object.entries(positions.parse(this.#data.read(this.#journal) ?? {})))
  }

  /** Takes up where the last run left off. */
  async start(): Promise<void> {
    if (this.#mapping.startingPosition === 'LATEST' && this.#positions.size === 0) await this.#shards()
    this.poke()
  }

  /** Says that something was written. */
  poke(): void {
    this.#wanted += 1
    if (this.#closed) return
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
    })
  }

  /** Resolves when every record written before this call has been handled. */
  async drain(): Promise<void> {
    while (this.#done < this.#wanted && !this.#closed) {
      this.#running ??= this.#run().finally(() => {
        this.#running = undefined
      })
      await this.#running
      if (this.#failure) throw this.#failure
    }
  }

  /**
   * Its table has been made anew, empty: from now on it reads the stream of that one. At rest only. How far each shard has
   * been handled stays known, for the engine keeps what a table of the same name had in its stream.
   */
  async startOver(streams: Streams): Promise<void> {
    this.#mapping = { ...this.#mapping, streamArn: streamOf(streams, this.#mapping) }
    this.#iterators.clear()
    await this.start()
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#running
  }

  /** Asked anew after each wait. */
  #isClosed(): boolean {
    return this.#closed
  }

  get #journal(): string {
    return `stream-${this.#mapping.id}`
  }

  async #run(): Promise<void> {
    try {
      while (this.#done < this.#wanted && !this.#closed) {
        const wanted = this.#wanted
        for (const shard of await this.#shards()) await this.#readShard(shard)
        this.#done = wanted
      }
      this.#failure = undefined
    } catch (error) {
      if (!this.#closed) this.#failure = error as Error
    }
  }

  /** Shards still to be read, parents first, each with an iterator. */
  async #shards(): Promise<string[]> {
    if (this.#iterators.size > 0) return [...this.#iterators.keys()]
    const answer = await this.#engine.call('DynamoDBStreams_20120810.DescribeStream', { StreamArn: this.#mapping.streamArn })
    const open = description
      .parse(answer)
      .StreamDescription.Shards.map(({ ShardId }) => ShardId)
      .filter((shard) => this.#positions.get(shard) !== 'end')
    for (const shard of open) this.#iterators.set(shard, await this.#iterator(shard))
    return open
  }

  async #iterator(shard: string): Promise<string> {
    const after = this.#positions.get(shard)
    const answer = await this.#engine.call('DynamoDBStreams_20120810.GetShardIterator', {
      StreamArn: this.#mapping.streamArn,
      ShardId: shard,
      ...(after === undefined
        ? { ShardIteratorType: this.#mapping.startingPosition }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }),
    })
    return String(answer['ShardIterator'])
  }

  async #readShard(shard: string): Promise<void> {
    while (!this.#closed) {
      const iterator = this.#iterators.get(shard)
      if (iterator === undefined) return
      const answer = await this.#getRecords(shard, iterator)
      const records = z.array(streamRecord).parse(answer['Records'])
      await this.#handle(records)
      const next = answer['NextShardIterator']
      const last = records.at(-1)?.dynamodb.SequenceNumber
      if (this.#isClosed()) return
      if (last !== undefined) this.#remember(shard, last)
      if (typeof next === 'string') this.#iterators.set(shard, next)
      else {
        this.#iterators.delete(shard)
        this.#remember(shard, 'end')
      }
      if (records.length === 0) return
    }
  }

  /** An iterator expires after a quarter of an hour; a new one is then fetched from where we are. */
  async #getRecords(shard: string, iterator: string): Promise<Record<string, unknown>> {
    try {
      return await this.#engine.call('DynamoDBStreams_20120810.GetRecords', { ShardIterator: iterator, Limit: 1000 })
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'ExpiredIteratorException') throw error
      const fresh = await this.#iterator(shard)
      return this.#engine.call('DynamoDBStreams_20120810.GetRecords', { ShardIterator: fresh, Limit: 1000 })
    }
  }

  #remember(shard: string, position: string): void {
    this.#positions.set(shard, position)
    this.#data.write(this.#journal, Object.fromEntries(this.#positions))
  }

  async #handle(records: readonly StreamRecord[]): Promise<void> {
    const passing = records.filter(isChange).map((record) => this.#asSeenByFunction(record)).filter((record) => this.#passes(record))
    await Promise.all(lanes(passing, this.#mapping.parallelizationFactor).map((lane) => this.#deliverAll(lane)))
  }

  async #deliverAll(records: readonly StreamRecord[]): Promise<void> {
    for (let start = 0; start < records.length; start += this.#mapping.batchSize)
      await this.#deliver(records.slice(start, start + this.#mapping.batchSize), 0)
  }

  #passes(record: StreamRecord): boolean {
    return this.#mapping.filters.length === 0 || this.#mapping.filters.some((passes) => passes(record))
  }

  #asSeenByFunction(record: StreamRecord): StreamRecord {
    return { ...record, awsRegion: this.#mapping.region, eventSourceARN: this.#mapping.sourceArn }
  }

  /**
   * One batch, until it is handled or given up. Splitting in halves does not count as an attempt. Records before the first reported failure are done; the rest is a new batch with one attempt more.
   */
  async #deliver(batch: readonly StreamRecord[], attempt: number): Promise<void> {
    if (batch.length === 0 || this.#closed) return
    const outcome = await this.#mapping.target({ Records: batch })
    if (this.#isClosed()) return
    const failedFrom = outcome.ok
      ? this.#mapping.partialBatchResponses
        ? firstFailure(outcome.payload, batch)
        : undefined
      : 0
    if (failedFrom === undefined) return
    const rest = batch.slice(failedFrom)
    const error = outcome.ok ? 'Function reported failed records' : `${outcome.error.errorType}: ${outcome.error.errorMessage}`
    if (attempt >= this.#mapping.maximumRetryAttempts) {
      this.#giveUp(rest, error, attempt)
      return
    }
    // With both settings on, Lambda splits at the reported record, not in the middle.
    if (this.#mapping.bisectOnError && failedFrom === 0 && rest.length > 1) {
      const middle = Math.ceil(rest.length / 2)
      await this.#deliver(rest.slice(0, middle), attempt)
      await this.#deliver(rest.slice(middle), attempt)
      return
    }
    await this.#deliver(rest, attempt + 1)
  }

  /** What the failure destination gets names the records; it does not contain them. */
  #giveUp(batch: readonly StreamRecord[], error: string, attempts: number): void {
    if (this.#mapping.onFailure === undefined) return
    this.#deadLetters.add(this.#mapping.onFailure, {
      source: this.#mapping.id,
      at: this.#now().toISOString(),
      error,
      body: {
        requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: attempts + 1 },
        DDBStreamBatchInfo: {
          startSequenceNumber: batch[0]?.dynamodb.SequenceNumber,
          endSequenceNumber: batch.at(-1)?.dynamodb.SequenceNumber,
          batchSize: batch.length,
          streamArn: this.#mapping.sourceArn,
        },
      },
    })
  }
}

/** Deals records out by their item, so that each item's changes stay in one lane and in order. */
const lanes = (records: readonly StreamRecord[], count: number): StreamRecord[][] => {
  const dealt = Array.from({ length: count }, (): StreamRecord[] => [])
  for (const record of records) dealt[crc32(JSON.stringify(record.dynamodb.Keys)) % count]?.push(record)
  return dealt
}

/** DynamoDB puts nothing into the stream for a write that changes nothing; the engine does. */
const isChange = ({ eventName, dynamodb: { NewImage, OldImage } }: StreamRecord): boolean =>
  eventName !== 'MODIFY' || NewImage === undefined || OldImage === undefined || !isDeepStrictEqual(NewImage, OldImage)

const response = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().nullish() })).nullish(),
})

/** Index of the first record reported as failed; the whole batch when the answer makes no sense, as Lambda has it. */
const firstFailure = (payload: unknown, batch: readonly StreamRecord[]): number | undefined => {
  if (payload === null || payload === undefined) return undefined
  const parsed = response.safeParse(payload)
  if (!parsed.success) return 0
  const failures = parsed.data.batchItemFailures ?? []
  if (failures.length === 0) return undefined
  const indexes = failures.map(({ itemIdentifier }) =>
    batch.findIndex((record) => record.dynamodb.SequenceNumber === itemIdentifier),
  )
  return indexes.includes(-1) ? 0 : Math.min(...indexes)
}
