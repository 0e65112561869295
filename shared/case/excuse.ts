import type { Act } from '../issue/decision.ts'
import type { Case, Step } from './case.ts'
import { decided, stepOf, type CaseDecision } from './decision.ts'

/** What an issue's `excuseIssue` does, for a step of a case. @throws Problem `step-not-found` */
export const excuseStep = (it: Case, stepId: string, excuse: { readonly noticeId: string; readonly deadlineVersion: number }, act: Act): CaseDecision => {
  const step = stepOf(it, stepId)
  const excused: Step = { ...step, excused: [...(step.excused ?? []), { ...excuse, at: act.now }] }
  const steps = it.steps.map(each => (each.stepId === stepId ? excused : each))
  return decided({ ...it, steps }, [{ event: 'step-excused', stepId, departmentId: step.departmentId, ...excuse }], act, [])
}
