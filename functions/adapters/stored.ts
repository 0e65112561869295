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
import type { Item, Key } from './table.ts'

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
 * The shape of every stored item, with its version. When a shape changes, its version grows and a migration brings the
 * older items along as they are read; a test pins each shape so that this cannot be forgotten.
 */
export const shapes = {
  department: { version: 1, schema: departmentSchema },
  officer: { version: 1, schema: officerSchema },
  move: { version: 1, schema: moveSchema },
  enterprise: { version: 1, schema: enterpriseSchema },
  pairing: { version: 1, schema: pairingSchema },
  staff: { version: 1, schema: z.strictObject({ officerId: z.string() }) },
  visit: { version: 1, schema: visitSchema },
  quota: {
    version: 1,
    schema: z.strictObject({
      officerId: z.string(),
      enterpriseId: z.string(),
      month: z.string(),
      countedVisits: z.record(z.string(), z.string()),
      exempt: z.optional(z.enum(exemptionReasons)),
    }),
  },
  exemption: { version: 1, schema: exemptionSchema },
  flag: { version: 1, schema: flagSchema },
  entries: { version: 1, schema: z.strictObject({ entries: z.array(entrySchema) }) },
  confirmation: { version: 1, schema: confirmationSchema },
  measure: { version: 1, schema: measureSchema },
  delivery: { version: 1, schema: z.strictObject({ measureId: z.string(), enterpriseId: z.string(), officerId: z.string(), deliveredOn: z.string() }) },
  issue: { version: 1, schema: issueSchema },
  event: { version: 1, schema: timelineEventSchema },
  session: { version: 1, schema: sessionSchema },
  decision: { version: 1, schema: sessionDecisionSchema },
  direction: { version: 1, schema: z.strictObject({ issueId: z.string(), sessionId: z.string(), decision: z.int() }) },
  bulletin: { version: 1, schema: z.strictObject({ month: z.string(), rows: z.string(), issuedAt: z.int(), policyVersion: z.int(), calendarVersion: z.int(), all: sums, byTier: z.record(z.string(), sums), byCategory: z.record(z.string(), sums), byMeasure: z.array(z.strictObject({ measureId: z.string(), title: z.string(), sums })), before: z.strictObject({ month: z.string(), sums }) }) },
  'bulletin-department': { version: 1, schema: z.strictObject({ departmentId: z.string(), departmentName: z.string(), sums }) },
  assessment: { version: 1, schema: assessmentSchema },
  sheet: { version: 1, schema: keptSheetSchema },
  'sheet-input': { version: 1, schema: z.strictObject({ text: z.string() }) },
  rankings: { version: 1, schema: rankingsSchema },
  assist: { version: 1, schema: z.strictObject({ issueId: z.string() }) },
  'case-template': { version: 1, schema: templateSchema },
  case: { version: 1, schema: caseSchema },
  'case-event': { version: 1, schema: caseEventSchema },
  concern: { version: 1, schema: z.strictObject({ caseId: z.string() }) },
  notice: { version: 1, schema: noticeSchema },
  publication: { version: 1, schema: publicationSchema },
  project: { version: 1, schema: projectSchema },
  'project-event': { version: 1, schema: projectEventSchema },
  awaiting: { version: 1, schema: z.union([z.strictObject({ issueId: z.string(), year: z.int() }), z.strictObject({ caseId: z.string(), year: z.int() })]) },
  task: { version: 1, schema: taskSchema },
  'officer-rating': { version: 1, schema: officerRatingSchema },
  run: { version: 1, schema: runSchema },
  amended: { version: 1, schema: z.strictObject({ year: z.int(), at: z.int() }) },
  link: { version: 1, schema: linkSchema },
  'bulletin-link': { version: 1, schema: bulletinLinkSchema },
  unreached: { version: 1, schema: unreachedSchema },
  revocation: { version: 1, schema: z.strictObject({ at: z.int() }) },
  administration: { version: 1, schema: z.strictObject({}) },
  paired: { version: 1, schema: z.strictObject({ lastVisitedOn: z.optional(z.string()) }) },
  counter: { version: 1, schema: z.strictObject({ last: z.int() }) },
  outbox: { version: 1, schema: outboxSchema },
  request: {
    version: 1,
    schema: z.strictObject({ fingerprint: z.string(), status: z.int(), body: z.unknown(), etag: z.optional(z.string()) }),
  },
  policy: {
    version: 1,
    schema: z.strictObject({ version: z.int(), policy: policySchema, changedAt: z.string(), changedBy: z.string() }),
  },
  calendar: {
    version: 1,
    schema: z.strictObject({
      version: z.int(),
      years: z.record(
        z.string(),
        z.strictObject({ version: z.int(), notice: yearNoticeSchema, changedAt: z.string(), changedBy: z.string() }),
      ),
    }),
  },
} as const satisfies Record<string, { version: number; schema: z.ZodMiniType }>

export type ShapeName = keyof typeof shapes
export type Stored<S extends ShapeName> = z.output<(typeof shapes)[S]['schema']>

/**
 * Brings an item of an older shape to the present one: `migrations.issue[0]` takes version 1 to version 2, and so on.
 */
export const migrations: { readonly [S in ShapeName]?: readonly ((data: unknown) => unknown)[] } = {}

/** An item of this shape, ready to put. `version` is that of the content, for optimistic locking. */
export const stored = <S extends ShapeName>(
  shape: S,
  key: Key,
  data: Stored<S>,
  attributes: { readonly version?: number; readonly expiresAt?: number } & Readonly<Record<string, unknown>> = {},
): Item => ({ ...key, shape, v: shapes[shape].version, data, ...attributes })

/** An item was written by a later version of the program, as happens while one is deployed. Who asks again later meets that version. */
export class NewerShape extends Error {
  constructor(shape: ShapeName) {
    super(`found an item of a newer shape ${shape}`)
    this.name = 'NewerShape'
  }
}

/**
 * The content of an item read from the table, in its present shape.
 * @throws NewerShape because what is not understood would be written back without it, and labelled as old
 */
export const opened = <S extends ShapeName>(shape: S, item: Item): Stored<S> => {
  if (item['shape'] !== shape) throw new Error(`expected an item of shape ${shape}, found ${String(item['shape'])}`)
  const version = Number(item['v'])
  if (version > shapes[shape].version) throw new NewerShape(shape)
  const steps = migrations[shape] ?? []
  return steps.slice(version - 1).reduce((data, step) => step(data), item['data']) as Stored<S>
}

export const openedMaybe = <S extends ShapeName>(shape: S, item: Item | undefined): Stored<S> | undefined =>
  item === undefined ? undefined : opened(shape, item)

/** The content's version; 0 where there is none. */
export const versionOf = (item: Item | undefined): number => Number(item?.['version'] ?? 0)

/** The version of the content that is written next. */
export const versionAfter = (item: Item | undefined): number => versionOf(item) + 1

/** The content's version, for the condition of the next write; an item that is not there is written as new. */
export const unchanged = (item: Item | undefined): 'new' | { version: number } =>
  item === undefined ? 'new' : { version: Number(item['version']) }
