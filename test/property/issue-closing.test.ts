import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarWith, shippedCalendar } from '../../shared/calendar/working-day.ts'
import { localDateOf } from '../../shared/calendar/zone.ts'
import { Problem } from '../../shared/contract/problem.ts'
import { acknowledgePiece, answerPiece, askForAssistance } from '../../shared/issue/assistance.ts'
import { excuseIssue } from '../../shared/issue/excuse.ts'
import { hasEnded } from '../../shared/issue/transition.ts'
import { callBackIssue, overrideIssue, rateIssue } from '../../shared/issue/closing.ts'
import { tiers } from '../../shared/issue/category.ts'
import { pauseUnderWay, resolveDaysOf, type Reckoning } from '../../shared/issue/deadline.ts'
import { acceptIssue, acknowledgeIssue, replyToIssue, resolveIssue, transferIssue, type Decision } from '../../shared/issue/decision.ts'
import { directIssue } from '../../shared/issue/direct.ts'
import { advanceIssue } from '../../shared/issue/ladder.ts'
import { recomputeDeadlines } from '../../shared/issue/recompute.ts'
import { informOnIssue, withdrawIssue } from '../../shared/issue/enterprise-act.ts'
import { clockNames, issueSchema, timelineEventSchema, type Issue, type TimelineEvent } from '../../shared/issue/issue.ts'
import { mergeIssue, separateIssue, withFollowers } from '../../shared/issue/merge.ts'
import { resumeIssue } from '../../shared/issue/pause.ts'
import { ratings, type Rating } from '../../shared/issue/rating.ts'
import { askForExplanation, askForExtension, askForPause, decideRequest } from '../../shared/issue/request.ts'
import { changeTier } from '../../shared/issue/tier.ts'
import { anEnterprise } from '../mothers/enterprise.ts'
import { dispatch } from '../mothers/issue.ts'
import { shown, zone } from '../mothers/moment.ts'
import { aPolicy } from '../mothers/policy.ts'
import { aStaff, peopleOf } from '../mothers/staff.ts'
import { dayAfter } from '../mothers/working-days.ts'

/** Invented notices: none for 2027 yet, a long New Year, a short one, and 2026 itself changed. */
const newYear = (holidays: Readonly<Record<string, string>>, makeUpDays: Readonly<Record<string, string>> = {}) => ({ year: 2027, holidays, makeUpDays })
const shipped2026 = shippedCalendar.noticeOf(2026)
const calendars = [
  shippedCalendar,
  calendarWith([newYear({ '2027-01-01': '元旦' })], 1),
  calendarWith([newYear(Object.fromEntries(Array.from({ length: 12 }, (_, at) => [dayAfter('2027-01-01', at), '元旦'])))], 2),
  calendarWith([newYear({}, { '2027-01-02': '元旦', '2027-01-03': '元旦', '2027-01-09': '元旦' })], 3),
  calendarWith([{ year: 2026, holidays: { ...shipped2026?.holidays }, makeUpDays: {} }, newYear({ '2027-01-01': '元旦' })], 4),
]

const staffs = [
  aStaff(),
  aStaff({ handlers: ['1001', 'h1'], directors: ['h1'], supervisors: ['1001', 's1'] }),
  aStaff({ handlers: [], directors: [], supervisors: [], leadingGroup: [] }),
  aStaff({ handlers: Array.from({ length: 60 }, (_, at) => `h${at}`), directors: ['1001', 'h3'] }),
]

const anybody = ['1001', 'h1', 'd1', 's1', 'x9'] as const
const deeds = [
  'sweep', 'sweep', 'sweep', 'sweep', 'sweep', 'recompute', 'recompute', 'accept', 'accept', 'reply', 'transfer', 'resolve', 'resolve',
  'acknowledge', 'rate', 'rate', 'call-back', 'call-back', 'override', 'extension', 'pause', 'explanation', 'approve', 'approve', 'approve', 'refuse',
  'resume', 'tier', 'inform', 'withdraw', 'assist', 'assist', 'answer', 'refuse-piece', 'sign-piece', 'merge', 'merge', 'separate', 'follow', 'follow', 'join', 'leave', 'direct', 'direct', 'excuse',
] as const

