import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createPairing, endPairing, getDepartment, getEnterprise, getOfficer, importRoster, listDepartments, listEnterprises, listOfficers, listPairings, putDepartment,
  putEnterprise, putOfficer, type ImportKind,
} from '../../../shared/contract/roster.ts'
import { getPolicy } from '../../../shared/contract/policy.ts'
import { recordVisit } from '../../../shared/contract/visits.ts'
import { creditCodeOf } from '../../mothers/enterprise.ts'
import type { Ask } from './client.ts'
import { addressOf, csv, enterpriseOf, foundDistrict, idOf, importRows, type District } from './district.ts'
import { pagesOf } from './pages.ts'
import { startWorld } from './world.ts'

let district: District
beforeAll(async () => {
  district = await foundDistrict(await startWorld())
})
afterAll(() => district.close())

/** In GB18030, as spreadsheets in China save it; 𠮷 takes four bytes. Knows the characters of these tests only. */
const gb18030 = (text: string): Buffer => {
  const bytes: Record<string, number[]> = { 城: [0xb3, 0xc7], 管: [0xb9, 0xdc], 局: [0xbe, 0xd6], '𠮷': [0x95, 0x34, 0xb2, 0x35] }
  return Buffer.from(Array.from(text).flatMap(character => bytes[character] ?? [...Buffer.from(character)]))
}

const importing = (kind: ImportKind, body: string | Buffer, more: Ask = {}) => district.admin.ask(importRoster, { params: { kind }, body, ...more })
const nameOf = async (departmentId: string) => (await district.admin.ask(getDepartment, { params: { departmentId } })).body.name
const isThere = async (departmentId: string) => 'given' in (await district.admin.try(getDepartment, { params: { departmentId } }))

