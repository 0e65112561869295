import * as z from 'zod/mini'
import { code, officerCode } from '../contract/field.ts'
import type { Caller } from './caller.ts'

/** Whom a notice or the sheet of an assessment is of: an officer, or a department. */
export const subjectSchema = z.union([z.strictObject({ officerId: officerCode }), z.strictObject({ departmentId: code })])
export type Subject = z.infer<typeof subjectSchema>

/** What is of somebody. `departmentId`: the department itself, or the officer's. */
export interface Concerning {
  readonly subject: Subject
  readonly departmentId: string
}

/** Whether it is of the caller, or of the department they belong to. */
const concerns = ({ subject }: Pick<Concerning, 'subject'>, { officerId, departmentId }: Pick<Caller, 'officerId' | 'departmentId'>): boolean =>
  'officerId' in subject ? subject.officerId === officerId : subject.departmentId === departmentId

/** Whether the caller is too near to decide on it: whom it is of, or a director of the officer's department, who may have a share in it. */
export const isNear = (it: Concerning, caller: Pick<Caller, 'officerId' | 'departmentId' | 'roles'>): boolean =>
  concerns(it, caller) || (caller.roles.includes('director') && caller.departmentId === it.departmentId)

/** Whether the caller speaks for whom it is of: the officer, or a director of the department. */
export const speaksFor = (it: Pick<Concerning, 'subject'>, caller: Pick<Caller, 'officerId' | 'departmentId' | 'roles'>): boolean =>
  concerns(it, caller) && ('officerId' in it.subject || caller.roles.includes('director'))
