import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptIssue, answerPiece, askForAssistance, askForPause, decideRequest, getDeadlines, getIssue, replyToIssue, resolveIssue, resumeIssue, submitIssue } from '../../../shared/contract/issues.ts'
import { putCalendar } from '../../../shared/contract/policy.ts'
import { shippedCalendar } from '../../../shared/calendar/working-day.ts'
import { addressOf, enterpriseOf, foundDistrict, type District } from './district.ts'
import { startWorld } from './world.ts'

let district: District
/** Monday 2026-03-02, ten in the morning. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
})
afterAll(() => district.close())

const wanted = '请就管线迁改出具意见'

const on = async (issueId: string, body: object = {}) => ({ params: { issueId }, ifMatch: (await district.supervisor.ask(getIssue, { params: { issueId } })).etag, body })

/** An issue that the officer's department leads, and has asked the other one for a piece of. */
const asked = async (): Promise<string> => {
  const { body } = await district.officer.ask(submitIssue, { body: { enterpriseId: enterpriseOf.officer, category: 'facilities', subcategory: 'roads', tier: 'B', title: '门前道路未接通', description: '尚未接通。' } })
  await district.handler.ask(acceptIssue, await on(body.issueId))
  await district.handler.ask(askForAssistance, await on(body.issueId, { departmentId: 'D-03', message: wanted }))
  return body.issueId
}

const onPiece = async (issueId: string, body: object) => ({ ...(await on(issueId, body)), params: { issueId, piece: '1' } })
const piecesOf = async (issueId: string) => (await district['other-handler'].ask(getDeadlines, { params: { issueId } })).body.pieces

const pauseNow = async (issueId: string): Promise<void> => {
  await district.handler.ask(askForPause, await on(issueId, { waitingFor: 'enterprise', reason: '待企业确认位置' }))
  await district.director.ask(decideRequest, await on(issueId, { decision: 'approved' }))
}

describe('the deadline of a piece', () => {
  it('is explained like the issue’s own: by working days, and by the pause that moved it', async () => {
    const issueId = await asked()
    expect(await piecesOf(issueId)).toMatchObject([
      { piece: 1, departmentId: 'D-03', startsOn: '2026-03-02', workingDays: 3, by: '2026-03-05T18:00:00+08:00', provisional: false, pauses: [], explanation: '协办时限3个工作日：3月2日（周一）商请当日不计，截止3月5日（周四）18:00。' },
    ])
    await pauseNow(issueId)
    district.leap('2026-03-04 10:00')
    await district.handler.ask(resumeIssue, await on(issueId))
    const [piece] = await piecesOf(issueId)
    expect(piece?.steps.map(({ date, day }) => [date, day])).toEqual([['2026-03-02', 0], ['2026-03-03', 1], ['2026-03-04', 2], ['2026-03-05', 3]])
    expect(piece).toMatchObject({ by: '2026-03-09T18:00:00+08:00', pauses: [{ from: '2026-03-02T10:00:00+08:00', until: '2026-03-04T10:00:00+08:00', by: '2026-03-09T18:00:00+08:00' }] })
    expect(piece?.explanation).toContain('3月2日（周一）10:00至3月4日（周三）10:00暂停计时，截止时间顺延至3月9日（周一）18:00')
  })

  it('that was met is explained by the days it was reckoned with, whatever has come since', async () => {
    const issueId = await asked()
    const [before] = await piecesOf(issueId)
    await district['other-handler'].ask(answerPiece, await onPiece(issueId, { message: '同意迁改' }))
    const { holidays = {}, makeUpDays = {} } = shippedCalendar.noticeOf(2026) ?? {}
    await district.supervisor.ask(putCalendar, { params: { year: '2026' }, body: { holidays: { ...holidays, '2026-03-05': '临时放假' }, makeUpDays } })
    const { items, pieces } = (await district.handler.ask(getDeadlines, { params: { issueId } })).body
    expect(items.map(({ steps }) => steps.some(({ date, working }) => date === '2026-03-05' && !working))).toContain(true)
    expect(pieces).toMatchObject([{ by: before?.by, steps: before?.steps, explanation: before?.explanation, doneAt: '2026-03-04T10:00:00+08:00' }])
  })
})

describe('a piece that nobody waits for any more', () => {
  const told = async (issueId: string) =>
    Promise.all((['other-handler', 'other-director', 'handler', 'officer'] as const).map(async name => (await district.mail({ to: addressOf(name), kind: 'assist-dropped' })).filter(({ subject }) => subject.includes(issueId))))

  it('is told at once to who was asked for it, with the reason of the lead that resolves over it', async () => {
    const issueId = await asked()
    await district.handler.ask(resolveIssue, await on(issueId, { message: '道路已接通。', despite: '已改线，无须迁改' }))
    const mails = await told(issueId)
    expect(mails.map(each => each.length)).toEqual([1, 1, 0, 0])
    for (const words of [wanted, '已改线，无须迁改', '规划建设局已于']) expect(mails[0]?.[0]?.text.replaceAll('\n', '')).toContain(words)
  })

  it('is told when the enterprise takes the issue back, whose clocks stand still: no deadline has moved by that', async () => {
    const issueId = await asked()
    await district.handler.ask(replyToIssue, await on(issueId, { message: '正在办理。' }))
    const mails = (await district.mail({ to: 'contact-officer@example.com', kind: 'issue-replied' })).filter(({ subject }) => subject.includes(issueId))
    const path = /\/p\/[\w-]{43}\/issues\/[\d-]+/.exec(mails.at(-1)?.text ?? '')?.[0] ?? expect.fail('no link was mailed')
    await pauseNow(issueId)
    const { items, pieces } = (await district.handler.ask(getDeadlines, { params: { issueId } })).body
    district.leap('2026-03-06 10:00')
    await fetch(`${district.url}${path}/withdrawal`, { method: 'POST', body: new URLSearchParams({ confirmed: 'yes', reason: '已自行解决' }), redirect: 'manual' })
    const dropped = await told(issueId)
    expect(dropped.map(each => each.length)).toEqual([1, 1, 0, 0])
    expect(dropped[0]?.[0]?.text).toContain('已自行解决')
    const explained = ({ by, pauses, explanation }: { by: string; pauses: readonly object[]; explanation: string }) => ({ by, pauses, explanation })
    const after = (await district.handler.ask(getDeadlines, { params: { issueId } })).body
    expect([...after.items, ...after.pieces].map(explained)).toEqual([...items, ...pieces].map(explained))
  })
})
