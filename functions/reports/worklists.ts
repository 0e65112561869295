import { addMonths, monthOf } from '../../shared/calendar/date.ts'
import { localDateOf } from '../../shared/calendar/zone.ts'
import { Problem } from '../../shared/contract/problem.ts'
import { countedAtMost, directorSections, shownAtMost, supervisorSections, type DirectorSection, type SupervisorSection, type WorklistEntry, type worklistOperations } from '../../shared/contract/worklists.ts'
import { demandWithin } from '../../shared/roster/caller.ts'
import { everyUnreached } from '../adapters/contact-store.ts'
import { flagQueries } from '../adapters/flag-store.ts'
import { rosterQueries, rosterStore } from '../adapters/roster-store.ts'
import type { Item, Query } from '../adapters/table.ts'
import { tasksBy, tasksIn } from '../adapters/task-store.ts'
import type { ApiHandlers, ApiRequest } from '../http/api.ts'
import type { Cursors } from '../http/cursor.ts'
import type { Paging } from '../http/input.ts'
import { listPage } from '../http/list.ts'
import type { HandlerDependencies } from '../http/serve.ts'
import { counted, firstOf, worklistEntries, type Shown } from './worklist-entries.ts'

/**
 * Where the entries of a section come from: a list of what waits; a list of which some do, which only a look at each tells;
 * or a handful that is read as a whole.
 */
type Source =
  | { readonly from: 'list' | 'some-of'; readonly query: Query; readonly show: (items: readonly Item[]) => Shown | Promise<Shown> }
  | { readonly from: 'whole'; readonly read: () => Promise<readonly WorklistEntry[]> }

/** Of a list of which some wait, so many are looked at side by side. */
const lookedAtTogether = 16

export const worklistHandlers = ({ table, cursors, timeZone }: HandlerDependencies): ApiHandlers<typeof worklistOperations> => {
  const roster = rosterStore(table)

  const officeSource = (section: SupervisorSection, now: number): Source => {
    const entries = worklistEntries(table, timeZone, now)
    switch (section) {
      case 'level-3':
      case 'level-2':
      case 'level-1':
      case 'call-backs':
      case 'assessments':
      case 'projects':
        return { from: 'list', query: tasksIn({ office: section }), show: entries.tasks }
      case 'notices':
        return { from: 'list', query: tasksBy({ office: section }, now), show: entries.notices }
      case 'flags':
        return { from: 'list', query: flagQueries.open, show: entries.flags }
      case 'unreachable':
        return { from: 'list', query: everyUnreached, show: entries.unreached }
      case 'provisional':
        return { from: 'whole', read: entries.years }
      case 'schedules':
        return { from: 'whole', read: entries.missingRuns }
    }
  }

  const departmentSource = (section: DirectorSection, departmentId: string, now: number): Source => {
    const entries = worklistEntries(table, timeZone, now)
    switch (section) {
      case 'misses': {
        const month = monthOf(localDateOf(now, timeZone))
        return { from: 'some-of', query: rosterQueries.officersOf(departmentId), show: items => entries.misses(items, addMonths(month, -1), month) }
      }
      case 'overdue':
      case 'requests':
      case 'exemptions':
      case 'projects':
        return { from: 'list', query: tasksIn({ departmentId, section }), show: entries.tasks }
    }
  }

  /** Those that have waited longest, and how many there are. */
  const summaryOf = async <S extends string>(section: S, source: Source) => {
    switch (source.from) {
      case 'list': {
        const items = await firstOf(table.query({ ...source.query, pageSize: countedAtMost + 1 }), countedAtMost + 1)
        return { section, ...counted(items.length), items: await firstPresent(items, source.show) }
      }
      case 'some-of':
        return summary(section, await firstOf(waitingOf(source.query, source.show), countedAtMost + 1))
      case 'whole':
        return summary(section, await source.read())
    }
  }

  /** Of these, the first that are shown: what has been left behind in a list must not keep back what waits after it. */
  const firstPresent = async (items: readonly Item[], show: (items: readonly Item[]) => Shown | Promise<Shown>): Promise<WorklistEntry[]> => {
    const entries: WorklistEntry[] = []
    for (let at = 0; at < items.length && entries.length < shownAtMost; at += shownAtMost) entries.push(...present(await show(items.slice(at, at + shownAtMost))))
    return entries.slice(0, shownAtMost)
  }

  async function* waitingOf(query: Query, show: (items: readonly Item[]) => Shown | Promise<Shown>): AsyncGenerator<WorklistEntry> {
    let together: Item[] = []
    for await (const item of table.query(query)) {
      if (together.push(item) < lookedAtTogether) continue
      yield* present(await show(together))
      together = []
    }
    if (together.length > 0) yield* present(await show(together))
  }

  /** One page of a section. It can be short, where some of the list wait no more. */
  const pageOf = async (source: Source, paging: Paging): Promise<{ items: WorklistEntry[]; nextCursor?: string }> => {
    if (source.from === 'whole') return pageOfWhole(await source.read(), paging, cursors)
    const page = await listPage(table, source.query, paging, cursors, item => item)
    return { ...page, items: present(await source.show(page.items)) }
  }

  /** The department that is asked about: the director's own, or one that the campaign office names. */
  const departmentOf = async ({ caller, reaches, query }: Pick<ApiRequest, 'caller' | 'reaches'> & { readonly query: { readonly departmentId?: string | undefined } }): Promise<string> => {
    const own = reaches.has('department') ? caller.departmentId : undefined
    const departmentId = query.departmentId ?? own
    if (departmentId === undefined) throw new Problem('filter-required', { filters: 'departmentId' })
    demandWithin(reaches, caller, { departments: [departmentId] })
    if (departmentId !== own && (await roster.department(departmentId)) === undefined) throw new Problem('department-not-found', { id: departmentId })
    return departmentId
  }

  return {
    getSupervisorWorklist: async ({ now }) => ({ body: { sections: await Promise.all(supervisorSections.map(section => summaryOf(section, officeSource(section, now)))) } }),
    listSupervisorTasks: async ({ params: { section }, paging, now }) => ({ body: await pageOf(officeSource(section, now), paging) }),
    getDirectorWorklist: async request => {
      const departmentId = await departmentOf(request)
      const sections = await Promise.all(directorSections.map(section => summaryOf(section, departmentSource(section, departmentId, request.now))))
      return { body: { departmentId, sections } }
    },
    listDirectorTasks: async request => ({ body: await pageOf(departmentSource(request.params.section, await departmentOf(request), request.now), request.paging) }),
  }
}

const present = (shown: Shown): WorklistEntry[] => shown.flatMap(entry => entry ?? [])

const summary = <S extends string>(section: S, entries: readonly WorklistEntry[]) => ({ section, ...counted(entries.length), items: entries.slice(0, shownAtMost) })

/** One page of what is read as a whole; its cursor says how many came before. */
const pageOfWhole = (entries: readonly WorklistEntry[], { limit, cursor, boundTo }: Paging, cursors: Cursors): { items: WorklistEntry[]; nextCursor?: string } => {
  const begin = cursor === undefined ? 0 : Number(cursors.open(cursor, boundTo).key)
  const items = entries.slice(begin, begin + limit)
  const end = begin + items.length
  return end < entries.length ? { items, nextCursor: cursors.seal({ pk: '', sk: '', key: String(end) }, boundTo) } : { items }
}
