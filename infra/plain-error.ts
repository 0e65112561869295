/** An error meant for the person at the keyboard: its message is one sentence that says what to do. */
export class PlainError extends Error {
  override readonly name = 'PlainError'
}

/** The message of anything that was thrown. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))
