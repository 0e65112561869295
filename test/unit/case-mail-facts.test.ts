import { describe, expect, test } from 'vitest'
import { caseWrites } from '../../functions/adapters/case-store.ts'
import type { OutboxMail } from '../../functions/adapters/outbox-store.ts'
import { enterpriseItem, officerWrites } from '../../functions/adapters/roster-store.ts'
import { factsReader } from '../../functions/outbox/facts.ts'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { stepOf, type CaseDecision } from '../../shared/case/decision.ts'
import { withdrawCase } from '../../shared/case/ending.ts'
import { advanceCase } from '../../shared/case/ladder.ts'
import { reassignCase, type Reassignment } from '../../shared/case/reassign.ts'
import { finishStep, resumeStep, startStep, waitForEnterprise } from '../../shared/case/step-command.ts'
import type { PlannedMail } from '../../shared/mail/notice.ts'
import { opening } from '../mothers/case.ts'
import { anEnterprise } from '../mothers/enterprise.ts'
import { anOfficer } from '../mothers/officer.ts'
import { at, zone } from '../mothers/moment.ts'
import { aStaff, peopleOf } from '../mothers/staff.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

const reckoning = { calendar, timeZone: zone }
const contact = { contactEmail: 'office@example.com' }
const act = (local: string) => ({ by: 'h1', now: at(local) })

/** The table after these decisions, each of the case as the one before left it. */
const after = async (...decisions: readonly CaseDecision[]): Promise<MemoryTable> => {
  const table = new MemoryTable()
  for (const [nth, decision] of decisions.entries()) await table.commit(caseWrites(decision, decisions[nth - 1]?.changed))
  return table
}

/** What the mail says of the case that stands in this table. */
const toldOf = (table: MemoryTable, mail: PlannedMail) =>
  factsReader(table, zone)({ ...mail, cc: [...mail.cc], plannedAt: 0, status: 'planned', attempts: 0, lostAnswers: 0 } satisfies OutboxMail, 0)

const mailOf = ({ mails }: CaseDecision, kind: PlannedMail['about']['kind'], to: PlannedMail['to']): PlannedMail =>
  mails.find(mail => mail.about.kind === kind && mail.to === to) ?? expect.fail(`no ${kind} to ${to}`)

describe('a step that goes on is told of', () => {
  const opened = opening()
  const enterprise = `enterprise:${opened.changed.enterpriseId}` as const
  const begun = startStep(opened.changed, 'survey', act('2026-03-03 09:00'), reckoning)
  const waiting = waitForEnterprise(begun.changed, 'survey', { reason: '缺材料。', needed: '请补交图纸。' }, contact, act('2026-03-03 10:00'), reckoning)
  const byDepartment = resumeStep(waiting.changed, 'survey', contact, act('2026-03-04 10:00'), reckoning)
  const byItself = advanceCase({ ...waiting.changed, steps: waiting.changed.steps.filter(({ stepId }) => stepId !== 'drawings') }, peopleOf(aStaff(), contact), at('2026-04-01 09:00'), reckoning) ?? expect.fail('nothing was due')

  test('with when it is due, and without what has been brought', async () => {
    const table = await after(opened, begun, waiting, byDepartment)
    const facts = { kind: 'case-resumed', since: at('2026-03-04 10:00'), needed: undefined, step: { by: stepOf(byDepartment.changed, 'survey').clock?.by } }
    expect(await toldOf(table, mailOf(byDepartment, 'case-resumed', enterprise))).toMatchObject({ facts: { ...facts, reader: 'enterprise' } })
    expect(await toldOf(table, mailOf(byDepartment, 'case-resumed', 'officer:1001'))).toMatchObject({ facts: { ...facts, reader: 'officer', enterpriseHasMail: false } })
  })

  test('with what is still missing, where it goes on by itself', async () => {
    const table = await after(opened, begun, waiting, byItself)
    expect(await toldOf(table, mailOf(byItself, 'case-resumed', enterprise))).toMatchObject({ facts: { since: at('2026-04-01 09:00'), needed: '请补交图纸。' } })
  })

  test('as long as that is so', async () => {
    const again = waitForEnterprise(byDepartment.changed, 'survey', { reason: '缺材料。', needed: '请补交图纸。' }, contact, act('2026-03-04 11:00'), reckoning)
    const finished = finishStep(byDepartment.changed, 'survey', undefined, { contact, staffOf: () => aStaff() }, act('2026-03-04 11:00'), reckoning)
    for (const later of [again, finished])
      expect(await toldOf(await after(opened, begun, waiting, byDepartment, later), mailOf(byDepartment, 'case-resumed', enterprise))).toEqual({ superseded: 'the step is finished, or waits again' })
    const goneOn = await after(opened, begun, waiting, byDepartment)
    expect(await toldOf(goneOn, mailOf(waiting, 'case-waiting', enterprise))).toEqual({ superseded: 'it waits no longer' })
  })
})

