import * as z from 'zod'
import { PlainError } from '../plain-error.ts'
import type { DataFolder } from './data-folder.ts'

const kept = z.object({ now: z.number(), standing: z.boolean(), ahead: z.number(), createdAt: z.number() })

/**
 * The stack's one notion of now. Started at a given instant it stands still until it is moved; otherwise it goes with
 * the wall clock. Moved forward, it goes on as before: standing at the new instant, or ticking from there. It never
 * goes back in one world.
 */
export class Clock {
  readonly #data: DataFolder
  #createdAt: Date
  #standing: boolean
  #heldAt: number | undefined
  #ahead: number

  constructor(data: DataFolder, startAt?: Date) {
    this.#data = data
    const before = kept.optional().parse(data.read('clock'))
    if (startAt && before && startAt.getTime() < before.now)
      throw new PlainError(
        `The data folder's clock already stands at ${new Date(before.now).toISOString()} and cannot go back; give a later --now, none, or another --data.`,
      )
    this.#standing = startAt !== undefined || (before?.standing ?? false)
    this.#ahead = startAt ? 0 : (before?.ahead ?? 0)
    this.#heldAt = this.#standing ? (startAt?.getTime() ?? before?.now) : undefined
    this.#createdAt = new Date(before?.createdAt ?? this.now().getTime())
    this.#keep()
  }

  /** When this world began; a `rate(…)` schedule counts from here. */
  get createdAt(): Date {
    return this.#createdAt
  }

  get standing(): boolean {
    return this.#standing
  }

  now(): Date {
    return new Date(this.#heldAt ?? Date.now() + this.#ahead)
  }

  /** Stops at this instant, or where the clock is if that is later. */
  hold(instant: Date): void {
    this.#heldAt = Math.max(instant.getTime(), this.now().getTime())
    this.#keep()
  }

  /** After holding: a ticking clock ticks on from where it is. */
  release(): void {
    if (this.#standing || this.#heldAt === undefined) return
    this.#ahead = this.#heldAt - Date.now()
    this.#heldAt = undefined
    this.#keep()
  }

  /** Another world begins: at this instant, which may well lie before, or with the wall clock. */
  startOver(startAt?: Date): void {
    this.#standing = startAt !== undefined
    this.#ahead = 0
    this.#heldAt = startAt?.getTime()
    this.#createdAt = this.now()
    this.#keep()
  }

  #keep(): void {
    this.#data.write('clock', {
      now: this.now().getTime(),
      standing: this.#standing,
      ahead: this.#ahead,
      createdAt: this.#createdAt.getTime(),
    } satisfies z.infer<typeof kept>)
  }
}