interface Deed {
  readonly deed: (typeof deeds)[number]
  readonly by: string
  readonly minutes: number
  readonly rating: Rating
  readonly words: boolean
  /** When the enterprise is said to have been asked, in minutes from now. */
  readonly asked: number
  readonly staff: number
  readonly calendar: number
}

/** What an issue is merged into, or what is merged into it. */
const other: Issue = { ...dispatch({ on: '2025-12-31 10:00' }).issue, issueId: '2025-000007', status: 'accepted' }

const perform = ({ deed, by, rating, words, asked, staff: which, calendar }: Deed, issue: Issue, now: number): Decision | undefined => {
  const act = { by, now }
  const staff = staffs[which] ?? aStaff()
  const reckoning: Reckoning = { calendar: calendars[calendar] ?? shippedCalendar, timeZone: zone }
  const given = { rating, ...(words ? { words: '原话' } : {}) }
  const here = { issue, staff }
  /** What comes of a decision on another issue for this one. */
  const beside = ({ beside: [change] = [] }: Decision): Decision | undefined => change?.decision
  /** As the issue's own commands are committed; nobody follows it here but in name. */
  const alone = (decision: Decision): Decision => withFollowers(decision, [], staff, act, reckoning)
  try {
    switch (deed) {
      case 'sweep':
        return advanceIssue(issue, peopleOf(staff, anEnterprise()), now, reckoning)
      case 'recompute':
        return recomputeDeadlines(issue, now, reckoning)
      case 'accept':
        return acceptIssue(issue, act)
      case 'reply':
        return replyToIssue(issue, '正在协调。', anEnterprise(), act)
      case 'transfer':
        return transferIssue(issue, { departmentId: issue.leadDepartmentId === 'D-01' ? 'D-02' : 'D-01', reason: '职责所在' }, staff, act)
      case 'resolve':
        return alone(resolveIssue(issue, { message: '已恢复。', ...(words ? { despite: '无须等待。' } : {}) }, anEnterprise(), act, reckoning, () => staff))
      case 'acknowledge':
        return acknowledgeIssue(issue, act, reckoning)
      case 'rate':
        return rateIssue(issue, given, staff, now, reckoning)
      case 'call-back':
        return callBackIssue(issue, { ...given, asked: '王芳', askedAt: now + asked * 60_000 }, staff, act, reckoning)
      case 'excuse':
        // That can follow an end as well; here it is what else follows that is looked at.
        return hasEnded(issue.status) ? undefined : excuseIssue(issue, { noticeId: 'n1', clock: 'resolve', deadlineVersion: issue.deadlineVersion }, act)
      case 'override':
        return overrideIssue(issue, '企业已注销。', staff, act)
      case 'assist':
        return askForAssistance(issue, { departmentId: `D-0${rating}`, message: '请出具意见。', ...(words ? { workingDays: 1 } : {}) }, staff, act, reckoning)
      case 'answer':
        return answerPiece(issue, issue.pieces.length, { message: '同意。' }, staff, act)
      case 'refuse-piece':
        return answerPiece(issue, issue.pieces.length, { reason: '不属职责。' }, staff, act)
      case 'sign-piece':
        return acknowledgePiece(issue, issue.pieces.length, act, reckoning)
      case 'extension':
        return askForExtension(issue, { workingDays: 3, reason: '须重新勘测。' }, staff, act, reckoning)
      case 'pause':
        return askForPause(issue, { waitingFor: words ? 'enterprise' : 'outside-body', reason: '待确认。' }, staff, act, reckoning)
      case 'explanation':
        return askForExplanation(issue, '现行规定不允许。', staff, act)
      case 'approve':
        return alone(decideRequest(issue, { decision: 'approved' }, anEnterprise(), act, reckoning))
      case 'refuse':
        return decideRequest(issue, { decision: 'refused', remark: '请按期办结。' }, anEnterprise(), act, reckoning)
      case 'resume':
        return resumeIssue(issue, anEnterprise(), act, reckoning)
      case 'tier':
        return changeTier(issue, { tier: tiers[(tiers.indexOf(issue.tier) + rating) % tiers.length] ?? 'A', reason: '涉及市管道路。' }, anEnterprise(), act, reckoning)
      case 'merge':
        return mergeIssue(issue, { issue: other, staff }, '同一路段。', anEnterprise(), act, () => staff)
      case 'separate':
        return separateIssue(issue, { issue: other, staff }, '并非同一路段。', anEnterprise(), act, reckoning)
      case 'follow': {
        if (issue.status !== 'merged') return undefined
        const done = { 1: () => withdrawIssue(other, undefined, staff, now), 2: () => transferIssue(other, { departmentId: 'D-03', reason: '职责所在' }, aStaff(), act), 3: () => replyToIssue(other, '正在协调。', undefined, act) }
        const decision = rating > 3 ? resolveIssue(other, { message: '已恢复。' }, undefined, act, reckoning) : done[rating as 1 | 2 | 3]()
        return beside(withFollowers(decision, [{ issue, contact: anEnterprise() }], staff, act, reckoning))
      }
      case 'join':
        return issue.followers.length > 1 ? undefined : beside(mergeIssue({ ...other, issueId: `2025-00001${issue.followers.length}` }, here, '同一路段。', undefined, act))
      case 'leave': {
        const follower = { ...other, issueId: issue.followers[0] ?? '', status: 'merged', mergedInto: issue.issueId, pauses: [{ from: other.dispatchedAt, waitingFor: 'other-issue' }] } as const satisfies Partial<Issue>
        return issue.followers.length === 0 ? undefined : beside(separateIssue({ ...follower, pauses: [...follower.pauses] }, here, '并非同一路段。', undefined, act, reckoning))
      }
      case 'direct': {
        const dueOn = dayAfter(localDateOf(now, zone), rating + (words ? 3 : 0))
        const verdict = { sessionId: 'S2026-000001', decision: issue.directions.length + 1, departmentId: `D-0${(rating % 3) + 1}`, calledByDepartmentId: 'D-01', isOffice: true, what: '本周内办结。', dueOn }
        return alone(directIssue(issue, verdict, { staff, formerStaff: verdict.departmentId === issue.leadDepartmentId ? undefined : aStaff(), contact: anEnterprise() }, act, reckoning, 50))
      }
      case 'inform':
        return informOnIssue(issue, '图纸已备齐。', staff, now)
      case 'withdraw':
        return alone(withdrawIssue(issue, words ? '已自行解决。' : undefined, staff, now, () => staff))
    }
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** An override would end most lives before they begin, so few have one. */
const lifeOf = (allowed: readonly (typeof deeds)[number][], best: Rating) =>
  fc.record({
    startsOn: fc.integer({ min: 0, max: 400 }).map(days => dayAfter('2026-01-01', days)),
    tier: fc.constantFrom('A', 'B', 'C', 'D'),
    days: fc.integer({ min: 1, max: 10 }),
    silence: fc.integer({ min: 1, max: 6 }),
    holds: fc.integer({ min: 0, max: 3 }),
    deeds: fc.array(
      fc.record<Deed>({
        deed: fc.constantFrom(...allowed),
        by: fc.constantFrom(...anybody),
        minutes: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 6, arbitrary: fc.integer({ min: 0, max: 1500 }) }, { weight: 2, arbitrary: fc.integer({ min: 1500, max: 15_000 }) }),
        rating: fc.oneof({ weight: 1, arbitrary: fc.constantFrom(1 as const, 2 as const) }, { weight: 1, arbitrary: fc.constantFrom(...ratings.filter(rating => rating <= best)) }),
        words: fc.boolean(),
        asked: fc.constantFrom(-600, -1, 0, 0, 1),
        staff: fc.nat(staffs.length - 1),
        calendar: fc.nat(calendars.length - 1),
      }),
      { minLength: 10, maxLength: 120, size: 'max' },
    ),
  })

