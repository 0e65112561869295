import { describe, expect, test } from 'vitest'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { toRfc3339 } from '../../shared/calendar/zone.ts'
import { resolveDaysOf } from '../../shared/issue/deadline.ts'
import { acceptIssue, type Decision } from '../../shared/issue/decision.ts'
import { directIssue, type Verdict } from '../../shared/issue/direct.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import { resumeIssue } from '../../shared/issue/pause.ts'
import { askForExtension, askForPause, decideRequest } from '../../shared/issue/request.ts'
import { resolveIssue } from '../../shared/issue/decision.ts'
import { rateIssue } from '../../shared/issue/closing.ts'
import { changeTier } from '../../shared/issue/tier.ts'
import { decisionsAtMost, verdictOf, withDecision } from '../../shared/session/decide.ts'
import { callSession, cancelSession, changeSession, enterMinutes, type Call, type Invitees, type Session } from '../../shared/session/session.ts'
import { sessionCommands, sessionStatusAfter, sessionStatuses, type SessionCommand, type SessionStatus } from '../../shared/session/transition.ts'
import { planWrites } from '../../functions/adapters/outbox-store.ts'
import { sessionWrite } from '../../functions/adapters/session-store.ts'
import { transactionLimit } from '../../functions/adapters/table.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'
import { anEnterprise } from '../mothers/enterprise.ts'
import { anIssue } from '../mothers/issue.ts'
import { at, shown, zone } from '../mothers/moment.ts'
import { refusal } from '../mothers/refusal.ts'
import { aStaff } from '../mothers/staff.ts'

const now = at('2026-03-02 10:00')
const inZone = (instant: number) => toRfc3339(instant, zone)
const aCall = (but: Partial<Call> = {}): Call => ({
  title: '现场办公', place: '园区', startsAt: at('2026-03-03 09:00'), endsAt: at('2026-03-03 11:00'), enterpriseIds: [creditCodeOf(1), creditCodeOf(2)], departmentIds: [], ...but,
})
const holder = { officerId: 'd1', departmentId: 'D-01', roles: ['director'], active: true } as const
const invitees = (but: Partial<Invitees> = {}): Invitees => ({
  enterprises: [{ enterpriseId: creditCodeOf(1), contactEmail: 'one@example.com' }, { enterpriseId: creditCodeOf(2) }],
  officerIds: ['d1', 'h1', '1001'],
  ...but,
})
const aSession = (but: Partial<Session> = {}): Session => ({ ...callSession(aCall(), { sessionId: 'S2026-000001', holder: { ...holder, roles: [...holder.roles] }, invitees: invitees(), by: 'd1', now, earliest: now }).session, ...but })

/** The life of a session, written out: what leads where before anything has been decided, and afterwards. */
const expected: Record<SessionStatus, Partial<Record<SessionCommand, SessionStatus>>> = {
  called: { change: 'called', cancel: 'cancelled', decide: 'called', minutes: 'held' },
  held: {},
  cancelled: {},
}
const cases = sessionStatuses.flatMap(status => sessionCommands.flatMap(command => [false, true].map(hasDecided => [status, command, hasDecided] as const)))

const obey = (session: Session, command: SessionCommand): Session => {
  const later = at('2026-03-03 09:30')
  switch (command) {
    case 'change':
      return changeSession(session, aCall({ place: '另一处' }), invitees(), { now, earliest: now }).session
    case 'cancel':
      return cancelSession(session, '改期', 'd1', now).session
    case 'minutes':
      return enterMinutes(session, '纪要', 'd1', later, inZone).session
    case 'decide':
      return withDecision(session, verdictOf(session, ruling, creditCodeOf(1), false, later, inZone), { issueId: '2026-000001', enterpriseId: creditCodeOf(1), officerId: '1001' }, 'd1', later).session
  }
}
const ruling = { what: '本周内恢复供水。', departmentId: 'D-02', dueOn: '2026-03-06' } as const

