import { strFromU8, unzipSync } from 'fflate'
import { expect } from 'vitest'
import * as z from 'zod'
import { commonProblems } from '../../../functions/http/problem-details.ts'
import type { Ask as OperationAsk } from '../../../infra/smoke/caller.ts'
import type { Operation } from '../../../shared/contract/operation.ts'
import { workbookType } from '../../../shared/report/workbook.ts'
import { faults, problems, type ProblemCode } from '../../../shared/contract/problem.ts'

/** A body that is text or bytes is sent as it is, anything else as JSON. */
export interface Ask extends OperationAsk {
  readonly headers?: Readonly<Record<string, string>>
}

export interface Given<O extends Operation> {
  readonly status: number
  readonly body: O['response'] extends z.core.$ZodType ? z.output<O['response']> : string
  readonly etag: string
  readonly replayed: boolean
}

const problemShape = z.looseObject({
  type: z.string(),
  title: z.string().min(1),
  status: z.int(),
  code: z.string(),
  detail: z.string().min(1).regex(/^(?!.*\{\w+\})/s),
  errors: z.array(z.strictObject({ path: z.string(), code: z.string(), message: z.string().min(1) })).min(1).optional(),
})
export type Refusal = z.infer<typeof problemShape>

/** What API Gateway answers by itself, before a function is asked. */
const gatewayShape = z.strictObject({ message: z.string() })

type Outcome<O extends Operation> = { readonly given: Given<O> } | { readonly refusal: Refusal }

/** Somebody who calls the API with a token. Every answer is held to the contract, refusals too. */
export interface Client {
  /** @throws when it is refused */
  ask<O extends Operation>(op: O, ask?: Ask): Promise<Given<O>>
  /** @throws when it is not refused */
  refused(op: Operation, ask?: Ask): Promise<Refusal>
  /** Either. */
  try<O extends Operation>(op: O, ask?: Ask): Promise<Outcome<O>>
}

export const clientWith = (baseUrl: string, token: string | undefined): Client => {
  const attempt = async <O extends Operation>(op: O, ask: Ask = {}): Promise<Outcome<O>> => {
    const response = await fetch(`${baseUrl}${pathOf(op, ask)}`, requestOf(op, ask, token))
    return response.ok ? { given: await givenBy(op, response) } : { refusal: await refusalBy(op, response) }
  }
  return {
    try: attempt,
    ask: async (op, ask) => {
      const outcome = await attempt(op, ask)
      if ('given' in outcome) return outcome.given
      throw new Error(`${op.id} was refused: ${JSON.stringify(outcome.refusal)}`)
    },
    refused: async (op, ask) => {
      const outcome = await attempt(op, ask)
      if ('refusal' in outcome) return outcome.refusal
      throw new Error(`${op.id} was not refused: ${JSON.stringify(outcome.given)}`)
    },
  }
}

const pathOf = (op: Operation, { params = {}, query }: Ask): string => {
  const path = op.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  return query === undefined ? path : `${path}?${new URLSearchParams(query).toString()}`
}

const requestOf = (op: Operation, { body, key, ifMatch, headers }: Ask, token: string | undefined): RequestInit => {
  const type = op.body === 'csv' ? 'text/csv' : 'application/json'
  const content = body === undefined && op.body !== undefined ? {} : body
  return {
    method: op.method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(content === undefined ? {} : { 'content-type': type }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      ...headers,
    },
    ...(content === undefined ? {} : { body: typeof content === 'string' ? content : content instanceof Uint8Array ? Buffer.from(content) : JSON.stringify(content) }),
  }
}

const givenBy = async <O extends Operation>(op: O, response: Response): Promise<Given<O>> => {
  expect({ op: op.id, status: response.status }).toEqual({ op: op.id, status: op.status })
  const content = new Uint8Array(await response.arrayBuffer())
  const text = 'mediaType' in op.response && op.response.mediaType === workbookType ? textIn(content) : new TextDecoder().decode(content)
  const etag = response.headers.get('etag') ?? ''
  if (op.etag === true) expect(etag).toMatch(/^"\d+"$/)
  const body = 'mediaType' in op.response ? text : op.response.parse(JSON.parse(text))
  return { status: response.status, body: body as Given<O>['body'], etag, replayed: response.headers.get('idempotent-replayed') === 'true' }
}

/** All that a workbook says, part after part. */
const textIn = (workbook: Uint8Array): string => Object.values(unzipSync(workbook)).map(part => strFromU8(part)).join('\n')

const mediaTypeOf = (response: Response): string => response.headers.get('content-type')?.split(';')[0] ?? ''

const refusalBy = async (op: Operation, response: Response): Promise<Refusal> => {
  const text = await response.text()
  const context = `${op.id} answered ${response.status} ${text.slice(0, 500)}`
  if (mediaTypeOf(response) === 'application/json') {
    const { message } = gatewayShape.parse(JSON.parse(text))
    expect([401, 413], context).toContain(response.status)
    return { type: 'about:blank', title: message, status: response.status, code: 'gateway', detail: message }
  }
  expect(mediaTypeOf(response), context).toBe('application/problem+json')
  return refusalIn(text, response.status, op, context)
}

/** Problems an operation can answer with, by the contract. */
const declaredFor = (op: Operation): readonly ProblemCode[] => [...(op.problems ?? []), ...Object.values(commonProblems).flat()]

/** A problem document of ours: its code known and declared, its words complete. */
export const refusalIn = (text: string, status: number, op: Operation, context = text): Refusal => {
  const refusal = problemShape.parse(JSON.parse(text))
  expect(refusal.type, context).toBe(`/docs#${refusal.code}`)
  expect(refusal.status, context).toBe(status)
  const isFault = Object.hasOwn(faults, refusal.code)
  if (isFault) expect(status, context).toBe(422)
  else {
    expect(declaredFor(op), context).toContain(refusal.code)
    expect(status, context).toBe(problems[refusal.code as ProblemCode].status)
  }
  for (const { code } of refusal.errors ?? []) expect(Object.keys(faults), context).toContain(code)
  return refusal
}
