import { recomputeCase } from '../../shared/case/recompute.ts'
import type { Reckoning } from '../../shared/issue/deadline.ts'
import { recomputeDeadlines } from '../../shared/issue/recompute.ts'
import { caseQueries } from '../adapters/case-store.ts'
import { concurrently, interleaved } from '../adapters/concurrently.ts'
import { amendedKey, issueQueries } from '../adapters/issue-store.ts'
import { opened } from '../adapters/stored.ts'
import { Conflict, type Item, type Table } from '../adapters/table.ts'
import { changeCase } from './change-case.ts'
import { changeIssue } from './change-issue.ts'

/** Whoever dispatched an issue or opened a case by the old notice has committed by then: no request runs as long. */
const requestsAtMostMilliseconds = 60_000

/**
 * Reckons anew the deadlines that a notice entered or changed bears on: of the issues and cases that waited for it, and, where
 * one was in force before, of the open ones that rest on it. One that cannot be reckoned anew keeps none of the others from it:
 * `failed` is told. That one, and what comes after `atMost` of them, is found again by its marks, which stay until it is done.
 * Returns how many were changed.
 */
export const recompute = async (table: Table, now: number, reckoning: Reckoning, failed: (id: string, error: unknown) => void, atMost = Infinity): Promise<number> => {
  let changed = 0
  let failures = 0
  const reckonAnew = async (id: string, change: () => Promise<boolean>): Promise<void> => {
    if (changed >= atMost) return
    try {
      if (await change()) changed += 1
    } catch (error) {
      failures += 1
      failed(id, error)
    }
  }
  const reckonIssue = (issueId: string): Promise<void> => reckonAnew(issueId, () => changeIssue(table, issueId, now, issue => recomputeDeadlines(issue, now, reckoning)))
  const reckonCase = (caseId: string): Promise<void> => reckonAnew(caseId, () => changeCase(table, caseId, now, it => recomputeCase(it, now, reckoning)))
  const amended: Item[] = []
  await concurrently(table.query(issueQueries.toReckon(reckoning.calendar.knownUntil)), 8, async mark => {
    if (mark['shape'] === 'amended') amended.push(mark)
    else await recomputeAwaiting(mark)
  })
  for (const mark of amended) await recomputeAmended(mark)
  return changed

  async function recomputeAwaiting(mark: Item): Promise<void> {
    const awaiting = opened('awaiting', mark)
    if (reckoning.calendar.noticeOf(awaiting.year) === undefined) return
    await ('issueId' in awaiting ? reckonIssue(awaiting.issueId) : reckonCase(awaiting.caseId))
  }

  async function recomputeAmended(mark: Item): Promise<void> {
    const open = interleaved(issueQueries.open.map(query => table.query(query)))
    await concurrently(open, 8, ({ pk }) => reckonIssue(pk.slice('ISSUE#'.length)))
    const cases = interleaved(caseQueries.open.map(query => table.query(query)))
    await concurrently(cases, 8, ({ pk }) => reckonCase(pk.slice('CASE#'.length)))
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
