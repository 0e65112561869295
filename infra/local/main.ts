import { resolve } from 'node:path'
import { messageOf, PlainError } from '../plain-error.ts'
import { assemble } from './assembly.ts'
import { demoPeople, loadDistrict } from './district.ts'
import { readOptions, usage, type Options } from './options.ts'
import { startLocalStack, type LocalStack } from './stack.ts'

const adminEmail = 'admin@example.org'

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
