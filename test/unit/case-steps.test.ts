import { describe, expect, test } from 'vitest'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { caseEventSchema, caseSchema, type Case, type Step } from '../../shared/case/case.ts'
import { departmentsAfter, departmentsAtOnce, openCase, stepOf, type CaseDecision } from '../../shared/case/decision.ts'
import { informOnCase, withdrawCase } from '../../shared/case/ending.ts'
import { advanceCase } from '../../shared/case/ladder.ts'
import { isOverdue, nextActionAt } from '../../shared/case/limits.ts'
import { acknowledgeStep, finishStep, refuseStep, resumeStep, startStep, waitForEnterprise } from '../../shared/case/step-command.ts'
import { FieldFaults } from '../../shared/contract/problem.ts'
import { caseWrites } from '../../functions/adapters/case-store.ts'
import { planWrites } from '../../functions/adapters/outbox-store.ts'
import { transactionLimit, type Write } from '../../functions/adapters/table.ts'
import { writesOfCase } from '../../functions/ledger/change-case.ts'
import { defaultPolicy } from '../../shared/policy/policy.ts'
import { tasksOfCase } from '../../shared/supervision/task.ts'
import { aCase, aTemplate, opening } from '../mothers/case.ts'
import { at, shown, zone } from '../mothers/moment.ts'
import { refusal } from '../mothers/refusal.ts'
import { aStaff } from '../mothers/staff.ts'

const reckoning = { calendar, timeZone: zone }
const contact = { contactEmail: 'office@example.com' }
const staffOf = () => aStaff()
const by = (local: string) => ({ by: 'h1', now: at(local) })
const start = (it: Case, stepId: string, on: string): Case => startStep(it, stepId, by(on), reckoning).changed
const finish = (it: Case, stepId: string, on: string, words?: string): CaseDecision => finishStep(it, stepId, words, { contact, staffOf }, by(on), reckoning)
const done = (it: Case, stepId: string, on: string): Case => finish(start(it, stepId, on), stepId, on, '已当面送达。').changed
const wait = (it: Case, stepId: string, on: string): CaseDecision => waitForEnterprise(it, stepId, { reason: '材料不全。', needed: '请补交施工图。' }, contact, by(on), reckoning)
const dueOf = (step: Step): string => shown(step.clock?.by ?? 0)
const statusesOf = ({ steps }: Case): string[] => steps.map(({ status }) => status)
const mailsOf = ({ mails }: CaseDecision): string[] => mails.map(({ about, to }) => `${about.kind} ${to}`)

