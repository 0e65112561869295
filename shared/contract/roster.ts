import * as z from 'zod/mini'
import { departmentSchema, enterpriseSchema, officerSchema, pairingSchema, staffNumber } from '../roster/roster.ts'
import { code, enterpriseId, instant, listOf, localDate, officerCode, opaque, paging } from './field.ts'
import { campaignOffice, everybody, operation, roles, type Access } from './operation.ts'

const admins: Access = { admin: 'any' }
/** An enterprise's contact is personal data: officers see the enterprises they are paired with. */
const enterpriseReaders: Access = { officer: 'own', handler: 'any', director: 'any', supervisor: 'any', admin: 'any' }
const pairingReaders: Access = { officer: 'own', handler: 'any', director: 'any', supervisor: 'any', admin: 'any' }

const departmentId = z.strictObject({ departmentId: code })
const officerId = z.strictObject({ officerId: staffNumber })
const enterprise = z.strictObject({ enterpriseId })

export const putDepartment = operation({
  id: 'putDepartment', method: 'PUT', path: '/v1/departments/{departmentId}', owner: 'roster', access: admins,
  summary: { zh: '录入或更新部门', en: 'Enter or update a department' },
  params: departmentId, body: z.omit(departmentSchema, { departmentId: true }), status: 200, response: departmentSchema, ifMatch: 'optional', etag: true,
})
export const getDepartment = operation({
  id: 'getDepartment', method: 'GET', path: '/v1/departments/{departmentId}', owner: 'roster', access: everybody,
  summary: { zh: '查看部门', en: 'Read a department' },
  params: departmentId, status: 200, response: departmentSchema, etag: true, problems: ['department-not-found'],
})
export const listDepartments = operation({
  id: 'listDepartments', method: 'GET', path: '/v1/departments', owner: 'roster', access: everybody,
  summary: { zh: '部门列表', en: 'List departments' },
  query: z.strictObject(paging), status: 200, response: listOf(departmentSchema),
})

export const putOfficer = operation({
  id: 'putOfficer', method: 'PUT', path: '/v1/officers/{officerId}', owner: 'roster', access: admins,
  summary: { zh: '录入或更新干部', en: 'Enter or update an officer' },
  params: officerId, body: z.extend(z.omit(officerSchema, { officerId: true, active: true }), { active: z.optional(z.boolean()) }), status: 200, response: officerSchema, ifMatch: 'optional', etag: true,
  problems: ['department-not-found', 'email-taken', 'last-administrator'],
})
export const getOfficer = operation({
  id: 'getOfficer', method: 'GET', path: '/v1/officers/{officerId}', owner: 'roster', access: everybody,
  summary: { zh: '查看干部', en: 'Read an officer' },
  params: officerId, status: 200, response: officerSchema, etag: true, problems: ['officer-not-found'],
})
export const listOfficers = operation({
  id: 'listOfficers', method: 'GET', path: '/v1/officers', owner: 'roster', access: everybody,
  summary: { zh: '干部列表', en: 'List officers' },
  query: z.strictObject({ departmentId: z.optional(code), ...paging }), status: 200, response: listOf(officerSchema),
})

export const putEnterprise = operation({
  id: 'putEnterprise', method: 'PUT', path: '/v1/enterprises/{enterpriseId}', owner: 'roster', access: campaignOffice,
  summary: { zh: '录入或更新企业', en: 'Enter or update an enterprise' },
  note: {
    zh: '以所填内容整体替换：未填写的联系人、邮箱、电话即为删除；联系人有变动的，原专用链接随即失效。',
    en: 'Replaces the whole: a contact name, address or phone that is left out is taken away. Where the contact changes, the links sent before end.',
  },
  params: enterprise, body: z.omit(enterpriseSchema, { enterpriseId: true }), status: 200, response: enterpriseSchema, ifMatch: 'optional', etag: true,
  problems: ['enterprise-code-mismatch'],
})
export const revokeLinks = operation({
  id: 'revokeLinks', method: 'POST', path: '/v1/enterprises/{enterpriseId}/links/revocation', owner: 'roster', access: campaignOffice,
  summary: { zh: '停用企业的全部专用链接（此后的邮件带新链接）', en: "End all links to an enterprise's pages; later mails bring new ones" },
  params: enterprise, body: z.strictObject({}), status: 200, response: z.strictObject({ enterpriseId, revokedAt: instant }), problems: ['enterprise-not-found'],
})
export const sendLink = operation({
  id: 'sendLink', method: 'POST', path: '/v1/enterprises/{enterpriseId}/links', owner: 'roster', access: { officer: 'own', supervisor: 'any' },
  summary: { zh: '向企业联系人发送专用链接', en: "Send the enterprise's contact a link to its pages" },
  params: enterprise, body: z.strictObject({}), status: 200, response: z.strictObject({ enterpriseId, sentAt: instant }), problems: ['enterprise-not-found', 'no-contact-address'],
})
export const getEnterprise = operation({
  id: 'getEnterprise', method: 'GET', path: '/v1/enterprises/{enterpriseId}', owner: 'roster', access: enterpriseReaders,
  summary: { zh: '查看企业', en: 'Read an enterprise' },
  params: enterprise, status: 200, response: enterpriseSchema, etag: true, problems: ['enterprise-not-found'],
})
export const listEnterprises = operation({
  id: 'listEnterprises', method: 'GET', path: '/v1/enterprises', owner: 'roster',
  access: { handler: 'any', director: 'any', supervisor: 'any', admin: 'any' },
  summary: { zh: '企业列表', en: 'List enterprises' },
  query: z.strictObject(paging), status: 200, response: listOf(enterpriseSchema),
})

