import { addMonths, type Month } from '../../shared/calendar/date.ts'
import { localDateOf } from '../../shared/calendar/zone.ts'
import { planFor } from '../../shared/mail/notice.ts'
import { bulletinDueOn, saysAnything, type IssuedBulletin } from '../../shared/report/bulletin.ts'
import type { Tally } from '../../shared/report/tally.ts'
import { issueBulletin, issuedBulletin } from '../adapters/bulletin-store.ts'
import { measureKey } from '../adapters/measure-store.ts'
import { plannedItem } from '../adapters/outbox-store.ts'
import { departmentKey, rosterStore } from '../adapters/roster-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import { openedMaybe } from '../adapters/stored.ts'
import type { Table } from '../adapters/table.ts'
import { drawUp } from '../month-records/draw-up.ts'

export interface BulletinDependencies {
  readonly table: Table
  readonly timeZone: string
  readonly adminEmail: string
}

export interface BulletinReport {
  readonly month: Month
  readonly outcome: 'issued' | 'issued-before' | 'not-due' | 'nothing-to-report'
  readonly planned: number
}

/**
 * Issues the bulletin of the last month, on the first working day of this one or, where that failed, on one soon after;
 * and has it mailed to the campaign office and the leading group. Run again, it does neither a second time.
 */
export const issueDue = async (now: number, { table, timeZone, adminEmail }: BulletinDependencies): Promise<BulletinReport> => {
  const rules = await readRules(table)
  const due = bulletinDueOn(localDateOf(now, timeZone), rules.calendar)
  const { month } = due
  if (!due.isDue) return { month, outcome: 'not-due', planned: 0 }
  const before = await issuedBulletin(table, month)
  const outcome = before === undefined ? await issue(month, now, rules, { table, timeZone }) : 'issued-before'
  return { month, outcome, planned: outcome === 'nothing-to-report' ? 0 : await planMails(month, now, rules.policy.leadingGroup, { table, adminEmail }) }
}

const issue = async (
  month: Month,
  now: number,
  { policy, policyVersion, calendar }: Awaited<ReturnType<typeof readRules>>,
  { table, timeZone }: Pick<BulletinDependencies, 'table' | 'timeZone'>,
): Promise<'issued' | 'issued-before' | 'nothing-to-report'> => {
  const given = { policy, calendar, timeZone, now }
  const tally = await drawUp(table, month, given)
  // Before the campaign began there was nothing, and nobody is to be mailed that.
  if (!saysAnything(tally)) return 'nothing-to-report'
  const previous = addMonths(month, -1)
  const sums = (await issuedBulletin(table, previous))?.tally.all ?? (await drawUp(table, previous, given)).all
  const bulletin = { month, issuedAt: now, policyVersion, calendarVersion: calendar.version, tally, ...(await namesIn(table, tally)), before: { month: previous, sums } }
  return (await issueBulletin(table, bulletin)) ? 'issued' : 'issued-before'
}

const namesIn = async (table: Table, { byDepartment, byMeasure }: Tally): Promise<Pick<IssuedBulletin, 'departmentNames' | 'measureTitles'>> => {
  const [departmentIds, measureIds] = [Object.keys(byDepartment), Object.keys(byMeasure)]
  const [departments, measures] = await Promise.all([table.getAll(departmentIds.map(departmentKey)), table.getAll(measureIds.map(measureKey))])
  return {
    departmentNames: new Map(departmentIds.map((id, at) => [id, openedMaybe('department', departments[at])?.name ?? id])),
    measureTitles: new Map(measureIds.map((id, at) => [id, openedMaybe('measure', measures[at])?.title ?? id])),
  }
}

const planMails = async (month: Month, now: number, leadingGroup: readonly string[], { table, adminEmail }: Pick<BulletinDependencies, 'table' | 'adminEmail'>): Promise<number> => {
  const staff = { handlers: [], directors: [], supervisors: await rosterStore(table).supervisors(), leadingGroup, adminEmail }
  let planned = 0
  for (const mail of planFor({ kind: 'bulletin', month }, ['supervisors', 'leading-group'], staff, 'scheduled')) if (await table.putNew(plannedItem(mail, now))) planned += 1
  return planned
}
