import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptIssue, callBackIssue, getIssue, getTimeline, listIssues, overrideIssue, replyToIssue, resolveIssue, submitIssue } from '../../../shared/contract/issues.ts'
import { createPairing, putEnterprise, putOfficer, revokeLinks, sendLink } from '../../../shared/contract/roster.ts'
import { creditCodeOf } from '../../mothers/enterprise.ts'
import { addressOf, enterpriseOf, foundDistrict, idOf, importRows, people, type District } from './district.ts'
import { startWorld } from './world.ts'

let district: District
/** Monday 2026-03-02, ten in the morning. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
})
afterAll(() => district.close())

type Owner = 'officer' | 'stranger'

const submit = async (but: object = {}, owner: Owner = 'officer') =>
  (await district[owner].ask(submitIssue, { body: { enterpriseId: enterpriseOf[owner], category: 'facilities', subcategory: 'roads', title: '门前道路未接通', description: '厂区门前二百米道路尚未接通。', ...but } })).body.issueId

const read = async (issueId: string) => (await district.supervisor.ask(getIssue, { params: { issueId } })).body
const etagOf = async (issueId: string) => (await district.supervisor.ask(getIssue, { params: { issueId } })).etag
const eventsOf = async (issueId: string) => (await district.supervisor.ask(getTimeline, { params: { issueId } })).body.items.map(({ event }) => event)

const resolve = async (issueId: string, owner: Owner = 'officer'): Promise<void> => {
  const leads = owner === 'stranger' ? district['other-handler'] : district.handler
  const params = { issueId }
  if ((await read(issueId)).status === 'dispatched') await leads.ask(acceptIssue, { params, ifMatch: await etagOf(issueId) })
  await leads.ask(resolveIssue, { params, ifMatch: await etagOf(issueId), body: { message: '道路已接通。' } })
}

/** The link that the last mail about the issue brought the enterprise: the path of its page. */
const linkTo = async (issueId: string, owner: keyof typeof enterpriseOf = 'officer'): Promise<string> => {
  const mails = (await district.mail({ to: `contact-${owner}@example.com`, kind: 'issue-resolved' })).filter(({ subject }) => subject.includes(issueId))
  const path = /\/p\/[\w-]{43}\/issues\/[\d-]+/.exec(mails.at(-1)?.text ?? '')?.[0]
  if (path === undefined) throw new Error(`no link to ${issueId} was mailed`)
  return path
}

const open = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(district.url + path, { headers })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

const resolutionOn = async (path: string): Promise<string> => /name="resolution" value="(\d+)"/.exec((await open(path)).text)?.[1] ?? ''

const rate = async (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
  const body = new URLSearchParams({ resolution: fields['resolution'] ?? (await resolutionOn(path)), ...fields })
  const response = await fetch(`${district.url}${path}/rating`, { method: 'POST', body, redirect: 'manual', headers })
  return { status: response.status, location: response.headers.get('location'), text: await response.text() }
}

const resolved = async (but: object = {}, owner: Owner = 'officer') => {
  const issueId = await submit(but, owner)
  await resolve(issueId, owner)
  return { issueId, path: await linkTo(issueId, owner) }
}

