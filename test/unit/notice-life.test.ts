import { describe, expect, test } from 'vitest'
import { noticeWrites } from '../../functions/adapters/notice-store.ts'
import { planWrites } from '../../functions/adapters/outbox-store.ts'
import { transactionLimit } from '../../functions/adapters/table.ts'
import { calendarWith, shippedCalendar } from '../../shared/calendar/working-day.ts'
import { excuseStep } from '../../shared/case/excuse.ts'
import { excuseIssue } from '../../shared/issue/excuse.ts'
import { advancedAtMost, advanceIssue } from '../../shared/issue/ladder.ts'
import { advanceCase } from '../../shared/case/ladder.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import { appealAgainst, decideAppeal, dropNotice, publishNotice, withdrawNotice, type NoticeAct } from '../../shared/notice/command.ts'
import { draftByHand, draftLevelThree, draftMissedQuota, isSpokenOf, levelThreeOfCase, levelThreeOfIssue, missedTwice, subjectOf, type Drafting } from '../../shared/notice/draft.ts'
import { exemptedEffect, exemptionByGrant, exemptionReasonFor, excusedEffect } from '../../shared/notice/grant.ts'
import { appealWindowOf, type Notice, type Publication } from '../../shared/notice/notice.ts'
import type { Subject } from '../../shared/roster/subject.ts'
import { legalNoticeCommands, noticeCommands, noticeKinds, noticeStatuses, type AppealOutcome, type NoticeCommand, type NoticeStatus } from '../../shared/notice/transition.ts'
import { theSystem } from '../../shared/roster/actor.ts'
import type { Caller } from '../../shared/roster/caller.ts'
import { quotasOf } from '../../shared/visit/quota.ts'
import { aCase } from '../mothers/case.ts'
import { anIssue } from '../mothers/issue.ts'
import { at, shown, zone } from '../mothers/moment.ts'
import { aPairing } from '../mothers/pairing.ts'
import { aPolicy } from '../mothers/policy.ts'
import { refusal } from '../mothers/refusal.ts'
import { aStaff, peopleOf } from '../mothers/staff.ts'

const reckoning = { calendar: shippedCalendar, timeZone: zone }
const staff = aStaff({ supervisors: ['s1', 's2', 's3'] })
const policy = aPolicy()
/** Monday. Appeals are open until Monday 2026-03-09, 18:00. */
const monday = at('2026-03-02 10:00')
const inTime = at('2026-03-09 18:00')
const afterwards = inTime + 1

const drafting = (but: Partial<Drafting> = {}): Drafting => ({ noticeId: 'n1', now: monday, policy, reckoning, staff, ...but })
const person = (officerId: string, departmentId: string, ...roles: Caller['roles']): Caller => ({ officerId, departmentId, roles })
const supervisor = person('s2', 'D-00', 'supervisor')
const act = (caller: Caller, now = inTime): NoticeAct => ({ caller, now, reckoning, staff })
const ofOfficer: Subject = { officerId: '1001' }
const ofDepartment: Subject = { departmentId: 'D-01' }
const aNotice = (but: Partial<Notice> = {}, kind: Notice['kind'] = 'criticism', subject: Subject = ofOfficer): Notice => ({
  ...draftByHand({ kind, title: '标题', text: '内容' }, { subject, departmentId: 'D-01', by: 's1' }, drafting()).notice,
  ...but,
})
const officer = person('1001', 'D-01', 'officer')
const director = person('d1', 'D-01', 'director')
const aPublication: Publication = { noticeId: 'n1', kind: 'criticism', number: { year: 2026, sequence: 1 }, title: '标题', text: '内容', departmentName: '规划建设局', publishedAt: monday }
const numbering = { year: 2026, last: 0 }

/** The life of a notice, written out: what leads where, in time and afterwards. */
const expected: Record<NoticeStatus, Partial<Record<NoticeCommand, NoticeStatus | Record<AppealOutcome, NoticeStatus>>>> = {
  draft: { appeal: 'appealed', publish: 'published', drop: 'dropped' },
  appealed: { decide: { upheld: 'upheld', granted: 'dropped' } },
  upheld: { publish: 'published', drop: 'dropped' },
  published: { withdraw: 'withdrawn' },
  withdrawn: {},
  dropped: {},
}

