import { describe, expect, test } from 'vitest'
import { shippedCalendar } from '../../shared/calendar/working-day.ts'
import type { Case } from '../../shared/case/case.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import type { ExemptionReason } from '../../shared/policy/policy.ts'
import { countedFor } from '../../shared/project/project.ts'
import { bulletinDueOn, differences, layOut } from '../../shared/report/bulletin.ts'
import { ofCase, ofIssue, ofOfficer, ofProject, ofSession, type Amounts } from '../../shared/report/contribution.ts'
import { figureNames, figures } from '../../shared/report/figure.ts'
import { percentOf, rates } from '../../shared/report/rate.ts'
import { tallying } from '../../shared/report/tally.ts'
import { emptyQuota, type Quota, type QuotaRecord } from '../../shared/visit/quota.ts'
import { aCase } from '../mothers/case.ts'
import { anIssue } from '../mothers/issue.ts'
import { at } from '../mothers/moment.ts'
import { aPairing } from '../mothers/pairing.ts'
import { aPolicy } from '../mothers/policy.ts'
import { aMilestone, aPlan, aProject } from '../mothers/project.ts'

/** Dispatched on Monday 2 March 2026 unless said otherwise; March is the month. */
const march = { from: at('2026-03-01 00:00'), until: at('2026-04-01 00:00') }
const amountsOf = (but: Partial<Issue>, on = '2026-03-02 10:00'): Amounts => ofIssue({ ...anIssue({ on }), ...but }, march).amounts

const [inMarch, later, april] = [at('2026-03-04 10:00'), at('2026-03-20 10:00'), at('2026-04-01 00:00')]
const by = at('2026-03-09 18:00')
const closing = (by: 'rating' | 'call-back' | 'override', at: number) => ({ closing: { by, at } }) as const

