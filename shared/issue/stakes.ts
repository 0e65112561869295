import type { Stakes } from '../roster/caller.ts'
import type { Issue, Piece } from './issue.ts'

/** Whose an issue is to read: the officer who brought it, the departments that lead it, answer for it, received it first, or were asked for a piece. */
export const readStakes = (issue: Pick<Issue, 'officerId' | 'leadDepartmentId' | 'firstDepartmentId' | 'responsibleDepartmentId' | 'pieces'>): Stakes => ({
  officers: [issue.officerId],
  departments: [issue.leadDepartmentId, issue.firstDepartmentId, issue.responsibleDepartmentId, ...issue.pieces.map(({ departmentId }) => departmentId)],
})

/** Whose it is to work on: the lead department's. */
export const workStakes = (issue: Pick<Issue, 'leadDepartmentId'>): Stakes => ({ departments: [issue.leadDepartmentId] })

/** Whose it is to hand on: the lead department's, and that of the one that answers for it until another has accepted. */
export const transferStakes = (issue: Pick<Issue, 'leadDepartmentId' | 'responsibleDepartmentId'>): Stakes => ({ departments: [issue.leadDepartmentId, issue.responsibleDepartmentId] })

/** Whose a piece is to answer: the department's that was asked for it. */
export const pieceStakes = ({ departmentId }: Pick<Piece, 'departmentId'>): Stakes => ({ departments: [departmentId] })
