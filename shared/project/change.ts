import { monthOf, yearOf, type LocalDate, type Month } from '../calendar/date.ts'
import { halfYearOf } from '../calendar/half-year.ts'
import { Problem } from '../contract/problem.ts'
import { investmentIn, milestonesOf, obstaclesAtMost, planOf, planYears, type Investment, type Milestone, type Plan, type Project, type ProjectAct, type ProjectChange, type ProjectEvent } from './project.ts'

type Told = ProjectEvent extends infer E ? (E extends ProjectEvent ? Omit<E, 'at' | 'by' | 'version'> : never) : never

const changed = (project: Project, told: Told, { by, now }: ProjectAct): ProjectChange => {
  const version = project.version + 1
  return { project: { ...project, version }, event: { ...told, at: now, by, version } }
}

/** A year's plan as somebody enters it; what has been reached stays with the milestones that stay. */
export interface EnteredPlan {
  readonly year: number
  readonly months: readonly number[]
  readonly milestones: readonly Omit<Milestone, 'reachedOn'>[]
  /** Why it is changed, where that has to be said. */
  readonly reason?: string | undefined
}

/**
 * Enters a year's plan, or changes it. Once a half-year has begun, what is planned for it is entered or changed only with a
 * reason, for a plan made afterwards proves nothing; and so is a milestone dropped that has been reached, whenever it is
 * planned for: nobody moves the goalposts unseen. What changes nothing is no change.
 * @throws Problem `plan-year-out-of-range`, `milestone-of-other-year`, `project-reason-required`
 */
export const planYear = (project: Project, entered: EnteredPlan, act: ProjectAct): ProjectChange | undefined => {
  const before = planOf(project, entered.year)
  demandNearYear(entered, act)
  demandOwnMilestones(project, entered)
  const plan = planAs(entered, before)
  if (before !== undefined && contentOf(before) === contentOf(plan)) return undefined
  if (entered.reason === undefined && (touchesBegun(before ?? nothingPlanned(entered.year), plan, act.today) || dropsReached(before, plan))) throw new Problem('project-reason-required')
  const { year, ...after } = plan
  const plans = [...project.plans.filter(each => each.year !== year), plan].sort((one, other) => one.year - other.year)
  const told: Told = { event: 'planned', year, ...(before === undefined ? {} : { before: { months: before.months, milestones: before.milestones } }), after, ...(entered.reason === undefined ? {} : { reason: entered.reason }) }
  return changed({ ...project, plans }, told, act)
}

const nothingPlanned = (year: number): Plan => ({ year, months: Array.from({ length: 12 }, () => 0), milestones: [] })

const demandNearYear = ({ year }: EnteredPlan, { today }: ProjectAct): void => {
  const [from, to] = [yearOf(today) - planYears.back, yearOf(today) + planYears.ahead]
  if (year < from || year > to) throw new Problem('plan-year-out-of-range', { from, to })
}

/** Milestones are planned for days of the plan's year, and each stands in one year's plan. */
const demandOwnMilestones = ({ plans }: Project, { year, milestones }: EnteredPlan): void => {
  const elsewhere = new Set(plans.filter(plan => plan.year !== year).flatMap(plan => plan.milestones.map(({ milestoneId }) => milestoneId)))
  const stray = milestones.find(({ milestoneId, plannedOn }) => yearOf(plannedOn) !== year || elsewhere.has(milestoneId))
  if (stray !== undefined) throw new Problem('milestone-of-other-year', { id: stray.milestoneId, year })
}

const planAs = ({ year, months, milestones }: EnteredPlan, before: Plan | undefined): Plan => {
  const reached = new Map(before?.milestones.map(({ milestoneId, reachedOn }) => [milestoneId, reachedOn]))
  const kept = milestones.map(({ milestoneId, name, plannedOn }): Milestone => {
    const reachedOn = reached.get(milestoneId)
    return { milestoneId, name, plannedOn, ...(reachedOn === undefined ? {} : { reachedOn }) }
  })
  return { year, months: [...months], milestones: kept }
}

/** What a plan says, to compare it by: the table gives fields back in any order. Of what does not count, nothing. */
const contentOf = ({ year, months, milestones }: Plan, counts: (month: Month) => boolean = () => true): string =>
  JSON.stringify([
    months.map((amount, at) => (counts(`${year}-${String(at + 1).padStart(2, '0')}`) ? amount : null)),
    milestones
      .filter(({ plannedOn }) => counts(monthOf(plannedOn)))
      .map(({ milestoneId, name, plannedOn, reachedOn = null }) => [milestoneId, name, plannedOn, reachedOn])
      .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
  ])

/** Whether something changes of a half-year that has begun by today: of what is to be invested in it, or to be reached. */
const touchesBegun = (before: Plan, after: Plan, today: LocalDate): boolean => {
  const hasBegun = (month: Month): boolean => `${halfYearOf(month).from}-01` <= today
  return contentOf(before, hasBegun) !== contentOf(after, hasBegun)
}

