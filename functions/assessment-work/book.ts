import { lastDayOfMonth, monthOf, type Month } from '../../shared/calendar/date.ts'
import type { TimeZone } from '../../shared/calendar/zone.ts'
import { firstMonthOf, instantsOf, lastDayOf, monthsOf, type AssessmentPeriod } from '../../shared/assessment/period.ts'
import { levelsOfCase, levelsOfIssue, ofFlag, ofIssueIn, ofNotice, ofPairingMonth, type OfBoth } from '../../shared/assessment/record.ts'
import type { SheetRecord } from '../../shared/assessment/sheet.ts'
import type { Subject } from '../../shared/roster/subject.ts'
import type { Case } from '../../shared/case/case.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import { noticeKinds } from '../../shared/notice/transition.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import type { Period } from '../../shared/report/contribution.ts'
import { departmentOn, type Move, type Officer } from '../../shared/roster/roster.ts'
import { quotasOf } from '../../shared/visit/quota.ts'
import { caseKey, caseQueries } from '../adapters/case-store.ts'
import { concurrently, interleaved } from '../adapters/concurrently.ts'
import { flagQueries } from '../adapters/flag-store.ts'
import { issueKey, issueQueries } from '../adapters/issue-store.ts'
import { noticeKey, noticeQueries } from '../adapters/notice-store.ts'
import { onceForEach } from '../adapters/once.ts'
import { rosterQueries, rosterStore } from '../adapters/roster-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import { all, type Item, type Query, type Table } from '../adapters/table.ts'
import { visitQueries } from '../adapters/visit-store.ts'

/** Records that are read side by side. */
const atOnce = 100
/** Officers likewise, of one department. */
const officersAtOnce = 16

/** The records of one sheet. */
export interface SubjectRecords {
  readonly subject: Subject
  readonly departmentId: string
  readonly records: readonly SheetRecord[]
}

interface Given {
  readonly policy: Policy
  readonly timeZone: TimeZone
}

/** Records by whom they are of; looked up by whoever draws a sheet up. */
class ByOwner {
  readonly #records = new Map<string, SheetRecord[]>()

  add(owner: string, record: SheetRecord): void {
    const known = this.#records.get(owner)
    if (known === undefined) this.#records.set(owner, [record])
    else known.push(record)
  }

  of(owner: string): readonly SheetRecord[] {
    return this.#records.get(owner) ?? []
  }
}

/**
 * What the sheets of a period are drawn up from. Issues, cases, flags and notices of the whole district are read when it is
 * first asked, each once; visits and pairings department by department.
 */
