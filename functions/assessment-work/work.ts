import { adjustmentsOf, namedAtMost, type Assessment, type AssessmentRecount, type AssessmentTask, type KeptSheet, type SheetDifference } from '../../shared/assessment/assessment.ts'
import { componentNames } from '../../shared/assessment/component.ts'
import { inOrder } from '../../shared/assessment/record.ts'
import { assess, numbersOf } from '../../shared/assessment/sheet.ts'
import type { Subject } from '../../shared/roster/subject.ts'
import type { Instant } from '../../shared/calendar/zone.ts'
import { planFor, planMail, type PlannedMail } from '../../shared/mail/notice.ts'
import { assessmentKey, assessmentQueries, assessmentWrite, findSheet, hashOf, inputItems, sheetHash, sheetKey, sheetWrites, voidInputs, wholeSheet } from '../adapters/assessment-store.ts'
import { concurrently } from '../adapters/concurrently.ts'
import { plannedItem } from '../adapters/outbox-store.ts'
import { triesOfMany, untilCommitted } from '../adapters/race.ts'
import { officerKey, rosterQueries, rosterStore } from '../adapters/roster-store.ts'
import { readPolicy } from '../adapters/rules-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import { all, Conflict, type Table } from '../adapters/table.ts'
import { bookOf, type Book, type SubjectRecords } from './book.ts'

export interface AssessingDependencies {
  readonly table: Table
  readonly timeZone: string
  readonly adminEmail: string
}

/** Sheets that are written or read side by side. */
const atOnce = 16

/** What the work on a department changes of the assessment. */
type Progress = (assessment: Assessment) => Assessment
const nothingElse: Progress = assessment => assessment

/** Somebody has begun the work anew, or another run has gone on with it. */
class Superseded extends Error {}

/**
 * Goes on with what is to be done on the sheets of one assessment, department by department in the order of their codes.
 * Each is noted when it is done; broken off, the next run goes on after it, and what is done twice comes to the same. Which
 * task, and how many departments, this run has done.
 */
export const workOn = async (assessment: Assessment, now: Instant, deps: AssessingDependencies): Promise<{ readonly task?: AssessmentTask; readonly departments: number }> => {
  const { work } = assessment
  if (work === undefined) return { departments: 0 }
  let departments = 0
  try {
    const act = await actFor(work.task, assessment, now, deps)
    let current = assessment
    for await (const item of deps.table.query({ ...rosterQueries.departments, ...(work.after === undefined ? {} : { from: work.after }) })) {
      const { departmentId } = opened('department', item)
      if (departmentId === work.after) continue
      const progress = await act(departmentId)
      current = await noted(current, deps.table, after => ({ ...progress(after), work: { ...progress(after).work, task: work.task, after: departmentId } }))
      departments += 1
    }
    await noted(current, deps.table, ended)
  } catch (error) {
    if (!(error instanceof Superseded)) throw error
  }
  return { task: work.task, departments }
}

/** Notes how far the work has come, whatever else has changed of the assessment meanwhile. @throws Superseded */
const noted = (known: Assessment, table: Table, change: Progress): Promise<Assessment> =>
  untilCommitted(async () => {
    const before = openedMaybe('assessment', await table.get(assessmentKey(known.period)))
    if (before?.work?.task !== known.work?.task || before?.work?.after !== known.work?.after || before?.drawing !== known.drawing) throw new Superseded()
    const after = { ...change(before), version: before.version + 1 }
    await table.commit([assessmentWrite(after, before)])
    return after
  }, triesOfMany)

/** All departments are done: the seal is the hash of the assessment, or has to be that. */
const ended = ({ work, ...assessment }: Assessment): Assessment => {
  if (work?.task === 'seal') return { ...assessment, hash: work.seal ?? hashOf([]) }
  if (work?.task !== 'recount' || assessment.recount === undefined) return assessment
  const { sheets, failed } = assessment.recount
  const missing = Math.max(0, assessment.departments + assessment.officers - sheets)
  return { ...assessment, recount: { ...assessment.recount, failed: failed + missing, sealed: (work.seal ?? hashOf([])) === assessment.hash } }
}

