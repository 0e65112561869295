import * as z from 'zod/mini'
import { code, enterpriseId, fault, instant, line, officerCode, prose } from '../contract/field.ts'
import { clockRulesSchema, clockSchema, levels } from '../issue/issue.ts'
import { approvals, serviceModes, stepsAtMost } from './template.ts'
import { caseStatuses, stepStatuses } from './transition.ts'

const epoch = z.int()
const level = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)])

const ofExcuse = { noticeId: z.string(), deadlineVersion: z.int() }

/** A step of a case: what its template says of it, frozen, and how it stands. The last is always the handing over. */
const stepSchema = z.strictObject({
  stepId: code,
  title: line(100),
  departmentId: code,
  after: z.array(code),
  /** The law sets no limit for the handing over. */
  statutoryWorkingDays: z.optional(z.int()),
  promisedWorkingDays: z.int(),
  mode: z.enum(serviceModes),
  /** Who goes with the enterprise through this step, where that is not who follows the case. */
  officerId: z.optional(officerCode),
  /** Who went along with it, of a finished step whose officer has been relieved of the case since. */
  wentAlong: z.optional(officerCode),
  status: z.enum(stepStatuses),
  /** From when it is ready; of a step that is blocked, or fell away before it was ready, there is none. */
  clock: z.optional(clockSchema),
  /** The times in which it waited for the enterprise, each with the event that says what for; `until` is missing while it does. */
  waits: z.array(z.strictObject({ from: epoch, endsBy: epoch, event: z.int(), until: z.optional(epoch) })),
  /** Of a finished step, as they were reckoned then: a notice that comes later changes nothing of it. */
  actualWorkingDays: z.optional(z.int()),
  /** Of the handing over: what it took before the enterprise said that it has nothing. */
  takenBefore: z.optional(z.int()),
  /** Grows when its deadline moves; what was planned for an older version is void. */
  deadlineVersion: z.int(),
  /** Highest level reached on it, and when; never falls. */
  level,
  raisedAt: z.optional(epoch),
  /** Misses that are left out of figures and assessments, because an appeal against the notice of them was granted. */
  excused: z.optional(z.array(z.strictObject({ ...ofExcuse, at: epoch }))),
})
export type Step = z.infer<typeof stepSchema>

/** What can complete a case. */
export const completions = ['receipt', 'call-back'] as const
export type Completion = (typeof completions)[number]

/** A case as it is kept: 绿色通道事项. What has been said about it is in the timeline. */
export const caseSchema = z.strictObject({
  caseId: z.string(),
  /** Grows by one with every change; the ETag. */
  version: z.int(),
  status: z.enum(caseStatuses),
  title: line(100),
  templateId: code,
  subcategory: z.enum(approvals),
  enterpriseId,
  /** Who follows it, and goes with the enterprise. */
  officerId: officerCode,
  openedAt: epoch,
  steps: z.array(stepSchema),
  /** When the department last said that the enterprise has the result; nothing once it has said that it has not. */
  handedOverAt: z.optional(epoch),
  /** While that is not confirmed: when a supervisor has to ask, and whether that has come. */
  callBack: z.optional(z.strictObject({ at: epoch, isDue: z.boolean(), provisional: z.boolean() })),
  /** How often the enterprise has said that it has nothing. */
  returns: z.int(),
  completedBy: z.optional(z.enum(completions)),
  endedAt: z.optional(epoch),
  rules: clockRulesSchema,
  /** Years whose unpublished notice a deadline rests on. */
  awaitedYears: z.array(z.int()),
  /** Events in the timeline so far. */
  eventCount: z.int(),
})
export type Case = z.infer<typeof caseSchema>

const ofStep = { stepId: code, departmentId: code }
const words = z.optional(prose(1000))

/** What each event says beside when and by whom, with instants as given: as kept, or as shown. */
const eventsWith = <I extends z.ZodMiniType>(when: I) => {
  const event = <T extends string, S extends z.core.$ZodShape>(name: T, shape: S) => z.strictObject({ at: when, by: z.string(), event: z.literal(name), ...shape })
  return z.discriminatedUnion('event', [
    event('opened', { title: z.string(), remark: z.optional(prose(2000)), ready: z.array(code) }),
    event('step-started', ofStep),
    event('step-waiting', { ...ofStep, reason: prose(500), needed: prose(1000), endsBy: when }),
    event('step-resumed', { ...ofStep, deadlineVersion: z.int(), dueBy: when }),
    /** `ready`: the steps that can begin now. */
    event('step-finished', { ...ofStep, words, workingDays: z.int(), ready: z.array(code) }),
    event('step-refused', { ...ofStep, reason: prose(500) }),
    event('step-acknowledged', { ...ofStep, level: z.literal(levels) }),
    event('step-warned', { ...ofStep, dueBy: when }),
    event('step-escalated', { ...ofStep, level: z.literal(levels), dueBy: when }),
    event('step-excused', { ...ofStep, ...ofExcuse }),
    /** 送达: in the department's words, how. */
    event('handed-over', { departmentId: code, words: prose(1000), workingDays: z.int() }),
    event('receipt', { received: z.boolean(), words }),
    event('call-back-due', {}),
    event('called-back', { received: z.boolean(), words, asked: line(50), askedAt: when }),
    event('completed', { completedBy: z.enum(completions) }),
    event('returned', { departmentId: code, level: z.literal(levels), deadlineVersion: z.int(), dueBy: when }),
    event('informed', { words: prose(2000) }),
    /** `follows`: whether it is the case that was passed on, too; `steps`: those that are still to be gone along with. */
    event('reassigned', { from: officerCode, officerId: officerCode, follows: z.boolean(), steps: z.array(code), reason: prose(500) }),
    event('withdrawn', { reason: prose(500) }),
    event('deadlines-recomputed', { steps: z.array(z.strictObject({ stepId: code, dueBy: when })) }),
  ])
}

