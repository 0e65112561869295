import type { LocalDate } from '../../shared/calendar/date.ts'
import { localDateOf } from '../../shared/calendar/zone.ts'
import type { enterpriseVisitOperations } from '../../shared/contract/enterprise-visits.ts'
import { Problem } from '../../shared/contract/problem.ts'
import { demandWithin } from '../../shared/roster/caller.ts'
import { isInForce } from '../../shared/roster/pairing.ts'
import { rosterQueries, rosterStore } from '../adapters/roster-store.ts'
import { opened } from '../adapters/stored.ts'
import { all } from '../adapters/table.ts'
import { visitQueries } from '../adapters/visit-store.ts'
import type { ApiHandlers, ApiRequest } from '../http/api.ts'
import { listPage } from '../http/list.ts'
import type { HandlerDependencies } from '../http/serve.ts'

export const enterpriseVisitHandlers = ({ table, cursors, timeZone }: Pick<HandlerDependencies, 'table' | 'cursors' | 'timeZone'>): ApiHandlers<typeof enterpriseVisitOperations> => {
  const roster = rosterStore(table)

  /** An enterprise is its officers' of today, and their departments'. */
  const demandPairedWithin = async (enterpriseId: string, today: LocalDate, { caller, reaches }: Pick<ApiRequest, 'caller' | 'reaches'>): Promise<void> => {
    if (reaches.has('any')) return
    const pairings = (await all(table.query(rosterQueries.pairingsOfEnterprise(enterpriseId)))).map(item => opened('pairing', item))
    const officers = pairings.filter(pairing => isInForce(pairing, today)).map(({ officerId }) => officerId)
    const departments = reaches.has('department') ? [...(await roster.officers(officers)).values()].map(({ departmentId }) => departmentId) : []
    demandWithin(reaches, caller, { officers, departments })
  }

  const departmentNames = async (ids: readonly string[]): Promise<ReadonlyMap<string, string | undefined>> =>
    new Map(await Promise.all(ids.map(async id => [id, (await roster.department(id))?.name] as const)))

  return {
    listEnterpriseVisits: async request => {
      const { params: { enterpriseId }, query: { month }, paging } = request
      await demandPairedWithin(enterpriseId, localDateOf(request.now, timeZone), request)
      const visits = await listPage(table, visitQueries.toEnterprise(enterpriseId, month), paging, cursors, item => opened('visit', item))
      // Looked for only where nobody has been, as of most there is somebody.
      if (visits.items.length === 0 && paging.cursor === undefined && (await roster.enterprise(enterpriseId)) === undefined) throw new Problem('enterprise-not-found', { id: enterpriseId })
      const officers = await roster.officers([...new Set(visits.items.map(({ officerId }) => officerId))])
      const departments = await departmentNames([...new Set([...officers.values()].map(({ departmentId }) => departmentId))])
      const items = visits.items.map(({ officerId, visitedOn, mode, counted, with: others, measures }) => {
        const { name: officerName, departmentId } = officers.get(officerId) ?? {}
        return { officerId, officerName, departmentId, departmentName: departments.get(departmentId ?? ''), visitedOn, mode, counted, with: others, measures }
      })
      return { body: { ...visits, items } }
    },
  }
}
