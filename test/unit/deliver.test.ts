import { expect, test, vi } from 'vitest'
import { decisionWrites } from '../../functions/adapters/issue-store.ts'
import { unreachedOf } from '../../functions/adapters/contact-store.ts'
import { tagOfMailId, type Sent } from '../../functions/adapters/mail-transport.ts'
import { outboxItem, outboxKey, outboxQueries, planWrites, type OutboxMail } from '../../functions/adapters/outbox-store.ts'
import { enterpriseItem, enterpriseKey, identityKey, officerKey, officerWrites } from '../../functions/adapters/roster-store.ts'
import { enterpriseBehind, enterpriseWrites } from '../../functions/adapters/link-store.ts'
import { opened } from '../../functions/adapters/stored.ts'
import { transactionLimit, type Table } from '../../functions/adapters/table.ts'
import { traceOfAddress } from '../../functions/adapters/trace.ts'
import { receiveFeedback, type FeedbackOutcome } from '../../functions/mail-feedback/handler.ts'
import { mailTag } from '../../shared/contract/functions.ts'
import { reportingWrites, sendingWrites } from '../../shared/contract/table.ts'
import { deliver, type Delivery, type DeliveryDependencies } from '../../functions/outbox/deliver.ts'
import { factsReader, type FactsReader } from '../../functions/outbox/facts.ts'
import { reportUndeliverable } from '../../functions/outbox/undeliverable.ts'
import { reconcile } from '../../functions/outbox-reconciler/handler.ts'
import { planCopied, planFor, planMail, type PlannedMail, type UndeliverableReason } from '../../shared/mail/notice.ts'
import type { Officer } from '../../shared/roster/roster.ts'
import { anEnterprise } from '../mothers/enterprise.ts'
import { dispatch } from '../mothers/issue.ts'
import { at } from '../mothers/moment.ts'
import { anOfficer } from '../mothers/officer.ts'
import { aStaff } from '../mothers/staff.ts'
import { limitedTo } from '../simulation/limited-table.ts'
import { MemoryTable } from '../simulation/memory-table.ts'
import { letterSamples } from './letter-samples.ts'

const officer = anOfficer({ officerId: '1001', email: 'officer@example.org' })
const director = anOfficer({ officerId: '2001', email: 'director@example.org', roles: ['director'] })
const supervisor = anOfficer({ officerId: '3001', email: 'supervisor@example.org', roles: ['supervisor'] })
const mail = planMail({ kind: 'quota-last-call', month: '2016-08', officerId: '1001' }, 'officer:1001', 'scheduled', ['officer:2001'])
/** More than share any one mail. */
const crowd = Array.from({ length: 120 }, (_, nth) => String(5001 + nth))
const known = letterSamples('zh-CN')['quota-last-call'] ?? ((): never => { throw new Error('there is no such sample') })()

/** An outbox with one mail to the officer, copied to the director, and a mail service that answers as told. */
const outbox = async (answers: readonly Sent[], readerOf: (table: Table) => FactsReader = () => () => Promise.resolve({ facts: known })) => {
  const table = new MemoryTable()
  for (const person of [officer, director, supervisor]) await table.commit(officerWrites(person, undefined, undefined))
  await table.commit(planWrites([mail], 0))
  const rest = [...answers]
  const sentTo: string[] = []
  const delivery: DeliveryDependencies = {
    table: limitedTo({ writes: sendingWrites }, table),
    transport: {
      send: message => {
        sentTo.push([message.to, ...message.cc].join())
        const answer = rest.shift()
        return answer === undefined ? Promise.reject(new Error('nothing more was to be sent')) : Promise.resolve(answer)
      },
    },
    readFacts: readerOf(table),
    settings: { locale: 'zh-CN', timeZone: 'Asia/Shanghai', sender: 'assist@example.org', adminEmail: 'admin@example.org', publicUrl: 'https://assist.example.org' },
    randomToken: () => 'a-token',
    wallClock: () => 0,
  }
  const attempt = (mailId: string = mail.mailId): Promise<Delivery> => deliver(mailId, delivery)
  const reconcileAt = (now: number) => reconcile(now, { ...delivery, failed: () => undefined, undeliverable: () => undefined })
  const read = async (mailId: string = mail.mailId): Promise<OutboxMail | undefined> => {
    const item = await table.get(outboxKey(mailId))
    return item === undefined ? undefined : (opened('outbox', item) as OutboxMail)
  }
  const waiting = async (): Promise<string[]> => {
    const found: string[] = []
    for (const query of outboxQueries.unsettledAt(1)) for await (const item of table.query(query)) found.push((opened('outbox', item) as OutboxMail).mailId)
    return found.sort()
  }
  const leaves = async (person: Officer): Promise<void> => {
    const [before, identity] = await table.getAll([officerKey(person.officerId), identityKey(person.email)])
    await table.commit(officerWrites({ ...person, active: false }, before, identity))
  }
  const plan = (planned: PlannedMail): Promise<void> => table.commit(planWrites([planned], 0))
  const moves = async (person: Officer, email: string): Promise<void> => {
    const [before, identity, givenUp] = await table.getAll([officerKey(person.officerId), identityKey(email), identityKey(person.email)])
    await table.commit(officerWrites({ ...person, email }, before, identity, givenUp))
  }
  const bounce = (emailAddress: string, time = '1970-01-01T00:00:00Z'): Promise<FeedbackOutcome> =>
    receiveFeedback(
      { time, detail: { eventType: 'Bounce', mail: { tags: { [mailTag]: [tagOfMailId(mail.mailId) ?? ''] } }, bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress }] } } },
      { table: limitedTo({ writes: reportingWrites }, table), adminEmail: 'admin@example.org' },
    )
  return { table, delivery, attempt, reconcileAt, read, waiting, sentTo, leaves, moves, bounce, plan }
}

