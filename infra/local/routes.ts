import { PlainError } from '../plain-error.ts'

/** A route of an HTTP API: its key, and whatever belongs to it. */
export interface Route<T> {
  readonly key: string
  readonly value: T
}

export interface Match<T> {
  readonly route: Route<T>
  readonly parameters: Record<string, string>
}

type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'greedy'; readonly name: string }

interface Compiled<T> {
  readonly route: Route<T>
  readonly method: string
  readonly segments: readonly Segment[]
}

/**
 * Chooses a route as API Gateway does: a fully matching path before a greedy one, the more literal path before the more
 * general, a route of that method before `ANY`, and `$default` when nothing else matches.
 */
export const router = <T>(routes: readonly Route<T>[]): ((method: string, path: string) => Match<T> | undefined) => {
  const fallback = routes.find(({ key }) => key === '$default')
  const compiled = routes.filter((route) => route !== fallback).map(compile).sort(moreSpecificFirst)
  return (method, path) => {
    const wanted = segmentsOf(path)
    for (const candidate of compiled) {
      if (candidate.method !== 'ANY' && candidate.method !== method) continue
      const parameters = match(candidate.segments, wanted)
      if (parameters) return { route: candidate.route, parameters }
    }
    return fallback && { route: fallback, parameters: {} }
  }
}

const compile = <T>(route: Route<T>): Compiled<T> => {
  const [, method, path] = /^([A-Z]+) (\/.*)$/.exec(route.key) ?? []
  if (!method || !path) throw new PlainError(`The local stack does not understand the route ${route.key}.`)
  return { route, method, segments: segmentsOf(path).map(segment) }
}

const segmentsOf = (path: string): string[] => path.replace(/^\//, '').split('/')

const segment = (text: string): Segment => {
  const [, name, greedy] = /^\{([^{}+]+)(\+?)\}$/.exec(text) ?? []
  if (!name) return { kind: 'text', text }
  return { kind: greedy ? 'greedy' : 'parameter', name }
}

const order = { text: 0, parameter: 1, greedy: 2 }

const moreSpecificFirst = <T>(a: Compiled<T>, b: Compiled<T>): number => {
  const greedy = (one: Compiled<T>) => (one.segments.at(-1)?.kind === 'greedy' ? 1 : 0)
  if (greedy(a) !== greedy(b)) return greedy(a) - greedy(b)
  for (let index = 0; index < Math.min(a.segments.length, b.segments.length); index++) {
    const difference = order[a.segments[index]?.kind ?? 'greedy'] - order[b.segments[index]?.kind ?? 'greedy']
    if (difference !== 0) return difference
  }
  if (a.segments.length !== b.segments.length) return b.segments.length - a.segments.length
  return (a.method === 'ANY' ? 1 : 0) - (b.method === 'ANY' ? 1 : 0)
}

const match = (segments: readonly Segment[], path: readonly string[]): Record<string, string> | undefined => {
  const parameters: Record<string, string> = {}
  for (const [index, wanted] of segments.entries()) {
    const found = path[index]
    if (found === undefined) return undefined
    if (wanted.kind === 'greedy') return { ...parameters, [wanted.name]: path.slice(index).join('/') }
    if (wanted.kind === 'text' && wanted.text !== found) return undefined
    // A parameter stands for something: `/visits/` is not `/visits/{id}`.
    if (wanted.kind === 'parameter') {
      if (found === '') return undefined
      parameters[wanted.name] = found
    }
  }
  return segments.length === path.length ? parameters : undefined
}
