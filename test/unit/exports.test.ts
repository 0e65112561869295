import { beforeEach, describe, expect, test } from 'vitest'
import { departmentItem, enterpriseItem, officerWrites, pairingItem } from '../../functions/adapters/roster-store.ts'
import { decisionWrites } from '../../functions/adapters/issue-store.ts'
import type { Key, Query, Table } from '../../functions/adapters/table.ts'
import { quotaWrite, visitWrite } from '../../functions/adapters/visit-store.ts'
import { exportHandlers, type ExportLimits } from '../../functions/exports/handler.ts'
import { cursorsWith } from '../../functions/http/cursor.ts'
import type { Language } from '../../functions/http/language.ts'
import type { Reach } from '../../shared/contract/operation.ts'
import { fill, Problem, problems } from '../../shared/contract/problem.ts'
import type { Caller } from '../../shared/roster/caller.ts'
import type { Visit } from '../../shared/visit/visit.ts'
import { bookIn } from '../integration/api/book.ts'
import { anEnterprise, creditCodeOf } from '../mothers/enterprise.ts'
import { dispatch } from '../mothers/issue.ts'
import { at, zone } from '../mothers/moment.ts'
import { anOfficer } from '../mothers/officer.ts'
import { aPairing } from '../mothers/pairing.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

/** What was asked of the table. */
let asked: { queries: Query[]; keys: string[] }
let memory: MemoryTable
const month = '2026-03'

const watched = (): Table => ({
  get: key => { asked.keys.push(key.pk); return memory.get(key) },
  getAll: (keys: readonly Key[]) => { asked.keys.push(...keys.map(({ pk }) => pk)); return memory.getAll(keys) },
  query: query => { asked.queries.push(query); return memory.query(query) },
  commit: writes => memory.commit(writes),
  putNew: item => memory.putNew(item),
})

const roomy: ExportLimits = { ledgerRows: 1_000, visitRows: 1_000, quotaRows: 1_000, bytes: 1_000_000 }
const callers = {
  officer: { officerId: '1001', departmentId: 'D-01', roles: ['officer'], reach: 'own' },
  director: { officerId: '1009', departmentId: 'D-01', roles: ['director'], reach: 'department' },
  supervisor: { officerId: '9001', departmentId: 'D-00', roles: ['supervisor'], reach: 'any' },
} as const satisfies Record<string, Caller & { reach: Reach }>

interface Wanted {
  readonly as?: keyof typeof callers
  readonly limits?: Partial<ExportLimits>
  readonly language?: Language
}

const exported = async (book: 'ledger' | 'visits' | 'quota', query: Readonly<Record<string, string>> = {}, { as = 'supervisor', limits = {}, language = 'zh' }: Wanted = {}) => {
  const handlers = exportHandlers({ table: watched(), cursors: cursorsWith('a secret of the tests'), timeZone: zone }, { ...roomy, ...limits })
  const { reach, ...caller } = callers[as]
  const request = { params: undefined, body: undefined, caller, reaches: new Set<Reach>([reach]), now: at('2026-03-31 10:00'), language, mark: '', seenVersion: undefined, paging: { limit: 50, boundTo: '' } }
  const { body } =
    book === 'ledger' ? await handlers.exportLedger({ ...request, query }) : book === 'visits' ? await handlers.exportVisits({ ...request, query: { month, ...query } }) : await handlers.exportQuota({ ...request, query: { month, ...query } })
  return { ...body, ...bookIn(body.content) }
}

const refusal = async (...args: Parameters<typeof exported>): Promise<Problem> => exported(...args).then(() => expect.fail('it was not refused'), (error: unknown) => (error instanceof Problem ? error : expect.fail(String(error))))

/** Officers 1001 and 1002 of D-01, 2001 of D-02, each with an enterprise, two visits and two issues. */
const people = [['1001', 'D-01', 1], ['1002', 'D-01', 2], ['2001', 'D-02', 3]] as const
const aVisit = (officerId: string, enterpriseId: string, visitedOn: string): Visit => ({
  visitId: `${officerId}.${visitedOn.replaceAll('-', '')}.a`, officerId, enterpriseId, visitedOn, mode: 'onsite', summary: `${officerId}的纪要`, counted: true, recordedAt: `${visitedOn}T17:30:00+08:00`, recordedBy: officerId,
})

