import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { messageOf, PlainError } from '../plain-error.ts'
import { assemble } from './assembly.ts'
import { demoPeople, loadDistrict } from './district.ts'
import { startLocalStack, type LocalStack } from './stack.ts'

const usage = `亲商在本机运行 · Qinshang on this machine

  npm start -- [options]

  --port <number>      port on loopback (8787)
  --now <instant>      stand the clock still at this instant, e.g. 2016-08-01T08:00:00+08:00;
                       without it, the clock goes with the wall clock, or stands where the data folder's stood
  --empty              start without the demo district
  --data <folder>      keep everything in this folder; without it, nothing is kept
  --dynamodb <url>     use this DynamoDB endpoint (or DYNAMODB_ENDPOINT) instead of the bundled engine
  --verbose            show what the functions log
  --help               show this
`

const adminEmail = 'admin@example.org'

const shape = z.object({
  port: z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .pipe(z.int().max(65_535))
    .catch(() => {
      throw new PlainError('--port wants a number from 0 to 65535.')
    }),
  now: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional()
    .catch(() => {
      throw new PlainError('--now wants an instant with its offset, such as 2016-08-01T08:00:00+08:00.')
    }),
  empty: z.boolean(),
  data: z.string().min(1).optional().catch(() => {
    throw new PlainError('--data wants a folder.')
  }),
  dynamodb: z.url().optional().catch(() => {
    throw new PlainError('--dynamodb wants the address of a DynamoDB endpoint, such as http://127.0.0.1:8000.')
  }),
  verbose: z.boolean(),
  help: z.boolean(),
})
type Options = z.infer<typeof shape>

const readOptions = (args: readonly string[]): Options => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '8787' },
        now: { type: 'string' },
        empty: { type: 'boolean', default: false },
        data: { type: 'string' },
        dynamodb: { type: 'string', ...(process.env['DYNAMODB_ENDPOINT'] ? { default: process.env['DYNAMODB_ENDPOINT'] } : {}) },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    return shape.parse(values)
  } catch (error) {
    if (error instanceof PlainError) throw error
    throw new PlainError(`${messageOf(error).split('. ')[0] ?? ''}; see npm start -- --help.`)
  }
}

const main = async (args: readonly string[]): Promise<void> => {
  const options = readOptions(args)
  if (options.help) {
    process.stdout.write(usage)
    return
  }
  // As in Lambda; code that leans on the machine's own time zone should show it here.
  process.env['TZ'] = 'UTC'
  const started: { stack?: LocalStack } = {}
  stopOnSignal(started)
  const stack = await run(options)
  started.stack = stack
  if (!options.empty) await loadDemo(stack)
  await stack.drain()
  await greet(stack)
}

const run = (options: Options): Promise<LocalStack> =>
  startLocalStack({
    template: () => assemble(options.port),
    port: options.port,
    people: demoPeople,
    ...(options.now ? { now: options.now } : {}),
    ...(options.data === undefined ? {} : { dataFolder: resolve(options.data) }),
    ...(options.dynamodb === undefined ? {} : { dynamodbEndpoint: options.dynamodb }),
    ...(options.verbose
      ? { log: (name: string, line: string) => void process.stderr.write(`${name}  ${line}\n`) }
      : {}),
  })

/** Before the stack stands there is nothing to stop in order: the engine goes with us. */
const stopOnSignal = (started: { readonly stack?: LocalStack }): void => {
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    void Promise.resolve(started.stack?.close()).finally(() => process.exit(0))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  process.on('SIGHUP', stop)
  // npm does not hand a signal on to what it started: when it is gone, so are we.
  const parent = process.ppid
  if (process.env['npm_lifecycle_event'] !== undefined)
    setInterval(() => {
      if (process.ppid !== parent) stop()
    }, 500).unref()
}

const loadDemo = async (stack: LocalStack): Promise<void> => {
  try {
    await loadDistrict(stack.url, await stack.issuer.token(adminEmail))
  } catch (error) {
    process.stderr.write(`The demo district was not loaded: ${messageOf(error)}\n`)
  }
}

const greet = async (stack: LocalStack): Promise<void> => {
  const lines = [
    ['亲商 Qinshang', stack.url],
    ['文档 Docs', `${stack.url}/docs`],
    ['收件箱 Mailbox', `${stack.url}/_local/inbox`],
    ['时钟 Clock', `${stack.url}/_local/clock`],
    ['令牌 A token', await stack.issuer.token(adminEmail)],
  ]
  process.stdout.write(`\n${lines.map(([name, value]) => `  ${name ?? ''}\n    ${value ?? ''}`).join('\n')}\n\n  Ctrl-C 停止 stops it.\n`)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  // Only what nobody foresaw deserves a stack trace.
  process.stderr.write(error instanceof PlainError ? `${error.message}\n` : `${String((error as Error).stack ?? error)}\n`)
  process.exit(1)
}