describe('a resolution', () => {
  it.each([5, 4, 3])('that the enterprise rates %i is closed, and who worked on it is told', async rating => {
    const { issueId, path } = await resolved()
    expect(await rate(path, { rating: String(rating), words: '已通车' })).toMatchObject({ status: 303, location: path })
    expect(await read(issueId)).toMatchObject({ status: 'closed', closedBy: 'rating', rating, reopenings: 0 })
    expect(await eventsOf(issueId)).toEqual(['dispatched', 'accepted', 'resolved', 'rated', 'closed'])
    for (const to of [addressOf('officer'), addressOf('handler')]) {
      const mails = (await district.mail({ to, kind: 'issue-closed' })).filter(({ subject }) => subject.includes(issueId))
      expect(mails.map(({ text }) => text.includes('已通车'))).toEqual([true])
    }
    expect((await open(path)).text).toContain('已销号')
  })

  it.each([2, 1])('that the enterprise rates %i is reopened with a shorter deadline, one level up, its words told to director and supervisor', async rating => {
    const { issueId, path } = await resolved({ tier: 'B' })
    await rate(path, { rating: String(rating), words: '仍有一段未通' })
    // Five working days from Monday instead of ten.
    expect(await read(issueId)).toMatchObject({ status: 'accepted', level: 1, awaitsAcknowledgement: true, reopenings: 1, deadlineVersion: 2, resolveBy: '2026-03-09T18:00:00+08:00' })
    expect(await eventsOf(issueId)).toEqual(['dispatched', 'accepted', 'resolved', 'rated', 'reopened'])
    for (const name of ['handler', 'director', 'supervisor', 'officer'] as const) {
      const mails = (await district.mail({ to: addressOf(name), kind: 'issue-reopened' })).filter(({ subject }) => subject.includes(issueId))
      expect(mails.map(({ text }) => text.includes('仍有一段未通')), name).toEqual([true])
    }
    await resolve(issueId)
    await rate(await linkTo(issueId), { rating: '5' })
    expect(await read(issueId)).toMatchObject({ status: 'closed', rating: 5, reopenings: 1, level: 1 })
  })

  it('is rated once: what is sent twice, or from a page of an earlier resolution, changes nothing', async () => {
    const { issueId, path } = await resolved()
    const stale = await resolutionOn(path)
    const thrice = await Promise.all([rate(path, { rating: '1' }), rate(path, { rating: '1' }), rate(path, { rating: '1' })])
    expect(thrice.map(({ status }) => status)).toEqual([303, 303, 303])
    expect(await read(issueId)).toMatchObject({ status: 'accepted', reopenings: 1, level: 1 })
    district.leap('2026-03-02 10:05')
    await resolve(issueId)
    const late = await rate(path, { rating: '2', words: '仍有<i>一段</i>未通', resolution: stale })
    expect(late.status).toBe(409)
    expect(late.text).toMatch(/已有新的进展，此次提交未予受理[^]*<textarea id="words"[^>]*>仍有&lt;i&gt;一段&lt;\/i&gt;未通</)
    expect(late.text).toMatch(/id="r2" value="2" required checked/)
    expect(await read(issueId)).toMatchObject({ status: 'resolved' })
  })

  it('that a colleague has rated in the meantime: what was entered is shown, and where it can still be said', async () => {
    const { issueId, path } = await resolved()
    const resolution = await resolutionOn(path)
    await rate(path, { rating: '5', words: '很好' })
    const late = await rate(path, { rating: '1', words: '第二人不满意', resolution })
    expect(late.status).toBe(409)
    expect(late.text).toMatch(/此次提交未予受理[^]*<blockquote>非常不满意<\/blockquote><blockquote>第二人不满意<\/blockquote>[^]*请联系贵单位的助企干部/)
    expect(await read(issueId)).toMatchObject({ status: 'closed', rating: 5 })
    // The same once more has been taken.
    expect((await rate(path, { rating: '5', words: '很好', resolution })).status).toBe(303)
  })

  it('that is passed over in silence is called back about after five working days, and only what was said then closes it', async () => {
    const issueId = await submit({ title: '无人评价' })
    await resolve(issueId)
    const body = { rating: 4, words: '已解决，谢谢', asked: '王女士', askedAt: '2026-03-10T09:30:00+08:00' }
    const callBack = async (but: object = {}) => ({ params: { issueId }, ifMatch: await etagOf(issueId), body: { ...body, ...but } })
    expect(await district.supervisor.refused(callBackIssue, await callBack())).toMatchObject({ status: 409, code: 'call-back-not-due' })
    await district.callFor('escalation-sweep', '2026-03-06 17:45')
    expect((await read(issueId)).callBackDue).toBe(false)
    await district.callFor('escalation-sweep', '2026-03-10 09:00')
    expect(await read(issueId)).toMatchObject({ status: 'resolved', callBackDue: true })
    expect((await district.supervisor.ask(listIssues, { query: { callBackDue: 'true' } })).body.items.map(each => each.issueId)).toContain(issueId)
    expect((await district.mail({ to: addressOf('supervisor'), kind: 'call-back-due' })).filter(({ subject }) => subject.includes(issueId))).toHaveLength(1)
    district.leap('2026-03-10 10:00')
    expect(await district.supervisor.refused(callBackIssue, await callBack({ askedAt: '2026-03-10T10:30:00+08:00' }))).toMatchObject({ code: 'asked-at-another-time' })
    expect(await district.supervisor.refused(callBackIssue, await callBack({ askedAt: '2026-02-30T10:30:00+08:00' }))).toMatchObject({ status: 422, code: 'impossible-date' })
    await district.supervisor.ask(callBackIssue, await callBack())
    expect(await read(issueId)).toMatchObject({ status: 'closed', closedBy: 'call-back', rating: 4 })
    const { items } = (await district.supervisor.ask(getTimeline, { params: { issueId } })).body
    expect(items.at(-2)).toMatchObject({ event: 'called-back', by: idOf('supervisor'), asked: '王女士', askedAt: body.askedAt })
  })

  it('can be closed without the enterprise by a supervisor alone, with a reason, and stays marked', async () => {
    const { issueId } = await resolved()
    const given = async () => ({ params: { issueId }, ifMatch: await etagOf(issueId), body: { reason: '企业已注销，无法联系' } })
    expect(await district.director.refused(overrideIssue, await given())).toMatchObject({ status: 403 })
    await district.supervisor.ask(overrideIssue, await given())
    expect(await read(issueId)).toMatchObject({ status: 'closed', closedBy: 'override' })
    expect((await read(issueId)).rating).toBeUndefined()
    expect(await district.supervisor.refused(overrideIssue, await given())).toMatchObject({ status: 409, code: 'command-not-legal', legal: [] })
  })
})

