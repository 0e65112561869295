import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LocalStack } from '../../../infra/local/stack.ts'
import { bundleFixture, startSmallStack } from './small-stack.ts'

interface Seen {
  readonly event: Record<string, unknown> & { requestContext: Record<string, unknown>; headers: Record<string, string> }
  readonly context: Record<string, unknown>
  readonly environment: Record<string, string>
}

let stack: LocalStack
beforeAll(async () => {
  const cleanUp = await bundleFixture()
  stack = await startSmallStack()
  return cleanUp
})
afterAll(() => stack.close())

const see = async (path: string, init?: RequestInit): Promise<Seen> => {
  const response = await fetch(`${stack.url}${path}`, init)
  expect(response.status).toBe(200)
  return (await response.json()) as Seen
}

const answer = (reply: unknown): Promise<Response> =>
  fetch(`${stack.url}/answer`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(reply) })

describe('the event a function is given', () => {
  it('is payload format 2.0, by the stack’s clock', async () => {
    const { event } = await see('/some%20thing?a=1&b=%E4%BA%B2&a=2', {
      headers: { 'X-Mixed-Case': 'Yes', cookie: 'one=1; two=2', 'user-agent': 'tester' },
    })
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /{anything}',
      rawPath: '/some thing',
      rawQueryString: 'a=1&b=%E4%BA%B2&a=2',
      cookies: ['one=1', 'two=2'],
      queryStringParameters: { a: '1,2', b: '亲' },
      pathParameters: { anything: 'some thing' },
      isBase64Encoded: false,
      requestContext: {
        http: { method: 'GET', path: '/some thing', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'tester' },
        routeKey: 'ANY /{anything}',
        stage: '$default',
        time: '31/Jul/2016:16:00:00 +0000',
        timeEpoch: Date.parse('2016-08-01T00:00:00+08:00'),
      },
    })
    expect(event.headers).toMatchObject({ 'x-mixed-case': 'Yes', 'x-forwarded-proto': 'http' })
    expect(event.headers).not.toHaveProperty('cookie')
    expect(event.requestContext).not.toHaveProperty('authorizer')
  })

  it('leaves out what there is not', async () => {
    const { event } = await see('/plain')
    expect(Object.keys(event)).not.toEqual(expect.arrayContaining(['cookies']))
    expect(event).not.toHaveProperty('queryStringParameters')
    expect(event).not.toHaveProperty('body')
  })

  it('joins headers that are repeated', async () => {
    const seen = await new Promise<Seen>((resolve, reject) => {
      request(`${stack.url}/x`, { headers: { 'x-many': ['1', '2'] } }, (response) => {
        let text = ''
        response.on('data', (chunk: Buffer) => (text += chunk.toString()))
        response.on('end', () => {
          resolve(JSON.parse(text) as Seen)
        })
      })
        .on('error', reject)
        .end()
    })
    expect(seen.event.headers['x-many']).toBe('1,2')
  })

  it.each<[string | undefined, Buffer, string, boolean]>([
    ['application/json', Buffer.from('{"a":"亲"}'), '{"a":"亲"}', false],
    ['application/json; charset=utf-8', Buffer.from('{}'), '{}', false],
    ['text/csv', Buffer.from('a,b'), 'a,b', false],
    ['application/xml', Buffer.from('<a/>'), '<a/>', false],
    // 亲商 in GB18030.
    ['text/csv; charset=gb18030', Buffer.from([0xc7, 0xd7, 0xc9, 0xcc]), 'x9fJzA==', true],
    ['application/octet-stream', Buffer.from('abc'), 'YWJj', true],
    ['application/x-www-form-urlencoded', Buffer.from('a=1'), 'YT0x', true],
    ['application/problem+json', Buffer.from('{}'), 'e30=', true],
    [undefined, Buffer.from('abc'), 'YWJj', true],
  ])('carries a body of type %s', async (type, body, carried, isBase64Encoded) => {
    const { event } = await see('/v1/upload', {
      method: 'POST',
      headers: type === undefined ? {} : { 'content-type': type },
      body: new Uint8Array(body),
    })
    expect(event).toMatchObject({ body: carried, isBase64Encoded })
  })

  it('comes with a context and with the environment of the template, and nothing of this machine’s', async () => {
    const { context, environment } = await see('/x')
    expect(context).toMatchObject({ functionName: 'echo', functionVersion: '$LATEST', memoryLimitInMB: '128' })
    expect(environment).toMatchObject({ TABLE_NAME: 'qinshang-local-Table', AWS_LAMBDA_FUNCTION_NAME: 'echo' })
    expect(environment['SECRET']).toMatch(/^[a-zA-Z0-9]{40}$/)
    expect(environment).not.toHaveProperty('PATH')
    expect(environment).not.toHaveProperty('HOME')
  })
})

