import { expect } from 'vitest'
import { instantOf } from '../../shared/calendar/zone.ts'
import type { Locale } from '../../shared/calendar/wording.ts'
import { levels, type ClockName, type Level } from '../../shared/issue/issue.ts'
import { handoverTitle } from '../../shared/case/template.ts'
import { layOut } from '../../shared/report/bulletin.ts'
import type { Amounts } from '../../shared/report/contribution.ts'
import { tallying } from '../../shared/report/tally.ts'
import { assess, type SheetRecord } from '../../shared/assessment/sheet.ts'
import { aRecord, inputsOf, pairings } from '../mothers/assessment.ts'
import type { CaseFacts, ClockFacts, ExemptionFacts, IssueFacts, MailFacts, MissedLine, NoticeFacts, ProjectFacts, QuotaLine, SessionFacts, SheetFacts, SpotDecisionFacts, StepFacts, VisitFacts } from '../../shared/mail/facts.ts'

export const timeZone = 'Asia/Shanghai'

const at = (date: string, time: string): number => instantOf(date, time, timeZone)

/** Names and texts in the reader's language. Enterprises, people and numbers are made up. */
const named = {
  'zh-CN': {
    title: '厂区北侧道路夜间无照明',
    description: '厂区北侧道路约600米没有路灯，夜班职工下班后步行回宿舍很不安全。\n希望入冬前装上，或者先装临时照明。',
    enterprise: '示例科技有限公司',
    officer: '张示例',
    department: '建设环保局',
    other: '经济发展局',
    message: '已现场查看。计划安装路灯18盏，本周内完成勘测，8月26日前送电。其间先由养护单位设置临时照明。',
    words: '路灯已经装好，夜班职工走这条路放心多了。',
    complaint: '只装了6盏，靠近宿舍的一段仍然没有灯。',
    overrideReason: '企业已搬离本区，多次联系未果；路灯已全部安装并通电，经现场核实。',
    extensionReason: '灯杆基础需避让燃气管道，须重新勘测后施工。',
    pauseReason: '需企业确认厂区北门外的灯杆位置。',
    explanation: '该路段规划为2018年拓宽，按现行规定，拓宽前不再新建永久照明；已设置临时照明。',
    added: '北门外的灯杆位置已确认，图纸请见厂区门卫处。',
    tierReason: '涉及市管道路，须提请市级部门办理。',
    contact: '王示例',
    denial: '当日无人来访，只接到过一个电话。',
    meeting: '了解厂区照明和夜班用工情况，企业希望入冬前装上路灯。',
    transferReason: '该路段已移交建设环保局养护，路灯由其负责安装。',
    caseTitle: '二期厂房施工许可',
    steps: ['现场踏勘', '施工图审查', '核发许可'],
    needed: '请补交经审图机构盖章的施工图一套，并确认北门外管线位置。',
    waitReason: '报送的施工图缺少结构专业签章。',
    refusalReason: '用地尚未完成规划调整，现不符合核发条件。',
    handedOver: '许可证正本已于今日当面交企业王示例签收。',
    notReceived: '只收到复印件，没有收到正本。',
    givenUp: '企业调整投资计划，暂不建设。',
    relief: '张示例同志已调离，其跟办的事项须有人接手。',
    despite: '路灯改由太阳能供电，不再接入电网。',
    wanted: '请核定该路段路灯的用电负荷，并就接电方案出具意见。',
    remark: '8月8日至31日脱产参加干部培训班。',
    decision: '情况属实，同意。',
    refusal: '培训8月12日结束，其后仍有时间走访，请安排好。',
    milestones: ['主体封顶', '竣工验收'],
    enterprises: ['示例科技有限公司', '示范新材料（集团）股份有限公司第一分公司', '样本文化旅游项目指挥部'],
    director: '李示例',
    officers: ['张示例', '欧阳示例', '王示例'],
  },
  en: {
    title: 'No street lights north of the works',
    description: 'About 600 metres of the road north of the works have no lights, and the night shift walks home along it.\nThey hope for lights before winter, or temporary ones at least.',
    enterprise: 'Example Technology Ltd',
    officer: 'Zhang Shili',
    department: 'Works Department',
    other: 'Economic Department',
    message: 'We have been on site. Eighteen lights will be put up: surveyed this week, switched on by 26 August. Until then there will be temporary ones.',
    words: 'The lights are up, and the night shift feels much safer on that road.',
    complaint: 'Six lights only. The stretch next to the dormitory is still dark.',
    overrideReason: 'The enterprise has left the district and could not be reached. All lights are up and on; we have been to see them.',
    extensionReason: 'The foundations have to keep clear of a gas main, and the stretch has to be surveyed anew.',
    pauseReason: 'The enterprise has to agree to where the lights outside its north gate will stand.',
    explanation: 'The road is to be widened in 2018, and until then the rules allow no permanent lights. Temporary ones have been put up.',
    added: 'We agree to the places outside the north gate. The plan lies at the gatehouse.',
    tierReason: 'The road is under the city, so its departments have to be asked.',
    contact: 'Wang Shili',
    denial: 'Nobody came that day; there was one call.',
    meeting: 'About the lights and the night shift; they hope for lights before winter.',
    transferReason: 'The Works Department maintains this stretch of road and puts up its lights.',
    caseTitle: 'Building permit for the second works',
    steps: ['Site survey', 'Review of the drawings', 'Permit'],
    needed: 'Please bring a set of drawings with the stamp of the reviewer, and confirm where the pipes outside the north gate lie.',
    waitReason: 'The drawings that were handed in lack the signature of the structural engineer.',
    refusalReason: 'The plan for this land has not been changed yet, so the permit cannot be given.',
    handedOver: 'The original of the permit was handed to Wang Shili today, who signed for it.',
    notReceived: 'We have a copy only, and not the original.',
    givenUp: 'The enterprise has changed its plans and does not build for now.',
    relief: 'Zhang Shili goes to another department, and somebody has to take over.',
    despite: 'The lights run on solar power now and need no connection.',
    wanted: 'Please work out the load of the lights on this stretch, and say whether they can be connected as planned.',
    remark: 'In a training course from 8 to 31 August.',
    decision: 'That is so.',
    refusal: 'The course ends on 12 August, which leaves time for visits.',
    milestones: ['Topping out', 'Completion'],
    enterprises: ['Example Technology Ltd', 'Specimen New Materials (Group) Co., Ltd, Western Branch', 'Sample Park Project'],
    director: 'Li Shili',
    officers: ['Zhang Shili', 'Ouyang Shili', 'Wang Shili'],
  },
} as const satisfies Record<Locale, unknown>

/** What differs from an issue that has just been dispatched; of its clocks, too, only what differs. */
type Differing = Partial<Omit<IssueFacts, 'clocks'>> & { readonly clocks?: { readonly [clock in ClockName]?: Partial<ClockFacts> } }

