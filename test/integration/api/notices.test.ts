import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getIssue, getTimeline, submitIssue } from '../../../shared/contract/issues.ts'
import {
  appealAgainstNotice, decideOnAppeal, draftNotice, dropNotice, getNotice, listNotices, publishNotice, withdrawNotice,
} from '../../../shared/contract/notices.ts'
import { getPublishedNotice, listPublishedNotices } from '../../../shared/contract/published-notices.ts'
import type { Operation } from '../../../shared/contract/operation.ts'
import { getBulletin } from '../../../shared/contract/reports.ts'
import { putOfficer } from '../../../shared/contract/roster.ts'
import { getQuota, listExemptions } from '../../../shared/contract/visits.ts'
import type { Ask, Client } from './client.ts'
import { addressOf, enterpriseOf, foundDistrict, idOf, type District } from './district.ts'
import { pagesOf } from './pages.ts'
import { startWorld } from './world.ts'

let district: District
let deciding: Client

/** From Monday 2026-03-02 the months go by; the tests follow one another as their days do. Paired since January, nobody visits. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 08:00'))
  await district.admin.ask(putOfficer, { params: { officerId: '0003' }, body: { name: '另一督查', email: 'deciding@district.example', departmentId: 'D-03', roles: ['supervisor'] } })
  deciding = await district.as('deciding@district.example')
})
afterAll(() => district.close())

const all = (client: Client, query: Readonly<Record<string, string>> = {}) => pagesOf(client, listNotices, query, 2)
const on = (noticeId: string, more: Ask = {}): Ask => ({ params: { noticeId }, ...more })
/** Does it to the notice as it stands. */
const give = async (client: Client, op: Operation, noticeId: string, body: object = {}) => {
  const { etag } = await district.supervisor.ask(getNotice, on(noticeId))
  return client.try(op, on(noticeId, { ifMatch: etag, body }))
}
const codeOf = async (given: ReturnType<typeof give>): Promise<string> => {
  const outcome = await given
  return 'refusal' in outcome ? outcome.refusal.code : 'done'
}
const published = () => pagesOf(district.nobody, listPublishedNotices, {}, 1)
const kindsTo = async (name: Parameters<typeof addressOf>[0]): Promise<string[]> => (await district.mail({ to: addressOf(name) })).map(({ kind }) => kind).filter(kind => kind.startsWith('notice'))

const draft = async (client: Client, body: object, key?: string) => (await client.ask(draftNotice, { body: { title: '标题', text: '机密内容', ...body }, ...(key === undefined ? {} : { key }) })).body

