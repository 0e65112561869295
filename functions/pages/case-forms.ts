import type * as z from 'zod/mini'
import type { Case, CaseEvent } from '../../shared/case/case.ts'
import { departmentsAtWork, handoverOf, officerOf, type CaseDecision } from '../../shared/case/decision.ts'
import { informOnCase } from '../../shared/case/ending.ts'
import { confirmReceipt } from '../../shared/case/receipt.ts'
import { caseTransitions, type CaseCommand } from '../../shared/case/transition.ts'
import type { TimeZone } from '../../shared/calendar/zone.ts'
import { informationForm, receiptForm } from '../../shared/contract/pages.ts'
import { theEnterprise } from '../../shared/roster/actor.ts'
import { caseEventKey, caseKey, caseQueries } from '../adapters/case-store.ts'
import { departmentKey, rosterStore } from '../adapters/roster-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import type { Table } from '../adapters/table.ts'
import type { FormName } from './form.ts'
import type { ShownCase } from './case-page.ts'

/** The cases of an enterprise as its pages show them, and the forms they have. */

/** So many cases stand on the front page beside the issues, within its weight, of so many that are looked at: an enterprise has a handful. */
const casesShown = 5
const casesExamined = 50

const isHandedOver = ({ status }: Case): boolean => status === 'handed-over'

/** A timeline is read no further back than this. */
const eventsAtMost = 60

/** A form of a case's page. */
export interface CaseForm<F extends z.ZodMiniType> {
  readonly name: FormName
  readonly schema: F
  /** What the form does to a case; offered where that is legal. */
  readonly command: CaseCommand
  /** What follows from it; nothing where the case has gone on since the page was opened. */
  readonly decide: (current: Case, fields: z.output<F>, now: number) => Promise<CaseDecision | undefined>
  /** Whether the event says all that a form with these fields would: it has been sent before. */
  readonly isToldBy: (event: CaseEvent, fields: z.output<F>) => boolean
}

export const isOffered = (it: Case, { command }: Pick<CaseForm<z.ZodMiniType>, 'command'>): boolean => caseTransitions[it.status][command] !== undefined

export const enterpriseCases = ({ table, timeZone, adminEmail }: { readonly table: Table; readonly timeZone: TimeZone; readonly adminEmail: string }) => {
  const roster = rosterStore(table)

  /** The case, if it is the enterprise's. */
  const caseOf = async (enterpriseId: string, caseId: string): Promise<Case | undefined> => {
    const it = openedMaybe('case', await table.get(caseKey(caseId)))
    return it?.enterpriseId === enterpriseId ? it : undefined
  }

  /** The cases that stand on the enterprise's front page: those whose result is to be confirmed, then the newest; and whether there are others. */
  const foremostOf = async (enterpriseId: string): Promise<{ readonly cases: readonly Case[]; readonly hasMore: boolean }> => {
    const cases: Case[] = []
    for await (const item of table.query({ ...caseQueries.ofEnterprise(enterpriseId), pageSize: casesExamined })) {
      cases.push(opened('case', item))
      if (cases.length === casesExamined) break
    }
    const ordered = [...cases.filter(isHandedOver), ...cases.filter(it => !isHandedOver(it))]
    return { cases: ordered.slice(0, casesShown), hasMore: ordered.length > casesShown }
  }

  const newestEvents = async (caseId: string): Promise<readonly CaseEvent[]> => {
    const events: CaseEvent[] = []
    for await (const item of table.query({ ...caseQueries.timeline(caseId), descending: true, pageSize: eventsAtMost })) {
      events.unshift(opened('case-event', item))
      if (events.length === eventsAtMost) break
    }
    return events
  }

  const shownWhole = async (it: Case): Promise<ShownCase> => {
    const departmentIds = [...new Set(it.steps.map(({ departmentId }) => departmentId))]
    const [departments, events, { calendar }] = await Promise.all([table.getAll(departmentIds.map(departmentKey)), newestEvents(it.caseId), readRules(table)])
    const named = events.flatMap(event => (event.event === 'reassigned' ? [event.officerId] : []))
    const officers = await roster.officers([...new Set([it.officerId, ...it.steps.map(step => officerOf(it, step)), ...named])])
    const names = new Map(departments.flatMap(item => openedMaybe('department', item) ?? []).map(({ departmentId, name }) => [departmentId, name]))
    return { it, events, reckoning: { calendar, timeZone }, nameOfDepartment: id => names.get(id) ?? id, nameOfOfficer: id => officers.get(id)?.name ?? id }
  }

  const rulesAndStaff = async (departmentIds: readonly string[]) => {
    const { policy, calendar } = await readRules(table)
    return { reckoning: { calendar, timeZone }, staffOf: await roster.staffOfEach(departmentIds, policy.leadingGroup, adminEmail) }
  }

  const receipt: CaseForm<typeof receiptForm> = {
    name: 'receipt',
    schema: receiptForm,
    command: 'receipt',
    decide: async (current, { received, words, handover }, now) => {
      // Handed over anew since the page was opened.
      if (current.handedOverAt !== Number(handover)) return undefined
      const { departmentId } = handoverOf(current)
      const { reckoning, staffOf } = await rulesAndStaff([departmentId])
      return confirmReceipt(current, { received: received === 'yes', ...(words === undefined ? {} : { words }) }, staffOf(departmentId), now, reckoning)
    },
    isToldBy: (told, { received, words, handover }) => told.event === 'receipt' && told.received === (received === 'yes') && [undefined, told.words].includes(words) && told.at >= Number(handover),
  }

  /** Nothing else in the form tells two sendings from two pieces of information with the same words. */
  const isInformation = (told: CaseEvent | undefined, words: string): boolean => told?.event === 'informed' && told.words === words

  const information: CaseForm<typeof informationForm> = {
    name: 'information',
    schema: informationForm,
    command: 'inform',
    decide: async (current, { information: words }, now) => {
      const last = openedMaybe('case-event', await table.get(caseEventKey(current.caseId, current.eventCount)))
      if (isInformation(last, words)) return undefined
      const { staffOf } = await rulesAndStaff(departmentsAtWork(current))
      return informOnCase(current, words, staffOf, { by: theEnterprise, now })
    },
    isToldBy: (told, { information: words }) => isInformation(told, words),
  }

  return { caseOf, foremostOf, shownWhole, receipt, information }
}
