import type * as z from 'zod/mini'
import { routeKey, type Operation } from '../../shared/contract/operation.ts'
import type { ProblemCode } from '../../shared/contract/problem.ts'
import { messageOf, PlainError } from '../plain-error.ts'
import { whyRefused } from './token.ts'

/** A request for an operation. A body of text is sent as CSV, anything else as JSON. */
export interface Ask {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly key?: string
  readonly ifMatch?: string
}

export interface Given<O extends Operation> {
  readonly body: O['response'] extends z.ZodMiniType ? z.output<O['response']> : string
  readonly etag: string
  readonly replayed: boolean
}

/** An answer as it came, whatever it is. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Somebody who calls the API. What is thrown says what was wrong, and what to look at. */
export interface Caller {
  /** Sends the request and takes any answer. @throws PlainError when there is none */
  send(op: Operation, ask?: Ask): Promise<Answer>
  /** @throws PlainError unless it is answered as the contract says */
  ask<O extends Operation>(op: O, ask?: Ask): Promise<Given<O>>
  /** @throws PlainError unless it is refused like this; without a code, by the gateway itself */
  refused(op: Operation, ask: Ask, status: number, code?: ProblemCode): Promise<true>
}

/** API Gateway gives up after 29 seconds; what takes longer than this has lost its answer. */
const patience = 35_000

export const callerWith = (url: string, token?: string): Caller => {
  const send = async (op: Operation, ask: Ask = {}): Promise<Answer> => {
    try {
      const response = await fetch(`${url}${pathOf(op, ask)}`, { ...requestOf(op, ask, token), redirect: 'manual', signal: AbortSignal.timeout(patience) })
      return { status: response.status, headers: response.headers, text: await response.text() }
    } catch (error) {
      throw new PlainError(`nothing answers at ${url} (${causeOf(error)}): is it the output ApiUrl of the stack?`)
    }
  }
  return {
    send,
    ask: async (op, ask) => {
      const answer = await send(op, ask)
      if (answer.status !== op.status) throw new PlainError(explained(op, answer, token))
      return givenBy(op, answer)
    },
    refused: async (op, ask, status, code) => {
      const answer = await send(op, ask)
      if (answer.status === status && problemIn(answer.text)?.code === code) return true
      if (answer.status >= 500 || (answer.status === 401 && token !== undefined)) throw new PlainError(explained(op, answer, token))
      const found = [answer.status, problemIn(answer.text)?.code].filter(part => part !== undefined).join(' ')
      throw new PlainError(`${routeKey(op)} answered ${found} instead of ${[status, code].filter(part => part !== undefined).join(' ')}`)
    },
  }
}

const causeOf = (error: unknown): string => {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined
  return typeof cause?.code === 'string' ? cause.code : messageOf(error)
}

const pathOf = (op: Operation, { params = {}, query }: Ask): string => {
  const path = op.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  return query === undefined ? path : `${path}?${new URLSearchParams(query).toString()}`
}

const requestOf = (op: Operation, { body, key, ifMatch }: Ask, token: string | undefined): RequestInit => ({
  method: op.method,
  headers: {
    'accept-language': 'en',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': typeof body === 'string' ? 'text/csv; charset=utf-8' : 'application/json' }),
    ...(op.method === 'POST' ? { 'idempotency-key': key ?? crypto.randomUUID() } : {}),
    ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
  },
  ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
})

const givenBy = <O extends Operation>(op: O, { headers, text }: Answer): Given<O> => {
  const body = 'safeParse' in op.response ? parsed(op, op.response, text) : text
  return { body: body as Given<O>['body'], etag: headers.get('etag') ?? '', replayed: headers.get('idempotent-replayed') === 'true' }
}

const parsed = (op: Operation, schema: z.ZodMiniType, text: string): unknown => {
  const result = schema.safeParse(jsonIn(text))
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new PlainError(`the answer to ${routeKey(op)} is not what the contract says (at ${issue?.path.join('.') ?? ''}): is the stage deployed from this version?`)
}

/** `undefined` where the text is no JSON. */
export const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

interface Refusal {
  readonly code: string
  readonly detail: string
}

/** A problem document of ours; what the gateway says by itself has no code. */
const problemIn = (text: string): Refusal | undefined => {
  const found = jsonIn(text) as Partial<Record<keyof Refusal, unknown>> | null | undefined
  return typeof found?.code === 'string' ? { code: found.code, detail: typeof found.detail === 'string' ? found.detail : '' } : undefined
}

/** What was refused, by whom, and where to look. */
const explained = (op: Operation, answer: Answer, token: string | undefined): string => {
  const problem = problemIn(answer.text)
  const said = problem === undefined ? `${answer.status}` : `${answer.status} ${problem.code} (${problem.detail})`
  const advice = problem === undefined ? adviceOnGateway(op, answer, token) : adviceOn(op, problem.code, answer)
  return `${routeKey(op)} answered ${said}${advice === '' ? '' : `; ${advice}`}`
}

const adviceOn = (op: Operation, code: string, answer: Answer): string => {
  switch (code) {
    case 'identity-not-usable':
      return 'or set oidc.identityClaim of the stage in cdk.json to a claim that the tokens carry'
    case 'not-in-roster':
      return "the token must carry the verified address that is the stage's adminEmail in cdk.json, and the roster must not have retired it"
    case 'role-not-allowed':
      return 'the roster knows who calls by oidc.identityClaim; where that is not email, --staff-no must be what the token says there'
    default:
      return answer.status >= 500 ? whereToLook(op, answer) : ''
  }
}

const adviceOnGateway = (op: Operation, answer: Answer, token: string | undefined): string => {
  if (answer.status === 401 && token !== undefined) return whyRefused(token, Date.now())
  if (answer.status === 401) return 'the gateway asks for a token where the contract asks for none'
  if (answer.status === 429) return "more requests came at once than the stage's throttle in cdk.json lets pass"
  if (answer.status >= 500) return whereToLook(op, answer)
  return 'no answer of this API: is --url the output ApiUrl of the stack, with nothing after it?'
}

/** CloudFormation makes up the ends of log groups' names; their beginnings lead to them. */
const whereToLook = ({ owner }: Operation, { headers }: Answer): string => {
  const requestId = headers.get('apigw-requestid')
  return `look into the log group of the function ${owner} (qinshang-<stage>-${owner}Logs…)${requestId === null ? '' : ` for request ${requestId}`}`
}