describe('visits missing two months running', () => {
  it('are drafted of once for each officer on the first working day, however often the schedule runs', async () => {
    await Promise.all(Array.from({ length: 3 }, () => district.callFor('quota-reminder', '2026-03-02 09:00').catch(() => undefined)))
    await district.clock('2026-03-02 10:00')
    await district.run('quota-reminder')
    const drafts = await all(district.supervisor)
    expect(drafts.map(({ officerId, kind, status, draftedBy, grounds, appealBy }) => ({ officerId, kind, status, draftedBy, grounds, appealBy })).sort((one, other) => ((one.officerId ?? '') < (other.officerId ?? '') ? -1 : 1))).toEqual(
      (['officer', 'colleague', 'stranger'] as const).map(name => ({
        officerId: idOf(name), kind: 'criticism', status: 'draft', draftedBy: 'system', grounds: { kind: 'missed-quota', months: ['2026-01', '2026-02'] }, appealBy: '2026-03-09T18:00:00+08:00',
      })),
    )
  })

  it('are told the officer, and the supervisors all in one mail', async () => {
    expect(await kindsTo('officer')).toEqual(['notice-drafted'])
    expect(await kindsTo('supervisor')).toEqual(['notices-of-month'])
    const [mail] = await district.mail({ to: addressOf('officer'), kind: 'notice-drafted' })
    expect(mail?.text).toContain('3月9日')
  })

  it('are seen by the officer concerned, the director, the office, and nobody else', async () => {
    const ids = async (client: Client) => (await all(client)).map(({ officerId }) => officerId).sort()
    expect(await ids(district.officer)).toEqual([idOf('officer')])
    expect(await ids(district.director)).toEqual([idOf('officer'), idOf('colleague')])
    expect(await ids(district['other-director'])).toEqual([idOf('stranger')])
    expect(await ids(district.handler)).toEqual([])
    expect(await published()).toEqual([])
  })

  const noticeOf = async (name: 'officer' | 'colleague' | 'stranger'): Promise<string> => (await all(district.supervisor)).find(({ officerId }) => officerId === idOf(name))?.noticeId ?? ''

  it('are published by nobody before the time to appeal is over, nor to anybody', async () => {
    const id = await noticeOf('colleague')
    expect(await codeOf(give(district.supervisor, publishNotice, id))).toBe('appeal-open')
    expect((await district.nobody.refused(getPublishedNotice, on(id))).code).toBe('notice-not-found')
  })

  it('are appealed against by the officer alone, and decided by another than the drafter', async () => {
    const id = await noticeOf('officer')
    const appeal = { reason: '两个月均在外脱产培训', evidence: '培训通知存组织部' }
    expect(await codeOf(give(district.colleague, appealAgainstNotice, id, appeal))).toBe('out-of-reach')
    expect(await codeOf(give(district.director, appealAgainstNotice, id, appeal))).toBe('out-of-reach')
    expect(await codeOf(give(district.officer, appealAgainstNotice, id, appeal))).toBe('done')
    expect(await kindsTo('supervisor')).toContain('notice-appealed')
    expect(await codeOf(give(district.officer, appealAgainstNotice, id, appeal))).toBe('notice-command-not-legal')
    expect(await codeOf(give(district.supervisor, publishNotice, id))).toBe('notice-command-not-legal')
  })

  it('are exempted when that is granted: quota and bulletin count anew, and before and after are kept', async () => {
    const id = await noticeOf('officer')
    const figures = async () => (await district.supervisor.ask(getBulletin, { params: { month: '2026-02' } })).body.figures
    expect(await figures()).toMatchObject({ officersTraining: 0, officersUnexplained: 3 })
    const grant = { decision: 'granted', remark: '情况属实' }
    expect(await codeOf(give(deciding, decideOnAppeal, id, grant))).toBe('exemption-reason-mismatch')
    const decided = await give(deciding, decideOnAppeal, id, { ...grant, exemptionReason: 'training' })
    const lines = ['2026-01', '2026-02'].flatMap(month => [enterpriseOf.officer, enterpriseOf.second].map(enterpriseId => ({ month, enterpriseId, before: { owed: 2, counted: 0, exempt: false }, after: { owed: 2, counted: 0, exempt: true } })))
    expect(decided).toMatchObject({ given: { body: { status: 'dropped', effect: { kind: 'exempted', reason: 'training', lines } } } })
    expect(await figures()).toMatchObject({ officersTraining: 1, officersUnexplained: 2 })
    for (const month of ['2026-01', '2026-02']) {
      const quota = await district.officer.ask(getQuota, { query: { month } })
      expect(quota.body.items.map(({ exempt, exemptReason }) => [exempt, exemptReason])).toEqual([[true, 'training'], [true, 'training']])
    }
    const exemptions = await district.officer.ask(listExemptions)
    expect(exemptions.body.items.map(({ month, status, decidedBy, requestedBy }) => [month, status, decidedBy, requestedBy])).toEqual([['2026-01', 'approved', '0003', idOf('officer')], ['2026-02', 'approved', '0003', idOf('officer')]])
    expect(await kindsTo('officer')).toEqual(['notice-drafted', 'notice-decided'])
  })

  it('are published under the year’s numbers once the time is over, with the name and nothing else of the roster', async () => {
    district.leap('2026-03-09 17:59')
    const [id, other] = [await noticeOf('colleague'), await noticeOf('stranger')]
    expect(await codeOf(give(district.supervisor, publishNotice, id))).toBe('appeal-open')
    district.leap('2026-03-09 18:01')
    expect(await codeOf(give(district.colleague, appealAgainstNotice, id, { reason: '晚了' }))).toBe('appeal-closed')
    expect(await codeOf(give(district.supervisor, publishNotice, id))).toBe('done')
    expect(await codeOf(give(district.supervisor, publishNotice, other))).toBe('done')
    expect((await published()).map(({ number, officerName, departmentName }) => [number, officerName, departmentName])).toEqual([['通报〔2026〕2号', '示例stranger', '发展改革局'], ['通报〔2026〕1号', '示例colleague', '规划建设局']])
    const { body } = await district.nobody.ask(getPublishedNotice, on(id))
    expect(body.text).toContain('2026年1月')
    for (const secret of [idOf('colleague'), addressOf('colleague'), enterpriseOf.colleague, '的企业']) expect(JSON.stringify(body)).not.toContain(secret)
  })

  it('stay listed when they are withdrawn, with the reason and without the text', async () => {
    const id = await noticeOf('stranger')
    expect(await codeOf(give(district.supervisor, withdrawNotice, id, { reason: '登记有误' }))).toBe('done')
    const { body } = await district.nobody.ask(getPublishedNotice, on(id))
    expect(body).toMatchObject({ number: '通报〔2026〕2号', withdrawn: { reason: '登记有误' } })
    expect(body).not.toHaveProperty('text')
    expect(await published()).toHaveLength(2)
    expect(await codeOf(give(district.supervisor, withdrawNotice, id, { reason: '再次' }))).toBe('notice-command-not-legal')
  })

  it('of a third month are not drafted of again, but for whom the first has been dropped', async () => {
    // Exempt in February, the officer has missed March alone.
    district.leap('2026-04-01 10:00')
    await district.callFor('quota-reminder', '2026-04-01 09:00')
    const months = (await all(district.supervisor)).flatMap(({ officerId, grounds }) => (grounds.kind === 'missed-quota' ? [`${officerId ?? ''} ${grounds.months.join()}`] : [])).sort()
    expect(months).toEqual([`${idOf('officer')} 2026-01,2026-02`, `${idOf('colleague')} 2026-01,2026-02`, `${idOf('stranger')} 2026-01,2026-02`])
  })
})