const ends: readonly string[] = ['override', 'withdraw']

/** Deeds that lead where one has to follow another; among all others they would seldom come together. */
const usual: readonly (typeof deeds)[number][] = ['sweep', 'sweep', 'sweep', 'recompute', 'accept', 'reply', 'resolve', 'resolve', 'rate', 'call-back', 'call-back', 'override']
const silent: readonly (typeof deeds)[number][] = ['accept', 'resolve', 'resolve', 'sweep', 'sweep', 'sweep', 'call-back', 'call-back', 'call-back']
const waiting: readonly (typeof deeds)[number][] = ['accept', 'pause', 'pause', 'approve', 'approve', 'approve', 'refuse', 'resume', 'sweep', 'extension', 'explanation', 'rate']
const merging: readonly (typeof deeds)[number][] = ['accept', 'merge', 'merge', 'separate', 'follow', 'follow', 'sweep', 'rate', 'inform', 'join', 'leave']
const directing: readonly (typeof deeds)[number][] = ['accept', 'accept', 'direct', 'direct', 'extension', 'approve', 'pause', 'approve', 'resume', 'recompute', 'tier', 'resolve', 'rate', 'merge', 'separate', 'sweep']
const together: readonly (typeof deeds)[number][] = ['accept', 'assist', 'assist', 'answer', 'refuse-piece', 'sign-piece', 'sign-piece', 'sweep', 'sweep', 'sweep', 'sweep']