export const createPairing = operation({
  id: 'createPairing', method: 'POST', path: '/v1/pairings', owner: 'roster', access: campaignOffice,
  summary: { zh: '建立结对', en: 'Pair an officer with an enterprise' },
  body: z.strictObject({ officerId: officerCode, enterpriseId, startsOn: localDate, endsOn: z.optional(localDate) }),
  status: 201, response: pairingSchema,
  problems: ['officer-not-found', 'officer-left', 'not-an-officer', 'enterprise-not-found', 'pairing-overlaps', 'pairing-ends-before-start'],
})
export const endPairing = operation({
  id: 'endPairing', method: 'POST', path: '/v1/pairings/{pairingId}/end', owner: 'roster', access: campaignOffice,
  summary: { zh: '结束结对', en: 'End a pairing' },
  params: z.strictObject({ pairingId: opaque(100) }), body: z.strictObject({ endsOn: localDate }),
  status: 200, response: pairingSchema,
  problems: ['pairing-not-found', 'pairing-ended', 'pairing-ends-before-start', 'pairing-has-visits'],
})
export const listPairings = operation({
  id: 'listPairings', method: 'GET', path: '/v1/pairings', owner: 'roster', access: pairingReaders,
  summary: { zh: '结对列表（按干部或企业）', en: 'List pairings of an officer or an enterprise' },
  query: z.strictObject({ officerId: z.optional(officerCode), enterpriseId: z.optional(enterpriseId), ...paging }),
  status: 200, response: listOf(pairingSchema), problems: ['filter-required'],
})

/** What can be imported, in the order that satisfies what rows refer to, with the columns of each file. */
export const importColumns = {
  departments: ['departmentId', 'name'],
  officers: ['staffNo', 'name', 'email', 'departmentId', 'roles'],
  enterprises: ['enterpriseId', 'kind', 'name', 'contactName', 'contactEmail', 'contactPhone'],
  pairings: ['staffNo', 'enterpriseId', 'startsOn'],
} as const
export type ImportKind = keyof typeof importColumns
export const importKinds = Object.keys(importColumns) as [ImportKind, ...ImportKind[]]

const columnsInWords = (separator: string): string => Object.entries(importColumns).map(([kind, columns]) => `${kind} ${columns.join(',')}`).join(separator)

export const rejectedRow = z.strictObject({
  /** Line of the row in a spreadsheet: the heading is row 1. */
  row: z.int(),
  column: z.string(),
  code: z.string(),
  message: z.string(),
})
export type RejectedRow = z.infer<typeof rejectedRow>

/** So many are listed, from the top; a file with more is wrong in one way throughout. */
export const rejectedAtMost = 1_000

export const importRoster = operation({
  id: 'importRoster', method: 'POST', path: '/v1/imports/{kind}', owner: 'roster', access: admins,
  summary: { zh: '导入 CSV（UTF-8 或 GB18030），先整体检查后写入', en: 'Import a CSV file (UTF-8 or GB18030), checked whole before anything is written' },
  note: {
    zh: `首行为列名：${columnsInWords('；')}。officers 的 roles 以分号分隔（${roles.join(';')}）。有一行错误即全部不写入，逐行列在 rejected 中（状态仍为 200）；同一文件重复导入不产生变化；enterprises 的空单元格保留原有联系方式。`,
    en: `The first line names the columns: ${columnsInWords('; ')}. The roles of an officer are parted by semicolons (${roles.join(';')}). One bad row and nothing is written: every bad row is listed in rejected, and the status is 200 all the same. The same file again changes nothing; an empty cell of an enterprise leaves its contact as it is.`,
  },
  params: z.strictObject({ kind: z.enum(importKinds) }),
  query: z.strictObject({ dryRun: z.optional(z.enum(['true', 'false'])) }),
  body: 'csv', status: 200, commitsInParts: true,
  response: z.strictObject({
    accepted: z.int(),
    rejected: z.array(rejectedRow).check(z.maxLength(rejectedAtMost)),
    /** How many there are beyond those listed. */
    more: z.optional(z.int()),
  }),
  problems: ['import-too-large', 'import-not-readable'],
})

export const rosterOperations = [
  putDepartment, getDepartment, listDepartments, putOfficer, getOfficer, listOfficers,
  putEnterprise, revokeLinks, sendLink, getEnterprise, listEnterprises, createPairing, endPairing, listPairings, importRoster,
] as const
