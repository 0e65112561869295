import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { casePage, type ShownCase } from '../../functions/pages/case-page.ts'
import { enterprisePage } from '../../functions/pages/enterprise-page.ts'
import type { Entered } from '../../functions/pages/form.ts'
import { issuePage } from '../../functions/pages/issue-page.ts'
import { pagePenFor, type PagePen } from '../../functions/html/layout.ts'
import { busyPage, closedDoorPage, foreignFormPage, noSuchPage, tooLongPage, tooMuchPage } from '../../functions/pages/message-page.ts'
import { newIssuePage } from '../../functions/pages/new-issue-page.ts'
import { enteredOf } from '../../functions/pages/sent-form.ts'
import { officerPage, type RatableOfficer } from '../../functions/pages/officer-page.ts'
import { visitsPage, type ShownVisit } from '../../functions/pages/visits-page.ts'
import { locales, type Locale } from '../../shared/calendar/wording.ts'
import { confirmationForm, informationForm, newIssueForm, ratingForm, receiptForm, withdrawalForm } from '../../shared/contract/pages.ts'
import type { Case, CaseEvent, Step } from '../../shared/case/case.ts'
import { shippedCalendar } from '../../shared/calendar/working-day.ts'
import type { Issue, TimelineEvent } from '../../shared/issue/issue.ts'
import { fitting, weightOf } from '../../shared/page/markup.ts'
import type { VisitMode } from '../../shared/policy/policy.ts'
import type { Visit } from '../../shared/visit/visit.ts'
import { aCase, aTemplate } from '../mothers/case.ts'
import { creditCodeOf } from '../mothers/enterprise.ts'
import { anIssue } from '../mothers/issue.ts'
import { at, zone } from '../mothers/moment.ts'

const named = {
  'zh-CN': { title: '厂区北侧道路夜间无照明', description: '厂区北侧道路约六百米没有路灯。\n希望入冬前装上。', enterprise: '示例科技有限公司', officer: '张示例', department: '建设环保局', words: '已现场查看，本周施工。', contact: '王示例' },
  en: { title: 'No street lights north of the works', description: 'About 600 metres have no lights.\nThey hope for lights before winter.', enterprise: 'Example Technology Ltd', officer: 'Zhang Shili', department: 'Works Department', words: 'We have been on site.', contact: 'Wang Shili' },
} as const

const path = `/p/${'t'.repeat(43)}`
const morning = at('2026-03-02 10:00')
const penAt = (locale: Locale, now = '2026-03-02 11:00'): PagePen => pagePenFor({ locale, timeZone: zone, now: at(now) })

const issueIn = (locale: Locale, but: Partial<Issue> = {}): Issue => ({ ...anIssue({ submitted: { title: named[locale].title, tier: 'B' } }), ...but })
const page = (locale: Locale, but: Partial<Issue> = {}, now?: string, entered?: Entered): string => pageWith(locale, [], but, now, entered)
const pageWith = (locale: Locale, events: readonly TimelineEvent[], but: Partial<Issue> = {}, now?: string, entered?: Entered): string => {
  const { description, officer, department } = named[locale]
  return issuePage({ issue: issueIn(locale, but), departmentName: department, description, officerName: officer, events: events.map(event => ({ event, departmentName: department })), earlierEvents: 0 }, path, penAt(locale, now), entered)
}

const officerIn = (locale: Locale): RatableOfficer => ({ round: '2026-H1', officerId: '1001', officerName: named[locale].officer, hasRated: false })
const pausedFor = (waitingFor: 'enterprise' | 'outside-body'): Partial<Issue> => ({ status: 'paused', pauses: [{ from: morning, waitingFor, endsBy: at('2026-03-30 18:00') }] })
const accepted = (issue: Issue): Partial<Issue> => ({ clocks: { ...issue.clocks, accept: { ...issue.clocks.accept, doneAt: morning } } })

