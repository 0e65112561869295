import { describe, expect, test } from 'vitest'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { answerPiece, askForAssistance } from '../../shared/issue/assistance.ts'
import { rateIssue } from '../../shared/issue/closing.ts'
import { freezeRules, nextActionAt } from '../../shared/issue/deadline.ts'
import { acceptIssue, acknowledgeIssue, replyToIssue, resolveIssue, type Decision } from '../../shared/issue/decision.ts'
import type { Issue, TimelineEvent } from '../../shared/issue/issue.ts'
import { directIssue } from '../../shared/issue/direct.ts'
import { advanceIssue } from '../../shared/issue/ladder.ts'
import { resumeIssue } from '../../shared/issue/pause.ts'
import { changeTier } from '../../shared/issue/tier.ts'
import { askForExtension, askForPause, decideRequest } from '../../shared/issue/request.ts'
import { defaultPolicy, type Policy } from '../../shared/policy/policy.ts'
import { comparing, raisesIn } from '../../shared/rehearsal/comparison.ts'
import { asSettled, byModeUnder, rehearseOfficer, stagesOf, type MonthRules, type OfficerPast } from '../../shared/rehearsal/officer.ts'
import { replay, sweepsWithin } from '../../shared/rehearsal/replay.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'
import { dispatch } from '../mothers/issue.ts'
import { at, shown, zone } from '../mothers/moment.ts'
import { aPairing } from '../mothers/pairing.ts'
import { aPolicy } from '../mothers/policy.ts'
import { aStaff, peopleOf } from '../mothers/staff.ts'

const reckoning = { calendar, timeZone: zone }
const staff = aStaff()
const sweepFrom = sweepsWithin(defaultPolicy.workingHours, reckoning)

/** An issue of tier A lived through under the default policy, by these acts, swept in between. It is due on Monday 2026-03-09. */
class Life {
  issue: Issue
  readonly timeline: TimelineEvent[]
  #now = at('2026-03-02 10:00')

  constructor() {
    const { issue, events } = dispatch()
    this.issue = issue
    this.timeline = [...events]
  }

  /** Does something at that time, after what the sweep has had to do by then. */
  then(when: string, act: (issue: Issue, act: { by: string; now: number }) => Decision, by = 'h1'): this {
    this.until(when)
    this.#now = at(when)
    return this.#take(act(this.issue, { by, now: at(when) }))
  }