const taken = (...refused: string[]): Sent => ({ outcome: 'taken', serviceId: 'service-1', refused, deferred: [] })
const lost: Sent = { outcome: 'answer-lost', reason: 'ETIMEDOUT' }
const refused: Sent = { outcome: 'refused', reason: '550' }
const busy: Sent = { outcome: 'not-taken', reason: '451' }
const times = <T>(count: number, each: T): T[] => Array.from({ length: count }, () => each)
const report = (superior: string, recipient: string, reason: UndeliverableReason) =>
  planMail({ kind: 'mail-undeliverable', mailId: mail.mailId, recipient: `officer:${recipient}`, reason }, `officer:${superior}`, 'act')
const reportTo = (...of: Parameters<typeof report>) => report(...of).mailId

test('a mail that is taken is sent, once', async () => {
  const { attempt, read, waiting, sentTo } = await outbox([taken()])
  expect(await attempt()).toBe('sent')
  expect(await attempt()).toBe('elsewhere')
  expect(await read()).toMatchObject({ status: 'sent', serviceId: 'service-1', attempts: 1, lostAnswers: 0 })
  expect(await waiting()).toEqual([])
  expect(sentTo).toEqual(['officer@example.org,director@example.org'])
})

test('a relay that refuses one of several: the mail is sent, and that one is reported to the next level up', async () => {
  const officerRefused = await outbox([taken('officer@example.org')])
  expect(await officerRefused.attempt()).toBe('sent')
  expect(await officerRefused.read()).toMatchObject({ status: 'sent', remark: 'refused for 1 of its recipients' })
  expect(await officerRefused.waiting()).toEqual([reportTo('2001', '1001', 'refused')])
  expect(await unreachedOf(officerRefused.table, ['officer:1001', 'officer:2001'])).toEqual([{ address: traceOfAddress('officer@example.org'), reason: 'refused', since: 0 }, undefined])

  const copyRefused = await outbox([taken('director@example.org')])
  await copyRefused.attempt()
  expect(await copyRefused.waiting()).toEqual([reportTo('3001', '2001', 'refused')])
})

test('a refusal of all: each gets a mail of their own, and who is refused alone is reported', async () => {
  const { table, attempt, read, waiting, sentTo } = await outbox([refused, refused, taken()])
  expect(await attempt()).toBe('waiting')
  const [first = '', second = ''] = await waiting()
  expect(await attempt(first)).toBe('failed')
  expect(await attempt(second)).toBe('sent')
  expect(sentTo).toEqual(['officer@example.org,director@example.org', 'officer@example.org', 'director@example.org'])
  expect(await read()).toMatchObject({ status: 'failed', undeliverable: 'refused', remark: '550' })
  expect(await waiting()).toEqual([reportTo('2001', '1001', 'refused')])
  expect(await unreachedOf(table, ['officer:1001', 'officer:2001'])).toMatchObject([{ reason: 'refused' }, undefined])
})