/** One of each kind that the enterprise is told of, and of each that it is not. */
const eventsIn = (locale: Locale): readonly TimelineEvent[] => {
  const { description, words, contact } = named[locale]
  const base = { at: morning, by: '1001' }
  const [departmentId, resolveBy] = ['D-01', at('2026-03-16 18:00')]
  const moved = { deadlineVersion: 2, resolveBy }
  return [
    { ...base, event: 'dispatched', departmentId, routedBy: 'routing-table', tier: 'B', description },
    { ...base, event: 'accepted', departmentId },
    { ...base, event: 'replied', departmentId, message: words },
    { ...base, event: 'transferred', fromDepartmentId: 'D-02', departmentId, reason: 'SECRET' },
    { ...base, event: 'asked', departmentId, request: 'extension', workingDays: 5, words: 'SECRET' },
    { ...base, event: 'decided', request: 'extension', decision: 'approved', remark: 'SECRET' },
    { ...base, event: 'extended', workingDays: 5, reason: words, ...moved },
    { ...base, event: 'paused', waitingFor: 'enterprise', reason: words, endsBy: resolveBy },
    { ...base, event: 'resumed', replyBy: resolveBy, ...moved },
    { ...base, event: 'tier-changed', fromTier: 'A', tier: 'B', reason: 'SECRET', ...moved },
    { ...base, event: 'deadlines-recomputed', acceptBy: resolveBy, replyBy: resolveBy, ...moved },
    { ...base, event: 'warned', clock: 'resolve', dueBy: resolveBy },
    { ...base, event: 'escalated', clock: 'resolve', level: 1, dueBy: resolveBy },
    { ...base, event: 'acknowledged', departmentId, level: 1 },
    { ...base, event: 'merged', intoIssueId: '2026-000007', departmentId, reason: 'SECRET' },
    { ...base, event: 'joined', issueId: '2026-000008' },
    { ...base, event: 'separated', fromIssueId: '2026-000007', reason: 'SECRET', replyBy: resolveBy, ...moved },
    { ...base, event: 'left', issueId: '2026-000008' },
    { ...base, event: 'directed', sessionId: 'S2026-000001', decision: 1, fromDepartmentId: 'D-02', departmentId, what: words, ...moved },
    { ...base, event: 'informed', words },
    { ...base, event: 'explained', departmentId, message: words },
    { ...base, event: 'resolved', departmentId, message: words },
    { ...base, event: 'rated', rating: 1, words },
    { ...base, event: 'reopened', level: 1, ...moved },
    { ...base, event: 'call-back-due' },
    { ...base, event: 'called-back', rating: 4, asked: contact, askedAt: morning },
    { ...base, event: 'closed', closedBy: 'call-back' },
    { ...base, event: 'closed', closedBy: 'override', reason: 'SECRET' },
    { ...base, event: 'withdrawn', words },
  ]
}

/** One confirmed, one denied, one of which nothing was said, one of which too much was. */
const visitsIn = (locale: Locale): readonly ShownVisit[] => {
  const { officer, words } = named[locale]
  const visit = (visitId: string, visitedOn: string, mode: VisitMode): Visit =>
    ({ visitId, officerId: '1001', enterpriseId: creditCodeOf(1), visitedOn, mode, summary: 'SECRET', counted: true, recordedAt: '2026-03-02T10:00:00+08:00', recordedBy: '1001' })
  const said = (...answers: readonly boolean[]) => answers.map(came => ({ came, at: morning, ...(came ? {} : { words }) }))
  return [
    { visit: visit('V1', '2026-03-02', 'onsite'), officerName: officer, answers: said(true) },
    { visit: visit('V2', '2026-02-20', 'office'), officerName: officer, answers: said(true, false) },
    { visit: visit('V3', '2026-02-12', 'session'), officerName: officer, answers: [] },
    { visit: visit('V4', '2026-01-30', 'phone'), officerName: officer, answers: said(true, false, true, false, true) },
    { visit: visit('V5', '2026-01-12', 'online'), officerName: officer, answers: [] },
  ]
}

