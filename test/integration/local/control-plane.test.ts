import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LocalStack } from '../../../infra/local/stack.ts'
import { bundleFixture, startSmallStack, writeMails } from './small-stack.ts'

let stack: LocalStack
beforeAll(async () => {
  const cleanUp = await bundleFixture()
  stack = await startSmallStack({ people: [{ email: 'a@example.org', label: '<b>示例</b>' }] })
  return cleanUp
})
afterAll(() => stack.close())

const call = async (method: string, path: string, body?: unknown) => {
  const response = await fetch(`${stack.url}${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Record<string, unknown> }
}

const submit = (path: string, fields: Record<string, string>) =>
  fetch(`${stack.url}${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })

describe('the control plane', () => {
  it('gives a token that the API takes', async () => {
    const { status, body } = await call('POST', '/_local/token', { email: 'a@example.org', claims: { email_verified: false } })
    expect(status).toBe(200)
    const response = await fetch(`${stack.url}/v1/things/1`, { headers: { authorization: `Bearer ${String(body['token'])}` } })
    expect(await response.text()).toContain('"email_verified":"false"')
  })

  it('publishes the issuer', async () => {
    const { body } = await call('GET', '/_local/oidc/.well-known/openid-configuration')
    expect(body).toMatchObject({ issuer: `${stack.url}/_local/oidc`, jwks_uri: `${stack.url}/_local/oidc/jwks` })
    expect(JSON.stringify((await call('GET', '/_local/oidc/jwks')).body)).not.toContain('"d":')
  })

  it('moves the clock forward and says what ran, and never back', async () => {
    expect((await call('GET', '/_local/clock')).body).toEqual({ now: '2016-07-31T16:00:00.000Z', today: '2016-08-01', standing: true })
    expect(await call('POST', '/_local/clock', { now: '2016-08-01T01:30:00+08:00' })).toEqual({
      status: 200,
      body: { now: '2016-07-31T17:30:00.000Z', ran: [{ name: 'hourly', at: '2016-07-31T17:00:00.000Z', ok: true }] },
    })
    const back = await call('POST', '/_local/clock', { now: '2016-08-01T00:30:00+08:00' })
    expect(back.status).toBe(409)
    expect(back.body['message']).toMatch(/不能往回拨.*The clock stands at 2016-07-31T17:30:00\.000Z and does not go back\.$/)
  })

  it('does not move the clock by years in one call, and says how far it goes', async () => {
    const { status, body } = await call('POST', '/_local/clock', { now: '9999-12-31T00:00:00+08:00' })
    expect(status).toBe(422)
    expect(body['message']).toMatch(/最多拨 400 天.*2017-09-04T17:30:00\.000Z.*400 days at most.*2017-09-04T17:30:00\.000Z/)
    expect((await submit('/_local/clock', { forward: '999999999' })).status).toBe(422)
    for (const [local, timeZone] of [['2026-13-41T99:99', 'Asia/Shanghai'], ['2026-12-01T09:00', 'Mars/X']] as const)
      expect((await submit('/_local/clock', { local, timeZone })).status).toBe(400)
    expect((await call('GET', '/_local/clock')).body['now']).toBe('2016-07-31T17:30:00.000Z')
  })

  it('reads JSON whatever it is called, as curl calls it a form', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const response = await fetch(`${stack.url}/_local/token`, { method: 'POST', headers, body: '{"email":"a@example.org"}' })
    expect(await response.json()).toHaveProperty('token')
  })

  it('runs one schedule now', async () => {
    const { status, body } = await call('POST', '/_local/schedules/daily')
    expect({ status, body }).toEqual({ status: 200, body: { name: 'daily', at: '2016-07-31T17:30:00.000Z', ok: true } })
    expect((await call('POST', '/_local/schedules/nightly')).status).toBe(404)
  })

  it('lists mail by anybody it went to and by kind', async () => {
    await writeMails(stack, ['first@example.org', 'second@example.org'])
    const count = async (query: string) => ((await call('GET', `/_local/mail?${query}`)).body['items'] as unknown[]).length
    expect(await count('to=first@example.org')).toBe(1)
    expect(await count('to=director@example.org&kind=reminder')).toBe(await count(''))
    expect(await count('kind=other')).toBe(0)
  })

  it('makes calls fail, and forgets it', async () => {
    expect((await call('POST', '/_local/faults', { target: 'mail', fault: 'refuse', match: 'third@' })).status).toBe(201)
    expect((await call('GET', '/_local/faults')).body).toEqual({ items: [{ target: 'mail', fault: 'refuse', count: 1, match: 'third@' }] })
    expect((await call('DELETE', '/_local/faults')).status).toBe(204)
    expect((await call('GET', '/_local/faults')).body).toEqual({ items: [] })
  })

  it.each([
    ['/_local/clock', {}, 'now'],
    ['/_local/clock', { now: '2016-08-01' }, 'now'],
    ['/_local/clock', { now: '2016-08-01T00:00:00' }, 'now'],
    ['/_local/faults', { target: 'moon', fault: 'throttle' }, 'target'],
    ['/_local/faults', { target: 'mail', fault: 'throttle', count: 0 }, 'count'],
    ['/_local/faults', { target: 'table', fault: 'bounce' }, 'fault'],
    ['/_local/token', { mail: 'a@example.org' }, 'email'],
  ])('says what is wrong with a body: %s %j', async (path, body, field) => {
    const refused = await call('POST', path, body)
    expect(refused.status).toBe(400)
    expect(refused.body['message']).toContain(field)
  })

  it('knows its methods and paths', async () => {
    expect((await call('DELETE', '/_local/clock')).status).toBe(405)
    expect((await call('GET', '/_local/nothing')).status).toBe(404)
  })

  it('reports usage by function', async () => {
    const { body } = await call('GET', '/_local/usage')
    expect(body['items']).toContainEqual(expect.objectContaining({ caller: 'tick', operation: 'TransactWriteItems' }))
  })
})

