import { describe, expect, test } from 'vitest'
import { calendarWith, shippedCalendar as calendar, walk } from '../../shared/calendar/working-day.ts'
import { localDateOf } from '../../shared/calendar/zone.ts'
import type { Tier } from '../../shared/issue/category.ts'
import { callBackIssue, overrideIssue, rateIssue } from '../../shared/issue/closing.ts'
import { theEnterprise } from '../../shared/roster/actor.ts'
import { deadlineOf, nextActionAt } from '../../shared/issue/deadline.ts'
import { acceptIssue, acknowledgeIssue, replyToIssue, resolveIssue, transferIssue, type Decision } from '../../shared/issue/decision.ts'
import { advanceIssue } from '../../shared/issue/ladder.ts'
import { recomputeDeadlines } from '../../shared/issue/recompute.ts'
import { explainDeadline } from '../../shared/issue/deadline-explanation.ts'
import { issueSchema, timelineEventSchema, type Issue, type Level } from '../../shared/issue/issue.ts'
import { ratings, verdictOf, type Rating } from '../../shared/issue/rating.ts'
import { statuses } from '../../shared/issue/transition.ts'
import type { PlannedMail, Staff } from '../../shared/mail/notice.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import { detailsOf } from '../../functions/http/problem-details.ts'
import { anIssue } from '../mothers/issue.ts'
import { at, shown, zone } from '../mothers/moment.ts'
import { aPolicy } from '../mothers/policy.ts'
import { refusal } from '../mothers/refusal.ts'
import { aStaff, peopleOf } from '../mothers/staff.ts'

const reckoning = { calendar, timeZone: zone }
const staff = aStaff()
const supervisor = (now: string) => ({ by: 's1', now: at(now) })

/** Dispatched on Monday 2026-03-02 at ten, signed for at once, and resolved an hour later unless said otherwise. */
const resolved = ({ on = '2026-03-02 10:00', resolvedAt = '2026-03-02 11:00', tier = 'A', level = 0, policy = aPolicy() }: { on?: string; resolvedAt?: string; tier?: Tier; level?: Issue['level']; policy?: Policy } = {}): Issue => {
  const accepted = acceptIssue(anIssue({ on, submitted: { tier }, policy }), { by: 'h1', now: at(on) }).issue
  return resolveIssue({ ...accepted, level }, { message: '供水已恢复。' }, undefined, { by: 'h1', now: at(resolvedAt) }, reckoning).issue
}

const swept = (issue: Issue, now: string, people: Staff = staff): Decision => {
  const decision = advanceIssue(issue, peopleOf(people), at(now), reckoning)
  if (decision === undefined) throw new Error('nothing was due')
  return decision
}

/** Silent for five working days: on the morning of Tuesday 2026-03-10 the enterprise is to be asked. */
const silent = (issue = resolved()): Issue => swept(issue, '2026-03-10 09:00').issue

const rate = (issue: Issue, rating: Rating, now: string, people: Staff = staff) => rateIssue(issue, { rating }, people, at(now), reckoning)
const callBack = (issue: Issue, rating: Rating, now: string, askedAt = now) =>
  callBackIssue(issue, { rating, asked: '王芳', askedAt: at(askedAt) }, staff, supervisor(now), reckoning)

const toldTo = (mails: readonly PlannedMail[]): string[] => mails.flatMap(({ to, cc }) => [to, ...cc])
const told = ({ events }: Decision): string[] => events.map(({ event }) => event)

const valid = ({ issue, events }: Decision): void => {
  expect(issueSchema.parse(issue)).toEqual(issue)
  expect(events.map(event => timelineEventSchema.parse(event))).toEqual(events)
}

