import { localDateOf } from '../calendar/zone.ts'
import { FieldFaults, Problem } from '../contract/problem.ts'
import type { Reckoning } from '../issue/deadline.ts'
import { held, signed, silenceUntil, type Act, type Contact } from '../issue/decision.ts'
import type { Clock } from '../issue/issue.ts'
import { standingStill } from '../issue/pause.ts'
import { planMail, type About, type PlannedMail, type StaffOf } from '../mail/notice.ts'
import type { Case, Step } from './case.ts'
import { decided, isHandover, movedStep, officerOf, stepOf, tellOfReady, toEnterprise, unblocked, withStep, type CaseDecision } from './decision.ts'
import { ended } from './ending.ts'
import { goingOn, workingDaysTaken } from './limits.ts'
import { caseStatusAfter, type StepCommand } from './transition.ts'

/** What a department does with a step of its own. */

type Ticking = Step & { readonly clock: Clock }

/** The step that the command is given for, in the status it leads to. @throws Problem `step-not-found`, `step-command-not-legal` */
const commanded = (it: Case, stepId: string, command: StepCommand): Ticking => {
  const step = movedStep(stepOf(it, stepId), command)
  if (step.clock === undefined) throw new Error(`step ${stepId} has no clock`)
  return { ...step, clock: step.clock }
}

const ofStep = ({ stepId, departmentId }: Step) => ({ stepId, departmentId })

/** The department begins. Its clock has been running since the step was ready. @throws Problem `step-not-found`, `step-command-not-legal` */
export const startStep = (it: Case, stepId: string, act: Act, reckoning: Reckoning): CaseDecision => {
  const step = commanded(it, stepId, 'start')
  return decided(withStep(it, step, reckoning), [{ event: 'step-started', ...ofStep(step) }], act, [])
}

/** What the enterprise has to bring, and why. */
export interface Wait {
  readonly reason: string
  readonly needed: string
}

/** A case is one item, and has to stay small. */
const waitsAtMost = 10

/**
 * The clock stands still until the enterprise has brought what is needed, for as long as the policy allows at most. What has
 * been missed is nobody's to wait away.
 * @throws Problem `step-not-found`, `step-command-not-legal`, `step-overdue`, `too-many-waits`
 */
export const waitForEnterprise = (it: Case, stepId: string, { reason, needed }: Wait, contact: Contact, act: Act, reckoning: Reckoning): CaseDecision => {
  const step = commanded(it, stepId, 'wait')
  if (step.clock.by < act.now) throw new Problem('step-overdue', { date: localDateOf(step.clock.by, reckoning.timeZone) })
  if (step.waits.length >= waitsAtMost) throw new Problem('too-many-waits', { limit: waitsAtMost })
  const { endsBy } = standingStill(it, act.now, reckoning)
  const waiting = { ...step, waits: [...step.waits, { from: act.now, endsBy, event: it.eventCount + 1 }] }
  const about = { kind: 'case-waiting', caseId: it.caseId, stepId, event: it.eventCount + 1 } as const
  return decided(withStep(it, waiting, reckoning), [{ event: 'step-waiting', ...ofStep(step), reason, needed, endsBy }], act, tellThoseWaitedFor(it, step, about, contact, 'act'))
}

/** Told to the enterprise, and to who goes along with the step, who tells it in person where it has no address. */
const tellThoseWaitedFor = (it: Case, step: Step, about: About, contact: Contact, timing: PlannedMail['timing']): readonly PlannedMail[] =>
  [...toEnterprise(it, contact), `officer:${officerOf(it, step)}` as const].map(to => planMail(about, to, timing))

/**
 * The clock goes on, with exactly the working time that was left, and those it waited for are told.
 * @throws Problem `step-not-found`, `step-command-not-legal`
 */
export const resumeStep = (it: Case, stepId: string, contact: Contact, act: Act, reckoning: Reckoning, timing: PlannedMail['timing'] = 'act'): CaseDecision => {
  const step = goingOn(commanded(it, stepId, 'resume'), it.rules, act.now, reckoning)
  const { deadlineVersion, clock } = step
  const about = { kind: 'case-resumed', caseId: it.caseId, stepId, event: it.eventCount + 1 } as const
  return decided(withStep(it, step, reckoning), [{ event: 'step-resumed', ...ofStep(step), deadlineVersion, dueBy: clock.by }], act, tellThoseWaitedFor(it, step, about, contact, timing))
}

