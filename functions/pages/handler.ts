import middy from '@middy/core'
import type * as z from 'zod/mini'
import { monthOf } from '../../shared/calendar/date.ts'
import type { Locale } from '../../shared/calendar/wording.ts'
import { localDateOf } from '../../shared/calendar/zone.ts'
import { confirmationForm, informationForm, newIssueForm, officerForm, pageOperations, ratingForm, type EnterprisePage, viewEnterprise as viewEnterpriseOperation, withdrawalForm } from '../../shared/contract/pages.ts'
import { Problem } from '../../shared/contract/problem.ts'
import type { Case } from '../../shared/case/case.ts'
import { rateIssue } from '../../shared/issue/closing.ts'
import { theEnterprise } from '../../shared/roster/actor.ts'
import { owingDepartments, type Decision } from '../../shared/issue/decision.ts'
import { informOnIssue, withdrawIssue } from '../../shared/issue/enterprise-act.ts'
import type { Issue, TimelineEvent } from '../../shared/issue/issue.ts'
import { leaving } from '../../shared/issue/merge.ts'
import type { Rating } from '../../shared/issue/rating.ts'
import { transitions } from '../../shared/issue/transition.ts'
import { isRoundMonth, openRoundOn } from '../../shared/officer-rating/round.ts'
import type { Enterprise } from '../../shared/roster/roster.ts'
import { eventKey, issueKey, issueQueries } from '../adapters/issue-store.ts'
import { countAct, enterpriseBehind } from '../adapters/link-store.ts'
import { hasRated, officerRatingWrite } from '../adapters/officer-rating-store.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import type { Pause } from '../adapters/race.ts'
import type { Item, Table } from '../adapters/table.ts'
import { knownOperation, requestLog, type Incoming, type RequestLog } from '../http/middleware.ts'
import { readVisit } from '../adapters/visit-store.ts'
import { faultMessage, faultsOf } from '../http/problem-details.ts'
import type { Result } from '../http/result.ts'
import { changeCase } from '../ledger/change-case.ts'
import { changeIssue } from '../ledger/change-issue.ts'
import { decidedForAll } from '../ledger/followers.ts'
import { enterpriseCases, isOffered, type CaseForm } from './case-forms.ts'
import { casePage } from './case-page.ts'
import { enterprisePage } from './enterprise-page.ts'
import type { Entered, FormName } from './form.ts'
import { weightOfEvent, type ShownEvent } from './history.ts'
import { issuePage, type ShownIssue } from './issue-page.ts'
import { page, penFor, seeOther } from '../html/answer.ts'
import { pageBytesAtMost, type PagePen } from '../html/layout.ts'
import { busyPage, closedDoorPage, foreignFormPage, noSuchPage, tooLongPage, tooMuchPage } from './message-page.ts'
import { newIssuePage } from './new-issue-page.ts'
import { enteredOf, fieldsOf, isFromElsewhere } from './sent-form.ts'
import type { Shown } from './state.ts'
import { pairedOfficer, submitByForm } from './submission.ts'
import { officerPage, type RatableOfficer } from './officer-page.ts'
import { keepAnswer, shownVisits } from './visit-confirmation.ts'
import { visitsPage } from './visits-page.ts'

export interface PagesDependencies {
  readonly table: Table
  readonly timeZone: string
  readonly locale: Locale
  readonly adminEmail: string
  /** 128 random bits in base64url: what tells one form from another. */
  readonly randomOnce: () => string
  /** Waits before the next try after a conflict. */
  readonly pause: Pause
  readonly log: (entry: RequestLog) => void
}

const seeCase = (path: string, caseId: string): Result => seeOther(`${path}/cases/${caseId}`)

const seeIssue = (path: string, issueId: string): Result => seeOther(`${path}/issues/${issueId}`)

/** So many issues of an enterprise are listed, the newest; and so many on a page, within its weight. */
const issuesAtMost = 200
const issuesOnPage = 20

/** A timeline is read from its end in pages, no further than a page has room for, and never further than so many events. */
const eventsPerRead = 25
const eventsReadAtMost = 200

