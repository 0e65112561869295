import * as z from 'zod/mini'
import { assessmentRulesSchema, isWhole } from '../assessment/rules.ts'
import { clockTime, code, email, fault, wholeNumber } from '../contract/field.ts'
import { digestsAt, sweeps } from '../contract/functions.ts'
import { categoryNames, subcategoriesOf } from '../issue/category.ts'

const workingDays = wholeNumber(1, 250)
const daysByTier = z.strictObject({ A: workingDays, B: workingDays, C: workingDays, D: workingDays })
const dayOfMonth = wholeNumber(1, 31)
const timeBetween = (first: string, last: string) =>
  clockTime.check(z.refine(time => time >= first && time <= last, fault('not-allowed', { allowed: `${first}–${last}` })))

/** A list that names nothing twice, as a second entry would never be heard. */
const distinct = <T extends z.ZodMiniType>(limit: number, item: T, nameOf: (entry: z.output<T>) => unknown = entry => entry) =>
  z.array(item).check(
    z.maxLength(limit, { abort: true }),
    z.superRefine((entries, ctx) => {
      const names = entries.map(entry => JSON.stringify(nameOf(entry)))
      for (const [at, name] of names.entries()) if (names.indexOf(name) < at) ctx.addIssue({ code: 'custom', path: [at], ...fault('duplicate-value') })
    }),
  )

const owedByDay = distinct(31, z.strictObject({ day: dayOfMonth, owes: wholeNumber(0, 31) }), step => step.day)

/** Ways to meet an enterprise. Which of them count towards the quota is policy. */
export const visitModes = ['onsite', 'office', 'session', 'phone', 'online'] as const
export type VisitMode = (typeof visitModes)[number]

/** Approved reasons why a quota does not count 容错. */
export const exemptionReasons = ['away', 'enterprise-unavailable', 'health', 'training'] as const
export type ExemptionReason = (typeof exemptionReasons)[number]

/**
 * The campaign's rules as data: every number of the rules, versioned, changeable without a deploy.
 * An issue keeps the `deadlines`, `escalation` and `workingHours` it was dispatched under; a later policy changes new
 * issues only. The hours in which mail goes out and sweeps run are always those of the policy in force.
 */
export const policySchema = z.strictObject({
  quota: z.strictObject({
    /** 一月两见: counted visits each pairing owes in a calendar month. */
    visitsPerMonth: wholeNumber(0, 31),
    countedModes: distinct(visitModes.length, z.enum(visitModes)),
    /** Working days after the visit within which it can be entered. */
    entryWorkingDays: wholeNumber(0, 60),
    /** What a pairing owes at most in the month it starts in, by the last day of the month each line is good for; later 0. */
    startsBy: owedByDay,
    /** What a pairing owes at most in the month it ends in; later what it owed. */
    endsBy: owedByDay,
  }),
  /** 提请核查: what makes a visit one for a person to look at. */
  flags: z.strictObject({
    /** From this visit on whose summaries are all the same. */
    sameTextVisits: wholeNumber(2, 50),
    /** From this one on of the visits entered on one day after theirs. */
    lateEntriesADay: wholeNumber(1, 100),
    /** Days that entries are remembered for. */
    lookBackDays: wholeNumber(1, 180),
  }),
  notices: z.strictObject({
    /** 申诉: whom a notice of criticism concerns can appeal against it within so many working days of being told. */
    appealWorkingDays: wholeNumber(1, 60),
  }),
  /** 年中、年度考核: what each rate weighs, and what takes or adds points. */
  assessment: z.strictObject({
    officer: assessmentRulesSchema,
    department: assessmentRulesSchema,
    /** 申诉: whom a sheet is of can appeal within so many working days of the opening. */
    appealWorkingDays: wholeNumber(1, 60),
  }),
  projects: z.strictObject({
    /** What was invested in a month is reported within so many working days of the next; from then on the month counts. */
    reportWorkingDays: wholeNumber(1, 15),
    /** 滞后: a project is behind whose half-year has come to less than this share of its plan. */
    behindBelowPercent: wholeNumber(1, 100),
  }),
  reminders: z.strictObject({
    /** The nudge goes out on this day of the month or the next working day. */
    nudgeDay: wholeNumber(1, 28),
    /** The reminder goes out when this many working days remain, that day included. */
    reminderWorkingDaysLeft: wholeNumber(2, 20),
  }),
  deadlines: z.strictObject({
    acceptWorkingDays: workingDays,
    replyWorkingDays: workingDays,
    resolveWorkingDays: daysByTier,
    /** To resolve it once more when the enterprise was not satisfied, from the day it said so. */
    reopenedWorkingDays: daysByTier,
    /** 协办: what another department is asked for is due in so many working days, unless the lead says otherwise. */
    assistWorkingDays: workingDays,
    /** 延期: an extension comes to so many working days in all, at most. */
    extendedWorkingDaysAtMost: workingDays,
    /** 暂停: the clocks stand still for so many working days at a time, at most; then they go on by themselves. */
    pausedWorkingDaysAtMost: workingDays,
    /** Without a rating by then, a supervisor calls the enterprise back. Silence is never satisfaction. */
    callBackAfterWorkingDays: workingDays,
  }),
  escalation: z.strictObject({
    /** Working days before the deadline that the warning goes out. */
    warningBefore: wholeNumber(1, 20),
    /** Working days from one level to the next: level 1 after the deadline, level 2 after level 1, level 3 after level 2. */
    levelAfter: z.tuple([workingDays, workingDays, workingDays]),
    /** Working days that acknowledging a level holds the next. */
    acknowledgementHolds: wholeNumber(0, 60),
  }),
  /** Scheduled mail goes out, and deadlines end, within these hours of a working day. */
  workingHours: z.strictObject({
    /** No office opens before the sweep begins, nor after the day's digests are planned. */
    from: timeBetween(sweeps.from, digestsAt),
    /** Nor does it close after the last sweep of the day. */
    to: timeBetween('12:00', sweeps.to),
  }),
  /** Who leads an issue of tiers B, C and D. The first line that fits decides; where none does, the first receiver leads. */
  routing: distinct(
    500,
    z
      .strictObject({
        category: z.enum(categoryNames),
        subcategory: z.optional(z.string()),
        tier: z.optional(z.enum(['B', 'C', 'D'])),
        departmentId: code,
      })
      .check(z.refine(
        route => route.subcategory === undefined || Object.hasOwn(subcategoriesOf(route.category), route.subcategory),
        { path: ['subcategory'], ...fault('not-found') },
      )),
    ({ category, subcategory, tier }) => [category, subcategory, tier],
  ),
  /** Where level 3 is reported to; the supervisors while there are none. */
  leadingGroup: distinct(20, email),
})
export type Policy = z.infer<typeof policySchema>

