import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { acceptIssue, getIssue, getTimeline, listIssues, replyToIssue, submitIssue } from '../../../shared/contract/issues.ts'
import type { Operation } from '../../../shared/contract/operation.ts'
import { getQuota, listVisits, recordVisit } from '../../../shared/contract/visits.ts'
import type { Ask, Client, Given } from './client.ts'
import { addressOf, enterpriseOf, foundDistrict, idOf, type District, type Name } from './district.ts'
import { pagesOf } from './pages.ts'
import { startWorld } from './world.ts'

let district: District
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
})
afterAll(() => district.close())
afterEach(async () => {
  await district.clearFaults()
})

let serial = 0
const aKey = (): string => `key-${(serial += 1)}`

/** What a client does that has been told to: the same request with the same key, until it is done. */
const untilDone = async <O extends Operation>(client: Client, op: O, ask: Ask): Promise<Given<O>> => {
  for (let tries = 1; tries <= 5; tries++) {
    const outcome = await client.try(op, ask)
    if ('given' in outcome) return outcome.given
    expect(outcome.refusal).toMatchObject({ status: 503, code: 'busy' })
  }
  throw new Error(`${op.id} was never done`)
}

const issue = (title: string) => ({ enterpriseId: enterpriseOf.officer, category: 'facilities', subcategory: 'roads', tier: 'A', title, description: '道路不通' })
const submit = (title = '道路') => district.officer.ask(submitIssue, { body: issue(title) })
const countIssues = async (): Promise<number> => (await pagesOf(district.supervisor, listIssues, {}, 200)).length
const eventsOf = async (issueId: string): Promise<string[]> => (await district.supervisor.ask(getTimeline, { params: { issueId } })).body.items.map(({ event }) => event)
const nameOf = (address: string): string => address.split('@')[0] ?? ''
/** Who got what about an issue, as `issue-dispatched handler`. */
const mailsAbout = async (issueId: string): Promise<string[]> =>
  (await district.mail()).filter(({ subject }) => subject.includes(issueId)).map(({ kind, to, headers }) => [kind, ...to.map(nameOf), ...('x-qinshang-repeated' in headers ? ['repeated'] : [])].join(' ')).sort()
const dispatched = ['issue-dispatched director', 'issue-dispatched handler']