/** Whether a milestone that has been reached is left out, or becomes another one: named again later, it would not have been reached. */
const dropsReached = (before: Plan | undefined, after: Plan): boolean =>
  (before?.milestones ?? []).some(({ reachedOn, ...known }) => reachedOn !== undefined && !after.milestones.some(each => each.milestoneId === known.milestoneId && each.name === known.name && each.plannedOn === known.plannedOn))

/** What was invested in a month, and why that is corrected, where it has been reported before. */
export interface InvestmentReport extends Investment {
  readonly reason?: string | undefined
}

/**
 * Enters what was invested in a month, or corrects it; another amount than was reported needs a reason, and the history keeps
 * what was there before. The running month can be entered while it lasts. What changes nothing is no change.
 * @throws Problem `project-not-planned`, `project-not-yet`, `project-reason-required`
 */
export const reportInvestment = (project: Project, { month, amount, remark, reason }: InvestmentReport, act: ProjectAct): ProjectChange | undefined => {
  if (month > monthOf(act.today)) throw new Problem('project-not-yet', { today: act.today })
  if (planOf(project, yearOf(month)) === undefined) throw new Problem('project-not-planned', { year: yearOf(month) })
  const before = investmentIn(project, month)
  if (before !== undefined && before.amount === amount && before.remark === remark) return undefined
  if (before !== undefined && before.amount !== amount && reason === undefined) throw new Problem('project-reason-required')
  const said = remark === undefined ? {} : { remark }
  const investments = [...project.investments.filter(each => each.month !== month), { month, amount, ...said }].sort((one, other) => (one.month < other.month ? -1 : 1))
  return changed({ ...project, investments }, { event: 'invested', month, ...(before === undefined ? {} : { before: before.amount }), after: amount, ...said, ...(reason === undefined ? {} : { reason }) }, act)
}

/** On which day a milestone was reached; without one, it has not been. */
export interface MilestoneReport {
  readonly milestoneId: string
  readonly reachedOn?: string | undefined
  readonly reason?: string | undefined
}

/**
 * Says when a milestone was reached, or that it was not. What has been said before is taken back only with a reason.
 * @throws Problem `milestone-not-found`, `project-not-yet`, `milestone-too-early`, `project-reason-required`
 */
export const reportMilestone = (project: Project, { milestoneId, reachedOn, reason }: MilestoneReport, act: ProjectAct): ProjectChange | undefined => {
  const before = milestonesOf(project).find(each => each.milestoneId === milestoneId)
  if (before === undefined) throw new Problem('milestone-not-found', { id: milestoneId })
  if (reachedOn !== undefined) demandPossible(reachedOn, project, act)
  if (before.reachedOn === reachedOn) return undefined
  if (before.reachedOn !== undefined && reason === undefined) throw new Problem('project-reason-required')
  const { reachedOn: _before, ...planned } = before
  const after: Milestone = { ...planned, ...(reachedOn === undefined ? {} : { reachedOn }) }
  const plans = project.plans.map(plan => ({ ...plan, milestones: plan.milestones.map(each => (each.milestoneId === milestoneId ? after : each)) }))
  const days = { ...(before.reachedOn === undefined ? {} : { before: before.reachedOn }), ...(reachedOn === undefined ? {} : { after: reachedOn }) }
  return changed({ ...project, plans }, { event: 'milestone', milestoneId, ...days, ...(reason === undefined ? {} : { reason }) }, act)
}

/** It has come, and lies no further back than the year before the first that is planned: work may begin before a project is entered, but not long. */
const demandPossible = (reachedOn: LocalDate, { plans }: Project, { today }: ProjectAct): void => {
  if (reachedOn > today) throw new Problem('project-not-yet', { today })
  const from = `${Math.min(...plans.map(({ year }) => year)) - 1}-01-01`
  if (reachedOn < from) throw new Problem('milestone-too-early', { from })
}

/**
 * Says that an issue holds the project up. Whether it is one of the enterprise's own, the caller has looked.
 * @throws Problem `obstacle-linked`, `too-many-obstacles`
 */
export const linkObstacle = (project: Project, issueId: string, act: ProjectAct): ProjectChange => {
  if (project.obstacles.some(each => each.issueId === issueId)) throw new Problem('obstacle-linked', { id: issueId })
  if (project.obstacles.length >= obstaclesAtMost) throw new Problem('too-many-obstacles', { limit: obstaclesAtMost })
  return changed({ ...project, obstacles: [...project.obstacles, { issueId, linkedAt: act.now, linkedBy: act.by }] }, { event: 'obstacle-linked', issueId }, act)
}

/** Says that an issue holds the project up no more. @throws Problem `obstacle-not-found` */
export const removeObstacle = (project: Project, issueId: string, act: ProjectAct): ProjectChange => {
  if (!project.obstacles.some(each => each.issueId === issueId)) throw new Problem('obstacle-not-found', { id: issueId })
  return changed({ ...project, obstacles: project.obstacles.filter(each => each.issueId !== issueId) }, { event: 'obstacle-removed', issueId }, act)
}
