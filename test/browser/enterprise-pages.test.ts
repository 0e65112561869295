import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { finishStep, getCase, openCase, putTemplate, startStep, waitInStep } from '../../shared/contract/cases.ts'
import { acceptIssue, askForExplanation, askForPause, decideRequest, getIssue, replyToIssue, resolveIssue, submitIssue } from '../../shared/contract/issues.ts'
import { appealAgainstNotice, decideOnAppeal, draftNotice, publishNotice, withdrawNotice } from '../../shared/contract/notices.ts'
import { putOfficer } from '../../shared/contract/roster.ts'
import { recordVisit } from '../../shared/contract/visits.ts'
import { enterpriseOf, foundDistrict, idOf, type District } from '../integration/api/district.ts'
import { startWorld } from '../integration/api/world.ts'
import { launchChromium } from './chromium.ts'
import { demandReadable, pictures, sizes, violationsOn, type Size } from './reading.ts'

let browser: Browser
let district: District
/** The path of the page of an issue that waits for its rating. */
let waiting: string

const submit = async (title: string) =>
  (await district.officer.ask(submitIssue, { body: { enterpriseId: enterpriseOf.officer, category: 'facilities', subcategory: 'roads', title, description: '厂区门前二百米道路尚未接通，货车须绕行。\n希望年底前接通。' } })).body.issueId

const resolved = async (title: string): Promise<string> => {
  const issueId = await submit(title)
  const params = { issueId }
  const accepted = await district.handler.ask(acceptIssue, { params, ifMatch: '"1"' })
  const replied = await district.handler.ask(replyToIssue, { params, ifMatch: accepted.etag, body: { message: '已现场查看，本周进场施工。' } })
  await district.handler.ask(resolveIssue, { params, ifMatch: replied.etag, body: { message: '道路已接通，请查看。' } })
  const mails = (await district.mail({ to: 'contact-officer@example.com', kind: 'issue-resolved' })).filter(({ subject }) => subject.includes(issueId))
  return /\/p\/[\w-]{43}\/issues\/[\d-]+/.exec(mails.at(-1)?.text ?? '')?.[0] ?? expect.fail('no link was mailed')
}

const own = (): string => waiting.slice(0, waiting.indexOf('/issues'))
const pageOf = (issueId: string): string => `${own()}/issues/${issueId}`

/** Paths of pages of issues in other states. */
const states = { paused: '', explained: '', withdrawn: '', full: '', case: '', handedOver: '' }
/** Ids of published notices. */
const notices = { criticism: '', commendation: '', withdrawn: '' }

const etagOf = async (issueId: string): Promise<string> => (await district.supervisor.ask(getIssue, { params: { issueId } })).etag

/** An issue whose director has approved what the handler asks for. */
const approved = async (title: string, ask: (issueId: string, etag: string) => Promise<{ etag: string }>): Promise<string> => {
  const issueId = await submit(title)
  const params = { issueId }
  const accepted = await district.handler.ask(acceptIssue, { params, ifMatch: '"1"' })
  const asked = await ask(issueId, accepted.etag)
  await district.director.ask(decideRequest, { params, ifMatch: asked.etag, body: { decision: 'approved' } })
  return issueId
}

const departments = ['D-02', 'D-03'] as const
/** An approval with a step in each department; one of it waits for the enterprise, the other's result has been handed over. */
const makeCases = async (): Promise<void> => {
  const step = (stepId: string, title: string, departmentId: string, after: string[] = []) => ({ stepId, title, departmentId, after, statutoryWorkingDays: 10, promisedWorkingDays: 3, mode: 'accompany' })
  const steps = [step('survey', '现场踏勘', departments[0]), step('review', '施工图审查', departments[1]), step('permit', '核发建设工程施工许可证', departments[0], ['survey', 'review'])]
  await district.supervisor.ask(putTemplate, { params: { templateId: 'T-01' }, body: { title: '施工许可', subcategory: 'construction', steps, handover: { departmentId: departments[0], workingDays: 1 } } })
  const open = async (title: string) => district.officer.ask(openCase, { body: { templateId: 'T-01', enterpriseId: enterpriseOf.officer, title, remark: '企业计划四月开工。' } })
  const running = await open('二期厂房施工许可')
  states.case = running.body.caseId
  const waiting = { caseId: states.case, stepId: 'survey' }
  const started = await district.handler.ask(startStep, { params: waiting, ifMatch: running.etag })
  await district.handler.ask(waitInStep, { params: waiting, ifMatch: started.etag, body: { reason: '报送的施工图缺少签章。', needed: '请补交经审图机构盖章的施工图一套。' } })
  const opened = await open('一期厂房施工许可')
  const { caseId } = opened.body
  let { etag } = opened
  states.handedOver = caseId
  for (const stepId of ['survey', 'review', 'permit', 'handover']) {
    const worker = stepId === 'review' ? district['other-handler'] : district.handler
    const begun = await worker.ask(startStep, { params: { caseId, stepId }, ifMatch: etag })
    etag = (await worker.ask(finishStep, { params: { caseId, stepId }, ifMatch: begun.etag, body: { words: '已办妥，许可证当面送达。' } })).etag
  }
}

