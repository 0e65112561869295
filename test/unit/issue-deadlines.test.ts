import { describe, expect, test } from 'vitest'
import { calendarWith, shippedCalendar as calendar, walk } from '../../shared/calendar/working-day.ts'
import { deadlineOf, isOverdue, isWorkingTime, nextActionAt } from '../../shared/issue/deadline.ts'
import { resolveIssue, acceptIssue } from '../../shared/issue/decision.ts'
import { withdrawIssue } from '../../shared/issue/enterprise-act.ts'
import { advanceIssue } from '../../shared/issue/ladder.ts'
import { explainDeadline } from '../../shared/issue/deadline-explanation.ts'
import { clockNames } from '../../shared/issue/issue.ts'
import type { Tier } from '../../shared/issue/category.ts'
import { anIssue } from '../mothers/issue.ts'
import { at, shown, zone } from '../mothers/moment.ts'
import { aPolicy } from '../mothers/policy.ts'
import { aStaff, peopleOf } from '../mothers/staff.ts'

const reckoning = { calendar, timeZone: zone }

describe('the last day to accept, reply and resolve', () => {
  test.each<[string, string, Tier, string, string, string]>([
    ['an ordinary Monday, A', '2026-03-02 10:00', 'A', '2026-03-03', '2026-03-04', '2026-03-09'],
    ['an ordinary Monday, B', '2026-03-02 10:00', 'B', '2026-03-03', '2026-03-04', '2026-03-16'],
    ['an ordinary Monday, C', '2026-03-02 10:00', 'C', '2026-03-03', '2026-03-04', '2026-03-23'],
    ['an ordinary Monday, D', '2026-03-02 10:00', 'D', '2026-03-03', '2026-03-04', '2026-03-30'],
    ['Friday evening', '2026-03-06 19:30', 'A', '2026-03-09', '2026-03-10', '2026-03-13'],
    ['a minute before midnight', '2026-03-05 23:59', 'A', '2026-03-06', '2026-03-09', '2026-03-12'],
    ['a minute after midnight, in London still yesterday', '2026-03-06 00:01', 'A', '2026-03-09', '2026-03-10', '2026-03-13'],
    ['a Sunday', '2026-03-08 12:00', 'A', '2026-03-09', '2026-03-10', '2026-03-13'],
    ['before Spring Festival, the make-up Saturday counts', '2026-02-13 16:00', 'A', '2026-02-14', '2026-02-24', '2026-02-27'],
    ['before Spring Festival, the make-up Saturday after it too', '2026-02-13 16:00', 'B', '2026-02-14', '2026-02-24', '2026-03-05'],
    ['before Spring Festival, C', '2026-02-13 16:00', 'C', '2026-02-14', '2026-02-24', '2026-03-12'],
    ['before Spring Festival, D', '2026-02-13 16:00', 'D', '2026-02-14', '2026-02-24', '2026-03-19'],
    ['in the midst of Spring Festival', '2026-02-18 08:00', 'A', '2026-02-24', '2026-02-25', '2026-02-28'],
    ['before National Day', '2026-09-30 11:00', 'A', '2026-10-08', '2026-10-09', '2026-10-13'],
    ['on a holiday', '2026-10-03 09:00', 'A', '2026-10-08', '2026-10-09', '2026-10-13'],
    ['before a make-up Saturday', '2026-10-09 17:59', 'A', '2026-10-10', '2026-10-12', '2026-10-15'],
    ['before a make-up Sunday', '2026-09-18 17:59', 'A', '2026-09-20', '2026-09-21', '2026-09-24'],
    ['over the New Year of a published year', '2025-12-31 10:00', 'A', '2026-01-04', '2026-01-05', '2026-01-08'],
  ])('%s', (_, on, tier, accept, reply, resolve) => {
    const issue = anIssue({ on, submitted: { tier } })
    expect(clockNames.map(name => shown(issue.clocks[name].by))).toEqual([accept, reply, resolve].map(date => `${date} 18:00`))
    expect(clockNames.map(name => issue.clocks[name].provisional)).toEqual([false, false, false])
    expect(issue.awaitedYears).toEqual([])
  })

  test.each<[string, Tier, boolean[], string[]]>([
    ['2026-12-15 10:00', 'A', [false, false, false], ['2026-12-16', '2026-12-17', '2026-12-22']],
    ['2026-12-24 10:00', 'A', [false, false, true], ['2026-12-25', '2026-12-28', '2026-12-31']],
    ['2026-12-28 10:00', 'A', [true, true, true], ['2026-12-29', '2026-12-30', '2027-01-04']],
    ['2026-12-15 10:00', 'D', [false, false, true], ['2026-12-16', '2026-12-17', '2027-01-12']],
  ])('dispatched on %s as %s, what rests on the unpublished 2027 is provisional and reckoned with weekends alone', (on, tier, provisional, dates) => {
    const issue = anIssue({ on, submitted: { tier } })
    expect(clockNames.map(name => issue.clocks[name].provisional)).toEqual(provisional)
    expect(clockNames.map(name => shown(issue.clocks[name].by).slice(0, 10))).toEqual(dates)
    expect(issue.awaitedYears).toEqual(provisional.includes(true) ? [2027] : [])
  })

  test('a year nobody has published is awaited together with the next', () => {
    expect(anIssue({ on: '2027-12-20 10:00', submitted: { tier: 'D' } }).awaitedYears).toEqual([2027, 2028])
  })

  test('the numbers are the policy of the day of dispatch', () => {
    const policy = aPolicy({
      deadlines: { acceptWorkingDays: 2, replyWorkingDays: 3, resolveWorkingDays: { A: 4, B: 4, C: 4, D: 4 } },
      workingHours: { from: '08:30', to: '17:30' },
      escalation: { warningBefore: 2 },
    })
    const issue = anIssue({ policy, policyVersion: 7 })
    expect(clockNames.map(name => shown(issue.clocks[name].by))).toEqual(['2026-03-04 17:30', '2026-03-05 17:30', '2026-03-06 17:30'])
    expect(issue.rules.policyVersion).toBe(7)
    expect(shown(issue.clocks.resolve.next?.at ?? 0)).toBe('2026-03-04 08:30')
  })

  test('the rules are frozen: whatever the policy becomes, the issue goes by its own', () => {
    // Nothing but the issue, the calendar and the zone is given to what follows dispatch; this pins that it suffices.
    const issue = anIssue()
    expect(issue.rules).toEqual({
      policyVersion: 0,
      workingDays: { accept: 1, reply: 2, resolve: { A: 5, B: 10, C: 15, D: 20 }, assist: 3 },
      reopenedWorkingDays: { A: 3, B: 5, C: 8, D: 10 },
      extendedWorkingDaysAtMost: 25,
      pausedWorkingDaysAtMost: 20,
      callBackAfter: 5,
      warningBefore: 1,
      levelAfter: [1, 3, 5],
      acknowledgementHolds: 2,
      opensAt: '09:00',
      closesAt: '18:00',
    })
    const escalated = advanceIssue(issue, peopleOf(aStaff()), at('2026-03-10 09:00'), reckoning)
    expect(escalated?.issue.rules).toEqual(issue.rules)
    expect(shown(escalated?.issue.clocks.resolve.next?.at ?? 0)).toBe('2026-03-13 09:00')
  })
})

