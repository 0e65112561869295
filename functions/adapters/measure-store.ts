import { monthOf, type LocalDate, type Month } from '../../shared/calendar/date.ts'
import { firstDelivery, type Measure } from '../../shared/visit/measure.ts'
import type { Visit } from '../../shared/visit/visit.ts'
import { opened, openedMaybe, stored, unchanged, versionAfter } from './stored.ts'
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

/**
 * One item for each measure and enterprise, with the day it was first explained: what a list of either costs follows from
 * the pairs it shows, and not from the visits there have been.
 */
const deliveryKey = (measureId: string, enterpriseId: string): Key => ({ pk: `ENTERPRISE#${enterpriseId}`, sk: `DELIVERED#${measureId}` })

/** What is known of the measures' delivery to the enterprise, in their order. */
export const deliveriesOf = (table: Table, measureIds: readonly string[], enterpriseId: string): Promise<readonly (Item | undefined)[]> =>
  table.getAll(measureIds.map(measureId => deliveryKey(measureId, enterpriseId)))

/** The days on which the measure was delivered, by enterprise; of those to which it was. */
export const deliveryDays = async (table: Table, measureId: string, enterpriseIds: readonly string[]): Promise<ReadonlyMap<string, LocalDate>> => {
  const items = await table.getAll(enterpriseIds.map(enterpriseId => deliveryKey(measureId, enterpriseId)))
  return new Map(
    enterpriseIds.flatMap((enterpriseId, at) => {
      const delivery = openedMaybe('delivery', items[at])
      return delivery === undefined ? [] : [[enterpriseId, delivery.deliveredOn] as const]
    }),
  )
}

/** What was delivered in the month. */
export const deliveriesIn = (month: Month): Query => ({ index: 'all', partition: `DELIVERIES#${month}` })

/**
 * The deliveries that a visit brings about or dates back, each in the list of its month. `before` are the items as they were read: of two visits entered
 * at once, whoever they are by, the later one to be written looks again.
 */
export const deliveryWrites = (
  { enterpriseId, officerId, visitedOn }: Pick<Visit, 'enterpriseId' | 'officerId' | 'visitedOn'>,
  measureIds: readonly string[],
  before: readonly (Item | undefined)[],
): readonly Write[] =>
  measureIds.flatMap((measureId, at): Write[] => {
    const item = before[at]
    const known = openedMaybe('delivery', item)?.deliveredOn
    const deliveredOn = firstDelivery(known, visitedOn)
    if (deliveredOn === known) return []
    const delivery = { measureId, enterpriseId, officerId, deliveredOn }
    const place = { allPk: `DELIVERIES#${monthOf(deliveredOn)}`, allSk: `${measureId}#${enterpriseId}` }
    return [{ put: stored('delivery', deliveryKey(measureId, enterpriseId), delivery, { version: versionAfter(item), ...place }), when: unchanged(item) }]
  })
