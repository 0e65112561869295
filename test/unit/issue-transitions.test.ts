import { describe, expect, test } from 'vitest'
import { commands, isOpen, legalCommands, statusAfter, statuses, transitions, type Command, type Outcome, type Status } from '../../shared/issue/transition.ts'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { answerPiece, askForAssistance } from '../../shared/issue/assistance.ts'
import { callBackIssue, overrideIssue, rateIssue } from '../../shared/issue/closing.ts'
import { acceptIssue, acknowledgeIssue, replyToIssue, resolveIssue, transferIssue, type Decision } from '../../shared/issue/decision.ts'
import { directIssue } from '../../shared/issue/direct.ts'
import type { Issue, Piece } from '../../shared/issue/issue.ts'
import { issueSchema, timelineEventSchema } from '../../shared/issue/issue.ts'
import { informOnIssue, withdrawIssue } from '../../shared/issue/enterprise-act.ts'
import { mergeIssue, separateIssue, withFollowers } from '../../shared/issue/merge.ts'
import { resumeIssue } from '../../shared/issue/pause.ts'
import { askForExplanation, askForExtension, askForPause, decideRequest } from '../../shared/issue/request.ts'
import { changeTier } from '../../shared/issue/tier.ts'
import { detailsOf } from '../../functions/http/problem-details.ts'
import { anEnterprise } from '../mothers/enterprise.ts'
import { anIssue, dispatch } from '../mothers/issue.ts'
import { at, zone } from '../mothers/moment.ts'
import { refusal } from '../mothers/refusal.ts'
import { aStaff } from '../mothers/staff.ts'

const outcomes = ['satisfied', 'dissatisfied', 'extension', 'pause', 'explanation', 'refused', 'accepted', 'not-accepted'] as const

/** The life of an issue, written out: what leads where, the rest is refused. */
const expected: Record<Status, Partial<Record<Command, Status | Partial<Record<Outcome, Status>>>>> = {
  dispatched: { accept: 'accepted', transfer: 'dispatched', answer: 'dispatched', tier: 'dispatched', merge: 'merged', direct: 'dispatched', acknowledge: 'dispatched', inform: 'dispatched', withdraw: 'withdrawn' },
  accepted: {
    reply: 'accepted', transfer: 'dispatched', resolve: 'resolved', assist: 'accepted', answer: 'accepted', explanation: 'accepted', extension: 'accepted', pause: 'accepted',
    decision: { extension: 'accepted', pause: 'paused', explanation: 'resolved', refused: 'accepted' },
    tier: 'accepted', merge: 'merged', direct: { accepted: 'accepted', 'not-accepted': 'dispatched' }, acknowledge: 'accepted', inform: 'accepted', withdraw: 'withdrawn',
  },
  paused: { reply: 'paused', answer: 'paused', resume: 'accepted', inform: 'paused', withdraw: 'withdrawn' },
  merged: { reply: 'merged', separate: { accepted: 'accepted', 'not-accepted': 'dispatched' }, follow: 'resolved', inform: 'merged', withdraw: 'withdrawn' },
  resolved: {
    rate: { satisfied: 'closed', dissatisfied: 'accepted' }, 'call-back': { satisfied: 'closed', dissatisfied: 'accepted' },
    override: 'closed', withdraw: 'withdrawn',
  },
  closed: {},
  withdrawn: {},
}

/** What an outcome is one of: the enterprise's verdict, or the fate of a request. */
const outcomesOf = (command: Command): readonly Outcome[] =>
  command === 'separate' || command === 'direct' ? ['accepted', 'not-accepted'] : command === 'decision' ? ['extension', 'pause', 'explanation', 'refused'] : command === 'rate' || command === 'call-back' ? ['satisfied', 'dissatisfied'] : outcomes.slice(0, 1)

const cases = statuses.flatMap(status =>
  commands.flatMap(command =>
    outcomesOf(command).map(outcome => {
      const next = expected[status][command]
      return [status, command, outcome, typeof next === 'object' ? next[outcome] : next] as const
    }),
  ),
)

const act = { by: '2001', now: at('2026-03-03 10:00') }
const reckoning = { calendar, timeZone: zone }
const reason = '须重新勘测。'

const requests = {
  extension: { kind: 'extension', workingDays: 5, reason, by: 'h1', at: act.now },
  pause: { kind: 'pause', waitingFor: 'enterprise', reason, by: 'h1', at: act.now },
  explanation: { kind: 'explanation', message: '现行规定不允许。', by: 'h1', at: act.now },
} as const

const piece: Piece = { piece: 1, departmentId: 'D-03', status: 'open', event: 2, level: 0, clock: { from: act.now, days: 3, by: at('2026-03-06 18:00'), provisional: false }, calendarVersion: 0, shippedUntil: 2026 }

