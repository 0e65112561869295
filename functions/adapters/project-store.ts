import { tasksOfProject } from '../../shared/supervision/task.ts'
import type { Project, ProjectEvent } from '../../shared/project/project.ts'
import { stored } from './stored.ts'
import type { Key, Query, Write } from './table.ts'
import { taskWrites } from './task-store.ts'

export const projectKey = (enterpriseId: string): Key => ({ pk: `PROJECT#${enterpriseId}`, sk: 'PROJECT' })

/** A project's history, in the order of its versions. */
const eventKey = (enterpriseId: string, { version }: ProjectEvent): Key => ({ pk: projectKey(enterpriseId).pk, sk: `EVENT#${String(version).padStart(6, '0')}` })

/** A project as it is from now on, with what its history tells of that and its places in the worklists, on condition that it is still what was decided on. */
export const projectWrites = (project: Project, before: Project, event?: ProjectEvent): readonly Write[] => [
  {
    put: stored('project', projectKey(project.enterpriseId), project, { version: project.version, allPk: 'PROJECTS', allSk: project.enterpriseId }),
    when: before.version === 0 ? 'new' : { version: before.version },
  },
  ...(event === undefined ? [] : [{ put: stored('project-event', eventKey(project.enterpriseId, event), event), when: 'new' } as const]),
  ...taskWrites(tasksOfProject(before), tasksOfProject(project)),
]

export const projectQueries = {
  /** Every project of which something has been entered: a district has some hundreds. */
  all: { index: 'all', partition: 'PROJECTS' },
  historyOf: (enterpriseId: string) => ({ partition: projectKey(enterpriseId).pk, from: 'EVENT#', to: 'EVENT#~', descending: true }),
} as const satisfies Record<string, Query | ((id: string) => Query)>