beforeEach(async () => {
  memory = new MemoryTable()
  asked = { queries: [], keys: [] }
  await memory.commit(['D-01', 'D-02'].map(departmentId => ({ put: departmentItem({ departmentId, name: `${departmentId}局` }, 1), when: 'new' })))
  let number = 0
  for (const [officerId, departmentId, nth] of people) {
    const enterpriseId = creditCodeOf(nth)
    await memory.commit([
      ...officerWrites(anOfficer({ officerId, departmentId, name: `示例${officerId}`, email: `s${officerId}@example.org` }), undefined, undefined),
      { put: enterpriseItem(anEnterprise({ enterpriseId, name: `示例企业${nth}` }), 1), when: 'new' },
      { put: pairingItem(aPairing({ officerId, enterpriseId }), 1), when: 'new' },
      ...['2026-03-02', '2026-03-03'].map(day => visitWrite(aVisit(officerId, enterpriseId, day))),
      quotaWrite({ officerId, enterpriseId, month, countedVisits: { '2026-03-02': 'a', ...(nth === 1 ? {} : { '2026-03-03': 'b' }) } }, undefined),
    ])
    for (const on of ['2026-02-27 10:00', '2026-03-02 10:00']) {
      const { issue, events } = dispatch({ on, submitted: { enterpriseId } })
      const own = { ...issue, issueId: `2026-${String((number += 1)).padStart(6, '0')}`, officerId, firstDepartmentId: departmentId, leadDepartmentId: departmentId, responsibleDepartmentId: departmentId }
      await memory.commit(decisionWrites({ issue: own, events, mails: [] }, undefined))
    }
  }
  asked = { queries: [], keys: [] }
})

const officersIn = (rows: readonly Readonly<Record<string, unknown>>[]) => rows.map(row => row['工号'])