const other: Issue = { ...anIssue({ submitted: { tier: 'B' } }), issueId: '2026-000002' }

const verdict = { sessionId: 'S2026-000001', decision: 1, departmentId: 'D-02', calledByDepartmentId: 'D-01', isOffice: false, what: '本周内恢复供水。', dueOn: '2026-03-06' } as const

const obey = (issue: Issue, command: Command, outcome: Outcome = 'satisfied'): Decision => {
  const rating = outcome === 'satisfied' ? 3 : 2
  switch (command) {
    case 'accept':
      return acceptIssue(issue, act)
    case 'reply':
      return replyToIssue(issue, '已安排抢修。', anEnterprise(), act)
    case 'transfer':
      return transferIssue(issue, { departmentId: 'D-02', reason: '属水务局职责' }, aStaff(), act)
    case 'resolve':
      return resolveIssue(issue, { message: '供水已恢复。' }, anEnterprise(), act, reckoning)
    case 'assist':
      return askForAssistance(issue, { departmentId: 'D-03', message: '请出具意见。' }, aStaff(), act, reckoning)
    case 'answer':
      return answerPiece({ ...issue, pieces: [piece] }, 1, { message: '同意。' }, aStaff(), act)
    case 'explanation':
      return askForExplanation(issue, '现行规定不允许。', aStaff(), act)
    case 'extension':
      return askForExtension(issue, { workingDays: 5, reason }, aStaff(), act, reckoning)
    case 'pause':
      return askForPause(issue, { waitingFor: 'outside-body', reason }, aStaff(), act, reckoning)
    case 'decision':
      return outcome === 'extension' || outcome === 'pause' || outcome === 'explanation'
        ? decideRequest({ ...issue, request: requests[outcome] }, { decision: 'approved' }, anEnterprise(), act, reckoning)
        : decideRequest({ ...issue, request: requests.pause }, { decision: 'refused', remark: '请按期办结。' }, anEnterprise(), act, reckoning)
    case 'resume':
      return resumeIssue(issue, anEnterprise(), act, reckoning)
    case 'tier':
      return changeTier(issue, { tier: issue.tier === 'C' ? 'B' : 'C', reason }, anEnterprise(), act, reckoning)
    case 'merge':
      return mergeIssue(issue, { issue: other, staff: aStaff() }, '同一路段。', anEnterprise(), act)
    case 'separate':
      return separateIssue(outcome === 'accepted' ? { ...issue, clocks: { ...issue.clocks, accept: { ...issue.clocks.accept, doneAt: act.now } } } : issue, { issue: { ...other, followers: [issue.issueId] }, staff: aStaff() }, '并非同一路段。', anEnterprise(), act, reckoning)
    case 'follow': {
      const [followed] = withFollowers(resolveIssue({ ...other, status: 'accepted' }, { message: '已修复。' }, anEnterprise(), act, reckoning), [{ issue, contact: anEnterprise() }], aStaff(), act, reckoning).beside ?? []
      if (followed === undefined) throw new Error('nothing follows')
      return followed.decision
    }
    case 'direct':
      return directIssue(issue, { ...verdict, departmentId: outcome === 'accepted' ? issue.leadDepartmentId : 'D-02' }, { staff: aStaff(), formerStaff: undefined, contact: anEnterprise() }, act, reckoning, 50)
    case 'acknowledge':
      return acknowledgeIssue(issue, act, reckoning)
    case 'rate':
      return rateIssue(issue, { rating }, aStaff(), act.now, reckoning)
    case 'call-back':
      return callBackIssue(issue, { rating, asked: '王芳', askedAt: act.now }, aStaff(), act, reckoning)
    case 'override':
      return overrideIssue(issue, '企业已注销。', aStaff(), act)
    case 'inform':
      return informOnIssue(issue, '图纸已备齐。', aStaff(), act.now)
    case 'withdraw':
      return withdrawIssue(issue, '已自行解决。', aStaff(), act.now)
  }
}

describe('every status and every command', () => {
  test.each(cases)('%s: %s (%s) leads to %s', (status, command, outcome, next) => {
    const issue: Issue = { ...asked, status, pauses: status === 'paused' ? [{ from: at('2026-03-02 11:00'), waitingFor: 'enterprise', endsBy: at('2026-03-30 18:00') }] : [] }
    if (next !== undefined) {
      expect(statusAfter(issue, command, outcome)).toBe(next)
      expect(obey(issue, command, outcome).issue.status).toBe(next)
      return
    }
    // Nothing has been asked for, so there is nothing to decide on or to answer; and what follows by itself nobody does.
    const legal = commands.filter(other => expected[status][other] !== undefined && other !== 'decision' && other !== 'answer' && other !== 'follow')
    const direct = refusal(() => statusAfter(issue, command, outcome))
    expect(direct.code).toBe('command-not-legal')
    expect(direct.members).toEqual({ issueStatus: status, legal })
    expect(refusal(() => obey(issue, command, outcome)).code).toBe('command-not-legal')
  })

  test('every status can be reached from dispatch, and an issue is open until it is resolved', () => {
    const reached = new Set<Status>(['dispatched'])
    for (const status of reached) for (const next of Object.values(transitions[status])) for (const each of typeof next === 'string' ? [next] : Object.values(next)) reached.add(each)
    expect([...reached].sort()).toEqual([...statuses].sort())
    expect(statuses.filter(isOpen)).toEqual(['dispatched', 'accepted'])
    expect(legalCommands({ ...asked, status: 'closed' })).toEqual([])
  })
})

