import { Cron } from 'croner'
import { PlainError } from '../plain-error.ts'

/** When a schedule is due. */
export interface Timetable {
  /** The first due instant after the given one. */
  readonly next: (after: Date) => Date | undefined
}

/**
 * Reads an EventBridge Scheduler expression: `cron(…)` of six fields, `rate(…)` or `at(…)`.
 * `start` is where a rate counts from.
 */
export const timetable = (expression: string, timeZone: string, start: Date): Timetable => {
  const [, kind, inside] = /^(cron|rate|at)\((.*)\)$/.exec(expression.trim()) ?? []
  if (kind === 'cron' && inside) return cron(inside, timeZone)
  if (kind === 'rate' && inside) return rate(inside, start)
  if (kind === 'at' && inside) return once(inside, timeZone)
  throw new PlainError(`The local stack does not understand the schedule expression ${expression}.`)
}

const cron = (fields: string, timeZone: string): Timetable => {
  const pattern = cronPattern(fields)
  try {
    const job = new Cron(pattern, { timezone: timeZone, paused: true, alternativeWeekdays: true })
    return { next: (after) => job.nextRun(after) ?? undefined }
  } catch (error) {
    throw new PlainError(`The local stack does not understand cron(${fields}): ${(error as Error).message}`)
  }
}

const highest = [59, 23, 31, 12, 7, 2199]

/**
 * EventBridge's six fields (minutes, hours, day of month, month, day of week, year) as the seven of croner. What
 * differs: exactly one of the two day fields is `?`, Sunday is 1 (croner's `alternativeWeekdays`), a start with a step
 * has no end (`0/15`), and the last Friday is `6L`.
 */
const cronPattern = (text: string): string => {
  const fields = text.trim().split(/\s+/)
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = fields
  if (fields.length !== 6 || !minutes || !hours || !dayOfMonth || !month || !dayOfWeek || !year)
    throw new PlainError(`cron(${text}) has ${fields.length} fields; EventBridge wants six.`)
  if ((dayOfMonth === '?') === (dayOfWeek === '?'))
    throw new PlainError(`cron(${text}): EventBridge wants ? in exactly one of day of month and day of week.`)
  const translated = fields.map((field, index) =>
    field
      .replace(/(^|,)(\d+)\/(\d+)/g, `$1$2-${highest[index] ?? ''}/$3`)
      .replace(index === 4 ? /\b(\d|[A-Z]{3})L\b/g : /$^/, '$1#L'),
  )
  return `0 ${translated.join(' ')}`.replaceAll('?', '*')
}

const unitLengths = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }

const rate = (inside: string, start: Date): Timetable => {
  const [, count, unit] = /^(\d+)\s+(minute|hour|day)s?$/.exec(inside.trim()) ?? []
  if (!count || !unit || Number(count) === 0) throw new PlainError(`The local stack does not understand rate(${inside}).`)
  const every = Number(count) * unitLengths[unit as keyof typeof unitLengths]
  return {
    next: (after) => {
      const passed = Math.max(0, Math.floor((after.getTime() - start.getTime()) / every))
      return new Date(start.getTime() + (passed + 1) * every)
    },
  }
}

const once = (inside: string, timeZone: string): Timetable => {
  const due = localInstant(inside.trim(), timeZone)
  if (!due) throw new PlainError(`The local stack does not understand at(${inside}).`)
  return { next: (after) => (due > after ? due : undefined) }
}

/** The instant that a date and time without an offset, such as `2016-08-01T09:00:00`, means in a time zone; undefined where there is no such time or zone. */
export const localInstant = (text: string, timeZone: string): Date | undefined => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)) return undefined
  try {
    // croner reads a date without an offset in its own time zone, and then has a single run.
    return new Cron(text, { timezone: timeZone, paused: true }).nextRun(new Date(0)) ?? undefined
  } catch {
    return undefined
  }
}
