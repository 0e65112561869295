import { createHash } from 'node:crypto'
import type { Case, CaseEvent } from '../../shared/case/case.ts'
import { nextActionAt as nextCaseActionAt } from '../../shared/case/limits.ts'
import { readStakes } from '../../shared/case/stakes.ts'
import { isWorkingTime, nextActionAt } from '../../shared/issue/deadline.ts'
import { clockNames, type Issue, type TimelineEvent } from '../../shared/issue/issue.ts'
import { isOpen, isUnderWay } from '../../shared/issue/transition.ts'
import { addDays } from '../../shared/calendar/date.ts'
import { isWorkingDay, type Calendar } from '../../shared/calendar/working-day.ts'
import { instantOf, localDateOf } from '../../shared/calendar/zone.ts'
import { defaultPolicy } from '../../shared/policy/policy.ts'
import { appealWindowOf, type Notice } from '../../shared/notice/notice.ts'
import { countedOf } from '../../shared/visit/quota.ts'
import type { OutboxMail } from '../../functions/adapters/outbox-store.ts'
import { calendarFrom } from '../../functions/adapters/rules-store.ts'
import { opened, type ShapeName, type Stored } from '../../functions/adapters/stored.ts'
import type { Item, Key } from '../../functions/adapters/table.ts'
import { taskKey } from '../../functions/adapters/task-store.ts'
import { tasksOfCase, tasksOfExemption, tasksOfIssue, tasksOfNotice, tasksOfProject, tasksOfSheet } from '../../shared/supervision/task.ts'
import type { Delivered } from './faults.ts'

interface VisitFact {
  readonly visitId: string
  readonly officerId: string
  readonly enterpriseId: string
  readonly visitedOn: string
  readonly mode: string
  readonly measures: readonly string[]
  readonly counted: boolean
  /** The issues it raised. */
  readonly raised: readonly string[]
}

/** The plain model: what clients were told has happened, and what was seen of each issue before. */
export class History {
  readonly visits: VisitFact[] = []
  readonly issues: string[] = []
  readonly cases: string[] = []
  readonly levels = new Map<string, number>()
  readonly timelines = new Map<string, readonly string[]>()
}

const demand: (holds: boolean, what: string) => asserts holds = (holds, what) => {
  if (!holds) throw new Error(what)
}

const all = <S extends ShapeName>(items: readonly Item[], shape: S, prefix: string): Stored<S>[] =>
  items.filter(item => item['shape'] === shape && item.pk.startsWith(prefix)).map(item => opened(shape, item))

interface Moment {
  readonly now: number
  readonly timeZone: string
  /** Nothing ever fails in this world, so nothing may arrive twice. */
  readonly isFaultless: boolean
  /** Faults are over and everything has had its time. */
  readonly atTheEnd?: boolean
}

/** Checks everything that has to hold after every step. @throws Error that says what does not */
export const checkInvariants = (items: readonly Item[], delivered: readonly Delivered[], history: History, moment: Moment): void => {
  checkVisits(items, history)
  checkDeliveries(items, history)
  checkFlags(items, history)
  checkIssues(items, history, moment)
  checkSessions(items)
  checkCases(items, history, moment)
  checkTasks(items)
  checkProjects(items)
  checkNotices(items, history, moment)
  checkMails(items, delivered, moment)
}

/** The worklists hold what waits by how issues, cases, requests, notices and sheets stand: all of it, and nothing else. */
export const checkTasks = (items: readonly Item[]): void => {
  const waiting = [
    ...all(items, 'issue', 'ISSUE#').flatMap(tasksOfIssue),
    ...all(items, 'case', 'CASE#').flatMap(tasksOfCase),
    ...all(items, 'exemption', 'EXEMPTION#').flatMap(tasksOfExemption),
    ...all(items, 'notice', 'NOTICE#').flatMap(tasksOfNotice),
    ...all(items, 'sheet', 'ASSESSMENT#').flatMap(tasksOfSheet),
    ...all(items, 'project', 'PROJECT#').flatMap(tasksOfProject),
  ]
  const nameOf = ({ pk, sk }: Key): string => `${pk} ${sk}`
  const listed = new Set(items.filter(item => item['shape'] === 'task').map(nameOf))
  for (const task of waiting) demand(listed.delete(nameOf(taskKey(task))), `${nameOf(taskKey(task))} waits and is not listed`)
  demand(listed.size === 0, `${[...listed].join()} is listed and does not wait`)
}

