import { describe, expect, test } from 'vitest'
import { stepsAtMost } from '../../shared/case/template.ts'
import { formatDate, formatDateTime, locales, type Locale } from '../../shared/calendar/wording.ts'
import type { MailFacts } from '../../shared/mail/facts.ts'
import { systemName } from '../../shared/mail/letter.ts'
import { roundClosesOn } from '../../shared/officer-rating/round.ts'
import { writeLetter } from '../../shared/mail/letters/index.ts'
import { columnsOf } from '../../shared/mail/render-columns.ts'
import { renderHtml, renderMail } from '../../shared/mail/render.ts'
import { bulletinLinkSample, caseLinkSample, issueIn, letterSamples, linkSample, officerLinkSample, settingsOf, timeZone, withTexts } from './letter-samples.ts'

const write = (facts: MailFacts, locale: Locale, { name = '', repeated = false } = {}) => writeLetter(facts, { locale, timeZone, repeated, ...settingsOf(name, facts) })
const render = (facts: MailFacts, locale: Locale, options: { name?: string; repeated?: boolean } = {}) => renderMail(write(facts, locale, options))
const namesOf = (samples: Record<string, MailFacts>) => Object.keys(samples)

/** A mail as it is kept for people to read: all it says, in both languages. */
const readable = (name: string): string =>
  locales
    .map(locale => {
      const { subject, text } = render(sample(name, locale), locale, { name })
      return `${locale === 'en' ? 'Subject' : '主题'}: ${subject}\n\n${text}`
    })
    .join(`\n${'='.repeat(78)}\n\n`)

const sample = (name: string, locale: Locale): MailFacts => {
  const facts = letterSamples(locale)[name]
  if (facts === undefined) throw new Error(`no sample ${name}`)
  return facts
}

/** The texts of a document, without its styles and tags, which name Chinese fonts. */
const shownBy = (html: string): string => html.replace(/<!--[^]*?-->|<style[^]*?<\/style>|<[^>]*>/g, ' ')

test.each(namesOf(letterSamples('zh-CN')))('%s reads as it did', async name => {
  await expect(readable(name)).toMatchFileSnapshot(`letters/${name}.txt`)
})

