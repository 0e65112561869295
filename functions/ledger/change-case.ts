import type { Case } from '../../shared/case/case.ts'
import type { CaseDecision } from '../../shared/case/decision.ts'
import { caseKey, caseWrites } from '../adapters/case-store.ts'
import { planWrites } from '../adapters/outbox-store.ts'
import { untilCommitted } from '../adapters/race.ts'
import { openedMaybe } from '../adapters/stored.ts'
import type { Table, Write } from '../adapters/table.ts'
import { triesToChange } from './change-issue.ts'

/** All that follows from a decision, for one transaction: the case and its mails. */
export const writesOfCase = (decision: CaseDecision, before: Case | undefined, now: number): readonly Write[] => [...caseWrites(decision, before), ...planWrites(decision.mails, now)]

/**
 * Changes a case on the program's own account, or the enterprise's: loads it, decides, commits, and begins again when somebody
 * else changed it in between. Returns whether there was anything to change.
 */
export const changeCase = (table: Table, caseId: string, now: number, decide: (it: Case) => CaseDecision | undefined | Promise<CaseDecision | undefined>): Promise<boolean> =>
  untilCommitted(async () => {
    const it = openedMaybe('case', await table.get(caseKey(caseId)))
    if (it === undefined) return false
    const decision = await decide(it)
    if (decision === undefined) return false
    await table.commit(writesOfCase(decision, it, now))
    return true
  }, triesToChange)
