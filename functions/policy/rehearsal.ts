import type { Month } from '../../shared/calendar/date.ts'
import { toRfc3339, type TimeZone } from '../../shared/calendar/zone.ts'
import type { Case, CaseEvent } from '../../shared/case/case.ts'
import type { Rehearsal } from '../../shared/contract/policy.ts'
import { Problem } from '../../shared/contract/problem.ts'
import { freezeClockRules, freezeRules } from '../../shared/issue/deadline.ts'
import { endOf } from '../../shared/issue/closing.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import { replayCase } from '../../shared/rehearsal/case-replay.ts'
import { comparing, raisesIn, stepRaisesIn, type Both, type Comparison, type Difference, type Raise, type StepRaise } from '../../shared/rehearsal/comparison.ts'
import { asSettled, byModeUnder, rehearseOfficer, stagesOf, type MonthRules, type OfficerPast } from '../../shared/rehearsal/officer.ts'
import { replay, sweepsWithin } from '../../shared/rehearsal/replay.ts'
import { caseKey, caseQueries } from '../adapters/case-store.ts'
import { concurrently, inLots, interleaved } from '../adapters/concurrently.ts'
import { issueKey, issueQueries } from '../adapters/issue-store.ts'
import { departmentMonths, officerMonths, type OfficerMonth } from '../adapters/month-store.ts'
import type { Rules } from '../adapters/rules-store.ts'
import { opened } from '../adapters/stored.ts'
import { all, type Item, type Key, type Query, type Table } from '../adapters/table.ts'
import { visitQueries } from '../adapters/visit-store.ts'
import { periodOf } from '../month-records/records.ts'

/**
 * A request is answered within half a minute; so many are read and played in a third of that, with two reads each. `lookedAt`:
 * issues, and cases, that are read for it; whether one was there in the month, or is the department's, is known only then.
 */
export const rehearsedAtMost = { officers: 5_000, issues: 2_000, cases: 500, lookedAt: 8_000 } as const
export type RehearsedAtMost = Readonly<Record<keyof typeof rehearsedAtMost, number>>

/** So many of the records that come out otherwise are shown of each kind. */
const differencesAtMost = 100

/** Records that are read side by side, and issues or cases with one call. */
const atOnce = 32
const recordsTogether = 100

export interface Rehearsing {
  readonly month: Month
  readonly proposed: Policy
  readonly departmentId?: string | undefined
  readonly rules: Rules
  readonly timeZone: TimeZone
  readonly most: RehearsedAtMost
}

/**
 * What a past month would have been under another policy; it only reads. Officers are compared with what the policy in force
 * makes of the month, of the visits that count; issues and cases with what their timelines say happened, each as though it had been dispatched or opened
 * under the other policy, to the department and the tier that it was dispatched to, with the steps that it was opened with.
 * @throws Problem `rehearsal-too-large`, `rehearsal-of-department-too-large`, `rehearsal-too-far-back`
 */
export const rehearse = async (table: Table, rehearsing: Rehearsing): Promise<Comparison> => {
  const comparison = comparing(rehearsing.timeZone, differencesAtMost)
  await rehearseOfficers(table, rehearsing, comparison)
  await rehearseIssues(table, rehearsing, comparison)
  await rehearseCases(table, rehearsing, comparison)
  return comparison.read()
}

type Comparing = ReturnType<typeof comparing>

const counting = (what: keyof RehearsedAtMost, { most, departmentId }: Rehearsing) => {
  let count = 0
  return (): void => {
    count += 1
    if (count <= most[what]) return
    if (what === 'lookedAt') throw new Problem('rehearsal-too-far-back', { most: most[what] })
    throw new Problem(departmentId === undefined ? 'rehearsal-too-large' : 'rehearsal-of-department-too-large', { most: most[what], what: words[what] })
  }
}
const words = { officers: { zh: '名干部', en: 'officers' }, issues: { zh: '件问题', en: 'issues' }, cases: { zh: '件绿色通道事项', en: 'green-channel cases' } } as const

const rehearseOfficers = async (table: Table, rehearsing: Rehearsing, comparison: Comparing): Promise<void> => {
  const { month, proposed, departmentId, rules: { policy, calendar }, timeZone } = rehearsing
  const rulesOf = (of: Policy, counts: MonthRules['counts']): MonthRules => ({ policy: of, stages: stagesOf(month, of, calendar, timeZone), counts })
  const [was, would] = [rulesOf(policy, asSettled), rulesOf(proposed, byModeUnder(proposed))]
  const count = counting('officers', rehearsing)
  const months = departmentId === undefined ? interleaved(officerMonths(table, month)) : departmentMonths(table, departmentId, month)
  await concurrently(months, atOnce, async (officerMonth: OfficerMonth) => {
    count()
    const { officerId } = officerMonth
    const visits = (await all(table.query(visitQueries.ofOfficer(officerId, month)))).map(item => opened('visit', item))
    const past: OfficerPast = { ...officerMonth, visits }
    comparison.addOfficer(officerId, { was: rehearseOfficer(past, month, was), would: rehearseOfficer(past, month, would) })
  })
}

/** The month, and what it is played by: the rules that the proposed policy would have frozen into an issue or a case, as the next version. */
const playing = <R>({ month, proposed, rules: { policyVersion, calendar }, timeZone }: Rehearsing, freeze: (policy: Policy, version: number) => R) => {
  const { from, until } = periodOf(month, timeZone)
  const reckoning = { calendar, timeZone }
  return { from, until, given: { ...reckoning, rules: freeze(proposed, policyVersion + 1), sweepFrom: sweepsWithin(proposed.workingHours, reckoning), until } }
}

