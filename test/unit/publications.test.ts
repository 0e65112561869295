import { expect, test } from 'vitest'
import { routeKey } from '../../shared/contract/operation.ts'
import { publicationOperations, viewBulletin, viewNotice } from '../../shared/contract/publications.ts'
import type { Table } from '../../functions/adapters/table.ts'
import type { Incoming } from '../../functions/http/middleware.ts'
import type { Result } from '../../functions/http/result.ts'
import { createPublications } from '../../functions/publications/handler.ts'

type Op = (typeof publicationOperations)[number]

/** A table that does not answer. */
const outage = {
  get: () => Promise.reject(new Error('The table does not answer.')),
  // eslint-disable-next-line @typescript-eslint/require-await, require-yield -- it has nothing to give
  query: async function* () {
    throw new Error('The table does not answer.')
  },
} as unknown as Table

const token = 'a'.padEnd(43, '-')
const pathOf = (op: Op): Readonly<Record<string, string>> => (op.access === 'link' ? { token } : op === viewNotice ? { noticeId: 'n' } : {})

const askFor = async (op: Op, language: string, pathParameters = pathOf(op)): Promise<Result> => {
  const handler = createPublications({ table: outage, timeZone: 'Asia/Shanghai', locale: 'zh-CN', log: () => undefined })
  const event = { routeKey: routeKey(op), headers: { 'accept-language': language }, pathParameters, requestContext: { requestId: 'r', timeEpoch: 0 } }
  return (handler as unknown as (event: Incoming, context: object) => Promise<Result>)(event as unknown as Incoming, {})
}

test.each(publicationOperations)('$path asks for patience where the table does not answer, and sends nobody to an officer', async op => {
  const [zh, en] = [await askFor(op, 'zh'), await askFor(op, 'en')]
  expect([zh.statusCode, en.statusCode]).toEqual([503, 503])
  expect(zh.body).toContain('如仍无法打开，请联系助企办。')
  expect(zh.body).not.toContain('贵单位')
  expect(en.body).toContain('If that does not help, please ask the campaign office.')
})

test('a token that is none opens no bulletin, and nothing is read for it', async () => {
  expect((await askFor(viewBulletin, 'zh', { token: '../..' })).statusCode).toBe(404)
})
