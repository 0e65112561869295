import type { Month } from '../calendar/date.ts'
import { formatDateTime, formatMonth, formatWorkingDays } from '../calendar/wording.ts'
import { workingDaysBetween } from '../calendar/working-day.ts'
import { localDateOf, type Instant } from '../calendar/zone.ts'
import { stepOf, type CaseDecision } from '../case/decision.ts'
import { Problem, type Wording } from '../contract/problem.ts'
import type { Reckoning } from '../issue/deadline.ts'
import type { Decision } from '../issue/decision.ts'
import { planFor, planMail, type PlannedMail, type Staff } from '../mail/notice.ts'
import type { Policy } from '../policy/policy.ts'
import { theSystem } from '../roster/actor.ts'
import { isShort, type Quota } from '../visit/quota.ts'
import { windowFrom, type AppealTerms, type Grounds, type LevelThree, type MissedQuota, type Notice } from './notice.ts'
import type { Subject } from '../roster/subject.ts'
import type { NoticeKind } from './transition.ts'

/** What a rule decides: the notice as it is from now on, and the mails that follow. */
export interface NoticeDecision {
  readonly notice: Notice
  readonly mails: readonly PlannedMail[]
}

/** When a draft is made, for whom mail can go to, and under which policy. */
export interface Drafting {
  readonly noticeId: string
  readonly now: Instant
  readonly policy: Policy
  readonly reckoning: Reckoning
  /** Of the department concerned, or of the officer concerned. */
  readonly staff: Staff
}

interface Draft {
  readonly kind: NoticeKind
  readonly subject: Subject
  readonly departmentId: string
  readonly grounds: Grounds
  readonly title: string
  readonly text: string
  readonly by: string
}

const drafted = ({ by, ...draft }: Draft, { noticeId, now, policy, reckoning }: Drafting): Notice => ({
  noticeId,
  version: 1,
  status: 'draft',
  ...draft,
  draftedAt: now,
  draftedBy: by,
  ...(draft.kind === 'criticism' ? { appeal: appealFrom(now, { workingDays: policy.notices.appealWorkingDays, closesAt: policy.workingHours.to }, reckoning) } : {}),
  events: [{ event: 'drafted', at: now, by }],
})

const appealFrom = (now: Instant, terms: AppealTerms, reckoning: Reckoning): Notice['appeal'] => ({ ...terms, runsOut: windowFrom(now, terms, reckoning).until })

/** Told to whom a notice concerns: the officer, or the directors of the department. */
export const tellConcerned = ({ noticeId, subject }: Pick<Notice, 'noticeId' | 'subject'>, kind: 'notice-drafted' | 'notice-decided' | 'notice-published' | 'notice-ended', staff: Staff, timing: PlannedMail['timing']): readonly PlannedMail[] =>
  'officerId' in subject ? [planMail({ kind, noticeId }, `officer:${subject.officerId}`, timing)] : planFor({ kind, noticeId }, ['directors'], staff, timing)

/** Told to the supervisors, who publish it or do not. */
const tellOffice = ({ noticeId }: Pick<Notice, 'noticeId'>, staff: Staff, timing: PlannedMail['timing']): readonly PlannedMail[] => planFor({ kind: 'notice-proposed', noticeId }, ['supervisors'], staff, timing)

/** What somebody drafts, and of whom. */
export interface ByHand {
  readonly kind: NoticeKind
  readonly officerId?: string | undefined
  readonly departmentId?: string | undefined
  readonly title: string
  readonly text: string
}

/** Whom it is to concern. @throws Problem `one-subject-required` */
export const subjectOf = ({ officerId, departmentId }: Pick<ByHand, 'officerId' | 'departmentId'>): Subject => {
  if (officerId !== undefined && departmentId === undefined) return { officerId }
  if (departmentId !== undefined && officerId === undefined) return { departmentId }
  throw new Problem('one-subject-required')
}

/**
 * A notice that somebody drafts. Whom a criticism concerns is told at once; of praise they hear when it is published, and
 * until then the supervisors have to know of it.
 */
export const draftByHand = ({ kind, title, text }: ByHand, { subject, departmentId, by }: Pick<Draft, 'subject' | 'departmentId' | 'by'>, drafting: Drafting): NoticeDecision => {
  const notice = drafted({ kind, subject, departmentId, grounds: { kind: 'by-hand' }, title, text, by }, drafting)
  const supervisors = drafting.staff.supervisors.filter(id => id !== by)
  const mails = kind === 'criticism' ? tellConcerned(notice, 'notice-drafted', drafting.staff, 'act') : tellOffice(notice, { ...drafting.staff, supervisors }, 'act')
  return { notice, mails }
}

/** Both languages in one text, as it may be published as it stands. */
const inBoth = ({ zh, en }: Wording): string => `${zh}\n\n${en}`

/** A clock that has come to level 3: of which department, due by when. */
export interface ReachedLevelThree {
  readonly grounds: LevelThree
  /** The issue or the step, in words. */
  readonly what: Wording
  readonly departmentId: string
  readonly departmentName: string
  readonly dueBy: Instant
}

