import { lastDayOfMonth, type Month } from '../../shared/calendar/date.ts'
import type { Officer } from '../../shared/roster/roster.ts'
import { subjects, type Subject } from '../../shared/report/figure.ts'
import { tallying, type Tally } from '../../shared/report/tally.ts'
import { concurrently, interleaved } from '../adapters/concurrently.ts'
import { monthsInOrder, type OfficerMonth } from '../adapters/month-store.ts'
import { officerKey, rosterQueries } from '../adapters/roster-store.ts'
import { openedMaybe } from '../adapters/stored.ts'
import type { Item, Query, Table } from '../adapters/table.ts'
import { countedOfficer, departmentsOn, sourcesOf, type Given } from './records.ts'

/** Records that are read side by side. */
const atOnce = 100

/** Counts a month's records, each once. Of officers and visits, which are many, it keeps the sums alone; of issues and cases, which of those that had not ended it has met. */
export const drawUp = async (table: Table, month: Month, given: Given): Promise<Tally> => {
  const tally = tallying()
  const departmentOf = departmentsOn(table, lastDayOfMonth(month))
  const sources = sourcesOf(table, month, given)

  for await (const [each, officer] of whoWasPaired(table, month)) tally.add(countedOfficer(each, await departmentOf(officer), month, given.policy).contribution)
  for (const subject of subjects.filter((each): each is Exclude<Subject, 'officer'> => each !== 'officer')) {
    const { queries, ended, read } = sources[subject]
    const count = (lists: readonly Query[], isNew: (item: Item) => boolean): Promise<void> =>
      concurrently(interleaved(lists.map(query => table.query(query))), atOnce, async item => {
        const record = isNew(item) ? await read(item) : undefined
        if (record !== undefined) tally.add(record.contribution)
      })
    // What is still to end moves in its list while that is read, and then over to the other, which nothing leaves: that is read last.
    const met = new Set<string>()
    await count(queries, ({ pk }) => {
      if (ended.length === 0) return true
      if (met.has(pk)) return false
      met.add(pk)
      return true
    })
    await count(ended, ({ pk }) => !met.has(pk))
  }
  return tally.sums()
}

/**
 * Everybody's month, with who they are. Pairings, records and officers lie in lists of one order, which are read side by side:
 * looked up one by one, officers would cost more than all the rest.
 */
async function* whoWasPaired(table: Table, month: Month): AsyncGenerator<readonly [OfficerMonth, Officer]> {
  const officers = table.query(rosterQueries.officers)[Symbol.asyncIterator]()
  let next = await officers.next()
  for await (const each of monthsInOrder(table, month)) {
    while (next.done !== true && String(next.value['allSk']) < each.officerId) next = await officers.next()
    const listed = next.done !== true && next.value['allSk'] === each.officerId ? next.value : undefined
    // Somebody entered a moment ago may be paired already, and not in the list yet.
    const officer = openedMaybe('officer', listed ?? (await table.get(officerKey(each.officerId))))
    if (officer === undefined) throw new Error('somebody paired who is not in the roster')
    yield [each, officer]
  }
}