const rehearseIssues = async (table: Table, rehearsing: Rehearsing, comparison: Comparing): Promise<void> => {
  const { from, until, given } = playing(rehearsing, freezeRules)
  const count = counting('issues', rehearsing)
  await concurrently(issuesOf(table, rehearsing), atOnce, async issue => {
    if (issue.dispatchedAt >= until || (endOf(issue) ?? Infinity) < from) return
    count()
    const timeline = (await all(table.query(issueQueries.timeline(issue.issueId)))).map(item => opened('event', item))
    comparison.addIssue(issue, { was: raisesIn(timeline, from, until), would: raisesIn(replay({ issue, timeline }, given), from, until) })
  })
}

/**
 * Those that have not ended, or have since the month began; of one department, those of them that it leads: its own list holds
 * all that it has ever led.
 */
async function* issuesOf(table: Table, rehearsing: Rehearsing): AsyncGenerator<Issue> {
  const { month, departmentId, timeZone } = rehearsing
  const look = counting('lookedAt', rehearsing)
  const lists = [...issueQueries.open, ...issueQueries.endedSince(periodOf(month, timeZone).from)]
  for await (const item of recordsIn(table, lists, pk => issueKey(pk.slice('ISSUE#'.length)))) {
    look()
    const issue = opened('issue', item)
    if (departmentId === undefined || issue.leadDepartmentId === departmentId) yield issue
  }
}

const rehearseCases = async (table: Table, rehearsing: Rehearsing, comparison: Comparing): Promise<void> => {
  const { departmentId } = rehearsing
  const { from, until, given } = playing(rehearsing, freezeClockRules)
  const count = counting('cases', rehearsing)
  await concurrently(casesOf(table, rehearsing), atOnce, async lived => {
    if (lived.openedAt >= until || (lived.endedAt ?? Infinity) < from) return
    count()
    const timeline = (await all(table.query(caseQueries.timeline(lived.caseId)))).map(item => opened('case-event', item))
    const raises = (events: readonly CaseEvent[]): readonly StepRaise[] => stepRaisesIn(events, from, until, departmentId)
    comparison.addCase(lived, { was: raises(timeline), would: raises(replayCase({ lived, timeline }, given)) })
  })
}

/** The same of cases; of one department, those that it has a step of. */
async function* casesOf(table: Table, rehearsing: Rehearsing): AsyncGenerator<Case> {
  const { month, departmentId, timeZone } = rehearsing
  const look = counting('lookedAt', rehearsing)
  const lists = [...caseQueries.open, ...caseQueries.endedSince(periodOf(month, timeZone).from)]
  for await (const item of recordsIn(table, lists, pk => caseKey(pk.slice('CASE#'.length)))) {
    look()
    const it = opened('case', item)
    if (departmentId === undefined || it.steps.some(step => step.departmentId === departmentId)) yield it
  }
}

/** The records whose keys stand in these lists, each once: what ends while it is read stands in two of them for a moment. */
async function* recordsIn(table: Table, lists: readonly Query[], keyOf: (pk: string) => Key): AsyncGenerator<Item> {
  const met = new Set<string>()
  for await (const lot of inLots(interleaved(lists.map(query => table.query(query))), recordsTogether)) {
    const keys = [...new Set(lot.map(({ pk }) => pk))].filter(pk => !met.has(pk))
    for (const pk of keys) met.add(pk)
    for (const item of await table.getAll(keys.map(keyOf))) if (item !== undefined) yield item
  }
}

/** As the API shows it: first what differs most plainly, by its id. */
export const rehearsalView = ({ officers, issues, cases, differences }: Comparison, { month, departmentId, rules, timeZone }: Rehearsing): Rehearsal => ({
  month,
  ...(departmentId === undefined ? {} : { departmentId }),
  policyVersion: rules.policyVersion,
  officers,
  issues,
  cases,
  differences: differences.map(each => differenceView(each, timeZone)).sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)),
})

type DifferenceView = Rehearsal['differences'][number]
const keyOf = (view: DifferenceView): string => {
  switch (view.kind) {
    case 'officer':
      return `1 ${view.officerId}`
    case 'issue':
      return `2 ${view.issueId}`
    case 'case':
      return `3 ${view.caseId}`
  }
}

const differenceView = (difference: Difference, timeZone: TimeZone): DifferenceView => {
  const raisesView = <R extends Pick<Raise, 'at' | 'step'>>(side: readonly R[]) => side.map(({ at, step, ...on }) => ({ at: toRfc3339(at, timeZone), ...on, step: step === 'warning' ? step : (`level-${step}` as const) }))
  switch (difference.kind) {
    case 'officer': {
      const { officerId, rehearsed } = difference
      const side = ({ quotas, isShort, reminded }: (typeof rehearsed)['was']) => ({
        short: isShort,
        reminded: [...reminded],
        enterprises: quotas.map(({ enterpriseId, required, counted, exempt }) => ({ enterpriseId, required, counted, exempt })),
      })
      return { kind: 'officer', officerId, ...bothOf(rehearsed, side) }
    }
    case 'issue': {
      const { issue: { issueId, enterpriseId, leadDepartmentId }, raises } = difference
      return { kind: 'issue', issueId, enterpriseId, departmentId: leadDepartmentId, ...bothOf(raises, raisesView) }
    }
    case 'case': {
      const { of: { caseId, enterpriseId }, raises } = difference
      return { kind: 'case', caseId, enterpriseId, ...bothOf(raises, raisesView) }
    }
  }
}

const bothOf = <T, V>({ was, would }: Both<T>, view: (side: T) => V): Both<V> => ({ was: view(was), would: view(would) })
