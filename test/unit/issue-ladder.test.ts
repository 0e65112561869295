import { describe, expect, test } from 'vitest'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { acceptIssue, acknowledgeIssue, replyToIssue, resolveIssue, transferIssue } from '../../shared/issue/decision.ts'
import { advanceIssue } from '../../shared/issue/ladder.ts'
import { nextActionAt } from '../../shared/issue/deadline.ts'
import { issueSchema, timelineEventSchema, type Issue, type TimelineEvent } from '../../shared/issue/issue.ts'
import { awaitsAcknowledgement } from '../../shared/issue/transition.ts'
import type { Staff } from '../../shared/mail/notice.ts'
import { anIssue } from '../mothers/issue.ts'
import { at, shown, zone } from '../mothers/moment.ts'
import { aPolicy } from '../mothers/policy.ts'
import { refusal } from '../mothers/refusal.ts'
import { aStaff, peopleOf } from '../mothers/staff.ts'

const reckoning = { calendar, timeZone: zone }
const staff = aStaff()

const told = (event: TimelineEvent): string => ('clock' in event ? `${event.event} ${event.clock}${event.event === 'escalated' ? ` ${event.level}` : ''}` : event.event)

/** Sweeps whenever something is due, and says what happened when. */
const climb = (issue: Issue, until: string): { issue: Issue; story: string[] } => {
  const story: string[] = []
  for (let now = nextActionAt(issue); now !== undefined && now <= at(until); now = nextActionAt(issue)) {
    const decision = advanceIssue(issue, peopleOf(staff), now, reckoning)
    if (decision === undefined) throw new Error('due, and nothing to do')
    for (const event of decision.events) story.push(`${shown(now)} ${told(event)}`)
    issue = decision.issue
  }
  return { issue, story }
}

const sweep = (issue: Issue, now: string) => advanceIssue(issue, peopleOf(staff), at(now), reckoning)
const swept = (issue: Issue, now: string): Issue => sweep(issue, now)?.issue ?? issue

/** Signed for and answered on the day of dispatch: only the resolve clock runs, due on Monday 2026-03-09. */
const answered = (): Issue => {
  const act = { by: 'h1', now: at('2026-03-02 11:00') }
  return replyToIssue(acceptIssue(anIssue(), act).issue, '正在协调。', undefined, act).issue
}

describe('an issue nobody touches', () => {
  test('climbs the ladder by working days', () => {
    const { issue, story } = climb(anIssue(), '2027-01-01 00:00')
    expect(story).toEqual([
      '2026-03-04 09:00 escalated accept 1',
      '2026-03-05 09:00 escalated reply 1',
      '2026-03-06 09:00 warned resolve',
      '2026-03-10 09:00 escalated resolve 1',
      '2026-03-13 09:00 escalated resolve 2',
      '2026-03-20 09:00 escalated resolve 3',
    ])
    expect(issue.level).toBe(3)
    expect(nextActionAt(issue)).toBeUndefined()
  })

  test('waits out Spring Festival, and works on the Saturdays that make up for it', () => {
    const { story } = climb(anIssue({ on: '2026-02-06 10:00' }), '2026-12-01 00:00')
    expect(story).toEqual([
      '2026-02-10 09:00 escalated accept 1',
      '2026-02-11 09:00 escalated reply 1',
      '2026-02-12 09:00 warned resolve',
      '2026-02-14 09:00 escalated resolve 1',
      '2026-02-26 09:00 escalated resolve 2',
      '2026-03-04 09:00 escalated resolve 3',
    ])
  })

  test('by the numbers of its policy', () => {
    const policy = aPolicy({ escalation: { warningBefore: 2, levelAfter: [2, 1, 1] } })
    expect(climb(anIssue({ policy }), '2026-12-01 00:00').story).toEqual([
      '2026-03-05 09:00 escalated accept 1',
      '2026-03-05 09:00 warned resolve',
      '2026-03-06 09:00 escalated reply 1',
      '2026-03-11 09:00 escalated resolve 1',
      '2026-03-12 09:00 escalated resolve 2',
      '2026-03-13 09:00 escalated resolve 3',
    ])
  })
})