export const issueIn = (locale: Locale, { clocks, ...rest }: Differing = {}): IssueFacts => {
  const { title, description, enterprise, officer, department } = named[locale]
  return {
    number: '2016-000123',
    title,
    description,
    status: 'dispatched',
    tier: 'B',
    category: 'facilities',
    subcategory: 'roads',
    enterpriseName: enterprise,
    officerName: officer,
    leadDepartmentName: department,
    dispatchedAt: at('2016-08-15', '10:32'),
    clocks: {
      accept: { by: at('2016-08-16', '18:00'), provisional: false, ...clocks?.accept },
      reply: { by: at('2016-08-17', '18:00'), provisional: false, ...clocks?.reply },
      resolve: { by: at('2016-08-29', '18:00'), provisional: false, ...clocks?.resolve },
    },
    level: 0,
    reopened: false,
    ...rest,
  }
}

const acceptedAt = at('2016-08-16', '09:20')
const repliedAt = at('2016-08-17', '16:05')
const resolvedAt = at('2016-08-25', '15:20')

const accepted = { status: 'accepted', clocks: { accept: { doneAt: acceptedAt } } } as const
const replied = { ...accepted, clocks: { ...accepted.clocks, reply: { doneAt: repliedAt } } } as const
const resolved = { status: 'resolved', clocks: { ...replied.clocks, resolve: { doneAt: resolvedAt } } } as const
const closed = { ...resolved, status: 'closed' } as const

/** Answered, and to be resolved by then. */
const due = (date: string, time: string) => ({ ...replied, clocks: { ...replied.clocks, resolve: { by: at(date, time) } } }) as const
/** The enterprise said on 29 August that it was not satisfied; five working days of tier B from then. */
const reopened = { ...due('2016-09-05', '18:00'), reopened: true } as const
/** Five working days more; and the time that was left after a pause of a day and a half. */
const extended = due('2016-09-05', '18:00')
const resumed = due('2016-08-31', '13:30')
const provisional = { provisional: true } as const
const timeline = { at: at('2016-08-19', '10:05'), by: '2001' } as const

