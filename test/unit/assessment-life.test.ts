import { describe, expect, test } from 'vitest'
import { adjustmentsOf, appealAgainstSheet, appealsAtMost, decideOnSheet, drawUpAssessment, finalizeAssessment, openAssessment, recountAssessment, type Assessment, type AssessmentAct, type AssessmentTask } from '../../shared/assessment/assessment.ts'
import { setRankings, demandRankable } from '../../shared/assessment/ranking.ts'
import { assessmentCommands, assessmentStatuses, legalAssessmentCommands, type AssessmentCommand, type AssessmentStatus } from '../../shared/assessment/transition.ts'
import { shippedCalendar } from '../../shared/calendar/working-day.ts'
import { anAssessment, aRecord, aSheet, inputsOf, pairings } from '../mothers/assessment.ts'
import { at, zone } from '../mothers/moment.ts'
import { aPolicy } from '../mothers/policy.ts'
import { refusal } from '../mothers/refusal.ts'
import { aStaff } from '../mothers/staff.ts'

const reckoning = { calendar: shippedCalendar, timeZone: zone }
const policy = aPolicy()
const person = (officerId: string, departmentId: string, ...roles: AssessmentAct['caller']['roles']): AssessmentAct['caller'] => ({ officerId, departmentId, roles })
const [officer, director, colleague, supervisor] = [person('1001', 'D-01', 'officer'), person('d1', 'D-01', 'director'), person('1002', 'D-01', 'officer'), person('s2', 'D-00', 'supervisor')]
/** Opened on Monday 2026-07-06, so appeals are taken until Monday 2026-07-13, 18:00. */
const openedAt = at('2026-07-06 10:00')
const inTime = at('2026-07-13 18:00')
const afterwards = inTime + 1
const act = (caller: AssessmentAct['caller'] = supervisor, now = inTime): AssessmentAct => ({ caller, now, reckoning })
const late = aRecord('issue/2026-0001', { repliesDue: 1 })
const inputs = inputsOf([...pairings(2, 2), late])
const ofDepartment = inputsOf([late], { departmentId: 'D-01' })
const opened = (but: Partial<Assessment> = {}): Assessment => anAssessment({ status: 'open', openedAt, openedBy: 's1', appeal: { workingDays: 5, closesAt: '18:00' }, ...but })
const staff = aStaff({ supervisors: ['s2', 's3'] })
const appealed = () => appealAgainstSheet(opened(), aSheet(inputs), { component: 'response', reason: '企业要求暂缓' }, act(officer), staff)

const obey = (assessment: Assessment, command: AssessmentCommand, now: number): Assessment => {
  switch (command) {
    case 'draw-up':
      return drawUpAssessment('2026-H1', assessment, { policy, policyVersion: 4 }, act(supervisor, now))
    case 'open':
      return openAssessment(assessment, policy, act(supervisor, now))
    case 'appeal':
      return appealAgainstSheet(assessment, aSheet(inputs), { component: 'response', reason: '有误' }, act(officer, now), staff).assessment
    case 'decide':
      return decideOnSheet(assessment, appealed().sheet, inputs, { outcome: 'refused', remark: '属实' }, act(supervisor, now), staff).assessment
    case 'finalize':
      return finalizeAssessment(assessment, act(supervisor, now))
    case 'recount':
      return recountAssessment(assessment, true, act(supervisor, now))
  }
}

const expected: Record<AssessmentStatus, Partial<Record<AssessmentCommand, AssessmentStatus>>> = {
  draft: { 'draw-up': 'draft', open: 'open' },
  open: { appeal: 'open', decide: 'open', finalize: 'final' },
  final: { recount: 'final' },
}

