import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import type { Case, CaseEvent } from '../../shared/case/case.ts'
import { handoverOf, stepOf, type CaseDecision } from '../../shared/case/decision.ts'
import { informOnCase, withdrawCase } from '../../shared/case/ending.ts'
import { advanceCase } from '../../shared/case/ladder.ts'
import { reassignCase } from '../../shared/case/reassign.ts'
import { callBackOnCase, confirmReceipt } from '../../shared/case/receipt.ts'
import { acknowledgeStep, finishStep, refuseStep, resumeStep, startStep, waitForEnterprise } from '../../shared/case/step-command.ts'
import { isOpenStep } from '../../shared/case/transition.ts'
import { Problem } from '../../shared/contract/problem.ts'
import { aCase } from '../mothers/case.ts'
import { at, shown, zone } from '../mothers/moment.ts'
import { aStaff } from '../mothers/staff.ts'
import { afterWorkingDays, isWorked } from '../mothers/working-days.ts'

const reckoning = { calendar, timeZone: zone }
const contact = { contactEmail: 'office@example.com' }
const staffOf = () => aStaff()
const minute = 60_000
const quarter = 15 * minute

/** Office hours in steps of a quarter of an hour, on the days of the State Council's lists: the plain model. */
const isOfficeTime = (instant: number): boolean => {
  const [date = '', time = ''] = shown(instant).split(' ')
  return isWorked(date) && time >= '09:00' && time < '18:00'
}
const officeSteps = (from: number, until: number): number => {
  let steps = 0
  for (let instant = from; instant < until; instant += quarter) if (isOfficeTime(instant)) steps += 1
  return steps
}
const afterOfficeSteps = (from: number, count: number): number => {
  let instant = from
  for (let left = count; left > 0; instant += quarter) if (isOfficeTime(instant)) left -= 1
  return instant
}

const moment = fc
  .date({ min: new Date(at('2007-01-01 00:00')), max: new Date(at('2026-08-31 23:45')), noInvalidDate: true })
  .map(date => Math.floor(date.getTime() / quarter) * quarter)
const span = (most: number) => fc.integer({ min: 1, max: most }).map(steps => steps * quarter)

test('the deadline of a step that waits is later by exactly the office time that was left', () => {
  const life = fc.record({ on: moment, waits: fc.array(fc.record({ running: span(150), standing: span(700) }), { maxLength: 3 }) })
  fc.assert(
    fc.property(life, ({ on, waits }) => {
      let now = on
      let it = startStep(aCase({ on: shown(on) }), 'drawings', { by: 'h1', now }, reckoning).changed
      let by = at(`${afterWorkingDays(shown(on).slice(0, 10), 5)} 18:00`)
      for (const { running, standing } of waits) {
        now += running
        if (now > by) break
        it = waitForEnterprise(it, 'drawings', { reason: '缺材料。', needed: '图纸。' }, contact, { by: 'h1', now }, reckoning).changed
        const left = officeSteps(now, by)
        now += standing
        it = resumeStep(it, 'drawings', contact, { by: 'h1', now }, reckoning).changed
        by = left === 0 ? by : afterOfficeSteps(now, left)
        if (left > 0) expect(shown(stepOf(it, 'drawings').clock?.by ?? 0)).toBe(shown(by))
        else by = stepOf(it, 'drawings').clock?.by ?? by
      }
    }),
    { numRuns: 150 },
  )
})

test('what a step has taken is the fewest days within which it would have been on time', () => {
  fc.assert(
    fc.property(fc.record({ on: moment, after: span(1_500) }), ({ on, after }) => {
      const started = startStep(aCase({ on: shown(on) }), 'drawings', { by: 'h1', now: on }, reckoning).changed
      const now = on + after
      const days = stepOf(finishStep(started, 'drawings', undefined, { contact, staffOf }, { by: 'h1', now }, reckoning).changed, 'drawings').actualWorkingDays ?? -1
      const closing = (count: number): number => at(`${count === 0 ? shown(on).slice(0, 10) : afterWorkingDays(shown(on).slice(0, 10), count)} 18:00`)
      expect(closing(days)).toBeGreaterThanOrEqual(now)
      if (days > 0) expect(closing(days - 1)).toBeLessThan(now)
    }),
    { numRuns: 200 },
  )
})

