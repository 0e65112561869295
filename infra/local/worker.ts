import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { buildSync } from 'esbuild'
import { messageOf } from '../plain-error.ts'
import type { ShortCut, TableCall } from './short-cut.ts'

export interface FunctionError {
  readonly errorType: string
  readonly errorMessage: string
  readonly trace?: readonly string[]
}

/** What Lambda answers an invocation with: the handler's JSON, or its error. */
export type Outcome =
  { readonly ok: true; readonly payload: unknown } | { readonly ok: false; readonly error: FunctionError }

export type Invoke = (event: unknown) => Promise<Outcome>

export interface FunctionSettings {
  readonly name: string
  readonly arn: string
  /** The bundle's module, and the export that is the handler. */
  readonly module: string
  readonly exportName: string
  readonly environment: Readonly<Record<string, string>>
  readonly timeoutSeconds: number
  readonly memoryMegabytes: number
  /** Whatever the function writes to its standard output and error. */
  readonly log: (line: string) => void
  /** Undefined where every call of the table has to go through the proxy. */
  readonly shortCut: ShortCut | undefined
  /** Told of each call of the table that went that way. */
  readonly called: (call: TableCall) => void
  /** Told when a sandbox has ended; what it wrote last may not have been told of. */
  readonly ended: () => void
}

/** What the worker thread is started with. */
export interface ThreadData {
  readonly module: string
  readonly exportName: string
  readonly shortCut: ShortCut | undefined
}

export type ThreadRequest = {
  readonly id: string
  readonly event: string
  readonly context: { functionName: string; functionArn: string; memory: string; deadline: number }
}

export type ThreadMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'called'; readonly calls: readonly TableCall[] }
  | { readonly kind: 'broken'; readonly error: FunctionError }
  | { readonly kind: 'result'; readonly id: string; readonly payload: string | undefined }
  | { readonly kind: 'failure'; readonly id: string; readonly error: FunctionError }

/** Lambda's limit on a synchronous response, in bytes. */
const responseLimit = 6_291_556

/**
 * One Lambda function in a thread of its own, with its own environment, running the bundle that would be deployed. Unlike
 * Lambda it serves invocations side by side in one sandbox: handlers keep no state between them.
 */
export class LambdaFunction {
  readonly settings: FunctionSettings
  #sandbox: Sandbox | undefined
  readonly #retired = new Set<Sandbox>()
  #closed = false

  constructor(settings: FunctionSettings) {
    this.settings = settings
  }

