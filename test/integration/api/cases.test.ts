import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  acknowledgeStep, callBackOnCase, finishStep, getCase, getCaseTimeline, getTemplate, listCases, listTemplates, openCase, putTemplate, reassignCase, refuseStep, resumeStep, startStep, waitInStep, withdrawCase,
} from '../../../shared/contract/cases.ts'
import type { Operation } from '../../../shared/contract/operation.ts'
import { putOfficer } from '../../../shared/contract/roster.ts'
import { putCalendar } from '../../../shared/contract/policy.ts'
import { addressOf, enterpriseOf, foundDistrict, idOf, type District } from './district.ts'
import type { Client } from './client.ts'
import { pagesOf } from './pages.ts'
import { startWorld } from './world.ts'

let district: District
/** Monday 2026-03-02, ten in the morning. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
  await district.supervisor.ask(putTemplate, { params: { templateId: 'permit' }, body: template })
})
afterAll(() => district.close())

const step = (stepId: string, departmentId: string, but: object = {}) => ({ stepId, title: `环节${stepId}`, departmentId, after: [], statutoryWorkingDays: 10, promisedWorkingDays: 3, mode: 'guide', ...but })
const template = {
  title: '施工许可', subcategory: 'construction',
  steps: [step('survey', 'D-02'), step('review', 'D-03', { promisedWorkingDays: 5 }), step('permit', 'D-02', { after: ['survey', 'review'], mode: 'act-for' })],
  handover: { departmentId: 'D-02', workingDays: 1 },
}

const open = async (but: object = {}, by: Client = district.officer): Promise<string> =>
  (await by.ask(openCase, { body: { templateId: 'permit', enterpriseId: enterpriseOf.officer, title: '二期厂房施工许可', ...but } })).body.caseId
const read = async (caseId: string) => (await district.supervisor.ask(getCase, { params: { caseId } })).body
const on = async (caseId: string, body: object = {}, stepId?: string) => ({ params: { caseId, ...(stepId === undefined ? {} : { stepId }) }, ifMatch: (await district.supervisor.ask(getCase, { params: { caseId } })).etag, body })
const eventsOf = async (caseId: string) => (await district.supervisor.ask(getCaseTimeline, { params: { caseId } })).body.items
const workerOf = (stepId: string): Client => (stepId === 'review' ? district['other-handler'] : district.handler)
const command = async <O extends Operation>(op: O, caseId: string, stepId: string, body: object = {}) => workerOf(stepId).ask(op, await on(caseId, body, stepId))
const finish = async (caseId: string, ...stepIds: readonly string[]): Promise<void> => {
  for (const stepId of stepIds) {
    await command(startStep, caseId, stepId)
    await command(finishStep, caseId, stepId, stepId === 'handover' ? { words: '许可证已当面送达。' } : {})
  }
}
const mailsTo = async (to: string, caseId: string) => (await district.mail({ to })).filter(({ subject }) => subject.includes(caseId))
const kindsTo = async (to: string, caseId: string) => (await mailsTo(to, caseId)).map(({ kind }) => kind)
const contact = 'contact-officer@example.com'

describe('a template', () => {
  it('is entered, replaced by who has seen it, and read', async () => {
    const params = { templateId: 'other' }
    const first = await district.admin.ask(putTemplate, { params, body: template })
    expect(first.body).toEqual({ ...params, ...template })
    expect((await district.admin.refused(putTemplate, { params, body: template, ifMatch: '"7"' })).code).toBe('if-match-stale')
    await district.admin.ask(putTemplate, { params, body: { ...template, title: '规划许可' }, ifMatch: first.etag })
    expect((await district.officer.ask(getTemplate, { params })).body.title).toBe('规划许可')
    expect((await district.handler.ask(listTemplates)).body.items.map(({ templateId }) => templateId)).toEqual(['other', 'permit'])
    expect((await district.handler.refused(getTemplate, { params: { templateId: 'none' } })).code).toBe('template-not-found')
  })

  it('names departments that there are, and says where it does not', async () => {
    const refusal = await district.supervisor.refused(putTemplate, { params: { templateId: 'bad' }, body: { ...template, handover: { departmentId: 'D-99', workingDays: 1 } } })
    expect(refusal).toMatchObject({ code: 'department-not-found', path: 'handover.departmentId' })
    expect(await district.supervisor.refused(putTemplate, { params: { templateId: 'bad' }, body: { ...template, steps: [step('a', 'D-02', { after: ['b'] }), step('b', 'D-02', { promisedWorkingDays: 11 })] } })).toMatchObject({
      errors: [{ path: 'steps.0.after.0', code: 'not-listed-before' }, { path: 'steps.1.promisedWorkingDays', code: 'too-large' }],
    })
  })
})

describe('a case', () => {
  it('is opened by the paired officer, numbered, and told to the departments and the enterprise', async () => {
    const { body, etag } = await district.officer.ask(openCase, { body: { templateId: 'permit', enterpriseId: enterpriseOf.officer, title: '一期厂房施工许可', remark: '企业计划四月开工。' } })
    expect(body).toMatchObject({ caseId: 'L2026-000001', status: 'running', officerId: idOf('officer'), current: ['survey', 'review'], level: 0, overdue: false, version: 1 })
    expect(body.steps.map(({ stepId, status, dueBy }) => [stepId, status, dueBy])).toEqual([
      ['survey', 'ready', '2026-03-05T18:00:00+08:00'], ['review', 'ready', '2026-03-09T18:00:00+08:00'], ['permit', 'blocked', undefined], ['handover', 'blocked', undefined],
    ])
    expect(etag).toBe('"1"')
    expect(await kindsTo(addressOf('handler'), body.caseId)).toEqual(['case-step'])
    expect(await kindsTo(addressOf('other-director'), body.caseId)).toEqual(['case-step'])
    expect((await mailsTo(contact, body.caseId)).map(({ kind, text }) => [kind, /\/p\/[\w-]{43}\/cases\/L2026-000001/.test(text)])).toEqual([['case-opened', true]])
    expect((await mailsTo(contact, body.caseId))[0]?.headers['references']).toContain(`case-${body.caseId}@`)
  })

  it('is refused to an officer who is not paired, and to whoever names what there is not', async () => {
    const body = { templateId: 'permit', enterpriseId: enterpriseOf.stranger, title: '施工许可' }
    expect((await district.officer.refused(openCase, { body })).code).toBe('not-paired')
    expect((await district.officer.refused(openCase, { body: { ...body, enterpriseId: enterpriseOf.officer, templateId: 'none' } })).code).toBe('template-not-found')
    expect((await district.officer.refused(openCase, { body: { ...body, enterpriseId: enterpriseOf.officer, officerId: idOf('colleague') } })).code).toBe('out-of-reach')
    expect(await district.supervisor.refused(openCase, { body })).toMatchObject({ code: 'not-an-officer', path: 'officerId' })
    const theirs = { ...body, officerId: idOf('officer') }
    expect(await district.supervisor.refused(openCase, { body: { ...theirs, steps: [{ stepId: 'survey', officerId: idOf('handler') }] } })).toMatchObject({ code: 'not-an-officer', path: 'steps.0.officerId' })
    expect(await district.supervisor.refused(openCase, { body: { ...theirs, steps: [{ stepId: 'survey', officerId: '9999' }] } })).toMatchObject({ code: 'officer-not-found', path: 'steps.0.officerId' })
    expect(await district.supervisor.refused(openCase, { body: { ...theirs, steps: [{ stepId: 'none' }] } })).toMatchObject({ code: 'step-not-found', path: 'steps.0.stepId' })
    expect((await district.supervisor.ask(openCase, { body: theirs })).body.officerId).toBe(idOf('officer'))
  })

  it('is opened once, however often the request is sent', async () => {
    const ask = { key: 'open-once', body: { templateId: 'permit', enterpriseId: enterpriseOf.officer, title: '施工许可' } }
    const [first, again] = [await district.officer.ask(openCase, ask), await district.officer.ask(openCase, ask)]
    expect([again.body.caseId, again.replayed]).toEqual([first.body.caseId, true])
  })

  it('keeps its template, whatever becomes of that', async () => {
    const params = { templateId: 'changing' }
    await district.supervisor.ask(putTemplate, { params, body: template })
    const caseId = await open({ templateId: 'changing' })
    await district.supervisor.ask(putTemplate, { params, body: { ...template, steps: [step('only', 'D-03')] } })
    expect((await read(caseId)).steps.map(({ stepId }) => stepId)).toEqual(['survey', 'review', 'permit', 'handover'])
  })

  it('goes step by step to the enterprise, which is asked whether it has the result', async () => {
    const caseId = await open()
    await finish(caseId, 'survey')
    expect((await district.handler.refused(startStep, await on(caseId, {}, 'permit'))).code).toBe('step-command-not-legal')
    await finish(caseId, 'review', 'permit')
    expect(await read(caseId)).toMatchObject({ status: 'handing-over', current: ['handover'] })
    await command(startStep, caseId, 'handover')
    expect(await district.handler.refused(finishStep, await on(caseId, {}, 'handover'))).toMatchObject({ errors: [{ path: 'words', code: 'required' }] })
    await command(finishStep, caseId, 'handover', { words: '许可证已当面送达。' })
    const body = await read(caseId)
    expect(body).toMatchObject({ status: 'handed-over', current: [], handedOverAt: '2026-03-02T10:00:00+08:00', callBackAt: '2026-03-10T09:00:00+08:00', callBackDue: false })
    expect(body.steps.map(({ actualWorkingDays, savedWorkingDays }) => [actualWorkingDays, savedWorkingDays])).toEqual([[0, 10], [0, 10], [0, 10], [0, undefined]])
    expect((await mailsTo(contact, caseId)).at(-1)).toMatchObject({ kind: 'case-handed-over', text: expect.stringContaining('许可证已当面送达') as string })
    expect((await eventsOf(caseId)).map(({ event }) => event)).toEqual(['opened', 'step-started', 'step-finished', 'step-started', 'step-finished', 'step-started', 'step-finished', 'step-started', 'handed-over'])
  })

  it('waits for the enterprise with its clock standing still', async () => {
    const caseId = await open({ steps: [{ stepId: 'survey', mode: 'accompany', officerId: idOf('colleague') }] })
    await command(startStep, caseId, 'survey')
    const { body } = await command(waitInStep, caseId, 'survey', { reason: '材料不全。', needed: '请补交图纸。' })
    expect(body.steps[0]).toMatchObject({ status: 'waiting', mode: 'accompany', officerId: idOf('colleague'), waiting: { since: '2026-03-02T10:00:00+08:00', endsBy: '2026-03-30T18:00:00+08:00' } })
    expect((await mailsTo(contact, caseId)).at(-1)).toMatchObject({ kind: 'case-waiting', text: expect.stringContaining('请补交图纸') as string })
    expect(await kindsTo(addressOf('colleague'), caseId)).toEqual(['case-waiting'])
    expect((await district.colleague.ask(getCase, { params: { caseId } })).body.caseId).toBe(caseId)
    expect((await pagesOf(district.colleague, listCases, {}, 1)).map(each => each.caseId)).toContain(caseId)
    const { body: resumed } = await command(resumeStep, caseId, 'survey')
    expect(resumed.steps[0]).toMatchObject({ status: 'running', deadlineVersion: 2 })
    for (const to of [contact, addressOf('colleague')]) expect((await mailsTo(to, caseId)).at(-1), to).toMatchObject({ kind: 'case-resumed', text: expect.not.stringContaining('请补交图纸') as string })
    expect(await kindsTo(addressOf('officer'), caseId)).toEqual([])
  })

  it('ends with a refusal, and everybody is told why', async () => {
    const caseId = await open()
    const { body } = await command(refuseStep, caseId, 'survey', { reason: '不符合规划条件。' })
    expect([body.status, body.current, body.steps.map(({ status }) => status)]).toEqual(['refused', [], ['refused', 'dropped', 'dropped', 'dropped']])
    for (const to of [contact, addressOf('officer'), addressOf('other-handler')]) expect((await mailsTo(to, caseId)).at(-1), to).toMatchObject({ kind: 'case-ended', text: expect.stringContaining('不符合规划条件') as string })
  })

  it('is given up by who follows it', async () => {
    const caseId = await open()
    const { body } = await district.officer.ask(withdrawCase, await on(caseId, { reason: '企业调整计划。' }))
    expect([body.status, body.endedAt]).toEqual(['withdrawn', '2026-03-02T10:00:00+08:00'])
    expect((await district.officer.refused(withdrawCase, await on(caseId, { reason: '再次。' }))).code).toBe('case-command-not-legal')
  })

  it('is passed on by the campaign office, and everybody who has to know is told', async () => {
    const caseId = await open({ steps: [{ stepId: 'review', officerId: idOf('stranger') }] })
    await finish(caseId, 'survey')
    const before = await kindsTo(addressOf('officer'), caseId)
    const { body } = await district.supervisor.ask(reassignCase, await on(caseId, { officerId: idOf('colleague'), reason: '原干部调任。' }))
    expect([body.officerId, body.status, body.version]).toEqual([idOf('colleague'), 'running', 4])
    expect(body.steps.map(({ officerId }) => officerId)).toEqual([idOf('officer'), idOf('stranger'), idOf('colleague'), idOf('colleague')])
    expect((await eventsOf(caseId)).at(-1)).toMatchObject({ event: 'reassigned', by: idOf('supervisor'), from: idOf('officer'), officerId: idOf('colleague'), follows: true, steps: ['permit', 'handover'], reason: '原干部调任。' })
    expect(await kindsTo(addressOf('officer'), caseId)).toEqual([...before, 'case-reassigned'])
    for (const to of [addressOf('officer'), addressOf('colleague')]) expect((await mailsTo(to, caseId)).at(-1), to).toMatchObject({ kind: 'case-reassigned', text: expect.stringContaining('原干部调任') as string })
    const told = (await mailsTo(contact, caseId)).at(-1)
    expect(told).toMatchObject({ kind: 'case-reassigned', text: expect.stringContaining('示例colleague') as string })
    expect(told?.text).not.toContain('原干部调任')
    const page = await pageOf(caseId)
    expect([page.includes('助企干部变更为示例colleague'), page.includes('原干部调任')]).toEqual([true, false])
  })

  it('is found by whoever goes along with it, and no more by who is relieved', async () => {
    const caseId = await open({ steps: [{ stepId: 'survey', officerId: idOf('stranger') }] })
    const listed = async (client: Client, query: Record<string, string> = {}): Promise<number> => (await pagesOf(client, listCases, query, 200)).filter(each => each.caseId === caseId).length
    const foundBy = async (): Promise<number[]> => Promise.all([...(['officer', 'colleague', 'stranger'] as const).map(name => listed(district.supervisor, { officerId: idOf(name) })), listed(district.officer), listed(district.colleague), listed(district.stranger)])
    expect(await foundBy()).toEqual([1, 0, 1, 1, 0, 1])
    const pass = async (body: object) => district.supervisor.ask(reassignCase, await on(caseId, { ...body, reason: '工作调整。' }))
    await pass({ from: idOf('stranger'), officerId: idOf('colleague') })
    expect(await foundBy()).toEqual([1, 1, 0, 1, 1, 0])
    expect((await district.stranger.refused(getCase, { params: { caseId } })).code).toBe('out-of-reach')
    await pass({ officerId: idOf('colleague') })
    expect(await foundBy()).toEqual([0, 1, 0, 0, 1, 0])
    for (const op of [getCase, getCaseTimeline]) expect((await district.officer.refused(op, { params: { caseId } })).code).toBe('out-of-reach')
    expect((await district.officer.refused(withdrawCase, await on(caseId, { reason: '不再跟办。' }))).code).toBe('out-of-reach')
    await pass({ officerId: idOf('officer') })
    expect(await foundBy()).toEqual([1, 0, 0, 1, 0, 0])
    await district.officer.ask(withdrawCase, await on(caseId, { reason: '企业改变计划。' }))
    expect(await foundBy()).toEqual([1, 0, 0, 1, 0, 0])
    expect(await district.supervisor.refused(reassignCase, await on(caseId, { officerId: idOf('colleague'), reason: '再次。' }))).toMatchObject({ code: 'case-command-not-legal', legal: [] })
  })

  it('is passed on to an officer who is there, from one who goes along with it, for the version that was seen', async () => {
    const caseId = await open()
    const refusal = async (body: object) => district.supervisor.refused(reassignCase, await on(caseId, { reason: '工作调整。', ...body }))
    expect(await refusal({ officerId: '9999' })).toMatchObject({ code: 'officer-not-found', path: 'officerId' })
    expect(await refusal({ officerId: idOf('handler') })).toMatchObject({ code: 'not-an-officer', path: 'officerId' })
    expect(await refusal({ officerId: idOf('officer') })).toMatchObject({ code: 'same-officer', path: 'officerId' })
    for (const from of [idOf('stranger'), '9999']) expect(await refusal({ from, officerId: idOf('colleague') })).toMatchObject({ code: 'not-going-along', path: 'from' })
    const body = { officerId: idOf('colleague'), reason: '工作调整。' }
    expect((await district.supervisor.refused(reassignCase, { params: { caseId }, body })).code).toBe('if-match-required')
    expect((await district.supervisor.refused(reassignCase, { params: { caseId }, body, ifMatch: '"9"' })).code).toBe('if-match-stale')
    expect((await read(caseId)).version).toBe(1)
  })

  it('is passed on by who has left the roster without a mail to them, nor a report that it did not arrive', async () => {
    const caseId = await open({ officerId: idOf('stranger') }, district.supervisor)
    const stranger = { name: '示例stranger', email: addressOf('stranger'), departmentId: 'D-03', roles: ['officer'] }
    const setActive = (active: boolean) => district.admin.ask(putOfficer, { params: { officerId: idOf('stranger') }, body: { ...stranger, active } })
    await setActive(false)
    expect(await district.supervisor.refused(reassignCase, await on(await open(), { officerId: idOf('stranger'), reason: '工作调整。' }))).toMatchObject({ code: 'officer-left', path: 'officerId' })
    const reports = async () => (await district.mail({ kind: 'mail-undeliverable' })).length
    const before = await reports()
    await district.supervisor.ask(reassignCase, await on(caseId, { officerId: idOf('colleague'), reason: '原干部离职。' }))
    expect([await kindsTo(addressOf('colleague'), caseId), await kindsTo(addressOf('stranger'), caseId), (await reports()) - before]).toEqual([['case-reassigned'], [], 0])
    await setActive(true)
  })

  it('takes commands for the version that was seen, and for steps that there are', async () => {
    const caseId = await open()
    const params = { caseId, stepId: 'survey' }
    expect((await district.handler.refused(startStep, { params })).code).toBe('if-match-required')
    expect((await district.handler.refused(startStep, { params, ifMatch: '"9"' })).code).toBe('if-match-stale')
    expect((await district.handler.refused(startStep, await on(caseId, {}, 'none'))).code).toBe('step-not-found')
    expect((await district.handler.refused(startStep, { params: { caseId: 'L2026-999999', stepId: 'survey' }, ifMatch: '"1"' })).code).toBe('case-not-found')
    expect((await district.handler.refused(startStep, await on(caseId, {}, 'review'))).code).toBe('out-of-reach')
    expect((await district.handler.refused(acknowledgeStep, await on(caseId, {}, 'survey'))).code).toBe('nothing-to-acknowledge')
  })

  it('is found by whoever may, by what it is', async () => {
    const caseId = await open({ title: '清单中的事项' })
    const has = async (client: Client, query: Record<string, string>): Promise<boolean> => (await pagesOf(client, listCases, query, 200)).some(each => each.caseId === caseId)
    for (const query of [{}, { status: 'running' }, { enterpriseId: enterpriseOf.officer }, { officerId: idOf('officer') }, { departmentId: 'D-03' }, { overdue: 'false' }] as Record<string, string>[])
      for (const client of [district.officer, district.handler, district['other-director'], district.supervisor, district.admin]) expect(await has(client, query), JSON.stringify(query)).toBe(true)
    for (const query of [{ status: 'completed' }, { enterpriseId: enterpriseOf.stranger }, { overdue: 'true' }] as Record<string, string>[]) expect(await has(district.supervisor, query)).toBe(false)
    expect(await has(district.stranger, {})).toBe(false)
    expect(await has(district.stranger, { departmentId: 'D-02' })).toBe(false)
    expect((await district.supervisor.refused(listCases, { query: { departmentId: 'D-98' } })).code).toBe('department-not-found')
    const { etag } = await district.officer.ask(getCase, { params: { caseId } })
    await district.officer.ask(withdrawCase, { params: { caseId }, ifMatch: etag, body: { reason: '企业改变计划。' } })
    for (const client of [district.handler, district['other-director']]) {
      for (const query of [{}, { status: 'withdrawn' }, { overdue: 'false' }]) expect(await has(client, query), JSON.stringify(query)).toBe(true)
      for (const query of [{ status: 'running' }, { status: 'completed' }]) expect(await has(client, query), JSON.stringify(query)).toBe(false)
    }
  })
})

/** The enterprise's pages, by the link of the last mail about a case. */
const linkIn = async (caseId: string): Promise<string> => {
  const path = /\/p\/[\w-]{43}\/cases\/L[\d-]+/.exec((await mailsTo(contact, caseId)).at(-1)?.text ?? '')?.[0]
  if (path === undefined) throw new Error(`no link to ${caseId} was mailed`)
  return path
}
const pageOf = async (caseId: string): Promise<string> => (await fetch(district.url + (await linkIn(caseId)))).text()
const send = async (caseId: string, form: string, fields: Record<string, string>) => {
  const response = await fetch(`${district.url}${await linkIn(caseId)}/${form}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  return { status: response.status, text: await response.text() }
}
const handoverOn = async (caseId: string): Promise<string> => /name="handover" value="(\d+)"/.exec(await pageOf(caseId))?.[1] ?? ''

describe("the enterprise's page", () => {
  it('shows every step with its department, its limits and how it stands, and nothing to strangers', async () => {
    const caseId = await open({ title: '页面上的事项' })
    const page = await pageOf(caseId)
    for (const text of ['页面上的事项', '规划建设局', '发展改革局', '示例officer', '法定10个工作日', '承诺3个工作日', '将于2026年3月5日（周四）18:00前办妥', '送达企业']) expect(page).toContain(text)
    expect(page).not.toContain('name="received"')
    const list = await (await fetch(district.url + (await linkIn(caseId)).replace(/\/cases.*/, ''))).text()
    expect(list).toContain(`/cases/${caseId}"`)
    const foreign = await open({ enterpriseId: enterpriseOf.stranger }, district.stranger)
    expect((await fetch(`${district.url}${(await linkIn(caseId)).replace(caseId, foreign)}`)).status).toBe(404)
  })

  it('takes that it has the result, once', async () => {
    const caseId = await open()
    await finish(caseId, 'survey', 'review', 'permit', 'handover')
    const handover = await handoverOn(caseId)
    expect((await send(caseId, 'receipt', { handover, words: '谢谢。' })).text).toContain('请选择是否收到')
    expect((await read(caseId)).status).toBe('handed-over')
    expect([(await send(caseId, 'receipt', { handover, received: 'yes', words: '谢谢。' })).status, (await send(caseId, 'receipt', { handover, received: 'yes', words: '谢谢。' })).status]).toEqual([303, 303])
    expect(await read(caseId)).toMatchObject({ status: 'completed', completedBy: 'receipt' })
    expect((await eventsOf(caseId)).slice(-2).map(({ event }) => event)).toEqual(['receipt', 'completed'])
    expect((await mailsTo(addressOf('director'), caseId)).at(-1)).toMatchObject({ kind: 'case-completed', text: expect.stringContaining('谢谢') as string })
    expect(await send(caseId, 'receipt', { handover, received: 'no' })).toMatchObject({ status: 409, text: expect.stringContaining('未予受理') as string })
    expect((await send(caseId, 'information', { information: '补充' })).status).toBe(409)
  })

  it('takes that it has not, which no older page can undo', async () => {
    const caseId = await open()
    await finish(caseId, 'survey', 'review', 'permit', 'handover')
    const handover = await handoverOn(caseId)
    expect((await send(caseId, 'receipt', { handover, received: 'no', words: '未见许可证。' })).status).toBe(303)
    expect(await read(caseId)).toMatchObject({ status: 'handing-over', returns: 1, level: 1 })
    for (const to of [addressOf('director'), addressOf('supervisor'), addressOf('officer')]) expect((await mailsTo(to, caseId)).at(-1), to).toMatchObject({ kind: 'case-returned', text: expect.stringContaining('未见许可证') as string })
    district.leap('2026-03-02 11:00')
    await command(finishStep, caseId, 'handover', { words: '已再次送达。' })
    expect((await send(caseId, 'receipt', { handover, received: 'yes' })).status).toBe(409)
    expect((await read(caseId)).status).toBe('handed-over')
    expect((await send(caseId, 'receipt', { handover: await handoverOn(caseId), received: 'yes' })).status).toBe(303)
  })

  it('takes information, which goes to those who work on it', async () => {
    const caseId = await open()
    expect([(await send(caseId, 'information', { information: '图纸已送审。' })).status, (await send(caseId, 'information', { information: '图纸已送审。' })).status]).toEqual([303, 303])
    for (const to of [addressOf('handler'), addressOf('other-handler'), addressOf('officer')]) expect((await mailsTo(to, caseId)).at(-1), to).toMatchObject({ kind: 'case-informed', text: expect.stringContaining('图纸已送审') as string })
    expect((await eventsOf(caseId)).filter(({ event }) => event === 'informed')).toHaveLength(1)
    expect(await pageOf(caseId)).toContain('图纸已送审。')
  })

  it('takes nothing from another site', async () => {
    const caseId = await open()
    const response = await fetch(`${district.url}${await linkIn(caseId)}/information`, { method: 'POST', body: new URLSearchParams({ information: 'x' }), headers: { 'sec-fetch-site': 'cross-site' } })
    expect(response.status).toBe(403)
  })
})