type Act = (it: Case, now: number) => CaseDecision | undefined

const act = (now: number) => ({ by: 'h1', now })
const steps = ['survey', 'drawings', 'permit', 'handover']
const acts: Readonly<Record<string, Act>> = {
  ...Object.fromEntries(steps.flatMap((step): [string, Act][] => [
    [`start ${step}`, (it, now) => startStep(it, step, act(now), reckoning)],
    [`finish ${step}`, (it, now) => finishStep(it, step, '已办妥。', { contact, staffOf }, act(now), reckoning)],
    [`wait ${step}`, (it, now) => waitForEnterprise(it, step, { reason: '缺材料。', needed: '图纸。' }, contact, act(now), reckoning)],
    [`resume ${step}`, (it, now) => resumeStep(it, step, contact, act(now), reckoning)],
    [`acknowledge ${step}`, (it, now) => acknowledgeStep(it, step, act(now), reckoning)],
  ])),
  'refuse drawings': (it, now) => refuseStep(it, 'drawings', '不符合。', contact, staffOf, act(now), reckoning),
  withdraw: (it, now) => withdrawCase(it, '调整。', { contact, staffOf }, act(now)),
  ...Object.fromEntries(['1001', '1002'].map((officerId): [string, Act] => [`pass on to ${officerId}`, (it, now) => reassignCase(it, { officerId, reason: '调整。' }, { contact, hasLeft: false }, act(now))])),
  inform: (it, now) => informOnCase(it, '补充。', staffOf, { by: 'enterprise', now }),
  received: (it, now) => confirmReceipt(it, { received: true }, aStaff(), now, reckoning),
  'not received': (it, now) => confirmReceipt(it, { received: false }, aStaff(), now, reckoning),
  'called back': (it, now) => callBackOnCase(it, { received: true, asked: '联系人', askedAt: now }, aStaff(), act(now), reckoning),
  'called back in vain': (it, now) => callBackOnCase(it, { received: false, asked: '联系人', askedAt: now }, aStaff(), act(now), reckoning),
  sweep: (it, now) => advanceCase(it, { of: staffOf, contact }, now, reckoning),
}
/** What comes next is done more often than the rest, or no case would come to its end. */
const names = [...Object.keys(acts), ...Object.keys(acts).filter(name => /^(start|finish|received|not received|called back$)/.test(name)).flatMap(name => Array.from({ length: 12 }, () => name))]

test('no sequence of commands completes a case without what the enterprise says, lets a level fall, or does anything after the end', () => {
  const ends = new Set<string>()
  const life = fc.array(fc.record({ name: fc.constantFrom(...names), hours: fc.integer({ min: 1, max: 60 }) }), { minLength: 20, maxLength: 90 })
  fc.assert(
    fc.property(life, moves => {
      let it = aCase()
      let now = at('2026-03-02 10:00')
      const told: CaseEvent[] = []
      for (const { name, hours } of moves) {
        now += hours * 60 * minute
        const before = it
        try {
          const decision = acts[name]?.(it, now)
          if (decision === undefined) continue
          it = decision.changed
          told.push(...decision.events)
        } catch (error) {
          if (!(error instanceof Problem)) throw error
          continue
        }
        expect(['completed', 'refused', 'withdrawn']).not.toContain(before.status)
        expect(it.version).toBe(before.version + 1)
        expect(it.eventCount).toBe(told.length + 1)
        it.steps.forEach((step, nth) => { expect(step.level).toBeGreaterThanOrEqual(before.steps[nth]?.level ?? 0) })
        if (it.status !== 'running' && it.status !== 'handing-over') expect(it.steps.some(step => isOpenStep(step.status))).toBe(false)
      }
      ends.add(it.status)
      const raised = told.flatMap(event => (event.event === 'step-escalated' ? [`${event.stepId} ${event.level} ${event.dueBy}`] : []))
      expect(new Set(raised).size).toBe(raised.length)
      if (it.status !== 'completed') return
      const [said, completed] = told.slice(-2)
      expect(completed?.event).toBe('completed')
      expect(said?.event === 'receipt' || said?.event === 'called-back').toBe(true)
      expect(said).toMatchObject({ received: true })
      expect(handoverOf(it).status).toBe('finished')
    }),
    { numRuns: 600 },
  )
  expect(ends).toContain('completed')
})