/** A project's version, plans and amounts are what its history tells, and what the morning or a change has marked is told of nobody else. */
const checkProjects = (items: readonly Item[]): void => {
  for (const project of all(items, 'project', 'PROJECT#')) {
    const told = items.filter(({ pk, shape }) => pk === `PROJECT#${project.enterpriseId}` && shape === 'project-event').map(item => opened('project-event', item))
    demand(told.every(({ version }) => version <= project.version), `the history of ${project.enterpriseId} is ahead of it`)
    for (const { month, amount } of project.investments) {
      const last = told.flatMap(event => (event.event === 'invested' && event.month === month ? [event] : [])).sort((one, other) => one.version - other.version).at(-1)
      demand(last?.after === amount, `${project.enterpriseId} has ${amount} in ${month}, and its history ${last?.after ?? 'nothing'}`)
    }
    for (const event of told) if (event.event === 'planned' && event.before === undefined) demand(told.filter(each => each.event === 'planned' && each.year === event.year && each.before === undefined).length === 1, `${event.year} of ${project.enterpriseId} was planned first twice`)
  }
}

/** What sessions have decided is kept once, known to its issue, and listed as open until that has ended. */
const checkSessions = (items: readonly Item[]): void => {
  const sessions = all(items, 'session', 'SESSION#')
  const issues = new Map(all(items, 'issue', 'ISSUE#').map(issue => [issue.issueId, issue]))
  checkNumbers(sessions.map(({ sessionId }) => sessionId.slice(1)))
  const decided = all(items, 'decision', 'SESSION#')
  demand(decided.length === sessions.reduce((total, { decisions }) => total + decisions.length, 0), 'a session miscounts its decisions')
  for (const { sessionId, decision, issueId } of decided) {
    const known = issues.get(issueId)?.directions.filter(each => each.sessionId === sessionId && each.decision === decision) ?? []
    demand(known.length === 1, `${issueId} knows of decision ${decision} of ${sessionId} ${known.length} times`)
  }
  const marks = items.filter(item => item['shape'] === 'direction')
  demand(marks.length === decided.length, `${decided.length} decisions were made, ${marks.length} are listed`)
  for (const mark of marks) {
    const { issueId } = opened('direction', mark)
    const status = issues.get(issueId)?.status
    const list = status === 'closed' || status === 'withdrawn' ? 'DECISIONS#ended' : 'DECISIONS#open'
    demand(mark['allPk'] === list, `a decision on ${issueId}, which is ${status ?? 'gone'}, stands in ${String(mark['allPk'])}`)
  }
}

/** Every visit a client was told of is there once; the counter equals a recount by the rules, done plainly. */
const checkVisits = (items: readonly Item[], history: History): void => {
  const visits = all(items, 'visit', 'VISITS#')
  demand(visits.length === history.visits.length, `${history.visits.length} visits were acknowledged, ${visits.length} are stored`)
  const days = new Map<string, Set<string>>()
  for (const visit of history.visits) {
    if (!['onsite', 'office', 'session'].includes(visit.mode)) {
      demand(!visit.counted, `${visit.visitId} counts by ${visit.mode}`)
      continue
    }
    const month = `${visit.officerId} ${visit.enterpriseId} ${visit.visitedOn.slice(0, 7)}`
    days.set(month, (days.get(month) ?? new Set<string>()).add(visit.visitedOn))
  }
  const counted = history.visits.filter(visit => visit.counted).map(visit => `${visit.officerId} ${visit.enterpriseId} ${visit.visitedOn}`)
  demand(new Set(counted).size === counted.length, 'two visits of one day were counted')
  demand(counted.length === [...days.values()].reduce((total, each) => total + each.size, 0), 'a day with a visit that counts has none counted')
  const records = all(items, 'quota', 'OFFICER#')
  for (const record of records) {
    const month = `${record.officerId} ${record.enterpriseId} ${record.month}`
    demand(countedOf(record) === (days.get(month)?.size ?? 0), `the counter of ${month} is ${countedOf(record)}`)
  }
  for (const month of days.keys()) demand(records.some(record => month === `${record.officerId} ${record.enterpriseId} ${record.month}`), `no counter for ${month}`)
}