/** A request whose link opens an enterprise's pages. */
interface OpenedLink {
  readonly token: string
  readonly enterprise: Enterprise
  readonly path: string
  readonly pen: PagePen
  readonly now: number
}

/** A form of an issue's page. */
interface IssueForm<F extends z.ZodMiniType> {
  readonly name: FormName
  readonly schema: F
  /** Whether the issue's page has the form, as the issue stands. */
  readonly isOffered: (issue: Issue) => boolean
  /** What follows from it, for the issue as it is when that is written and if that offers it; nothing where it has gone on since. */
  readonly decide: (current: Issue, fields: z.output<F>) => Promise<Decision | undefined>
  /** Whether the event says all that a form with these fields would: it has been sent before. */
  readonly isToldBy: (event: TimelineEvent, fields: z.output<F>) => boolean
}

/** A form that was sent, of whatever it is about. */
interface SentForm<T, F extends z.ZodMiniType> {
  readonly form: { readonly name: FormName; readonly schema: F }
  /** What it is about, if that is the enterprise's. */
  readonly read: () => Promise<T | undefined>
  readonly isOffered: (it: T) => boolean
  /** Does what the form asks for; `false` where what it is about has gone on since. */
  readonly act: (fields: z.output<F>) => Promise<boolean>
  /** The page of it as it stands, with what was entered; and whether it tells all that a form with these fields would. */
  readonly show: (it: T) => Promise<{ readonly pageWith: (entered: Entered) => string; readonly tells: (fields: z.output<F>) => boolean }>
  /** Leads to its page. */
  readonly seeIt: Result
}

/**
 * The enterprise's pages. The token in the path is the whole authority: no cookie is set or read, so no other site can
 * borrow it, and only a POST changes anything.
 */