describe('an assessment', () => {
  test.each(assessmentStatuses.flatMap(status => assessmentCommands.map(command => [status, command] as const)))('that is %s: %s', (status, command) => {
    const assessment = status === 'draft' ? anAssessment() : opened({ status })
    const next = expected[status][command]
    const now = command === 'finalize' ? afterwards : inTime
    if (next !== undefined) {
      expect(obey(assessment, command, now)).toMatchObject({ status: next, version: assessment.version + 1 })
      return
    }
    const problem = refusal(() => obey(assessment, command, now))
    expect(problem.code).toBe('assessment-command-not-legal')
    expect(problem.members).toEqual({ assessmentStatus: status, legal: legalAssessmentCommands(status) })
  })

  test.each<[AssessmentStatus, AssessmentCommand, AssessmentTask, boolean]>([
    ['draft', 'draw-up', 'draw-up', true],
    ['draft', 'open', 'draw-up', false],
    ['open', 'appeal', 'tell', true],
    ['open', 'decide', 'tell', true],
    ['open', 'finalize', 'tell', false],
    ['final', 'recount', 'seal', false],
    ['final', 'recount', 'recount', false],
  ])('that is %s: %s while a schedule is at %s', (status, command, task, isTaken) => {
    const assessment = opened({ status, work: { task } })
    if (isTaken) expect(obey(assessment, command, inTime).status).toBe(expected[status][command])
    else expect(refusal(() => obey(assessment, command, afterwards)).code).toBe('assessment-at-work')
  })

  test('is drawn up from the first working day on which no visit can be entered any more, under the policy in force', () => {
    const drawn = (now: string) => drawUpAssessment('2026-H1', undefined, { policy, policyVersion: 4 }, act(supervisor, at(now)))
    expect(refusal(() => drawn('2026-07-03 23:59')).code).toBe('assessment-not-settled')
    expect(refusal(() => drawn('2026-07-05 12:00')).code).toBe('assessment-not-settled')
    expect(drawn('2026-07-06 00:00')).toMatchObject({ version: 1, drawing: 1, policyVersion: 4, drawnBy: 's2', work: { task: 'draw-up' } })
  })

  test('that is drawn up anew begins anew', () => {
    expect(obey(anAssessment({ officers: 7, work: { task: 'draw-up', after: 'D-05' } }), 'draw-up', inTime)).toMatchObject({ drawing: 2, officers: 0, work: { task: 'draw-up' } })
    expect(obey(anAssessment({ work: { task: 'draw-up', after: 'D-05' } }), 'draw-up', inTime).work).not.toHaveProperty('after')
  })

  test('is not final before the time to appeal is over and every appeal is decided', () => {
    expect(refusal(() => finalizeAssessment(opened(), act(supervisor, inTime))).code).toBe('assessment-appeals-open')
    expect(refusal(() => finalizeAssessment(opened({ appealsOpen: 1 }), act(supervisor, afterwards))).code).toBe('assessment-appeals-undecided')
    expect(finalizeAssessment(opened(), act(supervisor, afterwards))).toMatchObject({ status: 'final', finalizedBy: 's2', work: { task: 'seal' } })
  })
})

