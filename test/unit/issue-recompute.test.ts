import { describe, expect, test } from 'vitest'
import { calendarWith, shippedCalendar } from '../../shared/calendar/working-day.ts'
import { acceptIssue, acknowledgeIssue, resolveIssue, type Decision } from '../../shared/issue/decision.ts'
import { advanceIssue } from '../../shared/issue/ladder.ts'
import { recomputeDeadlines } from '../../shared/issue/recompute.ts'
import { clockNames, type Issue } from '../../shared/issue/issue.ts'
import { anIssue } from '../mothers/issue.ts'
import { at, shown, zone } from '../mothers/moment.ts'
import { refusal } from '../mothers/refusal.ts'
import { aStaff, peopleOf } from '../mothers/staff.ts'

// Invented: New Year's Day and the Monday after it off, Sunday 01-10 worked.
const notice2027 = { year: 2027, holidays: { '2027-01-01': '元旦', '2027-01-04': '元旦' }, makeUpDays: { '2027-01-10': '元旦' } }
const before = { calendar: shippedCalendar, timeZone: zone }
const after = { calendar: calendarWith([notice2027]), timeZone: zone }

/** The decision where there is one to take. */
const recomputed = (...given: Parameters<typeof recomputeDeadlines>): Decision => {
  const decision = recomputeDeadlines(...given)
  if (decision === undefined) throw new Error('nothing was reckoned anew')
  return decision
}

const dueDays = (issue: Issue) => clockNames.map(name => shown(issue.clocks[name].by).slice(0, 10))

