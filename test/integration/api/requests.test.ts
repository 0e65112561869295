import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  acceptIssue, askForExplanation, askForExtension, askForPause, changeTier, decideRequest, getDeadlines, getIssue, getTimeline, resolveIssue, resumeIssue, submitIssue,
} from '../../../shared/contract/issues.ts'
import { addressOf, enterpriseOf, foundDistrict, idOf, type District, type Name } from './district.ts'
import { startWorld } from './world.ts'

let district: District
/** Monday 2026-03-02, ten in the morning. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
})
afterAll(() => district.close())

const accepted = async (tier = 'B'): Promise<string> => {
  const { body, etag } = await district.officer.ask(submitIssue, { body: { enterpriseId: enterpriseOf.officer, category: 'facilities', subcategory: 'roads', tier, title: '门前道路未接通', description: '尚未接通。' } })
  await district.handler.ask(acceptIssue, { params: { issueId: body.issueId }, ifMatch: etag })
  return body.issueId
}

const on = async (issueId: string, body: object = {}) => ({ params: { issueId }, ifMatch: (await district.supervisor.ask(getIssue, { params: { issueId } })).etag, body })
const read = async (issueId: string) => (await district.supervisor.ask(getIssue, { params: { issueId } })).body
const eventsOf = async (issueId: string) => (await district.supervisor.ask(getTimeline, { params: { issueId } })).body.items.map(({ event }) => event)
const mailsTo = async (to: string, kind: string, issueId: string) => (await district.mail({ to, kind })).filter(({ subject }) => subject.includes(issueId))
const contact = 'contact-officer@example.com'
const reason = '灯杆基础需避让燃气管道'

const approve = async (issueId: string, by: Name = 'director') => (await district[by].ask(decideRequest, await on(issueId, { decision: 'approved' }))).body

describe('an extension', () => {
  it('is asked for, approved by the director, told to the enterprise with its reason, and explains the deadline', async () => {
    const issueId = await accepted()
    const asked = (await district.handler.ask(askForExtension, await on(issueId, { workingDays: 5, reason }))).body
    expect(asked).toMatchObject({ status: 'accepted', resolveBy: '2026-03-16T18:00:00+08:00', request: { kind: 'extension', by: idOf('handler'), workingDays: 5, words: reason } })
    expect((await mailsTo(addressOf('director'), 'issue-asked', issueId)).map(({ text }) => text.includes(reason))).toEqual([true])
    expect(await district.handler.refused(decideRequest, await on(issueId, { decision: 'approved' }))).toMatchObject({ status: 403, code: 'role-not-allowed' })

    expect(await approve(issueId)).toMatchObject({ resolveBy: '2026-03-23T18:00:00+08:00', extendedBy: 5, deadlineVersion: 2 })
    expect(await eventsOf(issueId)).toEqual(['dispatched', 'accepted', 'asked', 'decided', 'extended'])
    for (const [to, kind] of [[contact, 'issue-moved'], [addressOf('officer'), 'issue-moved'], [addressOf('handler'), 'issue-decided']] as const)
      expect(await mailsTo(to, kind, issueId), to).toHaveLength(1)
    expect((await mailsTo(contact, 'issue-moved', issueId))[0]?.text).toMatch(new RegExp(`${reason}[^]*/p/`))

    const { items } = (await district.officer.ask(getDeadlines, { params: { issueId } })).body
    expect(items.at(-1)).toMatchObject({ clock: 'resolve', workingDays: 15, extendedBy: 5, pauses: [] })
    expect(items.at(-1)?.explanation).toContain('办结时限15个工作日（含延期5个）')
    expect(await district.handler.refused(askForExtension, await on(issueId, { workingDays: 1, reason }))).toMatchObject({ status: 409, code: 'extended-before' })
  })

  it.each([
    ['too long', { workingDays: 16, reason }, 422, 'extension-too-long'],
    ['of no days', { workingDays: 0, reason }, 422, 'too-small'],
    ['of half a day', { workingDays: 0.5, reason }, 422, 'wrong-type'],
    ['without a reason', { workingDays: 5 }, 422, 'required'],
    ['with more fields', { workingDays: 5, reason, approvedBy: 'd1' }, 422, 'unknown-field'],
  ])('%s is refused', async (_, body, status, code) => {
    expect(await district.handler.refused(askForExtension, await on(await accepted(), body))).toMatchObject({ status, code })
  })

  it('is nobody’s to approve for themselves', async () => {
    const issueId = await accepted()
    await district.director.ask(askForExtension, await on(issueId, { workingDays: 5, reason }))
    // The only director asks, so the campaign office decides.
    expect(await mailsTo(addressOf('supervisor'), 'issue-asked', issueId)).toHaveLength(1)
    expect(await district.director.refused(decideRequest, await on(issueId, { decision: 'approved' }))).toMatchObject({ status: 403, code: 'own-request' })
    expect(await approve(issueId, 'supervisor')).toMatchObject({ extendedBy: 5 })
    expect(await district.supervisor.refused(decideRequest, await on(issueId, { decision: 'approved' }))).toMatchObject({ status: 409, code: 'nothing-to-decide' })
  })

  it('that is refused moves nothing', async () => {
    const issueId = await accepted()
    await district.handler.ask(askForExtension, await on(issueId, { workingDays: 5, reason }))
    await district.director.ask(decideRequest, await on(issueId, { decision: 'refused', remark: '请按期办结' }))
    expect(await read(issueId)).toMatchObject({ resolveBy: '2026-03-16T18:00:00+08:00', deadlineVersion: 1 })
    expect((await mailsTo(addressOf('handler'), 'issue-decided', issueId)).map(({ text }) => text.includes('请按期办结'))).toEqual([true])
    expect(await mailsTo(contact, 'issue-moved', issueId)).toEqual([])
  })
})

describe('a pause', () => {
  it('stops the clocks once approved, keeps what was left, and shows in the explanation', async () => {
    const issueId = await accepted()
    await district.handler.ask(askForPause, await on(issueId, { waitingFor: 'enterprise', reason: '待企业确认位置' }))
    expect(await approve(issueId)).toMatchObject({
      status: 'paused', paused: { since: '2026-03-02T10:00:00+08:00', waitingFor: 'enterprise', endsBy: '2026-03-30T18:00:00+08:00' }, nextActionAt: '2026-03-30T18:00:00+08:00', overdue: false,
    })
    expect(await district.handler.refused(resolveIssue, await on(issueId, { message: '已办结' }))).toMatchObject({ code: 'command-not-legal', legal: ['reply', 'resume', 'inform', 'withdraw'] })
    district.leap('2026-03-04 10:00')
    expect((await district.handler.ask(resumeIssue, await on(issueId))).body).toMatchObject({ status: 'accepted', resolveBy: '2026-03-18T18:00:00+08:00' })
    const { items } = (await district.officer.ask(getDeadlines, { params: { issueId } })).body
    expect(items.at(-1)?.pauses).toEqual([{ from: '2026-03-02T10:00:00+08:00', until: '2026-03-04T10:00:00+08:00', by: '2026-03-18T18:00:00+08:00' }])
    expect(items.at(-1)?.explanation).toContain('3月2日（周一）10:00至3月4日（周三）10:00暂停计时，截止时间顺延至3月18日（周三）18:00')
  })

  it('ends by itself in the end, and everybody concerned is told', async () => {
    const issueId = await accepted()
    await district.handler.ask(askForPause, await on(issueId, { waitingFor: 'outside-body', reason: '待市级部门' }))
    const { paused } = await approve(issueId)
    expect(paused?.endsBy).toBe('2026-04-01T18:00:00+08:00')
    await district.callFor('escalation-sweep', '2026-04-02 09:00')
    expect(await read(issueId)).toMatchObject({ status: 'accepted' })
    for (const to of [contact, addressOf('officer'), addressOf('handler'), addressOf('director')])
      expect((await mailsTo(to, 'issue-moved', issueId)).filter(({ subject }) => subject.includes('恢复')), to).toHaveLength(1)
  })
})

describe('an explanation', () => {
  it('goes to the enterprise once the director has approved it, and is the enterprise’s to rate', async () => {
    const issueId = await accepted('D')
    await district.handler.ask(askForExplanation, await on(issueId, { message: '拓宽前不再新建永久照明' }))
    expect(await mailsTo(contact, 'issue-explained', issueId)).toEqual([])
    expect(await approve(issueId)).toMatchObject({ status: 'resolved', explained: true })
    const [mail] = await mailsTo(contact, 'issue-explained', issueId)
    const path = /\/p\/[\w-]{43}\/issues\/[\d-]+/.exec(mail?.text ?? '')?.[0] ?? ''
    const page = await (await fetch(district.url + path)).text()
    expect(page).toContain('您对情况说明是否满意')
    expect(page).toContain('拓宽前不再新建永久照明')
    const body = new URLSearchParams({ rating: '3', resolution: /name="resolution" value="(\d+)"/.exec(page)?.[1] ?? '' })
    await fetch(`${district.url}${path}/rating`, { method: 'POST', body, redirect: 'manual' })
    expect(await read(issueId)).toMatchObject({ status: 'closed', closedBy: 'rating', explained: true })
  })
})

describe('another tier', () => {
  it('is the campaign office’s to set, and counts from the day of dispatch', async () => {
    const issueId = await accepted('A')
    expect(await district.director.refused(changeTier, await on(issueId, { tier: 'C', reason }))).toMatchObject({ status: 403 })
    const before = await read(issueId)
    const { body } = await district.supervisor.ask(changeTier, await on(issueId, { tier: 'C', reason }))
    expect(body).toMatchObject({ tier: 'C', deadlineVersion: 2, leadDepartmentId: before.leadDepartmentId })
    expect(body.resolveBy > before.resolveBy).toBe(true)
    expect(await mailsTo(contact, 'issue-moved', issueId)).toHaveLength(1)
    expect(await district.supervisor.refused(changeTier, await on(issueId, { tier: 'C', reason }))).toMatchObject({ status: 422, code: 'same-tier' })
  })
})