export const createPages = ({ table, timeZone, locale, adminEmail, randomOnce, pause, log }: PagesDependencies) => {
  const roster = rosterStore(table)
  const cases = enterpriseCases({ table, timeZone, adminEmail })

  const penOf = penFor({ locale, timeZone })

  const nameOfDepartment = async (id: string): Promise<string> => (await roster.department(id))?.name ?? id

  const shownOf = async (issue: Issue): Promise<Shown> => {
    const [departmentName, mergedInto] = await Promise.all([nameOfDepartment(issue.leadDepartmentId), targetOf(issue)])
    return { issue, departmentName, ...(mergedInto === undefined ? {} : { mergedInto }) }
  }

  /** The issue that it is merged into, if it is. */
  const targetOf = async ({ mergedInto }: Issue): Promise<Issue | undefined> => (mergedInto === undefined ? undefined : openedMaybe('issue', await table.get(issueKey(mergedInto))))

  /** The issue, if it is the enterprise's. */
  const issueOf = async ({ enterprise }: OpenedLink, issueId: string): Promise<Issue | undefined> => {
    const issue = openedMaybe('issue', await table.get(issueKey(issueId)))
    return issue?.enterpriseId === enterprise.enterpriseId ? issue : undefined
  }

  /** The newest events, oldest first, until they fill a page by themselves; and how many there are before them. */
  const newestEvents = async ({ issueId, eventCount }: Issue, pen: PagePen): Promise<{ readonly events: readonly ShownEvent[]; readonly earlierEvents: number }> => {
    const events: TimelineEvent[] = []
    let weight = 0
    for await (const item of table.query({ ...issueQueries.timeline(issueId), descending: true, pageSize: eventsPerRead })) {
      const event = opened('event', item)
      events.unshift(event)
      weight += weightOfEvent({ event, departmentName: '' }, pen)
      if (weight >= pageBytesAtMost || events.length === eventsReadAtMost) break
    }
    const names = await Promise.all(events.map(async event => ('departmentId' in event ? nameOfDepartment(event.departmentId) : '')))
    return { events: events.map((event, at) => ({ event, departmentName: names[at] ?? '' })), earlierEvents: Math.max(0, eventCount - events.length) }
  }

  const shownWhole = async (issue: Issue, pen: PagePen): Promise<ShownIssue> => {
    const [shown, officer, first, newest] = await Promise.all([shownOf(issue), roster.officer(issue.officerId), table.get(eventKey(issue.issueId, 1)), newestEvents(issue, pen)])
    const dispatched = openedMaybe('event', first)
    return {
      ...shown,
      ...newest,
      description: dispatched?.event === 'dispatched' ? dispatched.description : '',
      officerName: officer?.name ?? issue.officerId,
    }
  }

  /** The newest issues of the enterprise, and whether it has older ones. */
  const newestIssues = async (enterpriseId: string): Promise<{ readonly issues: readonly Issue[]; readonly hasMore: boolean }> => {
    const items: Item[] = []
    for await (const item of table.query({ ...issueQueries.ofEnterprise(enterpriseId), pageSize: issuesAtMost + 1 })) {
      items.push(item)
      if (items.length > issuesAtMost) break
    }
    return { issues: items.slice(0, issuesAtMost).map(item => opened('issue', item)), hasMore: items.length > issuesAtMost }
  }

  const viewEnterprise = async ({ enterprise, path, pen, now }: OpenedLink, event: Incoming): Promise<Result> => {
    // Mail programs add parameters of their own, which are nobody's fault.
    const { page: wanted } = event.queryStringParameters ?? {}
    const query = viewEnterpriseOperation.query.safeParse(wanted === undefined ? {} : { page: wanted })
    if (!query.success) return page(404, noSuchPage(pen))
    const [{ issues, hasMore }, theirs] = await Promise.all([newestIssues(enterprise.enterpriseId), cases.foremostOf(enterprise.enterpriseId)])
    const awaiting = issues.filter(waitsForRating)
    const ordered = [...awaiting, ...issues.filter(issue => !waitsForRating(issue))]
    const pages = Math.max(1, Math.ceil(ordered.length / issuesOnPage))
    const at = Math.min(query.data.page, pages)
    const shown = await Promise.all(ordered.slice((at - 1) * issuesOnPage, at * issuesOnPage).map(shownOf))
    return page(200, enterprisePage({ enterpriseName: enterprise.name, issues: shown, awaiting: awaiting.length, page: at, pages, hasMore, cases: theirs.cases, hasMoreCases: theirs.hasMore, isRoundMonth: isRoundMonth(monthOf(localDateOf(now, timeZone))) }, path, pen))
  }

  const viewIssue = async (link: OpenedLink, issueId: string): Promise<Result> => {
    const issue = await issueOf(link, issueId)
    return issue === undefined ? page(404, closedDoorPage(link.pen)) : page(200, issuePage(await shownWhole(issue, link.pen), link.path, link.pen))
  }

  const viewCase = async (link: OpenedLink, caseId: string): Promise<Result> => {
    const it = await cases.caseOf(link.enterprise.enterpriseId, caseId)
    return it === undefined ? page(404, closedDoorPage(link.pen)) : page(200, casePage(await cases.shownWhole(it), link.path, link.pen))
  }

  /** What is answered to whoever does too much with a link. */
  const refusedAct = async ({ token, now, pen }: OpenedLink): Promise<Result | undefined> => {
    switch (await countAct(table, token, now)) {
      case 'counted':
        return undefined
      case 'too-many':
        return page(429, tooMuchPage(pen))
      case 'busy':
        return page(503, busyPage(true, pen))
    }
  }

  /**
   * Does what a form asks for, and shows its page; or shows it at once, with what is the matter with the form, or with what was
   * entered where the issue or the case has gone on since. A form that is sent twice was taken the first time.
   */
  const take = async <T, F extends z.ZodMiniType>(link: OpenedLink, event: Incoming, { form, read, isOffered, act, show, seeIt }: SentForm<T, F>): Promise<Result> => {
    const { pen } = link
    const it = await read()
    if (it === undefined) return page(404, closedDoorPage(pen))
    const refused = await refusedAct(link)
    if (refused !== undefined) return refused
    const fields = fieldsOf(event)
    const parsed = form.schema.safeParse(fields, { reportInput: true })
    const overtaken = { form: form.name, values: fields, faults: [], isOvertaken: true } as const
    if (!parsed.success) {
      const { pageWith } = await show(it)
      return isOffered(it) ? page(422, pageWith(enteredOf(form.name, fields, faultsOf(parsed.error), pen))) : page(409, pageWith(overtaken))
    }
    if (await act(parsed.data)) return seeIt
    const { pageWith, tells } = await show((await read()) ?? it)
    return tells(parsed.data) ? seeIt : page(409, pageWith(overtaken))
  }

  const takeOnIssue = <F extends z.ZodMiniType>(link: OpenedLink, issueId: string, event: Incoming, form: IssueForm<F>): Promise<Result> =>
    take<Issue, F>(link, event, {
      form,
      read: () => issueOf(link, issueId),
      isOffered: form.isOffered,
      act: fields => changeIssue(table, issueId, link.now, current => (form.isOffered(current) ? form.decide(current, fields) : undefined)),
      show: async issue => {
        const shown = await shownWhole(issue, link.pen)
        return { pageWith: entered => issuePage(shown, link.path, link.pen, entered), tells: fields => shown.events.some(({ event: told }) => form.isToldBy(told, fields)) }
      },
      seeIt: seeIssue(link.path, issueId),
    })

  const takeOnCase = <F extends z.ZodMiniType>(link: OpenedLink, caseId: string, event: Incoming, form: CaseForm<F>): Promise<Result> =>
    take<Case, F>(link, event, {
      form,
      read: () => cases.caseOf(link.enterprise.enterpriseId, caseId),
      isOffered: it => isOffered(it, form),
      act: fields => changeCase(table, caseId, link.now, current => (isOffered(current, form) ? form.decide(current, fields, link.now) : undefined)),
      show: async it => {
        const shown = await cases.shownWhole(it)
        return { pageWith: entered => casePage(shown, link.path, link.pen, entered), tells: fields => shown.events.some(told => form.isToldBy(told, fields)) }
      },
      seeIt: seeCase(link.path, caseId),
    })

  const rulesAndStaff = async ({ leadDepartmentId }: Issue) => {
    const { policy, calendar } = await readRules(table)
    return { policy, calendar, staff: await roster.staff(leadDepartmentId, policy.leadingGroup, adminEmail) }
  }

  const rate = (link: OpenedLink, issueId: string, event: Incoming): Promise<Result> =>
    takeOnIssue(link, issueId, event, {
      name: 'rating',
      schema: ratingForm,
      isOffered: ({ status }) => status === 'resolved',
      decide: async (current, { rating, words, resolution }) => {
        // Resolved anew since the page was opened.
        if (current.resolvedAt !== Number(resolution)) return undefined
        const { calendar, staff } = await rulesAndStaff(current)
        return rateIssue(current, { rating: Number(rating) as Rating, ...(words === undefined ? {} : { words }) }, staff, link.now, { calendar, timeZone })
      },
      isToldBy: (told, { rating, words, resolution }) => told.event === 'rated' && told.rating === Number(rating) && [undefined, told.words].includes(words) && told.at >= Number(resolution),
    })

  const inform = (link: OpenedLink, issueId: string, event: Incoming): Promise<Result> =>
    takeOnIssue(link, issueId, event, {
      name: 'information',
      schema: informationForm,
      isOffered: ({ status }) => transitions[status].inform !== undefined,
      decide: async (current, { information }) => {
        if (isInformation(await lastEvent(current), information)) return undefined
        return informOnIssue(current, information, (await rulesAndStaff(current)).staff, link.now)
      },
      isToldBy: (told, { information }) => isInformation(told, information),
    })

  /** Nothing else in the form tells two sendings from two pieces of information with the same words. */
  const isInformation = (told: TimelineEvent | undefined, words: string): boolean => told?.event === 'informed' && told.words === words

  const lastEvent = async ({ issueId, eventCount }: Issue): Promise<TimelineEvent | undefined> => openedMaybe('event', await table.get(eventKey(issueId, eventCount)))

  const withdraw = (link: OpenedLink, issueId: string, event: Incoming): Promise<Result> =>
    takeOnIssue(link, issueId, event, {
      name: 'withdrawal',
      schema: withdrawalForm,
      isOffered: ({ status }) => transitions[status].withdraw !== undefined,
      decide: async (current, { reason }) => {
        const [{ policy, calendar, staff }, target] = await Promise.all([rulesAndStaff(current), targetOf(current)])
        const theirs = { by: theEnterprise, now: link.now }
        const staffOf = await roster.staffOfEach(owingDepartments(current), policy.leadingGroup, adminEmail)
        const decision = withdrawIssue(current, reason, staff, link.now, staffOf)
        if (target !== undefined) return leaving(decision, target, theirs)
        return decidedForAll(table, decision, current, theirs, () => Promise.resolve({ staff, reckoning: { calendar, timeZone } }))
      },
      isToldBy: (told, { reason }) => told.event === 'withdrawn' && [undefined, told.words].includes(reason),
    })

  const viewNewIssue = async ({ enterprise, path, pen, now }: OpenedLink): Promise<Result> => {
    const officer = await pairedOfficer(table, enterprise.enterpriseId, localDateOf(now, timeZone))
    // Whoever cannot send it is told before they fill it in.
    return page(200, newIssuePage({ once: randomOnce(), ...(officer === undefined ? { notice: { about: 'no-officer' } } : {}) }, path, pen))
  }

  /** Takes the enterprise's own issue, or shows the form again with all that was entered. */
  const submit = async (link: OpenedLink, event: Incoming): Promise<Result> => {
    const { enterprise, path, pen, now } = link
    const refused = await refusedAct(link)
    if (refused !== undefined) return refused
    const sent = fieldsOf(event)
    // A form without it cannot be told from another, and is one of its own.
    const once = newIssueForm.shape.once.safeParse(sent['once']).data ?? randomOnce()
    const parsed = newIssueForm.safeParse({ ...sent, once }, { reportInput: true })
    if (!parsed.success) return page(422, newIssuePage({ once, entered: enteredOf('new-issue', sent, faultsOf(parsed.error), pen) }, path, pen))
    const submitted = await submitByForm({ table, timeZone, adminEmail, pause }, { enterpriseId: enterprise.enterpriseId, form: parsed.data, now })
    const entered = enteredOf('new-issue', sent, [], pen)
    switch (submitted.outcome) {
      case 'issue':
        return seeIssue(path, submitted.issueId)
      case 'sent-before':
        return page(409, newIssuePage({ once: randomOnce(), entered, notice: { about: 'sent-before', issueId: submitted.issueId } }, path, pen))
      case 'no-officer':
        return page(409, newIssuePage({ once, entered, notice: { about: 'no-officer' } }, path, pen))
    }
  }

  const viewVisits = async ({ enterprise, path, pen, now }: OpenedLink): Promise<Result> =>
    page(200, visitsPage(await shownVisits(table, enterprise.enterpriseId, localDateOf(now, timeZone)), path, pen))

  /** The officer whom the enterprise can rate now. */
  const ratableOfficer = async ({ enterprise: { enterpriseId }, now }: OpenedLink): Promise<RatableOfficer | undefined> => {
    const today = localDateOf(now, timeZone)
    const [{ calendar }, officer] = await Promise.all([readRules(table), pairedOfficer(table, enterpriseId, today)])
    const round = openRoundOn(today, calendar)
    if (round === undefined || officer === undefined) return undefined
    const { officerId, name } = officer
    return { round, officerId, officerName: name, hasRated: await hasRated(table, { round, officerId, enterpriseId }) }
  }

  const viewOfficer = async (link: OpenedLink): Promise<Result> => page(200, officerPage(await ratableOfficer(link), link.path, link.pen))

  /** Keeps the rating of the officer whom the enterprise has read of; where it is another by now, or too late, nothing is kept. */
  const rateOfficer = async (link: OpenedLink, event: Incoming): Promise<Result> => {
    const { pen, path, now } = link
    const refused = await refusedAct(link)
    if (refused !== undefined) return refused
    const fields = fieldsOf(event)
    const parsed = officerForm.safeParse(fields, { reportInput: true })
    const officer = await ratableOfficer(link)
    if (officer === undefined || (parsed.success && parsed.data.officer !== officer.officerId)) return page(409, officerPage(officer, path, pen, { form: 'officer', values: {}, faults: [], isOvertaken: true }))
    if (!parsed.success) return page(422, officerPage(officer, path, pen, enteredOf('officer', fields, faultsOf(parsed.error), pen)))
    const { round, officerId } = officer
    await table.commit([officerRatingWrite({ round, officerId, enterpriseId: link.enterprise.enterpriseId, rating: Number(parsed.data.rating) as Rating, at: now })])
    return seeOther(`${path}/officer`)
  }

  /** Keeps what the enterprise says of a visit of its own, and shows the visits; or shows them at once, with what is the matter. */
  const confirmVisit = async (link: OpenedLink, visitId: string, event: Incoming): Promise<Result> => {
    const { enterprise, path, pen, now } = link
    const visit = await readVisit(table, visitId)
    if (visit?.enterpriseId !== enterprise.enterpriseId) return page(404, closedDoorPage(pen))
    const refused = await refusedAct(link)
    if (refused !== undefined) return refused
    const fields = fieldsOf(event)
    const parsed = confirmationForm.safeParse(fields, { reportInput: true })
    const again = async (status: number, message: string): Promise<Result> =>
      page(status, visitsPage(await shownVisits(table, enterprise.enterpriseId, localDateOf(now, timeZone), visit), path, pen, { visitId, words: fields['words'] ?? '', message }))
    if (!parsed.success) return again(422, faultsOf(parsed.error).map(fault => faultMessage(fault, pen.locale === 'en' ? 'en' : 'zh')).join(' '))
    const { came, words } = parsed.data
    const outcome = await keepAnswer({ table, timeZone, adminEmail, pause }, visit, { came: came === 'yes', ...(words === undefined ? {} : { words }) }, now)
    if (outcome === 'too-many') return again(409, pen.say('该次走访已多次更正，此次未予受理。如需再次更正，请联系助企办。', 'You have changed this several times, and it was not taken. To change it once more, please ask the campaign office.'))
    return seeOther(`${path}/visits`)
  }

  const perform = async (event: Incoming): Promise<Result> => {
    const pen = penOf(event)
    const params = event.operation?.params?.safeParse(event.pathParameters ?? {})
    if (params?.success !== true) return page(404, closedDoorPage(pen))
    const { token, issueId = '', visitId = '', caseId = '' } = params.data as { token: string; issueId?: string; visitId?: string; caseId?: string }
    const now = event.requestContext.timeEpoch
    const enterprise = await enterpriseBehind(table, token, now)
    if (enterprise === undefined) return page(404, closedDoorPage(pen))
    if (event.operation?.method === 'POST' && isFromElsewhere(event)) return page(403, foreignFormPage(pen))
    const link: OpenedLink = { token, enterprise, path: `/p/${token}`, pen, now }
    switch (event.operation?.id as EnterprisePage) {
      case 'viewEnterprise':
        return viewEnterprise(link, event)
      case 'viewIssue':
        return viewIssue(link, issueId)
      case 'rateIssueByLink':
        return rate(link, issueId, event)
      case 'informByLink':
        return inform(link, issueId, event)
      case 'withdrawByLink':
        return withdraw(link, issueId, event)
      case 'viewNewIssue':
        return viewNewIssue(link)
      case 'submitByLink':
        return submit(link, event)
      case 'viewVisits':
        return viewVisits(link)
      case 'confirmVisitByLink':
        return confirmVisit(link, visitId, event)
      case 'viewOfficer':
        return viewOfficer(link)
      case 'rateOfficerByLink':
        return rateOfficer(link, event)
      case 'viewCase':
        return viewCase(link, caseId)
      case 'confirmReceiptByLink':
        return takeOnCase(link, caseId, event, cases.receipt)
      case 'informOnCaseByLink':
        return takeOnCase(link, caseId, event, cases.information)
    }
  }

  return middy<Incoming, Result>()
    .use(requestLog(log))
    .use({
      onError: request => {
        const { event } = request as { event: Incoming }
        const isTooLong = request.error instanceof Problem && request.error.code === 'body-too-large'
        request.response = isTooLong ? page(413, tooLongPage(penOf(event))) : page(503, busyPage(event.operation?.method === 'POST', penOf(event)))
      },
    })
    .use(knownOperation(pageOperations))
    .handler(perform)
}

const waitsForRating = ({ status }: Issue): boolean => status === 'resolved'
