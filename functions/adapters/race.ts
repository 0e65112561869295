import { Conflict } from './table.ts'

/** Waits before the next try after a conflict; `tries` have been lost so far. */
export type Pause = (tries: number) => Promise<void>

/** Tries of what many contend for, such as the next number: enough for fifty at once. */
export const triesOfMany = 60

/**
 * Full jitter: those who met spread out instead of meeting again. Sixty tries pause for eleven seconds together, as a rule,
 * which leaves the API's functions time to load and decide in the 28 seconds they have. `chance`: from 0 to 1.
 */
export const spreadOut =
  (chance: () => number): Pause =>
  tries =>
    new Promise(resolve => setTimeout(resolve, chance() * Math.min(400, 20 * 2 ** tries)))

const atOnce: Pause = () => Promise.resolve()

/** Loads, decides and commits anew as long as somebody else was faster. @throws Conflict after so many tries */
export const untilCommitted = async <T>(attempt: () => Promise<T>, triesAtMost: number, pause = atOnce): Promise<T> => {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof Conflict) || tries === triesAtMost) throw error
      await pause(tries)
    }
  }
}
