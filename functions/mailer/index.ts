import { Logger } from '@aws-lambda-powertools/logger'
import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics'
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { loggedError, loggedMailId } from '../adapters/error-log.ts'
import { wireDelivery } from '../outbox/wire.ts'
import { env } from './env.ts'
import { wakeMailer } from './handler.ts'

const logger = new Logger()
const metrics = new Metrics({ namespace: 'Qinshang' })
const delivery = wireDelivery(env.parse(process.env))

export const handler = (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
  wakeMailer(event, {
    ...delivery,
    failed: (mailId, error) => {
      logger.error('a mail could not be dealt with', { mailId: loggedMailId(mailId), error: loggedError(error) })
    },
    undeliverable: mailId => {
      logger.warn('a mail has reached nobody', { mailId: loggedMailId(mailId) })
      metrics.singleMetric().addMetric('UndeliverableMails', MetricUnit.Count, 1)
    },
  })
