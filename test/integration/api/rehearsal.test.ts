import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCase, putTemplate } from '../../../shared/contract/cases.ts'
import { acceptIssue, getTimeline, replyToIssue, submitIssue } from '../../../shared/contract/issues.ts'
import { getPolicy, rehearsePolicy } from '../../../shared/contract/policy.ts'
import { recordVisit } from '../../../shared/contract/visits.ts'
import { defaultPolicy } from '../../../shared/policy/policy.ts'
import { aPolicy } from '../../mothers/policy.ts'
import { enterpriseOf, foundDistrict, idOf, type District } from './district.ts'
import { startWorld } from './world.ts'

let district: District
let issueId = ''
let caseId = ''

/** March: the officer has visited one enterprise twice and the other by telephone; an issue has stood unresolved since the 13th, and a case's step unfinished. */
beforeAll(async () => {
  district = await foundDistrict(await startWorld('2026-03-13 10:00'))
  const submitted = await district.officer.ask(submitIssue, { body: { enterpriseId: enterpriseOf.officer, category: 'facilities', subcategory: 'roads', title: '道路', description: '道路不通' } })
  issueId = submitted.body.issueId
  const accepted = await district.handler.ask(acceptIssue, { params: { issueId }, ifMatch: submitted.etag })
  await district.handler.ask(replyToIssue, { params: { issueId }, ifMatch: accepted.etag, body: { message: '在办' } })
  const template = { title: '施工许可', subcategory: 'construction', steps: [{ stepId: 'survey', title: '现场踏勘', departmentId: 'D-03', after: [], statutoryWorkingDays: 10, promisedWorkingDays: 5, mode: 'guide' }], handover: { departmentId: 'D-02', workingDays: 1 } }
  await district.supervisor.ask(putTemplate, { params: { templateId: 'permit' }, body: template })
  caseId = (await district.officer.ask(openCase, { body: { templateId: 'permit', enterpriseId: enterpriseOf.officer, title: '厂房施工许可' } })).body.caseId
  const visit = (enterpriseId: string, visitedOn: string, mode = 'onsite') => district.officer.ask(recordVisit, { body: { enterpriseId, visitedOn, mode, summary: `走访 ${visitedOn}` } })
  await visit(enterpriseOf.officer, '2026-03-13')
  await visit(enterpriseOf.second, '2026-03-13', 'phone')
  await district.callFor('quota-reminder', '2026-03-16 09:00')
  district.leap('2026-03-17 10:00')
  await visit(enterpriseOf.officer, '2026-03-17')
  for (const day of [19, 23, 26]) await district.callFor('escalation-sweep', `2026-03-${day} 09:00`)
  district.leap('2026-04-01 10:00')
})
afterAll(() => district.close())

const rehearsed = async (policy: object, but: object = {}) => (await district.supervisor.ask(rehearsePolicy, { body: { month: '2026-03', policy, ...but } })).body