describe('a resolve clock that comes to level 3', () => {
  let issueId = ''
  const notices = async () => (await all(district.supervisor)).filter(({ grounds }) => grounds.kind === 'level-3' && 'issueId' in grounds && grounds.issueId === issueId)

  it('is drafted a notice of, once, with the very step that raises it', async () => {
    issueId = (await district.officer.ask(submitIssue, { body: { enterpriseId: enterpriseOf.officer, category: 'facilities', subcategory: 'roads', tier: 'A', title: '道路', description: '道路不通' } })).body.issueId
    // Due on Thursday 2026-04-09; level 3 follows level 2, of the 15th, by five working days.
    district.leap('2026-04-21 18:00')
    for (let day = 2; day <= 21; day++) await district.callFor('escalation-sweep', `2026-04-${String(day).padStart(2, '0')} 09:00`)
    expect((await district.supervisor.ask(getIssue, { params: { issueId } })).body.level).toBe(2)
    expect(await notices()).toEqual([])
    await Promise.all(Array.from({ length: 3 }, () => district.callFor('escalation-sweep', '2026-04-22 09:00').catch(() => undefined)))
    district.leap('2026-04-22 09:15')
    expect((await district.supervisor.ask(getIssue, { params: { issueId } })).body.level).toBe(3)
    expect(await notices()).toMatchObject([{ kind: 'criticism', status: 'draft', departmentId: 'D-02', draftedBy: 'system', grounds: { kind: 'level-3', issueId, deadlineVersion: 1 } }])
  })

  it('is told the director and the office', async () => {
    expect(await kindsTo('director')).toEqual(['notice-drafted'])
    const [mail] = await district.mail({ to: addressOf('director'), kind: 'notice-drafted' })
    expect(mail?.text).toContain(issueId)
    expect(mail?.text).not.toContain('的企业')
    expect(await kindsTo('supervisor')).toContain('notice-proposed')
  })

  it('is appealed against by a director of the department, and decided by nobody of it', async () => {
    const [{ noticeId } = { noticeId: '' }] = await notices()
    expect(await codeOf(give(district.handler, appealAgainstNotice, noticeId, { reason: '待上级' }))).toBe('out-of-reach')
    expect(await codeOf(give(district['other-director'], appealAgainstNotice, noticeId, { reason: '待上级' }))).toBe('out-of-reach')
    expect(await codeOf(give(district.director, appealAgainstNotice, noticeId, { reason: '待上级批复' }))).toBe('done')
    // The supervisor is of the department concerned.
    expect(await codeOf(give(district.supervisor, decideOnAppeal, noticeId, { decision: 'granted', remark: '属实' }))).toBe('own-notice')
  })

  it('is excused when that is granted, and stays where it is', async () => {
    const [{ noticeId } = { noticeId: '' }] = await notices()
    const decided = await give(deciding, decideOnAppeal, noticeId, { decision: 'granted', remark: '确因待上级批复' })
    const state = { overdue: true, level: 3 }
    expect(decided).toMatchObject({ given: { body: { status: 'dropped', effect: { kind: 'excused', before: { ...state, excused: false }, after: { ...state, excused: true } } } } })
    const { body } = await district.supervisor.ask(getIssue, { params: { issueId } })
    expect(body).toMatchObject({ level: 3, overdue: true, excused: [{ noticeId, clock: 'resolve', deadlineVersion: 1 }] })
    const timeline = await district.supervisor.ask(getTimeline, { params: { issueId } })
    expect(timeline.body.items.at(-1)).toMatchObject({ event: 'excused', by: '0003', noticeId })
  })
})