describe('other people’s pages', () => {
  const status = (headers: Record<string, string>, path = '/_local/clock') =>
    new Promise<number | undefined>((resolve, reject) => {
      request(`${stack.url}${path}`, { headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })

  it('get nothing by a name of their own that leads here', async () => {
    expect(await status({ host: 'evil.example' })).toBe(403)
    expect(await status({ host: 'evil.example' }, '/')).toBe(403)
    expect(await status({ host: `localhost:${new URL(stack.url).port}` })).toBe(200)
  })

  it('get nothing across sites', async () => {
    expect(await status({ origin: 'https://evil.example' })).toBe(403)
    expect(await status({ 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await status({ origin: stack.url, 'sec-fetch-site': 'same-origin' })).toBe(200)
  })
})

it('leaves odd addresses to the API, which has no such route', async () => {
  for (const path of ['//', '//_local/clock']) expect((await fetch(`${stack.url}${path}`)).status, path).toBe(404)
})

describe('the pages', () => {
  it('lead to everything, and escape what they show', async () => {
    const response = await fetch(stack.url)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const text = await response.text()
    for (const link of ['/docs', '/_local/inbox', '/_local/clock', '/_local/token']) expect(text).toContain(`"${link}"`)
    expect(text).toContain('&lt;b&gt;示例&lt;/b&gt;')
    expect(text).not.toContain('<script')
  })

  it('move the clock by a form, in the stack’s time zone', async () => {
    const moved = await submit('/_local/clock', { local: '2016-08-01T02:15', timeZone: 'Asia/Shanghai' })
    expect(moved.status).toBe(303)
    expect(stack.clock.now().toISOString()).toBe('2016-07-31T18:15:00.000Z')
    expect((await submit('/_local/clock', { forward: '3600' })).status).toBe(303)
    expect(stack.clock.now().toISOString()).toBe('2016-07-31T19:15:00.000Z')
    expect((await submit('/_local/clock', { local: '2016-07-01T00:00', timeZone: 'Asia/Shanghai' })).status).toBe(409)
  })

  it('give a token with a command to paste', async () => {
    const text = await (await submit('/_local/token', { email: 'a@example.org' })).text()
    expect(text).toMatch(/TOKEN=ey/)
  })

  it('show mail in a sandbox', async () => {
    await writeMails(stack, ['shown@example.org'])
    expect(await (await fetch(`${stack.url}/_local/inbox`)).text()).toContain('提醒 shown@example.org')
    const id = stack.mailbox.list({ to: 'shown@example.org' })[0]?.id ?? ''
    const page = await (await fetch(`${stack.url}/_local/inbox/${id}`)).text()
    expect(page).toContain('sandbox=""')
    expect(page).not.toContain('<script')
    const content = await fetch(`${stack.url}/_local/inbox/${id}/html`)
    expect(content.headers.get('content-security-policy')).toMatch(/^sandbox;/)
  })
})
