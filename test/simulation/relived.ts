import type { Calendar } from '../../shared/calendar/working-day.ts'
import type { CaseEvent } from '../../shared/case/case.ts'
import { isWorkingTime } from '../../shared/issue/deadline.ts'
import type { TimelineEvent } from '../../shared/issue/issue.ts'
import { replayCase } from '../../shared/rehearsal/case-replay.ts'
import { replay } from '../../shared/rehearsal/replay.ts'
import { defaultPolicy } from '../../shared/policy/policy.ts'
import { opened } from '../../functions/adapters/stored.ts'
import type { Item } from '../../functions/adapters/table.ts'

/** What the program does by itself, when a step is due. */
const swept: readonly (TimelineEvent | CaseEvent)['event'][] = ['warned', 'escalated', 'assist-warned', 'assist-escalated', 'step-warned', 'step-escalated', 'call-back-due']

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
 * An issue or a case that is played once more under its own rules comes out as it did: so what a rehearsal says of others can be
 * relied on. Left out are those that began under another calendar. @throws Error
 */
export const demandRelived = (items: readonly Item[], { calendar, calendarSince, timeZone, sweeps }: Lived): void => {
  const reckoning = { calendar, timeZone }
  const working = sweeps.filter(at => isWorkingTime(at, defaultPolicy.workingHours, reckoning))
  const sweepFrom = (instant: number): number => working.find(at => at >= instant) ?? Infinity
  const until = (working.at(-1) ?? 0) + 1
  const issues = items.filter(({ shape }) => shape === 'issue').map(item => opened('issue', item))
  for (const issue of issues) {
    const timeline = eventsOf(items, 'event', `ISSUE#${issue.issueId}`).map(item => opened('event', item))
    if (issue.dispatchedAt < calendarSince || timeline.some(({ event }) => unsettling.includes(event))) continue
    demandSame(issue.issueId, timeline, replay({ issue, timeline }, { ...reckoning, rules: issue.rules, sweepFrom, until }))
  }
  for (const lived of items.filter(({ shape }) => shape === 'case').map(item => opened('case', item))) {
    if (lived.openedAt < calendarSince) continue
    const timeline = eventsOf(items, 'case-event', `CASE#${lived.caseId}`).map(item => opened('case-event', item))
    demandSame(lived.caseId, timeline, replayCase({ lived, timeline }, { ...reckoning, rules: lived.rules, sweepFrom, until }))
  }
}

const demandSame = (id: string, timeline: readonly (TimelineEvent | CaseEvent)[], again: readonly (TimelineEvent | CaseEvent)[]): void => {
  const [then, now] = [timeline, again].map(events => events.filter(({ event }) => swept.includes(event)).map(event => JSON.stringify(event)).join('\n'))
  if (then !== now) throw new Error(`${id} came out otherwise when it was played again:\n${String(now)}\ninstead of\n${String(then)}`)
}

const eventsOf = (items: readonly Item[], shape: string, pk: string): readonly Item[] => items.filter(item => item['shape'] === shape && item.pk === pk).sort((one, other) => (one.sk < other.sk ? -1 : 1))
