import { columnsOf } from '../../shared/mail/render-columns.ts'
import { PlainError } from '../plain-error.ts'
import { clientOf, type ApiClient } from './api-client.ts'
import { assemble } from './assembly.ts'
import { daysOfMonth, handlerEmail, printed, rosterFiles, routing, type Day, type IssueEntry } from './august-2016.ts'
import { startLocalStack, type LocalStack } from './stack.ts'

/** Requests under way at once: enough to keep two cores busy. */
const atOnce = 8

const eachOf = async <T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> => {
  const waiting = [...items].reverse()
  const work = async (): Promise<void> => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await act(item)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

const two = (number: number): string => String(number).padStart(2, '0')

/** How far the replay is, on one line of the terminal; a line a step where the output is not a terminal. */
const progress = (done: number, of: number, text: string): void => {
  const width = 30
  const filled = Math.round((done / of) * width)
  const line = `[${'█'.repeat(filled)}${'·'.repeat(width - filled)}] ${text}`
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}${done === of ? '\n' : ''}` : `${line}\n`)
}

/** Each list spread evenly over the day, as people come: issues in one heap would stand in line for their numbers. */
const overTheDay = <T>(...lists: readonly (readonly T[])[]): readonly T[] =>
  lists
    .flatMap(list => list.map((item, at) => ({ item, hour: (at + 0.5) / list.length })))
    .sort((one, other) => one.hour - other.hour)
    .map(({ item }) => item)

class Replay {
  readonly #stack: LocalStack
  readonly #clients = new Map<string, Promise<ApiClient>>()
  readonly #open: { readonly issueId: string; readonly leadDepartmentId: string; readonly entry: IssueEntry }[] = []
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
    const supervisor = await this.as('supervisor@example.org')
    const { body } = await supervisor.get('/v1/policy')
    await supervisor.put('/v1/policy', { ...(body['policy'] as object), routing })
  }

  async day(number: number, day: Day): Promise<void> {
    await this.#stack.moveTo(new Date(`2016-08-${two(number)}T10:00:00+08:00`))
    const visits = day.visits.map(({ email, body }) => () => this.#post(email, '/v1/visits', body))
    const issues = day.issues.map(entry => () => this.#submit(entry))
    await eachOf(overTheDay(visits, issues), act => act())
    await eachOf(day.exemptions, async ({ email, director, body }) => {
      const { body: asked } = await (await this.as(email)).post('/v1/exemptions', body)
      await this.#post(director, `/v1/exemptions/${String(asked['exemptionId'])}/decision`, { decision: 'approved' })
    })
    await eachOf(this.#open.filter(({ entry }) => entry.resolvedOn === number), issue => this.#resolve(issue))
    await this.#stack.drain()
  }

  async #post(email: string, path: string, body: unknown): Promise<void> {
    await (await this.as(email)).post(path, body)
    this.posted += 1
  }

  async #submit(entry: IssueEntry): Promise<void> {
    const { body } = await (await this.as(entry.email)).post('/v1/issues', entry.body)
    this.posted += 1
    this.#open.push({ issueId: String(body['issueId']), leadDepartmentId: String(body['leadDepartmentId']), entry })
  }

  async #resolve({ issueId, leadDepartmentId }: { issueId: string; leadDepartmentId: string }): Promise<void> {
    const handler = await this.as(handlerEmail(leadDepartmentId))
    let { etag } = await handler.get(`/v1/issues/${issueId}`)
    const command = async (name: string, body: object): Promise<void> => {
      ;({ etag } = await handler.post(`/v1/issues/${issueId}/${name}`, body, { 'if-match': etag }))
      this.posted += 1
    }
    await command('accept', {})
    await command('reply', { message: '示例答复：已受理，正在协调办理。' })
    await command('resolve', { message: '示例办结：问题已解决，请企业核实。' })
  }
}

interface Bulletin {
  readonly officers: Record<'total' | 'visits' | 'threeOrMore' | 'two' | 'one' | 'none', number> & { readonly noneReasons: Record<string, number> }
  readonly issues: { readonly total: number; readonly resolved: number; readonly byTier: Record<string, { readonly raised: number; readonly resolved: number }> }
}

/** The bulletin's figures beside the printed ones: name, ours, printed. */
const comparison = ({ officers, issues }: Bulletin): readonly (readonly [string, number, number])[] => {
  const tiers = Object.entries(printed.issues)
  const sum = (key: 'raised' | 'resolved') => tiers.reduce((total, [, tier]) => total + tier[key], 0)
  return [
    ['干部总数 officers', officers.total, printed.officers.total],
    ['走访次数 visits', officers.visits, printed.officers.visits],
    ['三次及以上 three or more', officers.threeOrMore, printed.officers.threeOrMore],
    ['两次 two', officers.two, printed.officers.two],
    ['一次 one', officers.one, printed.officers.one],
    ['未走访 none', officers.none, printed.officers.none],
    ...Object.entries(printed.noneReasons).map(([reason, count]) => [`  其中 ${reason}`, officers.noneReasons[reason] ?? 0, count] as const),
    ['问题总数 issues', issues.total, sum('raised')],
    ['办结总数 resolved', issues.resolved, sum('resolved')],
    ...tiers.flatMap(([tier, { raised, resolved }]) => [
      [`  ${tier} 类提出 raised`, issues.byTier[tier]?.raised ?? 0, raised] as const,
      [`  ${tier} 类办结 resolved`, issues.byTier[tier]?.resolved ?? 0, resolved] as const,
    ]),
  ]
}

const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - columnsOf(text)))

const table = (rows: readonly (readonly [string, number, number])[]): string =>
  [
    `${padded('2016年8月简报 bulletin', 34)}     本系统   公报`,
    ...rows.map(([name, ours, theirs]) => `${padded(name, 34)} ${String(ours).padStart(9)} ${String(theirs).padStart(7)} ${ours === theirs ? '' : ' ≠'}`),
  ].join('\n')

const mailCounts = (stack: LocalStack): string => {
  const counts = new Map<string, number>()
  for (const { kind } of stack.mailbox.list()) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const rows = [...counts].sort(([one], [other]) => (one < other ? -1 : 1))
  return rows.map(([kind, count]) => `${padded(kind, 34)} ${String(count).padStart(9)}`).join('\n')
}

/** Replays August 2016 over HTTP and compares the bulletin with the printed one. Returns whether they agree. */
const demo = async (): Promise<boolean> => {
  const began = performance.now()
  const stack = await startLocalStack({ template: () => assemble(0), port: 0, now: new Date('2016-08-01T08:00:00+08:00') })
  try {
    const replay = new Replay(stack)
    progress(0, 32, '名册导入 importing the roster')
    await replay.enterRoster()
    for (const [at, day] of daysOfMonth().entries()) {
      progress(at + 1, 32, `2016-08-${two(at + 1)}  ${replay.posted} 次提交 requests`)
      await replay.day(at + 1, day)
    }
    await stack.moveTo(new Date('2016-09-01T12:00:00+08:00'))
    progress(32, 32, `2016-09-01  ${replay.posted} 次提交 requests`)
    const { body } = await (await replay.as('supervisor@example.org')).get('/v1/bulletins/2016-08')
    const rows = comparison(body as unknown as Bulletin)
    process.stdout.write(`\n${table(rows)}\n\n发出邮件 mails sent\n${mailCounts(stack)}\n\n${Math.round((performance.now() - began) / 1000)} s\n`)
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
