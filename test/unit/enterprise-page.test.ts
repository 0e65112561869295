import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { enterprisePage } from '../../functions/pages/enterprise-page.ts'
import type { Entered } from '../../functions/pages/form.ts'
import { issuePage } from '../../functions/pages/issue-page.ts'
import { pagePenFor, type PagePen } from '../../functions/pages/layout.ts'
import { busyPage, closedDoorPage, foreignFormPage, noSuchPage, tooLongPage, tooMuchPage } from '../../functions/pages/message-page.ts'
import { newIssuePage } from '../../functions/pages/new-issue-page.ts'
import { enteredOf } from '../../functions/pages/sent-form.ts'
import { visitsPage, type ShownVisit } from '../../functions/pages/visits-page.ts'
import { locales, type Locale } from '../../shared/calendar/wording.ts'
import { confirmationForm, informationForm, newIssueForm, ratingForm, withdrawalForm } from '../../shared/contract/pages.ts'
import type { Issue, TimelineEvent } from '../../shared/issue/issue.ts'
import { fitting, weightOf } from '../../shared/page/markup.ts'
import type { VisitMode } from '../../shared/policy/policy.ts'
import type { Visit } from '../../shared/visit/visit.ts'
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
  const list = { enterpriseName: named[locale].enterprise, issues: [{ issue: issueIn(locale), departmentName: named[locale].department }], awaiting: 0, page: 1, pages: 1, hasMore: false }
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
    reopened: page(locale, { status: 'accepted', reopened: [{ resolvedAt: morning, at: morning }] }),
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
    'visits-refused': visitsPage(visitsIn(locale), path, pen, { visitId: 'V3', words: named[locale].words, message: pen.say('不超过500个字符', 'At most 500 characters') }),
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
    const html = enterprisePage({ enterpriseName: '"'.repeat(200), issues, awaiting: 20, page: 2, pages: 10, hasMore: true }, path, penAt(locale, '2026-04-20 09:00'))
    expect(Buffer.byteLength(html)).toBeLessThan(30_000)
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
    rating: ratingForm, information: informationForm, withdrawal: withdrawalForm, issues: newIssueForm, confirmation: confirmationForm,
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