test.each([
  ['planned for an audience', planFor({ kind: 'quota-missed', month: '2016-08', departmentId: 'D-01' }, ['directors'], aStaff({ directors: crowd }), 'act')],
  ['with copies', planCopied({ kind: 'quota-last-call', month: '2016-08', officerId: '4001' }, 'officer:4001', 'act', crowd.map(id => `officer:${id}` as const))],
])('a mail %s to as many as share one is parted within one transaction', async (_, mails) => {
  for (const shared of mails.filter(({ cc }) => cc.length > 0)) {
    const { table, attempt, waiting, plan } = await outbox([])
    const commit = vi.spyOn(table, 'commit')
    await plan(shared)
    // Nobody of the crowd is in the roster.
    expect(await attempt(shared.mailId)).toBe('waiting')
    expect((await waiting()).filter(mailId => mailId !== mail.mailId)).toHaveLength(1 + shared.cc.length)
    expect(commit.mock.lastCall?.[0]).toHaveLength(1 + shared.cc.length)
    expect(1 + shared.cc.length).toBeLessThanOrEqual(transactionLimit)
  }
})

test('one who has left does not keep the mail from the others', async () => {
  const { attempt, read, waiting, sentTo, leaves } = await outbox([taken()])
  await leaves(officer)
  expect(await attempt()).toBe('waiting')
  const [first = '', copy = ''] = await waiting()
  expect(await attempt(first)).toBe('failed')
  expect(await attempt(copy)).toBe('sent')
  expect(sentTo).toEqual(['director@example.org'])
  expect(await read()).toMatchObject({ status: 'failed', undeliverable: 'left-the-roster' })
  expect(await waiting()).toEqual([reportTo('2001', '1001', 'left-the-roster')])
})

test('mails parted from one whose answer was lost say that they may come twice', async () => {
  const left = await outbox([lost, taken()])
  await left.attempt()
  await left.leaves(officer)
  await left.attempt()
  const [, copy = ''] = await left.waiting()
  expect(await left.read(copy)).toMatchObject({ lostAnswers: 1 })
  const deferred = await outbox([lost, { outcome: 'taken', serviceId: 'service-1', refused: [], deferred: ['director@example.org'] }])
  await deferred.attempt()
  await deferred.attempt()
  const [putOff = ''] = await deferred.waiting()
  expect(await deferred.read(putOff)).toMatchObject({ status: 'planned', lostAnswers: 1 })
})

test('one the relay puts off among several gets a mail of their own', async () => {
  const { attempt, read, waiting, sentTo } = await outbox([{ outcome: 'taken', serviceId: 'service-1', refused: [], deferred: ['director@example.org'] }, taken()])
  expect(await attempt()).toBe('sent')
  expect(await read()).toMatchObject({ status: 'sent' })
  const [copy = ''] = await waiting()
  expect(await attempt(copy)).toBe('sent')
  expect(sentTo).toEqual(['officer@example.org,director@example.org', 'director@example.org'])
})

test('a report that a bounce has brought already is in nobody’s way', async () => {
  const { attempt, read, waiting, plan } = await outbox([taken('officer@example.org')])
  await plan(report('2001', '1001', 'refused'))
  expect(await attempt()).toBe('sent')
  expect(await read()).toMatchObject({ status: 'sent' })
  expect(await waiting()).toEqual([reportTo('2001', '1001', 'refused')])
})

test('a mail that the service will not take for days is reported, and at last given up, which is told as well', async () => {
  const { attempt, read, waiting } = await outbox(times(280, busy))
  const reports = [reportTo('2001', '1001', 'not-taken'), reportTo('3001', '2001', 'not-taken')]
  for (let tries = 1; tries < 40; tries++) expect(await attempt()).toBe('waiting')
  expect(await waiting()).toEqual([mail.mailId])
  for (let tries = 40; tries <= 280; tries++) expect(await attempt()).toBe('waiting')
  expect(await waiting()).toEqual([mail.mailId, ...reports].sort())
  expect(await attempt()).toBe('failed')
  expect(await read()).toMatchObject({ status: 'failed', undeliverable: 'given-up', remark: '451' })
  expect(await waiting()).toEqual([...reports, reportTo('2001', '1001', 'given-up'), reportTo('3001', '2001', 'given-up')].sort())
})

test('a mail that was long not taken, and then came back, is reported as that', async () => {
  const { table, attempt, waiting, bounce } = await outbox([...times(40, busy), taken()])
  for (let tries = 1; tries <= 40; tries++) await attempt()
  expect(await attempt()).toBe('sent')
  expect(await bounce('officer@example.org')).toBe('reported')
  expect(await bounce('officer@example.org')).toBe('known')
  expect(await unreachedOf(table, ['officer:1001'])).toMatchObject([{ reason: 'bounced' }])
  expect(await waiting()).toContain(reportTo('2001', '1001', 'bounced'))
})

