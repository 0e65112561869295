import type { Reckoning } from '../../shared/issue/deadline.ts'
import type { Act, Decision } from '../../shared/issue/decision.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import { withFollowers } from '../../shared/issue/merge.ts'
import type { Staff } from '../../shared/mail/notice.ts'
import { issueKey } from '../adapters/issue-store.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { opened } from '../adapters/stored.ts'
import type { Table } from '../adapters/table.ts'

/** The decision with what follows from it for the issues that are merged into this one. `given` is asked for only where there are any. */
export const decidedForAll = async (
  table: Table,
  decision: Decision,
  before: Issue,
  act: Act,
  given: () => Promise<{ readonly staff: Staff; readonly reckoning: Reckoning }>,
): Promise<Decision> => {
  if (before.followers.length === 0) return decision
  const [items, { staff, reckoning }] = await Promise.all([table.getAll(before.followers.map(issueKey)), given()])
  const issues = items.flatMap(item => (item === undefined ? [] : [opened('issue', item)]))
  const enterprises = await rosterStore(table).enterprises([...new Set(issues.map(({ enterpriseId }) => enterpriseId))])
  return withFollowers(decision, issues.map(issue => ({ issue, contact: enterprises.get(issue.enterpriseId) })), staff, act, reckoning)
}
