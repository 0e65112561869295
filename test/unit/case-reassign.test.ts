import { describe, expect, test } from 'vitest'
import { caseWrites } from '../../functions/adapters/case-store.ts'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { caseEventSchema, caseSchema, type Case } from '../../shared/case/case.ts'
import { officerOf, stepOf, type CaseDecision } from '../../shared/case/decision.ts'
import { reassignCase, type Reassignment } from '../../shared/case/reassign.ts'
import { confirmReceipt } from '../../shared/case/receipt.ts'
import { readStakes, withdrawalStakes } from '../../shared/case/stakes.ts'
import { finishStep, startStep } from '../../shared/case/step-command.ts'
import { caseStatuses } from '../../shared/case/transition.ts'
import { aCase, opening } from '../mothers/case.ts'
import { at, zone } from '../mothers/moment.ts'
import { refusal } from '../mothers/refusal.ts'
import { aStaff } from '../mothers/staff.ts'

const reckoning = { calendar, timeZone: zone }
const contact = { contactEmail: 'office@example.com' }
const supervisor = { by: 's1', now: at('2026-03-04 10:00') }
const act = { by: 'h1', now: at('2026-03-03 10:00') }
const reason = '调任他职。'
/** 1001 follows it; 1002 goes along with the survey, 1003 with the permit. */
const shared = (): Case => aCase({ entered: { steps: [{ stepId: 'survey', officerId: '1002' }, { stepId: 'permit', officerId: '1003' }] } })
const done = (it: Case, ...stepIds: readonly string[]): Case =>
  stepIds.reduce((each, stepId) => finishStep(startStep(each, stepId, act, reckoning).changed, stepId, '已送达。', { contact, staffOf: () => aStaff() }, act, reckoning).changed, it)
const reassign = (it: Case, what: Omit<Reassignment, 'reason'>, given: Partial<Parameters<typeof reassignCase>[2]> = {}): CaseDecision =>
  reassignCase(it, { ...what, reason }, { contact, hasLeft: false, ...given }, supervisor)
const officersOf = (it: Case): string[] => it.steps.map(step => officerOf(it, step))
const mailsOf = ({ mails }: CaseDecision): string[] => mails.map(({ about, to, timing }) => `${about.kind} ${to} ${timing}`)

