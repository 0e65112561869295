import type { Month } from '../../shared/calendar/date.ts'
import { toRfc3339, type TimeZone } from '../../shared/calendar/zone.ts'
import { layOut } from '../../shared/report/bulletin.ts'
import type { NamedBulletin } from '../../shared/report/tables.ts'
import { issuedBulletin } from '../adapters/bulletin-store.ts'
import { measureKey } from '../adapters/measure-store.ts'
import { departmentKey } from '../adapters/roster-store.ts'
import { openedMaybe } from '../adapters/stored.ts'
import type { Table } from '../adapters/table.ts'

/** The bulletin of the month as it was issued, with the names people read; nothing before it has been issued. */
export const namedBulletin = async (table: Table, month: Month, timeZone: TimeZone): Promise<NamedBulletin | undefined> => {
  const issued = await issuedBulletin(table, month)
  if (issued === undefined) return undefined
  const { tally, before, issuedAt } = issued
  const { byDepartment, byMeasure, ...laidOut } = layOut(month, tally, before)
  const [departments, measures] = await Promise.all([
    table.getAll(byDepartment.map(({ departmentId }) => departmentKey(departmentId))),
    table.getAll(byMeasure.map(({ measureId }) => measureKey(measureId))),
  ])
  return {
    ...laidOut,
    countedAt: toRfc3339(issuedAt, timeZone),
    issued: true,
    byDepartment: byDepartment.map((row, at) => ({ ...row, departmentName: openedMaybe('department', departments[at])?.name ?? row.departmentId })),
    byMeasure: byMeasure.map((row, at) => ({ ...row, title: openedMaybe('measure', measures[at])?.title ?? row.measureId })),
  }
}