describe('when the year an issue waited for is entered', () => {
  const issue = anIssue({ on: '2026-12-30 10:00' })

  test('its deadlines become exact', () => {
    expect(dueDays(issue)).toEqual(['2026-12-31', '2027-01-01', '2027-01-06'])
    const { issue: exact, events, mails } = recomputed(issue, at('2026-12-30 12:00'), after)
    expect(dueDays(exact)).toEqual(['2026-12-31', '2027-01-05', '2027-01-08'])
    expect(clockNames.map(name => exact.clocks[name].provisional)).toEqual([false, false, false])
    expect([exact.awaitedYears, exact.deadlineVersion, exact.version, exact.eventCount]).toEqual([[], 2, 2, 2])
    expect(events).toEqual([
      {
        at: at('2026-12-30 12:00'), by: 'system', event: 'deadlines-recomputed', deadlineVersion: 2,
        acceptBy: exact.clocks.accept.by, replyBy: exact.clocks.reply.by, resolveBy: exact.clocks.resolve.by,
      },
    ])
    expect(mails).toEqual([])
    expect(shown(exact.clocks.resolve.next?.at ?? 0)).toBe('2027-01-07 09:00')
  })

  test('it still waits for the other year it rests on', () => {
    const long = anIssue({ on: '2027-12-20 10:00', submitted: { tier: 'D' } })
    const { issue: half } = recomputed(long, at('2027-12-20 11:00'), after)
    expect(half.awaitedYears).toEqual([2028])
    expect(half.clocks.resolve.provisional).toBe(true)
  })

  test('what was met stays met', () => {
    const accepted = acceptIssue(issue, { by: 'h1', now: at('2026-12-30 11:00') }).issue
    const { issue: exact } = recomputed(accepted, at('2026-12-30 12:00'), after)
    expect(exact.clocks.accept).toEqual({ from: issue.dispatchedAt, days: 1, by: at('2026-12-31 18:00'), provisional: false, doneAt: at('2026-12-30 11:00') })
  })

  test('a level raised too early stays, and the ladder begins again on the deadline that has moved into the future', () => {
    // Nobody entered 2027 in time: on Monday the 4th the reply of New Year's Day is taken for missed.
    const early = advanceIssue(issue, peopleOf(aStaff()), at('2027-01-04 09:00'), before)?.issue ?? issue
    expect(early.clocks.reply.next).toBeUndefined()
    const { issue: exact } = recomputed(early, at('2027-01-04 09:30'), after)
    expect(exact.level).toBe(1)
    expect(exact.clocks.reply.next).toEqual({ step: 1, at: at('2027-01-06 09:00') })
    // The accept clock was rightly missed: it does not speak a second time.
    expect(exact.clocks.accept.next).toBeUndefined()
    const late = advanceIssue(exact, peopleOf(aStaff()), at('2027-01-06 09:00'), after)
    expect(late?.events.map(event => event.event)).toEqual(['escalated'])
    expect(late?.mails[0]?.mailId).toContain('/reply/1/v2/')
  })

  test('a ladder under way on a deadline that stays past goes on where it stood', () => {
    let missed = issue
    for (const [now, next] of [['2027-01-12 09:00', { step: 2, at: at('2027-01-15 09:00') }], ['2027-01-15 09:00', { step: 3, at: at('2027-01-22 09:00') }], ['2027-01-22 09:00', undefined]] as const) {
      missed = advanceIssue(missed, peopleOf(aStaff()), at(now), before)?.issue ?? missed
      if (next === undefined) expect(missed.clocks.resolve.next).toBeUndefined()
      else expect(missed.clocks.resolve.next).toMatchObject(next)
      const { issue: exact } = recomputed(missed, at(now), after)
      expect(exact.clocks.resolve).toEqual({ ...missed.clocks.resolve, by: at('2027-01-08 18:00'), provisional: false })
      expect(advanceIssue(exact, peopleOf(aStaff()), at(now), after)).toBeUndefined()
    }
  })

  test('a level never falls, though the ladder begins again below it', () => {
    // A whole week off, entered only when level 2 had been reached.
    const week = { '2027-01-01': '元旦', '2027-01-04': '元旦', '2027-01-05': '元旦', '2027-01-06': '元旦', '2027-01-07': '元旦', '2027-01-08': '元旦' }
    const long = { calendar: calendarWith([{ year: 2027, holidays: week, makeUpDays: {} }]), timeZone: zone }
    const first = advanceIssue(issue, peopleOf(aStaff()), at('2027-01-07 09:00'), before)?.issue ?? issue
    const second = advanceIssue(first, peopleOf(aStaff()), at('2027-01-12 09:00'), before)?.issue ?? first
    expect(second.level).toBe(2)
    const { issue: exact } = recomputed(second, at('2027-01-12 10:00'), long)
    expect([exact.level, dueDays(exact)[2], exact.clocks.resolve.next?.step]).toEqual([2, '2027-01-14', 'warning'])
    const again = advanceIssue(exact, peopleOf(aStaff()), at('2027-01-15 09:00'), long)
    expect(again?.events.at(-1)).toMatchObject({ event: 'escalated', clock: 'resolve', level: 1 })
    expect(again?.issue.level).toBe(2)
  })

  test('a deadline that moves forward into the past is escalated by the next sweep', () => {
    // Saturday and Sunday worked: the deadline moves from Wednesday to Monday.
    const worked = { calendar: calendarWith([{ year: 2027, holidays: {}, makeUpDays: { '2027-01-02': '元旦', '2027-01-03': '元旦' } }]), timeZone: zone }
    const accepted = acceptIssue(issue, { by: 'h1', now: at('2026-12-30 11:00') }).issue
    const warned = advanceIssue(accepted, peopleOf(aStaff()), at('2027-01-05 09:00'), before)?.issue ?? accepted
    expect(warned.clocks.resolve.next).toEqual({ step: 1, at: at('2027-01-07 09:00') })
    const { issue: exact } = recomputed(warned, at('2027-01-06 09:30'), worked)
    expect(dueDays(exact)[2]).toBe('2027-01-04')
    const swept = advanceIssue(exact, peopleOf(aStaff()), at('2027-01-06 09:45'), worked)
    expect(swept?.events.map(event => [event.event, 'clock' in event && event.clock])).toContainEqual(['escalated', 'resolve'])
  })

  test('the ladder that began again can be signed for again', () => {
    const early = advanceIssue(issue, peopleOf(aStaff()), at('2027-01-08 09:00'), before)?.issue ?? issue
    const signed = acknowledgeIssue(early, { by: 'd1', now: at('2027-01-08 09:05') }, before).issue
    expect(refusal(() => acknowledgeIssue(signed, { by: 'd1', now: at('2027-01-08 09:06') }, before)).code).toBe('nothing-to-acknowledge')
    const { issue: exact } = recomputed(signed, at('2027-01-08 09:30'), after)
    const again = advanceIssue(exact, peopleOf(aStaff()), at('2027-01-10 09:00'), after)?.issue ?? exact
    expect(again.clocks.resolve.next).toMatchObject({ step: 2, at: at('2027-01-13 09:00') })
    expect(acknowledgeIssue(again, { by: 'd1', now: at('2027-01-12 09:00') }, after).issue.clocks.resolve.next).toMatchObject({ step: 2, at: at('2027-01-15 09:00') })
  })

  test('what was resolved in the meantime keeps the deadlines it was resolved under', () => {
    const act = { by: 'h1', now: at('2026-12-30 11:00') }
    const resolved = resolveIssue(acceptIssue(issue, act).issue, { message: '已恢复。' }, undefined, act, before).issue
    const anew = recomputeDeadlines(resolved, at('2026-12-30 12:00'), after)?.issue ?? resolved
    expect([anew.clocks, anew.deadlineVersion]).toEqual([resolved.clocks, resolved.deadlineVersion])
  })

  test('the enterprise has its whole days to say something, by the notice that has come', () => {
    const act = { by: 'h1', now: at('2026-12-30 11:00') }
    const resolved = resolveIssue(acceptIssue(issue, act).issue, { message: '已恢复。' }, undefined, act, before).issue
    expect([resolved.callBack, resolved.awaitedYears]).toEqual([{ at: at('2027-01-07 09:00'), isDue: false, provisional: true }, [2027]])
    const anew = recomputeDeadlines(resolved, at('2026-12-30 12:00'), after)
    expect([anew?.issue.callBack?.provisional, anew?.issue.awaitedYears, anew?.events]).toEqual([false, [], []])
    expect(shown(anew?.issue.callBack?.at ?? 0)).not.toBe('2027-01-07 09:00')
  })
})