const samples = (locale: Locale): Record<string, string> => {
  const pen = penAt(locale)
  const list = { enterpriseName: named[locale].enterprise, issues: [{ issue: issueIn(locale), departmentName: named[locale].department }], awaiting: 0, page: 1, pages: 1, hasMore: false, cases: [], hasMoreCases: false, isRoundMonth: false }
  const wrong = enteredOf('new-issue', { title: named[locale].title }, [{ path: 'subject', code: 'required' }, { path: 'title', code: 'too-long', values: { limit: 100 } }, { path: 'description', code: 'required' }], pen)
  const faultless = enteredOf('new-issue', { title: named[locale].title, subject: 'facilities/power' }, [], pen)
  const once = '-'.repeat(22)
  const issue = issueIn(locale)
  const resolved = { status: 'resolved', resolvedAt: morning } as const
  const closed = { status: 'closed', closing: { by: 'rating', at: morning, rating: 4 } } as const
  const overtaken = (form: Entered['form'], values: Entered['values']): Entered => ({ form, values, faults: [], isOvertaken: true })
  return {
    dispatched: page(locale),
    'dispatched-not-accepted': page(locale, {}, '2026-03-04 09:00'),
    'dispatched-overdue': page(locale, {}, '2026-04-20 09:00'),
    'handed-on': page(locale, accepted(issue)),
    accepted: page(locale, { status: 'accepted', ...accepted(issue) }),
    'accepted-overdue': page(locale, { status: 'accepted', ...accepted(issue) }, '2026-04-20 09:00'),
    reopened: page(locale, { status: 'accepted', reopened: [{ resolvedAt: morning, by: morning, at: morning }] }),
    'paused-enterprise': page(locale, pausedFor('enterprise')),
    'paused-outside-body': page(locale, pausedFor('outside-body')),
    'paused-ending': page(locale, pausedFor('enterprise'), '2026-03-30 18:01'),
    merged: page(locale, { status: 'merged', mergedInto: '2026-000007' }),
    resolved: page(locale, resolved),
    explained: page(locale, { ...resolved, explained: true }),
    'closed-rating': page(locale, closed),
    'closed-override': page(locale, { status: 'closed', closing: { by: 'override', at: morning } }),
    withdrawn: page(locale, { status: 'withdrawn', withdrawnAt: morning }),
    events: pageWith(locale, eventsIn(locale), { status: 'accepted' }),
    'overtaken-to-send-again': page(locale, resolved, undefined, overtaken('rating', { rating: '2', words: named[locale].words })),
    'overtaken-rating': page(locale, closed, undefined, overtaken('rating', { rating: '1', words: named[locale].words })),
    'overtaken-rating-reopened': page(locale, { status: 'accepted' }, undefined, overtaken('rating', { rating: '5' })),
    'overtaken-withdrawal': page(locale, closed, undefined, overtaken('withdrawal', { confirmed: 'yes' })),
    visits: visitsPage(visitsIn(locale), path, pen),
    'visits-empty': visitsPage([], path, pen),
    officer: officerPage(officerIn(locale), path, pen),
    'officer-rated': officerPage({ ...officerIn(locale), hasRated: true }, path, pen),
    'officer-refused': officerPage(officerIn(locale), path, pen, { form: 'officer', values: {}, faults: [{ field: 'rating', message: pen.say('请选择满意程度', 'Please choose how satisfied you are') }] }),
    'officer-overtaken': officerPage(officerIn(locale), path, pen, { form: 'officer', values: {}, faults: [], isOvertaken: true }),
    'officer-not-now': officerPage(undefined, path, pen),
    'visits-refused': visitsPage(visitsIn(locale), path, pen, { visitId: 'V3', words: named[locale].words, message: pen.say('不超过500个字符', 'At most 500 characters') }),
    'case-running': casePageIn(locale),
    'case-late': casePageIn(locale, {}, '2026-03-20 10:00'),
    'case-waiting': casePageIn(locale, { steps: withStatus(locale, 'waiting', { waits: [{ from: morning, endsBy: at('2026-03-30 18:00'), event: 3 }] }) }),
    'case-handed-over': casePageIn(locale, handedOver(locale)),
    'case-completed': casePageIn(locale, { ...handedOver(locale), status: 'completed', completedBy: 'receipt' }),
    'case-called-back': casePageIn(locale, { ...handedOver(locale), status: 'completed', completedBy: 'call-back' }),
    'case-refused': casePageIn(locale, { status: 'refused', steps: withStatus(locale, 'refused') }),
    'case-withdrawn': casePageIn(locale, { status: 'withdrawn', steps: withStatus(locale, 'dropped') }),
    'case-events': casePageWith(locale, caseEventsIn(locale)),
    'case-faults': casePageIn(locale, handedOver(locale), undefined, enteredOf('receipt', { words: named[locale].words }, [{ path: 'received', code: 'not-allowed', values: { allowed: 'yes' } }], pen)),
    'case-overtaken': casePageIn(locale, { ...handedOver(locale), status: 'completed', completedBy: 'receipt' }, undefined, overtaken('receipt', { received: 'no', words: named[locale].words })),
    'case-overtaken-to-send-again': casePageIn(locale, handedOver(locale), undefined, overtaken('receipt', { received: 'no' })),
    'list-cases': enterprisePage({ ...list, cases: [caseIn(locale, handedOver(locale)), caseIn(locale)] }, path, pen),
    'list-more-cases': enterprisePage({ ...list, cases: [caseIn(locale)], hasMoreCases: true, isRoundMonth: true }, path, pen),
    'list-empty': enterprisePage({ ...list, issues: [] }, path, pen),
    'list-first': enterprisePage({ ...list, awaiting: 1, pages: 3 }, path, pen),
    'list-last': enterprisePage({ ...list, awaiting: 2, page: 3, pages: 3, hasMore: true }, path, pen),
    'new-issue': newIssuePage({ once }, path, pen),
    'new-issue-faults': newIssuePage({ once, entered: wrong }, path, pen),
    'new-issue-no-officer': newIssuePage({ once, entered: faultless, notice: { about: 'no-officer' } }, path, pen),
    'new-issue-sent-before': newIssuePage({ once, entered: faultless, notice: { about: 'sent-before', issueId: '2026-000002' } }, path, pen),
    'closed-door': closedDoorPage(pen),
    'no-such-page': noSuchPage(pen),
    'foreign-form': foreignFormPage(pen),
    'too-much': tooMuchPage(pen),
    'too-long': tooLongPage(pen),
    'busy-sent': busyPage(true, pen),
    'busy-read': busyPage(false, pen),
  }
}

