import * as z from 'zod/mini'
import { formatDate, formatDateTime } from '../calendar/wording.ts'
import { localDateOf, type Instant } from '../calendar/zone.ts'
import { code, prose } from '../contract/field.ts'
import { Problem, type Wording } from '../contract/problem.ts'
import type { Reckoning } from '../issue/deadline.ts'
import { planFor, planMail, type PlannedMail, type Staff } from '../mail/notice.ts'
import { appealWindowOf, type AppealWindow } from '../notice/notice.ts'
import type { Policy } from '../policy/policy.ts'
import type { Caller } from '../roster/caller.ts'
import { componentNames, type Component } from './component.ts'
import { lastDayOf, periodWords, settledOn, type AssessmentPeriod } from './period.ts'
import { assessmentRulesSchema } from './rules.ts'
import { isNear, speaksFor, subjectSchema } from '../roster/subject.ts'
import { assess, isCountedFor, sheetSchema, type Adjustment, type SheetInputs } from './sheet.ts'
import { assessmentStatusAfter, assessmentStatuses, type AssessmentCommand, type AssessmentStatus } from './transition.ts'

/** 年中、年度考核: one assessment of a period, and the sheets it has, one for each officer and each department. */

const epoch = z.int()

/**
 * What a schedule does with the sheets, department by department: draws them up, tells whom they concern that they are open,
 * seals them once they are final, or counts them anew.
 */
export const assessmentTasks = ['draw-up', 'tell', 'seal', 'recount'] as const
export type AssessmentTask = (typeof assessmentTasks)[number]

/** `after`: the last department that is done; `seal`: the hash over all sheets so far. */
const workSchema = z.strictObject({ task: z.enum(assessmentTasks), after: z.optional(code), seal: z.optional(z.string()) })

/** A component of a sheet for which the records now say something else than was frozen. */
const differenceSchema = z.strictObject({ subject: subjectSchema, component: z.enum(componentNames), frozen: z.array(z.int()), now: z.array(z.int()) })
export type SheetDifference = z.infer<typeof differenceSchema>

/**
 * What a recount has found. As many failures, differences and omissions as one item holds are named; all are counted.
 * @param when how an instant is written
 */
export const recountWith = <I extends z.ZodMiniType>(when: I) => z.strictObject({
  at: when,
  by: z.string(),
  sheets: z.int(),
  /** Sheets that their frozen inputs did not give again, or whose hash was another; those that cannot be read, or, unnamed, are gone. */
  failed: z.int(),
  failures: z.array(subjectSchema),
  /** Whether the hash over all of them is the one that was sealed; known at the end. */
  sealed: z.optional(z.boolean()),
  /** Whether the records of today are compared with what was frozen; of a period that lies too far back they are not looked at. */
  compared: z.boolean(),
  /** Where the records say something else today. That is no fault: records go on. */
  differing: z.int(),
  differences: z.array(differenceSchema),
  /** Missing from the assessment: who has records of the period today, and no sheet. No fault either. */
  omitted: z.int(),
  omissions: z.array(subjectSchema),
})
const recountSchema = recountWith(epoch)
export type AssessmentRecount = z.infer<typeof recountSchema>

/** So many are named. */
export const namedAtMost = 100

export const assessmentSchema = z.strictObject({
  period: z.string(),
  /** Grows by one with every change; the ETag. */
  version: z.int(),
  status: z.enum(assessmentStatuses),
  /** How often it has been drawn up; sheets of an earlier time are void. */
  drawing: z.int(),
  drawnAt: epoch,
  drawnBy: z.string(),
  policyVersion: z.int(),
  rules: z.strictObject({ officer: assessmentRulesSchema, department: assessmentRulesSchema }),
  officers: z.int(),
  departments: z.int(),
  appeals: z.int(),
  /** Of those, how many wait for a decision. */
  appealsOpen: z.int(),
  openedAt: z.optional(epoch),
  openedBy: z.optional(z.string()),
  /** From the opening on: until closing time so many working days later. */
  appeal: z.optional(z.strictObject({ workingDays: z.int(), closesAt: z.string() })),
  finalizedAt: z.optional(epoch),
  finalizedBy: z.optional(z.string()),
  /** Over all sheets in order, once it is final and sealed. */
  hash: z.optional(z.string()),
  /** While a schedule is at work on its sheets. */
  work: z.optional(workSchema),
  recount: z.optional(recountSchema),
})
export type Assessment = z.infer<typeof assessmentSchema>

