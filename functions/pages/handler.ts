import middy from '@middy/core'
import type * as z from 'zod/mini'
import type { Locale } from '../../shared/calendar/wording.ts'
import { informationForm, pageOperations, ratingForm, withdrawalForm } from '../../shared/contract/pages.ts'
import { Problem } from '../../shared/contract/problem.ts'
import { rateIssue } from '../../shared/issue/closing.ts'
import type { Decision } from '../../shared/issue/decision.ts'
import { informOnIssue, withdrawIssue } from '../../shared/issue/enterprise-act.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import type { Rating } from '../../shared/issue/rating.ts'
import { transitions } from '../../shared/issue/transition.ts'
import { penFor, type Pen } from '../../shared/mail/letters/pen.ts'
import type { Enterprise } from '../../shared/roster/roster.ts'
import { issueKey, issueQueries } from '../adapters/issue-store.ts'
import { countAct, enterpriseBehind } from '../adapters/link-store.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import { all, type Table } from '../adapters/table.ts'
import { bytesOf } from '../http/input.ts'
import { languageOf } from '../http/language.ts'
import { knownOperation, requestLog, type Incoming, type RequestLog } from '../http/middleware.ts'
import { faultMessage, faultsOf } from '../http/problem-details.ts'
import type { Result } from '../http/result.ts'
import { changeIssue } from '../ledger/change-issue.ts'
import { closedDoorPage, enterprisePage, issuePage, messagePage, type Entered, type FormName, type Shown, type ShownIssue } from './page.ts'

export interface PagesDependencies {
  readonly table: Table
  readonly timeZone: string
  readonly locale: Locale
  readonly adminEmail: string
  readonly log: (entry: RequestLog) => void
}

/** Nothing is loaded from anywhere, nothing runs, nobody frames the page, and no address that holds a token is told to others. */
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
}

const page = (statusCode: number, body: string): Result => ({ statusCode, headers, body })

/** As many issues as a page holds within its weight; the newest. */
const issuesAtMost = 50

/** A form's fields are small, but a Chinese character of the two thousand takes nine bytes of it. */
const formLimit = 64 * 1024

/** A request whose link opens an enterprise's pages. */
interface Visit {
  readonly token: string
  readonly enterprise: Enterprise
  readonly path: string
  readonly pen: Pen
  readonly now: number
}

/** What follows from a form, for the issue as it is when that is written; nothing where it has gone on since. */
type Decide<Fields> = (current: Issue, fields: Fields) => Promise<Decision | undefined>

/**
 * The enterprise's pages. The token in the path is the whole authority: no cookie is set or read, so no other site can
 * borrow it, and only a POST changes anything.
 */