/** Any life; one that is full of such deeds; or one that nobody ends, so that it is reopened over and over. */
const life = fc.oneof(
  { weight: 2, arbitrary: lifeOf(deeds, 5) },
  ...[usual, silent, waiting, merging, directing, together].map(some => ({ weight: 1, arbitrary: lifeOf(some, 5) })),
  { weight: 2, arbitrary: lifeOf(deeds.filter(deed => !ends.includes(deed)), 2) },
)

/** What in the timeline entitles the issue to be closed: the last words of the enterprise, or a supervisor's override. */
const groundOf = (timeline: readonly TimelineEvent[]): string => {
  const [before, last] = timeline.slice(-2)
  if (last?.event !== 'closed') return 'not closed'
  if (last.closedBy === 'override') return last.reason === undefined ? 'unreasoned' : 'override'
  const isSaid = (before?.event === 'rated' && last.closedBy === 'rating') || (before?.event === 'called-back' && last.closedBy === 'call-back')
  return isSaid && before.rating >= 3 ? last.closedBy : 'unsaid'
}

/** Nothing is lost to the schema. What is the same to the last is told so without the matcher, which is slower by far. */
const expectKept = (kept: unknown, given: unknown): void => {
  if (!isDeepStrictEqual(kept, given)) expect(kept).toEqual(given)
}

