import { describe, expect, test } from 'vitest'
import { decisionWrites, issueKey } from '../../functions/adapters/issue-store.ts'
import { exemptionWrites, quotaWrite } from '../../functions/adapters/visit-store.ts'
import type { OutboxMail } from '../../functions/adapters/outbox-store.ts'
import { enterpriseItem, officerWrites, pairingItem } from '../../functions/adapters/roster-store.ts'
import { projectWrites } from '../../functions/adapters/project-store.ts'
import { policyWrites } from '../../functions/adapters/rules-store.ts'
import { stored } from '../../functions/adapters/stored.ts'
import { factsReader } from '../../functions/outbox/facts.ts'
import { calendarWith, shippedCalendar } from '../../shared/calendar/working-day.ts'
import { answerPiece, askForAssistance } from '../../shared/issue/assistance.ts'
import { rateIssue } from '../../shared/issue/closing.ts'
import { acceptIssue, resolveIssue, transferIssue, type Decision } from '../../shared/issue/decision.ts'
import { withdrawIssue } from '../../shared/issue/enterprise-act.ts'
import { advanceIssue } from '../../shared/issue/ladder.ts'
import { recomputeDeadlines } from '../../shared/issue/recompute.ts'
import { planMail, type PlannedMail } from '../../shared/mail/notice.ts'
import { defaultPolicy } from '../../shared/policy/policy.ts'
import { unplanned } from '../../shared/project/project.ts'
import type { Officer } from '../../shared/roster/roster.ts'
import { requestExemption } from '../../shared/visit/exemption.ts'
import { emptyQuota } from '../../shared/visit/quota.ts'
import { anEnterprise } from '../mothers/enterprise.ts'
import { dispatch } from '../mothers/issue.ts'
import { anOfficer } from '../mothers/officer.ts'
import { at, zone } from '../mothers/moment.ts'
import { aPairing } from '../mothers/pairing.ts'
import { aMilestone, aPlan, aProject, projectCodeOf } from '../mothers/project.ts'
import { aStaff, peopleOf } from '../mothers/staff.ts'
import { MemoryTable } from '../simulation/memory-table.ts'

const before = { calendar: shippedCalendar, timeZone: zone }
// Invented: New Year's Day off, which moves the reply and not the acceptance.
const published = { calendar: calendarWith([{ year: 2027, holidays: { '2027-01-01': '元旦', '2027-01-04': '元旦' }, makeUpDays: {} }], 1), timeZone: zone }

/** What the mail says of the issue that stands in this table. */
const toldOf = (table: MemoryTable, mail: PlannedMail, now = 0, plannedAt = 0) =>
  factsReader(table, zone)({ ...mail, cc: [...mail.cc], plannedAt, status: 'planned', attempts: 0, lostAnswers: 0 } satisfies OutboxMail, now)

const enter = async (table: MemoryTable, people: readonly [string, string, Officer['roles']][]): Promise<void> => {
  for (const [officerId, departmentId, roles] of people)
    await table.commit(officerWrites(anOfficer({ officerId, departmentId, roles, email: `${officerId}@example.org` }), undefined, undefined))
}

/** The table after these decisions, each of the issue as the one before left it. */
const after = async (table: MemoryTable, ...decisions: readonly Decision[]): Promise<MemoryTable> => {
  for (const [at, decision] of decisions.entries()) await table.commit(decisionWrites(decision, decisions[at - 1]?.issue))
  return table
}

const mailOf = ({ mails }: Decision, kind: PlannedMail['about']['kind'], to?: PlannedMail['to']): PlannedMail =>
  mails.find(mail => mail.about.kind === kind && (to === undefined || mail.to === to)) ?? expect.fail(`no ${kind}`)