const issueSamples = (locale: Locale): Record<string, MailFacts> => {
  const { department, other, transferReason, message, words, complaint, overrideReason, contact, extensionReason, pauseReason, explanation, added, tierReason, officer, director, refusal, wanted, despite, enterprise } = named[locale]
  const issue = (rest: Differing = {}) => issueIn(locale, rest)
  const transferred = { kind: 'issue-transferred', fromDepartmentName: other, toDepartmentName: department, reason: transferReason } as const
  const piece = { departmentName: other, message: wanted, dueBy: at('2016-08-22', '18:00'), provisional: false }
  const answered = { message, departmentName: department }
  return {
    'issue-dispatched': { kind: 'issue-dispatched', issue: issue() },
    'issue-dispatched-provisional': { kind: 'issue-dispatched', issue: issue({ clocks: { accept: provisional, reply: provisional, resolve: provisional }, tier: 'C' }) },
    'issue-dispatched-partly-provisional': { kind: 'issue-dispatched', issue: issue({ clocks: { resolve: provisional }, tier: 'C' }) },
    'issue-dispatched-accepted': { kind: 'issue-dispatched', issue: issue(accepted) },
    'issue-dispatched-replied': { kind: 'issue-dispatched', issue: issue(replied) },
    'issue-dispatched-in-stead': { kind: 'issue-dispatched', issue: issue() },
    'issue-unrouted': { kind: 'issue-unrouted', issue: issue({ leadDepartmentName: other }), firstDepartmentName: other },
    'issue-transferred-staff': { ...transferred, reader: 'staff', issue: issue() },
    'issue-transferred-staff-late': { ...transferred, reader: 'staff', issue: issue() },
    'issue-transferred-staff-accepted': { ...transferred, reader: 'staff', issue: issue({ clocks: accepted.clocks }) },
    'issue-transferred-staff-replied': { ...transferred, reader: 'staff', issue: issue({ ...replied, status: 'dispatched' }) },
    'issue-transferred-officer': { ...transferred, reader: 'officer', issue: issue() },
    'issue-transferred-officer-handed-on': { ...transferred, fromDepartmentName: department, toDepartmentName: other, reader: 'officer', issue: issue() },
    'issue-transferred-officer-resolved': { ...transferred, reader: 'officer', issue: issue(resolved) },
    'issue-replied-enterprise': { kind: 'issue-replied', ...answered, reader: 'enterprise', enterpriseHasMail: true, issue: issue(replied) },
    'issue-replied-enterprise-provisional': { kind: 'issue-replied', ...answered, reader: 'enterprise', enterpriseHasMail: true, issue: issue({ ...replied, clocks: { ...replied.clocks, resolve: provisional } }) },
    'issue-replied-officer': { kind: 'issue-replied', ...answered, reader: 'officer', enterpriseHasMail: true, issue: issue(replied) },
    'issue-replied-officer-carries': { kind: 'issue-replied', ...answered, reader: 'officer', enterpriseHasMail: false, issue: issue(replied) },
    'issue-replied-after-resolution': { kind: 'issue-replied', ...answered, reader: 'enterprise', enterpriseHasMail: true, issue: issue(resolved) },
    'issue-resolved-enterprise': { kind: 'issue-resolved', ...answered, reader: 'enterprise', enterpriseHasMail: true, issue: issue(resolved) },
    'issue-resolved-officer': { kind: 'issue-resolved', ...answered, reader: 'officer', enterpriseHasMail: true, issue: issue(resolved) },
    'issue-resolved-officer-carries': { kind: 'issue-resolved', ...answered, reader: 'officer', enterpriseHasMail: false, issue: issue(resolved) },
    'issue-closed-rating': { kind: 'issue-closed', closedBy: 'rating', said: { rating: 5, words }, issue: issue(closed) },
    'issue-closed-rating-no-words': { kind: 'issue-closed', closedBy: 'rating', said: { rating: 3 }, issue: issue(closed) },
    'issue-closed-call-back': { kind: 'issue-closed', closedBy: 'call-back', said: { rating: 4, words, asked: contact }, issue: issue(closed) },
    'issue-closed-override': { kind: 'issue-closed', closedBy: 'override', reason: overrideReason, issue: issue(closed) },
    'issue-reopened-rating': { kind: 'issue-reopened', said: { rating: 2, words: complaint }, level: 1, reader: 'staff', issue: issue({ ...reopened, level: 1 }) },
    'issue-reopened-rating-no-words': { kind: 'issue-reopened', said: { rating: 1 }, level: 2, reader: 'staff', issue: issue({ ...reopened, level: 2 }) },
    'issue-reopened-call-back': { kind: 'issue-reopened', said: { rating: 2, words: complaint, asked: contact }, level: 3, reader: 'leading-group', issue: issue({ ...reopened, level: 3, clocks: { ...reopened.clocks, resolve: { ...reopened.clocks.resolve, provisional: true } } }) },
    'issue-reopened-resolved-anew': { kind: 'issue-reopened', said: { rating: 2, words: complaint }, level: 1, reader: 'staff', issue: issue({ ...resolved, reopened: true, level: 1 }) },
    'call-back-due': { kind: 'call-back-due', resolvedAt, contactName: contact, contactPhone: '000-00000000', enterpriseHasMail: true, issue: issue(resolved) },
    'call-back-due-no-mail': { kind: 'call-back-due', resolvedAt, contactName: contact, contactPhone: '000-00000000', enterpriseHasMail: false, issue: issue(resolved) },
    'call-back-due-no-contact': { kind: 'call-back-due', resolvedAt, enterpriseHasMail: false, issue: issue(resolved) },
    ...Object.fromEntries<MailFacts>(
      ([['extension', { workingDays: 5 }, extensionReason], ['pause', { waitingFor: 'enterprise' }, pauseReason], ['explanation', {}, explanation]] as const).flatMap(([request, more, asked]): [string, MailFacts][] => [
        [`issue-asked-${request}`, { kind: 'issue-asked', askedByName: officer, asked: { ...timeline, event: 'asked', departmentId: 'D-01', request, ...more, words: asked }, issue: issue(replied) }],
        [`issue-decided-${request}`, { kind: 'issue-decided', request, approved: true, decidedByName: director, issue: issue({ extension: extended, pause: { ...replied, status: 'paused' as const }, explanation: resolved }[request]) }],
      ]),
    ),
    'issue-asked-explanation-late': { kind: 'issue-asked', askedByName: officer, asked: { ...timeline, event: 'asked', departmentId: 'D-01', request: 'explanation', words: explanation }, issue: issue(replied) },
    'issue-decided-refused-late': { kind: 'issue-decided', request: 'extension', approved: false, decidedByName: director, remark: refusal, issue: issue(replied) },
    'issue-decided-refused': { kind: 'issue-decided', request: 'extension', approved: false, decidedByName: director, remark: refusal, issue: issue(replied) },
    ...Object.fromEntries(
      (['enterprise', 'officer', 'staff'] as const).flatMap((reader): [string, MailFacts][] => {
        const moved = { kind: 'issue-moved', reader, enterpriseHasMail: true } as const
        return [
          [`issue-extended-${reader}`, { ...moved, move: { ...timeline, event: 'extended', workingDays: 5, reason: extensionReason, deadlineVersion: 2, resolveBy: extended.clocks.resolve.by }, issue: issue(extended) }],
          [`issue-paused-${reader}`, { ...moved, move: { ...timeline, event: 'paused', waitingFor: 'enterprise', reason: pauseReason, endsBy: at('2016-09-22', '18:00') }, issue: issue({ ...replied, status: 'paused' }) }],
          [`issue-resumed-${reader}`, { ...moved, move: { ...timeline, event: 'resumed', deadlineVersion: 2, replyBy: at('2016-08-17', '18:00'), resolveBy: resumed.clocks.resolve.by }, issue: issue(resumed) }],
          ...['', '-late'].map((late): [string, MailFacts] => [`issue-tier-changed-${reader}${late}`, { ...moved, move: { ...timeline, event: 'tier-changed', fromTier: 'B', tier: 'C', reason: tierReason, deadlineVersion: 2, resolveBy: extended.clocks.resolve.by }, issue: issue({ ...extended, tier: 'C' }) }]),
        ]
      }),
    ),
    ...Object.fromEntries(
      (['enterprise', 'officer', 'staff'] as const).flatMap((reader): [string, MailFacts][] => {
        const moved = { kind: 'issue-moved', reader, enterpriseHasMail: true } as const
        return [
          [`issue-merged-${reader}`, { ...moved, move: { ...timeline, event: 'merged', intoIssueId: '2016-000098', departmentId: 'D-01', reason: tierReason, resolveBy: extended.clocks.resolve.by }, issue: issue({ ...replied, status: 'merged' }) }],
          [`issue-separated-${reader}`, { ...moved, move: { ...timeline, event: 'separated', fromIssueId: '2016-000098', reason: tierReason, deadlineVersion: 2, replyBy: at('2016-08-17', '18:00'), resolveBy: resumed.clocks.resolve.by }, issue: issue(resumed) }],
        ]
      }),
    ),
    'issue-separated-withdrawn': { kind: 'issue-moved', reader: 'staff', enterpriseHasMail: true, move: { ...timeline, event: 'separated', fromIssueId: '2016-000098', deadlineVersion: 2, replyBy: at('2016-08-17', '18:00'), resolveBy: resumed.clocks.resolve.by }, issue: issue(resumed) },
    'issue-informed-merged': { kind: 'issue-informed', words: added, issue: issue({ ...replied, status: 'merged' }) },
    'issue-replied-enterprise-merged': { kind: 'issue-replied', ...answered, reader: 'enterprise', enterpriseHasMail: true, issue: issue({ ...replied, status: 'merged' }) },
    'issue-paused-officer-carries': { kind: 'issue-moved', reader: 'officer', enterpriseHasMail: false, move: { ...timeline, event: 'paused', waitingFor: 'outside-body', reason: tierReason, endsBy: at('2016-09-22', '18:00') }, issue: issue({ ...replied, status: 'paused' }) },
    'issue-explained-enterprise': { kind: 'issue-explained', message: explanation, departmentName: department, reader: 'enterprise', enterpriseHasMail: true, issue: issue({ ...resolved, tier: 'D' }) },
    'issue-explained-officer': { kind: 'issue-explained', message: explanation, departmentName: department, reader: 'officer', enterpriseHasMail: true, issue: issue({ ...resolved, tier: 'D' }) },
    'issue-explained-officer-carries': { kind: 'issue-explained', message: explanation, departmentName: department, reader: 'officer', enterpriseHasMail: false, issue: issue({ ...resolved, tier: 'D' }) },
    'issue-informed': { kind: 'issue-informed', words: added, issue: issue(replied) },
    'issue-informed-paused': { kind: 'issue-informed', words: added, issue: issue({ ...replied, status: 'paused' }) },
    'issue-informed-resolved': { kind: 'issue-informed', words: added, issue: issue(resolved) },
    'issue-informed-withdrawn': { kind: 'issue-informed', words: added, issue: issue({ ...replied, status: 'withdrawn' }) },
    'issue-escalated-accept-1-answering': { ...escalated('accept', 1, issue({ level: 1 })), readerAnswersForIt: true },
    'assist-asked': { kind: 'assist-asked', ...piece, issue: issue(replied) },
    'assist-asked-provisional': { kind: 'assist-asked', ...piece, ...provisional, issue: issue(replied) },
    'assist-answered': { kind: 'assist-answered', departmentName: other, answered: true, words: message, issue: issue(replied) },
    'assist-answered-late': { kind: 'assist-answered', departmentName: other, answered: true, words: message, issue: issue(replied) },
    'assist-answered-paused': { kind: 'assist-answered', departmentName: other, answered: true, words: message, issue: issue({ ...replied, status: 'paused' }) },
    'assist-refused': { kind: 'assist-answered', departmentName: other, answered: false, words: transferReason, issue: issue(replied) },
    'assist-warning': { kind: 'assist-warning', ...piece, issue: issue(replied) },
    'assist-warning-provisional': { kind: 'assist-warning', ...piece, ...provisional, issue: issue(replied) },
    ...Object.fromEntries(levels.map(level => [`assist-escalated-${level}`, { kind: 'assist-escalated', ...piece, level, workingDaysLate: { 1: 1, 2: 4, 3: 9 }[level], issue: issue(replied) } as const])),
    'assist-dropped-resolved': { kind: 'assist-dropped', departmentName: other, message: wanted, end: { event: 'resolved', at: resolvedAt, byName: department, words: despite }, issue: issue(resolved) },
    'assist-dropped-withdrawn': { kind: 'assist-dropped', departmentName: other, message: wanted, end: { event: 'withdrawn', at: repliedAt, byName: enterprise, words }, issue: issue({ ...replied, status: 'withdrawn' }) },
    'assist-dropped-merged': { kind: 'assist-dropped', departmentName: other, message: wanted, end: { event: 'merged', at: repliedAt, byName: department, words: tierReason }, issue: issue({ ...replied, status: 'merged' }) },
    'assist-dropped-withdrawn-no-words': { kind: 'assist-dropped', departmentName: other, message: wanted, end: { event: 'withdrawn', at: repliedAt, byName: enterprise }, issue: issue({ ...replied, status: 'withdrawn' }) },
    'issue-withdrawn': { kind: 'issue-withdrawn', words, issue: issue({ ...replied, status: 'withdrawn' }) },
    'issue-withdrawn-no-words': { kind: 'issue-withdrawn', issue: issue({ ...replied, status: 'withdrawn' }) },
    // What the rules bring about: only the resolution is warned of and climbs, and after a reopening from level 2 on.
    'issue-warning-resolve': warning(issue(replied)),
    'issue-warning-resolve-reopened': warning(issue({ ...reopened, level: 1 })),
    'issue-escalated-accept-1': escalated('accept', 1, issue({ level: 1 })),
    'issue-escalated-reply-1': escalated('reply', 1, issue({ ...accepted, level: 1 })),
    ...Object.fromEntries(levels.map(level => [`issue-escalated-resolve-${level}`, escalated('resolve', level, issue({ ...replied, level }))])),
    ...Object.fromEntries(([2, 3] as const).map(level => [`issue-escalated-resolve-${level}-reopened`, escalated('resolve', level, issue({ ...reopened, level }))])),
    'issue-escalated-resolve-2-in-stead': escalated('resolve', 2, issue({ ...replied, level: 2 })),
  }
}

