/** Asks when the answer is first wanted, and keeps it; nobody asks again meanwhile. A failure is not kept. */
export const once = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
  const asked = onceForEach(ask)
  return () => asked('')
}

/** The same for each id; of more ids than `atMost`, for those asked for last. */
export const onceForEach = <T>(ask: (id: string) => Promise<T>, atMost = Infinity): ((id: string) => Promise<T>) => {
  const answers = new Map<string, Promise<T>>()
  return id => {
    const known = answers.get(id)
    if (known !== undefined) return known
    const answer = ask(id)
    answers.set(id, answer)
    answer.catch(() => answers.delete(id))
    const [oldest] = answers.keys()
    if (answers.size > atMost && oldest !== undefined) answers.delete(oldest)
    return answer
  }
}
