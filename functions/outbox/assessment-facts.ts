import { appealsUntil, type Assessment, type KeptSheet, type SheetAppeal } from '../../shared/assessment/assessment.ts'
import type { SheetFacts } from '../../shared/mail/facts.ts'
import { readRecipient, type About } from '../../shared/mail/notice.ts'
import { assessmentKey, sheetKey } from '../adapters/assessment-store.ts'
import type { OutboxMail } from '../adapters/outbox-store.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import { openedMaybe } from '../adapters/stored.ts'
import type { Table } from '../adapters/table.ts'
import type { Found } from './facts.ts'

type AboutSheet = Extract<About, { subject: unknown }>

/** Reads what a mail about a sheet points at, as it is now; what has changed since it was planned is superseded. */
export const assessmentFactsReader = (table: Table, timeZone: string) => {
  const roster = rosterStore(table)
  const nameOfOfficer = async (id: string): Promise<string> => (await roster.officer(id))?.name ?? id
  const nameOfDepartment = async (id: string): Promise<string> => (await roster.department(id))?.name ?? id

  const sheetFacts = async ({ period, subject, departmentId, sheet }: KeptSheet): Promise<SheetFacts> => {
    const [officerName, departmentName] = await Promise.all(['officerId' in subject ? nameOfOfficer(subject.officerId) : undefined, nameOfDepartment(departmentId)])
    return { period, officerName, departmentName, sheet }
  }

  /** Whether the reader is whom the sheet is of, or a director of the department. */
  const isConcerned = async ({ subject }: KeptSheet, to: OutboxMail['to']): Promise<boolean> => {
    const { kind, id } = readRecipient(to)
    if ('officerId' in subject) return kind === 'officer' && id === subject.officerId
    const officer = kind === 'officer' ? await roster.officer(id) : undefined
    return officer?.departmentId === subject.departmentId && officer.roles.includes('director')
  }

  const openedFacts = async (assessment: Assessment, sheet: KeptSheet, to: OutboxMail['to']): Promise<Found> => {
    const window = appealsUntil(assessment, { calendar: (await readRules(table)).calendar, timeZone })
    if (assessment.status !== 'open' || window === undefined) return { superseded: 'it is not open any more' }
    const [of, readerIsConcerned] = await Promise.all([sheetFacts(sheet), isConcerned(sheet, to)])
    return { facts: { kind: 'assessment-opened', of, appealBy: window.until, provisional: window.provisional, readerIsConcerned } }
  }

  const appealedFacts = async (sheet: KeptSheet, { component, by, reason, decision }: SheetAppeal): Promise<Found> => {
    if (decision !== undefined) return { superseded: 'it has been decided' }
    return { facts: { kind: 'assessment-appealed', of: await sheetFacts(sheet), component, byName: await nameOfOfficer(by), reason } }
  }

  const decidedFacts = async (sheet: KeptSheet, { component, decision }: SheetAppeal): Promise<Found> => {
    if (decision === undefined) throw new Error(`an appeal of ${sheet.period} is not decided`)
    const { outcome, remark, by, before, after } = decision
    const of = await sheetFacts({ ...sheet, sheet: after ?? sheet.sheet })
    return { facts: { kind: 'assessment-decided', of, component, granted: outcome === 'granted', remark, decidedByName: await nameOfOfficer(by), before: before?.total } }
  }

  return async (about: AboutSheet, to: OutboxMail['to']): Promise<Found> => {
    const [assessmentItem, sheetItem] = await table.getAll([assessmentKey(about.period), sheetKey(about.period, about.subject)])
    const [assessment, sheet] = [openedMaybe('assessment', assessmentItem), openedMaybe('sheet', sheetItem)]
    if (assessment === undefined || sheet === undefined) return { superseded: 'the sheet is gone' }
    switch (about.kind) {
      case 'assessment-opened':
        return openedFacts(assessment, sheet, to)
      case 'assessment-final': {
        const [of, readerIsConcerned] = await Promise.all([sheetFacts(sheet), isConcerned(sheet, to)])
        return { facts: { kind: about.kind, of, readerIsConcerned } }
      }
      case 'assessment-appealed':
      case 'assessment-decided': {
        const appeal = sheet.appeals[about.appeal - 1]
        if (appeal === undefined) throw new Error(`appeal ${about.appeal} of ${about.period} is gone`)
        return about.kind === 'assessment-appealed' ? appealedFacts(sheet, appeal) : decidedFacts(sheet, appeal)
      }
    }
  }
}
