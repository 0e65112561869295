import * as z from 'zod/mini'
import type { Instant } from '../calendar/zone.ts'
import type { ScheduleFunctionName } from '../contract/functions.ts'

/** The last run of a schedule that has come to its end, in epoch milliseconds: the instant it was due, and when the next has to be. */
export const runSchema = z.strictObject({ scheduledTime: z.int(), nextBy: z.int() })
export type Run = z.infer<typeof runSchema>

/** The run that was due then, of a schedule with no longer time between two of its runs. */
export const runOf = (scheduledTime: Instant, longestGapMinutes: number): Run => ({ scheduledTime, nextBy: scheduledTime + longestGapMinutes * minute })

/** A schedule whose next run has not come to its end: since when, and when it last did, if it ever has. */
export interface MissingRun {
  readonly schedule: ScheduleFunctionName
  readonly lastRun?: Instant
  readonly since?: Instant
}

const minute = 60_000

/** A run takes its time, and is repeated where it fails. */
const graceMilliseconds = 15 * minute

/** What is missing of a schedule at `now`, if anything. A run that fails leaves nothing behind, so it is missing too. */
export const missingRun = (schedule: ScheduleFunctionName, last: Run | undefined, now: Instant): MissingRun | undefined => {
  if (last === undefined) return { schedule }
  return now > last.nextBy + graceMilliseconds ? { schedule, lastRun: last.scheduledTime, since: last.nextBy } : undefined
}
