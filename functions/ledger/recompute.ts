import type { Reckoning } from '../../shared/issue/deadline.ts'
import { recomputeDeadlines } from '../../shared/issue/decision.ts'
import { isOpen } from '../../shared/issue/transition.ts'
import { concurrently } from '../adapters/concurrently.ts'
import { issueQueries } from '../adapters/issue-store.ts'
import { opened } from '../adapters/stored.ts'
import type { Table } from '../adapters/table.ts'
import { changeIssue } from './change-issue.ts'

/**
 * Reckons anew the deadlines of the issues that waited for a year's calendar, where it is there now. What breaks off is
 * found again by the mark each issue keeps until it is done. Stops after `atMost` issues; returns how many were changed.
 */
export const recomputeAwaiting = async (
  table: Table,
  now: number,
  reckoning: Reckoning,
  atMost = Infinity,
): Promise<number> => {
  let changed = 0
  await concurrently(table.query(issueQueries.awaiting), 8, async item => {
    const { issueId, year } = opened('awaiting', item)
    if (changed >= atMost || reckoning.calendar.noticeOf(year) === undefined) return
    const done = await changeIssue(table, issueId, now, issue =>
      isOpen(issue.status) && issue.awaitedYears.includes(year) ? recomputeDeadlines(issue, now, reckoning) : undefined,
    )
    if (done) changed += 1
  })
  return changed
}