describe('an import', () => {
  it.each<[string, string, string | Buffer, string]>([
    ['in UTF-8', 'D-10', 'departmentId,name\nD-10,城管局', '城管局'],
    ['in UTF-8 with a byte order mark', 'D-11', '\ufeffdepartmentId,name\nD-11,城管局', '城管局'],
    ['in GB18030', 'D-12', gb18030('departmentId,name\r\nD-12,城管局'), '城管局'],
    ['in GB18030 with four-byte characters', 'D-13', gb18030('departmentId,name\r\nD-13,𠮷局'), '𠮷局'],
    ['with CRLF and a last line that ends', 'D-14', 'departmentId,name\r\nD-14,城管局\r\n', '城管局'],
    ['with commas and quotes inside quotes', 'D-15', 'departmentId,name\r\nD-15,"城管局, ""一科"""', '城管局, "一科"'],
    ['with its columns the other way round', 'D-16', 'name,departmentId\r\n城管局,D-16', '城管局'],
    ['with blanks around and empty lines between', 'D-17', 'departmentId,name\r\n\r\n  D-17 , 城管局 \r\n,\r\n', '城管局'],
    ['of old Macs’ line ends', 'D-18', 'departmentId,name\rD-18,城管局', '城管局'],
  ])('is read %s', async (_, departmentId, file, name) => {
    expect((await importing('departments', file)).body).toEqual({ accepted: 1, rejected: [] })
    expect(await nameOf(departmentId)).toBe(name)
  })

  it.each(['text/csv; charset=gb18030', 'application/vnd.ms-excel', 'application/octet-stream', 'application/csv'])('may be called %s', async type => {
    const headers = { 'content-type': type }
    expect((await importing('departments', gb18030('departmentId,name\r\nD-12,城管局'), { headers })).body.accepted).toBe(1)
  })

  it.each<[string, string]>([
    ['缺少列：name。首行应为（次序不限）：departmentId, name。', 'departmentId\r\nD-20'],
    ['缺少列：departmentId、name。多余的列：只有一行中文。', '只有一行中文'],
    ['文件为空。首行应为（次序不限）：departmentId, name。', ''],
    ['引号', 'departmentId,name\r\nD-20,"某局'],
    ['第 2 行的列数多于首行', 'departmentId,name\r\nD-20,某局,多余'],
  ])('that cannot be read says why: %s', async (reason, body) => {
    const refusal = await district.admin.refused(importRoster, { params: { kind: 'departments' }, body })
    expect(refusal).toMatchObject({ status: 422, code: 'import-not-readable' })
    expect(refusal.detail).toContain(reason)
    expect(await isThere('D-20')).toBe(false)
  })

  it('with one bad row writes nothing, and names every fault by row and column', async () => {
    const file = csv(
      ['departmentId', 'name'],
      ['D-30', '某局'],
      ['D 31', '某局'],
      ['D-32', ''],
      [''],
      ['D-30', '某局'],
      ['D-33', '某\u0007局'],
    )
    const { body } = await importing('departments', file)
    expect(body.accepted).toBe(0)
    expect(body.rejected.map(({ row, column, code }) => [row, column, code])).toEqual([
      [3, 'departmentId', 'bad-format'],
      [4, 'name', 'required'],
      [6, 'departmentId', 'duplicate-value'],
      [7, 'name', 'control-character'],
    ])
    expect(await isThere('D-30')).toBe(false)
  })

  it.each<[ImportKind, readonly (readonly string[])[], readonly (readonly [number, string, string])[]]>([
    [
      'officers',
      [
        ['staffNo', 'name', 'email', 'departmentId', 'roles'],
        ['8001', '甲', 'a@district.example', 'D-99', 'officer'],
        ['8002', '乙', 'not an address', 'D-02', 'officer'],
        ['8003', '丙', 'OFFICER@district.example', 'D-02', 'officer'],
        ['8004', '丁', 'd@district.example', 'D-02', 'king'],
        ['8005', '戊', 'e@district.example', 'D-02', ''],
        ['8006', '己', 'f@district.example', 'D-02', 'officer;officer'],
        ['8007', '庚', 'a@district.example', 'D-02', 'officer;handler'],
        ['System', '辛', 'h@district.example', 'D-02', 'officer'],
      ],
      [[2, 'departmentId', 'not-found'], [3, 'email', 'bad-format'], [4, 'email', 'in-use'], [5, 'roles', 'not-allowed'], [6, 'roles', 'required'], [7, 'roles', 'duplicate-value'], [8, 'email', 'duplicate-value'], [9, 'staffNo', 'reserved']],
    ],
    [
      'enterprises',
      [
        ['enterpriseId', 'kind', 'name', 'contactName', 'contactEmail', 'contactPhone'],
        ['91610133MA6TX00019', 'company', '甲', '', '', ''],
        ['91610133', 'company', '乙', '', '', ''],
        [creditCodeOf(50), 'project', '丙', '', '', ''],
        [creditCodeOf(51), 'shop', '丁', '', '', ''],
        [creditCodeOf(52), 'company', '戊', '', 'nowhere', 'call me'],
      ],
      [[2, 'enterpriseId', 'bad-check-character'], [3, 'enterpriseId', 'bad-format'], [4, 'enterpriseId', 'bad-format'], [5, 'kind', 'not-allowed'], [6, 'contactEmail', 'bad-format'], [6, 'contactPhone', 'bad-format']],
    ],
    [
      'pairings',
      [
        ['staffNo', 'enterpriseId', 'startsOn'],
        ['7777', enterpriseOf.officer, '2026-03-01'],
        [idOf('officer'), creditCodeOf(60), '2026-03-01'],
        [idOf('officer'), enterpriseOf.officer, '2026-02-30'],
        [idOf('officer'), enterpriseOf.officer, '2026-03-01'],
        [idOf('colleague'), enterpriseOf.officer, '2026-03-01'],
        [idOf('colleague'), enterpriseOf.officer, '2026-03-02'],
      ],
      [[2, 'staffNo', 'not-found'], [3, 'enterpriseId', 'not-found'], [4, 'startsOn', 'impossible-date'], [5, 'startsOn', 'conflict'], [7, 'startsOn', 'conflict']],
    ],
  ])('of %s checks what its rows refer to', async (kind, rows, expected) => {
    const { body } = await importing(kind, csv(...rows))
    expect(body.accepted).toBe(0)
    expect(body.rejected.map(({ row, column, code }) => [row, column, code])).toEqual(expected)
    // What a row stands in the way of is named, so that somebody can look at it.
    for (const { code, message } of body.rejected) if (['conflict', 'in-use'].includes(code)) expect(message).toMatch(/\d{4}/)
  })

  it('that is wrong throughout lists the first thousand faults, and says how many more there are', async () => {
    const rows = Array.from({ length: 1_200 }, (_, at) => [`D-${at}`, ''])
    const { body } = await importing('departments', csv(['departmentId', 'name'], ...rows))
    expect([body.accepted, body.rejected.length, body.rejected[999]?.row, body.more]).toEqual([0, 1_000, 1_001, 200])
  })

  it('with a cell of a million roles names as many as there are, and one', async () => {
    const { body } = await importing('officers', `staffNo,name,email,departmentId,roles\r\n8001,甲,a@district.example,D-02,${'x;'.repeat(1_000_000)}`)
    expect(body.rejected.map(({ column, code }) => `${column} ${code}`)).toEqual(Array.from({ length: 6 }, () => 'roles not-allowed'))
  })

  it('speaks the caller’s language', async () => {
    const file = 'departmentId,name\r\nD-40,'
    const message = async (language: string) => (await importing('departments', file, { headers: { 'accept-language': language } })).body.rejected[0]?.message
    expect([await message('zh'), await message('en')]).toEqual(['必填', 'is required'])
  })

  it('that is only tried writes nothing', async () => {
    const file = 'departmentId,name\r\nD-41,某局'
    expect((await importing('departments', file, { query: { dryRun: 'true' } })).body).toEqual({ accepted: 1, rejected: [] })
    expect(await isThere('D-41')).toBe(false)
    expect((await importing('departments', file, { query: { dryRun: 'false' } })).body).toEqual({ accepted: 1, rejected: [] })
    expect(await isThere('D-41')).toBe(true)
  })

  it('with one key is answered once', async () => {
    const first = await importing('departments', 'departmentId,name\r\nD-42,某局', { key: 'once' })
    const again = await importing('departments', 'departmentId,name\r\nD-42,某局', { key: 'once' })
    expect([first.replayed, again.replayed, again.body]).toEqual([false, true, first.body])
    expect(await district.admin.refused(importRoster, { params: { kind: 'departments' }, body: 'departmentId,name\r\nD-43,某局', key: 'once' })).toMatchObject({ code: 'idempotency-key-reused' })
  })

  it('of more rows than fit is refused', async () => {
    const rows = Array.from({ length: 5_001 }, (_, at) => `X${at},某局`)
    expect(await district.admin.refused(importRoster, { params: { kind: 'departments' }, body: ['departmentId,name', ...rows].join('\n') })).toMatchObject({ status: 413, code: 'import-too-large' })
  })

  it('changes a person’s address and roles, and the old address names nobody', async () => {
    const heading = ['staffNo', 'name', 'email', 'departmentId', 'roles']
    await importRows(district.admin, 'officers', heading, ['8100', '甲', 'before@district.example', 'D-02', 'admin'])
    const before = await district.as('before@district.example')
    await before.ask(putDepartment, { params: { departmentId: 'D-44' }, body: { name: '某局' } })
    await importRows(district.admin, 'officers', heading, ['8100', '甲', 'after@district.example', 'D-03', 'officer;handler'])
    expect(await before.refused(getPolicy)).toMatchObject({ code: 'not-in-roster' })
    const after = await district.as('after@district.example')
    expect(await after.refused(putDepartment, { params: { departmentId: 'D-44' }, body: { name: '某局' } })).toMatchObject({ code: 'role-not-allowed' })
    expect((await after.ask(getOfficer, { params: { officerId: '8100' } })).body).toMatchObject({ departmentId: 'D-03', roles: ['officer', 'handler'] })
  })
})

