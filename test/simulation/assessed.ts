import { firstDayOfMonth, lastDayOfMonth, type LocalDate, type Month } from '../../shared/calendar/date.ts'
import { componentNames, isRate, type Component } from '../../shared/assessment/component.ts'
import { instantsOf, monthsOf, type AssessmentPeriod } from '../../shared/assessment/period.ts'
import { inputsSchema, numbersOf, type SheetRecord } from '../../shared/assessment/sheet.ts'
import type { Subject } from '../../shared/roster/subject.ts'
import type { TimelineEvent } from '../../shared/issue/issue.ts'
import { opened, type ShapeName, type Stored } from '../../functions/adapters/stored.ts'
import type { Item } from '../../functions/adapters/table.ts'
import { demandReckoned, timed, type Reckoned } from './reckoned.ts'
import { timelines } from './timelines.ts'

/**
 * What each sheet of a period has to say, counted the plain way: from timelines, visits, approved exemptions, moves, flags
 * and notices as they lie in the table, and from nothing that the rules of assessments make of them. What rests on the time to
 * reply or to resolve is compared issue by issue.
 */
class Plain {
  readonly #numbers = new Map<string, number[]>()

  add(owner: string, component: Component, numbers: readonly number[]): void {
    const key = `${owner} ${component}`
    const known = this.#numbers.get(key) ?? []
    this.#numbers.set(key, numbers.map((number, at) => number + (known[at] ?? 0)))
  }

  of(owner: string, component: Component): readonly number[] {
    return this.#numbers.get(`${owner} ${component}`) ?? []
  }
}

const compared: ReadonlySet<Component> = new Set(componentNames.filter(component => component !== 'response' && component !== 'inTime'))

const all = <S extends ShapeName>(items: readonly Item[], shape: S): Stored<S>[] => items.filter(item => item['shape'] === shape).map(item => opened(shape, item))

/** An officer, and where they belonged on a day. */
const departmentsOf = (items: readonly Item[]) => {
  const now = new Map(items.filter(({ sk }) => sk === 'OFFICER').map(item => opened('officer', item)).map(({ officerId, departmentId }) => [officerId, departmentId]))
  const moves = items.filter(item => item['shape'] === 'move').sort((one, other) => (one.sk < other.sk ? -1 : 1)).map(item => opened('move', item))
  return (officerId: string, date: LocalDate): string => moves.find(move => move.officerId === officerId && move.movedOn > date)?.fromDepartmentId ?? now.get(officerId) ?? ''
}

/** Two a month, fewer where a pairing starts or ends in it. */
const owedIn = (month: Month, { startsOn, endsOn }: Stored<'pairing'>): number => {
  if (startsOn > lastDayOfMonth(month) || (endsOn !== undefined && endsOn < firstDayOfMonth(month))) return 0
  const start = startsOn.startsWith(month) ? Number(startsOn.slice(8)) : 0
  const end = endsOn?.startsWith(month) === true ? Number(endsOn.slice(8)) : 31
  return Math.min(start <= 10 ? 2 : start <= 20 ? 1 : 0, end <= 10 ? 0 : end <= 20 ? 1 : 2)
}

const countVisits = (items: readonly Item[], months: readonly Month[], plain: Plain): void => {
  const departmentOn = departmentsOf(items)
  const visits = all(items, 'visit').filter(({ counted }) => counted)
  const exemptions = all(items, 'exemption').filter(({ status }) => status === 'approved')
  for (const month of months)
    for (const pairing of all(items, 'pairing')) {
      const { officerId, enterpriseId } = pairing
      const owed = owedIn(month, pairing)
      if (owed === 0 || exemptions.some(each => each.officerId === officerId && each.month === month && (each.enterpriseId === undefined || each.enterpriseId === enterpriseId))) continue
      const days = new Set(visits.filter(visit => visit.officerId === officerId && visit.enterpriseId === enterpriseId && visit.visitedOn.startsWith(month)).map(({ visitedOn }) => visitedOn))
      for (const owner of [officerId, departmentOn(officerId, lastDayOfMonth(month))]) plain.add(owner, 'quota', [days.size >= owed ? 1 : 0, 1])
    }
}

interface Span {
  readonly from: number
  readonly until: number
}
const isIn = ({ from, until }: Span, at: number): boolean => from <= at && at < until

/** Of an issue or a case, by where it is kept. */
const numberIn = (pk: string): string => pk.slice(pk.indexOf('#') + 1)