test.each(cases)('a session that is %s: %s (decided before: %s)', (status, command, hasDecided) => {
  const session = aSession({ status, decisions: hasDecided ? [{ issueId: '2026-000001', enterpriseId: creditCodeOf(1) }] : [] })
  const blocked = hasDecided && (command === 'change' || command === 'cancel')
  const next = blocked ? undefined : expected[status][command]
  if (next !== undefined) {
    expect(sessionStatusAfter(session, command)).toBe(next)
    expect(obey(session, command)).toMatchObject({ status: next, version: session.version + 1 })
    return
  }
  const problem = refusal(() => obey(session, command))
  expect(problem.code).toBe('session-command-not-legal')
  expect(problem.members).toEqual({ sessionStatus: status, legal: sessionCommands.filter(each => expected[status][each] !== undefined && !(hasDecided && (each === 'change' || each === 'cancel'))) })
})

describe('when it can begin', () => {
  const call = (but: Partial<Call>, earliest: number) => callSession(aCall(but), { sessionId: 'S2026-000001', holder: { ...holder, roles: [...holder.roles] }, invitees: invitees(), by: 'd1', now, earliest })
  const tomorrow = at('2026-03-03 00:00')
  const today = { startsAt: at('2026-03-02 15:00'), endsAt: at('2026-03-02 16:00') }

  test.each<[string, Partial<Call>, number, string]>([
    ['a director today', today, tomorrow, 'session-too-soon'],
    ['the office in the past', { ...today, startsAt: now }, now, 'session-in-past'],
    ['the office before it begins', { ...today, endsAt: today.startsAt }, now, 'session-time-not-possible'],
    ['anybody in more than a year', { startsAt: at('2027-03-03 09:00'), endsAt: at('2027-03-03 10:00') }, tomorrow, 'session-time-not-possible'],
  ])('is not called by %s', (_, but, earliest, code) => {
    expect(refusal(() => call(but, earliest)).code).toBe(code)
  })

  test('is today where the office calls it, and stays where only the place is changed', () => {
    const { session } = call(today, now)
    expect(changeSession(session, aCall({ ...today, place: '另一处' }), invitees(), { now, earliest: tomorrow }).session.place).toBe('另一处')
    expect(refusal(() => changeSession(session, aCall({ ...today, startsAt: today.startsAt + 60_000 }), invitees(), { now, earliest: tomorrow })).code).toBe('session-too-soon')
  })

  test('is told to nobody again where nothing has been changed', () => {
    expect(changeSession(aSession(), aCall(), invitees({ officerIds: ['d1', 'new'] }), { now, earliest: tomorrow })).toEqual({ session: aSession(), mails: [] })
  })
})

describe('who is invited', () => {
  test('each enterprise with an address, whoever holds it, the staff, each once', () => {
    expect(aSession().invited).toEqual([`enterprise:${creditCodeOf(1)}`, 'officer:d1', 'officer:h1', 'officer:1001'])
  })

  test('the most there can be fit into one transaction, when all change at once', () => {
    const many = (from: number): Invitees => ({
      enterprises: Array.from({ length: 20 }, (_, nth) => ({ enterpriseId: creditCodeOf(from + nth), contactEmail: 'x@example.com' })),
      officerIds: Array.from({ length: 399 }, (_, nth) => `s${from}-${nth}`),
    })
    const before = callSession(aCall(), { sessionId: 'S2026-000001', holder: { ...holder, roles: [...holder.roles] }, invitees: many(1), by: 'd1', now, earliest: now })
    const { session, mails } = changeSession(before.session, aCall({ place: '另一处' }), many(100), { now, earliest: now })
    // And the record of the request.
    expect(sessionWrite(session, before.session)).toBeDefined()
    expect(planWrites(mails, now).length + 2).toBeLessThanOrEqual(transactionLimit)
    expect(new Set(mails.map(({ mailId }) => mailId)).size).toBe(mails.length)
    const told = mails.flatMap(({ to, cc }) => [to, ...cc])
    expect(new Set(told).size).toBe(told.length)
    // No enterprise shares a mail.
    for (const { to, cc } of mails) if (to.startsWith('enterprise:')) expect(cc).toEqual([])
    expect(mails.flatMap(({ cc }) => cc).every(each => each.startsWith('officer:'))).toBe(true)
    expect(refusal(() => changeSession(session, aCall(), { ...many(200), officerIds: Array.from({ length: 400 }, (_, nth) => `t${nth}`) }, { now, earliest: now })).code).toBe('too-many-participants')
  })
})

