import { issueLink } from '../../functions/adapters/link-store.ts'
import { connect, tableOf } from '../../functions/adapters/table.ts'
import { openCase, putTemplate } from '../../shared/contract/cases.ts'
import { submitIssue } from '../../shared/contract/issues.ts'
import type { Operation } from '../../shared/contract/operation.ts'
import { viewCase, viewEnterprise, viewIssue, viewNewIssue, viewVisits } from '../../shared/contract/pages.ts'
import { recordVisit } from '../../shared/contract/visits.ts'
import { openEmbeddedTable } from '../integration/embedded-table.ts'
import { aTemplate } from '../mothers/case.ts'
import { anEnterprise } from '../mothers/enterprise.ts'
import { aNewIssue } from '../mothers/issue.ts'
import { inTurns, repeat } from './bare-calls.ts'
import { apiOver, foundDistrict, monday, pagesOver, staff } from './campaign.ts'
import { meterOn } from './meter.ts'
import { atMost, decimals, type Row, type Section } from './report.ts'

const token = 'a-token-of-the-bench'.padEnd(43, '-')
const issues = 40

/** The pages of an enterprise with much to show: what they weigh, and how long they take against the bare calls they make. */
export const pages = async (): Promise<Section> => {
  const { table, tableName, client: metered, close } = await openEmbeddedTable()
  try {
    await foundDistrict(table)
    const ask = apiOver(table)
    const { enterpriseId } = anEnterprise()
    let issueId = ''
    for (let at = 0; at < issues; at++) issueId = String((await ask(submitIssue, { as: staff.officer, body: aNewIssue({ tier: 'A' }) })).body['issueId'])
    await ask(recordVisit, { as: staff.officer, body: { enterpriseId, visitedOn: '2026-03-02', mode: 'onsite', summary: '了解用工情况' } })
    // As many steps as a template can have, all of one department.
    const steps = Array.from({ length: 20 }, (_, at) => ({ stepId: `S-${at}`, title: '施工图审查与核发许可', departmentId: 'D-01', after: [], statutoryWorkingDays: 10, promisedWorkingDays: 3, mode: 'guide' as const }))
    const { templateId, ...template } = aTemplate({ steps })
    await ask(putTemplate, { as: staff.supervisor, params: { templateId }, body: template })
    const caseId = String((await ask(openCase, { as: staff.officer, body: { templateId, enterpriseId, title: '二期厂房施工许可' } })).body['caseId'])
    await issueLink(table, token, anEnterprise(), monday)

    const meter = meterOn(metered)
    const open = pagesOver(table, token)
    const client = connect()
    const openInTurn = pagesOver(tableOf(client, tableName), token)
    const rows: Row[] = []
    for (const [op, params] of [[viewEnterprise, {}], [viewIssue, { issueId }], [viewCase, { caseId }], [viewNewIssue, {}], [viewVisits, {}]] as const satisfies readonly (readonly [Operation, object])[]) {
      let html = ''
      const { calls } = await meter(async () => (html = await open(op, params)))
      const [ours, bare] = await inTurns(() => openInTurn(op, params), () => repeat(client, calls))
      rows.push([op.id, decimals(Buffer.byteLength(html) / 1000, 1), ...atMost(Buffer.byteLength(html) / 1000, 30, 1).slice(1), String(calls.length), decimals(ours, 2), decimals(bare, 2), ...atMost(ours / bare, 1.5)])
    }
    client.destroy()
    return {
      title: `6. The pages of an enterprise with ${issues} issues and a case of ${steps.length} steps`,
      columns: ['page', 'KB', 'aim', '', 'calls', 'page, ms', 'bare, ms', 'ratio', 'aim', ''],
      rows,
    }
  } finally {
    await close()
  }
}