  readonly invoke: Invoke = (event) => {
    if (this.#closed) return Promise.resolve({ ok: false, error: { errorType: 'Stopped', errorMessage: 'The stack stops.' } })
    const sandbox = (this.#sandbox ??= this.#start())
    return sandbox.invoke(event)
  }

  /** Ends the sandbox at once, as when the machine under it dies; the next invocation gets a new one. */
  async crash(): Promise<void> {
    await this.#sandbox?.end()
  }

  async close(): Promise<void> {
    this.#closed = true
    const sandboxes = [...this.#retired, ...(this.#sandbox ? [this.#sandbox] : [])]
    await Promise.all(sandboxes.map((sandbox) => sandbox.end()))
  }

  #start(): Sandbox {
    const sandbox = new Sandbox(this.settings, () => {
      if (this.#sandbox === sandbox) this.#sandbox = undefined
      this.#retired.add(sandbox)
      void sandbox.finished.then(() => this.#retired.delete(sandbox))
    })
    return sandbox
  }
}

let compiledThread: URL | undefined

const compileThread = (): URL => {
  const entry = join(import.meta.dirname, 'worker-thread.ts')
  const { outputFiles: [code] } = buildSync({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', write: false })
  if (code === undefined) throw new Error('esbuild has made nothing of worker-thread.ts')
  return new URL(`data:text/javascript,${encodeURIComponent(code.text)}`)
}

/**
 * What each thread runs, as one module of JavaScript. A thread that is given TypeScript loads the compiler first, which
 * takes longer than everything else it does before it is ready.
 */
const threadCode = (): URL => {
  compiledThread ??= compileThread()
  return compiledThread
}

interface Pending {
  readonly settle: (outcome: Outcome) => void
  timer?: NodeJS.Timeout
}

/** One worker thread. It retires on a crash or a time-out: what still runs in it may finish, nothing new is sent. */
class Sandbox {
  readonly #settings: FunctionSettings
  readonly #worker: Worker
  readonly #retire: () => void
  readonly #pending = new Map<string, Pending>()
  #ready: Promise<FunctionError | undefined>
  #becomeReady: (broken?: FunctionError) => void = () => undefined
  #retiring = false
  readonly finished: Promise<void>

  constructor(settings: FunctionSettings, retire: () => void) {
    this.#settings = settings
    this.#retire = retire
    this.#ready = new Promise((resolve) => (this.#becomeReady = resolve))
    this.#worker = new Worker(threadCode(), {
      name: settings.name,
      workerData: { module: settings.module, exportName: settings.exportName, shortCut: settings.shortCut } satisfies ThreadData,
      env: { ...settings.environment },
      // Neither the options of the process that hosts the stack nor its streams are the function's.
      execArgv: ['--no-warnings'],
      resourceLimits: { maxOldGenerationSizeMb: settings.memoryMegabytes },
      stdout: true,
      stderr: true,
    })
    const log = (chunk: Buffer) => {
      settings.log(chunk.toString())
    }
    this.#worker.stdout.on('data', log)
    this.#worker.stderr.on('data', log)
    this.#worker.on('message', (message: ThreadMessage) => {
      this.#receive(message)
    })
    this.#worker.on('error', (error: unknown) => {
      this.#die({ errorType: 'Runtime.Crash', errorMessage: messageOf(error) })
    })
    this.finished = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        this.#die({ errorType: 'Runtime.ExitError', errorMessage: `Runtime exited with exit code ${code}` })
        settings.ended()
        resolve()
      })
    })
  }

  async invoke(event: unknown): Promise<Outcome> {
    const broken = await this.#ready
    if (broken) return { ok: false, error: broken }
    const id = randomUUID()
    const seconds = this.#settings.timeoutSeconds
    return new Promise((resolve) => {
      const settle = (outcome: Outcome) => {
        clearTimeout(pending.timer)
        this.#pending.delete(id)
        resolve(outcome)
        if (this.#retiring && this.#pending.size === 0) void this.end()
      }
      const pending: Pending = { settle }
      this.#pending.set(id, pending)
      // Starting the thread does not count, as Lambda does not count its init phase.
      pending.timer = setTimeout(() => {
        this.#giveUp()
        settle({
          ok: false,
          error: { errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${id} Error: Task timed out after ${seconds.toFixed(2)} seconds` },
        })
      }, seconds * 1000)
      this.#worker.postMessage({
        id,
        event: JSON.stringify(event),
        context: {
          functionName: this.#settings.name,
          functionArn: this.#settings.arn,
          memory: String(this.#settings.memoryMegabytes),
          deadline: Date.now() + seconds * 1000,
        },
      } satisfies ThreadRequest)
    })
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  #receive(message: ThreadMessage): void {
    switch (message.kind) {
      case 'ready':
        this.#becomeReady()
        return
      case 'called':
        for (const call of message.calls) this.#settings.called(call)
        return
      case 'broken':
        this.#becomeReady(message.error)
        this.#giveUp()
        void this.end()
        return
      case 'result':
        this.#pending.get(message.id)?.settle(outcomeOf(message.payload))
        return
      case 'failure':
        this.#settings.log(`${message.error.errorType}: ${message.error.errorMessage}\n`)
        this.#pending.get(message.id)?.settle({ ok: false, error: message.error })
    }
  }

  #giveUp(): void {
    if (this.#retiring) return
    this.#retiring = true
    this.#retire()
  }

  #die(error: FunctionError): void {
    this.#giveUp()
    this.#becomeReady(error)
    for (const pending of this.#pending.values()) pending.settle({ ok: false, error })
  }
}

const outcomeOf = (payload: string | undefined): Outcome => {
  if (payload === undefined) return { ok: true, payload: null }
  const size = Buffer.byteLength(payload)
  if (size <= responseLimit) return { ok: true, payload: JSON.parse(payload) as unknown }
  return {
    ok: false,
    error: {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: `Response payload size (${size} bytes) exceeded maximum allowed payload size (${responseLimit} bytes).`,
    },
  }
}