describe('an issue raised in March', () => {
  const raised = { issuesRaised: 1, raisedToResolve: 1, repliesDue: 1, resolutionsDue: 1 }
  test.each<[string, Partial<Issue>, Amounts]>([
    ['left open is overdue, and its reply was due', {}, { ...raised, issuesOpen: 1, issuesOverdue: 1 }],
    ['resolved in time waits for its rating', { resolvedAt: inMarch }, { ...raised, issuesOpen: 1, issuesAwaitingRating: 1, raisedResolved: 1, resolutionsInTime: 1 }],
    ['resolved at the very deadline is in time', { resolvedAt: by }, { ...raised, issuesOpen: 1, issuesAwaitingRating: 1, raisedResolved: 1, resolutionsInTime: 1 }],
    ['resolved after it is not', { resolvedAt: by + 1 }, { ...raised, issuesOpen: 1, issuesAwaitingRating: 1, raisedResolved: 1 }],
    ['resolved when the month was over stands open', { resolvedAt: april }, { ...raised, issuesOpen: 1, issuesOverdue: 1 }],
    ['closed by the enterprise is satisfied', { resolvedAt: inMarch, ...closing('rating', later) }, { ...raised, issuesClosed: 1, raisedResolved: 1, resolutionsInTime: 1, ratings: 1, ratingsSatisfied: 1 }],
    ['closed when the enterprise was called back is so too', { resolvedAt: inMarch, ...closing('call-back', later) }, { ...raised, issuesClosed: 1, raisedResolved: 1, resolutionsInTime: 1, ratings: 1, ratingsSatisfied: 1 }],
    ['closed by the office was rated by nobody', { resolvedAt: inMarch, ...closing('override', later) }, { ...raised, issuesOverridden: 1, raisedOverridden: 1, raisedResolved: 1, resolutionsInTime: 1 }],
    ['closed when the month was over waits at its end', { resolvedAt: inMarch, ...closing('rating', april) }, { ...raised, issuesOpen: 1, issuesAwaitingRating: 1, raisedResolved: 1, resolutionsInTime: 1 }],
    ['whose clock stood still before its reply was due owes none yet', { pauses: [{ from: at('2026-03-03 09:00'), waitingFor: 'enterprise' }] }, { issuesRaised: 1, raisedToResolve: 1, issuesOpen: 1 }],
    ['reopened counts as rated, not as satisfied', { reopened: [{ resolvedAt: inMarch, by, at: later }] }, { ...raised, issuesOpen: 1, issuesOverdue: 1, issuesReopened: 1, ratings: 1 }],
    ['reopened when the month was over stood resolved, by the deadline it had', { reopened: [{ resolvedAt: inMarch, by, at: april }] }, { ...raised, issuesOpen: 1, issuesAwaitingRating: 1, raisedResolved: 1, resolutionsInTime: 1 }],
    ['resolved and reopened when the month was over was overdue at its end', { reopened: [{ resolvedAt: april, by, at: april + 1 }], clocks: { ...anIssue().clocks, resolve: { ...anIssue().clocks.resolve, by: at('2026-04-08 18:00') } } }, { ...raised, issuesOpen: 1, issuesOverdue: 1 }],
    ['whose clock stood still until after the month, once it had run out, is overdue', { pauses: [{ from: by + 1, until: april + 1, waitingFor: 'enterprise' }] }, { ...raised, issuesOpen: 1, issuesOverdue: 1 }],
    ['whose clock stood still until after the month, before that, is not', { pauses: [{ from: at('2026-03-06 10:00'), until: april + 1, waitingFor: 'enterprise' }] }, { issuesRaised: 1, raisedToResolve: 1, repliesDue: 1, issuesOpen: 1 }],
    ['reopened and then closed was rated twice', { resolvedAt: later, reopened: [{ resolvedAt: inMarch, by, at: inMarch + 1 }], ...closing('rating', later + 1) }, { ...raised, issuesClosed: 1, issuesReopened: 1, raisedResolved: 1, ratings: 2, ratingsSatisfied: 1 }],
    ['withdrawn before the reply was due owes nothing', { withdrawnAt: at('2026-03-03 09:00') }, { issuesRaised: 1, issuesWithdrawn: 1, raisedWithdrawn: 1 }],
    ['withdrawn after that owed the reply', { withdrawnAt: later }, { issuesRaised: 1, issuesWithdrawn: 1, raisedWithdrawn: 1, repliesDue: 1 }],
    ['withdrawn when the month was over was open at its end', { withdrawnAt: april }, { ...raised, issuesOpen: 1, issuesOverdue: 1 }],
    ['whose clock stood still before it ran out is not overdue', { pauses: [{ from: at('2026-03-06 10:00'), waitingFor: 'enterprise' }] }, { issuesRaised: 1, raisedToResolve: 1, repliesDue: 1, issuesOpen: 1 }],
    ['whose clock stood still once it had run out is', { pauses: [{ from: by + 1, waitingFor: 'enterprise' }] }, { ...raised, issuesOpen: 1, issuesOverdue: 1 }],
    ['overdue and excused on appeal counts as neither due nor overdue', { excused: [{ noticeId: 'n1', clock: 'resolve', deadlineVersion: 1, at: april }] }, { issuesRaised: 1, raisedToResolve: 1, repliesDue: 1, issuesOpen: 1 }],
    ['overdue by a later deadline than was excused is', { deadlineVersion: 2, excused: [{ noticeId: 'n1', clock: 'resolve', deadlineVersion: 1, at: april }] }, { ...raised, issuesOpen: 1, issuesOverdue: 1 }],
    ['resolved late and excused was not due', { resolvedAt: later, excused: [{ noticeId: 'n1', clock: 'resolve', deadlineVersion: 1, at: april }] }, { issuesRaised: 1, raisedToResolve: 1, repliesDue: 1, issuesOpen: 1, issuesAwaitingRating: 1, raisedResolved: 1 }],
    ['resolved in time all the same counts as ever', { resolvedAt: inMarch, excused: [{ noticeId: 'n1', clock: 'resolve', deadlineVersion: 1, at: april }] }, { ...raised, issuesOpen: 1, issuesAwaitingRating: 1, raisedResolved: 1, resolutionsInTime: 1 }],
    ['with a decision made by then has it open', { directions: [{ sessionId: 'S1', decision: 1, departmentId: 'D-01', calledByDepartmentId: 'D-01', at: inMarch }, { sessionId: 'S1', decision: 2, departmentId: 'D-01', calledByDepartmentId: 'D-01', at: april }] }, { ...raised, issuesOpen: 1, issuesOverdue: 1, decisionsOpen: 1 }],
  ])('%s', (_, but, expected) => {
    expect(amountsOf(but)).toEqual(expected)
  })

  test('is answered in time until the reply is due, and late from then on', () => {
    const withReply = (doneAt: number) => {
      const issue = anIssue()
      return ofIssue({ ...issue, clocks: { ...issue.clocks, reply: { ...issue.clocks.reply, doneAt } } }, march).amounts.repliesInTime
    }
    expect([withReply(anIssue().clocks.reply.by), withReply(anIssue().clocks.reply.by + 1)]).toEqual([1, undefined])
  })

  test('at the end of the month owes nothing yet', () => {
    expect(amountsOf({}, '2026-03-31 17:00')).toEqual({ issuesRaised: 1, raisedToResolve: 1, issuesOpen: 1 })
  })
})

