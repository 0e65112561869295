import { describe, expect, test } from 'vitest'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { extendedBy, isOverdue, nextActionAt } from '../../shared/issue/deadline.ts'
import { askForAssistance } from '../../shared/issue/assistance.ts'
import { acceptIssue, resolveIssue, transferIssue } from '../../shared/issue/decision.ts'
import { advanceIssue } from '../../shared/issue/ladder.ts'
import { withdrawIssue } from '../../shared/issue/enterprise-act.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import { resumeIssue } from '../../shared/issue/pause.ts'
import { askForExplanation, askForExtension, askForPause, decideRequest } from '../../shared/issue/request.ts'
import { changeTier } from '../../shared/issue/tier.ts'
import { rateIssue } from '../../shared/issue/closing.ts'
import { anIssue } from '../mothers/issue.ts'
import { at, shown, zone } from '../mothers/moment.ts'
import { refusal } from '../mothers/refusal.ts'
import { aStaff, peopleOf } from '../mothers/staff.ts'

const reckoning = { calendar, timeZone: zone }
const act = (by: string, on: string) => ({ by, now: at(on) })
const contact = { contactEmail: 'wang@example.com' }
const reason = '须重新勘测。'

/** Of tier B, dispatched on Monday 2 March 2026 and due on the 16th, accepted the next morning. */
const accepted = (): Issue => acceptIssue(anIssue({ submitted: { tier: 'B' } }), act('h1', '2026-03-03 09:30')).issue

const extensionAsked = (workingDays = 5, on = '2026-03-10 10:00', issue = accepted(), staff = aStaff()) =>
  askForExtension(issue, { workingDays, reason }, staff, act('h1', on), reckoning)
const pauseAsked = (on = '2026-03-10 11:00', issue = accepted()) => askForPause(issue, { waitingFor: 'enterprise', reason }, aStaff(), act('h1', on), reckoning)
const approve = (issue: Issue, on = '2026-03-10 15:00', by = 'd1') => decideRequest(issue, { decision: 'approved' }, contact, act(by, on), reckoning)
const paused = () => approve(pauseAsked().issue, '2026-03-10 12:00').issue

describe('asking', () => {
  test('puts the request before the directors, or before the campaign office where only the director asks', () => {
    const readers = (by: string, staff = aStaff()) => askForExtension(accepted(), { workingDays: 5, reason }, staff, act(by, '2026-03-10 10:00'), reckoning).mails.map(({ to }) => to)
    expect(readers('h1')).toEqual(['officer:d1'])
    expect(readers('d1')).toEqual(['officer:s1'])
    expect(readers('d1', aStaff({ directors: ['d1', 'd2'] }))).toEqual(['officer:d2'])
  })

  test('changes no deadline and stops no clock', () => {
    const { issue } = extensionAsked()
    expect(issue.clocks).toEqual(accepted().clocks)
    expect([issue.status, issue.deadlineVersion]).toEqual(['accepted', 1])
  })

  test.each([
    ['15 working days with 10 to begin with', () => extensionAsked(15), undefined],
    ['one more than the limit allows', () => extensionAsked(16), 'extension-too-long'],
    ['more time on the last minute', () => extensionAsked(1, '2026-03-16 18:00'), undefined],
    ['more time after it has run out', () => extensionAsked(1, '2026-03-16 18:01'), 'deadline-passed'],
    ['a pause after the time has run out', () => pauseAsked('2026-03-17 09:00'), 'deadline-passed'],
    ['an explanation after the time has run out', () => askForExplanation(accepted(), '现行规定不允许。', aStaff(), act('h1', '2026-03-17 09:00')), undefined],
    ['a pause while an extension waits', () => pauseAsked('2026-03-10 11:00', extensionAsked().issue), 'request-pending'],
    ['a second extension', () => extensionAsked(1, '2026-03-11 09:00', approve(extensionAsked().issue).issue), 'extended-before'],
    ['a pause after an extension', () => pauseAsked('2026-03-11 09:00', approve(extensionAsked().issue).issue), undefined],
  ])('for %s', (_, ask, code) => {
    if (code === undefined) expect(ask().issue.request).toBeDefined()
    else expect(refusal(ask).code).toBe(code)
  })

  test('falls away when the issue is resolved or handed on', () => {
    const { issue } = extensionAsked()
    expect(resolveIssue(issue, { message: '已恢复。' }, undefined, act('h1', '2026-03-10 16:00'), reckoning).issue.request).toBeUndefined()
    const handedOn = transferIssue(issue, { departmentId: 'D-02', reason: '职责所在' }, aStaff(), act('h1', '2026-03-10 16:00')).issue
    expect(handedOn.request).toBeUndefined()
    expect(refusal(() => approve(acceptIssue(handedOn, act('x1', '2026-03-11 09:00')).issue, '2026-03-11 10:00')).code).toBe('nothing-to-decide')
  })
})

