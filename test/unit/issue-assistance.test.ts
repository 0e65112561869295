import { describe, expect, test } from 'vitest'
import { calendarWith, shippedCalendar as calendar, walk } from '../../shared/calendar/working-day.ts'
import { localDateOf } from '../../shared/calendar/zone.ts'
import { decisionWrites } from '../../functions/adapters/issue-store.ts'
import { planWrites } from '../../functions/adapters/outbox-store.ts'
import { transactionLimit } from '../../functions/adapters/table.ts'
import { acknowledgePiece, answerPiece, askForAssistance } from '../../shared/issue/assistance.ts'
import { explainPiece } from '../../shared/issue/deadline-explanation.ts'
import { deadlineOf, nextActionAt } from '../../shared/issue/deadline.ts'
import { acceptIssue, replyToIssue, resolveIssue, transferIssue } from '../../shared/issue/decision.ts'
import { withdrawIssue } from '../../shared/issue/enterprise-act.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import { advanceIssue, departmentsOf, type People } from '../../shared/issue/ladder.ts'
import { resumeIssue } from '../../shared/issue/pause.ts'
import { recomputeDeadlines } from '../../shared/issue/recompute.ts'
import { askForExplanation, askForExtension, askForPause, decideRequest } from '../../shared/issue/request.ts'
import { unread, type PlannedMail } from '../../shared/mail/notice.ts'
import { anIssue } from '../mothers/issue.ts'
import { at, shown, zone } from '../mothers/moment.ts'
import { refusal } from '../mothers/refusal.ts'
import { aStaff } from '../mothers/staff.ts'

const reckoning = { calendar, timeZone: zone }
const act = (by: string, on: string) => ({ by, now: at(on) })
const message = '请就管线迁改出具意见。'
const assisting = aStaff({ handlers: ['x1'], directors: ['x2'] })
const people: People = { of: departmentId => (departmentId === 'D-03' ? assisting : aStaff()) }

/** Of tier B, dispatched on Monday 2 March 2026 and due on the 16th, accepted and answered the next morning. */
const accepted = (): Issue =>
  replyToIssue(acceptIssue(anIssue({ submitted: { tier: 'B' } }), act('h1', '2026-03-03 09:30')).issue, '正在办理。', undefined, act('h1', '2026-03-03 09:40')).issue
const ask = (issue = accepted(), but: object = {}, on = '2026-03-04 10:00', staff = assisting) =>
  askForAssistance(issue, { departmentId: 'D-03', message, ...but }, staff, act('h1', on), reckoning)
const asked = () => ask().issue
const pausedFrom = (on: string): Issue =>
  decideRequest(askForPause(asked(), { waitingFor: 'enterprise', reason: '待确认。' }, aStaff(), act('h1', on), reckoning).issue, { decision: 'approved' }, undefined, act('d1', on), reckoning).issue
const sweep = (issue: Issue, on: string) => advanceIssue(issue, people, at(on), reckoning)

