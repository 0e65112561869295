import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptIssue, getDeadlines, getIssue, getTimeline, mergeIssue, overrideIssue, resolveIssue, submitIssue } from '../../../shared/contract/issues.ts'
import { putEnterprise } from '../../../shared/contract/roster.ts'
import { callSession, cancelSession, changeSession, decideOnTheSpot, enterMinutes, getAgenda, getSession, listDecisions, listSessions } from '../../../shared/contract/sessions.ts'
import { creditCodeOf } from '../../mothers/enterprise.ts'
import { addressOf, enterpriseOf, foundDistrict, idOf, type District } from './district.ts'
import { startWorld, type Mail } from './world.ts'

let district: District
/** Monday 2026-03-02, ten in the morning. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
})
afterAll(() => district.close())

const call = (but: object = {}) => ({
  title: '园区道路现场办公', place: '示例园区一号楼', startsAt: '2026-03-03T09:30:00+08:00', endsAt: '2026-03-03T11:30:00+08:00',
  enterpriseIds: [enterpriseOf.officer, enterpriseOf.stranger], departmentIds: ['D-03'], remark: '请带齐图纸。', ...but,
})
const called = async (but: object = {}) => {
  const { body, etag } = await district.director.ask(callSession, { body: call(but) })
  return { params: { sessionId: body.sessionId }, ifMatch: etag, sessionId: body.sessionId }
}
const submit = async (owner: 'officer' | 'colleague' | 'stranger', title = '园区道路破损') =>
  (await district[owner].ask(submitIssue, { body: { enterpriseId: enterpriseOf[owner], category: 'facilities', subcategory: 'roads', tier: 'A', title, description: '坑洼处积水。' } })).body
const read = async (issueId: string) => (await district.supervisor.ask(getIssue, { params: { issueId } })).body
const contactOf = (owner: keyof typeof enterpriseOf): string => `contact-${owner}@example.com`
const mailsOf = async (sessionId: string, to: string, kind?: string): Promise<readonly Mail[]> =>
  (await district.mail({ to, ...(kind === undefined ? {} : { kind }) })).filter(({ subject }) => subject.includes(sessionId))

/** The calendar that came with a mail, as the programs of its readers understand it. */
const calendarIn = ({ attachments }: Mail) => {
  const part = attachments.find(({ mediaType }) => mediaType === 'text/calendar')
  if (part === undefined) throw new Error('no calendar came along')
  const calendar = new ICAL.Component(ICAL.parse(part.content) as unknown[])
  const vevent = calendar.getFirstSubcomponent('vevent')
  if (vevent === null) throw new Error('there is no event in it')
  const event = new ICAL.Event(vevent)
  return {
    method: part.method,
    named: calendar.getFirstPropertyValue('method'),
    uid: event.uid,
    sequence: event.sequence,
    start: event.startDate.toJSDate().toISOString(),
    end: event.endDate.toJSDate().toISOString(),
    summary: event.summary,
    location: event.location,
    description: event.description,
    status: vevent.getFirstPropertyValue('status'),
    stamp: String(vevent.getFirstPropertyValue('dtstamp')),
    organizer: vevent.getFirstPropertyValue('organizer'),
    attendees: event.attendees.map(each => String(each.getFirstValue()).replace(/^mailto:/i, '')),
    raw: part.content,
  }
}