describe('a function’s answer', () => {
  it('sets status, headers and cookies', async () => {
    const response = await answer({ statusCode: 201, headers: { ETag: '"1"', 'X-Number': 7 }, cookies: ['a=1', 'b=2'], body: '好' })
    expect(response.status).toBe(201)
    expect(response.headers.get('etag')).toBe('"1"')
    expect(response.headers.get('x-number')).toBe('7')
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(response.headers.get('content-type')).toBe('text/plain;charset=UTF-8')
    expect(await response.text()).toBe('好')
  })

  it('may be binary', async () => {
    const response = await answer({ statusCode: 200, body: 'x9fJzA==', isBase64Encoded: true })
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from([0xc7, 0xd7, 0xc9, 0xcc]))
  })

  it('is the body itself when it has no status', async () => {
    const response = await answer({ anything: 1 })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toEqual({ anything: 1 })
  })

  it.each([[{ statusCode: 'soon' }], [{ statusCode: 200, body: { not: 'text' } }], [{ statusCode: 99 }]])(
    'is a 500 when it makes no sense: %j',
    async (reply) => {
      const response = await answer(reply)
      expect(response.status).toBe(500)
      expect(await response.json()).toEqual({ message: 'Internal Server Error' })
    },
  )

  it.each(['/throw', '/exit', '/hang'])('is a 500 when the function fails (%s), and the next call works', async (path) => {
    const response = await fetch(`${stack.url}${path}`)
    expect(response.status).toBe(500)
    expect(await response.json()).toEqual({ message: 'Internal Server Error' })
    await see('/after')
  })
})

describe('what never reaches a function', () => {
  it('is a path without a route', async () => {
    const response = await fetch(`${stack.url}/no/such/route`)
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({ message: 'Not Found' })
  })

  it('is a path that cannot be decoded', async () => {
    expect((await fetch(`${stack.url}/%E4%BA`)).status).toBe(400)
  })

  it.each([7, 11])('is a body of %i MB', async (megabytes) => {
    const body = 'x'.repeat(megabytes * 1024 * 1024)
    const response = await fetch(`${stack.url}/v1/upload`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body })
    expect(response.status).toBe(413)
  })
})

describe('the authorizer', () => {
  const call = (token?: string, path = '/v1/things/7') =>
    fetch(`${stack.url}${path}`, token === undefined ? {} : { headers: { authorization: token } })

  it('lets a token of the issuer through, its claims as texts', async () => {
    const token = await stack.issuer.token('a@example.org', { groups: ['x', 'y'], level: 3 })
    for (const header of [`Bearer ${token}`, token]) {
      const response = await call(header)
      expect(response.status).toBe(200)
      const { event } = (await response.json()) as Seen
      expect(event.requestContext['authorizer']).toMatchObject({
        jwt: { claims: { email: 'a@example.org', email_verified: 'true', groups: '[x y]', level: '3', aud: 'small' }, scopes: null },
      })
    }
  })

  it.each<[string, Record<string, unknown>]>([
    ['another audience', { aud: 'other' }],
    ['another issuer', { iss: 'https://elsewhere.example' }],
    ['no end', { exp: null }],
    ['an end before the stack’s now', { exp: Date.parse('2016-07-31T23:00:00+08:00') / 1000 }],
    ['a start after the stack’s now', { nbf: Date.parse('2016-08-02T00:00:00+08:00') / 1000 }],
  ])('refuses a token with %s', async (_, claims) => {
    const response = await call(`Bearer ${await stack.issuer.token('a@example.org', claims)}`)
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({ message: 'Unauthorized' })
    expect(response.headers.get('www-authenticate')).toContain('invalid_token')
  })

  it('takes client_id where there is no audience', async () => {
    expect((await call(await stack.issuer.token('a@example.org', { aud: null, client_id: 'small' }))).status).toBe(200)
  })

  it('refuses a missing token, and one that somebody has changed', async () => {
    expect((await call()).headers.get('www-authenticate')).toBe('Bearer')
    const [head, , signature] = (await stack.issuer.token('a@example.org')).split('.')
    const claims = Buffer.from(JSON.stringify({ iss: stack.issuer.url, aud: 'small', exp: 9e9, email: 'b@example.org' })).toString('base64url')
    expect((await call(`Bearer ${head ?? ''}.${claims}.${signature ?? ''}`)).status).toBe(401)
  })

  it('wants one of the route’s scopes', async () => {
    const refused = await call(await stack.issuer.token('a@example.org'), '/v1/scoped')
    expect(refused.status).toBe(403)
    const allowed = await call(await stack.issuer.token('a@example.org', { scope: 'other things.read' }), '/v1/scoped')
    expect(((await allowed.json()) as Seen).event.requestContext['authorizer']).toMatchObject({ jwt: { scopes: ['other', 'things.read'] } })
  })
})
