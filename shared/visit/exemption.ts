import * as z from 'zod/mini'
import { code, enterpriseId, instant, month, officerCode, prose } from '../contract/field.ts'
import { Problem, type Wording } from '../contract/problem.ts'
import { addMonths, monthOf, type LocalDate } from '../calendar/date.ts'
import { exemptionReasons } from '../policy/policy.ts'
import { planFor, type PlannedMail, type Staff } from '../mail/notice.ts'
import type { Caller, Stakes } from '../roster/caller.ts'
import type { Officer } from '../roster/roster.ts'
import { emptyQuota, everyEnterprise, type QuotaRecord } from './quota.ts'

export const exemptionStatuses = ['requested', 'approved', 'refused'] as const

const exemptionStatusWords: Readonly<Record<(typeof exemptionStatuses)[number], Wording>> = {
  requested: { zh: '待审批', en: 'waiting for a decision' },
  approved: { zh: '已同意', en: 'approved' },
  refused: { zh: '未同意', en: 'refused' },
}

/** 容错: a request that a month's quota should not count, for one enterprise or for all of the officer's. */
export const exemptionSchema = z.strictObject({
  exemptionId: z.string(),
  officerId: officerCode,
  /** The officer's department when it was asked for: its director decides. */
  departmentId: code,
  enterpriseId: z.optional(enterpriseId),
  month,
  reason: z.enum(exemptionReasons),
  remark: z.optional(prose(500)),
  status: z.enum(exemptionStatuses),
  requestedAt: instant,
  requestedBy: z.string(),
  decidedAt: z.optional(instant),
  decidedBy: z.optional(z.string()),
  decisionRemark: z.optional(prose(500)),
})
export type Exemption = z.infer<typeof exemptionSchema>

export const decisionSchema = z.strictObject({ decision: z.enum(['approved', 'refused']), remark: z.optional(prose(500)) })
export type Decision = z.infer<typeof decisionSchema>

/** Exemptions can be asked for the last month (an illness is often known afterwards), this one and the two to come. */
export const demandOpenMonth = (asked: string, today: LocalDate): void => {
  const from = addMonths(monthOf(today), -1)
  const until = addMonths(monthOf(today), 2)
  if (asked < from || asked > until) throw new Problem('month-not-open', { from, until })
}

/** What an exemption is asked for: a month, of one enterprise or of all. */
export type ExemptionScope = Pick<Exemption, 'officerId' | 'month'> & { readonly enterpriseId?: string | undefined }

/**
 * How often the same was asked for before. Who was refused may ask again; a request that waits or was granted stands.
 * @throws Problem `exemption-exists`
 */
export const timesRefused = ({ month, enterpriseId }: ExemptionScope, earlier: readonly Exemption[]): number => {
  const ofMonth = earlier.filter(exemption => exemption.month === month)
  const same = ofMonth.filter(exemption => exemption.enterpriseId === enterpriseId)
  // What was asked for all enterprises covers each of them.
  const standing = ofMonth.find(exemption => exemption.status !== 'refused' && (exemption.enterpriseId === undefined || exemption.enterpriseId === enterpriseId))
  if (standing !== undefined) throw new Problem('exemption-exists', { id: standing.exemptionId, status: exemptionStatusWords[standing.status] })
  return same.length
}

export const exemptionStakes = (exemption: Pick<Exemption, 'officerId' | 'departmentId'>): Stakes => ({ officers: [exemption.officerId], departments: [exemption.departmentId] })

/** What somebody asks for, as entered. */
export type ExemptionAsked = Pick<Exemption, 'month' | 'reason' | 'enterpriseId' | 'remark'>

/** Of whom it is asked, by whom and when. */
interface Asking {
  readonly exemptionId: string
  readonly officer: Pick<Officer, 'officerId' | 'departmentId'>
  readonly by: string
  readonly at: string
}

/** A new request, before anybody decides on it. */
export const askedExemption = ({ month, reason, enterpriseId, remark }: ExemptionAsked, { exemptionId, officer, by, at }: Asking): Exemption => ({
  exemptionId,
  officerId: officer.officerId,
  departmentId: officer.departmentId,
  month,
  reason,
  ...(enterpriseId === undefined ? {} : { enterpriseId }),
  ...(remark === undefined ? {} : { remark }),
  status: 'requested',
  requestedAt: at,
  requestedBy: by,
})

/** A new request, and the mails to those who can decide it: the directors, but neither the officer nor who entered it. */
export const requestExemption = (asked: ExemptionAsked, given: Asking & { readonly staff: Staff }): { readonly exemption: Exemption; readonly mails: readonly PlannedMail[] } => {
  const { exemptionId, officer, by, staff } = given
  const exemption = askedExemption(asked, given)
  // A director who asks is judged by the campaign office.
  const directors = staff.directors.filter(id => id !== officer.officerId && id !== by)
  return { exemption, mails: planFor({ kind: 'exemption-requested', exemptionId }, ['directors'], { ...staff, directors }, 'act') }
}

/** The month's record of what is exempt: that of the one enterprise, or of all. `before`: as it stands, if there is one. */
export const exempted = (before: QuotaRecord | undefined, { officerId, enterpriseId = everyEnterprise, month, reason }: Exemption): QuotaRecord => ({
  ...(before ?? emptyQuota(officerId, enterpriseId, month)),
  exempt: reason,
})

/**
 * Decides a request. Nobody decides on a request of their own or one they entered.
 * @throws Problem `own-request`, `already-decided`
 */
export const decideExemption = (exemption: Exemption, decision: Decision, caller: Caller, at: string): Exemption => {
  if (caller.officerId === exemption.officerId || caller.officerId === exemption.requestedBy) throw new Problem('own-request')
  if (exemption.status !== 'requested') throw new Problem('already-decided', { decision: exemptionStatusWords[exemption.status] })
  return {
    ...exemption,
    status: decision.decision,
    decidedAt: at,
    decidedBy: caller.officerId,
    ...(decision.remark === undefined ? {} : { decisionRemark: decision.remark }),
  }
}
