import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { LocalStack } from '../../../infra/local/stack.ts'
import { batches, bundleFixture, sentKeys, startSmallStack, writeMails } from './small-stack.ts'

let stack: LocalStack | undefined
beforeAll(bundleFixture)
afterEach(() => stack?.close())

describe('the stream', () => {
  it('hands on what passes the filter, in order and in batches', async () => {
    stack = await startSmallStack()
    expect(await writeMails(stack, ['a', 'OTHER#x', 'b', 'c', 'd', 'e'])).toBe(200)
    await expectBatches(stack, ['a,b,c,d', 'e'])
    expect(sentKeys(stack)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(stack.mailbox.list()[0]).toMatchObject({
      to: ['officer@example.org'],
      cc: ['director@example.org'],
      kind: 'reminder',
      text: expect.stringContaining('请走访企业') as string,
    })
  })

  it('tries again from the record that was reported, and gives it up when the attempts are over', async () => {
    stack = await startSmallStack()
    await writeMails(stack, ['a', 'bad', 'c'])
    // a is done. The rest fails at its first record, so it is split there: c need not wait for bad to be given up.
    await expectBatches(stack, ['a,bad,c', 'bad,c', 'bad', 'bad', 'c'])
    expect(sentKeys(stack)).toEqual(['a', 'c'])
    expect(stack.deadLetters.list()).toMatchObject([
      { queue: 'Queue', body: { requestContext: { condition: 'RetryAttemptsExhausted' }, DDBStreamBatchInfo: { batchSize: 1 } } },
    ])
  })

  it('splits a batch that fails whole', async () => {
    stack = await startSmallStack()
    await writeMails(stack, ['a', 'b', 'c', 'poison'])
    await expectBatches(stack, ['a,b,c,poison', 'a,b', 'c,poison', 'c', 'poison', 'poison', 'poison'])
    expect(sentKeys(stack)).toEqual(['a', 'b', 'c'])
  })

  it('does not split where that is off', async () => {
    stack = await startSmallStack({ mapping: { BisectBatchOnFunctionError: false, MaximumRetryAttempts: 1 } })
    await writeMails(stack, ['a', 'poison'])
    await expectBatches(stack, ['a,poison', 'a,poison'])
    expect(sentKeys(stack)).toEqual([])
  })

  it('does not listen to reported records where that is off', async () => {
    stack = await startSmallStack({ mapping: { FunctionResponseTypes: [] } })
    await writeMails(stack, ['bad', 'b'])
    await expectBatches(stack, ['bad,b'])
  })

  it('runs several batches side by side where that is asked for', async () => {
    stack = await startSmallStack({ mapping: { ParallelizationFactor: 4, BatchSize: 1 } })
    const keys = Array.from({ length: 30 }, (_, index) => `k${index}`)
    await writeMails(stack, keys)
    expect(sentKeys(stack).sort()).toEqual(keys.sort())
  })

  it('hands on each record once to a stack that goes on working', async () => {
    stack = await startSmallStack()
    for (const key of ['a', 'b', 'c']) await writeMails(stack, [key])
    await expectBatches(stack, ['a', 'b', 'c'])
  })
})

/** What a function logs may arrive a moment after its answer. */
const expectBatches = (stack: LocalStack, expected: string[]) =>
  expect.poll(() => batches(stack), { interval: 5 }).toEqual(expected)