describe("the enterprise's page", () => {
  it('shows all its issues and nobody else’s, where each stands, and who is on it', async () => {
    const { issueId, path } = await resolved({ title: '<script>alert(1)</script>' })
    const other = await resolved({}, 'stranger')
    const own = path.slice(0, path.indexOf('/issues'))
    const { text } = await open(own)
    expect(text).toContain('&lt;script&gt;alert(1)')
    expect(text).not.toContain('<script')
    expect(text).toContain(issueId)
    expect(text).not.toContain(other.issueId)
    const issue = (await open(path)).text
    for (const words of ['规划建设局', '示例officer', '厂区门前二百米', '道路已接通', '您对办理结果是否满意']) expect(issue).toContain(words)
    expect(Buffer.byteLength(issue)).toBeLessThan(30_000)
    expect((await open(own, { 'accept-language': 'en' })).text).toContain('The issues you have raised')
  })

  it('changes nothing by being read, however often a scanner opens it', async () => {
    const { issueId, path } = await resolved()
    const before = await read(issueId)
    for (let times = 0; times < 5; times++) await open(path)
    // Where only a form goes, a reader is led back.
    expect((await open(`${path}/rating`)).status).toBe(200)
    expect(await read(issueId)).toEqual(before)
  })

  it('is framed by nobody, runs nothing, loads nothing, and tells nobody its address', async () => {
    const { path } = await resolved()
    const { headers } = await open(path)
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
    expect(district.stack.logs.join('\n')).not.toContain(path.slice(3, 46))
  })

  it('keeps what was entered, and says what is missing, when it cannot be taken', async () => {
    const { issueId, path } = await resolved()
    const without = await rate(path, { words: '路灯<b>也没装' })
    expect(without.status).toBe(422)
    expect(without.text).toContain('请选择满意程度')
    expect(without.text).toContain('路灯&lt;b&gt;也没装')
    const long = await rate(path, { rating: '4', words: '长'.repeat(1001) })
    expect(long.status).toBe(422)
    expect(long.text).toContain('value="4" required checked')
    expect((await rate(path, { rating: '9' })).status).toBe(422)
    expect((await rate(path, { rating: '5', words: '长'.repeat(20_000) })).status).toBe(413)
    expect((await open(`${path}${'9'.repeat(3_000)}`)).status).toBe(404)
    expect(await read(issueId)).toMatchObject({ status: 'resolved' })
  })

  it('takes no form that comes from another site', async () => {
    const { issueId, path } = await resolved()
    const elsewhere = await rate(path, { rating: '5' }, { 'sec-fetch-site': 'cross-site' })
    expect([elsewhere.status, elsewhere.text.includes('请直接打开邮件中的链接'), elsewhere.text.includes('链接已失效')]).toEqual([403, true, false])
    for (const origin of ['https://elsewhere.example', 'file://', 'nonsense']) expect((await rate(path, { rating: '5' }, { origin })).status, origin).toBe(403)
    expect(await read(issueId)).toMatchObject({ status: 'resolved' })
    // What a browser that says nothing of sites sends from a page of ours, which tells nobody its address.
    for (const origin of ['null', district.url]) expect((await rate(path, { rating: '9' }, { origin })).status, origin).toBe(422)
  })

  it('stays small whatever is in it: the newest is shown, and how much is not', async () => {
    const issueId = await submit({ description: '"'.repeat(5_000) })
    const params = { issueId }
    let { etag } = await district.handler.ask(acceptIssue, { params, ifMatch: '"1"' })
    for (let nth = 1; nth <= 40; nth++) etag = (await district.handler.ask(replyToIssue, { params, ifMatch: etag, body: { message: `${nth}号答复${'"'.repeat(1_990)}` } })).etag
    await district.handler.ask(resolveIssue, { params, ifMatch: etag, body: { message: '道路已接通。' } })
    const path = await linkTo(issueId)
    for (const language of ['zh-CN', 'en']) {
      const { text } = await open(path, { 'accept-language': language })
      expect(Buffer.byteLength(text)).toBeLessThan(30_000)
      for (const words of ['道路已接通。', '>40号答复&quot;', '&quot;…</blockquote>', 'name="rating"']) expect(text).toContain(words)
      expect(text).not.toContain('>1号答复')
      expect(text).toMatch(language === 'en' ? /\d+ earlier entries are not shown here; please ask your officer/ : /较早的 \d+ 条办理记录未在此显示，如需了解，请联系贵单位的助企干部/)
    }
    const { text } = await open(path)
    const shown = [...text.matchAll(/<li><p class="soft">/g)].length
    expect(Number(/较早的 (\d+) 条/.exec(text)?.[1]) + shown).toBe(43)
  })

  it('lists what waits for a rating first, however old, twenty on a page', async () => {
    const theirs = { enterpriseId: enterpriseOf.second }
    const old = await submit({ ...theirs, title: '最早办结的问题' })
    await resolve(old)
    for (let nth = 1; nth <= 41; nth++) await submit({ ...theirs, title: `${nth}号${'"'.repeat(97)}` })
    const path = await linkTo(old, 'second')
    const own = path.slice(0, path.indexOf('/issues'))
    const titlesOn = async (query: string) => {
      const { status, text } = await open(own + query)
      expect(status).toBe(200)
      expect(Buffer.byteLength(text)).toBeLessThan(30_000)
      expect(text).toContain('有 1 个问题已办结，请您评价')
      return { text, titles: [...text.matchAll(/<li><a [^>]*>([^<&]*)/g)].map(([, title]) => title) }
    }
    const [first, second, third, beyond] = [await titlesOn(''), await titlesOn('?page=2'), await titlesOn('?page=3&utm_source=mail'), await titlesOn('?page=9')]
    expect(first.titles).toEqual(['最早办结的问题', ...Array.from({ length: 19 }, (_, at) => `${41 - at}号`)])
    expect([second.titles.length, third.titles]).toEqual([20, ['2号', '1号']])
    expect(beyond.titles).toEqual(third.titles)
    expect([first, second, third].map(({ text }) => [...text.matchAll(/\?page=(\d+)/g)].map(([, to]) => to))).toEqual([['2'], ['1', '3'], ['2']])
    for (const page of ['0', '11', 'x', '1.5']) expect((await open(`${own}?page=${page}`)).status).toBe(404)
  })

  it('says what to do when the table does not answer, and speaks of sending to whoever has sent', async () => {
    const { issueId, path } = await resolved()
    const resolution = await resolutionOn(path)
    const failing = (fault: 'unavailable' | 'conflict', match: string, operation: string) => district.faults({ target: 'table', fault, count: 5, match, operation })
    await failing('unavailable', 'LINK#', 'GetItem')
    const unread = await open(path)
    expect([unread.status, unread.text.includes('请稍后刷新本页'), unread.text.includes('重新提交')]).toEqual([503, true, false])
    await failing('unavailable', 'LINK#', 'GetItem')
    const sent = await rate(path, { rating: '5', resolution })
    expect([sent.status, sent.text.includes('返回上一页重新提交')]).toEqual([503, true])
    // Whoever is counted at the same moment as many others has not done too much.
    await failing('conflict', 'ACTS#', 'PutItem')
    expect((await rate(path, { rating: '5', resolution })).status).toBe(503)
    expect(await district.clearFaults()).toBe(0)
    expect(await read(issueId)).toMatchObject({ status: 'resolved' })
  })
})

