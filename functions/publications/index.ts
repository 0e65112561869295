import { Logger } from '@aws-lambda-powertools/logger'
import { loggedError } from '../adapters/error-log.ts'
import { connect, tableOf } from '../adapters/table.ts'
import { env } from './env.ts'
import { createPublications } from './handler.ts'

const settings = env.parse(process.env)
const logger = new Logger()

export const handler = createPublications({
  table: tableOf(connect(), settings.TABLE_NAME),
  timeZone: settings.TIME_ZONE,
  locale: settings.LOCALE,
  log: ({ error, ...entry }) => {
    if (error === undefined) logger.info('request', entry)
    else logger.error('request', { ...entry, error: loggedError(error) })
  },
})