describe('deciding', () => {
  test('is nobody’s on a request of their own', () => {
    expect(refusal(() => approve(extensionAsked().issue, '2026-03-10 15:00', 'h1')).code).toBe('own-request')
  })

  test('for an extension moves the deadline, and tells who asked, who brought it and the enterprise', () => {
    const { issue, events, mails } = approve(extensionAsked().issue)
    expect(shown(issue.clocks.resolve.by)).toBe('2026-03-23 18:00')
    expect([issue.clocks.resolve.days, issue.deadlineVersion, issue.request]).toEqual([15, 2, undefined])
    expect(events.map(({ event }) => event)).toEqual(['decided', 'extended'])
    expect(mails.map(({ about: { kind }, to }) => [kind, to])).toEqual([
      ['issue-decided', 'officer:h1'], ['issue-moved', 'officer:1001'], ['issue-moved', `enterprise:${issue.enterpriseId}`],
    ])
  })

  test('for an extension asked for in time counts although the time has run out meanwhile; levels stay', () => {
    const late = advanceIssue(extensionAsked().issue, peopleOf(aStaff()), at('2026-03-17 09:00'), reckoning)?.issue ?? accepted()
    expect(late.level).toBe(1)
    const { issue } = approve(late, '2026-03-17 10:00')
    expect([shown(issue.clocks.resolve.by), issue.level]).toEqual(['2026-03-23 18:00', 1])
    expect(isOverdue({ ...issue, clocks: { ...issue.clocks, reply: { ...issue.clocks.reply, doneAt: at('2026-03-04 10:00') } } }, at('2026-03-17 10:00'))).toBe(false)
    // The ladder of the new deadline begins anew, with its warning.
    expect(issue.clocks.resolve.next).toEqual({ step: 'warning', at: at('2026-03-20 09:00') })
  })

  test('for an extension is too late once the longer time has run out as well', () => {
    const { issue } = extensionAsked(2)
    expect(refusal(() => approve(issue, '2026-03-19 10:00'))).toMatchObject({ code: 'deadline-passed', values: { date: '2026-03-18' } })
    expect(shown(approve(issue, '2026-03-18 10:00').issue.clocks.resolve.by)).toBe('2026-03-18 18:00')
  })

  test('for an extension says how many days it brings, where the limit leaves fewer than were asked for', () => {
    const { issue } = extensionAsked(10)
    const inTierD = changeTier(issue, { tier: 'D', reason }, contact, act('s1', '2026-03-11 10:00'), reckoning).issue
    const { issue: extended, events } = approve(inTierD, '2026-03-12 10:00')
    expect(events.at(-1)).toMatchObject({ event: 'extended', workingDays: 5 })
    expect([extended.clocks.resolve.days, extendedBy(extended)]).toEqual([25, 5])
  })

  test('for an explanation waits for the pieces that were asked for since', () => {
    const { issue } = askForExplanation(accepted(), '现行规定下无法解决。', aStaff(), act('h1', '2026-03-10 10:00'))
    const withPiece = askForAssistance(issue, { departmentId: 'D-03', message: '请出具意见。' }, aStaff(), act('h1', '2026-03-10 11:00'), reckoning).issue
    expect(refusal(() => approve(withPiece))).toMatchObject({ code: 'pieces-open' })
  })

  test('against it changes nothing, and the same can be asked for again', () => {
    const { issue, events, mails } = decideRequest(extensionAsked().issue, { decision: 'refused', remark: '请按期办结。' }, contact, act('d1', '2026-03-10 15:00'), reckoning)
    expect(issue).toEqual({ ...accepted(), version: issue.version, eventCount: issue.eventCount })
    expect([events.map(({ event }) => event), mails.map(({ to }) => to)]).toEqual([['decided'], ['officer:h1']])
    expect(extensionAsked(5, '2026-03-11 10:00', issue).issue.request).toBeDefined()
  })

  test('for a pause is too late once the time has run out', () => {
    expect(refusal(() => approve(pauseAsked().issue, '2026-03-17 09:00')).code).toBe('deadline-passed')
  })

  test('for an explanation makes it the enterprise’s to rate; dissatisfied, it is worked on again', () => {
    const { issue, mails } = approve(askForExplanation(accepted(), '现行规定不允许。', aStaff(), act('h1', '2026-03-10 10:00')).issue)
    expect([issue.status, issue.explained, shown(issue.resolvedAt ?? 0)]).toEqual(['resolved', true, '2026-03-10 15:00'])
    expect(mails.map(({ about: { kind } }) => kind)).toEqual(['issue-decided', 'issue-explained', 'issue-explained'])
    const again = rateIssue(issue, { rating: 2 }, aStaff(), at('2026-03-11 10:00'), reckoning).issue
    expect([again.status, again.explained]).toEqual(['accepted', undefined])
  })
})