describe('an issue of another month', () => {
  test.each<[string, string, Partial<Issue>, Amounts]>([
    ['raised before and left open is carried over', '2026-02-10 10:00', {}, { issuesCarried: 1, issuesOpen: 1, issuesOverdue: 1 }],
    ['raised before and closed in March counts as closed and satisfied', '2026-02-10 10:00', { resolvedAt: at('2026-02-20 10:00'), ...closing('rating', inMarch) }, { issuesCarried: 1, issuesClosed: 1, ratings: 1, ratingsSatisfied: 1 }],
    ['closed before counts for nothing', '2026-02-10 10:00', { resolvedAt: at('2026-02-20 10:00'), ...closing('rating', march.from - 1) }, {}],
    ['raised after counts for nothing', '2026-04-01 09:00', {}, {}],
  ])('%s', (_, on, but, expected) => {
    expect(amountsOf(but, on)).toEqual(expected)
  })

  test('leaves carried and raised equal to ended and open', () => {
    const moments = [undefined, march.from - 1, inMarch, april]
    for (const on of ['2026-02-10 10:00', '2026-03-02 10:00', '2026-03-31 10:00'])
      for (const closedAt of moments)
        for (const withdrawnAt of closedAt === undefined ? moments : [undefined]) {
          const it = { ...(closedAt === undefined ? {} : { resolvedAt: closedAt, ...closing('rating', closedAt) }), ...(withdrawnAt === undefined ? {} : { withdrawnAt }) }
          const { issuesCarried = 0, issuesRaised = 0, issuesClosed = 0, issuesWithdrawn = 0, issuesOpen = 0 } = amountsOf(it, on)
          if (at(on) <= Math.min(closedAt ?? Infinity, withdrawnAt ?? Infinity)) expect(issuesCarried + issuesRaised).toBe(issuesClosed + issuesWithdrawn + issuesOpen)
        }
  })
})

describe('an officer stands in the bulletin', () => {
  const records = (visits: number, exempt?: ExemptionReason): QuotaRecord[] => [
    { ...emptyQuota('1001', 'E1', '2026-03'), countedVisits: Object.fromEntries(Array.from({ length: visits }, (_, day) => [`2026-03-0${day + 1}`, `v${day}`])), ...(exempt === undefined ? {} : { exempt }) },
  ]
  const owed = (required: number, counted: number, exempt = false): Quota => ({ officerId: '1001', enterpriseId: 'E1', month: '2026-03', required, counted, exempt })
  test.each<[string, QuotaRecord[], Quota[], Amounts]>([
    ['with three visits', records(3), [owed(2, 3)], { visits: 3, officersThreeOrMore: 1, pairingsOwed: 1, pairingsFulfilled: 1, pairingsExempt: 0 }],
    ['with two', records(2), [owed(2, 2)], { visits: 2, officersTwo: 1, pairingsOwed: 1, pairingsFulfilled: 1, pairingsExempt: 0 }],
    ['with one, though the rest was forgiven', records(1, 'health'), [owed(2, 1, true)], { visits: 1, officersOne: 1, pairingsOwed: 0, pairingsFulfilled: 0, pairingsExempt: 1 }],
    ['with none and a reason', records(0, 'training'), [owed(2, 0, true)], { visits: 0, officersNone: 1, officersTraining: 1, pairingsOwed: 0, pairingsFulfilled: 0, pairingsExempt: 1 }],
    ['with none and a reason for another enterprise than is owed', records(0, 'away'), [owed(2, 0, true), owed(2, 0)], { visits: 0, officersNone: 1, officersUnexplained: 1, pairingsOwed: 1, pairingsFulfilled: 0, pairingsExempt: 1 }],
    ['with none and nothing recorded', [], [owed(2, 0)], { visits: 0, officersNone: 1, officersUnexplained: 1, pairingsOwed: 1, pairingsFulfilled: 0, pairingsExempt: 0 }],
    ['with nothing owed', [], [owed(0, 0)], { visits: 0, officersNone: 1, officersUnexplained: 1, pairingsOwed: 0, pairingsFulfilled: 0, pairingsExempt: 0 }],
  ])('%s', (_, given, quotas, expected) => {
    expect(ofOfficer(given, quotas)).toEqual({ officers: 1, ...expected })
  })
})

