import { Logger } from '@aws-lambda-powertools/logger'
import { connect, tableOf } from '../adapters/table.ts'
import { logTo } from '../http/request-log.ts'
import { env } from './env.ts'
import { createPublications } from './handler.ts'

const settings = env.parse(process.env)
const logger = new Logger()

export const handler = createPublications({
  table: tableOf(connect(), settings.TABLE_NAME),
  timeZone: settings.TIME_ZONE,
  locale: settings.LOCALE,
  log: logTo(logger),
})
