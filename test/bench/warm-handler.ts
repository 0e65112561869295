import { connect, tableOf } from '../../functions/adapters/table.ts'
import { getIssue, submitIssue } from '../../shared/contract/issues.ts'
import type { Operation } from '../../shared/contract/operation.ts'
import { getQuota } from '../../shared/contract/visits.ts'
import { openEmbeddedTable } from '../integration/embedded-table.ts'
import { aNewIssue } from '../mothers/issue.ts'
import { inTurns, repeat } from './bare-calls.ts'
import { apiOver, foundDistrict, staff, type Ask } from './campaign.ts'
import { meterOn } from './meter.ts'
import { atMost, decimals, type Row, type Section } from './report.ts'

/**
 * The handler, with everything a request passes, against the bare calls it makes: the very same, in the same order, as
 * many at once. The two take turns, so that whatever else the machine does falls on both.
 */
export const warmHandler = async (): Promise<Section> => {
  const { table, tableName, client: metered, close } = await openEmbeddedTable()
  try {
    await foundDistrict(table)
    const prepare = apiOver(table)
    const { body } = await prepare(submitIssue, { as: staff.officer, body: aNewIssue({ tier: 'A' }) })
    const requests: readonly (readonly [Operation, Ask])[] = [
      [getIssue, { as: staff.officer, params: { issueId: String(body['issueId']) } }],
      [getQuota, { as: staff.officer, query: { month: '2026-03' } }],
    ]
    const meter = meterOn(metered)
    const client = connect()
    const ask = apiOver(tableOf(client, tableName))
    const rows: Row[] = []
    for (const [op, request] of requests) {
      const { calls } = await meter(() => prepare(op, request))
      const [ours, bare] = await inTurns(() => ask(op, request), () => repeat(client, calls))
      rows.push([op.id, String(calls.length), decimals(ours, 2), decimals(bare, 2), ...atMost(ours / bare, 1.5)])
    }
    client.destroy()
    return {
      title: '1. A warm handler against the bare calls it makes',
      columns: ['operation', 'calls', 'handler, ms', 'bare, ms', 'ratio', 'aim', ''],
      rows,
    }
  } finally {
    await close()
  }
}