describe('what else the enterprise can do', () => {
  const send = async (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const response = await fetch(district.url + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers })
    return { status: response.status, text: await response.text() }
  }
  const replied = async () => {
    const issueId = await submit()
    await district.handler.ask(acceptIssue, { params: { issueId }, ifMatch: await etagOf(issueId) })
    await district.handler.ask(replyToIssue, { params: { issueId }, ifMatch: await etagOf(issueId), body: { message: '已安排' } })
    const mails = (await district.mail({ to: 'contact-officer@example.com', kind: 'issue-replied' })).filter(({ subject }) => subject.includes(issueId))
    return { issueId, path: /\/p\/[\w-]{43}\/issues\/[\d-]+/.exec(mails.at(-1)?.text ?? '')?.[0] ?? '' }
  }

  it('is to add information, which goes to who works on it and who brought it', async () => {
    const { issueId, path } = await replied()
    expect((await send(`${path}/information`, { information: '图纸<i>已备齐' })).status).toBe(303)
    for (const to of [addressOf('handler'), addressOf('officer')])
      expect((await district.mail({ to, kind: 'issue-informed' })).filter(({ subject }) => subject.includes(issueId)).map(({ text }) => text.includes('图纸<i>已备齐'))).toEqual([true])
    expect((await open(path)).text).toContain('图纸&lt;i&gt;已备齐')
    expect(await eventsOf(issueId)).toContain('informed')
    const again = await Promise.all(Array.from({ length: 3 }, () => send(`${path}/information`, { information: '图纸<i>已备齐' })))
    expect([again.map(({ status }) => status), (await eventsOf(issueId)).filter(event => event === 'informed')]).toEqual([[303, 303, 303], ['informed']])
    const nothing = await send(`${path}/information`, {})
    expect([nothing.status, nothing.text.includes('补充的情况：必填')]).toEqual([422, true])
    const long = await send(`${path}/information`, { information: '长'.repeat(2_001) })
    expect([long.status, long.text.includes('长'.repeat(2_001))]).toEqual([422, true])
  })

  it('is to take it back, once confirmed; that ends it', async () => {
    const { issueId, path } = await replied()
    const unconfirmed = await send(`${path}/withdrawal`, { reason: '已自行解决' })
    expect(unconfirmed.status).toBe(422)
    expect(unconfirmed.text).toMatch(/<details open>[^]*请勾选确认撤回[^]*已自行解决/)
    expect(await read(issueId)).toMatchObject({ status: 'accepted' })
    expect((await send(`${path}/withdrawal`, { reason: '已自行解决', confirmed: 'yes' }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await send(`${path}/withdrawal`, { reason: '已自行解决', confirmed: 'yes' })).status).toBe(303)
    expect(await read(issueId)).toMatchObject({ status: 'withdrawn', withdrawnAt: expect.any(String) as string })
    expect((await district.mail({ to: addressOf('officer'), kind: 'issue-withdrawn' })).filter(({ subject }) => subject.includes(issueId))).toHaveLength(1)
    for (const [form, fields, status] of [['information', { information: '图纸已备齐' }, 409], ['withdrawal', { confirmed: 'yes' }, 303], ['rating', { rating: '5', resolution: '1' }, 409]] as const)
      expect((await send(`${path}/${form}`, fields)).status).toBe(status)
    // Whether or not it could have been taken: nothing is lost, and nothing is to be corrected where there is no form.
    for (const information of ['图纸已备齐', `图纸已备齐${'长'.repeat(2_001)}`]) {
      const late = await send(`${path}/information`, { information })
      expect([late.status, late.text.includes(`<blockquote>${information}</blockquote>`), late.text.includes('请更正')]).toEqual([409, true, false])
    }
    expect((await eventsOf(issueId)).at(-1)).toBe('withdrawn')
    expect(await district.handler.refused(acceptIssue, { params: { issueId }, ifMatch: await etagOf(issueId) })).toMatchObject({ code: 'command-not-legal', legal: [] })
  })

  it('is none of what a form says twice', async () => {
    const { issueId, path } = await resolved()
    const sent = new URLSearchParams([['rating', '5'], ['rating', '1'], ['resolution', await resolutionOn(path)]])
    const response = await fetch(`${district.url}${path}/rating`, { method: 'POST', body: sent, redirect: 'manual' })
    expect([response.status, (await response.text()).includes('请更正')]).toEqual([422, true])
    expect(await read(issueId)).toMatchObject({ status: 'resolved' })
  })

  it('leads back to the page, where the address of a form is opened or has a slash too many', async () => {
    const { path } = await replied()
    const own = path.slice(0, path.indexOf('/issues'))
    for (const [address, page] of [[`${path}/information`, path], [`${path}/`, path], [`${own}/issues`, own], [`${own}/`, own]] as const) {
      const response = await fetch(district.url + address, { redirect: 'manual' })
      expect([response.status, response.headers.get('location')], address).toEqual([303, page])
    }
  })

  it('is nothing about an issue of another enterprise', async () => {
    const { path } = await replied()
    const theirs = await submit({}, 'stranger')
    const other = path.replace(/issues\/.*/, `issues/${theirs}`)
    for (const form of ['information', 'withdrawal']) expect((await send(`${other}/${form}`, { information: 'x', confirmed: 'yes' })).status).toBe(404)
    expect(await read(theirs)).toMatchObject({ status: 'dispatched' })
  })
})

