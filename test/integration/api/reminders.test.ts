import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acknowledgeIssue, getIssue, getTimeline, submitIssue } from '../../../shared/contract/issues.ts'
import { putPolicy } from '../../../shared/contract/policy.ts'
import { recordVisit } from '../../../shared/contract/visits.ts'
import { dayAfter, isWorked } from '../../mothers/working-days.ts'
import { aPolicy } from '../../mothers/policy.ts'
import { addressOf, enterpriseOf, foundDistrict, type District, type Name } from './district.ts'
import { startWorld, type Mail } from './world.ts'

let district: District
/** Whose clocks nobody minds, and whose first level somebody signs for. */
let neglected = ''
let signedFor = ''

/** From Friday 2026-03-13 the month goes by; the tests follow one another as its days do. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-13 16:00'))
  await district.supervisor.ask(putPolicy, { body: aPolicy({ leadingGroup: ['leader@district.example'] }) })
  neglected = await submit('无人理会')
  signedFor = await submit('有人签收')
  for (const day of ['2026-03-12', '2026-03-13']) await visit('colleague', day)
  await visit('officer', '2026-03-13')
})
afterAll(() => district.close())

const submit = async (title: string): Promise<string> => {
  const body = { enterpriseId: enterpriseOf.officer, category: 'facilities', subcategory: 'roads', tier: 'A', title, description: '道路不通' }
  return (await district.officer.ask(submitIssue, { body })).body.issueId
}
const visit = (name: 'officer' | 'colleague' | 'stranger', visitedOn: string) =>
  district[name].ask(recordVisit, { body: { enterpriseId: enterpriseOf[name], visitedOn, mode: 'onsite', summary: '走访' } })

/** What falls due on a day, of all the runs: the first and the last ones that could send mail, one between them and one after hours. */
const runsOfADay = [
  ['quota-reminder', '09:00'], ['escalation-sweep', '09:00'], ['escalation-sweep', '13:15'], ['escalation-sweep', '17:45'], ['escalation-sweep', '20:00'],
] as const
/** Up to here the schedules have run by the clock. */
let lived = '2026-03-16 10:00'
/** The days go by, those of rest too. */
const liveUntil = async (local: string): Promise<void> => {
  for (let day = lived.slice(0, 10); day <= local.slice(0, 10); day = dayAfter(day))
    for (const [schedule, time] of runsOfADay) if (`${day} ${time}` > lived && `${day} ${time}` <= local) await district.callFor(schedule, `${day} ${time}`)
  district.leap(local)
  lived = local
}

/** What clocks in China show, as `03-16 09:00`. */
const shown = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ')
const nameOf = (address: string): string => address.split('@')[0] ?? ''
const brief = ({ at, kind, to, cc }: Mail): string => [shown(at), kind, to.map(nameOf).join(' '), ...(cc.length === 0 ? [] : [`cc ${cc.map(nameOf).join(' ')}`])].join(', ')

const digests = async (): Promise<string[]> => (await district.mail()).filter(({ kind }) => kind.startsWith('quota-')).map(brief).sort()
const about = async (issueId: string): Promise<string[]> =>
  (await district.mail()).filter(({ subject, kind }) => subject.includes(issueId) && ['issue-warning', 'issue-escalated'].includes(kind)).map(brief).sort()
const digestTo = async (name: Name, kind: string): Promise<Mail> => {
  const [mail] = await district.mail({ to: addressOf(name), kind })
  if (mail === undefined) throw new Error(`no ${kind} to ${name}`)
  return mail
}

describe('Monday 16 March, the working day after the 15th', () => {
  it('sends nothing before nine', async () => {
    await district.clock('2026-03-16 08:59')
    expect(await digests()).toEqual([])
  })

  it('nudges once, though the schedule is run four times at once', async () => {
    // A transaction that has hold of the mail may come to nothing; the schedule's retry plans it then.
    await district.faults({ target: 'table', fault: 'conflict', operation: 'PutItem', match: 'quota-nudge' })
    await district.callFor('quota-reminder', '2026-03-16 09:00').catch(() => undefined)
    expect(await district.clearFaults()).toBe(0)
    await Promise.all(Array.from({ length: 4 }, () => district.callFor('quota-reminder', '2026-03-16 09:00')))
    await district.clock('2026-03-16 10:00')
    await district.run('quota-reminder')
    expect(await digests()).toEqual(['03-16 09:00, quota-nudge, officer', '03-16 09:00, quota-nudge, stranger'])
  })

  it('speaks of the enterprises nobody has been to', async () => {
    const { text, subject } = await digestTo('officer', 'quota-nudge')
    expect(text).toContain('second的企业')
    expect(text).not.toContain('officer的企业')
    expect(subject).toMatch(/走访/)
  })
})

