import { untilCommitted } from '../adapters/race.ts'
import { openedMaybe, type Stored } from '../adapters/stored.ts'
import type { Key, Table, Write } from '../adapters/table.ts'

const triesAtMost = 10

/**
 * Changes an issue or a case on the program's own account, or the enterprise's: loads it, decides, commits, and begins again
 * when somebody else changed it in between. Returns whether there was anything to change.
 */
export const change = <S extends 'issue' | 'case', D>(
  table: Table,
  shape: S,
  key: Key,
  decide: (current: Stored<S>) => D | undefined | Promise<D | undefined>,
  writesOf: (decision: D, before: Stored<S>) => readonly Write[],
): Promise<boolean> =>
  untilCommitted(async () => {
    const current = openedMaybe(shape, await table.get(key))
    if (current === undefined) return false
    const decision = await decide(current)
    if (decision === undefined) return false
    await table.commit(writesOf(decision, current))
    return true
  }, triesAtMost)