describe('an issue that the enterprise raises by itself', () => {
  const entered = { subject: 'facilities/power', title: '厂区<i>停电', description: '本周两次停电。\n请尽快处理。' }
  const pageOf = async (owner: Owner = 'officer') => {
    const { path } = await resolved({}, owner)
    return path.slice(0, path.indexOf('/issues'))
  }
  const onceOn = async (own: string) => /name="once" value="([\w-]{22})"/.exec((await open(`${own}/new`)).text)?.[1] ?? expect.fail('the form has no mark')
  const send = async (own: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const response = await fetch(`${district.url}${own}/issues`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers })
    return { status: response.status, location: response.headers.get('location') ?? '', text: await response.text() }
  }

  it('is numbered and dispatched like any other, for the officer of today, and told to the department', async () => {
    const own = await pageOf()
    expect((await open(own)).text).toContain(`href="${own}/new"`)
    const { status, location } = await send(own, { ...entered, once: await onceOn(own) })
    expect([status, location]).toEqual([303, expect.stringMatching(new RegExp(`^${own}/issues/2026-\\d{6}$`))])
    const issueId = location.slice(-11)
    expect(await read(issueId)).toMatchObject({ status: 'dispatched', enterpriseId: enterpriseOf.officer, officerId: idOf('officer'), category: 'facilities', subcategory: 'power', title: entered.title, description: entered.description, firstDepartmentId: 'D-02' })
    const { items } = (await district.supervisor.ask(getTimeline, { params: { issueId } })).body
    expect(items).toMatchObject([{ event: 'dispatched', by: 'enterprise' }])
    expect((await district.mail({ to: addressOf('handler'), kind: 'issue-dispatched' })).filter(({ subject }) => subject.includes(issueId))).toHaveLength(1)
    expect((await open(location)).text).toContain('厂区&lt;i&gt;停电')
  })

  it('is one issue however often the form is sent; another text in it is another issue', async () => {
    const own = await pageOf()
    const form = { ...entered, once: await onceOn(own) }
    const sent = [...(await Promise.all([send(own, form), send(own, form), send(own, form)])), await send(own, form)]
    expect(new Set(sent.map(({ status, location }) => `${status} ${location}`)).size).toBe(1)
    const again = await send(own, { ...form, title: '另一个问题' })
    expect([again.status, again.text.includes(sent[0]?.location ?? '-'), again.text.includes('value="另一个问题"')]).toEqual([409, true, true])
    const once = /name="once" value="([\w-]{22})"/.exec(again.text)?.[1] ?? ''
    expect(once).not.toBe(form.once)
    expect((await send(own, { ...form, title: '另一个问题', once })).status).toBe(303)
    // The same mark on the page of another enterprise is another form.
    expect((await send(await pageOf('stranger'), form)).location).not.toContain(sent[0]?.location.slice(-11))
  })

  it('has a number of its own, however many are raised at one moment', async () => {
    const own = await pageOf()
    const sent = await Promise.all(Array.from({ length: 8 }, (_, at) => send(own, { ...entered, title: `同时${at}`, once: `${at}`.padEnd(22, '-') })))
    // Whoever is not counted in time may send the form again.
    const taken = sent.filter(({ status }) => status === 303)
    expect(sent.every(({ status }) => [303, 503].includes(status))).toBe(true)
    expect(taken.length).toBeGreaterThan(0)
    expect(new Set(taken.map(({ location }) => location)).size).toBe(taken.length)
  })

  it('is shown again with what was entered and what is wrong, beside each field', async () => {
    const own = await pageOf()
    const once = await onceOn(own)
    const empty = await send(own, { once })
    expect(empty.status).toBe(422)
    for (const words of ['id="subject-error">请选择类别', 'id="title-error">标题：必填', 'id="description-error">具体情况：必填']) expect(empty.text).toContain(words)
    const long = await send(own, { subject: 'land/public-order', title: '长'.repeat(101), description: '长'.repeat(5_001), once })
    expect(long.status).toBe(422)
    for (const words of ['value="land/public-order" selected', `value="${'长'.repeat(101)}"`, `>${'长'.repeat(5_001)}</textarea>`, `value="${once}"`, '标题：最多 100 个字', '具体情况：最多 5000 个字']) expect(long.text).toContain(words)
    expect((await send(own, { ...entered, subject: 'land/power', once })).text).toContain('请选择类别')
    expect((await send(own, { ...entered, description: '长'.repeat(8_000), once })).status).toBe(413)
    expect((await send(own, { ...entered, once }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await send(own, { ...entered, once: 'forged' })).status).toBe(303)
  })

  it('waits for an officer where none is paired today or active, and nothing entered is lost', async () => {
    const own = await pageOf('stranger')
    const once = await onceOn(own)
    const { officerId, ...officer } = { ...people.stranger, name: '示例stranger', email: addressOf('stranger'), roles: ['officer'] as const, active: false }
    await district.admin.ask(putOfficer, { params: { officerId }, body: officer })
    expect((await open(`${own}/new`)).text).toContain('请致电助企办')
    const refused = await send(own, { ...entered, once })
    expect(refused.status).toBe(409)
    for (const words of ['请致电助企办', 'value="厂区&lt;i&gt;停电"', '请尽快处理。</textarea>', 'value="facilities/power" selected', `value="${once}"`]) expect(refused.text).toContain(words)
    await district.admin.ask(putOfficer, { params: { officerId }, body: { ...officer, active: true } })
    expect((await send(own, { ...entered, once })).status).toBe(303)
  })

  it('goes to the officer paired for longest, of those in the roster', async () => {
    const own = await pageOf('stranger')
    await district.supervisor.ask(createPairing, { body: { officerId: idOf('colleague'), enterpriseId: enterpriseOf.stranger, startsOn: '2025-01-01' } })
    const { location } = await send(own, { ...entered, once: await onceOn(own) })
    expect(await read(location.slice(-11))).toMatchObject({ officerId: idOf('colleague'), firstDepartmentId: 'D-02' })
  })

  it('is limited like all that is done with a link', async () => {
    const own = await pageOf()
    const statuses: number[] = []
    for (let times = 0; times < 61; times++) statuses.push((await send(own, {})).status)
    expect(new Set(statuses.slice(0, 60))).toEqual(new Set([422]))
    expect(statuses[60]).toBe(429)
    expect((await open(`/p/${'A'.repeat(43)}/new`)).status).toBe(404)
  })
})

