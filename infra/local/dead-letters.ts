/** A message that AWS would have put into a dead-letter queue. */
export interface DeadLetter {
  /** The queue, by its logical id in the template. */
  readonly queue: string
  readonly source: string
  readonly at: string
  readonly error: string
  readonly body: unknown
}

/** The dead-letter queues of the stack, kept in memory for whoever wants to look. */
export class DeadLetters {
  readonly #letters: DeadLetter[] = []

  add(queue: string, letter: Omit<DeadLetter, 'queue'>): void {
    this.#letters.push({ queue, ...letter })
  }

  list(): readonly DeadLetter[] {
    return this.#letters
  }

  clear(): void {
    this.#letters.length = 0
  }
}