describe.each(locales)('every letter in %s', locale => {
  const samples = Object.entries(letterSamples(locale))

  test.each(samples)('%s is complete', (name, facts) => {
    const { subject, text, html } = render(facts, locale, { name })
    for (const part of [subject, text, shownBy(html)]) expect(part).not.toMatch(/undefined|null|NaN|\[object|[{}]/)
    expect(text).not.toMatch(/。。|，，|：：|，。|\.\.|,,| ,| \./)
    expect(columnsOf(subject)).toBeLessThanOrEqual(120)
    expect(text).toContain(systemName[locale])
  })

  test.each(samples.filter(([, facts]) => 'issue' in facts && facts.issue !== undefined))('the subject of %s starts with the number', (_, facts) => {
    expect(render(facts, locale).subject).toMatch(/^\[2016-000123\] /)
    expect(write(facts, locale).blocks).toContainEqual(expect.objectContaining({ kind: 'reference', id: '2016-000123' }))
  })

  test.each(samples.filter(([, facts]) => 'case' in facts && facts.case !== undefined))('the subject of %s starts with the number of its case', (_, facts) => {
    expect(render(facts, locale).subject).toMatch(/^\[L2016-000012\] /)
    expect(write(facts, locale).blocks).toContainEqual(expect.objectContaining({ kind: 'reference', id: 'L2016-000012' }))
  })

  test.each(samples)('the first line of %s says by when', (name, facts) => {
    for (const date of deadlinesOf(facts, locale)) expect(write(facts, locale, { name }).lead).toContain(date)
  })

  test.each(samples.filter(([, facts]) => facts.kind !== 'mail-undeliverable'))('%s has something to act on', (name, facts) => {
    const kinds = write(facts, locale, { name }).blocks.map(block => block.kind)
    expect(kinds.includes('reference') || kinds.includes('action')).toBe(true)
  })

  test.each(samples)('%s says so when it may be a repetition, and only then', (name, facts) => {
    const notice = locale === 'en' ? 'nothing needs doing twice' : '无需重复办理'
    const [first, ...rest] = write(facts, locale, { name, repeated: true }).blocks
    expect(first).toMatchObject({ kind: 'paragraph', text: expect.stringContaining(notice) as string })
    expect(rest).toEqual(write(facts, locale, { name }).blocks)
  })
})

const deadlinesOf = (facts: MailFacts, locale: Locale): string[] => {
  switch (facts.kind) {
    case 'issue-dispatched':
      return Object.values(facts.issue.clocks).flatMap(({ by, doneAt }) => (doneAt === undefined ? [by] : [])).map(by => formatDateTime(locale, by, timeZone))
    case 'issue-unrouted':
      return [formatDateTime(locale, facts.issue.clocks.accept.by, timeZone)]
    case 'assist-answered':
    case 'issue-transferred':
    case 'issue-reopened':
      // While the clocks stand still there is no day to say.
      return ['resolved', 'paused'].includes(facts.issue.status) ? [] : [formatDateTime(locale, facts.issue.clocks.resolve.by, timeZone)]
    case 'issue-directed':
    case 'issue-asked':
      return [formatDateTime(locale, facts.issue.clocks.resolve.by, timeZone)]
    case 'issue-replied':
      return ['resolved', 'merged'].includes(facts.issue.status) ? [] : [formatDateTime(locale, facts.issue.clocks.resolve.by, timeZone)]
    case 'mail-undeliverable':
      return facts.issue === undefined || facts.issue.status === 'resolved' ? [] : [formatDateTime(locale, facts.issue.clocks.resolve.by, timeZone)]
    case 'assist-asked':
    case 'assist-warning':
    case 'assist-escalated':
    case 'issue-warning':
    case 'issue-escalated':
      return [formatDateTime(locale, facts.dueBy, timeZone)]
    case 'quota-nudge':
    case 'quota-reminder':
    case 'quota-last-call':
      return [formatDate(locale, facts.lastWorkingDay)]
    case 'issue-decided':
      return facts.issue.status === 'accepted' ? [formatDateTime(locale, facts.issue.clocks.resolve.by, timeZone)] : []
    case 'issue-moved':
      return [formatDateTime(locale, facts.move.event === 'paused' ? facts.move.endsBy : facts.move.resolveBy ?? 0, timeZone)]
    // Whoever need not come is not told when it is now.
    case 'session-cancelled':
      return facts.reason === undefined ? [] : [formatDateTime(locale, facts.session.startsAt, timeZone)]
    case 'session-invited':
    case 'session-minutes':
      return [formatDateTime(locale, facts.session.startsAt, timeZone)]
    case 'issue-informed':
      return facts.issue.status === 'accepted' ? [formatDateTime(locale, facts.issue.clocks.resolve.by, timeZone)] : []
    case 'case-step':
    case 'case-warning':
    case 'case-escalated':
    case 'case-resumed':
    case 'case-returned':
      return facts.step.status === 'finished' ? [] : [formatDateTime(locale, facts.step.by ?? 0, timeZone)]
    case 'case-waiting':
      return [formatDateTime(locale, facts.endsBy, timeZone)]
    case 'notice-drafted':
    case 'notice-proposed':
      return facts.notice.appealBy === undefined ? [] : [formatDateTime(locale, facts.notice.appealBy, timeZone)]
    case 'notices-of-month':
      return facts.appealBy === undefined ? [] : [formatDateTime(locale, facts.appealBy, timeZone)]
    case 'officer-rating-asked':
      return [formatDate(locale, roundClosesOn(facts.round))]
    case 'assessment-opened':
      return [formatDateTime(locale, facts.appealBy, timeZone)]
    // Nothing in the rules says by when.
    case 'assessment-appealed':
    case 'assessment-decided':
    case 'assessment-final':
    case 'notice-appealed':
    case 'notice-decided':
    case 'notice-published':
    case 'notice-ended':
    case 'case-opened':
    case 'case-informed':
    case 'case-reassigned':
    case 'case-ended':
    case 'case-handed-over':
    case 'case-completed':
    case 'case-call-back-due':
    case 'issue-explained':
    case 'assist-dropped':
    case 'issue-withdrawn':
    case 'issue-resolved':
    case 'issue-closed':
    case 'call-back-due':
    case 'quota-missed':
    case 'visit-joint':
    case 'visit-denied':
    case 'exemption-requested':
    case 'exemption-decided':
    case 'bulletin':
    case 'enterprise-link':
      return []
  }
}

test.each(Object.entries(letterSamples('en')))('%s in English has no Chinese in it', (name, facts) => {
  const { subject, text, html } = render(facts, 'en', { name, repeated: true })
  for (const part of [subject, text, shownBy(html)]) expect(part).not.toMatch(/\p{Script=Han}|[，。：；、（）“”【】]/u)
})

test.each(Object.entries(letterSamples('zh-CN')))('%s in Chinese has no English in it', (name, facts) => {
  const { subject, text } = render(facts, 'zh-CN', { name, repeated: true })
  const ours = withoutIds(`${subject}\n${text}`)
  expect(ours).not.toMatch(/[a-z]{2}/i)
  expect(ours).not.toMatch(/[\u4e00-\u9fff][,;:!?(]/)
})

const withoutIds = (text: string): string => text.replace(/\S+@\S+|01J5XQ2M7K8Z3|(denied\.)?1001\.20160809\.[0-9a-f]+/g, '').replaceAll(linkSample, '').replaceAll(caseLinkSample, '').replaceAll(bulletinLinkSample, '').replaceAll(officerLinkSample, '')

test('letters about the same issue share the start of their subjects', () => {
  const starts = Object.values(letterSamples('zh-CN')).filter(facts => facts.kind.startsWith('issue-')).map(facts => render(facts, 'zh-CN').subject.split(' ')[0])
  expect(new Set(starts)).toEqual(new Set(['[2016-000123]']))
})

describe.each(locales)('in %s, a provisional deadline', locale => {
  const [marked, note] = locale === 'en' ? ['(provisional)', 'Provisional: '] : ['（暂定）', '暂定：']
  const written = (name: string) => render(sample(name, locale), locale, { name }).text

  test('is marked, each by itself, and then explained', () => {
    expect(written('issue-dispatched-provisional').split(marked)).toHaveLength(1 + 3)
    expect(written('issue-dispatched-partly-provisional').split(marked)).toHaveLength(1 + 1)
    expect(written('issue-dispatched')).not.toContain(marked)
    for (const name of namesOf(letterSamples(locale))) expect([name, written(name).includes(marked)]).toEqual([name, written(name).includes(note)])
  })

  test('that has been met, or stands still, is not', () => {
    const provisional = true
    const met = issueIn(locale, { status: 'accepted', clocks: { accept: { provisional, doneAt: 1 }, reply: { provisional } } })
    expect(render({ kind: 'issue-informed', words: '', issue: met }, locale).text.split(marked)).toHaveLength(1 + 1)
    const paused = issueIn(locale, { status: 'paused', clocks: { resolve: { provisional } } })
    for (const shown of [marked, note]) expect(render({ kind: 'issue-informed', words: '', issue: paused }, locale).text).not.toContain(shown)
  })
})

/** How long the contract lets texts be, in characters; names are shorter. */
const limits: Record<string, number> = { description: 5000, text: 5000, evidence: 2000, message: 2000, reason: 500, words: 1000, remark: 500, decisionRemark: 500 }
const filledWith = (character: string) => (field: string) => character.repeat(limits[field] ?? 100)

/** What people type, and what those type who mean harm. */
const hostile: Record<string, (field: string) => string> = {
  markup: () => '<script>alert(1)</script><img src=x onerror=alert(1)>"\'&amp;</td></tr></table>',
  header: () => '标题\r\nBcc: everybody@example.org\r\n\r\n<p>正文',
  direction: () => '\u202Efdp.exe\u2066\u200f',
  rare: () => '𠮷野家（㐂𬱖䶮）🏭👩🏽‍🔧🇨🇳',
  long: filledWith('很'),
  blank: () => '',
  template: () => '{{title}} ${process.env} {0} %s',
}

describe.each(locales)('hostile facts in %s', locale => {
  test.each(Object.entries(hostile))('are neutral in every letter: %s', (name, textFor) => {
    for (const [sampleName, facts] of Object.entries(letterSamples(locale))) {
      const { subject, html, text } = render(withTexts(facts, textFor), locale, { name: sampleName })
      expect(subject).not.toMatch(/[\r\n\u202a-\u202e\u2066-\u2069]/)
      // The number, the date and what to do stay; the title gives way.
      expect(columnsOf(subject)).toBeLessThanOrEqual(140)
      if ('issue' in facts && facts.issue !== undefined) expect(subject).toMatch(/^\[2016-000123\] /)
      if ('case' in facts && facts.case !== undefined) expect(subject).toMatch(/^\[L2016-000012\] /)
      expect(html).not.toMatch(/<(script|img|p>)|[\u202a-\u202e\u2066-\u2069]/)
      expect(text).not.toMatch(/[\r\u202a-\u202e\u2066-\u2069]/)
      expect(html.isWellFormed() && subject.isWellFormed()).toBe(true)
      if (name === 'rare') expect(html).toContain('𠮷野家（㐂𬱖䶮）🏭👩🏽‍🔧🇨🇳')
    }
  })
})

test('a header cannot be started from a title', () => {
  const issue = issueIn('zh-CN', { title: '标题\r\nBcc: everybody@example.org' })
  expect(render({ kind: 'issue-dispatched', issue }, 'zh-CN').subject.split('\n')).toHaveLength(1)
})

test('a title is cut between characters, never within one', () => {
  for (let length = 0; length < 40; length++) {
    const { subject } = render({ kind: 'issue-dispatched', issue: issueIn('zh-CN', { title: 'x'.repeat(length) + '𠮷'.repeat(60) }) }, 'zh-CN')
    expect(subject.isWellFormed()).toBe(true)
    expect(subject.endsWith('…')).toBe(true)
  }
})

test.each(locales)('the largest letters in %s stay under the 102 KB that Gmail shows whole', locale => {
  // Those that take the most room in HTML, and the longest table there can be.
  for (const character of ['很', '"', '\u{20bb7}'])
    for (const [name, facts] of Object.entries(letterSamples(locale))) {
      const filled = withTexts(facts, filledWith(character))
      const lines = 'lines' in filled && filled.lines.length > 0 ? { lines: Array.from({ length: 400 }, () => filled.lines[0]) } : {}
      const projects = 'projects' in filled && filled.projects.length > 0 ? { projects: Array.from({ length: 400 }, () => filled.projects[0]) } : {}
      const steps = 'case' in filled && filled.case !== undefined ? { case: { ...filled.case, steps: Array.from({ length: stepsAtMost + 1 }, () => filled.case?.steps[0]) } } : {}
      expect(Buffer.byteLength(renderHtml(write({ ...filled, ...lines, ...projects, ...steps } as MailFacts, locale, { name })))).toBeLessThan(102_000)
    }
})

test('what does not fit into a table is counted', () => {
  const lines = Array.from({ length: 200 }, (_, index) => ({ officerName: `张${index}`, departmentName: '建设环保局', enterpriseName: '示例科技有限公司', required: 2, counted: 0 }))
  const facts: MailFacts = { kind: 'quota-missed', month: '2016-08', lines, missing: { officers: 1200, pairings: 1495 }, readerDirects: false }
  const { text } = render(facts, 'zh-CN')
  expect(text).toContain('共1,495项，以上列出60项，其余1,435项')
  expect(text.replaceAll('\n', '')).toContain('1,200名助企干部、1,495组结对')
  // In the order given: nobody is ranked.
  expect(text.indexOf('张0；')).toBeLessThan(text.indexOf('张59；'))
})
