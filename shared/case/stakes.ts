import type { Stakes } from '../roster/caller.ts'
import type { Case, Step } from './case.ts'

/** Whose a case is to read: the officers who follow it or go along with a step, unless they have been relieved, and the departments that have a step in it. */
export const readStakes = ({ officerId, steps }: Pick<Case, 'officerId' | 'steps'>): Stakes => ({
  officers: [officerId, ...steps.flatMap(step => step.officerId ?? [])],
  departments: steps.map(({ departmentId }) => departmentId),
})

/** Whose a step is to work on: its department's. */
export const stepStakes = ({ departmentId }: Pick<Step, 'departmentId'>): Stakes => ({ departments: [departmentId] })

/** Whose a case is to give up: the officer's who follows it. */
export const withdrawalStakes = ({ officerId }: Pick<Case, 'officerId'>): Stakes => ({ officers: [officerId] })
