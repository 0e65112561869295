import * as z from 'zod/mini'
import { formatDateTime } from '../calendar/wording.ts'
import { addWorkingDays } from '../calendar/working-day.ts'
import { instantOf, localDateOf, type Instant } from '../calendar/zone.ts'
import { code, enterpriseId, line, month, prose } from '../contract/field.ts'
import { Problem, type Wording } from '../contract/problem.ts'
import type { Reckoning } from '../issue/deadline.ts'
import { exemptionReasons } from '../policy/policy.ts'
import type { Stakes } from '../roster/caller.ts'
import { subjectSchema } from '../roster/subject.ts'
import { appealOutcomes, noticeKinds, noticeStatuses, type NoticeKind, type NoticeStanding } from './transition.ts'

/** 通报和激励: what the campaign says in public of an officer or a department, and how it came to say it. */

const epoch = z.int()

const levelThreeSchema = z.union([
  z.strictObject({ kind: z.literal('level-3'), issueId: z.string(), deadlineVersion: z.int() }),
  z.strictObject({ kind: z.literal('level-3'), caseId: z.string(), stepId: code, deadlineVersion: z.int() }),
])
/** The resolve clock of an issue, or the clock of a step, that has come to level 3 by this version of its deadline. */
export type LevelThree = z.infer<typeof levelThreeSchema>

const missedQuotaSchema = z.strictObject({ kind: z.literal('missed-quota'), months: z.tuple([month, month]) })
/** Two months running, the earlier first, in each of which visits were missing. */
export type MissedQuota = z.infer<typeof missedQuotaSchema>

/** What it rests on. */
export const groundsSchema = z.union([levelThreeSchema, missedQuotaSchema, z.strictObject({ kind: z.literal('by-hand') })])
export type Grounds = z.infer<typeof groundsSchema>

const quotaStateSchema = z.strictObject({ owed: z.int(), counted: z.int(), exempt: z.boolean() })
const missStateSchema = z.strictObject({ overdue: z.boolean(), level: z.int(), excused: z.boolean() })

/** What a granted appeal has changed: how it stood, and how it stands. */
export const effectSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('exempted'),
    reason: z.enum(exemptionReasons),
    exemptionIds: z.array(z.string()),
    lines: z.array(z.strictObject({ month, enterpriseId, before: quotaStateSchema, after: quotaStateSchema })),
  }),
  z.strictObject({ kind: z.literal('excused'), before: missStateSchema, after: missStateSchema }),
])
export type Effect = z.infer<typeof effectSchema>

const reasonGiven = prose(1000)

/** What is entered with each command. */
export const noticeFields = {
  title: line(100),
  text: prose(5000),
  reason: reasonGiven,
  /** What bears out the reason, in words: where a record lies, who was there. */
  evidence: z.optional(prose(2000)),
  remark: reasonGiven,
  exemptionReason: z.optional(z.enum(exemptionReasons)),
}

/** What each event says beside when and by whom, with instants as given: as kept, or as shown. */
export const noticeEventsWith = <I extends z.ZodMiniType>(when: I) => {
  const event = <T extends string, S extends z.core.$ZodShape>(name: T, shape: S) => z.strictObject({ at: when, by: z.string(), event: z.literal(name), ...shape })
  return z.discriminatedUnion('event', [
    event('drafted', {}),
    event('appealed', { reason: noticeFields.reason, evidence: noticeFields.evidence }),
    event('decided', { decision: z.enum(appealOutcomes), remark: noticeFields.remark }),
    event('published', { year: z.int(), sequence: z.int() }),
    event('dropped', { reason: noticeFields.reason }),
    event('withdrawn', { reason: noticeFields.reason }),
  ])
}

const noticeEventSchema = noticeEventsWith(epoch)
export type NoticeEvent = z.infer<typeof noticeEventSchema>

