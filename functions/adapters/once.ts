/** Asks when the answer is first wanted, and keeps it. A promise is kept as it is, so nobody asks again meanwhile. */
export const once = <T extends object | string>(ask: () => T): (() => T) => {
  let answer: T | undefined
  return () => (answer ??= ask())
}

/** The same for each id. */
export const onceForEach = <T extends object | string>(ask: (id: string) => T): ((id: string) => T) => {
  const answers = new Map<string, T>()
  return id => {
    const answer = answers.get(id) ?? ask(id)
    answers.set(id, answer)
    return answer
  }
}
