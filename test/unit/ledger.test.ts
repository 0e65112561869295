import { expect, test } from 'vitest'
import { amendedKey, decisionWrites, issueKey } from '../../functions/adapters/issue-store.ts'
import { calendarFrom, readCalendar } from '../../functions/adapters/rules-store.ts'
import { openedMaybe, stored } from '../../functions/adapters/stored.ts'
import type { Table } from '../../functions/adapters/table.ts'
import { recompute } from '../../functions/ledger/recompute.ts'
import { calendarWith } from '../../shared/calendar/working-day.ts'
import { reckoningDeletes } from '../../shared/contract/table.ts'
import type { Decision } from '../../shared/issue/decision.ts'
import { deadlineOf } from '../../shared/issue/deadline.ts'
import { clockNames } from '../../shared/issue/issue.ts'
import { dispatch } from '../mothers/issue.ts'
import { at, shown, zone } from '../mothers/moment.ts'
import { limitedTo } from '../simulation/limited-table.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

// Invented: New Year's Day and the Monday after it off, Sunday 01-10 worked.
const notice2027 = { year: 2027, holidays: { '2027-01-01': '元旦', '2027-01-04': '元旦' }, makeUpDays: { '2027-01-10': '元旦' } }
const reckoning = { calendar: calendarWith([notice2027]), timeZone: zone }

const awaiting = (issueId: string): Decision => {
  const decision = dispatch({ on: '2026-12-30 10:00' })
  return { ...decision, issue: { ...decision.issue, issueId } }
}

test('an issue that cannot be read keeps none of the others from being reckoned anew, and is found again', async () => {
  const table = new MemoryTable()
  const [damaged, sound] = [awaiting('2026-000001'), awaiting('2026-000002')]
  for (const decision of [damaged, sound]) await table.commit(decisionWrites(decision, undefined))
  const item = await table.get(issueKey('2026-000001'))
  await table.commit([{ put: { ...item, ...issueKey('2026-000001'), data: { issueId: '2026-000001' } }, when: 'always' }])

  const failed: string[] = []
  const reckonAnew = () => recompute(table, at('2026-12-30 12:00'), reckoning, issueId => failed.push(issueId))
  expect(await reckonAnew()).toBe(1)
  expect(failed).toEqual(['2026-000001'])
  expect(openedMaybe('issue', await table.get(issueKey('2026-000002')))?.awaitedYears).toEqual([])

  await table.commit([{ put: { ...item, ...issueKey('2026-000001') }, when: 'always' }])
  expect(await reckonAnew()).toBe(1)
  expect(failed).toHaveLength(1)
})

test('issues that wait for a year without a notice cost a sweep nothing', async () => {
  const table = new MemoryTable()
  for (const issueId of ['2026-000001', '2026-000002']) await table.commit(decisionWrites(awaiting(issueId), undefined))
  const read: string[] = []
  const noting: Table = {
    get: key => table.get(key),
    getAll: keys => table.getAll(keys),
    putNew: item => table.putNew(item),
    commit: writes => table.commit(writes),
    query: async function* (query) {
      for await (const item of table.query(query)) {
        read.push(item.sk)
        yield item
      }
    },
  }
  const reckonBy = (notices: Parameters<typeof calendarWith>[0]) => recompute(noting, at('2026-12-30 12:00'), { calendar: calendarWith(notices), timeZone: zone }, failing)
  expect([await reckonBy([]), read]).toEqual([0, []])
  expect([await reckonBy([notice2027]), read]).toEqual([2, ['2027#2026-000001', '2027#2026-000002']])
})

test('reckoning anew deletes the marks of what it was for, and nothing else', async () => {
  const memory = new MemoryTable()
  const table = limitedTo({ writes: 'anything', deletes: reckoningDeletes }, memory)
  await table.commit(decisionWrites(awaiting('2026-000001'), undefined))
  await table.commit([{ put: stored('amended', amendedKey(2027), { year: 2027, at: at('2026-12-30 11:00') }, { version: 1 }), when: 'new' }])
  const before = memory.items()
  expect(await recompute(table, at('2026-12-30 12:00'), reckoning, failing)).toBe(1)
  const after = memory.items()
  const gone = before.filter(({ pk, sk }) => !after.some(item => item.pk === pk && item.sk === sk))
  expect(gone.map(({ pk, sk }) => `${pk} ${sk}`).sort()).toEqual(['AWAITING 2027', 'AWAITING 2027#2026-000001'])
})

const failing = (issueId: string): never => {
  throw new Error(`${issueId} was not reckoned anew`)
}

test('what was reckoned before a year came to ship with the code is explained by the days as they were then', async () => {
  // Reckoned by code that knew the notices until 2025: 2026 is by the days of the week, New Year's Day is worked.
  const calendar = calendarFrom(undefined, 2025)
  const { issue } = dispatch({ on: '2025-12-30 10:00', calendar })
  expect([issue.calendarVersion, issue.shippedUntil, issue.awaitedYears]).toEqual([0, 2025, [2026]])
  const asThen = { calendar: await readCalendar(new MemoryTable(), issue), timeZone: zone }
  for (const clock of clockNames) expect(deadlineOf(issue.clocks[clock], issue, asThen).by, clock).toBe(issue.clocks[clock].by)
  // By the notice, New Year's Day is off and Sunday the 4th is worked for it.
  const today = { calendar: calendarFrom(undefined), timeZone: zone }
  expect(shown(issue.clocks.reply.by)).toBe('2026-01-01 18:00')
  expect(shown(deadlineOf(issue.clocks.reply, issue, today).by)).toBe('2026-01-04 18:00')
})