describe('a case that is opened', () => {
  test('has a number of its own, and every step that waits for no other can begin', () => {
    const { changed, events, mails } = opening()
    expect(changed.caseId).toBe('L2026-000001')
    expect(statusesOf(changed)).toEqual(['ready', 'ready', 'blocked', 'blocked'])
    expect(changed.steps.map(({ stepId }) => stepId)).toEqual(['survey', 'drawings', 'permit', 'handover'])
    expect(stepOf(changed, 'handover').after).toEqual(['survey', 'drawings', 'permit'])
    expect(dueOf(stepOf(changed, 'survey'))).toBe('2026-03-05 18:00')
    expect(dueOf(stepOf(changed, 'drawings'))).toBe('2026-03-09 18:00')
    expect(events).toEqual([expect.objectContaining({ event: 'opened', ready: ['survey', 'drawings'] })])
    expect(mails.filter(({ to }) => to.startsWith('enterprise')).map(({ about }) => about.kind)).toEqual(['case-opened'])
    expect(mails.filter(({ about }) => about.kind === 'case-step').map(({ about, to }) => `${'stepId' in about ? about.stepId : ''} ${to}`)).toEqual(
      ['survey', 'drawings'].flatMap(step => ['h1', 'h2', 'd1'].map(id => `${step} officer:${id}`)),
    )
  })

  test('keeps its template, but for what is said of single steps', () => {
    const it = aCase({ entered: { steps: [{ stepId: 'survey', mode: 'act-for', officerId: '1002' }] } })
    expect(stepOf(it, 'survey')).toMatchObject({ mode: 'act-for', officerId: '1002', promisedWorkingDays: 3 })
    expect(stepOf(it, 'drawings')).toMatchObject({ mode: 'guide', statutoryWorkingDays: 15 })
    expect(refusal(() => opening({ entered: { steps: [{ stepId: 'none' }] } }))).toMatchObject({ code: 'step-not-found', members: { path: 'steps.0.stepId' } })
  })

  test('tells an enterprise without an address nothing', () => {
    expect(mailsOf(opening({ contact: {} })).filter(mail => mail.includes('enterprise'))).toEqual([])
  })

  test('fits into a transaction with twenty steps of departments of a hundred people', () => {
    const many = Array.from({ length: 100 }, (_, id) => `p${id}`)
    const steps = Array.from({ length: 20 }, (_, id) => ({ stepId: `s${id}`, title: '环节', departmentId: `D-${id}`, after: [], statutoryWorkingDays: 5, promisedWorkingDays: 3, mode: 'guide' as const }))
    const decision = opening({ template: aTemplate({ steps }), staff: aStaff({ handlers: many, directors: ['d1'] }) })
    expect(decision.mails.length).toBeLessThanOrEqual(100 - 31)
    expect(decision.changed.steps).toHaveLength(21)
  })

  test('ends within one, too, every department being told and its list changed', () => {
    const steps = Array.from({ length: 20 }, (_, id) => ({ stepId: `s${id}`, title: '环节', departmentId: `D-${id}`, after: [], statutoryWorkingDays: 5, promisedWorkingDays: 3, mode: 'guide' as const }))
    const otherwise = Array.from({ length: 5 }, (_, id) => ({ stepId: `s${id}`, officerId: `100${id + 2}` }))
    const it = opening({ template: aTemplate({ steps }), entered: { steps: otherwise } }).changed
    const many = (id: string) => aStaff({ handlers: Array.from({ length: 100 }, (_, nth) => `${id}-${nth}`) })
    const ending = withdrawCase(it, '企业改变计划。', { contact, staffOf: many }, by('2026-03-03 10:00'))
    // And the record of the request.
    expect(writesOfCase(ending, it, at('2026-03-03 10:00')).length + 1).toBeLessThanOrEqual(transactionLimit)
  })

  test('ends within one when every step is late, and all but some places in worklists change with it', () => {
    const steps = Array.from({ length: 20 }, (_, id) => ({ stepId: `s${id}`, title: '环节', departmentId: `D-${id}`, after: [], statutoryWorkingDays: 5, promisedWorkingDays: 1, mode: 'guide' as const }))
    const many = (id: string) => aStaff({ handlers: Array.from({ length: 100 }, (_, nth) => `${id}-${nth}`) })
    let it = opening({ template: aTemplate({ steps }) }).changed
    for (const day of ['2026-03-03', '2026-03-04'])
      for (let sweeps = 0; sweeps < 20; sweeps++) it = advanceCase(it, { of: many }, at(`${day} 09:00`), reckoning)?.changed ?? it
    expect(tasksOfCase(it)).toHaveLength(40)
    const ending = withdrawCase(it, '企业改变计划。', { contact, staffOf: many }, by('2026-03-04 10:00'))
    const writes = writesOfCase(ending, it, at('2026-03-04 10:00'))
    // And the record of the request.
    expect(writes.length + 1).toBeLessThanOrEqual(transactionLimit)
    const isTask = (write: Write) => 'delete' in write && write.delete.pk.startsWith('TASKS#')
    expect(writes.filter(write => !isTask(write))).toEqual([...caseWrites(ending, it).filter(write => !isTask(write)), ...planWrites(ending.mails, at('2026-03-04 10:00'))])
    const few = withdrawCase(it, '企业改变计划。', { contact, staffOf: () => aStaff() }, by('2026-03-04 10:00'))
    expect(writesOfCase(few, it, at('2026-03-04 10:00')).filter(isTask)).toHaveLength(40)
  })

  test('is kept in its shape', () => {
    const { changed, events } = opening({ entered: { remark: '请加快。' } })
    expect(caseSchema.safeParse(changed).success).toBe(true)
    for (const event of events) expect(caseEventSchema.safeParse(event).success).toBe(true)
  })

  test('names the departments whose people are told', () => {
    expect(departmentsAtOnce(aTemplate())).toEqual(['D-01', 'D-02'])
    expect(departmentsAfter(aCase(), 'survey')).toEqual([])
    expect(departmentsAfter(done(aCase(), 'survey', '2026-03-03 10:00'), 'drawings')).toEqual(['D-01'])
  })
})

