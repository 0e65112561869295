import type { Stakes } from '../roster/caller.ts'
import type { Issue } from './issue.ts'

/** Whose an issue is to read: the officer who brought it, the lead department and the one that received it first. */
export const readStakes = (issue: Pick<Issue, 'officerId' | 'leadDepartmentId' | 'firstDepartmentId'>): Stakes => ({
  officers: [issue.officerId],
  departments: [issue.leadDepartmentId, issue.firstDepartmentId],
})

/** Whose it is to work on: the lead department's. */
export const workStakes = (issue: Pick<Issue, 'leadDepartmentId'>): Stakes => ({ departments: [issue.leadDepartmentId] })
