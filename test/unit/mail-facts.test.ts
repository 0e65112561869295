import { expect, test } from 'vitest'
import { decisionWrites } from '../../functions/adapters/issue-store.ts'
import type { OutboxMail } from '../../functions/adapters/outbox-store.ts'
import { factsReader } from '../../functions/outbox/facts.ts'
import { calendarWith, shippedCalendar } from '../../shared/calendar/working-day.ts'
import { advanceIssue, recomputeDeadlines } from '../../shared/issue/decision.ts'
import type { PlannedMail } from '../../shared/mail/notice.ts'
import { dispatch } from '../mothers/issue.ts'
import { at, zone } from '../mothers/moment.ts'
import { aStaff } from '../mothers/staff.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

const before = { calendar: shippedCalendar, timeZone: zone }
// Invented: New Year's Day off, which moves the reply and not the acceptance.
const after = { calendar: calendarWith([{ year: 2027, holidays: { '2027-01-01': '元旦', '2027-01-04': '元旦' }, makeUpDays: {} }], 1), timeZone: zone }

test('an escalation that a notice has not undone is told after it, one that it has is not', async () => {
  const table = new MemoryTable()
  const dispatched = dispatch({ on: '2026-12-30 10:00' })
  // Nobody had entered 2027: on Monday the 4th both are taken for missed.
  const escalated = advanceIssue(dispatched.issue, aStaff(), at('2027-01-04 09:00'), before) ?? expect.fail('nothing was due')
  const exact = recomputeDeadlines(escalated.issue, at('2027-01-04 09:30'), after) ?? expect.fail('nothing has moved')
  await table.commit(decisionWrites(dispatched, undefined))
  await table.commit(decisionWrites(escalated, dispatched.issue))
  await table.commit(decisionWrites(exact, escalated.issue))

  const readFacts = factsReader(table, zone)
  const told = async (mail: PlannedMail) => readFacts({ ...mail, cc: [...mail.cc], plannedAt: at('2027-01-04 09:00'), status: 'planned', attempts: 0, lostAnswers: 0 } satisfies OutboxMail)
  const of = (clock: string) => escalated.mails.filter(({ about }) => about.kind === 'issue-escalated' && about.clock === clock)
  expect(of('accept').length).toBeGreaterThan(0)
  expect(of('reply').length).toBeGreaterThan(0)
  for (const mail of of('accept')) expect(await told(mail)).toMatchObject({ facts: { clock: 'accept', level: 1, dueBy: at('2026-12-31 18:00') } })
  for (const mail of of('reply')) expect(await told(mail)).toEqual({ superseded: 'the deadline has moved' })
})