/** What is done for a department. */
const actFor = async (task: AssessmentTask, assessment: Assessment, now: Instant, deps: AssessingDependencies): Promise<(departmentId: string) => Promise<Progress>> => {
  switch (task) {
    case 'draw-up': {
      const book = await readBook(assessment, deps)
      return departmentId => drawUp(assessment, departmentId, book, now, deps.table)
    }
    case 'tell':
      return async departmentId => {
        await tell('assessment-opened', assessment, departmentId, now, deps)
        return nothingElse
      }
    case 'seal':
      return async departmentId => {
        const hashes = (await sheetsOf(assessment, departmentId, deps.table)).map(({ hash }) => hash)
        await tell('assessment-final', assessment, departmentId, now, deps)
        return sealedBy(hashes)
      }
    case 'recount': {
      const book = assessment.recount?.compared === true ? await readBook(assessment, deps) : undefined
      return departmentId => recount(assessment, departmentId, book, deps.table)
    }
  }
}

/** By the policy it was drawn up under, as its weights are, whatever has come into force since. */
const readBook = async ({ period, policyVersion }: Assessment, { table, timeZone }: AssessingDependencies): Promise<Book> => {
  const policy = await readPolicy(table, policyVersion)
  const book = bookOf(table, period, { policy, timeZone })
  await book.read()
  return book
}

/** The hash over all sheets so far, and over these. */
const sealedBy = (hashes: readonly string[]): Progress => assessment =>
  assessment.work === undefined || hashes.length === 0 ? assessment : { ...assessment, work: { ...assessment.work, seal: hashOf([assessment.work.seal ?? null, ...hashes]) } }

const drawUp = async (assessment: Assessment, departmentId: string, book: Book, now: Instant, table: Table): Promise<Progress> => {
  const drawn = await book.recordsOf(departmentId)
  await concurrently(drawn, atOnce, each => keepSheet(assessment, each, now, table))
  return before => ({ ...before, departments: before.departments + 1, officers: before.officers + drawn.length - 1 })
}

/** Keeps a sheet with its inputs, those first: a sheet that is there is whole. One of a later drawing stays, one of an earlier goes with its inputs. */
const keepSheet = async ({ period, drawing, rules }: Assessment, { subject, departmentId, records }: SubjectRecords, now: Instant, table: Table): Promise<void> => {
  const inputs = { period, subject, rules: 'officerId' in subject ? rules.officer : rules.department, records: inOrder(records) }
  const before = openedMaybe('sheet', await table.get(sheetKey(period, subject)))
  if (before !== undefined && before.drawing > drawing) throw new Superseded()
  // Drawn up before this run broke off, or by another: it may have been appealed against since.
  if (before?.drawing === drawing) return
  const items = inputItems(inputs, drawing)
  for (const put of [...items, ...(before === undefined ? [] : voidInputs(before, now))]) await table.commit([{ put, when: 'always' }])
  const made = { sheet: assess(inputs), appeals: [] }
  const sheet: KeptSheet = { period, version: (before?.version ?? 0) + 1, drawing, subject, departmentId, ...made, hash: sheetHash(inputs, { departmentId, ...made }), parts: items.length }
  try {
    await table.commit(sheetWrites(sheet, before))
  } catch (error) {
    // Another run was faster.
    throw error instanceof Conflict ? new Superseded() : error
  }
}

/** The department's sheet and those of its officers by staff number, as they are now, whatever the list says. */
const sheetsOf = async ({ period, drawing }: Assessment, departmentId: string, table: Table): Promise<readonly KeptSheet[]> => {
  const listed = (await all(table.query(assessmentQueries.sheetsOf(period, departmentId)))).map(({ pk, sk }) => ({ pk, sk }))
  const items = await table.getAll([sheetKey(period, { departmentId }), ...listed])
  return items.flatMap(item => openedMaybe('sheet', item) ?? []).filter(sheet => sheet.drawing === drawing)
}

/** A mail to each officer whose sheet it is, and to the directors of the department; planned again, it is the same. */
const tell = async (kind: 'assessment-opened' | 'assessment-final', assessment: Assessment, departmentId: string, now: Instant, { table, adminEmail }: AssessingDependencies): Promise<void> => {
  const { period } = assessment
  const sheets = await sheetsOf(assessment, departmentId, table)
  const officerIds = sheets.flatMap(({ subject }) => ('officerId' in subject ? [subject.officerId] : []))
  const people = (await table.getAll(officerIds.map(officerKey))).flatMap(item => openedMaybe('officer', item) ?? [])
  // Who has left has no right to sign in, and reads nothing of it.
  const toOfficers = people.filter(({ active }) => active).map(({ officerId }): PlannedMail => planMail({ kind, period, subject: { officerId } }, `officer:${officerId}`, 'scheduled'))
  const hasOwn = sheets.some(({ subject }) => 'departmentId' in subject)
  const toDirectors = hasOwn ? planFor({ kind, period, subject: { departmentId } }, ['directors'], await rosterStore(table).staff(departmentId, [], adminEmail), 'scheduled') : []
  await concurrently([...toOfficers, ...toDirectors], atOnce, async mail => {
    await table.putNew(plannedItem(mail, now))
  })
}