describe('when a notice in force is changed', () => {
  const issue = anIssue({ on: '2026-04-30 10:00' })
  const changed = (makeUpDays: Record<string, string>, holidays = shippedCalendar.noticeOf(2026)?.holidays ?? {}) => ({
    calendar: calendarWith([{ year: 2026, holidays: { ...holidays }, makeUpDays }], 1), timeZone: zone,
  })

  test('the deadlines of open issues move with it, and say by which calendar', () => {
    // The shipped notice has Saturday 05-09 worked; the changed one has not.
    expect(dueDays(issue)).toEqual(['2026-05-06', '2026-05-07', '2026-05-11'])
    const { issue: moved, events } = recomputed(issue, at('2026-05-06 10:00'), changed({}))
    expect([dueDays(moved), moved.deadlineVersion, issue.calendarVersion, moved.calendarVersion]).toEqual([['2026-05-06', '2026-05-07', '2026-05-12'], 2, 0, 1])
    expect(events.map(({ event }) => event)).toEqual(['deadlines-recomputed'])
  })

  test('the next level of a late issue moves with it, signed for or not', () => {
    // Late on Tuesday 12 May 2026 at level 1; level 2 would follow on Friday. Thursday and Friday become days off.
    const late = advanceIssue(issue, peopleOf(aStaff()), at('2026-05-12 09:00'), before)?.issue ?? issue
    const off = changed({ ...shippedCalendar.noticeOf(2026)?.makeUpDays }, { ...shippedCalendar.noticeOf(2026)?.holidays, '2026-05-14': '庆典', '2026-05-15': '庆典' })
    const nextOf = (of: Issue) => shown(of.clocks.resolve.next?.at ?? 0)
    expect([late.level, nextOf(late)]).toEqual([1, '2026-05-15 09:00'])
    expect(nextOf(recomputed(late, at('2026-05-13 10:00'), off).issue)).toBe('2026-05-19 09:00')
    const signed = acknowledgeIssue(late, { by: 'd1', now: at('2026-05-13 09:30') }, before).issue
    expect(nextOf(signed)).toBe('2026-05-19 09:00')
    expect(nextOf(recomputed(signed, at('2026-05-13 10:00'), off).issue)).toBe('2026-05-21 09:00')
  })

  test('an issue whose deadlines stay is left as it is', () => {
    expect(recomputeDeadlines(issue, at('2026-05-06 10:00'), changed({ ...shippedCalendar.noticeOf(2026)?.makeUpDays, '2026-08-22': '庆典' }))).toBeUndefined()
  })
})