/** What enterprises have had explained, and since when, is what the visits that clients were told of say. */
const checkDeliveries = (items: readonly Item[], history: History): void => {
  const first = new Map<string, string>()
  for (const { enterpriseId, visitedOn, measures } of [...history.visits].sort((one, other) => (one.visitedOn < other.visitedOn ? 1 : -1)))
    for (const measureId of measures) first.set(`ENTERPRISE#${enterpriseId} DELIVERED#${measureId}`, visitedOn)
  const deliveries = items.filter(item => item['shape'] === 'delivery')
  demand(deliveries.length === first.size, `${first.size} deliveries were made, ${deliveries.length} are stored`)
  for (const item of deliveries) {
    const { deliveredOn } = opened('delivery', item)
    demand(first.get(`${item.pk} ${item.sk}`) === deliveredOn, `${item.pk} ${item.sk} is of ${deliveredOn}`)
  }
}

/** Every visit of a world has the same summary, so that from an officer's third on each is flagged; and a visit is, for being denied, once the enterprise has denied it. */
const checkFlags = (items: readonly Item[], history: History): void => {
  const flags = all(items, 'flag', 'FLAG#')
  const visits = new Map(history.visits.map(visit => [visit.visitId, visit]))
  demand(flags.every(({ visitId, officerId }) => visits.get(visitId)?.officerId === officerId), 'a flag is of no visit, or of another officer')
  const count = (officerId: string, list: readonly { readonly officerId: string }[]): number => list.filter(each => each.officerId === officerId).length
  for (const officerId of new Set(history.visits.map(visit => visit.officerId))) {
    const repeated = count(officerId, flags.filter(({ kind }) => kind === 'same-text'))
    demand(repeated === Math.max(0, count(officerId, history.visits) - 2), `${officerId} has ${count(officerId, history.visits)} visits in the same words, and ${repeated} flags for that`)
  }
  const denied = new Map(flags.filter(({ kind }) => kind === 'denied').map(flag => [flag.visitId, flag]))
  for (const { visitId, answers } of all(items, 'confirmation', 'CONFIRMATION#')) {
    const flag = denied.get(visitId)
    demand((flag !== undefined) === answers.some(({ came }) => !came), `${visitId} is denied and not flagged, or flagged and not denied`)
    demand(flag === undefined || (flag.takenBackAt !== undefined) === answers.at(-1)?.came, `the flag of ${visitId} does not say whether it was taken back`)
    denied.delete(visitId)
  }
  demand(denied.size === 0, 'a visit is flagged that nobody denied')
}

const checkIssues = (items: readonly Item[], history: History, moment: Moment): void => {
  const issues = all(items, 'issue', 'ISSUE#')
  demand(issues.length === history.issues.length, `${history.issues.length} issues were acknowledged, ${issues.length} are stored`)
  checkNumbers(issues.map(({ issueId }) => issueId))
  checkRaised(issues, history)
  const events = new Map<string, TimelineEvent[]>()
  for (const item of items.filter(each => each['shape'] === 'event').sort((one, other) => (one.sk < other.sk ? -1 : 1)))
    events.set(item.pk, [...(events.get(item.pk) ?? []), opened('event', item)])
  const calendar = calendarFrom(all(items, 'calendar', 'CALENDAR').sort((one, other) => other.version - one.version)[0])
  for (const issue of issues) checkIssue(issue, events.get(`ISSUE#${issue.issueId}`) ?? [], history)
  checkMerged(issues)
  // While a year is marked as changed, the sweep has yet to come to what rests on it.
  if (items.some(item => item['shape'] === 'amended')) return
  for (const issue of issues) {
    checkNothingDue(issue, calendar, moment)
    if (isOpen(issue.status) && nextActionAt(issue) !== undefined) checkDeadlines(issue, calendar, moment)
  }
}

