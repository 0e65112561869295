import type { Month } from '../calendar/date.ts'
import { Problem } from '../contract/problem.ts'
import { isExcused } from '../issue/excuse.ts'
import type { Issue } from '../issue/issue.ts'
import type { Step } from '../case/case.ts'
import type { ExemptionReason } from '../policy/policy.ts'
import { askedExemption, decideExemption, type Exemption } from '../visit/exemption.ts'
import type { Caller } from '../roster/caller.ts'
import type { Quota } from '../visit/quota.ts'
import type { Effect, Notice } from './notice.ts'
import type { AppealOutcome } from './transition.ts'

/** What a granted appeal changes: what the notice rests on is reckoned anew, with before and after kept. */

/**
 * The reason for which a month is exempted, where an appeal against missed visits is granted.
 * @throws Problem `exemption-reason-mismatch` where it is missing, or given for anything else
 */
export const exemptionReasonFor = ({ grounds }: Pick<Notice, 'grounds'>, decision: AppealOutcome, reason: ExemptionReason | undefined): ExemptionReason | undefined => {
  const isWanted = decision === 'granted' && grounds.kind === 'missed-quota'
  if (isWanted !== (reason !== undefined)) throw new Problem('exemption-reason-mismatch')
  return reason
}

/**
 * The exemption of one month, of all the officer's enterprises: asked for by whoever appealed, approved by who decides on
 * that. It is one record however many enterprises there are, so that all of it is one transaction.
 */
export const exemptionByGrant = (
  { subject, departmentId, events }: Notice,
  month: Month,
  reason: ExemptionReason,
  { exemptionId, caller, remark, at }: { readonly exemptionId: string; readonly caller: Caller; readonly remark: string; readonly at: string },
): Exemption => {
  if (!('officerId' in subject)) throw new Error('a department owes no visits')
  const by = events.find(({ event }) => event === 'appealed')?.by ?? subject.officerId
  const asked = askedExemption({ month, reason }, { exemptionId, officer: { officerId: subject.officerId, departmentId }, by, at })
  return decideExemption(asked, { decision: 'approved', remark: Array.from(remark).slice(0, remarkAtMost).join('') }, caller, at)
}

/** An exemption keeps so many characters of a remark; all of it is with the notice. */
const remarkAtMost = 500

const quotaState = ({ required, counted, exempt }: Quota) => ({ owed: required, counted, exempt })

/** What exempting has changed of each month and pairing; both lists in the same order. */
export const exemptedEffect = (reason: ExemptionReason, exemptionIds: readonly string[], before: readonly Quota[], after: readonly Quota[]): Effect => ({
  kind: 'exempted',
  reason,
  exemptionIds: [...exemptionIds],
  lines: before.flatMap((quota, at) => {
    const changed = after[at]
    return changed === undefined ? [] : [{ month: quota.month, enterpriseId: quota.enterpriseId, before: quotaState(quota), after: quotaState(changed) }]
  }),
})

/** The same of a deadline that was missed: it stays missed, and counts against nobody. */
export const excusedEffect = (before: Pick<Issue | Step, 'level' | 'excused'>, after: Pick<Issue | Step, 'level' | 'excused'>, deadlineVersion: number): Effect => {
  const stateOf = ({ level, excused = [] }: Pick<Issue | Step, 'level' | 'excused'>) => ({ overdue: true, level, excused: isExcused({ excused }, deadlineVersion) })
  return { kind: 'excused', before: stateOf(before), after: stateOf(after) }
}
