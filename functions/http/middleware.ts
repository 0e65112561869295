import type { MiddlewareObj } from '@middy/core'
import type { Locale } from '../../shared/calendar/wording.ts'
import { routeKey, type Operation } from '../../shared/contract/operation.ts'
import { FieldFaults, Problem } from '../../shared/contract/problem.ts'
import { anybody, type Caller } from '../../shared/roster/caller.ts'
import type { Table } from '../adapters/table.ts'
import { callerBehind, type ApiEvent, type IdentitySettings } from './identity.ts'
import { languageOf, type Language } from './language.ts'
import { detailsOf, detailsOfFaults, type ProblemDetails } from './problem-details.ts'
import { problemResult, type Result } from './result.ts'

/** A request on its way in: what is known of it grows as it passes. */
export type Incoming = ApiEvent & {
  operation?: Operation
  caller?: Caller
  /** The code of the problem it is answered with. */
  problem?: string
}

type Step = MiddlewareObj<Incoming, Result>

export interface RequestLog {
  readonly requestId: string
  readonly operation: string
  readonly status: number
  readonly callerId?: string | undefined
  readonly problem?: string | undefined
  readonly error?: unknown
}

/** Tells of every request how it was answered: ids only, never names or texts. */
export const requestLog = (log: (entry: RequestLog) => void): Step => {
  const tell = ({ event, response, error }: { event: Incoming; response: Result | null; error: Error | null }): void => {
    const status = response?.statusCode ?? 500
    log({
      requestId: event.requestContext.requestId,
      operation: event.operation?.id ?? event.routeKey,
      status,
      callerId: event.caller?.officerId,
      problem: event.problem,
      ...(status >= 500 && error !== null ? { error } : {}),
    })
  }
  return { after: tell, onError: tell }
}

/** Answers whatever is thrown with a problem (RFC 9457), in the client's language. */
export const problemAnswers = (locale: Locale): Step => ({
  onError: request => {
    const { event, error } = request
    const details = detailsOfError(error, languageOf(event.headers['accept-language'], locale), event.requestContext.requestId)
    event.problem = details.code
    request.response = problemResult(details)
  },
})

/** Finds the operation behind the route. */
export const knownOperation = (operations: readonly Operation[]): Step => {
  const byRoute = new Map(operations.map(op => [routeKey(op), op]))
  return {
    before: ({ event }) => {
      const operation = byRoute.get(event.routeKey)
      if (operation === undefined) throw new Problem('no-such-operation')
      event.operation = operation
    },
  }
}

/** Finds who calls, but where everybody may. */
export const knownCaller = (table: Table, settings: IdentitySettings): Step => ({
  before: async ({ event }) => {
    event.caller = event.operation?.access === 'public' ? anybody : await callerBehind(event, table, settings)
  },
})

/** Errors of the table, and of what lies in it, that pass when the same request is sent again. */
const passing = new Set([
  'ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded', 'TransactionInProgressException',
  'TransactionCanceledException', 'TransactionConflictException', 'InternalServerError', 'ServiceUnavailable', 'TimeoutError', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE',
  'Unprocessed', 'NewerShape',
])
const isPassing = (error: unknown): boolean =>
  error instanceof Error && (passing.has(error.name) || passing.has(String((error as { code?: unknown }).code)))

const detailsOfError = (error: unknown, language: Language, requestId: string): ProblemDetails => {
  if (error instanceof Problem) return detailsOf(error, language)
  if (error instanceof FieldFaults) return detailsOfFaults(error, language)
  return detailsOf(isPassing(error) ? new Problem('busy') : new Problem('unexpected', { requestId }, { requestId }), language)
}
