import { randomUUID } from 'node:crypto'
import { millisecondsPerDay } from '../../shared/calendar/date.ts'
import type { SchedulePlan } from './blueprint.ts'
import type { Clock } from './clock.ts'
import type { DeadLetters } from './dead-letters.ts'
import type { Invoke } from './worker.ts'
import { timetable, type Timetable } from './schedule.ts'

/** A schedule of the template, ready to run. */
export interface Schedule extends Omit<SchedulePlan, 'functionId'> {
  /** How often Lambda tries a failed run again, and the queue it then puts it into. */
  readonly retryAttempts: number
  readonly onFailure: string | undefined
  readonly target: Invoke
}

/** One run of a schedule, and how it ended. */
export interface Run {
  readonly name: string
  readonly at: string
  readonly ok: boolean
  readonly error?: string
}

/** What became of moving the clock. Nothing runs when it is refused. */
export type Move =
  | { readonly moved: true; readonly ran: Run[] }
  | { readonly moved: false; readonly because: 'back' | 'too-far'; readonly now: Date }

/** How far the clock goes at once: minutes of schedules run, and there is no calling them off. */
export const daysAtMost = 400

/** A refusal, for whoever wanted to move the clock. */
export const whyNotMoved = ({ because, now }: Extract<Move, { moved: false }>): string => {
  if (because === 'back') return `时钟停在 ${now.toISOString()}，不能往回拨。The clock stands at ${now.toISOString()} and does not go back.`
  const farthest = farthestFrom(now).toISOString()
  return `时钟一次最多拨 ${daysAtMost} 天，现在最远可拨到 ${farthest}。The clock moves by ${daysAtMost} days at most in one call, from here to ${farthest}; call again to go on.`
}

const farthestFrom = (now: Date): Date => new Date(now.getTime() + daysAtMost * millisecondsPerDay)

interface Entry {
  readonly schedule: Schedule
  readonly timetable: Timetable
}

