import { createHash } from 'node:crypto'
import middy from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda'
import * as z from 'zod/mini'
import { routeKey, type Operation, type Reach } from '../../shared/contract/operation.ts'
import { FieldFaults, Problem, type Fault } from '../../shared/contract/problem.ts'
import { bootstrapAdmin, callerOf, reachesOf, type Caller } from '../../shared/roster/caller.ts'
import { identityKey, officerKey } from '../adapters/roster-store.ts'
import { opened, openedMaybe, stored, type Stored } from '../adapters/stored.ts'
import { Conflict, type Item, type Key, type Table, type Write } from '../adapters/table.ts'
import { detailsOf, detailsOfFaults, faultsOf, languageOf, type Language, type ProblemDetails } from './problem-details.ts'
import { jsonResult, problemResult, type Result } from './result.ts'

type Parsed<S> = S extends z.ZodMiniType ? z.output<S> : undefined

/** Where a list goes on and how much of it is wanted; `boundTo` ties the cursor to caller and query. */
export interface Paging {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly boundTo: string
}

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
  /** The version the client has seen; only where the contract asks for `If-Match`, otherwise if it sent one. */
  readonly seenVersion: number | undefined
  readonly paging: Paging
}

/** What a handler answers, and the writes by which it comes true. The answer is given once they are committed. */
export interface ApiAnswer<O extends Operation = Operation> {
  readonly body: O['response'] extends z.ZodMiniType ? z.input<O['response']> : string
  /** The object's version, sent as its ETag. */
  readonly version?: number
  readonly writes?: readonly Write[]
}

/** One handler for each operation. They load and decide; committing is done in one place, here. */
export type ApiHandlers<Ops extends readonly Operation[]> = {
  readonly [O in Ops[number] as O['id']]: (request: ApiRequest<O>) => Promise<ApiAnswer<O>> | ApiAnswer<O>
}

export interface ApiSettings {
  readonly locale: 'zh-CN' | 'en'
  readonly identityClaim: string
  readonly adminEmail: string
}

export interface ApiDependencies {
  readonly table: Table
  readonly settings: ApiSettings
  /** Waits before the next try after a conflict; grows with the number of tries. */
  readonly pause: (tries: number) => Promise<void>
  /** Told of every request: ids only, never names or texts. */
  readonly log: (entry: RequestLog) => void
}

export interface RequestLog {
  readonly requestId: string
  readonly operation: string
  readonly status: number
  readonly callerId?: string | undefined
  readonly problem?: string | undefined
  readonly error?: unknown
}

/** Claims are there on every route with the authorizer; a public route has none. */
type ApiEvent = APIGatewayProxyEventV2 & { readonly requestContext: Partial<Pick<APIGatewayProxyEventV2WithJWTAuthorizer['requestContext'], 'authorizer'>> }

/** A repeated request is answered from its record for so long. */
const requestKeptForSeconds = 7 * 24 * 3600
const jsonLimit = 256 * 1024
const csvLimit = 4 * 1024 * 1024
/** After a conflict everything is loaded and decided again, as often as this: enough for fifty at once on one item. */
const triesAtMost = 60

/**
 * A Lambda handler for the operations of one function. It checks what the contract demands, finds the caller, replays
 * repeated requests, lets the handler load and decide, and commits the decision as one transaction together with the
 * record by which the request is known when it is repeated.
 */
