import { documentedCosts } from './documented-capacity.ts'
import { measureCosts, type Units } from './operation-costs.ts'
import type { Section } from './report.ts'

const figures = (units: Units | undefined): [string, string] => [String(units?.reads ?? '–'), String(units?.writes ?? '–')]

/** What each thing costs beside the documented minimum. Here a test does demand that they are the same. */
export const capacity = async (): Promise<Section> => {
  const documented = documentedCosts()
  const measured = await measureCosts()
  return {
    title: "3. Capacity units beside the README's table",
    columns: ['what', 'reads', 'aim', 'writes', 'aim', ''],
    rows: Array.from(measured, ([what, units]) => {
      const [[reads, writes], [aimedReads, aimedWrites]] = [figures(units), figures(documented.get(what))]
      return [what, reads, aimedReads, writes, aimedWrites, reads === aimedReads && writes === aimedWrites ? 'met' : 'MISSED']
    }),
  }
}