describe('what the enterprise says decides', () => {
  const outcomes = [
    [5, 'closed'],
    [4, 'closed'],
    [3, 'closed'],
    [2, 'accepted'],
    [1, 'accepted'],
  ] as const

  test('every rating has its outcome here', () => {
    expect(outcomes.map(([rating]) => rating)).toEqual(ratings)
    expect(ratings.map(verdictOf)).toEqual(['satisfied', 'satisfied', 'satisfied', 'dissatisfied', 'dissatisfied'])
  })

  test.each(outcomes)('rated %i by itself: %s', (rating, status) => {
    const before = resolved()
    const decision = rateIssue(before, { rating, words: '原话' }, staff, at('2026-03-03 20:00'), reckoning)
    valid(decision)
    expect([decision.issue.status, decision.issue.version, decision.issue.eventCount]).toEqual([status, before.version + 1, before.eventCount + 2])
    expect(decision.events[0]).toEqual({ event: 'rated', at: at('2026-03-03 20:00'), by: theEnterprise, rating, words: '原话' })
    expect(decision.events[1]).toMatchObject(status === 'closed' ? { event: 'closed', closedBy: 'rating', by: theEnterprise } : { event: 'reopened', by: theEnterprise })
    expect(decision.issue.closing).toEqual(status === 'closed' ? { by: 'rating', rating, at: at('2026-03-03 20:00') } : undefined)
    expect(decision.issue.reopened.length).toBe(status === 'closed' ? 0 : 1)
    expect(decision.issue.callBack).toBeUndefined()
  })

  test.each(outcomes)('called back and rated %i: %s', (rating, status) => {
    const decision = callBackIssue(silent(), { rating, words: '原话', asked: '王芳', askedAt: at('2026-03-10 10:00') }, staff, supervisor('2026-03-10 10:30'), reckoning)
    valid(decision)
    expect(decision.issue.status).toBe(status)
    expect(decision.events[0]).toEqual({ event: 'called-back', at: at('2026-03-10 10:30'), by: 's1', rating, words: '原话', asked: '王芳', askedAt: at('2026-03-10 10:00') })
    expect(decision.events[1]).toMatchObject(status === 'closed' ? { event: 'closed', closedBy: 'call-back', by: 's1' } : { event: 'reopened', by: 's1' })
    expect(decision.issue.closing).toEqual(status === 'closed' ? { by: 'call-back', rating, at: at('2026-03-10 10:30') } : undefined)
    expect(decision.issue.callBack).toBeUndefined()
  })

  test('it can still say so of itself when it was about to be asked', () => {
    expect(rate(silent(), 4, '2026-03-10 12:00').issue.closing?.by).toBe('rating')
  })

  test('it says so without a word, and none is stored', () => {
    const [event] = rate(resolved(), 5, '2026-03-03 10:00').events
    expect(event).not.toHaveProperty('words')
  })

  test('what is closed is over: nothing is due, and nothing is legal', () => {
    const { issue } = rate(resolved(), 3, '2026-03-03 10:00')
    expect([nextActionAt(issue), advanceIssue(issue, peopleOf(staff), at('2027-03-03 10:00'), reckoning)]).toEqual([undefined, undefined])
    expect(issue.resolvedAt).toBe(at('2026-03-02 11:00'))
    expect(refusal(() => rate(issue, 1, '2026-03-04 10:00')).members).toEqual({ issueStatus: 'closed', legal: [] })
    expect(detailsOf(refusal(() => rate(issue, 1, '2026-03-04 10:00')), 'zh').detail).toMatch(/已销号.*无/)
  })
})