describe('a prompt goes to whoever the lead has when it is sent', () => {
  const dispatched = dispatch()
  const escalated = advanceIssue(dispatched.issue, peopleOf(aStaff()), at('2026-03-04 09:00'), before) ?? expect.fail('nothing was due')
  const prompt = mailOf(escalated, 'issue-escalated')
  const office: [string, string, Officer['roles']] = ['s1', 'D-00', ['supervisor']]
  const told = async (to: PlannedMail['to'], ...people: [string, string, Officer['roles']][]) => {
    const table = await after(new MemoryTable(), dispatched, escalated)
    await enter(table, people)
    return toldOf(table, { ...prompt, to })
  }

  test('of the department, and to nobody of another', async () => {
    expect(await told('officer:h1', ['h1', 'D-01', ['handler']])).toMatchObject({ facts: { kind: 'issue-escalated' }, inStead: false })
    expect(await told('officer:h9', ['h9', 'D-09', ['handler']])).toEqual({ superseded: 'the issue has been handed on' })
  })

  test('or to the campaign office, in its stead only where it has nobody', async () => {
    expect(await told('officer:s1', office)).toMatchObject({ facts: { kind: 'issue-escalated' }, inStead: true })
    expect(await told('address:admin@example.org')).toMatchObject({ inStead: true })
    // A director's copy, because there is a handler and no director.
    expect(await told('officer:s1', office, ['h1', 'D-01', ['handler']])).toMatchObject({ facts: { kind: 'issue-escalated' }, inStead: false })
    expect(await told('officer:s1', office, ['d1', 'D-01', ['director']])).toMatchObject({ inStead: false })
    expect(await told('address:admin@example.org', ['h1', 'D-01', ['handler']])).toMatchObject({ inStead: false })
    // A supervisor of the very department does not stand for its staff either.
    expect(await told('officer:s2', ['s2', 'D-01', ['supervisor']])).toMatchObject({ inStead: true })
  })
})

test('an escalation that a notice has not undone is told after it, one that it has is not', async () => {
  const table = new MemoryTable()
  const dispatched = dispatch({ on: '2026-12-30 10:00' })
  // Nobody had entered 2027: on Monday the 4th both are taken for missed.
  const escalated = advanceIssue(dispatched.issue, peopleOf(aStaff()), at('2027-01-04 09:00'), before) ?? expect.fail('nothing was due')
  const exact = recomputeDeadlines(escalated.issue, at('2027-01-04 09:30'), published) ?? expect.fail('nothing has moved')
  await table.commit(decisionWrites(dispatched, undefined))
  await table.commit(decisionWrites(escalated, dispatched.issue))
  await table.commit(decisionWrites(exact, escalated.issue))

  const told = (mail: PlannedMail) => toldOf(table, mail)
  const of = (clock: string) => escalated.mails.filter(({ about }) => about.kind === 'issue-escalated' && about.clock === clock)
  expect(of('accept').length).toBeGreaterThan(0)
  expect(of('reply').length).toBeGreaterThan(0)
  for (const mail of of('accept')) expect(await told(mail)).toMatchObject({ facts: { clock: 'accept', level: 1, dueBy: at('2026-12-31 18:00') } })
  for (const mail of of('reply')) expect(await told(mail)).toEqual({ superseded: 'the deadline has moved' })
})

describe('a clock is provisional by itself', () => {
  test('and no longer once it has been met', async () => {
    const dispatched = dispatch({ on: '2026-12-28 10:00' })
    const accepted = acceptIssue(dispatched.issue, { by: 'h1', now: at('2026-12-28 11:00') })
    const mail = planMail({ kind: 'issue-warning', issueId: '2026-000001', clock: 'resolve', deadlineVersion: 1 }, 'officer:h1', 'act')
    const issue = { ...accepted.issue, clocks: { ...accepted.issue.clocks, resolve: { ...accepted.issue.clocks.resolve, next: { step: 1, at: 0 } } } } as const
    const table = await after(new MemoryTable(), dispatched, { ...accepted, issue })
    expect(await toldOf(table, mail)).toMatchObject({
      facts: { issue: { clocks: { accept: { provisional: false, doneAt: at('2026-12-28 11:00') }, reply: { provisional: true }, resolve: { provisional: true } } } },
    })
  })
})

