import { expect, test } from 'vitest'
import { decisionWrites } from '../../functions/adapters/issue-store.ts'
import type { OutboxMail } from '../../functions/adapters/outbox-store.ts'
import { officerWrites } from '../../functions/adapters/roster-store.ts'
import { factsReader } from '../../functions/outbox/facts.ts'
import { calendarWith, shippedCalendar } from '../../shared/calendar/working-day.ts'
import { advanceIssue, recomputeDeadlines } from '../../shared/issue/decision.ts'
import type { PlannedMail } from '../../shared/mail/notice.ts'
import { dispatch } from '../mothers/issue.ts'
import { anOfficer } from '../mothers/officer.ts'
import { at, zone } from '../mothers/moment.ts'
import { aStaff } from '../mothers/staff.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

const before = { calendar: shippedCalendar, timeZone: zone }
// Invented: New Year's Day off, which moves the reply and not the acceptance.
const after = { calendar: calendarWith([{ year: 2027, holidays: { '2027-01-01': '元旦', '2027-01-04': '元旦' }, makeUpDays: {} }], 1), timeZone: zone }

/** What the mail says of the issue that stands in this table. */
const toldOf = (table: MemoryTable, mail: PlannedMail) =>
  factsReader(table, zone)({ ...mail, cc: [...mail.cc], plannedAt: 0, status: 'planned', attempts: 0, lostAnswers: 0 } satisfies OutboxMail)

test('a prompt goes to whoever the lead has when it is sent, or to the campaign office in its stead', async () => {
  const table = new MemoryTable()
  const dispatched = dispatch()
  const people = [anOfficer({ officerId: 'h1', departmentId: 'D-01', roles: ['handler'] }), anOfficer({ officerId: 'h9', departmentId: 'D-09', roles: ['handler'] }), anOfficer({ officerId: 's1', departmentId: 'D-00', roles: ['supervisor'] })]
  for (const person of people) await table.commit(officerWrites({ ...person, email: `${person.officerId}@example.org` }, undefined, undefined))
  const escalated = advanceIssue(dispatched.issue, aStaff(), at('2026-03-04 09:00'), before) ?? expect.fail('nothing was due')
  await table.commit(decisionWrites(dispatched, undefined))
  await table.commit(decisionWrites(escalated, dispatched.issue))
  const [mail] = escalated.mails
  if (mail === undefined) expect.fail('nobody was told')
  expect(await toldOf(table, { ...mail, to: 'officer:h1' })).toMatchObject({ facts: { kind: 'issue-escalated' }, inStead: false })
  expect(await toldOf(table, { ...mail, to: 'officer:h9' })).toEqual({ superseded: 'the issue has been handed on' })
  expect(await toldOf(table, { ...mail, to: 'officer:s1' })).toMatchObject({ facts: { kind: 'issue-escalated' }, inStead: true })
})

test('an escalation that a notice has not undone is told after it, one that it has is not', async () => {
  const table = new MemoryTable()
  const dispatched = dispatch({ on: '2026-12-30 10:00' })
  // Nobody had entered 2027: on Monday the 4th both are taken for missed.
  const escalated = advanceIssue(dispatched.issue, aStaff(), at('2027-01-04 09:00'), before) ?? expect.fail('nothing was due')
  const exact = recomputeDeadlines(escalated.issue, at('2027-01-04 09:30'), after) ?? expect.fail('nothing has moved')
  await table.commit(decisionWrites(dispatched, undefined))
  await table.commit(decisionWrites(escalated, dispatched.issue))
  await table.commit(decisionWrites(exact, escalated.issue))

  const told = (mail: PlannedMail) => toldOf(table, mail)
  const of = (clock: string) => escalated.mails.filter(({ about }) => about.kind === 'issue-escalated' && about.clock === clock)
  expect(of('accept').length).toBeGreaterThan(0)
  expect(of('reply').length).toBeGreaterThan(0)
  for (const mail of of('accept')) expect(await told(mail)).toMatchObject({ facts: { clock: 'accept', level: 1, dueBy: at('2026-12-31 18:00') } })
  for (const mail of of('reply')) expect(await told(mail)).toEqual({ superseded: 'the deadline has moved' })
})
