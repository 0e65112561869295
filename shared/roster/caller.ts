import { roles, roleWords, type Access, type Reach, type Role } from '../contract/operation.ts'
import { listed, Problem } from '../contract/problem.ts'
import type { Officer } from './roster.ts'
import { theBootstrapAdmin } from './actor.ts'

/** Who calls: a person of the roster, or the bootstrap administrator while the roster does not know that address. */
export interface Caller {
  /** Staff number; the bootstrap administrator has `bootstrap-admin`, which is in no roster. */
  readonly officerId: string
  readonly departmentId: string | undefined
  readonly roles: readonly Role[]
}

export const bootstrapAdmin: Caller = { officerId: theBootstrapAdmin, departmentId: undefined, roles: ['admin'] }

/** Whoever calls what is open to everybody: nobody is asked who they are, and nothing is theirs. */
export const anybody: Caller = { officerId: 'anybody', departmentId: undefined, roles: [] }

export const callerOf = (officer: Officer): Caller => ({
  officerId: officer.officerId,
  departmentId: officer.departmentId,
  roles: officer.roles,
})

/** Whose an object is: the officers it is `own` to and the departments it belongs to. */
export interface Stakes {
  readonly officers?: readonly string[]
  readonly departments?: readonly string[]
}

/** Everything the caller's roles let them reach with an operation. Throws `role-not-allowed` when that is nothing. What is open is nobody's own. */
export const reachesOf = (access: Exclude<Access, 'link'>, caller: Caller): ReadonlySet<Reach> => {
  if (access === 'public') return new Set()
  const reaches = new Set(caller.roles.flatMap(role => access[role] ?? []))
  if (reaches.size === 0) throw new Problem('role-not-allowed', { roles: listed(roles.filter(role => access[role] !== undefined).map(role => roleWords[role])) })
  return reaches
}

/** Whether an object with these stakes is within reach. */
export const isWithin = (reaches: ReadonlySet<Reach>, caller: Caller, stakes: Stakes): boolean =>
  reaches.has('any') ||
  (reaches.has('department') && caller.departmentId !== undefined && (stakes.departments ?? []).includes(caller.departmentId)) ||
  (reaches.has('own') && (stakes.officers ?? []).includes(caller.officerId))

/** Throws `out-of-reach` unless the object is within reach. */
export const demandWithin = (reaches: ReadonlySet<Reach>, caller: Caller, stakes: Stakes): void => {
  if (!isWithin(reaches, caller, stakes)) throw new Problem('out-of-reach')
}