const caseIn = (locale: Locale, but: Partial<Case> = {}): Case => {
  const steps = aTemplate().steps.map((step, at) => ({ ...step, title: (locale === 'en' ? ['Site survey', 'Review of the drawings', 'Permit'] : ['现场踏勘', '施工图审查', '核发许可'])[at] ?? '' }))
  return { ...aCase({ template: aTemplate({ steps }), entered: { title: locale === 'en' ? 'Building permit' : '二期厂房施工许可' } }), ...but }
}

const withStatus = (locale: Locale, status: Step['status'], but: Partial<Step> = {}): Step[] => caseIn(locale).steps.map((step, at) => (at === 0 ? { ...step, status, ...but } : step))

const handedOver = (locale: Locale): Partial<Case> => ({
  status: 'handed-over',
  handedOverAt: at('2026-03-02 10:30'),
  steps: caseIn(locale).steps.map(step => ({ ...step, status: 'finished', actualWorkingDays: 1, clock: { from: morning, days: step.promisedWorkingDays, by: at('2026-03-05 18:00'), provisional: false, doneAt: at('2026-03-02 10:30') } })),
})

const casePageIn = (locale: Locale, but: Partial<Case> = {}, now?: string, entered?: Entered): string => casePageWith(locale, caseEventsIn(locale).slice(0, 1), but, now, entered)

const casePageWith = (locale: Locale, events: readonly CaseEvent[], but: Partial<Case> = {}, now?: string, entered?: Entered): string => {
  const { officer, department } = named[locale]
  const shown: ShownCase = { it: caseIn(locale, { eventCount: events.length, ...but }), events, reckoning: { calendar: shippedCalendar, timeZone: zone }, nameOfDepartment: () => department, nameOfOfficer: () => officer }
  return casePage(shown, path, penAt(locale, now), entered)
}

/** One of each kind that the enterprise is told of, and of each that it is not. */
const caseEventsIn = (locale: Locale): readonly CaseEvent[] => {
  const { words, contact } = named[locale]
  const base = { at: morning, by: '1001' }
  const step = { stepId: 'survey', departmentId: 'D-01' }
  const dueBy = at('2026-03-16 18:00')
  return [
    { ...base, event: 'opened', title: '', remark: words, ready: ['survey'] },
    { ...base, event: 'step-started', ...step },
    { ...base, event: 'step-waiting', ...step, reason: words, needed: words, endsBy: dueBy },
    { ...base, event: 'step-resumed', ...step, deadlineVersion: 2, dueBy },
    { ...base, event: 'step-warned', ...step, dueBy },
    { ...base, event: 'step-escalated', ...step, level: 1, dueBy },
    { ...base, event: 'step-acknowledged', ...step, level: 1 },
    { ...base, event: 'step-finished', ...step, words, workingDays: 2, ready: [] },
    { ...base, event: 'step-refused', ...step, reason: words },
    { ...base, event: 'reassigned', from: '1001', officerId: '1002', follows: true, steps: ['survey'], reason: 'reason of the office' },
    { ...base, event: 'reassigned', from: '1001', officerId: '1002', follows: false, steps: ['survey', 'drawings'], reason: 'reason of the office' },
    { ...base, event: 'handed-over', departmentId: 'D-01', words, workingDays: 1 },
    { ...base, event: 'receipt', received: false, words },
    { ...base, event: 'returned', departmentId: 'D-01', level: 1, deadlineVersion: 2, dueBy },
    { ...base, event: 'call-back-due' },
    { ...base, event: 'called-back', received: true, words, asked: contact, askedAt: morning },
    { ...base, event: 'completed', completedBy: 'call-back' },
    { ...base, event: 'informed', words },
    { ...base, event: 'withdrawn', reason: words },
    { ...base, event: 'deadlines-recomputed', steps: [{ stepId: 'survey', dueBy }] },
  ]
}

