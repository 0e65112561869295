import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PlainError } from '../plain-error.ts'

/**
 * What outlives the process. With a folder, values are files, replaced whole by a rename, and journals are files of one
 * JSON value a line; both survive a kill at any moment. Without a folder, they live in memory.
 */
export class DataFolder {
  readonly path: string | undefined
  readonly #values = new Map<string, unknown>()

  private constructor(path: string | undefined) {
    this.path = path
  }

  static inMemory(): DataFolder {
    return new DataFolder(undefined)
  }

  /** Takes the folder for this process alone. */
  static open(path: string): DataFolder {
    orRefuse(() => {
      create(path)
    }, `The data folder ${path} cannot be created; choose another with --data.`)
    if (!statSync(path).isDirectory()) throw new PlainError(`${path} is no folder; choose another with --data.`)
    const lock = join(path, 'in-use-by')
    const unusable = `The data folder ${path} cannot be written to; choose another with --data.`
    const holder = orRefuse(() => holderOf(lock), unusable)
    if (holder !== process.pid && isRunning(holder))
      throw new PlainError(`The data folder ${path} is in use by process ${holder}; stop that, or choose another with --data. If that is no Qinshang, delete ${lock}.`)
    orRefuse(() => {
      writeFileSync(lock, String(process.pid))
    }, unusable)
    return new DataFolder(path)
  }

  read(name: string): unknown {
    if (this.path === undefined) return this.#values.get(name)
    const file = join(this.path, `${name}.json`)
    if (!existsSync(file)) return undefined
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as unknown
    } catch {
      throw new PlainError(`${file} is damaged; restore it, or start with another --data.`)
    }
  }

  write(name: string, value: unknown): void {
    if (this.path === undefined) {
      this.#values.set(name, value)
      return
    }
    const file = join(this.path, `${name}.json`)
    writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  }

  append(journal: string, entry: unknown): void {
    if (this.path !== undefined) appendFileSync(join(this.path, `${journal}.jsonl`), `${JSON.stringify(entry)}\n`)
  }

  /** All entries of a journal. A last line without its end was cut off by a kill, and is dropped. */
  entries(journal: string): unknown[] {
    if (this.path === undefined) return []
    const file = join(this.path, `${journal}.jsonl`)
    if (!existsSync(file)) return []
    const text = readFileSync(file, 'utf8')
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    if (whole.length < text.length) writeFileSync(file, whole)
    return orRefuse(
      () => whole.split('\n').filter(Boolean).map((line) => JSON.parse(line) as unknown),
      `${file} is damaged; restore it, or start with another --data.`,
    )
  }

  close(): void {
    if (this.path !== undefined) rmSync(join(this.path, 'in-use-by'), { force: true })
  }
}

/** What the file system has to say says little to whoever has chosen the folder. */
const orRefuse = <T>(act: () => T, refusal: string): T => {
  try {
    return act()
  } catch {
    throw new PlainError(refusal)
  }
}

/** Folder by folder: where none can be made at all, as below /proc, Node's own recursion never ends. */
const create = (path: string): void => {
  if (existsSync(path)) return
  create(dirname(path))
  mkdirSync(path)
}

const holderOf = (lock: string): number => (existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0)

const isRunning = (pid: number): boolean => {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
