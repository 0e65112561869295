import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listContactTasks } from '../../../shared/contract/contact-tasks.ts'
import { acceptIssue, resolveIssue, submitIssue } from '../../../shared/contract/issues.ts'
import { createPairing, putEnterprise, sendLink } from '../../../shared/contract/roster.ts'
import { creditCodeOf } from '../../mothers/enterprise.ts'
import type { Client } from './client.ts'
import { addressOf, enterpriseOf, foundDistrict, idOf, importRows, type District } from './district.ts'
import { pagesOf } from './pages.ts'
import { startWorld } from './world.ts'

let district: District
/** Monday 2026-03-02, ten in the morning. Every enterprise has an address. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
})
afterAll(() => district.close())

const enter = (enterpriseId: string, name: string, contactEmail?: string) =>
  district.supervisor.ask(putEnterprise, { params: { enterpriseId }, body: { kind: 'company', name, ...(contactEmail === undefined ? {} : { contactEmail }) } })
const tasksOf = async (who: Client, query: Readonly<Record<string, string>> = {}) => (await who.ask(listContactTasks, { query })).body.items
const now = '2026-03-02T10:00:00+08:00'

describe('an enterprise that cannot be written to', () => {
  it('for want of an address is a task of its officer, until one is entered', async () => {
    expect(await tasksOf(district.officer)).toEqual([])
    const enterpriseId = creditCodeOf(901)
    await enter(enterpriseId, '无邮箱企业')
    await district.supervisor.ask(createPairing, { body: { officerId: idOf('officer'), enterpriseId, startsOn: '2026-01-01' } })
    const task = { officerId: idOf('officer'), enterpriseId, enterpriseName: '无邮箱企业', reason: 'no-address', since: now, awaitingRating: 0 }
    expect(await tasksOf(district.officer)).toEqual([task])
    // Another entry without an address is none since another day.
    district.leap('2026-03-02 10:05')
    await enter(enterpriseId, '无邮箱企业')
    expect(await tasksOf(district.officer)).toEqual([task])
    await enter(enterpriseId, '无邮箱企业', 'found@example.com')
    expect(await tasksOf(district.officer)).toEqual([])
    await enter(enterpriseId, '无邮箱企业')
    expect(await tasksOf(district.officer)).toMatchObject([{ reason: 'no-address', since: '2026-03-02T10:05:00+08:00' }])
    await enter(enterpriseId, '无邮箱企业', 'found@example.com')
  })

  it('by an import is one as well', async () => {
    const enterpriseId = creditCodeOf(902)
    await importRows(district.admin, 'enterprises', ['enterpriseId', 'kind', 'name', 'contactName', 'contactEmail', 'contactPhone'], [enterpriseId, 'company', '导入的企业', '', '', ''])
    await district.supervisor.ask(createPairing, { body: { officerId: idOf('stranger'), enterpriseId, startsOn: '2026-01-01' } })
    expect(await tasksOf(district.stranger)).toMatchObject([{ enterpriseId, reason: 'no-address' }])
  })

  it.each(['bounce', 'refuse'] as const)('because its address does %s mail is one, until another address is entered', async fault => {
    const enterpriseId = enterpriseOf.colleague
    const contact = `${fault}@example.com`
    await enter(enterpriseId, '退信企业', contact)
    await district.faults({ target: 'mail', fault, match: contact })
    await district.colleague.ask(sendLink, { params: { enterpriseId } })
    expect((await district.mail({ kind: 'mail-undeliverable', to: addressOf('colleague') })).length).toBeGreaterThan(0)
    expect(await tasksOf(district.colleague)).toMatchObject([{ enterpriseId, reason: fault === 'bounce' ? 'bounced' : 'refused', awaitingRating: 0 }])
    await enter(enterpriseId, '退信企业', `new-${contact}`)
    expect(await tasksOf(district.colleague)).toEqual([])
  })

  it('says how many resolved issues wait for its rating', async () => {
    const enterpriseId = enterpriseOf.second
    await enter(enterpriseId, '待评价企业')
    for (const title of ['道路', '路灯']) {
      const { body, etag } = await district.officer.ask(submitIssue, { body: { enterpriseId, category: 'facilities', subcategory: 'roads', tier: 'A', title, description: '不通' } })
      const params = { issueId: body.issueId }
      const accepted = await district.handler.ask(acceptIssue, { params, ifMatch: etag })
      if (title === '道路') await district.handler.ask(resolveIssue, { params, ifMatch: accepted.etag, body: { message: '已修复' } })
    }
    expect(await tasksOf(district.officer)).toMatchObject([{ enterpriseId, awaitingRating: 1 }])
    // Its officer has been told to carry the result there.
    expect((await district.mail({ kind: 'issue-resolved', to: addressOf('officer') })).at(-1)?.text).toContain('企业未登记邮箱')
  })
})

describe('the tasks', () => {
  it('are for the officer, the director of the department and the office', async () => {
    const all = await tasksOf(district.officer)
    expect(await tasksOf(district.director, { departmentId: 'D-02' })).toEqual(all)
    expect(await pagesOf(district.supervisor, listContactTasks, { departmentId: 'D-02' }, 1)).toEqual(all)
    expect(await tasksOf(district.admin, { officerId: idOf('officer') })).toEqual(all)
    expect(await district.officer.refused(listContactTasks, { query: { officerId: idOf('colleague') } })).toMatchObject({ status: 403, code: 'out-of-reach' })
    expect(await district.director.refused(listContactTasks, { query: { departmentId: 'D-03' } })).toMatchObject({ code: 'out-of-reach' })
    expect(await district.handler.refused(listContactTasks)).toMatchObject({ code: 'role-not-allowed' })
    expect(await district.supervisor.refused(listContactTasks)).toMatchObject({ code: 'filter-required' })
    expect(await district.supervisor.refused(listContactTasks, { query: { departmentId: 'D-99' } })).toMatchObject({ code: 'department-not-found' })
  })
})
