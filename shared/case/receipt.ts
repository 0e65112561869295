import * as z from 'zod/mini'
import type { Instant } from '../calendar/zone.ts'
import { localDateOf } from '../calendar/zone.ts'
import { prose } from '../contract/field.ts'
import { Problem } from '../contract/problem.ts'
import { nextLevel } from '../issue/closing.ts'
import type { Reckoning } from '../issue/deadline.ts'
import type { Act } from '../issue/decision.ts'
import { raisedTo } from '../issue/ladder.ts'
import { planFor, planMail, type PlannedMail, type Staff } from '../mail/notice.ts'
import { theEnterprise } from '../roster/actor.ts'
import type { Case, Completion } from './case.ts'
import { decided, handoverOf, movedStep, withStep, type CaseDecision, type Told } from './decision.ts'
import { readied } from './limits.ts'
import { caseStatusAfter, type Receipt } from './transition.ts'

/** What the enterprise says of the result: whether it has it, in its own words. */
export const saidSchema = z.strictObject({ received: z.boolean(), words: z.optional(prose(1000)) })
export type Said = z.infer<typeof saidSchema>

const receiptOf = ({ received }: Said): Receipt => (received ? 'received' : 'not-received')

/**
 * The enterprise confirms that it has the result, which completes the case; or says that it has not, which takes it back to
 * the handing over.
 * @throws Problem `case-command-not-legal`
 */
export const confirmReceipt = (it: Case, said: Said, staff: Staff, now: Instant, reckoning: Reckoning): CaseDecision => {
  const status = caseStatusAfter(it, 'receipt', receiptOf(said))
  return byReceipt({ ...it, status }, { event: 'receipt', ...said }, 'receipt', staff, { by: theEnterprise, now }, reckoning)
}

/** What a supervisor was told when the enterprise was called back: by whom, and when. */
export interface CallBack extends Said {
  readonly asked: string
  readonly askedAt: Instant
}

/**
 * A supervisor records what the enterprise said when it was called back after its silence. It counts like a confirmation.
 * @throws Problem `case-command-not-legal`, `receipt-not-due`, `asked-before-handover`
 */
export const callBackOnCase = (it: Case, said: CallBack, staff: Staff, act: Act, reckoning: Reckoning): CaseDecision => {
  const status = caseStatusAfter(it, 'call-back', receiptOf(said))
  const { callBack, handedOverAt = 0 } = it
  if (callBack?.isDue !== true) throw new Problem('receipt-not-due', { date: localDateOf(callBack?.at ?? act.now, reckoning.timeZone) })
  if (said.askedAt > act.now || said.askedAt < handedOverAt) throw new Problem('asked-before-handover')
  return byReceipt({ ...it, status }, { event: 'called-back', ...said }, 'call-back', staff, act, reckoning)
}

const byReceipt = (after: Case, told: Told, how: Completion, staff: Staff, act: Act, reckoning: Reckoning): CaseDecision => {
  const { callBack: _over, ...it } = after
  return it.status === 'completed' ? completed(it, told, how, staff, act) : returned(it, told, staff, act, reckoning)
}

const completed = (it: Case, told: Told, completedBy: Completion, staff: Staff, act: Act): CaseDecision =>
  decided({ ...it, completedBy, endedAt: act.now, awaitedYears: [] }, [told, { event: 'completed', completedBy }], act, tellTheStaff(it, 'case-completed', ['directors', 'handlers'], staff))

/** The handing over runs anew, from the day the enterprise said so; and it goes up one level. */
const returned = (before: Case, told: Told, staff: Staff, act: Act, reckoning: Reckoning): CaseDecision => {
  const { handedOverAt: _not, ...it } = before
  const { actualWorkingDays: takenBefore = 0, ...step } = movedStep(handoverOf(it), 'reopen')
  const level = nextLevel(step.level)
  const again = readied({ ...step, ...raisedTo(level, step.level, act.now), takenBefore }, it.rules, act.now, reckoning, nextLevel(level))
  if (again.clock === undefined) throw new Error('the handing over has no clock')
  const changed = withStep({ ...it, returns: it.returns + 1 }, { ...again, clock: { ...again.clock, unsigned: level } }, reckoning)
  const event = { event: 'returned', departmentId: step.departmentId, level, deadlineVersion: again.deadlineVersion, dueBy: again.clock.by } as const
  const audiences = ['directors', 'handlers', 'supervisors', ...(level === 3 ? (['leading-group'] as const) : [])] as const
  return decided(changed, [told, event], act, tellTheStaff(it, 'case-returned', audiences, staff))
}

/** By the second event of the decision, told to who follows the case and to whoever else it concerns. */
const tellTheStaff = (it: Case, kind: 'case-completed' | 'case-returned', audiences: Parameters<typeof planFor>[1], staff: Staff): readonly PlannedMail[] => {
  const about = { kind, caseId: it.caseId, event: it.eventCount + 2 } as const
  const officer = `officer:${it.officerId}` as const
  return [planMail(about, officer, 'act'), ...planFor(about, audiences, staff, 'act', officer)]
}
