import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { LocalStack } from '../../infra/local/stack.ts'
import { smoke as command } from '../../infra/smoke/command.ts'
import { enterpriseId, importFiles, rosterFiles } from '../../infra/smoke/roster.ts'
import { callerWith } from '../../infra/smoke/caller.ts'
import { listIssues, submitIssue } from '../../shared/contract/issues.ts'
import { listDepartments, listOfficers, listPairings, putDepartment, putOfficer } from '../../shared/contract/roster.ts'
import { clientWith, type Client } from './api/client.ts'
import { releaseStack, takeStack } from './warm-stack.ts'

const program = join(import.meta.dirname, '../../infra/smoke/main.ts')

interface End {
  readonly code: number | string | null | undefined
  readonly stdout: string
  readonly stderr: string
}

const noAws = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_EC2_METADATA_DISABLED: 'true' }

/** As whoever deploys runs it. */
const spawned = (args: readonly string[], environment: Record<string, string> = {}): Promise<End> =>
  new Promise(resolve => {
    const env = { ...process.env, QINSHANG_TOKEN: '', ...noAws, ...environment }
    execFile(process.execPath, [program, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? error.code : 0, stdout, stderr })
    })
  })

/** The same without a process of its own, which takes longer to start than most runs do. */
const run = async (args: readonly string[], environment: Record<string, string> = {}): Promise<End> => {
  for (const [name, value] of Object.entries({ QINSHANG_TOKEN: '', ...noAws, ...environment })) vi.stubEnv(name, value)
  const written = { stdout: '', stderr: '' }
  try {
    const code = await command(args, text => (written.stdout += text), text => (written.stderr += text))
    return { code, ...written }
  } finally {
    vi.unstubAllEnvs()
  }
}

/** The lines that begin like this. */
const lines = ({ stdout }: End, how: 'ok' | 'WRONG' | 'not looked at' | 'stays'): string[] => stdout.split('\n').filter(line => line.startsWith(how))

const adminEmail = 'admin@example.org'
let stack: LocalStack
let admin: Client
let token: string

/** What whoever deploys has at hand: the outputs of the stack, a token, credentials. */
const credentials = () => ({ AWS_ENDPOINT_URL_DYNAMODB: stack.tableEndpoint, AWS_ACCESS_KEY_ID: 'smoke', AWS_SECRET_ACCESS_KEY: 'smoke' })
const tableOptions = (): string[] => ['--table', Object.values(stack.tables)[0] ?? '', '--region', 'us-east-1']
const smoke = (more: readonly string[] = [], environment: Record<string, string> = {}): Promise<End> =>
  run(['--url', stack.url, ...more], { QINSHANG_TOKEN: token, ...credentials(), ...environment })

const startFresh = async (): Promise<void> => {
  // On the wall clock: the program reckons with today.
  stack = await takeStack()
  token = await stack.issuer.token(adminEmail)
  admin = clientWith(stack.url, token)
}
beforeAll(startFresh)
afterEach(async () => {
  stack.faults.clear()
  // What one run has left unsent must not meet the faults of the next.
  await stack.drain()
})
afterAll(() => releaseStack(stack))

/** Nothing is under way and nobody has a right too many, whatever the run came to. */
const expectTidy = async (): Promise<void> => {
  const { body: officers } = await admin.ask(listOfficers)
  const { body: pairings } = await admin.ask(listPairings, { query: { officerId: 'smoke-1' } })
  const { body: issues } = await admin.ask(listIssues)
  expect(officers.items.map(({ officerId, roles }) => [officerId, ...roles])).toEqual([
    ['smoke-1', 'officer'],
    ['smoke-2', 'handler', 'director'],
    ['smoke-admin', 'admin'],
  ])
  expect(pairings.items).toEqual([expect.objectContaining({ endsOn: expect.any(String) as string })])
  expect(new Set(issues.items.map(({ status }) => status))).toEqual(new Set(['closed']))
}