describe('a whole district', () => {
  const count = 1_495
  const ids = Array.from({ length: count }, (_, at) => at)
  const files: Readonly<Record<ImportKind, string>> = {
    departments: csv(['departmentId', 'name'], ...ids.slice(0, 30).map(at => [`B-${at}`, `示例部门${at}`])),
    officers: csv(['staffNo', 'name', 'email', 'departmentId', 'roles'], ...ids.map(at => [`B${at}`, `干部${at}`, `b${at}@district.example`, `B-${at % 30}`, at % 50 === 0 ? 'officer;director' : 'officer'])),
    enterprises: csv(['enterpriseId', 'kind', 'name', 'contactName', 'contactEmail', 'contactPhone'], ...ids.map(at => [creditCodeOf(10_000 + at), 'company', `企业${at}`, '', '', ''])),
    pairings: csv(['staffNo', 'enterpriseId', 'startsOn'], ...ids.map(at => [`B${at}`, creditCodeOf(10_000 + at), '2026-01-01'])),
  }
  const kinds = Object.keys(files) as ImportKind[]

  it('of 1,495 officers, as many enterprises and pairings is imported', async () => {
    for (const kind of kinds) expect((await importing(kind, files[kind])).body).toEqual({ accepted: kind === 'departments' ? 30 : count, rejected: [] })
    expect(await pagesOf(district.admin, listOfficers, { departmentId: 'B-7' }, 20)).toHaveLength(50)
    expect(new Set((await pagesOf(district.admin, listEnterprises, {}, 200)).map(({ enterpriseId }) => enterpriseId)).size).toBeGreaterThanOrEqual(count)
  })

  it('imported a second time changes nothing', async () => {
    const writes = () => district.stack.usage.usage().filter(({ operation }) => ['TransactWriteItems', 'PutItem'].includes(operation)).reduce((sum, { calls }) => sum + calls, 0)
    const before = writes()
    for (const kind of kinds) expect((await importing(kind, files[kind])).body.rejected).toEqual([])
    expect(writes()).toBe(before)
  })
})

