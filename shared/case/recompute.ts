import type { Instant } from '../calendar/zone.ts'
import type { Reckoning } from '../issue/deadline.ts'
import { silenceUntil } from '../issue/decision.ts'
import { standingStill } from '../issue/pause.ts'
import { theSystem } from '../roster/actor.ts'
import type { Case, Step } from './case.ts'
import { decided, stepOf, withSteps, type CaseDecision } from './decision.ts'
import { clockAnew, nextActionAt, waitUnderWay } from './limits.ts'
import { isOpenStep } from './transition.ts'

/**
 * Reckons what a case still owes anew once a notice it rests on has been entered or changed; `undefined` where that moves
 * nothing, and settles nothing. The timeline is told of deadlines that move or are settled; of steps that wait, once they go on.
 */
export const recomputeCase = (it: Case, now: Instant, reckoning: Reckoning): CaseDecision | undefined => {
  const steps = it.steps.map(step => anew(step, it, now, reckoning))
  const moved = steps.flatMap(step => {
    const { stepId, clock } = step
    const before = stepOf(it, stepId).clock
    const isMoved = clock !== undefined && before !== undefined && (clock.by !== before.by || clock.provisional !== before.provisional) && step.status !== 'waiting'
    return isMoved ? [{ stepId, dueBy: clock.by }] : []
  })
  const isAsked = it.callBack?.isDue === false && it.handedOverAt !== undefined
  const changed: Case = { ...withSteps(it, steps, reckoning), ...(isAsked ? silenceUntil(it, it.handedOverAt ?? now, reckoning) : {}) }
  if (moved.length === 0 && nextActionAt(changed) === nextActionAt(it) && changed.awaitedYears.join() === it.awaitedYears.join() && !stepsMove(it, changed)) return undefined
  const versioned = changed.steps.map(step => (moved.some(({ stepId }) => stepId === step.stepId) ? { ...step, deadlineVersion: step.deadlineVersion + 1 } : step))
  return decided({ ...changed, steps: versioned }, moved.length === 0 ? [] : [{ event: 'deadlines-recomputed', steps: moved }], { by: theSystem, now }, [])
}

/** Whether the sweep comes to any step at another time than before. */
const stepsMove = (before: Case, after: Case): boolean => after.steps.some((step, at) => nextActionAt({ steps: [step] }) !== nextActionAt({ steps: before.steps.slice(at, at + 1) }))

const anew = (step: Step, { rules }: Case, now: Instant, reckoning: Reckoning): Step => {
  if (step.clock === undefined || !isOpenStep(step.status)) return step
  const { by, provisional, ...clock } = clockAnew({ ...step, clock: step.clock }, rules, now, reckoning)
  const wait = waitUnderWay(step)
  if (wait === undefined) return { ...step, clock: { ...clock, by, provisional } }
  // The ladder stands still, too, until the clock goes on.
  const waits = step.waits.map(each => (each === wait ? { ...each, ...endOf(standingStill({ rules }, wait.from, reckoning)) } : each))
  return { ...step, waits, clock: { ...step.clock, by, provisional } }
}

const endOf = ({ endsBy }: { readonly endsBy: Instant }) => ({ endsBy })