const obey = (notice: Notice, command: NoticeCommand, now: number, decision: AppealOutcome = 'upheld', caller?: Caller): Notice => {
  const by = act(caller ?? (command === 'appeal' ? officer : supervisor), now)
  switch (command) {
    case 'appeal':
      return appealAgainst(notice, { reason: '当月住院' }, by, ['s1', 's2']).notice
    case 'decide':
      return decideAppeal(notice, { decision, remark: '已核实' }, by).notice
    case 'publish':
      return publishNotice(notice, numbering, { departmentName: '规划建设局' }, by).notice
    case 'drop':
      return dropNotice(notice, '情况有变', by).notice
    case 'withdraw':
      return withdrawNotice(notice, aPublication, '情况有误', by).notice
  }
}

/** Whether nothing but the status stands in the way. */
const isTimely = (kind: Notice['kind'], status: NoticeStatus, command: NoticeCommand, now: number): boolean => {
  if (kind === 'commendation') return true
  if (command === 'appeal') return now <= inTime
  return command !== 'publish' || status !== 'draft' || now > inTime
}

describe.each(noticeKinds)('a %s', kind => {
  const cases = noticeStatuses.flatMap(status => noticeCommands.flatMap(command => [inTime, afterwards].flatMap(now => (['upheld', 'granted'] as const).map(decision => [status, command, shown(now), now, decision] as const))))

  test.each(cases)('that is %s: %s at %s', (status, command, _, now, decision) => {
    const notice = aNotice({ status }, kind)
    const target = kind === 'commendation' && command === 'appeal' ? undefined : expected[status][command]
    const next = typeof target === 'object' ? target[decision] : target
    if (next !== undefined && isTimely(kind, status, command, now)) {
      const after = obey(notice, command, now, decision)
      expect(after).toMatchObject({ status: next, version: notice.version + 1 })
      expect(after.events.slice(0, notice.events.length)).toEqual(notice.events)
      expect(after.events).toHaveLength(notice.events.length + 1)
      return
    }
    const problem = refusal(() => obey(notice, command, now, decision))
    if (next !== undefined) {
      expect(problem.code).toBe(command === 'appeal' ? 'appeal-closed' : 'appeal-open')
      return
    }
    expect(problem.code).toBe('notice-command-not-legal')
    expect(problem.members).toEqual({ noticeStatus: status, legal: legalNoticeCommands({ kind, status, canAppeal: kind === 'criticism' && now <= inTime }) })
  })
})

test('what can be done with a draft turns round when the time to appeal is over', () => {
  expect(legalNoticeCommands({ kind: 'criticism', status: 'draft', canAppeal: true })).toEqual(['appeal', 'drop'])
  expect(legalNoticeCommands({ kind: 'criticism', status: 'draft', canAppeal: false })).toEqual(['publish', 'drop'])
  expect(legalNoticeCommands({ kind: 'commendation', status: 'draft', canAppeal: false })).toEqual(['publish', 'drop'])
})

describe('the time to appeal', () => {
  const until = (drafted: string, calendar = shippedCalendar, workingDays = 5) => {
    const window = appealWindowOf({ draftedAt: at(drafted), appeal: { workingDays, closesAt: '18:00' } }, { calendar, timeZone: zone })
    return window && [shown(window.until), window.provisional]
  }

  test.each([
    ['a Monday', '2026-03-02 10:00', ['2026-03-09 18:00', false]],
    ['a Monday after closing', '2026-03-02 20:00', ['2026-03-09 18:00', false]],
    ['a Saturday', '2026-03-07 10:00', ['2026-03-13 18:00', false]],
    // Worked on the Saturday before it, and off until the 23rd.
    ['the Friday before Spring Festival', '2026-02-13 10:00', ['2026-02-27 18:00', false]],
    ['the end of the last year that has a notice', '2026-12-28 10:00', ['2027-01-04 18:00', true]],
  ])('drafted on %s', (_, drafted, expectedUntil) => {
    expect(until(drafted)).toEqual(expectedUntil)
  })

  test('is reckoned anew once the notice of holidays is there', () => {
    const published = calendarWith([{ year: 2027, holidays: { '2027-01-01': '元旦', '2027-01-04': '元旦' }, makeUpDays: {} }], 1)
    expect(until('2026-12-28 10:00', published)).toEqual(['2027-01-06 18:00', false])
  })

  test('is what the policy said when it was drafted, and nothing of praise', () => {
    const { notice } = draftByHand({ kind: 'criticism', title: '标题', text: '内容' }, { subject: ofOfficer, departmentId: 'D-01', by: 's1' }, drafting({ policy: aPolicy({ notices: { appealWorkingDays: 2 } }) }))
    expect(shown(appealWindowOf(notice, reckoning)?.until ?? 0)).toBe('2026-03-04 18:00')
    expect(appealWindowOf(aNotice({}, 'commendation'), reckoning)).toBeUndefined()
  })
})