/** Minutes of the day, from ten in the morning. */
const time = { minutes: 10 * 60 }
const clockAt = (minutes: number): string => {
  const two = (value: number) => String(value).padStart(2, '0')
  return `2026-03-02 ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
/** On to the next quarter of an hour, when the reconciler runs. */
const nextQuarter = async (quarters = 1): Promise<void> => {
  time.minutes += 15 * quarters
  await district.clock(clockAt(time.minutes))
}

/** Calls to the table by what they mention; the SDK tries each five times, so five faults reach the client. */
type Call = readonly [name: string, match: string, operation?: string]
const commit: Call = ['the commit', 'REQUEST#', 'TransactWriteItems']
const kinds = [['throttle', 1], ['timeout-before', 5], ['unavailable', 1]] as const
const commitKinds = [['throttle', 1], ['timeout-before', 5], ['timeout-after', 1], ['timeout-after', 5], ['conflict', 3], ['unavailable', 5]] as const

const faultsOn = (calls: readonly Call[]) =>
  [...calls.flatMap(call => kinds.map(kind => [...kind, call] as const)), ...commitKinds.map(kind => [...kind, commit] as const)].map(
    ([fault, count, [name, match, operation]]) => ({ name: `${name} meets ${fault} ${count} times`, fault: { target: 'table', fault, count, match, ...(operation === undefined ? {} : { operation }) } as const }),
  )

describe('a submitted issue', () => {
  it('is done as soon as the client tries again after the table has failed as often as the SDK tries', async () => {
    const before = await countIssues()
    await district.faults({ target: 'table', fault: 'unavailable', count: 5, operation: 'TransactWriteItems', match: 'REQUEST#' })
    const ask = { body: issue('重试'), key: aKey() }
    expect(await district.officer.refused(submitIssue, ask)).toMatchObject({ status: 503, code: 'busy' })
    expect(await countIssues()).toBe(before)
    const { body, replayed } = await district.officer.ask(submitIssue, ask)
    expect([replayed, await mailsAbout(body.issueId)]).toEqual([false, dispatched])
  })

  const calls: Call[] = [
    ['reading who calls', 'EMAIL#officer'], ['reading what the decision needs', 'COUNTER#ISSUES'], ['reading the pairings', 'PAIRING#', 'Query'], ['reading the staff', 'STAFF#', 'Query'], ['reading the supervisors', 'SUPERVISORS', 'Query'],
  ]

  it.each(faultsOn(calls))('is there once, in timeline and mail too, when $name', async ({ name, fault }) => {
    const before = await countIssues()
    await district.faults(fault)
    const { body } = await untilDone(district.officer, submitIssue, { body: issue(name), key: aKey() })
    expect(await district.clearFaults()).toBe(0)
    expect(await countIssues()).toBe(before + 1)
    expect(await eventsOf(body.issueId)).toEqual(['dispatched'])
    expect(await mailsAbout(body.issueId)).toEqual(dispatched)
  })

  it('is numbered without a gap after all of that', async () => {
    const numbers = (await pagesOf(district.supervisor, listIssues, {}, 200)).map(({ number }) => Number(number.slice(5)))
    expect(numbers.sort((one, other) => one - other)).toEqual(numbers.map((_, at) => at + 1))
  })
})

describe('a command', () => {
  const calls: Call[] = [['reading who calls', 'EMAIL#handler'], ['reading the issue', 'ISSUE#', 'BatchGetItem']]

  it.each(faultsOn(calls))('is done once when $name', async ({ fault }) => {
    const { body, etag } = await submit()
    const accepted = await district.handler.ask(acceptIssue, { params: { issueId: body.issueId }, ifMatch: etag })
    await district.mail()
    await district.faults(fault)
    const replied = await untilDone(district.handler, replyToIssue, { params: { issueId: body.issueId }, ifMatch: accepted.etag, body: { message: '办理中' }, key: aKey() })
    expect(await district.clearFaults()).toBe(0)
    expect(replied.etag).toBe('"3"')
    expect(await eventsOf(body.issueId)).toEqual(['dispatched', 'accepted', 'replied'])
    expect(await mailsAbout(body.issueId)).toEqual([...dispatched, 'issue-replied contact-officer', 'issue-replied officer'])
  })
})

describe('a visit that raises issues', () => {
  it.each(commitKinds)('is there once, and they with it, when the commit meets %s %i times', async (fault, count) => {
    const before = await countIssues()
    await district.faults({ target: 'table', fault, count, operation: 'TransactWriteItems', match: 'VISITS#' })
    const issues = ['道路', '用水'].map(title => ({ category: 'facilities', subcategory: 'roads', tier: 'A', title, description: '不通' }))
    const { body } = await untilDone(district.officer, recordVisit, { body: { enterpriseId: enterpriseOf.officer, visitedOn: '2026-03-02', mode: 'phone', summary: '走访', issues }, key: aKey() })
    expect(await countIssues()).toBe(before + 2)
    for (const { issueId } of body.issues ?? []) expect([await eventsOf(issueId), await mailsAbout(issueId)]).toEqual([['dispatched'], dispatched])
  })
})

describe('a visit', () => {
  it.each(commitKinds)('is counted once when the commit meets %s %i times', async (fault, count) => {
    const before = await pagesOf(district.stranger, listVisits, { month: '2026-03' }, 200)
    await district.faults({ target: 'table', fault, count, operation: 'TransactWriteItems', match: 'VISITS#' })
    await untilDone(district.stranger, recordVisit, { body: { enterpriseId: enterpriseOf.stranger, visitedOn: '2026-03-02', mode: 'onsite', summary: '走访' }, key: aKey() })
    const visits = await pagesOf(district.stranger, listVisits, { month: '2026-03' }, 200)
    expect(visits).toHaveLength(before.length + 1)
    expect((await district.stranger.ask(getQuota, { query: { month: '2026-03' } })).body.items).toMatchObject([{ counted: visits.filter(({ counted }) => counted).length }])
  })
})

/** What becomes of the mail to the handler when the mail service does this to it, each time the reconciler comes. */
describe('the mail to the handler', () => {
  const told = 'issue-dispatched handler'
  const director = 'issue-dispatched director'
  it.each<[string, 'throttle' | 'unavailable' | 'timeout-before' | 'timeout-after' | 'refuse', number, string[], string[]]>([
    ['waits when it is throttled, and then goes out', 'throttle', 1, [director], [director, told]],
    ['waits as long as the service is down', 'unavailable', 4, [director], [director, told]],
    ['is sent again, and says so, when nobody knows whether it was taken', 'timeout-before', 1, [director], [director, `${told} repeated`]],
    ['comes twice at most, the second marked, when it was taken and the answer lost', 'timeout-after', 1, [director, told], [director, told, `${told} repeated`]],
    ['is not sent a third time, but reported to the director', 'timeout-after', 2, [director, told], [director, told, `${told} repeated`, 'mail-undeliverable director']],
    ['is reported to the director when the address is refused', 'refuse', 1, [director, 'mail-undeliverable director'], [director, 'mail-undeliverable director']],
  ])('%s', async (_, fault, count, atOnce, inTheEnd) => {
    await district.faults({ target: 'mail', fault, count, match: addressOf('handler') })
    const { body } = await submit()
    expect(await mailsAbout(body.issueId)).toEqual([...atOnce].sort())
    await nextQuarter(count + 1)
    expect(await mailsAbout(body.issueId)).toEqual([...inTheEnd].sort())
    expect(await district.clearFaults()).toBe(0)
    await nextQuarter(2)
    expect(await mailsAbout(body.issueId)).toEqual([...inTheEnd].sort())
  })
})

describe('an address that is refused', () => {
  /** Whose mail comes back, and who hears of it. */
  it.each<[string, readonly Name[], string]>([
    ['a handler’s to the director', ['handler'], 'mail-undeliverable director'],
    ['a director’s to the supervisor', ['director'], 'mail-undeliverable supervisor'],
    ['a director’s, and then a supervisor’s, to the administrator', ['director', 'supervisor'], 'mail-undeliverable admin'],
  ])('is reported: %s', async (_, refused, report) => {
    for (const name of refused) await district.faults({ target: 'mail', fault: 'refuse', count: 10, match: addressOf(name) })
    const { body } = await submit()
    const mails = await mailsAbout(body.issueId)
    expect(mails).toContain(report)
    for (const name of refused) expect(mails.join()).not.toContain(`dispatched ${name}`)
  })

  it('of an enterprise is reported to the officer who visits it', async () => {
    await district.faults({ target: 'mail', fault: 'refuse', match: 'contact-officer@' })
    const { body, etag } = await submit()
    const params = { issueId: body.issueId }
    const accepted = await district.handler.ask(acceptIssue, { params, ifMatch: etag })
    await district.handler.ask(replyToIssue, { params, ifMatch: accepted.etag, body: { message: '办理中' } })
    expect(await mailsAbout(body.issueId)).toEqual([...dispatched, 'issue-replied officer', 'mail-undeliverable officer'])
  })
})

describe('mail that waits', () => {
  it('for a service that was down for an hour all comes, once, though four reconcilers come at once', async () => {
    await district.faults({ target: 'mail', fault: 'throttle', count: 10_000 })
    const issues = await Promise.all(Array.from({ length: 8 }, (_, at) => submit(`停机${at}`)))
    await nextQuarter(4)
    expect((await district.mail()).filter(({ subject }) => subject.includes('停机'))).toEqual([])
    await district.clearFaults()
    const soon = clockAt(time.minutes + 5)
    await Promise.all(Array.from({ length: 4 }, () => district.callFor('outbox-reconciler', soon)))
    for (const { body } of issues) expect(await mailsAbout(body.issueId)).toEqual(dispatched)
    await nextQuarter()
    for (const { body } of issues) expect(await mailsAbout(body.issueId)).toEqual(dispatched)
  })
})

describe('a mail whose record is written although the answer is lost', () => {
  it.each(['sending', 'sent'])('is sent once, and at once, when that says it is %s', async status => {
    await district.faults({ target: 'table', fault: 'timeout-after', operation: 'PutItem', match: `"${status}"` })
    const { body } = await submit()
    expect(await mailsAbout(body.issueId)).toEqual(dispatched)
    expect(await district.clearFaults()).toBe(0)
    await nextQuarter(2)
    expect(await mailsAbout(body.issueId)).toEqual(dispatched)
  })
})

describe('a batch of the stream that comes twice', () => {
  it('because its mails could not be read sends each of them once', async () => {
    const { body } = await submit()
    await district.mail()
    const next = `2026-${String(Number(body.number.slice(5)) + 1).padStart(6, '0')}`
    const match = `OUTBOX#${next}/issue-dispatched/1/officer:${idOf('handler')}`
    for (const operation of ['GetItem', 'BatchGetItem']) await district.faults({ target: 'table', fault: 'timeout-before', count: 5, operation, match })
    expect((await submit()).body.number).toBe(next)
    expect(await mailsAbout(next)).toEqual(dispatched)
    // Whether they are read alone or together is the product's affair.
    expect(await district.clearFaults()).toBeLessThan(2)
  })

  it('because it could not be written down that one of them was sent sends none of them again', async () => {
    await district.faults({ target: 'table', fault: 'refuse', operation: 'PutItem', match: '"sent"' })
    const { body } = await submit()
    expect(await mailsAbout(body.issueId)).toEqual(dispatched)
    expect(await district.clearFaults()).toBe(0)
  })
})

