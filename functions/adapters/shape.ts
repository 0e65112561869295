import * as z from 'zod/mini'
import { assessmentSchema, keptSheetSchema } from '../../shared/assessment/assessment.ts'
import { rankingsSchema } from '../../shared/assessment/ranking.ts'
import { caseEventSchema, caseSchema } from '../../shared/case/case.ts'
import { templateSchema } from '../../shared/case/template.ts'
import { yearNoticeSchema } from '../../shared/calendar/notice.ts'
import { issueSchema, timelineEventSchema } from '../../shared/issue/issue.ts'
import { exemptionReasons, policySchema } from '../../shared/policy/policy.ts'
import { undeliverableReasons } from '../../shared/mail/notice.ts'
import { noticeSchema, publicationSchema } from '../../shared/notice/notice.ts'
import { officerRatingSchema } from '../../shared/officer-rating/officer-rating.ts'
import { projectEventSchema, projectSchema } from '../../shared/project/project.ts'
import { departmentSchema, enterpriseSchema, moveSchema, officerSchema, pairingSchema } from '../../shared/roster/roster.ts'
import { unreachedSchema } from '../../shared/roster/contact.ts'
import { sessionDecisionSchema, sessionSchema } from '../../shared/session/session.ts'
import { bulletinLinkSchema, linkSchema } from '../../shared/roster/link.ts'
import { runSchema } from '../../shared/supervision/schedule.ts'
import { taskSchema } from '../../shared/supervision/task.ts'
import { confirmationSchema } from '../../shared/visit/confirmation.ts'
import { exemptionSchema } from '../../shared/visit/exemption.ts'
import { entrySchema, flagSchema } from '../../shared/visit/flag.ts'
import { measureSchema } from '../../shared/visit/measure.ts'
import { visitSchema } from '../../shared/visit/visit.ts'

/** Figures by name. One that is no longer reported stays in the bulletins it was in. */
const sums = z.record(z.string(), z.int())

const recipient = z.templateLiteral([z.enum(['officer', 'enterprise', 'address']), ':', z.string()])

/** How a mail stands. `ambiguous`: the mail service may have taken it, its answer was lost. */
const outboxStatuses = ['planned', 'sending', 'sent', 'superseded', 'failed', 'ambiguous'] as const

const outboxSchema = z.strictObject({
  mailId: z.string(),
  about: z.looseObject({ kind: z.string() }),
  to: recipient,
  cc: z.array(recipient),
  timing: z.enum(['act', 'scheduled']),
  plannedAt: z.int(),
  status: z.enum(outboxStatuses),
  attempts: z.int(),
  /** Attempts whose answer was lost; such a mail may arrive twice, and says so. */
  lostAnswers: z.int(),
  /** Wall clock, against another process only. */
  leaseUntil: z.optional(z.int()),
  /** Whose lease it is, for whoever does not know whether they got it. */
  leaseHolder: z.optional(z.string()),
  settledAt: z.optional(z.int()),
  /** Traces of the addresses it went to, for each recipient in turn: a bounce may come when they have others. */
  sentTo: z.optional(z.array(z.string())),
  /** What the mail service called it; for SMTP, our own Message-ID. */
  serviceId: z.optional(z.string()),
  /** Why it was superseded, or what the mail service last said. */
  remark: z.optional(z.string()),
  undeliverable: z.optional(z.enum(undeliverableReasons)),
})

/**
 * The shape of every stored item. It is a type for whoever writes and reads items, and nothing that runs: what the table holds was
 * checked before it was written. When a shape changes, a migration in `stored.ts` brings the older items along as they are read;
 * a test pins each shape so that this cannot be forgotten.
 */
export const shapes = {
  department: departmentSchema,
  officer: officerSchema,
  move: moveSchema,
  enterprise: enterpriseSchema,
  pairing: pairingSchema,
  staff: z.strictObject({ officerId: z.string() }),
  visit: visitSchema,
  quota: z.strictObject({
    officerId: z.string(),
    enterpriseId: z.string(),
    month: z.string(),
    countedVisits: z.record(z.string(), z.string()),
    exempt: z.optional(z.enum(exemptionReasons)),
  }),
  exemption: exemptionSchema,
  flag: flagSchema,
  entries: z.strictObject({ entries: z.array(entrySchema) }),
  confirmation: confirmationSchema,
  measure: measureSchema,
  delivery: z.strictObject({ measureId: z.string(), enterpriseId: z.string(), officerId: z.string(), deliveredOn: z.string() }),
  issue: issueSchema,
  event: timelineEventSchema,
  session: sessionSchema,
  decision: sessionDecisionSchema,
  direction: z.strictObject({ issueId: z.string(), sessionId: z.string(), decision: z.int() }),
  bulletin: z.strictObject({ month: z.string(), rows: z.string(), issuedAt: z.int(), policyVersion: z.int(), calendarVersion: z.int(), all: sums, byTier: z.record(z.string(), sums), byCategory: z.record(z.string(), sums), byMeasure: z.array(z.strictObject({ measureId: z.string(), title: z.string(), sums })), before: z.strictObject({ month: z.string(), sums }) }),
  'bulletin-department': z.strictObject({ departmentId: z.string(), departmentName: z.string(), sums }),
  assessment: assessmentSchema,
  sheet: keptSheetSchema,
  'sheet-input': z.strictObject({ text: z.string() }),
  rankings: rankingsSchema,
  assist: z.strictObject({ issueId: z.string() }),
  'case-template': templateSchema,
  case: caseSchema,
  'case-event': caseEventSchema,
  concern: z.strictObject({ caseId: z.string() }),
  notice: noticeSchema,
  publication: publicationSchema,
  project: projectSchema,
  'project-event': projectEventSchema,
  awaiting: z.union([z.strictObject({ issueId: z.string(), year: z.int() }), z.strictObject({ caseId: z.string(), year: z.int() })]),
  task: taskSchema,
  'officer-rating': officerRatingSchema,
  run: runSchema,
  amended: z.strictObject({ year: z.int(), at: z.int() }),
  link: linkSchema,
  'bulletin-link': bulletinLinkSchema,
  unreached: unreachedSchema,
  revocation: z.strictObject({ at: z.int() }),
  administration: z.strictObject({}),
  paired: z.strictObject({ lastVisitedOn: z.optional(z.string()) }),
  counter: z.strictObject({ last: z.int() }),
  outbox: outboxSchema,
  request: z.strictObject({ fingerprint: z.string(), status: z.int(), body: z.unknown(), etag: z.optional(z.string()) }),
  policy: z.strictObject({ version: z.int(), policy: policySchema, changedAt: z.string(), changedBy: z.string() }),
  calendar: z.strictObject({
    version: z.int(),
    years: z.record(
      z.string(),
      z.strictObject({ version: z.int(), notice: yearNoticeSchema, changedAt: z.string(), changedBy: z.string() }),
    ),
  }),
} satisfies Record<string, z.ZodMiniType>
