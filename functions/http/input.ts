import * as z from 'zod/mini'
import type { Operation } from '../../shared/contract/operation.ts'
import { FieldFaults, Problem, type Fault } from '../../shared/contract/problem.ts'
import { bearerOf, type ApiEvent } from './identity.ts'
import { faultsOf } from './problem-details.ts'

/** Where a list goes on and how much of it is wanted; `boundTo` ties the cursor to caller and query. */
export interface Paging {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly boundTo: string
}

const jsonLimit = 256 * 1024
const csvLimit = 4 * 1024 * 1024

/**
 * What the client sent, as the contract has it.
 * @throws FieldFaults, and Problem `malformed-json`, `unsupported-media-type`, `body-too-large`
 */
export const parseInput = (op: Operation, event: ApiEvent): { params: unknown; query: unknown; body: unknown; paging: Paging } => {
  const found: Fault[] = []
  const parsed = (schema: z.ZodMiniType | undefined, input: unknown, root: string): unknown => {
    if (schema === undefined) return undefined
    const result = schema.safeParse(input, { reportInput: true })
    if (!result.success) found.push(...faultsOf(result.error, root))
    return result.data
  }
  const params = parsed(op.params, event.pathParameters ?? {}, 'path')
  const repeated = repeatedIn(event.rawQueryString)
  found.push(...repeated.map((name): Fault => ({ path: `query.${name}`, code: 'given-twice' })))
  const query = repeated.length > 0 ? undefined : parsed(op.query ?? noQuery, event.queryStringParameters ?? {}, 'query')
  const body = op.body === undefined ? undefined : op.body === 'csv' ? csvBody(event) : parsed(op.body, jsonBody(event), '')
  if (found.length > 0) throw new FieldFaults(found)
  return { params, query, body, paging: pagingOf(op, params, query as Record<string, unknown> | undefined, event) }
}

/** The parameters given more than once. The gateway joins their values by commas, which no rule for one value can explain. */
const repeatedIn = (query: string): readonly string[] => {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const name of new URLSearchParams(query).keys()) (seen.has(name) ? repeated : seen).add(name)
  return [...repeated]
}

/** An operation without query parameters takes none. */
const noQuery = z.strictObject({})

const pagingOf = (op: Operation, params: unknown, query: Record<string, unknown> | undefined, event: ApiEvent): Paging => {
  const { limit, cursor, ...filters } = query ?? {}
  const sorted = Object.entries(filters).sort(([one], [other]) => (one < other ? -1 : 1))
  const bearer = op.access === 'public' ? ['anybody'] : bearerOf(event)
  const boundTo = JSON.stringify([op.id, ...bearer, params ?? null, sorted])
  return { limit: Number(limit ?? 50), cursor: cursor as string | undefined, boundTo }
}

export const bytesOf = (event: ApiEvent): Buffer => Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8')

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
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), demandHarmless) as unknown
  } catch (error) {
    throw error instanceof FieldFaults ? error : new Problem('malformed-json')
  }
}

/** Twice what any list of ours takes. Zod would look at each entry first, and break on the faults of 130,000. */
const entriesAtMost = 1_000

/** What must not come as far as zod. No field of ours is called `__proto__`; in a list of days it would be passed over. */
const demandHarmless = (name: string, value: unknown): unknown => {
  if (name === '__proto__') throw new FieldFaults([{ path: name, code: 'unknown-field' }])
  if (Array.isArray(value) && value.length > entriesAtMost) throw new FieldFaults([{ path: name, code: 'too-many', values: { limit: entriesAtMost } }])
  return value
}

const csvTypes = ['text/csv', 'application/csv', 'application/vnd.ms-excel', 'application/octet-stream']
const csvBody = (event: ApiEvent): Uint8Array => {
  const bytes = bytesOf(event)
  demandSize(bytes, csvLimit)
  if (!csvTypes.includes(mediaTypeOf(event))) throw new Problem('unsupported-media-type', { expected: 'text/csv' })
  return bytes
}
