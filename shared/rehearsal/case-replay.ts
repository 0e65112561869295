import type { Case, CaseEvent } from '../case/case.ts'
import { asOpened, handoverOf, stepOf, type CaseDecision } from '../case/decision.ts'
import { withdrawCase } from '../case/ending.ts'
import { advanceCase } from '../case/ladder.ts'
import { nextActionAt } from '../case/limits.ts'
import { confirmReceipt } from '../case/receipt.ts'
import { acknowledgeStep, finishStep, refuseStep, resumeStep, startStep, waitForEnterprise } from '../case/step-command.ts'
import type { Reckoning } from '../issue/deadline.ts'
import type { Act } from '../issue/decision.ts'
import type { ClockRules } from '../issue/issue.ts'
import { theSystem } from '../roster/actor.ts'
import { play, type Span } from './play.ts'
import { nobody } from './replay.ts'

/** A case's life once more, under other rules, as an issue is played: its steps and their limits stay those it was opened with. */

/** A case as it is kept, with its whole timeline. */
export interface LivedCase {
  readonly lived: Case
  readonly timeline: readonly CaseEvent[]
}

const nobodyAnywhere = { contact: undefined, staffOf: () => nobody }

/** What the sweep does to the case until then, in its order. */
export const replayCase = ({ lived, timeline: [first, ...later] }: LivedCase, given: Reckoning & Span & { readonly rules: ClockRules }): readonly CaseEvent[] => {
  if (first?.event !== 'opened') throw new Error(`${lived.caseId} does not begin with its opening`)
  return play<Case, CaseEvent>({ record: asOpened(lived, given.rules, first.at, given), at: first.at }, later, given, {
    dueAt: nextActionAt,
    sweep: (it, at) => {
      const decision = advanceCase(it, { of: () => nobody, contact: undefined }, at, given)
      return decision && { record: decision.changed, events: decision.events }
    },
    act: (it, event) => actAgain(it, event, given)?.changed,
  })
}

const actAgain = (it: Case, event: CaseEvent, reckoning: Reckoning): CaseDecision | undefined => {
  const act: Act = { by: event.by, now: event.at }
  switch (event.event) {
    case 'step-started':
      return startStep(it, event.stepId, act, reckoning)
    case 'step-waiting':
      return waitForEnterprise(atWork(it, event.stepId, act, reckoning), event.stepId, event, undefined, act, reckoning)
    case 'step-resumed':
      return event.by === theSystem ? undefined : resumeStep(it, event.stepId, undefined, act, reckoning)
    case 'step-finished':
      return finishStep(atWork(it, event.stepId, act, reckoning), event.stepId, event.words, nobodyAnywhere, act, reckoning)
    case 'step-refused':
      return refuseStep(atWork(it, event.stepId, act, reckoning), event.stepId, event.reason, undefined, nobodyAnywhere.staffOf, act, reckoning)
    case 'step-acknowledged':
      return acknowledgeStep(atWork(it, event.stepId, act, reckoning), event.stepId, act, reckoning)
    case 'handed-over': {
      const { stepId } = handoverOf(it)
      return finishStep(atWork(it, stepId, act, reckoning), stepId, event.words, nobodyAnywhere, act, reckoning)
    }
    case 'receipt':
    case 'called-back':
      // Under other rules nobody might have had to call it by then; what it said is the same, and counts the same.
      return confirmReceipt(it, event, nobody, act.now, reckoning)
    case 'withdrawn':
      return withdrawCase(it, event.reason, nobodyAnywhere, act)
    // What the sweep did it does by itself; what follows from another event is told beside it; the rest moves no clock.
    case 'opened':
    case 'step-warned':
    case 'step-escalated':
    case 'step-excused':
    case 'call-back-due':
    case 'completed':
    case 'returned':
    case 'informed':
    case 'reassigned':
    case 'deadlines-recomputed':
      return undefined
  }
}

/** Whoever works on a step waits no longer: where other rules would have let it wait on, it goes on with that. */
const atWork = (it: Case, stepId: string, act: Act, reckoning: Reckoning): Case =>
  stepOf(it, stepId).status === 'waiting' ? resumeStep(it, stepId, undefined, act, reckoning).changed : it
