import { Logger } from '@aws-lambda-powertools/logger'
import { connect, tableOf } from '../adapters/table.ts'
import { env } from './env.ts'
import { feedbackSchema, receiveFeedback, type FeedbackOutcome } from './handler.ts'

const settings = env.parse(process.env)
const logger = new Logger()
const table = tableOf(connect(), settings.TABLE_NAME)

export const handler = async (event: unknown): Promise<FeedbackOutcome> => {
  const feedback = feedbackSchema.parse(event)
  const outcome = await receiveFeedback(feedback, { table, adminEmail: settings.ADMIN_EMAIL })
  logger.info('feedback', { eventType: feedback.detail.eventType, outcome })
  return outcome
}
