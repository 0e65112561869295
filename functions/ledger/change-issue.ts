import type { Decision } from '../../shared/issue/decision.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import { decisionWrites, issueKey } from '../adapters/issue-store.ts'
import { planWrites } from '../adapters/outbox-store.ts'
import { openedMaybe } from '../adapters/stored.ts'
import { untilCommitted } from '../adapters/race.ts'
import type { Table, Write } from '../adapters/table.ts'

export const triesToChange = 10

/** All that follows from a decision, for one transaction: the issue, its mails, and the other issues that change with it. */
export const writesOf = (decision: Decision, before: Issue | undefined, now: number): readonly Write[] => [
  ...decisionWrites(decision, before),
  ...planWrites(decision.mails, now),
  ...(decision.beside ?? []).flatMap(each => writesOf(each.decision, each.before, now)),
]

/**
 * Changes an issue on the program's own account: loads it, decides, commits, and begins again when somebody else
 * changed it in between. Returns whether there was anything to change.
 */
export const changeIssue = (
  table: Table,
  issueId: string,
  now: number,
  decide: (issue: Issue) => Decision | undefined | Promise<Decision | undefined>,
): Promise<boolean> =>
  untilCommitted(async () => {
    const issue = openedMaybe('issue', await table.get(issueKey(issueId)))
    if (issue === undefined) return false
    const decision = await decide(issue)
    if (decision === undefined) return false
    await table.commit(writesOf(decision, issue, now))
    return true
  }, triesToChange)
