import type { IncomingMessage, ServerResponse } from 'node:http'
import * as z from 'zod'
import { localDateOf } from '../../shared/calendar/zone.ts'
import { faultShape } from './faults.ts'
import { calendarIn } from './mailbox.ts'
import { frontPage, inboxPage, mailPage, messagePage, timeZoneOf, tokenPage } from './pages.ts'
import { localInstant } from './schedule.ts'
import { whyNotMoved } from './scheduler.ts'
import type { LocalStack } from './stack.ts'
import { read } from './loopback.ts'

/** Somebody on the roster whose token one may want to try. */
export interface Person {
  readonly email: string
  readonly label: string
}

type Controlled = Omit<LocalStack, 'close'> & { readonly people: readonly Person[] }

interface Call {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: string
  /** The body came from a form of our own pages, so a page is wanted back. */
  readonly isForm: boolean
}

interface Reply {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body: string
}

/**
 * The control plane under `/_local`, and the front page. It answers `true` when the request was its own to serve.
 * It hands out tokens and moves time, so it serves this machine alone: no other host's name, no other site's page.
 */
export const controlPlane = (stack: Controlled) => {
  return async (incoming: IncomingMessage, answer: ServerResponse): Promise<boolean> => {
    // As text, not as a reference: `//` at its beginning would be read as the name of a host.
    const address = new URL(`http://localhost${incoming.url ?? '/'}`)
    const isFront = address.pathname === '/' && incoming.method === 'GET'
    if (!isFront && address.pathname !== '/_local' && !address.pathname.startsWith('/_local/')) return false
    const refusal = refusalOf(incoming)
    const reply = refusal ?? (await serve(stack, await callOf(incoming, address)))
    answer
      .writeHead(reply.status, {
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        // Not `no-referrer`: with that, our own forms would say they come from nowhere (`Origin: null`).
        'referrer-policy': 'same-origin',
        ...reply.headers,
        'content-length': Buffer.byteLength(reply.body),
      })
      .end(reply.body)
    return true
  }
}

const loopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

/** A page elsewhere can make a browser call us: by a name of its own that leads here, or across sites. */
const refusalOf = ({ headers }: IncomingMessage): Reply | undefined => {
  if (!loopback.test(headers.host ?? '')) return json(403, { message: 'The control plane answers on loopback only.' })
  const { origin } = headers
  const isForeign =
    headers['sec-fetch-site'] === 'cross-site' ||
    (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== headers.host))
  return isForeign ? json(403, { message: 'The control plane does not answer pages of other sites.' }) : undefined
}

const callOf = async (incoming: IncomingMessage, address: URL): Promise<Call> => {
  const body = (await read(incoming)).toString()
  const type = incoming.headers['content-type'] ?? ''
  return {
    method: incoming.method ?? 'GET',
    path: address.pathname,
    query: address.searchParams,
    body,
    // `curl -d '{…}'` calls its JSON a form.
    isForm: type.startsWith('application/x-www-form-urlencoded') && !body.trimStart().startsWith('{'),
  }
}

type Serve = (stack: Controlled, call: Call, name: string) => Reply | Promise<Reply>

