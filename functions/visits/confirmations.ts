import { toRfc3339 } from '../../shared/calendar/zone.ts'
import type { confirmationOperations } from '../../shared/contract/confirmations.ts'
import { confirmationsBy } from '../adapters/confirmation-store.ts'
import { opened } from '../adapters/stored.ts'
import type { ApiHandlers } from '../http/api.ts'
import { listPage } from '../http/list.ts'
import type { HandlerDependencies } from '../http/serve.ts'

export const confirmationHandlers = ({ table, cursors, timeZone }: Pick<HandlerDependencies, 'table' | 'cursors' | 'timeZone'>): ApiHandlers<typeof confirmationOperations> => ({
  listConfirmations: async ({ query, paging }) => ({
    body: await listPage(table, confirmationsBy(query.came === 'true'), paging, cursors, item => {
      const { answers, ...visit } = opened('confirmation', item)
      return { ...visit, answers: answers.map(({ at, ...said }) => ({ ...said, at: toRfc3339(at, timeZone) })) }
    }),
  }),
})