const { clocks } = anIssue()
const unsigned = { ...anIssue(), level: 1 as const, clocks: { ...clocks, accept: { ...clocks.accept, unsigned: 1 as const } } }
/** In whatever status, there would be something to acknowledge and to ask. */
const asked = { ...unsigned, resolvedAt: at('2026-03-02 18:00'), callBack: { at: act.now, isDue: true, provisional: false } }

test('a refusal says in words what is legal', () => {
  const problem = refusal(() => statusAfter(unsigned, 'resolve'))
  expect(detailsOf(problem, 'zh').detail).toMatch(/待签收”，可办理：签收.*、转办.*、签收催办/)
  expect(detailsOf(problem, 'en').detail).toMatch(/can be done now: accept, transfer, /)
  expect(detailsOf(problem, 'en')).toMatchObject({ status: 409, code: 'command-not-legal', issueStatus: 'dispatched', legal: ['accept', 'transfer', 'tier', 'merge', 'direct', 'acknowledge', 'inform', 'withdraw'] })
})

describe('what a command leaves behind', () => {
  const accepted = () => acceptIssue(anIssue(), act).issue

  test('every decision is one version and valid as it is stored', () => {
    const decisions = [
      dispatch(),
      ...(['accept', 'transfer'] as const).map(command => obey(anIssue(), command)),
      ...(['reply', 'transfer', 'resolve'] as const).map(command => obey(accepted(), command)),
      obey(unsigned, 'acknowledge'),
      ...(['assist', 'answer', 'explanation', 'extension', 'pause', 'tier', 'merge', 'direct', 'inform', 'withdraw'] as const).map(command => obey(accepted(), command)),
      ...(['extension', 'pause', 'explanation', 'refused'] as const).map(outcome => obey(accepted(), 'decision', outcome)),
      ...(['reply', 'resume', 'inform', 'withdraw'] as const).map(command => obey(obey(accepted(), 'decision', 'pause').issue, command)),
      ...(['reply', 'separate', 'follow', 'inform', 'withdraw'] as const).map(command => obey(obey(accepted(), 'merge').issue, command)),
      ...(['rate', 'call-back', 'override'] as const).map(command => obey({ ...asked, status: 'resolved' }, command)),
      ...(['rate', 'call-back'] as const).map(command => obey({ ...asked, status: 'resolved' }, command, 'dissatisfied')),
    ]
    for (const { issue, events } of decisions) {
      expect(issueSchema.parse(issue)).toEqual(issue)
      expect(events.map(event => timelineEventSchema.parse(event))).toEqual(events)
    }
    const first = dispatch().issue
    expect([first.version, first.eventCount]).toEqual([1, 1])
    const second = acceptIssue(first, act).issue
    expect([second.version, second.eventCount]).toEqual([2, 2])
  })

  test('the first signature and the first answer count, later ones change nothing about the clocks', () => {
    const later = { by: '2002', now: at('2026-03-04 11:00') }
    const answered = replyToIssue(accepted(), '正在协调。', undefined, act).issue
    const again = replyToIssue(answered, '明日完成。', undefined, later).issue
    expect(again.clocks.reply.doneAt).toBe(act.now)
    const handedOn = transferIssue(again, { departmentId: 'D-02', reason: '属水务局职责' }, aStaff(), later).issue
    const signed = acceptIssue(handedOn, { by: '3001', now: at('2026-03-05 09:00') }).issue
    expect(signed.clocks.accept.doneAt).toBe(act.now)
  })

  test('handing on gains nobody time', () => {
    const issue = anIssue()
    const handedOn = transferIssue(issue, { departmentId: 'D-02', reason: '属水务局职责' }, aStaff(), act).issue
    expect(handedOn.clocks).toEqual(issue.clocks)
    expect([handedOn.leadDepartmentId, handedOn.firstDepartmentId, handedOn.status]).toEqual(['D-02', 'D-01', 'dispatched'])
    expect(refusal(() => transferIssue(issue, { departmentId: 'D-01', reason: '退回' }, aStaff(), act)).code).toBe('same-department')
  })

  test('what is resolved without an answer is answered by that, and nothing is due any more', () => {
    const waiting = anIssue({ on: '2026-12-30 10:00' })
    expect(waiting.awaitedYears).toEqual([2027])
    const { issue } = resolveIssue(acceptIssue(waiting, act).issue, { message: '供水已恢复。' }, anEnterprise(), act, reckoning)
    expect(Object.values(issue.clocks).map(clock => [clock.doneAt, clock.next])).toEqual([[act.now, undefined], [act.now, undefined], [act.now, undefined]])
    expect(issue.resolvedAt).toBe(act.now)
    expect(issue.awaitedYears).toEqual([])
  })

  test('both sides hear of an answer; an enterprise without an address does not', () => {
    const told = (contactEmail: string | undefined) =>
      replyToIssue(accepted(), '正在协调。', contactEmail === undefined ? {} : { contactEmail }, act).mails.map(mail => mail.to.split(':')[0])
    expect(told('wang@example.com')).toEqual(['officer', 'enterprise'])
    expect(told(undefined)).toEqual(['officer'])
  })

  test('an officer who handles the issue too is told of a transfer once', () => {
    const { mails } = transferIssue(anIssue(), { departmentId: 'D-02', reason: '属水务局职责' }, aStaff({ handlers: ['1001', 'h2'] }), act)
    expect(mails.map(mail => mail.to)).toEqual(['officer:h2', 'officer:d1', 'officer:1001'])
  })

  test.each([
    [{}, ['officer:h1', 'officer:h2', 'officer:d1']],
    [{ handlers: [] }, ['officer:d1']],
    [{ handlers: [], directors: [] }, ['officer:s1']],
    [{ handlers: ['d1'] }, ['officer:d1']],
    [{ handlers: [], directors: [], supervisors: [] }, ['address:admin@example.org']],
  ])('dispatch to a department with %j is told to %j', (staff, recipients) => {
    const { mails } = dispatch({ staff: aStaff(staff), submitted: { tier: 'A' } })
    expect(mails.map(mail => mail.to)).toEqual(recipients)
    expect(mails.every(mail => mail.about.kind === 'issue-dispatched' && mail.timing === 'act')).toBe(true)
  })
})