const warning = (issue: IssueFacts): MailFacts => ({ kind: 'issue-warning', issue, clock: 'resolve', dueBy: issue.clocks.resolve.by })

const escalated = (clock: ClockName, level: Level, issue: IssueFacts): Extract<MailFacts, { kind: 'issue-escalated' }> => ({
  kind: 'issue-escalated',
  issue,
  readerAnswersForIt: false,
  clock,
  level,
  dueBy: issue.clocks[clock].by,
  workingDaysLate: { 1: 1, 2: 4, 3: 9 }[level],
})

const stepIn = (locale: Locale, title: StepFacts['stepTitle'], but: Partial<StepFacts> = {}): StepFacts => ({
  stepTitle: title,
  departmentName: named[locale].department,
  officerName: named[locale].officer,
  mode: 'accompany',
  status: 'ready',
  statutoryWorkingDays: 10,
  promisedWorkingDays: 3,
  by: at('2016-08-18', '18:00'),
  provisional: false,
  ...but,
})

const caseIn = (locale: Locale, but: Partial<CaseFacts> = {}): CaseFacts => {
  const { caseTitle, enterprise, officer, other, steps: [survey, drawings, permit] } = named[locale]
  return {
    number: 'L2016-000012',
    title: caseTitle,
    status: 'running',
    subcategory: 'construction',
    enterpriseName: enterprise,
    officerName: officer,
    openedAt: at('2016-08-15', '10:32'),
    steps: [
      stepIn(locale, survey),
      stepIn(locale, drawings, { departmentName: other, mode: 'guide', statutoryWorkingDays: 15, promisedWorkingDays: 5, by: at('2016-08-22', '18:00') }),
      stepIn(locale, permit, { status: 'blocked', mode: 'act-for', by: undefined }),
      stepIn(locale, handoverTitle, { status: 'blocked', mode: 'act-for', statutoryWorkingDays: undefined, promisedWorkingDays: 1, by: undefined }),
    ],
    ...but,
  }
}