describe('a mail that has waited too long', () => {
  test('warns of no deadline that has passed', async () => {
    const dispatched = dispatch()
    const warned = advanceIssue(acceptIssue(dispatched.issue, { by: 'h1', now: at('2026-03-02 11:00') }).issue, peopleOf(aStaff()), at('2026-03-06 09:00'), before) ?? expect.fail('nothing was due')
    const mail = mailOf(warned, 'issue-warning')
    const table = await after(new MemoryTable(), dispatched, warned)
    await enter(table, [['h1', 'D-01', ['handler']], ['h2', 'D-01', ['handler']]])
    const { by } = warned.issue.clocks.resolve
    expect(await toldOf(table, mail, by)).toMatchObject({ facts: { kind: 'issue-warning', dueBy: by } })
    expect(await toldOf(table, mail, by + 1)).toEqual({ superseded: 'the deadline has passed' })
  })

  test('asks for no visit in a month that is over', async () => {
    const table = new MemoryTable()
    const pairing = aPairing()
    await table.commit([{ put: pairingItem(pairing, 1), when: 'new' }])
    for (const kind of ['quota-nudge', 'quota-reminder', 'quota-last-call'] as const) {
      const mail = planMail({ kind, month: '2026-03', officerId: pairing.officerId }, `officer:${pairing.officerId}`, 'scheduled')
      expect(await toldOf(table, mail, at('2026-03-31 23:59'))).toMatchObject({ facts: { kind } })
      expect(await toldOf(table, mail, at('2026-04-01 00:00'))).toEqual({ superseded: 'the month is over' })
    }
  })
})

describe('a digest', () => {
  const enterpriseId = projectCodeOf(1)
  const plans = [aPlan({ milestones: [aMilestone({ plannedOn: '2026-03-06' })] })]
  const pairing = aPairing({ enterpriseId })
  const told = async (invested: Record<string, number>, kind: 'quota-nudge' | 'quota-reminder', visits: Record<string, string> = { '2026-03-03': 'v1', '2026-03-04': 'v2' }) => {
    const dispatched = dispatch()
    const { issueId } = dispatched.issue
    const table = await after(new MemoryTable(), dispatched)
    // One that is under way, one that has been resolved, and one that is not there.
    const accepted = acceptIssue({ ...dispatched.issue, issueId: '2026-000002' }, { by: 'h1', now: at('2026-03-02 11:00') })
    const resolved = resolveIssue(accepted.issue, { message: '已恢复。' }, anEnterprise(), { by: 'h1', now: at('2026-03-02 14:00') }, before)
    await table.commit([{ put: stored('issue', issueKey('2026-000002'), resolved.issue), when: 'new' }])
    const obstacles = [issueId, '2026-000002', '2026-999999'].map(id => ({ issueId: id, linkedAt: 0, linkedBy: '1001' }))
    await table.commit([
      { put: pairingItem(pairing, 1), when: 'new' },
      { put: enterpriseItem(anEnterprise({ enterpriseId, kind: 'project', name: '某产业园' }), 1), when: 'new' },
      quotaWrite({ ...emptyQuota(pairing.officerId, enterpriseId, '2026-03'), countedVisits: visits }, undefined),
      ...projectWrites(aProject({ invested, plans, obstacles }), unplanned(enterpriseId)),
    ])
    return toldOf(table, planMail({ kind, month: '2026-03', officerId: pairing.officerId }, `officer:${pairing.officerId}`, 'scheduled'), at('2026-03-16 09:30'), at('2026-03-16 09:00'))
  }
  const late = { projectName: '某产业园', through: '2026-02', planned: 200, invested: 200, lateMilestones: [{ milestoneName: '主体封顶', daysLate: 10 }], openObstacles: 1 }

  test('tells of projects that are behind, with what holds them up', async () => {
    expect(await told({ '2026-01': 100, '2026-02': 100 }, 'quota-nudge')).toMatchObject({ facts: { lines: [], projects: [late] } })
    expect(await told({ '2026-01': 50 }, 'quota-reminder', { '2026-03-03': 'v1' })).toMatchObject({ facts: { lines: [{ required: 2, counted: 1 }], projects: [{ ...late, invested: 50 }] } })
  })

  test('goes for projects alone only as the nudge', async () => {
    expect(await told({}, 'quota-reminder')).toEqual({ superseded: 'the visits have been made' })
  })
})

