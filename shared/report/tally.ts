import type { Category, Tier } from '../issue/category.ts'
import type { Contribution } from './contribution.ts'
import type { Figure } from './figure.ts'

/** The figures of a whole district, or of a part of it. What is not in it is zero. */
export type Sums = Readonly<Partial<Record<Figure, number>>>

/** The month's figures, gathered record by record: of the district, and of each of its parts. */
export interface Tally {
  readonly all: Sums
  readonly byTier: Readonly<Partial<Record<Tier, Sums>>>
  readonly byCategory: Readonly<Partial<Record<Category, Sums>>>
  readonly byDepartment: Readonly<Record<string, Sums>>
  readonly byMeasure: Readonly<Record<string, Sums>>
}

type Counts = Map<Figure, number>

/** Adds contributions up. A province has millions of records, so it counts in place, and is read once it is done. */
export const tallying = () => {
  const all: Counts = new Map()
  const parts = { byTier: new Map<string, Counts>(), byCategory: new Map<string, Counts>(), byDepartment: new Map<string, Counts>(), byMeasure: new Map<string, Counts>() }

  const addTo = (counts: Counts, amounts: Contribution['amounts']): void => {
    for (const [figure, amount] of Object.entries(amounts) as [Figure, number][]) if (amount !== 0) counts.set(figure, (counts.get(figure) ?? 0) + amount)
  }
  const addToPart = (part: Map<string, Counts>, name: string | undefined, amounts: Contribution['amounts']): void => {
    if (name === undefined) return
    const counts = part.get(name) ?? new Map<Figure, number>()
    part.set(name, counts)
    addTo(counts, amounts)
  }
  const read = (part: Map<string, Counts>): Record<string, Sums> =>
    Object.fromEntries([...part].filter(([, counts]) => counts.size > 0).sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, counts]) => [name, Object.fromEntries(counts)]))

  return {
    add: ({ amounts, departmentId, tier, category, measureId }: Contribution): void => {
      addTo(all, amounts)
      addToPart(parts.byDepartment, departmentId, amounts)
      addToPart(parts.byTier, tier, amounts)
      addToPart(parts.byCategory, category, amounts)
      addToPart(parts.byMeasure, measureId, amounts)
    },
    sums: (): Tally => ({ all: Object.fromEntries(all), byTier: read(parts.byTier), byCategory: read(parts.byCategory), byDepartment: read(parts.byDepartment), byMeasure: read(parts.byMeasure) }),
  }
}

/** The figure of a part, zero where nothing was counted. */
export const valueOf = (sums: Sums | undefined, figure: Figure): number => sums?.[figure] ?? 0
