import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { PlainError } from '../plain-error.ts'
import { EngineClient } from './engine-client.ts'

/** A DynamoDB endpoint, and how to let go of it. */
export interface Engine {
  readonly endpoint: string
  /** Where its data lie, unless it was only given. */
  readonly folder?: string
  close(): Promise<void>
}

export interface EngineChoice {
  /** Any DynamoDB endpoint; when given, no engine is started. */
  readonly endpoint?: string | undefined
  /** Folder the engine keeps its data in; without it, one of its own that goes when it does. */
  readonly dataFolder?: string | undefined
}

/**
 * The engine behind the table: a given endpoint, else the bundled package for this platform, else `dynoxide` on the
 * PATH. When there is none, one sentence says how to get it.
 */
export const startEngine = async (choice: EngineChoice = {}, find = findProgram): Promise<Engine> => {
  if (choice.endpoint !== undefined) {
    await ping(choice.endpoint)
    return { endpoint: choice.endpoint, close: () => Promise.resolve() }
  }
  const program = find()
  if (program === undefined)
    throw new PlainError(
      'No DynamoDB engine was found: install one with `brew install nubo-db/tap/dynoxide` or `cargo install dynoxide-rs`, or give any DynamoDB endpoint with --dynamodb <url>.',
    )
  for (let attempt = 1; ; attempt++) {
    const started = await launch(program, await freePort(), choice.dataFolder)
    if (started.ok) return started.engine
    // Between choosing a free port and using it, somebody else may have taken it.
    if (!started.output.includes('already in use') || attempt === 5)
      throw new PlainError(`The DynamoDB engine ${program} did not start: ${started.output.trim() || 'it said nothing'}.`)
  }
}

const findProgram = (): string | undefined => bundledProgram() ?? programOnPath()

const bundledProgram = (): string | undefined => {
  const name = process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide'
  try {
    const manifest = createRequire(import.meta.url).resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`)
    const program = join(manifest, '..', name)
    return existsSync(program) ? program : undefined
  } catch {
    return undefined
  }
}

const programOnPath = (): string | undefined =>
  spawnSync('dynoxide', ['--version'], { stdio: 'ignore' }).status === 0 ? 'dynoxide' : undefined

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/**
 * Ends the engine when our end of its standard input closes, so that it does not outlive this process even when that
 * is killed without a chance to clean up; and takes the folder along that was only for this run.
 */
const guard = [
  'scratch=$1; shift; exec 3<&0; "$@" </dev/null & engine=$!',
  // Nobody may be left to read that the engine was terminated, and a shell that cannot say so would end here.
  'exec >/dev/null 2>&1; (cat <&3; kill $engine) & watch=$!',
  // An engine that ended by itself has left its number to others.
  'wait $engine; kill $watch; [ -z "$scratch" ] || rm -rf "$scratch"',
].join('\n')

const memoryFolder = '/dev/shm'
/** Several times what a table takes after a busy month. */
const roomWanted = 1024 ** 3

/**
 * Where a table lies that goes when we do. It needs no disk, and the engine waits for the disk with every write: in
 * memory, where Linux offers it as a folder with room enough, a write takes half the time.
 */
const scratchPlace = (): string => {
  try {
    const { bavail, bsize } = statfsSync(memoryFolder)
    return bavail * bsize >= roomWanted ? memoryFolder : tmpdir()
  } catch {
    return tmpdir()
  }
}

type Launch = { ok: true; engine: Engine } | { ok: false; output: string }

const launch = async (program: string, port: number, dataFolder: string | undefined): Promise<Launch> => {
  const folder = dataFolder ?? mkdtempSync(join(scratchPlace(), 'qinshang-table-'))
  const isScratch = dataFolder === undefined
  const discard = () => {
    if (isScratch) rmSync(folder, { recursive: true, force: true })
  }
  const file = join(folder, 'table.db')
  const options = ['serve', '-p', String(port), '--db-path', file]
  const child =
    process.platform === 'win32'
      ? spawn(program, options, { stdio: ['pipe', 'pipe', 'pipe'] })
      : // Its own process group: Ctrl-C reaches us alone, and we end it in order.
        spawn('/bin/sh', ['-c', guard, 'sh', isScratch ? folder : '', program, ...options], { stdio: ['pipe', 'pipe', 'pipe'], detached: true })
  const exited = once(child, 'exit').catch(() => undefined)
  const { listening, output } = await untilListening(child)
  if (!listening) {
    discard()
    return { ok: false, output }
  }
  indexStream(file)
  const close = async () => {
    child.stdin.end()
    if (process.platform === 'win32') child.kill()
    await exited
    discard()
  }
  return { ok: true, engine: { endpoint: `http://127.0.0.1:${port}`, folder, close } }
}

/**
 * The engine looks through every record its stream ever had to number the next one, so that each write costs more than
 * the one before: after twenty thousand, twenty milliseconds. Two indexes in its file make that, and reading on in the
 * stream, a look-up. An engine that keeps its stream another way is left as it is: slower, and just as right.
 */
const indexStream = (file: string): void => {
  const database = new DatabaseSync(file)
  try {
    database.exec(`
      CREATE INDEX IF NOT EXISTS stream_number ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
      CREATE INDEX IF NOT EXISTS stream_shard ON _stream_records (table_name, shard_id, sequence_number);
    `)
  } catch {
    // It has no such table.
  } finally {
    database.close()
  }
}

const untilListening = (child: ChildProcess): Promise<{ listening: boolean; output: string }> =>
  new Promise((resolve) => {
    let output = ''
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('listening on')) resolve({ listening: true, output })
    }
    child.stdin?.on('error', () => undefined)
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('error', (error) => {
      resolve({ listening: false, output: error.message })
    })
    child.once('close', () => {
      resolve({ listening: false, output })
    })
  })

const ping = async (endpoint: string): Promise<void> => {
  try {
    await new EngineClient(endpoint).call('DynamoDB_20120810.ListTables', { Limit: 1 })
  } catch {
    throw new PlainError(`No DynamoDB answers at ${endpoint}; start it, or correct the address.`)
  }
}