/** Whoever goes on with an issue has accepted it. A merged issue follows one that is worked on, which knows of it; and is led by the department that leads that. */
const checkMerged = (issues: readonly Issue[]): void => {
  const byId = new Map(issues.map(issue => [issue.issueId, issue]))
  for (const { issueId, status, mergedInto, followers, leadDepartmentId, responsibleDepartmentId } of issues) {
    demand(status !== 'accepted' || responsibleDepartmentId === leadDepartmentId, `${issueId} is accepted by ${responsibleDepartmentId} and led by ${leadDepartmentId}`)
    demand((status === 'merged') === (mergedInto !== undefined), `${issueId} is ${status} and follows ${mergedInto ?? 'none'}`)
    const target = byId.get(mergedInto ?? '')
    demand(mergedInto === undefined || (target !== undefined && isUnderWay(target.status) && target.followers.includes(issueId)), `${issueId} follows ${mergedInto ?? ''} in vain`)
    demand(target === undefined || target.leadDepartmentId === leadDepartmentId, `${issueId} is led by another department than the issue it follows`)
    demand(followers.every(id => byId.get(id)?.mergedInto === issueId), `${issueId} is followed by ${followers.join()}, of which one does not`)
  }
}

/** An issue is of the visit that raised it, its officer and enterprise; whatever names a visit was raised by it. */
const checkRaised = (issues: readonly Issue[], history: History): void => {
  const raisedBy = new Map(history.visits.flatMap(visit => visit.raised.map(issueId => [issueId, visit] as const)))
  for (const { issueId, visitId, officerId, enterpriseId } of issues) {
    const visit = raisedBy.get(issueId)
    demand(visitId === visit?.visitId, `${issueId} is of visit ${visitId ?? 'none'}, and was raised by ${visit?.visitId ?? 'none'}`)
    demand(visit === undefined || (visit.officerId === officerId && visit.enterpriseId === enterpriseId), `${issueId} is of another officer or enterprise than its visit`)
  }
}

/** Every case a client was told of is there once, its timeline only grows, its levels never fall, and nothing is done after its end. */
const checkCases = (items: readonly Item[], history: History, moment: Moment): void => {
  const cases = all(items, 'case', 'CASE#')
  demand(cases.length === history.cases.length, `${history.cases.length} cases were acknowledged, ${cases.length} are stored`)
  checkNumbers(cases.map(({ caseId }) => caseId.slice(1)))
  const events = new Map<string, CaseEvent[]>()
  for (const item of items.filter(each => each['shape'] === 'case-event').sort((one, other) => (one.sk < other.sk ? -1 : 1)))
    events.set(item.pk, [...(events.get(item.pk) ?? []), opened('case-event', item)])
  for (const it of cases) checkCase(it, events.get(`CASE#${it.caseId}`) ?? [], history)
  for (const it of cases) checkListed(it, items)
  const calendar = calendarFrom(all(items, 'calendar', 'CALENDAR').sort((one, other) => other.version - one.version)[0])
  if (items.some(item => item['shape'] === 'amended') || !isWorkingTime(moment.now, defaultPolicy.workingHours, { calendar, timeZone: moment.timeZone })) return
  for (const it of cases) demand((nextCaseActionAt(it) ?? Infinity) > moment.now, `${it.caseId} was due and was not dealt with`)
}

const checkCase = (it: Case, timeline: readonly CaseEvent[], history: History): void => {
  const name = it.caseId
  demand(timeline.length === it.eventCount, `${name} counts ${it.eventCount} events and has ${timeline.length}`)
  const told = timeline.map(event => JSON.stringify(event))
  demand((history.timelines.get(name) ?? []).every((event, at) => event === told[at]), `the timeline of ${name} was rewritten`)
  history.timelines.set(name, told)
  for (const { stepId, level } of it.steps) {
    demand(level >= (history.levels.get(`${name} ${stepId}`) ?? 0), `the level of ${name} ${stepId} fell`)
    history.levels.set(`${name} ${stepId}`, level)
  }
  const raised = timeline.flatMap(event => (event.event === 'step-escalated' ? [`${event.stepId} ${event.level} ${event.dueBy}`] : []))
  demand(new Set(raised).size === raised.length, `${name} rose twice to one level of one deadline`)
  checkEnd(it, timeline.filter(({ event }) => event !== 'step-excused'))
}