describe('a case', () => {
  const amounts = (but: Partial<Case>) => ofCase({ ...aCase(), ...but }, march).amounts
  test('opened in March and not ended is open', () => {
    expect(amounts({})).toEqual({ casesOpened: 1, casesOpen: 1 })
    expect(amounts({ openedAt: march.from - 1 })).toEqual({ casesCarried: 1, casesOpen: 1 })
  })
  test.each([['refused', 'casesRefused'], ['withdrawn', 'casesWithdrawn']] as const)('%s in March saves no days', (status, figure) => {
    expect(amounts({ status, endedAt: inMarch })).toEqual({ casesOpened: 1, [figure]: 1 })
    expect(amounts({ status, endedAt: april })).toEqual({ casesOpened: 1, casesOpen: 1 })
  })
  test('completed in March saves what the law allows over what its steps took; handing over has no limit', () => {
    const steps = aCase().steps.map((step, at) => ({ ...step, actualWorkingDays: [2, 16, 2, 1][at] ?? 0 }))
    expect(amounts({ status: 'completed', endedAt: inMarch, steps })).toEqual({ casesOpened: 1, casesCompleted: 1, daysStatutory: 32, daysTaken: 20, daysSaved: 12 })
  })
})

describe('a session', () => {
  const session = { startsAt: inMarch, status: 'called', departmentId: 'D-01', decisions: [{ issueId: 'a', enterpriseId: 'e' }] } as unknown as Parameters<typeof ofSession>[0]
  test('is held once it has begun, and not if it was cancelled', () => {
    expect(ofSession(session, march, april).amounts).toEqual({ sessionsHeld: 1, decisionsMade: 1 })
    expect(ofSession(session, march, inMarch).amounts).toEqual({})
    expect(ofSession({ ...session, status: 'cancelled' }, march, april).amounts).toEqual({})
    expect(ofSession({ ...session, startsAt: april }, march, april + 1).amounts).toEqual({})
  })
})

