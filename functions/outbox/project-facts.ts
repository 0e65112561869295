import type { LocalDate } from '../../shared/calendar/date.ts'
import { isUnresolved } from '../../shared/issue/transition.ts'
import type { ProjectFacts } from '../../shared/mail/facts.ts'
import type { Project } from '../../shared/project/project.ts'
import { standingOf, type ProjectRules } from '../../shared/project/standing.ts'
import { isInForce } from '../../shared/roster/pairing.ts'
import { codeSuitsKind } from '../../shared/roster/roster.ts'
import { issueKey } from '../adapters/issue-store.ts'
import { projectKey } from '../adapters/project-store.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import type { Table } from '../adapters/table.ts'

/** The officer's projects that are behind on that day, as they are reported now, with what holds them up. */
export const projectsBehind = async (table: Table, officerId: string, day: LocalDate, rules: ProjectRules): Promise<readonly ProjectFacts[]> => {
  const roster = rosterStore(table)
  const paired = (await roster.pairingsOf(officerId)).filter(pairing => isInForce(pairing, day)).map(({ enterpriseId }) => enterpriseId)
  // By its code, so that nobody pays for those who have no project.
  const ids = paired.filter(enterpriseId => codeSuitsKind({ enterpriseId, kind: 'project' }))
  if (ids.length === 0) return []
  const projects = (await table.getAll(ids.map(projectKey))).flatMap(item => openedMaybe('project', item) ?? [])
  const behind = projects.filter(project => standingOf(project, day, rules).behindSince !== undefined)
  const enterprises = await roster.enterprises(behind.map(({ enterpriseId }) => enterpriseId))
  return Promise.all(
    behind.map(async (project): Promise<ProjectFacts> => {
      const { month, progress, lateMilestones } = standingOf(project, day, rules)
      return {
        projectName: enterprises.get(project.enterpriseId)?.name ?? project.enterpriseId,
        through: month,
        ...progress,
        lateMilestones: lateMilestones.map(({ name, daysLate }) => ({ milestoneName: name, daysLate })),
        openObstacles: await openObstacles(table, project),
      }
    }),
  )
}

const openObstacles = async (table: Table, { obstacles }: Project): Promise<number> => {
  const issues = obstacles.length === 0 ? [] : await table.getAll(obstacles.map(({ issueId }) => issueKey(issueId)))
  return issues.filter(item => item !== undefined && isUnresolved(opened('issue', item).status)).length
}