/** Nothing is done after the end of a case, but that a miss is excused. */
const checkEnd = (it: Case, timeline: readonly CaseEvent[]): void => {
  const name = it.caseId
  const end = timeline.findIndex(({ event }) => ['completed', 'step-refused', 'withdrawn'].includes(event))
  demand(end === -1 || end === timeline.length - 1, `something happened to ${name} after its end`)
  demand((end >= 0) === (it.endedAt !== undefined), `${name} is ${it.status}, and its timeline does not say so`)
  const said = timeline[end - 1]
  demand(it.status !== 'completed' || ((said?.event === 'receipt' || said?.event === 'called-back') && said.received), `${name} is completed, and the enterprise has not said so`)
}

/** Whoever goes along with a case finds it in their list once, and nobody else does. */
const checkListed = (it: Case, items: readonly Item[]): void => {
  const listed = items.filter(({ pk, officerPk }) => pk === `CASE#${it.caseId}` && officerPk !== undefined).map(({ officerPk }) => String(officerPk).slice('CASES#'.length))
  const concerned = new Set(readStakes(it).officers)
  demand(listed.length === concerned.size && listed.every(id => concerned.has(id)), `${it.caseId} is in the lists of ${listed.join()}, and concerns ${[...concerned].join()}`)
}

/** Nobody is criticised twice on the same grounds, nor in public before they could appeal or it was decided; and only what was published is public. */
const checkNotices = (items: readonly Item[], history: History, { timeZone }: Moment): void => {
  const notices = all(items, 'notice', 'NOTICE#')
  for (const kind of ['criticism', 'commendation'] as const)
    checkNumbers(notices.filter(notice => notice.kind === kind).flatMap(({ number }) => (number === undefined ? [] : [`${number.year}-${String(number.sequence).padStart(6, '0')}`])))
  const drafted = notices.filter(({ grounds }) => grounds.kind !== 'by-hand').map(({ subject, grounds }) => JSON.stringify([subject, grounds]))
  demand(new Set(drafted).size === drafted.length, 'two notices rest on the same grounds')
  checkMonthsOf(notices)
  checkLevelThree(items, notices)
  const publications = new Map(all(items, 'publication', 'NOTICE#').map(publication => [publication.noticeId, publication]))
  const calendar = calendarFrom(all(items, 'calendar', 'CALENDAR').sort((one, other) => other.version - one.version)[0])
  const hasNewCalendar = items.some(item => item['shape'] === 'amended')
  for (const notice of notices) {
    const { noticeId, kind, status, events } = notice
    const told = events.map(event => JSON.stringify(event))
    const before = history.timelines.get(noticeId) ?? []
    demand(before.every((event, at) => event === told[at]), `the timeline of notice ${noticeId} was rewritten`)
    history.timelines.set(noticeId, told)
    const publication = publications.get(noticeId)
    demand((publication !== undefined) === (status === 'published' || status === 'withdrawn'), `notice ${noticeId} is ${status} and is public, or is not`)
    demand((publication?.text === undefined) === (status !== 'published'), `the text of notice ${noticeId}, which is ${status}, is public, or is not`)
    const published = events.findIndex(({ event }) => event === 'published')
    if (published === -1 || kind === 'commendation') continue
    const decision = events.find(each => each.event === 'decided')
    demand(decision?.decision !== 'granted', `notice ${noticeId} was published though the appeal was granted`)
    demand(decision !== undefined || !events.some(({ event }) => event === 'appealed'), `notice ${noticeId} was published over an appeal`)
    // By the calendar as it was then; what is entered later moves nothing that has been published.
    const isNew = published >= before.length && !hasNewCalendar
    const until = appealWindowOf(notice, { calendar, timeZone })?.until ?? 0
    demand(!isNew || decision !== undefined || (events[published]?.at ?? 0) > until, `notice ${noticeId} was published while it could be appealed against`)
  }
}

/** Of what is not dropped, no month of an officer's is spoken of twice. */
const checkMonthsOf = (notices: readonly Notice[]): void => {
  const months = notices.flatMap(({ status, subject, grounds }) => (status !== 'dropped' && grounds.kind === 'missed-quota' && 'officerId' in subject ? grounds.months.map(month => `${subject.officerId} ${month}`) : []))
  demand(new Set(months).size === months.length, 'an officer is criticised twice for one month')
}