describe('while it is paused', () => {
  test('no step is due, and nothing becomes overdue', () => {
    const issue = paused()
    expect(shown(nextActionAt(issue) ?? 0)).toBe('2026-04-08 18:00')
    expect(advanceIssue(issue, peopleOf(aStaff()), at('2026-03-30 09:00'), reckoning)).toBeUndefined()
    const replied = { ...issue, clocks: { ...issue.clocks, reply: { ...issue.clocks.reply, doneAt: at('2026-03-04 10:00') } } }
    expect(isOverdue(replied, at('2026-03-30 09:00'))).toBe(false)
  })

  test('a day and a half later what was left is left', () => {
    const { issue, mails } = resumeIssue(paused(), contact, act('h1', '2026-03-12 09:00'), reckoning)
    // Stopped at noon on the 10th: an afternoon and four days were left.
    expect(shown(issue.clocks.resolve.by)).toBe('2026-03-18 15:00')
    expect(mails.map(({ to }) => to)).toEqual(['officer:1001', `enterprise:${issue.enterpriseId}`])
    expect(issue.clocks.resolve.next).toEqual({ step: 'warning', at: at('2026-03-17 09:00') })
  })

  test('what was missed before it is spoken of again the day after it ends', () => {
    const { issue } = resumeIssue(paused(), contact, act('h1', '2026-03-12 11:00'), reckoning)
    expect(issue.clocks.reply.next).toEqual({ step: 1, at: at('2026-03-13 09:00') })
  })

  test('the clocks go on by themselves in the end, and the department is told', () => {
    const decision = advanceIssue(paused(), peopleOf(aStaff(), contact), at('2026-04-08 18:00'), reckoning)
    expect(decision?.events[0]).toMatchObject({ event: 'resumed', by: 'system' })
    expect(decision?.mails.filter(({ about }) => about.kind === 'issue-moved').map(({ to, timing }) => [to, timing])).toEqual([
      ['officer:1001', 'scheduled'], [`enterprise:${accepted().enterpriseId}`, 'scheduled'], ['officer:h1', 'scheduled'], ['officer:h2', 'scheduled'], ['officer:d1', 'scheduled'],
    ])
  })

  test('the enterprise can take it back', () => {
    const { issue } = withdrawIssue(paused(), undefined, aStaff(), at('2026-03-12 10:00'))
    expect([issue.status, nextActionAt(issue), issue.pauses.at(-1)?.until]).toEqual(['withdrawn', undefined, at('2026-03-12 10:00')])
  })
})

describe('another tier', () => {
  test('counts from the day of dispatch, with the extension kept', () => {
    const change = (issue: Issue, tier: 'A' | 'C') => changeTier(issue, { tier, reason }, contact, act('s1', '2026-03-10 16:00'), reckoning).issue
    expect(shown(change(accepted(), 'C').clocks.resolve.by)).toBe('2026-03-23 18:00')
    expect(shown(change(approve(extensionAsked().issue).issue, 'C').clocks.resolve.by)).toBe('2026-03-30 18:00')
    const shorter = change(accepted(), 'A')
    expect(shown(shorter.clocks.resolve.by)).toBe('2026-03-09 18:00')
    expect(advanceIssue(shorter, peopleOf(aStaff()), at('2026-03-10 16:00'), reckoning)?.events).toContainEqual(expect.objectContaining({ event: 'escalated', clock: 'resolve', level: 1 }))
  })

  test('is another one', () => {
    expect(refusal(() => changeTier(accepted(), { tier: 'B', reason }, undefined, act('s1', '2026-03-10 16:00'), reckoning)).code).toBe('same-tier')
  })
})