/** The department hands the result over once more, so that the page can be confirmed again. */
const handOverAgain = async (): Promise<void> => {
  const params = { caseId: states.handedOver }
  const { etag } = await district.handler.ask(getCase, { params })
  await district.handler.ask(finishStep, { params: { ...params, stepId: 'handover' }, ifMatch: etag, body: { words: '已再次送达。' } })
}

const post = (path: string, fields: Record<string, string>) => fetch(district.url + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })

const makeStates = async (): Promise<void> => {
  states.paused = await approved('等待确认灯杆位置', (issueId, ifMatch) => district.handler.ask(askForPause, { params: { issueId }, ifMatch, body: { waitingFor: 'enterprise', reason: '需贵单位确认厂区北门外的灯杆位置。' } }))
  states.explained = await approved('规划道路提前实施', (issueId, ifMatch) => district.handler.ask(askForExplanation, { params: { issueId }, ifMatch, body: { message: '该路段规划为2028年实施，按现行规定不能提前；已设置临时便道。' } }))
  states.withdrawn = await submit('已自行解决的问题')
  await post(`${pageOf(states.withdrawn)}/withdrawal`, { confirmed: 'yes', reason: '已自行解决。' })
  states.full = await submit('往来很多的问题')
  for (let nth = 0; nth < 12; nth++) {
    if (nth === 0) await district.handler.ask(acceptIssue, { params: { issueId: states.full }, ifMatch: '"1"' })
    await district.handler.ask(replyToIssue, { params: { issueId: states.full }, ifMatch: await etagOf(states.full), body: { message: `第${nth + 1}次答复。${'已安排施工单位进场，请予配合。'.repeat(100)}` } })
  }
}

/** A criticism that was upheld, praise, and praise that was taken back. */
const makeNotices = async (): Promise<void> => {
  await district.admin.ask(putOfficer, { params: { officerId: '0003' }, body: { name: '周示例', email: 'deciding@district.example', departmentId: 'D-03', roles: ['supervisor'] } })
  const deciding = await district.as('deciding@district.example')
  const criticism = await district.supervisor.ask(draftNotice, { body: { kind: 'criticism', officerId: idOf('stranger'), title: '2026年1月、2月走访未达标', text: '连续两个月走访未达到要求：2026年1月有1家结对企业未达标，应走访2次，计入0次。\n\nVisits were missing in two months running.' } })
  notices.criticism = criticism.body.noticeId
  const params = { noticeId: notices.criticism }
  const appealed = await district.stranger.ask(appealAgainstNotice, { params, ifMatch: criticism.etag, body: { reason: '企业春节停工' } })
  const upheld = await deciding.ask(decideOnAppeal, { params, ifMatch: appealed.etag, body: { decision: 'upheld', remark: '企业已于2月初复工。' } })
  await district.supervisor.ask(publishNotice, { params, ifMatch: upheld.etag })
  const praise = async (title: string): Promise<string> => {
    const drafted = await district.director.ask(draftNotice, { body: { kind: 'commendation', departmentId: 'D-02', title, text: '主动协调供电部门，三日内解决厂区停电问题，企业来信致谢。' } })
    // The supervisor of the district is of that department.
    await deciding.ask(publishNotice, { params: { noticeId: drafted.body.noticeId }, ifMatch: drafted.etag })
    return drafted.body.noticeId
  }
  notices.commendation = await praise('三日解决厂区停电')
  notices.withdrawn = await praise('登记有误的表扬')
  await deciding.ask(withdrawNotice, { params: { noticeId: notices.withdrawn }, ifMatch: '"2"', body: { reason: '事迹登记有误，另行核实。' } })
}

