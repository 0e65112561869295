import * as z from 'zod/mini'
import { workbookType } from '../report/workbook.ts'
import { code, enterpriseId, month, officerCode } from './field.ts'
import { ledgerFilters, ledgerReaders } from './issues.ts'
import { operation } from './operation.ts'
import { visitReaders } from './visits.ts'

/** Who may list something may export it, as far as they reach; what nobody is named for goes as far as that. */

const reach = {
  zh: '不指明干部、部门的，导出本人权限内的全部：部门负责人为本部门，干部为本人。',
  en: 'Where neither officer nor department is named, it holds all that the caller reaches: a director the own department, an officer what is their own.',
}

export const exportVisits = operation({
  id: 'exportVisits', method: 'GET', path: '/v1/exports/visits', owner: 'exports', access: visitReaders,
  summary: { zh: '导出走访记录（XLSX）', en: 'Visits of a month as a workbook (XLSX)' },
  note: { zh: `一月的走访，逐次一行，含纪要。${reach.zh}`, en: `The visits of a month, a row for each, with what was written of them. ${reach.en}` },
  query: z.strictObject({ month, departmentId: z.optional(code), officerId: z.optional(officerCode), enterpriseId: z.optional(enterpriseId) }),
  status: 200, response: { mediaType: workbookType }, problems: ['officer-not-found', 'department-not-found', 'export-too-large'],
})

export const exportQuota = operation({
  id: 'exportQuota', method: 'GET', path: '/v1/exports/quota', owner: 'exports', access: visitReaders,
  summary: { zh: '导出一月两见完成情况（XLSX）', en: 'The quota of a month as a workbook (XLSX)' },
  note: { zh: `一月的走访达标情况，每名干部与每家企业一行。${reach.zh}`, en: `The quota of a month, a row for each officer and enterprise. ${reach.en}` },
  query: z.strictObject({ month, departmentId: z.optional(code), officerId: z.optional(officerCode) }),
  status: 200, response: { mediaType: workbookType }, problems: ['officer-not-found', 'department-not-found', 'export-too-large'],
})

export const exportLedger = operation({
  id: 'exportLedger', method: 'GET', path: '/v1/exports/ledger', owner: 'exports', access: ledgerReaders,
  summary: { zh: '导出台账（XLSX）', en: 'The ledger as a workbook (XLSX)' },
  note: {
    zh: '问题台账，逐项一行，条件与台账查询相同；month 为交办的月份，可以不填。导出的为本人在台账查询中可以看到的问题。',
    en: 'The ledger, a row for each issue, by the filters that its list has; month is the one in which issues were dispatched, and can be left out. It holds the issues that the caller sees in the list.',
  },
  query: z.strictObject({ month: z.optional(month), ...ledgerFilters }),
  status: 200, response: { mediaType: workbookType }, problems: ['officer-not-found', 'department-not-found', 'enterprise-not-found', 'export-too-large'],
})

export const exportOperations = [exportLedger, exportVisits, exportQuota] as const
