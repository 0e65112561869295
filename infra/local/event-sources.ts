import type { StreamPump } from './stream-pump.ts'
import type { Streams } from './table.ts'

/** Lambda's event source mappings: whatever wakes functions when a table is written. */
export class EventSources {
  readonly #pumps: StreamPump[] = []

  add(pump: StreamPump): void {
    this.#pumps.push(pump)
  }

  async start(): Promise<void> {
    for (const pump of this.#pumps) await pump.start()
  }

  /** Says that something was written. */
  readonly poke = (): void => {
    for (const pump of this.#pumps) pump.poke()
  }

  /** Resolves when every record written before this call has been handled. */
  async drain(): Promise<void> {
    for (const pump of this.#pumps) await pump.drain()
  }

  /** The tables have been made anew, with these streams. */
  async startOver(streams: Streams): Promise<void> {
    for (const pump of this.#pumps) await pump.startOver(streams)
  }

  async close(): Promise<void> {
    await Promise.all(this.#pumps.map((pump) => pump.close()))
  }
}
