import { describe, expect, test } from 'vitest'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import type { Case, CaseEvent } from '../../shared/case/case.ts'
import type { CaseDecision } from '../../shared/case/decision.ts'
import { withdrawCase } from '../../shared/case/ending.ts'
import { advanceCase } from '../../shared/case/ladder.ts'
import { nextActionAt } from '../../shared/case/limits.ts'
import { callBackOnCase, confirmReceipt } from '../../shared/case/receipt.ts'
import { acknowledgeStep, finishStep, refuseStep, resumeStep, startStep, waitForEnterprise } from '../../shared/case/step-command.ts'
import { freezeClockRules } from '../../shared/issue/deadline.ts'
import { defaultPolicy, type Policy } from '../../shared/policy/policy.ts'
import { replayCase } from '../../shared/rehearsal/case-replay.ts'
import { stepRaisesIn } from '../../shared/rehearsal/comparison.ts'
import { sweepsWithin } from '../../shared/rehearsal/replay.ts'
import { opening } from '../mothers/case.ts'
import { at, shown, zone } from '../mothers/moment.ts'
import { aPolicy } from '../mothers/policy.ts'
import { aStaff } from '../mothers/staff.ts'

const reckoning = { calendar, timeZone: zone }
const staff = aStaff()
const anybody = { contact: undefined, staffOf: () => staff }
const sweepFrom = sweepsWithin(defaultPolicy.workingHours, reckoning)
type Doing = (it: Case, act: { by: string; now: number }) => CaseDecision

/** A case lived through under the default policy, by these acts, swept in between. Its survey is due on Thursday 2026-03-05, its drawings on the Monday after. */
class Life {
  it: Case
  readonly timeline: CaseEvent[]
  #now = at('2026-03-02 10:00')

  constructor() {
    const { changed, events } = opening()
    this.it = changed
    this.timeline = [...events]
  }

  /** Does something at that time, after what the sweep has had to do by then. */
  then(when: string, act: Doing): this {
    this.until(when)
    this.#now = at(when)
    return this.#take(act(this.it, { by: 'h1', now: at(when) }))
  }