describe('when the sweep looks again', () => {
  test('first at the missed acceptance, the day after its deadline', () => {
    expect(shown(nextActionAt(anIssue()) ?? 0)).toBe('2026-03-04 09:00')
  })

  test('once resolved, when the enterprise has to be asked; never after that', () => {
    const act = { by: 'h1', now: at('2026-03-02 11:00') }
    const resolved = resolveIssue(acceptIssue(anIssue(), act).issue, { message: '已恢复。' }, undefined, act, reckoning).issue
    expect(shown(nextActionAt(resolved) ?? 0)).toBe('2026-03-10 09:00')
    const asked = advanceIssue(resolved, peopleOf(aStaff()), at('2026-03-10 09:00'), reckoning)?.issue ?? resolved
    expect(nextActionAt(asked)).toBeUndefined()
  })

  test.each([
    ['2026-03-02 10:00', 1, '2026-03-04 09:00'],
    ['2026-03-02 09:00', 1, '2026-03-04 09:00'],
    ['2026-03-02 08:59', 1, '2026-03-02 09:00'],
    ['2026-03-02 10:00', 2, '2026-03-03 09:00'],
  ])('a warning that would come before dispatch or with it is left out: dispatched at %s, %i days', (on, days, at) => {
    const issue = anIssue({ on, policy: aPolicy({ deadlines: { resolveWorkingDays: { A: days, B: days, C: days, D: days } } }) })
    expect(shown(issue.clocks.resolve.next?.at ?? 0)).toBe(at)
    expect(issue.clocks.resolve.next?.step).toBe(at.startsWith('2026-03-04') ? 1 : 'warning')
  })
})

