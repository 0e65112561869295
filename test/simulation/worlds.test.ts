import { describe, expect, it } from 'vitest'
import { World } from './world.ts'

const seeds = 300
const days = 8
const inOneTest = 30

describe('a few hundred short worlds', () => {
  it.each(Array.from({ length: seeds / inOneTest }, (_, at) => at * inOneTest + 1))('hold every invariant from seed %i on', async first => {
    for (let seed = first; seed < first + inOneTest; seed++)
      await new World(seed).live(days).catch((error: unknown) => {
        throw new Error(`seed ${seed}, ${days} days: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
      })
  })

  it('are the same each time they are run', async () => {
    expect(await new World(7).live(days)).toEqual(await new World(7).live(days))
  })
})
