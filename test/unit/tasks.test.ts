import { describe, expect, test } from 'vitest'
import { decisionWrites } from '../../functions/adapters/issue-store.ts'
import { sheetWrites } from '../../functions/adapters/assessment-store.ts'
import { noticeWrites } from '../../functions/adapters/notice-store.ts'
import { taskKey, taskWrites, withinTransaction } from '../../functions/adapters/task-store.ts'
import { transactionLimit, type Write } from '../../functions/adapters/table.ts'
import { shippedCalendar as calendar } from '../../shared/calendar/working-day.ts'
import { assessmentWrites, decidingDeletes, reckoningDeletes, remindingWrites } from '../../shared/contract/table.ts'
import { advanceCase } from '../../shared/case/ladder.ts'
import { callBackOnCase, confirmReceipt } from '../../shared/case/receipt.ts'
import { acknowledgeStep, finishStep, startStep } from '../../shared/case/step-command.ts'
import type { Case } from '../../shared/case/case.ts'
import { askForAssistance, answerPiece } from '../../shared/issue/assistance.ts'
import { callBackIssue, rateIssue } from '../../shared/issue/closing.ts'
import { acceptIssue, acknowledgeIssue, resolveIssue, transferIssue } from '../../shared/issue/decision.ts'
import { withdrawIssue } from '../../shared/issue/enterprise-act.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import { advanceIssue } from '../../shared/issue/ladder.ts'
import { mergeIssue } from '../../shared/issue/merge.ts'
import { askForExtension, decideRequest } from '../../shared/issue/request.ts'
import { appealAgainst, decideAppeal, dropNotice, publishNotice, withdrawNotice, type NoticeAct } from '../../shared/notice/command.ts'
import { draftByHand } from '../../shared/notice/draft.ts'
import type { Notice } from '../../shared/notice/notice.ts'
import { tasksOfCase, tasksOfExemption, tasksOfIssue, tasksOfNotice, tasksOfSheet, type Listed } from '../../shared/supervision/task.ts'
import type { Exemption } from '../../shared/visit/exemption.ts'
import { aSheet, inputsOf } from '../mothers/assessment.ts'
import { aCase, aTemplate } from '../mothers/case.ts'
import { anIssue } from '../mothers/issue.ts'
import { at, shown, zone } from '../mothers/moment.ts'
import { aPolicy } from '../mothers/policy.ts'
import { aStaff } from '../mothers/staff.ts'

const reckoning = { calendar, timeZone: zone }
const act = (by: string, on: string) => ({ by, now: at(on) })
const staff = aStaff()
const people = { of: () => staff }

/** `level-1 issue 03-04 09:00`, or of a department `D-01 overdue …`. */
const read = (tasks: readonly Listed[]): string[] =>
  tasks.map(({ list, task }) => `${'office' in list ? list.office : `${list.departmentId} ${list.section}`} ${task.kind}${'piece' in task ? task.piece : 'stepId' in task ? ` ${task.stepId}` : ''} ${shown(task.since).slice(5)}`).sort()
const of = (issue: Issue) => read(tasksOfIssue(issue))
const ofCase = (it: Case) => read(tasksOfCase(it))

/** Sweeps at nine on each of these days. */
const swept = (issue: Issue, ...days: readonly string[]): Issue => days.reduce((before, day) => advanceIssue(before, people, at(`${day} 09:00`), reckoning)?.issue ?? before, issue)

/** Of tier A, dispatched on Monday 2 March 2026: accept by the 3rd, reply by the 4th, resolve by the 9th. */
const accepted = () => acceptIssue(anIssue({ submitted: { tier: 'A' } }), act('h1', '2026-03-02 11:00')).issue