describe('calling a session', () => {
  it('invites everybody, each with an entry for the calendar that names no other reader', async () => {
    const { sessionId } = await called()
    expect(sessionId).toMatch(/^S2026-\d{6}$/)
    for (const to of [contactOf('officer'), contactOf('stranger'), ...(['director', 'handler', 'officer', 'other-director', 'other-handler', 'stranger'] as const).map(addressOf)]) {
      const [mail, ...more] = await mailsOf(sessionId, to)
      if (mail === undefined) throw new Error(`${to} was not invited`)
      expect([more.length, mail.kind, mail.to, mail.cc]).toEqual([0, 'session-invited', [to], []])
      expect(calendarIn(mail)).toMatchObject({
        method: 'REQUEST', named: 'REQUEST', sequence: 0, status: 'CONFIRMED', start: '2026-03-03T01:30:00.000Z', end: '2026-03-03T03:30:00.000Z', stamp: '2026-03-02T02:00:00Z',
        summary: '现场办公：园区道路现场办公', location: '示例园区一号楼', attendees: [to], uid: expect.stringContaining(`session-${sessionId}@`) as string,
      })
      expect(mail.attachments.map(({ mediaType, filename }) => [mediaType, filename])).toEqual([['text/calendar', ''], ['application/ics', 'invite.ics']])
    }
    // Whoever is not concerned hears nothing; and no enterprise learns who else comes.
    for (const to of [contactOf('colleague'), addressOf('colleague'), addressOf('supervisor')]) expect(await mailsOf(sessionId, to), to).toEqual([])
    const [toEnterprise] = await mailsOf(sessionId, contactOf('officer'))
    for (const secret of ['stranger的企业', contactOf('stranger'), enterpriseOf.stranger]) expect(`${toEnterprise?.text ?? ''}${toEnterprise?.html ?? ''}${calendarIn(toEnterprise as Mail).raw}`).not.toContain(secret)
  })

  it('keeps what was typed as text, in the mail and in the entry', async () => {
    const { sessionId } = await called({ title: '<img src=x>;会议,A\\n', place: '一号楼;ATTENDEE:mailto:x@example.com', remark: '第一行\r\nEND:VEVENT\nATTENDEE:mailto:x@example.com' })
    const [mail] = await mailsOf(sessionId, contactOf('officer'))
    expect(mail?.html).not.toContain('<img src=x>')
    const entry = calendarIn(mail as Mail)
    expect(entry).toMatchObject({ summary: '现场办公：<img src=x>;会议,A\\n', location: '一号楼;ATTENDEE:mailto:x@example.com', attendees: [contactOf('officer')] })
    expect(entry.description).toContain('第一行\nEND:VEVENT\nATTENDEE:mailto:x@example.com')
  })

  it('asks the officer to telephone where the enterprise has no address', async () => {
    const enterpriseId = creditCodeOf(50)
    await district.supervisor.ask(putEnterprise, { params: { enterpriseId }, body: { kind: 'company', name: '没有邮箱的企业' } })
    const { sessionId } = await called({ enterpriseIds: [enterpriseId] })
    expect((await mailsOf(sessionId, addressOf('handler')))[0]?.text).toMatch(/电话邀请[^]*没有邮箱的企业/)
  })

  it.each([
    ['that begins in the past', { startsAt: '2026-03-02T09:00:00+08:00' }, 422, 'session-in-past'],
    ['that ends before it begins', { endsAt: '2026-03-03T09:00:00+08:00' }, 422, 'session-time-not-possible'],
    ['of more than a day', { endsAt: '2026-03-04T09:31:00+08:00' }, 422, 'session-time-not-possible'],
    ['with an enterprise that is not there', { enterpriseIds: [creditCodeOf(77)] }, 404, 'enterprise-not-found'],
    ['with a department that is not there', { departmentIds: ['D-77'] }, 404, 'department-not-found'],
    ['with an enterprise twice', { enterpriseIds: [enterpriseOf.officer, enterpriseOf.officer] }, 422, 'duplicate-value'],
    ['with nobody', { enterpriseIds: [] }, 422, 'too-short'],
    ['that another department’s director holds', { directorId: idOf('other-director') }, 403, 'out-of-reach'],
    ['that no director holds', { directorId: idOf('handler') }, 422, 'holder-not-director'],
  ])('%s is refused', async (_, but, status, code) => {
    expect(await district.director.refused(callSession, { body: call(but) })).toMatchObject({ status, code })
  })

  it('is the campaign office’s too, which names who holds it', async () => {
    expect(await district.supervisor.refused(callSession, { body: call() })).toMatchObject({ code: 'holder-not-director' })
    const { body } = await district.supervisor.ask(callSession, { body: call({ directorId: idOf('other-director'), departmentIds: ['D-02', 'D-03'] }) })
    expect(body).toMatchObject({ departmentId: 'D-03', directorId: idOf('other-director'), departmentIds: ['D-02'], calledBy: idOf('supervisor') })
  })

  it('is done once for each key, and numbers run without gaps', async () => {
    const ask = { body: call(), key: 'session-once' }
    const [first, again] = [await district.director.ask(callSession, ask), await district.director.ask(callSession, ask)]
    expect([again.replayed, again.body.sessionId]).toEqual([true, first.body.sessionId])
    expect(Number((await called()).sessionId.slice(6))).toBe(Number(first.body.sessionId.slice(6)) + 1)
  })
})