describe('a sweep', () => {
  test.each([
    ['before anything is due', '2026-03-04 08:59'],
    ['at dispatch', '2026-03-02 10:00'],
  ])('%s does nothing', (_, now) => {
    expect(sweep(anIssue(), now)).toBeUndefined()
  })

  test('repeated at the same instant does nothing', () => {
    const once = swept(anIssue(), '2026-03-10 09:00')
    expect(sweep(once, '2026-03-10 09:00')).toBeUndefined()
    expect(sweep(once, '2026-03-10 17:45')).toBeUndefined()
  })

  test('is one change of the issue, however many steps it takes, and valid as it is stored', () => {
    const before = anIssue()
    const decision = sweep(before, '2026-03-06 09:00')
    expect(decision?.events.map(told)).toEqual(['escalated accept 1', 'escalated reply 1', 'warned resolve'])
    expect(decision?.issue.version).toBe(before.version + 1)
    expect(decision?.issue.eventCount).toBe(before.eventCount + 3)
    expect(issueSchema.parse(decision?.issue)).toEqual(decision?.issue)
    for (const event of decision?.events ?? []) expect(timelineEventSchema.parse(event)).toEqual(event)
  })

  test('tells what it has to in the order in which it was due', () => {
    const decision = sweep(anIssue({ policy: aPolicy({ escalation: { warningBefore: 4 } }) }), '2026-03-05 09:00')
    expect(decision?.events.map(told)).toEqual(['warned resolve', 'escalated accept 1', 'escalated reply 1'])
  })

  test('after a long outage takes one level, and the next counts from then', () => {
    const decision = sweep(answered(), '2026-05-20 10:30')
    expect(decision?.events.map(told)).toEqual(['escalated resolve 1'])
    expect(climb(decision?.issue ?? answered(), '2026-12-01 00:00').story).toEqual([
      '2026-05-25 09:00 escalated resolve 2',
      '2026-06-01 09:00 escalated resolve 3',
    ])
  })

  test('warns of nothing that has already happened', () => {
    const policy = aPolicy({ escalation: { levelAfter: [4, 3, 5] } })
    const act = { by: 'h1', now: at('2026-03-02 11:00') }
    const issue = replyToIssue(acceptIssue(anIssue({ policy }), act).issue, '正在协调。', undefined, act).issue
    expect(sweep(issue, '2026-03-09 17:45')?.events.map(told)).toEqual(['warned resolve'])
    const late = sweep(issue, '2026-03-10 09:00')
    expect([late?.events, late?.mails]).toEqual([[], []])
    expect(late?.issue.clocks.resolve.next).toEqual({ step: 1, at: at('2026-03-13 09:00') })
  })

  test('raises nothing on what is resolved; it has the enterprise asked, once', () => {
    const act = { by: 'h1', now: at('2026-03-02 11:00') }
    const resolved = resolveIssue(answered(), { message: '已恢复。' }, undefined, act, reckoning).issue
    expect(climb(resolved, '2026-12-01 00:00').story).toEqual(['2026-03-10 09:00 call-back-due'])
    expect(sweep(swept(resolved, '2026-03-10 09:00'), '2026-06-01 09:00')).toBeUndefined()
  })
})

describe('signing for an escalation', () => {
  const director = (now: string) => ({ by: 'd1', now: at(now) })
  const signed = (issue: Issue, now: string) => acknowledgeIssue(issue, director(now), reckoning)
  const next = (issue: Issue) => [issue.clocks.resolve.next?.step, shown(issue.clocks.resolve.next?.at ?? 0)]

  test.each([
    ['on the day it came', '2026-03-10 14:00', '2026-03-17 09:00'],
    ['a day before the next', '2026-03-12 14:00', '2026-03-17 09:00'],
    ['on the day of the next, before the sweep', '2026-03-13 08:00', '2026-03-17 09:00'],
    ['after an outage, before the sweep', '2026-03-16 08:00', '2026-03-18 09:00'],
    ['after an outage, on a Saturday', '2026-03-21 12:00', '2026-03-24 09:00'],
  ])('%s: the next level, otherwise due on 13 March, comes two working days later', (_, now, due) => {
    const { issue, events, mails } = signed(swept(answered(), '2026-03-10 09:00'), now)
    expect(next(issue)).toEqual([2, due])
    expect(events).toEqual([{ at: at(now), by: 'd1', event: 'acknowledged', departmentId: 'D-01', level: 1 }])
    expect(mails).toEqual([])
    expect(sweep(issue, `${due.slice(0, 10)} 08:59`)).toBeUndefined()
    expect(sweep(issue, due)?.events.map(told)).toEqual(['escalated resolve 2'])
  })

  test('once is enough; there is nothing to sign for before the first level or twice at one', () => {
    expect(refusal(() => signed(answered(), '2026-03-03 10:00')).code).toBe('nothing-to-acknowledge')
    const { issue } = signed(swept(answered(), '2026-03-10 09:00'), '2026-03-10 10:00')
    expect(refusal(() => signed(issue, '2026-03-10 10:01')).code).toBe('nothing-to-acknowledge')
  })

  test('each level is signed for on its own, the last holds nothing', () => {
    let { issue } = signed(swept(answered(), '2026-03-10 09:00'), '2026-03-12 10:00')
    issue = signed(swept(issue, '2026-03-17 09:00'), '2026-03-20 10:00').issue
    expect(next(issue)).toEqual([3, '2026-03-26 09:00'])
    issue = signed(swept(issue, '2026-03-26 09:00'), '2026-03-26 10:00').issue
    expect([issue.level, awaitsAcknowledgement(issue), issue.clocks.resolve.next]).toEqual([3, false, undefined])
  })

  test('a missed acceptance that was signed for does not take the signature away from the missed resolution', () => {
    let { issue } = signed(swept(anIssue(), '2026-03-04 09:00'), '2026-03-04 10:00')
    expect(awaitsAcknowledgement(issue)).toBe(false)
    expect(next(issue)).toEqual(['warning', '2026-03-06 09:00'])
    issue = swept(swept(issue, '2026-03-05 09:00'), '2026-03-10 09:00')
    expect([issue.level, awaitsAcknowledgement(issue)]).toEqual([1, true])
    expect(next(signed(issue, '2026-03-10 10:00').issue)).toEqual([2, '2026-03-17 09:00'])
  })

  test('a late reply that is signed for does not hold a resolution that has been signed for already', () => {
    const policy = aPolicy({ deadlines: { acceptWorkingDays: 1, replyWorkingDays: 6, resolveWorkingDays: { A: 2, B: 10, C: 15, D: 20 } } })
    const late = swept(swept(acceptIssue(anIssue({ policy }), { by: 'h1', now: at('2026-03-02 11:00') }).issue, '2026-03-05 09:00'), '2026-03-10 09:00')
    let { issue } = signed(late, '2026-03-10 10:00')
    const held = next(issue)
    issue = swept(issue, '2026-03-11 09:00')
    expect([issue.clocks.reply.unsigned, issue.clocks.resolve.unsigned]).toEqual([1, undefined])
    expect(next(signed(issue, '2026-03-11 10:00').issue)).toEqual(held)
  })
})