/** A step that is finished: how long it took is settled. */
const finished = (step: Ticking, it: Case, act: Act, reckoning: Reckoning): Step & { readonly actualWorkingDays: number } => {
  const { next: _over, unsigned: _signed, ...clock } = step.clock
  return { ...step, clock: { ...clock, doneAt: act.now }, actualWorkingDays: (step.takenBefore ?? 0) + workingDaysTaken(step, it.rules, act.now, reckoning) }
}

/**
 * The department has done its step, and those begin that waited for no other. After the last of all, the result is handed
 * over; after the handing over, which is told in words, the enterprise is asked whether it has it.
 * @throws Problem `step-not-found`, `step-command-not-legal`; FieldFaults where it is not said how it was handed over
 */
export const finishStep = (it: Case, stepId: string, words: string | undefined, given: { readonly contact: Contact; readonly staffOf: StaffOf }, act: Act, reckoning: Reckoning): CaseDecision => {
  const step = finished(commanded(it, stepId, 'finish'), it, act, reckoning)
  if (isHandover(step)) return handedOver(it, step, words, given.contact, act, reckoning)
  const { changed, ready } = unblocked(withStep(it, step, reckoning), act.now, reckoning)
  const isLast = changed.steps.every(each => each.status === 'finished' || isHandover(each))
  const told = { event: 'step-finished', ...ofStep(step), ...(words === undefined ? {} : { words }), workingDays: step.actualWorkingDays, ready } as const
  return decided(isLast ? { ...changed, status: caseStatusAfter(it, 'advance') } : changed, [told], act, tellOfReady(changed, ready, given.staffOf, 1))
}

const handedOver = (it: Case, step: Step & { readonly actualWorkingDays: number }, words: string | undefined, contact: Contact, act: Act, reckoning: Reckoning): CaseDecision => {
  if (words === undefined) throw new FieldFaults([{ path: 'words', code: 'required' }])
  const after: Case = { ...withStep(it, step, reckoning), status: caseStatusAfter(it, 'hand-over'), handedOverAt: act.now, ...silenceUntil(it, act.now, reckoning) }
  const about = { kind: 'case-handed-over', caseId: it.caseId, event: it.eventCount + 1 } as const
  const told = [...toEnterprise(it, contact), `officer:${it.officerId}` as const]
  return decided(after, [{ event: 'handed-over', departmentId: step.departmentId, words, workingDays: step.actualWorkingDays }], act, told.map(to => planMail(about, to, 'act')))
}

/**
 * The department says no, with the reason. That ends the case: the enterprise is told why, and the other steps fall away.
 * @throws Problem `step-not-found`, `step-command-not-legal`
 */
export const refuseStep = (it: Case, stepId: string, reason: string, contact: Contact, staffOf: StaffOf, act: Act, reckoning: Reckoning): CaseDecision => {
  const { next: _over, unsigned: _signed, ...clock } = commanded(it, stepId, 'refuse').clock
  const step: Step = { ...stepOf(it, stepId), status: 'refused', clock: { ...clock, doneAt: act.now } }
  return ended(withStep(it, step, reckoning), { event: 'step-refused', ...ofStep(step), reason }, caseStatusAfter(it, 'refuse'), { contact, staffOf }, act)
}

/**
 * Signs for a level of the step, which puts off the next.
 * @throws Problem `step-not-found`, `step-command-not-legal`, `nothing-to-acknowledge`
 */
export const acknowledgeStep = (it: Case, stepId: string, act: Act, reckoning: Reckoning): CaseDecision => {
  const step = commanded(it, stepId, 'acknowledge')
  const level = step.clock.unsigned
  if (level === undefined) throw new Problem('nothing-to-acknowledge')
  const acknowledged = { ...step, clock: signed(held(step.clock, it.rules, act.now, reckoning)) }
  return decided(withStep(it, acknowledged, reckoning), [{ event: 'step-acknowledged', ...ofStep(step), level }], act, [])
}
