import { appendFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { PlainError } from '../plain-error.ts'
import { JwtAuthorizer } from './authorizer.ts'
import { blueprint, type ApiPlan, type Blueprint } from './blueprint.ts'
import { Clock } from './clock.ts'
import { controlPlane, type Person } from './control-plane.ts'
import { DataFolder } from './data-folder.ts'
import { DeadLetters } from './dead-letters.ts'
import { startEngine } from './engine.ts'
import { EngineClient } from './engine-client.ts'
import { Faults } from './faults.ts'
import { HttpApi } from './http-api.ts'
import { Issuer } from './issuer.ts'
import { Mailbox } from './mailbox.ts'
import { Scheduler, type Run } from './scheduler.ts'
import { secretsIn } from './secrets.ts'
import { SesEndpoint } from './ses.ts'
import { StreamPump } from './stream-pump.ts'
import { openTable } from './table.ts'
import { TableProxy } from './table-proxy.ts'
import { defaultPlace, Template } from './template.ts'
import { LambdaFunction } from './worker.ts'

type TemplateSource = string | { readonly document: unknown; readonly folder: string }

export interface LocalStackOptions {
  /**
   * The synthesized template: its file, or the document with the folder that asset paths start from. A function is
   * called when port, data and engine are there, so that what is wrong with those is said before anything is built.
   */
  readonly template: TemplateSource | (() => Promise<TemplateSource>)
  /** Port on loopback; 0 takes a free one. */
  readonly port?: number
  /** The clock stands still at this instant until it is moved; without it, it goes with the wall clock. */
  readonly now?: Date
  /** Folder in which everything outlives the process; without it, nothing does. */
  readonly dataFolder?: string
  /** Any DynamoDB endpoint instead of an engine of our own. */
  readonly dynamodbEndpoint?: string
  /** Told of every line the functions write. */
  readonly log?: (functionName: string, line: string) => void
  /** Offered on the front page to try a token of. */
  readonly people?: readonly Person[]
}

/** The stack of the template, running on this machine. */
export interface LocalStack {
  readonly url: string
  readonly mailbox: Mailbox
  readonly faults: Faults
  readonly deadLetters: DeadLetters
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly issuer: Issuer
  readonly usage: Pick<TableProxy, 'usage' | 'clearUsage'>
  /** What the functions wrote last. */
  readonly logs: readonly string[]
  /** A DynamoDB endpoint for looking into the table itself, past the faults. */
  readonly tableEndpoint: string
  /** The tables' names by logical id. */
  readonly tables: Readonly<Record<string, string>>
  /** Moves the clock forward through every schedule that falls due, and answers with what ran. */
  readonly moveTo: (instant: Date) => Promise<Run[]>
  /** Waits until the stream's functions have handled everything written so far. */
  readonly drain: () => Promise<void>
  readonly close: () => Promise<void>
}

type Closers = (() => Promise<void> | void)[]

/** Starts the stack; when that fails, whatever had been started is stopped again. */
export const startLocalStack = async (options: LocalStackOptions): Promise<LocalStack> => {
  const closers: Closers = []
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    return { ...(await start(options, closers)), close }
  } catch (error) {
    await close()
    throw error
  }
}

