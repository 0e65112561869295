import type { Case } from '../../shared/case/case.ts'
import type { CaseDecision } from '../../shared/case/decision.ts'
import { caseKey, caseWrites } from '../adapters/case-store.ts'
import { planWrites } from '../adapters/outbox-store.ts'
import type { Table, Write } from '../adapters/table.ts'
import { withinTransaction } from '../adapters/task-store.ts'
import { change } from './change.ts'

/** All that follows from a decision, for one transaction: the case and its mails. */
export const writesOfCase = (decision: CaseDecision, before: Case | undefined, now: number): readonly Write[] =>
  withinTransaction([...caseWrites(decision, before), ...planWrites(decision.mails, now)])

/** Changes a case, as `change` does. */
export const changeCase = (table: Table, caseId: string, now: number, decide: (it: Case) => CaseDecision | undefined | Promise<CaseDecision | undefined>): Promise<boolean> =>
  change(table, 'case', caseKey(caseId), decide, (decision, before) => writesOfCase(decision, before, now))
