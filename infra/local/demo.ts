import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { addDays } from '../../shared/calendar/date.ts'
import type { Bulletin } from '../../shared/contract/reports.ts'
import { tiers } from '../../shared/issue/category.ts'
import type { Figure } from '../../shared/report/figure.ts'
import { PlainError } from '../plain-error.ts'
import { clientOf, commandOn, type ApiClient } from './api-client.ts'
import { assemble } from './assembly.ts'
import { daysOfMonth, daysReplayed, handlerEmail, printed, rosterFiles, routing, type Day, type EnterpriseAnswer, type IssueEntry } from './august-2016.ts'
import { actsOn, standingOf } from './august-events.ts'
import { assessHalfYear } from './demo-assessment.ts'
import { eachOf } from './each-of.ts'
import { mailedLink, sendForm } from './mailed-link.ts'
import { startLocalStack, type LocalStack } from './stack.ts'
import { padded, progress } from './terminal.ts'

const supervisorEmail = 'supervisor@example.org'

/** Each list spread evenly over the day, as people come: issues in one heap would stand in line for their numbers. */
const overTheDay = <T>(...lists: readonly (readonly T[])[]): readonly T[] =>
  lists
    .flatMap(list => list.map((item, at) => ({ item, hour: (at + 0.5) / list.length })))
    .sort((one, other) => one.hour - other.hour)
    .map(({ item }) => item)

/** An issue under way, and how often its enterprise has said something of it. */
interface Raised {
  readonly issueId: string
  readonly leadDepartmentId: string
  readonly entry: IssueEntry
  resolvedOn?: number
  answered: number
}

class Replay {
  readonly #stack: LocalStack
  readonly #clients = new Map<string, Promise<ApiClient>>()
  readonly #raised: Raised[] = []
  posted = 0

  constructor(stack: LocalStack) {
    this.#stack = stack
  }

  as(email: string): Promise<ApiClient> {
    const known = this.#clients.get(email) ?? this.#signIn(email)
    this.#clients.set(email, known)
    return known
  }

  async #signIn(email: string): Promise<ApiClient> {
    return clientOf(this.#stack.url, await this.#stack.issuer.token(email))
  }

  async enterRoster(): Promise<void> {
    const admin = await this.as('admin@example.org')
    for (const kind of ['departments', 'officers', 'enterprises', 'pairings'] as const) await admin.upload(`/v1/imports/${kind}`, rosterFiles[kind])
    const supervisor = await this.as(supervisorEmail)
    const { body } = await supervisor.get('/v1/policy')
    await supervisor.put('/v1/policy', { ...(body['policy'] as object), routing })
  }