/** Each time that a resolve clock or a step's came to level 3, a notice was drafted; and what was excused was granted. */
const checkLevelThree = (items: readonly Item[], notices: readonly Notice[]): void => {
  const reached = [
    ...items.filter(item => item['shape'] === 'event').map(item => opened('event', item)).filter(event => event.event === 'escalated' && event.clock === 'resolve' && event.level === 3),
    ...items.filter(item => item['shape'] === 'case-event').map(item => opened('case-event', item)).filter(event => event.event === 'step-escalated' && event.level === 3),
  ]
  const drafts = notices.filter(({ grounds }) => grounds.kind === 'level-3')
  demand(drafts.length === reached.length, `level 3 was reached ${reached.length} times, and ${drafts.length} notices were drafted`)
  const excused = [...all(items, 'issue', 'ISSUE#').flatMap(issue => issue.excused ?? []), ...all(items, 'case', 'CASE#').flatMap(it => it.steps.flatMap(step => step.excused ?? []))].map(({ noticeId }) => noticeId).sort()
  const granted = notices.filter(({ effect }) => effect?.kind === 'excused').map(({ noticeId }) => noticeId).sort()
  demand(excused.join() === granted.join(), `${granted.length} appeals excused ${excused.length} misses`)
}

/** Numbers run from 1 in each year, without gaps. */
const checkNumbers = (ids: readonly string[]): void => {
  const byYear = new Map<string, number[]>()
  for (const id of ids) byYear.set(id.slice(0, 4), [...(byYear.get(id.slice(0, 4)) ?? []), Number(id.slice(5))])
  for (const [year, numbers] of byYear)
    demand(numbers.sort((one, other) => one - other).every((number, at) => number === at + 1), `numbers of ${year}: ${numbers.join()}`)
}

const checkIssue = (issue: Issue, timeline: readonly TimelineEvent[], history: History): void => {
  const name = issue.issueId
  demand(timeline.length === issue.eventCount, `${name} counts ${issue.eventCount} events and has ${timeline.length}`)
  const told = timeline.map(event => JSON.stringify(event))
  const before = history.timelines.get(name) ?? []
  demand(before.every((event, at) => event === told[at]), `the timeline of ${name} was rewritten`)
  history.timelines.set(name, told)
  demand(issue.level >= (history.levels.get(name) ?? 0), `the level of ${name} fell`)
  history.levels.set(name, issue.level)

  const raised = timeline.flatMap(event => (event.event === 'escalated' ? [event] : []))
  const once = new Set(raised.map(event => `${event.clock} ${event.level}`))
  demand(issue.deadlineVersion > 1 || once.size === raised.length, `${name} rose twice to one level`)
  demand(raised.every(event => event.clock === 'resolve' || event.level === 1), `${name} climbed on a clock that does not climb`)
  // A miss can be excused at any time, and changes nothing of what happens.
  checkLife(issue, timeline.filter(({ event }) => event !== 'excused'))
}

/** What may follow what ends the department's work, for a time or for good: what the enterprise says, the end of a pause, what the other issue comes to. Nothing follows an end. */
const following: Readonly<Partial<Record<TimelineEvent['event'], readonly TimelineEvent['event'][]>>> = {
  resolved: ['call-back-due', 'rated', 'closed', 'withdrawn'],
  explained: ['call-back-due', 'rated', 'closed', 'withdrawn'],
  'call-back-due': ['rated', 'called-back', 'closed', 'withdrawn'],
  merged: ['accepted', 'replied', 'transferred', 'informed', 'separated', 'resolved', 'explained', 'withdrawn'],
  paused: ['joined', 'left', 'replied', 'informed', 'assist-answered', 'assist-refused', 'assist-acknowledged', 'resumed', 'withdrawn'],
  withdrawn: [],
  rated: ['closed', 'reopened'],
  'called-back': ['closed', 'reopened'],
  closed: [],
}

