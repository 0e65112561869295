import { describe, expect, test } from 'vitest'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { advanceIssue } from '../../shared/issue/ladder.ts'
import { planFor, planMail, readRecipient, recipientsOf, undeliverableReasons, type About, type Audience, type UndeliverableReason } from '../../shared/mail/notice.ts'
import { anIssue } from '../mothers/issue.ts'
import { at, zone } from '../mothers/moment.ts'
import { aStaff, peopleOf } from '../mothers/staff.ts'

const abouts: readonly About[] = [
  { kind: 'issue-dispatched', issueId: '2026-000001', event: 1 },
  { kind: 'issue-unrouted', issueId: '2026-000001', event: 1 },
  { kind: 'issue-transferred', issueId: '2026-000001', event: 2 },
  { kind: 'issue-transferred', issueId: '2026-000001', event: 3 },
  { kind: 'issue-replied', issueId: '2026-000001', event: 2 },
  { kind: 'issue-resolved', issueId: '2026-000001', event: 2 },
  { kind: 'issue-closed', issueId: '2026-000001', event: 4 },
  { kind: 'issue-reopened', issueId: '2026-000001', event: 4 },
  { kind: 'issue-reopened', issueId: '2026-000001', event: 7 },
  { kind: 'call-back-due', issueId: '2026-000001', event: 3 },
  { kind: 'call-back-due', issueId: '2026-000001', event: 6 },
  { kind: 'issue-warning', issueId: '2026-000001', clock: 'resolve', deadlineVersion: 1 },
  { kind: 'issue-warning', issueId: '2026-000001', clock: 'resolve', deadlineVersion: 2 },
  { kind: 'issue-escalated', issueId: '2026-000001', clock: 'accept', level: 1, deadlineVersion: 1, event: 2 },
  { kind: 'issue-escalated', issueId: '2026-000001', clock: 'resolve', level: 1, deadlineVersion: 1, event: 3 },
  { kind: 'issue-escalated', issueId: '2026-000001', clock: 'resolve', level: 2, deadlineVersion: 1, event: 4 },
  { kind: 'issue-escalated', issueId: '2026-000001', clock: 'resolve', level: 2, deadlineVersion: 2, event: 5 },
  { kind: 'assist-dropped', issueId: '2026-000001', piece: 1, event: 6 },
  { kind: 'assist-dropped', issueId: '2026-000001', piece: 2, event: 6 },
  { kind: 'issue-directed', issueId: '2026-000001', event: 2 },
  { kind: 'session-invited', sessionId: 'S2026-000001', invitation: 1, again: false },
  { kind: 'session-invited', sessionId: 'S2026-000001', invitation: 2, again: true },
  { kind: 'session-cancelled', sessionId: 'S2026-000001', invitation: 2 },
  { kind: 'session-minutes', sessionId: 'S2026-000001' },
  { kind: 'session-minutes', sessionId: 'S2026-000002' },
  { kind: 'case-opened', caseId: 'L2026-000001', event: 1 },
  { kind: 'case-step', caseId: 'L2026-000001', stepId: 'a', event: 1 },
  { kind: 'case-step', caseId: 'L2026-000001', stepId: 'b', event: 1 },
  { kind: 'case-step', caseId: 'L2026-000001', stepId: 'a', event: 2 },
  { kind: 'case-waiting', caseId: 'L2026-000001', stepId: 'a', event: 2 },
  { kind: 'case-waiting', caseId: 'L2026-000001', stepId: 'a', event: 4 },
  { kind: 'case-resumed', caseId: 'L2026-000001', stepId: 'a', event: 4 },
  { kind: 'case-resumed', caseId: 'L2026-000001', stepId: 'a', event: 5 },
  { kind: 'case-reassigned', caseId: 'L2026-000001', event: 5 },
  { kind: 'case-reassigned', caseId: 'L2026-000001', event: 6 },
  { kind: 'case-warning', caseId: 'L2026-000001', stepId: 'a', deadlineVersion: 1 },
  { kind: 'case-warning', caseId: 'L2026-000001', stepId: 'a', deadlineVersion: 2 },
  { kind: 'case-warning', caseId: 'L2026-000001', stepId: 'b', deadlineVersion: 1 },
  { kind: 'case-escalated', caseId: 'L2026-000001', stepId: 'a', level: 1, deadlineVersion: 1, event: 3 },
  { kind: 'case-escalated', caseId: 'L2026-000001', stepId: 'a', level: 2, deadlineVersion: 1, event: 5 },
  { kind: 'case-completed', caseId: 'L2026-000001', event: 9 },
  { kind: 'quota-nudge', month: '2026-03', officerId: '1001' },
  { kind: 'quota-reminder', month: '2026-03', officerId: '1001' },
  { kind: 'quota-last-call', month: '2026-03', officerId: '1001' },
  { kind: 'quota-last-call', month: '2026-04', officerId: '1001' },
  { kind: 'quota-missed', month: '2026-03' },
  { kind: 'quota-missed', month: '2026-03', departmentId: 'D-01' },
  { kind: 'visit-joint', visitId: 'v1' },
  { kind: 'visit-joint', visitId: 'v2' },
  { kind: 'visit-denied', flagId: 'denied.v1' },
  { kind: 'visit-denied', flagId: 'denied.v2' },
  { kind: 'exemption-requested', exemptionId: 'e1' },
  { kind: 'exemption-decided', exemptionId: 'e1' },
  { kind: 'bulletin', month: '2026-02' },
  { kind: 'bulletin', month: '2026-03' },
  { kind: 'notice-drafted', noticeId: 'n1' },
  { kind: 'notice-decided', noticeId: 'n1' },
  { kind: 'notice-decided', noticeId: 'n2' },
  { kind: 'notices-of-month', month: '2026-02' },
  { kind: 'notices-of-month', month: '2026-03' },
  { kind: 'assessment-opened', period: '2026-H1', subject: { officerId: '1001' } },
  { kind: 'assessment-opened', period: '2026', subject: { officerId: '1001' } },
  { kind: 'assessment-opened', period: '2026-H1', subject: { departmentId: '1001' } },
  { kind: 'assessment-final', period: '2026-H1', subject: { officerId: '1001' } },
  { kind: 'assessment-appealed', period: '2026-H1', subject: { officerId: '1001' }, appeal: 1 },
  { kind: 'assessment-appealed', period: '2026-H1', subject: { officerId: '1001' }, appeal: 2 },
  { kind: 'assessment-decided', period: '2026-H1', subject: { officerId: '1001' }, appeal: 1 },
  { kind: 'enterprise-link', enterpriseId: 'c1', by: '1001', request: 'r1' },
  { kind: 'enterprise-link', enterpriseId: 'c1', by: '1001', request: 'r2' },
  { kind: 'mail-undeliverable', mailId: 'e1/exemption-decided/officer:1001', recipient: 'officer:1001', reason: 'bounced' },
  { kind: 'mail-undeliverable', mailId: 'e1/exemption-decided/officer:1001', recipient: 'officer:1002', reason: 'bounced' },
  { kind: 'mail-undeliverable', mailId: 'e1/exemption-decided/officer:1001', recipient: 'officer:1001', reason: 'not-taken' },
]