  /** One day, counted from the first of the month: what officers enter, what departments settle, what enterprises say of it. */
  async day(number: number, day: Day | undefined): Promise<void> {
    await this.#stack.moveTo(new Date(`${dateOf(number)}T10:00:00+08:00`))
    if (day !== undefined) await this.#entries(day)
    await actsOn(number, this.#stage)
    await eachOf(this.#raised.filter(({ entry: { resolved } }) => resolved?.on === number), issue => this.#resolve(issue, number))
    // The links are in the mail that this sends.
    await this.#stack.drain()
    await eachOf(this.#raised.filter(issue => dueAnswer(issue)?.on === number), issue => this.#answer(issue, number))
    await this.#callBack()
    await this.#stack.drain()
  }

  async #entries(day: Day): Promise<void> {
    const visits = day.visits.map(({ email, body }) => () => this.#post(email, '/v1/visits', body))
    const issues = day.issues.map(entry => () => this.#submit(entry))
    await eachOf(overTheDay(visits, issues), act => act())
    await eachOf(day.exemptions, async ({ email, director, body }) => {
      const { body: asked } = await (await this.as(email)).post('/v1/exemptions', body)
      await this.#post(director, `/v1/exemptions/${String(asked['exemptionId'])}/decision`, { decision: 'approved' })
    })
  }

  async #post(email: string, path: string, body: unknown): Promise<void> {
    await (await this.as(email)).post(path, body)
    this.posted += 1
  }

  async #submit(entry: IssueEntry): Promise<void> {
    const { body } = await (await this.as(entry.email)).post('/v1/issues', entry.body)
    this.posted += 1
    this.#raised.push({ issueId: String(body['issueId']), leadDepartmentId: String(body['leadDepartmentId']), entry, answered: 0 })
  }

  async #resolve(issue: Raised, today: number): Promise<void> {
    await this.#command(handlerEmail(issue.leadDepartmentId), issue, [
      ['accept', {}],
      ['reply', { message: '示例答复：已受理，正在协调办理。' }],
      ['resolve', { message: '示例办结：问题已解决，请企业核实。' }],
    ])
    issue.resolvedOn = today
  }

  async #command(email: string, { issueId }: Pick<Raised, 'issueId'>, commands: readonly (readonly [string, object])[]): Promise<void> {
    const client = await this.as(email)
    for (const [name, body] of commands) {
      await commandOn(client, `/v1/issues/${issueId}`, name, body)
      this.posted += 1
    }
  }

  /** The enterprise opens the link in its mail and rates the result; where it is not satisfied, the department sets to work again. */
  async #answer(issue: Raised, today: number): Promise<void> {
    const answer = dueAnswer(issue)
    if (answer === undefined) throw new Error(`${issue.issueId} has no answer due`)
    const { rating, words } = answer
    await sendForm(mailedLink(this.#stack, 'issue-resolved', `/issues/${issue.issueId}`), 'rating', { rating: String(rating), ...(words === undefined ? {} : { words }) })
    this.posted += 1
    issue.answered += 1
    if (answer.rating >= 3) return
    await this.#command(handlerEmail(issue.leadDepartmentId), issue, [['resolve', { message: '示例办结：已重新处理，请企业再次核实。' }]])
    issue.resolvedOn = today
  }

  /** The campaign office calls the enterprises back that have said nothing. */
  async #callBack(): Promise<void> {
    const said = { rating: 4, words: '示例回访：企业表示满意。', asked: '示例联系人', askedAt: this.#stack.clock.now().toISOString() }
    await eachOf(await this.#ledger({ callBackDue: 'true' }), issue => this.#command(supervisorEmail, issue, [['call-back', said]]))
  }

  get #stage() {
    return { stack: this.#stack, as: (email: string) => this.as(email) }
  }

  /** How the case and the session of the month have ended. */
  standingBeside(): Promise<string> {
    return standingOf(this.#stage)
  }

  /** How the month's issues stand: by their status, and the closed ones by what closed them. */
  async standing(): Promise<ReadonlyMap<string, number>> {
    return countsOf((await this.#ledger({})).map(({ status, closedBy }) => (closedBy === undefined ? status : `${status}: ${closedBy}`)))
  }

  async #ledger(filters: Readonly<Record<string, string>>): Promise<readonly ListedIssue[]> {
    const supervisor = await this.as(supervisorEmail)
    const issues: ListedIssue[] = []
    for (let page: Record<string, string> | undefined = {}; page !== undefined; ) {
      const { body } = await supervisor.get(`/v1/issues?${new URLSearchParams({ ...filters, ...page, limit: '100' }).toString()}`)
      const { items, nextCursor } = body as { readonly items: readonly ListedIssue[]; readonly nextCursor?: string }
      issues.push(...items)
      page = nextCursor === undefined ? undefined : { cursor: nextCursor }
    }
    return issues
  }
}

interface ListedIssue {
  readonly issueId: string
  readonly status: string
  readonly closedBy?: string
}

const countsOf = (names: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

const dateOf = (number: number): string => addDays('2016-08-01', number - 1)

/** What the enterprise says next of an issue, and on which day, if it is to say something. */
const dueAnswer = ({ entry, resolvedOn, answered }: Raised): (EnterpriseAnswer & { readonly on: number }) | undefined => {
  const answer = entry.resolved?.answers[answered]
  return answer === undefined || resolvedOn === undefined ? undefined : { ...answer, on: resolvedOn + answer.daysAfter }
}

const figureOfReason: Readonly<Record<keyof typeof printed.noneReasons, Figure>> = {
  away: 'officersAway',
  'enterprise-unavailable': 'officersEnterpriseUnavailable',
  health: 'officersHealth',
  training: 'officersTraining',
  unexplained: 'officersUnexplained',
}

/** The bulletin's figures beside the printed ones: name, ours, printed. */
const comparison = ({ figures, byTier }: Bulletin): readonly (readonly [string, number, number])[] => {
  const printedTiers = tiers.map(tier => [tier, printed.issues[tier]] as const)
  const sum = (key: 'raised' | 'resolved') => printedTiers.reduce((total, [, tier]) => total + tier[key], 0)
  return [
    ['干部总数 officers', figures.officers, printed.officers.total],
    ['走访次数 visits', figures.visits, printed.officers.visits],
    ['三次及以上 three or more', figures.officersThreeOrMore, printed.officers.threeOrMore],
    ['两次 two', figures.officersTwo, printed.officers.two],
    ['一次 one', figures.officersOne, printed.officers.one],
    ['未走访 none', figures.officersNone, printed.officers.none],
    ...(Object.entries(printed.noneReasons) as [keyof typeof printed.noneReasons, number][]).map(([reason, count]) => [`  其中 ${reason}`, figures[figureOfReason[reason]], count] as const),
    ['问题总数 issues', figures.issuesRaised, sum('raised')],
    ['办结总数 resolved', figures.raisedResolved, sum('resolved')],
    ...printedTiers.flatMap(([tier, { raised, resolved }]) => [
      [`  ${tier} 类提出 raised`, byTier[tier].issuesRaised, raised] as const,
      [`  ${tier} 类办结 resolved`, byTier[tier].raisedResolved, resolved] as const,
    ]),
  ]
}

const table = (rows: readonly (readonly [string, number, number])[]): string =>
  [
    `${padded('2016年8月简报 bulletin', 34)}     本系统   公报`,
    ...rows.map(([name, ours, theirs]) => `${padded(name, 34)} ${String(ours).padStart(9)} ${String(theirs).padStart(7)} ${ours === theirs ? '' : ' ≠'}`),
  ].join('\n')

const listed = (counts: ReadonlyMap<string, number>): string =>
  [...counts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, count]) => `${padded(name, 34)} ${String(count).padStart(9)}`).join('\n')

/** What can be looked at when the stack is gone. */
const folder = join(import.meta.dirname, '../../dist/demo')

/** Keeps the bulletin that was mailed, to be looked at when the stack is gone: its page and its workbook. Returns where they are. */
const keepBulletin = async (stack: LocalStack): Promise<readonly string[]> => {
  const link = mailedLink(stack, 'bulletin', '')
  const keep = async (address: string, name: string): Promise<string> => {
    const path = join(folder, name)
    writeFileSync(path, Buffer.from(await (await fetch(address)).arrayBuffer()))
    return relative(process.cwd(), path)
  }
  return [await keep(link, 'bulletin-2016-08.html'), await keep(`${link}/bulletin.xlsx`, 'bulletin-2016-08.xlsx')]
}

/** Replays August 2016 over HTTP and compares the bulletin with the printed one. Returns whether they agree. */
const demo = async (): Promise<boolean> => {
  const began = performance.now()
  const stack = await startLocalStack({ template: () => assemble(0), port: 0, now: new Date('2016-08-01T08:00:00+08:00') })
  mkdirSync(folder, { recursive: true })
  try {
    const replay = new Replay(stack)
    const shown = (done: number, what: string): void => { progress(done, daysReplayed, what) }
    shown(0, '名册导入 importing the roster')
    await replay.enterRoster()
    const days = daysOfMonth()
    for (let number = 1; number <= daysReplayed; number++) {
      await replay.day(number, days[number - 1])
      shown(number, `${dateOf(number)}  ${replay.posted} 次提交 requests`)
    }
    const supervisor = await replay.as(supervisorEmail)
    const { body } = await supervisor.get('/v1/bulletins/2016-08')
    const rows = comparison(body as unknown as Bulletin)
    const [bulletin, ledger, beside] = [await keepBulletin(stack), await replay.standing(), await replay.standingBeside()]
    const mails = countsOf(stack.mailbox.list().map(({ kind }) => kind))
    const assessment = await assessHalfYear(stack, supervisor, { endsOn: dateOf(daysReplayed), folder })
    process.stdout.write(
      `\n${table(rows)}\n\n${dateOf(daysReplayed)} 台账 the ledger\n${listed(ledger)}\n\n${beside}\n\n发出邮件 mails sent\n${listed(mails)}\n\n${assessment.text}\n\n简报页面和表格、考核表 the bulletin's page and workbook, the sheet of the assessment\n${[...bulletin, assessment.path].join('\n')}\n\n${Math.round((performance.now() - began) / 1000)} s\n`,
    )
    return rows.every(([, ours, theirs]) => ours === theirs)
  } finally {
    await stack.close()
  }
}

try {
  process.exitCode = (await demo()) ? 0 : 1
} catch (error) {
  process.stderr.write(`${error instanceof PlainError ? error.message : String((error as Error).stack ?? error)}\n`)
  process.exitCode = 1
}