describe('an export', () => {
  test('of visits has names, days and times as such, and no number made of text', async () => {
    const { rows, xml, name, spokenName } = await exported('visits', {}, { as: 'officer' })
    expect([name, spokenName]).toEqual(['qinshang-visits-2026-03.xlsx', '走访记录（2026年3月）.xlsx'])
    expect(rows[0]).toMatchObject({
      走访日期: 46_083, 工号: '1001', 干部: '示例1001', 现部门: 'D-01局', 企业代码: creditCodeOf(1), 企业名称: '示例企业1', 走访方式: '上门走访', 是否计入: '是', 走访纪要: '1001的纪要', 登记人: '示例1001', 登记时间: 46_083 + 17.5 / 24,
    })
    expect(xml).toContain('<c r="D2" s="0" t="inlineStr">')
    expect(xml).toContain('state="frozen"')
    expect(xml).toContain('<autoFilter ref="A1:Q3"/>')
  })

  test('of the ledger has each issue’s deadlines in the zone’s time', async () => {
    const { rows, name } = await exported('ledger', { month }, { as: 'officer' })
    expect(name).toBe('qinshang-ledger-2026-03.xlsx')
    expect(rows).toMatchObject([{ 编号: '2026-000002', 主办部门: 'D-01局', 状态: '已交办、待签收', 交办时间: 46_083 + 10 / 24, 签收时限: 46_084.75, 签收时间: undefined, 是否逾期: '是', 督办级别: 0, 领域: '配套', 小类: '水', 延期工作日: 0 }])
    expect((await exported('ledger')).name).toBe('qinshang-ledger.xlsx')
  })

  test('of the quota says what is missing, of everybody in order of their numbers', async () => {
    const { rows } = await exported('quota')
    expect(rows.map(row => [row['工号'], row['应走访次数'], row['计入次数'], row['尚缺次数'], row['是否达标']])).toEqual([['1001', 2, 1, 1, '否'], ['1002', 2, 2, 0, '是'], ['2001', 2, 2, 0, '是']])
  })

  test('is in the language that is asked for', async () => {
    const { headings, rows } = await exported('quota', {}, { language: 'en' })
    expect(headings).toContain('Visits missing')
    expect(headings).toContain('Department today')
    expect(rows[0]).toMatchObject({ Fulfilled: 'no' })
  })

  test.each([
    ['visits', {}, 'officer', ['1001', '1001']],
    ['visits', {}, 'director', ['1001', '1001', '1002', '1002']],
    ['visits', {}, 'supervisor', ['1001', '1001', '1002', '1002', '2001', '2001']],
    ['visits', { enterpriseId: creditCodeOf(2) }, 'supervisor', ['1002', '1002']],
    ['visits', { enterpriseId: creditCodeOf(2) }, 'director', ['1002', '1002']],
    ['visits', { enterpriseId: creditCodeOf(2) }, 'officer', []],
    ['visits', { departmentId: 'D-02' }, 'supervisor', ['2001', '2001']],
    ['visits', { departmentId: 'D-02', officerId: '1001' }, 'supervisor', []],
    ['quota', {}, 'officer', ['1001']],
    ['quota', {}, 'director', ['1001', '1002']],
    ['quota', { officerId: '1002' }, 'director', ['1002']],
    ['ledger', {}, 'officer', ['1001', '1001']],
    ['ledger', { month }, 'director', ['1001', '1002']],
    ['ledger', { month, departmentId: 'D-02' }, 'supervisor', ['2001']],
    ['ledger', { status: 'closed' }, 'supervisor', []],
  ] as const)('of %s by %j holds what a %s reaches', async (book, query, as, officers) => {
    expect(officersIn((await exported(book, query, { as })).rows)).toEqual(officers)
  })

  test.each([
    ['visits', { officerId: '2001' }, 'director', 'out-of-reach'],
    ['visits', { departmentId: 'D-02' }, 'director', 'out-of-reach'],
    ['quota', { officerId: '1002' }, 'officer', 'out-of-reach'],
    ['quota', { departmentId: 'D-99' }, 'supervisor', 'department-not-found'],
    ['visits', { officerId: '9999' }, 'supervisor', 'officer-not-found'],
    ['ledger', { enterpriseId: creditCodeOf(99) }, 'supervisor', 'enterprise-not-found'],
  ] as const)('of %s by %j is refused to a %s: %s', async (book, query, as, code) => {
    expect((await refusal(book, query, { as })).code).toBe(code)
  })

  test('looks each name up once, and only those of its rows', async () => {
    await exported('visits')
    const looked = asked.keys.filter(pk => /^(OFFICER|ENTERPRISE|DEPARTMENT)#/.test(pk))
    expect(looked.sort()).toEqual([...people.flatMap(([officerId, , nth]) => [`OFFICER#${officerId}`, `ENTERPRISE#${creditCodeOf(nth)}`]), 'DEPARTMENT#D-01', 'DEPARTMENT#D-02'].sort())
  })
})

describe('an export that would be too large', () => {
  const limitOf = { ledger: 'ledgerRows', visits: 'visitRows', quota: 'quotaRows' } as const

  test.each([['ledger', 6], ['visits', 6], ['quota', 3]] as const)('of %s is refused beyond its limit, and not at it', async (book, rows) => {
    expect((await exported(book, {}, { limits: { [limitOf[book]]: rows } })).rows).toHaveLength(rows)
    const { code, values } = await refusal(book, {}, { limits: { [limitOf[book]]: rows - 1 } })
    expect([code, values['limit']]).toEqual(['export-too-large', rows - 1])
  })

  test.each(['ledger', 'visits', 'quota'] as const)('of %s is refused before any of its rows is read', async book => {
    await refusal(book, {}, { limits: { [limitOf[book]]: 1 } })
    const whole = asked.queries.filter(({ keysOnly }) => keysOnly !== true).map(({ partition }) => partition.split('#')[0])
    // Whose lists they are, and how many visits were counted or how many lines of the quota there can be.
    expect(whole.filter(partition => !['OFFICERS', 'PAIRINGS', 'QUOTA'].includes(partition ?? ''))).toEqual([])
    expect(asked.keys.filter(pk => /^(OFFICER|ENTERPRISE|DEPARTMENT)#/.test(pk))).toEqual([])
  })

  const listsAsked = () => asked.queries.filter(({ partition }) => partition.startsWith('VISITS#')).length

  test('of the district’s visits is refused before any officer’s list is asked, by what was counted for the quota', async () => {
    // Five of the six were counted.
    await refusal('visits', {}, { limits: { visitRows: 4 } })
    expect(listsAsked()).toBe(0)
    await refusal('visits', {}, { limits: { visitRows: 5 } })
    expect(listsAsked()).toBeGreaterThan(0)
  })

  test('of the district’s visits asks no more lists than it may have rows, were they all empty', async () => {
    const none = { month: '2026-01' }
    expect((await exported('visits', none, { limits: { visitRows: 3 } })).rows).toEqual([])
    expect(listsAsked()).toBe(3)
    asked.queries = []
    expect((await refusal('visits', none, { limits: { visitRows: 2 } })).code).toBe('export-too-large')
    expect(listsAsked()).toBe(0)
  })

  test('is refused where the texts are longer than its rows are allowed for', async () => {
    expect((await refusal('visits', {}, { limits: { bytes: 1_000 } })).code).toBe('export-too-large')
  })

  test.each([
    ['ledger', {}, 'supervisor', 'month（交办月份）、departmentId（部门）、officerId（干部）、enterpriseId（企业）'],
    ['ledger', { month }, 'director', 'departmentId（部门）、officerId（干部）、enterpriseId（企业）'],
    ['ledger', { departmentId: 'D-01', month }, 'supervisor', 'officerId（干部）、enterpriseId（企业）'],
    ['ledger', { enterpriseId: creditCodeOf(1) }, 'supervisor', 'month（交办月份）'],
    ['ledger', {}, 'officer', 'month（交办月份）'],
    ['visits', {}, 'supervisor', 'departmentId（部门）、officerId（干部）、enterpriseId（企业）'],
    ['visits', { departmentId: 'D-01' }, 'supervisor', 'officerId（干部）'],
    ['visits', {}, 'director', 'officerId（干部）'],
    ['quota', {}, 'supervisor', 'departmentId（部门）、officerId（干部）'],
  ] as const)('of %s by %j says to a %s what else it can be narrowed by', async (book, query, as, filters) => {
    const { code, values } = await refusal(book, query, { as, limits: { [limitOf[book]]: 0 } })
    expect(fill(problems['export-too-large'].detail, values, 'zh')).toBe(`一次最多导出 0 行，文字较多的更少；导出全区的，干部也不得超过此数。此次超出；请增加条件缩小范围：${filters}。`)
    expect(code).toBe('export-too-large')
  })

  test('of one officer’s month can be narrowed by nothing, and is read as a list', async () => {
    const { values } = await refusal('visits', {}, { as: 'officer', limits: { visitRows: 1 } })
    expect(fill(problems['export-too-large'].detail, values, 'zh')).toContain('请改用列表接口逐页查询。')
    expect(fill(problems['export-too-large'].detail, values, 'en')).toContain('Read the list itself instead, page by page.')
  })
})