test('the report is not missed because the very try it was due with failed by itself', async () => {
  let tries = 0
  const { attempt, waiting } = await outbox(times(40, busy), () => () => (++tries === 40 ? Promise.reject(new Error('throttled')) : Promise.resolve({ facts: known })))
  while (tries < 39) await attempt()
  await expect(attempt()).rejects.toThrow('throttled')
  expect(await waiting()).toEqual([mail.mailId])
  expect(await attempt()).toBe('waiting')
  expect(await waiting()).toContain(reportTo('2001', '1001', 'not-taken'))
})

test('a report that fails costs the mail no answer', async () => {
  const { table, attempt, read, waiting } = await outbox(times(41, busy))
  for (let tries = 1; tries < 40; tries++) await attempt()
  vi.spyOn(table, 'putNew').mockRejectedValueOnce(new Error('throttled'))
  await expect(attempt()).rejects.toThrow('throttled')
  expect(await read()).toMatchObject({ status: 'planned', lostAnswers: 0, attempts: 40 })
  expect(await attempt()).toBe('waiting')
  expect(await waiting()).toContain(reportTo('2001', '1001', 'not-taken'))
})

test('that an enterprise could not be asked to rate its officer is told the supervisors, and not that officer', async () => {
  const { table } = await outbox([])
  const asked = { mailId: 'asked', about: { kind: 'officer-rating-asked', round: '2016-H1', enterpriseId: 'e' } } as const
  const reports = await reportUndeliverable(table, asked, { recipient: 'enterprise:e', reason: 'bounced' }, 'admin@example.org')
  expect(reports.map(({ to }) => to)).toEqual(['officer:3001'])
})

test('that a mail is not taken is not told any more once it has been', async () => {
  const { attempt, read } = await outbox([...times(40, busy), taken()], table => {
    const readFacts = factsReader(table, 'Asia/Shanghai')
    return (each, now) => (each.about.kind === 'mail-undeliverable' ? readFacts(each, now) : Promise.resolve({ facts: known }))
  })
  for (let tries = 1; tries <= 40; tries++) await attempt()
  expect(await attempt()).toBe('sent')
  expect(await attempt(reportTo('2001', '1001', 'not-taken'))).toBe('superseded')
  expect(await read(reportTo('2001', '1001', 'not-taken'))).toMatchObject({ remark: 'the mail is not tried any more' })
})

test.each<[string, FactsReader]>([
  ['facts', () => Promise.reject(new TypeError('undefined has no name'))],
  ['letter', () => Promise.resolve({ facts: { kind: 'of a later version' } as never })],
])('a mail whose %s cannot be made is given up in the end, and reported', async (_, readFacts) => {
  const { attempt, read, waiting, sentTo } = await outbox([], () => readFacts)
  for (let tries = 1; tries <= 280; tries++) await expect(attempt()).rejects.toThrow()
  expect(await waiting()).toEqual([mail.mailId])
  expect(await attempt()).toBe('failed')
  expect(await attempt()).toBe('elsewhere')
  expect(sentTo).toEqual([])
  expect(await read()).toMatchObject({ status: 'failed', undeliverable: 'given-up', lostAnswers: 0 })
  expect(await waiting()).toEqual([reportTo('2001', '1001', 'given-up'), reportTo('3001', '2001', 'given-up')].sort())
})

test('of a mail that is given up after a lost answer nobody says that it has not arrived', async () => {
  const { attempt, read } = await outbox([lost, ...times(279, busy)])
  for (let tries = 1; tries <= 280; tries++) expect(await attempt()).toBe('waiting')
  expect(await attempt()).toBe('failed')
  expect(await read()).toMatchObject({ status: 'ambiguous', undeliverable: 'answer-lost' })
})

test('a mail of a kind that only a later version knows goes back as it was', async () => {
  const { issue } = dispatch()
  const unheardOf = [{ kind: 'quota-praised', officerId: '1001' }, { kind: 'issue-praised', issueId: issue.issueId }]
  for (const about of unheardOf) {
    const { table, attempt, read, plan } = await outbox([], of => factsReader(of, 'Asia/Shanghai'))
    await table.commit(decisionWrites(dispatch(), undefined))
    await plan({ ...mail, mailId: about.kind, about: about as never, cc: [] })
    for (let tries = 1; tries <= 3; tries++) await expect(attempt(about.kind)).rejects.toThrow(about.kind)
    expect(await read(about.kind)).toMatchObject({ status: 'planned', lostAnswers: 0 })
  }
})

