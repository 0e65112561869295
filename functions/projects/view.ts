import { localDateOf, toRfc3339 } from '../../shared/calendar/zone.ts'
import type { ProjectEventView, ProjectLine, ProjectView } from '../../shared/contract/projects.ts'
import type { Reckoning } from '../../shared/issue/deadline.ts'
import { isOverdue } from '../../shared/issue/deadline.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import { investmentIn, milestonesOf, plannedIn, planOf, type Obstacle, type Project, type ProjectEvent } from '../../shared/project/project.ts'
import { monthsBetween, periodsOf, standingOf, stateOfMonth } from '../../shared/project/standing.ts'

/** When and by what a project is looked at. */
export interface Look extends Reckoning {
  readonly now: number
  readonly policy: Pick<Policy, 'projects'>
}

/** A project as a list shows it: how it stands on the day it is looked at. */
export const projectLine = (project: Project, name: string, look: Look): ProjectLine => {
  const { month, progress, lateMilestones, behindSince } = standingOf(project, localDateOf(look.now, look.timeZone), look)
  return {
    enterpriseId: project.enterpriseId,
    name,
    month,
    progress,
    lateMilestones: lateMilestones.length,
    ...(behindSince === undefined ? {} : { behind: { since: behindSince } }),
    version: project.version,
  }
}

/** The same with its year, month by month, its milestones, and the issues that hold it up. `issues` are those that its obstacles name. */
export const projectView = (project: Project, name: string, year: number, issues: readonly (Issue | undefined)[], look: Look): ProjectView => {
  const today = localDateOf(look.now, look.timeZone)
  const late = new Map(standingOf(project, today, look).lateMilestones.map(({ milestoneId, daysLate }) => [milestoneId, daysLate]))
  return {
    ...projectLine(project, name, look),
    year,
    ...(planOf(project, year) === undefined ? {} : { plan: { months: monthsBetween(`${year}-01`, `${year}-12`).map(month => monthView(project, month, today, look)), periods: [...periodsOf(project, year, today, look)] } }),
    milestones: milestonesOf(project).map(milestone => {
      const daysLate = late.get(milestone.milestoneId)
      return { ...milestone, year: Number(milestone.plannedOn.slice(0, 4)), ...(daysLate === undefined ? {} : { daysLate }) }
    }),
    obstacles: project.obstacles.flatMap((obstacle, nth) => {
      const issue = issues[nth]
      return issue === undefined ? [] : [obstacleView(obstacle, issue, look)]
    }),
  }
}

const monthView = (project: Project, month: string, today: string, look: Look) => {
  const investment = investmentIn(project, month)
  return {
    month,
    planned: plannedIn(project, month),
    ...(investment === undefined ? {} : { invested: investment.amount, ...(investment.remark === undefined ? {} : { remark: investment.remark }) }),
    state: stateOfMonth(project, month, today, look),
  }
}

const obstacleView = ({ issueId, linkedAt, linkedBy }: Obstacle, issue: Issue, { now, timeZone }: Look) => ({
  issueId,
  status: issue.status,
  departmentId: issue.leadDepartmentId,
  dueBy: toRfc3339(issue.clocks.resolve.by, timeZone),
  overdue: isOverdue(issue, now, ['resolve']),
  linkedAt: toRfc3339(linkedAt, timeZone),
  linkedBy,
})

export const projectEventView = (event: ProjectEvent, timeZone: string): ProjectEventView => ({ ...event, at: toRfc3339(event.at, timeZone) })