const appealReason = prose(1000)
export const assessmentAppealFields = { component: z.enum(componentNames), reason: appealReason, remark: appealReason }

export const sheetAppealOutcomes = ['granted', 'refused'] as const
export type SheetAppealOutcome = (typeof sheetAppealOutcomes)[number]

/** What has been said against a component, and what became of that. */
export const sheetAppealWith = <I extends z.ZodMiniType>(when: I) =>
  z.strictObject({
    component: assessmentAppealFields.component,
    reason: z.string(),
    by: z.string(),
    at: when,
    decision: z.optional(
      z.strictObject({
        outcome: z.enum(sheetAppealOutcomes),
        remark: z.string(),
        by: z.string(),
        at: when,
        /** Granted: the record that does not count for the component any more, and the sheet before. What it is now, the sheet itself says. */
        recordId: z.optional(z.string()),
        before: z.optional(sheetSchema),
        after: z.optional(sheetSchema),
      }),
    ),
  })
const sheetAppealSchema = sheetAppealWith(epoch)
export type SheetAppeal = z.infer<typeof sheetAppealSchema>

/** A sheet as it is kept; its inputs lie beside it, and are never changed. */
export const keptSheetSchema = z.strictObject({
  period: z.string(),
  /** Grows by one with every change; the ETag. */
  version: z.int(),
  drawing: z.int(),
  subject: subjectSchema,
  /** The department itself, or that of the officer on the last day of the period. */
  departmentId: code,
  sheet: sheetSchema,
  /** Of the inputs, the appeals with what was decided on them, the department, and the sheet. */
  hash: z.string(),
  /** Items that the inputs take. */
  parts: z.int(),
  appeals: z.array(sheetAppealSchema),
})
export type KeptSheet = z.infer<typeof keptSheetSchema>

/** An item holds 400 KB; an appeal with what is decided on it takes up to 8. */
export const appealsAtMost = 20

/** Who acts, when, and by which calendar. */
export interface AssessmentAct {
  readonly caller: Pick<Caller, 'officerId' | 'departmentId' | 'roles'>
  readonly now: Instant
  readonly reckoning: Reckoning
}

const dateWords = (date: string): Wording => ({ zh: formatDate('zh-CN', date, { year: true }), en: formatDate('en', date, { year: true }) })
const momentWords = (at: Instant, { timeZone }: Reckoning): Wording => ({ zh: formatDateTime('zh-CN', at, timeZone), en: formatDateTime('en', at, timeZone) })

/** The status a command leads to. @throws Problem `assessment-command-not-legal`, `assessment-at-work` while a schedule is at work on its sheets */
const statusBy = ({ status, work }: Pick<Assessment, 'status' | 'work'>, command: AssessmentCommand): AssessmentStatus => {
  const next = assessmentStatusAfter(status, command)
  if (work !== undefined && work.task !== 'tell') throw new Problem('assessment-at-work')
  return next
}

/**
 * Draws up the draft of a period, or draws it up anew: from then on a schedule is at work on its sheets.
 * @throws Problem `assessment-not-settled` before its figures are settled, `assessment-command-not-legal` once it is open
 */
export const drawUpAssessment = (period: AssessmentPeriod, before: Assessment | undefined, { policy, policyVersion }: { readonly policy: Policy; readonly policyVersion: number }, { caller, now, reckoning }: AssessmentAct): Assessment => {
  // Whoever is not satisfied with what is being drawn up need not wait for its end.
  if (before !== undefined) assessmentStatusAfter(before.status, 'draw-up')
  const settled = settledOn(period, reckoning.calendar, policy.quota)
  if (localDateOf(now, reckoning.timeZone) < settled) throw new Problem('assessment-not-settled', { period: periodWords(period), last: dateWords(lastDayOf(period)), from: dateWords(settled) })
  const { officer, department } = policy.assessment
  return {
    period,
    version: (before?.version ?? 0) + 1,
    status: 'draft',
    drawing: (before?.drawing ?? 0) + 1,
    drawnAt: now,
    drawnBy: caller.officerId,
    policyVersion,
    rules: { officer, department },
    officers: 0,
    departments: 0,
    appeals: 0,
    appealsOpen: 0,
    work: { task: 'draw-up' },
  }
}

