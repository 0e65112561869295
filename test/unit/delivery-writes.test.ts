import { expect, test } from 'vitest'
import { deliveriesOf, deliveryDays, deliveryWrites } from '../../functions/adapters/measure-store.ts'
import { Conflict } from '../../functions/adapters/table.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

const enterpriseId = creditCodeOf(1)
const on = (visitedOn: string) => ({ enterpriseId, visitedOn })
const measures = ['M-1', 'M-2']

const explained = async (...days: readonly string[]) => {
  const table = new MemoryTable()
  const explain = async (day: string, ids: readonly string[] = measures) => deliveryWrites({ ...on(day), officerId: '1001' }, ids, await deliveriesOf(table, ids, enterpriseId))
  for (const day of days) await table.commit(await explain(day))
  const dayOf = async (measureId = 'M-1') => (await deliveryDays(table, measureId, [creditCodeOf(2), enterpriseId])).get(enterpriseId)
  return { table, explain, dayOf }
}

test('only a first or an earlier day is written', async () => {
  const { explain, dayOf } = await explained('2026-03-02')
  expect(await explain('2026-03-02')).toEqual([])
  expect(await explain('2026-03-03')).toEqual([])
  expect(await explain('2026-03-03', ['M-1', 'M-3'])).toHaveLength(1)
  expect(await explain('2026-03-01')).toHaveLength(2)
  expect([await dayOf('M-1'), await dayOf('M-3')]).toEqual(['2026-03-02', undefined])
})

test.each([[[]], [['2026-03-05']]])('of two visits entered at once, with %j before, the one written later looks again', async before => {
  const { table, explain, dayOf } = await explained(...before)
  const [late, early] = [await explain('2026-03-04'), await explain('2026-03-02')]
  await table.commit(early)
  await expect(table.commit(late)).rejects.toThrow(Conflict)
  expect(await explain('2026-03-04')).toEqual([])
  expect(await dayOf()).toBe('2026-03-02')
})