describe('what a session decides on an issue', () => {
  const act = { by: 'd1', now: at('2026-03-03 09:30') }
  const reckoning = { calendar, timeZone: zone }
  const heard = { staff: aStaff(), formerStaff: aStaff({ handlers: ['f1'], directors: ['f2'] }), contact: anEnterprise() }
  const direct = (issue: Issue, but: Partial<Verdict> = {}, when = act): Decision =>
    directIssue(issue, { sessionId: 'S2026-000001', decision: 1, calledByDepartmentId: 'D-01', isOffice: false, ...ruling, ...but }, heard, when, reckoning, decisionsAtMost)
  const dueOf = ({ clocks: { resolve } }: Issue): string => shown(resolve.by)
  const accepted = (issue = anIssue()) => acceptIssue(issue, { by: 'h1', now: at('2026-03-02 11:00') }).issue
  const approved = (issue: Issue, when: string) => decideRequest(issue, { decision: 'approved' }, anEnterprise(), { by: 'd9', now: at(when) }, reckoning).issue
  const pausedFor = (issue: Issue, from: string, until: string): Issue => {
    const asked = askForPause(issue, { waitingFor: 'enterprise', reason: '待确认' }, aStaff(), { by: 'h1', now: at(from) }, reckoning).issue
    return resumeIssue(approved(asked, from), anEnterprise(), { by: 'h1', now: at(until) }, reckoning).issue
  }

  test.each([
    ['as it was dispatched', anIssue()],
    ['accepted', accepted()],
    ['extended', approved(askForExtension(accepted(), { workingDays: 5, reason: '勘测' }, aStaff(), { by: 'h1', now: at('2026-03-02 12:00') }, reckoning).issue, '2026-03-02 12:30')],
    ['paused before', pausedFor(accepted(), '2026-03-02 12:00', '2026-03-02 15:00')],
    ['of another tier', changeTier(anIssue(), { tier: 'D', reason: '政策' }, anEnterprise(), { by: 's1', now: at('2026-03-02 12:00') }, reckoning).issue],
  ])('is due at closing time of that day: %s', (_, issue) => {
    const { issue: directed, events } = direct(issue)
    expect(dueOf(directed)).toBe('2026-03-06 18:00')
    expect(directed.clocks.resolve.days).toBe(resolveDaysOf(directed))
    expect(directed.deadlineVersion).toBe(issue.deadlineVersion + 1)
    expect(events).toMatchObject([{ event: 'directed', fromDepartmentId: 'D-01', departmentId: 'D-02', resolveBy: at('2026-03-06 18:00') }])
  })

  test('is put off by what comes after: a pause, an extension; and not by another tier', () => {
    const taken = acceptIssue(direct(accepted()).issue, { by: 'h2', now: at('2026-03-03 10:00') }).issue
    expect(dueOf(pausedFor(taken, '2026-03-04 09:00', '2026-03-05 09:00'))).toBe('2026-03-09 18:00')
    expect(dueOf(approved(askForExtension(taken, { workingDays: 2, reason: '勘测' }, aStaff(), { by: 'h1', now: at('2026-03-04 09:00') }, reckoning).issue, '2026-03-04 10:00'))).toBe('2026-03-10 18:00')
    expect(dueOf(changeTier(taken, { tier: 'D', reason: '政策' }, anEnterprise(), { by: 's1', now: at('2026-03-04 09:00') }, reckoning).issue)).toBe('2026-03-06 18:00')
  })

  test('ends with the resolution: what did not satisfy is due in the usual days', () => {
    const taken = acceptIssue(direct(accepted()).issue, { by: 'h2', now: at('2026-03-03 10:00') }).issue
    const resolved = resolveIssue(taken, { message: '已恢复。' }, anEnterprise(), { by: 'h2', now: at('2026-03-04 10:00') }, reckoning).issue
    const again = rateIssue(resolved, { rating: 1 }, aStaff(), at('2026-03-05 10:00'), reckoning).issue
    expect([again.directed, again.clocks.resolve.setAt, again.clocks.resolve.days]).toEqual([undefined, undefined, again.rules.reopenedWorkingDays[again.tier]])
  })

  test('is told to who has to act, who led before, who brought it and the enterprise, each once', () => {
    expect(direct(anIssue()).mails.map(({ to }) => to)).toEqual(['officer:1001', 'officer:h1', 'officer:h2', 'officer:d1', 'officer:f1', 'officer:f2', `enterprise:${creditCodeOf(1)}`])
  })

  test('is told apart to departments that are large: a mail that is shared says one thing', () => {
    const large = (mark: string) => aStaff({ handlers: Array.from({ length: 10 }, (_, nth) => `${mark}${nth}`), directors: [`${mark}d`] })
    const { mails } = directIssue(anIssue(), { sessionId: 'S2026-000001', decision: 1, calledByDepartmentId: 'D-01', isOffice: false, ...ruling }, { ...heard, staff: large('n'), formerStaff: large('o') }, act, reckoning, decisionsAtMost)
    const readers = mails.map(({ to, cc }) => new Set([to, ...cc].map(each => each.slice(0, 'officer:n'.length))))
    expect(readers.filter(each => each.has('officer:n') && each.has('officer:o'))).toEqual([])
    expect(mails.flatMap(({ to, cc }) => [to, ...cc])).toHaveLength(24)
    const onlyHandlers = { ...heard, formerStaff: aStaff({ handlers: ['f1', 's1'], directors: [] }), staff: aStaff({ handlers: ['n1'], directors: [], supervisors: ['s1'] }) }
    const told = directIssue(anIssue(), { sessionId: 'S2026-000001', decision: 1, calledByDepartmentId: 'D-01', isOffice: false, ...ruling }, onlyHandlers, act, reckoning, decisionsAtMost).mails.map(({ mailId }) => mailId)
    expect([new Set(told).size, told.length]).toEqual([5, 5])
  })

  test('puts off nothing that the calling department has to do itself, unless the campaign office says so', () => {
    const later = { departmentId: 'D-01', dueOn: '2026-03-20' } as const
    expect(refusal(() => direct(accepted(), later)).code).toBe('own-deadline')
    expect(refusal(() => direct(accepted(), { ...later, departmentId: 'D-02' })).code).toBe('own-deadline')
    expect(dueOf(direct(accepted(), { ...later, isOffice: true }).issue)).toBe('2026-03-20 18:00')
    expect(dueOf(direct(accepted(), { ...later, calledByDepartmentId: 'D-03' }).issue)).toBe('2026-03-20 18:00')
    expect(dueOf(direct(accepted(), { ...later, dueOn: '2026-03-05' }).issue)).toBe('2026-03-05 18:00')
  })

  test('lets fall away what waited for a decision', () => {
    const asked = askForExtension(accepted(), { workingDays: 2, reason: '勘测' }, aStaff(), { by: 'h1', now: at('2026-03-02 12:00') }, reckoning).issue
    expect(direct(asked, { departmentId: 'D-01' }).issue).toMatchObject({ status: 'accepted' })
    expect(direct(asked, { departmentId: 'D-01' }).issue.request).toBeUndefined()
  })

  test.each([
    ['a Saturday', { dueOn: '2026-03-07' }, 'due-not-working-day'],
    ['yesterday', { dueOn: '2026-03-02' }, 'due-too-early'],
    ['the 26th working day', { dueOn: '2026-04-08' }, 'due-too-late'],
  ])('is not due on %s', (_, but, code) => {
    expect(refusal(() => direct(anIssue(), but)).code).toBe(code)
  })

  test('is not due today once the office has closed', () => {
    expect(refusal(() => direct(anIssue(), { dueOn: '2026-03-03' }, { by: 'd1', now: at('2026-03-03 18:00') })).code).toBe('due-too-early')
    expect(dueOf(direct(anIssue(), { dueOn: '2026-03-03' }, { by: 'd1', now: at('2026-03-03 17:59') }).issue)).toBe('2026-03-03 18:00')
  })

  test('needs somebody in the department, and comes ten times at most', () => {
    expect(refusal(() => directIssue(anIssue(), { sessionId: 'S2026-000001', decision: 1, calledByDepartmentId: 'D-01', isOffice: false, ...ruling }, { ...heard, staff: aStaff({ handlers: [], directors: [] }) }, act, reckoning, decisionsAtMost)).code).toBe('department-unstaffed')
    let issue = anIssue()
    for (let decision = 1; decision <= 10; decision++) issue = direct(issue, { decision }).issue
    expect(refusal(() => direct(issue, { decision: 11 })).code).toBe('too-many-decisions')
  })
})
