import type { Instant } from '../calendar/zone.ts'
import { Problem } from '../contract/problem.ts'
import { freezeClockRules, type Reckoning } from '../issue/deadline.ts'
import { numberOf, type Act, type Contact, type Numbering } from '../issue/decision.ts'
import type { ClockRules } from '../issue/issue.ts'
import { planForEach, planMail, type PlannedMail, type Recipient, type StaffOf } from '../mail/notice.ts'
import type { Policy } from '../policy/policy.ts'
import type { Case, CaseEvent, NewCase, Step } from './case.ts'
import { awaitedYearsOf, readied } from './limits.ts'
import { handoverStep, handoverTitle, type CaseTemplate } from './template.ts'
import { isOpenStep, stepStatusAfter, type StepCommand } from './transition.ts'

/** What a rule decides: the case as it is from now on, what the timeline gains, and the mails that follow. */
export interface CaseDecision {
  readonly changed: Case
  readonly events: readonly CaseEvent[]
  readonly mails: readonly PlannedMail[]
}

/** An event before it knows when it happened and who did it; over each member of the union. */
export type Told = CaseEvent extends infer E ? (E extends CaseEvent ? Omit<E, 'at' | 'by'> : never) : never

/** The decision that leaves the case like this, having `told` the timeline of it. */
export const decided = (it: Case, told: readonly Told[], { by, now }: Act, mails: readonly PlannedMail[]): CaseDecision => ({
  changed: { ...it, version: it.version + 1, eventCount: it.eventCount + told.length },
  events: told.map(event => ({ ...event, at: now, by })),
  mails,
})

interface Opening extends Act, Reckoning {
  readonly numbering: Numbering
  readonly template: CaseTemplate
  readonly officerId: string
  readonly policy: Policy
  readonly policyVersion: number
  readonly contact: Contact
  readonly staffOf: StaffOf
}

/**
 * Opens a case under the year's next number, with its template as it is now. Every step that waits for no other can begin at
 * once, and its clock runs.
 * @throws Problem `step-not-found`
 */
export const openCase = (entered: NewCase, given: Opening): CaseDecision => {
  const { template, numbering, now } = given
  const known = {
    caseId: numberOf(numbering.year, numbering.last + 1, 'L'),
    title: entered.title,
    templateId: template.templateId,
    subcategory: template.subcategory,
    enterpriseId: entered.enterpriseId,
    officerId: given.officerId,
    steps: stepsOf(template, entered.steps ?? []),
    rules: freezeClockRules(given.policy, given.policyVersion),
  }
  const { changed, ready } = begun(known, now, given)
  const told = { event: 'opened', title: changed.title, ...(entered.remark === undefined ? {} : { remark: entered.remark }), ready } as const
  const toItself = toEnterprise(changed, given.contact).map(to => planMail({ kind: 'case-opened', caseId: changed.caseId, event: 1 }, to, 'act'))
  return decided(changed, [told], given, [...toItself, ...tellOfReady(changed, ready, given.staffOf, 1)])
}

/** What is known of a case before it begins. */
type Known = Pick<Case, 'caseId' | 'title' | 'templateId' | 'subcategory' | 'enterpriseId' | 'officerId' | 'steps' | 'rules'>

const begun = (known: Known, now: Instant, reckoning: Reckoning) =>
  unblocked({ ...known, version: 0, status: 'running', openedAt: now, returns: 0, awaitedYears: [], eventCount: 0 }, now, reckoning)

/** A case as it would have begun under these rules, with the steps that it was opened with. */
export const asOpened = ({ caseId, title, templateId, subcategory, enterpriseId, officerId, steps }: Case, rules: ClockRules, now: Instant, reckoning: Reckoning): Case =>
  begun({ caseId, title, templateId, subcategory, enterpriseId, officerId, steps: steps.map(untouched), rules }, now, reckoning).changed

/** A step before anything has come of it. */
const untouched = ({ stepId, title, departmentId, after, statutoryWorkingDays, promisedWorkingDays, mode, officerId }: Omit<CaseTemplate['steps'][number], 'statutoryWorkingDays'> & Pick<Step, 'statutoryWorkingDays' | 'officerId'>): Step => ({
  ...{ stepId, title, departmentId, after: [...after], promisedWorkingDays, mode },
  ...(statutoryWorkingDays === undefined ? {} : { statutoryWorkingDays }),
  ...(officerId === undefined ? {} : { officerId }),
  ...{ status: 'blocked', waits: [], deadlineVersion: 0, level: 0 },
})