/** EventBridge Scheduler by the stack's clock: fires what falls due, instant after instant, at each of them all at once. */
export class Scheduler {
  readonly schedules: readonly Schedule[]
  #entries: readonly Entry[] = []
  readonly #clock: Clock
  readonly #deadLetters: DeadLetters
  /** Waits until everything that a run has set off is done. */
  readonly #settled: () => Promise<void>
  /** Schedules due up to here have run. */
  #ranUntil = new Date(0)
  #queue: Promise<unknown> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(schedules: readonly Schedule[], clock: Clock, deadLetters: DeadLetters, settled: () => Promise<void>) {
    this.#clock = clock
    this.#deadLetters = deadLetters
    this.#settled = settled
    this.schedules = schedules
    this.#begin()
  }

  #begin(): void {
    this.#entries = this.schedules.map((schedule) => ({
      schedule,
      timetable: timetable(schedule.expression, schedule.timeZone, this.#clock.createdAt),
    }))
    this.#ranUntil = this.#clock.now()
  }

  /** The next due instant of a schedule, by the stack's clock. */
  nextDue(name: string): Date | undefined {
    return this.#entries.find(({ schedule }) => schedule.name === name)?.timetable.next(this.#clock.now())
  }

  /** With a ticking clock, schedules fire by themselves as they fall due. */
  follow(): void {
    if (this.#clock.standing || this.#closed) return
    clearTimeout(this.#timer)
    const next = this.#earliestAfter(this.#ranUntil)
    if (!next) return
    const wait = Math.min(Math.max(0, next.getTime() - this.#clock.now().getTime()), 60_000)
    this.#timer = setTimeout(() => {
      void this.#inTurn(() => this.#runDue(this.#clock.now(), () => undefined)).finally(() => {
        this.follow()
      })
    }, wait)
  }

  /** Moves the clock forward through every due instant. Refuses to go back, and to go too far at once. */
  moveTo(target: Date): Promise<Move> {
    return this.#inTurn(async (): Promise<Move> => {
      const now = this.#clock.now()
      if (target < now) return { moved: false, because: 'back', now }
      if (target > farthestFrom(now)) return { moved: false, because: 'too-far', now }
      // What has been set off until now belongs to now.
      await this.#settled()
      try {
        const ran = await this.#runDue(target, (instant) => {
          this.#clock.hold(instant)
        })
        this.#clock.hold(target)
        return { moved: true, ran }
      } finally {
        this.#clock.release()
        this.follow()
      }
    })
  }

  /** Runs one schedule at the clock's now; undefined when there is none of that name. */
  runNow(name: string): Promise<Run | undefined> {
    return this.#inTurn(async () => {
      const entry = this.#entries.find(({ schedule }) => schedule.name === name)
      if (!entry) return undefined
      const run = await this.#run(entry.schedule, this.#clock.now())
      await this.#settled()
      return run
    })
  }

  /** Begins anew by the clock that `another` world comes with; nothing runs while that one is made. */
  async startOver(another: () => Promise<void>): Promise<void> {
    await this.#inTurn(async () => {
      clearTimeout(this.#timer)
      await another()
      this.#begin()
    })
    this.follow()
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#queue.catch(() => undefined)
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work, work)
    this.#queue = turn.catch(() => undefined)
    return turn
  }

  #earliestAfter(instant: Date): Date | undefined {
    return this.#entries
      .filter(({ schedule }) => schedule.enabled)
      .map((entry) => entry.timetable.next(instant))
      .filter((due) => due !== undefined)
      .reduce<Date | undefined>((first, due) => (first && first <= due ? first : due), undefined)
  }

  async #runDue(until: Date, reach: (instant: Date) => void): Promise<Run[]> {
    const ran: Run[] = []
    const due = this.#entries
      .filter(({ schedule }) => schedule.enabled)
      .map((entry) => ({ entry, at: entry.timetable.next(this.#ranUntil) }))
    while (!this.#closed) {
      const first = due.reduce<Date | undefined>((least, { at }) => (at && (!least || at < least) ? at : least), undefined)
      if (!first || first > until) break
      reach(first)
      const together = due.filter(({ at }) => at?.getTime() === first.getTime())
      ran.push(...(await Promise.all(together.map(({ entry }) => this.#run(entry.schedule, first)))))
      for (const one of together) one.at = one.entry.timetable.next(first)
      this.#ranUntil = first
      await this.#settled()
    }
    if (!this.#closed && until > this.#ranUntil) this.#ranUntil = until
    return ran
  }

  /**
   * Scheduler hands the event to Lambda's queue, which here always succeeds; from then on Lambda tries again and gives
   * up as the function's asynchronous invocation is configured. There are no waits between: time here is data.
   */
  async #run(schedule: Schedule, at: Date): Promise<Run> {
    const base = { name: schedule.name, at: at.toISOString() }
    const executionId = randomUUID()
    const input = scheduledInput(schedule, at, executionId)
    for (let attempt = 0; ; attempt++) {
      const outcome = await schedule.target(input)
      if (outcome.ok) return { ...base, ok: true }
      const error = `${outcome.error.errorType}: ${outcome.error.errorMessage}`
      if (attempt < schedule.retryAttempts && !this.#closed) continue
      if (schedule.onFailure !== undefined)
        this.#deadLetters.add(schedule.onFailure, {
          source: schedule.name,
          at: at.toISOString(),
          error,
          body: {
            requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: attempt + 1 },
            requestPayload: input,
            responsePayload: outcome.error,
          },
        })
      return { ...base, ok: false, error }
    }
  }
}

/** What the target is given: the schedule's input with its context attributes filled in. */
const scheduledInput = (schedule: Schedule, at: Date, executionId: string): unknown => {
  // To the second, as EventBridge writes it.
  const time = at.toISOString().replace(/\.\d+Z$/, 'Z')
  if (schedule.input === undefined)
    return {
      version: '0',
      id: executionId,
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      time,
      resources: [schedule.arn],
      detail: '{}',
    }
  const filled = schedule.input
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.schedule-arn>', schedule.arn)
    .replaceAll('<aws.scheduler.execution-id>', executionId)
    .replaceAll('<aws.scheduler.attempt-number>', '1')
  try {
    return JSON.parse(filled)
  } catch {
    return filled
  }
}
