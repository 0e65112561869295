import { inject } from 'vitest'
import { startLocalStack, type LocalStack } from '../../infra/local/stack.ts'

/**
 * A stack that has done its work for one file of tests and waits for the next: its functions are loaded, and what they do
 * over and over is compiled. It is kept as long as the module, which with `isolate: false` is as long as the process; its
 * engine ends with that.
 */
let idle: LocalStack | undefined

/** A stack for nobody else, with the deployed bundles and nothing in it. The clock stands at `now`, or goes with the wall clock. */
export const takeStack = async (now?: Date): Promise<LocalStack> => {
  const warm = idle
  idle = undefined
  if (warm === undefined) return startLocalStack({ template: inject('templatePath'), ...(now && { now }) })
  try {
    await warm.startOver(now)
    return warm
  } catch (error) {
    await warm.close()
    throw new Error('The stack of the test file before this one does not start over.', { cause: error })
  }
}

/** Gives it back, whatever is in it. */
export const releaseStack = async (stack: LocalStack): Promise<void> => {
  if (idle === undefined) idle = stack
  else await stack.close()
}
