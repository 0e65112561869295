import { Logger } from '@aws-lambda-powertools/logger'
import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics'
import type { ScheduledEvent } from '../../shared/contract/functions.ts'
import { parseInstant } from '../../shared/calendar/zone.ts'
import { loggedError } from '../adapters/error-log.ts'
import { noteRun } from '../adapters/run-store.ts'
import { connect, tableOf } from '../adapters/table.ts'
import { env } from './env.ts'
import { sweep, type SweepReport } from './handler.ts'

const settings = env.parse(process.env)
const logger = new Logger()
const metrics = new Metrics({ namespace: 'Qinshang' })
const table = tableOf(connect(), settings.TABLE_NAME)

export const handler = async (event: ScheduledEvent): Promise<SweepReport> => {
  const report = await sweep(parseInstant(event.scheduledTime), {
    table,
    timeZone: settings.TIME_ZONE,
    adminEmail: settings.ADMIN_EMAIL,
    failed: (id, error) => {
      logger.error('an issue or a case could not be advanced', { id, error: loggedError(error) })
    },
  })
  metrics.addMetric('OldestDueSeconds', MetricUnit.Seconds, report.oldestDueSeconds)
  metrics.publishStoredMetrics()
  logger.info('swept', { ...report })
  // The schedule's retry takes up what failed, for the same instant.
  if (report.failures > 0) throw new Error(`${report.failures} issues or cases could not be advanced`)
  await noteRun(table, 'escalation-sweep', parseInstant(event.scheduledTime), Number(settings.LONGEST_GAP_MINUTES))
  return report
}