describe('a change of officer is told', () => {
  const opened = opening({ entered: { steps: [{ stepId: 'drawings', officerId: '1002' }] } })
  const enterprise = `enterprise:${opened.changed.enterpriseId}` as const
  const passOn = (before: CaseDecision, what: Omit<Reassignment, 'reason'>): CaseDecision =>
    reassignCase(before.changed, { ...what, reason: '调任他职。' }, { contact, hasLeft: false }, { by: 's1', now: at('2026-03-03 09:00') })
  const reassigned = passOn(opened, { officerId: '1009' })
  const named = async (table: MemoryTable): Promise<MemoryTable> => {
    for (const [officerId, name] of [['1001', '原干部'], ['1009', '新干部'], ['s1', '督查员']] as const) await table.commit(officerWrites(anOfficer({ officerId, name, email: `${officerId}@example.org` }), undefined, undefined))
    await table.commit([{ put: enterpriseItem(anEnterprise({ enterpriseId: opened.changed.enterpriseId }), 1), when: 'new' }])
    return table
  }

  test('to each of those it is for, with who takes over from whom, and what', async () => {
    const table = await named(await after(opened, reassigned))
    const facts = { kind: 'case-reassigned', newName: '新干部', formerName: '原干部', byName: '督查员', reason: '调任他职。', follows: true, case: { officerName: '新干部' }, enterpriseHasMail: true }
    for (const [to, reader] of [[enterprise, 'enterprise'], ['officer:1009', 'new'], ['officer:1001', 'former']] as const)
      expect(await toldOf(table, mailOf(reassigned, 'case-reassigned', to)), to).toMatchObject({ facts: { ...facts, reader } })
    const step = passOn(opened, { from: '1002', officerId: '1009' })
    expect(await toldOf(await named(await after(opened, step)), mailOf(step, 'case-reassigned', 'officer:1009'))).toMatchObject({ facts: { follows: false, steps: [{ stepTitle: '施工图审查', officerName: '新干部' }] } })
  })

  test('as long as that is so', async () => {
    const [on, back] = [passOn(reassigned, { officerId: '1010' }), passOn(reassigned, { officerId: '1001' })]
    const given = withdrawCase(reassigned.changed, '企业改变计划。', { contact, staffOf: () => aStaff() }, act('2026-03-03 10:00'))
    const told = async (to: PlannedMail['to'], later: CaseDecision) => toldOf(await after(opened, reassigned, later), mailOf(reassigned, 'case-reassigned', to))
    for (const to of [enterprise, 'officer:1009'] as const) expect(await told(to, on), to).toEqual({ superseded: 'it has been passed on again' })
    expect(await told('officer:1001', on)).toMatchObject({ facts: { reader: 'former' } })
    expect(await told('officer:1001', back)).toEqual({ superseded: 'it has been passed on again' })
    for (const to of [enterprise, 'officer:1009', 'officer:1001'] as const) expect(await told(to, given), to).toEqual({ superseded: 'the case has ended' })
  })

  test('and who is relieved is asked for nothing any more', async () => {
    const begun = startStep(opened.changed, 'survey', act('2026-03-03 09:00'), reckoning)
    const waiting = waitForEnterprise(begun.changed, 'survey', { reason: '缺材料。', needed: '请补交图纸。' }, contact, act('2026-03-03 10:00'), reckoning)
    const table = await after(opened, begun, waiting, passOn(waiting, { officerId: '1009' }))
    expect(await toldOf(table, mailOf(waiting, 'case-waiting', 'officer:1001'))).toEqual({ superseded: 'somebody else goes along with it now' })
    expect(await toldOf(table, mailOf(waiting, 'case-waiting', enterprise))).toMatchObject({ facts: { step: { officerName: '1009' } } })
  })
})
