import { expect, test } from 'vitest'
import { withShortCut, type TableCall } from '../../infra/local/short-cut.ts'

/** What was called, and what was told; every call is answered with `status`. */
const calls = (waiting = 0, status = 200) => {
  const made: (readonly unknown[])[] = []
  const told: TableCall[] = []
  const request = (...given: readonly unknown[]) => {
    made.push(given)
    const answered = given.findLast(each => typeof each === 'function') as ((response: object) => void) | undefined
    answered?.({ statusCode: status })
    return {} as never
  }
  const shortCut = { proxyPort: 4001, engine: { host: '127.0.0.1', port: 4002 }, waiting: Int32Array.of(waiting) }
  return { made, told, call: withShortCut(request, shortCut, call => told.push(call)) }
}

const toTable = { host: '127.0.0.1', port: 4001, method: 'POST', headers: { 'x-amz-target': 'DynamoDB_20120810.PutItem' } }

test.each([[200, true], [400, false]])('a call of the table answered with %i goes straight to the engine, and is told of', (status, succeeded) => {
  const { made, told, call } = calls(0, status)
  const answers: unknown[] = []
  call(toTable, (response: unknown) => answers.push(response))
  expect(made[0]?.[0]).toEqual({ ...toTable, port: 4002 })
  expect(answers).toEqual([{ statusCode: status }])
  expect(told).toEqual([{ operation: 'PutItem', succeeded }])
})

test('while a fault waits, it goes through the proxy, which tells of it', () => {
  const { made, told, call } = calls(1)
  call(toTable)
  expect(made).toEqual([[toTable]])
  expect(told).toEqual([])
})

test.each<[string, readonly unknown[]]>([
  ['to another port', [{ ...toTable, port: 4003 }, () => undefined]],
  ['by address', ['http://127.0.0.1:4001/', { method: 'GET' }, () => undefined]],
  ['by URL', [new URL('http://127.0.0.1:4001/'), () => undefined]],
])('a call %s is made as it is', (_, given) => {
  const { made, told, call } = calls()
  call(...given)
  expect(made).toEqual([given])
  expect(told).toEqual([])
})