/** One entry of a case's append-only timeline. */
export const caseEventSchema = eventsWith(epoch)
export type CaseEvent = z.infer<typeof caseEventSchema>

/** The same as the API shows it. */
export const caseEventViewSchema = eventsWith(instant)
export type CaseEventView = z.infer<typeof caseEventViewSchema>

/**
 * So many officers beside the one who follows the case go along with single steps at most. Opening a case is one transaction of
 * a hundred items: the case, its event, the counter, the request's record, two marks of years whose notices it waits for, and
 * its places in the lists of 21 departments and these officers are 31. What is left is room for three mails about each of
 * twenty steps: for 120 people in each of twenty departments.
 */
const otherOfficersAtMost = 5

export const newCaseSchema = z.strictObject({
  templateId: code,
  enterpriseId,
  title: line(100),
  remark: z.optional(prose(2000)),
  /** Only for a supervisor who opens it on an officer's behalf. */
  officerId: z.optional(officerCode),
  /** What is otherwise than the template and the case have it. */
  steps: z.optional(
    z.array(z.strictObject({ stepId: code, mode: z.optional(z.enum(serviceModes)), officerId: z.optional(officerCode) })).check(
      z.maxLength(stepsAtMost + 1),
      z.superRefine((steps, ctx) => {
        const ids = steps.map(({ stepId }) => stepId)
        for (const [at, id] of ids.entries()) if (ids.indexOf(id) < at) ctx.addIssue({ code: 'custom', path: [at, 'stepId'], ...fault('duplicate-value') })
        if (new Set(steps.flatMap(({ officerId }) => officerId ?? [])).size > otherOfficersAtMost) ctx.addIssue({ code: 'custom', ...fault('too-many', { limit: otherOfficersAtMost }) })
      }),
    ),
  ),
})
export type NewCase = z.infer<typeof newCaseSchema>

/** A step as the API shows it. */
const stepViewSchema = z.strictObject({
  stepId: z.string(),
  title: z.string(),
  departmentId: z.string(),
  after: z.array(z.string()),
  mode: z.enum(serviceModes),
  officerId: z.string(),
  status: z.enum(stepStatuses),
  statutoryWorkingDays: z.optional(z.int()),
  promisedWorkingDays: z.int(),
  /** Working days it took, without those it waited for the enterprise; of one that is not finished, so far. */
  actualWorkingDays: z.optional(z.int()),
  /** Of a finished step: how many fewer than the law allows. */
  savedWorkingDays: z.optional(z.int()),
  readyAt: z.optional(instant),
  dueBy: z.optional(instant),
  finishedAt: z.optional(instant),
  /** While it waits: since when, and when its clock goes on by itself. */
  waiting: z.optional(z.strictObject({ since: instant, endsBy: instant })),
  provisional: z.boolean(),
  overdue: z.boolean(),
  level: z.int(),
  excused: z.array(z.strictObject({ ...ofExcuse, at: instant })),
  awaitsAcknowledgement: z.boolean(),
  deadlineVersion: z.int(),
})

/** A case as the API shows it. */
export const caseViewSchema = z.strictObject({
  caseId: z.string(),
  status: z.enum(caseStatuses),
  title: z.string(),
  templateId: z.string(),
  subcategory: z.string(),
  enterpriseId: z.string(),
  officerId: z.string(),
  openedAt: instant,
  steps: z.array(stepViewSchema),
  /** The steps that departments are at work on, or that wait for the enterprise. */
  current: z.array(z.string()),
  handedOverAt: z.optional(instant),
  callBackAt: z.optional(instant),
  callBackDue: z.boolean(),
  returns: z.int(),
  completedBy: z.optional(z.enum(completions)),
  endedAt: z.optional(instant),
  provisional: z.boolean(),
  overdue: z.boolean(),
  level: z.int(),
  policyVersion: z.int(),
  nextActionAt: z.optional(instant),
  version: z.int(),
})
export type CaseView = z.infer<typeof caseViewSchema>