const caseSamples = (locale: Locale): Record<string, MailFacts> => {
  const { steps: [survey], department, added, needed, waitReason, refusalReason, handedOver, notReceived, givenUp, relief, officer, officers: [, another], director, contact } = named[locale]
  const it = caseIn(locale)
  const step = stepIn(locale, survey)
  const handover = stepIn(locale, handoverTitle, { status: 'running', mode: 'act-for', statutoryWorkingDays: undefined, promisedWorkingDays: 1, by: at('2016-08-26', '18:00') })
  const over = caseIn(locale, { status: 'handed-over' })
  const waiting = { kind: 'case-waiting', case: it, step: stepIn(locale, survey, { status: 'waiting' }), reason: waitReason, needed, endsBy: at('2016-09-13', '18:00') } as const
  const resumed = { kind: 'case-resumed', case: it, step: stepIn(locale, survey, { status: 'running' }), since: at('2016-08-17', '10:05') } as const
  const handed = { kind: 'case-handed-over', case: over, departmentName: department, words: handedOver } as const
  const ended = { kind: 'case-ended', case: caseIn(locale, { status: 'refused' }), byName: department, reason: refusalReason } as const
  const returned = { kind: 'case-returned', case: caseIn(locale, { status: 'handing-over' }), step: handover } as const
  const reassigned = { kind: 'case-reassigned', case: caseIn(locale, { officerName: another }), newName: another, formerName: officer, byName: director, reason: relief, enterpriseHasMail: true } as const
  const [whole, single] = [{ ...reassigned, follows: true, steps: it.steps }, { ...reassigned, case: it, follows: false, steps: it.steps.slice(0, 2) }]
  const silent = { kind: 'case-call-back-due', case: over, handedOverAt: at('2016-08-25', '15:20') } as const
  return {
    'case-opened': { kind: 'case-opened', case: it, reader: 'enterprise' },
    'case-step': { kind: 'case-step', case: it, step, goesOn: false },
    'case-step-late': { kind: 'case-step', case: it, step, goesOn: false },
    'case-step-provisional': { kind: 'case-step', case: it, step: stepIn(locale, survey, { provisional: true }), goesOn: false },
    'case-step-in-stead': { kind: 'case-step', case: it, step, goesOn: false },
    'case-step-goes-on': { kind: 'case-step', case: it, step: stepIn(locale, survey, { status: 'running' }), goesOn: true },
    'case-step-handover': { kind: 'case-step', case: returned.case, step: { ...handover, status: 'ready' }, goesOn: false },
    'case-waiting-enterprise': { ...waiting, reader: 'enterprise', enterpriseHasMail: true },
    'case-waiting-officer': { ...waiting, reader: 'officer', enterpriseHasMail: true },
    'case-waiting-officer-carries': { ...waiting, reader: 'officer', enterpriseHasMail: false },
    'case-resumed-enterprise': { ...resumed, reader: 'enterprise', enterpriseHasMail: true },
    'case-resumed-enterprise-late': { ...resumed, reader: 'enterprise', enterpriseHasMail: true },
    'case-resumed-officer': { ...resumed, reader: 'officer', enterpriseHasMail: true },
    'case-resumed-officer-carries': { ...resumed, reader: 'officer', enterpriseHasMail: false },
    'case-resumed-by-itself-enterprise': { ...resumed, needed, reader: 'enterprise', enterpriseHasMail: true },
    'case-resumed-by-itself-officer': { ...resumed, needed, reader: 'officer', enterpriseHasMail: true },
    'case-resumed-by-itself-officer-carries': { ...resumed, needed, reader: 'officer', enterpriseHasMail: false },
    'case-informed': { kind: 'case-informed', case: it, words: added },
    ...Object.fromEntries(
      (['enterprise', 'new', 'former'] as const).flatMap((reader): [string, MailFacts][] => [[`case-reassigned-${reader}`, { ...whole, reader }], [`case-reassigned-steps-${reader}`, { ...single, reader }]]),
    ),
    'case-reassigned-new-carries': { ...whole, reader: 'new', enterpriseHasMail: false },
    'case-refused-enterprise': { ...ended, step: stepIn(locale, survey, { status: 'refused' }), reader: 'enterprise' },
    'case-refused-staff': { ...ended, step: stepIn(locale, survey, { status: 'refused' }), reader: 'staff' },
    'case-withdrawn-enterprise': { ...ended, case: caseIn(locale, { status: 'withdrawn' }), byName: officer, reason: givenUp, reader: 'enterprise' },
    'case-withdrawn-staff': { ...ended, case: caseIn(locale, { status: 'withdrawn' }), byName: officer, reason: givenUp, reader: 'staff' },
    'case-handed-over-enterprise': { ...handed, reader: 'enterprise', enterpriseHasMail: true },
    'case-handed-over-officer': { ...handed, reader: 'officer', enterpriseHasMail: true },
    'case-handed-over-officer-carries': { ...handed, reader: 'officer', enterpriseHasMail: false },
    'case-completed': { kind: 'case-completed', case: caseIn(locale, { status: 'completed' }), said: { received: true } },
    'case-completed-call-back': { kind: 'case-completed', case: caseIn(locale, { status: 'completed' }), said: { received: true, words: handedOver, asked: contact } },
    'case-returned': { ...returned, said: { received: false, words: notReceived }, level: 1, reader: 'staff' },
    'case-returned-call-back': { ...returned, said: { received: false, words: notReceived, asked: contact }, level: 3, reader: 'leading-group' },
    'case-returned-handed-over-again': { ...returned, case: over, step: { ...handover, status: 'finished' }, said: { received: false }, level: 1, reader: 'staff' },
    'case-call-back-due': { ...silent, contactName: contact, contactPhone: '000-00000000', enterpriseHasMail: true },
    'case-call-back-due-no-contact': { ...silent, enterpriseHasMail: false },
    'case-warning': { kind: 'case-warning', case: it, step },
    ...Object.fromEntries(levels.map((level): [string, MailFacts] => [`case-escalated-${level}`, { kind: 'case-escalated', case: it, step, level, workingDaysLate: [1, 4, 9][level - 1] ?? 0 }])),
  }
}

const quotaSamples = (locale: Locale): Record<string, MailFacts> => {
  const { enterprises, officer, officers, department, other, milestones } = named[locale]
  const lines = (counted: number): QuotaLine[] => enterprises.map((enterpriseName, index) => ({ enterpriseName, required: index === 2 ? 1 : 2, counted: index === 2 ? 0 : counted }))
  const digest = { month: '2016-08', officerName: officer, lastWorkingDay: '2016-08-31', projects: [] } as const
  const late = (count: number) => Array.from({ length: count }, (_, index) => ({ milestoneName: milestones[index % 2] ?? '', daysLate: 12 * (index + 1) }))
  const projects: ProjectFacts[] = [
    { projectName: enterprises[0], through: '2016-07', planned: 12_500, invested: 9800, lateMilestones: late(1), openObstacles: 2 },
    { projectName: enterprises[1], through: '2016-07', planned: 0, invested: 0, lateMilestones: late(3), openObstacles: 0 },
  ]
  const missed = (count: number): MissedLine[] =>
    Array.from({ length: count }, (_, index) => ({
      officerName: officers[index % 3] ?? '',
      departmentName: index % 2 === 0 ? department : other,
      enterpriseName: enterprises[index % 3] ?? '',
      required: 2,
      counted: index % 2,
    }))
  return {
    'quota-nudge': { kind: 'quota-nudge', ...digest, lines: lines(0), workingDaysLeft: 13 },
    'quota-nudge-one': { kind: 'quota-nudge', ...digest, lines: lines(0).slice(0, 1), workingDaysLeft: 1 },
    'quota-nudge-projects': { kind: 'quota-nudge', ...digest, lines: [], projects, workingDaysLeft: 13 },
    'quota-nudge-project-beside': { kind: 'quota-nudge', ...digest, lines: lines(0).slice(0, 1), projects: projects.slice(0, 1), workingDaysLeft: 13 },
    'quota-reminder': { kind: 'quota-reminder', ...digest, lines: lines(1), workingDaysLeft: 5 },
    'quota-last-call': { kind: 'quota-last-call', ...digest, lines: lines(1).slice(0, 1), workingDaysLeft: 1 },
    'quota-missed-department': { kind: 'quota-missed', month: '2016-08', departmentName: department, lines: missed(3), missing: { officers: 3, pairings: 3 }, readerDirects: true },
    'quota-missed-no-director': { kind: 'quota-missed', month: '2016-08', departmentName: department, lines: missed(3), missing: { officers: 3, pairings: 3 }, readerDirects: false },
    'quota-missed-district': { kind: 'quota-missed', month: '2016-08', lines: missed(5), missing: { officers: 1063, pairings: 1495 }, readerDirects: false },
  }
}

