import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import { smtpTransport, type Message } from '../../functions/adapters/mail-transport.ts'

const message: Message = {
  from: 'assist@example.org',
  to: 'chen@example.org',
  cc: ['li@example.org'],
  subject: '【催办】2026-000001号问题应于3月5日前办结',
  html: '<p>请办理。</p>',
  text: '请办理。',
  headers: { 'X-Qinshang-Kind': 'issue-escalated' },
  messageId: 'mail-1@example.org',
  references: 'issue-2026-000001@example.org',
  tag: undefined,
}

const refusal = (responseCode: number) => Object.assign(new Error('no'), { responseCode })

/** The relay's certificate is of its own making. */
const transportTo = (url: string) => smtpTransport(url, { tls: { rejectUnauthorized: false } })

const servers: SMTPServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise<void>(closed => { server.close(closed) })
})

/** A relay on loopback. */
const relay = async (options: SMTPServerOptions): Promise<string> => {
  const server = new SMTPServer({ authOptional: true, logger: false, ...options })
  server.on('error', () => undefined) // A connection that breaks off is the client's story.
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return `127.0.0.1:${port}`
}

test('a mail arrives as it was composed, at everybody it is for', async () => {
  const received: { raw: Buffer; to: string[]; secure: boolean }[] = []
  const at = await relay({
    onData: (stream, session, done) => {
      void stream.toArray().then(chunks => {
        received.push({ raw: Buffer.concat(chunks as Buffer[]), to: session.envelope.rcptTo.map(({ address }) => address), secure: session.secure })
        done()
      })
    },
  })
  expect(await transportTo(`smtp://${at}`).send(message)).toMatchObject({ outcome: 'taken', refused: [] })
  expect(received).toHaveLength(1)
  expect(received[0]).toMatchObject({ to: ['chen@example.org', 'li@example.org'], secure: true })
  const mail = await PostalMime.parse(received[0]?.raw ?? '')
  expect(mail).toMatchObject({ subject: message.subject, messageId: '<mail-1@example.org>', inReplyTo: '<issue-2026-000001@example.org>' })
  expect(mail.html).toContain(message.html)
  expect(mail.text).toContain(message.text)
})

test('an entry for a calendar comes as a part that programs act on, beside text and HTML, and as a file', async () => {
  let raw = ''
  const at = await relay({
    onData: (stream, _session, done) => {
      void stream.toArray().then(chunks => {
        raw = Buffer.concat(chunks as Buffer[]).toString()
        done()
      })
    },
  })
  const content = 'BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n'
  expect(await transportTo(`smtp://${at}`).send({ ...message, calendar: { method: 'CANCEL', content } })).toMatchObject({ outcome: 'taken' })
  const types = [...raw.replace(/\r\n[ \t]+/g, ' ').matchAll(/^Content-Type: ([^\r\n]*?)(?:; boundary=.*)?\r$/gim)].map(([, type]) => type)
  expect(types).toEqual(['multipart/mixed', 'multipart/alternative', 'text/plain; charset=utf-8', 'text/html; charset=utf-8', 'text/calendar; charset=utf-8; method=CANCEL', 'application/ics; name=invite.ics'])
  const { attachments } = await PostalMime.parse(raw, { attachmentEncoding: 'utf8' })
  const lines = (text: unknown): string[] => String(text).trim().split(/\r?\n/)
  expect(attachments.map(each => lines(each.content))).toEqual([lines(content), lines(content)])
})

test('somebody refused among several is named; the mail went to the others', async () => {
  const at = await relay({
    onRcptTo: ({ address }, _session, done) => {
      done(address === 'chen@example.org' ? refusal(550) : null)
    },
  })
  expect(await transportTo(`smtp://${at}`).send(message)).toMatchObject({ outcome: 'taken', refused: ['chen@example.org'], deferred: [] })
})

