import type { Case } from '../../shared/case/case.ts'
import { monthOf } from '../../shared/calendar/date.ts'
import { workingDaysBetween, workingDaysOfMonth } from '../../shared/calendar/working-day.ts'
import { localDateOf, type Instant } from '../../shared/calendar/zone.ts'
import type { Clock, Issue, Piece, TimelineEvent } from '../../shared/issue/issue.ts'
import { isOpen } from '../../shared/issue/transition.ts'
import type { ClockFacts, EndFacts, IssueFacts, MailFacts, MissedLine, MoveFacts, PieceFacts, QuotaLine, Said, SessionFacts, SessionReader, SpotDecisionFacts, VisitFacts } from '../../shared/mail/facts.ts'
import { isForNow, readRecipient, type About } from '../../shared/mail/notice.ts'
import { isSettled, visitIdOfFlag } from '../../shared/visit/flag.ts'
import { roundClosesOn } from '../../shared/officer-rating/round.ts'
import type { Enterprise } from '../../shared/roster/roster.ts'
import type { Session, SessionDecision } from '../../shared/session/session.ts'
import { isShort, quotasOf } from '../../shared/visit/quota.ts'
import { linesFor } from '../../shared/visit/reminder.ts'
import type { Visit } from '../../shared/visit/visit.ts'
import { interleaved } from '../adapters/concurrently.ts'
import { confirmationKey } from '../adapters/confirmation-store.ts'
import { flagKey } from '../adapters/flag-store.ts'
import { eventKey, issueKey } from '../adapters/issue-store.ts'
import { departmentMonths, officerMonths } from '../adapters/month-store.ts'
import { outboxKey, type OutboxMail } from '../adapters/outbox-store.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import { decisionsOf, sessionKey } from '../adapters/session-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import type { Table } from '../adapters/table.ts'
import { exemptionKey, quotaRecordsOf, readVisit } from '../adapters/visit-store.ts'
import { namedBulletin } from '../month-records/named-bulletin.ts'
import { assessmentFactsReader } from './assessment-facts.ts'
import { caseFactsReader } from './case-facts.ts'
import { noticeFactsReader } from './notice-facts.ts'
import { projectsBehind } from './project-facts.ts'

/** What a mail has to say, or why it has nothing to say any more. `inStead`: to the campaign office, for the lead has nobody. */
export type Found = { readonly facts: MailFacts; readonly inStead?: boolean } | { readonly superseded: string }

const clockFacts = ({ by, doneAt, provisional }: Clock): ClockFacts => ({ by, doneAt, provisional: provisional && doneAt === undefined })

/** A mail shows as many lines as fit without being cut off by mail services. */
const linesAtMost = 100

/**
 * Reads what a mail points at, as it is now. A mail about something that has changed since it was planned (the clock
 * has been met, the deadline moved, the visits made) is superseded.
 */
