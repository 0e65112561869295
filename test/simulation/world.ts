import { isDeepStrictEqual } from 'node:util'
import { addDays, addMonths, firstDayOfMonth, monthOf, yearOf, type LocalDate, type Month } from '../../shared/calendar/date.ts'
import { isWorkingDay, shippedCalendar, type Calendar } from '../../shared/calendar/working-day.ts'
import { instantOf, localDateOf, toRfc3339, parseInstant } from '../../shared/calendar/zone.ts'
import { appealsUntil } from '../../shared/assessment/assessment.ts'
import { settledOn, type AssessmentPeriod } from '../../shared/assessment/period.ts'
import { assessmentOperations } from '../../shared/contract/assessments.ts'
import { caseOperations } from '../../shared/contract/cases.ts'
import { issueOperations } from '../../shared/contract/issues.ts'
import { confirmReceiptByLink, confirmVisitByLink, informByLink, informOnCaseByLink, rateIssueByLink, viewCase, viewIssue, viewVisits, withdrawByLink } from '../../shared/contract/pages.ts'
import { noticeOperations } from '../../shared/contract/notices.ts'
import { policyOperations } from '../../shared/contract/policy.ts'
import { projectOperations } from '../../shared/contract/projects.ts'
import { sessionOperations } from '../../shared/contract/sessions.ts'
import { visitOperations } from '../../shared/contract/visits.ts'
import { routeKey, type Operation } from '../../shared/contract/operation.ts'
import { noticeKinds } from '../../shared/notice/transition.ts'
import { defaultPolicy, exemptionReasons, visitModes } from '../../shared/policy/policy.ts'
import { standingOf } from '../../shared/project/standing.ts'
import { checkCharacter } from '../../shared/roster/credit-code.ts'
import { pairingIdOf } from '../../shared/roster/pairing.ts'
import type { Enterprise, Officer, Pairing } from '../../shared/roster/roster.ts'
import { assessmentHandlers } from '../../functions/assessments/handler.ts'
import { workOnAssessments } from '../../functions/assessment-work/handler.ts'
import { assessmentKey } from '../../functions/adapters/assessment-store.ts'
import { flagWrite } from '../../functions/adapters/flag-store.ts'
import { caseHandlers } from '../../functions/cases/handler.ts'
import { templateHandlers } from '../../functions/cases/templates.ts'
import { sweep } from '../../functions/escalation-sweep/handler.ts'
import { createApi, type ApiHandlers } from '../../functions/http/api.ts'
import { cursorsWith } from '../../functions/http/cursor.ts'
import { issueHandlers } from '../../functions/issues/handler.ts'
import { wakeMailer } from '../../functions/mailer/handler.ts'
import { templateWrite } from '../../functions/adapters/case-store.ts'
import { measureWrite } from '../../functions/adapters/measure-store.ts'
import { outboxKey } from '../../functions/adapters/outbox-store.ts'
import { openedMaybe } from '../../functions/adapters/stored.ts'
import { policyWrites, readRules } from '../../functions/adapters/rules-store.ts'
import { opened } from '../../functions/adapters/stored.ts'
import { departmentItem, enterpriseItem, identityKey, officerKey, moveWrites, officerWrites, pairingItem } from '../../functions/adapters/roster-store.ts'
import type { Item } from '../../functions/adapters/table.ts'
import type { DeliveryDependencies } from '../../functions/outbox/deliver.ts'
import { factsReader } from '../../functions/outbox/facts.ts'
import { drawUp } from '../../functions/month-records/draw-up.ts'
import { sourcesOf, type Given } from '../../functions/month-records/records.ts'
import { noticeHandlers } from '../../functions/notices/handler.ts'
import { reconcile } from '../../functions/outbox-reconciler/handler.ts'
import { policyHandlers } from '../../functions/policy/handler.ts'
import { createPages } from '../../functions/pages/handler.ts'
import { projectHandlers } from '../../functions/projects/handler.ts'
import { issueDue } from '../../functions/monthly-bulletin/handler.ts'
import { issuedBulletin } from '../../functions/adapters/bulletin-store.ts'
import type { Amounts } from '../../shared/report/contribution.ts'
import type { Tally } from '../../shared/report/tally.ts'
import { remind } from '../../functions/quota-reminder/handler.ts'
import { sessionHandlers } from '../../functions/sessions/handler.ts'
import { visitHandlers } from '../../functions/visits/handler.ts'
import { demandAssessed } from './assessed.ts'
import { projectCodeOf } from '../mothers/project.ts'
import { Chance } from './chance.ts'
import { FaultyMail, FaultyTable } from './faults.ts'
import { checkInvariants, checkTasks, History } from './invariants.ts'
import { MemoryTable } from './memory-table.ts'
import { calendarsIn, demandReckoned, demandSummed, reckonedFigures } from './reckoned.ts'
import { demandRecounted } from './recount.ts'
import { demandRelived } from './relived.ts'

const timeZone = 'Asia/Shanghai'
const adminEmail = 'admin@example.org'
const startOf = (month: Month): number => instantOf(firstDayOfMonth(month), '00:00', timeZone)
const measureIds = ['M1', 'M2', 'M3']

interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly etag: string | undefined
}

interface Request {
  readonly as: Officer
  readonly op: Operation
  readonly params?: Record<string, string>
  readonly query?: Record<string, string>
  readonly body?: unknown
  readonly etag?: string
}

type Handler = (event: unknown, context: unknown) => Promise<{ statusCode?: number; headers?: Record<string, unknown>; body?: string }>

const expectThere = (what: string): never => {
  throw new Error(`there is no ${what}`)
}

/** What other departments still owe. */
const openPieces = (issue: Readonly<Record<string, unknown>>): readonly { readonly piece: number; readonly departmentId: string }[] =>
  ((issue['pieces'] ?? []) as { piece: number; departmentId: string; status: string }[]).filter(({ status }) => status === 'open')

/** What is mostly done with an issue that stands so. */
const usualNext = (issue: Readonly<Record<string, unknown>>, chance: Chance): readonly [string, object] | undefined => {
  if (openPieces(issue).length > 0 && chance.happens(0.5)) return chance.pick([['answerPiece', { message: '协办答复' }], ['answerPiece', { message: '协办答复' }], ['refusePiece', { reason: '退回' }]])
  if (issue['request'] !== undefined) return ['decideRequest', { decision: chance.pick(['approved', 'approved', 'refused']) }]
  switch (issue['status']) {
    case 'dispatched':
      return ['acceptIssue', {}]
    case 'accepted':
      return chance.pick([
        ['resolveIssue', { message: '办结' }],
        ['resolveIssue', { message: '办结', despite: '无须等待' }],
        ['askForAssistance', { departmentId: chance.pick(['D1', 'D2', 'D3']), message: '协办' }],
        ['askForExtension', { workingDays: chance.between(1, 6), reason: '延期' }],
        ['askForPause', { waitingFor: chance.pick(['enterprise', 'outside-body']), reason: '暂停' }],
        ['askForExplanation', { message: '说明' }],
      ])
    case 'paused':
      return chance.happens(0.5) ? ['resumeIssue', {}] : undefined
    case 'merged':
      return chance.happens(0.2) ? ['separateIssue', { reason: '分办' }] : undefined
    default:
      return undefined
  }
}