/** What a page says, a line for each part of it. */
const textOf = (html: string): string =>
  html
    .replace(/<style[^]*?<\/style>/g, '')
    .replace(/<optgroup label="([^"]*)">/g, '\n$1: ')
    .replace(/<\/option>/g, ' ')
    .replace(/<\/(title|p|h1|h2|li|dd|label|legend|blockquote|summary|button|header|footer|fieldset|nav|a)>/g, '\n')
    .replace(/<\/dt>/g, ': ')
    .replace(/<[^>]*>/g, '')
    .replace(/ +\n/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim()

const names = Object.keys(samples('zh-CN'))

test.each(names)('the page %s reads as it did', async name => {
  const readable = locales.map(locale => textOf(samples(locale)[name] ?? '')).join(`\n${'='.repeat(60)}\n`)
  await expect(`${readable}\n`).toMatchFileSnapshot(`enterprise-page-texts/${name}.txt`)
})

test.each(names)('the page %s in English has no Chinese in it', name => {
  expect(textOf(samples('en')[name] ?? '')).not.toMatch(/\p{Script=Han}|[，。：；、（）“”【】]/u)
})

test.each(names)('the page %s in Chinese has no English in it', name => {
  const text = textOf(samples('zh-CN')[name] ?? '')
  expect(text).not.toMatch(/[a-z]{2}/i)
  expect(text).not.toMatch(/[\u4e00-\u9fff][,;!?(]/)
})

describe.each(locales)('every page in %s', locale => {
  test.each(Object.entries(samples(locale)))('%s is complete, small, and each of its ids is one', (_, html) => {
    expect(textOf(html)).not.toMatch(/undefined|null|NaN|\[object|[{}]|SECRET|。。|，，/)
    expect(Buffer.byteLength(html)).toBeLessThan(30_000)
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test.each(['"', '很', '𠮷', '&'])('an issue full of %s stays small, with its newest entry and its forms', character => {
    const replies = Array.from({ length: 40 }, (_, nth): TimelineEvent => ({ at: morning, by: '1001', event: 'replied', departmentId: 'D-01', message: `${nth + 1}# ${character.repeat(1_990)}` }))
    const issue = issueIn(locale, { title: character.repeat(100), status: 'accepted' })
    const name = character.repeat(100)
    const html = issuePage({ issue, departmentName: name, officerName: name.slice(0, 50), description: character.repeat(5_000), events: replies.map(event => ({ event, departmentName: name })), earlierEvents: 3 }, path, penAt(locale))
    expect(Buffer.byteLength(html)).toBeLessThan(30_000)
    expect(html).toContain('>40# ')
    expect(html).toContain('id="information-form"')
    expect(html).toContain('id="withdrawal-form"')
    const shown = [...html.matchAll(/<li>/g)].length
    expect(html).toContain(locale === 'en' ? `${43 - shown} earlier entries` : `较早的 ${43 - shown} 条`)
  })

  test('ten visits of which the longest words were said fit into a page', () => {
    const [shown] = visitsIn(locale)
    if (shown === undefined) throw new Error('there is no visit')
    const visits = Array.from({ length: 10 }, (_, nth) => ({ ...shown, visit: { ...shown.visit, visitId: `${'9'.repeat(40)}${nth}` }, officerName: '"'.repeat(50), answers: [{ came: false, words: '"'.repeat(500), at: morning }] }))
    expect(Buffer.byteLength(visitsPage(visits, path, penAt(locale)))).toBeLessThan(30_000)
  })

  test('twenty issues with the longest names fit into a page', () => {
    const issues = Array.from({ length: 20 }, () => ({ issue: issueIn(locale, { title: '"'.repeat(100) }), departmentName: '"'.repeat(100) }))
    const html = enterprisePage({ enterpriseName: '"'.repeat(200), issues, awaiting: 20, page: 2, pages: 10, hasMore: true, cases: [], hasMoreCases: true, isRoundMonth: true }, path, penAt(locale, '2026-04-20 09:00'))
    expect(Buffer.byteLength(html)).toBeLessThan(30_000)
  })

  test('and so do twenty issues beside five cases', () => {
    const issues = Array.from({ length: 20 }, () => ({ issue: issueIn(locale, { title: '"'.repeat(100) }), departmentName: '"'.repeat(100) }))
    const it = aCase({ entered: { title: '"'.repeat(100) } })
    const waiting: Case = { ...it, steps: it.steps.map(step => ({ ...step, title: '"'.repeat(100), status: 'waiting' })) }
    const list = { enterpriseName: '"'.repeat(200), issues, awaiting: 20, page: 1, pages: 10, hasMore: true, cases: Array.from({ length: 5 }, () => waiting), hasMoreCases: true, isRoundMonth: true }
    expect(Buffer.byteLength(enterprisePage(list, path, penAt(locale, '2026-04-20 09:00')))).toBeLessThan(30_000)
  })

  test.each(['"', '很', '𠮷', '&'])('a case of twenty-one steps full of %s stays small, with its steps, its newest entry and its form', character => {
    const title = character.repeat(100)
    const steps = Array.from({ length: 20 }, (_, nth) => ({ stepId: `s${nth}`, title, departmentId: 'D-01', after: [], statutoryWorkingDays: 250, promisedWorkingDays: 250, mode: 'accompany' as const }))
    const it = aCase({ template: aTemplate({ steps }), entered: { title } })
    const events = Array.from({ length: 60 }, (_, nth): CaseEvent => ({ at: morning, by: '1001', event: 'step-waiting', stepId: 's1', departmentId: 'D-01', reason: title.repeat(5), needed: `${nth + 1}# ${title.repeat(9)}`, endsBy: morning }))
    const html = casePage({ it: { ...it, eventCount: 90 }, events, reckoning: { calendar: shippedCalendar, timeZone: zone }, nameOfDepartment: () => title, nameOfOfficer: () => title.slice(0, 100) }, path, penAt(locale, '2026-03-02 11:00'))
    expect(Buffer.byteLength(html)).toBeLessThan(30_000)
    expect(html).toContain('60# ')
    expect(html).toContain('id="information-form"')
    expect([...html.matchAll(/<b>/g)]).toHaveLength(21)
  })
})

test('a text is cut by what it weighs once it is safe, between characters', () => {
  expect(fitting('很好', 6)).toBe('很好')
  for (let bytes = 3; bytes < 60; bytes++) {
    const cut = fitting('<"很𠮷&'.repeat(20), bytes)
    expect(weightOf(cut)).toBeLessThanOrEqual(bytes)
    expect(cut.endsWith('…') && cut.isWellFormed()).toBe(true)
  }
})

describe('a field takes as much as the form that it is of', () => {
  const schemas: Readonly<Record<string, z.ZodMiniObject>> = {
    receipt: receiptForm, rating: ratingForm, information: informationForm, withdrawal: withdrawalForm, issues: newIssueForm, confirmation: confirmationForm,
  }
  const fields = Object.values(samples('en')).flatMap(html =>
    [...html.matchAll(/<form method="post" action="[^"]*\/(\w+)"[\s\S]*?<\/form>/g)].flatMap(([form, name = '']) =>
      [...form.matchAll(/name="(\w+)" maxlength="(\d+)"/g)].map(([, field = '', limit = '']) => `${name} ${field} ${limit}`)))

  test.each([...new Set(fields)].sort())('%s', written => {
    const [name = '', field = '', limit = ''] = written.split(' ')
    const schema = z.pick(schemas[name] ?? expect.fail(`no form ${name}`), { [field]: true })
    const takes = (length: number) => schema.safeParse({ [field]: '字'.repeat(length) }).success
    expect([takes(Number(limit)), takes(Number(limit) + 1)]).toEqual([true, false])
  })

  test('and there is one of each', () => {
    expect([...new Set(fields.map(written => written.split(' ')[0]))].sort()).toEqual(Object.keys(schemas).sort())
  })
})
