import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isUtf8 } from 'node:buffer'
import * as z from 'zod'
import type { Authorization, JwtAuthorizer } from './authorizer.ts'
import { router, type Match, type Route } from './routes.ts'
import type { Invoke } from './worker.ts'

/** What stands behind a route: a function, and who may pass. */
export interface Endpoint {
  readonly invoke: Invoke
  readonly authorizer: JwtAuthorizer | undefined
  readonly scopes: readonly string[]
  /** The integration's own time limit. */
  readonly timeoutMilliseconds: number
}

export interface HttpApiSettings {
  readonly apiId: string
  readonly accountId: string
  readonly stage: string
  readonly routes: readonly Route<Endpoint>[]
  readonly now: () => Date
}

/** API Gateway's limit on a request, and Lambda's on an invocation's payload. */
const bodyLimit = 10 * 1024 * 1024
const payloadLimit = 6_291_556

/** An API Gateway HTTP API with Lambda integrations in payload format 2.0. */
export class HttpApi {
  readonly #settings: HttpApiSettings
  readonly #choose: (method: string, path: string) => Match<Endpoint> | undefined

  constructor(settings: HttpApiSettings) {
    this.#settings = settings
    this.#choose = router(settings.routes)
  }

  async serve(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const requestId = randomUUID()
    const respond = (status: number, message: string, headers: Record<string, string> = {}) => {
      send(answer, requestId, status, { 'content-type': 'application/json', ...headers }, JSON.stringify({ message }))
    }
    const target = targetOf(incoming, this.#settings.stage)
    if (!target) {
      respond(400, 'Bad Request')
      return
    }
    const match = this.#choose(incoming.method ?? 'GET', target.path)
    if (!match) {
      incoming.resume()
      respond(404, 'Not Found')
      return
    }
    const endpoint = match.route.value
    const decision = await endpoint.authorizer?.authorize(incoming.headers.authorization, endpoint.scopes)
    if (decision?.allowed === false) {
      const { status, message, challenge } = decision.refusal
      incoming.resume()
      respond(status, message, { 'www-authenticate': challenge })
      return
    }
    const body = await readUpTo(bodyLimit, incoming)
    if (!body) {
      respond(413, 'Request Entity Too Large', { connection: 'close' })
      return
    }
    const event = this.#event(incoming, { ...target, match, body, requestId, authorization: decision?.authorization })
    if (Buffer.byteLength(JSON.stringify(event)) > payloadLimit) {
      respond(413, 'Request Entity Too Large')
      return
    }
    const outcome = await within(endpoint.timeoutMilliseconds, endpoint.invoke(event))
    if (outcome === 'late') {
      respond(503, 'Service Unavailable')
      return
    }
    const reply = outcome.ok ? replyOf(outcome.payload) : undefined
    if (reply) send(answer, requestId, reply.status, reply.headers, reply.body)
    else respond(500, 'Internal Server Error')
  }

  #event(
    incoming: IncomingMessage,
    request: {
      path: string
      rawPath: string
      query: string
      match: Match<Endpoint>
      body: Buffer
      requestId: string
      authorization: Authorization | undefined
    },
  ): object {
    const { match, body, requestId, authorization, rawPath, query } = request
    const { apiId, accountId, stage } = this.#settings
    const now = this.#settings.now()
    const cookies = incoming.headers.cookie?.split(/;\s*/).filter(Boolean)
    const queryParameters = joinedQuery(query)
    return {
      version: '2.0',
      routeKey: match.route.key,
      rawPath,
      rawQueryString: query,
      ...(cookies?.length ? { cookies } : {}),
      headers: headersOf(incoming),
      ...(queryParameters ? { queryStringParameters: queryParameters } : {}),
      requestContext: {
        accountId,
        apiId,
        ...(authorization ? { authorizer: { jwt: authorization } } : {}),
        domainName: incoming.headers.host,
        domainPrefix: apiId,
        http: {
          method: incoming.method,
          path: rawPath,
          protocol: `HTTP/${incoming.httpVersion}`,
          sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
          userAgent: incoming.headers['user-agent'] ?? '',
        },
        requestId,
        routeKey: match.route.key,
        stage,
        time: accessLogTime(now),
        timeEpoch: now.getTime(),
      },
      ...(Object.keys(match.parameters).length > 0 ? { pathParameters: match.parameters } : {}),
      ...encodedBody(incoming.headers['content-type'], body),
    }
  }
}

