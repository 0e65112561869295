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

/**
 * What the sweep does next on a clock, and when: warn, or raise to a level. A level that follows another comes `days` working
 * days after the day that one was reached; later, if that was signed for.
 */
const nextStepSchema = z.strictObject({
  step: z.union([z.literal('warning'), z.literal(1), z.literal(2), z.literal(3)]),
  at: epoch,
  after: z.optional(z.strictObject({ level: epoch, days: z.int(), signedAt: z.optional(epoch) })),
})
export type NextStep = z.infer<typeof nextStepSchema>

/** One deadline: the instant it is due by, when it was met, and the next step if it is not. Instants in epoch milliseconds. */
export const clockSchema = z.strictObject({
  /** It runs `days` working days from the day of `from`, which is day 0. */
  from: epoch,
  days: z.int(),
  by: epoch,
  provisional: z.boolean(),
  doneAt: z.optional(epoch),
  next: z.optional(nextStepSchema),
  /** The level that missing it raises; 1 unless the issue had climbed before it was reopened. */
  firstLevel: z.optional(z.literal(levels)),
  /** Set to end on a day that was named then: pauses that were over by then do not put it off. */
  setAt: z.optional(epoch),
  /** The level last raised on this clock, while nobody has signed for it. */
  unsigned: z.optional(z.literal(levels)),
})
export type Clock = z.infer<typeof clockSchema>

const daysByTier = z.strictObject({ A: z.int(), B: z.int(), C: z.int(), D: z.int() })

/** The rules that every clock keeps for its life: how it warns and climbs, how long it may stand still, the hours of the office. */
export const clockRulesSchema = z.strictObject({
  policyVersion: z.int(),
  /** Working days that it stands still at a time, at most. */
  pausedWorkingDaysAtMost: z.int(),
  callBackAfter: z.int(),
  warningBefore: z.int(),
  levelAfter: z.tuple([z.int(), z.int(), z.int()]),
  acknowledgementHolds: z.int(),
  opensAt: z.string(),
  closesAt: z.string(),
})
export type ClockRules = z.infer<typeof clockRulesSchema>

/** The rules an issue was dispatched under. Frozen: a later policy changes new issues only. */
const frozenRulesSchema = z.extend(clockRulesSchema, {
  workingDays: z.strictObject({ accept: z.int(), reply: z.int(), resolve: daysByTier, assist: z.int() }),
  /** Working days to resolve it once more, when the enterprise was not satisfied. */
  reopenedWorkingDays: daysByTier,
  /** Working days to resolve it, with an extension, at most. */
  extendedWorkingDaysAtMost: z.int(),
})
export type FrozenRules = z.infer<typeof frozenRulesSchema>

/** What can close an issue 销号. */
export const closings = ['rating', 'call-back', 'override'] as const
export type Closing = (typeof closings)[number]
const closingSchema = z.strictObject({ by: z.enum(closings), at: epoch, rating: z.optional(ratingSchema) })

/** What a department asks its director for: 延期 more time, 暂停 that the clocks stand still, 解释 that it be explained instead of solved. */
export const requestKinds = ['extension', 'pause', 'explanation'] as const
export type RequestKind = (typeof requestKinds)[number]

/** Whom a pause waits for. */
export const awaitedParties = ['enterprise', 'outside-body'] as const
export type AwaitedParty = (typeof awaitedParties)[number]

const extensionAsked = { kind: z.literal('extension'), workingDays: z.int(), reason: prose(500) }
const pauseAsked = { kind: z.literal('pause'), waitingFor: z.enum(awaitedParties), reason: prose(500) }
const explanationAsked = { kind: z.literal('explanation'), message: prose(2000) }

/** What has been asked for, in what words, by whom; kept until it is decided on. */
const asking = { by: z.string(), at: epoch }
const requestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...extensionAsked, ...asking }),
  z.strictObject({ ...pauseAsked, ...asking }),
  z.strictObject({ ...explanationAsked, ...asking }),
])
export type Request = z.infer<typeof requestSchema>