describe('an issue', () => {
  test('in time waits for nobody', () => {
    expect([of(anIssue()), of(accepted())]).toEqual([[], []])
  })

  test('is overdue from the sweep on that finds a deadline missed, since the deadline; signing for it changes nothing', () => {
    const late = swept(anIssue({ submitted: { tier: 'A' } }), '2026-03-04')
    const both = ['D-01 overdue issue 03-03 18:00', 'level-1 issue 03-04 09:00']
    expect(of(late)).toEqual(both)
    expect(of(acknowledgeIssue(late, act('h1', '2026-03-04 10:00'), reckoning).issue)).toEqual(both)
    // The reply is missed as well; the earlier deadline is the one that counts.
    expect(of(swept(late, '2026-03-05'))).toEqual(both)
  })

  test('that has been late stands at its level until it is resolved, and is overdue no more', () => {
    const late = acceptIssue(swept(anIssue({ submitted: { tier: 'A' } }), '2026-03-04'), act('h1', '2026-03-04 10:00')).issue
    expect(of(late)).toEqual(['level-1 issue 03-04 09:00'])
    const resolved = resolveIssue(late, { message: '已办结。' }, undefined, act('h1', '2026-03-04 11:00'), reckoning).issue
    expect(of(resolved)).toEqual([])
    expect(of(withdrawIssue(late, undefined, staff, at('2026-03-04 11:00')).issue)).toEqual([])
  })

  test('climbs from list to list, since the day each level was reached', () => {
    const days = ['2026-03-05', '2026-03-06', '2026-03-10', '2026-03-13', '2026-03-20']
    expect(of(swept(accepted(), ...days.slice(0, 4)))).toEqual(['D-01 overdue issue 03-04 18:00', 'level-2 issue 03-13 09:00'])
    expect(of(swept(accepted(), ...days))).toEqual(['D-01 overdue issue 03-04 18:00', 'level-3 issue 03-20 09:00'])
  })

  test('that is handed on is overdue in the department that leads it, and asked about there', () => {
    const late = swept(accepted(), '2026-03-05')
    const handedOn = transferIssue(late, { departmentId: 'D-03', reason: '职责所在' }, staff, act('h1', '2026-03-05 10:00')).issue
    expect(of(handedOn)).toEqual(['D-03 overdue issue 03-04 18:00', 'level-1 issue 03-05 09:00'])
  })

  test('that is merged is still to be resolved', () => {
    const late = swept(accepted(), '2026-03-05')
    const merged = mergeIssue(late, { issue: { ...accepted(), issueId: '2026-000002' }, staff }, '同一路段', undefined, act('s1', '2026-03-05 10:00')).issue
    expect([merged.status, of(merged)]).toEqual(['merged', ['D-01 overdue issue 03-04 18:00', 'level-1 issue 03-05 09:00']])
  })

  test('about which something has been asked waits for the director, until that is decided', () => {
    const asked = askForExtension(accepted(), { workingDays: 3, reason: '须重新勘测。' }, staff, act('h1', '2026-03-03 10:00'), reckoning).issue
    expect(of(asked)).toEqual(['D-01 requests issue 03-03 10:00'])
    expect(of(decideRequest(asked, { decision: 'refused' }, undefined, act('d1', '2026-03-03 11:00'), reckoning).issue)).toEqual([])
  })

  test('that nobody has rated waits for a call-back once that is due, and no longer than for that', () => {
    const resolved = resolveIssue(accepted(), { message: '已办结。' }, undefined, act('h1', '2026-03-02 12:00'), reckoning).issue
    const silent = swept(resolved, '2026-03-10')
    expect([of(resolved), of(silent)]).toEqual([[], ['call-backs issue 03-10 09:00']])
    const said = { asked: '王某', askedAt: at('2026-03-10 09:30') }
    expect(of(callBackIssue(silent, { ...said, rating: 4 }, staff, act('s1', '2026-03-10 10:00'), reckoning).issue)).toEqual([])
    expect(of(callBackIssue(silent, { ...said, rating: 2 }, staff, act('s1', '2026-03-10 10:00'), reckoning).issue)).toEqual(['level-1 issue 03-10 10:00'])
    expect(of(rateIssue(silent, { rating: 5 }, staff, at('2026-03-10 10:00'), reckoning).issue)).toEqual([])
    expect(of(withdrawIssue(silent, undefined, staff, at('2026-03-10 10:00')).issue)).toEqual([])
  })

  test('has pieces that stand for themselves, each in its own department', () => {
    const asked = askForAssistance(accepted(), { departmentId: 'D-03', message: '请出具意见。', workingDays: 1 }, staff, act('h1', '2026-03-02 14:00'), reckoning).issue
    const late = swept(asked, '2026-03-04')
    expect(of(late)).toEqual(['D-03 overdue piece1 03-03 18:00', 'level-1 piece1 03-04 09:00'])
    expect(of(answerPiece(late, 1, { message: '同意。' }, staff, act('x1', '2026-03-04 10:00')).issue)).toEqual([])
    expect(of(resolveIssue(late, { message: '已办结。', despite: '无须等待。' }, undefined, act('h1', '2026-03-04 10:00'), reckoning, people.of).issue)).toEqual([])
  })
})