const leading = new Set(['dispatched', 'accepted', 'transferred', 'directed', 'merged'])
/** The department that the last event up to then says to lead. */
const leadAfter = (events: readonly TimelineEvent[]): string => events.reduce((lead, event) => (leading.has(event.event) && 'departmentId' in event ? event.departmentId : lead), '')

const levelNumbers = (level: number): number[] => [1, 2, 3].map(each => (each === level ? 1 : 0))

const countIssues = (items: readonly Item[], span: Span, plain: Plain): void => {
  const officerOf = new Map(all(items, 'issue').map(({ issueId, officerId }) => [issueId, officerId]))
  const noticed = new Map(all(items, 'notice').map(({ noticeId, draftedAt }) => [noticeId, draftedAt]))
  for (const [pk, events] of timelines(items, 'event')) {
    const issueId = numberIn(pk)
    const [dispatched] = events
    if (dispatched?.event !== 'dispatched') throw new Error(`${issueId} does not begin with its dispatch`)
    const officerId = officerOf.get(issueId) ?? ''
    const owners = [officerId, leadAfter(events)]
    const before = events.filter(({ at }) => at < span.until)
    for (const event of before)
      if ((event.event === 'rated' || event.event === 'called-back') && isIn(span, event.at)) for (const owner of owners) plain.add(owner, 'satisfaction', [event.rating >= 3 ? 1 : 0, 1])
    if (isIn(span, dispatched.at) && !before.some(({ event }) => event === 'withdrawn')) {
      const stood = before.findLast(({ event }) => event === 'resolved' || event === 'explained' || event === 'reopened')?.event
      for (const owner of owners) plain.add(owner, 'resolution', [stood === 'resolved' || stood === 'explained' ? 1 : 0, 1])
    }
    // Excused is the deadline whose third level brought the notice: each level that was due by then.
    const draftedAt = events.flatMap(event => (event.event === 'excused' ? [noticed.get(event.noticeId)] : []))
    const excused = new Set(events.flatMap(event => (event.event === 'escalated' && event.clock === 'resolve' && event.level === 3 && draftedAt.includes(event.at) ? [event.dueBy] : [])))
    for (const [at, event] of events.entries()) {
      if (!isIn(span, event.at)) continue
      if (event.event === 'assist-escalated') plain.add(event.departmentId, 'levels', levelNumbers(event.level))
      if (event.event !== 'escalated' || (event.clock === 'resolve' && excused.has(event.dueBy))) continue
      const lead = leadAfter(events.slice(0, at))
      plain.add(lead, 'levels', levelNumbers(event.level))
      if (lead === officersFirst(items, issueId)) plain.add(officerId, 'levels', levelNumbers(event.level))
    }
  }
}

/** The department that received it first; what was raised in a session may have begun elsewhere. */
const officersFirst = (items: readonly Item[], issueId: string): string | undefined => {
  const item = items.find(({ pk, sk }) => pk === `ISSUE#${issueId}` && sk === 'ISSUE')
  return item === undefined ? undefined : opened('issue', item).firstDepartmentId
}

const countCases = (items: readonly Item[], span: Span, plain: Plain): void => {
  const cases = new Map(all(items, 'case').map(it => [it.caseId, it]))
  const noticed = new Map(all(items, 'notice').map(({ noticeId, draftedAt }) => [noticeId, draftedAt]))
  for (const [pk, events] of timelines(items, 'case-event')) {
    const it = cases.get(numberIn(pk))
    const draftedAt = events.flatMap(event => (event.event === 'step-excused' ? [`${event.stepId} ${noticed.get(event.noticeId) ?? 0}`] : []))
    const excused = new Set(events.flatMap(event => (event.event === 'step-escalated' && event.level === 3 && draftedAt.includes(`${event.stepId} ${event.at}`) ? [`${event.stepId} ${event.dueBy}`] : [])))
    for (const event of events) {
      if (event.event !== 'step-escalated' || !isIn(span, event.at) || excused.has(`${event.stepId} ${event.dueBy}`)) continue
      const step = it?.steps.find(({ stepId }) => stepId === event.stepId)
      for (const owner of [event.departmentId, step?.wentAlong ?? step?.officerId ?? it?.officerId ?? '']) plain.add(owner, 'levels', levelNumbers(event.level))
    }
  }
}