describe('a step', () => {
  test('has its clock run from when it is ready, whenever it is started', () => {
    const it = start(aCase(), 'survey', '2026-03-05 17:00')
    expect(dueOf(stepOf(it, 'survey'))).toBe('2026-03-05 18:00')
    expect(stepOf(it, 'survey').status).toBe('running')
  })

  test('stands still while it waits for the enterprise, and goes on with exactly the time that was left', () => {
    const waiting = wait(start(aCase(), 'survey', '2026-03-03 09:00'), 'survey', '2026-03-04 12:00')
    expect(mailsOf(waiting)).toEqual([`case-waiting enterprise:${aCase().enterpriseId}`, 'case-waiting officer:1001'])
    expect(stepOf(waiting.changed, 'survey').status).toBe('waiting')
    expect(isOverdue(waiting.changed, at('2026-03-09 09:00'))).toBe(false)
    const after = resumeStep(waiting.changed, 'survey', contact, by('2026-03-10 12:00'), reckoning)
    expect(dueOf(stepOf(after.changed, 'survey'))).toBe('2026-03-11 18:00')
    expect(after.events).toEqual([expect.objectContaining({ event: 'step-resumed', deadlineVersion: 2, dueBy: at('2026-03-11 18:00') })])
    expect(after.mails.map(({ about, to, timing }) => [about.kind, 'event' in about ? about.event : 0, to, timing])).toEqual([
      ['case-resumed', after.changed.eventCount, `enterprise:${aCase().enterpriseId}`, 'act'],
      ['case-resumed', after.changed.eventCount, 'officer:1001', 'act'],
    ])
    expect(mailsOf(resumeStep(waiting.changed, 'survey', {}, by('2026-03-10 12:00'), reckoning))).toEqual(['case-resumed officer:1001'])
  })

  test('knows the event that says what each of its waits was for', () => {
    const first = wait(start(aCase(), 'survey', '2026-03-03 09:00'), 'survey', '2026-03-03 10:00')
    const second = wait(resumeStep(first.changed, 'survey', contact, by('2026-03-03 11:00'), reckoning).changed, 'survey', '2026-03-03 12:00')
    expect([first.changed.eventCount, second.changed.eventCount, stepOf(second.changed, 'survey').waits.map(({ event }) => event)]).toEqual([3, 5, [3, 5]])
  })

  test('tells its own officer, where one goes along with it', () => {
    const it = aCase({ entered: { steps: [{ stepId: 'survey', officerId: '1002' }] } })
    expect(mailsOf(wait(start(it, 'survey', '2026-03-03 09:00'), 'survey', '2026-03-03 10:00'))).toContain('case-waiting officer:1002')
  })

  test('cannot be waited out of what has been missed, nor again and again', () => {
    const it = start(aCase(), 'survey', '2026-03-03 09:00')
    expect(refusal(() => wait(it, 'survey', '2026-03-06 09:00')).code).toBe('step-overdue')
    let often = it
    for (let nth = 0; nth < 10; nth++) often = resumeStep(wait(often, 'survey', '2026-03-04 09:00').changed, 'survey', contact, by('2026-03-04 09:00'), reckoning).changed
    expect(refusal(() => wait(often, 'survey', '2026-03-04 09:00')).code).toBe('too-many-waits')
  })

  test.each([
    ['2026-03-02 10:30', 0],
    ['2026-03-02 18:30', 1],
    ['2026-03-03 09:00', 1],
    ['2026-03-07 10:00', 5],
    ['2026-03-09 10:00', 5],
  ])('that is finished on %s has taken %i working days', (on, days) => {
    expect(stepOf(done(aCase(), 'survey', on), 'survey').actualWorkingDays).toBe(days)
  })

  test('has not taken the days it waited', () => {
    const resumed = resumeStep(wait(start(aCase(), 'survey', '2026-03-03 09:00'), 'survey', '2026-03-03 12:00').changed, 'survey', contact, by('2026-03-10 12:00'), reckoning).changed
    expect(stepOf(finish(resumed, 'survey', '2026-03-10 15:00').changed, 'survey').actualWorkingDays).toBe(1)
    expect(stepOf(finish(resumed, 'survey', '2026-03-11 11:00').changed, 'survey').actualWorkingDays).toBe(2)
  })

  test('begins when those before it are finished, and its department is told', () => {
    const one = done(aCase(), 'survey', '2026-03-03 10:00')
    expect(statusesOf(one)).toEqual(['finished', 'ready', 'blocked', 'blocked'])
    const both = finish(start(one, 'drawings', '2026-03-04 09:00'), 'drawings', '2026-03-04 16:00', '审查通过。')
    expect(statusesOf(both.changed)).toEqual(['finished', 'finished', 'ready', 'blocked'])
    expect(both.events).toEqual([expect.objectContaining({ event: 'step-finished', words: '审查通过。', workingDays: 2, ready: ['permit'] })])
    expect(mailsOf(both)).toEqual(['case-step officer:h1', 'case-step officer:h2', 'case-step officer:d1'])
    expect(dueOf(stepOf(both.changed, 'permit'))).toBe('2026-03-06 18:00')
  })

  test('is handed over after the last, in words', () => {
    const last = ['survey', 'drawings', 'permit'].reduce((it, step) => done(it, step, '2026-03-03 10:00'), aCase())
    expect([last.status, ...statusesOf(last)]).toEqual(['handing-over', 'finished', 'finished', 'finished', 'ready'])
    const started = start(last, 'handover', '2026-03-03 11:00')
    expect(() => finish(started, 'handover', '2026-03-03 15:00')).toThrow(FieldFaults)
    const over = finish(started, 'handover', '2026-03-03 15:00', '许可证已当面交企业签收。')
    expect(over.changed).toMatchObject({ status: 'handed-over', handedOverAt: at('2026-03-03 15:00'), callBack: { at: at('2026-03-11 09:00'), isDue: false } })
    expect(mailsOf(over)).toEqual([`case-handed-over enterprise:${last.enterpriseId}`, 'case-handed-over officer:1001'])
  })

  test('that is refused ends the case: everybody else is told, and the others fall away', () => {
    const it = start(aCase(), 'survey', '2026-03-03 09:00')
    const refused = refuseStep(it, 'survey', '不符合规划条件。', contact, () => aStaff({ handlers: ['h9'] }), by('2026-03-03 10:00'), reckoning)
    expect([refused.changed.status, ...statusesOf(refused.changed)]).toEqual(['refused', 'refused', 'dropped', 'dropped', 'dropped'])
    expect(nextActionAt(refused.changed)).toBeUndefined()
    expect(mailsOf(refused)).toEqual([`case-ended enterprise:${it.enterpriseId}`, 'case-ended officer:1001', 'case-ended officer:h9'])
    expect(refusal(() => startStep(refused.changed, 'drawings', by('2026-03-03 11:00'), reckoning)).code).toBe('step-command-not-legal')
  })

  test('has nothing to acknowledge before a level has been raised, and is refused where there is none such', () => {
    expect(refusal(() => acknowledgeStep(aCase(), 'survey', by('2026-03-03 09:00'), reckoning)).code).toBe('nothing-to-acknowledge')
    expect(refusal(() => startStep(aCase(), 'none', by('2026-03-03 09:00'), reckoning)).code).toBe('step-not-found')
  })
})

