import middy from '@middy/core'
import type * as z from 'zod/mini'
import type { Locale } from '../../shared/calendar/wording.ts'
import type { Operation, Reach } from '../../shared/contract/operation.ts'
import { Problem } from '../../shared/contract/problem.ts'
import { reachesOf, type Caller } from '../../shared/roster/caller.ts'
import { triesOfMany, untilCommitted, type Pause } from '../adapters/race.ts'
import { Conflict, type Table, type Write } from '../adapters/table.ts'
import type { IdentitySettings } from './identity.ts'
import { parseInput, type Paging } from './input.ts'
import { languageOf, type Language } from './language.ts'
import { knownCaller, knownOperation, problemAnswers, requestLog, type Incoming, type RequestLog } from './middleware.ts'
import { earlierAnswer, isInFlight, markOf, recordWrites, repeatableOf, type Repeatable } from './repetition.ts'
import { fileResult, jsonResult, type Result } from './result.ts'
import { seenVersionOf } from './seen-version.ts'

type Parsed<S> = S extends z.ZodMiniType ? z.output<S> : undefined

/** A request that has passed everything the contract says about it. */
export interface ApiRequest<O extends Operation = Operation> {
  readonly params: Parsed<O['params']>
  readonly query: Parsed<O['query']>
  readonly body: O['body'] extends 'csv' ? Uint8Array : Parsed<O['body']>
  readonly caller: Caller
  /** How far the caller's roles reach with this operation. */
  readonly reaches: ReadonlySet<Reach>
  readonly now: number
  readonly language: Language
  /** Names this request and its repetitions: the same caller and Idempotency-Key give the same mark. */
  readonly mark: string
  /** The version the client has seen: always where the contract requires `If-Match`, otherwise if it sent one. */
  readonly seenVersion: number | undefined
  readonly paging: Paging
}

/** A file to be kept: its content, and what it is called, in plain ASCII and as people call it. */
export interface Attachment {
  readonly content: Buffer
  readonly name: string
  readonly spokenName: string
}

/** What a handler answers, and the writes by which it comes true. The answer is given once they are committed. */
export interface ApiAnswer<O extends Operation = Operation> {
  readonly body: O['response'] extends z.ZodMiniType ? z.input<O['response']> : Attachment
  /** The object's version, sent as its ETag. */
  readonly version?: number
  readonly writes?: readonly Write[]
}

/** One handler for each operation. They load and decide; committing is done in one place, here, but for what is larger than a transaction. */
export type ApiHandlers<Ops extends readonly Operation[]> = {
  readonly [O in Ops[number] as O['id']]: (request: ApiRequest<O>) => Promise<ApiAnswer<O>> | ApiAnswer<O>
}

export interface ApiDependencies {
  readonly table: Table
  readonly settings: IdentitySettings & { readonly locale: Locale }
  /** Waits before the next try after a conflict. */
  readonly pause: Pause
  readonly log: (entry: RequestLog) => void
}

type Handler = (request: ApiRequest) => Promise<ApiAnswer> | ApiAnswer

/**
 * A Lambda handler for the operations of one function. It checks what the contract demands, finds the caller, replays
 * repeated requests, lets the handler load and decide, and commits the decision as one transaction together with the
 * record by which the request is known when it is repeated.
 */
export const createApi = <const Ops extends readonly Operation[]>(operations: Ops, handlers: ApiHandlers<Ops>, deps: ApiDependencies) => {
  const { table, settings, pause, log } = deps

  const perform = async (event: Incoming): Promise<Result> => {
    const { operation: op, caller } = event
    if (op === undefined || caller === undefined || op.access === 'link') throw new Error('the request has not passed the middleware')
    const handler = (handlers as unknown as Record<string, Handler>)[op.id]
    if (handler === undefined) throw new Error(`no handler for ${op.id}`)
    const repeatable = repeatableOf(op, event, caller)
    const request = {
      caller,
      reaches: reachesOf(op.access, caller),
      ...parseInput(op, event),
      now: event.requestContext.timeEpoch,
      language: languageOf(event.headers['accept-language'], settings.locale),
      mark: markOf(op, event, caller),
      seenVersion: seenVersionOf(op, event),
    } as ApiRequest
    return decideAndCommit(op, handler, request, repeatable)
  }

  const decideAndCommit = async (op: Operation, handler: Handler, request: ApiRequest, repeatable: Repeatable | undefined): Promise<Result> => {
    try {
      return await untilCommitted(() => attempt(op, handler, request, repeatable), triesOfMany, pause)
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
      throw new Problem(repeatable !== undefined && isInFlight(error, repeatable) ? 'idempotency-in-flight' : 'busy')
    }
  }

  /** One try: loads, decides and commits. @throws Conflict */
  const attempt = async (op: Operation, handler: Handler, request: ApiRequest, repeatable: Repeatable | undefined): Promise<Result> => {
    const decided = await earlierOr(op, repeatable, async () => handler(request))
    if ('earlier' in decided) return decided.earlier
    const { body, version, writes = [] } = decided.answer
    const etag = version === undefined ? undefined : `"${version}"`
    const record = repeatable === undefined ? [] : recordWrites(repeatable, { status: op.status, body, etag }, request.now)
    try {
      await table.commit([...writes, ...record])
    } catch (error) {
      // Whoever was first may have been this very request, sent twice. What it made is looked for before its record: both
      // come by one transaction, so the one without the other is left over from a record that has run out.
      if (!(error instanceof Conflict) || repeatable === undefined || !(await hasMade(request.mark, error))) throw error
      const earlier = await earlierAnswer(table, repeatable)
      if (earlier === undefined) throw new Problem('done-before')
      return earlier
    }
    return resultOf(op, body, etag)
  }

  const resultOf = (op: Operation, body: ApiAnswer['body'], etag: string | undefined): Result =>
    'mediaType' in op.response ? fileResult(op.status, op.response.mediaType, body) : jsonResult(op.status, body, etag)

  /**
   * What the request was answered before, or else what the handler decides. The record is asked for side by side with what
   * the handler loads, and costs no call of its own; but what commits in parts while it decides waits for it.
   */
  const earlierOr = async (op: Operation, repeatable: Repeatable | undefined, decide: () => Promise<ApiAnswer>): Promise<{ earlier: Result } | { answer: ApiAnswer }> => {
    if (repeatable === undefined) return { answer: await decide() }
    const asked = earlierAnswer(table, repeatable)
    const waitedFor = op.commitsInParts === true ? await asked : undefined
    if (waitedFor !== undefined) return { earlier: waitedFor }
    const [known, decided] = await Promise.allSettled([asked, decide()])
    if (known.status === 'rejected') throw known.reason
    if (known.value !== undefined) return { earlier: known.value }
    if (decided.status === 'fulfilled') return { answer: decided.value }
    // It may have been carried out between the one read and the others, and be refused for that alone.
    const since = decided.reason instanceof Problem ? await earlierAnswer(table, repeatable) : undefined
    if (since === undefined) throw decided.reason
    return { earlier: since }
  }

  /** Whether what stands in the way was made by this very request: its keys carry the request's mark. */
  const hasMade = async (mark: string, { keys }: Conflict): Promise<boolean> => {
    const own = keys.find(({ pk, sk }) => `${pk}#${sk}`.includes(mark))
    return own !== undefined && (await table.get(own)) !== undefined
  }

  return middy<Incoming, Result>()
    .use(requestLog(log))
    .use(problemAnswers(settings.locale))
    .use(knownOperation(operations))
    .use(knownCaller(table, settings))
    .handler(perform)
}