describe('the days until the deadline', () => {
  it('raise the missed acceptance and reply to level 1, and warn a day before the end', async () => {
    await liveUntil('2026-03-20 18:00')
    const expected = ['03-17 09:00, issue-escalated, handler', '03-18 09:00, issue-escalated, handler', '03-19 09:00, issue-warning, handler']
    expect(await about(neglected)).toEqual(expected)
    expect(await about(signedFor)).toEqual(expected)
  })
})

describe('the first level', () => {
  it('is reached once, whatever number of sweeps come at once and again', async () => {
    await liveUntil('2026-03-23 08:55')
    await Promise.all(Array.from({ length: 4 }, () => district.callFor('escalation-sweep', '2026-03-23 09:00')))
    await district.callFor('escalation-sweep', '2026-03-23 09:00')
    await liveUntil('2026-03-23 10:00')
    const before = (await district.mail()).length
    await district.run('escalation-sweep')
    expect(await district.mail()).toHaveLength(before)
    const { items } = (await district.supervisor.ask(getTimeline, { params: { issueId: neglected } })).body
    expect(items.flatMap(event => (event.event === 'escalated' ? [`${event.clock} ${event.level}`] : []))).toEqual(['accept 1', 'reply 1', 'resolve 1'])
    expect((await about(neglected)).slice(3)).toEqual(['03-23 09:00, issue-escalated, handler'])
  })

  it('is signed for once', async () => {
    const params = { issueId: signedFor }
    await liveUntil('2026-03-24 10:00')
    const { etag } = await district.handler.ask(getIssue, { params })
    const signed = await district.handler.ask(acknowledgeIssue, { params, ifMatch: etag })
    expect(signed.body).toMatchObject({ level: 1, awaitsAcknowledgement: false })
    expect(await district.handler.refused(acknowledgeIssue, { params, ifMatch: signed.etag })).toMatchObject({ status: 409, code: 'nothing-to-acknowledge' })
  })
})

describe('Wednesday 25 March, with five working days left', () => {
  it('reminds each who is behind with one digest of all enterprises', async () => {
    await liveUntil('2026-03-25 18:00')
    expect((await digests()).slice(2)).toEqual(['03-25 09:00, quota-reminder, officer', '03-25 09:00, quota-reminder, stranger'])
    const { text } = await digestTo('officer', 'quota-reminder')
    for (const enterprise of ['officer的企业', 'second的企业']) expect(text).toContain(enterprise)
  })
})

describe('the last working day', () => {
  it('calls those who are still behind, with a copy to their director', async () => {
    await liveUntil('2026-03-27 17:00')
    for (const day of ['2026-03-26', '2026-03-27']) await visit('stranger', day)
    await liveUntil('2026-03-31 18:00')
    expect((await digests()).slice(4)).toEqual(['03-31 09:00, quota-last-call, officer, cc director'])
  })
})

describe('the first working day of the next month', () => {
  it('reports what was missed to the director concerned and to the supervisor', async () => {
    await liveUntil('2026-04-01 18:00')
    expect((await digests()).slice(5)).toEqual(['04-01 09:00, quota-missed, director', '04-01 09:00, quota-missed, supervisor'])
    const { text } = await digestTo('supervisor', 'quota-missed')
    for (const words of ['示例officer', 'officer的企业', 'second的企业']) expect(text).toContain(words)
    expect(text).not.toContain('stranger的企业')
  })
})

describe('the ladder', () => {
  it('climbs level by level; signing holds the next for two working days, and then it goes on', async () => {
    await liveUntil('2026-04-02 09:30')
    expect((await about(neglected)).slice(4)).toEqual([
      '03-26 09:00, issue-escalated, director', '03-26 09:00, issue-escalated, handler',
      '04-02 09:00, issue-escalated, director', '04-02 09:00, issue-escalated, leader',
    ])
    expect((await about(signedFor)).slice(4)).toEqual(['03-30 09:00, issue-escalated, director', '03-30 09:00, issue-escalated, handler'])
    expect((await district.officer.ask(getIssue, { params: { issueId: neglected } })).body).toMatchObject({ level: 3, status: 'dispatched', overdue: true })
  })

  it('ends at level 3', async () => {
    const { body } = await district.officer.ask(getIssue, { params: { issueId: neglected } })
    expect(body).not.toHaveProperty('nextActionAt')
  })
})

describe('scheduled mail', () => {
  it('has gone out in working hours only', async () => {
    const scheduled = (await district.mail()).filter(({ kind }) => kind.startsWith('quota-') || ['issue-warning', 'issue-escalated'].includes(kind))
    for (const { at, subject } of scheduled) {
      const [day = '', time = ''] = shown(at).split(' ')
      expect(isWorked(`2026-${day}`) && time >= '09:00' && time < '18:00', `${shown(at)} ${subject}`).toBe(true)
    }
    expect(scheduled.length).toBeGreaterThan(15)
  })
})
