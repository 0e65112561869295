import * as z from 'zod/mini'
import { code, enterpriseId, instant, line, localDate, officerCode, opaque, prose } from '../contract/field.ts'
import { walkStepSchema } from '../calendar/working-day.ts'
import { categoryNames, subcategoryNames, tiers } from './category.ts'
import { ratingSchema } from './rating.ts'
import { statuses } from './transition.ts'

/** The three deadlines that run on an issue from its dispatch. */
export const clockNames = ['accept', 'reply', 'resolve'] as const
export type ClockName = (typeof clockNames)[number]

/** Escalation levels: 催办 prompt the handler, 督办 supervise through the director, 通报 report to the leading group. */
export const levels = [1, 2, 3] as const
export type Level = (typeof levels)[number]

const epoch = z.int()

/** What the sweep does next on a clock, and when: warn, or raise to a level. */
const nextStepSchema = z.strictObject({ step: z.union([z.literal('warning'), z.literal(1), z.literal(2), z.literal(3)]), at: epoch })
export type NextStep = z.infer<typeof nextStepSchema>

/** One deadline: the instant it is due by, when it was met, and the next step if it is not. Instants in epoch milliseconds. */
const clockSchema = z.strictObject({
  /** It runs `days` working days from the day of `from`, which is day 0. */
  from: epoch,
  days: z.int(),
  by: epoch,
  provisional: z.boolean(),
  doneAt: z.optional(epoch),
  next: z.optional(nextStepSchema),
  /** The level that missing it raises; 1 unless the issue had climbed before it was reopened. */
  firstLevel: z.optional(z.literal(levels)),
  /** The level last raised on this clock, while nobody has signed for it. */
  unsigned: z.optional(z.literal(levels)),
})
export type Clock = z.infer<typeof clockSchema>

/** The rules an issue was dispatched under. Frozen: a later policy changes new issues only. */
const frozenRulesSchema = z.strictObject({
  policyVersion: z.int(),
  workingDays: z.strictObject({ accept: z.int(), reply: z.int(), resolve: z.int() }),
  /** Working days to resolve it once more, when the enterprise was not satisfied. */
  reopenedWorkingDays: z.int(),
  callBackAfter: z.int(),
  warningBefore: z.int(),
  levelAfter: z.tuple([z.int(), z.int(), z.int()]),
  acknowledgementHolds: z.int(),
  opensAt: z.string(),
  closesAt: z.string(),
})
export type FrozenRules = z.infer<typeof frozenRulesSchema>

/** What can close an issue 销号. */
export const closings = ['rating', 'call-back', 'override'] as const
export type Closing = (typeof closings)[number]
const closingSchema = z.strictObject({ by: z.enum(closings), at: epoch, rating: z.optional(ratingSchema) })

/** An issue as it is kept: 问题, one line of the ledger 台账. Its description and everything said later is in the timeline. */
export const issueSchema = z.strictObject({
  issueId: z.string(),
  /** Grows by one with every change; the ETag. */
  version: z.int(),
  status: z.enum(statuses),
  title: line(100),
  category: z.enum(categoryNames),
  subcategory: z.enum(subcategoryNames),
  tier: z.enum(tiers),
  enterpriseId,
  /** Who brought it home. */
  officerId: officerCode,
  /** The department that received it first: the officer's own. */
  firstDepartmentId: code,
  leadDepartmentId: code,
  visitId: z.optional(z.string()),
  dispatchedAt: epoch,
  /** When the department last said so; nothing once the issue has been reopened. */
  resolvedAt: z.optional(epoch),
  /** While it is resolved and not rated: when a supervisor has to ask, and whether that has come. */
  callBack: z.optional(z.strictObject({ at: epoch, isDue: z.boolean() })),
  /** The resolutions that did not satisfy the enterprise, and when it said so. */
  reopened: z.array(z.strictObject({ resolvedAt: epoch, at: epoch })),
  /** What closed it: the enterprise's rating, what it said when it was called back, or a supervisor against neither. */
  closing: z.optional(closingSchema),
  rules: frozenRulesSchema,
  clocks: z.strictObject({ accept: clockSchema, reply: clockSchema, resolve: clockSchema }),
  /** Grows when deadlines move; what was planned for an older version is void. */
  deadlineVersion: z.int(),
  /** Highest level reached; never falls. */
  level: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  /** The version of the calendar that the deadlines were reckoned with. */
  calendarVersion: z.int(),
  /** Years whose unpublished notice a deadline rests on. */
  awaitedYears: z.array(z.int()),
  /** Events in the timeline so far. */
  eventCount: z.int(),
})
export type Issue = z.infer<typeof issueSchema>