export const createPages = ({ table, timeZone, locale, adminEmail, log }: PagesDependencies) => {
  const roster = rosterStore(table)

  const penOf = (event: Incoming): Pen => penFor({ locale: languageOf(event.headers['accept-language'], locale) === 'en' ? 'en' : 'zh-CN', timeZone })

  const nameOfDepartment = async (id: string): Promise<string> => (await roster.department(id))?.name ?? id

  const shownOf = async (issue: Issue): Promise<Shown> => ({ issue, departmentName: await nameOfDepartment(issue.leadDepartmentId) })

  /** The issue, if it is the enterprise's. */
  const issueOf = async ({ enterprise }: Visit, issueId: string): Promise<Issue | undefined> => {
    const issue = openedMaybe('issue', await table.get(issueKey(issueId)))
    return issue?.enterpriseId === enterprise.enterpriseId ? issue : undefined
  }

  const shownWhole = async (issue: Issue): Promise<ShownIssue> => {
    const [shown, officer, items] = await Promise.all([shownOf(issue), roster.officer(issue.officerId), all(table.query(issueQueries.timeline(issue.issueId)))])
    const events = items.map(item => opened('event', item))
    const names = await Promise.all(events.map(async event => ('departmentId' in event ? nameOfDepartment(event.departmentId) : '')))
    const [first] = events
    return {
      ...shown,
      description: first?.event === 'dispatched' ? first.description : '',
      officerName: officer?.name ?? issue.officerId,
      events: events.map((event, at) => ({ event, departmentName: names[at] ?? '' })),
    }
  }

  const viewEnterprise = async ({ enterprise, path, pen }: Visit): Promise<Result> => {
    const issues: Shown[] = []
    for await (const item of table.query({ ...issueQueries.ofEnterprise(enterprise.enterpriseId), pageSize: issuesAtMost })) {
      if (issues.length === issuesAtMost) break
      issues.push(await shownOf(opened('issue', item)))
    }
    return page(200, enterprisePage(enterprise.name, issues, path, pen))
  }

  const viewIssue = async (visit: Visit, issueId: string): Promise<Result> => {
    const issue = await issueOf(visit, issueId)
    return issue === undefined ? page(404, closedDoorPage(visit.pen)) : page(200, issuePage(await shownWhole(issue), visit.path, visit.pen))
  }

  /**
   * Does what a form of the issue's page asks for, and shows the page; or shows it at once, with what is the matter with the
   * form. A decision that comes to nothing, because the issue has gone on since, shows by itself how it stands.
   */
  const act = async <F extends z.ZodMiniType>(visit: Visit, issueId: string, event: Incoming, form: { readonly name: FormName; readonly schema: F }, decide: Decide<z.output<F>>): Promise<Result> => {
    const { pen, now, path, token } = visit
    const issue = await issueOf(visit, issueId)
    if (issue === undefined) return page(404, closedDoorPage(pen))
    if (!(await countAct(table, token, now))) return page(429, tooMuchPage(pen))
    const fields = formOf(event)
    const parsed = form.schema.safeParse(fields, { reportInput: true })
    if (!parsed.success) return page(422, issuePage(await shownWhole(issue), path, pen, enteredOf(form.name, fields, faultsOf(parsed.error), pen)))
    await changeIssue(table, issueId, now, current => decide(current, parsed.data))
    return { statusCode: 303, headers: { ...headers, location: `${path}/issues/${issueId}` }, body: '' }
  }

  const rulesAndStaff = async ({ leadDepartmentId }: Issue) => {
    const { policy, calendar } = await readRules(table)
    return { calendar, staff: await roster.staff(leadDepartmentId, policy.leadingGroup, adminEmail) }
  }

  const rate = (visit: Visit, issueId: string, event: Incoming): Promise<Result> =>
    act(visit, issueId, event, { name: 'rating', schema: ratingForm }, async (current, { rating, words, resolution }) => {
      // Rated already, or resolved anew since the page was opened.
      if (current.status !== 'resolved' || current.resolvedAt !== Number(resolution)) return undefined
      const { calendar, staff } = await rulesAndStaff(current)
      return rateIssue(current, { rating: Number(rating) as Rating, ...(words === undefined ? {} : { words }) }, staff, visit.now, { calendar, timeZone })
    })

  const inform = (visit: Visit, issueId: string, event: Incoming): Promise<Result> =>
    act(visit, issueId, event, { name: 'information', schema: informationForm }, async (current, { information }) =>
      transitions[current.status].inform === undefined ? undefined : informOnIssue(current, information, (await rulesAndStaff(current)).staff, visit.now),
    )

  const withdraw = (visit: Visit, issueId: string, event: Incoming): Promise<Result> =>
    act(visit, issueId, event, { name: 'withdrawal', schema: withdrawalForm }, async (current, { reason }) =>
      transitions[current.status].withdraw === undefined ? undefined : withdrawIssue(current, reason, (await rulesAndStaff(current)).staff, visit.now),
    )

  const perform = async (event: Incoming): Promise<Result> => {
    const pen = penOf(event)
    const params = event.operation?.params?.safeParse(event.pathParameters ?? {})
    if (params?.success !== true) return page(404, closedDoorPage(pen))
    const { token, issueId = '' } = params.data as { token: string; issueId?: string }
    const now = event.requestContext.timeEpoch
    const enterprise = await enterpriseBehind(table, token, now)
    if (enterprise === undefined) return page(404, closedDoorPage(pen))
    if (event.operation?.method === 'POST' && isFromElsewhere(event)) return page(403, closedDoorPage(pen))
    const visit: Visit = { token, enterprise, path: `/p/${token}`, pen, now }
    switch (event.operation?.id as (typeof pageOperations)[number]['id']) {
      case 'viewEnterprise':
        return viewEnterprise(visit)
      case 'viewIssue':
        return viewIssue(visit, issueId)
      case 'rateIssueByLink':
        return rate(visit, issueId, event)
      case 'informByLink':
        return inform(visit, issueId, event)
      case 'withdrawByLink':
        return withdraw(visit, issueId, event)
    }
  }

  return middy<Incoming, Result>()
    .use(requestLog(log))
    .use({
      onError: request => {
        const { event } = request as { event: Incoming }
        request.response = request.error instanceof Problem ? page(413, tooLongPage(penOf(event))) : page(503, busyPage(penOf(event)))
      },
    })
    .use(knownOperation(pageOperations))
    .handler(perform)
}

/** Browsers say where a form was sent from; one on another site is none of ours. */
const isFromElsewhere = ({ headers: sent }: Incoming): boolean => ['cross-site', 'same-site'].includes(sent['sec-fetch-site'] ?? '')

/** The fields of a form that say anything. */
const formOf = (event: Incoming): Readonly<Record<string, string>> => {
  const bytes = bytesOf(event)
  if (bytes.byteLength > formLimit) throw new Problem('body-too-large', { limit: formLimit })
  return Object.fromEntries([...new URLSearchParams(bytes.toString('utf8'))].map(([name, value]) => [name, value.replaceAll('\r\n', '\n').trim()] as const).filter(([, value]) => value !== ''))
}

/** What was entered, and what is the matter with it, beside the field it concerns. */
const enteredOf = (form: FormName, values: Readonly<Record<string, string>>, found: ReturnType<typeof faultsOf>, { say, locale }: Pen): Entered => ({
  form,
  values,
  faults: found.map(fault => {
    const message = faultMessage(fault, locale === 'en' ? 'en' : 'zh')
    switch (fault.path) {
      case 'words':
      case 'reason':
        return { field: fault.path, message: say(`您的意见：${message}`, `Your words: ${message}`) }
      case 'information':
        return { field: fault.path, message: say(`补充的情况：${message}`, `What you add: ${message}`) }
      case 'confirmed':
        return { field: fault.path, message: say('请勾选确认撤回', 'Please confirm that you take it back') }
      default:
        return { field: 'rating', message: say('请选择满意程度', 'Please choose how satisfied you are') }
    }
  }),
})

const tooMuchPage = (pen: Pen): string =>
  messagePage(pen.say('操作过于频繁', 'Too many requests'), pen.say('请一小时后再试，或联系贵单位的助企干部。', 'Please try again in an hour, or ask your officer.'), pen)

const tooLongPage = (pen: Pen): string =>
  messagePage(pen.say('内容过长', 'Too long'), pen.say('请返回上一页，缩短后重新提交。', 'Please go back and send less.'), pen)

const busyPage = (pen: Pen): string =>
  messagePage(pen.say('系统繁忙', 'The system is busy'), pen.say('请返回上一页重新提交，已填写的内容不会丢失；如仍不成功，请联系贵单位的助企干部。', 'Please go back and send it again; nothing you entered is lost. If that does not help, please ask your officer.'), pen)