const bulletinSamples = (locale: Locale): Record<string, MailFacts> => {
  const { department, other, title } = named[locale]
  const tally = tallying()
  const add = (departmentId: string, amounts: Amounts, more: object = {}): void => { tally.add({ amounts, departmentId, ...more }) }
  add('D-01', { officers: 60, visits: 121, officersThreeOrMore: 4, officersTwo: 52, officersOne: 2, officersNone: 2, officersHealth: 1, officersUnexplained: 1, pairingsOwed: 60, pairingsFulfilled: 57, pairingsExempt: 1 })
  add('D-02', { officers: 41, visits: 80, officersTwo: 39, officersOne: 2, pairingsOwed: 41, pairingsFulfilled: 39 })
  add('D-01', { issuesRaised: 12, raisedToResolve: 12, raisedResolved: 9, issuesOpen: 5, issuesOverdue: 1, repliesDue: 12, repliesInTime: 11, resolutionsDue: 10, resolutionsInTime: 9, ratings: 6, ratingsSatisfied: 6, issuesClosed: 6 }, { tier: 'A', category: 'facilities' })
  add('D-02', { issuesCarried: 3, issuesClosed: 2, issuesOpen: 1, issuesReopened: 1, ratings: 3, ratingsSatisfied: 2 }, { tier: 'C', category: 'land' })
  add('D-02', { casesOpened: 1, casesCompleted: 1, daysStatutory: 32, daysTaken: 9, daysSaved: 23, sessionsHeld: 1, decisionsMade: 5 })
  add('D-01', { deliveries: 7 }, { measureId: 'M-01' })
  add('D-01', { projectsPlanned: 3, projectsBehind: 1, projectsUnreported: 1, investmentPlanned: 128_000, investmentMade: 117_500, milestonesDue: 2, milestonesReached: 1 })
  const { byDepartment, byMeasure, ...laidOut } = layOut('2016-08', tally.sums(), { month: '2016-07', sums: { officers: 101, visits: 190 } })
  const names = [department, other]
  const bulletin = {
    ...laidOut,
    countedAt: '2016-09-01T07:30:00+08:00',
    issued: true,
    byDepartment: byDepartment.map((row, index) => ({ ...row, departmentName: names[index] ?? '' })),
    byMeasure: byMeasure.map(row => ({ ...row, title })),
  }
  return { bulletin: { kind: 'bulletin', bulletin }, 'bulletin-many': { kind: 'bulletin', bulletin: { ...bulletin, byDepartment: Array.from({ length: 120 }, (_, index) => bulletin.byDepartment[index % 2] ?? expect.fail()) } } }
}

const exemptionSamples = (locale: Locale): Record<string, MailFacts> => {
  const { officer, director, department, enterprise, remark, decision, refusal } = named[locale]
  const exemption: ExemptionFacts = { officerName: officer, departmentName: department, month: '2016-08', reason: 'training', remark }
  const one: ExemptionFacts = { ...exemption, reason: 'enterprise-unavailable', enterpriseName: enterprise, remark: undefined }
  const id = { exemptionId: '01J5XQ2M7K8Z3' }
  return {
    'exemption-requested': { kind: 'exemption-requested', ...id, exemption, readerDirects: true },
    'exemption-requested-one': { kind: 'exemption-requested', ...id, exemption: one, readerDirects: true },
    'exemption-requested-no-director': { kind: 'exemption-requested', ...id, exemption, readerDirects: false },
    'enterprise-link': { kind: 'enterprise-link', enterpriseName: enterprise, senderName: officer },
    'officer-rating-asked': { kind: 'officer-rating-asked', round: '2016-H1', enterpriseName: enterprise, officerName: officer },
    'exemption-approved': { kind: 'exemption-decided', ...id, exemption: one, approved: true, decidedByName: director },
    'exemption-approved-remark': { kind: 'exemption-decided', ...id, exemption, approved: true, decidedByName: director, decisionRemark: decision },
    'exemption-refused': { kind: 'exemption-decided', ...id, exemption, approved: false, decidedByName: director, decisionRemark: refusal },
  }
}

const noticeIn = (locale: Locale, but: Partial<NoticeFacts> = {}): NoticeFacts => {
  const { department, title, complaint } = named[locale]
  return {
    noticeId: '01J5XQ2M7K8Z3',
    kind: 'criticism',
    departmentName: department,
    title,
    text: complaint,
    appealBy: at('2016-08-29', '18:00'),
    provisional: false,
    ...but,
  }
}

const noticeSamples = (locale: Locale): Record<string, MailFacts> => {
  const { officer, officers, director, department, other, remark, decision, refusal, message, overrideReason } = named[locale]
  const ofDepartment = noticeIn(locale)
  const ofOfficer = noticeIn(locale, { officerName: officer, text: refusal })
  const praise = noticeIn(locale, { kind: 'commendation', officerName: officer, title: decision, text: message, appealBy: undefined })
  const numbered = { number: { zh: '通报〔2016〕3号', en: 'Notice 3 of 2016' } }
  return {
    'notice-drafted-department': { kind: 'notice-drafted', notice: ofDepartment, readerIsConcerned: true },
    'notice-drafted-no-director': { kind: 'notice-drafted', notice: ofDepartment, readerIsConcerned: false },
    'notice-drafted-officer': { kind: 'notice-drafted', notice: { ...ofOfficer, provisional: true }, readerIsConcerned: true },
    'notice-proposed-by-the-system': { kind: 'notice-proposed', notice: ofDepartment },
    'notice-proposed-commendation': { kind: 'notice-proposed', notice: praise, draftedByName: director },
    'notice-appealed': { kind: 'notice-appealed', notice: ofOfficer, byName: officer, reason: remark, evidence: message },
    'notice-appealed-no-evidence': { kind: 'notice-appealed', notice: ofDepartment, byName: director, reason: message },
    'notice-decided-exempted': { kind: 'notice-decided', notice: ofOfficer, granted: true, remark: decision, decidedByName: director, changed: 'exempted' },
    'notice-decided-excused': { kind: 'notice-decided', notice: ofDepartment, granted: true, remark: decision, decidedByName: director, changed: 'excused' },
    'notice-decided-by-hand': { kind: 'notice-decided', notice: ofOfficer, granted: true, remark: decision, decidedByName: director },
    'notice-decided-upheld': { kind: 'notice-decided', notice: ofOfficer, granted: false, remark: refusal, decidedByName: director },
    'notice-published': { kind: 'notice-published', notice: { ...ofDepartment, ...numbered } },
    'notice-published-commendation': { kind: 'notice-published', notice: { ...praise, number: { zh: '激励〔2016〕1号', en: 'Commendation 1 of 2016' } } },
    'notice-dropped': { kind: 'notice-ended', notice: ofDepartment, isWithdrawn: false, reason: overrideReason, byName: director },
    'notice-dropped-commendation': { kind: 'notice-ended', notice: praise, isWithdrawn: false, reason: refusal, byName: director },
    'notice-withdrawn': { kind: 'notice-ended', notice: { ...ofDepartment, ...numbered }, isWithdrawn: true, reason: overrideReason, byName: director },
    'notices-of-month': { kind: 'notices-of-month', month: '2016-08', lines: officers.map((officerName, nth) => ({ officerName, departmentName: nth === 0 ? department : other, noticeId: '01J5XQ2M7K8Z3' })), drafts: 75, appealBy: at('2016-09-08', '18:00') },
    'notices-of-month-one': { kind: 'notices-of-month', month: '2016-08', lines: [{ officerName: officer, departmentName: department, noticeId: '01J5XQ2M7K8Z3' }], drafts: 1, appealBy: at('2016-09-08', '18:00') },
  }
}