describe('nobody is told what is not so any more', () => {
  const act = (time: string) => ({ by: 'h1', now: at(`2026-03-02 ${time}`) })
  const contact = anEnterprise()
  const dispatched = dispatch()
  const handedOn = (to: string, from: Decision = dispatched, time = '10:30') => transferIssue(from.issue, { departmentId: to, reason: '职责所在' }, aStaff(), act(time))
  const accepted = acceptIssue(dispatched.issue, act('11:00'))
  const resolved = resolveIssue(accepted.issue, { message: '已恢复。' }, contact, act('14:00'), before)
  const reopened = rateIssue(resolved.issue, { rating: 1 }, aStaff(), at('2026-03-02 15:00'), before)

  test('that an issue waits to be accepted, once it has been: the letter says so then', async () => {
    const mail = mailOf(dispatched, 'issue-dispatched')
    expect(await toldOf(await after(new MemoryTable(), dispatched), mail)).toMatchObject({ facts: { kind: 'issue-dispatched' } })
    expect(await toldOf(await after(new MemoryTable(), dispatched, accepted), mail)).toMatchObject({ facts: { issue: { status: 'accepted', clocks: { accept: { doneAt: at('2026-03-02 11:00') } } } } })
  })

  test('that its lead is to be decided on, once it has been handed on or resolved', async () => {
    const mail = planMail({ kind: 'issue-unrouted', issueId: '2026-000001', event: 1 }, 'officer:s1', 'act')
    expect(await toldOf(await after(new MemoryTable(), dispatched, accepted), mail)).toMatchObject({ facts: { kind: 'issue-unrouted' } })
    expect(await toldOf(await after(new MemoryTable(), dispatched, handedOn('D-02')), mail)).toEqual({ superseded: 'the issue has been handed on' })
    expect(await toldOf(await after(new MemoryTable(), dispatched, accepted, resolved), mail)).toEqual({ superseded: 'the issue is resolved' })
  })

  test('but who brought it hears of every transfer, and where that one went', async () => {
    const first = handedOn('D-02')
    const second = handedOn('D-03', first, '10:40')
    const table = await after(new MemoryTable(), dispatched, first, second)
    expect(await toldOf(table, mailOf(first, 'issue-transferred', 'officer:1001'))).toMatchObject({
      facts: { reader: 'officer', fromDepartmentName: 'D-01', toDepartmentName: 'D-02', issue: { leadDepartmentName: 'D-03' } },
    })
    expect(await toldOf(table, mailOf(first, 'issue-transferred', 'officer:h1'))).toEqual({ superseded: 'the issue has been handed on' })
  })

  test('the enterprise rates what stands resolved, and nothing that has been reopened or resolved anew', async () => {
    const toEnterprise = mailOf(resolved, 'issue-resolved', `enterprise:${contact.enterpriseId}`)
    const toOfficer = mailOf(resolved, 'issue-resolved', 'officer:1001')
    const anew = resolveIssue(reopened.issue, { message: '已彻底恢复。' }, contact, act('16:00'), before)
    const reopenedTable = await after(new MemoryTable(), dispatched, accepted, resolved, reopened)
    const anewTable = await after(new MemoryTable(), dispatched, accepted, resolved, reopened, anew)
    expect(await toldOf(await after(new MemoryTable(), dispatched, accepted, resolved), toEnterprise)).toMatchObject({ facts: { reader: 'enterprise' } })
    for (const table of [reopenedTable, anewTable]) {
      expect(await toldOf(table, toEnterprise)).toEqual({ superseded: 'there is nothing to rate any more' })
      expect(await toldOf(table, toOfficer)).toMatchObject({ facts: { reader: 'officer' } })
    }
    expect(await toldOf(anewTable, mailOf(anew, 'issue-resolved', `enterprise:${contact.enterpriseId}`))).toMatchObject({ facts: { reader: 'enterprise', issue: { reopened: true } } })
  })

  test('who brought it and works in the new lead department is asked to act, as long as it leads', async () => {
    const first = handedOn('D-02')
    const mail = mailOf(first, 'issue-transferred', 'officer:1001')
    const told = async (roles: Officer['roles'], departmentId: string, ...more: Decision[]) => {
      const table = await after(new MemoryTable(), dispatched, first, ...more)
      await enter(table, [['1001', departmentId, roles]])
      return toldOf(table, mail)
    }
    for (const roles of [['officer', 'handler'], ['director']] as const) expect(await told([...roles], 'D-02')).toMatchObject({ facts: { reader: 'staff' } })
    expect(await told(['officer'], 'D-02')).toMatchObject({ facts: { reader: 'officer' } })
    expect(await told(['handler'], 'D-01')).toMatchObject({ facts: { reader: 'officer' } })
    expect(await told(['handler'], 'D-02', handedOn('D-03', first, '10:40'))).toMatchObject({ facts: { reader: 'officer' } })
  })

  test('the leading group, which works on nothing, hears of displeasure as what it is', async () => {
    const table = await after(new MemoryTable(), dispatched, accepted, resolved, reopened)
    const policy = { ...defaultPolicy, leadingGroup: ['lead@example.org'] }
    await table.commit(policyWrites({ version: 1, policy, changedAt: '2026-03-01T00:00:00Z', changedBy: 's1' }, undefined))
    const told = (to: PlannedMail['to']) => toldOf(table, { ...mailOf(reopened, 'issue-reopened'), to })
    expect(await told('address:lead@example.org')).toMatchObject({ facts: { reader: 'leading-group' } })
    for (const to of ['address:admin@example.org', 'officer:1001'] as const) expect(await told(to)).toMatchObject({ facts: { reader: 'staff' } })
  })

  test('whoever has to call an enterprise back knows whether it could have rated by itself', async () => {
    const asked = advanceIssue(resolved.issue, peopleOf(aStaff()), at('2026-03-10 09:00'), before) ?? expect.fail('nothing was due')
    const table = await after(new MemoryTable(), dispatched, accepted, resolved, asked)
    const { contactEmail: _none, ...unreachable } = contact
    for (const [enterprise, enterpriseHasMail] of [[contact, true], [unreachable, false]] as const) {
      await table.commit([{ put: enterpriseItem(enterprise, 1), when: 'always' }])
      expect(await toldOf(table, mailOf(asked, 'call-back-due'))).toMatchObject({ facts: { contactName: '王芳', enterpriseHasMail } })
    }
  })
})