describe('a mail is known by what it says and to whom', () => {
  test('no two of different things or to different people share an id', () => {
    const ids = abouts.flatMap(about => (['officer:1001', 'officer:1002', 'address:1001'] as const).map(to => planMail(about, to, 'act').mailId))
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('planned twice it is the same', () => {
    for (const about of abouts) expect(planMail(about, 'officer:1001', 'act')).toEqual(planMail({ ...about }, 'officer:1001', 'act'))
  })

  test('that a mail has not arrived is told once, for whatever reason, and that it has not so far besides', () => {
    const about = { kind: 'mail-undeliverable', mailId: 'e1/exemption-decided/officer:1001', recipient: 'officer:1001' } as const
    const idFor = (reason: UndeliverableReason) => planMail({ ...about, reason }, 'officer:d1', 'act').mailId
    expect(new Set(undeliverableReasons.filter(reason => reason !== 'not-taken').map(idFor))).toEqual(new Set([idFor('given-up')]))
    expect(idFor('not-taken')).not.toBe(idFor('given-up'))
  })

  test('an escalation is the same whatever else the timeline holds', () => {
    const escalation = { kind: 'issue-escalated', issueId: '2026-000001', clock: 'resolve', level: 2, deadlineVersion: 1 } as const
    expect(planMail({ ...escalation, event: 4 }, 'officer:d1', 'scheduled').mailId).toBe(planMail({ ...escalation, event: 9 }, 'officer:d1', 'scheduled').mailId)
  })
})

test('an escalation points at its own event in the timeline', () => {
  const issue = anIssue()
  const decision = advanceIssue(issue, peopleOf(aStaff()), at('2026-03-06 09:00'), { calendar, timeZone: zone })
  const escalations = (decision?.mails ?? []).flatMap(({ about }) => (about.kind === 'issue-escalated' ? [about] : []))
  expect(new Set(escalations.map(({ clock }) => clock))).toEqual(new Set(['accept', 'reply']))
  for (const { event, clock, level } of escalations)
    expect(decision?.events[event - issue.eventCount - 1]).toMatchObject({ event: 'escalated', clock, level })
})

describe('nothing is told to nobody', () => {
  test.each<[Audience, object, string[]]>([
    ['handlers', {}, ['officer:h1', 'officer:h2']],
    ['handlers', { handlers: [] }, ['officer:d1']],
    ['directors', { directors: [] }, ['officer:s1']],
    ['supervisors', { supervisors: [] }, ['address:admin@example.org']],
    ['leading-group', {}, ['address:lead@example.org']],
    ['leading-group', { leadingGroup: [] }, ['officer:s1']],
    ['leading-group', { leadingGroup: [], supervisors: [] }, ['address:admin@example.org']],
    ['handlers', { handlers: [], directors: [], supervisors: [] }, ['address:admin@example.org']],
  ])('%s with %j: %j', (audience, but, recipients) => {
    expect(recipientsOf(audience, aStaff(but))).toEqual(recipients)
  })

  test('and nothing twice to anybody', () => {
    const everywhere = aStaff({ handlers: ['p1', 'p1'], directors: ['p1'], supervisors: ['p1'], leadingGroup: [] })
    expect(planFor({ kind: 'quota-missed', month: '2026-03' }, ['handlers', 'directors', 'supervisors', 'leading-group'], everywhere, 'scheduled').map(mail => mail.to)).toEqual(['officer:p1'])
  })
})

test.each([
  ['officer:1001', 'officer', '1001'],
  ['address:a:b@example.org', 'address', 'a:b@example.org'],
  ['enterprise:91610133MA6TX0001X', 'enterprise', '91610133MA6TX0001X'],
] as const)('%s is an %s', (recipient, kind, id) => {
  expect(readRecipient(recipient)).toEqual({ kind, id })
})