/** A notice as it is kept. Its life has five events at most, so they are kept with it; none is ever changed. */
export const noticeSchema = z.strictObject({
  noticeId: z.string(),
  /** Grows by one with every change; the ETag. */
  version: z.int(),
  kind: z.enum(noticeKinds),
  status: z.enum(noticeStatuses),
  subject: subjectSchema,
  /** The department concerned, or that of the officer concerned when it was drafted. */
  departmentId: code,
  grounds: groundsSchema,
  /** What the system writes stands in both languages. */
  title: line(200),
  text: noticeFields.text,
  draftedAt: epoch,
  draftedBy: z.string(),
  /**
   * Of a criticism: whom it concerns was told when it was drafted, and can appeal until closing time so many working days later.
   * `runsOut`: when that was by the calendar it was drafted with. From then on the draft waits in the office's worklist;
   * a calendar entered since may have moved the time itself, so whoever shows that list looks again.
   */
  appeal: z.optional(z.strictObject({ workingDays: z.int(), closesAt: z.string(), runsOut: epoch })),
  /** Its place among those of its kind published that year. */
  number: z.optional(z.strictObject({ year: z.int(), sequence: z.int() })),
  publishedAt: z.optional(epoch),
  effect: z.optional(effectSchema),
  events: z.array(noticeEventSchema),
})
export type Notice = z.infer<typeof noticeSchema>

/** What everybody can read of a notice: as it was published, and without its text once it has been withdrawn. */
export const publicationSchema = z.strictObject({
  noticeId: z.string(),
  kind: z.enum(noticeKinds),
  number: z.strictObject({ year: z.int(), sequence: z.int() }),
  title: line(200),
  text: z.optional(noticeFields.text),
  /** Of an officer; a department has no other name. */
  officerName: z.optional(z.string()),
  departmentName: z.string(),
  publishedAt: epoch,
  withdrawn: z.optional(z.strictObject({ at: epoch, reason: noticeFields.reason })),
})
export type Publication = z.infer<typeof publicationSchema>

/** 通报〔2026〕1号. */
export const numberWords = (kind: NoticeKind, { year, sequence }: NonNullable<Notice['number']>): Wording =>
  kind === 'criticism'
    ? { zh: `通报〔${year}〕${sequence}号`, en: `Notice ${sequence} of ${year}` }
    : { zh: `激励〔${year}〕${sequence}号`, en: `Commendation ${sequence} of ${year}` }

/** How long somebody can appeal against a criticism, from when. */
export interface AppealTerms {
  readonly workingDays: number
  readonly closesAt: string
}

/** Until when somebody can. */
export interface AppealWindow {
  readonly until: Instant
  readonly provisional: boolean
}

/**
 * The time to appeal against a criticism, by the calendar in force now: a notice of holidays that is entered later moves it,
 * as it moves deadlines. The day on which it was drafted and told is day 0. Nothing of a commendation.
 */
export const appealWindowOf = ({ appeal, draftedAt }: Pick<Notice, 'draftedAt'> & { readonly appeal?: AppealTerms | undefined }, reckoning: Reckoning): AppealWindow | undefined =>
  appeal === undefined ? undefined : windowFrom(draftedAt, appeal, reckoning)

/** The time to appeal against what is drafted at that instant. */
export const windowFrom = (draftedAt: Instant, { workingDays, closesAt }: AppealTerms, { calendar, timeZone }: Reckoning): AppealWindow => {
  const { date, provisional } = addWorkingDays(calendar, localDateOf(draftedAt, timeZone), workingDays)
  return { until: instantOf(date, closesAt, timeZone), provisional }
}

/** What can be done with the notice at `now`. */
export const standingOf = (notice: Notice, now: Instant, reckoning: Reckoning): NoticeStanding => {
  const window = appealWindowOf(notice, reckoning)
  return { kind: notice.kind, status: notice.status, canAppeal: window !== undefined && now <= window.until }
}

/** @throws Problem `appeal-closed` once there is no time left */
export const demandAppealOpen = (notice: Notice, now: Instant, reckoning: Reckoning): void => {
  const window = appealWindowOf(notice, reckoning)
  if (window !== undefined && now > window.until) throw new Problem('appeal-closed', { until: untilWords(window, reckoning) })
}

/** @throws Problem `appeal-open` while there is time left */
export const demandAppealOver = (notice: Notice, now: Instant, reckoning: Reckoning): void => {
  const window = appealWindowOf(notice, reckoning)
  if (window !== undefined && now <= window.until) throw new Problem('appeal-open', { until: untilWords(window, reckoning) })
}

const untilWords = ({ until }: AppealWindow, { timeZone }: Reckoning): Wording => ({ zh: formatDateTime('zh-CN', until, timeZone), en: formatDateTime('en', until, timeZone) })

/** Whose a notice is to read: the officer's whom it concerns, and of the department concerned. */
export const noticeStakes = ({ subject, departmentId }: Pick<Notice, 'subject' | 'departmentId'>): Stakes => ({
  officers: 'officerId' in subject ? [subject.officerId] : [],
  departments: [departmentId],
})
