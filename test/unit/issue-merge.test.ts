import { describe, expect, test } from 'vitest'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { askForAssistance } from '../../shared/issue/assistance.ts'
import { rateIssue } from '../../shared/issue/closing.ts'
import { isOverdue, isProvisional, nextActionAt } from '../../shared/issue/deadline.ts'
import { acceptIssue, replyToIssue, resolveIssue, transferIssue, type Decision } from '../../shared/issue/decision.ts'
import { directIssue } from '../../shared/issue/direct.ts'
import { withdrawIssue } from '../../shared/issue/enterprise-act.ts'
import { writesOf } from '../../functions/ledger/change-issue.ts'
import type { Issue, Piece } from '../../shared/issue/issue.ts'
import { advanceIssue } from '../../shared/issue/ladder.ts'
import { followersAtMost, leaving, mergeIssue, separateIssue, withFollowers } from '../../shared/issue/merge.ts'
import { askForExplanation, askForPause, decideRequest } from '../../shared/issue/request.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'
import { anIssue } from '../mothers/issue.ts'
import { at, shown, zone } from '../mothers/moment.ts'
import { refusal } from '../mothers/refusal.ts'
import { aStaff, peopleOf } from '../mothers/staff.ts'

const reckoning = { calendar, timeZone: zone }
const act = (by: string, on: string) => ({ by, now: at(on) })
const contact = { contactEmail: 'li@example.com' }
const reason = '同一路段。'
const leadStaff = aStaff({ handlers: ['w1'], directors: ['w2'] })

/** Of tier B, dispatched on Monday 2 March 2026 and due on the 16th: one that another department leads and has accepted, and one of another enterprise. */
const target = (): Issue => acceptIssue({ ...anIssue({ submitted: { tier: 'B' } }), issueId: '2026-000007', leadDepartmentId: 'D-02' }, act('w1', '2026-03-02 11:00')).issue
const duplicate = (): Issue => anIssue({ submitted: { tier: 'B', enterpriseId: creditCodeOf(2) } })

const merge = (issue = duplicate(), into = target(), on = '2026-03-03 10:00') => mergeIssue(issue, { issue: into, staff: leadStaff }, reason, contact, act('s1', on))
const besideOf = ({ beside: [change] = [] }: Decision): Decision => {
  if (change === undefined) throw new Error('nothing changes beside it')
  return change.decision
}
const merged = () => {
  const decision = merge()
  return { issue: decision.issue, into: besideOf(decision).issue }
}
/** What becomes of the one that was merged by what is done to the other. */
const followed = (does: (into: Issue) => Decision, issue = merged().issue, on = '2026-03-05 15:00'): Decision =>
  besideOf(withFollowers(does(merged().into), [{ issue, contact }], leadStaff, act('w1', on), reckoning))
const told = ({ mails }: Decision) => mails.map(({ about: { kind }, to }) => `${kind} ${to}`)

describe('what a session decides on the other', () => {
  const directed = (departmentId: string) => (into: Issue) =>
    directIssue(into, { sessionId: 'S2026-000001', decision: 2, calledByDepartmentId: 'D-09', isOffice: false, departmentId, what: '对方企业的事项', dueOn: '2026-03-16' }, { staff: leadStaff, formerStaff: undefined, contact }, act('d9', '2026-03-05 15:00'), reckoning, 50)

  test('moves a merged issue to the department that leads both, in no words that concern the other enterprise', () => {
    const decision = followed(directed('D-03'))
    expect(decision.issue.leadDepartmentId).toBe('D-03')
    expect(decision.events).toMatchObject([{ event: 'transferred', fromDepartmentId: 'D-02', departmentId: 'D-03', reason: '现场办公决定（S2026-000001 第2项）' }])
    expect(told(decision)).toEqual(['issue-transferred officer:1001'])
  })

  test('is nothing to it where the same department leads on', () => {
    expect(withFollowers(directed('D-02')(merged().into), [{ issue: merged().issue, contact }], leadStaff, act('d9', '2026-03-05 15:00'), reckoning).beside ?? []).toEqual([])
  })
})