describe('a fresh stage', () => {
  it('passes with everything looked at, and is left tidy', async () => {
    const end = await spawned(['--url', `${stack.url}/`, '--token', token, '--mail-to', 'success@simulator.amazonses.com', ...tableOptions()], credentials())
    expect([end.code, end.stderr, lines(end, 'WRONG'), lines(end, 'not looked at')]).toEqual([0, '', [], []])
    expect(end.stdout).toMatch(/^ok +the mail about \d{4}-\d+ is sent within 120 seconds$/m)
    expect(end.stdout).toMatch(/\nAll \d+ checks held\.\n$/)
    expect(lines(end, 'stays').join()).toContain('smoke-admin (which admin@example.org belongs to')
    await expectTidy()
  })

  it('has sent all mail to the address given, nobody else', async () => {
    await stack.drain()
    const addresses = stack.mailbox.list().flatMap(({ to, cc }) => [...to, ...cc])
    expect(new Set(addresses)).toEqual(
      new Set(['success@simulator.amazonses.com', 'success+smoke-1@simulator.amazonses.com', 'success+smoke-2@simulator.amazonses.com']),
    )
  })

  it('passes a second time, and says what was not looked at without a table', async () => {
    const end = await smoke()
    expect([end.code, lines(end, 'WRONG')]).toEqual([0, []])
    expect(lines(end, 'not looked at').join()).toContain('--table')
    await expectTidy()
    expect((await admin.ask(listDepartments)).body.items).toHaveLength(1)
  })
})

