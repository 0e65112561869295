import { messageOf } from '../plain-error.ts'

/** What a run has looked at, told line by line as it happens: whoever watches sees how far it has come. */
export class Protocol {
  readonly #tell: (line: string) => void
  #held = 0
  #wrong = 0
  #notLookedAt = 0

  constructor(tell: (line: string) => void) {
    this.#tell = tell
  }

  /** Looks, and says whether it held. What is thrown says what was wrong; the run goes on without an answer. */
  async check<T extends object | string | true>(what: string, look: () => Promise<T>): Promise<T | undefined> {
    try {
      const found = await look()
      this.#held += 1
      this.#line('ok', what)
      return found
    } catch (error) {
      this.#wrong += 1
      this.#line('WRONG', `${what}: ${messageOf(error)}`)
      return undefined
    }
  }

  /** Says what was left out and why, so that nobody takes it for checked. */
  notLookedAt(what: string, why: string): void {
    this.#notLookedAt += 1
    this.#line('not looked at', `${what}: ${why}`)
  }

  note(what: string, text: string): void {
    this.#line(what, text)
  }

  /** The last line; whether everything that was looked at held. */
  conclude(): boolean {
    const left = this.#notLookedAt === 0 ? '' : `; ${this.#notLookedAt} not looked at`
    this.#tell(this.#wrong === 0 ? `\nAll ${this.#held} checks held${left}.` : `\n${this.#wrong} of ${this.#held + this.#wrong} checks did not hold${left}.`)
    return this.#wrong === 0
  }

  #line(how: string, text: string): void {
    this.#tell(`${how.padEnd(14)} ${text.replace(/\s+/g, ' ')}`)
  }
}