test('somebody to be tried later among several is named apart', async () => {
  const at = await relay({
    onRcptTo: ({ address }, _session, done) => {
      done(address === 'li@example.org' ? refusal(451) : null)
    },
  })
  expect(await transportTo(`smtp://${at}`).send(message)).toMatchObject({ outcome: 'taken', refused: [], deferred: ['li@example.org'] })
})

const drained = (outcome: Error | null): NonNullable<SMTPServerOptions['onData']> => (stream, _session, done) => {
  stream.on('end', () => { done(outcome) }).resume()
}

test.each<[string, SMTPServerOptions, object]>([
  ['every recipient refused', { onRcptTo: (_address, _session, done) => { done(refusal(550)) } }, { outcome: 'refused', reason: '550' }],
  ['the sender refused', { onMailFrom: (_address, _session, done) => { done(refusal(553)) } }, { outcome: 'not-taken', reason: '553' }],
  ['nobody let in', { onRcptTo: (_address, _session, done) => { done(refusal(530)) } }, { outcome: 'not-taken', reason: '530' }],
  ['relaying denied', { onRcptTo: (_address, _session, done) => { done(Object.assign(new Error('5.7.1 relaying denied'), { responseCode: 554 })) } }, { outcome: 'not-taken', reason: '554' }],
  ['the message refused', { onData: drained(refusal(554)) }, { outcome: 'refused', reason: '554' }],
  ['come back later', { onRcptTo: (_address, _session, done) => { done(refusal(451)) } }, { outcome: 'not-taken', reason: '451' }],
  ['a full queue', { onData: drained(refusal(452)) }, { outcome: 'not-taken', reason: '452' }],
  ['a relay that takes nobody', { onConnect: (_session, done) => { done(refusal(554)) } }, { outcome: 'not-taken' }],
  ['a relay that cannot encrypt', { hideSTARTTLS: true, disabledCommands: ['STARTTLS'] }, { outcome: 'not-taken' }],
  ['the connection lost after the message', { onData: (stream, session) => { stream.on('end', () => { breakOff(session.id) }).resume() } }, { outcome: 'answer-lost' }],
])('%s', async (_name, options, outcome) => {
  expect(await transportTo(`smtp://${await relay(options)}`).send(message)).toMatchObject(outcome)
})

const breakOff = (sessionId: string): void => {
  for (const server of servers)
    for (const connection of (server as unknown as { connections: Set<{ id: string; _socket: { destroy(): void } }> }).connections)
      if (connection.id === sessionId) connection._socket.destroy()
}

test('a password that is wrong says nothing about the mail', async () => {
  const at = await relay({ authOptional: false, onAuth: (_auth, _session, done) => { done(refusal(535)) } })
  expect(await transportTo(`smtp://mail:wrong@${at}`).send(message)).toMatchObject({ outcome: 'not-taken', reason: '535' })
})

test.each<[string, SMTPServerOptions, string]>([
  ['before the message', { onRcptTo: () => undefined }, 'not-taken'],
  ['after it', { onData: stream => { stream.resume() } }, 'answer-lost'],
])('a relay that stops answering %s is not waited for longer than a lease lasts', async (_name, options, outcome) => {
  const transport = smtpTransport(`smtp://${await relay(options)}`, { tls: { rejectUnauthorized: false }, atMostMilliseconds: 400 })
  expect(await transport.send(message)).toEqual({ outcome, reason: 'ETIMEDOUT' })
})

test('a relay that nobody vouches for is given nothing', async () => {
  expect(await smtpTransport(`smtp://${await relay({})}`).send(message)).toMatchObject({ outcome: 'not-taken' })
})

test('a relay that is not there has taken nothing', async () => {
  const at = await relay({})
  for (const server of servers.splice(0)) await new Promise<void>(closed => { server.close(closed) })
  expect(await transportTo(`smtp://${at}`).send(message)).toMatchObject({ outcome: 'not-taken', reason: 'ESOCKET' })
})