describe('a merged issue', () => {
  test('stands still, under the department that leads the other, which knows of it', () => {
    const decision = merge()
    const { issue } = decision
    expect(issue).toMatchObject({ status: 'merged', mergedInto: '2026-000007', leadDepartmentId: 'D-02', responsibleDepartmentId: 'D-02', firstDepartmentId: 'D-01' })
    expect(issue.clocks.accept.doneAt).toBe(at('2026-03-03 10:00'))
    expect([nextActionAt(issue), isOverdue(issue, at('2026-06-01 10:00')), advanceIssue(issue, peopleOf(aStaff()), at('2026-06-01 10:00'), reckoning)]).toEqual([undefined, false, undefined])
    expect(decision.events).toMatchObject([{ event: 'merged', intoIssueId: '2026-000007', departmentId: 'D-02', reason }])
    expect(besideOf(decision)).toMatchObject({ issue: { followers: ['2026-000001'], version: target().version + 1 }, events: [{ event: 'joined', issueId: '2026-000001' }], mails: [] })
  })

  test('rests on a year that has not been published as before', () => {
    const issue = anIssue({ submitted: { tier: 'B', enterpriseId: creditCodeOf(2) }, on: '2026-12-25 10:00' })
    expect([isProvisional(issue), isProvisional(merge(issue, target(), '2026-12-28 10:00').issue)]).toEqual([true, true])
  })

  test('is told of to its enterprise, to who brought it and to who works on the other', () => {
    expect(told(merge())).toEqual(['issue-moved officer:1001', `issue-moved enterprise:${creditCodeOf(2)}`, 'issue-moved officer:w1'])
  })

  test('asks nothing of other departments any more', () => {
    const accepted = acceptIssue(duplicate(), act('h1', '2026-03-02 15:00')).issue
    const asked = askForAssistance(accepted, { departmentId: 'D-03', message: '请出具意见。' }, aStaff(), act('h1', '2026-03-02 15:00'), reckoning).issue
    const decision = mergeIssue(asked, { issue: target(), staff: leadStaff }, reason, contact, act('s1', '2026-03-03 10:00'), () => aStaff({ handlers: ['p1'], directors: ['p2'] }))
    expect(decision.issue.pieces).toMatchObject([{ status: 'dropped' }])
    expect(told(decision).slice(-2)).toEqual(['assist-dropped officer:p1', 'assist-dropped officer:p2'])
  })

  test.each([
    ['itself', () => merge(duplicate(), { ...target(), issueId: '2026-000001' }), 'merge-into-itself'],
    ['one that is resolved', () => merge(duplicate(), { ...target(), status: 'resolved' }), 'merge-target-not-open'],
    ['one that is merged itself', () => merge(duplicate(), merged().issue), 'merge-into-itself'],
    ['another that is merged itself', () => merge(duplicate(), { ...merged().issue, issueId: '2026-000008' }), 'merge-target-not-open'],
    ['one that many follow', () => merge(duplicate(), { ...target(), followers: Array.from({ length: followersAtMost }, (_, nth) => `2026-0001${nth}`) }), 'too-many-followers'],
    ['one, while others follow it', () => merge({ ...duplicate(), followers: ['2026-000009'] }), 'has-followers'],
    ['one, when it is resolved', () => merge({ ...duplicate(), status: 'resolved' }), 'command-not-legal'],
  ])('is not merged into %s', (_, attempt, code) => {
    expect(refusal(attempt).code).toBe(code)
  })

  test('can be merged into one whose clocks stand still', () => {
    const asked = askForPause(target(), { waitingFor: 'outside-body', reason }, leadStaff, act('w1', '2026-03-03 09:00'), reckoning).issue
    const paused = decideRequest(asked, { decision: 'approved' }, contact, act('w2', '2026-03-03 09:30'), reckoning).issue
    expect(merge(duplicate(), paused).issue.status).toBe('merged')
  })
})