describe('who is told', () => {
  const missed = swept(answered(), '2026-03-10 09:00')
  const second = swept(missed, '2026-03-13 09:00')
  const stages = {
    warning: [answered(), '2026-03-06 09:00'],
    'level 1': [answered(), '2026-03-10 09:00'],
    'level 2': [missed, '2026-03-13 09:00'],
    'level 3': [second, '2026-03-20 09:00'],
  } as const

  test.each<[keyof typeof stages, string, Partial<Staff>, string[]]>([
    ['warning', 'everybody there', {}, ['officer:h1', 'officer:h2']],
    ['level 1', 'everybody there', {}, ['officer:h1', 'officer:h2']],
    ['level 2', 'everybody there', {}, ['officer:d1', 'officer:h1', 'officer:h2']],
    ['level 3', 'everybody there', {}, ['address:lead@example.org', 'officer:d1']],
    ['level 1', 'no handlers', { handlers: [] }, ['officer:d1']],
    ['level 2', 'no handlers', { handlers: [] }, ['officer:d1']],
    ['level 1', 'no handlers or director', { handlers: [], directors: [] }, ['officer:s1']],
    ['level 2', 'no director', { directors: [] }, ['officer:s1', 'officer:h1', 'officer:h2']],
    ['level 3', 'no director', { directors: [] }, ['address:lead@example.org', 'officer:s1']],
    ['level 3', 'no leading group', { leadingGroup: [] }, ['officer:s1', 'officer:d1']],
    ['level 3', 'no leading group or supervisors', { leadingGroup: [], supervisors: [] }, ['address:admin@example.org', 'officer:d1']],
    ['level 3', 'nobody at all', { handlers: [], directors: [], supervisors: [], leadingGroup: [] }, ['address:admin@example.org']],
    ['level 2', 'a director who handles', { handlers: ['d1', 'h2'] }, ['officer:d1', 'officer:h2']],
  ])('%s with %s', (stage, _, but, recipients) => {
    const [issue, now] = stages[stage]
    const decision = advanceIssue(issue, peopleOf(aStaff(but)), at(now), reckoning)
    expect(decision?.mails.map(mail => mail.to)).toEqual(recipients)
    expect(decision?.mails.every(mail => mail.timing === 'scheduled' && mail.cc.length === 0)).toBe(true)
  })

  test('the mail is named by what, stage, deadline version and recipient', () => {
    expect(sweep(missed, '2026-03-13 09:00')?.mails.map(mail => mail.mailId)).toEqual([
      '2026-000001/issue-escalated/resolve/2/v1/officer:d1',
      '2026-000001/issue-escalated/resolve/2/v1/officer:h1',
      '2026-000001/issue-escalated/resolve/2/v1/officer:h2',
    ])
  })

  test('after a transfer, the staff of the department that leads', () => {
    const act = { by: 'h1', now: at('2026-03-10 10:00') }
    const { issue } = transferIssue(missed, { departmentId: 'D-02', reason: '属水务局职责' }, aStaff({ handlers: ['x1'], directors: [] }), act)
    expect([issue.level, issue.clocks.resolve]).toEqual([1, missed.clocks.resolve])
  })
})