test('a report is as old as what it reports, not as the mail', async () => {
  const { reconcileAt, read, bounce } = await outbox([taken('officer@example.org')])
  await reconcileAt(at('2016-08-31 10:00'))
  expect(await read(reportTo('2001', '1001', 'refused'))).toMatchObject({ plannedAt: at('2016-08-31 10:00') })
  expect(await bounce('director@example.org', '2016-09-02T08:00:00Z')).toBe('reported')
  expect(await read(reportTo('3001', '2001', 'bounced'))).toMatchObject({ plannedAt: at('2016-09-02 16:00') })
})

test('a mail not taken waits as it was', async () => {
  const { attempt, read, waiting } = await outbox([{ outcome: 'not-taken', reason: 'ECONNREFUSED' }])
  expect(await attempt()).toBe('waiting')
  expect(await read()).toMatchObject({ status: 'planned', lostAnswers: 0, remark: 'ECONNREFUSED' })
  expect(await waiting()).toEqual([mail.mailId])
})

test('a mail that comes back is reported, though its reader has another address by then', async () => {
  const { attempt, waiting, moves, bounce } = await outbox([taken()])
  await attempt()
  await moves(officer, 'elsewhere@example.org')
  expect(await bounce('elsewhere@example.org')).toBe('unconcerned')
  expect(await bounce('Officer@example.org')).toBe('reported')
  expect(await bounce('officer@example.org')).toBe('known')
  expect(await waiting()).toEqual([reportTo('2001', '1001', 'bounced')])
})

test('what fails before anything is handed over costs no answer, however often', async () => {
  let isWell = false
  const { attempt, read, waiting, sentTo } = await outbox([taken()], () => () => (isWell ? Promise.resolve({ facts: known }) : Promise.reject(new Error('throttled'))))
  for (let tries = 1; tries <= 3; tries++) await expect(attempt()).rejects.toThrow('throttled')
  expect(await read()).toMatchObject({ status: 'planned', attempts: 3, lostAnswers: 0 })
  expect(await waiting()).toEqual([mail.mailId])
  expect(sentTo).toEqual([])
  isWell = true
  expect(await attempt()).toBe('sent')
})

test('a lease that was taken, but whose answer was lost, costs no answer: nothing was handed over', async () => {
  const { table, attempt, read, sentTo } = await outbox([taken()])
  const commit = table.commit.bind(table)
  for (let tries = 1; tries <= 3; tries++) {
    vi.spyOn(table, 'commit').mockImplementationOnce(async writes => {
      await commit(writes)
      throw new Error('timed out')
    })
    await expect(attempt()).rejects.toThrow('timed out')
    expect(await read()).toMatchObject({ status: 'planned', lostAnswers: 0 })
  }
  expect(sentTo).toEqual([])
  expect(await attempt()).toBe('sent')
})

test('a lease that another process holds is not given back by one that failed to take it', async () => {
  const { table, delivery, read } = await outbox([taken()])
  const commit = table.commit.bind(table)
  // The other takes the lease just before; of the answer that says so nothing arrives.
  vi.spyOn(table, 'commit').mockImplementationOnce(async () => {
    const held = await read()
    if (held !== undefined) await commit([{ put: outboxItem({ ...held, status: 'sending', leaseUntil: 1, leaseHolder: 'another' }, 2), when: { version: 1 } }])
    throw new Error('timed out')
  })
  await expect(deliver(mail.mailId, delivery)).rejects.toThrow('timed out')
  expect(await read()).toMatchObject({ status: 'sending', leaseHolder: 'another' })
})

test('a copy that was planned before it came to be settled is in nobody’s way later', async () => {
  const { table, delivery, attempt, read, waiting, leaves } = await outbox([{ outcome: 'taken', serviceId: 'service-1', refused: [], deferred: ['director@example.org'] }, taken()])
  const commit = table.commit.bind(table)
  // The process ends between planning the copy and writing down that the mail was taken.
  const dies = vi.spyOn(table, 'commit').mockImplementationOnce(commit).mockImplementationOnce(() => Promise.reject(new Error('killed')))
  await expect(attempt()).rejects.toThrow('killed')
  dies.mockRestore()
  await leaves(officer)
  const later = { ...delivery, wallClock: () => 24 * 3_600_000 }
  expect(await deliver(mail.mailId, later)).toBe('waiting')
  expect(await read()).toMatchObject({ status: 'planned', cc: [] })
  expect(await deliver(mail.mailId, later)).toBe('failed')
  expect(await waiting()).toHaveLength(2)
})

