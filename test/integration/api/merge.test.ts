import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptIssue, getIssue, getTimeline, listIssues, mergeIssue, replyToIssue, resolveIssue, separateIssue, submitIssue, transferIssue } from '../../../shared/contract/issues.ts'
import { addressOf, enterpriseOf, foundDistrict, type District } from './district.ts'
import { startWorld } from './world.ts'

let district: District
/** Monday 2026-03-02, ten in the morning. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
})
afterAll(() => district.close())

type Owner = 'officer' | 'colleague' | 'stranger'

const submit = async (owner: Owner, but: object = {}): Promise<string> =>
  (await district[owner].ask(submitIssue, { body: { enterpriseId: enterpriseOf[owner], category: 'facilities', subcategory: 'roads', tier: 'A', title: '园区道路破损', description: `${owner}反映园区道路破损。`, ...but } })).body.issueId

const read = async (issueId: string) => (await district.supervisor.ask(getIssue, { params: { issueId } })).body
const on = async (issueId: string, body: object = {}) => ({ params: { issueId }, ifMatch: (await district.supervisor.ask(getIssue, { params: { issueId } })).etag, body })
const eventsOf = async (issueId: string) => (await district.supervisor.ask(getTimeline, { params: { issueId } })).body.items.map(({ event }) => event)
const mailsTo = async (to: string, issueId: string) => (await district.mail({ to })).filter(({ subject }) => subject.includes(issueId))
const contactOf = (owner: Owner): string => `contact-${owner}@example.com`

/** Two of one department's issues, of two enterprises, the second merged into the first. */
const merged = async () => {
  const [target, issue] = [await submit('officer'), await submit('colleague')]
  await district.handler.ask(acceptIssue, await on(target))
  const { body } = await district.supervisor.ask(mergeIssue, await on(issue, { intoIssueId: target, reason: '反映同一路段。' }))
  return { target, issue, body }
}

