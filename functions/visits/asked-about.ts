import { localDateOf } from '../../shared/calendar/zone.ts'
import { Problem } from '../../shared/contract/problem.ts'
import { demandWithin, type Caller } from '../../shared/roster/caller.ts'
import { isInForce } from '../../shared/roster/pairing.ts'
import type { Pairing } from '../../shared/roster/roster.ts'
import { officerKey, rosterQueries, rosterStore } from '../adapters/roster-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import type { ApiRequest } from '../http/api.ts'
import type { Paging } from '../http/input.ts'
import { listPage } from '../http/list.ts'
import type { HandlerDependencies } from '../http/serve.ts'

/** Whom the lists of visits are about: an officer or a department, as far as the caller reaches. */
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
  const ownUnlessNamed = (officerId: string | undefined, caller: Caller, reaches: ApiRequest['reaches'], filters: string): string => {
    if (officerId !== undefined) return officerId
    if (!reaches.has('own')) throw new Problem('filter-required', { filters })
    return caller.officerId
  }

  /**
   * The department a list was about that has come out empty. One that does not exist is looked for only then: most lists
   * are of one that does.
   */
  const demandDepartment = async (departmentId: string, { cursor }: Paging): Promise<void> => {
    if (cursor !== undefined || (await roster.department(departmentId)) !== undefined) return
    throw new Problem('department-not-found', { id: departmentId })
  }

  /**
   * The officers whose lines a list shows: the one asked about, or a page of the department's. Each brings all of their
   * lines, so no line falls between two pages.
   */
  const pageOfOfficers = async ({ query, caller, reaches, paging }: AsksAbout): Promise<{ items: string[]; nextCursor?: string }> => {
    if (query.departmentId === undefined) {
      const officerId = ownUnlessNamed(query.officerId, caller, reaches, 'officerId, departmentId')
      await demandOfficerWithin(officerId, caller, reaches)
      return { items: [officerId] }
    }
    demandWithin(reaches, caller, { departments: [query.departmentId] })
    const officers = await listPage(table, rosterQueries.officersOf(query.departmentId), paging, cursors, item => {
      const { officerId } = opened('officer', item)
      return query.officerId === undefined || officerId === query.officerId ? officerId : undefined
    })
    if (officers.items.length === 0) await demandDepartment(query.departmentId, paging)
    return officers
  }

  /** The officers' pairings that are in force today, officer by officer. */
  const pairingsToday = async (officerIds: readonly string[], now: number): Promise<readonly Pairing[]> => {
    const today = localDateOf(now, timeZone)
    const pairings = await Promise.all(officerIds.map(roster.pairingsOf))
    return pairings.flat().filter(pairing => isInForce(pairing, today))
  }

  return { demandOfficerWithin, ownUnlessNamed, demandDepartment, pageOfOfficers, pairingsToday }
}

type AsksAbout = Pick<ApiRequest, 'caller' | 'reaches' | 'paging'> & {
  readonly query: { readonly officerId?: string | undefined; readonly departmentId?: string | undefined }
}