describe('asking another department for a piece', () => {
  test('gives it a deadline of its own, and tells its handlers and directors', () => {
    const { issue, events, mails } = ask()
    expect(issue.pieces).toMatchObject([{ piece: 1, departmentId: 'D-03', status: 'open', event: 4, level: 0 }])
    expect(shown(issue.pieces[0]?.clock.by ?? 0)).toBe('2026-03-09 18:00')
    expect(events).toMatchObject([{ event: 'assist-asked', piece: 1, departmentId: 'D-03', message }])
    expect(mails.map(({ to }) => to)).toEqual(['officer:x1', 'officer:x2'])
    expect(shown(nextActionAt(issue) ?? 0)).toBe('2026-03-06 09:00')
    expect(departmentsOf(issue)).toEqual(['D-01', 'D-03'])
  })

  test.each([
    ['the lead itself', {}, 'D-01', 'same-department'],
    ['beyond the day the issue is due', { workingDays: 9 }, 'D-03', 'piece-too-long'],
    ['up to that day', { workingDays: 8 }, 'D-03', undefined],
  ])('%s', (_, but, departmentId, code) => {
    const attempt = () => ask(accepted(), { departmentId, ...but })
    if (code === undefined) expect(attempt().issue.pieces).toHaveLength(1)
    else expect(refusal(attempt).code).toBe(code)
  })

  test.each([
    ['the usual days', 3, undefined],
    ['a day more', 4, 'piece-too-long'],
    ['as long as nobody would wait', 150, 'piece-too-long'],
  ])('of an issue that is late in %s', (_, workingDays, code) => {
    const attempt = () => ask(accepted(), { workingDays }, '2026-03-17 10:00')
    if (code === undefined) expect(shown(attempt().issue.pieces[0]?.clock.by ?? 0)).toBe('2026-03-20 18:00')
    else expect(refusal(attempt).code).toBe(code)
  })

  test('one piece at a time, nobody where there is nobody, and not without end', () => {
    expect(refusal(() => ask(asked())).code).toBe('piece-open')
    expect(refusal(() => ask(accepted(), {}, undefined, aStaff({ handlers: [], directors: [] }))).code).toBe('department-unstaffed')
    let many = accepted()
    for (let piece = 0; piece < 20; piece++) many = ask(many, { departmentId: `D-${piece + 10}` }).issue
    expect(refusal(() => ask(many)).code).toBe('too-many-pieces')
  })
})

