import type { Month } from '../../shared/calendar/date.ts'
import { toRfc3339, type TimeZone } from '../../shared/calendar/zone.ts'
import { layOut } from '../../shared/report/bulletin.ts'
import type { NamedBulletin } from '../../shared/report/tables.ts'
import { issuedBulletin } from '../adapters/bulletin-store.ts'
import type { Table } from '../adapters/table.ts'

/** The bulletin of the month as it was issued, with the names people read; nothing before it has been issued. */
export const namedBulletin = async (table: Table, month: Month, timeZone: TimeZone): Promise<NamedBulletin | undefined> => {
  const issued = await issuedBulletin(table, month)
  if (issued === undefined) return undefined
  const { byDepartment, byMeasure, ...laidOut } = layOut(month, issued.tally, issued.before)
  return {
    ...laidOut,
    countedAt: toRfc3339(issued.issuedAt, timeZone),
    issued: true,
    byDepartment: byDepartment.map(row => ({ ...row, departmentName: issued.departmentNames.get(row.departmentId) ?? row.departmentId })),
    byMeasure: byMeasure.map(row => ({ ...row, title: issued.measureTitles.get(row.measureId) ?? row.measureId })),
  }
}