describe('what is reopened is worked on again, under a shorter clock', () => {
  test.each<[Tier, string, string, string]>([
    ['A', 'on an ordinary Tuesday', '2026-03-03 10:00', '2026-03-06'],
    ['B', 'on an ordinary Tuesday', '2026-03-03 10:00', '2026-03-10'],
    ['C', 'on an ordinary Tuesday', '2026-03-03 10:00', '2026-03-13'],
    ['D', 'on an ordinary Tuesday', '2026-03-03 10:00', '2026-03-17'],
    ['A', 'a minute before midnight', '2026-03-03 23:59', '2026-03-06'],
    ['A', 'a minute after midnight', '2026-03-04 00:01', '2026-03-09'],
    ['A', 'on a Sunday', '2026-03-08 12:00', '2026-03-11'],
    ['A', 'before National Day', '2026-09-30 11:00', '2026-10-10'],
    ['B', 'in the midst of National Day, over a make-up Saturday', '2026-10-03 11:00', '2026-10-13'],
  ])('tier %s, %s', (tier, _, now, date) => {
    const before = resolved({ tier })
    const { issue, events } = rate(before, 2, now)
    expect(shown(issue.clocks.resolve.by)).toBe(`${date} 18:00`)
    expect([issue.clocks.resolve.from, issue.clocks.resolve.days, issue.clocks.resolve.doneAt]).toEqual([at(now), { A: 3, B: 5, C: 8, D: 10 }[tier], undefined])
    expect([issue.clocks.accept, issue.clocks.reply]).toEqual([before.clocks.accept, before.clocks.reply])
    expect(events[1]).toEqual({ event: 'reopened', at: at(now), by: theEnterprise, level: 1, deadlineVersion: 2, resolveBy: issue.clocks.resolve.by })
    expect([issue.deadlineVersion, issue.resolvedAt, issue.leadDepartmentId]).toEqual([2, undefined, 'D-01'])
  })

  test('by the numbers of the policy it was dispatched under', () => {
    const policy = aPolicy({ deadlines: { reopenedWorkingDays: { A: 1, B: 1, C: 1, D: 1 } }, workingHours: { from: '08:30', to: '17:30' } })
    const { issue } = rate(resolved({ policy }), 1, '2026-03-03 10:00')
    expect(shown(issue.clocks.resolve.by)).toBe('2026-03-04 17:30')
    // The day before the deadline is the day itself: a warning would come with the mail that reopens it.
    expect(issue.clocks.resolve.next).toEqual({ step: 2, at: at('2026-03-05 08:30') })
  })

  test.each<[Issue['level'], Level]>([
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 3],
  ])('from level %i it goes up to %i', (level, raised) => {
    for (const { issue, events } of [rate(resolved({ level }), 2, '2026-03-03 10:00'), callBack(silent(resolved({ level })), 1, '2026-03-10 10:00')]) {
      expect([issue.level, issue.clocks.resolve.unsigned]).toEqual([raised, raised])
      expect(events[1]).toMatchObject({ event: 'reopened', level: raised })
    }
  })

  test.each<[Issue['level'], string[]]>([
    [0, ['2026-03-05 09:00 warned', '2026-03-09 09:00 escalated 2', '2026-03-16 09:00 escalated 3']],
    [1, ['2026-03-05 09:00 warned', '2026-03-09 09:00 escalated 3']],
    [2, ['2026-03-05 09:00 warned', '2026-03-09 09:00 escalated 3']],
  ])('from level %i the ladder goes on above what was reached, on the new deadline', (level, expected) => {
    let { issue } = rate(resolved({ level }), 2, '2026-03-03 10:00')
    let reached = issue.level
    const story: string[] = []
    for (let now = nextActionAt(issue); now !== undefined; now = nextActionAt(issue)) {
      const { events, issue: next, mails } = swept(issue, shown(now))
      expect(mails.every(({ mailId }) => mailId.includes('/v2/'))).toBe(true)
      expect(next.level).toBeGreaterThanOrEqual(reached)
      reached = next.level
      for (const event of events) story.push(`${shown(now)} ${event.event}${event.event === 'escalated' ? ` ${event.level}` : ''}`)
      issue = next
    }
    expect(story).toEqual(expected)
  })

  test('it can be signed for, answered, handed on and resolved once more, and is asked about anew', () => {
    const { issue } = rate(resolved(), 2, '2026-03-03 10:00')
    const act = { by: 'h1', now: at('2026-03-04 10:00') }
    expect(acknowledgeIssue(issue, act, reckoning).events[0]).toMatchObject({ event: 'acknowledged', level: 1 })
    expect(replyToIssue(issue, '正在返工。', undefined, act).issue.status).toBe('accepted')
    expect(transferIssue(issue, { departmentId: 'D-02', reason: '属水务局职责' }, staff, act).issue.clocks).toEqual(issue.clocks)
    const again = resolveIssue(issue, { message: '已返工。' }, undefined, act, reckoning).issue
    expect([again.resolvedAt, again.callBack, again.clocks.resolve.doneAt]).toEqual([act.now, { at: at('2026-03-12 09:00'), isDue: false, provisional: false }, act.now])
    const { issue: closed } = rate(again, 5, '2026-03-05 10:00')
    expect([closed.status, closed.reopened.length, closed.level]).toEqual(['closed', 1, 1])
    expect(rate(again, 1, '2026-03-05 10:00').issue).toMatchObject({ reopened: [{}, {}], level: 2, deadlineVersion: 3 })
  })

  test('a year its new deadline rests on is awaited, and its deadline set anew when that is published', () => {
    const before = resolved()
    expect(before.awaitedYears).toEqual([])
    const { issue } = rate(before, 2, '2026-12-30 10:00')
    expect([issue.awaitedYears, issue.clocks.resolve.provisional, shown(issue.clocks.resolve.by)]).toEqual([[2027], true, '2027-01-04 18:00'])
    const published = { calendar: calendarWith([{ year: 2027, holidays: { '2027-01-01': '元旦' }, makeUpDays: {} }], 1), timeZone: zone }
    const exact = recomputeDeadlines(issue, at('2026-12-30 12:00'), published)
    // Counted from the day it was reopened; what had been met keeps its day.
    expect(shown(exact?.issue.clocks.resolve.by ?? 0)).toBe('2027-01-05 18:00')
    expect([exact?.issue.awaitedYears, exact?.issue.clocks.resolve.provisional, exact?.issue.clocks.resolve.unsigned]).toEqual([[], false, 1])
    expect(exact?.issue.clocks.accept).toEqual(issue.clocks.accept)
    expect(resolveIssue(issue, { message: '已返工。' }, undefined, { by: 'h1', now: at('2026-12-30 12:00') }, reckoning).issue.awaitedYears).toEqual([2027])
  })

  test('a deadline in a published year awaits nothing', () => {
    expect(rate(resolved(), 2, '2026-03-03 10:00').issue.awaitedYears).toEqual([])
  })
})

