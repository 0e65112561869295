import { appendFileSync } from 'node:fs'
import { join } from 'node:path'

/** The last lines that functions wrote; with a data folder, all of them in a file there. */
export class LogBook {
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

  clear(): void {
    this.lines.length = 0
  }
}
