import type { Decision } from '../../shared/issue/decision.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import { decisionWrites, issueKey } from '../adapters/issue-store.ts'
import { planWrites } from '../adapters/outbox-store.ts'
import type { Table, Write } from '../adapters/table.ts'
import { withinTransaction } from '../adapters/task-store.ts'
import { change } from './change.ts'

/** All that follows from a decision, for one transaction: the issue, its mails, and the other issues that change with it. */
export const writesOf = (decision: Decision, before: Issue | undefined, now: number): readonly Write[] =>
  withinTransaction([{ decision, before }, ...(decision.beside ?? [])].flatMap(each => [...decisionWrites(each.decision, each.before), ...planWrites(each.decision.mails, now)]))

/** Changes an issue, as `change` does. */
export const changeIssue = (table: Table, issueId: string, now: number, decide: (issue: Issue) => Decision | undefined | Promise<Decision | undefined>): Promise<boolean> =>
  change(table, 'issue', issueKey(issueId), decide, (decision, before) => writesOf(decision, before, now))