describe('a case is passed on', () => {
  test('by whoever follows it, with each of its steps that is nobody else’s', () => {
    const { changed, events } = reassign(shared(), { officerId: '1009' })
    expect([changed.officerId, changed.status, ...officersOf(changed)]).toEqual(['1009', 'running', '1002', '1009', '1003', '1009'])
    expect(events).toEqual([{ event: 'reassigned', at: supervisor.now, by: 's1', from: '1001', officerId: '1009', follows: true, steps: ['drawings', 'handover'], reason }])
    expect(caseSchema.safeParse(changed).success && caseEventSchema.safeParse(events[0]).success).toBe(true)
    expect(withdrawalStakes(changed)).toEqual({ officers: ['1009'] })
  })

  test('by whoever goes along with single steps, and only those', () => {
    const { changed, events } = reassign(shared(), { from: '1002', officerId: '1009' })
    expect([changed.officerId, ...officersOf(changed)]).toEqual(['1001', '1009', '1001', '1003', '1001'])
    expect(events).toEqual([expect.objectContaining({ from: '1002', follows: false, steps: ['survey'] })])
  })

  test('to somebody who has a place in it already', () => {
    const follower = reassign(shared(), { from: '1002', officerId: '1001' }).changed
    expect(officersOf(follower)).toEqual(['1001', '1001', '1003', '1001'])
    expect(officersOf(reassign(follower, { officerId: '1009' }).changed)).toEqual(['1009', '1009', '1003', '1009'])
    expect(officersOf(reassign(shared(), { officerId: '1002' }).changed)).toEqual(['1002', '1002', '1003', '1002'])
  })

  test('but for what is finished, which keeps who went along with it, and whom it concerns no more', () => {
    const it = done(shared(), 'survey', 'drawings')
    const { changed, events } = reassign(it, { officerId: '1009' })
    expect([officersOf(changed), stepOf(changed, 'drawings').wentAlong]).toEqual([['1002', '1001', '1003', '1009'], '1001'])
    expect(events).toEqual([expect.objectContaining({ steps: ['handover'] })])
    expect(readStakes(changed).officers).not.toContain('1001')
    const again = reassign(changed, { officerId: '1010' }).changed
    expect(officersOf(again)).toEqual(['1002', '1001', '1003', '1010'])
  })

  test('with steps of one’s own that are finished, of which the same holds', () => {
    const it = done(aCase({ entered: { steps: ['survey', 'permit'].map(stepId => ({ stepId, officerId: '1002' })) } }), 'survey')
    const { changed } = reassign(it, { from: '1002', officerId: '1009' })
    expect(officersOf(changed)).toEqual(['1002', '1001', '1009', '1001'])
    expect(readStakes(changed).officers).not.toContain('1002')
  })

  test('when it has been handed over, too: what comes back comes back to who goes along with it now', () => {
    const over = done(aCase(), 'survey', 'drawings', 'permit', 'handover')
    const { changed, events } = reassign(over, { officerId: '1009' })
    expect([changed.status, changed.callBack, ...officersOf(changed)]).toEqual(['handed-over', over.callBack, '1001', '1001', '1001', '1009'])
    expect(events).toEqual([expect.objectContaining({ steps: ['handover'] })])
    const back = confirmReceipt(changed, { received: false }, aStaff(), at('2026-03-04 11:00'), reckoning)
    expect(back.mails.map(({ to }) => to)).toContain('officer:1009')
    expect(back.mails.map(({ to }) => to)).not.toContain('officer:1001')
  })

  test('and leaves its clocks as they are', () => {
    const it = shared()
    expect(reassign(it, { officerId: '1009' }).changed.steps.map(({ clock, deadlineVersion }) => [clock, deadlineVersion])).toEqual(it.steps.map(({ clock, deadlineVersion }) => [clock, deadlineVersion]))
  })

  test('is told to the enterprise and to both, but to nobody who has left or has done it', () => {
    const enterprise = `case-reassigned enterprise:${aCase().enterpriseId} act`
    expect(mailsOf(reassign(aCase(), { officerId: '1009' }))).toEqual([enterprise, 'case-reassigned officer:1009 act', 'case-reassigned officer:1001 act'])
    expect(mailsOf(reassign(aCase(), { officerId: '1009' }, { hasLeft: true }))).toEqual([enterprise, 'case-reassigned officer:1009 act'])
    expect(mailsOf(reassign(aCase(), { officerId: '1009' }, { contact: {} }))).toEqual(['case-reassigned officer:1009 act', 'case-reassigned officer:1001 act'])
    expect(mailsOf(reassign(aCase(), { officerId: 's1' }))).toEqual([enterprise, 'case-reassigned officer:1001 act'])
  })

  test('not to who has it, nor by who has no place in it', () => {
    expect(refusal(() => reassign(aCase(), { officerId: '1001' }))).toMatchObject({ code: 'same-officer', members: { path: 'officerId' } })
    expect(refusal(() => reassign(shared(), { from: '1002', officerId: '1002' })).code).toBe('same-officer')
    for (const [it, from] of [[shared(), '1004'], [done(shared(), 'survey'), '1002']] as const)
      expect(refusal(() => reassign(it, { from, officerId: '1009' }))).toMatchObject({ code: 'not-going-along', members: { path: 'from' } })
  })

  test.each(caseStatuses.filter(status => ['completed', 'refused', 'withdrawn'].includes(status)))('never once it is %s', status => {
    expect(refusal(() => reassign({ ...aCase(), status }, { officerId: '1009' })).code).toBe('case-command-not-legal')
  })
})

describe('the lists that lead to a case', () => {
  /** What is written beside the case itself: whose, and into which officer's list. */
  const listed = (decision: CaseDecision, before: Case): [string, unknown][] =>
    caseWrites(decision, before).flatMap(write => ('put' in write && write.put['shape'] === 'concern' ? [[write.put.sk, write.put['officerPk']]] : []))

  test('follow who goes along with it', () => {
    const it = shared()
    expect(listed(reassign(it, { from: '1002', officerId: '1009' }), it)).toEqual([['CONCERN#OFFICER#1009', 'CASES#1009'], ['CONCERN#OFFICER#1002', undefined]])
    expect(listed(reassign(it, { from: '1002', officerId: '1003' }), it)).toEqual([['CONCERN#OFFICER#1002', undefined]])
    // Who follows it is found by the case itself.
    expect(listed(reassign(it, { officerId: '1009' }), it)).toEqual([])
    expect(listed(reassign(it, { officerId: '1003' }), it)).toEqual([['CONCERN#OFFICER#1003', undefined]])
    expect(listed(reassign(it, { from: '1003', officerId: '1001' }), it)).toEqual([['CONCERN#OFFICER#1003', undefined]])
  })

  test('stay as they are where nobody comes or goes', () => {
    const { changed } = opening()
    expect(listed(startStep(changed, 'survey', act, reckoning), changed)).toEqual([])
  })
})
