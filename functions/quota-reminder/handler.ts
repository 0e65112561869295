import type { LocalDate, Month } from '../../shared/calendar/date.ts'
import { localDateOf } from '../../shared/calendar/zone.ts'
import { planCopied, planFor, type PlannedMail, type Recipient, type Staff } from '../../shared/mail/notice.ts'
import { linesFor, remindersDueOn, type DueReminder } from '../../shared/visit/reminder.ts'
import { quotasOf } from '../../shared/visit/quota.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import type { Officer } from '../../shared/roster/roster.ts'
import { concurrently, interleaved } from '../adapters/concurrently.ts'
import { officerMonths, type OfficerMonth } from '../adapters/month-store.ts'
import { onceForEach } from '../adapters/once.ts'
import { plannedItem } from '../adapters/outbox-store.ts'
import { rosterStore, type RosterStore } from '../adapters/roster-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import type { Table } from '../adapters/table.ts'
import { draftMissed } from './drafts.ts'
import { askToRate } from './officer-ratings.ts'
import { markProjects, officersBehind } from './projects.ts'

export interface ReminderDependencies {
  readonly table: Table
  readonly timeZone: string
  readonly adminEmail: string
}

export interface ReminderReport {
  readonly stages: readonly string[]
  readonly planned: number
  /** Projects that have fallen behind their plan, or caught up, since it was looked last. */
  readonly marked: number
}

/** Whether a stage has anything to say to this officer. */
export const isConcerned = (month: OfficerMonth, due: DueReminder, policy: Policy): boolean =>
  linesFor(due.stage, quotasOf(month.pairings, month.records, due.month, policy)).length > 0

/**
 * Marks the projects that are behind, on working days. Plans the digests that today calls for: none on most days, and never a
 * second time for the same stage and month, however often it is run; and in June and December, asks the enterprises to rate
 * their officers. With what was missed in a month, it drafts the notices of those who missed two running.
 */
export const remind = async (now: number, { table, timeZone, adminEmail }: ReminderDependencies): Promise<ReminderReport> => {
  const { policy, calendar } = await readRules(table)
  const roster = rosterStore(table)
  const due = remindersDueOn(localDateOf(now, timeZone), calendar, policy)
  const marked = await markProjects(table, now, { policy, calendar, timeZone })
  let planned = 0

  const plan = async (mail: PlannedMail): Promise<void> => {
    if (await table.putNew(plannedItem(mail, now))) planned += 1
  }

  await askToRate(table, now, { calendar, timeZone, plan })
  const directorsOf = departmentDirectors(roster)

  for (const reminder of due) {
    const { stage, month } = reminder
    if (stage === 'missed') {
      const supervisors = await roster.supervisors()
      const office = { handlers: [], directors: [], supervisors, leadingGroup: [], adminEmail }
      const missed = await missedBy(concernedOfficers(table, reminder, policy), roster, (officer, ofMonth) => draftMissed(table, officer, ofMonth, { month, now, policy, reckoning: { calendar, timeZone }, staff: office }))
      for (const mail of await missedMails(missed, month, roster, office)) await plan(mail)
      continue
    }
    const told = stage === 'nudge' ? concernedOrBehind(table, reminder, policy, localDateOf(now, timeZone)) : concernedOfficers(table, reminder, policy)
    await concurrently(told, 16, async ({ officerId }) => {
      // Only the last call is copied to the director.
      const copies = stage === 'last-call' ? await directorsOf(officerId) : []
      for (const mail of planCopied({ kind: `quota-${stage}`, month, officerId }, `officer:${officerId}`, 'scheduled', copies)) await plan(mail)
    })
  }
  return { stages: due.map(({ stage }) => stage), planned, marked }
}

async function* concernedOfficers(table: Table, reminder: DueReminder, policy: Policy): AsyncGenerator<OfficerMonth> {
  for await (const month of interleaved(officerMonths(table, reminder.month))) if (isConcerned(month, reminder, policy)) yield month
}

/** The same and the officers whose projects are behind: they are told with the month's first digest, visits or not. Who is both has one mail, put once under its key. */
async function* concernedOrBehind(table: Table, reminder: DueReminder, policy: Policy, today: LocalDate): AsyncGenerator<Pick<OfficerMonth, 'officerId'>> {
  yield* concernedOfficers(table, reminder, policy)
  for (const officerId of await officersBehind(table, today)) yield { officerId }
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

/** Where visits were missed, and whether a notice of criticism has been drafted of anybody. */
interface Missed {
  readonly departments: readonly string[]
  readonly hasDrafts: boolean
}

/** Looks at each officer who has missed visits once: their department, and whether they are criticised. Who has left is not. */
const missedBy = async (behind: AsyncIterable<OfficerMonth>, roster: RosterStore, draft: (officer: Officer, month: OfficerMonth) => Promise<boolean>): Promise<Missed> => {
  const departments = new Set<string>()
  let hasDrafts = false
  await concurrently(behind, 16, async month => {
    const officer = await roster.officer(month.officerId)
    if (officer === undefined) return
    departments.add(officer.departmentId)
    if (officer.active && (await draft(officer, month))) hasDrafts = true
  })
  return { departments: [...departments].sort(), hasDrafts }
}

/** What was missed goes to the director of each department concerned, and as a whole to the supervisors, with one mail of all drafts. */
const missedMails = async ({ departments, hasDrafts }: Missed, month: Month, roster: RosterStore, office: Staff): Promise<readonly PlannedMail[]> => {
  if (departments.length === 0) return []
  const mails: PlannedMail[] = []
  for (const departmentId of departments) mails.push(...planFor({ kind: 'quota-missed', month, departmentId }, ['directors'], { ...office, ...(await roster.staffOf(departmentId)) }, 'scheduled'))
  const drafts = hasDrafts ? planFor({ kind: 'notices-of-month', month }, ['supervisors'], office, 'scheduled') : []
  return [...mails, ...planFor({ kind: 'quota-missed', month }, ['supervisors'], office, 'scheduled'), ...drafts]
}