test.each([
  ['has not been escalated', anIssue(), ['accept', 'transfer', 'tier', 'merge', 'direct', 'inform', 'withdraw']],
  ['has been escalated', unsigned, ['accept', 'transfer', 'tier', 'merge', 'direct', 'acknowledge', 'inform', 'withdraw']],
  ['has been signed for', { ...anIssue(), level: 2 as const }, ['accept', 'transfer', 'tier', 'merge', 'direct', 'inform', 'withdraw']],
  ['has been accepted', { ...anIssue(), status: 'accepted' as const }, ['reply', 'transfer', 'resolve', 'assist', 'explanation', 'extension', 'pause', 'tier', 'merge', 'direct', 'inform', 'withdraw']],
  ['waits for a decision', { ...anIssue(), status: 'accepted' as const, request: requests.pause }, ['reply', 'transfer', 'resolve', 'assist', 'decision', 'tier', 'merge', 'direct', 'inform', 'withdraw']],
  ['has been extended', { ...anIssue(), status: 'accepted' as const, extension: { workingDays: 5, at: act.now } }, ['reply', 'transfer', 'resolve', 'assist', 'explanation', 'pause', 'tier', 'merge', 'direct', 'inform', 'withdraw']],
  ['has others merged into it', { ...anIssue(), followers: ['2026-000002'] }, ['accept', 'transfer', 'tier', 'direct', 'inform', 'withdraw']],
  ['has been resolved', { ...unsigned, status: 'resolved' as const, callBack: { at: act.now, isDue: false, provisional: false } }, ['rate', 'override', 'withdraw']],
  ['waits for a call-back', { ...asked, status: 'resolved' as const }, ['rate', 'call-back', 'override', 'withdraw']],
] as const)('an issue that %s: nobody is sent to acknowledge where nothing was raised, or to call back too early', (_, issue, legal) => {
  expect(legalCommands(issue)).toEqual(legal)
})

test('an issue handed to a department of many reaches each of them once, its own officer among them', () => {
  const handlers = ['1001', ...Array.from({ length: 50 }, (_, at) => `h${at}`)]
  for (const order of [handlers, handlers.toReversed()]) {
    const { mails } = transferIssue(anIssue(), { departmentId: 'D-02', reason: '属其职责' }, aStaff({ handlers: order }), act)
    expect(mails.flatMap(({ to, cc }) => [to, ...cc]).filter(to => handlers.some(id => to === `officer:${id}`)).sort()).toEqual(handlers.map(id => `officer:${id}`).sort())
  }
})