describe('a session that is changed', () => {
  it('brings calendars up to date, strikes it off for who is dropped, invites who is added', async () => {
    const { params, ifMatch, sessionId } = await called()
    // An invitation that has not gone out by then would be left out.
    await district.mail()
    const { body, etag } = await district.director.ask(changeSession, { params, ifMatch, body: { startsAt: '2026-03-04T14:00:00+08:00', endsAt: '2026-03-04T15:00:00+08:00', enterpriseIds: [enterpriseOf.officer, enterpriseOf.colleague], departmentIds: [] } })
    expect(body).toMatchObject({ version: 2, departmentIds: [], enterpriseIds: [enterpriseOf.officer, enterpriseOf.colleague], remark: '请带齐图纸。' })
    const last = async (to: string) => calendarIn((await mailsOf(sessionId, to)).at(-1) as Mail)
    const first = calendarIn((await mailsOf(sessionId, contactOf('officer')))[0] as Mail)
    expect(await last(contactOf('officer'))).toMatchObject({ method: 'REQUEST', uid: first.uid, sequence: 1, start: '2026-03-04T06:00:00.000Z' })
    expect(await last(contactOf('colleague'))).toMatchObject({ method: 'REQUEST', sequence: 1, attendees: [contactOf('colleague')] })
    expect((await mailsOf(sessionId, contactOf('officer'))).at(-1)?.subject).toContain('已变更')
    expect((await mailsOf(sessionId, contactOf('colleague'))).at(-1)?.subject).not.toContain('已变更')
    for (const to of [contactOf('stranger'), addressOf('stranger'), addressOf('other-director'), addressOf('other-handler')])
      expect(await last(to), to).toMatchObject({ method: 'CANCEL', named: 'CANCEL', uid: first.uid, sequence: 1, status: 'CANCELLED' })
    expect((await mailsOf(sessionId, contactOf('stranger'))).at(-1)?.text).toContain('您无须参加')

    await district.director.ask(cancelSession, { params, ifMatch: etag, body: { reason: '改为线上。' } })
    expect(await last(contactOf('colleague'))).toMatchObject({ method: 'CANCEL', uid: first.uid, sequence: 2, status: 'CANCELLED' })
    expect((await mailsOf(sessionId, contactOf('colleague'))).at(-1)?.text).toContain('改为线上。')
    // Who had been dropped before is not told again.
    expect((await mailsOf(sessionId, contactOf('stranger'))).map(({ kind }) => kind)).toEqual(['session-invited', 'session-cancelled'])
    expect(await district.director.refused(changeSession, { params, ifMatch: '"3"', body: { title: '另一题目' } })).toMatchObject({ status: 409, code: 'session-command-not-legal', legal: [] })
  })

  it('is changed as it was seen, by the department that called it', async () => {
    const { params, ifMatch } = await called()
    expect(await district.director.refused(changeSession, { params, body: { title: '另一题目' } })).toMatchObject({ status: 428 })
    expect(await district['other-director'].refused(changeSession, { params, ifMatch, body: { title: '另一题目' } })).toMatchObject({ status: 403, code: 'out-of-reach' })
    await district.supervisor.ask(changeSession, { params, ifMatch, body: { title: '另一题目' } })
    expect(await district.director.refused(changeSession, { params, ifMatch, body: { title: '再一题目' } })).toMatchObject({ status: 412 })
  })
})