describe('a case', () => {
  const sweptCase = (it: Case, ...days: readonly string[]): Case => days.reduce((before, day) => advanceCase(before, people, at(`${day} 09:00`), reckoning)?.changed ?? before, it)
  const { steps: [survey] } = aTemplate()
  const short = () => aCase({ template: aTemplate({ steps: survey === undefined ? [] : [survey] }) })
  const to = { contact: undefined, staffOf: people.of }
  const handedOver = () => {
    const surveyed = finishStep(startStep(short(), 'survey', act('h1', '2026-03-02 11:00'), reckoning).changed, 'survey', undefined, to, act('h1', '2026-03-02 12:00'), reckoning).changed
    return finishStep(startStep(surveyed, 'handover', act('h1', '2026-03-02 13:00'), reckoning).changed, 'handover', '当面送达。', to, act('h1', '2026-03-02 14:00'), reckoning).changed
  }

  test('has steps that are late in their departments until they are finished', () => {
    const late = sweptCase(short(), '2026-03-05', '2026-03-06')
    const both = ['D-01 overdue case-step survey 03-05 18:00', 'level-1 case-step survey 03-06 09:00']
    expect([ofCase(short()), ofCase(late)]).toEqual([[], both])
    expect(ofCase(acknowledgeStep(late, 'survey', act('h1', '2026-03-06 10:00'), reckoning).changed)).toEqual(both)
    const started = startStep(late, 'survey', act('h1', '2026-03-06 10:00'), reckoning).changed
    expect(ofCase(finishStep(started, 'survey', undefined, to, act('h1', '2026-03-06 11:00'), reckoning).changed)).toEqual([])
  })

  test('that nobody has confirmed waits for a call-back', () => {
    const silent = sweptCase(handedOver(), '2026-03-10')
    expect([ofCase(handedOver()), ofCase(silent)]).toEqual([[], ['call-backs case 03-10 09:00']])
    expect(ofCase(confirmReceipt(silent, { received: true }, staff, at('2026-03-10 10:00'), reckoning).changed)).toEqual([])
    const returned = callBackOnCase(silent, { received: false, asked: '王某', askedAt: at('2026-03-10 09:30') }, staff, act('s1', '2026-03-10 10:00'), reckoning).changed
    expect(ofCase(returned)).toEqual(['level-1 case-step handover 03-10 10:00'])
  })
})

test('a request for an exemption waits for the department it was asked in, until it is decided', () => {
  const asked: Exemption = { exemptionId: 'e1', officerId: '1001', departmentId: 'D-01', month: '2026-03', reason: 'health', status: 'requested', requestedAt: '2026-03-02T10:00:00+08:00', requestedBy: '1001' }
  expect(read(tasksOfExemption(asked))).toEqual(['D-01 exemptions exemption 03-02 10:00'])
  expect(tasksOfExemption({ ...asked, status: 'approved' })).toEqual([])
})

describe('a notice', () => {
  const drafting = { noticeId: 'n1', now: at('2026-03-02 10:00'), policy: aPolicy(), reckoning, staff }
  const notice = (kind: Notice['kind'] = 'criticism') => draftByHand({ kind, title: '标题', text: '内容' }, { subject: { officerId: '1001' }, departmentId: 'D-01', by: 's1' }, drafting).notice
  const acted = (officerId: string, on: string, ...roles: NoticeAct['caller']['roles']): NoticeAct => ({ caller: { officerId, departmentId: 'D-00', roles }, now: at(on), reckoning, staff })
  const appealed = () => appealAgainst(notice(), { reason: '住院。' }, acted('1001', '2026-03-03 10:00', 'officer'), []).notice
  const decided = (decision: 'upheld' | 'granted') => decideAppeal(appealed(), { decision, remark: '已核实。' }, acted('s2', '2026-03-04 10:00', 'supervisor')).notice
  const ofNotice = (it: Notice) => read(tasksOfNotice(it))

  test('of criticism waits from when the time to appeal runs out; praise at once', () => {
    expect([ofNotice(notice()), ofNotice(notice('commendation'))]).toEqual([['notices notice 03-09 18:00'], ['notices notice 03-02 10:00']])
  })

  test('that is appealed against waits for the decision, and then to be published unless the appeal was granted', () => {
    expect([ofNotice(appealed()), ofNotice(decided('upheld')), ofNotice(decided('granted'))]).toEqual([['notices notice 03-03 10:00'], ['notices notice 03-04 10:00'], []])
  })

  test('waits no more once it is published, taken back or given up', () => {
    const published = publishNotice(decided('upheld'), { year: 2026, last: 0 }, { departmentName: '规划建设局' }, acted('s2', '2026-03-05 10:00', 'supervisor'))
    const withdrawn = withdrawNotice(published.notice, published.publication, '有误。', acted('s2', '2026-03-06 10:00', 'supervisor'))
    const dropped = dropNotice(notice(), '有误。', acted('s2', '2026-03-03 10:00', 'supervisor'))
    expect([published, withdrawn, dropped].flatMap(({ notice: it }) => ofNotice(it))).toEqual([])
  })

  test('changes its place in the very transaction that changes it, which its functions may do', () => {
    const places = (writes: readonly Write[]) => writes.map(write => ('put' in write ? `+${write.put.pk}` : `-${write.delete.pk}`))
    expect(places(noticeWrites(notice(), undefined))).toEqual(['+NOTICE#n1', '+TASKS#office#notices'])
    expect(places(noticeWrites(appealed(), notice()))).toEqual(['+NOTICE#n1', '+TASKS#office#notices', '-TASKS#office#notices'])
    expect(places(noticeWrites(decided('granted'), appealed()))).toEqual(['+NOTICE#n1', '-TASKS#office#notices'])
    expect([remindingWrites, decidingDeletes].every(patterns => patterns.some(pattern => 'TASKS#office#notices'.startsWith(pattern.replace('*', ''))))).toBe(true)
  })
})

