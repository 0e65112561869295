import { PlainError } from '../plain-error.ts'
import { JwtAuthorizer } from './authorizer.ts'
import { blueprint, type ApiPlan, type Blueprint } from './blueprint.ts'
import { Clock } from './clock.ts'
import { controlPlane, type Person } from './control-plane.ts'
import { DataFolder } from './data-folder.ts'
import { DeadLetters } from './dead-letters.ts'
import { startEngine, type Engine } from './engine.ts'
import { EngineClient } from './engine-client.ts'
import { EventBus } from './event-bus.ts'
import { EventSources } from './event-sources.ts'
import { Faults } from './faults.ts'
import { openFrontDoor, type FrontDoor } from './front-door.ts'
import { Functions, type Services } from './functions.ts'
import { HttpApi } from './http-api.ts'
import { Issuer } from './issuer.ts'
import { LogBook } from './log-book.ts'
import { Mailbox } from './mailbox.ts'
import { Scheduler, whyNotMoved, type Run } from './scheduler.ts'
import { secretsIn } from './secrets.ts'
import { SesEndpoint } from './ses.ts'
import { StreamPump } from './stream-pump.ts'
import { openTables, remakeTables, streamOf } from './table.ts'
import { TableProxy } from './table-proxy.ts'
import { defaultPlace, Template } from './template.ts'

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
  readonly usage: Pick<TableProxy, 'usage' | 'clear'>
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
  /**
   * Begins another world, with a clock as `now` says among the options. Of the last one nothing is left that a request could
   * see; port, issuer and the functions' threads, with what their modules hold, go on.
   * @throws PlainError where the data are somebody's: in a folder, or in an engine that was given
   */
  readonly startOver: (now?: Date) => Promise<void>
  readonly close: () => Promise<void>
}

/** Something that is let go of in the end. */
interface Part {
  close(): Promise<void> | void
}

/** Keeps a part until the stack is closed: what was started last is closed first. */
type Keep = <T extends Part>(part: T) => T

/** Starts the stack; when that fails, whatever had been started is stopped again. */
export const startLocalStack = async (options: LocalStackOptions): Promise<LocalStack> => {
  const parts: Part[] = []
  const keep: Keep = (part) => {
    parts.push(part)
    return part
  }
  const close = async () => {
    for (const part of parts.splice(0).reverse()) await part.close()
  }
  try {
    return { ...(await start(options, keep)), close }
  } catch (error) {
    await close()
    throw error
  }
}

const start = async (options: LocalStackOptions, keep: Keep): Promise<Omit<LocalStack, 'close'>> => {
  const ground = await takeGround(options, keep)
  const plan = blueprint(await readTemplate(options.template, ground.data))
  const issuer = await openIssuer(plan, ground)
  const mailbox = new Mailbox(ground.data, ground.now)
  const faults = new Faults()
  const deadLetters = new DeadLetters()
  const logs = new LogBook(ground.data.path, options.log)

  // The services wake functions, and the functions call the services: each is there before it knows the other.
  const functions = new Functions()
  const sources = new EventSources()
  const bus = new EventBus(plan.rules, functions, sources)
  const table = keep(await TableProxy.start({ endpoint: ground.engine.endpoint, faults, written: sources.poke, crash: functions.crash }))
  const mail = keep(await SesEndpoint.start({ mailbox, faults, bounced: bus.put, crash: functions.crash, now: ground.now }))
  const services: Services = {
    environment: { AWS_ENDPOINT_URL_DYNAMODB: table.endpoint, AWS_ENDPOINT_URL_SES: mail.url },
    shortCut: table.shortCut,
    called: table.called,
    ended: sources.poke,
  }
  for (const each of plan.functions) functions.add(each, services, logs)
  for (const pump of await openPumps(plan, ground, functions, deadLetters)) sources.add(pump)

  const drain = () => untilAtRest(sources, bus)
  const scheduler = new Scheduler(schedulesOf(plan, functions), ground.clock, deadLetters, drain)
  keep({ close: () => comeToRest(scheduler, sources, functions) })
  await sources.start()

  const stack: Omit<LocalStack, 'close'> = {
    url: ground.front.url,
    mailbox,
    faults,
    deadLetters,
    clock: ground.clock,
    scheduler,
    issuer,
    usage: table,
    logs: logs.lines,
    tableEndpoint: ground.engine.endpoint,
    tables: Object.fromEntries(plan.tables.map(({ resource, name }) => [resource.id, name])),
    moveTo: (instant) => moveTo(scheduler, instant),
    drain,
    startOver: async (now) => {
      if (options.dataFolder !== undefined || options.dynamodbEndpoint !== undefined)
        throw new PlainError('Only a stack with data of its own that nobody wants to keep can start over.')
      await scheduler.startOver(async () => {
        // What is under way ends first, unharmed, and still by the old clock; then nothing is left that could write.
        faults.clear()
        await drain()
        ground.clock.startOver(now)
        for (const each of [mailbox, deadLetters, logs, table]) each.clear()
        await sources.startOver(await remakeTables(ground.client, plan.tables))
      })
    },
  }
  openToCallers(ground, stack, plan, functions, options.people ?? [])
  scheduler.follow()
  return stack
}