test('a link that goes to the old contact while a new one is entered opens nothing', async () => {
  const enterprise = anEnterprise({ contactEmail: 'old@example.com' })
  const successor = { ...enterprise, contactName: '李明', contactEmail: 'new@example.com' }
  const { table, attempt, plan, sentTo } = await outbox([taken(), taken()], of => {
    let changes = 0
    return async () => {
      // The address is read at the same time, and before this.
      await Promise.resolve()
      if (changes++ === 0) await of.commit(await enterpriseWrites(of, successor, await of.get(enterpriseKey(enterprise.enterpriseId)), at('2016-08-01 09:00')))
      return { facts: letterSamples('zh-CN')['enterprise-link'] ?? known }
    }
  })
  await table.commit([{ put: enterpriseItem(enterprise, 1), when: 'new' }])
  const linkMail = (number: number) => planMail({ kind: 'enterprise-link', enterpriseId: enterprise.enterpriseId, by: '1001', request: String(number) }, `enterprise:${enterprise.enterpriseId}`, 'act')
  await plan(linkMail(1))
  expect(await attempt(linkMail(1).mailId)).toBe('sent')
  expect(sentTo).toEqual(['old@example.com'])
  expect(await enterpriseBehind(table, 'a-token', at('2016-08-01 10:00'))).toBeUndefined()
})

test('whoever breaks off before the lease costs no answer; after it, one', async () => {
  const { delivery, table, read, sentTo } = await outbox([taken(), lost])
  const far = (hours: number) => ({ ...delivery, wallClock: () => hours * 3_600_000 })
  /** Commits as many times as it is let, and then breaks off, as a process does that is killed. */
  const dyingAfter = (commits: number): Table => {
    let left = commits
    const commit: Table['commit'] = writes => (left-- > 0 ? table.commit(writes) : Promise.reject(new Error('killed')))
    return { get: key => table.get(key), getAll: keys => table.getAll(keys), query: query => table.query(query), putNew: item => table.putNew(item), commit }
  }
  for (let hour = 0; hour < 3; hour++) await expect(deliver(mail.mailId, { ...far(hour), table: dyingAfter(0) })).rejects.toThrow('killed')
  expect(sentTo).toEqual([])
  expect(await read()).toMatchObject({ status: 'planned', lostAnswers: 0 })
  await expect(deliver(mail.mailId, { ...far(3), table: dyingAfter(1) })).rejects.toThrow('killed')
  expect(sentTo).toHaveLength(1)
  expect(await deliver(mail.mailId, far(4))).toBe('waiting')
  expect(await read()).toMatchObject({ status: 'ambiguous', lostAnswers: 2 })
})

test('of two that have both written the letter, one sends it', async () => {
  const bothRead = Promise.withResolvers<undefined>()
  let readers = 0
  const { attempt, read, sentTo } = await outbox([taken()], () => async () => {
    if (++readers === 2) bothRead.resolve(undefined)
    await bothRead.promise
    return { facts: known }
  })
  expect((await Promise.all([attempt(), attempt()])).sort()).toEqual(['elsewhere', 'sent'])
  expect(sentTo).toHaveLength(1)
  expect(await read()).toMatchObject({ status: 'sent', attempts: 1 })
})

test('of two that both find it void, one writes that down', async () => {
  const { attempt, read } = await outbox([], () => () => Promise.resolve({ superseded: 'the visits have been made' }))
  expect((await Promise.all([attempt(), attempt()])).sort()).toEqual(['elsewhere', 'superseded'])
  expect(await read()).toMatchObject({ status: 'superseded', attempts: 1 })
})

test('a lost answer is tried once more, and a second one is reported instead of tried again', async () => {
  const { attempt, read, waiting, sentTo } = await outbox([lost, lost])
  expect(await attempt()).toBe('waiting')
  expect(await read()).toMatchObject({ status: 'ambiguous', lostAnswers: 1 })
  expect(await attempt()).toBe('waiting')
  expect(await attempt()).toBe('failed')
  expect(sentTo).toHaveLength(2)
  expect(await read()).toMatchObject({ status: 'ambiguous', undeliverable: 'answer-lost' })
  expect(await waiting()).toEqual([reportTo('2001', '1001', 'answer-lost'), reportTo('3001', '2001', 'answer-lost')].sort())
})
