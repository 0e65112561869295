import type { Case, CaseEvent } from '../case/case.ts'
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

/** The same on a step of a case. */
export interface StepRaise {
  readonly at: Instant
  readonly stepId: string
  readonly step: Raise['step']
}

/** Those among the events of a case's time, in their order; of a department, on its own steps alone. */
export const stepRaisesIn = (timeline: readonly CaseEvent[], from: Instant, until: Instant, departmentId?: string): readonly StepRaise[] =>
  timeline
    .filter(({ at }) => from <= at && at < until)
    .flatMap((event): readonly StepRaise[] => {
      if (event.event !== 'step-warned' && event.event !== 'step-escalated') return []
      if (departmentId !== undefined && event.departmentId !== departmentId) return []
      return [{ at: event.at, stepId: event.stepId, step: event.event === 'step-warned' ? 'warning' : event.level }]
    })

type RehearsedCase = Pick<Case, 'caseId' | 'enterpriseId'>
type RehearsedIssue = Pick<Issue, 'issueId' | 'enterpriseId' | 'leadDepartmentId'>

/** A record that comes out otherwise. */
export type Difference =
  | { readonly kind: 'officer'; readonly officerId: string; readonly rehearsed: Both<OfficerMonthRehearsed> }
  | { readonly kind: 'issue'; readonly issue: RehearsedIssue; readonly raises: Both<readonly Raise[]> }
  | { readonly kind: 'case'; readonly of: RehearsedCase; readonly raises: Both<readonly StepRaise[]> }

/** What becomes of records with deadlines. */
export interface Climbs {
  readonly examined: number
  readonly differing: number
  readonly warnings: Both<number>
  readonly escalations: Readonly<Record<Level, Both<number>>>
}

export interface Comparison {
  readonly officers: { readonly examined: number; readonly differing: number; readonly short: Both<number>; readonly reminders: Readonly<Record<ReminderStage, Both<number>>> }
  readonly issues: Climbs
  readonly cases: Climbs
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
  const examined = { officer: 0, issue: 0, case: 0 }
  const differing = { officer: 0, issue: 0, case: 0 }
  const kept: Difference[] = []

  const note = (difference: Difference, isDifferent: boolean): void => {
    examined[difference.kind] += 1
    if (!isDifferent) return
    differing[difference.kind] += 1
    if (differing[difference.kind] <= most) kept.push(difference)
  }

  const addRaises = (kind: 'issue' | 'case', { was, would }: Both<readonly Pick<Raise, 'step'>[]>): void => {
    const countOf = (step: Raise['step'], side: readonly Pick<Raise, 'step'>[]): number => side.filter(each => each.step === step).length
    for (const step of ['warning', ...levels] as const) add(`${kind} ${step}`, { was: countOf(step, was), would: countOf(step, would) })
  }
  /** Two are the same if they come on one day; in which quarter of an hour makes no difference. */
  const differ = <R extends { readonly at: Instant }>({ was, would }: Both<readonly R[]>, nameOf: (raise: R) => string): boolean => {
    const named = (side: readonly R[]): string => side.map(raise => `${localDateOf(raise.at, timeZone)} ${nameOf(raise)}`).sort().join()
    return named(was) !== named(would)
  }
  const climbs = (kind: 'issue' | 'case'): Climbs => ({
    examined: examined[kind], differing: differing[kind], warnings: read(`${kind} warning`), escalations: { 1: read(`${kind} 1`), 2: read(`${kind} 2`), 3: read(`${kind} 3`) },
  })

  return {
    addOfficer: (officerId: string, rehearsed: Both<OfficerMonthRehearsed>): void => {
      const { was, would } = rehearsed
      add('short', { was: Number(was.isShort), would: Number(would.isShort) })
      for (const stage of reminderStages) add(stage, { was: Number(was.reminded.includes(stage)), would: Number(would.reminded.includes(stage)) })
      note({ kind: 'officer', officerId, rehearsed }, was.isShort !== would.isShort || was.reminded.join() !== would.reminded.join())
    },
    addIssue: (issue: RehearsedIssue, raises: Both<readonly Raise[]>): void => {
      addRaises('issue', raises)
      note({ kind: 'issue', issue, raises }, differ(raises, ({ clock, step }) => `${clock} ${step}`))
    },
    addCase: (of: RehearsedCase, raises: Both<readonly StepRaise[]>): void => {
      addRaises('case', raises)
      note({ kind: 'case', of, raises }, differ(raises, ({ stepId, step }) => `${stepId} ${step}`))
    },
    read: (): Comparison => ({
      officers: { examined: examined.officer, differing: differing.officer, short: read('short'), reminders: { nudge: read('nudge'), reminder: read('reminder'), 'last-call': read('last-call'), missed: read('missed') } },
      issues: climbs('issue'),
      cases: climbs('case'),
      differences: kept,
    }),
  }
}
