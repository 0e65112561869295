/** Requests under way at once: enough to keep two cores busy. */
const atOnce = 8

/** Does `act` for each item, several at a time. */
export const eachOf = async <T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> => {
  const waiting = [...items].reverse()
  const work = async (): Promise<void> => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await act(item)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}
