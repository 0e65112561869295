import { Agent, request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawUpAssessment } from '../../../shared/contract/assessments.ts'
import { openCase, putTemplate } from '../../../shared/contract/cases.ts'
import { operations } from '../../../shared/contract/index.ts'
import { getIssue, submitIssue } from '../../../shared/contract/issues.ts'
import { putMeasure } from '../../../shared/contract/measures.ts'
import { draftNotice, publishNotice } from '../../../shared/contract/notices.ts'
import { roles, type Operation } from '../../../shared/contract/operation.ts'
import { getPolicy } from '../../../shared/contract/policy.ts'
import { putProjectPlan } from '../../../shared/contract/projects.ts'
import { createPairing, getDepartment, getEnterprise, importColumns, putDepartment, putEnterprise, putOfficer } from '../../../shared/contract/roster.ts'
import { callSession } from '../../../shared/contract/sessions.ts'
import { listVisits, recordVisit, requestExemption } from '../../../shared/contract/visits.ts'
import { defaultPolicy } from '../../../shared/policy/policy.ts'
import { flagIdOf } from '../../../shared/visit/flag.ts'
import { creditCodeOf } from '../../mothers/enterprise.ts'
import { projectCodeOf } from '../../mothers/project.ts'
import { refusalIn, type Client } from './client.ts'
import { enterpriseOf, foundDistrict, idOf, type District } from './district.ts'
import { startWorld } from './world.ts'

let district: District
let everything: Client
let token = ''
const agent = new Agent({ keepAlive: true, maxSockets: 12 })

/** One request, byte by byte as it goes over the wire. */
interface Raw {
  readonly about: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer | string
}

interface Reply {
  readonly status: number
  readonly type: string
  readonly location: string
  readonly text: string
}

const send = (op: Operation, path: string, headers: Readonly<Record<string, string>>, body: Buffer | undefined): Promise<Reply> =>
  new Promise((resolve, reject) => {
    // Host and path apart, so that nobody tidies the path up on the way.
    const { hostname, port } = new URL(district.url)
    const outgoing = request({ hostname, port, path, method: op.method, agent, headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(body.length) }) } })
    outgoing.on('error', reject)
    outgoing.on('response', response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, type: (response.headers['content-type'] ?? '').split(';')[0] ?? '', location: response.headers.location ?? '', text: Buffer.concat(chunks).toString() })
      })
    })
    outgoing.end(body)
  })

const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth)

const texts = [
  '', ' ', '\t', '\u0000', 'a\u0000b', 'a\r\nX-Injected: 1', '\ud800', 'a\udc00', '\u202egnp.exe', '\u2066x', '\u200b', '\ufeff', '\u2028', '\u0085', '👨‍👩‍👧‍👦🏳️‍🌈', '𠮷野家㐂𰻝𰻝面', 'ﷺ', 'İıſ',
  'x'.repeat(3_000), '亲'.repeat(6_000), "' OR '1'='1' --", '"; DROP TABLE officers; --', '{"$gt":""}', 'attribute_exists(pk)', ':pk', '#', 'POLICY#CURRENT', '<script>alert(1)</script>', '<img src=x onerror=alert(1)>',
  '{{7*7}}', '${7*7}', '=cmd|\' /C calc\'!A0', '../../etc/passwd', '..\\..\\windows', '%00', '%', '%2e%2e%2f', 'file:///etc/passwd', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'undefined', 'NaN', '-1', '0', '1e999', '0x7EA',
  '9007199254740993', '1'.repeat(400), '2026-02-30', '2026-13-01', '0000-00-00', '9999-12-31', '2026-2-3', '+292278994-08-17', '1900-01', '9999-12', '2026-03-02T00:00:00Z', 'true', '[]', 'a@b', 'a@b.c\u0000', '"a b"@example.org',
] as const

const values: readonly unknown[] = [
  null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, [], [[]], [null], {}, { $gt: '' }, { toString: 'x' }, { length: 1 }, ['2026-03-02'], [{}], JSON.parse('{"__proto__":{"x":1}}'), ...texts,
]