/** A time in which the clocks stood still; `until` is missing while they do. */
const pauseSchema = z.strictObject({
  from: epoch,
  /** `other-issue`: it is merged, and what it is about is worked on there. */
  waitingFor: z.enum([...awaitedParties, 'other-issue']),
  /** When the clocks go on by themselves; of a merged issue they do not. */
  endsBy: z.optional(epoch),
  until: z.optional(epoch),
})
export type Pause = z.infer<typeof pauseSchema>

/** A piece, and the department that was asked for it. */
export const ofPiece = { piece: z.int(), departmentId: code }

/** How a piece stands; `dropped`: before it was answered, the issue ended, was merged, or came to that department. */
const pieceStatuses = ['open', 'answered', 'refused', 'dropped'] as const

/** A piece of an issue that its lead has asked another department for 协办, with a deadline and a ladder of its own. */
const pieceSchema = z.strictObject({
  /** Counts from 1 within the issue. */
  piece: z.int(),
  departmentId: code,
  status: z.enum(pieceStatuses),
  /** The timeline's event that asked for it, by number; it has the words. */
  event: z.int(),
  clock: clockSchema,
  /** The calendar that its deadline was reckoned with; once it is settled, the issue's own may be a later one. */
  calendarVersion: z.int(),
  shippedUntil: z.int(),
  /** Highest level reached on it, and when; never falls. */
  level: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  raisedAt: z.optional(epoch),
})
export type Piece = z.infer<typeof pieceSchema>

/** A decision of a session on the issue, when it was made, and who has it in their list: the department it was made for, the one that called the session. */
const ofDirection = z.strictObject({ sessionId: z.string(), decision: z.int(), departmentId: code, calledByDepartmentId: code, at: epoch })
export type Direction = z.infer<typeof ofDirection>

/** A miss that is left out of figures and assessments, because an appeal against the notice of it was granted. */
const ofExcuse = { noticeId: z.string(), clock: z.literal('resolve'), deadlineVersion: z.int() }
const excuseSchema = z.strictObject({ ...ofExcuse, at: epoch })
export type Excuse = z.infer<typeof excuseSchema>

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
  /** Who answers for it 首接负责: the department that accepted it last, and until one has, the one that received it first. */
  responsibleDepartmentId: code,
  pieces: z.array(pieceSchema),
  visitId: z.optional(z.string()),
  /** The session it was raised in. */
  sessionId: z.optional(z.string()),
  dispatchedAt: epoch,
  /** When the department last said so; nothing once the issue has been reopened. */
  resolvedAt: z.optional(epoch),
  /** While it is resolved and not rated: when a supervisor has to ask, and whether that has come. */
  callBack: z.optional(z.strictObject({ at: epoch, isDue: z.boolean(), provisional: z.boolean() })),
  /** The resolutions that did not satisfy the enterprise, by when they were due, and when it said so. */
  reopened: z.array(z.strictObject({ resolvedAt: epoch, by: epoch, at: epoch })),
  /** What closed it: the enterprise's rating, what it said when it was called back, or a supervisor against neither. */
  closing: z.optional(closingSchema),
  /** Whether what it was last resolved by is an explanation why it cannot be solved. */
  explained: z.optional(z.boolean()),
  /** What waits for the director's decision; one thing at a time. */
  request: z.optional(requestSchema),
  /** The one extension it was given; `over`: a session has settled since when it is due. */
  extension: z.optional(z.strictObject({ workingDays: z.int(), at: epoch, over: z.optional(z.literal(true)) })),
  /** What a session has settled of the resolve clock as it runs now: its working days. */
  directed: z.optional(z.strictObject({ workingDays: z.int(), at: epoch })),
  /** The decisions of sessions on it, each found again under the issue until that has ended. */
  directions: z.array(ofDirection),
  pauses: z.array(pauseSchema),
  /** While it is merged: the issue that it follows. */
  mergedInto: z.optional(z.string()),
  /** The issues that are merged into it. */
  followers: z.array(z.string()),
  withdrawnAt: z.optional(epoch),
  rules: frozenRulesSchema,
  clocks: z.strictObject({ accept: clockSchema, reply: clockSchema, resolve: clockSchema }),
  /** Grows when deadlines move; what was planned for an older version is void. */
  deadlineVersion: z.int(),
  /** Highest level reached, and when; never falls. */
  level: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  raisedAt: z.optional(epoch),
  /** Misses that count against nobody. */
  excused: z.optional(z.array(excuseSchema)),
  /** The calendar that the deadlines were reckoned with: its version, and the last year whose notice shipped with the code then. */
  calendarVersion: z.int(),
  shippedUntil: z.int(),
  /** Years whose unpublished notice a deadline rests on. */
  awaitedYears: z.array(z.int()),
  /** Events in the timeline so far. */
  eventCount: z.int(),
})
export type Issue = z.infer<typeof issueSchema>

