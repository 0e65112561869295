import { describe, expect, test } from 'vitest'
import { calendarOf, shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { publishedYears } from '../../shared/calendar/published-years.ts'
import type { Case } from '../../shared/case/case.ts'
import { handoverOf, stepOf, type CaseDecision } from '../../shared/case/decision.ts'
import { advanceCase, departmentsDue, endsAWait } from '../../shared/case/ladder.ts'
import { isProvisional, levelOf, nextActionAt } from '../../shared/case/limits.ts'
import { callBackOnCase, confirmReceipt } from '../../shared/case/receipt.ts'
import { recomputeCase } from '../../shared/case/recompute.ts'
import { acknowledgeStep, finishStep, startStep, waitForEnterprise } from '../../shared/case/step-command.ts'
import type { Contact } from '../../shared/issue/decision.ts'
import { aCase, aTemplate } from '../mothers/case.ts'
import { at, shown, zone } from '../mothers/moment.ts'
import { refusal } from '../mothers/refusal.ts'
import { aStaff } from '../mothers/staff.ts'

const reckoning = { calendar, timeZone: zone }
const contact = { contactEmail: 'office@example.com' }
const staffOf = () => aStaff()
const act = (local: string) => ({ by: 'h1', now: at(local) })
const done = (it: Case, stepId: string, on: string): Case =>
  finishStep(startStep(it, stepId, act(on), reckoning).changed, stepId, '已送达。', { contact, staffOf }, act(on), reckoning).changed
const advance = (it: Case, on: string, of: Contact = contact): CaseDecision | undefined => advanceCase(it, { of: staffOf, contact: of }, at(on), reckoning)
const advanced = (it: Case, on: string): Case => {
  const decision = advance(it, on)
  if (decision === undefined) throw new Error(`nothing was due on ${on}`)
  return decision.changed
}
const toldBy = (decision: CaseDecision | undefined): string[] => (decision?.events ?? []).map(event => `${event.event}${'level' in event ? ` ${event.level}` : ''}${'stepId' in event ? ` ${event.stepId}` : ''}`)
const mailsOf = (decision: CaseDecision | undefined): string[] => (decision?.mails ?? []).map(({ about, to }) => `${about.kind} ${to}`)

/** Handed over on Tuesday 3 March 2026 at ten. */
const handedOver = (): Case => ['survey', 'drawings', 'permit', 'handover'].reduce((it, step) => done(it, step, '2026-03-03 10:00'), aCase())

describe('the sweep', () => {
  test('warns of a step, then climbs', () => {
    const it = aCase()
    expect(advance(it, '2026-03-04 08:59')).toBeUndefined()
    const warned = advance(it, '2026-03-04 09:00')
    expect([toldBy(warned), mailsOf(warned)]).toEqual([['step-warned survey'], ['case-warning officer:h1', 'case-warning officer:h2']])
    const first = advance(warned?.changed ?? it, '2026-03-06 09:00')
    expect([toldBy(first), mailsOf(first)]).toEqual([['step-escalated 1 survey', 'step-warned drawings'], ['case-escalated officer:h1', 'case-escalated officer:h2', 'case-warning officer:h1', 'case-warning officer:h2']])
    const second = advance(first?.changed ?? it, '2026-03-11 09:00')
    expect(toldBy(second)).toEqual(['step-escalated 1 drawings', 'step-escalated 2 survey'])
    expect(levelOf(second?.changed ?? it)).toBe(2)
  })

  test('warns of nothing that has happened: come late, after an outage, it climbs', () => {
    const late = advance(aCase(), '2026-03-06 09:00')
    expect([toldBy(late), mailsOf(late)]).toEqual([['step-escalated 1 survey', 'step-warned drawings'], ['case-escalated officer:h1', 'case-escalated officer:h2', 'case-warning officer:h1', 'case-warning officer:h2']])
  })

  test('is held by an acknowledgement', () => {
    const late = advanced(advanced(aCase(), '2026-03-04 09:00'), '2026-03-06 09:00')
    const signed = acknowledgeStep(late, 'survey', act('2026-03-06 10:00'), reckoning)
    expect(signed.events).toEqual([expect.objectContaining({ event: 'step-acknowledged', level: 1 })])
    expect(shown(stepOf(signed.changed, 'survey').clock?.next?.at ?? 0)).toBe('2026-03-13 09:00')
    expect(refusal(() => acknowledgeStep(signed.changed, 'survey', act('2026-03-06 11:00'), reckoning)).code).toBe('nothing-to-acknowledge')
  })

  test('lets a step go on that has waited as long as the policy allows, and tells its department', () => {
    const running = startStep(aCase(), 'survey', act('2026-03-02 11:00'), reckoning).changed
    const waiting = done(waitForEnterprise(running, 'survey', { reason: '缺材料。', needed: '图纸。' }, contact, act('2026-03-03 10:00'), reckoning).changed, 'drawings', '2026-03-03 11:00')
    expect(shown(nextActionAt(waiting) ?? 0)).toBe('2026-03-31 18:00')
    const on = advance(waiting, '2026-04-01 09:00')
    expect([toldBy(on), mailsOf(on)]).toEqual([
      ['step-resumed survey'],
      [`case-resumed enterprise:${waiting.enterpriseId}`, 'case-resumed officer:1001', 'case-step officer:h1', 'case-step officer:h2', 'case-step officer:d1'],
    ])
    expect(on?.mails.every(({ timing }) => timing === 'scheduled')).toBe(true)
    expect(mailsOf(advance(waiting, '2026-04-01 09:00', {}))[0]).toBe('case-resumed officer:1001')
    expect([endsAWait(waiting, at('2026-03-31 17:00')), endsAWait(waiting, at('2026-04-01 09:00')), endsAWait(on?.changed ?? waiting, at('2026-04-01 09:00'))]).toEqual([false, true, false])
    expect(stepOf(on?.changed ?? waiting, 'survey').status).toBe('running')
  })

  test('names the departments that something is due of', () => {
    expect(departmentsDue(aCase(), at('2026-03-04 09:00'))).toEqual(['D-01'])
    expect(departmentsDue(handedOver(), at('2026-03-04 09:00'))).toEqual([])
    expect(departmentsDue(handedOver(), at('2026-03-11 09:00'))).toEqual(['D-01'])
  })

  test('takes no step of what has ended', () => {
    const completed = confirmReceipt(handedOver(), { received: true }, aStaff(), at('2026-03-03 11:00'), reckoning).changed
    expect(advance(completed, '2027-01-04 09:00')).toBeUndefined()
  })
})

describe('what the enterprise says of the result', () => {
  test('completes the case when it has it', () => {
    const decision = confirmReceipt(handedOver(), { received: true, words: '已收到。' }, aStaff(), at('2026-03-03 11:00'), reckoning)
    expect(decision.changed).toMatchObject({ status: 'completed', completedBy: 'receipt', endedAt: at('2026-03-03 11:00') })
    expect(toldBy(decision)).toEqual(['receipt', 'completed'])
    expect(mailsOf(decision)).toEqual(['case-completed officer:1001', 'case-completed officer:d1', 'case-completed officer:h1', 'case-completed officer:h2'])
    expect(refusal(() => confirmReceipt(decision.changed, { received: true }, aStaff(), at('2026-03-03 12:00'), reckoning)).code).toBe('case-command-not-legal')
  })

  test('takes it back to the handing over, one level up, when it has not', () => {
    const decision = confirmReceipt(handedOver(), { received: false, words: '未见许可证。' }, aStaff(), at('2026-03-04 11:00'), reckoning)
    expect(decision.changed).toMatchObject({ status: 'handing-over', returns: 1 })
    expect(decision.changed).not.toHaveProperty('handedOverAt')
    const step = handoverOf(decision.changed)
    expect(step).toMatchObject({ status: 'running', level: 1, clock: { firstLevel: 2, unsigned: 1, by: at('2026-03-05 18:00') } })
    expect(mailsOf(decision)).toEqual(['officer:1001', 'officer:d1', 'officer:h1', 'officer:h2', 'officer:s1'].map(to => `case-returned ${to}`))
    // What the first handing over has taken is not forgotten.
    const again = finishStep(decision.changed, 'handover', '再次送达。', { contact, staffOf }, act('2026-03-05 11:00'), reckoning).changed
    expect([handoverOf(handedOver()).actualWorkingDays, handoverOf(again).actualWorkingDays]).toEqual([0, 1])
    const late = confirmReceipt(again, { received: false }, aStaff(), at('2026-03-06 09:00'), reckoning).changed
    expect(handoverOf(finishStep(late, 'handover', '三次送达。', { contact, staffOf }, act('2026-03-06 10:00'), reckoning).changed).actualWorkingDays).toBe(1)
    // It is signed for, and holds nothing.
    const signed = acknowledgeStep(decision.changed, 'handover', act('2026-03-04 12:00'), reckoning).changed
    expect(handoverOf(signed).clock?.next).toEqual(step.clock?.next)
    expect(toldBy(advance(signed, '2026-03-06 09:00'))).toEqual(['step-escalated 2 handover'])
  })

  test('reaches the leading group at level 3', () => {
    const again = (it: Case, on: string): Case => finishStep(it, 'handover', '再次送达。', { contact, staffOf }, act(on), reckoning).changed
    const no = (it: Case, on: string): CaseDecision => confirmReceipt(it, { received: false }, aStaff(), at(on), reckoning)
    const third = no(again(no(again(no(handedOver(), '2026-03-04 11:00').changed, '2026-03-04 12:00'), '2026-03-04 13:00').changed, '2026-03-04 14:00'), '2026-03-04 15:00')
    expect(mailsOf(third)).toContain('case-returned address:lead@example.org')
    expect(levelOf(no(again(third.changed, '2026-03-04 16:00'), '2026-03-04 17:00').changed)).toBe(3)
  })

  test('is asked for on the morning after five whole working days, and by nobody before', () => {
    const it = handedOver()
    const said = { received: true, asked: '王经理', askedAt: at('2026-03-10 10:00') }
    expect(refusal(() => callBackOnCase(it, said, aStaff(), act('2026-03-10 11:00'), reckoning)).code).toBe('receipt-not-due')
    expect(advance(it, '2026-03-11 08:59')).toBeUndefined()
    const due = advance(it, '2026-03-11 09:00')
    expect([toldBy(due), mailsOf(due)]).toEqual([['call-back-due'], ['case-call-back-due officer:s1']])
    const asked = due?.changed ?? it
    expect(asked.status).toBe('handed-over')
    expect(refusal(() => callBackOnCase(asked, { ...said, askedAt: at('2026-03-03 09:00') }, aStaff(), act('2026-03-11 11:00'), reckoning)).code).toBe('asked-before-handover')
    expect(refusal(() => callBackOnCase(asked, { ...said, askedAt: at('2026-03-11 12:00') }, aStaff(), act('2026-03-11 11:00'), reckoning)).code).toBe('asked-before-handover')
    expect(callBackOnCase(asked, said, aStaff(), act('2026-03-11 11:00'), reckoning).changed).toMatchObject({ status: 'completed', completedBy: 'call-back' })
    expect(callBackOnCase(asked, { ...said, received: false }, aStaff(), act('2026-03-11 11:00'), reckoning).changed).toMatchObject({ status: 'handing-over', returns: 1 })
  })
})

describe('a year without its notice', () => {
  const before = calendarOf(publishedYears.filter(({ year }) => year < 2026))
  const uncertain = { calendar: before, timeZone: zone }
  const opened = (): Case => aCase({ on: '2026-02-12 10:00', calendar: before })

  test('leaves deadlines provisional, and marked', () => {
    const it = opened()
    expect([it.awaitedYears, isProvisional(it), shown(stepOf(it, 'survey').clock?.by ?? 0)]).toEqual([[2026], true, '2026-02-17 18:00'])
    expect(recomputeCase(it, at('2026-02-12 11:00'), uncertain)).toBeUndefined()
  })

  test('has them reckoned anew once it has one', () => {
    const decision = recomputeCase(opened(), at('2026-02-12 11:00'), reckoning)
    expect(decision?.events).toEqual([expect.objectContaining({ event: 'deadlines-recomputed', steps: [expect.objectContaining({ stepId: 'survey' }), expect.objectContaining({ stepId: 'drawings' })] })])
    const it = decision?.changed ?? opened()
    expect([it.awaitedYears, isProvisional(it), stepOf(it, 'survey').deadlineVersion]).toEqual([[], false, 2])
    expect(stepOf(it, 'survey').clock?.by).toBe(stepOf(aCase({ on: '2026-02-12 10:00' }), 'survey').clock?.by)
    expect(recomputeCase(it, at('2026-02-12 12:00'), reckoning)).toBeUndefined()
  })

  test('moves the end of a wait, which the timeline is not told', () => {
    const running = startStep(opened(), 'survey', act('2026-02-12 11:00'), uncertain).changed
    const waiting = waitForEnterprise(running, 'survey', { reason: '缺材料。', needed: '图纸。' }, contact, act('2026-02-12 12:00'), uncertain).changed
    const after = recomputeCase(waiting, at('2026-02-12 13:00'), reckoning)
    expect(stepOf(after?.changed ?? waiting, 'survey').waits[0]?.endsBy).toBeGreaterThan(stepOf(waiting, 'survey').waits[0]?.endsBy ?? 0)
    expect(after?.events.flatMap(event => (event.event === 'deadlines-recomputed' ? event.steps.map(({ stepId }) => stepId) : []))).toEqual(['drawings'])
  })

  test('settles the deadline of a step that waits, where nothing else is open', () => {
    const alone = aCase({ on: '2026-02-12 10:00', calendar: before, template: aTemplate({ steps: aTemplate().steps.slice(0, 1) }) })
    const running = startStep(alone, 'survey', act('2026-02-12 11:00'), uncertain).changed
    const waiting = waitForEnterprise(running, 'survey', { reason: '缺材料。', needed: '图纸。' }, contact, act('2026-02-12 12:00'), uncertain).changed
    expect([waiting.awaitedYears, isProvisional(waiting)]).toEqual([[2026], true])
    const after = recomputeCase(waiting, at('2026-02-12 13:00'), reckoning)
    expect(after?.events).toEqual([])
    const it = after?.changed ?? waiting
    expect([it.awaitedYears, isProvisional(it), shown(stepOf(it, 'survey').clock?.by ?? 0)]).toEqual([[], false, shown(stepOf(aCase({ on: '2026-02-12 10:00' }), 'survey').clock?.by ?? 0)])
  })

  test('moves the day of a call-back', () => {
    const it = ['survey', 'drawings', 'permit', 'handover'].reduce(
      (each, step) => finishStep(startStep(each, step, act('2026-02-12 11:00'), uncertain).changed, step, '已送达。', { contact, staffOf }, act('2026-02-12 11:00'), uncertain).changed,
      opened(),
    )
    expect([it.awaitedYears, it.callBack?.provisional]).toEqual([[2026], true])
    const after = recomputeCase(it, at('2026-02-12 13:00'), reckoning)?.changed ?? it
    expect([after.awaitedYears, after.callBack?.provisional, (after.callBack?.at ?? 0) > (it.callBack?.at ?? 0)]).toEqual([[], false, true])
  })
})