/** What the stack stands on, whatever the template says. */
interface Ground {
  readonly front: FrontDoor
  readonly data: DataFolder
  readonly clock: Clock
  readonly now: () => Date
  readonly engine: Engine
  readonly client: EngineClient
}

const takeGround = async (options: LocalStackOptions, keep: Keep): Promise<Ground> => {
  const front = keep(await openFrontDoor(options.port ?? 0))
  const data = keep(options.dataFolder === undefined ? DataFolder.inMemory() : DataFolder.open(options.dataFolder))
  const clock = new Clock(data, options.now)
  const engine = keep(await startEngine({ endpoint: options.dynamodbEndpoint, dataFolder: options.dataFolder }))
  const client = keep(new EngineClient(engine.endpoint))
  return { front, data, clock, now: () => clock.now(), engine, client }
}

const readTemplate = async (given: LocalStackOptions['template'], data: DataFolder): Promise<Template> => {
  const template = typeof given === 'function' ? await given() : given
  const resolution = { place: defaultPlace, secret: secretsIn(data) }
  return typeof template === 'string'
    ? Template.read(template, resolution)
    : new Template(template.document, template.folder, resolution)
}

const openIssuer = ({ api }: Blueprint, { front, data, now }: Ground): Promise<Issuer> => {
  const audience = api?.routes.find(({ authorizer }) => authorizer)?.authorizer?.audience[0] ?? 'local'
  return Issuer.open(data, { url: `${front.url}/_local/oidc`, audience, now })
}

/** The tables, and what hands the changes of their streams on. */
const openPumps = async (
  { tables, mappings }: Blueprint,
  { client, data, now }: Ground,
  functions: Functions,
  deadLetters: DeadLetters,
): Promise<readonly StreamPump[]> => {
  const streams = await openTables(client, tables)
  return mappings.map(({ functionId, ...mapping }) =>
    new StreamPump(
      { ...mapping, streamArn: streamOf(streams, mapping), region: defaultPlace.region, target: functions.invokeOf(functionId) },
      { engine: client, deadLetters, data, now },
    ))
}

/** What the bus sets off writes to the tables, and what their streams set off puts events on the bus. */
const untilAtRest = async (sources: EventSources, bus: EventBus): Promise<void> => {
  do await sources.drain()
  while (await bus.settled())
}

/** Nothing new is begun; what a function hangs in ends with its sandbox; then the others come to rest. */
const comeToRest = async (scheduler: Scheduler, sources: EventSources, functions: Functions): Promise<void> => {
  const resting = [scheduler.close(), sources.close()]
  await functions.close()
  await Promise.all(resting)
}

const moveTo = async (scheduler: Scheduler, instant: Date): Promise<Run[]> => {
  const move = await scheduler.moveTo(instant)
  if (move.moved) return move.ran
  throw new PlainError(whyNotMoved(move))
}

/** The control plane takes what is its own; the rest is the API's. */
const openToCallers = (
  { front, now }: Ground,
  stack: Omit<LocalStack, 'close'>,
  { api: plan }: Blueprint,
  functions: Functions,
  people: readonly Person[],
): void => {
  const control = controlPlane({ ...stack, people })
  const api = plan && httpApiOf(plan, stack.issuer, functions, now)
  front.answer(async (incoming, answer) => {
    if (await control(incoming, answer)) return
    if (api) await api.serve(incoming, answer)
    else answer.writeHead(404).end()
  })
}

const schedulesOf = ({ schedules, functions: plans }: Blueprint, functions: Functions) =>
  schedules.map(({ functionId, ...schedule }) => {
    const target = plans.find(({ id }) => id === functionId)
    return {
      ...schedule,
      retryAttempts: target?.asyncRetryAttempts ?? 0,
      onFailure: target?.asyncOnFailure,
      target: functions.invokeOf(functionId),
    }
  })

/** The path under which an issuer in the template means ours, whatever port it was synthesized for. */
const localIssuer = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?\/_local\/oidc$/

const httpApiOf = ({ id, stage, routes }: ApiPlan, issuer: Issuer, functions: Functions, now: () => Date): HttpApi => {
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
        invoke: functions.invokeOf(functionId),
        authorizer: authorizer && authorizerFor(authorizer),
        scopes,
        timeoutMilliseconds,
      },
    })),
  })
}
