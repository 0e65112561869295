import { isWorkingTime, type Reckoning } from '../../shared/issue/deadline.ts'
import { advanceIssue, departmentsOf } from '../../shared/issue/ladder.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import { unread, type Staff } from '../../shared/mail/notice.ts'
import { concurrently, interleaved } from '../adapters/concurrently.ts'
import { issueQueries } from '../adapters/issue-store.ts'
import { onceForEach } from '../adapters/once.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { dueAtOf } from '../adapters/shard.ts'
import { readRules } from '../adapters/rules-store.ts'
import type { Table } from '../adapters/table.ts'
import { changeIssue } from '../ledger/change-issue.ts'
import { recompute } from '../ledger/recompute.ts'

export interface SweepDependencies {
  readonly table: Table
  readonly timeZone: string
  readonly adminEmail: string
  /** Told of an issue that could not be dealt with; the others are. */
  readonly failed: (issueId: string, error: unknown) => void
}

export interface SweepReport {
  readonly advanced: number
  readonly recomputed: number
  readonly failures: number
  /** How long the oldest step has been due that could not be taken, in seconds. */
  readonly oldestDueSeconds: number
}

/**
 * Takes every step that is due at `now`: warns, raises levels, has silent enterprises called back, lets paused clocks go on. Outside working hours it takes none. Run twice for the
 * same instant, or two at once, each step is still taken once: the second finds the issue changed.
 */
export const sweep = async (now: number, { table, timeZone, adminEmail, failed }: SweepDependencies): Promise<SweepReport> => {
  const rules = await readRules(table)
  const reckoning: Reckoning = { calendar: rules.calendar, timeZone }
  const report = { advanced: 0, recomputed: 0, failures: 0, oldestDueSeconds: 0 }
  if (!isWorkingTime(now, rules.policy.workingHours, reckoning)) return report

  // Normally done when a calendar is entered; this finishes what broke off then.
  report.recomputed = await recompute(table, now, reckoning, (issueId, error) => {
    report.failures += 1
    failed(issueId, error)
  })
  const roster = rosterStore(table)
  const staffOf = onceForEach(departmentId => roster.staff(departmentId, rules.policy.leadingGroup, adminEmail))
  const due = interleaved(issueQueries.dueAt(now).map(query => table.query(query)))
  await concurrently(due, 8, async ({ pk, dueSk }) => {
    const issueId = pk.slice('ISSUE#'.length)
    try {
      const advance = async (issue: Issue) => {
        const contact = issue.status === 'paused' ? await roster.enterprise(issue.enterpriseId) : undefined
        const staff = new Map(await Promise.all(departmentsOf(issue).map(async id => [id, await staffOf(id)] as const)))
        const of = (departmentId: string): Staff => staff.get(departmentId) ?? unread(departmentId)
        return advanceIssue(issue, { of, contact }, now, reckoning)
      }
      if (await changeIssue(table, issueId, now, advance)) report.advanced += 1
    } catch (error) {
      report.failures += 1
      report.oldestDueSeconds = Math.max(report.oldestDueSeconds, (now - dueAtOf(String(dueSk))) / 1000)
      failed(issueId, error)
    }
  })
  return report
}
