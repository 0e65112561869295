import { localDateOf, type Instant, type TimeZone } from '../calendar/zone.ts'
import { clockNames, levels, type Issue, type Level, type TimelineEvent } from '../issue/issue.ts'
import { reminderStages, type ReminderStage } from '../visit/reminder.ts'
import type { OfficerMonthRehearsed } from './officer.ts'

/** What was, and what would have been. */
export interface Both<T> {
  readonly was: T
  readonly would: T
}

/** The clocks that climb: an issue's three, and that of a piece of it. */
export const climbingClocks = [...clockNames, 'assist'] as const

/** A warning, or a level that is raised: when, and on what. */
export interface Raise {
  readonly at: Instant
  readonly clock: (typeof climbingClocks)[number]
  readonly step: 'warning' | Level
}

/** The warnings and levels among the events of a time, in their order. */
export const raisesIn = (timeline: readonly TimelineEvent[], from: Instant, until: Instant): readonly Raise[] =>
  timeline.filter(({ at }) => from <= at && at < until).flatMap(raiseOf)

const raiseOf = (event: TimelineEvent): readonly Raise[] => {
  const { at } = event
  switch (event.event) {
    case 'warned':
      return [{ at, clock: event.clock, step: 'warning' }]
    case 'escalated':
      return [{ at, clock: event.clock, step: event.level }]
    case 'assist-warned':
      return [{ at, clock: 'assist', step: 'warning' }]
    case 'assist-escalated':
      return [{ at, clock: 'assist', step: event.level }]
    default:
      return []
  }
}

type RehearsedIssue = Pick<Issue, 'issueId' | 'enterpriseId' | 'leadDepartmentId'>

/** A record that comes out otherwise. */
export type Difference =
  | { readonly kind: 'officer'; readonly officerId: string; readonly rehearsed: Both<OfficerMonthRehearsed> }
  | { readonly kind: 'issue'; readonly issue: RehearsedIssue; readonly raises: Both<readonly Raise[]> }

export interface Comparison {
  readonly officers: { readonly examined: number; readonly differing: number; readonly short: Both<number>; readonly reminders: Readonly<Record<ReminderStage, Both<number>>> }
  readonly issues: { readonly examined: number; readonly differing: number; readonly warnings: Both<number>; readonly escalations: Readonly<Record<Level, Both<number>>> }
  readonly differences: readonly Difference[]
}

/**
 * Compares record by record, and keeps the sums, and of the records that differ so many.
 * @param most differences that are kept of each kind
 */
export const comparing = (timeZone: TimeZone, most: number) => {
  const counts = new Map<string, { was: number; would: number }>()
  const add = (name: string, { was, would }: Both<number>): void => {
    const count = counts.get(name) ?? { was: 0, would: 0 }
    counts.set(name, { was: count.was + was, would: count.would + would })
  }
  const read = (name: string): Both<number> => counts.get(name) ?? { was: 0, would: 0 }
  const examined = { officer: 0, issue: 0 }
  const differing = { officer: 0, issue: 0 }
  const kept: Difference[] = []

  const note = (difference: Difference, isDifferent: boolean): void => {
    examined[difference.kind] += 1
    if (!isDifferent) return
    differing[difference.kind] += 1
    if (differing[difference.kind] <= most) kept.push(difference)
  }

  /** Two steps are the same if they come on one day; in which quarter of an hour makes no difference. */
  const named = ({ at, clock, step }: Raise): string => `${localDateOf(at, timeZone)} ${clock} ${step}`

  return {
    addOfficer: (officerId: string, rehearsed: Both<OfficerMonthRehearsed>): void => {
      const { was, would } = rehearsed
      add('short', { was: Number(was.isShort), would: Number(would.isShort) })
      for (const stage of reminderStages) add(stage, { was: Number(was.reminded.includes(stage)), would: Number(would.reminded.includes(stage)) })
      note({ kind: 'officer', officerId, rehearsed }, was.isShort !== would.isShort || was.reminded.join() !== would.reminded.join())
    },
    addIssue: (issue: RehearsedIssue, raises: Both<readonly Raise[]>): void => {
      const countOf = (step: Raise['step']) => (side: readonly Raise[]): number => side.filter(each => each.step === step).length
      for (const step of ['warning', ...levels] as const) add(String(step), { was: countOf(step)(raises.was), would: countOf(step)(raises.would) })
      note({ kind: 'issue', issue, raises }, raises.was.map(named).sort().join() !== raises.would.map(named).sort().join())
    },
    read: (): Comparison => ({
      officers: { examined: examined.officer, differing: differing.officer, short: read('short'), reminders: { nudge: read('nudge'), reminder: read('reminder'), 'last-call': read('last-call'), missed: read('missed') } },
      issues: { examined: examined.issue, differing: differing.issue, warnings: read('warning'), escalations: { 1: read('1'), 2: read('2'), 3: read('3') } },
      differences: kept,
    }),
  }
}