export const factsReader = (table: Table, timeZone: string) => {
  const roster = rosterStore(table)
  const { readCase, caseFacts, caseMail } = caseFactsReader(table, timeZone)
  const assessmentMail = assessmentFactsReader(table, timeZone)
  const { noticeMail, noticesOfMonth } = noticeFactsReader(table, timeZone)

  const nameOfDepartment = async (id: string): Promise<string> => (await roster.department(id))?.name ?? id
  const nameOfOfficer = async (id: string): Promise<string> => (await roster.officer(id))?.name ?? id

  const readIssue = async (issueId: string): Promise<Issue | undefined> => openedMaybe('issue', await table.get(issueKey(issueId)))

  const readEvent = async <E extends TimelineEvent['event']>(issueId: string, sequence: number, kind: E): Promise<Extract<TimelineEvent, { event: E }>> => {
    const event = openedMaybe('event', await table.get(eventKey(issueId, sequence)))
    if (event?.event !== kind) throw new Error(`event ${sequence} of ${issueId} is not ${kind}`)
    return event as Extract<TimelineEvent, { event: E }>
  }

  /** What the enterprise said, in the event before the one that followed from it. */
  const readSaid = async (issueId: string, sequence: number): Promise<Said> => {
    const event = openedMaybe('event', await table.get(eventKey(issueId, sequence)))
    if (event?.event === 'rated') return { rating: event.rating, words: event.words }
    if (event?.event === 'called-back') return { rating: event.rating, words: event.words, asked: event.asked }
    throw new Error(`event ${sequence} of ${issueId} does not say what the enterprise said`)
  }

  const readMove = async (issueId: string, sequence: number): Promise<MoveFacts> => {
    const event = openedMaybe('event', await table.get(eventKey(issueId, sequence)))
    if (event?.event === 'extended' || event?.event === 'paused' || event?.event === 'resumed' || event?.event === 'tier-changed' || event?.event === 'merged' || event?.event === 'separated') return event
    throw new Error(`event ${sequence} of ${issueId} moves no deadline`)
  }

  const readPieceSettled = async (issueId: string, sequence: number): Promise<Extract<TimelineEvent, { event: 'assist-answered' | 'assist-refused' }>> => {
    const event = openedMaybe('event', await table.get(eventKey(issueId, sequence)))
    if (event?.event === 'assist-answered' || event?.event === 'assist-refused') return event
    throw new Error(`event ${sequence} of ${issueId} settles no piece`)
  }

  const pieceFacts = async (issueId: string, { departmentId, event, clock }: Piece): Promise<PieceFacts> => {
    const [departmentName, { message }] = await Promise.all([nameOfDepartment(departmentId), readEvent(issueId, event, 'assist-asked')])
    return { departmentName, message, dueBy: clock.by, provisional: clock.provisional }
  }

  const readEnd = async ({ issueId, enterpriseId }: Issue, sequence: number): Promise<EndFacts> => {
    const event = openedMaybe('event', await table.get(eventKey(issueId, sequence)))
    if (event?.event === 'resolved') return { event: event.event, at: event.at, byName: await nameOfDepartment(event.departmentId), words: event.despite }
    if (event?.event === 'withdrawn') return { event: event.event, at: event.at, byName: (await roster.enterprise(enterpriseId))?.name ?? enterpriseId, words: event.words }
    if (event?.event === 'merged') return { event: event.event, at: event.at, byName: await nameOfDepartment(event.departmentId), words: event.reason }
    throw new Error(`event ${sequence} of ${issueId} does not end it`)
  }

  const readDispatch = (issueId: string) => readEvent(issueId, 1, 'dispatched')

  const issueFacts = async (issue: Issue, dispatch: ReturnType<typeof readDispatch> = readDispatch(issue.issueId)): Promise<IssueFacts> => {
    const [dispatched, enterprise, officerName, leadDepartmentName] = await Promise.all([
      dispatch,
      roster.enterprise(issue.enterpriseId),
      nameOfOfficer(issue.officerId),
      nameOfDepartment(issue.leadDepartmentId),
    ])
    return {
      number: issue.issueId,
      title: issue.title,
      description: dispatched.description,
      status: issue.status,
      tier: issue.tier,
      category: issue.category,
      subcategory: issue.subcategory,
      enterpriseName: enterprise?.name ?? issue.enterpriseId,
      officerName,
      leadDepartmentName,
      dispatchedAt: issue.dispatchedAt,
      clocks: { accept: clockFacts(issue.clocks.accept), reply: clockFacts(issue.clocks.reply), resolve: clockFacts(issue.clocks.resolve) },
      level: issue.level,
      reopened: issue.reopened.length > 0,
    }
  }

  /** Quota lines of an officer that the stage speaks of, with the enterprises' names. */
  const quotaLines = async (about: Extract<About, { officerId: string }>): Promise<readonly QuotaLine[]> => {
    const { policy } = await readRules(table)
    const [pairings, records] = await Promise.all([roster.pairingsOf(about.officerId), quotaRecordsOf(table, about.officerId, about.month)])
    const stage = about.kind === 'quota-nudge' ? 'nudge' : about.kind === 'quota-reminder' ? 'reminder' : 'last-call'
    const lines = linesFor(stage, quotasOf(pairings, records, about.month, policy))
    const enterprises = await roster.enterprises(lines.map(line => line.enterpriseId))
    return lines.map(({ enterpriseId, required, counted }) => ({ enterpriseName: enterprises.get(enterpriseId)?.name ?? enterpriseId, required, counted }))
  }

  const missedFacts = async ({ month, departmentId }: Extract<About, { kind: 'quota-missed' }>, to: OutboxMail['to']): Promise<Found> => {
    const { policy } = await readRules(table)
    const missing = { officers: 0, pairings: 0 }
    const lines: MissedLine[] = []
    const months = departmentId === undefined ? interleaved(officerMonths(table, month)) : departmentMonths(table, departmentId, month)
    for await (const { officerId, pairings, records } of months) {
      const short = quotasOf(pairings, records, month, policy).filter(isShort)
      if (short.length === 0) continue
      missing.officers += 1
      missing.pairings += short.length
      if (lines.length >= linesAtMost) continue
      const officer = await roster.officer(officerId)
      const [departmentName, enterprises] = await Promise.all([
        nameOfDepartment(officer?.departmentId ?? ''),
        roster.enterprises(short.map(quota => quota.enterpriseId)),
      ])
      for (const { enterpriseId, required, counted } of short.slice(0, linesAtMost - lines.length))
        lines.push({ officerName: officer?.name ?? officerId, departmentName, enterpriseName: enterprises.get(enterpriseId)?.name ?? enterpriseId, required, counted })
    }
    if (missing.pairings === 0) return { superseded: 'nothing is missing any more' }
    if (departmentId === undefined) return { facts: { kind: 'quota-missed', month, lines, missing, readerDirects: false } }
    const [departmentName, readerDirects] = await Promise.all([nameOfDepartment(departmentId), directs(departmentId, to)])
    return { facts: { kind: 'quota-missed', month, departmentName, lines, missing, readerDirects } }
  }

  const quotaFacts = async (about: Extract<About, { officerId: string }>, plannedAt: number): Promise<Found> => {
    const today = localDateOf(plannedAt, timeZone)
    const [lines, officerName, rules] = await Promise.all([quotaLines(about), nameOfOfficer(about.officerId), readRules(table)])
    const projects = await projectsBehind(table, about.officerId, today, rules)
    // The nudge alone speaks of projects where there is nothing to say of visits.
    if (lines.length === 0 && (about.kind !== 'quota-nudge' || projects.length === 0)) return { superseded: 'the visits have been made' }
    const { calendar } = rules
    const { dates } = workingDaysOfMonth(calendar, about.month)
    const left = monthOf(today) === about.month ? dates.filter(date => date >= today).length : 0
    return { facts: { kind: about.kind, month: about.month, officerName, lines, projects, workingDaysLeft: left, lastWorkingDay: dates.at(-1) ?? today } }
  }

  const exemptionFacts = async (about: Extract<About, { exemptionId: string }>, to: OutboxMail['to']): Promise<Found> => {
    const item = await table.get(exemptionKey(about.exemptionId))
    if (item === undefined) return { superseded: 'the request is gone' }
    const exemption = opened('exemption', item)
    const [officerName, departmentName, enterprise] = await Promise.all([
      nameOfOfficer(exemption.officerId),
      nameOfDepartment(exemption.departmentId),
      exemption.enterpriseId === undefined ? undefined : roster.enterprise(exemption.enterpriseId),
    ])
    const facts = {
      officerName,
      departmentName,
      month: exemption.month,
      reason: exemption.reason,
      enterpriseName: exemption.enterpriseId === undefined ? undefined : (enterprise?.name ?? exemption.enterpriseId),
      remark: exemption.remark,
    }
    if (about.kind === 'exemption-requested')
      return exemption.status === 'requested'
        ? { facts: { kind: about.kind, exemptionId: about.exemptionId, exemption: facts, readerDirects: await directs(exemption.departmentId, to) } }
        : { superseded: 'the request has been decided' }
    return {
      facts: {
        kind: about.kind,
        exemptionId: about.exemptionId,
        exemption: facts,
        approved: exemption.status === 'approved',
        decidedByName: exemption.decidedBy === undefined ? '' : await nameOfOfficer(exemption.decidedBy),
        decisionRemark: exemption.decisionRemark,
      },
    }
  }

  const visitFacts = async (visit: Visit): Promise<VisitFacts> => {
    const { visitId, visitedOn, from, until, mode, summary, counted, reasonNotCounted } = visit
    const [officerName, recordedByName, enterprise, withNames] = await Promise.all([
      nameOfOfficer(visit.officerId),
      nameOfOfficer(visit.recordedBy),
      roster.enterprise(visit.enterpriseId),
      Promise.all((visit.with ?? []).map(nameOfOfficer)),
    ])
    const enterpriseName = enterprise?.name ?? visit.enterpriseId
    return { visitId, officerName, enterpriseName, visitedOn, from, until, mode, summary, recordedByName, withNames, counted, reasonNotCounted }
  }

  /** Told once, while it is still to be looked into. */
  const deniedFacts = async (flagId: string): Promise<Found> => {
    const flag = openedMaybe('flag', await table.get(flagKey(flagId)))
    if (flag === undefined) return { superseded: 'the flag is gone' }
    if (isSettled(flag)) return { superseded: flag.status === 'checked' ? 'it has been checked' : 'the enterprise has taken it back' }
    const [visit, confirmation] = await Promise.all([readVisit(table, flag.visitId), table.get(confirmationKey(flag))])
    if (visit === undefined) return { superseded: 'the visit is gone' }
    return { facts: { kind: 'visit-denied', flagId, visit: await visitFacts(visit), words: openedMaybe('confirmation', confirmation)?.answers.at(-1)?.words } }
  }

  const readMail = async (mailId: string): Promise<OutboxMail | undefined> =>
    openedMaybe('outbox', await table.get(outboxKey(mailId))) as OutboxMail | undefined

  /** The issue, case, session or visit that a mail is about; behind a report of a report, too, or the fact would be lost on its way up. */
  const matterBehind = async ({ about }: OutboxMail): Promise<{ readonly issue?: Issue | undefined; readonly case?: Case | undefined; readonly session?: Session | undefined; readonly visit?: Visit | undefined }> => {
    if ('issueId' in about) return { issue: await readIssue(about.issueId) }
    if ('caseId' in about) return { case: await readCase(about.caseId) }
    if ('sessionId' in about) return { session: openedMaybe('session', await table.get(sessionKey(about.sessionId))) }
    if ('visitId' in about) return { visit: await readVisit(table, about.visitId) }
    if ('flagId' in about) return { visit: await readVisit(table, visitIdOfFlag(about.flagId)) }
    const reported = about.kind === 'mail-undeliverable' ? await readMail(about.mailId) : undefined
    return reported === undefined ? {} : matterBehind(reported)
  }

  const undeliverableFacts = async ({ mailId, recipient, reason }: Extract<About, { kind: 'mail-undeliverable' }>): Promise<Found> => {
    const original = await readMail(mailId)
    if (original === undefined) return { superseded: 'the mail is gone' }
    if (isForNow(reason) && original.settledAt !== undefined) return { superseded: 'the mail is not tried any more' }
    const { kind, id } = readRecipient(recipient)
    const person = kind === 'officer' ? await roster.officer(id) : undefined
    const enterprise = kind === 'enterprise' ? await roster.enterprise(id) : undefined
    const { issue, case: it, session, visit } = await matterBehind(original)
    return {
      facts: {
        kind: 'mail-undeliverable',
        original: original.about.kind,
        recipientName: person?.name ?? enterprise?.name ?? id,
        recipientAddress: person?.email ?? enterprise?.contactEmail ?? (kind === 'address' ? id : undefined),
        reason,
        issue: issue === undefined ? undefined : await issueFacts(issue),
        case: it === undefined ? undefined : await caseFacts(it),
        session: session === undefined ? undefined : await sessionFacts(session, session.invitation, { kind: 'staff' }),
        visit: visit === undefined ? undefined : await visitFacts(visit),
      },
    }
  }

  /** A later version has planned it, as happens while one is deployed: the mail goes back, and that version will send it. */
  const ofNoKnownKind = (about: never): never => {
    throw new Error(`no facts for a mail of the kind ${(about as About).kind}`)
  }

  /** `now`: by the clock that mails are planned by; a mail that has waited may have been overtaken by its own deadline. */
  return async ({ about, to, plannedAt }: OutboxMail, now: Instant): Promise<Found> => {
    if ('issueId' in about) {
      const issue = await readIssue(about.issueId)
      return issue === undefined ? { superseded: 'the issue is gone' } : issueMail(about, issue, to, now)
    }
    if ('caseId' in about) return caseMail(about, { to }, now)
    switch (about.kind) {
      case 'quota-nudge':
      case 'quota-reminder':
      case 'quota-last-call':
        return monthOf(localDateOf(now, timeZone)) > about.month ? { superseded: 'the month is over' } : quotaFacts(about, plannedAt)
      case 'quota-missed':
        return missedFacts(about, to)
      case 'bulletin': {
        const bulletin = await namedBulletin(table, about.month, timeZone)
        return bulletin === undefined ? { superseded: 'the bulletin is gone' } : { facts: { kind: about.kind, bulletin } }
      }
      case 'visit-joint': {
        const visit = await readVisit(table, about.visitId)
        return visit === undefined ? { superseded: 'the visit is gone' } : { facts: { kind: about.kind, visit: await visitFacts(visit) } }
      }
      case 'visit-denied':
        return deniedFacts(about.flagId)
      case 'exemption-requested':
      case 'exemption-decided':
        return exemptionFacts(about, to)
      case 'session-invited':
      case 'session-cancelled':
      case 'session-minutes':
        return sessionMail(about, to, now)
      case 'notice-drafted':
      case 'notice-proposed':
      case 'notice-appealed':
      case 'notice-decided':
      case 'notice-published':
      case 'notice-ended':
        return noticeMail(about, to)
      case 'notices-of-month':
        return noticesOfMonth(about.month)
      case 'assessment-opened':
      case 'assessment-final':
      case 'assessment-appealed':
      case 'assessment-decided':
        return assessmentMail(about, to)
      case 'enterprise-link': {
        const [enterprise, senderName] = await Promise.all([roster.enterprise(about.enterpriseId), nameOfOfficer(about.by)])
        return { facts: { kind: about.kind, enterpriseName: enterprise?.name ?? about.enterpriseId, senderName } }
      }
      case 'officer-rating-asked': {
        const today = localDateOf(now, timeZone)
        const [enterprise, [officer]] = await Promise.all([roster.enterprise(about.enterpriseId), roster.pairedOfficers(about.enterpriseId, today)])
        if (today > roundClosesOn(about.round)) return { superseded: 'the round is over' }
        if (officer === undefined) return { superseded: 'nobody is paired with it any more' }
        return { facts: { kind: about.kind, round: about.round, enterpriseName: enterprise?.name ?? about.enterpriseId, officerName: officer.name } }
      }
      case 'mail-undeliverable':
        return undeliverableFacts(about)
      default:
        return ofNoKnownKind(about)
    }
  }

  /**
   * Mail that asks a department to act goes to whoever is of it when it is sent, or to the campaign office: in its stead
   * where it has nobody, and beside it where only a level of it is missing.
   */
  async function standingOf(to: OutboxMail['to'], { leadDepartmentId, responsibleDepartmentId }: Issue): Promise<'of-the-lead' | 'answering-for-it' | 'in-its-stead' | 'beside-it' | 'handed-on'> {
    const { kind, id } = readRecipient(to)
    const officer = kind === 'officer' ? await roster.officer(id) : undefined
    const isOfOffice = kind === 'address' || officer?.roles.includes('supervisor') === true
    if (isOfOffice && (await hasNobody(leadDepartmentId))) return 'in-its-stead'
    if (officer === undefined || officer.departmentId === leadDepartmentId) return 'of-the-lead'
    if (officer.departmentId === responsibleDepartmentId) return 'answering-for-it'
    return isOfOffice ? 'beside-it' : 'handed-on'
  }

  async function hasNobody(departmentId: string): Promise<boolean> {
    const { handlers, directors } = await roster.staffOf(departmentId)
    return handlers.length + directors.length === 0
  }

  /** Whether the reader handles or directs in the department. */
  async function worksIn(departmentId: string, to: OutboxMail['to']): Promise<boolean> {
    const { handlers, directors } = await roster.staffOf(departmentId)
    return [...handlers, ...directors].some(id => to === `officer:${id}`)
  }

  /** Where a department has no director to decide or to look into something, the campaign office is asked. */
  async function directs(departmentId: string, to: OutboxMail['to']): Promise<boolean> {
    const { kind, id } = readRecipient(to)
    const officer = kind === 'officer' ? await roster.officer(id) : undefined
    return officer?.departmentId === departmentId && officer.roles.includes('director')
  }

  async function sessionMail(about: Extract<About, { sessionId: string }>, to: OutboxMail['to'], now: Instant): Promise<Found> {
    const session = openedMaybe('session', await table.get(sessionKey(about.sessionId)))
    if (session === undefined) return { superseded: 'the session is gone' }
    const { kind, id } = readRecipient(to)
    const reader = kind === 'enterprise' ? ({ kind, name: (await roster.enterprise(id))?.name ?? id } as const) : ({ kind: 'staff' } as const)
    switch (about.kind) {
      case 'session-invited':
        // A later invitation says what holds now; of one that is off, a mail of its own tells.
        if (session.status !== 'called' || session.invitation !== about.invitation) return { superseded: 'it has been changed since' }
        if (session.endsAt <= now) return { superseded: 'it is over' }
        return { facts: { kind: about.kind, session: await sessionFacts(session, about.invitation, reader), changed: about.again, reader } }
      case 'session-cancelled': {
        const isOff = session.status === 'cancelled'
        if (!isOff && session.invited.includes(to)) return { superseded: 'the reader is to come after all' }
        return { facts: { kind: about.kind, session: await sessionFacts(session, about.invitation, reader), reason: isOff ? session.cancelled?.reason : undefined, reader } }
      }
      case 'session-minutes': {
        const [facts, decisions] = await Promise.all([sessionFacts(session, session.invitation, reader), decisionsOf(table, session.sessionId)])
        const told = decisions.filter(({ enterpriseId }) => kind !== 'enterprise' || enterpriseId === id)
        return { facts: { kind: about.kind, session: facts, text: session.minutes?.text ?? '', decisions: await Promise.all(told.map(spotDecisionFacts)), reader } }
      }
    }
  }

  /** Which others come, and who among them cannot be written to, is for the staff alone. */
  async function sessionFacts(session: Session, invitation: number, reader: SessionReader): Promise<SessionFacts> {
    const [holderName, departmentName, invitedNames, enterprises] = await Promise.all([
      nameOfOfficer(session.directorId),
      nameOfDepartment(session.departmentId),
      Promise.all(session.departmentIds.map(nameOfDepartment)),
      reader.kind === 'staff' ? roster.enterprises(session.enterpriseIds) : new Map<string, Enterprise>(),
    ])
    const on = localDateOf(session.startsAt, timeZone)
    const unaddressed = [...enterprises.values()].filter(({ contactEmail }) => contactEmail === undefined)
    return {
      number: session.sessionId,
      title: session.title,
      place: session.place,
      startsAt: session.startsAt,
      endsAt: session.endsAt,
      holderName,
      departmentName,
      invitedNames,
      enterpriseNames: [...enterprises.values()].map(({ name }) => name),
      unaddressed: await Promise.all(unaddressed.map(async ({ enterpriseId, name }) => ({ enterpriseName: name, officerName: (await roster.pairedOfficers(enterpriseId, on))[0]?.name }))),
      remark: session.remark,
      sequence: invitation - 1,
    }
  }

  async function spotDecisionFacts({ issueId, departmentId, dueOn, what }: SessionDecision): Promise<SpotDecisionFacts> {
    const [issue, departmentName] = await Promise.all([readIssue(issueId), nameOfDepartment(departmentId)])
    return { issueNumber: issueId, issueTitle: issue?.title ?? '', departmentName, dueOn, what }
  }

  async function issueMail(about: Extract<About, { issueId: string }>, issue: Issue, to: OutboxMail['to'], now: Instant): Promise<Found> {
    const reader = to.startsWith('enterprise:') ? 'enterprise' : 'officer'
    switch (about.kind) {
      case 'issue-dispatched': {
        if (!isOpen(issue.status)) return { superseded: 'the issue is resolved' }
        const dispatch = readDispatch(issue.issueId)
        const [facts, { departmentId }, standing] = await Promise.all([issueFacts(issue, dispatch), dispatch, standingOf(to, issue)])
        if (issue.leadDepartmentId !== departmentId) return { superseded: 'the issue has been handed on' }
        return { facts: { kind: about.kind, issue: facts }, inStead: standing === 'in-its-stead' }
      }
      case 'issue-unrouted':
        if (!isOpen(issue.status)) return { superseded: 'the issue is resolved' }
        if (issue.leadDepartmentId !== issue.firstDepartmentId) return { superseded: 'the issue has been handed on' }
        return { facts: { kind: about.kind, issue: await issueFacts(issue), firstDepartmentName: await nameOfDepartment(issue.firstDepartmentId) } }
      case 'issue-transferred': {
        const event = await readEvent(issue.issueId, about.event, 'transferred')
        const isOfficer = to === `officer:${issue.officerId}`
        const over = issue.leadDepartmentId !== event.departmentId ? 'the issue has been handed on' : isOpen(issue.status) ? undefined : 'the issue is resolved'
        if (!isOfficer && over !== undefined) return { superseded: over }
        // Who brought it may be of the department that has to act, and gets one mail; it asks for what is still to be done.
        const isInformed = isOfficer && (over !== undefined || !(await worksIn(event.departmentId, to)))
        const [facts, fromDepartmentName, toDepartmentName, standing] = await Promise.all([
          issueFacts(issue),
          nameOfDepartment(event.fromDepartmentId),
          nameOfDepartment(event.departmentId),
          standingOf(to, issue),
        ])
        const reader = isInformed ? 'officer' : 'staff'
        return {
          facts: { kind: about.kind, issue: facts, fromDepartmentName, toDepartmentName, reason: event.reason, reader },
          inStead: !isInformed && standing === 'in-its-stead',
        }
      }
      case 'issue-replied':
      case 'issue-resolved':
      case 'issue-explained': {
        const [event, enterprise, facts] = await Promise.all([
          readEvent(issue.issueId, about.event, ({ 'issue-replied': 'replied', 'issue-resolved': 'resolved', 'issue-explained': 'explained' } as const)[about.kind]),
          roster.enterprise(issue.enterpriseId),
          issueFacts(issue),
        ])
        // An enterprise is asked for its rating of this answer only while it can give one.
        const awaitsRating = issue.status === 'resolved' && issue.resolvedAt === event.at
        if (about.kind !== 'issue-replied' && reader === 'enterprise' && !awaitsRating) return { superseded: 'there is nothing to rate any more' }
        return {
          facts: {
            kind: about.kind,
            issue: facts,
            message: event.message,
            departmentName: event.departmentId === issue.leadDepartmentId ? facts.leadDepartmentName : await nameOfDepartment(event.departmentId),
            reader,
            enterpriseHasMail: enterprise?.contactEmail !== undefined,
          },
        }
      }
      case 'issue-asked': {
        const asked = await readEvent(issue.issueId, about.event, 'asked')
        if (issue.request?.at !== asked.at) return { superseded: 'it has been decided, or has fallen away' }
        return { facts: { kind: about.kind, issue: await issueFacts(issue), askedByName: await nameOfOfficer(asked.by), asked } }
      }
      case 'issue-decided': {
        const { request, decision, remark, by } = await readEvent(issue.issueId, about.event, 'decided')
        return { facts: { kind: about.kind, issue: await issueFacts(issue), request, approved: decision === 'approved', decidedByName: await nameOfOfficer(by), remark } }
      }
      case 'issue-moved': {
        const move = await readMove(issue.issueId, about.event)
        // A mail that comes later tells of what has happened since.
        const holds = move.event === 'paused' || move.event === 'merged' ? issue.status === move.event : isOpen(issue.status)
        if (!holds) return { superseded: 'it has gone on since' }
        const [facts, enterprise] = await Promise.all([issueFacts(issue), roster.enterprise(issue.enterpriseId)])
        const whose = to === `officer:${issue.officerId}` || reader === 'enterprise' ? reader : 'staff'
        return { facts: { kind: about.kind, issue: facts, move, reader: whose, enterpriseHasMail: enterprise?.contactEmail !== undefined } }
      }
      case 'issue-directed': {
        const { sessionId, fromDepartmentId, departmentId, what } = await readEvent(issue.issueId, about.event, 'directed')
        const isOfBoth = to === `officer:${issue.officerId}` || reader === 'enterprise'
        if (issue.leadDepartmentId !== departmentId && !isOfBoth) return { superseded: 'the issue has been handed on' }
        if (!isOpen(issue.status)) return { superseded: 'it has gone on since' }
        const [facts, enterprise, departmentName, fromDepartmentName, isFormer] = await Promise.all([
          issueFacts(issue),
          roster.enterprise(issue.enterpriseId),
          nameOfDepartment(departmentId),
          nameOfDepartment(fromDepartmentId),
          fromDepartmentId !== departmentId && !isOfBoth ? worksIn(fromDepartmentId, to) : false,
        ])
        // Who brought it may be of the department that has to act, and gets one mail, which asks for that.
        const isInformed = to === `officer:${issue.officerId}` && !(await worksIn(departmentId, to))
        const whose = reader === 'enterprise' ? reader : isInformed ? 'officer' : isFormer ? 'former-lead' : 'lead'
        return { facts: { kind: about.kind, issue: facts, sessionNumber: sessionId, what, departmentName, fromDepartmentName, reader: whose, enterpriseHasMail: enterprise?.contactEmail !== undefined } }
      }
      case 'assist-asked': {
        const piece = issue.pieces.find(({ event, status }) => event === about.event && status === 'open')
        if (piece === undefined) return { superseded: 'the piece is settled' }
        const [facts, asked] = await Promise.all([issueFacts(issue), pieceFacts(issue.issueId, piece)])
        return { facts: { kind: about.kind, issue: facts, ...asked } }
      }
      case 'assist-answered': {
        const event = await readPieceSettled(issue.issueId, about.event)
        const answered = event.event === 'assist-answered'
        const words = answered ? event.message : event.reason
        return { facts: { kind: about.kind, issue: await issueFacts(issue), departmentName: await nameOfDepartment(event.departmentId), answered, words } }
      }
      case 'assist-warning':
      case 'assist-escalated': {
        const piece = issue.pieces.find(each => each.piece === about.piece)
        if (piece?.status !== 'open' || !isOpen(issue.status)) return { superseded: 'the piece is settled' }
        const { clock } = piece
        const [facts, asked, { calendar }] = await Promise.all([issueFacts(issue), pieceFacts(issue.issueId, piece), readRules(table)])
        if (about.kind === 'assist-warning') {
          if (clock.next?.step === 'warning') return { superseded: 'the deadline has moved, and will be warned of in its time' }
          if (clock.by < now) return { superseded: 'the deadline has passed' }
          return { facts: { kind: about.kind, issue: facts, ...asked } }
        }
        const event = await readEvent(issue.issueId, about.event, 'assist-escalated')
        if (clock.by > event.at) return { superseded: 'the deadline has moved' }
        const { days } = workingDaysBetween(calendar, localDateOf(clock.by, timeZone), localDateOf(event.at, timeZone))
        return { facts: { kind: about.kind, issue: facts, ...asked, level: about.level, workingDaysLate: days } }
      }
      case 'assist-dropped': {
        const piece = issue.pieces.find(each => each.piece === about.piece)
        const isAskedAgain = issue.pieces.some(({ departmentId, status }) => departmentId === piece?.departmentId && status === 'open')
        if (piece === undefined || isAskedAgain) return { superseded: 'the department has been asked again' }
        const [facts, { departmentName, message }, end] = await Promise.all([issueFacts(issue), pieceFacts(issue.issueId, piece), readEnd(issue, about.event)])
        return { facts: { kind: about.kind, issue: facts, departmentName, message, end } }
      }
      case 'issue-informed': {
        const { words } = await readEvent(issue.issueId, about.event, 'informed')
        return { facts: { kind: about.kind, issue: await issueFacts(issue), words } }
      }
      case 'issue-withdrawn': {
        const { words } = await readEvent(issue.issueId, about.event, 'withdrawn')
        return { facts: { kind: about.kind, issue: await issueFacts(issue), words } }
      }
      case 'issue-closed': {
        const event = await readEvent(issue.issueId, about.event, 'closed')
        const said = event.closedBy === 'override' ? undefined : await readSaid(issue.issueId, about.event - 1)
        return { facts: { kind: about.kind, issue: await issueFacts(issue), closedBy: event.closedBy, said, reason: event.reason } }
      }
      case 'issue-reopened': {
        // Told even if it has been resolved anew since: the enterprise's words are for director and supervisors to read.
        const event = await readEvent(issue.issueId, about.event, 'reopened')
        const [facts, said, standing, { policy }] = await Promise.all([issueFacts(issue), readSaid(issue.issueId, about.event - 1), standingOf(to, issue), readRules(table)])
        if (standing === 'handed-on' && isOpen(issue.status) && to !== `officer:${issue.officerId}`) return { superseded: 'the issue has been handed on' }
        const isOfLeadingGroup = policy.leadingGroup.some(address => to === `address:${address}`)
        return { facts: { kind: about.kind, issue: facts, said, level: event.level, reader: isOfLeadingGroup ? 'leading-group' : 'staff' } }
      }
      case 'call-back-due': {
        const { callBack, resolvedAt } = issue
        if (callBack?.isDue !== true || resolvedAt === undefined) return { superseded: 'the enterprise has spoken' }
        const [facts, enterprise] = await Promise.all([issueFacts(issue), roster.enterprise(issue.enterpriseId)])
        const { contactName, contactPhone, contactEmail } = enterprise ?? {}
        return { facts: { kind: about.kind, issue: facts, resolvedAt, contactName, contactPhone, enterpriseHasMail: contactEmail !== undefined } }
      }
      case 'issue-warning':
      case 'issue-escalated': {
        const clock = issue.clocks[about.clock]
        if (clock.doneAt !== undefined || !isOpen(issue.status)) return { superseded: 'it has been done' }
        if (about.kind === 'issue-warning') {
          if (clock.next?.step === 'warning') return { superseded: 'the deadline has moved, and will be warned of in its time' }
          if (clock.by < now) return { superseded: 'the deadline has passed' }
          const [facts, standing] = await Promise.all([issueFacts(issue), standingOf(to, issue)])
          if (standing === 'handed-on') return { superseded: 'the issue has been handed on' }
          return { facts: { kind: about.kind, issue: facts, clock: about.clock, dueBy: clock.by }, inStead: standing === 'in-its-stead' }
        }
        const [facts, standing, { calendar }, event] = await Promise.all([
          issueFacts(issue),
          standingOf(to, issue),
          readRules(table),
          readEvent(issue.issueId, about.event, 'escalated'),
        ])
        if (standing === 'handed-on') return { superseded: 'the issue has been handed on' }
        if (clock.by > event.at) return { superseded: 'the deadline has moved' }
        // Counted to the day the level was reached, so that a mail sent again later says the same.
        const { days } = workingDaysBetween(calendar, localDateOf(clock.by, timeZone), localDateOf(event.at, timeZone))
        const readerAnswersForIt = standing === 'answering-for-it'
        return { facts: { kind: about.kind, issue: facts, readerAnswersForIt, clock: about.clock, level: about.level, dueBy: clock.by, workingDaysLate: days }, inStead: standing === 'in-its-stead' && about.level < 3 }
      }
      default:
        return ofNoKnownKind(about)
    }
  }
}
export type FactsReader = ReturnType<typeof factsReader>
