import type { Month } from '../../shared/calendar/date.ts'
import type { IssuedBulletin } from '../../shared/report/bulletin.ts'
import { opened, stored } from './stored.ts'
import { all, type Item, type Table } from './table.ts'

/** A bulletin and its departments: an item each, for a province has more of them than one item holds. */
const partitionOf = (month: Month): string => `BULLETIN#${month}`
const bulletinItem = ({ tally: { byDepartment: _apart, ...tally }, ...bulletin }: IssuedBulletin): Item => stored('bulletin', { pk: partitionOf(bulletin.month), sk: 'BULLETIN' }, { ...bulletin, ...tally })

/** The bulletin of the month as it was issued, if it has been. */
export const issuedBulletin = async (table: Table, month: Month): Promise<IssuedBulletin | undefined> => {
  const items = await all(table.query({ partition: partitionOf(month) }))
  const item = items.find(({ sk }) => sk === 'BULLETIN')
  if (item === undefined) return undefined
  const { all: sums, byTier, byCategory, byMeasure, ...bulletin } = opened('bulletin', item)
  const departments = items.filter(({ sk }) => sk !== 'BULLETIN').map(each => opened('bulletin-department', each))
  const byDepartment = Object.fromEntries(departments.map(({ departmentId, sums: ofDepartment }) => [departmentId, ofDepartment]))
  return { ...bulletin, tally: { all: sums, byTier, byCategory, byMeasure, byDepartment } }
}

/**
 * Issues a bulletin; false where that month's has been issued before, and stays as it is. It counts as issued once the
 * district's figures are there; those come last.
 */
export const issueBulletin = async (table: Table, bulletin: IssuedBulletin): Promise<boolean> => {
  for (const [departmentId, sums] of Object.entries(bulletin.tally.byDepartment))
    await table.commit([{ put: stored('bulletin-department', { pk: partitionOf(bulletin.month), sk: `DEPARTMENT#${departmentId}` }, { departmentId, sums }), when: 'always' }])
  return table.putNew(bulletinItem(bulletin))
}
