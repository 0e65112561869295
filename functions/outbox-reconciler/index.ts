import { Logger } from '@aws-lambda-powertools/logger'
import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics'
import { parseInstant } from '../../shared/calendar/zone.ts'
import type { ScheduledEvent } from '../../shared/contract/functions.ts'
import { loggedError, loggedMailId } from '../adapters/error-log.ts'
import { noteRun } from '../adapters/run-store.ts'
import { wireDelivery } from '../outbox/wire.ts'
import { env } from './env.ts'
import { reconcile, type ReconcilerReport } from './handler.ts'

const logger = new Logger()
const metrics = new Metrics({ namespace: 'Qinshang' })
const settings = env.parse(process.env)
const delivery = wireDelivery(settings)

export const handler = async (event: ScheduledEvent): Promise<ReconcilerReport> => {
  const report = await reconcile(parseInstant(event.scheduledTime), {
    ...delivery,
    failed: (mailId, error) => {
      logger.error('a mail could not be dealt with', { mailId: loggedMailId(mailId), error: loggedError(error) })
    },
    undeliverable: mailId => {
      logger.warn('a mail has reached nobody', { mailId: loggedMailId(mailId) })
      metrics.singleMetric().addMetric('UndeliverableMails', MetricUnit.Count, 1)
    },
  })
  metrics.addMetric('OldestUnsentSeconds', MetricUnit.Seconds, report.oldestUnsentSeconds)
  metrics.publishStoredMetrics()
  logger.info('reconciled', { ...report })
  // The schedule's retry takes up what failed.
  if (report.failures > 0) throw new Error(`${report.failures} mails could not be dealt with`)
  await noteRun(delivery.table, 'outbox-reconciler', parseInstant(event.scheduledTime), Number(settings.LONGEST_GAP_MINUTES))
  return report
}