const start = async (options: LocalStackOptions, closers: Closers): Promise<Omit<LocalStack, 'close'>> => {
  const front = await FrontDoor.open(options.port ?? 0)
  closers.push(() => front.close())
  const data = options.dataFolder === undefined ? DataFolder.inMemory() : DataFolder.open(options.dataFolder)
  closers.push(() => {
    data.close()
  })

  const clock = new Clock(data, options.now)
  const now = () => clock.now()
  const engine = await startEngine({ endpoint: options.dynamodbEndpoint, dataFolder: options.dataFolder })
  closers.push(() => engine.close())
  const client = new EngineClient(engine.endpoint)
  closers.push(() => {
    client.close()
  })

  const source = typeof options.template === 'function' ? await options.template() : options.template
  const plan = blueprint(readTemplate(source, data))
  const issuer = await Issuer.open(data, {
    url: `${front.url}/_local/oidc`,
    audience: plan.api?.routes.find(({ authorizer }) => authorizer)?.authorizer?.audience[0] ?? 'local',
    now,
  })
  const mailbox = new Mailbox(data, now)
  const faults = new Faults()
  const deadLetters = new DeadLetters()
  const logs = new LogBook(data.path, options.log)

  const functions = new Map<string, LambdaFunction>()
  const crash = async (caller: string) => {
    for (const each of functions.values()) if (each.settings.name === caller) await each.crash()
  }
  const pumps: StreamPump[] = []
  const poke = () => {
    for (const pump of pumps) pump.poke()
  }
  const proxy = await TableProxy.start({ endpoint: engine.endpoint, faults, written: poke, crash })
  closers.push(() => proxy.close())
  const reports = new Set<Promise<unknown>>()
  /** EventBridge: every rule that the event passes wakes its function, and nobody waits for that but `drain`. */
  const bounced = (event: unknown) => {
    for (const rule of plan.rules.filter(({ passes }) => passes(event))) {
      // A bounce takes its time; by then the mailer has written down what it sent.
      const report = Promise.all(pumps.map((pump) => pump.drain())).then(() => functionOf(rule.functionId).invoke(event))
      reports.add(report)
      void report.finally(() => reports.delete(report))
    }
  }
  const ses = await SesEndpoint.start({ mailbox, faults, crash, bounced })
  closers.push(() => ses.close())

  for (const { id, environment, ...settings } of plan.functions)
    functions.set(
      id,
      new LambdaFunction({
        ...settings,
        environment: {
          ...runtimeEnvironment(settings.name, settings.memoryMegabytes),
          AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint,
          AWS_ENDPOINT_URL_SES: ses.url,
          ...environment,
        },
        log: (text) => {
          logs.write(settings.name, text)
        },
      }),
    )
  const functionOf = (id: string): LambdaFunction => {
    const found = functions.get(id)
    if (!found) throw new Error(`${id} is no function of the template.`)
    return found
  }

  const streams = new Map<string, string | undefined>()
  for (const { resource, name } of plan.tables)
    streams.set(resource.id, (await openTable(client, resource, name)).streamArn)
  for (const { tableId, functionId, ...mapping } of plan.mappings) {
    const streamArn = streams.get(tableId)
    if (streamArn === undefined) throw new PlainError(`${mapping.id} listens to a table without a stream.`)
    pumps.push(
      new StreamPump(
        { ...mapping, streamArn, region: defaultPlace.region, target: functionOf(functionId).invoke },
        { engine: client, deadLetters, data, now },
      ),
    )
  }
  for (const pump of pumps) await pump.start()
  const drain = async () => {
    do {
      for (const pump of pumps) await pump.drain()
    } while ((await Promise.allSettled(reports)).length > 0)
  }

  const scheduler = new Scheduler(schedulesOf(plan, functionOf), clock, deadLetters, drain)
  closers.push(async () => {
    // Nothing new is begun; what a function hangs in ends with its sandbox; then both come to rest.
    const resting = [scheduler.close(), ...pumps.map((pump) => pump.close())]
    await Promise.all([...functions.values()].map((each) => each.close()))
    await Promise.all(resting)
  })
  const moveTo = async (instant: Date): Promise<Run[]> => {
    const answer = await scheduler.moveTo(instant)
    if (answer.moved) return answer.ran
    throw new PlainError(`The clock stands at ${answer.now.toISOString()} and does not go back.`)
  }

  const stack: Omit<LocalStack, 'close'> = {
    url: front.url,
    mailbox,
    faults,
    deadLetters,
    clock,
    scheduler,
    issuer,
    usage: proxy,
    logs: logs.lines,
    tableEndpoint: engine.endpoint,
    tables: Object.fromEntries(plan.tables.map(({ resource, name }) => [resource.id, name])),
    moveTo,
    drain,
  }
  const api = plan.api && httpApiOf(plan.api, { issuer, now, functionOf })
  const control = controlPlane({ ...stack, people: options.people ?? [] })
  front.answer(async (incoming, answer) => {
    if (await control(incoming, answer)) return
    if (api) await api.serve(incoming, answer)
    else answer.writeHead(404).end()
  })
  scheduler.follow()
  return stack
}

const readTemplate = (template: TemplateSource, data: DataFolder): Template => {
  const resolution = { place: defaultPlace, secret: secretsIn(data) }
  return typeof template === 'string'
    ? Template.read(template, resolution)
    : new Template(template.document, template.folder, resolution)
}