describe('an appeal', () => {
  test('is counted, and told to the supervisors', () => {
    const { assessment, sheet, mails } = appealed()
    expect([assessment.appeals, assessment.appealsOpen, sheet.version]).toEqual([1, 1, 2])
    expect(sheet.appeals).toEqual([{ component: 'response', reason: '企业要求暂缓', by: '1001', at: inTime }])
    expect(mails.map(({ mailId, timing }) => [mailId, timing])).toEqual(['s2', 's3'].map(id => [`2026-H1/assessment-appealed/officer-1001/1/officer:${id}`, 'act']))
  })

  test('is for the officer, or a director of the department', () => {
    const against = (of: typeof inputs, caller: AssessmentAct['caller']) => appealAgainstSheet(opened(), aSheet(of), { component: 'response', reason: '有误' }, act(caller), staff)
    for (const caller of [director, colleague, supervisor]) expect(refusal(() => against(inputs, caller)).code).toBe('out-of-reach')
    for (const caller of [officer, supervisor, person('d2', 'D-02', 'director')]) expect(refusal(() => against(ofDepartment, caller)).code).toBe('out-of-reach')
    expect(against(ofDepartment, director).sheet.appeals).toHaveLength(1)
  })

  test('comes in time, one after another, and not again for a component where it was refused', () => {
    const { assessment, sheet } = appealed()
    const again = (component: 'response' | 'quota', of = sheet, now = inTime) => () => appealAgainstSheet(assessment, of, { component, reason: '有误' }, act(officer, now), staff)
    expect(refusal(again('quota', aSheet(inputs), afterwards)).code).toBe('appeal-closed')
    expect(refusal(again('quota')).code).toBe('appeal-waits')
    const decided = decideOnSheet(assessment, sheet, inputs, { outcome: 'refused', remark: '属实' }, act(), staff).sheet
    expect(refusal(again('response', decided)).code).toBe('appealed-before')
    expect(again('quota', decided)().sheet.appeals).toHaveLength(2)
    // Granted, it has left out one record; there may be others.
    const granted = decideOnSheet(assessment, sheet, inputs, { outcome: 'granted', remark: '属实', recordId: late.id }, act(), staff).sheet
    expect(again('response', granted)().sheet.appeals).toHaveLength(2)
  })

  test('comes no more often than an item holds', () => {
    const before = appealed().sheet
    const [waiting] = before.appeals
    const decided = { outcome: 'granted', remark: '属实', by: 's2', at: 0 } as const
    const of = (count: number) => ({ ...before, appeals: Array.from({ length: count }, () => ({ component: 'quota' as const, reason: waiting?.reason ?? '', by: '1001', at: 0, decision: decided })) })
    const appeal = (count: number) => appealAgainstSheet(opened(), of(count), { component: 'quota', reason: '有误' }, act(officer), staff)
    expect(appeal(appealsAtMost - 1).sheet.appeals).toHaveLength(appealsAtMost)
    expect(refusal(() => appeal(appealsAtMost)).code).toBe('appeals-exhausted')
  })

  const decide = (caller = supervisor, recordId: string | undefined = late.id, outcome: 'granted' | 'refused' = 'granted', now = afterwards) => decideOnSheet(appealed().assessment, appealed().sheet, inputs, { outcome, remark: '情况属实', recordId }, act(caller, now), staff)

  test('that is granted leaves the record out and reckons the sheet anew, with before and after kept', () => {
    const { assessment, sheet, mails } = decide()
    expect(assessment).toMatchObject({ appeals: 1, appealsOpen: 0 })
    expect(adjustmentsOf(sheet)).toEqual([{ component: 'response', recordId: late.id }])
    expect([sheet.appeals[0]?.decision?.before?.total, sheet.appeals[0]?.decision?.after?.total, sheet.sheet.total]).toEqual([83.3, 100, 100])
    expect(mails.map(({ mailId }) => mailId)).toEqual(['2026-H1/assessment-decided/officer-1001/1/officer:1001'])
  })

  test('that is refused changes nothing of the sheet', () => {
    const { assessment, sheet } = decideOnSheet(appealed().assessment, appealed().sheet, inputs, { outcome: 'refused', remark: '属实' }, act(), staff)
    expect([assessment.appealsOpen, sheet.sheet, adjustmentsOf(sheet)]).toEqual([0, aSheet(inputs).sheet, []])
  })

  test('is decided by nobody whom it concerns, and by naming a record that counts for it', () => {
    expect(refusal(() => decide(person('1001', 'D-01', 'officer', 'supervisor'))).code).toBe('own-assessment')
    expect(refusal(() => decide(person('s8', 'D-01', 'director', 'supervisor'))).code).toBe('own-assessment')
    for (const recordId of ['issue/2026-0002', 'pairing/2026-01/1001/000', '__proto__']) expect(refusal(() => decide(supervisor, recordId)).code).toBe('appeal-record-mismatch')
    expect(refusal(() => decide(supervisor, late.id, 'refused')).code).toBe('appeal-record-mismatch')
    expect(refusal(() => decideOnSheet(opened(), aSheet(inputs), inputs, { outcome: 'refused', remark: '属实' }, act(), staff)).code).toBe('no-appeal-waits')
  })

  test('is decided by nobody who made it, whatever they have become and wherever they have gone since', () => {
    expect(refusal(() => decide(person('1001', 'D-09', 'supervisor'))).code).toBe('own-assessment')
    const waiting = appealAgainstSheet(opened(), aSheet(ofDepartment), { component: 'response', reason: '有误' }, act(director), staff)
    const by = (caller: AssessmentAct['caller']) => () => decideOnSheet(waiting.assessment, waiting.sheet, ofDepartment, { outcome: 'refused', remark: '属实' }, act(caller), staff)
    for (const departmentId of ['D-01', 'D-09']) expect(refusal(by(person('d1', departmentId, 'supervisor'))).code).toBe('own-assessment')
    expect(by(person('d2', 'D-09', 'supervisor'))().assessment.appealsOpen).toBe(0)
  })

  test("of a department is decided by nobody of it, and told to its directors", () => {
    const waiting = appealAgainstSheet(opened(), aSheet(ofDepartment), { component: 'response', reason: '有误' }, act(director), staff)
    const by = (caller: AssessmentAct['caller']) => () => decideOnSheet(waiting.assessment, waiting.sheet, ofDepartment, { outcome: 'refused', remark: '属实' }, act(caller), staff)
    expect(refusal(by(person('s9', 'D-01', 'supervisor'))).code).toBe('own-assessment')
    expect(by(supervisor)().mails.map(({ mailId }) => mailId)).toEqual(['2026-H1/assessment-decided/department-D-01/1/officer:d1'])
  })
})

describe('individual rankings', () => {
  test('are off, and each change of that is a setting of its own', () => {
    const on = setRankings(undefined, { on: true, reason: '年度评优需要' }, 's1', inTime)
    expect(on).toEqual({ version: 1, on: true, reason: '年度评优需要', by: 's1', at: inTime })
    expect(setRankings(on, { on: true, reason: '年度评优需要' }, 's2', afterwards)).toBe(on)
    expect(setRankings(on, { on: false, reason: '评优结束' }, 's2', afterwards)).toMatchObject({ version: 2, on: false })
  })

  test('are given while they are on, of what is final and sealed', () => {
    const on = setRankings(undefined, { on: true, reason: '年度评优需要' }, 's1', inTime)
    const final = opened({ status: 'final', hash: 'h' })
    expect(refusal(() => { demandRankable(undefined, final) }).code).toBe('rankings-off')
    expect(refusal(() => { demandRankable({ ...on, on: false }, final) }).code).toBe('rankings-off')
    for (const assessment of [opened(), opened({ status: 'final' })]) expect(refusal(() => { demandRankable(on, assessment) }).code).toBe('assessment-not-final')
    expect(() => { demandRankable(on, final) }).not.toThrow()
  })
})