/** Bodies that are no JSON, or JSON that nobody means. */
const jsonBodies: readonly (readonly [string, Buffer | string])[] = [
  ['no JSON', 'departmentId=D-02'], ['half', '{"name":'], ['a comma too many', '{"name":"x",}'], ['single quotes', "{'name':'x'}"], ['NaN', '{"name":NaN}'], ['a comment', '{}//'], ['two values', '{}{}'], ['null', 'null'], ['a list', '[]'], ['a text', '"x"'], ['a number', '1e999'],
  ['10,000 lists deep', nested(10_000, '[', ']')], ['5,000 objects deep', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`], ['1 MB', JSON.stringify({ name: 'x'.repeat(1_000_000) })], ['1 MB of blanks', ' '.repeat(1_000_000)], ['100,000 fields', `{${Array.from({ length: 20_000 }, (_, at) => `"f${at}":1`).join(',')}}`],
  ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0x6e, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])], ['overlong UTF-8', Buffer.from([0x22, 0xc0, 0xaf, 0x22])], ['UTF-16', Buffer.from('{"name":"x"}', 'utf16le')], ['a byte order mark', Buffer.from('\ufeff{}')], ['GB18030', Buffer.from([0x22, 0xc7, 0xd7, 0xc9, 0xcc, 0x22])], ['NUL bytes', Buffer.alloc(64)],
]
const csvBodies: readonly (readonly [string, Buffer | string])[] = [
  ['nothing', ''], ['blanks', ' \r\n \r\n'], ['a quote that does not end', 'departmentId,name\n"D-02,x'], ['a quote in the middle', 'departmentId,name\nD"02,x'], ['NUL bytes', Buffer.alloc(64)], ['neither UTF-8 nor GB18030', Buffer.from([0xff, 0xff, 0xff])], ['UTF-16', Buffer.from('departmentId,name\r\nD-02,x', 'utf16le')],
  ['1 MB', `departmentId,name\n${'x,y\n'.repeat(250_000)}`], ['1 MB in one cell', `departmentId,name\nD-02,${'x'.repeat(1_000_000)}`], ['10,000 columns', 'a,'.repeat(10_000)], ['a column named __proto__', '__proto__,departmentId,name\nx,D-02,y'], ['a column twice', 'departmentId,departmentId,name\nD-02,D-02,x'], ['more cells than columns', 'departmentId,name\nD-02,x,y'],
  ...texts.map(text => [`a cell ${JSON.stringify(text).slice(0, 20)}`, `departmentId,name\r\n"D-02","${text.replaceAll('"', '""')}"`] as const),
]

const template = {
  title: '某许可', subcategory: 'construction', handover: { departmentId: 'D-02', workingDays: 1 },
  steps: [{ stepId: 'only', title: '核发', departmentId: 'D-02', after: [], statutoryWorkingDays: 10, promisedWorkingDays: 3, mode: 'guide' }],
}
const newCase = { templateId: 'T-01', enterpriseId: enterpriseOf.officer, title: '某事项' }

/** Requests that would succeed, to be spoilt. */
const sound = (op: Operation): { params: Record<string, string>; query: Record<string, string>; body: Record<string, unknown> | undefined } => {
  const params: Record<string, string> = {
    departmentId: 'D-02', officerId: idOf('colleague'), enterpriseId: op.owner === 'projects' ? projectCodeOf(1) : enterpriseOf.officer, milestoneId: 'start', kind: 'departments', year: '2027', month: '2026-03', section: op.id === 'listSupervisorTasks' ? 'level-1' : 'overdue', issueId: '2026-000001', piece: '1',
    pairingId: `${idOf('colleague')}.${enterpriseOf.colleague}.20260101`, exemptionId: ids.exemption, measureId: 'M-01', visitId: ids.visit, flagId: ids.flag, sessionId: 'S2026-000001', templateId: 'T-01', caseId: 'L2026-000001', stepId: 'only', noticeId: ids.notice, round: '2025-H2', period: '2025-H2',
  }
  const query: Record<string, Record<string, string>> = {
    listOfficers: { departmentId: 'D-02' }, listPairings: { officerId: idOf('officer'), enterpriseId: enterpriseOf.officer }, listVisits: { month: '2026-03', officerId: idOf('officer'), enterpriseId: enterpriseOf.officer },
    getQuota: { month: '2026-03', officerId: idOf('officer'), departmentId: 'D-02' }, listExemptions: { officerId: idOf('officer'), departmentId: 'D-02', month: '2026-03', status: 'requested' },
    listSessions: { status: 'called', departmentId: 'D-02', from: encoded('2026-03-01T00:00:00+08:00') }, listDecisions: { sessionId: 'S2026-000001', status: 'all', departmentId: 'D-02' },
    listOfficerRatings: { departmentId: 'D-02' },
    exportLedger: { month: '2026-03', status: 'dispatched', departmentId: 'D-02', officerId: idOf('officer'), enterpriseId: enterpriseOf.officer, tier: 'A' }, exportVisits: { month: '2026-03', departmentId: 'D-02', officerId: idOf('officer'), enterpriseId: enterpriseOf.officer }, exportQuota: { month: '2026-03', departmentId: 'D-02', officerId: idOf('officer') },
    getProject: { year: '2026' }, listProjects: { year: '2026', departmentId: 'D-02', behind: 'true' },
    listPublishedNotices: { kind: 'criticism' }, listNotices: { kind: 'criticism', status: 'draft' },
    listOfficerSheets: { departmentId: 'D-02' }, getRanking: { departmentId: 'D-02' },
    listFigureRecords: { figure: 'issuesRaised', departmentId: 'D-02', tier: 'A', category: 'facilities' }, getDirectorWorklist: { departmentId: 'D-02' }, listDirectorTasks: { departmentId: 'D-02' }, listConfirmations: { came: 'false' }, listContactTasks: { officerId: idOf('officer'), departmentId: 'D-02' }, listEnterpriseVisits: { month: '2026-03' }, listFlags: { status: 'open', kind: 'overlap', officerId: idOf('officer') }, listMeasureEnterprises: { delivered: 'false', officerId: idOf('officer'), departmentId: 'D-02' },
    listCases: { status: 'running', enterpriseId: enterpriseOf.officer, officerId: idOf('officer'), departmentId: 'D-02', overdue: 'false' },
    listIssues: { status: 'dispatched', departmentId: 'D-02', officerId: idOf('officer'), enterpriseId: enterpriseOf.officer, category: 'facilities', tier: 'A', overdue: 'true' }, importRoster: { dryRun: 'true' },
  }
  const body: Record<string, Record<string, unknown>> = {
    putDepartment: { name: '某局' }, putOfficer: { name: '某人', email: 'someone@district.example', departmentId: 'D-02', roles: ['officer'], active: true },
    putEnterprise: { kind: 'company', name: '某企业', contactName: '某人', contactEmail: 'someone@example.com', contactPhone: '02900000000' },
    createPairing: { officerId: idOf('colleague'), enterpriseId: creditCodeOf(9), startsOn: '2026-03-01', endsOn: '2026-03-31' }, endPairing: { endsOn: '2026-12-31' },
    recordVisit: { enterpriseId: enterpriseOf.officer, visitedOn: '2026-03-02', from: '09:00', until: '09:30', mode: 'onsite', summary: '走访', companions: [idOf('colleague')], measures: ['M-01'], issues: [{ category: 'facilities', subcategory: 'roads', tier: 'A', title: '道路', description: '道路不通' }], officerId: idOf('officer') },
    requestExemption: { month: '2026-03', reason: 'health', enterpriseId: enterpriseOf.officer, remark: '住院', officerId: idOf('officer') }, decideExemption: { decision: 'refused', remark: '不予' }, checkFlag: { finding: 'in-order', remark: '已核实' },
    putMeasure: { title: '某政策', documentNumber: '某发〔2026〕1号', summary: '某事项', validFrom: '2026-01-01', validUntil: '2026-12-31' },
    submitIssue: { enterpriseId: enterpriseOf.officer, category: 'facilities', subcategory: 'roads', tier: 'A', title: '道路', description: '道路不通', visitId: ids.visit, officerId: idOf('officer') },
    replyToIssue: { message: '办理中' }, resolveIssue: { message: '已办结' }, transferIssue: { departmentId: 'D-03', reason: '职责' }, acceptIssue: {}, acknowledgeIssue: {}, resumeIssue: {},
    askForAssistance: { departmentId: 'D-03', message: '请出具意见', workingDays: 2 }, answerPiece: { message: '同意' }, refusePiece: { reason: '不属职责' }, acknowledgePiece: {},
    askForExplanation: { message: '现行规定不允许' }, askForExtension: { workingDays: 5, reason: '须重新勘测' }, askForPause: { waitingFor: 'enterprise', reason: '待企业确认' },
    decideRequest: { decision: 'refused', remark: '请按期办结' }, changeTier: { tier: 'C', reason: '涉及市管道路' }, mergeIssue: { intoIssueId: '2026-000001', reason: '同一路段' }, separateIssue: { reason: '并非同一路段' },
    callSession: { title: '会议', place: '园区', startsAt: '2026-03-20T09:00:00+08:00', endsAt: '2026-03-20T10:00:00+08:00', enterpriseIds: [enterpriseOf.officer], departmentIds: ['D-03'], directorId: idOf('director'), remark: '带图纸' },
    changeSession: { title: '会议', place: '园区', startsAt: '2026-03-20T09:00:00+08:00', endsAt: '2026-03-20T10:00:00+08:00', enterpriseIds: [enterpriseOf.officer], departmentIds: ['D-03'], remark: '带图纸' }, cancelSession: { reason: '改期' }, enterMinutes: { text: '纪要' },
    decideOnTheSpot: { what: '修复', departmentId: 'D-02', dueOn: '2026-03-06', issueId: '2026-000001', issueVersion: 1 },
    putTemplate: template, openCase: { ...newCase, remark: '请加快', officerId: idOf('officer'), steps: [{ stepId: 'only', mode: 'act-for', officerId: idOf('colleague') }] },
    startStep: {}, resumeStep: {}, acknowledgeStep: {}, waitInStep: { reason: '材料不全', needed: '图纸' }, finishStep: { words: '已办妥' }, refuseStep: { reason: '不符合条件' },
    withdrawCase: { reason: '企业调整计划' }, reassignCase: { from: idOf('officer'), officerId: idOf('colleague'), reason: '工作调整' }, callBackOnCase: { received: true, words: '已收到', asked: '联系人', askedAt: '2026-03-02T10:00:00+08:00' },
    draftNotice: { kind: 'criticism', officerId: idOf('officer'), title: '通报', text: '某事项' }, appealAgainstNotice: { reason: '有证明', evidence: '见附件' }, decideOnAppeal: { decision: 'upheld', remark: '已核实' },
    putProjectPlan: { months: Array.from({ length: 12 }, () => 100), milestones: [{ milestoneId: 'start', name: '开工', plannedOn: '2027-03-20' }], reason: '调整' },
    putInvestment: { amount: 80, remark: '土建', reason: '更正' }, putMilestone: { reachedOn: '2026-03-01', reason: '更正' }, linkObstacle: { issueId: '2026-000001' }, removeObstacle: {},
    publishNotice: {}, dropNotice: { reason: '情况有变' }, withdrawNotice: { reason: '情况有误' },
    drawUpAssessment: { period: '2025-H2' }, openAssessment: {}, finalizeAssessment: {}, recountAssessment: {}, putRankings: { on: true, reason: '年度评优需要' },
    appealOnOfficerSheet: { component: 'quota', reason: '有误' }, appealOnDepartmentSheet: { component: 'quota', reason: '有误' }, decideOnOfficerSheet: { decision: 'granted', remark: '属实', recordId: 'issue/2026-000001' }, decideOnDepartmentSheet: { decision: 'refused', remark: '属实' },
    putPolicy: { ...defaultPolicy }, rehearsePolicy: { month: '2026-02', policy: { ...defaultPolicy }, departmentId: 'D-02' }, putCalendar: { holidays: { '2027-01-01': '元旦' }, makeUpDays: { '2027-01-02': '元旦' } },
  }
  const names = [...op.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
  return { params: Object.fromEntries(names.map(name => [name, params[name] ?? ''])), query: query[op.id] ?? {}, body: op.body === undefined ? undefined : body[op.id] }
}
const ids = { visit: '', exemption: '', flag: '', notice: '' }

const pathWith = (op: Operation, params: Readonly<Record<string, string>>, query: readonly (readonly [string, string])[]): string => {
  const path = op.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')
  return query.length === 0 ? path : `${path}?${query.map(([name, value]) => `${name}=${value}`).join('&')}`
}

/** Percent-encoding that takes whatever a text holds. */
const encoded = (text: string): string => [...Buffer.from(text)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('')

/**
 * Deals a list out to so many places, each at least `least` of it, so that every place gets something and together they
 * get everything; which place gets what differs from operation to operation.
 */
const dealt = <T>(list: readonly T[], places: number, least: number, op: Operation): ((place: number) => readonly T[]) => {
  const each = Math.max(least, Math.ceil(list.length / places))
  const start = operations.indexOf(op) * 7
  return place => Array.from({ length: Math.min(each, list.length) }, (_, at) => list[(start + place * each + at) % list.length] as T)
}

function* hostileTo(op: Operation): Generator<Raw> {
  const { params, query, body } = sound(op)
  const asked = Object.entries(query)
  const path = pathWith(op, params, asked)
  const json = body === undefined ? undefined : JSON.stringify(body)
  const base = { path, ...(json === undefined ? {} : { body: json }) }

  const filters = [...Object.keys(op.query?.shape ?? {}), 'unknown']
  const placed = dealt(texts, Object.keys(params).length + filters.length, 8, op)

  for (const [place, name] of Object.keys(params).entries())
    for (const text of [...placed(place + filters.length), '..', '.', '/', 'a/b', '//', ';', '?x', 'x'.repeat(6_000)])
      yield { ...base, about: `path ${name}=${JSON.stringify(text).slice(0, 40)}`, path: pathWith(op, { ...params, [name]: encoded(text) }, asked) }

  for (const [place, name] of filters.entries()) {
    for (const text of placed(place))
      yield { ...base, about: `query ${name}=${JSON.stringify(text).slice(0, 40)}`, path: pathWith(op, params, [...asked.filter(([each]) => each !== name), [name, encoded(text.slice(0, 1500))]]) }
    yield { ...base, about: `query ${name} twice`, path: pathWith(op, params, [...asked, [name, '1'], [name, '2']]) }
    yield { ...base, about: `query ${name}[]`, path: pathWith(op, params, [...asked, [`${name}[]`, '1'], [`${name}[$ne]`, '1']]) }
  }
  for (const name of ['__proto__', 'constructor', '', '%00', '%ff', 'limit%00'])
    yield { ...base, about: `query ${name}`, path: pathWith(op, params, [...asked, [name, '1']]) }
  for (const cursor of ['x', 'a.b', '.', 'eyJwayI6IngifQ.AAAAAAAAAAAAAAAAAAAAAA', 'eyJwayI6IngifQ', encoded('{"pk":"POLICY","sk":"CURRENT"}'), 'x'.repeat(1_900)])
    yield { ...base, about: `cursor ${cursor.slice(0, 30)}`, path: pathWith(op, params, [...asked, ['cursor', cursor]]) }

  for (const [name, value] of dealt(headerLines, 3, 0, op)(0)) yield { ...base, about: `${name}: ${value.slice(0, 40)}`, headers: { [name]: value } }

  for (const [about, bytes] of op.body === 'csv' ? csvBodies : dealt(jsonBodies, 2, 0, op)(0)) yield { path, about: `body: ${about}`, body: bytes }
  if (body === undefined) return
  for (const name of ['__proto__', 'constructor', 'prototype', 'unknown', ' ', 'roles', 'issueId', 'version', '\u0000'])
    yield { path, about: `field ${name}`, body: `${(json ?? '{}').slice(0, -1)}${json === '{}' ? '' : ','}${JSON.stringify(name)}:{"admin":true}}` }
  const fields = Object.keys(body)
  const given = dealt(values, fields.length, 10, op)
  for (const [place, name] of fields.entries()) {
    const { [name]: _, ...rest } = body
    yield { path, about: `without ${name}`, body: JSON.stringify(rest) }
    for (const value of given(place)) yield { path, about: `${name}: ${JSON.stringify(value).slice(0, 40)}`, body: JSON.stringify({ ...body, [name]: value }) }
  }
}

const hostileHeaders: Readonly<Record<string, readonly string[]>> = {
  'idempotency-key': ['', ' ', 'a b', 'x'.repeat(129), 'x'.repeat(4_000), '\u00ff', 'a\tb', '__proto__', '"quoted"'],
  'if-match': ['*', '', 'x', '1', '"x"', '"-1"', '"1", "2"', 'W/"0"', '"999999999999"', '"9999999999999999999"', '"1"; x', '"\u00ff"'],
  'content-type': ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'x', '', 'application/json; charset=gbk', 'application/json, text/csv', 'a/'.repeat(1_000)],
  'content-encoding': ['gzip', 'br'],
  'accept-language': ['x'.repeat(2_000), '*', '\u00ff', 'en;q=__proto__'],
  accept: ['application/xml', '../..'],
  authorization: ['', 'Bearer', 'Bearer x', 'Bearer a.b.c', 'Basic YWRtaW46YWRtaW4=', 'Bearer eyJhbGciOiJub25lIn0.eyJlbWFpbCI6ImFkbWluQGV4YW1wbGUub3JnIn0.', `Bearer ${'x'.repeat(5_000)}`],
  'x-forwarded-for': ["' OR 1=1", '127.0.0.1'],
  'x-http-method-override': ['DELETE'],
  cookie: ['a=b; __proto__=1'],
}

const headerLines = Object.entries(hostileHeaders).flatMap(([name, lines]) => lines.map(value => [name, value] as const))

/** What nobody outside may read: where code lies, what it is made of, how the table is laid out. */
const internals = /\bat \S+ \(|\.(?:ts|mjs|js):\d|node_modules|\/var\/task|\/work\/|[Dd]ynamo|Zod|Exception|TypeError|SyntaxError|qinshang-local|(?:OFFICER|ENTERPRISE|OUTBOX|REQUEST|EMAIL)#|\[object |TABLE_NAME|aws-sdk/

/** What of its inside a text shows. Each text is looked through once: a page that is always the same is long. */
const leakIn = (text: string): string | undefined => {
  const known = leaks.get(text)
  if (known !== undefined) return known.leak
  const leak = internals.exec(mine(text))?.[0] ?? internals.exec(text)?.[0]
  leaks.set(text, { leak })
  return leak
}
/** Answers that have been found to be as declared. */
const asDeclared = new Set<string>()
const leaks = new Map<string, { readonly leak: string | undefined }>()

const mine = (text: string): string => text.replace(/"detail":"(?:[^"\\]|\\.)*"/g, '').replace(/"message":"(?:[^"\\]|\\.)*"/g, '')

/** Statuses that API Gateway and HTTP give of their own. */
const gatewayStatuses = [400, 401, 404, 413, 414, 431]

const faultIn = (op: Operation, reply: Reply, sent: string): string | undefined => {
  if (reply.status >= 500) return 'it failed'
  const leak = leakIn(reply.text)
  // What was sent may come back as the value of a field.
  if (leak !== undefined && !sent.includes(leak)) return `it shows ${leak}`
  if (reply.status < 300) {
    if ('mediaType' in op.response) return undefined
    const answer = `${op.id} ${reply.text}`
    if (asDeclared.has(answer)) return undefined
    const parsed = op.response.safeParse(JSON.parse(reply.text))
    if (parsed.success) asDeclared.add(answer)
    return parsed.success ? undefined : `the answer is not as declared: ${parsed.error.message}`
  }
  // From the address of a form, or one with a slash too many, a reader is led back to the page: to a beginning of what was asked for.
  if (op.access === 'link' && op.method === 'GET' && reply.status === 303) return reply.text === '' && sent.startsWith(`${decodeURI(reply.location)}/`) ? undefined : `it leads to ${reply.location}`
  if ((op.access === 'link' || op.owner === 'pages') && reply.type === 'text/html' && /<h1>/.test(reply.text)) return undefined
  if (reply.type === 'application/problem+json') return refusalFault(op, reply)
  return gatewayStatuses.includes(reply.status) ? undefined : `${reply.status} ${reply.type} is no problem document`
}

/** Each refusal is held to the contract once: most requests meet one that another has met before. */
const refusalFault = (op: Operation, reply: Reply): string | undefined => {
  const answer = `${op.id} ${reply.status} ${reply.text}`
  if (asDeclared.has(answer)) return undefined
  const fault = problemFault(op, reply)
  if (fault === undefined) asDeclared.add(answer)
  return fault
}

/** A spoilt path may lead to no operation at all, or to another one. */
const problemFault = (op: Operation, reply: Reply): string | undefined => {
  if ([404, 405].includes(reply.status) && /no-such-operation|method-not-allowed/.test(reply.text)) return undefined
  try {
    refusalIn(reply.text, reply.status, op)
    return undefined
  } catch (error) {
    return String(error)
  }
}

const inParallel = async <T>(items: Iterable<T>, act: (item: T) => Promise<void>): Promise<void> => {
  const iterator = items[Symbol.iterator]()
  const work = async (): Promise<void> => {
    for (let next = iterator.next(); next.done !== true; next = iterator.next()) await act(next.value)
  }
  await Promise.all(Array.from({ length: 12 }, work))
}

beforeAll(async () => {
  district = await foundDistrict(await startWorld())
  await district.admin.ask(putOfficer, { params: { officerId: '9000' }, body: { name: '全能', email: 'all@district.example', departmentId: 'D-02', roles: [...roles] } })
  await district.admin.ask(putEnterprise, { params: { enterpriseId: creditCodeOf(9) }, body: { kind: 'company', name: '某企业' } })
  everything = await district.as('all@district.example')
  await everything.ask(putMeasure, { params: { measureId: 'M-01' }, body: { title: '某政策', summary: '某事项', validFrom: '2026-01-01' } })
  const project = { params: { enterpriseId: projectCodeOf(1) } }
  await district.admin.ask(putEnterprise, { ...project, body: { kind: 'project', name: '某项目' } })
  await everything.ask(putProjectPlan, { params: { ...project.params, year: '2026' }, ifMatch: '"0"', body: { months: Array.from({ length: 12 }, () => 100), milestones: [], reason: '年初已开工' } })
  token = await district.stack.issuer.token('all@district.example', { exp: 4_000_000_000 })
  await district.admin.ask(createPairing, { body: { officerId: idOf('colleague'), enterpriseId: enterpriseOf.officer, startsOn: '2026-01-01' } })
  const call = () => district.officer.ask(recordVisit, { body: { enterpriseId: enterpriseOf.officer, visitedOn: '2026-03-02', from: '09:00', until: '09:10', mode: 'phone', summary: '电话' } })
  await call()
  const flag = flagIdOf('overlap', (await call()).body.visitId)
  const visit = await district.officer.ask(recordVisit, { body: { enterpriseId: enterpriseOf.officer, visitedOn: '2026-03-02', mode: 'onsite', summary: '走访' } })
  const exemption = await district.officer.ask(requestExemption, { body: { month: '2026-03', reason: 'health' } })
  await district.officer.ask(submitIssue, { body: { enterpriseId: enterpriseOf.officer, category: 'facilities', subcategory: 'roads', title: '道路', description: '道路不通' } })
  await district.director.ask(callSession, { body: { title: '会议', place: '园区', startsAt: '2026-03-20T09:00:00+08:00', endsAt: '2026-03-20T10:00:00+08:00', enterpriseIds: [enterpriseOf.officer] } })
  await district.supervisor.ask(putTemplate, { params: { templateId: 'T-01' }, body: template })
  await district.officer.ask(openCase, { body: newCase })
  const notice = await district.director.ask(draftNotice, { body: { kind: 'commendation', officerId: idOf('officer'), title: '表扬', text: '某事项' } })
  await district.supervisor.ask(publishNotice, { params: { noticeId: notice.body.noticeId }, ifMatch: '"1"' })
  await everything.ask(drawUpAssessment, { body: { period: '2025-H2' } })
  await district.run('assessment-work')
  Object.assign(ids, { notice: notice.body.noticeId, visit: visit.body.visitId, exemption: exemption.body.exemptionId, flag })
})
afterAll(async () => {
  agent.destroy()
  await district.close()
})

describe('whatever is sent', () => {
  it.each(operations.map(op => [op.id, op] as const))('to %s, it answers properly and shows nothing of its inside', async (_, op) => {
    const tries = [...hostileTo(op)]
    expect(tries.length).toBeGreaterThanOrEqual(50)
    const found: string[] = []
    const type = op.body === undefined ? {} : { 'content-type': op.body === 'csv' ? 'text/csv' : op.access === 'link' ? 'application/x-www-form-urlencoded' : 'application/json' }
    await inParallel(tries, async ({ about, path = '/', headers = {}, body }) => {
      const bytes = body === undefined ? undefined : Buffer.from(body)
      const reply = await send(op, path, { authorization: `Bearer ${token}`, 'if-match': '"1"', ...type, ...headers }, bytes)
      const fault = faultIn(op, reply, `${decodeURIComponent(path.replace(/%(?![0-7][0-9a-f])/gi, '%25'))} ${bytes?.toString() ?? ''}`)
      if (fault !== undefined) found.push(`${about}: ${fault}: ${reply.status} ${reply.text.slice(0, 200)}`)
    })
    expect(found.slice(0, 8)).toEqual([])
  })

  it('leaves nothing in the logs but ids', () => {
    const logged = district.stack.logs.join('\n')
    for (const secret of ['someone@', '某企业', '住院', '道路不通', '02900000000']) expect(logged).not.toContain(secret)
  })
})

describe('a body', () => {
  const department = { params: { departmentId: 'D-77' } }
  const nameOf = (name: unknown) => ({ ...department, body: { name } })
  it.each([
    ['a family and a flag', '👨‍👩‍👧‍👦🏳️‍🌈局'],
    ['characters beyond the basic plane', '𠮷𰻝㐂𬭚局'],
    ['an ideograph in a certain form', '葛\u{e0101}局'],
    ['a hundred characters that are two units each', '𠮷'.repeat(100)],
    ['markup, which is only text', '<b>&amp;</b> 局'],
    ['what SQL would mind', "O'Brien; DROP TABLE --"],
  ])('can have %s', async (_, name) => {
    await everything.ask(putDepartment, nameOf(name))
    expect((await everything.ask(getDepartment, department)).body.name).toBe(name)
  })

  it.each<[string, unknown, string]>([
    ['a control character', '规\u0007局', 'control-character'],
    ['a line break in a line', '规\n局', 'control-character'],
    ['half a character', '规\ud842', 'control-character'],
    ['a reversed direction', '\u202e局', 'control-character'],
    ['an isolated direction', '\u2066局', 'control-character'],
    ['a filler', '规\u3164局', 'control-character'],
    ['a selector of nothing', '规划a\ufe0f局', 'control-character'],
    ['nothing to be seen', '\u200b\u200b', 'required'],
    ['nothing but marks', '\u0301\u0302', 'required'],
    ['one character too many', '𠮷'.repeat(101), 'too-long'],
    ['a number', 7, 'wrong-type'],
    ['null', null, 'wrong-type'],
  ])('cannot have %s', async (_, name, code) => {
    expect(await everything.refused(putDepartment, nameOf(name))).toMatchObject({ status: 422, code, errors: [{ path: 'name', code }] })
  })

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'departmentId'])('cannot have the unknown field %s', async field => {
    const body = `{"name":"某局","${field}":{"admin":true}}`
    expect(await everything.refused(putDepartment, { params: { departmentId: 'D-77' }, body })).toMatchObject({ code: 'unknown-field', errors: [{ path: field }] })
  })

  it.each(['[]', 'null', '"某局"', '7'])('cannot be %s', async body => {
    expect(await everything.refused(putDepartment, { params: { departmentId: 'D-77' }, body })).toMatchObject({ status: 422, code: 'wrong-type', detail: '请求体类型应为 对象' })
  })

  it('has every fault named at once', async () => {
    const refusal = await everything.refused(recordVisit, { body: { enterpriseId: '91610133MA6TX00010', visitedOn: '2026-02-30', mode: 'drone', extra: 1 } })
    expect(refusal).toMatchObject({ status: 422, code: 'several-faults' })
    expect(refusal.errors?.map(({ path, code }) => `${path} ${code}`).sort()).toEqual([
      'enterpriseId bad-check-character', 'extra unknown-field', 'mode not-allowed', 'summary required', 'visitedOn impossible-date',
    ])
  })

  it('with more faults than anybody reads has the first of them named', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`f${at}`, at]))
    const refusal = await everything.refused(putDepartment, { ...department, body: { name: '某局', ...unknown } })
    expect(refusal).toMatchObject({ status: 422, code: 'unknown-field' })
    expect(refusal.errors).toHaveLength(100)
    expect(refusal.detail).toContain('4990')
  })

  it('cannot have a list without end', async () => {
    const body = `{"name":"某人","email":"someone@district.example","departmentId":"D-02","roles":[${'1,'.repeat(130_900)}1]}`
    expect(await everything.refused(putOfficer, { params: { officerId: '9100' }, body })).toMatchObject({ status: 422, code: 'too-many', errors: [{ path: 'roles' }] })
  })

  const sent = { params: { departmentId: 'D-77' }, body: '{"name":"某局"}' }
  it.each<[string, object, number, string]>([
    ['is no JSON', { body: '{"name":' }, 400, 'malformed-json'],
    ['is not UTF-8', { body: Buffer.from([0x22, 0xff, 0x22]) }, 400, 'malformed-json'],
    ['is called something else', { headers: { 'content-type': 'text/plain' } }, 415, 'unsupported-media-type'],
    ['is of a megabyte', { body: JSON.stringify({ name: 'x'.repeat(1_000_000) }) }, 413, 'body-too-large'],
  ])('that %s says so', async (_, but, status, code) => {
    expect(await everything.refused(putDepartment, { ...sent, ...but })).toMatchObject({ status, code })
  })

  it('speaks the language that is asked for', async () => {
    const refusal = (language: string) => everything.refused(getDepartment, { params: { departmentId: 'D-00' }, headers: { 'accept-language': language } })
    expect(await refusal('en-GB,zh;q=0.5')).toMatchObject({ title: 'There is no such department' })
    expect(await refusal('zh-CN')).toMatchObject({ title: '没有此部门' })
    expect(await refusal('fr')).toMatchObject({ title: '没有此部门' })
  })
})