const checkLife = (issue: Issue, timeline: readonly TimelineEvent[]): void => {
  const name = issue.issueId
  const events = timeline.map(({ event }) => event)
  for (const [at, event] of events.entries()) {
    const [next, allowed] = [events[at + 1], following[event]]
    demand(next === undefined || allowed === undefined || allowed.includes(next), `${String(next)} happened to ${name} after ${event}`)
  }
  demand(events.filter(event => event === 'reopened').length === issue.reopened.length, `${name} miscounts its reopenings`)
  const [said, last] = timeline.slice(-2)
  const isSatisfied = (said?.event === 'rated' || said?.event === 'called-back') && said.rating >= 3
  demand(last?.event !== 'closed' || isSatisfied || last.closedBy === 'override', `${name} was closed though the enterprise was not satisfied`)
  for (const end of ['closed', 'withdrawn'] as const) demand((events.at(-1) === end) === (issue.status === end), `${name} is ${issue.status}, and its timeline ends otherwise`)
  checkPauses(issue, events)
  checkPieces(issue, timeline)
  const isAwaited = issue.status === 'paused' || (issue.status === 'resolved' && (events.at(-1) === 'resolved' || events.at(-1) === 'explained'))
  demand(isOpen(issue.status) || (nextActionAt(issue) !== undefined) === isAwaited, `${name} is ${issue.status} and the sweep is to come to it wrongly`)
}

/** The clocks stand still exactly while the issue is paused or merged, never for longer than the policy allows; and more time is given once. */
const checkPauses = (issue: Issue, events: readonly TimelineEvent['event'][]): void => {
  const name = issue.issueId
  const count = (event: TimelineEvent['event']): number => events.filter(each => each === event).length
  demand(issue.pauses.length === count('paused') + count('merged'), `${name} miscounts its pauses`)
  demand((issue.pauses.at(-1)?.until === undefined && issue.pauses.length > 0) === (issue.status === 'paused' || issue.status === 'merged'), `${name} is ${issue.status} and its clocks stand still wrongly`)
  demand(issue.pauses.every(({ from, until = from }) => until >= from), `${name} went on before it stopped`)
  demand(count('extended') === (issue.extension === undefined ? 0 : 1), `${name} was extended ${count('extended')} times`)
}

/** A piece is asked for and settled once, climbs level by level for each version of its deadline, and owes nothing once the issue has ended. */
const checkPieces = (issue: Issue, timeline: readonly TimelineEvent[]): void => {
  const of = (piece: number, events: readonly string[]) => timeline.filter(event => 'piece' in event && event.piece === piece && events.includes(event.event))
  for (const { piece, status, level, clock } of issue.pieces) {
    const name = `piece ${piece} of ${issue.issueId}`
    demand(of(piece, ['assist-asked']).length === 1, `${name} was asked for otherwise than once`)
    const settled = of(piece, ['assist-answered', 'assist-refused'])
    demand(settled.length === (status === 'answered' || status === 'refused' ? 1 : 0), `${name} is ${status} and was settled ${settled.length} times`)
    const raised = of(piece, ['assist-escalated']).flatMap(event => (event.event === 'assist-escalated' ? [event.level] : []))
    demand(level === Math.max(0, ...raised), `${name} stands at level ${level}, and rose to ${raised.join()}`)
    demand(issue.deadlineVersion > 1 || new Set(raised).size === raised.length, `${name} rose twice to one level`)
    demand(status === 'open' || clock.next === undefined, `${name} is ${status} and has a step to come`)
    demand(status !== 'open' || ['dispatched', 'accepted', 'paused'].includes(issue.status), `${name} is open though the issue is ${issue.status}`)
  }
}

/** In working hours the sweep has left nothing undone. */
const checkNothingDue = (issue: Issue, calendar: Calendar, { now, timeZone }: Moment): void => {
  const reckoning = { calendar, timeZone }
  const due = nextActionAt(issue)
  if (isWorkingTime(now, defaultPolicy.workingHours, reckoning)) demand(due === undefined || due > now, `${issue.issueId} was due at ${due ?? 0} and was not dealt with`)
}