  until(when: string): this {
    for (;;) {
      const due = nextActionAt(this.issue)
      const now = due === undefined ? Infinity : sweepFrom(Math.max(due, this.#now))
      if (now > at(when)) return this
      const decision = advanceIssue(this.issue, peopleOf(staff), now, reckoning)
      if (decision === undefined) throw new Error('due, and nothing to do')
      this.#take(decision)
    }
  }

  #take({ issue, events }: Decision): this {
    this.issue = issue
    this.timeline.push(...events)
    return this
  }
}

const accepted = (): Life => new Life().then('2026-03-02 11:00', acceptIssue).then('2026-03-02 11:30', (issue, act) => replyToIssue(issue, '在办。', undefined, act))

const storyOf = (timeline: readonly TimelineEvent[]): string[] =>
  raisesIn(timeline, 0, Infinity).map(({ at: when, clock, step }) => `${shown(when)} ${clock} ${step}`)

const playedUnder = (policy: Policy, { issue, timeline }: Life, until = '2026-05-01 00:00'): string[] =>
  storyOf(replay({ issue, timeline }, { ...reckoning, rules: freezeRules(policy, 1), sweepFrom: sweepsWithin(policy.workingHours, reckoning), until: at(until) }))

const resolving = (issue: Issue, act: { by: string; now: number }) => resolveIssue(issue, { message: '已接通。' }, undefined, act, reckoning)

describe('an issue that is played once more', () => {
  const acknowledged = () => accepted().then('2026-03-10 15:00', (issue, act) => acknowledgeIssue(issue, act, reckoning)).until('2026-05-01 00:00')
  const assisted = () =>
    accepted()
      .then('2026-03-03 09:30', (issue, act) => askForAssistance(issue, { departmentId: 'D-09', message: '请协助。' }, staff, act, reckoning))
      .then('2026-03-12 16:00', (issue, act) => answerPiece(issue, 1, { message: '已协助。' }, staff, act))
      .until('2026-05-01 00:00')
  const paused = () =>
    accepted()
      .then('2026-03-05 10:00', (issue, act) => askForPause(issue, { waitingFor: 'enterprise', reason: '待企业补件。' }, staff, act, reckoning))
      .then('2026-03-05 11:00', (issue, act) => decideRequest(issue, { decision: 'approved' }, undefined, act, reckoning), 'd1')
      .then('2026-03-19 10:00', (issue, act) => resumeIssue(issue, undefined, act, reckoning))
      .until('2026-05-01 00:00')
  const reopened = () =>
    accepted()
      .then('2026-03-04 10:00', resolving)
      .then('2026-03-05 10:00', (issue, { now }) => rateIssue(issue, { rating: 1 }, staff, now, reckoning))
      .until('2026-05-01 00:00')
  const extended = () =>
    accepted()
      .then('2026-03-06 10:00', (issue, act) => askForExtension(issue, { workingDays: 5, reason: '工程量大。' }, staff, act, reckoning))
      .then('2026-03-06 11:00', (issue, act) => decideRequest(issue, { decision: 'approved' }, undefined, act, reckoning), 'd1')
      .until('2026-05-01 00:00')
  const untouched = () => new Life().until('2026-05-01 00:00')

  test.each([['untouched', untouched], ['acknowledged', acknowledged], ['assisted', assisted], ['paused', paused], ['reopened', reopened], ['extended', extended]])('comes out as it did under the rules it had: %s', (_, life) => {
    const lived = life()
    expect(storyOf(lived.timeline).length).toBeGreaterThan(2)
    expect(playedUnder(defaultPolicy, lived)).toEqual(storyOf(lived.timeline))
  })

  test('climbs sooner where there are fewer days, and later where there are more', () => {
    const lived = accepted().until('2026-05-01 00:00')
    expect(storyOf(lived.timeline)).toEqual(['2026-03-06 09:00 resolve warning', '2026-03-10 09:00 resolve 1', '2026-03-13 09:00 resolve 2', '2026-03-20 09:00 resolve 3'])
    const within = (days: number) => aPolicy({ deadlines: { resolveWorkingDays: { A: days, B: 10, C: 15, D: 20 } } })
    expect(playedUnder(within(3), lived)).toEqual(['2026-03-04 09:00 resolve warning', '2026-03-06 09:00 resolve 1', '2026-03-11 09:00 resolve 2', '2026-03-18 09:00 resolve 3'])
    expect(playedUnder(within(10), lived)).toEqual(['2026-03-13 09:00 resolve warning', '2026-03-17 09:00 resolve 1', '2026-03-20 09:00 resolve 2', '2026-03-27 09:00 resolve 3'])
  })

  test('is resolved when it was, which other rules may call late', () => {
    const lived = accepted().then('2026-03-09 16:00', resolving)
    expect(storyOf(lived.timeline)).toEqual(['2026-03-06 09:00 resolve warning'])
    expect(playedUnder(aPolicy({ deadlines: { resolveWorkingDays: { A: 4, B: 10, C: 15, D: 20 } } }), lived)).toEqual(['2026-03-05 09:00 resolve warning', '2026-03-09 09:00 resolve 1'])
  })

  test('has no more time where that could not have been asked for', () => {
    const late = playedUnder(aPolicy({ deadlines: { resolveWorkingDays: { A: 3, B: 10, C: 15, D: 20 } } }), extended())
    expect(late.slice(0, 2)).toEqual(['2026-03-04 09:00 resolve warning', '2026-03-06 09:00 resolve 1'])
  })

  test('goes on when somebody worked on it, where it could have been paused for longer', () => {
    const lived = accepted()
      .then('2026-03-05 10:00', (issue, act) => askForPause(issue, { waitingFor: 'enterprise', reason: '待企业补件。' }, staff, act, reckoning))
      .then('2026-03-05 11:00', (issue, act) => decideRequest(issue, { decision: 'approved' }, undefined, act, reckoning), 'd1')
      .then('2026-04-03 10:00', resolving)
    expect(lived.issue.status).toBe('resolved')
    expect(playedUnder(aPolicy({ deadlines: { pausedWorkingDaysAtMost: 40 } }), lived, '2026-07-01 00:00')).toEqual([])
  })

  test.each<[string, (issue: Issue, act: { by: string; now: number }) => Decision]>([
    ['of another tier', (issue, act) => changeTier(issue, { tier: 'C', reason: '涉及市管道路' }, undefined, act, reckoning)],
    ['that a session has decided on', (issue, act) => directIssue(issue, { sessionId: 'S2026-000001', decision: 1, departmentId: 'D-02', calledByDepartmentId: 'D-01', what: '修复路面', dueOn: '2026-03-20', isOffice: true }, { staff, formerStaff: staff, contact: undefined }, act, reckoning, 50)],
  ])('%s from some day on has its days from then on, under the other policy too', (_, moves) => {
    const life = () => accepted().then('2026-03-04 10:00', moves, 's1').until('2026-05-01 00:00')
    const lived = storyOf(life().timeline)
    expect(playedUnder(defaultPolicy, life())).toEqual(lived)
    expect(lived).not.toEqual(storyOf(accepted().until('2026-05-01 00:00').timeline))
    expect(playedUnder(aPolicy({ deadlines: { acceptWorkingDays: 2 } }), life()).filter(told => told.includes(' resolve '))).toEqual(lived.filter(told => told.includes(' resolve ')))
  })

  test('is swept in the hours of the other policy, at a quarter of an hour', () => {
    expect(playedUnder(aPolicy({ workingHours: { from: '08:20', to: '17:00' } }), untouched())[0]).toBe('2026-03-04 08:30 accept 1')
  })

  test('is played no further than it is asked to', () => {
    expect(playedUnder(defaultPolicy, untouched(), '2026-03-06 09:00')).toEqual(['2026-03-04 09:00 accept 1', '2026-03-05 09:00 reply 1'])
  })
})

describe('the sweep after an instant', () => {
  test.each([
    ['2026-03-04 09:00', '2026-03-04 09:00'],
    ['2026-03-04 09:01', '2026-03-04 09:15'],
    ['2026-03-04 17:46', '2026-03-05 09:00'],
    ['2026-03-04 06:00', '2026-03-04 09:00'],
    ['2026-03-06 18:00', '2026-03-09 09:00'],
    // A Saturday that makes up for Spring Festival.
    ['2026-02-13 20:00', '2026-02-14 09:00'],
  ])('%s is that of %s', (instant, sweep) => {
    expect(shown(sweepFrom(at(instant)))).toBe(sweep)
  })
})

describe('an officer’s month', () => {
  const enterpriseId = creditCodeOf(1)
  const twice = (day: string) => [visit(day), { ...visit(day, `${day} 18:00`), visitId: '1001.second' }]
  const visit = (visitedOn: string, recorded = `${visitedOn} 17:00`, mode: OfficerPast['visits'][number]['mode'] = 'onsite') => ({ officerId: '1001', enterpriseId, visitedOn, visitId: `1001.${visitedOn}`, mode, counted: true, recordedAt: `${recorded.replace(' ', 'T')}:00+08:00` })
  const under = (policy: Policy, visits: OfficerPast['visits'], records: OfficerPast['records'] = [], counts: MonthRules['counts'] = byModeUnder(policy)) => {
    const { isShort, reminded } = rehearseOfficer({ pairings: [aPairing()], records, visits }, '2026-03', { policy, stages: stagesOf('2026-03', policy, calendar, zone), counts })
    return { isShort, reminded: reminded.join(' ') }
  }

  test('has its stages on the days that calendar and policy say', () => {
    expect(stagesOf('2026-03', defaultPolicy, calendar, zone).map(({ stage, at: when }) => `${shown(when)} ${stage}`)).toEqual(['2026-03-16 09:00 nudge', '2026-03-25 09:00 reminder', '2026-03-31 09:00 last-call', '2026-04-01 09:00 missed'])
  })

  test.each<[string, Policy, OfficerPast['visits'], boolean, string]>([
    ['two visits in time', defaultPolicy, [visit('2026-03-03'), visit('2026-03-17')], false, ''],
    ['two where three are owed', aPolicy({ quota: { visitsPerMonth: 3 } }), [visit('2026-03-03'), visit('2026-03-17')], true, 'reminder last-call missed'],
    ['none', defaultPolicy, [], true, 'nudge reminder last-call missed'],
    ['by telephone, which does not count', defaultPolicy, [visit('2026-03-03', '2026-03-03 17:00', 'phone'), visit('2026-03-17')], true, 'nudge reminder last-call missed'],
    ['by telephone, where that counts', aPolicy({ quota: { countedModes: ['onsite', 'phone'] } }), [visit('2026-03-03', '2026-03-03 17:00', 'phone'), visit('2026-03-17')], false, ''],
    ['two on one day', defaultPolicy, twice('2026-03-03'), true, 'reminder last-call missed'],
    ['entered after the reminder', defaultPolicy, [visit('2026-03-03'), visit('2026-03-24', '2026-03-25 09:30')], false, 'reminder'],
  ])('%s', (_, policy, visits, isShort, reminded) => {
    expect(under(policy, visits)).toEqual({ isShort, reminded })
  })

  test('was as its visits were settled when they were entered', () => {
    const visits = [visit('2026-03-03', '2026-03-03 17:00', 'phone'), { ...visit('2026-03-17'), counted: false }]
    expect(under(defaultPolicy, visits, [], asSettled)).toEqual({ isShort: true, reminded: 'reminder last-call missed' })
  })

  test('is reckoned from the visits, and not from what was kept of them', () => {
    const kept = [{ officerId: '1001', enterpriseId, month: '2026-03', countedVisits: { '2026-03-03': 'a', '2026-03-17': 'b' } }]
    const byPhone = [visit('2026-03-03', '2026-03-03 17:00', 'phone'), visit('2026-03-17', '2026-03-17 17:00', 'phone')]
    expect(under(defaultPolicy, byPhone, kept)).toEqual({ isShort: true, reminded: 'nudge reminder last-call missed' })
    expect(under(defaultPolicy, [visit('2026-03-03', '2026-03-20 17:00'), visit('2026-03-17')], kept)).toEqual({ isShort: false, reminded: 'nudge' })
  })

  test('that is exempt is reminded of nothing', () => {
    expect(under(defaultPolicy, [], [{ officerId: '1001', enterpriseId, month: '2026-03', countedVisits: {}, exempt: 'away' }])).toEqual({ isShort: false, reminded: '' })
  })
})

describe('a comparison', () => {
  const raise = (when: string, step: 'warning' | 1 | 2 | 3 = 1) => ({ at: at(when), clock: 'resolve', step }) as const
  const issue = (id: number) => ({ issueId: `2026-00000${id}`, enterpriseId: creditCodeOf(1), leadDepartmentId: 'D-01' })

  test('counts each side, and keeps what differs by the day, no more of it than was asked for', () => {
    const comparison = comparing(zone, 1)
    comparison.addIssue(issue(1), { was: [raise('2026-03-10 09:00')], would: [raise('2026-03-10 09:15')] })
    comparison.addIssue(issue(2), { was: [], would: [raise('2026-03-10 09:00'), raise('2026-03-13 09:00', 2)] })
    comparison.addIssue(issue(3), { was: [raise('2026-03-10 09:00')], would: [raise('2026-03-11 09:00')] })
    const { issues, differences } = comparison.read()
    expect(issues).toEqual({ examined: 3, differing: 2, warnings: { was: 0, would: 0 }, escalations: { 1: { was: 2, would: 3 }, 2: { was: 0, would: 1 }, 3: { was: 0, would: 0 } } })
    expect(differences.map(each => each.kind === 'issue' && each.issue.issueId)).toEqual(['2026-000002'])
  })

  test('counts cases apart, and keeps those whose steps differ', () => {
    const comparison = comparing(zone, 1)
    const of = { caseId: 'L2026-000001', enterpriseId: creditCodeOf(1) }
    const on = (stepId: string) => ({ at: at('2026-03-10 09:00'), stepId, step: 1 as const })
    comparison.addCase(of, { was: [on('survey')], would: [{ ...on('survey'), at: at('2026-03-10 10:00') }] })
    comparison.addCase(of, { was: [on('survey')], would: [on('drawings'), { ...on('drawings'), step: 'warning' }] })
    const { issues, cases, differences } = comparison.read()
    expect([issues.examined, cases]).toEqual([0, { examined: 2, differing: 1, warnings: { was: 0, would: 1 }, escalations: { 1: { was: 2, would: 2 }, 2: { was: 0, would: 0 }, 3: { was: 0, would: 0 } } }])
    expect(differences.map(({ kind }) => kind)).toEqual(['case'])
  })
})
