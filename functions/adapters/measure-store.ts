import type { Measure } from '../../shared/visit/measure.ts'
import { stored, unchanged, versionAfter } from './stored.ts'
import type { Item, Key, Query, Write } from './table.ts'

export const measureKey = (id: string): Key => ({ pk: `MEASURE#${id}`, sk: 'MEASURE' })

/** A measure as entered, on condition that nobody has entered it since `before` was read. */
export const measureWrite = (measure: Measure, before: Item | undefined): Write => ({
  put: stored('measure', measureKey(measure.measureId), measure, { version: versionAfter(before), allPk: 'MEASURES', allSk: measure.measureId }),
  when: unchanged(before),
})

export const everyMeasure: Query = { index: 'all', partition: 'MEASURES' }