describe('who', () => {
  const codeOf = (command: NoticeCommand, notice: Notice, caller: Caller, now: number): string => {
    try {
      obey(notice, command, now, 'granted', caller)
      return 'done'
    } catch {
      return refusal(() => obey(notice, command, now, 'granted', caller)).code
    }
  }
  const criticised = (status: NoticeStatus, subject: Subject) => aNotice({ status }, 'criticism', subject)

  test.each<[string, Subject, Caller, string]>([
    ['the officer concerned', ofOfficer, officer, 'done'],
    ['the officer concerned, whatever they are', ofOfficer, person('1001', 'D-02', 'handler'), 'done'],
    ['another of the department', ofOfficer, person('1002', 'D-01', 'officer'), 'out-of-reach'],
    ['the director of the officer concerned', ofOfficer, director, 'out-of-reach'],
    ['a director of the department concerned', ofDepartment, director, 'done'],
    ['a handler of the department concerned', ofDepartment, person('h1', 'D-01', 'handler'), 'out-of-reach'],
    ['a director of another', ofDepartment, person('d2', 'D-02', 'director'), 'out-of-reach'],
    ['a supervisor', ofDepartment, supervisor, 'out-of-reach'],
  ])('appeals: %s', (_, subject, caller, code) => {
    expect(codeOf('appeal', criticised('draft', subject), caller, inTime)).toBe(code)
  })

  test.each<[string, Subject, Caller, string]>([
    ['a supervisor', ofOfficer, supervisor, 'done'],
    ['who has drafted it', ofOfficer, person('s1', 'D-00', 'supervisor'), 'own-notice'],
    ['whom it concerns', ofOfficer, person('1001', 'D-00', 'supervisor'), 'own-notice'],
    ['who directs the officer’s department', ofOfficer, person('s9', 'D-01', 'supervisor', 'director'), 'own-notice'],
    ['of the officer’s department', ofOfficer, person('s2', 'D-01', 'supervisor'), 'done'],
    ['of the department concerned', ofDepartment, person('s2', 'D-01', 'supervisor'), 'own-notice'],
  ])('decides: %s', (_, subject, caller, code) => {
    expect(codeOf('decide', criticised('appealed', subject), caller, inTime)).toBe(code)
  })

  test.each<[NoticeCommand, NoticeStatus]>([['publish', 'upheld'], ['drop', 'upheld'], ['withdraw', 'published']])('%s is nobody’s whom it concerns, and a drafter’s too', (command, status) => {
    expect(codeOf(command, criticised(status, ofDepartment), person('s2', 'D-01', 'supervisor'), inTime)).toBe('own-notice')
    expect(codeOf(command, criticised(status, ofDepartment), person('s1', 'D-00', 'supervisor'), inTime)).toBe('done')
  })

  test('publishes praise: not whoever proposed it', () => {
    const praise = aNotice({}, 'commendation', ofDepartment)
    expect(codeOf('publish', praise, person('s1', 'D-00', 'supervisor'), monday)).toBe('own-notice')
    expect(codeOf('publish', praise, supervisor, monday)).toBe('done')
  })

  test('it concerns is one', () => {
    expect([subjectOf({ officerId: '1' }), subjectOf({ departmentId: 'D' })]).toEqual([{ officerId: '1' }, { departmentId: 'D' }])
    for (const both of [{}, { officerId: '1', departmentId: 'D' }]) expect(refusal(() => subjectOf(both)).code).toBe('one-subject-required')
  })
})

