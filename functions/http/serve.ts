import { Logger } from '@aws-lambda-powertools/logger'
import type * as z from 'zod/mini'
import type { Operation } from '../../shared/contract/operation.ts'
import { spreadOut } from '../adapters/race.ts'
import { connect, tableOf, type Table } from '../adapters/table.ts'
import { createApi, type ApiHandlers } from './api.ts'
import { cursorsWith, type Cursors } from './cursor.ts'
import type { apiEnv } from './env.ts'
import { logTo } from './request-log.ts'

/** What the handlers of an API function are given. */
export interface HandlerDependencies {
  readonly table: Table
  readonly cursors: Cursors
  readonly timeZone: string
  readonly adminEmail: string
}

/** Wires an API function: its operations and handlers to the table, the log and the settings of the deployment. */
export const serveApi = <const Ops extends readonly Operation[]>(
  operations: Ops,
  settings: z.output<typeof apiEnv>,
  handlersFor: (deps: HandlerDependencies) => ApiHandlers<Ops>,
) => {
  const logger = new Logger()
  const table = tableOf(connect(), settings.TABLE_NAME)
  const handlers = handlersFor({
    table,
    cursors: cursorsWith(settings.CURSOR_SECRET),
    timeZone: settings.TIME_ZONE,
    adminEmail: settings.ADMIN_EMAIL,
  })
  return createApi(operations, handlers, {
    table,
    settings: { locale: settings.LOCALE, identityClaim: settings.IDENTITY_CLAIM, adminEmail: settings.ADMIN_EMAIL },
    pause: spreadOut(Math.random),
    log: logTo(logger),
  })
}