describe('by hand', () => {
  it('a supervisor criticises, and a director only proposes praise, of the own department', async () => {
    const officerId = idOf('officer')
    expect((await district.director.refused(draftNotice, { body: { kind: 'criticism', officerId, title: '标题', text: '内容' } })).code).toBe('criticism-by-office')
    expect((await district.director.refused(draftNotice, { body: { kind: 'commendation', officerId: idOf('stranger'), title: '标题', text: '内容' } })).code).toBe('out-of-reach')
    expect((await district.director.refused(draftNotice, { body: { kind: 'commendation', departmentId: 'D-03', title: '标题', text: '内容' } })).code).toBe('out-of-reach')
    expect((await district.supervisor.refused(draftNotice, { body: { kind: 'criticism', title: '标题', text: '内容' } })).code).toBe('one-subject-required')
    expect((await district.supervisor.refused(draftNotice, { body: { kind: 'criticism', officerId: '7777', title: '标题', text: '内容' } })).code).toBe('officer-not-found')
    expect((await district.supervisor.refused(draftNotice, { body: { kind: 'criticism', departmentId: 'D-77', title: '标题', text: '内容' } })).code).toBe('department-not-found')
  })

  it('praise is published at once, but not by whoever proposed it, under numbers of its own', async () => {
    const { noticeId } = await draft(district.director, { kind: 'commendation', officerId: idOf('officer') })
    const own = await draft(deciding, { kind: 'commendation', departmentId: 'D-02' })
    expect(await codeOf(give(deciding, publishNotice, own.noticeId))).toBe('own-notice')
    expect(await codeOf(give(district.supervisor, publishNotice, own.noticeId))).toBe('own-notice')
    expect(await codeOf(give(deciding, dropNotice, own.noticeId, { reason: '另行考虑' }))).toBe('done')
    expect(await codeOf(give(district.supervisor, publishNotice, noticeId))).toBe('done')
    expect((await district.nobody.ask(listPublishedNotices, { query: { kind: 'commendation' } })).body.items).toMatchObject([{ noticeId, number: '激励〔2026〕1号', officerName: '示例officer' }])
    expect(await kindsTo('officer')).toContain('notice-published')
  })

  it('twice by one key is once; two published at once have two numbers', async () => {
    const [one, again] = await Promise.all([draft(district.supervisor, { kind: 'commendation', departmentId: 'D-03' }, 'once'), draft(district.supervisor, { kind: 'commendation', departmentId: 'D-03' }, 'once')])
    expect(one.noticeId).toBe(again.noticeId)
    const other = await draft(district.supervisor, { kind: 'commendation', officerId: idOf('stranger') })
    await district.admin.ask(putOfficer, { params: { officerId: '0004' }, body: { name: '第三督查', email: 'third@district.example', departmentId: 'D-02', roles: ['supervisor'] } })
    const third = await district.as('third@district.example')
    expect(await Promise.all([codeOf(give(third, publishNotice, one.noticeId)), codeOf(give(third, publishNotice, other.noticeId))])).toEqual(['done', 'done'])
    expect((await district.nobody.ask(listPublishedNotices, { query: { kind: 'commendation' } })).body.items.map(({ number }) => number).sort()).toEqual(['激励〔2026〕1号', '激励〔2026〕2号', '激励〔2026〕3号'])
  })
})