/** The morning's sweep of that day, and the mails that come of it. */
const sweepOn = (date: string): Promise<void> => district.callFor('escalation-sweep', `${date} 09:30`)

describe('as days go by', () => {
  it('a step is warned of, escalated, and held by an acknowledgement; a silent enterprise is called back', async () => {
    const [late, silent, waiting] = [await open(), await open(), await open()]
    await finish(silent, 'survey', 'review', 'permit', 'handover')
    await command(startStep, waiting, 'survey')
    await command(waitInStep, waiting, 'survey', { reason: '材料不全。', needed: '请补交图纸。' })
    for (const day of ['04', '06']) await sweepOn(`2026-03-${day}`)
    expect((await kindsTo(addressOf('handler'), late)).slice(1)).toEqual(['case-warning', 'case-escalated'])
    expect(await read(late)).toMatchObject({ overdue: true, level: 1 })
    expect((await read(waiting)).steps[0]).toMatchObject({ level: 0, overdue: false, actualWorkingDays: 0 })
    await command(acknowledgeStep, late, 'survey')
    for (const day of ['10', '12']) await sweepOn(`2026-03-${day}`)
    expect((await read(late)).steps.map(({ level }) => level)).toEqual([1, 1, 0, 0])
    expect((await read(late)).steps[0]?.actualWorkingDays).toBe(8)
    await sweepOn('2026-03-13')
    expect((await read(late)).steps.map(({ level }) => level)).toEqual([2, 2, 0, 0])
    expect(await kindsTo(addressOf('director'), late)).toContain('case-escalated')

    expect(await kindsTo(addressOf('supervisor'), silent)).toContain('case-call-back-due')
    const said = { received: false, words: '未见许可证。', asked: '王经理', askedAt: '2026-03-13T09:00:00+08:00' }
    const { body } = await district.supervisor.ask(callBackOnCase, await on(silent, said))
    expect(body).toMatchObject({ status: 'handing-over', returns: 1, level: 1 })
    expect((await mailsTo(addressOf('director'), silent)).at(-1)).toMatchObject({ kind: 'case-returned', text: expect.stringContaining('未见许可证') as string })
    await command(finishStep, silent, 'handover', { words: '已再次送达。' })
    expect((await district.supervisor.refused(callBackOnCase, await on(silent, { ...said, received: true }))).code).toBe('receipt-not-due')
    await sweepOn('2026-03-23')
    const done = await district.supervisor.ask(callBackOnCase, await on(silent, { received: true, asked: '王经理', askedAt: '2026-03-23T09:10:00+08:00' }))
    expect(done.body).toMatchObject({ status: 'completed', completedBy: 'call-back' })
    expect((await mailsTo(addressOf('officer'), silent)).at(-1)?.kind).toBe('case-completed')

    await sweepOn('2026-03-31')
    expect((await read(waiting)).steps[0]).toMatchObject({ status: 'running' })
    expect(await kindsTo(addressOf('handler'), waiting)).toContain('case-step')
    for (const to of [contact, addressOf('officer')]) expect((await mailsTo(to, waiting)).at(-1), to).toMatchObject({ kind: 'case-resumed', text: expect.stringContaining('请补交图纸') as string })
  })

  it('what rests on a year without a notice is reckoned anew once that is entered', async () => {
    district.leap('2026-12-29 10:00')
    const caseId = await open()
    expect(await read(caseId)).toMatchObject({ provisional: true })
    await district.admin.ask(putCalendar, { params: { year: '2027' }, body: { holidays: { '2027-01-01': '元旦', '2027-01-04': '元旦' }, makeUpDays: {} } })
    const after = await read(caseId)
    expect([after.provisional, after.steps[0]?.dueBy]).toEqual([false, '2027-01-05T18:00:00+08:00'])
    expect((await eventsOf(caseId)).at(-1)).toMatchObject({ event: 'deadlines-recomputed', by: 'system' })
  })
})
