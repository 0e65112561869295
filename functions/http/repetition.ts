import { createHash } from 'node:crypto'
import type { Operation } from '../../shared/contract/operation.ts'
import { Problem } from '../../shared/contract/problem.ts'
import type { Caller } from '../../shared/roster/caller.ts'
import { openedMaybe, stored, type Stored } from '../adapters/stored.ts'
import type { Conflict, Key, Table, Write } from '../adapters/table.ts'
import type { ApiEvent } from './identity.ts'
import { bytesOf } from './input.ts'
import { jsonResult, type Result } from './result.ts'

/** A repeated request is answered from its record for so long. */
const keptForSeconds = 7 * 24 * 3600

/** A longer answer does not fit into an item. Only a list of rejected rows grows so long, and it changed nothing. */
const recordedCharactersAtMost = 100_000

/** A request that can be recognised when it is repeated, by the caller and the Idempotency-Key. */
export interface Repeatable {
  readonly key: Key
  /** What makes two requests with one key the same: method, path, query and body. */
  readonly fingerprint: string
}

/**
 * The request as one that may be repeated; nothing where it has no key, for then every sending is a request of its own.
 * @throws Problem `idempotency-key-not-valid`
 */
export const repeatableOf = (op: Operation, event: ApiEvent, caller: Caller): Repeatable | undefined => {
  const key = idempotencyKeyOf(op, event)
  return key === undefined ? undefined : { key: { pk: `REQUEST#${caller.officerId}#${key}`, sk: 'REQUEST' }, fingerprint: fingerprintOf(event) }
}

/** The same for every repetition of a request, another for any other request. */
export const markOf = (op: Operation, event: ApiEvent, caller: Caller): string =>
  createHash('sha256').update(`${caller.officerId}\n${op.id}\n${idempotencyKeyOf(op, event) ?? event.requestContext.requestId}`).digest('hex').slice(0, 20)

const idempotencyKeyOf = (op: Operation, event: ApiEvent): string | undefined => {
  const key = event.headers['idempotency-key']
  if (op.method !== 'POST' || key === undefined) return undefined
  if (!/^[\x21-\x7e]{1,128}$/.test(key)) throw new Problem('idempotency-key-not-valid')
  return key
}

const fingerprintOf = (event: ApiEvent): string =>
  createHash('sha256')
    .update(`${event.requestContext.http.method} ${event.rawPath}?${event.rawQueryString}\n`)
    .update(bytesOf(event))
    .digest('base64url')

/**
 * The first answer to a request that has been carried out before.
 * @throws Problem `idempotency-key-reused` when that was another request
 */
export const earlierAnswer = async (table: Table, { key, fingerprint }: Repeatable): Promise<Result | undefined> => {
  const record = openedMaybe('request', await table.get(key))
  if (record === undefined) return undefined
  if (record.fingerprint !== fingerprint) throw new Problem('idempotency-key-reused')
  return replayed(record)
}

const replayed = (record: Stored<'request'>): Result => {
  const result = jsonResult(record.status, record.body, record.etag)
  return { ...result, headers: { ...result.headers, 'idempotent-replayed': 'true' } }
}

/** The record of a request and its answer; part of the very transaction it guards. */
export const recordWrites = (
  { key, fingerprint }: Repeatable,
  { status, body, etag }: { readonly status: number; readonly body: unknown; readonly etag: string | undefined },
  now: number,
): readonly Write[] => {
  if (JSON.stringify(body).length >= recordedCharactersAtMost) return []
  const record = { fingerprint, status, body, ...(etag === undefined ? {} : { etag }) }
  return [{ put: stored('request', key, record, { expiresAt: Math.floor(now / 1000) + keptForSeconds }), when: 'new' }]
}

/** Whether it was the request's own record that stood in the way: the same request is under way. */
export const isInFlight = ({ keys }: Conflict, { key }: Repeatable): boolean => keys.some(({ pk }) => pk === key.pk)