describe('a case under way', () => {
  test('is given up by whoever follows it, who is not told themselves', () => {
    const given = withdrawCase(aCase(), '企业调整投资计划。', { contact, staffOf }, { by: '1001', now: at('2026-03-03 10:00') })
    expect([given.changed.status, given.changed.awaitedYears, ...statusesOf(given.changed)]).toEqual(['withdrawn', [], 'dropped', 'dropped', 'dropped', 'dropped'])
    expect(mailsOf(given)).toEqual([`case-ended enterprise:${aCase().enterpriseId}`, 'case-ended officer:h1', 'case-ended officer:h2'])
    expect(refusal(() => withdrawCase(given.changed, '再次。', { contact, staffOf }, by('2026-03-03 11:00'))).code).toBe('case-command-not-legal')
  })

  test('is added to by the enterprise, which whoever works on it hears once', () => {
    const informed = informOnCase(aCase(), '施工图已送审。', staffOf, { by: 'enterprise', now: at('2026-03-03 10:00') })
    expect(mailsOf(informed)).toEqual(['case-informed officer:1001', 'case-informed officer:h1', 'case-informed officer:h2'])
    expect(informed.changed.status).toBe('running')
  })
})

test('cases are numbered one after another', () => {
  const template = aTemplate()
  const second = openCase(
    { templateId: 'T-01', enterpriseId: aCase().enterpriseId, title: '施工许可' },
    { by: '1001', now: at('2026-03-02 10:00'), numbering: { year: 2026, last: 41 }, template, officerId: '1001', policy: defaultPolicy, policyVersion: 3, calendar, timeZone: zone, contact, staffOf },
  )
  expect([second.changed.caseId, second.changed.rules.policyVersion]).toEqual(['L2026-000042', 3])
})