describe('before it begins', () => {
  it('has an agenda: what is not resolved of its enterprises, by category', async () => {
    const [one, other, third] = [await submit('officer', '道路一'), await submit('stranger', '道路二'), await submit('colleague', '道路三')]
    const { params } = await called()
    for (const reader of ['director', 'other-handler', 'supervisor'] as const) {
      const { body } = await district[reader].ask(getAgenda, { params })
      expect(body.complete).toBe(true)
      const listed = body.categories.find(({ category }) => category === 'facilities')?.issues.map(({ issueId }) => issueId)
      expect(listed).toEqual(expect.arrayContaining([one.issueId, other.issueId]))
      expect(listed).not.toContain(third.issueId)
    }
    // An officer sees what concerns the enterprises they are paired with.
    const theirs = (await district.officer.ask(getAgenda, { params })).body.categories.flatMap(({ issues }) => issues.map(({ issueId }) => issueId))
    expect([theirs.includes(one.issueId), theirs.includes(other.issueId)]).toEqual([true, false])
    expect(await district.colleague.refused(getAgenda, { params })).toMatchObject({ status: 403 })
  })

  it('decides nothing and has no minutes', async () => {
    const { issueId } = await submit('officer')
    const { params, ifMatch } = await called()
    expect(await district.director.refused(decideOnTheSpot, { params, body: { what: '修复', departmentId: 'D-02', dueOn: '2026-03-06', issueId, issueVersion: 1 } })).toMatchObject({ status: 409, code: 'session-not-begun' })
    expect(await district.director.refused(enterMinutes, { params, ifMatch, body: { text: '纪要' } })).toMatchObject({ status: 409, code: 'session-not-begun' })
  })
})