describe('silence is never satisfaction', () => {
  test.each([
    ['an ordinary Monday', '2026-03-02 11:00', '2026-03-10 09:00'],
    ['Friday evening', '2026-03-06 23:59', '2026-03-16 09:00'],
    ['a Sunday', '2026-03-08 11:00', '2026-03-16 09:00'],
    ['before Spring Festival, whose make-up Saturday counts', '2026-02-13 16:00', '2026-02-28 09:00'],
    ['before Spring Festival on its make-up Saturday, and over the one after it', '2026-02-14 16:00', '2026-03-02 09:00'],
    ['before National Day, over its make-up Saturday', '2026-09-30 11:00', '2026-10-14 09:00'],
  ])('resolved on %s, the enterprise is asked on the morning after five whole working days', (_, resolvedAt, due) => {
    const issue = resolved({ on: '2026-02-02 10:00', resolvedAt })
    expect(issue.callBack).toEqual({ at: at(due), isDue: false, provisional: false })
    expect(nextActionAt(issue)).toBe(at(due))
    expect(advanceIssue(issue, peopleOf(staff), at(due) - 1, reckoning)).toBeUndefined()
    const decision = swept(issue, due)
    valid(decision)
    expect(decision.events).toEqual([{ event: 'call-back-due', at: at(due), by: 'system' }])
    expect([decision.issue.status, decision.issue.callBack, decision.issue.closing]).toEqual(['resolved', { at: at(due), isDue: true, provisional: false }, undefined])
  })

  test('by the number of its policy', () => {
    const policy = aPolicy({ deadlines: { callBackAfterWorkingDays: 1 }, workingHours: { from: '08:30', to: '17:30' } })
    expect(resolved({ policy }).callBack?.at).toBe(at('2026-03-04 08:30'))
  })

  test('it is asked about once, however long nobody asks, and stays resolved', () => {
    const issue = silent()
    for (const now of ['2026-03-10 09:00', '2026-03-10 09:15', '2026-12-01 09:00']) expect(advanceIssue(issue, peopleOf(staff), at(now), reckoning)).toBeUndefined()
    expect([issue.status, nextActionAt(issue)]).toEqual(['resolved', undefined])
  })

  test('after an outage it is asked about late, and what it was due by is kept', () => {
    expect(swept(resolved(), '2026-04-20 10:30').issue.callBack).toEqual({ at: at('2026-03-10 09:00'), isDue: true, provisional: false })
  })

  test.each([
    ['at once', '2026-03-02 12:00'],
    ['a minute before it is due', '2026-03-10 08:59'],
    ['when it is due and no sweep has said so', '2026-03-10 09:00'],
  ])('a supervisor who asks too early records nothing: %s', (_, now) => {
    const problem = refusal(() => callBack(resolved(), 5, now))
    expect(problem.code).toBe('call-back-not-due')
    expect(detailsOf(problem, 'en').detail).toContain('2026-03-10')
  })

  test.each([
    ['a minute before the resolution', '2026-03-02 10:59', 'asked-at-another-time'],
    ['at the resolution', '2026-03-02 11:00', undefined],
    ['now', '2026-03-10 10:00', undefined],
    ['in a minute', '2026-03-10 10:01', 'asked-at-another-time'],
  ])('asked %s', (_, askedAt, code) => {
    const ask = () => callBack(silent(), 4, '2026-03-10 10:00', askedAt)
    if (code === undefined) expect(ask().issue.status).toBe('closed')
    else expect(refusal(ask).code).toBe(code)
  })

  test('of an issue resolved twice, what was said before the second resolution does not count', () => {
    const reopened = rate(resolved(), 2, '2026-03-03 10:00').issue
    const again = resolveIssue(reopened, { message: '已返工。' }, undefined, { by: 'h1', now: at('2026-03-05 10:00') }, reckoning).issue
    const asked = swept(again, '2026-03-13 09:00').issue
    expect(refusal(() => callBack(asked, 5, '2026-03-13 10:00', '2026-03-04 10:00')).code).toBe('asked-at-another-time')
  })
})