export const bookOf = (table: Table, period: AssessmentPeriod, { policy, timeZone }: Given) => {
  const roster = rosterStore(table)
  const instants = instantsOf(period, timeZone)
  const months = monthsOf(period)
  const officers = new ByOwner()
  const departments = new ByOwner()
  const movesOf = new Map<string, readonly Move[]>()

  /** By the moves since: the department they belonged to on the last day of the month. */
  const departmentIn = (officer: Officer, month: Month): string => departmentOn(officer, (movesOf.get(officer.officerId) ?? []).filter(({ movedOn }) => movedOn > lastDayOfMonth(month)))

  const note = ({ record, officerId, departmentId }: OfBoth): void => {
    if (officerId !== undefined) officers.add(officerId, record)
    if (departmentId !== undefined) departments.add(departmentId, record)
  }

  const noteFlags = async (): Promise<void> => {
    const officerOf = onceForEach(roster.officer)
    await concurrently(table.query(flagQueries.checkedFrom(instants.from)), officersAtOnce, async item => {
      const flag = opened('flag', item)
      const noted = ofFlag(flag, months)
      const officer = noted && (await officerOf(flag.officerId))
      if (noted !== undefined && officer !== undefined) note({ ...noted, departmentId: departmentIn(officer, monthOf(flag.visitedOn)) })
    })
  }

  const noteNotices = async (): Promise<void> => {
    const queries = noticeKinds.map(kind => table.query(noticeQueries.publishedBetween(kind, instants.from, instants.until)))
    await concurrently(interleaved(queries), atOnce, async item => {
      const notice = openedMaybe('notice', await table.get(noticeKey(opened('publication', item).noticeId)))
      const noted = notice && ofNotice(notice, instants)
      if (noted !== undefined) note(noted)
    })
  }

  const readMoves = async (): Promise<void> => {
    const moves = await all(table.query(rosterQueries.movesAfter(lastDayOfMonth(firstMonthOf(period)))))
    movesOf.clear()
    for (const move of moves.map(item => opened('move', item))) movesOf.set(move.officerId, [...(movesOf.get(move.officerId) ?? []), move])
  }

  const read = async (): Promise<void> => {
    await readMoves()
    await eachOnce(table, [...issueQueries.open, ...issueQueries.endedSince(instants.from)], async ({ pk }) => {
      const issue = openedMaybe('issue', await table.get(issueKey(pk.slice('ISSUE#'.length))))
      if (issue !== undefined) for (const each of await ofIssue(table, issue, instants)) note(each)
    })
    await eachOnce(table, [...caseQueries.open, ...caseQueries.endedSince(instants.from)], async ({ pk }) => {
      const it = openedMaybe('case', await table.get(caseKey(pk.slice('CASE#'.length))))
      if (it !== undefined) for (const each of await ofCase(table, it, instants)) note(each)
    })
    await noteFlags()
    await noteNotices()
  }

  /** Whoever belonged to the department at the end of some month of the period, or does now. */
  const membersOf = async (departmentId: string): Promise<readonly Officer[]> => {
    const present = (await all(table.query(rosterQueries.officersOf(departmentId)))).map(item => opened('officer', item))
    // Read after the members: whoever goes over between one department and the next is met in one of them, and once.
    await readMoves()
    const left = [...movesOf].filter(([officerId, moves]) => moves.some(({ fromDepartmentId }) => fromDepartmentId === departmentId) && !present.some(each => each.officerId === officerId)).map(([officerId]) => officerId)
    return [...present, ...(await roster.officers(left)).values()]
  }

  /** What an officer's pairings owe, by month. */
  const pairingMonths = async (officerId: string): Promise<readonly { readonly month: Month; readonly records: readonly SheetRecord[] }[]> => {
    const [pairings, kept] = await Promise.all([roster.pairingsOf(officerId), all(table.query(visitQueries.quotasBetween(officerId, firstMonthOf(period), monthOf(lastDayOf(period)))))])
    const quotas = kept.map(item => opened('quota', item))
    return months.map(month => ({
      month,
      records: quotasOf(pairings, quotas.filter(each => each.month === month), month, policy).flatMap(quota => ofPairingMonth(quota) ?? []),
    }))
  }

  /** The records of the department's sheet, and of each officer who belonged to it on the last day of the period; none of who has none. */
  const recordsOf = async (departmentId: string): Promise<readonly SubjectRecords[]> => {
    const ofDepartment = [...departments.of(departmentId)]
    const ofOfficers: SubjectRecords[] = []
    await concurrently(await membersOf(departmentId), officersAtOnce, async officer => {
      const { officerId } = officer
      const byMonth = await pairingMonths(officerId)
      for (const { month, records } of byMonth) if (departmentIn(officer, month) === departmentId) ofDepartment.push(...records)
      const records = [...byMonth.flatMap(each => each.records), ...officers.of(officerId)]
      if (records.length > 0 && departmentIn(officer, monthOf(lastDayOf(period))) === departmentId) ofOfficers.push({ subject: { officerId }, departmentId, records })
    })
    return [{ subject: { departmentId }, departmentId, records: ofDepartment }, ...ofOfficers]
  }

  return { read, recordsOf }
}
export type Book = ReturnType<typeof bookOf>

/** What ends while it is read stands in two lists for a moment, and is looked at once. */
const eachOnce = async (table: Table, queries: readonly Query[], look: (item: Item) => Promise<void>): Promise<void> => {
  const seen = new Set<string>()
  await concurrently(interleaved(queries.map(query => table.query(query))), atOnce, async item => {
    if (seen.has(item.pk)) return
    seen.add(item.pk)
    await look(item)
  })
}

/** Its timeline is read only where a level was reached. */
const ofIssue = async (table: Table, issue: Issue, period: Period): Promise<readonly OfBoth[]> => {
  const counted = ofIssueIn(issue, period)
  const hasClimbed = issue.level > 0 || issue.pieces.some(({ level }) => level > 0)
  const events = hasClimbed ? (await all(table.query(issueQueries.timeline(issue.issueId)))).map(item => opened('event', item)) : []
  return [...(counted === undefined ? [] : [counted]), ...levelsOfIssue(issue, events, period)]
}

const ofCase = async (table: Table, it: Case, period: Period): Promise<readonly OfBoth[]> => {
  if (!it.steps.some(({ level }) => level > 0)) return []
  return levelsOfCase(it, (await all(table.query(caseQueries.timeline(it.caseId)))).map(item => opened('case-event', item)), period)
}