/** What Lambda's runtime puts into every function's environment, and nothing of this machine's. */
const runtimeEnvironment = (name: string, memoryMegabytes: number): Record<string, string> => ({
  AWS_REGION: defaultPlace.region,
  AWS_DEFAULT_REGION: defaultPlace.region,
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  // The access key tells the table's proxy and the mail service who is calling.
  AWS_ACCESS_KEY_ID: name,
  AWS_SECRET_ACCESS_KEY: 'local',
  // A developer's own profiles must not reach in here.
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  TZ: ':UTC',
})

const schedulesOf = ({ schedules, functions }: Blueprint, functionOf: (id: string) => LambdaFunction) =>
  schedules.map(({ functionId, ...schedule }) => {
    const target = functions.find(({ id }) => id === functionId)
    return {
      ...schedule,
      retryAttempts: target?.asyncRetryAttempts ?? 0,
      onFailure: target?.asyncOnFailure,
      target: functionOf(functionId).invoke,
    }
  })

/** The path under which an issuer in the template means ours, whatever port it was synthesized for. */
const localIssuer = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?\/_local\/oidc$/

const httpApiOf = (
  { id, stage, routes }: ApiPlan,
  { issuer, now, functionOf }: { issuer: Issuer; now: () => Date; functionOf: (id: string) => LambdaFunction },
): HttpApi => {
  const authorizers = new Map<string, JwtAuthorizer>()
  const authorizerFor = (configuration: { issuer: string; audience: readonly string[] }): JwtAuthorizer => {
    const address = localIssuer.test(configuration.issuer) ? issuer.url : configuration.issuer
    const key = JSON.stringify([address, configuration.audience])
    const found = authorizers.get(key) ?? new JwtAuthorizer({ ...configuration, issuer: address }, now)
    authorizers.set(key, found)
    return found
  }
  return new HttpApi({
    apiId: id,
    accountId: defaultPlace.accountId,
    stage,
    now,
    routes: routes.map(({ key, functionId, timeoutMilliseconds, authorizer, scopes }) => ({
      key,
      value: {
        invoke: functionOf(functionId).invoke,
        authorizer: authorizer && authorizerFor(authorizer),
        scopes,
        timeoutMilliseconds,
      },
    })),
  })
}

type Answering = (incoming: IncomingMessage, answer: ServerResponse) => Promise<void>

/** The one port of the stack, on loopback only. It is taken first: if somebody else has it, nothing else is started. */
class FrontDoor {
  readonly #server: Server
  #answering: Answering = (_, answer) => {
    answer.writeHead(503, { 'retry-after': '1' }).end()
    return Promise.resolve()
  }

  private constructor() {
    // The gateway's own limit on request line and headers.
    this.#server = createServer({ maxHeaderSize: 10_240, keepAliveTimeout: 65_000 }, (incoming, answer) => {
      this.#answering(incoming, answer).catch((error: unknown) => {
        if (answer.headersSent || answer.destroyed) answer.destroy()
        else answer.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"Internal Server Error"}')
        if (!answer.destroyed) console.error(error)
      })
    })
  }

  static async open(port: number): Promise<FrontDoor> {
    const door = new FrontDoor()
    door.#server.listen(port, '127.0.0.1')
    try {
      await once(door.#server, 'listening')
    } catch (error) {
      throw refusalToListen(port, error as NodeJS.ErrnoException)
    }
    return door
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  answer(answering: Answering): void {
    this.#answering = answering
  }

  async close(): Promise<void> {
    this.#server.close()
    this.#server.closeAllConnections()
    await once(this.#server, 'close')
  }
}

const refusalToListen = (port: number, error: NodeJS.ErrnoException): Error => {
  if (error.code === 'EADDRINUSE') return new PlainError(`Port ${port} is taken; choose another with --port.`)
  if (error.code === 'EACCES') return new PlainError(`Port ${port} is not allowed to you; choose one above 1023 with --port.`)
  return error
}

/** The last lines that functions wrote; with a data folder, all of them in a file there. */
class LogBook {
  readonly lines: string[] = []
  readonly #file: string | undefined
  readonly #tell: ((functionName: string, line: string) => void) | undefined

  constructor(folder: string | undefined, tell: ((functionName: string, line: string) => void) | undefined) {
    this.#file = folder && join(folder, 'functions.log')
    this.#tell = tell
  }

  write(functionName: string, text: string): void {
    for (const line of text.split('\n').filter(Boolean)) {
      this.lines.push(`${functionName} ${line}`)
      this.#tell?.(functionName, line)
    }
    if (this.lines.length > 2000) this.lines.splice(0, this.lines.length - 1000)
    if (this.#file) appendFileSync(this.#file, text)
  }
}
