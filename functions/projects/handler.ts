import { yearOf } from '../../shared/calendar/date.ts'
import { localDateOf } from '../../shared/calendar/zone.ts'
import { Problem } from '../../shared/contract/problem.ts'
import type { projectOperations } from '../../shared/contract/projects.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import { linkObstacle, planYear, removeObstacle, reportInvestment, reportMilestone } from '../../shared/project/change.ts'
import { departmentsOf, isProject, planOf, projectStakes, unplanned, type Project, type ProjectAct, type ProjectChange } from '../../shared/project/project.ts'
import { markedOn, standingOf } from '../../shared/project/standing.ts'
import { demandWithin } from '../../shared/roster/caller.ts'
import { isInForce } from '../../shared/roster/pairing.ts'
import type { Enterprise, Officer } from '../../shared/roster/roster.ts'
import { concurrently } from '../adapters/concurrently.ts'
import { issueKey } from '../adapters/issue-store.ts'
import { projectKey, projectQueries, projectWrites } from '../adapters/project-store.ts'
import { rosterQueries, rosterStore } from '../adapters/roster-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import type { ApiHandlers, ApiRequest } from '../http/api.ts'
import { listPage } from '../http/list.ts'
import { demandSeen } from '../http/seen-version.ts'
import type { HandlerDependencies } from '../http/serve.ts'
import { projectEventView, projectLine, projectView, type Look } from './view.ts'

type Asking = Pick<ApiRequest, 'caller' | 'reaches' | 'now'> & { readonly params: { readonly enterpriseId: string } }
type Changing = Asking & Pick<ApiRequest, 'seenVersion'>

/** Officers whose pairings are read side by side. */
const atOnce = 16

