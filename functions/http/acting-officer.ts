import type { Reach } from '../../shared/contract/operation.ts'
import { Problem } from '../../shared/contract/problem.ts'
import { demandWithin, type Caller } from '../../shared/roster/caller.ts'
import type { Officer } from '../../shared/roster/roster.ts'
import type { RosterStore } from '../adapters/roster-store.ts'

/**
 * The officer something is entered for: the caller, or the one a supervisor names.
 * @throws Problem `out-of-reach` for somebody else's name, `officer-not-found`
 */
export const actingOfficer = async (
  roster: RosterStore,
  caller: Caller,
  reaches: ReadonlySet<Reach>,
  named: string | undefined,
): Promise<Pick<Officer, 'officerId' | 'departmentId'>> => {
  const officerId = named ?? caller.officerId
  if (officerId === caller.officerId && caller.departmentId !== undefined) return { officerId, departmentId: caller.departmentId }
  demandWithin(reaches, caller, { officers: [officerId] })
  const officer = await roster.officer(officerId)
  if (officer === undefined) throw new Problem('officer-not-found', { id: officerId })
  return officer
}