describe('a list', () => {
  it('walked one by one loses and repeats nothing', async () => {
    const walked = await pagesOf(district.admin, listDepartments, {}, 1)
    const whole = await pagesOf(district.admin, listDepartments, {}, 200)
    expect(walked).toEqual(whole)
    expect(new Set(walked.map(({ departmentId }) => departmentId)).size).toBe(whole.length)
  })

  it('goes on only for the caller and the query its cursor was made for', async () => {
    const { body } = await district.admin.ask(listOfficers, { query: { limit: '1' } })
    const cursor = body.nextCursor ?? ''
    await district.admin.ask(listOfficers, { query: { limit: '2', cursor } })
    const refusals = [
      district.director.refused(listOfficers, { query: { limit: '1', cursor } }),
      district.admin.refused(listOfficers, { query: { limit: '1', cursor, departmentId: 'D-02' } }),
      district.admin.refused(listDepartments, { query: { limit: '1', cursor } }),
      district.admin.refused(listOfficers, { query: { limit: '1', cursor: `x${cursor}` } }),
    ]
    for (const refusal of await Promise.all(refusals)) expect(refusal).toMatchObject({ status: 400, code: 'cursor-not-valid' })
  })

  it.each(['0', '201', '-1', '1.5', 'x', ''])('cannot be of %s items a page', async limit => {
    expect(await district.admin.refused(listOfficers, { query: { limit } })).toMatchObject({ status: 422, errors: [{ path: 'query.limit' }] })
  })
})