export const createApi = <const Ops extends readonly Operation[]>(operations: Ops, handlers: ApiHandlers<Ops>, deps: ApiDependencies) => {
  const byRoute = new Map(operations.map(op => [routeKey(op), op]))

  const answer = async (event: ApiEvent): Promise<Result> => {
    const language = languageOf(event.headers['accept-language'], deps.settings.locale)
    const requestId = event.requestContext.requestId
    const log: { operation: string; callerId?: string } = { operation: event.routeKey }
    try {
      const op = byRoute.get(event.routeKey)
      if (op === undefined) throw new Problem('no-such-operation')
      log.operation = op.id
      const result = await perform(op, event, language, caller => {
        log.callerId = caller.officerId
      })
      deps.log({ requestId, ...log, status: result.statusCode ?? 200 })
      return result
    } catch (error) {
      const details = detailsOfError(error, language, requestId)
      deps.log({ requestId, ...log, status: details.status, problem: details.code, ...(details.status >= 500 ? { error } : {}) })
      return problemResult(details)
    }
  }

  const perform = async (op: Operation, event: ApiEvent, language: Language, identified: (caller: Caller) => void): Promise<Result> => {
    const handler = (handlers as unknown as Record<string, (request: ApiRequest) => Promise<ApiAnswer>>)[op.id]
    if (handler === undefined) throw new Error(`no handler for ${op.id}`)
    if (op.access === 'public') throw new Error('public operations are not served here')
    const key = idempotencyKeyOf(op, event)
    const { caller, record } = await identify(event, key)
    identified(caller)
    const reaches = reachesOf(op.access, caller)
    const fingerprint = fingerprintOf(event)
    const request: ApiRequest = {
      ...parseInput(op, event),
      caller,
      reaches,
      now: event.requestContext.timeEpoch,
      language,
      mark: markOf(caller, op, key ?? event.requestContext.requestId),
      seenVersion: seenVersionOf(op, event),
    } as ApiRequest
    return commitAndAnswer(op, handler, request, key === undefined ? undefined : { key: requestKey(caller, key), fingerprint, record })
  }

  interface Repeatable {
    readonly key: Key
    readonly fingerprint: string
    readonly record: Item | undefined
  }

  const commitAndAnswer = async (
    op: Operation,
    handler: (request: ApiRequest) => Promise<ApiAnswer>,
    request: ApiRequest,
    repeatable: Repeatable | undefined,
  ): Promise<Result> => {
    let known = repeatable?.record
    for (let tries = 1; ; tries++) {
      if (repeatable !== undefined && known !== undefined) return replay(opened('request', known), repeatable.fingerprint)
      try {
        const { body, version, writes = [] } = await handler(request)
        const etag = version === undefined ? undefined : `"${version}"`
        await deps.table.commit([...writes, ...(repeatable === undefined || !isRecordable(body) ? [] : [recordWrite(repeatable, op.status, body, etag, request.now)])])
        return jsonResult(op.status, body, etag)
      } catch (error) {
        if (!(error instanceof Conflict)) throw error
        if (tries === triesAtMost) throw new Problem(conflictOnKey(error, repeatable) ? 'idempotency-in-flight' : 'busy')
        await deps.pause(tries)
        // Whoever was first may have been this very request, sent twice.
        if (repeatable !== undefined) known = await deps.table.get(repeatable.key)
      }
    }
  }

  /** Finds who calls, and then what is known of the request. */
  const identify = async (event: ApiEvent, key: string | undefined): Promise<{ caller: Caller; record: Item | undefined }> => {
    const caller = await callerBehind(event)
    return { caller, record: key === undefined ? undefined : await deps.table.get(requestKey(caller, key)) }
  }

  const callerBehind = async (event: ApiEvent): Promise<Caller> => {
    const { identityClaim, adminEmail } = deps.settings
    const claim = claimOf(event, identityClaim)
    const item = await deps.table.get(claim.email === undefined ? officerKey(claim.value) : identityKey(claim.email))
    const person = openedMaybe('officer', item)
    if (person?.active === true) return callerOf(person)
    const isBootstrap = person === undefined && verifiedEmailOf(event) === adminEmail.toLowerCase()
    if (isBootstrap) return bootstrapAdmin
    throw new Problem('not-in-roster')
  }

  return middy<ApiEvent, Result>(answer)
}

const requestKey = (caller: Caller, key: string): Key => ({ pk: `REQUEST#${caller.officerId}#${key}`, sk: 'REQUEST' })

const conflictOnKey = (conflict: Conflict, repeatable: { key: Key } | undefined): boolean =>
  repeatable !== undefined && conflict.keys.some(key => key.pk === repeatable.key.pk)

/** A longer answer does not fit into an item. Only a list of rejected rows grows so long, and it changed nothing. */
const isRecordable = (body: unknown): boolean => JSON.stringify(body).length < 100_000

const recordWrite = (
  { key, fingerprint }: { key: Key; fingerprint: string },
  status: number,
  body: unknown,
  etag: string | undefined,
  now: number,
): Write => ({
  put: stored('request', key, { fingerprint, status, body, ...(etag === undefined ? {} : { etag }) }, { expiresAt: Math.floor(now / 1000) + requestKeptForSeconds }),
  when: 'new',
})

const replay = (record: Stored<'request'>, fingerprint: string): Result => {
  if (record.fingerprint !== fingerprint) throw new Problem('idempotency-key-reused')
  const result = jsonResult(record.status, record.body, record.etag)
  return { ...result, headers: { ...result.headers, 'idempotent-replayed': 'true' } }
}

const idempotencyKeyOf = (op: Operation, event: ApiEvent): string | undefined => {
  const key = event.headers['idempotency-key']
  if (op.method !== 'POST') return undefined
  // Without a key a request cannot be recognised when it is repeated; it is then one of its own.
  if (key === undefined) return undefined
  if (!/^[\x21-\x7e]{1,128}$/.test(key)) throw new Problem('idempotency-key-not-valid')
  return key
}

/** The same for every repetition of a request, another for any other request. */
const markOf = (caller: Caller, op: Operation, key: string): string =>
  createHash('sha256').update(`${caller.officerId}\n${op.id}\n${key}`).digest('hex').slice(0, 20)

/** What makes two requests with one key the same: method, path, query and body. */
const fingerprintOf = (event: ApiEvent): string =>
  createHash('sha256')
    .update(`${event.requestContext.http.method} ${event.rawPath}?${event.rawQueryString}\n`)
    .update(bytesOf(event))
    .digest('base64url')

const bytesOf = (event: ApiEvent): Buffer => Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8')