/** What of an issue's steps has brought its resolve clock to level 3. */
export const levelThreeOfIssue = ({ issue, events }: Pick<Decision, 'issue' | 'events'>): readonly Omit<ReachedLevelThree, 'departmentName'>[] =>
  events.flatMap(told =>
    told.event === 'escalated' && told.clock === 'resolve' && told.level === 3
      ? [{ grounds: { kind: 'level-3', issueId: issue.issueId, deadlineVersion: issue.deadlineVersion }, what: { zh: `问题${issue.issueId}`, en: `Issue ${issue.issueId}` }, departmentId: issue.leadDepartmentId, dueBy: told.dueBy }]
      : [],
  )

/** The same of the steps of a case. */
export const levelThreeOfCase = ({ changed, events }: Pick<CaseDecision, 'changed' | 'events'>): readonly Omit<ReachedLevelThree, 'departmentName'>[] =>
  events.flatMap(told => {
    if (told.event !== 'step-escalated' || told.level !== 3) return []
    const { stepId, title, departmentId, deadlineVersion } = stepOf(changed, told.stepId)
    const what = { zh: `绿色通道事项${changed.caseId}的“${title}”环节`, en: `The step ${title} of case ${changed.caseId}` }
    return [{ grounds: { kind: 'level-3', caseId: changed.caseId, stepId, deadlineVersion }, what, departmentId, dueBy: told.dueBy }]
  })

/**
 * 通报 drafted by the system when a resolve clock, or that of a step, comes to level 3. It names the issue's number, the
 * department and how late it is, and no enterprise.
 */
export const draftLevelThree = ({ grounds, what, departmentId, departmentName, dueBy }: ReachedLevelThree, drafting: Drafting): NoticeDecision => {
  const { now, staff, reckoning: { calendar, timeZone } } = drafting
  const { days } = workingDaysBetween(calendar, localDateOf(dueBy, timeZone), localDateOf(now, timeZone))
  const [due, late] = [
    { zh: formatDateTime('zh-CN', dueBy, timeZone, { year: true }), en: formatDateTime('en', dueBy, timeZone, { year: true }) },
    { zh: formatWorkingDays('zh-CN', days), en: formatWorkingDays('en', days) },
  ]
  const text = inBoth({
    zh: `${what.zh}由${departmentName}负责，应于${due.zh}前办结，逾期${late.zh}仍未办结，经催办、督办后达到通报级。`,
    en: `${what.en} is with ${departmentName} and was due by ${due.en}. It was still not finished ${late.en} later, after prompting and supervision, and has come to level 3.`,
  })
  const title = `${what.zh}逾期未办结 / ${what.en}: overdue`
  const notice = drafted({ kind: 'criticism', subject: { departmentId }, departmentId, grounds, title, text, by: theSystem }, drafting)
  return { notice, mails: [...tellConcerned(notice, 'notice-drafted', staff, 'scheduled'), ...tellOffice(notice, staff, 'scheduled')] }
}

/** An officer's quota in each of two months running, the earlier first. */
export interface TwoMonths {
  readonly months: MissedQuota['months']
  readonly quotas: readonly [readonly Quota[], readonly Quota[]]
}

/** Whether visits were missing in both, of whichever enterprises the officer had then; an exemption misses nothing. */
export const missedTwice = ({ quotas: [earlier, later] }: TwoMonths): boolean => earlier.some(isShort) && later.some(isShort)

/** Whether what came of the two months before speaks of the earlier month already: nobody is criticised twice for one. */
export const isSpokenOf = (before: Pick<Notice, 'status'> | undefined): boolean => before !== undefined && before.status !== 'dropped'

/** 通报 drafted by the system of an officer who has missed visits two months running. The supervisors are told of all of a month in one mail. */
export const draftMissedQuota = ({ months, quotas }: TwoMonths, { officerId, departmentId }: { readonly officerId: string; readonly departmentId: string }, drafting: Drafting): NoticeDecision => {
  const [earlier, later] = months
  const grounds: MissedQuota = { kind: 'missed-quota', months: [earlier, later] }
  const of = months.map((month, at) => shortfallWords(month, quotas[at]?.filter(isShort) ?? []))
  const text = inBoth({
    zh: `连续两个月走访未达到要求：${of.map(({ zh }) => zh).join('；')}。`,
    en: `Visits were missing in two months running: ${of.map(({ en }) => en).join('; ')}.`,
  })
  const title = `${formatMonth('zh-CN', earlier)}、${formatMonth('zh-CN', later)}走访未达标 / Visits missing in ${formatMonth('en', earlier)} and ${formatMonth('en', later)}`
  const notice = drafted({ kind: 'criticism', subject: { officerId }, departmentId, grounds, title, text, by: theSystem }, drafting)
  return { notice, mails: tellConcerned(notice, 'notice-drafted', drafting.staff, 'scheduled') }
}

const shortfallWords = (month: Month, short: readonly Quota[]): Wording => {
  const sum = (of: (quota: Quota) => number): number => short.reduce((total, quota) => total + of(quota), 0)
  const [owed, counted] = [sum(({ required }) => required), sum(quota => quota.counted)]
  return {
    zh: `${formatMonth('zh-CN', month)}有${short.length}家结对企业未达标，应走访${owed}次，计入${counted}次`,
    en: `in ${formatMonth('en', month)}, of ${short.length} paired ${short.length === 1 ? 'enterprise' : 'enterprises'}, ${counted} of ${owed} visits counted`,
  }
}
