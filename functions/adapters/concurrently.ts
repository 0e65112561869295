/** Does `act` for each item, so many at a time. The first error ends it once what is under way has ended. */
export const concurrently = async <T>(items: AsyncIterable<T> | Iterable<T>, atOnce: number, act: (item: T) => Promise<void>): Promise<void> => {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
  let ended = false
  const work = async (): Promise<void> => {
    while (!ended) {
      const next = await iterator.next()
      if (next.done === true) return
      await act(next.value).catch((error: unknown) => {
        ended = true
        throw error
      })
    }
  }
  const outcomes = await Promise.allSettled(Array.from({ length: atOnce }, work))
  const failed = outcomes.find(outcome => outcome.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

/** Several sources as one, item by item in turn, each read only as far as it is taken. */
export async function* interleaved<T>(sources: readonly AsyncIterable<T>[]): AsyncGenerator<T> {
  let open = sources.map(source => source[Symbol.asyncIterator]())
  while (open.length > 0) {
    const steps = await Promise.all(open.map(iterator => iterator.next()))
    open = open.filter((_, at) => steps[at]?.done !== true)
    for (const step of steps) if (step.done !== true) yield step.value
  }
}

/** Items so many at a time, for whatever is read of them together. */
export async function* inLots<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let lot: T[] = []
  for await (const item of items) {
    lot.push(item)
    if (lot.length < size) continue
    yield lot
    lot = []
  }
  if (lot.length > 0) yield lot
}