describe('a sheet of an assessment', () => {
  const appeal = (decided: boolean) => ({ component: 'quota' as const, reason: '住院。', by: '1001', at: at(decided ? '2026-07-07 10:00' : '2026-07-08 10:00'), ...(decided ? { decision: { outcome: 'refused' as const, remark: '已核实。', by: 's2', at: at('2026-07-08 09:00') } } : {}) })
  const sheet = (...appeals: readonly boolean[]) => aSheet(inputsOf([]), { appeals: appeals.map(appeal) })

  test('waits for the office since the appeal that is to be decided, and no more once it has been', () => {
    expect([sheet(), sheet(true), sheet(true, false)].map(each => read(tasksOfSheet(each)))).toEqual([[], [], ['assessments sheet 07-08 10:00']])
  })

  test('changes its place in the very transaction that changes it, which its function may do', () => {
    const places = (writes: readonly Write[]) => writes.slice(1).map(write => ('put' in write ? `+${write.put.pk} ${write.put.sk}` : `-${write.delete.pk} ${write.delete.sk}`))
    const place = 'TASKS#office#assessments 2026-07-08T02:00:00.000Z#2026-H1#officer#1001'
    expect([places(sheetWrites(sheet(), undefined)), places(sheetWrites(sheet(true, false), sheet(true))), places(sheetWrites(sheet(true, true), sheet(true, false)))]).toEqual([[], [`+${place}`], [`-${place}`]])
    expect([assessmentWrites, decidingDeletes].every(patterns => patterns.some(pattern => place.startsWith(pattern.replace('*', ''))))).toBe(true)
  })
})

describe('the worklists', () => {
  const late = () => swept(accepted(), '2026-03-05')
  const places = (writes: readonly Write[]) => writes.flatMap(write => ('put' in write ? [`+${write.put.pk}`] : [`-${write.delete.pk}`])).filter(place => place.includes('TASKS'))

  test('change with an issue, in one transaction, where it changes its place in them, and otherwise not at all', () => {
    const decision = advanceIssue(accepted(), people, at('2026-03-05 09:00'), reckoning)
    if (decision === undefined) throw new Error('due, and nothing to do')
    expect(places(decisionWrites(decision, accepted()))).toEqual(['+TASKS#office#level-1', '+TASKS#D-01#overdue'])
    const signed = acknowledgeIssue(late(), act('h1', '2026-03-05 10:00'), reckoning)
    expect(places(decisionWrites(signed, late()))).toEqual([])
    const resolved = resolveIssue(late(), { message: '已办结。' }, undefined, act('h1', '2026-03-05 11:00'), reckoning)
    expect(places(decisionWrites(resolved, late()))).toEqual(['-TASKS#office#level-1', '-TASKS#D-01#overdue'])
  })

  test('of a department that is called like the office are none of its', () => {
    const tasks = tasksOfIssue({ ...late(), leadDepartmentId: 'office' })
    expect(tasks.map(each => taskKey(each).pk)).toEqual(['TASKS#office#level-1', 'TASKS#office#overdue'])
  })

  test('lose no entry for want of room in a transaction, but keep some that wait no more', () => {
    const many = Array.from({ length: 45 }, (_, piece): Listed => ({ list: { departmentId: `D-${piece}`, section: 'overdue' }, task: { kind: 'piece', issueId: '2026-000001', piece, since: 0 } }))
    const others = Array.from({ length: 60 }, (_, nth): Write => ({ delete: { pk: 'AWAITING', sk: String(nth) }, when: 'always' }))
    const left = withinTransaction([...others, ...taskWrites(many, [])])
    expect(left.filter(write => 'delete' in write && write.delete.pk === 'AWAITING')).toEqual(others)
    // And the record of the request, a session, its decision.
    expect(left.length).toBe(transactionLimit - 5)
    const entered = [...others, ...taskWrites([], many)]
    expect(withinTransaction(entered)).toEqual(entered)
    expect(reckoningDeletes.some(prefix => taskKey(many[0] as Listed).pk.startsWith(prefix.replace('*', '')))).toBe(true)
  })
})