describe('the page that everybody reads', () => {
  const read = async (path: string, language = 'zh-CN') => {
    const response = await fetch(district.url + path, { headers: { 'accept-language': language } })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  it('lists what is published, in both languages, and nothing else', async () => {
    const { noticeId: secret } = await draft(district.supervisor, { kind: 'criticism', officerId: idOf('officer'), title: '未发布的标题' })
    const { status, headers, text } = await read('/notices')
    expect(status).toBe(200)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(text).toContain('通报〔2026〕1号')
    for (const hidden of [secret, '未发布的标题', idOf('colleague'), '系统']) expect(text).not.toContain(hidden)
    expect((await read('/notices?utm_source=mail', 'en')).text).toContain('Notice 1 of 2026')
    expect(await read(`/notices/${secret}`)).toMatchObject({ status: 404 })
    expect(await read('/notices/nothing')).toMatchObject({ status: 404 })
  })

  it('shows markup as it was written, and what was withdrawn without its text', async () => {
    const { noticeId } = await draft(district.director, { kind: 'commendation', officerId: idOf('colleague'), title: '<b>表扬</b>', text: '</blockquote><script>alert(1)</script>' })
    expect(await codeOf(give(district.supervisor, publishNotice, noticeId))).toBe('done')
    const shown = (await read(`/notices/${noticeId}`)).text
    expect(shown).toContain('&lt;script&gt;')
    expect(shown).not.toMatch(/<script|<b>表扬/)
    expect(await codeOf(give(district.supervisor, withdrawNotice, noticeId, { reason: '<i>有误</i>' }))).toBe('done')
    const withdrawn = (await read(`/notices/${noticeId}`)).text
    expect(withdrawn).toContain('&lt;i&gt;有误')
    expect(withdrawn).not.toContain('alert(1)')
  })

  it('weighs less than 30 KB, however much is in it', async () => {
    const { noticeId } = await draft(district.director, { kind: 'commendation', officerId: idOf('colleague'), title: '"'.repeat(100), text: '"'.repeat(5000) })
    await give(district.supervisor, publishNotice, noticeId)
    for (let nth = 0; nth < 16; nth++) {
      const one = await draft(district.director, { kind: 'commendation', officerId: idOf('colleague'), title: '很'.repeat(100) })
      await give(district.supervisor, publishNotice, one.noticeId)
    }
    for (const path of ['/notices', `/notices/${noticeId}`]) expect(Buffer.byteLength((await read(path)).text)).toBeLessThan(30_000)
    expect((await read('/notices')).text).toContain('更早的未在此列出')
  })
})

describe('what everybody reads', () => {
  it('goes on from page to page, by a cursor of that very list', async () => {
    const first = await district.nobody.ask(listPublishedNotices, { query: { limit: '1' } })
    const cursor = first.body.nextCursor ?? ''
    expect((await district.nobody.ask(listPublishedNotices, { query: { limit: '1', cursor } })).body.items).not.toEqual(first.body.items)
    const forged = `${Buffer.from(JSON.stringify({ pk: 'NOTICE#x', sk: 'NOTICE', key: '2026' })).toString('base64url')}.${cursor.split('.')[1] ?? ''}`
    for (const ask of [{ query: { cursor, kind: 'criticism' } }, { query: { cursor: forged } }]) expect((await district.nobody.refused(listPublishedNotices, ask)).code).toBe('cursor-not-valid')
    expect((await district.supervisor.refused(listNotices, { query: { cursor } })).code).toBe('cursor-not-valid')
  })

  it('is the same with a token as without, and holds nothing that is not published', async () => {
    const { noticeId } = await draft(district.supervisor, { kind: 'criticism', officerId: idOf('officer') })
    for (const client of [district.nobody, district.supervisor]) {
      const items = await pagesOf(client, listPublishedNotices, {}, 200)
      expect(items.map(item => item.noticeId)).not.toContain(noticeId)
      expect((await client.refused(getPublishedNotice, on(noticeId))).code).toBe('notice-not-found')
    }
  })
})
