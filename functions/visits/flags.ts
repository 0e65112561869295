import { toRfc3339 } from '../../shared/calendar/zone.ts'
import type { flagOperations } from '../../shared/contract/flags.ts'
import { Problem } from '../../shared/contract/problem.ts'
import { checkFlag } from '../../shared/visit/flag.ts'
import { flagKey, flagQueries, flagWrite } from '../adapters/flag-store.ts'
import { opened } from '../adapters/stored.ts'
import type { Item } from '../adapters/table.ts'
import { readVisit } from '../adapters/visit-store.ts'
import type { ApiHandlers } from '../http/api.ts'
import { listPage } from '../http/list.ts'
import type { HandlerDependencies } from '../http/serve.ts'
import { askedAbout } from '../http/asked-about.ts'

export const flagHandlers = ({ table, cursors, timeZone }: Pick<HandlerDependencies, 'table' | 'cursors' | 'timeZone'>): ApiHandlers<typeof flagOperations> => {
  const { demandOfficerWithin } = askedAbout({ table, cursors, timeZone })

  const readFlag = async (flagId: string) => {
    const item = await table.get(flagKey(flagId))
    if (item === undefined) throw new Problem('flag-not-found', { id: flagId })
    return { item, flag: opened('flag', item) }
  }

  return {
    listFlags: async ({ query: { status, kind, officerId }, caller, reaches, paging }) => {
      if (officerId !== undefined) await demandOfficerWithin(officerId, caller, reaches)
      const source = officerId === undefined ? flagQueries.ofStatus(status) : flagQueries.ofOfficer(officerId)
      const shown = (item: Item) => {
        const flag = opened('flag', item)
        return (status === undefined || flag.status === status) && (kind === undefined || flag.kind === kind) ? flag : undefined
      }
      return { body: await listPage(table, source, paging, cursors, shown) }
    },

    getFlag: async ({ params }) => ({ body: (await readFlag(params.flagId)).flag }),

    checkFlag: async ({ params, body, caller, now }) => {
      const { item, flag } = await readFlag(params.flagId)
      const visits = (await Promise.all([flag.visitId, ...flag.seenWith].map(id => readVisit(table, id)))).flatMap(visit => visit ?? [])
      const checked = checkFlag(flag, visits, body, caller.officerId, toRfc3339(now, timeZone))
      return { body: checked, writes: [flagWrite(checked, item)] }
    },
  }
}