describe('a project', () => {
  const rules = { calendar: shippedCalendar, policy: aPolicy() }
  const plans = [aPlan({ milestones: [aMilestone(), aMilestone({ milestoneId: 'start', plannedOn: '2026-02-10', reachedOn: '2026-03-02' }), aMilestone({ milestoneId: 'end', plannedOn: '2026-03-31', reachedOn: '2026-04-01' })] })]
  const amounts = (invested: Record<string, number>, month = '2026-03', day = '2026-03-31', but = {}) => ofProject(aProject({ invested, plans, ...but }), month, day, rules)

  test('counts its half-year to the last month that counts, and the milestones of the month', () => {
    // March itself can still be reported.
    expect(amounts({ '2026-01': 100, '2026-02': 120, '2026-03': 999 })).toEqual({
      projectsPlanned: 1, projectsBehind: 1, investmentPlanned: 200, investmentMade: 220, milestonesDue: 2, milestonesReached: 1,
    })
    expect(amounts({ '2026-01': 100 }, '2026-03', '2026-03-31', { plans: [aPlan()] })).toEqual({
      projectsPlanned: 1, projectsBehind: 1, projectsUnreported: 1, investmentPlanned: 200, investmentMade: 100, milestonesDue: 0, milestonesReached: 0,
    })
  })

  test('of January it is the second half of the year before', () => {
    expect(amounts({}, '2026-01', '2026-01-31', { plans: [aPlan({ year: 2025 })] })).toMatchObject({ projectsPlanned: 1, investmentPlanned: 600 })
    expect(amounts({}, '2026-01', '2026-01-31', { plans: [aPlan()] })).toEqual({ investmentPlanned: 0, investmentMade: 0, milestonesDue: 0, milestonesReached: 0 })
  })

  test.each<[string, readonly [string, string, string?][], string | undefined]>([
    ['nobody has been paired with', [], undefined],
    ['somebody will be paired with', [['1001', '2026-04-01']], undefined],
    ['two are paired with', [['1002', '2026-02-01'], ['1001', '2026-01-01']], '1001'],
    ['whose officer is no longer paired, another being', [['1001', '2026-01-01', '2026-03-30'], ['1002', '2026-03-31']], '1002'],
    ['nobody is paired with any more', [['1001', '2026-01-01', '2026-02-01'], ['1002', '2026-01-01', '2026-03-01']], '1002'],
  ])('that %s counts for the right one', (_, pairings, officerId) => {
    expect(countedFor(pairings.map(([id, startsOn, endsOn]) => aPairing({ officerId: id, startsOn, ...(endsOn === undefined ? {} : { endsOn }) })), '2026-03-31')).toBe(officerId)
  })
})

describe('the bulletin', () => {
  test('has every figure, and every table of it adds up to the whole', () => {
    const tally = tallying()
    tally.add({ amounts: { issuesRaised: 1, issuesOpen: 1 }, departmentId: 'D-01', tier: 'A', category: 'land' })
    tally.add({ amounts: { issuesRaised: 1 }, departmentId: 'D-02', tier: 'B', category: 'land' })
    tally.add({ amounts: { officers: 1, visits: 0 }, departmentId: 'D-02' })
    const bulletin = layOut('2026-03', tally.sums(), { month: '2026-02', sums: {} })
    expect(Object.keys(bulletin.figures)).toEqual(figureNames)
    for (const figure of figureNames) expect(bulletin.byDepartment.reduce((sum, { figures: values }) => sum + values[figure], 0)).toBe(bulletin.figures[figure])
    expect([bulletin.byTier.A.issuesRaised, bulletin.byTier.B.issuesRaised, bulletin.byTier.C.issuesRaised, bulletin.byCategory.land.issuesRaised]).toEqual([1, 1, 0, 2])
  })

  test('names a rate only where there is something to divide by', () => {
    expect([percentOf(0, 0), percentOf(0, 3), percentOf(2, 3), percentOf(3, 3)]).toEqual([undefined, 0, 66.7, 100])
    for (const { numerator, denominator } of Object.values(rates)) expect(figures[numerator].of).toBe(figures[denominator].of)
  })

  test('says where the records have gone on since', () => {
    const sums = (visits: number) => ({ all: { visits }, byTier: {}, byCategory: {}, byMeasure: {}, byDepartment: { 'D-01': { visits } } })
    expect(differences(sums(1), sums(1))).toEqual([])
    expect(differences(sums(1), sums(2))).toEqual([{ figure: 'visits', issued: 1, counted: 2 }, { figure: 'visits', departmentId: 'D-01', issued: 1, counted: 2 }])
  })

  test.each([
    ['2026-03-01', false], // a Sunday
    ['2026-03-02', true],
    ['2026-03-09', true],
    ['2026-03-10', false],
    ['2026-01-03', false], // the New Year's holiday, which ends with a make-up day on the fourth
    ['2026-01-04', true],
    ['2026-10-07', false],
    ['2026-10-08', true],
  ])('is due on %s: %s', (date, isDue) => {
    expect(bulletinDueOn(date, shippedCalendar).isDue).toBe(isDue)
  })

  test('of January comes in February, of December in the new year', () => {
    expect(bulletinDueOn('2026-02-02', shippedCalendar)).toEqual({ month: '2026-01', isDue: true })
    expect(bulletinDueOn('2026-01-05', shippedCalendar)).toEqual({ month: '2025-12', isDue: true })
  })
})