/** Opens a draft for appeals; a schedule tells whom its sheets concern. @throws Problem `assessment-command-not-legal`, `assessment-at-work` */
export const openAssessment = (assessment: Assessment, policy: Policy, { caller, now }: AssessmentAct): Assessment => ({
  ...assessment,
  version: assessment.version + 1,
  status: statusBy(assessment, 'open'),
  openedAt: now,
  openedBy: caller.officerId,
  appeal: { workingDays: policy.assessment.appealWorkingDays, closesAt: policy.workingHours.to },
  work: { task: 'tell' },
})

/** Until when somebody can appeal, by the calendar in force now; nothing of a draft. */
export const appealsUntil = ({ appeal, openedAt }: Pick<Assessment, 'appeal' | 'openedAt'>, reckoning: Reckoning): AppealWindow | undefined =>
  openedAt === undefined ? undefined : appealWindowOf({ appeal, draftedAt: openedAt }, reckoning)

/**
 * Makes it final: nothing of its sheets changes any more, and a schedule seals them.
 * @throws Problem `assessment-command-not-legal`, `assessment-at-work`, `assessment-appeals-open` while there is time to appeal, `assessment-appeals-undecided` while one waits
 */
export const finalizeAssessment = (assessment: Assessment, { caller, now, reckoning }: AssessmentAct): Assessment => {
  const status = statusBy(assessment, 'finalize')
  if (assessment.work !== undefined) throw new Problem('assessment-at-work')
  const window = appealsUntil(assessment, reckoning)
  if (window !== undefined && now <= window.until) throw new Problem('assessment-appeals-open', { until: momentWords(window.until, reckoning), open: assessment.appealsOpen })
  if (assessment.appealsOpen > 0) throw new Problem('assessment-appeals-undecided', { open: assessment.appealsOpen })
  return { ...assessment, version: assessment.version + 1, status, finalizedAt: now, finalizedBy: caller.officerId, work: { task: 'seal' } }
}

/**
 * Has a schedule reckon every sheet anew from what was frozen.
 * @param isCountable whether its records can still be counted, and are compared with that
 * @throws Problem `assessment-command-not-legal`, `assessment-at-work`
 */
export const recountAssessment = (assessment: Assessment, isCountable: boolean, { caller, now }: AssessmentAct): Assessment => ({
  ...assessment,
  version: assessment.version + 1,
  status: statusBy(assessment, 'recount'),
  work: { task: 'recount' },
  recount: { at: now, by: caller.officerId, sheets: 0, failed: 0, failures: [], compared: isCountable, differing: 0, differences: [], omitted: 0, omissions: [] },
})

/** What appeals have left out of a sheet. */
export const adjustmentsOf = ({ appeals }: Pick<KeptSheet, 'appeals'>): readonly Adjustment[] =>
  appeals.flatMap(({ component, decision }) => (decision?.recordId === undefined ? [] : [{ component, recordId: decision.recordId }]))

/** What a hash is taken of: what the sheet was reckoned from, what came of it, what was said against it and decided by whom, and whose department ranks it. */
export const sealedContent = (inputs: SheetInputs, { departmentId, appeals, sheet }: Pick<KeptSheet, 'departmentId' | 'appeals' | 'sheet'>) => ({ inputs, departmentId, appeals, sheet })

/** An appeal or a decision on one: the sheet, the assessment that counts them, and the mails that follow. */
export interface SheetDecision {
  readonly assessment: Assessment
  readonly sheet: KeptSheet
  readonly mails: readonly PlannedMail[]
}

/**
 * Appeals 申诉 against one component of a sheet: for whom it is of, while there is time, one at a time; against a component
 * again where the last appeal was granted, for that leaves out one record. Told to the supervisors who can decide.
 * @throws Problem `out-of-reach`, `assessment-command-not-legal`, `appeal-closed`, `appealed-before`, `appeal-waits`, `appeals-exhausted`
 */
