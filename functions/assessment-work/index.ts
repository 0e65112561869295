import { Logger } from '@aws-lambda-powertools/logger'
import type { ScheduledEvent } from '../../shared/contract/functions.ts'
import { parseInstant } from '../../shared/calendar/zone.ts'
import { noteRun } from '../adapters/run-store.ts'
import { connect, tableOf } from '../adapters/table.ts'
import { env } from './env.ts'
import { workOnAssessments, type AssessingReport } from './handler.ts'

const settings = env.parse(process.env)
const logger = new Logger()
const table = tableOf(connect(), settings.TABLE_NAME)

export const handler = async (event: ScheduledEvent): Promise<AssessingReport> => {
  const report = await workOnAssessments(parseInstant(event.scheduledTime), { table, timeZone: settings.TIME_ZONE, adminEmail: settings.ADMIN_EMAIL })
  logger.info('assessed', { ...report })
  await noteRun(table, 'assessment-work', parseInstant(event.scheduledTime), Number(settings.LONGEST_GAP_MINUTES))
  return report
}