/** Methods and paths; `*` stands for one name, which is handed on. */
const operations: readonly (readonly [string, string, Serve])[] = [
  ['GET', '/', (stack) => page(200, frontPage(stack))],
  ['GET', '/_local', () => redirect('/')],
  ['GET', '/_local/oidc/.well-known/openid-configuration', ({ issuer }) => json(200, issuer.discovery())],
  ['GET', '/_local/oidc/jwks', ({ issuer }) => json(200, issuer.jwks())],
  ['POST', '/_local/token', (stack, call) => giveToken(stack, call)],
  ['GET', '/_local/clock', ({ clock, scheduler }) => json(200, { now: clock.now().toISOString(), today: localDateOf(clock.now().getTime(), timeZoneOf({ scheduler })), standing: clock.standing })],
  ['POST', '/_local/clock', (stack, call) => moveClock(stack, call)],
  ['GET', '/_local/schedules', ({ scheduler }) => json(200, { items: listSchedules(scheduler) })],
  ['POST', '/_local/schedules/*', (stack, call, name) => runSchedule(stack, call, name)],
  ['GET', '/_local/mail', (stack, call) => listMail(stack, call)],
  ['GET', '/_local/inbox', (stack, call) => inbox(stack, call)],
  ['GET', '/_local/inbox/*', (stack, _, id) => oneMail(stack, id)],
  ['GET', '/_local/inbox/*/html', (stack, _, id) => mailContent(stack, id)],
  ['GET', '/_local/inbox/*/calendar', (stack, _, id) => calendarFile(stack, id)],
  ['GET', '/_local/faults', ({ faults }) => json(200, { items: faults.list() })],
  ['POST', '/_local/faults', (stack, call) => addFault(stack, call)],
  [
    'DELETE',
    '/_local/faults',
    ({ faults }) => {
      faults.clear()
      return nothing
    },
  ],
  ['GET', '/_local/dead-letters', ({ deadLetters }) => json(200, { items: deadLetters.list() })],
  ['GET', '/_local/usage', ({ usage }) => json(200, { items: usage.usage() })],
  [
    'DELETE',
    '/_local/usage',
    ({ usage }) => {
      usage.clear()
      return nothing
    },
  ],
  ['GET', '/_local/logs', ({ logs }) => ({ status: 200, headers: plain, body: logs.join('\n') })],
]

const plain = { 'content-type': 'text/plain; charset=utf-8' }
const nothing: Reply = { status: 204, body: '' }

const serve = async (stack: Controlled, call: Call): Promise<Reply> => {
  const here = operations.flatMap(([method, pattern, act]) => {
    const name = nameIn(pattern, call.path)
    return name === undefined ? [] : [{ method, act, name }]
  })
  const chosen = here.find(({ method }) => method === call.method)
  if (chosen) return chosen.act(stack, call, chosen.name)
  if (here.length === 0) return json(404, { message: `There is no ${call.path} in the control plane.` })
  const allow = here.map(({ method }) => method).join(', ')
  return { ...json(405, { message: `${call.path} takes ${allow}.` }), headers: { ...jsonType, allow } }
}

const nameIn = (pattern: string, path: string): string | undefined => {
  const expression = new RegExp(`^${pattern.replaceAll('.', '\\.').replace('*', '([^/]+)')}$`)
  const match = expression.exec(path)
  if (!match) return undefined
  try {
    return decodeURIComponent(match[1] ?? '')
  } catch {
    return undefined
  }
}

const jsonType = { 'content-type': 'application/json; charset=utf-8' }
const json = (status: number, value: unknown): Reply => ({ status, headers: jsonType, body: JSON.stringify(value) })
const redirect = (location: string): Reply => ({ status: 303, headers: { location }, body: '' })

/** Our pages run no scripts and load nothing from elsewhere. */
const page = (status: number, body: string): Reply => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  },
  body,
})

type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reply: Reply }

/** The body against its shape; what is wrong is said field by field. */
const checked = <S extends z.ZodType>(shape: S, call: Call): Checked<z.output<S>> => {
  const refuse = (message: string, faults: unknown[] = []): Checked<z.output<S>> => ({
    ok: false,
    reply: call.isForm ? page(400, messagePage(message)) : json(400, { message, faults }),
  })
  let value: unknown
  try {
    value = call.isForm ? Object.fromEntries(new URLSearchParams(call.body)) : JSON.parse(call.body || '{}')
  } catch {
    return refuse('The body is not JSON.')
  }
  const parsed = shape.safeParse(value)
  if (parsed.success) return { ok: true, value: parsed.data }
  const faults = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  return refuse(`The body is not as expected: ${faults.map(({ path, message }) => `${path || 'body'}: ${message}`).join('; ')}.`, faults)
}

const tokenRequest = z.strictObject({
  email: z.string().min(1),
  claims: z.record(z.string(), z.unknown()).optional(),
})

const giveToken = async (stack: Controlled, call: Call): Promise<Reply> => {
  const request = checked(tokenRequest, call)
  if (!request.ok) return request.reply
  const { email, claims } = request.value
  const token = await stack.issuer.token(email, claims)
  return call.isForm ? page(200, tokenPage(stack, email, token)) : json(200, { token })
}

