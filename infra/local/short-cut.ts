import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { syncBuiltinESMExports } from 'node:module'

/** The way past the table's proxy, straight to the engine behind it. */
export interface ShortCut {
  readonly proxyPort: number
  readonly engine: { readonly host: string; readonly port: number }
  /** Shared with the main thread: how many faults wait for calls of the table. */
  readonly waiting: Int32Array
}

/** A call of the table, once it is answered. */
export interface TableCall {
  readonly operation: string
  readonly succeeded: boolean
}

const writes = new Set([
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
  'ExecuteStatement',
  'BatchExecuteStatement',
  'ExecuteTransaction',
])

/** Whether it has changed the table. */
export const hasWritten = ({ operation, succeeded }: TableCall): boolean => succeeded && writes.has(operation)

/** `PutItem`, from the header that names what is called. */
export const operationIn = (target: unknown): string => (typeof target === 'string' ? target.replace(/^.*\./, '') : '')

type Answered = (response: IncomingMessage) => void
type Request = (...given: readonly unknown[]) => ClientRequest

/**
 * `request` that takes the short cut: the calls that are given as options, as the SDK gives them, and are for the proxy go
 * past it as long as no fault waits for one. All others are made as they are.
 */
export const withShortCut = (request: Request, { proxyPort, engine, waiting }: ShortCut, told: (call: TableCall) => void): Request =>
  (...given) => {
    const [options, answered] = given as [RequestOptions | URL | string, Answered?]
    const isForProxy = typeof options === 'object' && !(options instanceof URL) && Number(options.port) === proxyPort
    if (!isForProxy || Atomics.load(waiting, 0) > 0) return request(...given)
    const operation = operationIn((options.headers as Record<string, unknown> | undefined)?.['x-amz-target'])
    return request({ ...options, ...engine }, (response: IncomingMessage) => {
      told({ operation, succeeded: response.statusCode === 200 })
      answered?.(response)
    })
  }

/**
 * Inside a function's thread: lets its calls of the table take the short cut. The bundle is the deployed one and knows
 * nothing of it, so it is Node's own `request` that chooses the port. A month's replay makes fifty thousand calls; the
 * second hop of each, through the one thread that all functions share, was a fifth of its time.
 */
export const takeShortCut = (shortCut: ShortCut, told: (call: TableCall) => void): void => {
  http.request = withShortCut(http.request as Request, shortCut, told)
  syncBuiltinESMExports()
}