/**
 * A seeded world: officers, enterprises, a campaign of some days and a machinery that fails now and then, driving the
 * real handlers. After every step the invariants are checked against what the history says must hold.
 */
export class World {
  readonly #chance: Chance
  readonly #memory = new MemoryTable()
  readonly #table: FaultyTable
  readonly #mail: FaultyMail
  readonly #handlers: ReadonlyMap<Operation, Handler>
  readonly #pages: Handler
  readonly #delivery: DeliveryDependencies
  readonly #history = new History()
  /** Mails that entered the outbox and whose wake-up is on its way through the stream. */
  #stream: string[] = []
  #now: number
  #wallClock = 0
  #tokens = 0
  #requests = 0
  readonly #sweeps: number[] = []
  /** Whether somebody has asked for another tier, or a session has decided, since the last sweep. */
  #hasNewTiers = false
  /** The bulletins that have been issued, as they were counted then. */
  readonly #issued = new Map<Month, Tally>()
  /** Sessions that were called. */
  readonly #sessions: string[] = []
  /** Requests whose answer has not come yet. */
  #underWay = 0
  #officers: Officer[] = []
  #enterprises: Enterprise[] = []
  #faultRate: number
  readonly #isFaultless: boolean
  /** Whether issues are worked straight through here; elsewhere people do whatever they can. */
  readonly #isSteady: boolean

  constructor(seed: number) {
    this.#chance = new Chance(seed)
    this.#faultRate = this.#chance.pick([0, 0.01, 0.03, 0.08])
    this.#isFaultless = this.#faultRate === 0
    this.#isSteady = this.#chance.happens(0.3)
    this.#table = new FaultyTable(this.#memory, this.#chance, mailId => this.#stream.push(mailId))
    this.#mail = new FaultyMail(this.#chance)
    const start = addDays('2015-01-01', this.#chance.between(0, 4_300))
    this.#now = instantOf(start, '08:30', timeZone)
    const deps = { table: this.#table, cursors: cursorsWith('a secret of the simulation'), timeZone, adminEmail }
    const api = <const Ops extends readonly Operation[]>(operations: Ops, handlers: ApiHandlers<Ops>) => {
      const handler = createApi(operations, handlers, {
        table: this.#table,
        settings: { locale: 'zh-CN', identityClaim: 'email', adminEmail },
        pause: () => Promise.resolve(),
        log: () => undefined,
      }) as unknown as Handler
      return operations.map(op => [op, handler] as const)
    }
    this.#handlers = new Map<Operation, Handler>([
      ...api(visitOperations, visitHandlers(deps)),
      ...api(issueOperations, issueHandlers(deps)),
      ...api(sessionOperations, sessionHandlers(deps)),
      ...api(caseOperations, { ...caseHandlers(deps), ...templateHandlers(deps) }),
      ...api(noticeOperations, noticeHandlers(deps)),
      ...api(projectOperations, projectHandlers(deps)),
      ...api(policyOperations, policyHandlers(deps)),
      ...api(assessmentOperations, assessmentHandlers(deps)),
    ])
    this.#pages = createPages({ table: this.#table, timeZone, locale: 'zh-CN', adminEmail, randomOnce: () => 'once'.padEnd(22, '-'), pause: () => Promise.resolve(), log: () => undefined }) as unknown as Handler
    this.#delivery = {
      table: this.#table,
      transport: this.#mail,
      readFacts: factsReader(this.#table, timeZone),
      settings: { locale: 'zh-CN', timeZone, sender: 'assist@example.org', adminEmail, publicUrl: 'https://assist.example.org' },
      randomToken: () => `token-${(this.#tokens += 1)}`.padEnd(43, '-'),
      wallClock: () => this.#wallClock,
    }
  }