export const appealAgainstSheet = (
  assessment: Assessment,
  sheet: KeptSheet,
  { component, reason }: { readonly component: Component; readonly reason: string },
  { caller, now, reckoning }: AssessmentAct,
  office: Staff,
): SheetDecision => {
  if (!speaksFor(sheet, caller)) throw new Problem('out-of-reach')
  statusBy(assessment, 'appeal')
  const window = appealsUntil(assessment, reckoning)
  if (window !== undefined && now > window.until) throw new Problem('appeal-closed', { until: momentWords(window.until, reckoning) })
  if (sheet.appeals.some(({ decision }) => decision === undefined)) throw new Problem('appeal-waits')
  if (sheet.appeals.some(each => each.component === component && each.decision?.outcome === 'refused')) throw new Problem('appealed-before')
  if (sheet.appeals.length >= appealsAtMost) throw new Problem('appeals-exhausted', { most: appealsAtMost })
  return {
    assessment: { ...assessment, version: assessment.version + 1, appeals: assessment.appeals + 1, appealsOpen: assessment.appealsOpen + 1 },
    sheet: { ...sheet, version: sheet.version + 1, appeals: [...sheet.appeals, { component, reason, by: caller.officerId, at: now }] },
    mails: planFor({ kind: 'assessment-appealed', period: sheet.period, subject: sheet.subject, appeal: sheet.appeals.length + 1 }, ['supervisors'], office, 'act'),
  }
}

/** What is decided on an appeal; granted, it names the record that is left out. */
export interface SheetAppealDecision {
  readonly outcome: SheetAppealOutcome
  readonly remark: string
  readonly recordId?: string | undefined
}

/**
 * Decides on the appeal that waits: nobody does whom the sheet is of, who directs the officer's department, or who has appealed. Granted, the record that it names
 * counts no more for the component, and the sheet is reckoned anew, with before and after kept.
 * @throws Problem `own-assessment`, `assessment-command-not-legal`, `no-appeal-waits`, `appeal-record-mismatch`
 */
export const decideOnSheet = (
  assessment: Assessment,
  sheet: KeptSheet,
  inputs: SheetInputs,
  { outcome, remark, recordId }: SheetAppealDecision,
  { caller, now }: AssessmentAct,
  staff: Staff,
): SheetDecision => {
  statusBy(assessment, 'decide')
  const waiting = sheet.appeals.find(({ decision }) => decision === undefined)
  if (isNear(sheet, caller) || waiting?.by === caller.officerId) throw new Problem('own-assessment')
  if (waiting === undefined) throw new Problem('no-appeal-waits')
  const { component } = waiting
  const named = inputs.records.find(({ id }) => id === recordId)
  const isRight = outcome === 'refused' ? recordId === undefined : named !== undefined && isCountedFor(named, component, adjustmentsOf(sheet))
  if (!isRight) throw new Problem('appeal-record-mismatch')
  const after = named === undefined ? undefined : assess(inputs, [...adjustmentsOf(sheet), { component, recordId: named.id }])
  const decision = { outcome, remark, by: caller.officerId, at: now, ...(named === undefined || after === undefined ? {} : { recordId: named.id, before: sheet.sheet, after }) }
  return {
    assessment: { ...assessment, version: assessment.version + 1, appealsOpen: assessment.appealsOpen - 1 },
    sheet: { ...sheet, version: sheet.version + 1, sheet: after ?? sheet.sheet, appeals: sheet.appeals.map(each => (each === waiting ? { ...each, decision } : each)) },
    mails: tellOfSheet('assessment-decided', sheet, staff, sheet.appeals.indexOf(waiting) + 1),
  }
}

/** Told to whom a sheet is of: the officer, or the directors of the department. */
const tellOfSheet = (kind: 'assessment-decided', { period, subject }: Pick<KeptSheet, 'period' | 'subject'>, staff: Staff, appeal: number): readonly PlannedMail[] => {
  const about = { kind, period, subject, appeal } as const
  return 'officerId' in subject ? [planMail(about, `officer:${subject.officerId}`, 'act')] : planFor(about, ['directors'], staff, 'act')
}
