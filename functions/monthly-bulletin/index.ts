import { Logger } from '@aws-lambda-powertools/logger'
import type { ScheduledEvent } from '../../shared/contract/functions.ts'
import { parseInstant } from '../../shared/calendar/zone.ts'
import { noteRun } from '../adapters/run-store.ts'
import { connect, tableOf } from '../adapters/table.ts'
import { env } from './env.ts'
import { issueDue, type BulletinReport } from './handler.ts'

const settings = env.parse(process.env)
const logger = new Logger()
const table = tableOf(connect(), settings.TABLE_NAME)

export const handler = async (event: ScheduledEvent): Promise<BulletinReport> => {
  const report = await issueDue(parseInstant(event.scheduledTime), { table, timeZone: settings.TIME_ZONE, adminEmail: settings.ADMIN_EMAIL })
  logger.info('bulletin', { ...report })
  await noteRun(table, 'monthly-bulletin', parseInstant(event.scheduledTime), Number(settings.LONGEST_GAP_MINUTES))
  return report
}
