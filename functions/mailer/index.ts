import { Logger } from '@aws-lambda-powertools/logger'
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import { loggedError, loggedMailId } from '../adapters/error-log.ts'
import { wireDelivery } from '../outbox/wire.ts'
import { env } from './env.ts'
import { wakeMailer } from './handler.ts'

const logger = new Logger()
const delivery = wireDelivery(env.parse(process.env))

export const handler = (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
  wakeMailer(event, {
    ...delivery,
    failed: (mailId, error) => {
      logger.error('a mail could not be dealt with', { mailId: loggedMailId(mailId), error: loggedError(error) })
    },
  })
