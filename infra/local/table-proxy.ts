import { Agent, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { randomUUID } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { breakOff, type FaultKind, type Faults } from './faults.ts'
import { callerOf, read, startLoopback, type Loopback } from './loopback.ts'
import { hasWritten, operationIn, type ShortCut, type TableCall } from './short-cut.ts'

/** What one function asked of the table. */
export interface Usage {
  readonly caller: string
  readonly operation: string
  calls: number
}

interface ProxyOptions {
  readonly endpoint: string
  readonly faults: Faults
  /** Called after each write that took effect. */
  readonly written: () => void
  /** Ends the sandbox of the function of this name. */
  readonly crash: (caller: string) => Promise<void>
}

/**
 * Stands between the functions and the engine: passes calls on, lets them meet the faults asked for, sees writes as they
 * happen and counts calls. Each function calls with its own name as access key, so a call says whose it is. While no
 * fault waits, functions take the short cut past it, and tell it of their calls.
 */
export class TableProxy {
  readonly #options: ProxyOptions
  readonly #agent = new Agent({ keepAlive: true })
  readonly #usage = new Map<string, Usage>()
  #front!: Loopback

  private constructor(options: ProxyOptions) {
    this.#options = options
  }

  static async start(options: ProxyOptions): Promise<TableProxy> {
    const proxy = new TableProxy(options)
    proxy.#front = await startLoopback((incoming, answer) => proxy.#serve(incoming, answer))
    return proxy
  }

  get endpoint(): string {
    return this.#front.url
  }

  /** Undefined when the engine is not called in plain HTTP, as the proxy is. */
  get shortCut(): ShortCut | undefined {
    const { endpoint, faults } = this.#options
    const { protocol, hostname: host, port } = new URL(endpoint)
    if (protocol !== 'http:') return undefined
    return { proxyPort: Number(new URL(this.endpoint).port), engine: { host, port: Number(port || '80') }, waiting: faults.waitingAtTable }
  }

  /** A call that has been answered, by whichever way it went. */
  readonly called = (caller: string, call: TableCall): void => {
    const { operation } = call
    if (hasWritten(call)) this.#options.written()
    const key = `${caller} ${operation}`
    const usage = this.#usage.get(key) ?? { caller, operation, calls: 0 }
    usage.calls += 1
    this.#usage.set(key, usage)
  }

  usage(): Usage[] {
    return [...this.#usage.values()]
  }

  clear(): void {
    this.#usage.clear()
  }

  async close(): Promise<void> {
    await this.#front.close()
    this.#agent.destroy()
  }

  async #serve(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    try {
      const body = await read(incoming)
      const operation = operationIn(incoming.headers['x-amz-target'])
      const caller = callerOf(incoming)
      const fault = this.#options.faults.take('table', operation, (text) => body.includes(text))
      if (fault) await this.#fail(fault, { incoming, answer, body, operation, caller })
      else pass(answer, await this.#forward(incoming, body, operation, caller))
    } catch {
      // The engine or the caller is gone; a broken connection is what real life would show.
      answer.destroy()
    }
  }

  async #fail(
    fault: FaultKind,
    call: { incoming: IncomingMessage; answer: ServerResponse; body: Buffer; operation: string; caller: string },
  ): Promise<void> {
    const { incoming, answer, body, operation, caller } = call
    switch (fault) {
      case 'throttle':
        refuse(answer, 400, 'ProvisionedThroughputExceededException', throttled)
        return
      case 'bounce': // a table takes what it is given; the control plane offers this for mail
      case 'refuse':
        refuse(answer, 400, 'AccessDeniedException', `User: ${caller} is not authorized to perform: dynamodb:${operation}`)
        return
      case 'unavailable':
        refuse(answer, 500, 'InternalServerError', 'The request processing has failed because of an unknown error.')
        return
      case 'conflict':
        conflict(answer, operation, body)
        return
      case 'timeout-before':
      case 'timeout-after':
      case 'crash-before':
      case 'crash-after':
        await breakOff(fault, answer, {
          effect: () => this.#forward(incoming, body, operation, caller),
          crash: () => this.#options.crash(caller),
        })
    }
  }

  async #forward(incoming: IncomingMessage, body: Buffer, operation: string, caller: string): Promise<Answer> {
    const answered = await send(this.#options.endpoint, this.#agent, incoming, body)
    this.called(caller, { operation, succeeded: answered.status === 200 })
    return answered
  }
}

const throttled =
  'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.'

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

const pass = (answer: ServerResponse, { status, headers, body }: Answer): void => {
  answer.writeHead(status, headers).end(body)
}

/** An error in DynamoDB's JSON protocol, checksum included. */
const refuse = (answer: ServerResponse, status: number, code: string, message: string, more: object = {}): void => {
  const body = Buffer.from(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, message, ...more }))
  answer
    .writeHead(status, {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': body.length,
      'x-amzn-errortype': code,
      'x-amzn-requestid': randomUUID(),
      'x-amz-crc32': String(crc32(body)),
    })
    .end(body)
}

const conflict = (answer: ServerResponse, operation: string, body: Buffer): void => {
  const lost = { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
  if (operation !== 'TransactWriteItems') {
    refuse(answer, 400, 'TransactionConflictException', lost.Message)
    return
  }
  const { TransactItems: items } = JSON.parse(body.toString()) as { TransactItems: unknown[] }
  const reasons = items.map((_, index) => (index === 0 ? lost : { Code: 'None' }))
  const codes = reasons.map(({ Code }) => Code).join(', ')
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`
  refuse(answer, 400, 'TransactionCanceledException', message, { Message: message, CancellationReasons: reasons })
}

const send = (endpoint: string, agent: Agent, incoming: IncomingMessage, body: Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = request(new URL(incoming.url ?? '/', endpoint), {
      method: incoming.method ?? 'POST',
      agent,
      headers: { ...without(incoming.headers, ['host', 'connection']), 'content-length': body.length },
    })
    outgoing.on('error', reject)
    outgoing.on('response', (response) => {
      read(response).then((answer) => {
        const headers = without(response.headers, ['connection', 'keep-alive', 'transfer-encoding'])
        resolve({ status: response.statusCode ?? 502, headers, body: answer })
      }, reject)
    })
    outgoing.end(body)
  })

const without = (headers: IncomingMessage['headers'], names: readonly string[]): IncomingMessage['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)))
