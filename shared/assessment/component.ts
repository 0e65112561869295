import type { Figure } from '../report/figure.ts'
import { rates, type Rate } from '../report/rate.ts'

/** Whom a sheet speaks of. */
export const sides = ['officer', 'department'] as const
export type Side = (typeof sides)[number]

/** What is counted beside the figures of the reports: levels reached, flags upheld, notices published. */
export const tallies = ['level1', 'level2', 'level3', 'flagsUpheld', 'criticisms', 'commendations'] as const
export type Tallied = (typeof tallies)[number]

/** Adds or takes points: so many for each of these, bounded. */
export const markNames = ['levels', 'flags', 'criticisms', 'commendations'] as const
export type Mark = (typeof markNames)[number]

/** The rates that are assessed: what an enterprise invests is not the officer's doing. */
export const assessedRates = ['quota', 'response', 'resolution', 'inTime', 'satisfaction'] as const satisfies readonly Rate[]
export type AssessedRate = (typeof assessedRates)[number]

/** Every component of a sheet, in its order. */
export const componentNames = [...assessedRates, ...markNames] as const
export type Component = AssessedRate | Mark

export const isRate = (component: Component): component is AssessedRate => Object.hasOwn(rates, component)

/** The amounts of a record that a component adds up. */
export const amountsOf = (component: Component): readonly (Figure | Tallied)[] => {
  switch (component) {
    case 'levels':
      return ['level1', 'level2', 'level3']
    case 'flags':
      return ['flagsUpheld']
    case 'criticisms':
    case 'commendations':
      return [component]
    default:
      return [rates[component].numerator, rates[component].denominator]
  }
}

/** Everything that some component adds up; of a record nothing else is kept. */
export const keptAmounts: ReadonlySet<string> = new Set(componentNames.flatMap(amountsOf))