describe('a supervisor who closes without the enterprise', () => {
  test.each([
    ['before it has been asked', resolved()],
    ['when it was to be asked', silent()],
  ])('leaves a mark that stays, %s', (_, issue) => {
    const decision = overrideIssue(issue, '企业已注销。', staff, supervisor('2026-03-10 10:00'))
    valid(decision)
    expect(decision.events).toEqual([{ event: 'closed', at: at('2026-03-10 10:00'), by: 's1', closedBy: 'override', reason: '企业已注销。' }])
    // Without a rating, so whoever counts what satisfied does not count it.
    expect([decision.issue.status, decision.issue.closing, decision.issue.callBack]).toEqual(['closed', { by: 'override', at: at('2026-03-10 10:00') }, undefined])
    expect([decision.issue.version, decision.issue.eventCount]).toEqual([issue.version + 1, issue.eventCount + 1])
  })

  test('is told apart from the enterprise, by what closed it', () => {
    const closings = [rate(resolved(), 5, '2026-03-03 10:00'), callBack(silent(), 3, '2026-03-10 10:00'), overrideIssue(silent(), '企业已注销。', staff, supervisor('2026-03-10 10:00'))]
    expect(closings.map(({ issue }) => issue.closing?.by)).toEqual(['rating', 'call-back', 'override'])
    expect(closings.map(({ events }) => events.at(-1))).toMatchObject([{ closedBy: 'rating' }, { closedBy: 'call-back' }, { closedBy: 'override', reason: '企业已注销。' }])
    expect(closings.map(told)).toEqual([['rated', 'closed'], ['called-back', 'closed'], ['closed']])
  })

  test('can do so after the enterprise was not satisfied, once it has been resolved anew; that it was not is kept', () => {
    const reopened = rate(resolved(), 1, '2026-03-03 10:00').issue
    const act = { by: 'h1', now: at('2026-03-05 10:00') }
    expect(refusal(() => overrideIssue(reopened, '已尽力。', staff, act)).code).toBe('command-not-legal')
    const { issue } = overrideIssue(resolveIssue(reopened, { message: '已返工。' }, undefined, act, reckoning).issue, '已尽力。', staff, act)
    expect([issue.status, issue.reopened.length, issue.level]).toEqual(['closed', 1, 1])
  })
})