describe('who is told', () => {
  const told = (decision: { readonly mails: readonly { readonly about: { readonly kind: string }; readonly to: string; readonly timing: string }[] }) => decision.mails.map(({ about, to, timing }) => `${about.kind} ${to} ${timing}`)

  test('of a criticism whom it concerns, at once; of praise the supervisors, but who proposes it', () => {
    const of = (kind: Notice['kind'], subject: Subject) => told(draftByHand({ kind, title: '标题', text: '内容' }, { subject, departmentId: 'D-01', by: 's1' }, drafting()))
    expect(of('criticism', ofOfficer)).toEqual(['notice-drafted officer:1001 act'])
    expect(of('criticism', ofDepartment)).toEqual(['notice-drafted officer:d1 act'])
    expect(of('commendation', ofOfficer)).toEqual(['notice-proposed officer:s2 act', 'notice-proposed officer:s3 act'])
  })

  test('of an appeal the supervisors who can decide; of what follows whom it concerns', () => {
    expect(told(appealAgainst(aNotice(), { reason: '住院' }, act(officer), ['s1', 's2']))).toEqual(['notice-appealed officer:s2 act'])
    expect(told(appealAgainst(aNotice(), { reason: '住院' }, act(officer), []))).toEqual(['notice-appealed address:admin@example.org act'])
    expect(told(decideAppeal(aNotice({ status: 'appealed' }), { decision: 'upheld', remark: '无' }, act(supervisor)))).toEqual(['notice-decided officer:1001 act'])
    expect(told(publishNotice(aNotice({ status: 'upheld' }), numbering, { departmentName: '局' }, act(supervisor)))).toEqual(['notice-published officer:1001 act'])
    expect(told(dropNotice(aNotice(), '有误', act(supervisor)))).toEqual(['notice-ended officer:1001 act'])
    // Whom praise would have concerned has not heard of it.
    expect(told(dropNotice(aNotice({}, 'commendation'), '有误', act(supervisor)))).toEqual(['notice-ended officer:s1 act'])
  })
})

test('a publication names the officer and the department, takes the next number, and loses its text when it is withdrawn', () => {
  const { notice, publication } = publishNotice(aNotice({ status: 'upheld' }), { year: 2026, last: 6 }, { officerName: '李明', departmentName: '规划建设局' }, act(supervisor))
  expect(publication).toEqual({ noticeId: 'n1', kind: 'criticism', number: { year: 2026, sequence: 7 }, title: '标题', text: '内容', officerName: '李明', departmentName: '规划建设局', publishedAt: inTime })
  const withdrawn = withdrawNotice(notice, publication, '情况有误', act(supervisor, afterwards)).publication
  expect(withdrawn).toEqual({ noticeId: 'n1', kind: 'criticism', number: { year: 2026, sequence: 7 }, title: '标题', officerName: '李明', departmentName: '规划建设局', publishedAt: inTime, withdrawn: { at: afterwards, reason: '情况有误' } })
})