describe('what is done to the other', () => {
  test('accepts it too; until then the department before answers for it', () => {
    const fresh: Issue = { ...anIssue({ submitted: { tier: 'B' } }), issueId: '2026-000007', leadDepartmentId: 'D-02' }
    const { issue } = merge(duplicate(), fresh)
    expect([issue.leadDepartmentId, issue.responsibleDepartmentId, issue.clocks.accept.doneAt]).toEqual(['D-02', 'D-01', undefined])
    const decision = followed(into => acceptIssue({ ...into, status: 'dispatched' }, act('w1', '2026-03-05 15:00')), issue)
    expect([decision.issue.status, decision.issue.responsibleDepartmentId, decision.issue.clocks.accept.doneAt, decision.mails]).toEqual(['merged', 'D-02', at('2026-03-05 15:00'), []])
  })

  test('fits into one transaction, however many follow, work on it, and were asked for a piece', () => {
    const many = (prefix: string, count: number) => Array.from({ length: count }, (_, nth) => `${prefix}${nth}`)
    for (const count of [7, 12, 13, 40]) {
      const staff = aStaff({ handlers: many('w', count), directors: many('d', 2) })
      const issues = many('2026-0001', followersAtMost).map(issueId => ({ ...merged().issue, issueId, awaitedYears: [], clocks: merged().issue.clocks }))
      const pieces = many('D-', 20).map((departmentId, nth): Piece => ({ piece: nth + 1, departmentId, status: 'open', event: 1, level: 0, calendarVersion: 0, shippedUntil: 2026, clock: { from: 0, days: 3, by: at('2026-03-06 18:00'), provisional: false } }))
      const into: Issue = { ...merged().into, followers: issues.map(({ issueId }) => issueId), pieces, awaitedYears: [2027] }
      const others = issues.map(issue => ({ issue, contact }))
      const asked = () => aStaff({ handlers: many('p', 60), directors: ['q'] })
      const decisions = [
        withFollowers(withdrawIssue(into, '已自行解决。', staff, at('2026-12-28 15:00'), asked), others, staff, act('enterprise', '2026-12-28 15:00'), reckoning),
        withFollowers(resolveIssue(into, { message: '已修复。', despite: '无须等待。' }, contact, act('w1', '2026-12-28 15:00'), reckoning, asked), others, staff, act('w1', '2026-12-28 15:00'), reckoning),
      ]
      // The record of the request is written with it.
      for (const decision of decisions) expect(writesOf(decision, into, 0).length, `${count} handlers`).toBeLessThan(100)
    }
  })

  test.each([aStaff({ handlers: ['1001', 'w1'] }), aStaff({ handlers: ['1001'], directors: ['1001'] }), aStaff({ handlers: [], directors: ['1001'] })])('is told once to whoever brought it and works on it, under %j', staff => {
    const decision = withFollowers(withdrawIssue(merged().into, undefined, staff, at('2026-03-05 15:00')), [{ issue: merged().issue, contact }], staff, act('enterprise', '2026-03-05 15:00'), reckoning)
    const ids = [...decision.mails, ...besideOf(decision).mails].map(({ mailId }) => mailId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('answers it too, in the same words', () => {
    const decision = followed(into => replyToIssue(into, '正在修复。', undefined, act('w1', '2026-03-05 15:00')))
    expect(decision.events).toEqual([{ event: 'replied', departmentId: 'D-02', message: '正在修复。', at: at('2026-03-05 15:00'), by: 'w1' }])
    expect([decision.issue.status, decision.issue.clocks.reply.doneAt]).toEqual(['merged', at('2026-03-05 15:00')])
    expect(told(decision)).toEqual(['issue-replied officer:1001', `issue-replied enterprise:${creditCodeOf(2)}`])
  })

  test('hands it on, of which who brought it is told', () => {
    const decision = followed(into => transferIssue(into, { departmentId: 'D-03', reason: '职责所在' }, aStaff(), act('w1', '2026-03-05 15:00')))
    expect([decision.issue.status, decision.issue.leadDepartmentId]).toEqual(['merged', 'D-03'])
    expect(told(decision)).toEqual(['issue-transferred officer:1001'])
  })

  test('resolves it, and its own enterprise rates the result', () => {
    const decision = followed(into => resolveIssue(into, { message: '已修复。' }, undefined, act('w1', '2026-03-05 15:00'), reckoning))
    const { issue } = decision
    expect(issue).toMatchObject({ status: 'resolved', resolvedAt: at('2026-03-05 15:00'), callBack: { isDue: false }, leadDepartmentId: 'D-02', responsibleDepartmentId: 'D-02' })
    expect(issue.mergedInto).toBeUndefined()
    expect(told(decision)).toEqual(['issue-resolved officer:1001', `issue-resolved enterprise:${creditCodeOf(2)}`])
    expect(rateIssue(issue, { rating: 5 }, leadStaff, at('2026-03-06 09:00'), reckoning).issue.status).toBe('closed')
    const again = rateIssue(issue, { rating: 2 }, leadStaff, at('2026-03-06 09:00'), reckoning).issue
    expect([again.status, again.level, again.leadDepartmentId, shown(again.clocks.resolve.by)]).toEqual(['accepted', 1, 'D-02', '2026-03-13 18:00'])
  })

  test('explains it, where that is approved', () => {
    const explained = (into: Issue) => decideRequest(askForExplanation(into, '现行规定不允许。', leadStaff, act('w1', '2026-03-05 14:00')).issue, { decision: 'approved' }, undefined, act('w2', '2026-03-05 15:00'), reckoning)
    const { issue, events } = followed(explained)
    expect([issue.status, issue.explained, events.map(({ event }) => event)]).toEqual(['resolved', true, ['explained']])
  })

  test('leaves it to be worked on by itself where the other is taken back', () => {
    const decision = followed(into => withdrawIssue(into, undefined, leadStaff, at('2026-03-05 15:00')))
    expect(decision.issue).toMatchObject({ status: 'accepted', leadDepartmentId: 'D-02' })
    expect(decision.events).toMatchObject([{ event: 'separated', fromIssueId: '2026-000007' }])
    expect(told(decision)).toEqual(['issue-moved officer:1001', `issue-moved enterprise:${creditCodeOf(2)}`])
    const whole = withFollowers(withdrawIssue(merged().into, undefined, leadStaff, at('2026-03-05 15:00')), [{ issue: merged().issue, contact }], leadStaff, act('w1', '2026-03-05 15:00'), reckoning)
    expect(told(whole).slice(-1)).toEqual(['issue-moved officer:w1'])
  })

  test('of which it need know nothing, leaves it alone', () => {
    const asked = (into: Issue) => askForPause(into, { waitingFor: 'enterprise', reason }, leadStaff, act('w1', '2026-03-05 15:00'), reckoning)
    expect(withFollowers(asked(merged().into), [{ issue: merged().issue, contact }], leadStaff, act('w1', '2026-03-05 15:00'), reckoning).beside).toEqual([])
  })

  test('ends what followed it', () => {
    const resolved = resolveIssue(merged().into, { message: '已修复。' }, undefined, act('w1', '2026-03-05 15:00'), reckoning)
    expect(withFollowers(resolved, [{ issue: merged().issue, contact }], leadStaff, act('w1', '2026-03-05 15:00'), reckoning).issue.followers).toEqual([])
  })
})

describe('a separated issue', () => {
  const separate = (on = '2026-03-05 10:00') => {
    const { issue, into } = merged()
    return separateIssue(issue, { issue: into, staff: leadStaff }, '并非同一路段。', contact, act('s1', on), reckoning)
  }

  test('goes on with exactly the working time that was left', () => {
    const { issue, events } = separate()
    // It stood still for two working days, from ten on Tuesday to ten on Thursday.
    expect([issue.status, issue.mergedInto, shown(issue.clocks.resolve.by), issue.deadlineVersion]).toEqual(['accepted', undefined, '2026-03-18 18:00', 2])
    expect(events).toMatchObject([{ event: 'separated', fromIssueId: '2026-000007', reason: '并非同一路段。', deadlineVersion: 2, resolveBy: issue.clocks.resolve.by }])
  })

  test('is followed by the other no more', () => {
    expect(besideOf(separate())).toMatchObject({ issue: { followers: [] }, events: [{ event: 'left', issueId: '2026-000001' }] })
  })

  test('leaves the other too when its enterprise takes it back', () => {
    const { issue, into } = merged()
    const withdrawn = leaving(withdrawIssue(issue, '已自行解决。', leadStaff, at('2026-03-05 10:00')), into, act('enterprise', '2026-03-05 10:00'))
    expect([withdrawn.issue.status, withdrawn.issue.mergedInto, besideOf(withdrawn).issue.followers]).toEqual(['withdrawn', undefined, []])
  })
})
