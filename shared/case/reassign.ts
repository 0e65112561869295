import { Problem } from '../contract/problem.ts'
import type { Act, Contact } from '../issue/decision.ts'
import { planMail } from '../mail/notice.ts'
import type { Case, Step } from './case.ts'
import { decided, isHandover, officerOf, toEnterprise, type CaseDecision } from './decision.ts'
import { caseStatusAfter } from './transition.ts'

/** Who goes along with a case is changed: officers leave, fall ill, are given other work. */

/** Who takes over, and from whom: from whoever follows the case, unless somebody else is named. */
export interface Reassignment {
  readonly from?: string | undefined
  readonly officerId: string
  readonly reason: string
}

/** Whether somebody is still to go along with it. The handing over comes back where the enterprise has nothing. */
const isToCome = (step: Pick<Step, 'stepId' | 'status'>): boolean => step.status !== 'finished' || isHandover(step)

/** The steps of a case under way that the officer is still to go along with. */
const stepsToCome = (it: Pick<Case, 'officerId' | 'steps'>, officerId: string): readonly Step[] => it.steps.filter(step => isToCome(step) && officerOf(it, step) === officerId)

/** Whether the officer follows the case under way, or is still to go along with a step of it. */
export const goesAlong = (it: Pick<Case, 'officerId' | 'steps'>, officerId: string): boolean => it.officerId === officerId || stepsToCome(it, officerId).length > 0

/**
 * A supervisor gives every place that one officer has in the case to another. What is finished keeps who went along with it,
 * who can read the case no more. The enterprise and both are told; one who has left the roster is not.
 * @throws Problem `case-command-not-legal`, `same-officer`, `not-going-along`
 */
export const reassignCase = (it: Case, { from = it.officerId, officerId, reason }: Reassignment, given: { readonly contact: Contact; readonly hasLeft: boolean }, act: Act): CaseDecision => {
  const status = caseStatusAfter(it, 'reassign')
  if (officerId === from) throw new Problem('same-officer', {}, { path: 'officerId' })
  if (!goesAlong(it, from)) throw new Problem('not-going-along', { id: from }, { path: 'from' })
  const follows = it.officerId === from
  const steps = stepsToCome(it, from).map(({ stepId }) => stepId)
  const changed: Case = { ...it, status, officerId: follows ? officerId : it.officerId, steps: it.steps.map(step => passedOn(step, it, from, officerId)) }
  const about = { kind: 'case-reassigned', caseId: it.caseId, event: it.eventCount + 1 } as const
  const officers = [officerId, ...(given.hasLeft ? [] : [from])].filter(id => id !== act.by)
  const told = [...toEnterprise(it, given.contact), ...officers.map(id => `officer:${id}` as const)]
  return decided(changed, [{ event: 'reassigned', from, officerId, follows, steps, reason }], act, told.map(to => planMail(about, to, 'act')))
}

const passedOn = (step: Step, it: Case, from: string, officerId: string): Step => {
  if (officerOf(it, step) !== from) return step
  const { officerId: own, ...rest } = step
  if (!isToCome(step)) return { ...rest, wentAlong: from }
  return own === undefined ? step : { ...step, officerId }
}