describe('level 3', () => {
  const people = peopleOf(staff)
  const swept = (issue: Issue, now: string) => advanceIssue(issue, people, at(now), reckoning) ?? expect.fail('nothing was due')
  const atLevelThree = () => ['2026-03-06 09:00', '2026-03-10 09:00', '2026-03-13 09:00'].reduce((issue, now) => swept(issue, now).issue, anIssue())

  test('of the resolve clock is drafted a notice of, and no other step is', () => {
    expect(['2026-03-06 09:00', '2026-03-10 09:00', '2026-03-13 09:00'].map(now => levelThreeOfIssue(swept(anIssue(), now)))).toEqual([[], [], []])
    const before = atLevelThree()
    const reached = levelThreeOfIssue(swept(before, '2026-03-20 09:00'))
    expect(reached).toEqual([{ grounds: { kind: 'level-3', issueId: before.issueId, deadlineVersion: before.deadlineVersion }, what: { zh: `问题${before.issueId}`, en: `Issue ${before.issueId}` }, departmentId: before.leadDepartmentId, dueBy: at('2026-03-09 18:00') }])
    const [one] = reached
    if (one === undefined) throw new Error('nothing was reached')
    const { notice, mails } = draftLevelThree({ ...one, departmentName: '规划建设局' }, drafting({ now: at('2026-03-20 09:00') }))
    expect(notice).toMatchObject({ status: 'draft', kind: 'criticism', subject: { departmentId: before.leadDepartmentId }, draftedBy: theSystem })
    expect(notice.text).toBe(
      `问题${before.issueId}由规划建设局负责，应于2026年3月9日（周一）18:00前办结，逾期9个工作日仍未办结，经催办、督办后达到通报级。\n\nIssue ${before.issueId} is with 规划建设局 and was due by Mon 9 March 2026, 18:00. It was still not finished 9 working days later, after prompting and supervision, and has come to level 3.`,
    )
    expect(mails.map(({ about, to, timing }) => `${about.kind} ${to} ${timing}`)).toEqual(['notice-drafted officer:d1 scheduled', 'notice-proposed officer:s1 scheduled', 'notice-proposed officer:s2 scheduled', 'notice-proposed officer:s3 scheduled'])
  })

  test('of many steps of a case at once still fits into a transaction, with the drafts', () => {
    const twelve = (kind: string) => Array.from({ length: 12 }, (_, nth) => `${kind}${nth}`)
    const crowd = aStaff({ handlers: twelve('h'), directors: twelve('d'), supervisors: twelve('s'), leadingGroup: [] })
    const it = aCase()
    const [first] = it.steps
    if (first?.clock === undefined) throw new Error('the first step has no clock')
    const due = { ...first, status: 'running' as const, level: 2 as const, clock: { ...first.clock, next: { step: 3 as const, at: monday } } }
    const many = { ...it, steps: Array.from({ length: 20 }, (_, nth) => ({ ...due, stepId: `s${nth}` })) }
    const decision = advanceCase(many, peopleOf(crowd), monday, reckoning) ?? expect.fail('nothing was due')
    const reached = levelThreeOfCase(decision)
    expect(reached.length).toBeGreaterThan(0)
    const drafts = reached.map((each, nth) => draftLevelThree({ ...each, departmentName: '局' }, drafting({ noticeId: `n${nth}`, staff: crowd })))
    expect(drafts[0]?.notice.title).toBe(`绿色通道事项${it.caseId}的“${first.title}”环节逾期未办结 / The step ${first.title} of case ${it.caseId}: overdue`)
    const entries = decision.events.length + decision.mails.length + drafts.flatMap(({ notice, mails }) => [...noticeWrites(notice, undefined), ...planWrites(mails, monday)]).length
    expect(entries).toBeLessThanOrEqual(advancedAtMost)
    expect(advancedAtMost).toBeLessThan(transactionLimit)
  })

  test('that is excused stays where it is, and says so', () => {
    const issue = swept(atLevelThree(), '2026-03-20 09:00').issue
    const { issue: excused, events } = excuseIssue(issue, { noticeId: 'n1', clock: 'resolve', deadlineVersion: 1 }, { by: 's2', now: inTime })
    expect(excused).toEqual({ ...issue, version: issue.version + 1, eventCount: issue.eventCount + 1, excused: [{ noticeId: 'n1', clock: 'resolve', deadlineVersion: 1, at: inTime }] })
    expect(events).toEqual([{ event: 'excused', noticeId: 'n1', clock: 'resolve', deadlineVersion: 1, at: inTime, by: 's2' }])
    expect(excusedEffect(issue, excused, 1)).toEqual({ kind: 'excused', before: { overdue: true, level: 3, excused: false }, after: { overdue: true, level: 3, excused: true } })
    // The miss of a later deadline is another matter.
    expect(excusedEffect(issue, excused, 2)).toMatchObject({ after: { excused: false } })
  })

  test('of a step likewise', () => {
    const it = aCase()
    const stepId = it.steps[0]?.stepId ?? ''
    const { changed, events } = excuseStep(it, stepId, { noticeId: 'n1', deadlineVersion: 1 }, { by: 's2', now: inTime })
    expect(changed.steps[0]).toEqual({ ...it.steps[0], excused: [{ noticeId: 'n1', deadlineVersion: 1, at: inTime }] })
    expect(changed.steps.slice(1)).toEqual(it.steps.slice(1))
    expect(events).toMatchObject([{ event: 'step-excused', stepId, noticeId: 'n1' }])
  })
})