describe('a link', () => {
  const closedDoor = async (path: string) => {
    const { status, text } = await open(path)
    expect(status).toBe(404)
    expect(text).toContain('此链接已失效')
    return text.replace(/\s+/g, ' ')
  }

  it('that is forged, of another’s issue or of none shows one and the same page, and rates nothing', async () => {
    const [mine, theirs] = [await resolved(), await resolved({}, 'stranger')]
    const own = mine.path.slice(0, mine.path.indexOf('/issues'))
    const pages = [
      await closedDoor(`/p/${'A'.repeat(43)}`),
      await closedDoor('/p/x'),
      await closedDoor(`${own}A`),
      await closedDoor(`${own.slice(0, -1)}~`),
      await closedDoor(`${own.slice(0, -1)}${own.endsWith('A') ? 'B' : 'A'}/issues/${mine.issueId}`),
      await closedDoor(`${own}/issues/${theirs.issueId}`),
      await closedDoor(`${own}/issues/2026-999999`),
    ]
    expect(new Set(pages).size).toBe(1)
    expect((await rate(`${own}/issues/${theirs.issueId}`, { rating: '5', resolution: await resolutionOn(theirs.path) })).status).toBe(404)
    expect(await read(theirs.issueId)).toMatchObject({ status: 'resolved' })
  })

  it('is sent on request, to who has an address', async () => {
    const params = { enterpriseId: enterpriseOf.officer }
    await district.officer.ask(sendLink, { params })
    const [mail] = await district.mail({ to: 'contact-officer@example.com', kind: 'enterprise-link' })
    const path = /\/p\/[\w-]{43}/.exec(mail?.text ?? '')?.[0] ?? ''
    expect((await open(path)).text).toContain('officer的企业')
    const enterpriseId = creditCodeOf(77)
    await district.supervisor.ask(putEnterprise, { params: { enterpriseId }, body: { kind: 'company', name: '无邮箱企业' } })
    expect(await district.supervisor.refused(sendLink, { params: { enterpriseId } })).toMatchObject({ status: 409, code: 'no-contact-address' })
  })

  it('ends when a supervisor revokes it, and the next mail brings another', async () => {
    const { issueId, path } = await resolved()
    district.leap('2026-03-10 10:00')
    expect(await district.handler.refused(revokeLinks, { params: { enterpriseId: enterpriseOf.officer } })).toMatchObject({ status: 403 })
    await district.supervisor.ask(revokeLinks, { params: { enterpriseId: enterpriseOf.officer } })
    await closedDoor(path)
    expect((await rate(path, { rating: '5', resolution: '1' })).status).toBe(404)
    district.leap('2026-03-10 10:01')
    const next = await resolved()
    expect((await open(next.path)).status).toBe(200)
    expect((await open(`${next.path.slice(0, next.path.indexOf('/issues'))}/issues/${issueId}`)).status).toBe(200)
  })

  it('ends when the contact changes, for good', async () => {
    const { path } = await resolved({}, 'stranger')
    const body = { kind: 'company', name: 'stranger的企业', contactName: '新的联系人', contactEmail: 'contact-stranger@example.com' }
    const before = { kind: 'company', name: 'stranger的企业', contactName: 'stranger的联系人', contactEmail: 'contact-stranger@example.com', contactPhone: '02900000000' }
    for (const contact of [body, before]) {
      await district.supervisor.ask(putEnterprise, { params: { enterpriseId: enterpriseOf.stranger }, body: contact })
      await closedDoor(path)
    }
    const imported = await resolved({}, 'stranger')
    for (const name of ['又一联系人', before.contactName]) {
      await importRows(district.admin, 'enterprises', ['enterpriseId', 'kind', 'name', 'contactName', 'contactEmail', 'contactPhone'], [enterpriseOf.stranger, 'company', before.name, name, before.contactEmail, before.contactPhone])
      await closedDoor(imported.path)
    }
  })

  it('is limited in how much is done with it', async () => {
    const { path } = await resolved()
    const statuses: number[] = []
    for (let times = 0; times < 62; times++) statuses.push((await rate(path, { rating: '9', resolution: '1' })).status)
    expect(statuses.slice(0, 60).every(status => status === 422)).toBe(true)
    expect(statuses.slice(60)).toEqual([429, 429])
  })

  it('opens pages that speak of no deadline that has passed as one to come', async () => {
    const asked = await resolved()
    const own = asked.path.slice(0, asked.path.indexOf('/issues'))
    const issueId = await submit({ title: '逾期的问题', tier: 'A' })
    const path = `${own}/issues/${issueId}`
    expect((await open(path)).text).toMatch(/已交办规划建设局，将于2026年3月\d+日（周.）18:00前签收，将于2026年3月/)
    district.leap('2026-03-12 09:00')
    expect((await open(path)).text).toMatch(/原定2026年3月11日（周三）18:00前签收，现已逾期，正在催办，将于2026年3月/)
    district.leap('2026-04-20 09:00')
    for (const page of [path, own]) {
      const { text } = await open(page)
      expect(text).toMatch(/已交办规划建设局，原定2026年3月\d+日（周.）18:00前办结，现已逾期，正在督促办理/)
      expect(text).not.toMatch(/将于2026年3月/)
    }
    expect((await open(path, { 'accept-language': 'en' })).text).toMatch(/it was to be resolved by \w+ \d+ March 2026, 18:00, is overdue/)
  })

  it('runs out', async () => {
    const { path } = await resolved()
    district.leap('2026-09-30 10:00')
    await closedDoor(path)
  })
})