  /** Lives through so many days. @throws Error at the first step after which an invariant does not hold */
  async live(days: number): Promise<{ readonly steps: number; readonly mails: number }> {
    await this.#settle()
    let steps = 0
    const began = localDateOf(this.#now, timeZone)
    for (let day = 0; day < days; day++) {
      const date = localDateOf(this.#now, timeZone)
      for (const time of ['09:00', '09:15', '11:30', '14:00', '17:45', '20:00']) {
        this.#now = instantOf(date, time, timeZone)
        await this.#runSchedules(time)
        const acts = this.#chance.between(0, 4)
        if (this.#chance.happens(0.4)) await Promise.all(Array.from({ length: acts }, () => this.#act()))
        else for (let act = 0; act < acts; act++) await this.#act()
        steps += acts
        await this.#sweepAfterNewTiers()
        await this.#flowStream()
        this.#check()
      }
      this.#now = instantOf(addDays(date, 1), '08:30', timeZone)
    }
    await this.#calmDown(began)
    return { steps, mails: this.#mail.delivered.length }
  }

  /** Faults end, everything pending is given its time, and then nothing may be left undone. */
  async #calmDown(began: LocalDate): Promise<void> {
    this.#faultRate = 0
    for (let round = 0; round < 14; round++) {
      const date = addDays(localDateOf(this.#now, timeZone), 1)
      // Whatever the morning plans has the rest of the day to go out, a copy that is refused included.
      for (const time of ['09:00', '11:30', '14:00']) {
        this.#now = instantOf(date, time, timeZone)
        await this.#runSchedules(time)
        await this.#flowStream()
      }
    }
    this.#check({ atTheEnd: true })
    await this.#recount(began)
    await this.#relive()
    await this.#assess(began)
  }

  /** Every issue is played once more, from its timeline alone. */
  async #relive(): Promise<void> {
    const { calendar, calendarItem } = await readRules(this.#memory)
    const changes = Object.values(openedMaybe('calendar', calendarItem)?.years ?? {}).map(({ changedAt }) => parseInstant(changedAt))
    demandRelived(this.#memory.items(), { calendar, calendarSince: Math.max(0, ...changes), timeZone, sweeps: this.#sweeps })
  }

  /**
   * The half-years that the world has lived in are assessed, to their end, and sometimes the year. Before, some officers go over
   * to another department, on a day of their own; and somebody looks into what was flagged.
   */
  async #assess(began: LocalDate): Promise<void> {
    const chance = this.#chance
    const halfOf = (date: LocalDate): AssessmentPeriod => `${yearOf(date)}-${date.slice(5, 7) <= '06' ? 'H1' : 'H2'}`
    const lived = localDateOf(this.#now, timeZone)
    for (const officer of chance.shuffled(this.#officers.filter(({ roles }) => !roles.includes('supervisor'))).slice(0, chance.between(0, 2))) await this.#moveOver(officer, addDays(lived, -chance.between(0, 40)))
    for (const item of this.#memory.items().filter(({ shape }) => shape === 'flag')) {
      const checked = { ...opened('flag', item), status: 'checked', finding: chance.pick(['irregular', 'in-order'] as const), remark: '已核实', checkedBy: 'S0', checkedAt: toRfc3339(this.#now, timeZone) } as const
      if (chance.happens(0.7)) await this.#memory.commit([flagWrite(checked, item)])
    }
    for (const period of new Set([halfOf(began), halfOf(lived), ...(chance.happens(0.2) ? [String(yearOf(began))] : [])])) await this.#assessPeriod(period)
  }

  async #moveOver(officer: Officer, movedOn: LocalDate): Promise<void> {
    const [item, identity] = await this.#memory.getAll([officerKey(officer.officerId), identityKey(officer.email)])
    const moved = { ...officer, departmentId: this.#chance.pick(['D1', 'D2', 'D3']) }
    await this.#memory.commit([...officerWrites(moved, item, identity), ...moveWrites(moved, item, movedOn)])
  }

  /** Drawn up, counted once more in the plain way, opened, appealed against, made final and recounted. */
  async #assessPeriod(period: AssessmentPeriod): Promise<void> {
    const chance = this.#chance
    const rules = await readRules(this.#memory)
    const reckoning = { calendar: rules.calendar, timeZone }
    this.#now = Math.max(this.#now, instantOf(settledOn(period, rules.calendar, rules.policy.quota), '10:00', timeZone))
    const as = this.#holding('supervisor')
    const read = async () => opened('assessment', (await this.#memory.get(assessmentKey(period))) ?? expectThere(period))
    const give = async (id: string): Promise<void> => {
      const { status, body } = await this.#send({ as, op: this.#operation(id), params: { period }, body: {}, etag: `"${(await read()).version}"` })
      if (status !== 200) throw new Error(`${id} of ${period} was refused: ${JSON.stringify(body)}`)
    }
    const work = async (): Promise<void> => {
      for (let runs = 0; (await read()).work !== undefined; runs++) {
        if (runs > 5) throw new Error(`the work on ${period} does not end`)
        await this.#run(() => Promise.all(Array.from({ length: chance.pick([1, 1, 2]) }, () => workOnAssessments(this.#now, { table: this.#table, timeZone, adminEmail }))))
      }
    }
    for (let drawing = chance.pick([1, 1, 2]); drawing > 0; drawing--) await this.#send({ as, op: this.#operation('drawUpAssessment'), body: { period } })
    await work()
    demandAssessed(this.#memory.items(), period, { timeZone, now: this.#now, deadlines: rules.policy.deadlines, calendars: calendarsIn(this.#memory.items()) })
    await give('openAssessment')
    await work()
    for (const officer of this.#officers) if (chance.happens(0.4)) await this.#appealAgainstSheet(period, officer)
    this.#now = Math.max(this.#now, (appealsUntil(await read(), reckoning)?.until ?? 0) + 1)
    await give('finalizeAssessment')
    await work()
    await give('recountAssessment')
    await work()
    const { recount, officers, departments } = await read()
    if (recount?.failed !== 0 || recount.sealed !== true || !recount.compared || recount.differing > 0 || recount.omitted > 0 || recount.sheets !== officers + departments) throw new Error(`the recount of ${period} says ${JSON.stringify(recount)}`)
  }

  /** An officer appeals; a supervisor decides, and leaves out one of the records where there is one. */
  async #appealAgainstSheet(period: AssessmentPeriod, officer: Officer): Promise<void> {
    const params = { period, officerId: officer.officerId }
    const { status, body, etag } = await this.#send({ as: this.#holding('supervisor'), op: this.#operation('getOfficerSheet'), params })
    if (status !== 200) return
    const { component, counted } = this.#chance.pick(body['components'] as { component: string; counted: { records: string[] } }[])
    const appeal = { params, body: { component, reason: '有因' }, ...(etag === undefined ? {} : { etag }) }
    const appealed = await this.#send({ as: officer, op: this.#operation('appealOnOfficerSheet'), ...appeal })
    if (appealed.status !== 200) return
    checkTasks(this.#memory.items())
    const recordId = counted.records.length === 0 ? undefined : this.#chance.pick(counted.records)
    const decision = { remark: '已核实', ...(recordId === undefined ? { decision: 'refused' } : { decision: 'granted', recordId }) }
    const others = this.#officers.filter(each => each.roles.includes('supervisor') && each.active && each !== officer)
    const decided = await this.#send({ as: this.#chance.pick(others), op: this.#operation('decideOnOfficerSheet'), params, body: decision, ...(appealed.etag === undefined ? {} : { etag: appealed.etag }) })
    checkTasks(this.#memory.items())
    if (decided.status !== 200) throw new Error(`an appeal against ${component} is not decided: ${JSON.stringify(decided.body)}`)
  }

  /** Every month that the world has lived in is counted once more, from the timelines alone; and what has been issued is as it was then. */
  async #recount(began: LocalDate): Promise<void> {
    for (let month = addMonths(monthOf(began), -1); month <= monthOf(localDateOf(this.#now, timeZone)); month = addMonths(month, 1)) {
      const { policy, calendar } = await readRules(this.#memory)
      await this.#recountMonth(month, await drawUp(this.#memory, month, { policy, calendar, timeZone, now: this.#now }), this.#now)
    }
    for (const [month, tally] of this.#issued) if (!isDeepStrictEqual((await issuedBulletin(this.#memory, month))?.tally, tally)) throw new Error(`the bulletin of ${month} is no longer what it was`)
    this.#demandMarked(this.#memory.items(), (await readRules(this.#memory)).calendar)
  }

  /** A bulletin is counted once more as it is issued, before anything goes on. */
  async #recountIssued(now: number): Promise<void> {
    const month = addMonths(monthOf(localDateOf(now, timeZone)), -1)
    if (this.#issued.has(month)) return
    const issued = await issuedBulletin(this.#memory, month)
    if (issued === undefined) return
    this.#issued.set(month, issued.tally)
    await this.#recountMonth(month, issued.tally, now)
  }

  async #recountMonth(month: Month, tally: Tally, now: number): Promise<void> {
    const items = this.#memory.items()
    const { calendar, policy } = await readRules(this.#memory)
    const given = { policy, calendar, timeZone, now }
    demandRecounted(items, month, tally, given)
    const amounts = await this.#amountsOf(month, given)
    const span = { from: startOf(month), until: Math.min(startOf(addMonths(month, 1)), now + 1), named: month, figures: reckonedFigures }
    demandReckoned(items, span, pk => amounts.get(pk) ?? {}, { timeZone, now, deadlines: policy.deadlines, calendars: calendarsIn(items) })
    demandSummed(month, tally, amounts.values())
  }

  /** What each issue and case adds to the month, by where it is kept. */
  async #amountsOf(month: string, given: Given): Promise<ReadonlyMap<string, Amounts>> {
    const sources = sourcesOf(this.#memory, month, given)
    const amounts = new Map<string, Amounts>()
    for (const item of this.#memory.items())
      if (item['shape'] === 'issue' || item['shape'] === 'case') {
        const counted = await sources[item['shape']].read(item)
        if (counted !== undefined) amounts.set(item.pk, counted.contribution.amounts)
      }
    return amounts
  }

  /** After a morning without faults, exactly those projects are marked that are behind, and before departments where somebody is paired with them who has not left. */
  #demandMarked(items: readonly Item[], calendar: Calendar): void {
    const today = localDateOf(this.#now, timeZone)
    if (!isWorkingDay(calendar, today)) return
    const staff = new Set(items.filter(({ shape }) => shape === 'officer').map(item => opened('officer', item)).filter(({ active }) => active).map(({ officerId }) => officerId))
    const paired = new Set(
      items.filter(({ shape }) => shape === 'pairing').map(item => opened('pairing', item)).filter(({ officerId, startsOn, endsOn }) => staff.has(officerId) && startsOn <= today && (endsOn === undefined || endsOn >= today)).map(({ enterpriseId }) => enterpriseId),
    )
    for (const project of items.filter(({ shape }) => shape === 'project').map(item => opened('project', item))) {
      const { behindSince } = standingOf(project, today, { calendar, policy: defaultPolicy })
      const since = behindSince === undefined ? undefined : instantOf(behindSince, '00:00', timeZone)
      if (project.behind?.since !== since) throw new Error(`${project.enterpriseId} is behind since ${behindSince ?? 'never'}, and is marked otherwise`)
      if (project.behind !== undefined && project.behind.departmentIds.length > 0 !== paired.has(project.enterpriseId)) throw new Error(`${project.enterpriseId} waits for ${project.behind.departmentIds.join(', ') || 'no department'}`)
    }
  }

  #check(options: { atTheEnd?: boolean } = {}): void {
    checkInvariants(this.#memory.items(), this.#mail.delivered, this.#history, { now: this.#now, timeZone, isFaultless: this.#isFaultless, ...options })
  }

  /** A roster of its own for every seed: departments with and without people, enterprises with and without mail. */
  async #settle(): Promise<void> {
    const chance = this.#chance
    const departments = ['D1', 'D2', 'D3']
    for (const departmentId of departments) await this.#memory.commit([{ put: departmentItem({ departmentId, name: departmentId }, 1), when: 'new' }])
    const roles: Officer['roles'][] = [['supervisor'], ['director'], ['handler'], ['handler', 'officer'], ['director', 'officer'], ['officer'], ['officer'], ['officer'], ['handler'], ['supervisor']]
    this.#officers = roles.map((held, at) => ({
      officerId: `S${at}`,
      name: `干部${at}`,
      email: `s${at}@example.org`,
      departmentId: chance.pick(departments),
      roles: held,
      active: true,
    }))
    for (const officer of this.#officers) await this.#memory.commit(officerWrites(officer, undefined, undefined))
    this.#enterprises = Array.from({ length: 5 }, (_, at) => {
      const first17 = `91000000MA000000${at}`
      const contact = chance.happens(0.7) ? { contactEmail: `e${at}@example.com` } : {}
      return { enterpriseId: first17 + checkCharacter(first17), kind: 'company', name: `企业${at}`, ...contact }
    })
    this.#enterprises.push(...[1, 2].map((at): Enterprise => ({ enterpriseId: projectCodeOf(at), kind: 'project', name: `项目${at}` })))
    for (const enterprise of this.#enterprises) await this.#memory.commit([{ put: enterpriseItem(enterprise, 1), when: 'new' }])
    const today = localDateOf(this.#now, timeZone)
    for (const measureId of measureIds) {
      const validFrom = addDays(today, chance.pick([-60, -60, 2]))
      await this.#memory.commit([measureWrite({ measureId, title: measureId, summary: '说明', validFrom }, undefined)])
    }
    const step = (stepId: string, after: string[]) => ({ stepId, title: stepId, departmentId: chance.pick(departments), after, statutoryWorkingDays: 10, promisedWorkingDays: chance.between(1, 4), mode: 'guide' as const })
    const template = { templateId: 'T1', title: '许可', subcategory: 'construction', steps: [step('A', []), step('B', []), step('C', ['A', 'B'])], handover: { departmentId: chance.pick(departments), workingDays: 1 } }
    await this.#memory.commit([templateWrite(template, undefined)])
    for (const officer of this.#officers.filter(each => each.roles.includes('officer')))
      for (const enterprise of chance.shuffled(this.#enterprises).slice(0, chance.between(1, 3))) {
        const startsOn = addDays(today, -chance.between(0, 60))
        const endsOn = chance.happens(0.15) ? { endsOn: addDays(today, chance.between(0, 20)) } : {}
        const pairing: Pairing = { officerId: officer.officerId, enterpriseId: enterprise.enterpriseId, startsOn, pairingId: '', ...endsOn }
        await this.#memory.commit([{ put: pairingItem({ ...pairing, pairingId: pairingIdOf(pairing) }, 1), when: 'new' }])
      }
    // Where the ladder is short, a world lives to see its end.
    if (chance.happens(0.4)) {
      const { deadlines, escalation } = defaultPolicy
      const hasty = { ...defaultPolicy, deadlines: { ...deadlines, resolveWorkingDays: { A: 2, B: 3, C: 4, D: 5 } }, escalation: { ...escalation, levelAfter: [1, 1, 1] as [number, number, number] }, notices: { appealWorkingDays: chance.between(1, 2) } }
      await this.#memory.commit(policyWrites({ version: 1, policy: hasty, changedAt: toRfc3339(this.#now, timeZone), changedBy: 'system' }, undefined))
    }
    for (const officer of this.#officers) if (chance.happens(0.1)) this.#mail.refusing.add(officer.email)
  }

  /** Sends a request, and again with the same key while the answer is that it did not work, as a client would. */
  async #send(request: Request): Promise<Answer> {
    this.#underWay += 1
    try {
      return await this.#sendUntilAnswered(request)
    } finally {
      this.#underWay -= 1
    }
  }

  async #sendUntilAnswered({ as, op, params, query, body, etag }: Request): Promise<Answer> {
    this.#requests += 1
    const key = `key-${this.#requests}`
    const event = {
      version: '2.0',
      routeKey: routeKey(op),
      rawPath: op.path.replace(/\{(\w+)\}/g, (_, name: string) => params?.[name] ?? ''),
      rawQueryString: new URLSearchParams(query).toString(),
      headers: { 'content-type': 'application/json', 'idempotency-key': key, ...(etag === undefined ? {} : { 'if-match': etag }) },
      pathParameters: params,
      queryStringParameters: query,
      requestContext: {
        requestId: `request-${this.#requests}`,
        timeEpoch: this.#now,
        http: { method: op.method, path: op.path },
        authorizer: { jwt: { claims: { iss: 'x', sub: as.officerId, email: as.email, email_verified: 'true' } } },
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      isBase64Encoded: false,
    }
    const handler = this.#handlers.get(op)
    if (handler === undefined) throw new Error(`no handler for ${op.id}`)
    for (let tries = 1; ; tries++) {
      this.#table.rate = tries > 6 ? 0 : this.#faultRate
      const result = await handler(event, {})
      this.#table.rate = 0
      const status = result.statusCode ?? 200
      // After a success, sometimes the same again: an answer lost on the way, a finger too quick.
      if (status < 500 && !this.#chance.happens(0.1)) {
        const header = result.headers?.['etag']
        return { status, body: JSON.parse(result.body ?? '{}') as Record<string, unknown>, etag: typeof header === 'string' ? header : undefined }
      }
      if (tries > 12) throw new Error(`${op.id} never succeeds: ${result.body ?? ''}`)
    }
  }

  #operation(id: string): Operation {
    const op = [...this.#handlers.keys()].find(each => each.id === id)
    if (op === undefined) throw new Error(`no operation ${id}`)
    return op
  }

  /** One thing that one of them does. */
  async #act(): Promise<void> {
    const chance = this.#chance
    const steadily = [this.#visit, this.#submit, this.#submit, this.#workOnIssue, this.#workOnIssue, this.#workOnIssue, this.#workOnIssue, this.#openLink, this.#openLink, this.#notice]
    const acts = this.#isSteady ? steadily : [this.#visit, this.#visit, this.#visitTwice, this.#submit, this.#submit, this.#command, this.#command, this.#command, this.#exempt, this.#meet, this.#meet, this.#leave, this.#amend, this.#openLink, this.#openLink, this.#openCase, this.#workOnCase, this.#workOnCase, this.#workOnCase, this.#notice, this.#notice, this.#invest, this.#invest]
    await chance.pick<(this: this) => Promise<void>>(acts).call(this)
  }

  #holding(role: Officer['roles'][number]): Officer {
    return this.#chance.pick(this.#officers.filter(officer => officer.roles.includes(role)))
  }

  /** Two visits to one enterprise, entered at once: an officer's counter is one item, and what anybody explains is one. */
  async #visitTwice(): Promise<void> {
    const officer = this.#holding('officer')
    const other = this.#chance.happens(0.5) ? officer : this.#holding('officer')
    const { enterpriseId } = this.#chance.pick(this.#enterprises)
    await Promise.all([this.#visit(officer, enterpriseId), this.#visit(other, enterpriseId)])
  }

  async #visit(officer = this.#holding('officer'), enterpriseId = this.#chance.pick(this.#enterprises).enterpriseId): Promise<void> {
    const chance = this.#chance
    const visitedOn: LocalDate = addDays(localDateOf(this.#now, timeZone), chance.pick([0, 0, 0, -1, -2, -5, 1]))
    const measures = chance.shuffled(measureIds).slice(0, chance.pick([0, 0, 1, 2]))
    const issues = Array.from({ length: chance.pick([0, 0, 0, 1, 1, 2, 3]) }, () => this.#anIssue())
    const others = this.#officers.filter(each => each.roles.includes('officer') && each !== officer).map(({ officerId }) => officerId)
    const companions = chance.shuffled(others).slice(0, chance.pick([0, 0, 0, 0, 1, 2]))
    const visit = { enterpriseId, visitedOn, mode: chance.pick(visitModes), measures }
    const body = { ...visit, summary: '走访', companions, ...(issues.length === 0 ? {} : { issues }) }
    const { status, body: answer } = await this.#send({ as: officer, op: this.#operation('recordVisit'), body })
    if (status !== 201) return
    const raised = ((answer['issues'] ?? []) as { issueId: string }[]).map(({ issueId }) => issueId)
    if (raised.length !== issues.length) throw new Error(`a visit with ${issues.length} issues raised ${raised.length}`)
    const along = answer['companions'] as { officerId: string; visitId: string; counted: boolean }[]
    this.#history.visits.push({ ...visit, visitId: String(answer['visitId']), officerId: officer.officerId, counted: answer['counted'] === true, raised })
    for (const { officerId, visitId, counted } of along) this.#history.visits.push({ ...visit, visitId, officerId, counted, raised: [] })
    this.#history.issues.push(...raised)
  }

  #anIssue() {
    const chance = this.#chance
    return {
      category: 'facilities',
      // Financing is of another category: what it comes with is refused.
      subcategory: chance.pick(['roads', 'roads', 'water', 'water', 'power', 'power', 'financing']),
      tier: chance.pick(['A', 'A', 'B', 'C', 'D']),
      title: '问题',
      description: '说明',
    }
  }

  async #submit(): Promise<void> {
    const body = { enterpriseId: this.#chance.pick(this.#enterprises).enterpriseId, ...this.#anIssue() }
    const { status, body: answer } = await this.#send({ as: this.#holding('officer'), op: this.#operation('submitIssue'), body })
    if (status === 201) this.#history.issues.push(String(answer['issueId']))
  }

  /** Where several work on one issue at once, it is often the youngest. */
  #someIssue(): string {
    const { issues } = this.#history
    return this.#chance.happens(0.4) ? (issues.at(-1) ?? '') : this.#chance.pick(issues)
  }

  /** The lead department's next step on an issue, straight through: its deadlines stay what they were, and are met or missed. */
  async #workOnIssue(): Promise<void> {
    if (this.#history.issues.length === 0) return
    const params = { issueId: this.#someIssue() }
    const { etag, body: issue } = await this.#send({ as: this.#holding('supervisor'), op: this.#operation('getIssue'), params })
    const [id, body] = issue['status'] === 'dispatched' ? ['acceptIssue', {}] : issue['repliedAt'] === undefined ? ['replyToIssue', { message: '答复' }] : ['resolveIssue', { message: '办结' }]
    const workers = this.#officers.filter(({ departmentId, roles }) => departmentId === issue['leadDepartmentId'] && roles.some(role => role === 'handler' || role === 'director'))
    if (workers.length > 0) await this.#send({ as: this.#chance.pick(workers), op: this.#operation(id), params, body, ...(etag === undefined ? {} : { etag }) })
  }

  async #command(): Promise<void> {
    const chance = this.#chance
    if (this.#history.issues.length === 0) return
    const params = { issueId: this.#someIssue() }
    const supervisor = this.#holding('supervisor')
    const { etag, body: seenIssue } = await this.#send({ as: supervisor, op: this.#operation('getIssue'), params })
    const merging = ['mergeIssue', { intoIssueId: this.#someIssue(), reason: '并办' }] as const
    const next = seenIssue['mergedInto'] === undefined && chance.happens(0.15) ? merging : usualNext(seenIssue, chance)
    const any = chance.pick([
      ['acceptIssue', {}],
      ['acceptIssue', {}],
      ['replyToIssue', { message: '答复' }],
      ['resolveIssue', { message: '办结' }],
      ['askForAssistance', { departmentId: chance.pick(['D1', 'D2', 'D3']), message: '协办' }],
      ['answerPiece', { message: '协办答复' }],
      ['refusePiece', { reason: '退回' }],
      ['acknowledgePiece', {}],
      ['askForExtension', { workingDays: chance.between(1, 6), reason: '延期' }],
      ['askForPause', { waitingFor: chance.pick(['enterprise', 'outside-body']), reason: '暂停' }],
      ['askForExplanation', { message: '说明' }],
      ['decideRequest', { decision: chance.pick(['approved', 'approved', 'refused']) }],
      ['resumeIssue', {}],
      ['changeTier', { tier: chance.pick(['A', 'B', 'C', 'D']), reason: '调整' }],
      merging,
      ['separateIssue', { reason: '分办' }],
      ['transferIssue', { departmentId: chance.pick(['D1', 'D2', 'D3']), reason: '转办' }],
      ['acknowledgeIssue', {}],
      ['callBackIssue', { rating: chance.pick([1, 2, 3, 4, 5]), asked: '联系人', askedAt: toRfc3339(this.#now, timeZone) }],
      ['overrideIssue', { reason: '特批' }],
    ] as const)
    // Mostly what comes next, by somebody whose it is; otherwise anything by anybody.
    const isUsual = chance.happens(0.5)
    const [id, body] = isUsual ? (next ?? any) : any
    this.#hasNewTiers ||= id === 'changeTier'
    const isOfPiece = this.#operation(id).path.includes('{piece}')
    const piece = isOfPiece ? chance.pick([...openPieces(seenIssue), { piece: 1, departmentId: 'D1' }]) : undefined
    const department = piece?.departmentId ?? seenIssue['leadDepartmentId']
    const workers = this.#officers.filter(({ departmentId, roles }) => departmentId === department && roles.some(role => role === 'handler' || role === 'director'))
    const theirs = ['decideRequest', 'changeTier', 'mergeIssue', 'separateIssue'].includes(id) ? [supervisor] : workers
    const as = isUsual && next !== undefined && theirs.length > 0 ? chance.pick(theirs) : chance.pick(this.#officers)
    const seen = chance.happens(0.05) ? '"0"' : etag
    const target = piece === undefined ? params : { ...params, piece: String(piece.piece) }
    await this.#send({ as, op: this.#operation(id), params: target, body, ...(seen === undefined ? {} : { etag: seen }) })
  }

  /** A director calls enterprises to a session; or one that has been called decides, has its minutes entered, is changed or called off. */
  async #meet(): Promise<void> {
    const chance = this.#chance
    const hours = (count: number): string => toRfc3339(this.#now + count * 3_600_000, timeZone)
    const some = () => chance.shuffled(this.#enterprises).slice(0, chance.between(1, 5)).map(({ enterpriseId }) => enterpriseId)
    const departmentIds = () => chance.shuffled(['D1', 'D2', 'D3']).slice(0, chance.between(0, 2))
    const startsIn = chance.pick([1, 1, 3, 24])
    const when = { startsAt: hours(startsIn), endsAt: hours(startsIn + 2) }
    if (this.#sessions.length === 0 || chance.happens(0.3)) {
      const { status, body } = await this.#send({ as: this.#holding('director'), op: this.#operation('callSession'), body: { title: '现场办公', place: '园区', ...when, enterpriseIds: some(), departmentIds: departmentIds() } })
      if (status === 201) this.#sessions.push(String(body['sessionId']))
      return
    }
    const params = { sessionId: chance.happens(0.6) ? (this.#sessions.at(-1) ?? '') : chance.pick(this.#sessions) }
    const as = this.#holding('supervisor')
    const { body: session, etag } = await this.#send({ as, op: this.#operation('getSession'), params })
    if (chance.happens(0.65)) return this.#decide(as, params, session)
    const [id, body] = chance.pick([
      ['changeSession', { ...when, enterpriseIds: some(), departmentIds: departmentIds() }],
      ['changeSession', { place: '另一处' }],
      ['cancelSession', { reason: '改期' }],
      ['enterMinutes', { text: '纪要' }],
    ] as const)
    await this.#send({ as, op: this.#operation(id), params, body, ...(etag === undefined ? {} : { etag }) })
  }

  /** A decision on an issue of the session's, or of another's, or on a new one. */
  async #decide(as: Officer, params: { readonly sessionId: string }, session: Readonly<Record<string, unknown>>): Promise<void> {
    const chance = this.#chance
    const enterpriseIds = (session['enterpriseIds'] ?? []) as string[]
    const ruling = { what: '按期办结', departmentId: chance.pick(['D1', 'D2', 'D3']), dueOn: addDays(localDateOf(this.#now, timeZone), chance.between(0, 20)) }
    const known = async () => {
      const issueId = this.#someIssue()
      const { body } = await this.#send({ as, op: this.#operation('getIssue'), params: { issueId } })
      return { issueId, issueVersion: Number(body['version']) }
    }
    const isNew = this.#history.issues.length === 0 || enterpriseIds.length === 0 || chance.happens(0.3)
    const about = isNew ? { issue: { enterpriseId: enterpriseIds[0] ?? '', ...this.#anIssue() } } : await known()
    const { status, body } = await this.#send({ as, op: this.#operation('decideOnTheSpot'), params, body: { ...ruling, ...about } })
    this.#hasNewTiers = true
    if (status === 201 && isNew) this.#history.issues.push(String(body['issueId']))
  }

  async #openCase(): Promise<void> {
    const chance = this.#chance
    const steps = chance.happens(0.4) ? [{ stepId: chance.pick(['A', 'C']), officerId: this.#holding('officer').officerId }] : []
    const body = { templateId: 'T1', enterpriseId: chance.pick(this.#enterprises).enterpriseId, title: '事项', steps }
    const { status, body: answer } = await this.#send({ as: this.#holding('officer'), op: this.#operation('openCase'), body })
    if (status === 201) this.#history.cases.push(String(answer['caseId']))
  }

  /** Mostly a step goes on by somebody of its department; otherwise anything by anybody. */
  async #workOnCase(): Promise<void> {
    const chance = this.#chance
    if (this.#history.cases.length === 0) return
    const params = { caseId: chance.happens(0.4) ? (this.#history.cases.at(-1) ?? '') : chance.pick(this.#history.cases) }
    const { etag, body: seen } = await this.#send({ as: this.#holding('supervisor'), op: this.#operation('getCase'), params })
    const steps = (seen['steps'] ?? []) as { stepId: string; departmentId: string; officerId: string; status: string }[]
    const current = steps.filter(({ status }) => ['ready', 'running', 'waiting'].includes(status))
    const step = chance.pick(current.length > 0 && chance.happens(0.9) ? current : steps)
    const usual = ({ ready: ['startStep'], running: ['finishStep', 'finishStep', 'waitInStep'], waiting: ['resumeStep'] } as Record<string, string[]>)[step.status]
    const any = ['startStep', 'finishStep', 'waitInStep', 'resumeStep', 'acknowledgeStep', 'refuseStep', 'withdrawCase', 'callBackOnCase']
    const id = chance.happens(0.05) ? 'reassignCase' : chance.pick(usual !== undefined && chance.happens(0.8) ? usual : any)
    const body = ({
      finishStep: { words: '办妥' }, waitInStep: { reason: '缺件', needed: '材料' }, refuseStep: { reason: '不符' }, withdrawCase: { reason: '撤销' },
      reassignCase: { officerId: (chance.happens(0.8) ? this.#holding('officer') : chance.pick(this.#officers)).officerId, reason: '调整', ...(chance.happens(0.5) ? { from: chance.pick(steps).officerId } : {}) },
      callBackOnCase: { received: chance.happens(0.6), asked: '联系人', askedAt: toRfc3339(this.#now, timeZone) },
    } as Record<string, object>)[id] ?? {}
    const workers = this.#officers.filter(({ departmentId, roles }) => departmentId === step.departmentId && roles.some(role => role === 'handler' || role === 'director'))
    const as = id === 'callBackOnCase' || id === 'reassignCase' ? this.#holding('supervisor') : workers.length > 0 && chance.happens(0.9) ? chance.pick(workers) : chance.pick(this.#officers)
    const op = this.#operation(id)
    const target = op.path.includes('{stepId}') ? { ...params, stepId: step.stepId } : params
    const version = chance.happens(0.05) ? '"0"' : etag
    await this.#send({ as, op, params: target, body, ...(version === undefined ? {} : { etag: version }) })
  }

  /** The enterprise opens its case; it may say whether it has the result, or add to it, twice at times. */
  async #openCaseLink(token: string, caseId: string): Promise<void> {
    const chance = this.#chance
    const { body: text } = await this.#page(viewCase, { token, caseId })
    const send = (op: Operation, fields: Record<string, string>) =>
      Promise.all(Array.from({ length: chance.pick([1, 1, 2]) }, () => this.#page(op, { token, caseId }, new URLSearchParams(fields).toString())))
    const handover = /name="handover" value="(\d+)"/.exec(text)?.[1]
    if (chance.happens(0.1)) await send(informOnCaseByLink, { information: '补充' })
    else if (handover !== undefined && chance.happens(0.7)) await send(confirmReceiptByLink, { received: chance.pick(['yes', 'no']), words: '说明', handover })
  }

  /** A notice goes on, mostly by what comes next; or somebody drafts one. */
  async #notice(): Promise<void> {
    const chance = this.#chance
    const notices = this.#memory.items().filter(item => item['shape'] === 'notice').map(item => opened('notice', item))
    if (notices.length === 0 || chance.happens(0.15)) {
      const body = { kind: chance.pick(noticeKinds), officerId: chance.pick(this.#officers).officerId, title: '标题', text: '内容' }
      await this.#send({ as: this.#holding(chance.pick(['supervisor', 'director'])), op: this.#operation('draftNotice'), body })
      return
    }
    const { noticeId, status, subject, grounds } = chance.pick(notices)
    const granted = { decision: 'granted', remark: '属实', ...(grounds.kind === 'missed-quota' ? { exemptionReason: chance.pick(exemptionReasons) } : {}) }
    const commands = { appealAgainstNotice: { reason: '有因' }, decideOnAppeal: chance.pick([granted, granted, { decision: 'upheld', remark: '已核实' }]), publishNotice: {}, dropNotice: { reason: '有变' }, withdrawNotice: { reason: '有误' } }
    const usual = ({ draft: ['appealAgainstNotice', 'appealAgainstNotice', 'publishNotice', 'publishNotice', 'dropNotice'], appealed: ['decideOnAppeal'], upheld: ['publishNotice', 'publishNotice', 'dropNotice'], published: ['withdrawNotice'] } as Record<string, (keyof typeof commands)[]>)[status]
    const id = chance.pick(usual !== undefined && chance.happens(0.8) ? usual : (Object.keys(commands) as (keyof typeof commands)[]))
    const concerned = this.#officers.filter(officer => ('officerId' in subject ? officer.officerId === subject.officerId : officer.departmentId === subject.departmentId && officer.roles.includes('director')))
    const theirs = id === 'appealAgainstNotice' ? concerned : this.#officers.filter(({ roles }) => roles.includes('supervisor'))
    const as = theirs.length > 0 && chance.happens(0.9) ? chance.pick(theirs) : chance.pick(this.#officers)
    const params = { noticeId }
    const { etag } = await this.#send({ as: this.#holding('supervisor'), op: this.#operation('getNotice'), params })
    const seen = chance.happens(0.05) ? '"0"' : etag
    await this.#send({ as, op: this.#operation(id), params, body: commands[id], ...(seen === undefined ? {} : { etag: seen }) })
  }

  /** A project is planned, reports what was invested or reached, corrects it, or says what holds it up. */
  async #invest(): Promise<void> {
    const chance = this.#chance
    const today = localDateOf(this.#now, timeZone)
    const params = { enterpriseId: chance.pick(this.#enterprises.filter(({ kind }) => kind === 'project')).enterpriseId }
    const supervisor = this.#holding('supervisor')
    const { etag } = await this.#send({ as: supervisor, op: this.#operation('getProject'), params })
    const reason = chance.happens(0.7) ? { reason: '调整' } : {}
    const plannedOn = addDays(today, chance.between(-20, 20))
    const plan = { months: Array.from({ length: 12 }, () => chance.pick([0, 10, 20])), milestones: chance.happens(0.7) ? [{ milestoneId: `k${yearOf(plannedOn)}`, name: '节点', plannedOn }] : [], ...reason }
    const [id, path, body] = chance.pick<readonly [string, Record<string, string>, object]>([
      ['putProjectPlan', { year: String(yearOf(plannedOn)) }, plan],
      ['putProjectPlan', { year: String(yearOf(plannedOn)) }, plan],
      ['putInvestment', { month: addMonths(monthOf(today), chance.pick([-3, -2, -1, -1, 0, 1])) }, { amount: chance.between(0, 60), ...reason }],
      ['putInvestment', { month: addMonths(monthOf(today), chance.pick([-2, -1, -1, 0])) }, { amount: chance.between(0, 60), remark: '土建', ...reason }],
      ['putMilestone', { milestoneId: `k${yearOf(today)}` }, { ...reason, ...(chance.happens(0.8) ? { reachedOn: addDays(today, chance.between(-10, 1)) } : {}) }],
      ['linkObstacle', {}, { issueId: this.#history.issues.length === 0 ? '2026-000001' : this.#someIssue() }],
    ])
    const as = chance.happens(0.7) ? supervisor : chance.pick(this.#officers)
    const seen = chance.happens(0.05) ? '"999"' : etag
    await this.#send({ as, op: this.#operation(id), params: { ...params, ...path }, body, ...(seen === undefined ? {} : { etag: seen }) })
  }

  /** Somebody asks for an exemption, from one enterprise or from all, of last month too; or one that waits is decided on, some after their month. */
  async #exempt(): Promise<void> {
    const chance = this.#chance
    const waiting = this.#memory.items().filter(({ shape }) => shape === 'exemption').map(item => opened('exemption', item)).filter(({ status }) => status === 'requested')
    if (waiting.length > 0 && chance.happens(0.5)) {
      const params = { exemptionId: chance.pick(waiting).exemptionId }
      await this.#send({ as: this.#holding('supervisor'), op: this.#operation('decideExemption'), params, body: { decision: chance.pick(['approved', 'approved', 'refused']) } })
      return
    }
    const month = addMonths(monthOf(localDateOf(this.#now, timeZone)), chance.pick([-1, 0, 0, 0]))
    const scope = chance.happens(0.4) ? { enterpriseId: chance.pick(this.#enterprises).enterpriseId } : {}
    await this.#send({ as: this.#holding('officer'), op: this.#operation('requestExemption'), body: { month, reason: chance.pick(exemptionReasons), ...scope } })
  }

  /**
   * Somebody leaves the roster or comes back; not while a request is under way: sent again after a lost answer, it would
   * be refused though it was done, and nobody could tell the history.
   */
  async #leave(): Promise<void> {
    if (!this.#chance.happens(0.2)) return
    // The first and the last are the supervisors, by whom the world is looked at.
    const at = this.#chance.between(1, this.#officers.length - 2)
    const officer = this.#officers[at]
    if (officer === undefined) return
    const [item, identity] = await this.#memory.getAll([officerKey(officer.officerId), identityKey(officer.email)])
    // Looked at last: from here to the commit nobody else has a turn.
    if (this.#underWay > 0 || this.#officers[at] !== officer) return
    const changed = { ...officer, active: !officer.active }
    this.#officers[at] = changed
    await this.#memory.commit(officerWrites(changed, item, identity))
  }

  /** An enterprise, or a mail scanner, opens a link from some mail, an old one too; the enterprise may rate, add or take back, twice at times. */
  async #openLink(): Promise<void> {
    const chance = this.#chance
    const links = this.#mail.delivered.flatMap(({ link }) => link ?? [])
    if (links.length === 0) return
    const [, , token = '', kind = '', issueId = ''] = (chance.happens(0.7) ? (links.at(-1) ?? '') : chance.pick(links)).split('/')
    if (chance.happens(0.15)) await this.#confirmVisit(token)
    if (kind === 'cases') {
      await this.#openCaseLink(token, issueId)
      return
    }
    const { body: text } = await this.#page(viewIssue, { token, issueId })
    const send = (op: Operation, fields: Record<string, string>) =>
      Promise.all(Array.from({ length: chance.pick([1, 1, 2]) }, () => this.#page(op, { token, issueId }, new URLSearchParams(fields).toString())))
    const resolution = /name="resolution" value="(\d+)"/.exec(text)?.[1]
    if (chance.happens(0.1)) await send(informByLink, { information: '补充' })
    else if (chance.happens(0.05)) await send(withdrawByLink, { confirmed: 'yes' })
    else if (resolution !== undefined && chance.happens(0.7)) await send(rateIssueByLink, { rating: chance.pick(['5', '4', '3', '2', '1']), words: '评价', resolution })
  }

  /** The enterprise says of one of the visits it is shown whether somebody came, twice at times. */
  async #confirmVisit(token: string): Promise<void> {
    const { body: text } = await this.#page(viewVisits, { token })
    const visits = Array.from(text.matchAll(/\/visits\/([^/"]+)\/confirmation/g), ([, visitId = '']) => visitId)
    if (visits.length === 0) return
    const [visitId, came] = [this.#chance.pick(visits), this.#chance.pick(['yes', 'yes', 'no'])]
    await Promise.all(Array.from({ length: this.#chance.pick([1, 2]) }, () => this.#page(confirmVisitByLink, { token, visitId }, new URLSearchParams({ came }).toString())))
  }

  /** Asks for a page, and again while it does not come, as somebody does who presses the button once more. */
  async #page(op: Operation, pathParameters: Record<string, string>, body = ''): Promise<{ readonly body: string }> {
    for (let tries = 1; ; tries++) {
      this.#table.rate = tries > 6 ? 0 : this.#faultRate
      const event = { routeKey: routeKey(op), headers: {}, pathParameters, requestContext: { requestId: 'page', timeEpoch: this.#now }, body }
      const { statusCode = 200, body: text = '' } = await this.#pages(event, {})
      this.#table.rate = 0
      if (statusCode < 500) return { body: text }
      if (tries > 12) throw new Error(`${op.id} never succeeds`)
    }
  }

  /** The year's notice is entered anew, with a day off or a day worked that it did not have. */
  async #amend(): Promise<void> {
    const chance = this.#chance
    if (!chance.happens(0.1)) return
    const date = addDays(localDateOf(this.#now, timeZone), chance.between(0, 15))
    const shipped = shippedCalendar.noticeOf(yearOf(date))
    if (shipped === undefined) return
    const isWeekend = [0, 6].includes(new Date(date).getUTCDay())
    const without = (days: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(days).filter(([day]) => day !== date))
    const body = {
      holidays: { ...without(shipped.holidays), ...(isWeekend ? {} : { [date]: '庆典' }) },
      makeUpDays: { ...without(shipped.makeUpDays), ...(isWeekend ? { [date]: '庆典' } : {}) },
    }
    await this.#send({ as: this.#holding('supervisor'), op: this.#operation('putCalendar'), params: { year: String(yearOf(date)) }, body })
  }

  async #runSchedules(time: string): Promise<void> {
    if (time === '09:00') {
      await this.#run(() => remind(this.#now, { table: this.#table, timeZone, adminEmail }))
      // Before anybody works, as where it is deployed: so it is known what had been entered by then.
      const early = instantOf(localDateOf(this.#now, timeZone), '07:30', timeZone)
      await this.#run(() => issueDue(early, { table: this.#table, timeZone, adminEmail }))
      await this.#recountIssued(early)
    }
    await this.#run(() => this.#sweepOnce())
    // A schedule may be delivered twice, and two may run at once.
    if (this.#chance.happens(0.2)) await this.#run(() => Promise.all([this.#sweepOnce(), this.#sweepOnce()]))
    this.#wallClock += 600_000
    const reconcileOnce = () => reconcile(this.#now, { ...this.#delivery, failed: () => undefined, undeliverable: () => undefined })
    await this.#run(() => (this.#chance.happens(0.3) ? Promise.all([reconcileOnce(), reconcileOnce(), this.#flowStream()]) : reconcileOnce()))
  }

  async #sweepOnce(): Promise<void> {
    if (this.#sweeps.at(-1) !== this.#now) this.#sweeps.push(this.#now)
    const report = await sweep(this.#now, { table: this.#table, timeZone, adminEmail, failed: () => undefined })
    if (report.failures > 0) throw new Error('some issues failed')
  }

  /** A stricter tier can put a deadline into the past, of which the sweep of this instant could not know. */
  async #sweepAfterNewTiers(): Promise<void> {
    if (!this.#hasNewTiers) return
    this.#hasNewTiers = false
    await this.#run(() => this.#sweepOnce())
  }

  /** Runs a schedule's function, and again for the same instant when it fails, as the scheduler does. */
  async #run(act: () => Promise<unknown>): Promise<void> {
    for (let tries = 1; ; tries++) {
      this.#table.rate = tries > 6 ? 0 : this.#faultRate
      this.#mail.rate = this.#faultRate * 2
      try {
        await act()
        return
      } catch (error) {
        if (tries > 12) throw error
      } finally {
        this.#table.rate = 0
        this.#mail.rate = 0
      }
    }
  }

  /** The stream wakes the mailer: in order or not, twice, or for some mails never. */
  async #flowStream(): Promise<void> {
    const waiting = this.#stream
    this.#stream = []
    const kept = waiting.filter(() => !this.#chance.happens(this.#faultRate))
    const batch = this.#chance.happens(0.2) ? this.#chance.shuffled([...kept, ...kept]) : kept
    const records = batch.map((mailId, at) => ({ dynamodb: { Keys: { pk: { S: outboxKey(mailId).pk } }, SequenceNumber: String(at) } }))
    await this.#run(() => wakeMailer({ Records: records }, { ...this.#delivery, failed: () => undefined, undeliverable: () => undefined }))
    if (this.#stream.length > 0) await this.#flowStream()
  }
}

