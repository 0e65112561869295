import { categoryNames, type Category } from '../issue/category.ts'
import type { Issue } from '../issue/issue.ts'
import { isUnresolved } from '../issue/transition.ts'

/** So many issues of one enterprise the agenda holds: more than are spoken of, and few enough for one answer. */
export const agendaOfOne = 25

/** Whether the issue is to be spoken of. */
export const isForAgenda = ({ status }: Pick<Issue, 'status'>): boolean => isUnresolved(status)

/** The issues by category, in the order of the ledger's categories; those that have none are left out. */
export const byCategory = (issues: readonly Issue[]): readonly { readonly category: Category; readonly issues: readonly Issue[] }[] =>
  categoryNames.map(category => ({ category, issues: issues.filter(issue => issue.category === category) })).filter(({ issues: some }) => some.length > 0)