const instant = z.iso.datetime({ offset: true, error: 'an instant with its offset, such as 2016-08-15T09:00:00+08:00' })
const clockRequest = z.strictObject({ now: instant })
const clockForm = z.union([
  z.object({ forward: z.string().regex(/^\d{1,9}$/) }),
  z.object({ local: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/), timeZone: z.string() }),
])

const moveClock = async (stack: Controlled, call: Call): Promise<Reply> => {
  const request = call.isForm ? fromForm(stack, call) : fromJson(call)
  if (!request.ok) return request.reply
  const move = await stack.scheduler.moveTo(request.value)
  if (!move.moved) {
    const status = move.because === 'back' ? 409 : 422
    const message = whyNotMoved(move)
    return call.isForm ? page(status, messagePage(message)) : json(status, { message })
  }
  return call.isForm ? redirect('/') : json(200, { now: stack.clock.now().toISOString(), ran: move.ran })
}

const fromJson = (call: Call): Checked<Date> => {
  const request = checked(clockRequest, call)
  return request.ok ? { ok: true, value: new Date(request.value.now) } : request
}

const fromForm = (stack: Controlled, call: Call): Checked<Date> => {
  const request = checked(clockForm, call)
  if (!request.ok) return request
  if ('forward' in request.value)
    return { ok: true, value: new Date(stack.clock.now().getTime() + Number(request.value.forward) * 1000) }
  const { local, timeZone } = request.value
  const value = localInstant(local.length === 16 ? `${local}:00` : local, timeZone)
  return value ? { ok: true, value } : { ok: false, reply: page(400, messagePage('There is no such time.')) }
}

const listSchedules = (scheduler: Controlled['scheduler']) =>
  scheduler.schedules.map(({ name, expression, timeZone, enabled }) => ({
    name,
    expression,
    timeZone,
    enabled,
    nextDue: scheduler.nextDue(name)?.toISOString(),
  }))

const runSchedule = async (stack: Controlled, call: Call, name: string): Promise<Reply> => {
  const run = await stack.scheduler.runNow(name)
  if (call.isForm) return redirect('/')
  if (run) return json(200, run)
  const known = stack.scheduler.schedules.map((schedule) => schedule.name).join(', ')
  return json(404, { message: `There is no schedule ${name}; there are ${known}.` })
}

/** Mail that is on its way is waited for, so that nobody needs to ask twice. */
const delivered = async (stack: Controlled, { query }: Call) => {
  await stack.drain()
  return stack.mailbox.list({ to: query.get('to') || undefined, kind: query.get('kind') || undefined })
}

const listMail = async (stack: Controlled, call: Call): Promise<Reply> => json(200, { items: await delivered(stack, call) })

const inbox = async (stack: Controlled, call: Call): Promise<Reply> =>
  page(200, inboxPage(stack, await delivered(stack, call), call.query))

const oneMail = (stack: Controlled, id: string): Reply => {
  const mail = stack.mailbox.find(id)
  return mail ? page(200, mailPage(stack, mail)) : page(404, messagePage(`There is no mail ${id}.`))
}

/** The mail as it came, in a sandbox that neither runs scripts nor loads anything. */
const mailContent = (stack: Controlled, id: string): Reply => {
  const mail = stack.mailbox.find(id)
  return {
    status: mail ? 200 : 404,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    },
    body: mail?.html ?? '',
  }
}

/** The entry for a calendar that came with the mail, as a file to open. */
const calendarFile = (stack: Controlled, id: string): Reply => {
  const file = calendarIn(stack.mailbox.find(id))
  if (file === undefined) return page(404, messagePage(`No calendar came with mail ${id}.`))
  return { status: 200, headers: { 'content-type': 'text/calendar; charset=utf-8', 'content-disposition': 'attachment; filename="invite.ics"' }, body: file.content }
}

const addFault = (stack: Controlled, call: Call): Reply => {
  const request = checked(faultShape, call)
  if (!request.ok) return request.reply
  stack.faults.add(request.value)
  return json(201, { items: stack.faults.list() })
}