/** Whether each sheet follows from what was frozen, and, with the book of its records, where they have gone on since, and of whom there is no sheet. */
const recount = async (assessment: Assessment, departmentId: string, book: Book | undefined, table: Table): Promise<Progress> => {
  const sheets = await sheetsOf(assessment, departmentId, table)
  const today = await book?.recordsOf(departmentId)
  const now = today && new Map(today.map(({ subject, records }) => [nameOf(subject), records]))
  const failures: Subject[] = []
  const differences: SheetDifference[] = []
  const hashes = new Map<string, string>()
  await concurrently(sheets, atOnce, async ({ subject }) => {
    const found = await findSheet(table, assessment, subject)
    const reckoned = found && reckonedAnew(found)
    if (reckoned === undefined) {
      failures.push(subject)
      return
    }
    const { kept, inputs, again, hash } = reckoned
    hashes.set(nameOf(subject), hash)
    if (hash !== kept.hash || hashOf(again) !== hashOf(kept.sheet)) failures.push(subject)
    if (now !== undefined) differences.push(...differencesOf(kept, assess({ rules: inputs.rules, records: [...(now.get(nameOf(subject)) ?? [])] }, adjustmentsOf(kept))))
  })
  const kept = new Set(sheets.map(({ subject }) => nameOf(subject)))
  const omissions = (today ?? []).filter(({ subject, records }) => records.length > 0 && !kept.has(nameOf(subject))).map(({ subject }) => subject)
  const seal = sealedBy(sheets.flatMap(({ subject }) => hashes.get(nameOf(subject)) ?? []))
  return before => (before.recount === undefined ? before : { ...seal(before), recount: added(before.recount, { sheets: sheets.length, failures, differences, omissions }) })
}

/** A sheet as what was frozen gives it; nothing where that cannot be read or reckoned with any more. */
const reckonedAnew = (found: Parameters<typeof wholeSheet>[0]) => {
  try {
    const { kept, inputs } = wholeSheet(found)
    const again = assess(inputs, adjustmentsOf(kept))
    return { kept, inputs, again, hash: sheetHash(inputs, { ...kept, sheet: again }) }
  } catch {
    return undefined
  }
}

const nameOf = (subject: Subject): string => ('officerId' in subject ? `officer ${subject.officerId}` : `department ${subject.departmentId}`)

/** Where the numbers of a component are other ones now. */
const differencesOf = ({ subject, sheet }: KeptSheet, current: KeptSheet['sheet']): readonly SheetDifference[] =>
  componentNames
    .map(component => ({ subject, component, frozen: [...numbersOf(sheet, component)], now: [...numbersOf(current, component)] }))
    .filter(({ frozen, now }) => frozen.some((number, at) => number !== now[at]))

const byName = <T>(subjectOf: (each: T) => Subject) => (one: T, other: T): number => (nameOf(subjectOf(one)) < nameOf(subjectOf(other)) ? -1 : 1)

/** What a recount has found of a department. */
interface Found {
  readonly sheets: number
  readonly failures: readonly Subject[]
  readonly differences: readonly SheetDifference[]
  readonly omissions: readonly Subject[]
}

const added = (recounted: AssessmentRecount, { sheets, failures, differences, omissions }: Found): AssessmentRecount => ({
  ...recounted,
  sheets: recounted.sheets + sheets,
  failed: recounted.failed + failures.length,
  failures: [...recounted.failures, ...[...failures].sort(byName(each => each))].slice(0, namedAtMost),
  differing: recounted.differing + differences.length,
  differences: [...recounted.differences, ...[...differences].sort(byName(each => each.subject))].slice(0, namedAtMost),
  omitted: recounted.omitted + omissions.length,
  omissions: [...recounted.omissions, ...[...omissions].sort(byName(each => each))].slice(0, namedAtMost),
})