describe('a piece', () => {
  test('is answered, and the lead’s handlers are told; it climbs no further', () => {
    const { issue, events, mails } = answerPiece(asked(), 1, { message: '同意迁改。' }, aStaff(), act('x1', '2026-03-05 10:00'))
    expect(issue.pieces[0]).toMatchObject({ status: 'answered', clock: { doneAt: at('2026-03-05 10:00') } })
    expect([events[0]?.event, mails.map(({ to }) => to)]).toEqual(['assist-answered', ['officer:h1', 'officer:h2']])
    expect(sweep(issue, '2026-03-12 09:00')?.events ?? []).toEqual([])
    expect(refusal(() => answerPiece(issue, 1, { reason: '再退' }, aStaff(), act('x1', '2026-03-05 11:00'))).code).toBe('piece-not-open')
    expect(ask(issue, {}, '2026-03-05 12:00').issue.pieces).toHaveLength(2)
  })

  test('is refused with a reason', () => {
    const { issue, events } = answerPiece(asked(), 1, { reason: '不属本部门职责。' }, aStaff(), act('x1', '2026-03-05 10:00'))
    expect([issue.pieces[0]?.status, events[0]]).toMatchObject(['refused', { event: 'assist-refused', reason: '不属本部门职责。' }])
    expect(refusal(() => answerPiece(issue, 7, { message: 'x' }, aStaff(), act('x1', '2026-03-05 10:00'))).code).toBe('piece-not-found')
  })

  test('that is late climbs a ladder of its own department, and the issue’s level stays', () => {
    const warned = sweep(asked(), '2026-03-06 09:00')
    expect(warned?.events).toMatchObject([{ event: 'assist-warned', piece: 1 }])
    const first = sweep(warned?.issue ?? asked(), '2026-03-10 09:00')
    expect([first?.events[0], first?.mails.map(({ to }) => to), first?.issue.level]).toMatchObject([{ event: 'assist-escalated', level: 1 }, ['officer:x1'], 0])
    const signed = acknowledgePiece(first?.issue ?? asked(), 1, act('x2', '2026-03-10 10:00'), reckoning).issue
    expect(shown(signed.pieces[0]?.clock.next?.at ?? 0)).toBe('2026-03-17 09:00')
    expect(refusal(() => acknowledgePiece(signed, 1, act('x2', '2026-03-10 11:00'), reckoning)).code).toBe('nothing-to-acknowledge')
    const second = sweep(first?.issue ?? asked(), '2026-03-13 09:00')
    expect(second?.mails.filter(({ about }) => about.kind === 'assist-escalated').map(({ to }) => to)).toEqual(['officer:x2', 'officer:x1'])
  })

  test('is one of as many as there may be: one sweep takes what one transaction can hold, the next ones the rest', () => {
    const many = aStaff({ handlers: Array.from({ length: 12 }, (_, at) => `x${at}`), directors: [] })
    let issue = anIssue({ submitted: { tier: 'D' }, staff: many })
    issue = acceptIssue(issue, act('h1', '2026-03-02 10:30')).issue
    for (let at = 0; at < 20; at++) issue = ask(issue, { departmentId: `D-${10 + at}` }, '2026-03-02 11:00', many).issue
    let current = issue
    const raised: number[] = []
    for (let sweeps = 0; sweeps < 20; sweeps++) {
      const decision = advanceIssue(current, { of: () => many }, at('2026-03-06 09:00'), reckoning)
      if (decision === undefined) break
      const writes = [...decisionWrites(decision, current), ...planWrites(decision.mails, 0)]
      expect(writes.length).toBeLessThanOrEqual(transactionLimit)
      raised.push(...decision.events.flatMap(event => (event.event === 'assist-escalated' ? [event.piece] : [])))
      current = decision.issue
    }
    expect(raised.sort((one, other) => one - other)).toEqual(Array.from({ length: 20 }, (_, piece) => piece + 1))
    expect(nextActionAt(current)).toBeGreaterThan(at('2026-03-06 09:00'))
  })

  test('stands in the way of resolving, unless it is said why it does not matter; then it falls away', () => {
    const by = act('h1', '2026-03-06 10:00')
    const problem = refusal(() => resolveIssue(asked(), { message: '已办结。' }, undefined, by, reckoning))
    expect([problem.code, problem.members]).toEqual(['pieces-open', { pieces: [1] }])
    expect(refusal(() => askForExplanation(asked(), '现行规定不允许。', aStaff(), by)).code).toBe('pieces-open')
    const { issue, events } = resolveIssue(asked(), { message: '已办结。', despite: '已改线，无须迁改。' }, undefined, by, reckoning, people.of)
    expect(events[0]).toMatchObject({ event: 'resolved', despite: '已改线，无须迁改。' })
    expect(issue.pieces[0]).toMatchObject({ status: 'dropped' })
    expect(issue.pieces[0]?.clock.next).toBeUndefined()
    expect(withdrawIssue(asked(), undefined, aStaff(), by.now, people.of).issue.pieces[0]?.status).toBe('dropped')
  })

  describe('that falls away', () => {
    const by = act('h1', '2026-03-06 10:00')
    const resolve = (issue: Issue, of: People['of'] = people.of) => resolveIssue(issue, { message: '已办结。', despite: '已改线，无须迁改。' }, undefined, by, reckoning, of)
    const told = ({ mails }: { mails: readonly PlannedMail[] }) => mails.filter(({ about }) => about.kind === 'assist-dropped')

    test.each([
      ['the issue is resolved over it', (issue: Issue) => resolve(issue)],
      ['the enterprise takes the issue back', (issue: Issue) => withdrawIssue(issue, undefined, aStaff(), by.now, people.of)],
    ])('is told at once to the handlers and directors who were asked: %s', (_, end) => {
      const decision = end(asked())
      expect(told(decision)).toEqual(
        ['x1', 'x2'].map(id => ({ mailId: `2026-000001/assist-dropped/1/officer:${id}`, about: { kind: 'assist-dropped', issueId: '2026-000001', piece: 1, event: decision.issue.eventCount }, to: `officer:${id}`, cc: [], timing: 'act' })),
      )
      const answered = answerPiece(asked(), 1, { message: '同意。' }, aStaff(), act('x1', '2026-03-05 10:00')).issue
      expect(told(end(answered))).toEqual([])
    })

    test('is told piece by piece, and not to who has ended it', () => {
      const both = ask(asked(), { departmentId: 'D-04' }).issue
      const shared = (departmentId: string) => (departmentId === 'D-04' ? aStaff({ handlers: ['h1', 'y1'], directors: [] }) : assisting)
      expect(told(resolve(both, shared)).map(({ about, to }) => ['piece' in about && about.piece, to])).toEqual([[1, 'officer:x1'], [1, 'officer:x2'], [2, 'officer:y1'], [2, 'officer:s1']])
    })

    test('is not told to a department that has come to lead the issue', () => {
      const handedOn = transferIssue(asked(), { departmentId: 'D-03', reason: '职责所在' }, assisting, act('h1', '2026-03-05 10:00')).issue
      expect(told(withdrawIssue(handedOn, undefined, assisting, by.now, people.of))).toEqual([])
      expect(told(resolve(acceptIssue(handedOn, act('x1', '2026-03-05 11:00')).issue))).toEqual([])
    })

    test('with as many others as there may be, is told within one transaction', () => {
      const many = aStaff({ handlers: Array.from({ length: 60 }, (_, at) => `x${at}`) })
      let issue = acceptIssue(anIssue({ submitted: { tier: 'D' } }), act('h1', '2026-03-02 10:30')).issue
      for (let at = 0; at < 20; at++) issue = ask(issue, { departmentId: `D-${10 + at}` }, '2026-03-02 11:00', many).issue
      const decision = resolve(issue, () => many)
      expect(new Set(told(decision).flatMap(({ about, to, cc }) => [to, ...cc].map(each => `${'piece' in about ? about.piece : ''} ${each}`))).size).toBe(20 * 61)
      expect([...decisionWrites(decision, issue), ...planWrites(decision.mails, 0)].length).toBeLessThan(transactionLimit - 10)
    })

    test('is nobody’s to forget: without the staff of who was asked, nothing is decided', () => {
      expect(() => resolve(asked(), unread)).toThrow('the staff of D-03 was not read')
      expect(resolve(accepted(), unread).issue.status).toBe('resolved')
    })
  })

  test('falls away where its own department comes to lead: it would owe it to itself', () => {
    const both = ask(asked(), { departmentId: 'D-04' }).issue
    const handedOn = transferIssue(both, { departmentId: 'D-03', reason: '职责所在' }, assisting, act('h1', '2026-03-05 10:00')).issue
    expect(handedOn.pieces.map(({ departmentId, status, clock: { next } }) => [departmentId, status, next === undefined])).toEqual([['D-03', 'dropped', true], ['D-04', 'open', false]])
  })

  test('stands still while the issue does, and keeps what was left', () => {
    const paused = pausedFrom('2026-03-05 09:00')
    expect(sweep(paused, '2026-03-20 09:00')).toBeUndefined()
    const { issue } = resumeIssue(paused, undefined, act('h1', '2026-03-09 09:00'), reckoning)
    expect(shown(issue.pieces[0]?.clock.by ?? 0)).toBe('2026-03-11 18:00')
  })

  test('is explained day by day: what counts from the day it was asked for, and what a pause moved it to', () => {
    const explained = ({ pieces: [piece = expect.fail('no piece')], ...issue }: Issue, language: 'zh' | 'en') => {
      const { clock } = piece
      return explainPiece(piece, walk(calendar, localDateOf(clock.from, zone), clock.days), deadlineOf(clock, { ...issue, pauses: issue.pauses }, reckoning), zone, language)
    }
    expect(explained(asked(), 'zh')).toBe('协办时限3个工作日：3月4日（周三）商请当日不计；其间3月7日（周六）至8日（周日）周末不计；截止3月9日（周一）18:00。')
    expect(explained(asked(), 'en')).toBe('Assistance within 3 working days: Wed 4 March, the day it was asked for, is day 0; not counted: Sat 7 to Sun 8 March (weekend); due Mon 9 March, 18:00.')
    const resumed = resumeIssue(pausedFrom('2026-03-05 09:00'), undefined, act('h1', '2026-03-09 09:00'), reckoning).issue
    expect(explained(resumed, 'zh')).toContain('截止3月9日（周一）18:00。3月5日（周四）09:00至3月9日（周一）09:00暂停计时，截止时间顺延至3月11日（周三）18:00。')
    const provisional = ask(accepted(), { workingDays: 8 }).issue
    const restsOnNothing = { ...provisional, pieces: provisional.pieces.map(piece => ({ ...piece, clock: { ...piece.clock, provisional: true } })) }
    expect(explained(restsOnNothing, 'en')).toContain('provisional')
    expect(explained(answerPiece(restsOnNothing, 1, { message: '同意。' }, aStaff(), act('x1', '2026-03-05 10:00')).issue, 'en')).not.toContain('provisional')
  })

  test('knows the calendar it was reckoned with, which is not the issue’s any more once it has been settled', () => {
    const changed = { calendar: calendarWith([{ year: 2026, holidays: { '2026-03-09': '临时放假', '2026-03-16': '临时放假' }, makeUpDays: {} }], 1), timeZone: zone }
    const both = ask(answerPiece(asked(), 1, { message: '同意。' }, aStaff(), act('x1', '2026-03-05 10:00')).issue, {}, '2026-03-05 11:00').issue
    const anew = recomputeDeadlines(both, at('2026-03-05 12:00'), changed)?.issue
    expect(anew?.pieces.map(({ calendarVersion, clock: { by } }) => [calendarVersion, shown(by)])).toEqual([[0, '2026-03-09 18:00'], [1, '2026-03-11 18:00']])
  })

  test('keeps its deadline when the issue gets more time', () => {
    const extended = decideRequest(askForExtension(asked(), { workingDays: 5, reason: '须勘测。' }, aStaff(), act('h1', '2026-03-05 09:00'), reckoning).issue, { decision: 'approved' }, undefined, act('d1', '2026-03-05 10:00'), reckoning).issue
    expect(extended.pieces[0]?.clock.by).toBe(asked().pieces[0]?.clock.by)
  })
})