beforeAll(async () => {
  browser = await launchChromium()
  district = await foundDistrict(await startWorld('2026-03-02 10:00'))
  await submit('园区夜间照明不足，职工下班不安全')
  for (const visitedOn of ['2026-02-27', '2026-03-02']) await district.officer.ask(recordVisit, { body: { enterpriseId: enterpriseOf.officer, visitedOn, mode: 'onsite', summary: '了解经营情况' } })
  waiting = await resolved('门前道路未接通')
  await makeStates()
  await makeCases()
  await makeNotices()
})
afterAll(async () => {
  await browser.close()
  await district.close()
})

const openAt = async (size: Size, path: string, { locale = 'zh-CN', script = true }: { locale?: string; script?: boolean } = {}): Promise<Page> => {
  const context = await browser.newContext({ viewport: sizes[size], locale, javaScriptEnabled: script, bypassCSP: script })
  const page = await context.newPage()
  await page.goto(district.url + path)
  return page
}

const noToken = '-'.repeat(43)

const pages: Record<string, () => string> = {
  enterprise: own,
  issue: () => waiting,
  'new-issue': () => `${own()}/new`,
  visits: () => `${own()}/visits`,
  'closed-door': () => `/p/${noToken}`,
  'no-such-page': () => `${own()}?page=99`,
  paused: () => pageOf(states.paused),
  explained: () => pageOf(states.explained),
  withdrawn: () => pageOf(states.withdrawn),
  full: () => pageOf(states.full),
  case: () => `${own()}/cases/${states.case}`,
  notices: () => '/notices',
  'notice-of-an-officer': () => `/notices/${notices.criticism}`,
  'notice-of-a-department': () => `/notices/${notices.commendation}`,
  'notice-withdrawn': () => `/notices/${notices.withdrawn}`,
  'no-such-notice': () => '/notices/none',
  'case-handed-over': () => `${own()}/cases/${states.handedOver}`,
}

const sizeOf = async (path: string): Promise<number> => (await (await fetch(district.url + path)).arrayBuffer()).byteLength

