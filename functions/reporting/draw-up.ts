import { lastDayOfMonth, type Month } from '../../shared/calendar/date.ts'
import { subjects, type Subject } from '../../shared/report/figure.ts'
import { tallying, type Tally } from '../../shared/report/tally.ts'
import { concurrently, inLots, interleaved } from '../adapters/concurrently.ts'
import { officerMonths, type OfficerMonth } from '../adapters/month-store.ts'
import { officerKey } from '../adapters/roster-store.ts'
import { opened } from '../adapters/stored.ts'
import type { Table } from '../adapters/table.ts'
import { countedOfficer, departmentsOn, sourcesOf, type Given } from './records.ts'

/** Records that are read side by side. */
const atOnce = 100

/** Counts a month's records, each once. Of officers and visits, which are many, it keeps the sums alone; of issues and cases, which it has met. */
export const drawUp = async (table: Table, month: Month, given: Given): Promise<Tally> => {
  const tally = tallying()
  const departmentOf = departmentsOn(table, lastDayOfMonth(month))
  const sources = sourcesOf(table, month, given)

  const countOfficers = async (months: readonly OfficerMonth[]): Promise<void> => {
    const items = await table.getAll(months.map(({ officerId }) => officerKey(officerId)))
    for (const [at, each] of months.entries()) {
      const item = items[at]
      if (item === undefined) throw new Error('somebody paired who is not in the roster')
      tally.add(countedOfficer(each, await departmentOf(opened('officer', item)), month, given.policy).contribution)
    }
  }

  // Officers' pairings and records lie side by side, each in one list; looked up officer by officer they would cost far more.
  for await (const batch of inLots(interleaved(officerMonths(table, month)), atOnce)) await countOfficers(batch)
  for (const subject of subjects.filter((each): each is Exclude<Subject, 'officer'> => each !== 'officer')) {
    const { queries, read } = sources[subject]
    // What ends while it is counted stands in both lists for a moment.
    const counted = new Set<string>()
    await concurrently(interleaved(queries.map(query => table.query(query))), atOnce, async item => {
      if (counted.has(`${item.pk} ${item.sk}`)) return
      counted.add(`${item.pk} ${item.sk}`)
      const record = await read(item)
      if (record !== undefined) tally.add(record.contribution)
    })
  }
  return tally.sums()
}
