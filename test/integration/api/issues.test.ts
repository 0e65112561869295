import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  acceptIssue, acknowledgeIssue, getDeadlines, getIssue, getTimeline, listIssues, replyToIssue, resolveIssue, submitIssue, transferIssue,
} from '../../../shared/contract/issues.ts'
import { putDepartment, putOfficer } from '../../../shared/contract/roster.ts'
import { recordVisit } from '../../../shared/contract/visits.ts'
import { creditCodeOf } from '../../mothers/enterprise.ts'
import type { Client, Given } from './client.ts'
import { addressOf, enterpriseOf, foundDistrict, idOf, type District } from './district.ts'
import { pagesOf } from './pages.ts'
import { startWorld } from './world.ts'

let district: District
/** Monday 2026-03-02, ten in the morning. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
})
afterAll(() => district.close())

const issue = (but: object = {}) => ({ enterpriseId: enterpriseOf.officer, category: 'facilities', subcategory: 'roads', title: '门前道路未接通', description: '厂区门前二百米道路尚未接通。', ...but })
const submit = (but: object = {}, client: Client = district.officer, key?: string): Promise<Given<typeof submitIssue>> =>
  client.ask(submitIssue, { body: issue(but), ...(key === undefined ? {} : { key }) })

interface Held {
  readonly body: { readonly issueId: string }
  readonly etag: string
}
const on = ({ body, etag }: Held, sent: object = {}, key?: string) => ({ params: { issueId: body.issueId }, ifMatch: etag, body: sent, ...(key === undefined ? {} : { key }) })
const timelineOf = ({ body }: Held) => pagesOf(district.supervisor, getTimeline, { }, 200, { issueId: body.issueId })
const eventsOf = async (held: Held) => (await timelineOf(held)).map(({ event }) => event)

describe('an issue', () => {
  it('is numbered, dispatched and due by working days', async () => {
    const { body, etag } = await submit()
    expect(body).toMatchObject({
      number: body.issueId, status: 'dispatched', tier: 'A', leadDepartmentId: 'D-02', firstDepartmentId: 'D-02', officerId: idOf('officer'), provisional: false, overdue: false, level: 0,
      dispatchedAt: '2026-03-02T10:00:00+08:00', acceptBy: '2026-03-03T18:00:00+08:00', replyBy: '2026-03-04T18:00:00+08:00', resolveBy: '2026-03-09T18:00:00+08:00', deadlineVersion: 1,
    })
    expect(body.number).toMatch(/^2026-\d{6}$/)
    expect(etag).toBe('"1"')
    const read = await district.officer.ask(getIssue, { params: { issueId: body.issueId } })
    expect(read.body).toEqual({ ...body, description: issue().description })
    expect(read.etag).toBe(etag)
  })

  it.each([['A', '2026-03-09'], ['B', '2026-03-16'], ['C', '2026-03-23'], ['D', '2026-03-30']])('of tier %s is to be resolved by %s', async (tier, date) => {
    expect((await submit({ tier })).body).toMatchObject({ tier, resolveBy: `${date}T18:00:00+08:00` })
  })

  it('is told at once to the handlers and the director of the department that leads', async () => {
    const { body } = await submit({ title: '告知主办部门' })
    for (const name of ['handler', 'director'] as const) {
      const mails = (await district.mail({ to: addressOf(name), kind: 'issue-dispatched' })).filter(({ subject }) => subject.includes(body.number))
      expect(mails).toHaveLength(1)
      expect(mails[0]?.text).toContain('告知主办部门')
    }
  })

  it('may rest on a visit of its officer to its enterprise, and on no other', async () => {
    const record = (client: Client, enterpriseId: string) => client.ask(recordVisit, { body: { enterpriseId, visitedOn: '2026-03-02', mode: 'onsite', summary: '走访' } })
    const own = await record(district.officer, enterpriseOf.officer)
    const elsewhere = await record(district.officer, enterpriseOf.second)
    expect((await submit({ visitId: own.body.visitId })).body.visitId).toBe(own.body.visitId)
    const refused = (visitId: string) => district.officer.refused(submitIssue, { body: issue({ visitId }) })
    expect(await refused(elsewhere.body.visitId)).toMatchObject({ status: 422, code: 'visit-mismatch' })
    expect(await refused('2003.20260302.nothing')).toMatchObject({ status: 404, code: 'visit-not-found' })
    expect(await refused('nothing')).toMatchObject({ status: 404, code: 'visit-not-found' })
  })

  it.each<[string, object, number, string]>([
    ['of a subcategory that is not of its category', { subcategory: 'financing' }, 422, 'subcategory-mismatch'],
    ['of no known category', { category: 'weather' }, 422, 'not-allowed'],
    ['of an enterprise of somebody else', { enterpriseId: enterpriseOf.stranger }, 422, 'not-paired'],
    ['of an unknown enterprise', { enterpriseId: creditCodeOf(99) }, 404, 'enterprise-not-found'],
    ['with a title of 101 characters', { title: '路'.repeat(101) }, 422, 'too-long'],
    ['with a description of 5,001 characters', { description: '路'.repeat(5001) }, 422, 'too-long'],
    ['in somebody else’s name', { officerId: '2004' }, 403, 'out-of-reach'],
  ])('%s is refused', async (_, but, status, code) => {
    expect(await district.officer.refused(submitIssue, { body: issue(but) })).toMatchObject({ status, code })
  })

  it('is submitted by a supervisor on behalf of the officer', async () => {
    const held = await submit({ officerId: idOf('officer') }, district.supervisor)
    expect(held.body).toMatchObject({ officerId: idOf('officer'), firstDepartmentId: 'D-02' })
    expect(await timelineOf(held)).toMatchObject([{ event: 'dispatched', by: idOf('supervisor') }])
  })
})

describe('fifty issues submitted at once', () => {
  it('are numbered without gaps or repetitions, and those sent twice are there once', async () => {
    const before = (await submit()).body.number
    const submitters = [district.officer, district.supervisor]
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, at) => submit({ title: `同时提交${at % 40}`, officerId: idOf('officer') }, submitters[at % 2], at < 40 ? `fifty-${at}` : `fifty-${at - 40}`)),
    )
    const numbers = new Set(answers.map(({ body }) => Number(body.number.slice(5))))
    const first = Number(before.slice(5)) + 1
    expect([...numbers].sort((one, other) => one - other)).toEqual(Array.from({ length: 40 }, (_, at) => first + at))
    expect(answers.filter(({ replayed }) => replayed)).toHaveLength(10)
  })
})

describe('a command', () => {
  it('goes from acceptance over replies to resolution, each told to both sides', async () => {
    const dispatched = await submit({ title: '一路办到底' })
    const accepted = await district.handler.ask(acceptIssue, on(dispatched))
    expect(accepted.body).toMatchObject({ status: 'accepted', acceptedAt: '2026-03-02T10:00:00+08:00', version: 2 })
    const replied = await district.handler.ask(replyToIssue, on(accepted, { message: '已安排施工队伍' }))
    const resolved = await district.director.ask(resolveIssue, on(replied, { message: '道路已接通' }))
    expect(resolved.body).toMatchObject({ status: 'resolved', resolvedAt: '2026-03-02T10:00:00+08:00', version: 4 })
    expect(resolved.body).toMatchObject({ callBackAt: '2026-03-10T09:00:00+08:00', nextActionAt: '2026-03-10T09:00:00+08:00', callBackDue: false })
    expect(await timelineOf(resolved)).toMatchObject([
      { event: 'dispatched', by: idOf('officer'), departmentId: 'D-02', routedBy: 'own-department', tier: 'A' },
      { event: 'accepted', by: idOf('handler') },
      { event: 'replied', by: idOf('handler'), message: '已安排施工队伍' },
      { event: 'resolved', by: idOf('director'), message: '道路已接通' },
    ])
    for (const to of [addressOf('officer'), 'contact-officer@example.com'])
      for (const [kind, words] of [['issue-replied', '已安排施工队伍'], ['issue-resolved', '道路已接通']] as const) {
        const mails = (await district.mail({ to, kind })).filter(({ subject }) => subject.includes(dispatched.body.number))
        expect(mails.map(({ text }) => text.includes(words)), `${kind} to ${to}`).toEqual([true])
      }
    const threads = (await district.mail()).filter(({ subject }) => subject.includes(dispatched.body.number)).map(({ headers }) => headers['references'])
    expect(new Set(threads).size).toBe(1)
  })

  it('that is not legal says which are', async () => {
    const dispatched = await submit()
    const reply = (held: Held) => district.handler.refused(replyToIssue, on(held, { message: '早了' }))
    expect(await reply(dispatched)).toMatchObject({ status: 409, code: 'command-not-legal', issueStatus: 'dispatched', legal: ['accept', 'transfer', 'tier', 'merge', 'direct', 'inform', 'withdraw'] })
    expect(await district.handler.refused(acknowledgeIssue, on(dispatched))).toMatchObject({ status: 409, code: 'nothing-to-acknowledge' })
    const accepted = await district.handler.ask(acceptIssue, on(dispatched))
    expect(await district.handler.refused(acceptIssue, on(accepted))).toMatchObject({ code: 'command-not-legal', legal: ['reply', 'transfer', 'resolve', 'assist', 'explanation', 'extension', 'pause', 'tier', 'merge', 'direct', 'inform', 'withdraw'] })
    const resolved = await district.handler.ask(resolveIssue, on(accepted, { message: '办结' }))
    for (const [op, body] of [[acceptIssue, {}], [replyToIssue, { message: 'x' }], [resolveIssue, { message: 'x' }], [transferIssue, { departmentId: 'D-03', reason: 'x' }], [acknowledgeIssue, {}]] as const)
      expect(await district.handler.refused(op, on(resolved, body)), op.id).toMatchObject({ status: 409, code: 'command-not-legal', legal: ['rate', 'override', 'withdraw'] })
    expect(await eventsOf(resolved)).toEqual(['dispatched', 'accepted', 'resolved'])
  })

  it.each<[string, { ifMatch?: string }, number, string]>([
    ['without If-Match', {}, 428, 'if-match-required'],
    ['with an older version', { ifMatch: '"0"' }, 412, 'if-match-stale'],
    ['with a version to come', { ifMatch: '"2"' }, 412, 'if-match-stale'],
    ['with any version', { ifMatch: '*' }, 400, 'if-match-not-valid'],
    ['with no version at all', { ifMatch: 'x' }, 400, 'if-match-not-valid'],
  ])('%s is refused', async (_, header, status, code) => {
    const { body } = await submit()
    expect(await district.handler.refused(acceptIssue, { params: { issueId: body.issueId }, ...header })).toMatchObject({ status, code, ...(status === 412 ? { currentETag: '"1"' } : {}) })
  })

  it('sent again with its key is answered as before, though the issue has moved on', async () => {
    const dispatched = await submit()
    const accept = on(dispatched, {}, 'accept-once')
    const accepted = await district.handler.ask(acceptIssue, accept)
    await district.handler.ask(replyToIssue, on(accepted, { message: '办理中' }))
    const again = await district.handler.ask(acceptIssue, accept)
    expect([again.replayed, again.body, again.etag]).toEqual([true, accepted.body, accepted.etag])
    expect(await eventsOf(dispatched)).toEqual(['dispatched', 'accepted', 'replied'])
  })

  it('to an issue that is not there is refused', async () => {
    expect(await district.handler.refused(acceptIssue, { params: { issueId: '2026-999999' }, ifMatch: '"1"' })).toMatchObject({ status: 404, code: 'issue-not-found' })
  })
})

describe('a hundred people who change one issue at once', () => {
  it('win one by one, and none of what they wrote is lost', async () => {
    let held: Held = await district.handler.ask(acceptIssue, on(await submit({ title: '百人同时答复' })))
    const waiting = new Set(Array.from({ length: 100 }, (_, at) => `答复${at}`))
    for (let round = 1; waiting.size > 0; round++) {
      const wave = [...waiting].slice(0, round === 1 ? 100 : 2)
      const outcomes = await Promise.all(wave.map(async message => ({ message, ...(await district.handler.try(replyToIssue, on(held, { message }))) })))
      const won = outcomes.flatMap(outcome => ('given' in outcome ? [outcome] : []))
      expect(won, `round ${round}`).toHaveLength(1)
      for (const outcome of outcomes) if ('refusal' in outcome) expect(outcome.refusal).toMatchObject({ status: 412, code: 'if-match-stale' })
      for (const { message, given } of won) {
        waiting.delete(message)
        held = given
      }
    }
    const timeline = await timelineOf(held)
    const replies = timeline.flatMap(event => (event.event === 'replied' ? [event.message] : []))
    expect(replies).toHaveLength(100)
    expect(new Set(replies).size).toBe(100)
    expect(held.etag).toBe('"102"')
  }, 60_000)
})

describe('a transfer', () => {
  it('gives the issue to the other department’s people, and nobody more time', async () => {
    const accepted = await district.handler.ask(acceptIssue, on(await submit({ title: '转办他局' })))
    district.leap('2026-03-03 10:00')
    const transferred = await district.director.ask(transferIssue, on(accepted, { departmentId: 'D-03', reason: '属发展改革局职责' }))
    const { acceptBy, replyBy, resolveBy, deadlineVersion } = accepted.body
    expect(transferred.body).toMatchObject({ status: 'dispatched', leadDepartmentId: 'D-03', firstDepartmentId: 'D-02', acceptBy, replyBy, resolveBy, deadlineVersion })
    expect(await district.handler.refused(acceptIssue, on(transferred))).toMatchObject({ code: 'out-of-reach' })
    await district.handler.ask(getIssue, { params: { issueId: transferred.body.issueId } })
    const told = async (name: 'other-handler' | 'other-director' | 'officer') =>
      (await district.mail({ to: addressOf(name), kind: 'issue-transferred' })).filter(({ subject }) => subject.includes(transferred.body.number)).length
    expect([await told('other-handler'), await told('other-director'), await told('officer')]).toEqual([1, 1, 1])
    await district['other-handler'].ask(acceptIssue, on(transferred))
    expect(await timelineOf(transferred)).toMatchObject([{}, {}, { event: 'transferred', fromDepartmentId: 'D-02', departmentId: 'D-03', reason: '属发展改革局职责' }, { event: 'accepted', departmentId: 'D-03' }])
  })

  it('leaves it in the list of the department that answers for it until the third has accepted it', async () => {
    await district.admin.ask(putDepartment, { params: { departmentId: 'D-05' }, body: { name: '第三部门' } })
    await district.admin.ask(putOfficer, { params: { officerId: '5001' }, body: { name: '第三经办', email: 'third@district.example', departmentId: 'D-05', roles: ['handler'] } })
    const third = await district.as('third@district.example')
    const seenBy = async (who: Client, issueId: string) => (await pagesOf(who, listIssues, {}, 50)).filter(each => each.issueId === issueId).length
    const toSecond = await district.handler.ask(transferIssue, on(await submit({ title: '两次转办' }), { departmentId: 'D-03', reason: '属其职责' }))
    const byEvery = async () => {
      const { issueId } = toSecond.body
      return [await seenBy(district.handler, issueId), await seenBy(district['other-handler'], issueId), await seenBy(third, issueId)]
    }
    expect(await byEvery()).toEqual([1, 1, 0])
    const accepted = await district['other-handler'].ask(acceptIssue, on(toSecond))
    const toThird = await district['other-handler'].ask(transferIssue, on(accepted, { departmentId: 'D-05', reason: '属其职责' }))
    expect(await byEvery()).toEqual([1, 1, 1])
    await third.ask(acceptIssue, on(toThird))
    expect(await byEvery()).toEqual([1, 0, 1])
  })

  it('to nowhere, or to where it is, is refused', async () => {
    const held = await submit()
    const refused = (departmentId: string) => district.supervisor.refused(transferIssue, on(held, { departmentId, reason: '职责' }))
    expect(await refused('D-99')).toMatchObject({ status: 404, code: 'department-not-found' })
    expect(await refused('D-02')).toMatchObject({ status: 422, code: 'same-department' })
  })
})

describe('why a deadline is what it is', () => {
  it('is told step by step in working days', async () => {
    const { body } = await submit({ tier: 'B' })
    const { items } = (await district.officer.ask(getDeadlines, { params: { issueId: body.issueId } })).body
    expect(items.map(({ clock, workingDays, by, startsOn }) => [clock, workingDays, by, startsOn])).toEqual([
      ['accept', 1, body.acceptBy, body.dispatchedAt.slice(0, 10)],
      ['reply', 2, body.replyBy, body.dispatchedAt.slice(0, 10)],
      ['resolve', 10, body.resolveBy, body.dispatchedAt.slice(0, 10)],
    ])
    const { steps = [], explanation } = items[2] ?? {}
    expect(steps.at(-1)?.date).toBe(body.resolveBy.slice(0, 10))
    expect(explanation).toContain('10个工作日')
  })
})

describe('the ledger', () => {
  const all = () => pagesOf(district.supervisor, listIssues, {}, 200)
  beforeAll(async () => {
    district.leap('2026-03-05 10:00')
    await submit()
    await submit({ category: 'finance', subcategory: 'labour', enterpriseId: enterpriseOf.second, tier: 'C' })
    await submit({ enterpriseId: enterpriseOf.stranger }, district.stranger)
  })

  it('walked one by one loses and repeats nothing, newest first', async () => {
    const walked = await pagesOf(district.supervisor, listIssues, {}, 1)
    expect(walked).toEqual(await all())
    expect(new Set(walked.map(({ issueId }) => issueId)).size).toBe(walked.length)
    expect(walked.map(({ dispatchedAt }) => dispatchedAt)).toEqual(walked.map(({ dispatchedAt }) => dispatchedAt).sort().reverse())
  })

  it.each<[string, Record<string, string>, (issue: Awaited<ReturnType<typeof all>>[number]) => boolean]>([
    ['status', { status: 'resolved' }, ({ status }) => status === 'resolved'],
    ['lead department', { departmentId: 'D-03' }, ({ leadDepartmentId }) => leadDepartmentId === 'D-03'],
    ['officer', { officerId: '2003' }, ({ officerId }) => officerId === '2003'],
    ['enterprise', { enterpriseId: enterpriseOf.second }, ({ enterpriseId }) => enterpriseId === enterpriseOf.second],
    ['category', { category: 'finance' }, ({ category }) => category === 'finance'],
    ['tier', { tier: 'C' }, ({ tier }) => tier === 'C'],
    ['what is overdue', { overdue: 'true' }, ({ overdue }) => overdue],
    ['what is not overdue', { overdue: 'false' }, ({ overdue }) => !overdue],
    ['several at once', { departmentId: 'D-02', tier: 'A', status: 'dispatched', category: 'facilities', overdue: 'false' }, each => each.leadDepartmentId === 'D-02' && each.tier === 'A' && each.status === 'dispatched' && !each.overdue],
  ])('is listed by %s', async (_, query, fits) => {
    const expected = (await all()).filter(fits)
    expect(expected.length).toBeGreaterThan(0)
    expect(expected.length).toBeLessThan((await all()).length)
    expect(await pagesOf(district.supervisor, listIssues, query, 3)).toEqual(expected)
  })

  it('shows a department what it leads and what it received first, and an officer what they brought', async () => {
    const whole = await all()
    const of = (departmentId: string) => whole.filter(issue => [issue.leadDepartmentId, issue.firstDepartmentId].includes(departmentId))
    expect(of('D-02').some(({ leadDepartmentId }) => leadDepartmentId !== 'D-02')).toBe(true)
    for (const limit of [1, 2, 5]) expect(await pagesOf(district.handler, listIssues, {}, limit)).toEqual(of('D-02'))
    expect(await pagesOf(district['other-handler'], listIssues, {}, 5)).toEqual(of('D-03'))
    expect(await pagesOf(district.officer, listIssues, {}, 50)).toEqual(whole.filter(({ officerId }) => officerId === idOf('officer')))
    expect(await pagesOf(district.colleague, listIssues, {}, 50)).toEqual([])
  })

  it.each<[Record<string, string>, string]>([
    [{ departmentId: 'D-99' }, 'department-not-found'],
    [{ assistDepartmentId: 'D-99' }, 'department-not-found'],
    [{ officerId: '8888' }, 'officer-not-found'],
    [{ enterpriseId: creditCodeOf(99) }, 'enterprise-not-found'],
  ])('says to the office that there is nobody of the name in %j, and to others nothing', async (query, code) => {
    expect(await district.supervisor.refused(listIssues, { query })).toMatchObject({ status: 404, code })
    expect((await district.handler.ask(listIssues, { query })).body.items).toEqual([])
  })

  it('shows somebody with two roles what each of them sees', async () => {
    await district.admin.ask(putOfficer, { params: { officerId: '2005' }, body: { name: '兼任', email: 'both@district.example', departmentId: 'D-03', roles: ['officer', 'handler'] } })
    const both = await district.as('both@district.example')
    expect(await pagesOf(both, listIssues, { departmentId: 'D-03' }, 50)).toEqual((await all()).filter(({ leadDepartmentId }) => leadDepartmentId === 'D-03'))
    const officer = { name: '示例officer', email: addressOf('officer'), departmentId: 'D-02', roles: ['officer'] }
    await district.admin.ask(putOfficer, { params: { officerId: idOf('officer') }, body: { ...officer, departmentId: 'D-03', roles: ['officer', 'handler'] } })
    const expected = (await all()).filter(issue => issue.officerId === idOf('officer') || [issue.leadDepartmentId, issue.firstDepartmentId].includes('D-03'))
    for (const limit of [1, 3, 50]) expect(await pagesOf(district.officer, listIssues, {}, limit)).toEqual(expected)
    await district.admin.ask(putOfficer, { params: { officerId: idOf('officer') }, body: officer })
  })

  it('shows no issue twice that is handed on while somebody walks through the list', async () => {
    const [first, second] = (await district.handler.ask(listIssues, { query: { limit: '2' } })).body.items
    const page = (await district.handler.ask(listIssues, { query: { limit: '2' } })).body
    const moved = first?.status !== 'resolved' ? first : second
    if (moved === undefined) expect.fail('there are no issues')
    const { etag } = await district.supervisor.ask(getIssue, { params: { issueId: moved.issueId } })
    await district.supervisor.try(transferIssue, { params: { issueId: moved.issueId }, ifMatch: etag, body: { departmentId: 'D-03', reason: '属其职责' } })
    const rest = await pagesOf(district.handler, listIssues, { cursor: page.nextCursor ?? '' }, 2)
    const seen = [...page.items, ...rest].map(({ issueId }) => issueId)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual([...seen].sort().reverse())
  })

  it('goes on only for the caller and the query its cursor was made for', async () => {
    const cursor = (await district.supervisor.ask(listIssues, { query: { limit: '1' } })).body.nextCursor ?? ''
    await district.supervisor.ask(listIssues, { query: { limit: '1', cursor } })
    expect(await district.admin.refused(listIssues, { query: { limit: '1', cursor } })).toMatchObject({ status: 400, code: 'cursor-not-valid' })
    expect(await district.supervisor.refused(listIssues, { query: { limit: '1', cursor, tier: 'A' } })).toMatchObject({ code: 'cursor-not-valid' })
  })

  it('gives a timeline page by page', async () => {
    const [first] = (await all()).filter(({ title }) => title === '百人同时答复')
    const params = { issueId: first?.issueId ?? '' }
    const walked = await pagesOf(district.supervisor, getTimeline, {}, 10, params)
    expect(walked).toEqual(await pagesOf(district.supervisor, getTimeline, {}, 200, params))
    expect(walked.length).toBeGreaterThanOrEqual(102)
  })
})