describe('the roster', () => {
  it.each<[string, Parameters<District['admin']['refused']>, object]>([
    ['an officer of an unknown department', [putOfficer, { params: { officerId: '8200' }, body: { name: '甲', email: 'x@district.example', departmentId: 'D-99', roles: ['officer'] } }], { status: 404, code: 'department-not-found' }],
    ['another person’s address', [putOfficer, { params: { officerId: '8200' }, body: { name: '甲', email: 'Officer@district.example', departmentId: 'D-02', roles: ['officer'] } }], { status: 409, code: 'email-taken' }],
    ['a company under a project code', [putEnterprise, { params: { enterpriseId: '2026-610133-01-01-000001' }, body: { kind: 'company', name: '某企业' } }], { status: 422, code: 'enterprise-code-mismatch' }],
    ['a wrong check character', [putEnterprise, { params: { enterpriseId: '91610133MA6TX00019' }, body: { kind: 'company', name: '某企业' } }], { status: 422, code: 'bad-check-character' }],
    ['an unknown enterprise', [getEnterprise, { params: { enterpriseId: creditCodeOf(999) } }], { status: 404, code: 'enterprise-not-found' }],
    ['an unknown officer', [getOfficer, { params: { officerId: '8888' } }], { status: 404, code: 'officer-not-found' }],
    ['pairings of nobody in particular', [listPairings, {}], { status: 422, code: 'filter-required' }],
    ['a pairing of an unknown officer', [createPairing, { body: { officerId: '8888', enterpriseId: enterpriseOf.officer, startsOn: '2026-03-01' } }], { status: 404, code: 'officer-not-found' }],
    ['a pairing of somebody who is no officer', [createPairing, { body: { officerId: idOf('handler'), enterpriseId: enterpriseOf.officer, startsOn: '2026-03-01' } }], { status: 422, code: 'not-an-officer' }],
    ['a pairing with an unknown enterprise', [createPairing, { body: { officerId: idOf('officer'), enterpriseId: creditCodeOf(999), startsOn: '2026-03-01' } }], { status: 404, code: 'enterprise-not-found' }],
    ['a pairing that overlaps', [createPairing, { body: { officerId: idOf('officer'), enterpriseId: enterpriseOf.officer, startsOn: '2026-03-01' } }], { status: 409, code: 'pairing-overlaps' }],
    ['a pairing that ends before it starts', [createPairing, { body: { officerId: idOf('officer'), enterpriseId: enterpriseOf.colleague, startsOn: '2026-03-02', endsOn: '2026-03-01' } }], { status: 422, code: 'pairing-ends-before-start' }],
    ['the end of an unknown pairing', [endPairing, { params: { pairingId: 'x' }, body: { endsOn: '2026-03-31' } }], { status: 404, code: 'pairing-not-found' }],
  ])('refuses %s', async (_, request, expected) => {
    expect(await district.admin.refused(...request)).toMatchObject(expected)
  })

  it.each([
    ['a department', putDepartment, getDepartment, { departmentId: 'D-71' }, { name: '某局' }, { name: '另一局' }],
    ['an officer', putOfficer, getOfficer, { officerId: '8301' }, { name: '某人', email: 'a8301@district.example', departmentId: 'D-02', roles: ['officer'] }, { name: '另一人', email: 'a8301@district.example', departmentId: 'D-02', roles: ['handler'] }],
    ['an enterprise', putEnterprise, getEnterprise, { enterpriseId: creditCodeOf(830) }, { kind: 'company', name: '某企业', contactEmail: 'a@example.com' }, { kind: 'company', name: '某企业', contactEmail: 'b@example.com' }],
  ] as const)('does not overwrite what somebody else has entered for %s since it was read', async (_, put, get, params, first, second) => {
    const entered = await district.admin.ask(put, { params, body: first })
    const { etag } = await district.supervisor.ask(get, { params })
    expect([entered.etag, etag]).toEqual(['"1"', '"1"'])
    expect((await district.admin.ask(put, { params, body: second, ifMatch: etag })).etag).toBe('"2"')
    expect(await district.admin.refused(put, { params, body: first, ifMatch: etag })).toMatchObject({ status: 412, code: 'if-match-stale', currentETag: '"2"' })
    expect((await district.supervisor.ask(get, { params })).body).toMatchObject(second)
    // Whoever has seen nothing says so, and takes the place of whatever is there.
    expect((await district.admin.ask(put, { params, body: first })).etag).toBe('"3"')
  })

  it('takes a project under its project code', async () => {
    const params = { enterpriseId: '2026-610133-01-01-000001' }
    await district.supervisor.ask(putEnterprise, { params, body: { kind: 'project', name: '某项目' } })
    expect((await district.handler.ask(getEnterprise, { params })).body).toEqual({ ...params, kind: 'project', name: '某项目' })
  })

  it('ends a pairing once, not before its visits, and keeps its history', async () => {
    const made = await district.supervisor.ask(createPairing, { body: { officerId: idOf('colleague'), enterpriseId: enterpriseOf.second, startsOn: '2026-02-01' }, key: 'pair' })
    await district.colleague.ask(recordVisit, { body: { enterpriseId: enterpriseOf.second, visitedOn: '2026-03-02', mode: 'onsite', summary: '走访' } })
    const params = { pairingId: made.body.pairingId }
    const end = (endsOn: string) => ({ params, body: { endsOn } })
    expect(await district.supervisor.refused(endPairing, end('2026-01-31'))).toMatchObject({ code: 'pairing-ends-before-start' })
    expect(await district.supervisor.refused(endPairing, end('2026-03-01'))).toMatchObject({ code: 'pairing-has-visits' })
    await district.supervisor.ask(endPairing, end('2026-03-02'))
    expect(await district.supervisor.refused(endPairing, end('2026-03-03'))).toMatchObject({ status: 409, code: 'pairing-ended' })
    const again = await district.supervisor.ask(createPairing, { body: { officerId: idOf('colleague'), enterpriseId: enterpriseOf.second, startsOn: '2026-03-03' } })
    const { items } = (await district.colleague.ask(listPairings, { query: { enterpriseId: enterpriseOf.second } })).body
    expect(items).toEqual([{ ...made.body, endsOn: '2026-03-02' }, again.body])
    expect((await pagesOf(district.supervisor, listPairings, { enterpriseId: enterpriseOf.second }, 1)).length).toBe(3)
  })

  it('gives an address that somebody gave up to one of those who ask for it at once', async () => {
    const put = (officerId: string, email: string) => district.admin.try(putOfficer, { params: { officerId }, body: { name: '某人', email, departmentId: 'D-02', roles: ['officer'] } })
    for (let round = 0; round < 8; round++) {
      const shared = `shared${round}@district.example`
      await Promise.all([put(`A${round}`, shared), put(`B${round}`, `b${round}@district.example`), put(`C${round}`, `c${round}@district.example`)])
      await put(`A${round}`, `a${round}@district.example`)
      const outcomes = await Promise.all([put(`B${round}`, shared), put(`C${round}`, shared)])
      expect(outcomes.filter(outcome => 'given' in outcome)).toHaveLength(1)
      expect(outcomes.flatMap(outcome => ('refusal' in outcome ? [outcome.refusal.code] : []))).toEqual(['email-taken'])
    }
  })

  it('never ends a pairing behind the back of a visit that is entered at the same moment', async () => {
    for (let round = 0; round < 12; round++) {
      const enterpriseId = `2026-610133-02-01-${String(round).padStart(6, '0')}`
      await district.supervisor.ask(putEnterprise, { params: { enterpriseId }, body: { kind: 'project', name: '某项目' } })
      const { pairingId } = (await district.supervisor.ask(createPairing, { body: { officerId: idOf('colleague'), enterpriseId, startsOn: '2026-02-01' } })).body
      const [visit, end] = await Promise.all([
        district.colleague.try(recordVisit, { body: { enterpriseId, visitedOn: '2026-03-02', mode: 'phone', summary: '电话' } }),
        district.supervisor.try(endPairing, { params: { pairingId }, body: { endsOn: '2026-03-01' } }),
      ])
      expect(['given' in visit, 'given' in end].filter(Boolean), JSON.stringify([visit, end])).toHaveLength(1)
    }
  })

  it('is never left without an administrator', async () => {
    const admin = { name: '管理员', email: addressOf('admin'), departmentId: 'D-02' }
    const put = (but: object) => district.admin.refused(putOfficer, { params: { officerId: idOf('admin') }, body: { ...admin, roles: ['admin'], ...but } })
    expect(await put({ roles: ['officer'] })).toMatchObject({ status: 409, code: 'last-administrator' })
    expect(await put({ active: false })).toMatchObject({ code: 'last-administrator' })
    const rows = csv(['staffNo', 'name', 'email', 'departmentId', 'roles'], [idOf('admin'), '管理员', addressOf('admin'), 'D-02', 'officer'])
    expect((await importing('officers', rows)).body.rejected).toMatchObject([{ row: 2, column: 'roles', code: 'no-administrator' }])
    await district.admin.ask(putOfficer, { params: { officerId: '9101' }, body: { ...admin, email: 'second@district.example', roles: ['admin'] } })
    await (await district.as('second@district.example')).ask(putOfficer, { params: { officerId: '9101' }, body: { ...admin, email: 'second@district.example', roles: ['officer'] } })
  })

  it('is not left without an administrator by two who take the role from each other at once', async () => {
    // In this round one loses the role and has it back at the end; whoever keeps it gives it.
    const second = { name: '第二管理员', email: 'taker@district.example', departmentId: 'D-02' }
    const first = { name: '管理员', email: addressOf('admin'), departmentId: 'D-02' }
    const taker = await district.as('taker@district.example')
    for (let round = 0; round < 8; round++) {
      await district.admin.ask(putOfficer, { params: { officerId: '9102' }, body: { ...second, roles: ['admin'] } })
      const outcomes = await Promise.all([
        district.admin.try(putOfficer, { params: { officerId: '9102' }, body: { ...second, roles: ['officer'] } }),
        taker.try(putOfficer, { params: { officerId: idOf('admin') }, body: { ...first, roles: ['officer'] } }),
      ])
      expect(outcomes.filter(outcome => 'given' in outcome), JSON.stringify(outcomes)).toHaveLength(1)
      const keeper = 'given' in outcomes[0] ? district.admin : taker
      await keeper.ask(putOfficer, { params: { officerId: idOf('admin') }, body: { ...first, roles: ['admin'] } })
    }
    await district.admin.ask(putOfficer, { params: { officerId: '9102' }, body: { ...second, roles: ['officer'] } })
  })

  it('gives nobody who has left their rights back unless that is said', async () => {
    const put = (but: object) => district.admin.ask(putOfficer, { params: { officerId: '9103' }, body: { name: '某人', email: 'back@district.example', departmentId: 'D-02', roles: ['officer'], ...but } })
    expect((await put({})).body.active).toBe(true)
    await put({ active: false })
    expect((await put({ name: '改名' })).body).toMatchObject({ name: '改名', active: false })
    expect((await put({ active: true })).body.active).toBe(true)
  })

  it('pairs nobody who has left', async () => {
    await district.admin.ask(putOfficer, { params: { officerId: '9200' }, body: { name: '某人', email: 'gone@district.example', departmentId: 'D-02', roles: ['officer'], active: false } })
    expect(await district.supervisor.refused(createPairing, { body: { officerId: '9200', enterpriseId: enterpriseOf.officer, startsOn: '2026-03-01' } })).toMatchObject({ status: 409, code: 'officer-left' })
    const rows = csv(['staffNo', 'enterpriseId', 'startsOn'], ['9200', enterpriseOf.officer, '2026-03-01'])
    expect((await importing('pairings', rows)).body.rejected).toMatchObject([{ row: 2, column: 'staffNo', code: 'left' }])
  })

  it('keeps a contact that a file says nothing of', async () => {
    const rows = csv(['enterpriseId', 'kind', 'name', 'contactName', 'contactEmail', 'contactPhone'], [enterpriseOf.stranger, 'company', '改名的企业', '', '', '02911111111'])
    expect((await importing('enterprises', rows)).body).toEqual({ accepted: 1, rejected: [] })
    expect((await district.supervisor.ask(getEnterprise, { params: { enterpriseId: enterpriseOf.stranger } })).body).toMatchObject({ name: '改名的企业', contactEmail: 'contact-stranger@example.com', contactPhone: '02911111111' })
  })

  it('survives twenty people who enter the same officer at once', async () => {
    const put = (at: number) => district.admin.ask(putOfficer, { params: { officerId: '8300' }, body: { name: `甲${at}`, email: `v${at % 3}@district.example`, departmentId: 'D-02', roles: ['officer'] } })
    await Promise.all(Array.from({ length: 20 }, (_, at) => put(at)))
    const { email } = (await district.admin.ask(getOfficer, { params: { officerId: '8300' } })).body
    const known = await Promise.all([0, 1, 2].map(async at => 'given' in (await (await district.as(`v${at}@district.example`)).try(getPolicy))))
    expect(known.map((isKnown, at) => (isKnown ? `v${at}@district.example` : '')).filter(Boolean)).toEqual([email])
  })
})
