import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LocalStack } from '../../../infra/local/stack.ts'
import { bundleFixture, sentKeys, startSmallStack, writeMails } from './small-stack.ts'

let stack: LocalStack
beforeAll(bundleFixture)
beforeAll(async () => {
  stack = await startSmallStack()
})
afterAll(() => stack.close())

const begin = new Date('2016-08-01T00:00:00+08:00')
const at = (hour: string) => new Date(`2016-08-01T${hour}:00+08:00`)

/** All that a world has come to. */
const shown = () => ({
  mails: stack.mailbox.list().map(({ id, at, subject }) => `${id} ${at} ${subject.replace(/ \d+$/, '')}`),
  letters: stack.deadLetters.list().map(({ source, at }) => `${source} ${at}`),
  usage: stack.usage.usage().map(({ caller, operation, calls }) => `${caller} ${operation} ${calls}`).sort(),
})

const live = async () => {
  await stack.moveTo(at('10:30'))
  await writeMails(stack, ['a', 'b', 'c'])
  stack.faults.add({ target: 'mail', fault: 'refuse', match: 'nobody@example.org' })
  return shown()
}

describe('a stack that starts over', () => {
  it('has nothing left of the world before, and lives through the next one as if it were the first', async () => {
    const first = await live()
    expect(first.mails.length).toBeGreaterThan(10)
    expect(first.letters).toHaveLength(1)
    expect(sentKeys(stack)).toContain('a')

    await stack.startOver(begin)
    expect(stack.clock.now()).toEqual(begin)
    expect(shown()).toEqual({ mails: [], letters: [], usage: [] })
    expect([stack.faults.list(), stack.logs]).toEqual([[], []])

    // The keys are the same, so that a mail left in the table would keep its like from being planned.
    expect(await live()).toEqual(first)
  })

  it('does not where the data are somebody’s', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qinshang-kept-'))
    const kept = await startSmallStack({ dataFolder: folder })
    try {
      await writeMails(kept, ['a'])
      await expect(kept.startOver(begin)).rejects.toThrow('nobody wants to keep')
      expect(sentKeys(kept)).toEqual(['a'])
    } finally {
      await kept.close()
      rmSync(folder, { recursive: true })
    }
  })

  it('goes with the wall clock where no instant is given', async () => {
    await stack.startOver()
    expect(Math.abs(stack.clock.now().getTime() - Date.now())).toBeLessThan(60_000)
    expect(stack.clock.standing).toBe(false)
    await stack.startOver(begin)
    expect(stack.clock.standing).toBe(true)
  })
})