const countWords = (items: readonly Item[], months: readonly Month[], span: Span, plain: Plain): void => {
  const departmentOn = departmentsOf(items)
  for (const { officerId, visitedOn, finding } of all(items, 'flag')) {
    const month = visitedOn.slice(0, 7)
    if (finding === 'irregular' && months.includes(month)) for (const owner of [officerId, departmentOn(officerId, lastDayOfMonth(month))]) plain.add(owner, 'flags', [1])
  }
  for (const { kind, subject, events } of all(items, 'notice')) {
    const published = events.find(({ event }) => event === 'published')
    if (published === undefined || !isIn(span, published.at) || events.some(({ event }) => event === 'withdrawn')) continue
    plain.add('officerId' in subject ? subject.officerId : subject.departmentId, kind === 'criticism' ? 'criticisms' : 'commendations', [1])
  }
}

const ownerOf = (subject: Subject): string => ('officerId' in subject ? subject.officerId : subject.departmentId)
const written = (numbers: readonly number[], component: Component): string => (numbers.some(number => number > 0) || isRate(component) ? numbers : []).join('/') || (isRate(component) ? '0/0' : '')

const byTime = { response: ['repliesInTime', 'repliesDue'], inTime: ['resolutionsInTime', 'resolutionsDue'] } as const

/**
 * What was answered and resolved in time: what each issue adds to its officer's sheet and to its department's, where nobody has
 * moved its deadlines; and that a sheet comes to what its records do.
 */
const demandTimed = (items: readonly Item[], period: AssessmentPeriod, span: Span, reckoned: Reckoned): void => {
  const sheets = all(items, 'sheet').filter(sheet => sheet.period === period)
  for (const side of ['officerId', 'departmentId'] as const) {
    const amounts = new Map<string, Readonly<Record<string, number>>>()
    for (const sheet of sheets.filter(({ subject }) => side in subject)) {
      const records = recordsOf(items, sheet)
      for (const record of records) amounts.set(record.id, record.amounts)
      for (const component of ['response', 'inTime'] as const) {
        const sums = byTime[component].map(figure => records.reduce((sum, record) => sum + (record.leftOut?.includes(component) === true ? 0 : (record.amounts[figure] ?? 0)), 0))
        if (sums.join('/') !== numbersOf(sheet.sheet, component).join('/')) throw new Error(`${component} of ${ownerOf(sheet.subject)} in ${period} is not what its records add up to, ${sums.join('/')}`)
      }
    }
    demandReckoned(items, { ...span, named: `${period}, by ${side}`, figures: timed }, pk => amounts.get(`issue/${numberIn(pk)}`) ?? {}, reckoned)
  }
}

const recordsOf = (items: readonly Item[], { period, subject, drawing }: Stored<'sheet'>): readonly SheetRecord[] => {
  const partition = `ASSESSMENT#${period}#${'officerId' in subject ? 'OFFICER' : 'DEPARTMENT'}#${ownerOf(subject)}`
  const parts = items.filter(({ pk, sk }) => pk === partition && sk.startsWith(`INPUT#${String(drawing).padStart(4, '0')}#`)).sort((one, other) => (one.sk < other.sk ? -1 : 1))
  return inputsSchema.parse(JSON.parse(parts.map(part => opened('sheet-input', part).text).join(''))).records
}

/** Every sheet of the period as the program has drawn it up and as the plain model does. @throws Error that says where they differ */
export const demandAssessed = (items: readonly Item[], period: AssessmentPeriod, reckoned: Reckoned): void => {
  const { timeZone } = reckoned
  const plain = new Plain()
  const [months, span] = [monthsOf(period), instantsOf(period, timeZone)]
  countVisits(items, months, plain)
  countIssues(items, span, plain)
  countCases(items, span, plain)
  countWords(items, months, span, plain)
  demandTimed(items, period, span, reckoned)
  const sheets = all(items, 'sheet').filter(sheet => sheet.period === period)
  const owners = new Set(sheets.map(({ subject }) => ownerOf(subject)))
  for (const { subject, sheet } of sheets)
    for (const component of compared) {
      const [drawn, counted] = [written(numbersOf(sheet, component), component), written(plain.of(ownerOf(subject), component), component)]
      if (drawn !== counted) throw new Error(`${component} of ${ownerOf(subject)} in ${period} is drawn up as ${drawn}, and is ${counted}`)
    }
  for (const item of items.filter(({ sk }) => sk === 'OFFICER'))
    for (const component of compared) {
      const { officerId } = opened('officer', item)
      if (!owners.has(officerId) && plain.of(officerId, component).length > 0) throw new Error(`${officerId} has no sheet of ${period}, and something of ${component}`)
    }
}
