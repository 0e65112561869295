import { createHash } from 'node:crypto'
import type { Month } from '../../shared/calendar/date.ts'
import type { IssuedBulletin } from '../../shared/report/bulletin.ts'
import { opened, stored } from './stored.ts'
import { all, type Table } from './table.ts'

/** A bulletin and its departments: an item each, for a province has more of them than one item holds. */
const partitionOf = (month: Month): string => `BULLETIN#${month}`

/** Departments belong to the bulletin that names their rows: another run may have counted others, or may have broken off. */
const rowKey = (rows: string, departmentId: string): string => `DEPARTMENT#${rows}#${departmentId}`

/** The bulletin of the month as it was issued, if it has been. */
export const issuedBulletin = async (table: Table, month: Month): Promise<IssuedBulletin | undefined> => {
  const items = await all(table.query({ partition: partitionOf(month) }))
  const item = items.find(({ sk }) => sk === 'BULLETIN')
  if (item === undefined) return undefined
  const { all: sums, byTier, byCategory, byMeasure: measures, rows, ...bulletin } = opened('bulletin', item)
  const departments = items.filter(({ sk }) => sk.startsWith(rowKey(rows, ''))).map(each => opened('bulletin-department', each))
  return {
    ...bulletin,
    measureTitles: new Map(measures.map(({ measureId, title }) => [measureId, title])),
    tally: { all: sums, byTier, byCategory, byMeasure: Object.fromEntries(measures.map(each => [each.measureId, each.sums])), byDepartment: Object.fromEntries(departments.map(row => [row.departmentId, row.sums])) },
    departmentNames: new Map(departments.map(row => [row.departmentId, row.departmentName])),
  }
}

/**
 * Issues a bulletin; false where that month's has been issued before, and stays as it is. It counts as issued once the
 * district's figures are there; those come last.
 */
export const issueBulletin = async (table: Table, { tally, departmentNames, measureTitles, ...bulletin }: IssuedBulletin): Promise<boolean> => {
  const { byDepartment, byMeasure, ...ofDistrict } = tally
  // A list, for people choose the codes, and the database takes no map with a key like `constructor`.
  const measures = Object.entries(byMeasure).map(([measureId, sums]) => ({ measureId, title: measureTitles.get(measureId) ?? measureId, sums }))
  const rows = createHash('sha256').update(JSON.stringify([bulletin, byDepartment])).digest('hex').slice(0, 12)
  const pk = partitionOf(bulletin.month)
  for (const [departmentId, sums] of Object.entries(byDepartment))
    await table.commit([{ put: stored('bulletin-department', { pk, sk: rowKey(rows, departmentId) }, { departmentId, departmentName: departmentNames.get(departmentId) ?? departmentId, sums }), when: 'always' }])
  return table.putNew(stored('bulletin', { pk, sk: 'BULLETIN' }, { ...bulletin, ...ofDistrict, byMeasure: measures, rows }))
}