describe('a department hears of what it is asked for', () => {
  const act = (by: string, on: string) => ({ by, now: at(on) })
  const message = '请就管线迁改出具意见。'
  const dispatched = dispatch({ on: '2026-12-28 10:00', submitted: { tier: 'B' } })
  const accepted = acceptIssue(dispatched.issue, act('h1', '2026-12-28 10:30'))
  const asked = askForAssistance(accepted.issue, { departmentId: 'D-03', message }, aStaff(), act('h1', '2026-12-28 11:00'), before)
  const byThen = { kind: 'assist-asked', departmentName: 'D-03', message }

  test('and until when, as that stands when it is told', async () => {
    const mail = mailOf(asked, 'assist-asked')
    const late = askForAssistance(accepted.issue, { departmentId: 'D-03', message, workingDays: 4 }, aStaff(), act('h1', '2026-12-28 11:00'), before)
    expect(await toldOf(await after(new MemoryTable(), dispatched, accepted, late), mail)).toMatchObject({ facts: { ...byThen, dueBy: at('2027-01-01 18:00'), provisional: true } })
    const exact = recomputeDeadlines(late.issue, at('2026-12-28 12:00'), published) ?? expect.fail('nothing has moved')
    expect(await toldOf(await after(new MemoryTable(), dispatched, accepted, late, exact), mail)).toMatchObject({ facts: { ...byThen, dueBy: at('2027-01-05 18:00'), provisional: false } })
  })

  test('once more when it is near, and when it has passed; not once it has answered', async () => {
    const steps = (from: Decision, on: string) => advanceIssue(from.issue, peopleOf(aStaff()), at(on), before) ?? expect.fail('nothing was due')
    const warned = steps(asked, '2026-12-30 09:00')
    const escalated = steps(warned, '2027-01-01 09:00')
    const table = await after(new MemoryTable(), dispatched, accepted, asked, warned, escalated)
    expect(await toldOf(table, mailOf(warned, 'assist-warning'))).toMatchObject({ facts: { kind: 'assist-warning', departmentName: 'D-03', message, dueBy: at('2026-12-31 18:00') } })
    expect(await toldOf(table, mailOf(escalated, 'assist-escalated'))).toMatchObject({ facts: { kind: 'assist-escalated', message, level: 1, workingDaysLate: 1 } })
    const answered = answerPiece(escalated.issue, 1, { message: '同意。' }, aStaff(), act('x1', '2027-01-01 10:00'))
    const settled = await after(new MemoryTable(), dispatched, accepted, asked, warned, escalated, answered)
    for (const mail of [mailOf(asked, 'assist-asked'), mailOf(escalated, 'assist-escalated')]) expect(await toldOf(settled, mail)).toEqual({ superseded: 'the piece is settled' })
  })

  test('that nobody waits for it any more, and why; not while it is asked for again', async () => {
    const resolved = resolveIssue(asked.issue, { message: '已办结。', despite: '已改线。' }, undefined, act('h1', '2026-12-29 10:00'), before, () => aStaff())
    const withdrawn = withdrawIssue(asked.issue, '已自行解决。', aStaff(), at('2026-12-29 11:00'), () => aStaff())
    const contact = anEnterprise()
    for (const [ended, end] of [
      [resolved, { event: 'resolved', at: at('2026-12-29 10:00'), byName: 'D-01', words: '已改线。' }],
      [withdrawn, { event: 'withdrawn', at: at('2026-12-29 11:00'), byName: contact.name, words: '已自行解决。' }],
    ] as const) {
      const table = await after(new MemoryTable(), dispatched, accepted, asked, ended)
      await table.commit([{ put: enterpriseItem(contact, 1), when: 'new' }])
      expect(await toldOf(table, mailOf(ended, 'assist-dropped'))).toMatchObject({ facts: { kind: 'assist-dropped', departmentName: 'D-03', message, end } })
    }
    const reopened = rateIssue(resolved.issue, { rating: 1 }, aStaff(), at('2026-12-29 12:00'), before)
    const again = askForAssistance(reopened.issue, { departmentId: 'D-03', message, workingDays: 1 }, aStaff(), act('h1', '2026-12-29 13:00'), before)
    const mail = mailOf(resolved, 'assist-dropped')
    expect(await toldOf(await after(new MemoryTable(), dispatched, accepted, asked, resolved, reopened), mail)).toMatchObject({ facts: { end: { event: 'resolved' } } })
    expect(await toldOf(await after(new MemoryTable(), dispatched, accepted, asked, resolved, reopened, again), mail)).toEqual({ superseded: 'the department has been asked again' })
  })
})