describe('while it is not resolved, or closed already', () => {
  test.each(statuses.filter(status => status !== 'resolved'))('%s: none of the three', status => {
    const issue: Issue = { ...silent(), status }
    for (const attempt of [
      () => rate(issue, 5, '2026-03-10 10:00'),
      () => rate(issue, 1, '2026-03-10 10:00'),
      () => callBack(issue, 5, '2026-03-10 10:00'),
      () => callBack(issue, 1, '2026-03-10 10:00'),
      () => overrideIssue(issue, '企业已注销。', staff, supervisor('2026-03-10 10:00')),
    ]) expect(refusal(attempt).code).toBe('command-not-legal')
  })
})

describe('who is told', () => {
  const nobody = { handlers: [], directors: [], supervisors: [], leadingGroup: [] }
  const officer = 'officer:1001'

  test.each<[string, Partial<Staff>, string[], string[]]>([
    ['everybody there', {}, [officer, 'officer:h1', 'officer:h2'], [officer, 'officer:d1', 'officer:h1', 'officer:h2', 'officer:s1']],
    ['no handlers', { handlers: [] }, [officer, 'officer:d1'], [officer, 'officer:d1', 'officer:s1']],
    ['no handlers or director', { handlers: [], directors: [] }, [officer, 'officer:s1'], [officer, 'officer:s1']],
    ['nobody at all', nobody, [officer, 'address:admin@example.org'], [officer, 'address:admin@example.org']],
    ['the officer among the handlers', { handlers: ['1001', 'h2'] }, [officer, 'officer:h2'], [officer, 'officer:d1', 'officer:h2', 'officer:s1']],
    ['the officer in every part', { handlers: ['1001'], directors: ['1001'], supervisors: ['1001'] }, [officer], [officer]],
    ['one who directs, handles and supervises', { handlers: ['x'], directors: ['x'], supervisors: ['x'] }, [officer, 'officer:x'], [officer, 'officer:x']],
  ])('with %s', (_, but, ofClosing, ofReopening) => {
    const people = aStaff(but)
    for (const { mails } of [rate(resolved(), 3, '2026-03-03 20:00', people), overrideIssue(resolved(), '企业已注销。', people, supervisor('2026-03-03 20:00'))]) {
      expect(toldTo(mails)).toEqual(ofClosing)
      expect(mails.every(({ about, timing }) => about.kind === 'issue-closed' && timing === 'act')).toBe(true)
    }
    const { mails } = rate(resolved(), 2, '2026-03-03 20:00', people)
    expect(toldTo(mails)).toEqual(ofReopening)
    expect(mails.every(({ about, timing }) => about.kind === 'issue-reopened' && timing === 'act')).toBe(true)
  })

  test.each<[Partial<Staff>, string[]]>([
    [{}, ['officer:s1']],
    [{ supervisors: ['s1', 's2'] }, ['officer:s1', 'officer:s2']],
    [{ supervisors: [] }, ['address:admin@example.org']],
  ])('that the enterprise is to be asked, with %j: %j', (but, recipients) => {
    const { mails } = swept(resolved(), '2026-03-10 09:00', aStaff(but))
    expect(toldTo(mails)).toEqual(recipients)
    expect(mails.every(({ about, timing }) => about.kind === 'call-back-due' && timing === 'scheduled')).toBe(true)
  })

  test.each([12, 13, 41, 60])('each of %i handlers is told once, and their officer has a mail of his own', count => {
    const handlers = ['1001', ...Array.from({ length: count - 1 }, (_, index) => `h${index}`)]
    for (const order of [handlers, handlers.toReversed()]) {
      const people = aStaff({ handlers: order, directors: ['h3', 'd1'], supervisors: ['d1', 's1'] })
      for (const rating of [3, 2] as const) {
        const { mails } = rate(resolved(), rating, '2026-03-03 10:00', people)
        const everybody = rating === 3 ? handlers : [...handlers, 'd1', 's1']
        expect(toldTo(mails).sort()).toEqual(everybody.map(id => `officer:${id}`).sort())
        expect(mails[0]).toMatchObject({ to: officer, cc: [] })
        // A transaction holds a hundred items.
        expect(mails.length).toBeLessThanOrEqual(13)
      }
    }
  })

  test('each mail points at its own event, and what the enterprise said stands one before', () => {
    const pointsAt = (before: Issue, { events, mails }: Decision) =>
      mails.map(({ about }) => ('event' in about ? [told({ events } as Decision)[about.event - before.eventCount - 1], told({ events } as Decision)[about.event - before.eventCount - 2]] : []))
    const every = (pair: unknown[], mails: readonly unknown[]) => mails.map(() => pair)
    const closedBy = [rate(resolved(), 4, '2026-03-03 10:00'), rate(resolved(), 2, '2026-03-03 10:00'), overrideIssue(resolved(), '企业已注销。', staff, supervisor('2026-03-03 10:00')), swept(resolved(), '2026-03-10 09:00')]
    const pairs = [['closed', 'rated'], ['reopened', 'rated'], ['closed', undefined], ['call-back-due', undefined]]
    for (const [index, decision] of closedBy.entries()) expect(pointsAt(resolved(), decision)).toEqual(every(pairs[index] ?? [], decision.mails))
    const called = callBack(silent(), 2, '2026-03-10 10:00')
    expect(pointsAt(silent(), called)).toEqual(every(['reopened', 'called-back'], called.mails))
  })

  test('each mail is named by what, its event and its reader, so a second reopening is told again', () => {
    const first = rate(resolved(), 2, '2026-03-03 10:00')
    const again = resolveIssue(first.issue, { message: '已返工。' }, undefined, { by: 'h1', now: at('2026-03-05 10:00') }, reckoning).issue
    const second = rate(again, 2, '2026-03-06 10:00')
    expect(first.mails.map(({ mailId }) => mailId)).toEqual(['1001', 'd1', 'h1', 'h2', 's1'].map(id => `2026-000001/issue-reopened/5/officer:${id}`))
    expect(second.mails.map(({ mailId }) => mailId)).toEqual(['1001', 'd1', 'h1', 'h2', 's1'].map(id => `2026-000001/issue-reopened/8/officer:${id}`))
  })
})

