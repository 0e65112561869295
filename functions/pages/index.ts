import { randomBytes } from 'node:crypto'
import { Logger } from '@aws-lambda-powertools/logger'
import { spreadOut } from '../adapters/race.ts'
import { connect, tableOf } from '../adapters/table.ts'
import { logTo } from '../http/request-log.ts'
import { env } from './env.ts'
import { createPages } from './handler.ts'

const settings = env.parse(process.env)
const logger = new Logger()

export const handler = createPages({
  table: tableOf(connect(), settings.TABLE_NAME),
  timeZone: settings.TIME_ZONE,
  locale: settings.LOCALE,
  adminEmail: settings.ADMIN_EMAIL,
  randomOnce: () => randomBytes(16).toString('base64url'),
  pause: spreadOut(Math.random),
  log: logTo(logger),
})