describe('overdue is what is not done and past its deadline', () => {
  test.each([
    ['2026-03-03 18:00', false],
    ['2026-03-03 18:01', true],
  ])('at %s: %s', (now, overdue) => {
    expect(isOverdue(anIssue(), at(now))).toBe(overdue)
  })

  test('but not of an issue that the enterprise has taken back', () => {
    const withdrawn = withdrawIssue(anIssue(), undefined, aStaff(), at('2026-03-02 12:00')).issue
    expect(isOverdue(withdrawn, at('2026-06-01 10:00'))).toBe(false)
  })

  test('signed for in time, the next clock decides', () => {
    const { issue } = acceptIssue(anIssue(), { by: 'h1', now: at('2026-03-03 17:00') })
    expect(isOverdue(issue, at('2026-03-04 18:00'))).toBe(false)
    expect(isOverdue(issue, at('2026-03-04 18:01'))).toBe(true)
  })
})

describe('working hours', () => {
  const hours = { from: '09:00', to: '18:00' }
  test.each([
    ['2026-03-02 08:59', false],
    ['2026-03-02 09:00', true],
    ['2026-03-02 17:59', true],
    ['2026-03-02 18:00', false],
    ['2026-03-06 18:00', false],
    ['2026-03-07 12:00', false],
    ['2026-02-14 12:00', true],
    ['2026-02-15 00:00', false],
    ['2026-10-10 09:00', true],
  ])('at %s: %s', (now, working) => {
    expect(isWorkingTime(at(now), hours, reckoning)).toBe(working)
  })
})

describe('why it is due then', () => {
  const explained = (on: string, language: 'zh' | 'en', year = calendar, clock: 'reply' | 'resolve' = 'reply') => {
    const issue = anIssue({ on, calendar: year })
    return explainDeadline(clock, issue, walk(year, on.slice(0, 10), issue.clocks[clock].days), deadlineOf(issue.clocks[clock], issue, { calendar: year, timeZone: zone }), zone, language)
  }

  test('in Chinese, with the days that do not count, and apart from them those that do', () => {
    expect(explained('2026-02-13 16:00', 'zh')).toBe('答复时限2个工作日：2月13日（周五）交办当日不计；其间2月15日（周日）至23日（周一）春节放假不计；2月14日（周六）春节调休上班，计入；截止2月24日（周二）18:00。')
    expect(explained('2026-09-30 11:00', 'zh', calendar, 'resolve')).toBe('办结时限5个工作日：9月30日（周三）交办当日不计；其间10月1日（周四）至7日（周三）国庆节放假、10月11日（周日）周末不计；10月10日（周六）国庆节调休上班，计入；截止10月13日（周二）18:00。')
    expect(explained('2026-03-02 10:00', 'zh')).toBe('答复时限2个工作日：3月2日（周一）交办当日不计，截止3月4日（周三）18:00。')
  })

  test('in English the same', () => {
    expect(explained('2026-09-30 11:00', 'en', calendar, 'resolve')).toBe(
      'Resolution within 5 working days: Wed 30 September, the day of dispatch, is day 0; not counted: Thu 1 to Wed 7 October (National Day holiday), Sun 11 October (weekend); counted: Sat 10 October (working day to make up for National Day); due Tue 13 October, 18:00.',
    )
    expect(explained('2026-03-06 19:30', 'en')).toContain('is day 0; not counted: Sat 7 to Sun 8 March (weekend); due')
  })

  test('names both months of days off that reach from one into the next', () => {
    expect(explained('2026-10-30 10:00', 'zh')).toContain('其间10月31日（周六）至11月1日（周日）周末不计；')
    expect(explained('2026-10-30 10:00', 'en')).toContain('not counted: Sat 31 October to Sun 1 November (weekend);')
  })

  test('in English, saying when it is provisional', () => {
    expect(explained('2026-12-30 16:00', 'en')).toMatch(/^First reply within 2 working days: .* is day 0.*; due .*provisional\.$/)
    expect(explained('2026-12-30 16:00', 'en', calendarWith([{ year: 2027, holidays: { '2027-01-01': '元旦' }, makeUpDays: {} }]))).not.toMatch(/provisional/)
  })
})
