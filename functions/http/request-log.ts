import type { Logger } from '@aws-lambda-powertools/logger'
import { loggedError } from '../adapters/error-log.ts'
import type { RequestLog } from './middleware.ts'

/** Tells the log of a request how it was answered; as an error, where something failed. */
export const logTo = (logger: Logger) => ({ error, ...entry }: RequestLog): void => {
  if (error === undefined) logger.info('request', entry)
  else logger.error('request', { ...entry, error: loggedError(error) })
}
