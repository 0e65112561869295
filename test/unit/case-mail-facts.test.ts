import { describe, expect, test } from 'vitest'
import { caseWrites } from '../../functions/adapters/case-store.ts'
import type { OutboxMail } from '../../functions/adapters/outbox-store.ts'
import { factsReader } from '../../functions/outbox/facts.ts'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { stepOf, type CaseDecision } from '../../shared/case/decision.ts'
import { advanceCase } from '../../shared/case/ladder.ts'
import { finishStep, resumeStep, startStep, waitForEnterprise } from '../../shared/case/step-command.ts'
import type { PlannedMail } from '../../shared/mail/notice.ts'
import { opening } from '../mothers/case.ts'
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