describe('a text with everything in it', () => {
  const all = '走访👷‍♂️𠮷𰻝 <script>alert("1")</script>\r\n第二行\t；{{x}} ${y} \' OR 1=1'
  it('comes back as it was sent, and stands in the mail as text', async () => {
    const { body } = await district.stranger.ask(submitIssue, {
      body: { enterpriseId: enterpriseOf.stranger, category: 'facilities', subcategory: 'roads', title: '<img src=x>𠮷', description: all },
    })
    expect((await district.stranger.ask(getIssue, { params: { issueId: body.issueId } })).body.description).toBe(all)
    const [mail] = await district.mail({ to: 'other-handler@district.example', kind: 'issue-dispatched' })
    expect(mail?.subject).toContain('<img src=x>𠮷')
    expect(mail?.html).not.toContain('<script>')
    expect(mail?.html).not.toContain('<img src=x>')
    expect(mail?.text).toContain('第二行')
    await district.stranger.ask(recordVisit, { body: { enterpriseId: enterpriseOf.stranger, visitedOn: '2026-03-02', mode: 'onsite', summary: all } })
    expect((await district.stranger.ask(listVisits, { query: { month: '2026-03' } })).body.items[0]?.summary).toBe(all)
  })
})

describe('a path', () => {
  it.each<[string, string, number, string]>([
    ['GET', '/v1', 404, 'no-such-operation'],
    ['GET', '/v1/../v1/policy', 404, 'no-such-operation'],
    ['GET', '/v1/policy/', 404, 'no-such-operation'],
    ['GET', '/V1/policy', 404, 'no-such-operation'],
    ['GET', '//v1/policy', 404, 'no-such-operation'],
    ['DELETE', '/v1/policy', 405, 'method-not-allowed'],
    ['PATCH', '/v1/departments/D-02', 405, 'method-not-allowed'],
    ['GET', `/v1/imports/departments`, 405, 'method-not-allowed'],
    ['GET', `/${'x/'.repeat(2_000)}`, 404, 'no-such-operation'],
    ['GET', '/q/%00', 404, 'no-such-operation'],
  ])('%s %s is no operation', async (method, path, status, code) => {
    const reply = await send({ method } as Operation, path, {}, undefined)
    expect({ ...reply, text: (JSON.parse(reply.text) as { code: string }).code }).toEqual({ status, type: 'application/problem+json', location: '', text: code })
  })
})