test('whoever does what, and whenever the sweep comes: only the enterprise or a marked override closes, levels never fall, no mail is planned twice', () => {
  const seen = { closings: new Set<string>(), reopenings: 0, events: new Set<string>() }
  fc.assert(
    fc.property(life, ({ startsOn, tier, days, silence, holds, deeds: plan }) => {
      const policy = aPolicy({
        deadlines: { resolveWorkingDays: { A: days, B: days, C: days, D: days }, reopenedWorkingDays: { A: 1, B: 2, C: 3, D: 4 }, callBackAfterWorkingDays: silence },
        escalation: { acknowledgementHolds: holds },
      })
      const born = dispatch({ on: `${startsOn} 14:20`, policy, submitted: { tier } })
      const planned = new Set(born.mails.map(({ mailId }) => mailId))
      const timeline = [...born.events]
      let { issue } = born
      let now = issue.dispatchedAt
      for (const deed of plan) {
        now += deed.minutes * 60_000
        const before = issue
        const decision = perform(deed, issue, now)
        if (decision === undefined) continue
        issue = decision.issue
        timeline.push(...decision.events)

        expect(['closed', 'withdrawn'], 'nothing follows an end').not.toContain(before.status)
        expectKept(issueSchema.parse(issue), issue)
        for (const event of decision.events) expectKept(timelineEventSchema.parse(event), event)
        expect([issue.version, issue.eventCount]).toEqual([before.version + 1, timeline.length])

        expect(issue.level).toBeGreaterThanOrEqual(before.level)
        const isReopened = decision.events.some(({ event }) => event === 'reopened')
        if (isReopened) expect([issue.level, issue.status]).toEqual([Math.min(3, before.level + 1), 'accepted'])
        expect(issue.reopened.length).toBe(before.reopened.length + (isReopened ? 1 : 0))

        for (const { mailId } of decision.mails) {
          expect(planned.has(mailId), `${mailId} is planned twice`).toBe(false)
          planned.add(mailId)
        }
        for (const event of new Set(decision.mails.map(({ about }) => about))) {
          const people = decision.mails.filter(({ about }) => about === event).flatMap(({ to, cc }) => [to, ...cc])
          expect(new Set(people).size, 'each is told once').toBe(people.length)
        }

        const ground = groundOf(timeline)
        expect(ground).not.toMatch(/^un/)
        expect(issue.status === 'closed').toBe(ground !== 'not closed')
        expect(issue.closing?.by).toBe(issue.status === 'closed' ? ground : undefined)
        if (issue.status === 'closed') seen.closings.add(ground)
        seen.reopenings = Math.max(seen.reopenings, issue.reopened.length)
        // Asked for only while it is resolved, and not before it is silent.
        expect(issue.callBack !== undefined).toBe(issue.status === 'resolved')
        if (issue.status !== 'withdrawn') expect(issue.resolvedAt !== undefined).toBe(issue.status === 'resolved' || issue.status === 'closed')
        for (const { event } of decision.events) seen.events.add(event)
        // The clocks stand still while it is paused and at no other time, and what was asked for does not outlive its status.
        expect(pauseUnderWay(issue) !== undefined).toBe(issue.status === 'paused' || issue.status === 'merged')
        // It follows another only while it is merged, and others follow it only while it is worked on.
        expect(issue.mergedInto !== undefined).toBe(issue.status === 'merged')
        if (issue.followers.length > 0) expect(['dispatched', 'accepted', 'paused']).toContain(issue.status)
        if (issue.request !== undefined) expect(issue.status).toBe('accepted')
        if (issue.pieces.some(({ status }) => status === 'open')) expect(['dispatched', 'accepted', 'paused']).toContain(issue.status)
        expect(issue.deadlineVersion).toBeGreaterThanOrEqual(before.deadlineVersion)
        // What a session decides is due at the closing of the day that it named, whatever pauses there were.
        for (const event of decision.events) if (event.event === 'directed') expect([shown(event.resolveBy).slice(11), issue.clocks.resolve.by > now, issue.extension === undefined || issue.extension.over]).toEqual(['18:00', true, true])
        if (issue.directed !== undefined) expect(issue.clocks.resolve.days).toBe(resolveDaysOf(issue))
        if (issue.deadlineVersion === before.deadlineVersion) for (const name of clockNames) expect(issue.clocks[name].by).toBe(before.clocks[name].by)
        if (decision.events.some(({ event }) => event === 'called-back')) expect(before.callBack?.isDue).toBe(true)
      }
    }),
    { numRuns: 3000 },
  )
  // The lives went where they were meant to.
  expect([...seen.closings].sort()).toEqual(['call-back', 'override', 'rating'])
  expect(seen.reopenings).toBeGreaterThan(2)
  expect([...seen.events].sort()).toEqual(timelineEventSchema.def.options.map(option => option.shape.event.def.values[0]).filter(event => event !== 'dispatched').sort())
})