const event = <T extends string, S extends z.core.$ZodShape>(name: T, shape: S) =>
  z.strictObject({ at: epoch, by: z.string(), event: z.literal(name), ...shape })

/** How the lead department was found. */
export const routes = ['own-department', 'routing-table', 'first-receiver'] as const
export type RoutedBy = (typeof routes)[number]

/** One entry of an issue's append-only timeline. `by` is a staff number, or `system`. */
export const timelineEventSchema = z.discriminatedUnion('event', [
  event('dispatched', { departmentId: code, routedBy: z.enum(routes), tier: z.enum(tiers), description: prose(5000) }),
  event('accepted', { departmentId: code }),
  event('replied', { departmentId: code, message: prose(2000) }),
  event('transferred', { fromDepartmentId: code, departmentId: code, reason: prose(500) }),
  event('resolved', { departmentId: code, message: prose(2000) }),
  event('acknowledged', { departmentId: code, level: z.literal(levels) }),
  event('warned', { clock: z.enum(clockNames), dueBy: epoch }),
  event('escalated', { clock: z.enum(clockNames), level: z.literal(levels), dueBy: epoch }),
  event('call-back-due', {}),
  event('rated', { rating: ratingSchema, words: z.optional(prose(1000)) }),
  event('called-back', { rating: ratingSchema, words: z.optional(prose(1000)), asked: line(50), askedAt: epoch }),
  event('closed', { closedBy: z.enum(closings), reason: z.optional(prose(500)) }),
  event('reopened', { level: z.literal(levels), deadlineVersion: z.int(), resolveBy: epoch }),
  event('deadlines-recomputed', { deadlineVersion: z.int(), acceptBy: epoch, replyBy: epoch, resolveBy: epoch }),
])
export type TimelineEvent = z.infer<typeof timelineEventSchema>

export const newIssueSchema = z.strictObject({
  enterpriseId,
  category: z.enum(categoryNames),
  subcategory: z.enum(subcategoryNames),
  tier: z.optional(z.enum(tiers)),
  title: line(100),
  description: prose(5000),
  visitId: z.optional(opaque(64)),
  /** Only for a supervisor who submits on an officer's behalf. */
  officerId: z.optional(officerCode),
})
export type NewIssue = z.infer<typeof newIssueSchema>

/** An issue as the API shows it. */
export const issueViewSchema = z.strictObject({
  issueId: z.string(),
  number: z.string(),
  status: z.enum(statuses),
  title: z.string(),
  category: z.enum(categoryNames),
  subcategory: z.string(),
  tier: z.enum(tiers),
  enterpriseId: z.string(),
  officerId: z.string(),
  firstDepartmentId: z.string(),
  leadDepartmentId: z.string(),
  visitId: z.optional(z.string()),
  dispatchedAt: instant,
  acceptBy: instant,
  replyBy: instant,
  resolveBy: instant,
  acceptedAt: z.optional(instant),
  repliedAt: z.optional(instant),
  resolvedAt: z.optional(instant),
  callBackAt: z.optional(instant),
  callBackDue: z.boolean(),
  reopenings: z.int(),
  closedAt: z.optional(instant),
  closedBy: z.optional(z.enum(closings)),
  rating: z.optional(ratingSchema),
  provisional: z.boolean(),
  overdue: z.boolean(),
  level: z.int(),
  /** Whether a level has been raised that nobody has signed for. */
  awaitsAcknowledgement: z.boolean(),
  deadlineVersion: z.int(),
  policyVersion: z.int(),
  nextActionAt: z.optional(instant),
  version: z.int(),
})
export type IssueView = z.infer<typeof issueViewSchema>

export const deadlineViewSchema = z.strictObject({
  clock: z.enum(clockNames),
  workingDays: z.int(),
  by: instant,
  doneAt: z.optional(instant),
  provisional: z.boolean(),
  deadlineVersion: z.int(),
  startsOn: localDate,
  steps: z.array(walkStepSchema),
  explanation: z.string(),
})
