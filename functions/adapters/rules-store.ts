import { calendarWith, type Calendar } from '../../shared/calendar/working-day.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import { defaultPolicy, type Policy } from '../../shared/policy/policy.ts'
import { amendedKey } from './issue-store.ts'
import { opened, openedMaybe, stored, unchanged, type Stored } from './stored.ts'
import type { Item, Key, Table, Write } from './table.ts'

const policyKey: Key = { pk: 'POLICY', sk: 'CURRENT' }
const calendarKey: Key = { pk: 'CALENDAR', sk: 'CURRENT' }
const versionKey = (pk: 'POLICY' | 'CALENDAR', version: number): Key => ({ pk, sk: `V#${String(version).padStart(6, '0')}` })

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
    calendar: calendarFrom(entered),
    policyItem,
    calendarItem,
  }
}

/** The shipped notices with those a deployment has entered in their place. */
export const calendarFrom = (entered: Stored<'calendar'> | undefined, shippedUntil?: number): Calendar =>
  calendarWith(Object.values(entered?.years ?? {}).map(year => year.notice), entered?.version, shippedUntil)

/** The working days as they were under an earlier calendar, of the deployment's and of the code's, for what was reckoned with it. */
export const readCalendar = async (table: Table, { calendarVersion: version, shippedUntil }: Pick<Issue, 'calendarVersion' | 'shippedUntil'>): Promise<Calendar> => {
  const item = version === 0 ? undefined : await table.get(versionKey('CALENDAR', version))
  if (version > 0 && item === undefined) throw new Error(`version ${version} of the calendar is not in its history`)
  return calendarFrom(item === undefined ? undefined : opened('calendar', item), shippedUntil)
}

/** An earlier policy, for what was begun under it. */
export const readPolicy = async (table: Table, version: number): Promise<Policy> => {
  if (version === 0) return defaultPolicy
  const item = await table.get(versionKey('POLICY', version))
  if (item === undefined) throw new Error(`version ${version} of the policy is not in its history`)
  return opened('policy', item).policy
}

/** Puts a policy in force and keeps it in the history. */
export const policyWrites = (policy: Stored<'policy'>, before: Item | undefined): readonly Write[] => [
  { put: stored('policy', policyKey, policy, { version: policy.version }), when: unchanged(before) },
  { put: stored('policy', versionKey('POLICY', policy.version), policy), when: 'new' },
]

/**
 * Puts a year's notice in force and keeps the calendar, as it is from now on, in the history. Where a notice of the year
 * was in force before, a mark says that deadlines resting on it are to be reckoned anew.
 */
export const calendarWrites = (entered: Stored<'calendar'>, before: Item | undefined, amended: Stored<'amended'> | undefined): readonly Write[] => [
  { put: stored('calendar', calendarKey, entered, { version: entered.version }), when: unchanged(before) },
  { put: stored('calendar', versionKey('CALENDAR', entered.version), entered), when: 'new' },
  ...(amended === undefined ? [] : [{ put: stored('amended', amendedKey(amended.year), amended, { version: entered.version }), when: 'always' } as const]),
]
