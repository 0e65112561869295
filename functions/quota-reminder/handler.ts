import type { Month } from '../../shared/calendar/date.ts'
import { localDateOf } from '../../shared/calendar/zone.ts'
import { planCopied, planFor, type PlannedMail, type Recipient } from '../../shared/mail/notice.ts'
import { linesFor, remindersDueOn, type DueReminder } from '../../shared/visit/reminder.ts'
import { quotasOf } from '../../shared/visit/quota.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import { concurrently, interleaved } from '../adapters/concurrently.ts'
import { officerMonths, type OfficerMonth } from '../adapters/month-store.ts'
import { onceForEach } from '../adapters/once.ts'
import { plannedItem } from '../adapters/outbox-store.ts'
import { rosterStore, type RosterStore } from '../adapters/roster-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import type { Table } from '../adapters/table.ts'

export interface ReminderDependencies {
  readonly table: Table
  readonly timeZone: string
  readonly adminEmail: string
}

export interface ReminderReport {
  readonly stages: readonly string[]
  readonly planned: number
}

/** Whether a stage has anything to say to this officer. */
export const isConcerned = (month: OfficerMonth, due: DueReminder, policy: Policy): boolean =>
  linesFor(due.stage, quotasOf(month.pairings, month.records, due.month, policy)).length > 0

/**
 * Plans the digests that today calls for: none on most days, and never a second time for the same stage and month,
 * however often it is run.
 */
export const remind = async (now: number, { table, timeZone, adminEmail }: ReminderDependencies): Promise<ReminderReport> => {
  const { policy, calendar } = await readRules(table)
  const roster = rosterStore(table)
  const due = remindersDueOn(localDateOf(now, timeZone), calendar, policy)
  let planned = 0

  const plan = async (mail: PlannedMail): Promise<void> => {
    if (await table.putNew(plannedItem(mail, now))) planned += 1
  }

  const directorsOf = departmentDirectors(roster)

  for (const reminder of due) {
    const { stage, month } = reminder
    const behind = concernedOfficers(table, reminder, policy)
    if (stage === 'missed') {
      for (const mail of await missedMails(behind, month, roster, adminEmail)) await plan(mail)
      continue
    }
    await concurrently(behind, 16, async officerId => {
      // Only the last call is copied to the director.
      const copies = stage === 'last-call' ? await directorsOf(officerId) : []
      for (const mail of planCopied({ kind: `quota-${stage}`, month, officerId }, `officer:${officerId}`, 'scheduled', copies)) await plan(mail)
    })
  }
  return { stages: due.map(({ stage }) => stage), planned }
}

async function* concernedOfficers(table: Table, reminder: DueReminder, policy: Policy): AsyncGenerator<string> {
  for await (const month of interleaved(officerMonths(table, reminder.month))) if (isConcerned(month, reminder, policy)) yield month.officerId
}

/** The directors of an officer's department, each department read once; never the officer's own name. */
const departmentDirectors = (roster: RosterStore) => {
  const staffOf = onceForEach(roster.staffOf)
  return async (officerId: string): Promise<readonly Recipient[]> => {
    const officer = await roster.officer(officerId)
    if (officer === undefined) return []
    const { directors } = await staffOf(officer.departmentId)
    return directors.filter(id => id !== officerId).map(id => `officer:${id}` as const)
  }
}

/** What was missed goes to the director of each department concerned, and as a whole to the supervisors. */
const missedMails = async (
  behind: AsyncIterable<string>,
  month: Month,
  roster: RosterStore,
  adminEmail: string,
): Promise<readonly PlannedMail[]> => {
  const departments = new Set<string>()
  await concurrently(behind, 16, async officerId => {
    const officer = await roster.officer(officerId)
    if (officer !== undefined) departments.add(officer.departmentId)
  })
  if (departments.size === 0) return []
  const supervisors = await roster.supervisors()
  const mails: PlannedMail[] = []
  for (const departmentId of [...departments].sort()) {
    const staff = { ...(await roster.staffOf(departmentId)), supervisors, leadingGroup: [], adminEmail }
    mails.push(...planFor({ kind: 'quota-missed', month, departmentId }, ['directors'], staff, 'scheduled'))
  }
  const office = { handlers: [], directors: [], supervisors, leadingGroup: [], adminEmail }
  return [...mails, ...planFor({ kind: 'quota-missed', month }, ['supervisors'], office, 'scheduled')]
}
