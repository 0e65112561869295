import type { Reckoning } from '../../shared/issue/deadline.ts'
import { recomputeDeadlines } from '../../shared/issue/recompute.ts'
import { concurrently, interleaved } from '../adapters/concurrently.ts'
import { amendedKey, issueQueries } from '../adapters/issue-store.ts'
import { opened } from '../adapters/stored.ts'
import { Conflict, type Item, type Table } from '../adapters/table.ts'
import { changeIssue } from './change-issue.ts'

/** Whoever dispatched an issue by the old notice has committed by then: no request runs as long. */
const requestsAtMostMilliseconds = 60_000

/**
 * Reckons anew the deadlines that a notice entered or changed bears on: of the issues that waited for it, and, where one
 * was in force before, of the open issues that rest on it. One that cannot be reckoned anew keeps none of the others from it:
 * `failed` is told. That one, and what comes after `atMost` issues, is found again by its marks, which stay until it is done.
 * Returns how many issues were changed.
 */
export const recompute = async (table: Table, now: number, reckoning: Reckoning, failed: (issueId: string, error: unknown) => void, atMost = Infinity): Promise<number> => {
  let changed = 0
  let failures = 0
  const reckonAnew = async (issueId: string): Promise<void> => {
    if (changed >= atMost) return
    try {
      if (await changeIssue(table, issueId, now, issue => recomputeDeadlines(issue, now, reckoning))) changed += 1
    } catch (error) {
      failures += 1
      failed(issueId, error)
    }
  }
  const amended: Item[] = []
  await concurrently(table.query(issueQueries.toReckon(reckoning.calendar.knownUntil)), 8, async mark => {
    if (mark['shape'] === 'amended') amended.push(mark)
    else await recomputeAwaiting(mark)
  })
  for (const mark of amended) await recomputeAmended(mark)
  return changed

  async function recomputeAwaiting(mark: Item): Promise<void> {
    const { issueId, year } = opened('awaiting', mark)
    if (reckoning.calendar.noticeOf(year) !== undefined) await reckonAnew(issueId)
  }

  async function recomputeAmended(mark: Item): Promise<void> {
    const open = interleaved(issueQueries.open.map(query => table.query(query)))
    await concurrently(open, 8, ({ pk }) => reckonAnew(pk.slice('ISSUE#'.length)))
    const { year, at } = opened('amended', mark)
    if (failures === 0 && changed < atMost && now - at >= requestsAtMostMilliseconds) await strikeOff(mark, year)
  }

  /** The mark stays if the year was changed once more in the meantime. */
  async function strikeOff(mark: Item, year: number): Promise<void> {
    try {
      await table.commit([{ delete: amendedKey(year), when: { version: Number(mark['version']) } }])
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
    }
  }
}
