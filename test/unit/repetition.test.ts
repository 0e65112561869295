import { beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { identityKey } from '../../functions/adapters/roster-store.ts'
import { stored } from '../../functions/adapters/stored.ts'
import { Conflict, type Item, type Key, type Table, type Write } from '../../functions/adapters/table.ts'
import { createApi, type ApiAnswer } from '../../functions/http/api.ts'
import { operation, routeKey } from '../../shared/contract/operation.ts'
import { Problem } from '../../shared/contract/problem.ts'
import { anOfficer } from '../mothers/officer.ts'

const response = z.strictObject({ done: z.string() })
const whole = operation({ id: 'whole', method: 'POST', path: '/v1/whole', owner: 'roster', access: { admin: 'any' }, summary: { zh: '整体', en: 'whole' }, status: 200, response })
const inParts = operation({ ...whole, id: 'inParts', path: '/v1/in-parts', commitsInParts: true })
type Op = typeof whole | typeof inParts
type Answer = ApiAnswer<typeof whole> & ApiAnswer<typeof inParts>

const officer = anOfficer({ roles: ['admin'] })
const identity = stored('officer', identityKey(officer.email), officer, { version: 1 })

/** What happened, in turn. */
let deeds: string[]
/** The record of the request, once it has been carried out, and the read from which on it is seen. */
let record: Item | undefined
let seenFrom: number
let isLost: boolean
let decide: () => Answer

beforeEach(() => {
  deeds = []
  record = undefined
  seenFrom = 1
  isLost = false
  decide = () => ({ body: { done: 'now' } })
})

const happened = (deed: string): number => deeds.push(deed)

const table = {
  get: ({ pk }: Key): Promise<Item | undefined> => {
    if (pk === identity.pk) return Promise.resolve(identity)
    happened('looked up')
    return Promise.resolve(deeds.filter(deed => deed === 'looked up').length >= seenFrom ? record : undefined)
  },
  commit: ([write]: readonly Write[]): Promise<void> => {
    happened('committed')
    if (write === undefined || !('put' in write)) return Promise.reject(new Error('a request leaves its record'))
    if (isLost) return Promise.reject(new Conflict([{ pk: 'somebody', sk: 'else' }]))
    record = write.put
    return Promise.resolve()
  },
} as unknown as Table

const handle = (): Answer => {
  happened('decided')
  return decide()
}

type Serve = (event: unknown, context: unknown) => Promise<{ statusCode: number; headers: Record<string, string>; body: string }>
const serve = createApi([whole, inParts], { whole: handle, inParts: handle }, {
  table,
  settings: { locale: 'en', identityClaim: 'email', adminEmail: 'admin@example.org' },
  pause: () => {
    happened('paused')
    return Promise.resolve()
  },
  log: () => undefined,
}) as unknown as Serve

const ask = async (op: Op) => {
  const { statusCode, headers, body } = await serve(
    {
      version: '2.0', routeKey: routeKey(op), rawPath: op.path, rawQueryString: '', headers: { 'idempotency-key': 'once' }, isBase64Encoded: false,
      requestContext: { requestId: 'r', timeEpoch: 0, http: { method: op.method, path: op.path }, authorizer: { jwt: { claims: { email: officer.email, email_verified: 'true' } } } },
    },
    {},
  )
  const { done, code } = JSON.parse(body) as { done?: string; code?: string }
  return { status: statusCode, said: done ?? code, replayed: headers['idempotent-replayed'] === 'true' }
}

const notLegal = (): never => {
  throw new Problem('issue-not-found', { id: '2026-000001' })
}

describe.each([whole, inParts])('a request of $id', op => {
  test('is decided and committed, and answered the same when it is repeated', async () => {
    expect(await ask(op)).toEqual({ status: 200, said: 'now', replayed: false })
    decide = () => ({ body: { done: 'otherwise' } })
    expect(await ask(op)).toEqual({ status: 200, said: 'now', replayed: true })
    expect(deeds.filter(deed => deed === 'committed')).toHaveLength(1)
  })

  test('that is repeated is not refused for what it has done itself', async () => {
    await ask(op)
    decide = notLegal
    expect(await ask(op)).toEqual({ status: 200, said: 'now', replayed: true })
  })

  test('that is carried out elsewhere while it is being decided is answered as it was there', async () => {
    await ask(op)
    deeds = []
    seenFrom = 2
    decide = notLegal
    expect(await ask(op)).toEqual({ status: 200, said: 'now', replayed: true })
    expect(deeds).toEqual(['looked up', 'decided', 'looked up'])
  })

  test('is refused as it is decided where it has not been carried out', async () => {
    decide = notLegal
    expect(await ask(op)).toEqual({ status: 404, said: 'issue-not-found', replayed: false })
  })

  test('is busy when it has lost every race, after a pause for each but the last', async () => {
    isLost = true
    expect(await ask(op)).toEqual({ status: 503, said: 'busy', replayed: false })
    expect(['decided', 'committed', 'paused'].map(wanted => deeds.filter(deed => deed === wanted).length)).toEqual([60, 60, 59])
  })
})

test('what commits in parts while it decides is not begun before the record has been looked up', async () => {
  await ask(inParts)
  deeds = []
  await ask(inParts)
  expect(deeds).toEqual(['looked up'])
})