describe('a decision on the spot', () => {
  let session: Awaited<ReturnType<typeof called>>
  const decide = (body: object, who: 'director' | 'supervisor' = 'director') => district[who].ask(decideOnTheSpot, { params: session.params, body })
  const refused = (body: object, who: 'director' | 'supervisor' | 'other-director' = 'director') => district[who].refused(decideOnTheSpot, { params: session.params, body })

  beforeAll(async () => {
    session = await called()
    // Tuesday, while it is held.
    district.leap('2026-03-03 10:00')
  })

  it('moves an issue to another department, due on that day, in one step', async () => {
    const { issueId } = await submit('officer')
    const { body } = await decide({ what: '由发改局牵头，三日内修复。', departmentId: 'D-03', dueOn: '2026-03-09', issueId, issueVersion: 1 })
    expect(body).toMatchObject({ sessionId: session.sessionId, decision: 1, issueId, departmentId: 'D-03', dueOn: '2026-03-09', issueStatus: 'dispatched', leadDepartmentId: 'D-03', resolveBy: '2026-03-09T18:00:00+08:00', level: 0 })
    expect(await read(issueId)).toMatchObject({ version: 2, status: 'dispatched', leadDepartmentId: 'D-03', responsibleDepartmentId: 'D-02', directed: true, deadlineVersion: 2, resolveBy: '2026-03-09T18:00:00+08:00' })
    expect((await district.supervisor.ask(getTimeline, { params: { issueId } })).body.items.at(-1)).toMatchObject({ event: 'directed', sessionId: session.sessionId, decision: 1, fromDepartmentId: 'D-02', departmentId: 'D-03', what: '由发改局牵头，三日内修复。' })
    const { body: why } = await district.supervisor.ask(getDeadlines, { params: { issueId } })
    expect(why.items.find(({ clock }) => clock === 'resolve')).toMatchObject({ directed: true, workingDays: 4, by: '2026-03-09T18:00:00+08:00', explanation: expect.stringContaining('现场办公决定') as string })
    const told = async (to: string) => (await district.mail({ to, kind: 'issue-directed' })).filter(({ subject }) => subject.includes(issueId)).at(-1)?.text ?? ''
    expect(await told(addressOf('other-handler'))).toMatch(/请发展改革局尽快签收/)
    expect(await told(addressOf('handler'))).toMatch(/改由发展改革局主办/)
    expect(await told(addressOf('officer'))).toMatch(/已同时告知企业/)
    expect(await told(contactOf('officer'))).toMatch(/由发改局牵头[^]*\/p\//)
    await district['other-handler'].ask(acceptIssue, { params: { issueId }, ifMatch: '"2"', body: {} })
    expect(await read(issueId)).toMatchObject({ status: 'accepted', responsibleDepartmentId: 'D-03', resolveBy: '2026-03-09T18:00:00+08:00' })
  })

  it('leaves an accepted issue with its department, and moves the day alone', async () => {
    const { issueId } = await submit('officer')
    await district.handler.ask(acceptIssue, { params: { issueId }, ifMatch: '"1"', body: {} })
    const { body } = await decide({ what: '提前完成。', departmentId: 'D-02', dueOn: '2026-03-05', issueId, issueVersion: 2 }, 'supervisor')
    expect(body).toMatchObject({ issueStatus: 'accepted', leadDepartmentId: 'D-02', resolveBy: '2026-03-05T18:00:00+08:00' })
  })

  it('takes a new issue into the ledger, marked as raised there', async () => {
    const issue = { enterpriseId: enterpriseOf.stranger, category: 'facilities', subcategory: 'water', title: '临时用水', description: '施工用水不足。' }
    const { body } = await decide({ what: '两日内接通。', departmentId: 'D-02', dueOn: '2026-03-05', issue })
    expect(await read(body.issueId)).toMatchObject({ version: 1, sessionId: session.sessionId, officerId: idOf('stranger'), firstDepartmentId: 'D-03', leadDepartmentId: 'D-02', tier: 'B', status: 'dispatched', directed: true, resolveBy: '2026-03-05T18:00:00+08:00' })
    expect((await district.supervisor.ask(getTimeline, { params: { issueId: body.issueId } })).body.items).toMatchObject([{ event: 'dispatched', routedBy: 'session', departmentId: 'D-02' }, { event: 'directed' }])
    expect((await district.mail({ to: addressOf('handler') })).filter(({ subject }) => subject.includes(`[${body.issueId}]`)).map(({ kind }) => kind)).toEqual(['issue-directed'])
  })

  it('goes for the issues that are merged into it, as far as they are concerned', async () => {
    const [target, issue] = [await submit('officer'), await submit('colleague')]
    await district.supervisor.ask(mergeIssue, { params: { issueId: issue.issueId }, ifMatch: '"1"', body: { intoIssueId: target.issueId, reason: '同一路段' } })
    await decide({ what: '由发改局牵头。', departmentId: 'D-03', dueOn: '2026-03-09', issueId: target.issueId, issueVersion: 2 })
    expect(await read(issue.issueId)).toMatchObject({ status: 'merged', leadDepartmentId: 'D-03', directed: false })
  })

  it('is refused where it makes no sense', async () => {
    const { issueId } = await submit('officer')
    const colleagues = await submit('colleague')
    const sound = { what: '修复', departmentId: 'D-02', dueOn: '2026-03-06', issueId, issueVersion: 1 }
    const issue = { enterpriseId: enterpriseOf.officer, category: 'facilities', subcategory: 'water', title: '用水', description: '不足' }
    for (const [but, status, code] of [
      [{ dueOn: '2026-03-07' }, 422, 'due-not-working-day'],
      [{ dueOn: '2026-03-02' }, 422, 'due-too-early'],
      [{ dueOn: '2026-04-30' }, 422, 'due-too-late'],
      [{ departmentId: 'D-77' }, 404, 'department-not-found'],
      [{ issueVersion: 7 }, 409, 'issue-changed'],
      [{ issueVersion: undefined }, 422, 'one-issue-required'],
      [{ issueId: undefined }, 422, 'one-issue-required'],
      [{ issue }, 422, 'one-issue-required'],
      [{ issueId: '2026-999999' }, 422, 'issue-not-of-session'],
      [{ issueId: colleagues.issueId }, 422, 'issue-not-of-session'],
      [{ issueId: undefined, issueVersion: undefined, issue: { ...issue, enterpriseId: enterpriseOf.colleague } }, 422, 'enterprise-not-of-session'],
      [{ issueId: undefined, issueVersion: undefined, issue: { ...issue, subcategory: 'planning' } }, 422, 'subcategory-mismatch'],
    ] as const)
      expect(await refused({ ...sound, ...but }), JSON.stringify(but)).toMatchObject({ status, code })
    expect(await refused(sound, 'other-director')).toMatchObject({ status: 403, code: 'out-of-reach' })
    expect(await read(issueId)).toMatchObject({ version: 1 })
  })

  it('is listed until its issue is closed', async () => {
    const { issueId } = await submit('officer')
    const { body: decided } = await decide({ what: '本周修复。', departmentId: 'D-02', dueOn: '2026-03-06', issueId, issueVersion: 1 })
    const listed = async (who: 'director' | 'other-director' | 'officer' | 'colleague' | 'supervisor', query: Record<string, string> = {}) =>
      (await district[who].ask(listDecisions, { query })).body.items.map(({ issueId: id }) => id)
    for (const who of ['director', 'officer', 'supervisor'] as const) expect(await listed(who), who).toContain(issueId)
    for (const who of ['other-director', 'colleague'] as const) expect(await listed(who), who).not.toContain(issueId)
    expect(await listed('supervisor', { departmentId: 'D-03' })).not.toContain(issueId)
    expect(await listed('supervisor', { departmentId: 'D-02', sessionId: session.sessionId })).toContain(issueId)
    await district.handler.ask(acceptIssue, { params: { issueId }, ifMatch: '"2"', body: {} })
    await district.handler.ask(resolveIssue, { params: { issueId }, ifMatch: '"3"', body: { message: '已修复。' } })
    expect(await listed('director')).toContain(issueId)
    await district.supervisor.ask(overrideIssue, { params: { issueId }, ifMatch: '"4"', body: { reason: '企业已注销。' } })
    expect(await listed('director')).not.toContain(issueId)
    expect((await district.director.ask(listDecisions, { query: { status: 'all' } })).body.items.find(item => item.issueId === issueId)).toMatchObject({ decision: decided.decision, issueStatus: 'closed' })
  })

  it('is in the minutes: all for the staff, its own for an enterprise', async () => {
    const { etag } = await district.director.ask(getSession, { params: session.params })
    expect(await district.director.refused(cancelSession, { params: session.params, ifMatch: etag, body: { reason: '取消' } })).toMatchObject({ status: 409, code: 'session-command-not-legal' })
    const { body } = await district.director.ask(enterMinutes, { params: session.params, ifMatch: etag, body: { text: '会议听取了企业意见。' } })
    expect(body).toMatchObject({ status: 'held', minutes: { text: '会议听取了企业意见。', by: idOf('director') } })
    const [toStaff] = await mailsOf(session.sessionId, addressOf('other-handler'), 'session-minutes')
    expect(toStaff?.text).toMatch(/会议听取了企业意见[^]*由发改局牵头，三日内修复。[^]*两日内接通。/)
    expect(toStaff?.attachments).toEqual([])
    const [toEnterprise] = await mailsOf(session.sessionId, contactOf('stranger'), 'session-minutes')
    expect(toEnterprise?.text).toMatch(/会议听取了企业意见[^]*两日内接通。/)
    expect(toEnterprise?.text).not.toContain('由发改局牵头')
    const { issueId } = await submit('officer')
    // What is decided is in the minutes, so nothing is decided after them.
    expect(await district.director.refused(decideOnTheSpot, { params: session.params, body: { what: '会后补充。', departmentId: 'D-02', dueOn: '2026-03-06', issueId, issueVersion: 1 } })).toMatchObject({ status: 409, code: 'session-command-not-legal' })
  })

  it('is found by its session, in whatever state that is', async () => {
    const ids = async (who: 'director' | 'other-handler' | 'officer' | 'colleague' | 'supervisor', query: Record<string, string>) => (await district[who].ask(listSessions, { query })).body.items.map(({ sessionId }) => sessionId)
    for (const who of ['director', 'other-handler', 'officer', 'supervisor'] as const) expect(await ids(who, { status: 'held' }), who).toEqual([session.sessionId])
    expect(await ids('colleague', { status: 'held' })).toEqual([])
    expect(await ids('supervisor', { from: '2026-03-03T09:31:00+08:00', status: 'called' })).not.toContain(session.sessionId)
  })
})
