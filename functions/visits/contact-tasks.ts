import { toRfc3339 } from '../../shared/calendar/zone.ts'
import type { contactTaskOperations } from '../../shared/contract/contact-tasks.ts'
import { contactFaultOf } from '../../shared/roster/contact.ts'
import { concurrently } from '../adapters/concurrently.ts'
import { unreachedOf } from '../adapters/contact-store.ts'
import { issueQueries } from '../adapters/issue-store.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { opened } from '../adapters/stored.ts'
import { traceOfAddress } from '../adapters/trace.ts'
import type { ApiHandlers } from '../http/api.ts'
import type { HandlerDependencies } from '../http/serve.ts'
import { askedAbout } from '../http/asked-about.ts'

/** So many issues of an enterprise are looked at, the latest. */
const issuesAtMost = 200

export const contactTaskHandlers = ({ table, cursors, timeZone }: Pick<HandlerDependencies, 'table' | 'cursors' | 'timeZone'>): ApiHandlers<typeof contactTaskOperations> => {
  const roster = rosterStore(table)
  const { pageOfOfficers, pairingsToday } = askedAbout({ table, cursors, timeZone })

  const awaitingRating = async (enterpriseId: string): Promise<number> => {
    let [seen, waiting] = [0, 0]
    for await (const item of table.query({ ...issueQueries.ofEnterprise(enterpriseId), pageSize: issuesAtMost })) {
      if (opened('issue', item).status === 'resolved') waiting += 1
      if ((seen += 1) === issuesAtMost) break
    }
    return waiting
  }

  return {
    listContactTasks: async request => {
      const officers = await pageOfOfficers(request)
      const pairings = await pairingsToday(officers.items, request.now)
      const ids = pairings.map(({ enterpriseId }) => enterpriseId)
      const [enterprises, marks] = await Promise.all([roster.enterprises(ids), unreachedOf(table, ids.map(id => `enterprise:${id}` as const))])
      const tasks = pairings.flatMap(({ officerId, enterpriseId }, at) => {
        const enterprise = enterprises.get(enterpriseId)
        const fault = enterprise && contactFaultOf(enterprise, marks[at], traceOfAddress)
        return enterprise === undefined || fault === undefined ? [] : [{ officerId, enterpriseId, enterpriseName: enterprise.name, ...fault }]
      })
      const awaiting = new Map<string, number>()
      // Of two officers who share an enterprise, each has the task; its issues are counted once.
      await concurrently(new Set(tasks.map(({ enterpriseId }) => enterpriseId)), 8, async enterpriseId => void awaiting.set(enterpriseId, await awaitingRating(enterpriseId)))
      const items = tasks.map(({ since, ...task }) => ({ ...task, ...(since === undefined ? {} : { since: toRfc3339(since, timeZone) }), awaitingRating: awaiting.get(task.enterpriseId) ?? 0 }))
      return { body: { ...officers, items } }
    },
  }
}
