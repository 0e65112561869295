import { isDeepStrictEqual } from 'node:util'
import type { LocalDate } from '../../shared/calendar/date.ts'
import { isWorkingDay } from '../../shared/calendar/working-day.ts'
import { localDateOf, type Instant, type TimeZone } from '../../shared/calendar/zone.ts'
import { departmentsOf, type Project } from '../../shared/project/project.ts'
import { markedOn, standingOf, type ProjectRules } from '../../shared/project/standing.ts'
import { concurrently } from '../adapters/concurrently.ts'
import { projectKey, projectQueries, projectWrites } from '../adapters/project-store.ts'
import { triesOfMany, untilCommitted } from '../adapters/race.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import type { Table } from '../adapters/table.ts'
import { tasksIn } from '../adapters/task-store.ts'

/** What is looked at side by side. */
const atOnce = 16

/**
 * Brings the worklists up to date with the projects that have fallen behind, or caught up, as the days went by: without
 * anybody's writing, a month begins to count and the day of a milestone passes. It reads the projects alone, and the
 * pairings of those that are behind; run again, it finds nothing to do. Whoever is paired by then has it in their department's list.
 * @returns how many have changed
 */
export const markProjects = async (table: Table, now: Instant, { timeZone, ...rules }: ProjectRules & { readonly timeZone: TimeZone }): Promise<number> => {
  const today = localDateOf(now, timeZone)
  if (!isWorkingDay(rules.calendar, today)) return 0
  const roster = rosterStore(table)

  const marked = async (project: Project): Promise<Project> => {
    const isBehind = standingOf(project, today, rules).behindSince !== undefined
    const paired = isBehind ? await roster.pairedOfficers(project.enterpriseId, today) : []
    return markedOn(project, today, departmentsOf(paired), rules, timeZone)
  }

  /** Decided on what the table has, which may be newer than the list. */
  const mark = async (enterpriseId: string): Promise<number> => {
    const before = openedMaybe('project', await table.get(projectKey(enterpriseId)))
    if (before === undefined) return 0
    const after = await marked(before)
    if (isDeepStrictEqual(after.behind, before.behind)) return 0
    await table.commit(projectWrites({ ...after, version: before.version + 1 }, before))
    return 1
  }

  let changed = 0
  const items = table.query(projectQueries.all)
  await concurrently(items, atOnce, async item => {
    const project = opened('project', item)
    if (isDeepStrictEqual((await marked(project)).behind, project.behind)) return
    changed += await untilCommitted(() => mark(project.enterpriseId), triesOfMany)
  })
  return changed
}

/** The officers who are paired today with a project that is marked as behind, each once. A district has a handful of such projects. */
export const officersBehind = async (table: Table, today: LocalDate): Promise<readonly string[]> => {
  const roster = rosterStore(table)
  const officers = new Set<string>()
  await concurrently(table.query(tasksIn({ office: 'projects' })), atOnce, async item => {
    const task = opened('task', item)
    if (task.kind === 'project') for (const { officerId } of await roster.pairedOfficers(task.enterpriseId, today)) officers.add(officerId)
  })
  return [...officers].sort()
}