/** Every deadline is the closing of its last working day, counted day by day; later by what was left of it at each pause. */
const checkDeadlines = (issue: Issue, calendar: Calendar, { timeZone }: Moment): void => {
  const { issueId, dispatchedAt, clocks, rules, reopened, tier, extension, directed, pauses } = issue
  for (const name of clockNames) {
    const isAnew = name === 'resolve' && reopened.length > 0
    const { from, doneAt = Infinity, setAt = from } = clocks[name]
    demand((name === 'resolve' && directed !== undefined) === (clocks[name].setAt !== undefined), `${issueId} runs (${name}) as if a session had settled it, or had not`)
    demand(isAnew || from === dispatchedAt, `${issueId} runs (${name}) from another day than its dispatch`)
    const owed = { accept: rules.workingDays.accept, reply: rules.workingDays.reply, resolve: directed?.workingDays ?? (isAnew ? rules.reopenedWorkingDays : rules.workingDays.resolve)[tier] }[name]
    const added = name === 'resolve' && extension !== undefined && extension.over !== true && extension.at >= from ? extension.workingDays : 0
    let date = localDateOf(from, timeZone)
    for (let left = added === 0 ? owed : Math.max(owed, Math.min(owed + added, rules.extendedWorkingDaysAtMost)); left > 0; ) {
      date = addDays(date, 1)
      if (isWorkingDay(calendar, date)) left -= 1
    }
    let expected = instantOf(date, rules.closesAt, timeZone)
    for (const pause of pauses)
      if (pause.from >= setAt && pause.from < Math.min(expected, doneAt)) expected = afterPause(pause.from, expected, pause.until ?? 0, calendar, rules, timeZone)
    demand(clocks[name].by === expected, `${issueId} is due (${name}) at ${clocks[name].by}, by the calendar in force at ${expected}`)
  }
}

/** Quarter by quarter of an hour, of which the world's clock shows no parts: so many as were left when it stopped, counted from when it went on. */
const afterPause = (stopped: number, by: number, wentOn: number, calendar: Calendar, { opensAt, closesAt }: Issue['rules'], timeZone: string): number => {
  const quarter = 15 * 60_000
  const isOpenQuarter = (instant: number): boolean => {
    const date = localDateOf(instant, timeZone)
    return isWorkingDay(calendar, date) && instant >= instantOf(date, opensAt, timeZone) && instant < instantOf(date, closesAt, timeZone)
  }
  let left = 0
  for (let at = stopped; at < by; at += quarter) if (isOpenQuarter(at)) left += 1
  let at = wentOn
  for (; left > 0; at += quarter) if (isOpenQuarter(at)) left -= 1
  return at
}

/** Remembered, because every mail is looked at after every step. */
const messageIdOf = (mailId: string): string => {
  const known = messageIds.get(mailId)
  if (known !== undefined) return known
  const messageId = `${createHash('sha256').update(mailId).digest('hex').slice(0, 32)}@example.org`
  messageIds.set(mailId, messageId)
  return messageId
}
const messageIds = new Map<string, string>()

/** Nothing lost, nothing doubled except after a lost answer, and then marked. */
const checkMails = (items: readonly Item[], delivered: readonly Delivered[], { atTheEnd, isFaultless }: Moment): void => {
  const mails = all(items, 'outbox', 'OUTBOX#') as OutboxMail[]
  const copies = new Map<string, Delivered[]>()
  for (const copy of delivered) copies.set(copy.messageId, [...(copies.get(copy.messageId) ?? []), copy])
  const planned = new Set(mails.map(mail => mail.mailId))
  const plannedMessages = new Set(mails.map(mail => messageIdOf(mail.mailId)))
  for (const mail of mails) {
    const received = copies.get(messageIdOf(mail.mailId)) ?? []
    const name = `${mail.mailId} (${mail.status})`
    demand(!isFaultless || received.length <= 1, `${name} arrived twice although nothing failed`)
    demand(received.length <= 2, `${name} arrived ${received.length} times`)
    demand(received.length < 2 || mail.lostAnswers > 0 || mail.status === 'sending', `${name} arrived twice and no answer was lost`)
    demand(received.slice(1).every(copy => copy.isRepeated), `${name} arrived again unmarked`)
    if (mail.status === 'sent') demand(received.length > 0, `${name} did not arrive`)
    if (mail.settledAt !== undefined && mail.undeliverable !== undefined && !mail.to.startsWith('address:admin@'))
      demand([...planned].some(id => id.startsWith(`${mail.mailId}/mail-undeliverable/`)), `${name} reached nobody and nobody was told`)
    if (atTheEnd === true) demand(mail.settledAt !== undefined, `${name} was never dealt with`)
  }
  for (const messageId of copies.keys()) demand(plannedMessages.has(messageId), 'a mail arrived that nobody planned')
}
