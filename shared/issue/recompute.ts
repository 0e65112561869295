import type { Instant } from '../calendar/zone.ts'
import { clocksAnew, clocksOf, nextActionAt, withClocks, type Reckoning } from './deadline.ts'
import { decided, silenceUntil, type Decision } from './decision.ts'
import type { Clock, Issue } from './issue.ts'
import { pausedAnew } from './pause.ts'
import { isOpen } from './transition.ts'
import { theSystem } from '../roster/actor.ts'

/**
 * Reckons the deadlines of an open issue anew once a notice they rest on has been entered or changed; `undefined` where
 * that moves none of them nor a step, and settles nothing. Where it moves steps alone, or when a resolved issue is asked
 * about or a paused one goes on, the timeline has nothing to tell.
 */
export const recomputeDeadlines = (issue: Issue, now: Instant, reckoning: Reckoning): Decision | undefined => {
  if (!isOpen(issue.status)) return recomputeWaiting(issue, now, reckoning)
  const clocks = clocksAnew(issue, now, reckoning)
  const differs = (anew: Issue, of: (clock: Clock) => unknown): boolean => clocksOf(anew).some((clock, at) => of(clock) !== of(clocksOf(issue)[at] ?? clock))
  const isSettled = issue.awaitedYears.some(year => reckoning.calendar.noticeOf(year) !== undefined)
  const anew = withClocks(issue, clocks, now, reckoning)
  const isTold = isSettled || differs(anew, ({ by }) => by)
  if (!isTold && !differs(anew, ({ next }) => next?.at)) return undefined
  const act = { by: theSystem, now }
  if (!isTold) return decided({ ...anew, deadlineVersion: issue.deadlineVersion }, [], act, [])
  const { accept, reply, resolve } = clocks
  const event = { event: 'deadlines-recomputed', deadlineVersion: anew.deadlineVersion, acceptBy: accept.by, replyBy: reply.by, resolveBy: resolve.by } as const
  return decided(anew, [event], act, [])
}

/** What waits for somebody: resolved, for the enterprise's word; paused, for whoever has to act. */
const recomputeWaiting = (issue: Issue, now: Instant, reckoning: Reckoning): Decision | undefined => {
  const anew =
    issue.status === 'paused'
      ? pausedAnew(issue, reckoning)
      : issue.callBack?.isDue === false && issue.resolvedAt !== undefined
        ? { ...issue, ...silenceUntil(issue, issue.resolvedAt, reckoning) }
        : issue
  const isSame = nextActionAt(anew) === nextActionAt(issue) && anew.awaitedYears.join() === issue.awaitedYears.join()
  return isSame ? undefined : decided(anew, [], { by: theSystem, now }, [])
}