  until(when: string): this {
    for (;;) {
      const due = nextActionAt(this.it)
      const now = due === undefined ? Infinity : sweepFrom(Math.max(due, this.#now))
      if (now > at(when)) return this
      const decision = advanceCase(this.it, { of: () => staff, contact: undefined }, now, reckoning)
      if (decision === undefined) throw new Error('due, and nothing to do')
      this.#take(decision)
    }
  }

  #take({ changed, events }: CaseDecision): this {
    this.it = changed
    this.timeline.push(...events)
    return this
  }
}

const start = (stepId: string): Doing => (it, act) => startStep(it, stepId, act, reckoning)
const finish = (stepId: string): Doing => (it, act) => finishStep(it, stepId, '已办妥。', anybody, act, reckoning)
const waiting = (stepId: string): Doing => (it, act) => waitForEnterprise(it, stepId, { reason: '缺材料。', needed: '图纸。' }, undefined, act, reckoning)
const end = '2026-07-01 00:00'

const storyOf = (timeline: readonly CaseEvent[]): string[] => stepRaisesIn(timeline, 0, Infinity).map(({ at: when, stepId, step }) => `${shown(when)} ${stepId} ${step}`)
const playedUnder = (policy: Policy, { it, timeline }: Life, until = end): string[] =>
  storyOf(replayCase({ lived: it, timeline }, { ...reckoning, rules: freezeClockRules(policy, 1), sweepFrom: sweepsWithin(policy.workingHours, reckoning), until: at(until) }))

/** Everything but the handing over, finished by Tuesday evening. */
const worked = (): Life => ['survey', 'drawings', 'permit'].reduce((life, step, nth) => life.then(`2026-03-03 1${nth}:00`, start(step)).then(`2026-03-03 1${nth}:30`, finish(step)), new Life())
const handedOver = (): Life => worked().then('2026-03-04 14:00', start('handover')).then('2026-03-04 15:00', finish('handover'))

describe('a case that is played once more', () => {
  const untouched = () => new Life().until(end)
  const acknowledged = () => new Life().then('2026-03-06 10:00', (it, act) => acknowledgeStep(it, 'survey', act, reckoning)).until(end)
  const waited = () =>
    new Life()
      .then('2026-03-02 11:00', start('survey'))
      .then('2026-03-03 10:00', waiting('survey'))
      .then('2026-03-11 10:00', (it, act) => resumeStep(it, 'survey', undefined, act, reckoning))
      .until(end)
  const waitedOut = () => new Life().then('2026-03-02 11:00', start('survey')).then('2026-03-03 10:00', waiting('survey')).until(end)
  const lateAfterAnother = () => new Life().then('2026-03-02 11:00', start('survey')).then('2026-03-12 11:00', finish('survey')).then('2026-03-12 12:00', start('drawings')).then('2026-03-13 11:00', finish('drawings')).until(end)
  const returned = () => handedOver().then('2026-03-05 10:00', (it, { now }) => confirmReceipt(it, { received: false }, staff, now, reckoning)).until(end)
  const calledBack = () =>
    handedOver()
      .then('2026-03-12 10:00', (it, act) => callBackOnCase(it, { received: false, asked: '张三', askedAt: act.now }, staff, act, reckoning))
      .until(end)
  const refused = () => new Life().then('2026-03-06 10:00', (it, act) => refuseStep(it, 'survey', '不符合规划。', undefined, anybody.staffOf, act, reckoning)).until(end)
  const withdrawn = () => new Life().then('2026-03-06 10:00', (it, act) => withdrawCase(it, '企业撤回。', anybody, act)).until(end)

  test.each([
    ['untouched', untouched], ['acknowledged', acknowledged], ['waited', waited], ['waited out', waitedOut], ['late after another', lateAfterAnother],
    ['returned', returned], ['called back', calledBack], ['refused', refused], ['withdrawn', withdrawn],
  ])('comes out as it did under the rules it had: %s', (_, life) => {
    const lived = life()
    expect(storyOf(lived.timeline).length).toBeGreaterThan(1)
    expect(playedUnder(defaultPolicy, lived)).toEqual(storyOf(lived.timeline))
  })

  test('climbs sooner or later as the other policy says, its limits being those of its template', () => {
    const survey = (policy: Policy) => playedUnder(policy, untouched()).filter(line => line.includes('survey'))
    expect(survey(defaultPolicy)).toEqual(['2026-03-04 09:00 survey warning', '2026-03-06 09:00 survey 1', '2026-03-11 09:00 survey 2', '2026-03-18 09:00 survey 3'])
    expect(survey(aPolicy({ escalation: { warningBefore: 2, levelAfter: [2, 1, 1] } }))).toEqual(['2026-03-03 09:00 survey warning', '2026-03-09 09:00 survey 1', '2026-03-10 09:00 survey 2', '2026-03-11 09:00 survey 3'])
  })

  test('is held by an acknowledgement as the other policy says', () => {
    expect(playedUnder(aPolicy({ escalation: { acknowledgementHolds: 5 } }), acknowledged()).filter(line => line.includes('survey 2'))).toEqual(['2026-03-18 09:00 survey 2'])
  })

  test('goes on when somebody worked on, where it could have waited longer', () => {
    const lived = new Life().then('2026-03-02 11:00', start('survey')).then('2026-03-03 10:00', waiting('survey')).then('2026-04-02 10:00', finish('survey')).until(end)
    const patient = aPolicy({ deadlines: { pausedWorkingDaysAtMost: 40 } })
    expect(playedUnder(patient, lived).filter(line => line.includes('survey'))).toEqual([])
  })

  test('hears what it said when it was called back, though nobody would have had to call by then', () => {
    const patient = aPolicy({ deadlines: { callBackAfterWorkingDays: 20 } })
    expect(playedUnder(patient, calledBack())).toEqual(storyOf(calledBack().timeline))
  })

  test('has no wait where it was late by then', () => {
    const lived = new Life().then('2026-03-02 11:00', start('survey')).then('2026-03-05 17:30', waiting('survey')).then('2026-03-10 10:00', (it, act) => resumeStep(it, 'survey', undefined, act, reckoning)).until(end)
    const early = aPolicy({ workingHours: { from: '09:00', to: '17:00' } })
    expect(playedUnder(defaultPolicy, lived)).not.toContain('2026-03-06 09:00 survey 1')
    expect(playedUnder(early, lived)).toContain('2026-03-06 09:00 survey 1')
  })

  test('is played no further than it is asked to', () => {
    expect(playedUnder(defaultPolicy, untouched(), '2026-03-06 09:00')).toEqual(['2026-03-04 09:00 survey warning'])
  })
})

describe('what is raised on a case', () => {
  test('is of a time, and of the department’s own steps', () => {
    const { timeline } = new Life().until(end)
    expect(stepRaisesIn(timeline, at('2026-03-06 00:00'), at('2026-03-07 00:00'))).toEqual([{ at: at('2026-03-06 09:00'), stepId: 'survey', step: 1 }, { at: at('2026-03-06 09:00'), stepId: 'drawings', step: 'warning' }])
    expect(stepRaisesIn(timeline, at('2026-03-06 00:00'), at('2026-03-07 00:00'), 'D-02').map(({ stepId }) => stepId)).toEqual(['drawings'])
  })
})
