import type { Case } from '../../shared/case/case.ts'
import { advanceCase, departmentsDue, endsAWait } from '../../shared/case/ladder.ts'
import { isWorkingTime, type Reckoning } from '../../shared/issue/deadline.ts'
import { advanceIssue, departmentsOf } from '../../shared/issue/ladder.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import { unread, type StaffOf } from '../../shared/mail/notice.ts'
import { levelThreeOfCase, levelThreeOfIssue } from '../../shared/notice/draft.ts'
import { caseKey, caseQueries } from '../adapters/case-store.ts'
import { concurrently, interleaved } from '../adapters/concurrently.ts'
import { issueKey, issueQueries } from '../adapters/issue-store.ts'
import { onceForEach } from '../adapters/once.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { dueAtOf } from '../adapters/shard.ts'
import { readRules } from '../adapters/rules-store.ts'
import type { Query, Table } from '../adapters/table.ts'
import { change } from '../ledger/change.ts'
import { writesOfCase } from '../ledger/change-case.ts'
import { writesOf } from '../ledger/change-issue.ts'
import { levelThreeWrites } from '../ledger/draft-notices.ts'
import { recompute } from '../ledger/recompute.ts'

export interface SweepDependencies {
  readonly table: Table
  readonly timeZone: string
  readonly adminEmail: string
  /** Told of an issue or a case that could not be dealt with; the others are. */
  readonly failed: (id: string, error: unknown) => void
}

export interface SweepReport {
  /** Issues on which a step was taken, and cases. */
  readonly advanced: number
  readonly advancedCases: number
  readonly recomputed: number
  readonly failures: number
  /** How long the oldest step has been due that could not be taken, in seconds. */
  readonly oldestDueSeconds: number
}

/**
 * Takes every step that is due at `now`, of issues and of cases: warns, raises levels, has silent enterprises called back, lets
 * clocks go on that stood still. Outside working hours it takes none. Run twice for the same instant, or two at once, each step
 * is still taken once: the second finds it changed.
 */
export const sweep = async (now: number, { table, timeZone, adminEmail, failed }: SweepDependencies): Promise<SweepReport> => {
  const rules = await readRules(table)
  const reckoning: Reckoning = { calendar: rules.calendar, timeZone }
  const report = { advanced: 0, advancedCases: 0, recomputed: 0, failures: 0, oldestDueSeconds: 0 }
  if (!isWorkingTime(now, rules.policy.workingHours, reckoning)) return report

  // Normally done when a calendar is entered; this finishes what broke off then.
  report.recomputed = await recompute(table, now, reckoning, (id, error) => {
    report.failures += 1
    failed(id, error)
  })
  const roster = rosterStore(table)
  const staffOf = onceForEach(departmentId => roster.staff(departmentId, rules.policy.leadingGroup, adminEmail))
  const staffOfThese = async (departmentIds: readonly string[]): Promise<StaffOf> => {
    const staff = new Map(await Promise.all(departmentIds.map(async id => [id, await staffOf(id)] as const)))
    return departmentId => staff.get(departmentId) ?? unread(departmentId)
  }
  /** Deals with each that is due; one that cannot be dealt with keeps none of the others from it. */
  const dealWith = async (queries: readonly Query[], idOf: (pk: string) => string, advance: (id: string) => Promise<void>): Promise<void> => {
    await concurrently(interleaved(queries.map(query => table.query(query))), 8, async ({ pk, dueSk }) => {
      try {
        await advance(idOf(pk))
      } catch (error) {
        report.failures += 1
        report.oldestDueSeconds = Math.max(report.oldestDueSeconds, (now - dueAtOf(String(dueSk))) / 1000)
        failed(idOf(pk), error)
      }
    })
  }

  /** What comes to level 3 is drafted a notice of in the same transaction. */
  const draftsOf = (reached: Parameters<typeof levelThreeWrites>[1], staff: StaffOf) => levelThreeWrites(table, reached, { now, policy: rules.policy, reckoning, staffOf: staff })
  const issueAdvanced = async (issue: Issue) => {
    const contact = issue.status === 'paused' ? await roster.enterprise(issue.enterpriseId) : undefined
    const of = await staffOfThese(departmentsOf(issue))
    const decision = advanceIssue(issue, { of, contact }, now, reckoning)
    return decision && { decision, drafts: await draftsOf(levelThreeOfIssue(decision), of) }
  }
  await dealWith(issueQueries.dueAt(now), pk => pk.slice('ISSUE#'.length), async id => {
    if (await change(table, 'issue', issueKey(id), issueAdvanced, ({ decision, drafts }, before) => [...writesOf(decision, before, now), ...drafts])) report.advanced += 1
  })
  const caseAdvanced = async (it: Case) => {
    const contact = endsAWait(it, now) ? await roster.enterprise(it.enterpriseId) : undefined
    const of = await staffOfThese(departmentsDue(it, now))
    const decision = advanceCase(it, { of, contact }, now, reckoning)
    return decision && { decision, drafts: await draftsOf(levelThreeOfCase(decision), of) }
  }
  await dealWith(caseQueries.dueAt(now), pk => pk.slice('CASE#'.length), async id => {
    if (await change(table, 'case', caseKey(id), caseAdvanced, ({ decision, drafts }, before) => [...writesOfCase(decision, before, now), ...drafts])) report.advancedCases += 1
  })
  return report
}
