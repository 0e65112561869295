import type { Measure } from '../../shared/visit/measure.ts'
import { opened, stored, unchanged, versionAfter } from './stored.ts'
import type { Item, Key, Query, Table, Write } from './table.ts'

export const measureKey = (id: string): Key => ({ pk: `MEASURE#${id}`, sk: 'MEASURE' })

/** A measure as entered, on condition that nobody has entered it since `before` was read. */
export const measureWrite = (measure: Measure, before: Item | undefined): Write => ({
  put: stored('measure', measureKey(measure.measureId), measure, { version: versionAfter(before), allPk: 'MEASURES', allSk: measure.measureId }),
  when: unchanged(before),
})

/** Those of them that the catalogue has. */
export const measuresOf = async (table: Table, ids: readonly string[]): Promise<readonly Measure[]> =>
  (await table.getAll(ids.map(measureKey))).flatMap(item => (item === undefined ? [] : [opened('measure', item)]))

export const everyMeasure: Query = { index: 'all', partition: 'MEASURES' }
