import { addDays, addMonths, lastDayOfMonth, monthOf, type LocalDate, type Month } from '../calendar/date.ts'
import { halfYearOf, halfYearsOf, type HalfYear } from '../calendar/half-year.ts'
import { addWorkingDays, type Calendar } from '../calendar/working-day.ts'
import { instantOf, type TimeZone } from '../calendar/zone.ts'
import type { Policy } from '../policy/policy.ts'
import { investmentIn, isReachedBy, milestonesOf, plannedIn, type Milestone, type Project } from './project.ts'

/** What a project's standing is reckoned by. */
export interface ProjectRules {
  readonly calendar: Calendar
  readonly policy: Pick<Policy, 'projects'>
}

/** The months from one to another, both included; none where that comes first. */
export const monthsBetween = (from: Month, to: Month): readonly Month[] => {
  const months: Month[] = []
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month)
  return months
}

/**
 * The day from which a month counts: what was invested in it can be reported until the end of so many working days of the
 * next, and until then the month before is what counts.
 */
export const countsFrom = (month: Month, { calendar, policy }: ProjectRules): LocalDate =>
  addDays(addWorkingDays(calendar, lastDayOfMonth(month), policy.projects.reportWorkingDays).date, 1)

/** The last month that counts on that day. */
export const lastCounted = (day: LocalDate, rules: ProjectRules): Month => {
  let month = addMonths(monthOf(day), -1)
  while (countsFrom(month, rules) > day) month = addMonths(month, -1)
  return month
}

/** What was planned for some months and what was invested in them. A month that nobody has reported counts as nothing. */
export interface Progress {
  readonly planned: number
  readonly invested: number
}

/** What was planned for these months, and what was invested. */
const progressIn = (project: Project, months: readonly Month[]): Progress => ({
  planned: months.reduce((sum, month) => sum + plannedIn(project, month), 0),
  invested: months.reduce((sum, month) => sum + (investmentIn(project, month)?.amount ?? 0), 0),
})

/** What a half-year has come to by the end of one of its months. */
const halfYearTo = (project: Project, month: Month): Progress => progressIn(project, monthsBetween(halfYearOf(month).from, month))

/** Whether less has been invested than the policy lets pass. Where nothing is planned, nothing is owed. */
export const fallsShort = ({ planned, invested }: Progress, { policy }: Pick<ProjectRules, 'policy'>): boolean => invested * 100 < planned * policy.projects.behindBelowPercent

/** A milestone whose day has passed without its being reached, and how many days ago that was. */
export interface LateMilestone extends Milestone {
  readonly daysLate: number
}

/** How a project stands on a day. */
export interface Standing {
  /** The last month that counts; what follows is of its half-year, to the end of this month. */
  readonly month: Month
  readonly progress: Progress
  /** 未报: months of it for which something was planned and nobody has reported anything. */
  readonly unreported: readonly Month[]
  readonly lateMilestones: readonly LateMilestone[]
  /** 滞后: the first day of those on which what holds it back now has held it back without a break. */
  readonly behindSince?: LocalDate
}

/**
 * How a project stands on that day: behind, where the half-year falls short of its plan by the end of the last month that
 * counts, or where the day of a milestone has passed. A later half-year owes nothing for an earlier one; a milestone
 * stays late until it is reached.
 */
export const standingOf = (project: Project, day: LocalDate, rules: ProjectRules): Standing => {
  const month = lastCounted(day, rules)
  const months = monthsBetween(halfYearOf(month).from, month)
  const lateMilestones = milestonesOf(project).filter(milestone => milestone.plannedOn < day && !isReachedBy(milestone, day))
  const since = [...lateMilestones.map(({ plannedOn }) => addDays(plannedOn, 1)), ...shortSince(project, month, rules)].sort()[0]
  return {
    month,
    progress: progressIn(project, months),
    unreported: months.filter(each => plannedIn(project, each) > 0 && investmentIn(project, each) === undefined),
    lateMilestones: lateMilestones.map(milestone => ({ ...milestone, daysLate: daysFrom(milestone.plannedOn, day) })),
    ...(since === undefined ? {} : { behindSince: since }),
  }
}

/** Since when the half-year has fallen short without a break, if it does at the end of that month. */
const shortSince = (project: Project, last: Month, rules: ProjectRules): readonly LocalDate[] => {
  const { from } = halfYearOf(last)
  let first: Month | undefined
  for (let month = last; month >= from && fallsShort(halfYearTo(project, month), rules); month = addMonths(month, -1)) first = month
  return first === undefined ? [] : [countsFrom(first, rules)]
}

const daysFrom = (earlier: LocalDate, later: LocalDate): number => (Date.parse(later) - Date.parse(earlier)) / 86_400_000

/** How a month of the plan stands: reported, still to be reported, or not reported in time 未报. */
export type MonthState = 'reported' | 'open' | 'unreported'

export const stateOfMonth = (project: Project, month: Month, day: LocalDate, rules: ProjectRules): MonthState => {
  if (investmentIn(project, month) !== undefined) return 'reported'
  return plannedIn(project, month) > 0 && countsFrom(month, rules) <= day ? 'unreported' : 'open'
}

/** What a year, or half of one, is planned to come to, and what it has come to by the end of the last month that counts. */
export interface PeriodProgress extends Pick<HalfYear, 'from' | 'to'> {
  readonly planned: number
  readonly toDate: Progress
}

/** A year's two halves and the whole of it, as they stand on that day. */
export const periodsOf = (project: Project, year: number, day: LocalDate, rules: ProjectRules): readonly PeriodProgress[] => {
  const last = lastCounted(day, rules)
  return [...halfYearsOf(String(year)), { from: `${year}-01`, to: `${year}-12` }].map(({ from, to }) => ({
    from,
    to,
    planned: progressIn(project, monthsBetween(from, to)).planned,
    toDate: progressIn(project, monthsBetween(from, last < to ? last : to)),
  }))
}

/**
 * In so many departments' worklists a project stands at most, the first by their codes. It leaves the old lists and enters the new
 * ones in one transaction, which holds a hundred writes; nobody pairs one project from more departments.
 */
export const listingDepartmentsAtMost = 20

/** Where and since when it stands in worklists that a project is behind: since the beginning of that day. One that nobody is paired with stands before the office alone, which can pair it. */
export const markedOn = (project: Project, day: LocalDate, departmentIds: readonly string[], rules: ProjectRules, timeZone: TimeZone): Project => {
  const { behind: _before, ...unmarked } = project
  const { behindSince } = standingOf(project, day, rules)
  return behindSince === undefined ? unmarked : { ...unmarked, behind: { since: instantOf(behindSince, '00:00', timeZone), departmentIds: [...departmentIds].sort().slice(0, listingDepartmentsAtMost) } }
}

