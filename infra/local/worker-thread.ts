/** Runs inside the worker thread of one function: what Lambda's Node.js runtime does around a handler. */
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { hasWritten, takeShortCut, type TableCall } from './short-cut.ts'
import type { FunctionError, ThreadData, ThreadMessage, ThreadRequest } from './worker.ts'

type Handler = (event: unknown, context: unknown) => unknown

const { module, exportName, shortCut } = workerData as ThreadData
const post = (message: ThreadMessage): void => parentPort?.postMessage(message)

/** Calls of the table that the stack has not been told of. */
let untold: TableCall[] = []

const tell = (): void => {
  if (untold.length > 0) post({ kind: 'called', calls: untold })
  untold = []
}

/** What is written wakes others, and is told at once; what is read is only counted, and can wait for the answer. */
const called = (call: TableCall): void => {
  untold.push(call)
  if (hasWritten(call)) tell()
}

const described = (thrown: unknown): FunctionError =>
  thrown instanceof Error
    ? { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') }
    : { errorType: typeof thrown, errorMessage: String(thrown) }

const contextOf = ({ id, context }: ThreadRequest) => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: context.functionName,
  functionVersion: '$LATEST',
  invokedFunctionArn: context.functionArn,
  memoryLimitInMB: context.memory,
  awsRequestId: id,
  logGroupName: `/aws/lambda/${context.functionName}`,
  logStreamName: 'local',
  getRemainingTimeInMillis: () => Math.max(0, context.deadline - Date.now()),
})

const serve = (handler: Handler): void => {
  parentPort?.on('message', (request: ThreadRequest) => {
    void (async () => {
      try {
        const result = await handler(JSON.parse(request.event), contextOf(request))
        tell()
        post({ kind: 'result', id: request.id, payload: JSON.stringify(result) })
      } catch (error) {
        console.error(error)
        tell()
        post({ kind: 'failure', id: request.id, error: described(error) })
      }
    })()
  })
}

if (shortCut) takeShortCut(shortCut, called)

try {
  const loaded = (await import(pathToFileURL(module).href)) as Record<string, unknown>
  const handler = loaded[exportName]
  if (typeof handler !== 'function') throw new Error(`${module} has no function named ${exportName}`)
  serve(handler as Handler)
  post({ kind: 'ready' })
} catch (error) {
  console.error(error)
  post({ kind: 'broken', error: described(error) })
}
