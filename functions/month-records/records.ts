import { firstDayOfMonth, addMonths, lastDayOfMonth, type LocalDate, type Month } from '../../shared/calendar/date.ts'
import type { Calendar } from '../../shared/calendar/working-day.ts'
import { instantOf, localDateOf, type TimeZone } from '../../shared/calendar/zone.ts'
import type { FigureRecord } from '../../shared/contract/reports.ts'
import { countedFor } from '../../shared/project/project.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import { ofCase, ofIssue, ofOfficer, ofProject, ofSession, type Contribution, type Period } from '../../shared/report/contribution.ts'
import type { Subject } from '../../shared/report/figure.ts'
import { departmentOn, type Move, type Officer } from '../../shared/roster/roster.ts'
import { quotasOf, touchesMonth } from '../../shared/visit/quota.ts'
import { caseKey, caseQueries } from '../adapters/case-store.ts'
import { issueKey, issueQueries } from '../adapters/issue-store.ts'
import { deliveriesIn } from '../adapters/measure-store.ts'
import type { OfficerMonth } from '../adapters/month-store.ts'
import { once, onceForEach } from '../adapters/once.ts'
import { projectQueries } from '../adapters/project-store.ts'
import { rosterQueries, rosterStore } from '../adapters/roster-store.ts'
import { sessionsFrom } from '../adapters/session-store.ts'
import { sortable } from '../adapters/shard.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import type { Item, Query, Table } from '../adapters/table.ts'
import { quotaRecordsOf } from '../adapters/visit-store.ts'

/** The month in the deployment's time zone. */
export const periodOf = (month: Month, timeZone: TimeZone): Period => ({
  from: instantOf(firstDayOfMonth(month), '00:00', timeZone),
  until: instantOf(firstDayOfMonth(addMonths(month, 1)), '00:00', timeZone),
})

/** A record of the month: what it adds to the figures, and what a list says of it. */
export interface Counted {
  readonly contribution: Contribution
  readonly entry: FigureEntry
}
type FigureEntry = FigureRecord extends infer R ? (R extends FigureRecord ? Omit<R, 'amount'> : never) : never

/** Where the records of a subject are found, and what one of them is. */
export interface Source {
  readonly queries: readonly Query[]
  /** Where those of them are that have ended, once they have. */
  readonly ended: readonly Query[]
  readonly read: (item: Item) => Promise<Counted | undefined>
}

/** By what a month is counted, and when. */
export interface Given {
  readonly policy: Policy
  readonly calendar: Calendar
  readonly timeZone: TimeZone
  readonly now: number
}

/** The departments that officers belonged to on a day, by their present one and the moves since. */
export const departmentsOn = (table: Table, date: LocalDate): ((officer: Pick<Officer, 'officerId' | 'departmentId'>) => Promise<string>) => {
  const moves = once(async (): Promise<ReadonlyMap<string, readonly Move[]>> => {
    const byOfficer = new Map<string, Move[]>()
    for await (const item of table.query(rosterQueries.movesAfter(date))) {
      const move = opened('move', item)
      byOfficer.set(move.officerId, [...(byOfficer.get(move.officerId) ?? []), move])
    }
    return byOfficer
  })
  return async officer => departmentOn(officer, (await moves()).get(officer.officerId) ?? [])
}

/** More officers than a district has who explain measures; of a province, some are read again rather than all kept. */
const officersAtOnce = 2_000

/**
 * The records of a month by what they are of. An issue or a case counts if it was there at any moment of the month: it has not
 * ended, or has since the month began.
 */
export const sourcesOf = (table: Table, month: Month, { policy, calendar, timeZone, now }: Given): Readonly<Record<Subject, Source>> => {
  const roster = rosterStore(table)
  // Of a month that still runs, only what has come to pass is counted: nothing is late that will be.
  const { from, until: end } = periodOf(month, timeZone)
  const period = { from, until: Math.min(end, now + 1) }
  const departmentOf = departmentsOn(table, lastDayOfMonth(month))
  const officerOf = onceForEach(roster.officer, officersAtOnce)
  const day = localDateOf(period.until - 1, timeZone)

  const readOfficer = async (officer: Officer): Promise<Counted | undefined> => {
    const { officerId } = officer
    const [pairings, records] = await Promise.all([roster.pairingsOf(officerId), quotaRecordsOf(table, officerId, month)])
    const touching = pairings.filter(pairing => touchesMonth(pairing, month))
    return touching.length === 0 ? undefined : countedOfficer({ officerId, pairings: touching, records }, await departmentOf(officer), month, policy)
  }

  return {
    officer: { queries: [rosterQueries.officers], ended: [], read: item => readOfficer(opened('officer', item)) },
    issue: {
      queries: issueQueries.open,
      ended: issueQueries.endedSince(period.from),
      read: async ({ pk }) => {
        const issue = openedMaybe('issue', await table.get(issueKey(pk.slice('ISSUE#'.length))))
        if (issue === undefined) return undefined
        const { issueId, enterpriseId, title, tier, category, status, leadDepartmentId } = issue
        return { contribution: ofIssue(issue, period), entry: { kind: 'issue', issueId, enterpriseId, title, tier, category, status, departmentId: leadDepartmentId } }
      },
    },
    case: {
      queries: caseQueries.open,
      ended: caseQueries.endedSince(period.from),
      read: async ({ pk }) => {
        const it = openedMaybe('case', await table.get(caseKey(pk.slice('CASE#'.length))))
        if (it === undefined) return undefined
        const { caseId, enterpriseId, title, status } = it
        const contribution = ofCase(it, period)
        return { contribution, entry: { kind: 'case', caseId, enterpriseId, title, status, departmentId: contribution.departmentId } }
      },
    },
    session: {
      queries: [{ ...sessionsFrom(period.from), to: sortable(period.until) }],
      ended: [],
      read: item => {
        const session = opened('session', item)
        const { sessionId, title, departmentId } = session
        return Promise.resolve({ contribution: ofSession(session, period, now), entry: { kind: 'session', sessionId, title, departmentId } })
      },
    },
    delivery: {
      queries: [deliveriesIn(month)],
      ended: [],
      read: async item => {
        const { measureId, enterpriseId, officerId } = opened('delivery', item)
        const officer = await officerOf(officerId)
        if (officer === undefined) throw new Error('a delivery by nobody in the roster')
        const departmentId = await departmentOf(officer)
        return { contribution: { amounts: { deliveries: 1 }, departmentId, measureId }, entry: { kind: 'delivery', measureId, enterpriseId, officerId, departmentId } }
      },
    },
    project: {
      queries: [projectQueries.all],
      ended: [],
      read: async item => {
        const project = opened('project', item)
        const { enterpriseId } = project
        const officerId = countedFor(await roster.pairingsWith(enterpriseId), day)
        const officer = officerId === undefined ? undefined : await officerOf(officerId)
        if (officer === undefined) return undefined
        const departmentId = await departmentOf(officer)
        return { contribution: { amounts: ofProject(project, month, day, { policy, calendar }), departmentId }, entry: { kind: 'project', enterpriseId, departmentId } }
      },
    },
  }
}

/** An officer's month, as a department counts it. */
export const countedOfficer = ({ officerId, pairings, records }: OfficerMonth, departmentId: string, month: Month, policy: Policy): Counted => ({
  contribution: { amounts: ofOfficer(records, quotasOf(pairings, records, month, policy)), departmentId },
  entry: { kind: 'officer', officerId, departmentId },
})
