import type * as z from 'zod/mini'
import type { ledgerFilters } from '../../shared/contract/issues.ts'
import { Problem } from '../../shared/contract/problem.ts'
import { isOverdue } from '../../shared/issue/deadline.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import { readStakes } from '../../shared/issue/stakes.ts'
import { isWithin } from '../../shared/roster/caller.ts'
import { issueQueries } from '../adapters/issue-store.ts'
import { departmentKey, enterpriseKey, officerKey } from '../adapters/roster-store.ts'
import type { Key, Query, Table } from '../adapters/table.ts'
import type { ApiRequest } from '../http/api.ts'

/** What of the ledger is asked for, by its list or by its export. */
export type LedgerFilters = { readonly [F in keyof typeof ledgerFilters]?: z.output<(typeof ledgerFilters)[F]> }

/** Whether the issue is one of those asked for, and the caller's to see. */
export const isAskedFor = (issue: Issue, asked: LedgerFilters, { caller, reaches, now }: Pick<ApiRequest, 'caller' | 'reaches' | 'now'>): boolean =>
  isWithin(reaches, caller, readStakes(issue)) &&
  (asked.status === undefined || issue.status === asked.status) &&
  (asked.departmentId === undefined || issue.leadDepartmentId === asked.departmentId) &&
  (asked.officerId === undefined || issue.officerId === asked.officerId) &&
  (asked.enterpriseId === undefined || issue.enterpriseId === asked.enterpriseId) &&
  (asked.category === undefined || issue.category === asked.category) &&
  (asked.tier === undefined || issue.tier === asked.tier) &&
  (asked.assistDepartmentId === undefined || issue.pieces.some(({ departmentId }) => departmentId === asked.assistDepartmentId)) &&
  (asked.callBackDue === undefined || (issue.callBack?.isDue === true) === (asked.callBackDue === 'true')) &&
  (asked.overdue === undefined || isOverdue(issue, now) === (asked.overdue === 'true'))

/**
 * Whoever a list was about that has come out empty. To those who see the whole ledger a name that is nobody's is a
 * mistake of theirs; others would learn from the answer who is there.
 */
export const demandNamed = async (table: Table, { departmentId, assistDepartmentId, officerId, enterpriseId }: LedgerFilters): Promise<void> => {
  const found = async (id: string | undefined, code: 'department-not-found' | 'officer-not-found' | 'enterprise-not-found', keyOf: (id: string) => Key): Promise<void> => {
    if (id !== undefined && (await table.get(keyOf(id))) === undefined) throw new Problem(code, { id })
  }
  await found(departmentId, 'department-not-found', departmentKey)
  await found(assistDepartmentId, 'department-not-found', departmentKey)
  await found(officerId, 'officer-not-found', officerKey)
  await found(enterpriseId, 'enterprise-not-found', enterpriseKey)
}

/**
 * The narrowest indexes that hold everything the query asks for and the caller may see, and little else. Whoever sees only
 * what they brought pays for that alone, whatever they ask for; and the list of another department's pieces, of which each
 * costs a read of its own, is walked for those alone who see all of it.
 */
export const ledgerFor = (filters: LedgerFilters, { officerId, departmentId }: ApiRequest['caller'], reaches: ApiRequest['reaches']): readonly Query[] => {
  const own = reaches.has('own') ? [issueQueries.broughtBy(officerId)] : []
  const isOfDepartment = reaches.has('department') && departmentId !== undefined
  if (!reaches.has('any') && !isOfDepartment) return own
  if (filters.enterpriseId !== undefined) return [issueQueries.ofEnterprise(filters.enterpriseId)]
  if (filters.officerId !== undefined) return [issueQueries.broughtBy(filters.officerId)]
  if (filters.departmentId !== undefined) return [issueQueries.ledBy(filters.departmentId)]
  if (filters.assistDepartmentId !== undefined && (reaches.has('any') || filters.assistDepartmentId === departmentId)) return [issueQueries.assistedBy(filters.assistDepartmentId)]
  if (reaches.has('any')) return [issueQueries.all]
  return [...(departmentId === undefined ? [] : [issueQueries.ledBy(departmentId), issueQueries.receivedBy(departmentId), issueQueries.assistedBy(departmentId)]), ...own]
}