describe('who answers for an issue', () => {
  test('is the department that received it until another has accepted it', () => {
    const issue = anIssue()
    expect(issue.responsibleDepartmentId).toBe('D-01')
    const handedOn = transferIssue(issue, { departmentId: 'D-03', reason: '职责所在' }, assisting, act('h1', '2026-03-02 11:00')).issue
    expect([handedOn.leadDepartmentId, handedOn.responsibleDepartmentId]).toEqual(['D-03', 'D-01'])
    const late = sweep(handedOn, '2026-03-04 09:00')
    // The handlers of the lead, and the director of who answers for it.
    expect(late?.mails.map(({ to }) => to)).toEqual(['officer:x1', 'officer:d1'])
    expect(acceptIssue(handedOn, act('x1', '2026-03-04 10:00')).issue.responsibleDepartmentId).toBe('D-03')
  })

  test.each([
    ['no director', 0, []],
    ['twelve directors', 12, Array.from({ length: 12 }, () => 1)],
    ['thirteen directors', 13, [13]],
    ['a hundred directors', 100, [40, 40, 20]],
  ])('hears of a level through each of %s, who share mails where they are many', (_, count, readers) => {
    const directors = Array.from({ length: count }, (_, nth) => `d${nth + 1}`)
    const of = (departmentId: string) => (departmentId === 'D-03' ? assisting : aStaff({ directors }))
    const handedOn = transferIssue(anIssue(), { departmentId: 'D-03', reason: '职责所在' }, assisting, act('h1', '2026-03-02 11:00')).issue
    const decision = advanceIssue(handedOn, { of }, at('2026-03-04 09:00'), reckoning)
    if (decision === undefined) throw new Error('due, and nothing to do')
    const toThem = decision.mails.filter(({ to }) => to !== 'officer:x1')
    expect(toThem.flatMap(({ to, cc }) => [to, ...cc])).toEqual(directors.map(id => `officer:${id}`))
    expect(toThem.map(({ cc }) => 1 + cc.length)).toEqual(readers)
    expect([...decisionWrites(decision, handedOn), ...planWrites(decision.mails, 0)].length).toBeLessThan(transactionLimit)
  })

  test('tells nobody twice, and no supervisor in the stead of directors who have been told', () => {
    const handedOn = transferIssue(anIssue(), { departmentId: 'D-03', reason: '职责所在' }, assisting, act('h1', '2026-03-02 11:00')).issue
    const of = (departmentId: string) => (departmentId === 'D-03' ? assisting : aStaff({ directors: assisting.handlers }))
    expect(advanceIssue(handedOn, { of }, at('2026-03-04 09:00'), reckoning)?.mails.map(({ to }) => to)).toEqual(['officer:x1'])
  })
})