const linkIn = async (owner: Owner, issueId: string): Promise<string> => {
  const path = /\/p\/[\w-]{43}\/issues\/[\d-]+/.exec((await mailsTo(contactOf(owner), issueId)).at(-1)?.text ?? '')?.[0]
  if (path === undefined) throw new Error(`no link to ${issueId} was mailed`)
  return path
}
const pageOf = async (owner: Owner, issueId: string): Promise<string> => (await fetch(district.url + (await linkIn(owner, issueId)))).text()
const send = async (owner: Owner, issueId: string, form: string, fields: Record<string, string>) =>
  (await fetch(`${district.url}${await linkIn(owner, issueId)}/${form}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })).status
const rate = async (owner: Owner, issueId: string, rating: string) => {
  const resolution = /name="resolution" value="(\d+)"/.exec(await pageOf(owner, issueId))?.[1] ?? ''
  return send(owner, issueId, 'rating', { rating, resolution })
}

describe('an issue that is merged into another', () => {
  it('stands still there, and everybody concerned is told', async () => {
    const { target, issue, body } = await merged()
    expect(body).toMatchObject({ status: 'merged', mergedInto: target, overdue: false, followers: [] })
    expect(body.nextActionAt).toBeUndefined()
    expect(await read(target)).toMatchObject({ status: 'accepted', followers: [issue] })
    expect((await eventsOf(issue)).at(-1)).toBe('merged')
    expect((await eventsOf(target)).at(-1)).toBe('joined')
    for (const to of [addressOf('colleague'), contactOf('colleague'), addressOf('handler')]) expect((await mailsTo(to, issue)).map(({ kind }) => kind), to).toContain('issue-moved')
    expect((await district.supervisor.ask(listIssues, { query: { status: 'merged' } })).body.items.map(({ issueId }) => issueId)).toContain(issue)
  })

  it('shows its enterprise when the matter is due, and nothing of the other enterprise', async () => {
    const { target, issue } = await merged()
    const page = await pageOf('colleague', issue)
    expect(page).toContain('一并办理，将于2026年3月9日')
    for (const secret of [target, 'officer的企业', 'officer反映', '反映同一路段']) expect(page).not.toContain(secret)
  })

  it('is answered and resolved with it, and rated by its own enterprise', async () => {
    const { target, issue } = await merged()
    await district.handler.ask(replyToIssue, await on(target, { message: '本周开始修复。' }))
    // Of two mails to one reader, either may go out first.
    expect((await mailsTo(contactOf('colleague'), issue)).find(({ kind }) => kind === 'issue-replied')?.text).toContain('本周开始修复')
    await district.handler.ask(resolveIssue, await on(target, { message: '道路已修复。' }))
    expect([(await read(target)).status, (await read(target)).followers, (await read(issue)).status, (await read(issue)).mergedInto]).toEqual(['resolved', [], 'resolved', undefined])
    expect(await rate('officer', target, '5')).toBe(303)
    expect([(await read(target)).status, (await read(issue)).status]).toEqual(['closed', 'resolved'])
    expect(await rate('colleague', issue, '2')).toBe(303)
    expect(await read(issue)).toMatchObject({ status: 'accepted', level: 1, reopenings: 1 })
    expect(await eventsOf(issue)).toEqual(['dispatched', 'merged', 'replied', 'resolved', 'rated', 'reopened'])
    // Why the lead did not wait for another department is the other issue's affair.
    expect((await district.supervisor.ask(getTimeline, { params: { issueId: issue } })).body.items.find(({ event }) => event === 'resolved')).not.toHaveProperty('despite')
  })

  it('goes with it to another department', async () => {
    const { target, issue } = await merged()
    await district.handler.ask(transferIssue, await on(target, { departmentId: 'D-03', reason: '职责所在' }))
    expect(await read(issue)).toMatchObject({ status: 'merged', leadDepartmentId: 'D-03', responsibleDepartmentId: 'D-02' })
    // Whoever leads it by now has not accepted it.
    expect((await district['other-handler'].ask(separateIssue, await on(issue, { reason: '并非同一路段。' }))).body).toMatchObject({ status: 'dispatched', leadDepartmentId: 'D-03', responsibleDepartmentId: 'D-02' })
  })

  it('is accepted with it', async () => {
    const [target, issue] = [await submit('officer'), await submit('colleague')]
    await district.supervisor.ask(mergeIssue, await on(issue, { intoIssueId: target, reason: '反映同一路段。' }))
    expect((await read(issue)).acceptedAt).toBeUndefined()
    await district.handler.ask(acceptIssue, await on(target))
    expect(await read(issue)).toMatchObject({ status: 'merged', acceptedAt: expect.any(String) as string })
  })

  it('is worked on by itself again when the other is taken back', async () => {
    const { target, issue } = await merged()
    await district.handler.ask(replyToIssue, await on(target, { message: '本周开始修复。' }))
    expect(await send('officer', target, 'withdrawal', { confirmed: 'yes' })).toBe(303)
    expect([(await read(target)).status, (await read(issue)).status, (await eventsOf(issue)).at(-1)]).toEqual(['withdrawn', 'accepted', 'separated'])
  })

  it('leaves the other when its own enterprise takes it back', async () => {
    const { target, issue } = await merged()
    expect(await send('colleague', issue, 'information', { information: '坑洼处已积水。' })).toBe(303)
    expect(await send('colleague', issue, 'withdrawal', { confirmed: 'yes' })).toBe(303)
    expect([(await read(issue)).status, (await read(target)).followers, (await eventsOf(target)).at(-1)]).toEqual(['withdrawn', [], 'left'])
  })

  it('is separated by whoever leads it, or the campaign office', async () => {
    const { target, issue } = await merged()
    expect(await district['other-handler'].refused(separateIssue, await on(issue, { reason: '并非同一路段。' }))).toMatchObject({ status: 403 })
    const { body } = await district.handler.ask(separateIssue, await on(issue, { reason: '并非同一路段。' }))
    expect(body).toMatchObject({ status: 'accepted', deadlineVersion: 2, resolveBy: '2026-03-09T18:00:00+08:00' })
    expect((await read(target)).followers).toEqual([])
  })
})

describe('merging', () => {
  it('is the campaign office’s, so that nobody stops a clock of their own', async () => {
    const [target, issue] = [await submit('officer'), await submit('colleague')]
    for (const who of ['officer', 'handler', 'director'] as const)
      expect(await district[who].refused(mergeIssue, await on(issue, { intoIssueId: target, reason: '反映同一路段。' })), who).toMatchObject({ status: 403 })
  })

  it('leaves an issue that is late as late as it is', async () => {
    const issue = await submit('colleague')
    await district.callFor('escalation-sweep', '2026-03-10 09:00')
    const { body } = await district.supervisor.ask(mergeIssue, await on(issue, { intoIssueId: await submit('officer'), reason: '反映同一路段。' }))
    expect(body).toMatchObject({ status: 'merged', overdue: true, level: 1 })
    expect((await district.supervisor.ask(listIssues, { query: { overdue: 'true', status: 'merged' } })).body.items.map(({ issueId }) => issueId)).toContain(issue)
  })

  it.each([
    ['itself', (issue: string) => ({ into: issue, status: 422, code: 'merge-into-itself' })],
    ['an issue that is not there', () => ({ into: '2026-999999', status: 404, code: 'issue-not-found' })],
    ['an issue that is merged itself', async () => ({ into: (await merged()).issue, status: 409, code: 'merge-target-not-open' })],
  ])('into %s is refused', async (_, given) => {
    const issue = await submit('officer')
    const { into, status, code } = await given(issue)
    expect(await district.supervisor.refused(mergeIssue, await on(issue, { intoIssueId: into, reason: '反映同一路段。' }))).toMatchObject({ status, code })
  })

  it('is refused to an issue that others were merged into', async () => {
    const { target, issue } = await merged()
    expect(await district.supervisor.refused(mergeIssue, await on(target, { intoIssueId: await submit('officer'), reason: '反映同一路段。' }))).toMatchObject({ status: 409, code: 'has-followers', followers: [issue] })
  })

  it('of two into each other at once leaves one that is worked on', async () => {
    const pair = [await submit('officer'), await submit('colleague')] as const
    const asks = await Promise.all(pair.map(async (issue, at) => [issue, await on(issue, { intoIssueId: pair[1 - at], reason: '反映同一路段。' })] as const))
    await Promise.all(asks.map(([, ask]) => district.supervisor.try(mergeIssue, ask)))
    expect((await Promise.all(pair.map(read))).map(({ status }) => status).sort()).toEqual(['dispatched', 'merged'])
  })

  it('and resolving at once loses nobody', async () => {
    const [target, issue] = [await submit('officer'), await submit('colleague')]
    await district.handler.ask(acceptIssue, await on(target))
    const [merge, resolve] = [await on(issue, { intoIssueId: target, reason: '反映同一路段。' }), await on(target, { message: '道路已修复。' })]
    await Promise.all([district.supervisor.try(mergeIssue, merge), district.handler.try(resolveIssue, resolve)])
    const [one, other] = [await read(target), await read(issue)]
    expect(other.status === 'merged' ? one.followers : []).toEqual(other.status === 'merged' ? [issue] : [])
    expect(['resolved accepted', 'resolved dispatched', 'accepted merged', 'resolved resolved']).toContain(`${one.status} ${other.status}`)
  })
})