describe.each(Object.keys(sizes) as Size[])('on a %s', size => {
  describe.each(['zh-CN', 'en'])('in %s', locale => {
    test.each(Object.entries(pages))('the page of the %s can be read by everybody', async (name, pathOf) => {
      const page = await openAt(size, pathOf(), { locale })
      expect(await sizeOf(pathOf())).toBeLessThan(30_000)
      await demandReadable(page, `${name}-${locale}-${size}`, locale)
      for (const details of await page.locator('summary').all()) {
        await details.click()
        await demandReadable(page, `${name}-unfolded-${locale}-${size}`, locale)
      }
      await page.context().close()
    })
  })

  test('without script and without a link, what was published is found and read by keyboard alone', async () => {
    const page = await openAt(size, '/notices', { script: false })
    await page.focus(`a[href="/notices/${notices.commendation}"]`)
    await page.keyboard.press('Enter')
    await page.waitForSelector('blockquote')
    expect(await page.textContent('h1')).toBe('三日解决厂区停电')
    await page.context().close()
  })

  test('without script, a result is confirmed by keyboard alone', async () => {
    const page = await openAt(size, `${own()}/cases/${states.handedOver}`, { script: false })
    await page.focus('#words')
    await page.keyboard.type('还差副本一份')
    await page.focus('#received-yes')
    await page.keyboard.press('ArrowDown')
    await page.focus('button')
    await page.keyboard.press('Enter')
    await page.waitForSelector('text=正在办理')
    expect(await page.textContent('main')).toContain('还差副本一份')
    await page.context().close()
    await handOverAgain()
  })

  test('without script, the form is filled in and sent by keyboard alone', async () => {
    const path = await resolved(`键盘评价 ${size}`)
    const page = await openAt(size, path, { script: false })
    await page.focus('#words')
    await page.keyboard.type('还差最后一段')
    await page.focus('#r5')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.focus('button')
    await page.keyboard.press('Enter')
    await page.waitForSelector('text=您的评价：')
    expect(await page.textContent('.state')).toContain('您的评价：基本满意')
    expect(await page.textContent('ol.events')).toContain('还差最后一段')
    await page.screenshot({ path: `${pictures}rated-${size}.png`, fullPage: true })
    await page.context().close()
  })

  test('what was entered stays, and the page says what is missing', async () => {
    const path = await resolved(`漏选评价 ${size}`)
    const page = await openAt(size, path)
    await page.evaluate("document.querySelector('form').noValidate = true")
    await page.fill('#words', '还有一段没有接通')
    await page.click('button')
    await page.waitForSelector('[role=alert]')
    expect(await page.textContent('[role=alert]')).toContain('请选择满意程度')
    expect(await page.inputValue('#words')).toBe('还有一段没有接通')
    expect(await violationsOn(page)).toEqual([])
    await page.screenshot({ path: `${pictures}faults-${size}.png`, fullPage: true })
    await page.context().close()
  })

  test.each(['zh-CN', 'en'])('in %s, every form says what is wrong beside the fields, and keeps what was entered', async locale => {
    const asked = await resolved(`填写有误 ${size} ${locale}`)
    const forms = { rating: [asked, 'rating', 'words'], information: [pageOf(states.paused), 'information', undefined], withdrawal: [pageOf(states.paused), 'withdrawal', 'reason'], 'new-issue': [`${own()}/new`, 'new-issue', 'title'] } as const
    for (const [name, [path, form, field]] of Object.entries(forms)) {
      const page = await openAt(size, path, { locale })
      for (const details of await page.locator('summary').all()) await details.click()
      await page.evaluate(`document.getElementById('${form}-form').noValidate = true`)
      if (field !== undefined) await page.fill(`#${field}`, '上周停电两次')
      await page.click(`#${form}-form button`)
      await page.waitForSelector('[role=alert]')
      if (field !== undefined) expect(await page.inputValue(`#${field}`)).toBe('上周停电两次')
      expect(await page.locator('.error').count()).toBeGreaterThan(0)
      // What is to be corrected can be gone to from the list of it.
      for (const link of await page.locator('[role=alert] a').all()) expect(await page.locator(`[id="${(await link.getAttribute('href'))?.slice(1) ?? ''}"]`).count()).toBe(1)
      expect(Buffer.byteLength(await page.content())).toBeLessThan(30_000)
      await demandReadable(page, `faults-${name}-${locale}-${size}`, locale)
      await page.context().close()
    }
  })

  test.each(['zh-CN', 'en'])('in %s, what comes too late is kept, and the page says what can be done with it', async locale => {
    const path = await resolved(`评价已晚 ${size} ${locale}`)
    const page = await openAt(size, path, { locale })
    await page.check('#r1')
    await page.fill('#words', '还有一段没有接通')
    const [, resolution = ''] = /name="resolution" value="(\d+)"/.exec(await page.content()) ?? []
    await post(`${path}/rating`, { rating: '5', resolution })
    await page.click('#rating-form button')
    await page.waitForSelector('[role=alert]')
    expect(await page.textContent('[role=alert]')).toContain('还有一段没有接通')
    await demandReadable(page, `overtaken-${locale}-${size}`, locale)
    await page.context().close()
  })

  test('without script, an enterprise says that somebody came, and that nobody did', async () => {
    const page = await openAt(size, own(), { script: false })
    await page.click('text=走访记录')
    await page.locator('button[value=yes]').first().focus()
    await page.keyboard.press('Enter')
    await page.waitForSelector('text=贵单位已确认属实')
    await page.locator('summary').last().click()
    await page.locator('textarea').last().fill('当日无人来访')
    await page.locator('button[value=no]').last().click()
    await page.waitForSelector('text=贵单位反映不属实')
    expect(await page.textContent('ul.issues')).toContain('当日无人来访')
    await page.screenshot({ path: `${pictures}visits-answered-${size}.png`, fullPage: true })
    await page.context().close()
  })

  test('without script, a new issue is raised by keyboard alone', async () => {
    const page = await openAt(size, own(), { script: false })
    await page.click('text=反映新问题')
    await page.focus('#subject')
    for (let times = 0; times < 5; times++) await page.keyboard.press('ArrowDown')
    await page.focus('#title')
    await page.keyboard.type('厂区频繁停电')
    await page.keyboard.press('Tab')
    await page.keyboard.type('本周停电两次，每次约一小时。')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForSelector('ol.events')
    expect(await page.textContent('h1')).toBe('厂区频繁停电')
    expect(await page.textContent('dl')).toContain('配套 · 电')
    await page.context().close()
  })

  test('without script, information is added and an issue is taken back', async () => {
    const path = pageOf(await submit(`撤回 ${size}`))
    const page = await openAt(size, path, { script: false })
    await page.fill('#information', '图纸已备齐')
    await page.click('#information-form button')
    await page.waitForSelector('text=贵单位补充情况')
    await page.click('summary')
    await page.check('#confirmed')
    await page.click('#withdrawal-form button')
    await page.waitForSelector('text=贵单位已撤回')
    await page.context().close()
  })
})
