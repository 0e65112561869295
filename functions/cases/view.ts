import { toRfc3339 } from '../../shared/calendar/zone.ts'
import type { Case, CaseEvent, CaseEventView, CaseView, Step } from '../../shared/case/case.ts'
import { officerOf } from '../../shared/case/decision.ts'
import { isOverdue, isProvisional, isStepOverdue, isStepProvisional, levelOf, nextActionAt, waitUnderWay, takenInAll } from '../../shared/case/limits.ts'
import { isOpenStep, isRunning } from '../../shared/case/transition.ts'
import type { Reckoning } from '../../shared/issue/deadline.ts'

/** A case as the API shows it, instants in the deployment's zone. */
export const caseView = (it: Case, now: number, reckoning: Reckoning): CaseView => {
  const at = (instant: number): string => toRfc3339(instant, reckoning.timeZone)
  const maybe = <K extends string>(name: K, instant: number | undefined) => (instant === undefined ? {} : ({ [name]: at(instant) } as Record<K, string>))
  return {
    caseId: it.caseId,
    status: it.status,
    title: it.title,
    templateId: it.templateId,
    subcategory: it.subcategory,
    enterpriseId: it.enterpriseId,
    officerId: it.officerId,
    openedAt: at(it.openedAt),
    steps: it.steps.map(step => stepView(step, it, now, reckoning)),
    current: it.steps.filter(({ status }) => isOpenStep(status)).map(({ stepId }) => stepId),
    ...maybe('handedOverAt', it.handedOverAt),
    ...maybe('callBackAt', it.callBack?.at),
    callBackDue: it.callBack?.isDue === true,
    returns: it.returns,
    ...(it.completedBy === undefined ? {} : { completedBy: it.completedBy }),
    ...maybe('endedAt', it.endedAt),
    provisional: isProvisional(it),
    overdue: isOverdue(it, now),
    level: levelOf(it),
    policyVersion: it.rules.policyVersion,
    ...maybe('nextActionAt', nextActionAt(it)),
    version: it.version,
  }
}

const stepView = (step: Step, it: Case, now: number, reckoning: Reckoning): CaseView['steps'][number] => {
  const at = (instant: number): string => toRfc3339(instant, reckoning.timeZone)
  const { clock, statutoryWorkingDays } = step
  const wait = waitUnderWay(step)
  const taken = takenInAll(step, it.rules, now, reckoning)
  return {
    stepId: step.stepId,
    title: step.title,
    departmentId: step.departmentId,
    after: step.after,
    mode: step.mode,
    officerId: officerOf(it, step),
    status: step.status,
    ...(statutoryWorkingDays === undefined ? {} : { statutoryWorkingDays }),
    promisedWorkingDays: step.promisedWorkingDays,
    ...(taken === undefined ? {} : { actualWorkingDays: taken }),
    ...(statutoryWorkingDays === undefined || step.actualWorkingDays === undefined ? {} : { savedWorkingDays: statutoryWorkingDays - step.actualWorkingDays }),
    ...(clock === undefined ? {} : { readyAt: at(clock.from), dueBy: at(clock.by) }),
    ...(step.status === 'finished' && clock?.doneAt !== undefined ? { finishedAt: at(clock.doneAt) } : {}),
    ...(wait === undefined ? {} : { waiting: { since: at(wait.from), endsBy: at(wait.endsBy) } }),
    provisional: isStepProvisional(step),
    overdue: isStepOverdue(step, now),
    level: step.level,
    excused: (step.excused ?? []).map(excuse => ({ ...excuse, at: at(excuse.at) })),
    awaitsAcknowledgement: isRunning(step.status) && clock?.unsigned !== undefined,
    deadlineVersion: step.deadlineVersion,
  }
}

/** A timeline's event as the API shows it. */
export const caseEventView = (event: CaseEvent, timeZone: string): CaseEventView => {
  const at = (instant: number): string => toRfc3339(instant, timeZone)
  switch (event.event) {
    case 'step-resumed':
    case 'step-warned':
    case 'step-escalated':
    case 'returned':
      return { ...event, at: at(event.at), dueBy: at(event.dueBy) }
    case 'step-waiting':
      return { ...event, at: at(event.at), endsBy: at(event.endsBy) }
    case 'called-back':
      return { ...event, at: at(event.at), askedAt: at(event.askedAt) }
    case 'deadlines-recomputed':
      return { ...event, at: at(event.at), steps: event.steps.map(({ stepId, dueBy }) => ({ stepId, dueBy: at(dueBy) })) }
    default:
      return { ...event, at: at(event.at) }
  }
}
