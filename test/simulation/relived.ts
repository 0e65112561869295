import type { Calendar } from '../../shared/calendar/working-day.ts'
import { isWorkingTime } from '../../shared/issue/deadline.ts'
import type { Issue, TimelineEvent } from '../../shared/issue/issue.ts'
import { replay } from '../../shared/rehearsal/replay.ts'
import { defaultPolicy } from '../../shared/policy/policy.ts'
import { opened } from '../../functions/adapters/stored.ts'
import type { Item } from '../../functions/adapters/table.ts'

/** What the program does by itself, when a step is due. */
const swept: readonly TimelineEvent['event'][] = ['warned', 'escalated', 'assist-warned', 'assist-escalated', 'call-back-due']

/** After these a sweep comes at once in these worlds. */
const unsettling: readonly TimelineEvent['event'][] = ['tier-changed', 'directed']

interface Lived {
  readonly calendar: Calendar
  /** When the calendar was last changed. */
  readonly calendarSince: number
  readonly timeZone: string
  /** The instants at which the sweep ran. */
  readonly sweeps: readonly number[]
}

/**
 * An issue that is played once more under its own rules comes out as it did: so what a rehearsal says of others can be relied
 * on. Left out are those that were dispatched under another calendar. @throws Error
 */
export const demandRelived = (items: readonly Item[], { calendar, calendarSince, timeZone, sweeps }: Lived): void => {
  const reckoning = { calendar, timeZone }
  const working = sweeps.filter(at => isWorkingTime(at, defaultPolicy.workingHours, reckoning))
  const sweepFrom = (instant: number): number => working.find(at => at >= instant) ?? Infinity
  const issues = items.filter(({ shape }) => shape === 'issue').map(item => opened('issue', item))
  for (const issue of issues) {
    const timeline = timelineOf(items, issue)
    if (issue.dispatchedAt < calendarSince || timeline.some(({ event }) => unsettling.includes(event))) continue
    const again = replay({ issue, timeline }, { ...reckoning, rules: issue.rules, sweepFrom, until: (working.at(-1) ?? 0) + 1 })
    const [then, now] = [timeline, again].map(events => events.filter(({ event }) => swept.includes(event)).map(event => JSON.stringify(event)).join('\n'))
    if (then !== now) throw new Error(`${issue.issueId} came out otherwise when it was played again:\n${String(now)}\ninstead of\n${String(then)}`)
  }
}

const timelineOf = (items: readonly Item[], { issueId }: Issue): readonly TimelineEvent[] =>
  items
    .filter(item => item['shape'] === 'event' && item.pk === `ISSUE#${issueId}`)
    .sort((one, other) => (one.sk < other.sk ? -1 : 1))
    .map(item => opened('event', item))