describe('a stage on which something is wrong', () => {
  it('tells a token of another audience what to compare', async () => {
    const end = await smoke([], { QINSHANG_TOKEN: await stack.issuer.token(adminEmail, { aud: 'somebody-else' }) })
    expect(end.code).toBe(1)
    expect(lines(end, 'WRONG')).toEqual([expect.stringMatching(/the token is accepted: .*401.*"somebody-else".*oidc\.issuer and oidc\.audience/)])
    expect(lines(end, 'not looked at').join()).toContain('the token is not accepted')
    expect(lines(end, 'ok').length).toBeGreaterThan(3)
  })

  it.each([
    ['has run out', () => stack.issuer.token(adminEmail, { exp: 1_000_000_000 }), 'ran out at 2001-09-09'],
    ['is none', () => Promise.resolve('secret'), 'no JWT'],
    ["is a stranger's", () => stack.issuer.token('stranger@example.org'), 'adminEmail'],
  ])('says that the token %s', async (_, make, words) => {
    const end = await smoke([], { QINSHANG_TOKEN: await make() })
    expect(end.code).toBe(1)
    expect(lines(end, 'WRONG')).toEqual([expect.stringContaining(words)])
  })

  it('leads from an internal error to the log group of its function, and goes on', async () => {
    stack.faults.add({ target: 'table', fault: 'refuse', operation: 'TransactWriteItems', match: 'VISITS#' })
    const end = await smoke(tableOptions())
    expect(end.code).toBe(1)
    expect(lines(end, 'WRONG')).toEqual([expect.stringMatching(/a visit is recorded: POST \/v1\/visits answered 5\d\d .*log group of the function visits .* for request /)])
    expect(lines(end, 'not looked at').join()).toContain('repeated POST')
    expect(end.stdout).toMatch(/^ok +the mail about /m)
    await expectTidy()
  })

  it('says what the mail service refused', async () => {
    stack.faults.add({ target: 'mail', fault: 'refuse', match: 'success+smoke-2@simulator.amazonses.com' })
    const end = await smoke(tableOptions())
    expect(end.code).toBe(1)
    expect(lines(end, 'WRONG')).toEqual([expect.stringMatching(/the mail about .*: it is failed .*sender's domain/)])
    await expectTidy()
  })

  it('says that the mail has not gone out in time', async () => {
    stack.faults.add({ target: 'mail', fault: 'throttle', count: 50 })
    const end = await smoke([...tableOptions(), '--wait', '2'])
    expect(end.code).toBe(1)
    expect(lines(end, 'WRONG')).toEqual([expect.stringMatching(/after 2 seconds it is planned .*mailer/)])
    await expectTidy()
  })

  it.each([
    ['a table that is not there', ['--table', 'elsewhere', '--region', 'us-east-1'], {}, 'TableName'],
    ['no credentials', ['--table', 'any', '--region', 'us-east-1'], { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }, 'credentials'],
  ])('says what keeps it from the outbox: %s', async (_, more, environment, words) => {
    const end = await smoke(more, environment)
    expect(end.code).toBe(1)
    expect(lines(end, 'WRONG')).toEqual([expect.stringContaining(words)])
  })

  it.each([
    ['nothing', () => 'http://127.0.0.1:9'],
    ['something else', () => `${stack.url}/docs`],
  ])('says that %s answers, and goes no further', async (_, url) => {
    const end = await run(['--url', url(), '--token', token])
    expect(end.code).toBe(1)
    expect(lines(end, 'WRONG')).toEqual([expect.stringContaining('ApiUrl')])
    expect(lines(end, 'ok')).toEqual([])
  })
})

describe('a stage on which something was there before', () => {
  beforeAll(async () => {
    await releaseStack(stack)
    await startFresh()
  })

  const asSelf = (departmentId: string, roles: readonly string[]) =>
    admin.ask(putOfficer, { params: { officerId: 'smoke-admin' }, body: { name: '管理员', email: adminEmail, departmentId, roles } })

  it('is tidied up after a run that was interrupted', async () => {
    const mailTo = 'success@simulator.amazonses.com'
    await importFiles(callerWith(stack.url, token), rosterFiles({ mailTo, startsOn: '2026-01-01', self: undefined }))
    await asSelf('SMOKE', ['admin', 'supervisor'])
    await admin.ask(submitIssue, { body: { officerId: 'smoke-1', enterpriseId, category: 'facilities', subcategory: 'roads', tier: 'A', title: '中断', description: '中断' } })
    const end = await smoke(tableOptions())
    expect([end.code, lines(end, 'WRONG')]).toEqual([0, []])
    await expectTidy()
    expect((await admin.ask(listIssues)).body.items).toHaveLength(2)
  })

  it("leaves a real administrator's record alone, and says that it did", async () => {
    await admin.ask(putDepartment, { params: { departmentId: 'D-01' }, body: { name: '助企办' } })
    await asSelf('D-01', ['admin'])
    const end = await smoke(tableOptions())
    expect(end.code).toBe(1)
    expect(lines(end, 'WRONG')).toEqual([expect.stringMatching(/smoke-admin in department D-01: that record is not touched/)])
    expect(lines(end, 'not looked at').join()).toContain('visits, issues and mail')
    const { items } = (await admin.ask(listOfficers, { query: { departmentId: 'D-01' } })).body
    expect(items.map(({ name, roles }) => [name, ...roles])).toEqual([['管理员', 'admin']])
  })
})

describe('npm run smoke', () => {
  it('explains itself', async () => {
    const { code, stdout } = await spawned(['--help'])
    expect(code).toBe(0)
    for (const option of ['--url', '--token', '--table', '--region', '--mail-to', '--staff-no']) expect(stdout).toContain(option)
    expect(await spawned([])).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('--url') as string })
  })

  it.each([
    [['--token', 'x'], ['--url']],
    [['--url', 'here', '--token', 'x'], ['--url']],
    [['--url', 'https://x.example'], ['--token', 'QINSHANG_TOKEN']],
    [['--url', 'https://x.example', '--token', 'x', '--staff-no', 'smoke-1'], ['--staff-no']],
    [['--url', 'https://x.example', '--token', 'x', '--staff-no', 'Bootstrap-Admin'], ['--staff-no']],
    [['--url', 'https://x.example', '--token', 'x', '--staff-no', 'system'], ['--staff-no']],
    [['--url', 'https://x.example', '--token', 'x', '--staff-no', '7 7'], ['--staff-no']],
    [['--url', 'https://x.example', '--token', 'x', '--time-zone', 'here'], ['--time-zone']],
    [['--colour'], ['--colour', '--help']],
  ])('says in one line what is wrong with %j', async (args, words) => {
    const { code, stdout, stderr } = await run(args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr.trim().split('\n')).toHaveLength(1)
    for (const word of words) expect(stderr).toContain(word)
  })
})
