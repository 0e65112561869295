import { yearOf } from '../../shared/calendar/date.ts'
import { localDateOf, type TimeZone } from '../../shared/calendar/zone.ts'
import { dispatchIssues, type Act, type Numbering } from '../../shared/issue/decision.ts'
import type { NewIssue } from '../../shared/issue/issue.ts'
import { routeIssue } from '../../shared/issue/routing.ts'
import type { Officer } from '../../shared/roster/roster.ts'
import { counterKey, counterWrite, type Numbered } from '../adapters/issue-store.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import type { Rules } from '../adapters/rules-store.ts'
import { openedMaybe } from '../adapters/stored.ts'
import type { Table } from '../adapters/table.ts'
import { writesOf } from './change-issue.ts'

interface DispatchDependencies {
  readonly table: Table
  readonly timeZone: TimeZone
  readonly adminEmail: string
}

/** How far this year's issues, or whatever else is numbered, are numbered. Read side by side with what else a request needs, it costs no call of its own. */
export const readNumbering = async (table: Table, now: number, timeZone: TimeZone, of: Numbered = 'ISSUES'): Promise<Numbering> => {
  const year = yearOf(localDateOf(now, timeZone))
  const counter = openedMaybe('counter', await table.get(counterKey(of, year)))
  return { year, last: counter?.last ?? 0 }
}

/**
 * Dispatches what an officer brings home, or an enterprise sends its officer, with what goes into the one transaction:
 * issues, events, mails, and the counter as it stands after the last of them.
 */
export const dispatchAll = async <const S extends readonly NewIssue[]>(
  { table, timeZone, adminEmail }: DispatchDependencies,
  submitted: S,
  given: Act & { readonly officer: Pick<Officer, 'officerId' | 'departmentId'>; readonly rules: Rules; readonly numbering: Numbering; readonly listedIn?: string },
) => {
  const { rules: { policy, policyVersion, calendar }, ...rest } = given
  const leads = new Set(submitted.map(each => routeIssue(each, given.officer.departmentId, policy).leadDepartmentId))
  const staffOf = await rosterStore(table).staffOfEach([...leads], policy.leadingGroup, adminEmail)
  const decisions = dispatchIssues(submitted, { ...rest, policy, policyVersion, calendar, timeZone, staffOf })
  return { decisions, writes: [counterWrite('ISSUES', given.numbering, submitted.length), ...decisions.flatMap(decision => writesOf(decision, undefined, given.now))] }
}
