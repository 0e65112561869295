import type { Act, Contact } from '../issue/decision.ts'
import { planForEach, planMail, type PlannedMail, type StaffOf } from '../mail/notice.ts'
import type { Case, Step } from './case.ts'
import { decided, departmentsAtWork, followersOf, movedStep, toEnterprise, type CaseDecision, type Told } from './decision.ts'
import { waitsOver } from './limits.ts'
import { caseStatusAfter, stepTransitions, type CaseStatus } from './transition.ts'

/** How a case ends without a result, and what the enterprise adds while it runs. */

interface People {
  readonly contact: Contact
  readonly staffOf: StaffOf
}

/** The case ends with what has been `told`, and whatever is not finished falls away. The enterprise, who follows it and who works on it are told. */
export const ended = (it: Case, told: Told, status: CaseStatus, { contact, staffOf }: People, act: Act): CaseDecision => {
  const about = { kind: 'case-ended', caseId: it.caseId, event: it.eventCount + 1 } as const
  const people = [...toEnterprise(it, contact), ...followersOf(it)]
  const matters = departmentsAtWork(it).map(id => ({ about, staff: staffOf(id) }))
  const mails = [...people.map(to => planMail(about, to, 'act')), ...planForEach(matters, ['handlers'], 'act')]
  const steps = it.steps.map(step => dropped(step, act))
  const { callBack: _over, ...rest } = it
  return decided({ ...rest, steps, status, endedAt: act.now, awaitedYears: [] }, [told], act, once(mails, act))
}

const dropped = (step: Step, { now }: Act): Step => {
  if (stepTransitions[step.status].drop === undefined) return step
  const { clock, ...fallen } = movedStep({ ...step, waits: waitsOver(step, now) }, 'drop')
  if (clock === undefined) return fallen
  const { next: _over, unsigned: _signed, ...stopped } = clock
  return { ...fallen, clock: stopped }
}

/** Nobody gets two of the same, and who did it none: somebody can follow the case and work on it, or work in two departments' stead. */
const once = (mails: readonly PlannedMail[], { by }: Pick<Act, 'by'>): readonly PlannedMail[] => {
  const distinct = new Map(mails.filter(({ to, cc }) => to !== `officer:${by}` || cc.length > 0).map(mail => [mail.mailId, mail]))
  return [...distinct.values()]
}

/**
 * Whoever follows the case, or a supervisor, gives it up, with the reason.
 * @throws Problem `case-command-not-legal`
 */
export const withdrawCase = (it: Case, reason: string, people: People, act: Act): CaseDecision => ended(it, { event: 'withdrawn', reason }, caseStatusAfter(it, 'withdraw'), people, act)

/**
 * The enterprise adds information 补充情况, which whoever works on the case at present is told, and who follows it.
 * @throws Problem `case-command-not-legal`
 */
export const informOnCase = (it: Case, words: string, staffOf: StaffOf, act: Act): CaseDecision => {
  const status = caseStatusAfter(it, 'inform')
  const about = { kind: 'case-informed', caseId: it.caseId, event: it.eventCount + 1 } as const
  const matters = departmentsAtWork(it).map(id => ({ about, staff: staffOf(id) }))
  const mails = [...followersOf(it).map(to => planMail(about, to, 'act')), ...planForEach(matters, ['handlers'], 'act')]
  return decided({ ...it, status }, [{ event: 'informed', words }], act, once(mails, act))
}