const stepsOf = ({ templateId, steps, handover }: CaseTemplate, otherwise: NonNullable<NewCase['steps']>): readonly Step[] & Case['steps'] => {
  const last = { stepId: handoverStep, title: handoverTitle.zh, departmentId: handover.departmentId, after: steps.map(({ stepId }) => stepId), promisedWorkingDays: handover.workingDays, mode: 'act-for' } as const
  const all = [...steps, last]
  for (const [at, { stepId }] of otherwise.entries())
    if (!all.some(step => step.stepId === stepId)) throw new Problem('step-not-found', { id: templateId, step: stepId }, { path: `steps.${at}.stepId` })
  return all.map((step): Step => {
    const { mode = step.mode, officerId } = otherwise.find(({ stepId }) => stepId === step.stepId) ?? {}
    return untouched({ ...step, mode, officerId })
  })
}

/** The case with every step begun that waits for no other any more, and which those are. */
export const unblocked = (it: Case, now: Instant, reckoning: Reckoning): { readonly changed: Case; readonly ready: string[] } => {
  const finished = new Set(it.steps.flatMap(({ stepId, status }) => (status === 'finished' ? [stepId] : [])))
  const ready = it.steps.filter(({ status, after }) => status === 'blocked' && after.every(id => finished.has(id))).map(({ stepId }) => stepId)
  const steps = it.steps.map(step => (ready.includes(step.stepId) ? readied(movedStep(step, 'unblock'), it.rules, now, reckoning) : step))
  return { changed: withSteps(it, steps, reckoning), ready }
}

/** The case with these steps, and what its deadlines rest on by them. */
export const withSteps = (it: Case, steps: Case['steps'], reckoning: Reckoning): Case => ({ ...it, steps, awaitedYears: awaitedYearsOf({ steps }, reckoning) })

/** The case with this step in the place of the one it was. */
export const withStep = (it: Case, step: Step, reckoning: Reckoning): Case =>
  withSteps(it, it.steps.map(each => (each.stepId === step.stepId ? step : each)), reckoning)

/** The step of that code. @throws Problem `step-not-found` */
export const stepOf = ({ caseId, steps }: Case, stepId: string): Step => {
  const step = steps.find(each => each.stepId === stepId)
  if (step === undefined) throw new Problem('step-not-found', { id: caseId, step: stepId })
  return step
}

/** The handing over, which every case ends with. */
export const handoverOf = (it: Case): Step => stepOf(it, handoverStep)

export const isHandover = ({ stepId }: Pick<Step, 'stepId'>): boolean => stepId === handoverStep

/** The step in the status that the command leads to. @throws Problem `step-command-not-legal` */
export const movedStep = <S extends Step>(step: S, command: StepCommand): S => ({ ...step, status: stepStatusAfter({ ...step, isHandover: isHandover(step) }, command) })

/** Who goes along with the step, or went. */
export const officerOf = (it: Pick<Case, 'officerId'>, step: Pick<Step, 'officerId' | 'wentAlong'>): string => step.wentAlong ?? step.officerId ?? it.officerId

/** The departments of steps that are being worked on. */
export const departmentsAtWork = ({ steps }: Pick<Case, 'steps'>): readonly string[] => [...new Set(steps.filter(({ status }) => isOpenStep(status)).map(({ departmentId }) => departmentId))]

/** Told to the departments whose steps can begin, by the `nth` event of the decision. */
export const tellOfReady = (it: Case, ready: readonly string[], staffOf: StaffOf, nth: number): readonly PlannedMail[] => {
  const matters = ready.map(stepId => ({ about: { kind: 'case-step', caseId: it.caseId, stepId, event: it.eventCount + nth } as const, staff: staffOf(stepOf(it, stepId).departmentId) }))
  return planForEach(matters, ['handlers', 'directors'], 'act')
}

/** Whoever follows the case, or goes along with a step that is being worked on or has been refused. */
export const followersOf = (it: Case): readonly Recipient[] => {
  const concerned = it.steps.filter(({ status }) => isOpenStep(status) || status === 'refused')
  return [...new Set([it.officerId, ...concerned.map(step => officerOf(it, step))])].map(id => `officer:${id}` as const)
}

/** To the enterprise, if it has an address. */
export const toEnterprise = ({ enterpriseId }: Pick<Case, 'enterpriseId'>, contact: Contact): readonly Recipient[] =>
  contact?.contactEmail === undefined ? [] : [`enterprise:${enterpriseId}`]

/** The departments of the steps that begin when this one is finished. */
export const departmentsAfter = ({ steps }: Pick<Case, 'steps'>, stepId: string): readonly string[] => {
  const finished = new Set([stepId, ...steps.flatMap(step => (step.status === 'finished' ? [step.stepId] : []))])
  return [...new Set(steps.filter(({ status, after }) => status === 'blocked' && after.every(id => finished.has(id))).map(({ departmentId }) => departmentId))]
}

/** The departments of the steps that begin with the case. */
export const departmentsAtOnce = ({ steps }: Pick<CaseTemplate, 'steps'>): readonly string[] => [...new Set(steps.filter(({ after }) => after.length === 0).map(({ departmentId }) => departmentId))]