describe('visits missing two months running', () => {
  const visits = (month: string, count: number, enterpriseId = aPairing().enterpriseId) => ({ officerId: '1001', enterpriseId, month, countedVisits: Object.fromEntries(Array.from({ length: count }, (_, nth) => [`${month}-0${nth + 1}`, `v${nth}`])) })
  const [december, january] = ['2025-12', '2026-01'] as const
  const other = { ...aPairing(), pairingId: 'other', enterpriseId: '91000000MA0000009X' }
  const of = (pairings: Parameters<typeof quotasOf>[0], records: Parameters<typeof quotasOf>[1], month: string) => quotasOf(pairings, records.filter(record => record.month === month), month, policy)
  const two = (pairings: Parameters<typeof quotasOf>[0], records: Parameters<typeof quotasOf>[1]) => ({
    months: [december, january] as [string, string],
    quotas: [of(pairings, records, december), of(pairings, records, january)] as const,
  })
  const paired = { ...aPairing(), startsOn: '2025-11-01' }

  test.each<[string, Parameters<typeof quotasOf>[0], Parameters<typeof quotasOf>[1], boolean]>([
    ['nobody visited', [paired], [], true],
    ['one of two in each', [paired], [visits(december, 1), visits(january, 1)], true],
    ['all in the first', [paired], [visits(december, 2)], false],
    ['all in the second', [paired], [visits(january, 2)], false],
    ['exempt in the first', [paired], [{ ...visits(december, 0), exempt: 'health' }], false],
    ['exempt for all in the second', [paired], [{ ...visits(january, 0, '*'), exempt: 'away' }], false],
    ['another enterprise since', [{ ...paired, endsOn: '2025-12-31' }, { ...other, startsOn: '2026-01-01' }], [], true],
    ['paired only in the second', [{ ...paired, startsOn: '2026-01-02' }], [], false],
    ['one enterprise each month', [paired, { ...other, startsOn: '2025-11-01' }], [visits(december, 2), visits(january, 2, other.enterpriseId)], true],
  ])('December and January: %s', (_, pairings, records, missed) => {
    expect(missedTwice(two(pairings, records))).toBe(missed)
  })

  test('are spoken of once: three months running make one notice, unless that was dropped', () => {
    expect([undefined, aNotice({ status: 'dropped' })].map(isSpokenOf)).toEqual([false, false])
    expect(noticeStatuses.filter(status => isSpokenOf({ status }))).toEqual(['draft', 'appealed', 'upheld', 'published', 'withdrawn'])
  })

  const draft = () => draftMissedQuota(two([paired], [visits(january, 1)]), { officerId: '1001', departmentId: 'D-01' }, drafting())

  test('are drafted of the officer, in figures and without the enterprise', () => {
    const { notice, mails } = draft()
    expect(notice).toMatchObject({ subject: { officerId: '1001' }, grounds: { kind: 'missed-quota', months: [december, january] }, draftedBy: theSystem })
    expect(notice.text).toBe('连续两个月走访未达到要求：2025年12月有1家结对企业未达标，应走访2次，计入0次；2026年1月有1家结对企业未达标，应走访2次，计入1次。\n\nVisits were missing in two months running: in December 2025, of 1 paired enterprise, 0 of 2 visits counted; in January 2026, of 1 paired enterprise, 1 of 2 visits counted.')
    expect(mails.map(({ about, to, timing }) => `${about.kind} ${to} ${timing}`)).toEqual(['notice-drafted officer:1001 scheduled'])
  })

  test('are exempted when the appeal is granted, with before and after kept', () => {
    const appealed = obey(draft().notice, 'appeal', inTime)
    expect([exemptionReasonFor(appealed, 'granted', 'health'), exemptionReasonFor(appealed, 'upheld', undefined)]).toEqual(['health', undefined])
    expect(refusal(() => exemptionReasonFor(appealed, 'granted', undefined)).code).toBe('exemption-reason-mismatch')
    expect(refusal(() => exemptionReasonFor(appealed, 'upheld', 'health')).code).toBe('exemption-reason-mismatch')
    expect(refusal(() => exemptionReasonFor(aNotice(), 'granted', 'health')).code).toBe('exemption-reason-mismatch')
    const given = { exemptionId: 'e1', caller: supervisor, remark: '很'.repeat(1000), at: '2026-03-09T18:00:00+08:00' }
    expect(exemptionByGrant(appealed, january, 'health', given)).toEqual({
      exemptionId: 'e1', officerId: '1001', departmentId: 'D-01', month: january, reason: 'health', status: 'approved',
      requestedAt: given.at, requestedBy: '1001', decidedAt: given.at, decidedBy: 's2', decisionRemark: '很'.repeat(500),
    })
    const before = quotasOf([paired], [visits(january, 1)], january, policy)
    const after = quotasOf([paired], [visits(january, 1), { ...visits(january, 0, '*'), exempt: 'health' }], january, policy)
    expect(exemptedEffect('health', ['e1'], before, after)).toEqual({
      kind: 'exempted', reason: 'health', exemptionIds: ['e1'],
      lines: [{ month: january, enterpriseId: paired.enterpriseId, before: { owed: 2, counted: 1, exempt: false }, after: { owed: 2, counted: 1, exempt: true } }],
    })
  })
})