/**
 * A policy as somebody enters it: where visits are owed, some way of visiting counts; no clock ends before the one that
 * goes before it; and the weights of an assessment come to 100. What is stored may have been entered before this was asked.
 */
export const enteredPolicySchema = policySchema.check(
  z.superRefine(({ quota, deadlines, assessment }, ctx) => {
    for (const side of ['officer', 'department'] as const) if (!isWhole(assessment[side].weights)) ctx.addIssue({ code: 'custom', path: ['assessment', side, 'weights'], ...fault('not-whole', { sum: 100 }) })
    if (quota.visitsPerMonth > 0 && quota.countedModes.length === 0) ctx.addIssue({ code: 'custom', path: ['quota', 'countedModes'], ...fault('too-short', { limit: 1 }) })
    const notBefore = (path: readonly string[], days: number, limit: number): void => {
      if (days < limit) ctx.addIssue({ code: 'custom', path: ['deadlines', ...path], ...fault('too-small', { limit }) })
    }
    notBefore(['replyWorkingDays'], deadlines.replyWorkingDays, deadlines.acceptWorkingDays)
    for (const [tier, days] of Object.entries(deadlines.resolveWorkingDays)) notBefore(['resolveWorkingDays', tier], days, deadlines.replyWorkingDays)
  }),
)

/** The default policy, in force until another is put in its place. */
export const defaultPolicy: Policy = {
  quota: {
    visitsPerMonth: 2,
    countedModes: ['onsite', 'office', 'session'],
    entryWorkingDays: 3,
    startsBy: [{ day: 10, owes: 2 }, { day: 20, owes: 1 }],
    endsBy: [{ day: 10, owes: 0 }, { day: 20, owes: 1 }],
  },
  flags: { sameTextVisits: 3, lateEntriesADay: 5, lookBackDays: 60 },
  notices: { appealWorkingDays: 5 },
  assessment: {
    officer: {
      weights: { quota: 50, response: 10, resolution: 15, inTime: 10, satisfaction: 15 },
      marks: { levels: { each: [1, 2, 3], atMost: 10 }, flags: { each: 2, atMost: 10 }, criticisms: { each: 5, atMost: 15 }, commendations: { each: 3, atMost: 6 } },
    },
    department: {
      weights: { quota: 20, response: 20, resolution: 25, inTime: 15, satisfaction: 20 },
      marks: { levels: { each: [1, 2, 3], atMost: 20 }, flags: { each: 1, atMost: 10 }, criticisms: { each: 5, atMost: 15 }, commendations: { each: 3, atMost: 6 } },
    },
    appealWorkingDays: 5,
  },
  projects: { reportWorkingDays: 5, behindBelowPercent: 100 },
  reminders: { nudgeDay: 15, reminderWorkingDaysLeft: 5 },
  deadlines: { acceptWorkingDays: 1, replyWorkingDays: 2, resolveWorkingDays: { A: 5, B: 10, C: 15, D: 20 }, reopenedWorkingDays: { A: 3, B: 5, C: 8, D: 10 }, assistWorkingDays: 3, extendedWorkingDaysAtMost: 25, pausedWorkingDaysAtMost: 20, callBackAfterWorkingDays: 5 },
  escalation: { warningBefore: 1, levelAfter: [1, 3, 5], acknowledgementHolds: 2 },
  workingHours: { from: '09:00', to: '18:00' },
  routing: [],
  leadingGroup: [],
}
