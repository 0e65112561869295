import { PlainError } from '../plain-error.ts'

/** Decides whether an event passes one filter pattern of an event source. */
export type Passes = (event: unknown) => boolean

/**
 * Reads a filter pattern in EventBridge's language: fields by name down to a list of what is allowed there. Of the
 * comparisons it knows exact values, `prefix`, `suffix`, `exists`, `anything-but`, `equals-ignore-case` and `numeric`;
 * any other is an error.
 */
export const eventPattern = (pattern: unknown, where: string): Passes => {
  if (!isObject(pattern)) throw new PlainError(`The filter pattern at ${where} is not an object.`)
  if ('$or' in pattern) {
    const { $or: alternatives, ...rest } = pattern
    if (!Array.isArray(alternatives)) throw new PlainError(`The $or of the filter pattern at ${where} is not a list.`)
    const either = alternatives.map((one) => eventPattern(one, `${where}.$or`))
    const others = eventPattern(rest, where)
    return (event) => others(event) && either.some((passes) => passes(event))
  }
  const fields = Object.entries(pattern).map(([name, wanted]) => {
    const passes = Array.isArray(wanted)
      ? anyOf(wanted.map((one) => comparison(one, `${where}.${name}`)))
      : eventPattern(wanted, `${where}.${name}`)
    return (event: unknown) => passes(isObject(event) ? event[name] : undefined)
  })
  return (event) => fields.every((passes) => passes(event))
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const anyOf =
  (alternatives: readonly Passes[]): Passes =>
  (value) =>
    // A field that holds a list passes when one of its values does.
    alternatives.some((passes) => (Array.isArray(value) ? value.some(passes) : passes(value)))

const comparison = (wanted: unknown, where: string): Passes => {
  if (!isObject(wanted)) return (value) => value === wanted
  const [[name, operand] = ['', undefined], ...more] = Object.entries(wanted)
  const text = (compare: (value: string, operand: string) => boolean): Passes => {
    if (typeof operand !== 'string') throw notUnderstood(wanted, where)
    return (value) => typeof value === 'string' && compare(value, operand)
  }
  if (more.length > 0) throw notUnderstood(wanted, where)
  switch (name) {
    case 'prefix':
      return text((value, start) => value.startsWith(start))
    case 'suffix':
      return text((value, end) => value.endsWith(end))
    case 'equals-ignore-case':
      return text((value, other) => value.toLowerCase() === other.toLowerCase())
    case 'exists':
      if (typeof operand !== 'boolean') throw notUnderstood(wanted, where)
      return (value) => (value !== undefined) === operand
    case 'anything-but': {
      const refused = [operand].flat().map((one) => comparison(one, where))
      return (value) => value !== undefined && !refused.some((passes) => passes(value))
    }
    case 'numeric':
      return numeric(operand, where)
    default:
      throw notUnderstood(wanted, where)
  }
}

const relations: Record<string, (value: number, bound: number) => boolean> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
}

const numeric = (operand: unknown, where: string): Passes => {
  if (!Array.isArray(operand) || operand.length % 2 !== 0) throw notUnderstood({ numeric: operand }, where)
  const bounds = Array.from({ length: operand.length / 2 }, (_, index) => {
    const relation = relations[String(operand[index * 2])]
    if (!relation) throw notUnderstood({ numeric: operand }, where)
    return { relation, bound: Number(operand[index * 2 + 1]) }
  })
  // DynamoDB's numbers travel as text, and Lambda compares them as numbers all the same.
  return (value) =>
    (typeof value === 'number' || (typeof value === 'string' && value !== '')) &&
    bounds.every(({ relation, bound }) => relation(Number(value), bound))
}

const notUnderstood = (wanted: unknown, where: string): PlainError =>
  new PlainError(`The local stack does not understand ${JSON.stringify(wanted)} in the filter pattern at ${where}.`)
