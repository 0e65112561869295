import { calendarWith, type Calendar } from '../../shared/calendar/working-day.ts'
import { defaultPolicy, type Policy } from '../../shared/policy/policy.ts'
import { openedMaybe, stored, unchanged, type Stored } from './stored.ts'
import type { Item, Key, Table, Write } from './table.ts'

const policyKey: Key = { pk: 'POLICY', sk: 'CURRENT' }
const calendarKey: Key = { pk: 'CALENDAR', sk: 'CURRENT' }
const padded = (version: number): string => String(version).padStart(6, '0')

/** The rules in force: the policy with its version, and the working days. */
export interface Rules {
  readonly policy: Policy
  readonly policyVersion: number
  readonly calendar: Calendar
  /** As they were read, for whoever changes them. */
  readonly policyItem: Item | undefined
  readonly calendarItem: Item | undefined
}

/** Reads policy and calendar with one call. Every decision reads them, so a change holds at once. */
export const readRules = async (table: Table): Promise<Rules> => {
  const [policyItem, calendarItem] = await table.getAll([policyKey, calendarKey])
  const kept = openedMaybe('policy', policyItem)
  const entered = openedMaybe('calendar', calendarItem)
  return {
    policy: kept?.policy ?? defaultPolicy,
    policyVersion: kept?.version ?? 0,
    calendar: calendarWith(Object.values(entered?.years ?? {}).map(year => year.notice)),
    policyItem,
    calendarItem,
  }
}

/** Puts a policy in force and keeps it in the history. */
export const policyWrites = (policy: Stored<'policy'>, before: Item | undefined): readonly Write[] => [
  { put: stored('policy', policyKey, policy, { version: policy.version }), when: unchanged(before) },
  { put: stored('policy', { pk: 'POLICY', sk: `V#${padded(policy.version)}` }, policy), when: 'new' },
]

/** Puts a year's notice in force and keeps it in the history. */
export const calendarWrites = (year: number, entered: Stored<'calendar'>, before: Item | undefined): readonly Write[] => {
  const notice = entered.years[year]
  if (notice === undefined) throw new Error('the year to be written is not in the calendar')
  return [
    { put: stored('calendar', calendarKey, entered, { version: Number(before?.['version'] ?? 0) + 1 }), when: unchanged(before) },
    { put: stored('calendar', { pk: 'CALENDAR', sk: `${year}#V#${padded(notice.version)}` }, { years: { [year]: notice } }), when: 'new' },
  ]
}