export const projectHandlers = ({ table, cursors, timeZone }: Pick<HandlerDependencies, 'table' | 'cursors' | 'timeZone'>): ApiHandlers<typeof projectOperations> => {
  const roster = rosterStore(table)

  const lookAt = async (now: number): Promise<Look> => {
    const { policy, calendar } = await readRules(table)
    return { now, policy, calendar, timeZone }
  }
  const today = ({ now }: Pick<Look, 'now'>): string => localDateOf(now, timeZone)

  /** The enterprise that is asked about: a project, within the caller's reach. Those who see everything are told whether there is such a one. */
  const readReached = async ({ params: { enterpriseId }, caller, reaches, now }: Asking): Promise<{ readonly enterprise: Enterprise; readonly paired: readonly Officer[] }> => {
    const [enterprise, paired] = await Promise.all([roster.enterprise(enterpriseId), roster.pairedOfficers(enterpriseId, localDateOf(now, timeZone))])
    demandWithin(reaches, caller, projectStakes(paired))
    if (enterprise === undefined) throw new Problem('enterprise-not-found', { id: enterpriseId })
    if (!isProject(enterprise)) throw new Problem('not-a-project', { id: enterpriseId })
    return { enterprise, paired }
  }

  const readProject = async (enterpriseId: string): Promise<Project> => openedMaybe('project', await table.get(projectKey(enterpriseId))) ?? unplanned(enterpriseId)

  const isBehind = (project: Project, look: Look): boolean => standingOf(project, today(look), look).behindSince !== undefined

  /** The enterprises that the department's officers are paired with on that day: its people are fewer than the projects a list goes through. */
  const pairedFrom = async (departmentId: string, day: string): Promise<ReadonlySet<string>> => {
    const paired = new Set<string>()
    await concurrently(table.query(rosterQueries.officersOf(departmentId)), atOnce, async item => {
      const { officerId, active } = opened('officer', item)
      if (!active) return
      for (const pairing of await roster.pairingsOf(officerId)) if (isInForce(pairing, day)) paired.add(pairing.enterpriseId)
    })
    return paired
  }

  /** The issues that a project's obstacles name, in their order. */
  const obstaclesOf = async ({ obstacles }: Project): Promise<readonly (Issue | undefined)[]> =>
    obstacles.length === 0 ? [] : (await table.getAll(obstacles.map(({ issueId }) => issueKey(issueId)))).map(item => openedMaybe('issue', item))

  /** Changes a project as the client has seen it, marks whether it is behind now, and shows it in that year. */
  const change = async (request: Changing, year: number | undefined, decide: (project: Project, act: ProjectAct) => ProjectChange | undefined) => {
    const { params: { enterpriseId }, caller, now, seenVersion } = request
    const [{ enterprise, paired }, before, look] = await Promise.all([readReached(request), readProject(enterpriseId), lookAt(now)])
    demandSeen(seenVersion, before.version)
    const decision = decide(before, { by: caller.officerId, now, today: today(look) })
    const project = decision === undefined ? before : markedOn(decision.project, today(look), departmentsOf(paired), look, timeZone)
    const body = projectView(project, enterprise.name, year ?? yearOf(today(look)), await obstaclesOf(project), look)
    return { body, version: project.version, writes: decision === undefined ? [] : projectWrites(project, before, decision.event) }
  }

  return {
    putProjectPlan: request => change(request, request.params.year, (project, act) => planYear(project, { year: request.params.year, ...request.body }, act)),
    putInvestment: request => change(request, yearOf(request.params.month), (project, act) => reportInvestment(project, { month: request.params.month, ...request.body }, act)),
    putMilestone: request => change(request, undefined, (project, act) => reportMilestone(project, { milestoneId: request.params.milestoneId, ...request.body }, act)),
    linkObstacle: async request => {
      const { issueId } = request.body
      const issue = openedMaybe('issue', await table.get(issueKey(issueId)))
      // Whether there is such an issue, nobody hears who may not link one.
      return change(request, undefined, (project, act) => linkObstacle(project, demandOwn(issue, issueId, project), act))
    },
    removeObstacle: request => change(request, undefined, (project, act) => removeObstacle(project, request.params.issueId, act)),

    getProject: async request => {
      const [{ enterprise }, project, look] = await Promise.all([readReached(request), readProject(request.params.enterpriseId), lookAt(request.now)])
      return { body: projectView(project, enterprise.name, request.query.year ?? yearOf(today(look)), await obstaclesOf(project), look), version: project.version }
    },

    listProjectHistory: async request => {
      await readReached(request)
      return { body: await listPage(table, projectQueries.historyOf(request.params.enterpriseId), request.paging, cursors, item => projectEventView(opened('project-event', item), timeZone)) }
    },

    listProjects: async ({ query, now, paging }) => {
      const { departmentId, behind } = query
      const look = await lookAt(now)
      const year = query.year ?? yearOf(today(look))
      if (departmentId !== undefined && (await roster.department(departmentId)) === undefined) throw new Problem('department-not-found', { id: departmentId })
      const wanted = departmentId === undefined ? undefined : await pairedFrom(departmentId, today(look))
      const body = await listPage(table, projectQueries.all, paging, cursors, item => {
        const project = opened('project', item)
        if (planOf(project, year) === undefined || (behind !== undefined && isBehind(project, look) !== (behind === 'true'))) return undefined
        return wanted === undefined || wanted.has(project.enterpriseId) ? project : undefined
      })
      // The names of those alone that are shown.
      const enterprises = await roster.enterprises(body.items.map(({ enterpriseId }) => enterpriseId))
      return { body: { ...body, items: body.items.map(project => projectLine(project, enterprises.get(project.enterpriseId)?.name ?? project.enterpriseId, look)) } }
    },
  }
}

/** @throws Problem `issue-not-of-project` where there is none, or it is another enterprise's */
const demandOwn = (issue: Issue | undefined, issueId: string, { enterpriseId }: Project): string => {
  if (issue?.enterpriseId !== enterpriseId) throw new Problem('issue-not-of-project', { id: issueId })
  return issueId
}
