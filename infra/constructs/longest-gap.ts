import { Duration } from 'aws-cdk-lib'
import { Cron } from 'croner'

/**
 * The longest time between two runs of an EventBridge `cron(minutes hours day month weekday year)`, in a zone
 * without daylight saving: what a silence must exceed to be a fault.
 */
export function longestGap(expression: string): Duration {
  const fields = /^cron\((\S+ \S+ \S+ \S+ \S+) \*\)$/.exec(expression)?.[1]
  if (fields === undefined) throw new Error(`Write the schedule ${expression} as cron(… *): six fields, of every year.`)
  // EventBridge writes 0/15 for what croner calls a sloppy range.
  const cron = new Cron(fields.replaceAll('?', '*'), { timezone: 'UTC', sloppyRanges: true })
  const runs = cron.nextRuns(100, '2026-01-01T00:00:00Z')
  const gaps = runs.slice(1).map((run, i) => run.getTime() - (runs[i] as Date).getTime())
  return Duration.millis(Math.max(...gaps))
}