describe('a query', () => {
  it.each(['__proto__', 'constructor', 'hasOwnProperty', 'LIMIT', 'limit[]'])('cannot have the unknown parameter %s', async name => {
    const { text } = await send(getPolicy, `/v1/departments?${name}=1`, { authorization: `Bearer ${token}` }, undefined)
    expect(JSON.parse(text)).toMatchObject({ status: 422, code: 'unknown-field', errors: [{ path: `query.${name}` }] })
  })

  it.each<[string, string[]]>([
    ['limit=1&limit=2', ['limit']],
    ['limit=1&limit=1', ['limit']],
    ['limit=1&%6cimit=2&limit=3', ['limit']],
    ['limit=1&cursor=a&limit=2&cursor=b&unknown=1', ['limit', 'cursor']],
    ['unknown=1&unknown=2', ['unknown']],
  ])('takes each parameter once: %s', async (query, repeated) => {
    const { text } = await send(getPolicy, `/v1/departments?${query}`, { authorization: `Bearer ${token}` }, undefined)
    const errors = repeated.map(name => ({ path: `query.${name}`, code: 'given-twice', message: '只能填写一次' }))
    expect(JSON.parse(text)).toMatchObject({ status: 422, code: 'given-twice', errors })
  })
})

describe('the columns of imports', () => {
  it('are all tried', () => {
    expect(Object.keys(importColumns)).toEqual(['departments', 'officers', 'enterprises', 'pairings'])
  })

  it('are as they were: nothing that was refused has been written', async () => {
    expect((await everything.ask(getEnterprise, { params: { enterpriseId: enterpriseOf.colleague } })).body.name).toBe('colleague的企业')
  })
})