const seenVersionOf = (op: Operation, event: ApiEvent): number | undefined => {
  const header = event.headers['if-match']
  if (header === undefined || header.trim() === '') {
    if (op.ifMatch === true) throw new Problem('if-match-required')
    return undefined
  }
  const version = /^(?:W\/)?"(\d{1,12})"$/.exec(header.trim())?.[1]
  return version === undefined ? -1 : Number(version)
}

const claimsOf = (event: ApiEvent): Readonly<Record<string, unknown>> => event.requestContext.authorizer?.jwt.claims ?? {}

/** The address of the token, if somebody has verified it. API Gateway hands claims on as text. */
const verifiedEmailOf = (event: ApiEvent): string | undefined => {
  const { email, email_verified: verified } = claimsOf(event)
  return typeof email === 'string' && String(verified) === 'true' && isPlain(email) ? email.toLowerCase() : undefined
}

/** Letters beyond ASCII fold into others (the Kelvin sign into k), and would let one name pass for another. */
const isPlain = (claim: string): boolean => /^[\x21-\x7e]{1,254}$/.test(claim)

const claimOf = (event: ApiEvent, name: string): { value: string; email?: string } => {
  const unusable = new Problem('identity-not-usable', { claim: name })
  if (name === 'email') {
    const email = verifiedEmailOf(event)
    if (email === undefined) throw unusable
    return { value: email, email }
  }
  const value = claimsOf(event)[name]
  if (typeof value !== 'string' || !isPlain(value)) throw unusable
  return { value }
}

const parseInput = (op: Operation, event: ApiEvent): { params: unknown; query: unknown; body: unknown; paging: Paging } => {
  const found: Fault[] = []
  const parsed = (schema: z.ZodMiniType | undefined, input: unknown, root: string): unknown => {
    if (schema === undefined) return undefined
    const result = schema.safeParse(input, { reportInput: true })
    if (!result.success) found.push(...faultsOf(result.error, root))
    return result.data
  }
  const params = parsed(op.params, event.pathParameters ?? {}, 'path')
  const query = parsed(op.query ?? noQuery, event.queryStringParameters ?? {}, 'query')
  const body = op.body === undefined ? undefined : op.body === 'csv' ? csvBody(event) : parsed(op.body, jsonBody(event), '')
  if (found.length > 0) throw new FieldFaults(found)
  return { params, query, body, paging: pagingOf(op, params, query as Record<string, unknown> | undefined, event) }
}

/** An operation without query parameters takes none. */
const noQuery = z.strictObject({})

const pagingOf = (op: Operation, params: unknown, query: Record<string, unknown> | undefined, event: ApiEvent): Paging => {
  const { limit, cursor, ...filters } = query ?? {}
  const claims = claimsOf(event)
  const sorted = Object.entries(filters).sort(([one], [other]) => (one < other ? -1 : 1))
  const boundTo = JSON.stringify([op.id, String(claims['iss']), String(claims['sub'] ?? claims['email']), params ?? null, sorted])
  return { limit: Number(limit ?? 50), cursor: cursor as string | undefined, boundTo }
}

const mediaTypeOf = (event: ApiEvent): string => (event.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

const demandSize = (body: Buffer, limit: number): void => {
  if (body.byteLength > limit) throw new Problem('body-too-large', { limit })
}

const jsonBody = (event: ApiEvent): unknown => {
  const bytes = bytesOf(event)
  demandSize(bytes, jsonLimit)
  if (bytes.byteLength === 0) return {}
  const type = mediaTypeOf(event)
  if (type !== 'application/json') throw new Problem('unsupported-media-type', { expected: 'application/json' })
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), withoutPrototypes) as unknown
  } catch (error) {
    throw error instanceof FieldFaults ? error : new Problem('malformed-json')
  }
}

/** No field of ours is called that; zod would pass it over in a list of days instead of refusing it. */
const withoutPrototypes = (name: string, value: unknown): unknown => {
  if (name === '__proto__') throw new FieldFaults([{ path: name, code: 'unknown-field' }])
  return value
}

const csvTypes = ['text/csv', 'application/csv', 'application/vnd.ms-excel', 'application/octet-stream']
const csvBody = (event: ApiEvent): Uint8Array => {
  const bytes = bytesOf(event)
  demandSize(bytes, csvLimit)
  if (!csvTypes.includes(mediaTypeOf(event))) throw new Problem('unsupported-media-type', { expected: 'text/csv' })
  return bytes
}

/** Errors of the table that pass when the same request is sent again. */
const passing = new Set([
  'ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded', 'TransactionInProgressException',
  'TransactionCanceledException', 'InternalServerError', 'ServiceUnavailable', 'TimeoutError', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE',
])
const isPassing = (error: unknown): boolean =>
  error instanceof Error && (passing.has(error.name) || passing.has(String((error as { code?: unknown }).code)))

const detailsOfError = (error: unknown, language: Language, requestId: string): ProblemDetails => {
  if (error instanceof Problem) return detailsOf(error, language)
  if (error instanceof FieldFaults) return detailsOfFaults(error, language)
  return detailsOf(isPassing(error) ? new Problem('busy') : new Problem('unexpected', { requestId }, { members: { requestId } }), language)
}