const sheetFactsIn = (locale: Locale, records: readonly SheetRecord[], officerName?: string): SheetFacts => ({
  period: '2016-H1',
  ...(officerName === undefined ? {} : { officerName }),
  departmentName: named[locale].department,
  sheet: assess(inputsOf(records, officerName === undefined ? { departmentId: 'D-01' } : { officerId: '1001' })),
})

const assessmentSamples = (locale: Locale): Record<string, MailFacts> => {
  const { officer, director, remark, decision, refusal } = named[locale]
  const issue = aRecord('issue/2016-000123', { repliesDue: 1, repliesInTime: 1, raisedToResolve: 1, raisedResolved: 1, resolutionsDue: 1, ratings: 2, ratingsSatisfied: 1 })
  const levels = [aRecord('level/2016-000123/4', { level1: 1 }), aRecord('level/2016-000123/9', { level2: 1 })]
  const ofOfficer = sheetFactsIn(locale, [...pairings(12, 11), ...levels], officer)
  const ofDepartment = sheetFactsIn(locale, [...pairings(1250, 1193), issue, ...levels, aRecord('commendation/n', { commendations: 1 })])
  const untilAugust = { appealBy: at('2016-08-29', '18:00'), provisional: false, readerIsConcerned: true }
  return {
    'assessment-opened-officer': { kind: 'assessment-opened', of: ofOfficer, ...untilAugust },
    'assessment-opened-department': { kind: 'assessment-opened', of: ofDepartment, ...untilAugust, provisional: true },
    'assessment-opened-no-director': { kind: 'assessment-opened', of: ofDepartment, ...untilAugust, readerIsConcerned: false },
    'assessment-opened-nothing': { kind: 'assessment-opened', of: sheetFactsIn(locale, [], officer), ...untilAugust },
    'assessment-final-officer': { kind: 'assessment-final', of: ofOfficer, readerIsConcerned: true },
    'assessment-final-no-director': { kind: 'assessment-final', of: ofDepartment, readerIsConcerned: false },
    'assessment-appealed': { kind: 'assessment-appealed', of: ofOfficer, component: 'quota', byName: officer, reason: remark },
    'assessment-appealed-department': { kind: 'assessment-appealed', of: ofDepartment, component: 'levels', byName: director, reason: refusal },
    'assessment-decided-granted': { kind: 'assessment-decided', of: ofOfficer, component: 'quota', granted: true, remark: decision, decidedByName: director, before: 83.7 },
    'assessment-decided-refused': { kind: 'assessment-decided', of: ofOfficer, component: 'quota', granted: false, remark: refusal, decidedByName: director },
  }
}

const visitIn = (locale: Locale): VisitFacts => {
  const { officer, officers, enterprise, meeting } = named[locale]
  return { visitId: '1001.20160809.5d41402abc4b2a76b971', officerName: officer, enterpriseName: enterprise, visitedOn: '2016-08-09', mode: 'onsite', summary: meeting, recordedByName: officers[1], withNames: officers.slice(1), counted: true }
}

const visitSamples = (locale: Locale): Record<string, MailFacts> => {
  const { officer, denial } = named[locale]
  const visit = visitIn(locale)
  return {
    'visit-joint': { kind: 'visit-joint', visit },
    'visit-joint-time': { kind: 'visit-joint', visit: { ...visit, from: '09:30', until: '11:00', counted: false, reasonNotCounted: 'same-day' } },
    'visit-denied': { kind: 'visit-denied', flagId: `denied.${visit.visitId}`, visit: { ...visit, recordedByName: officer, withNames: [] }, words: denial },
    'visit-denied-no-words': { kind: 'visit-denied', flagId: `denied.${visit.visitId}`, visit },
    'visit-joint-by-telephone': { kind: 'visit-joint', visit: { ...visit, mode: 'phone', counted: false, reasonNotCounted: 'mode' } },
  }
}

const sessionIn = (locale: Locale): SessionFacts => {
  const { title, enterprise, enterprises, officer, director, department, other, remark } = named[locale]
  return {
    number: 'S2016-000007',
    title,
    place: enterprise,
    startsAt: at('2016-08-18', '09:30'),
    endsAt: at('2016-08-18', '11:30'),
    holderName: director,
    departmentName: department,
    invitedNames: [other],
    enterpriseNames: enterprises,
    unaddressed: [{ enterpriseName: enterprises[2], officerName: officer }],
    remark,
    sequence: 0,
  }
}