describe('a rehearsal', () => {
  it('of the policy in force finds what has happened', async () => {
    const { officers, issues, cases, differences } = await rehearsed(defaultPolicy)
    expect(officers).toMatchObject({ examined: 3, differing: 0, short: { was: 3, would: 3 }, reminders: { nudge: { was: 3, would: 3 }, missed: { was: 3, would: 3 } } })
    expect(issues).toEqual({ examined: 1, differing: 0, warnings: { was: 1, would: 1 }, escalations: { 1: { was: 1, would: 1 }, 2: { was: 1, would: 1 }, 3: { was: 0, would: 0 } } })
    expect(cases).toEqual(issues)
    expect(differences).toEqual([])
    const mails = await district.mail({ kind: 'quota-nudge' })
    expect(new Set(mails.flatMap(({ to }) => to)).size).toBe(officers.reminders.nudge.was)
  })

  it('of another shows whose month and which issues come out otherwise, with the records', async () => {
    const lenient = aPolicy({ quota: { visitsPerMonth: 1, countedModes: ['onsite', 'phone'] }, deadlines: { resolveWorkingDays: { A: 10, B: 15, C: 20, D: 25 } } })
    const { officers, issues, differences } = await rehearsed(lenient)
    expect(officers).toMatchObject({ differing: 1, short: { was: 3, would: 2 } })
    expect(issues).toMatchObject({ differing: 1, warnings: { was: 1, would: 1 }, escalations: { 1: { was: 1, would: 1 }, 2: { was: 1, would: 0 }, 3: { was: 0, would: 0 } } })
    expect(differences).toEqual([
      {
        kind: 'officer',
        officerId: idOf('officer'),
        was: {
          short: true,
          reminded: ['nudge', 'reminder', 'last-call', 'missed'],
          enterprises: [{ enterpriseId: enterpriseOf.officer, required: 2, counted: 2, exempt: false }, { enterpriseId: enterpriseOf.second, required: 2, counted: 0, exempt: false }],
        },
        would: {
          short: false,
          reminded: [],
          enterprises: [{ enterpriseId: enterpriseOf.officer, required: 1, counted: 2, exempt: false }, { enterpriseId: enterpriseOf.second, required: 1, counted: 1, exempt: false }],
        },
      },
      {
        kind: 'issue', issueId, enterpriseId: enterpriseOf.officer, departmentId: 'D-02',
        was: [{ at: '2026-03-19T09:00:00+08:00', clock: 'resolve', step: 'warning' }, { at: '2026-03-23T09:00:00+08:00', clock: 'resolve', step: 'level-1' }, { at: '2026-03-26T09:00:00+08:00', clock: 'resolve', step: 'level-2' }],
        would: [{ at: '2026-03-26T09:00:00+08:00', clock: 'resolve', step: 'warning' }, { at: '2026-03-30T09:00:00+08:00', clock: 'resolve', step: 'level-1' }],
      },
    ])
  })

  it('of another ladder shows how the steps of a case would have climbed', async () => {
    const { cases, differences } = await rehearsed(aPolicy({ escalation: { levelAfter: [3, 1, 1] } }), { departmentId: 'D-03' })
    expect(cases).toEqual({ examined: 1, differing: 1, warnings: { was: 1, would: 1 }, escalations: { 1: { was: 1, would: 1 }, 2: { was: 1, would: 1 }, 3: { was: 0, would: 1 } } })
    const warning = { at: '2026-03-19T09:00:00+08:00', stepId: 'survey', step: 'warning' }
    const levels = (...days: number[]) => days.map((day, nth) => ({ at: `2026-03-${day}T09:00:00+08:00`, stepId: 'survey', step: `level-${nth + 1}` }))
    expect(differences).toEqual([{ kind: 'case', caseId, enterpriseId: enterpriseOf.officer, was: [warning, ...levels(23, 26)], would: [warning, ...levels(25, 26, 27)] }])
  })

  it('of one department leaves the others out', async () => {
    const { officers, issues, cases, departmentId } = await rehearsed(defaultPolicy, { departmentId: 'D-03' })
    expect([officers.examined, issues.examined, cases.warnings.was, departmentId]).toEqual([1, 0, 1, 'D-03'])
    const own = await rehearsed(defaultPolicy, { departmentId: 'D-02' })
    // The handing over of the case is its own, and has not begun.
    expect([own.issues.examined, own.cases.examined, own.cases.warnings.was]).toEqual([1, 1, 0])
  })

  it('changes nothing', async () => {
    const before = [await district.officer.ask(getPolicy), await district.officer.ask(getTimeline, { params: { issueId } }), (await district.mail()).length]
    await rehearsed(aPolicy({ deadlines: { acceptWorkingDays: 1, replyWorkingDays: 1, resolveWorkingDays: { A: 1, B: 1, C: 1, D: 1 } } }))
    expect([await district.officer.ask(getPolicy), await district.officer.ask(getTimeline, { params: { issueId } }), (await district.mail()).length]).toEqual(before)
  })

  it.each<[string, object, number, string]>([
    ['a month that is not over', { month: '2026-04' }, 422, 'month-not-over'],
    ['a month too far back', { month: '2023-12' }, 422, 'month-too-far-back'],
    ['a department that is none', { departmentId: 'D-99' }, 404, 'department-not-found'],
    ['a policy that could not be put in force', { policy: { ...defaultPolicy, deadlines: { ...defaultPolicy.deadlines, replyWorkingDays: 250 } } }, 422, 'too-small'],
  ])('is refused for %s', async (_, but, status, code) => {
    expect(await district.supervisor.refused(rehearsePolicy, { body: { month: '2026-03', policy: defaultPolicy, ...but } })).toMatchObject({ status, code })
  })
})
