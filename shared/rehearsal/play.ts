import type { Instant } from '../calendar/zone.ts'
import { Problem } from '../contract/problem.ts'

/** From when a record is played, to when, and when it is swept. */
export interface Span {
  /** The first sweep at that instant or after it. */
  readonly sweepFrom: (instant: Instant) => Instant
  /** Up to which it is played. */
  readonly until: Instant
}

/** How a record goes on: by the sweep, and by what people do. */
export interface Course<R, E> {
  /** When the sweep has to look at it again. */
  readonly dueAt: (record: R) => Instant | undefined
  readonly sweep: (record: R, at: Instant) => { readonly record: R; readonly events: readonly E[] } | undefined
  /** What somebody did, told by an event and those that followed it; nothing where the event tells of no act. @throws Problem where it would have been refused */
  readonly act: (record: R, event: E, following: readonly E[]) => R | undefined
}

/** A record plays its life: people do what they did, when they did it, and the sweep what is due between. @returns what the sweep does, in its order */
export const play = <R, E extends { readonly at: Instant }>(begun: { readonly record: R; readonly at: Instant }, timeline: readonly E[], { sweepFrom, until }: Span, { dueAt, sweep, act }: Course<R, E>): readonly E[] => {
  const swept: E[] = []
  let { record } = begun

  /** Every sweep between the two instants, the second included, that finds something due. */
  const sweepBetween = (from: Instant, to: Instant): void => {
    for (let after = from; ; ) {
      const due = dueAt(record)
      const at = due === undefined ? Infinity : sweepFrom(Math.max(due, after + 1))
      if (at > to) return
      const decision = sweep(record, at)
      if (decision === undefined) return
      record = decision.record
      swept.push(...decision.events)
      after = at
    }
  }

  let before = begun.at
  for (const [nth, event] of timeline.entries()) {
    if (event.at >= until) break
    sweepBetween(before, event.at)
    record = unlessRefused(() => act(record, event, timeline.slice(nth + 1))) ?? record
    before = event.at
  }
  sweepBetween(before, until - 1)
  return swept
}

/** What somebody did and could not have done is passed over. */
const unlessRefused = <T>(act: () => T): T | undefined => {
  try {
    return act()
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}