test('the explanation of a reopened deadline counts from the day it was reopened', () => {
  const { issue } = rate(resolved(), 2, '2026-03-03 10:00')
  const { from, days } = issue.clocks.resolve
  const explained = (language: 'zh' | 'en') => explainDeadline('resolve', issue, walk(reckoning.calendar, localDateOf(from, zone), days), deadlineOf(issue.clocks.resolve, issue, reckoning), zone, language)
  expect(explained('zh')).toMatch(/3个工作日：3月3日（周二）重新办理当日不计.*截止3月6日（周五）18:00/)
  expect(explained('en')).toContain('the day it was reopened, is day 0')
})

test('signing for a reopening puts nothing off, early or late', () => {
  const { issue } = rate(resolved({ level: 0 }), 2, '2026-03-03 10:00')
  const signed = (on: string, from: Issue) => acknowledgeIssue(from, { by: 'd1', now: at(on) }, reckoning).issue.clocks.resolve.next
  expect(signed('2026-03-03 11:00', issue)).toEqual(issue.clocks.resolve.next)
  const warned = swept(issue, '2026-03-05 09:00').issue
  expect(signed('2026-03-06 10:00', warned)).toEqual(warned.clocks.resolve.next)
})

test('every clock of a reopened issue ends on the last of its days, by the calendar it was reopened under', () => {
  const changed = calendarWith([{ year: 2026, holidays: { ...calendar.noticeOf(2026)?.holidays, '2026-03-03': '庆典' }, makeUpDays: calendar.noticeOf(2026)?.makeUpDays ?? {} }], 1)
  const { issue } = rateIssue(resolved(), { rating: 1 }, staff, at('2026-03-04 10:00'), { calendar: changed, timeZone: zone })
  expect(issue.calendarVersion).toBe(1)
  for (const { by, from, days } of Object.values(issue.clocks)) expect(walk(changed, localDateOf(from, zone), days).at(-1)?.date).toBe(localDateOf(by, zone))
})