const event = <T extends string, S extends z.core.$ZodShape>(name: T, shape: S) =>
  z.strictObject({ at: epoch, by: z.string(), event: z.literal(name), ...shape })

/** What can become of what was asked for. */
export const decisions = ['approved', 'refused'] as const

/** A decision of a session, by its number there. */
export const ofSessionDecision = { sessionId: z.string(), decision: z.int() }

/** How the lead department was found. */
export const routes = ['own-department', 'routing-table', 'first-receiver', 'session'] as const
export type RoutedBy = (typeof routes)[number]

/** One entry of an issue's append-only timeline. `by` is a staff number, or one of those in `roster/actor.ts` who have none. */
export const timelineEventSchema = z.discriminatedUnion('event', [
  event('dispatched', { departmentId: code, routedBy: z.enum(routes), tier: z.enum(tiers), description: prose(5000) }),
  event('accepted', { departmentId: code }),
  event('replied', { departmentId: code, message: prose(2000) }),
  event('transferred', { fromDepartmentId: code, departmentId: code, reason: prose(500) }),
  /** `despite`: why it was resolved over pieces that were not answered. */
  event('resolved', { departmentId: code, message: prose(2000), despite: z.optional(prose(500)) }),
  event('assist-asked', { ...ofPiece, message: prose(2000), dueBy: epoch }),
  event('assist-answered', { ...ofPiece, message: prose(2000) }),
  event('assist-refused', { ...ofPiece, reason: prose(500) }),
  event('assist-warned', { ...ofPiece, dueBy: epoch }),
  event('assist-escalated', { ...ofPiece, level: z.literal(levels), dueBy: epoch }),
  event('assist-acknowledged', { ...ofPiece, level: z.literal(levels) }),
  event('asked', { departmentId: code, request: z.enum(requestKinds), workingDays: z.optional(z.int()), waitingFor: z.optional(z.enum(awaitedParties)), words: prose(2000) }),
  event('decided', { request: z.enum(requestKinds), decision: z.enum(decisions), remark: z.optional(prose(500)) }),
  event('extended', { workingDays: z.int(), reason: prose(500), deadlineVersion: z.int(), resolveBy: epoch }),
  event('paused', { waitingFor: z.enum(awaitedParties), reason: prose(500), endsBy: epoch }),
  event('resumed', { deadlineVersion: z.int(), replyBy: epoch, resolveBy: epoch }),
  event('explained', { departmentId: code, message: prose(2000) }),
  event('tier-changed', { fromTier: z.enum(tiers), tier: z.enum(tiers), reason: prose(500), deadlineVersion: z.int(), resolveBy: epoch }),
  /** 并办: this one goes on with another, which `departmentId` leads and has to resolve by then, if its clocks run; that one is told which has joined it, or left. */
  event('merged', { intoIssueId: z.string(), departmentId: code, reason: prose(500), resolveBy: z.optional(epoch), provisional: z.optional(z.boolean()) }),
  event('joined', { issueId: z.string() }),
  /** 解除并办: it is worked on by itself again; without a reason where the enterprise of the other has taken that back. */
  event('separated', { fromIssueId: z.string(), reason: z.optional(prose(500)), deadlineVersion: z.int(), replyBy: epoch, resolveBy: epoch }),
  event('left', { issueId: z.string() }),
  /** 现场办公决定: who has to do what by when, by a decision on the spot. */
  event('directed', { ...ofSessionDecision, fromDepartmentId: code, departmentId: code, what: prose(1000), deadlineVersion: z.int(), resolveBy: epoch }),
  event('informed', { words: prose(2000) }),
  event('withdrawn', { words: z.optional(prose(1000)) }),
  event('acknowledged', { departmentId: code, level: z.literal(levels) }),
  event('warned', { clock: z.enum(clockNames), dueBy: epoch }),
  event('escalated', { clock: z.enum(clockNames), level: z.literal(levels), dueBy: epoch }),
  event('excused', ofExcuse),
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

/**
 * So many issues a visit raises at most: more than anybody brings home at once, and few enough for one transaction of a
 * hundred items. The visit, the month's record, what the two share, twenty measures delivered, the counter and the request's
 * record are 25. An issue is itself, its event, and a mark for each year whose notice it waits for: two at most, as it has
 * 250 working days at most. It is told to the people of its department, and to the supervisors where the policy names no
 * department: twelve mails of either kind for all issues together, because only up to there people get a mail each, and
 * beyond that forty share one. That makes 25 + 3 × 4 + 24 = 61. What is left is room for more than 160 people in each of
 * three departments.
 */
export const raisedAtMost = 3

/** Issues that a visit brings home: of the enterprise visited, by the officer who visited it. */
export const raisedIssuesSchema = z
  .array(z.omit(newIssueSchema, { enterpriseId: true, visitId: true, officerId: true }))
  .check(z.minLength(1), z.maxLength(raisedAtMost))

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
  sessionId: z.optional(z.string()),
  dispatchedAt: instant,
  acceptBy: instant,
  replyBy: instant,
  resolveBy: instant,
  acceptedAt: z.optional(instant),
  repliedAt: z.optional(instant),
  resolvedAt: z.optional(instant),
  callBackAt: z.optional(instant),
  callBackDue: z.boolean(),
  responsibleDepartmentId: z.string(),
  pieces: z.array(z.strictObject({
    piece: z.int(),
    departmentId: z.string(),
    status: z.enum(pieceStatuses),
    askedAt: instant,
    by: instant,
    doneAt: z.optional(instant),
    provisional: z.boolean(),
    overdue: z.boolean(),
    level: z.int(),
    awaitsAcknowledgement: z.boolean(),
  })),
  reopenings: z.int(),
  /** Resolved by an explanation why it cannot be solved. */
  explained: z.boolean(),
  /** What waits for the director's decision. */
  request: z.optional(z.strictObject({ kind: z.enum(requestKinds), by: z.string(), at: instant, workingDays: z.optional(z.int()), waitingFor: z.optional(z.enum(awaitedParties)), words: z.string() })),
  extendedBy: z.optional(z.int()),
  /** Due on a day that a session has settled. */
  directed: z.boolean(),
  /** While the clocks stand still: since when, for whom, and when they go on by themselves. */
  paused: z.optional(z.strictObject({ since: instant, waitingFor: z.enum(awaitedParties), endsBy: instant })),
  /** The issue it is merged into and resolved with; and those that are merged into it. */
  mergedInto: z.optional(z.string()),
  followers: z.array(z.string()),
  withdrawnAt: z.optional(instant),
  closedAt: z.optional(instant),
  closedBy: z.optional(z.enum(closings)),
  rating: z.optional(ratingSchema),
  provisional: z.boolean(),
  overdue: z.boolean(),
  level: z.int(),
  /** Misses that count against nobody, because an appeal was granted. */
  excused: z.array(z.strictObject({ ...ofExcuse, at: instant })),
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
  /** Settled by a session. */
  directed: z.optional(z.boolean()),
  /** Of the working days, those that an extension added. */
  extendedBy: z.optional(z.int()),
  /** The times in which the clock stood still, and what each moved the deadline to. */
  pauses: z.array(z.strictObject({ from: instant, until: instant, by: instant })),
  steps: z.array(walkStepSchema),
  explanation: z.string(),
})

/** The deadline of a piece, explained likewise. More time for the issue moves none, so none is extended. */
export const pieceDeadlineViewSchema = z.strictObject({ ...ofPiece, ...z.omit(deadlineViewSchema, { clock: true, extendedBy: true, directed: true }).shape })
