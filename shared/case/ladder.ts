import type { Instant } from '../calendar/zone.ts'
import type { Contact } from '../issue/decision.ts'
import { stepAfterLevel, stepAfterWarning, type Reckoning } from '../issue/deadline.ts'
import { advancedAtMost, audienceOfLevel, raisedTo, sizeOf, type People } from '../issue/ladder.ts'
import { planFor, type StaffOf } from '../mail/notice.ts'
import { theSystem } from '../roster/actor.ts'
import type { Case, Step } from './case.ts'
import { decided, handoverOf, withStep, type CaseDecision } from './decision.ts'
import { dueStep } from './limits.ts'
import { resumeStep } from './step-command.ts'

/** What the sweep does to a case: it warns, raises levels, lets steps go on that have waited long enough, and has silent enterprises called back. */

/** The departments whose people a sweep of the case at `now` may have mail for. */
export const departmentsDue = (it: Case, now: Instant): readonly string[] => {
  const due = it.steps.filter(step => dueStep({ steps: [step] }, now) !== undefined)
  return [...new Set([...due.map(({ departmentId }) => departmentId), ...(isSilent(it, now) ? [handoverOf(it).departmentId] : [])])]
}

/** Whether a sweep of the case at `now` lets a step go on that has waited long enough, which the enterprise hears of. */
export const endsAWait = ({ steps }: Pick<Case, 'steps'>, now: Instant): boolean => steps.some(step => step.status === 'waiting' && dueStep({ steps: [step] }, now) !== undefined)

/**
 * The sweep's decision on one case: what is due at `now`, in order, as one change of it; `undefined` where nothing is. What is
 * more than one change can hold stays due, for the next sweep.
 */
export const advanceCase = (it: Case, people: People, now: Instant, reckoning: Reckoning): CaseDecision | undefined => {
  let decision: CaseDecision | undefined
  for (let current = it; ; current = decision.changed) {
    const next = nextOf(current, people, now, reckoning)
    if (next === undefined) return decision
    if (decision !== undefined && sizeOf(decision) + sizeOf(next) > advancedAtMost) return decision
    decision = {
      changed: { ...next.changed, version: it.version + 1 },
      events: [...(decision?.events ?? []), ...next.events],
      mails: [...(decision?.mails ?? []), ...next.mails],
    }
  }
}

const isSilent = ({ callBack }: Case, now: Instant): boolean => callBack?.isDue === false && callBack.at <= now

const nextOf = (it: Case, { of: staffOf, contact }: People, now: Instant, reckoning: Reckoning): CaseDecision | undefined => {
  if (isSilent(it, now)) return askTheEnterprise(it, staffOf, now)
  const step = dueStep(it, now)
  if (step === undefined) return undefined
  return step.status === 'waiting' ? goOnByItself(it, step, staffOf, contact, now, reckoning) : takeStep(it, step, staffOf, now, reckoning)
}

/** The enterprise has said nothing: a supervisor has to ask it. */
const askTheEnterprise = (it: Case, staffOf: StaffOf, now: Instant): CaseDecision => {
  const mails = planFor({ kind: 'case-call-back-due', caseId: it.caseId, event: it.eventCount + 1 }, ['supervisors'], staffOf(handoverOf(it).departmentId), 'scheduled')
  return decided({ ...it, callBack: { at: it.callBack?.at ?? now, isDue: true, provisional: false }, awaitedYears: [] }, [{ event: 'call-back-due' }], { by: theSystem, now }, mails)
}

/** It has waited as long as the policy allows: the clock goes on, and the department is told as well. */
const goOnByItself = (it: Case, { stepId, departmentId }: Step, staffOf: StaffOf, contact: Contact, now: Instant, reckoning: Reckoning): CaseDecision => {
  const decision = resumeStep(it, stepId, contact, { by: theSystem, now }, reckoning, 'scheduled')
  const about = { kind: 'case-step', caseId: it.caseId, stepId, event: it.eventCount + 1 } as const
  return { ...decision, mails: [...decision.mails, ...planFor(about, ['handlers', 'directors'], staffOf(departmentId), 'scheduled')] }
}

/** Takes the one step of the ladder that a step's clock is due for. */
const takeStep = (it: Case, step: Step, staffOf: StaffOf, now: Instant, reckoning: Reckoning): CaseDecision => {
  const { stepId, departmentId, deadlineVersion } = step
  if (step.clock?.next === undefined) throw new Error(`nothing is due of step ${stepId}`)
  const { next, ...clock } = step.clock
  const act = { by: theSystem, now }
  const about = { caseId: it.caseId, stepId, deadlineVersion } as const

  if (next.step === 'warning') {
    const warned = withStep(it, { ...step, clock: { ...clock, next: stepAfterWarning(clock, it.rules, reckoning) } }, reckoning)
    // Come too late, after an outage, it would warn of what has happened; level 1 speaks of that.
    if (clock.by <= now) return decided(warned, [], act, [])
    return decided(warned, [{ event: 'step-warned', stepId, departmentId, dueBy: clock.by }], act, planFor({ kind: 'case-warning', ...about }, ['handlers'], staffOf(departmentId), 'scheduled'))
  }
  const level = next.step
  const following = stepAfterLevel(level, now, it.rules, reckoning)
  const raised = { ...step, ...raisedTo(level, step.level, now), clock: { ...clock, unsigned: level, ...(following === undefined ? {} : { next: following }) } }
  const mails = planFor({ kind: 'case-escalated', ...about, level, event: it.eventCount + 1 }, audienceOfLevel[level], staffOf(departmentId), 'scheduled')
  return decided(withStep(it, raised, reckoning), [{ event: 'step-escalated', stepId, departmentId, level, dueBy: clock.by }], act, mails)
}
