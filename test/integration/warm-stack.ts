import { inject } from 'vitest'
import { startLocalStack, type LocalStack } from '../../infra/local/stack.ts'

/**
 * A stack that has done its work for one file of tests and waits for the next: its functions are loaded, and what they do
 * over and over is compiled. Its engine ends with this process.
 */
let idle: LocalStack | undefined

/** A stack for nobody else, with the deployed bundles and nothing in it. The clock stands at `now`, or goes with the wall clock. */
export const takeStack = async (now?: Date): Promise<LocalStack> => {
  const warm = idle
  idle = undefined
  if (warm === undefined) return startLocalStack({ template: inject('templatePath'), ...(now && { now }) })
  await warm.startOver(now)
  return warm
}

/** Gives it back, whatever is in it. */
export const releaseStack = async (stack: LocalStack): Promise<void> => {
  if (idle === undefined) idle = stack
  else await stack.close()
}