describe('a sweep', () => {
  it('raises each issue’s level once all the same, whatever its commit meets', async () => {
    await district.close()
    district = await foundDistrict(await startWorld('2026-03-02 10:00'))
    const met = [['throttle', 1], ['throttle', 5], ['timeout-before', 5], ['timeout-after', 5], ['unavailable', 5], ['conflict', 4]] as const
    const issues = await Promise.all(met.map(async ([fault, count]) => ({ fault, count, ...(await submit(`督办遇${fault}`)).body })))
    for (const { fault, count, issueId } of issues)
      await district.faults({ target: 'table', fault, count, operation: 'TransactWriteItems', match: `ISSUE#${issueId}` })
    // What cannot be committed now is left to the retry of the schedule, or to the next sweep.
    await district.callFor('escalation-sweep', '2026-03-04 09:00').catch(() => undefined)
    expect(await district.clearFaults()).toBe(0)
    await district.callFor('escalation-sweep', '2026-03-04 09:00')
    await district.callFor('escalation-sweep', '2026-03-04 09:15')
    for (const { fault, issueId } of issues) {
      expect(await eventsOf(issueId), fault).toEqual(['dispatched', 'escalated'])
      expect(await mailsAbout(issueId), fault).toEqual([...dispatched, 'issue-escalated handler'])
      expect((await district.officer.ask(getIssue, { params: { issueId } })).body.level).toBe(1)
    }
  })
})