/** `rawPath` and path parameters come to the function decoded. A named stage is the first part of the path. */
const targetOf = (
  incoming: IncomingMessage,
  stage: string,
): { path: string; rawPath: string; query: string } | undefined => {
  const [encoded = '/', ...rest] = (incoming.url ?? '/').split('?')
  try {
    const rawPath = decodeURIComponent(encoded)
    const prefix = stage === '$default' ? '' : `/${stage}`
    if (!rawPath.startsWith(`${prefix}/`)) return undefined
    return { path: rawPath.slice(prefix.length), rawPath, query: rest.join('?') }
  } catch {
    return undefined
  }
}

/** Names in lower case, repeated ones joined by a comma, cookies apart; and what the gateway adds of its own. */
const headersOf = (incoming: IncomingMessage): Record<string, string> => {
  const headers: Record<string, string> = {}
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    const name = (incoming.rawHeaders[index] ?? '').toLowerCase()
    const value = incoming.rawHeaders[index + 1] ?? ''
    if (name === 'cookie' || name === 'connection' || name === 'transfer-encoding') continue
    headers[name] = name in headers ? `${headers[name] ?? ''},${value}` : value
  }
  return {
    ...headers,
    'x-forwarded-for': incoming.socket.remoteAddress ?? '127.0.0.1',
    'x-forwarded-port': String(incoming.socket.localPort),
    'x-forwarded-proto': 'http',
  }
}

const joinedQuery = (query: string): Record<string, string> | undefined => {
  if (query === '') return undefined
  // Without a prototype: a parameter may have any name.
  const joined = Object.create(null) as Record<string, string>
  for (const [name, value] of new URLSearchParams(query)) joined[name] = name in joined ? `${joined[name] ?? ''},${value}` : value
  return joined
}

/** e.g. `12/Mar/2020:19:03:58 +0000` */
const accessLogTime = (now: Date): string => {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(now.toUTCString()) ?? []
  return `${day ?? ''}/${month ?? ''}/${year ?? ''}:${time ?? ''} +0000`
}

const textTypes = ['application/json', 'application/javascript', 'application/xml']

/**
 * API Gateway passes `text/*`, JSON, JavaScript and XML on as text, and everything else, forms and bodies without a type
 * included, in base64. What it does with a text type whose bytes are not UTF-8 (a GB18030 file sent as `text/csv`) is
 * documented nowhere: here such bytes come in base64 and survive. A client that wants to be safe in every deployment
 * sends such a file as `application/octet-stream` or `application/vnd.ms-excel`.
 */
const encodedBody = (contentType: string | undefined, body: Buffer): { body?: string; isBase64Encoded: boolean } => {
  if (body.length === 0) return { isBase64Encoded: false }
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? ''
  const isText = (type.startsWith('text/') || textTypes.includes(type)) && isUtf8(body)
  return isText
    ? { body: body.toString('utf8'), isBase64Encoded: false }
    : { body: body.toString('base64'), isBase64Encoded: true }
}

interface Reply {
  readonly status: number
  readonly headers: Record<string, string | string[]>
  readonly body: string | Buffer
}

const scalar = z.union([z.string(), z.number(), z.boolean()])
const replyShape = z.object({
  statusCode: z.union([z.int().min(100).max(599), z.string().regex(/^[1-5]\d\d$/).transform(Number)]),
  headers: z.record(z.string(), scalar).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
})

/** The function's answer as HTTP. Anything without a `statusCode` is itself the body of a 200. */
const replyOf = (payload: unknown): Reply | undefined => {
  if (typeof payload !== 'object' || payload === null || !('statusCode' in payload))
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: typeof payload === 'string' ? payload : JSON.stringify(payload),
    }
  const parsed = replyShape.safeParse(payload)
  if (!parsed.success) return undefined
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data
  const lowered = Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  )
  return {
    status: statusCode,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...lowered,
      ...(cookies?.length ? { 'set-cookie': cookies } : {}),
    },
    body: isBase64Encoded ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  }
}

const send = (
  answer: ServerResponse,
  requestId: string,
  status: number,
  headers: Record<string, string | string[]>,
  body: string | Buffer,
): void => {
  answer.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body), 'apigw-requestid': requestId }).end(body)
}

/** The whole body, or nothing when it is larger than allowed. */
const readUpTo = async (limit: number, incoming: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    // Read on to the end, so that the client gets to read the answer.
    if (size <= limit) chunks.push(chunk)
  }
  return size > limit ? undefined : Buffer.concat(chunks)
}

const within = async <T>(milliseconds: number, work: Promise<T>): Promise<T | 'late'> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => {
      resolve('late')
    }, milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
