import { localDateOf } from '../../shared/calendar/zone.ts'
import { oneOf, Problem } from '../../shared/contract/problem.ts'
import { demandWithin, type Caller } from '../../shared/roster/caller.ts'
import { isInForce } from '../../shared/roster/pairing.ts'
import type { Pairing } from '../../shared/roster/roster.ts'
import { officerKey, rosterQueries, rosterStore } from '../adapters/roster-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import { all, type Item } from '../adapters/table.ts'
import type { ApiRequest } from './api.ts'
import type { Paging } from './input.ts'
import { listPage } from './list.ts'
import type { HandlerDependencies } from './serve.ts'

/** Whom the lists of visits are about, and their exports: an officer or a department, as far as the caller reaches. */
export const askedAbout = ({ table, cursors, timeZone }: Pick<HandlerDependencies, 'table' | 'cursors' | 'timeZone'>) => {
  const roster = rosterStore(table)

  /** The officer a list is about, if it is about one; seen by the officer, the department's director and the office. */
  const demandOfficerWithin = async (officerId: string, caller: Caller, reaches: ApiRequest['reaches']): Promise<void> => {
    // Who calls has been read already; most ask about themselves.
    if (officerId === caller.officerId && reaches.has('own')) return
    const officer = openedMaybe('officer', await table.get(officerKey(officerId)))
    if (officer === undefined) throw new Problem('officer-not-found', { id: officerId })
    demandWithin(reaches, caller, { officers: [officerId], departments: [officer.departmentId] })
  }

  /** Lists are about the caller unless they say otherwise; those who visit nobody have to say. */
  const ownUnlessNamed = (officerId: string | undefined, caller: Caller, reaches: ApiRequest['reaches'], filters: readonly string[]): string => {
    if (officerId !== undefined) return officerId
    if (!reaches.has('own')) throw new Problem('filter-required', { filters: oneOf(filters) })
    return caller.officerId
  }

  /**
   * The department a list was about that has come out empty. One that does not exist is looked for only then: most lists
   * are of one that does.
   */
  const demandDepartment = async (departmentId: string, { cursor }: Pick<Paging, 'cursor'>): Promise<void> => {
    if (cursor !== undefined || (await roster.department(departmentId)) !== undefined) return
    throw new Problem('department-not-found', { id: departmentId })
  }

  /** One officer, or those of a department; of these perhaps one alone. */
  const demandScope = async ({ query, caller, reaches }: Omit<AsksAbout, 'paging'>): Promise<Scope> => {
    if (query.departmentId !== undefined) {
      demandWithin(reaches, caller, { departments: [query.departmentId] })
      return { departmentId: query.departmentId, officerId: query.officerId }
    }
    const officerId = ownUnlessNamed(query.officerId, caller, reaches, ['officerId', 'departmentId'])
    await demandOfficerWithin(officerId, caller, reaches)
    return { officerId }
  }

  /** What an item of a department's list of officers says, if they are asked about. */
  const officerIn = (item: Item, { officerId: wanted }: Scope): string | undefined => {
    const { officerId } = opened('officer', item)
    return wanted === undefined || officerId === wanted ? officerId : undefined
  }

  /**
   * The officers whose lines a list shows: the one asked about, or a page of the department's. Each brings all of their
   * lines, so no line falls between two pages.
   */
  const pageOfOfficers = async (request: AsksAbout): Promise<{ items: string[]; nextCursor?: string }> => {
    const { paging } = request
    const scope = await demandScope(request)
    if (scope.departmentId === undefined) return { items: [scope.officerId] }
    const officers = await listPage(table, rosterQueries.officersOf(scope.departmentId), paging, cursors, item => officerIn(item, scope))
    if (officers.items.length === 0) await demandDepartment(scope.departmentId, paging)
    return officers
  }

  /**
   * The officers whose lines an export holds, all of them; nothing where it is of the whole district. Where nobody is named,
   * it goes as far as the caller reaches.
   */
  const allOfficers = async ({ query, caller, reaches }: Omit<AsksAbout, 'paging'>): Promise<readonly string[] | undefined> => {
    const isOpen = query.officerId === undefined && query.departmentId === undefined
    if (isOpen && reaches.has('any')) return undefined
    const departmentId = isOpen && reaches.has('department') ? caller.departmentId : query.departmentId
    const scope = await demandScope({ query: { ...query, departmentId }, caller, reaches })
    if (scope.departmentId === undefined) return [scope.officerId]
    const officers = (await all(table.query(rosterQueries.officersOf(scope.departmentId)))).flatMap(item => officerIn(item, scope) ?? [])
    if (officers.length === 0) await demandDepartment(scope.departmentId, {})
    return officers
  }

  /** The officers' pairings that are in force today, officer by officer. */
  const pairingsToday = async (officerIds: readonly string[], now: number): Promise<readonly Pairing[]> => {
    const today = localDateOf(now, timeZone)
    const pairings = await Promise.all(officerIds.map(roster.pairingsOf))
    return pairings.flat().filter(pairing => isInForce(pairing, today))
  }

  return { demandOfficerWithin, ownUnlessNamed, demandDepartment, pageOfOfficers, allOfficers, pairingsToday }
}

/** Whom something is about, once it is known that the caller reaches as far. */
type Scope = { readonly departmentId?: undefined; readonly officerId: string } | { readonly departmentId: string; readonly officerId: string | undefined }

type AsksAbout = Pick<ApiRequest, 'caller' | 'reaches' | 'paging'> & {
  readonly query: { readonly officerId?: string | undefined; readonly departmentId?: string | undefined }
}