const sessionSamples = (locale: Locale): Record<string, MailFacts> => {
  const { title, enterprise, department, other, message, despite, overrideReason } = named[locale]
  const session = sessionIn(locale)
  const toEnterprise = { reader: { kind: 'enterprise', name: enterprise }, session: { ...session, enterpriseNames: [], unaddressed: [] } } as const
  const toStaff = { reader: { kind: 'staff' }, session } as const
  const decisions: SpotDecisionFacts[] = [
    { issueNumber: '2016-000123', issueTitle: title, departmentName: department, dueOn: '2016-08-26', what: message },
    { issueNumber: '2016-000131', issueTitle: title, departmentName: other, dueOn: '2016-08-31', what: despite },
  ]
  const directed = { kind: 'issue-directed', sessionNumber: session.number, what: message, departmentName: department, fromDepartmentName: other, enterpriseHasMail: true } as const
  return {
    'session-invited-enterprise': { kind: 'session-invited', changed: false, ...toEnterprise },
    'session-invited-enterprise-changed': { kind: 'session-invited', changed: true, ...toEnterprise, session: { ...toEnterprise.session, remark: undefined, invitedNames: [] } },
    'session-invited-staff': { kind: 'session-invited', changed: false, ...toStaff },
    'session-invited-staff-changed': { kind: 'session-invited', changed: true, ...toStaff, session: { ...session, unaddressed: [] } },
    'session-cancelled-enterprise': { kind: 'session-cancelled', reason: overrideReason, ...toEnterprise },
    'session-cancelled-staff': { kind: 'session-cancelled', reason: overrideReason, ...toStaff },
    'session-cancelled-dropped-enterprise': { kind: 'session-cancelled', ...toEnterprise },
    'session-cancelled-dropped-staff': { kind: 'session-cancelled', ...toStaff },
    'session-minutes-enterprise': { kind: 'session-minutes', text: message, decisions: decisions.slice(0, 1), ...toEnterprise },
    'session-minutes-enterprise-nothing': { kind: 'session-minutes', text: message, decisions: [], ...toEnterprise },
    'session-minutes-staff': { kind: 'session-minutes', text: message, decisions, ...toStaff },
    'issue-directed-lead': { ...directed, reader: 'lead', issue: issueIn(locale) },
    'issue-directed-lead-accepted': { ...directed, reader: 'lead', issue: issueIn(locale, replied) },
    'issue-directed-former-lead': { ...directed, reader: 'former-lead', issue: issueIn(locale, replied) },
    'issue-directed-officer': { ...directed, reader: 'officer', issue: issueIn(locale, replied) },
    'issue-directed-officer-carries': { ...directed, reader: 'officer', enterpriseHasMail: false, issue: issueIn(locale, replied) },
    'issue-directed-enterprise': { ...directed, reader: 'enterprise', issue: issueIn(locale, replied) },
  }
}

const undeliverableSamples = (locale: Locale): Record<string, MailFacts> => {
  const { officer, enterprise, director } = named[locale]
  const issue = issueIn(locale, replied)
  const about = { kind: 'mail-undeliverable' } as const
  return {
    'mail-undeliverable-bounced': { ...about, original: 'issue-escalated', recipientName: director, recipientAddress: 'li@example.org', reason: 'bounced', issue },
    'mail-undeliverable-refused': { ...about, original: 'issue-replied', recipientName: enterprise, recipientAddress: 'office@example.com', reason: 'refused', issue },
    'mail-undeliverable-answer-lost': { ...about, original: 'issue-resolved', recipientName: enterprise, recipientAddress: 'office@example.com', reason: 'answer-lost', issue: issueIn(locale, resolved) },
    'mail-undeliverable-not-taken': { ...about, original: 'issue-escalated', recipientName: director, recipientAddress: 'li@example.org', reason: 'not-taken', issue },
    'mail-undeliverable-given-up': { ...about, original: 'issue-escalated', recipientName: director, recipientAddress: 'li@example.org', reason: 'given-up', issue },
    'mail-undeliverable-left': { ...about, original: 'issue-dispatched', recipientName: officer, reason: 'left-the-roster', issue: issueIn(locale) },
    'mail-undeliverable-case': { ...about, original: 'case-handed-over', recipientName: enterprise, recipientAddress: 'office@example.com', reason: 'bounced', case: caseIn(locale, { status: 'handed-over' }) },
    'mail-undeliverable-session': { ...about, original: 'session-cancelled', recipientName: enterprise, recipientAddress: 'office@example.com', reason: 'bounced', session: sessionIn(locale) },
    'mail-undeliverable-visit': { ...about, original: 'visit-joint', recipientName: officer, reason: 'left-the-roster', visit: visitIn(locale) },
    'mail-undeliverable-no-issue': { ...about, original: 'quota-last-call', recipientName: officer, reason: 'no-address' },
  }
}

/** What a letter needs beside the facts: an enterprise's link, and that the lead has nobody, for the samples that say so. */
export const settingsOf = (name: string, facts: MailFacts): { readonly now: number; readonly link?: string; readonly inStead: boolean } => ({
  now: name.endsWith('-late') ? at('2030-01-01', '09:00') : at('2016-01-01', '09:00'),
  inStead: name.endsWith('-in-stead'),
  ...(('reader' in facts && (facts.reader === 'enterprise' || (typeof facts.reader === 'object' && facts.reader.kind === 'enterprise'))) || facts.kind === 'enterprise-link' ? { link: 'case' in facts ? caseLinkSample : linkSample } : {}),
  ...(facts.kind === 'bulletin' ? { link: bulletinLinkSample } : {}),
  ...(facts.kind === 'officer-rating-asked' ? { link: officerLinkSample } : {}),
})
const ofEnterprise = `https://assist.example.org/p/${'0f1e2d3c'.repeat(5)}abc`
export const linkSample = `${ofEnterprise}/issues/2016-000123`
export const bulletinLinkSample = `https://assist.example.org/b/${'0f1e2d3c'.repeat(5)}abc`
export const officerLinkSample = `${ofEnterprise}/officer`
export const caseLinkSample = `${ofEnterprise}/cases/L2016-000012`

/** Facts of every kind, for every reader, level and clock, as far as the rules bring them about. */
export const letterSamples = (locale: Locale): Record<string, MailFacts> => ({
  ...issueSamples(locale),
  ...caseSamples(locale),
  ...quotaSamples(locale),
  ...exemptionSamples(locale),
  ...bulletinSamples(locale),
  ...visitSamples(locale),
  ...sessionSamples(locale),
  ...noticeSamples(locale), ...assessmentSamples(locale),
  ...undeliverableSamples(locale),
})

/** The same facts with every text that somebody typed replaced. */
export const withTexts = (facts: MailFacts, textFor: (field: string) => string): MailFacts => {
  const replaced = (value: unknown, field: string): unknown => {
    if (typeof value === 'string') return isTyped(field, facts) ? textFor(field) : value
    if (Array.isArray(value)) return value.map(item => replaced(item, field))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaced(item, name)]))
  }
  return replaced(facts, '') as MailFacts
}

const prose = ['title', 'stepTitle', 'needed', 'summary', 'withNames', 'description', 'message', 'words', 'asked', 'contactPhone', 'remark', 'decisionRemark', 'recipientAddress', 'place', 'what', 'text', 'issueTitle', 'name', 'enterpriseNames', 'invitedNames']

/** The reason for a transfer or an override is typed; an exemption's and an undelivered mail's are codes. */
const isTyped = (field: string, { kind }: MailFacts): boolean =>
  field.endsWith('Name') || prose.includes(field) || (field === 'reason' && (kind === 'issue-transferred' || kind === 'issue-closed' || kind === 'issue-moved' || kind === 'session-cancelled' || kind === 'case-waiting' || kind === 'case-ended' || kind === 'case-reassigned'))
