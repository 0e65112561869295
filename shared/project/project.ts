import * as z from 'zod/mini'
import { localDate, enterpriseId, line, milestoneCode, month, prose, wholeNumber } from '../contract/field.ts'
import { yearOf, type LocalDate, type Month } from '../calendar/date.ts'
import type { Instant } from '../calendar/zone.ts'
import type { Stakes } from '../roster/caller.ts'
import { isInForce } from '../roster/pairing.ts'
import type { Enterprise, Officer, Pairing } from '../roster/roster.ts'

/**
 * 固定资产投资: what is planned and what has been invested, in whole units of 10,000 yuan (万元), as offices report it. It is
 * kept, reckoned and shown in these alone, so nothing is ever rounded. No month of a project comes to more than 100 billion yuan.
 */
export const amount = wholeNumber(0, 10_000_000)

/** 节点: what is to be reached by a day, under a name that the project gives it (开工, 主体封顶, 竣工, 投产). */
export const milestoneSchema = z.strictObject({
  milestoneId: milestoneCode,
  name: line(50),
  plannedOn: localDate,
  reachedOn: z.optional(localDate),
})
export type Milestone = z.infer<typeof milestoneSchema>

/** So many milestones a year's plan has at most. */
export const milestonesAtMost = 20

/**
 * Years that a plan is entered for, back from the running one and ahead of it. All plans of a project lie in one item, which every
 * change reads and writes whole: it stays small.
 */
export const planYears = { back: 2, ahead: 5 } as const

/** The plan of a calendar year: an amount for each of its months, January first, and the milestones that fall into it. */
const planSchema = z.strictObject({ year: z.int(), months: z.array(amount), milestones: z.array(milestoneSchema) })
export type Plan = z.infer<typeof planSchema>

export const remark = prose(500)

/** What was invested in a month. Until it is entered, nothing is known of that month. */
const investmentSchema = z.strictObject({ month, amount, remark: z.optional(remark) })
export type Investment = z.infer<typeof investmentSchema>

/** An issue of the very enterprise that holds the project up. How it stands is read from the ledger, and never copied. */
const obstacleSchema = z.strictObject({ issueId: z.string(), linkedAt: z.int(), linkedBy: z.string() })
export type Obstacle = z.infer<typeof obstacleSchema>

export const obstaclesAtMost = 20

export const projectSchema = z.strictObject({
  enterpriseId,
  version: z.int(),
  /** By year. */
  plans: z.array(planSchema),
  /** By month. */
  investments: z.array(investmentSchema),
  obstacles: z.array(obstacleSchema),
  /** That it is behind its plan, since when, and in whose worklists that stands: of the departments whose officers were paired when it was looked at last. */
  behind: z.optional(z.strictObject({ since: z.int(), departmentIds: z.array(z.string()) })),
})
export type Project = z.infer<typeof projectSchema>

/** What the history of a project tells, each with what was there before. */
export const projectEventsWith = <At extends z.ZodMiniType>(at: At) => {
  const told = { at, by: z.string(), version: z.int() }
  const reason = z.optional(z.string())
  return z.discriminatedUnion('event', [
    z.strictObject({ event: z.literal('planned'), ...told, year: z.int(), before: z.optional(z.omit(planSchema, { year: true })), after: z.omit(planSchema, { year: true }), reason }),
    z.strictObject({ event: z.literal('invested'), ...told, month: z.string(), before: z.optional(z.int()), after: z.int(), remark: z.optional(z.string()), reason }),
    z.strictObject({ event: z.literal('milestone'), ...told, milestoneId: z.string(), before: z.optional(z.string()), after: z.optional(z.string()), reason }),
    z.strictObject({ event: z.literal('obstacle-linked'), ...told, issueId: z.string() }),
    z.strictObject({ event: z.literal('obstacle-removed'), ...told, issueId: z.string() }),
  ])
}
export const projectEventSchema = projectEventsWith(z.int())
export type ProjectEvent = z.infer<typeof projectEventSchema>

/** A project of which nothing has been entered yet: there for every enterprise that is one. */
export const unplanned = (id: string): Project => ({ enterpriseId: id, version: 0, plans: [], investments: [], obstacles: [] })

export const isProject = ({ kind }: Pick<Enterprise, 'kind'>): boolean => kind === 'project'

export const planOf = ({ plans }: Pick<Project, 'plans'>, year: number): Plan | undefined => plans.find(plan => plan.year === year)

/** What is planned for a month: nothing where its year has no plan. */
export const plannedIn = (project: Pick<Project, 'plans'>, of: Month): number => planOf(project, yearOf(of))?.months[Number(of.slice(5)) - 1] ?? 0

/** What was entered for a month. */
export const investmentIn = ({ investments }: Pick<Project, 'investments'>, of: Month): Investment | undefined => investments.find(each => each.month === of)

/** The milestones of every year's plan, in the order of the days they are planned for. */
export const milestonesOf = ({ plans }: Pick<Project, 'plans'>): readonly Milestone[] =>
  plans.flatMap(({ milestones }) => milestones).sort((one, other) => (one.plannedOn < other.plannedOn ? -1 : one.plannedOn > other.plannedOn ? 1 : 0))

/** Whether the milestone has been reached by the end of that day. */
export const isReachedBy = ({ reachedOn }: Milestone, day: LocalDate): boolean => reachedOn !== undefined && reachedOn <= day

/** Whose a project is: the officers' who are paired with it on that day, and their departments'. */
export const projectStakes = (paired: readonly Officer[]): Stakes => ({ officers: paired.map(({ officerId }) => officerId), departments: departmentsOf(paired) })

/** The departments of these officers, each once. */
export const departmentsOf = (paired: readonly Officer[]): string[] => [...new Set(paired.map(({ departmentId }) => departmentId))]

/** Who acts, and when. */
export interface ProjectAct {
  readonly by: string
  readonly now: Instant
  /** The day it is in the deployment's zone. */
  readonly today: LocalDate
}

/** What a rule decides: the project as it is from now on, and what its history tells of that. */
export interface ProjectChange {
  readonly project: Project
  readonly event: ProjectEvent
}

/**
 * Which of those who are or were paired with it a project counts for on that day: who was paired first of those who are,
 * or else whose pairing ended last. Nobody, where nobody has been paired by then.
 */
export const countedFor = (pairings: readonly Pairing[], day: LocalDate): string | undefined => {
  const begun = pairings.filter(({ startsOn }) => startsOn <= day).sort((one, other) => (one.startsOn + one.officerId < other.startsOn + other.officerId ? -1 : 1))
  const inForce = begun.find(pairing => isInForce(pairing, day))
  const ended = [...begun].sort((one, other) => ((one.endsOn ?? '') < (other.endsOn ?? '') ? 1 : -1))[0]
  return (inForce ?? ended)?.officerId
}