describe('what a director decides or looks into is addressed to who is one', () => {
  const people: [string, string, Officer['roles']][] = [['1001', 'D-01', ['officer']], ['d1', 'D-01', ['director']], ['d2', 'D-02', ['director', 'supervisor']], ['s1', 'D-01', ['supervisor']]]
  const readers = [['officer:d1', true], ['officer:d2', false], ['officer:s1', false], ['address:admin@example.org', false]] as const

  test('an exemption', async () => {
    const table = new MemoryTable()
    await enter(table, people)
    const asked = { month: '2026-03', reason: 'training' } as const
    const { exemption, mails } = requestExemption(asked, { exemptionId: 'e1', officer: { officerId: '1001', departmentId: 'D-01' }, by: '1001', at: '2026-03-02T10:00:00+08:00', staff: aStaff() })
    await table.commit(exemptionWrites(exemption, undefined))
    const [mail = expect.fail('nobody was asked')] = mails
    for (const [to, readerDirects] of readers) expect(await toldOf(table, { ...mail, to })).toMatchObject({ facts: { readerDirects } })
  })

  test('what a month has left undone', async () => {
    const table = new MemoryTable()
    await enter(table, people)
    await table.commit([{ put: pairingItem(aPairing(), 1), when: 'new' }])
    for (const [to, readerDirects] of readers)
      expect(await toldOf(table, planMail({ kind: 'quota-missed', month: '2026-03', departmentId: 'D-01' }, to, 'act'))).toMatchObject({ facts: { departmentName: 'D-01', readerDirects } })
    expect(await toldOf(table, planMail({ kind: 'quota-missed', month: '2026-03' }, 'officer:d1', 'act'))).toMatchObject({ facts: { readerDirects: false } })
  })
})
