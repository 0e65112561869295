import type { ServerResponse } from 'node:http'
import * as z from 'zod'

const faultTargets = ['table', 'mail'] as const
const faultKinds = [
  'throttle',
  'timeout-before',
  'timeout-after',
  'refuse',
  'unavailable',
  'conflict',
  'crash-before',
  'crash-after',
  'bounce',
] as const

/** A failure that calls to come are to meet. */
export const faultShape = z.strictObject({
  target: z.enum(faultTargets),
  /**
   * `throttle`, `refuse`, `unavailable`: the service's own error. `timeout-before`, `timeout-after`: the connection
   * breaks before or after the call has taken effect. `conflict` (table): another transaction was faster.
   * `crash-before`, `crash-after`: the function that calls dies at that very call. `bounce` (mail): it is taken, does not
   * arrive, and the mail service reports so.
   */
  fault: z.enum(faultKinds),
  /** How many calls it meets. */
  count: z.int().min(1).default(1),
  /** Only calls of this operation, e.g. `TransactWriteItems`. */
  operation: z.string().min(1).optional(),
  /** Only calls that mention this: a text of the request to the table, a recipient's address. */
  match: z.string().min(1).optional(),
}).refine(({ target, fault }) => target === 'mail' || fault !== 'bounce', { path: ['fault'], error: 'a table bounces nothing' })
export type Fault = z.infer<typeof faultShape>
export type FaultKind = Fault['fault']

/** The faults that wait for calls. */
export class Faults {
  #pending: Fault[] = []
  /** How many wait for calls of the table, for the functions' threads to see. */
  readonly waitingAtTable = new Int32Array(new SharedArrayBuffer(4))

  add(fault: z.input<typeof faultShape>): void {
    this.#keep([...this.#pending, faultShape.parse(fault)])
  }

  list(): readonly Fault[] {
    return this.#pending
  }

  clear(): void {
    this.#keep([])
  }

  /** The fault that this call meets, if any; it is used up by that. */
  take(target: Fault['target'], operation: string, mentions: (text: string) => boolean): FaultKind | undefined {
    const met = this.#pending.find(
      (fault) =>
        fault.target === target &&
        (fault.operation ?? operation) === operation &&
        (fault.match === undefined || mentions(fault.match)),
    )
    if (!met) return undefined
    this.#keep(
      this.#pending.flatMap((fault) => {
        if (fault !== met) return [fault]
        return fault.count > 1 ? [{ ...fault, count: fault.count - 1 }] : []
      }),
    )
    return met.fault
  }

  #keep(pending: Fault[]): void {
    this.#pending = pending
    Atomics.store(this.waitingAtTable, 0, pending.filter(({ target }) => target === 'table').length)
  }
}

/** Meets a fault in which no answer comes: the call takes effect before it or never, the caller dies of it or lives on. */
export const breakOff = async (
  fault: Extract<FaultKind, `${'timeout' | 'crash'}-${string}`>,
  answer: ServerResponse,
  { effect, crash }: { readonly effect: () => Promise<unknown>; readonly crash: () => Promise<void> },
): Promise<void> => {
  if (fault === 'timeout-after' || fault === 'crash-after') await effect()
  if (fault === 'crash-before' || fault === 'crash-after') await crash()
  answer.destroy()
}
