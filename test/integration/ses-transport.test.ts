import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { sesTransport, type MailTransport, type Sent } from '../../functions/adapters/mail-transport.ts'

/** What the service answers next; nothing: it breaks the connection when it has read the mail. */
let answer: { readonly status: number; readonly code: string } | undefined
let service: Server
let transport: MailTransport

beforeAll(async () => {
  service = createServer((incoming, outgoing) => {
    incoming.resume().on('end', () => {
      if (answer === undefined) outgoing.destroy()
      else outgoing.writeHead(answer.status, { 'content-type': 'text/xml' }).end(`<ErrorResponse><Error><Type>Sender</Type><Code>${answer.code}</Code><Message>no</Message></Error></ErrorResponse>`)
    })
  }).listen(0, '127.0.0.1')
  await once(service, 'listening')
  const { port } = service.address() as AddressInfo
  for (const [name, value] of Object.entries({ AWS_ENDPOINT_URL_SES: `http://127.0.0.1:${port}`, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' })) vi.stubEnv(name, value)
  transport = sesTransport(undefined)
})
afterAll(() => {
  vi.unstubAllEnvs()
  service.close()
})

it.each<[string, typeof answer, Sent['outcome']]>([
  ['throttled', { status: 400, code: 'Throttling' }, 'not-taken'],
  ['not allowed', { status: 403, code: 'AccessDenied' }, 'not-taken'],
  ['not there', { status: 503, code: 'ServiceUnavailable' }, 'not-taken'],
  ['refused', { status: 400, code: 'MessageRejected' }, 'refused'],
  ['answered by something that broke', { status: 500, code: 'InternalFailure' }, 'answer-lost'],
  ['answered by a gateway that waited too long', { status: 504, code: 'GatewayTimeout' }, 'answer-lost'],
  ['not answered', undefined, 'answer-lost'],
])('a mail that is %s', async (_, given, outcome) => {
  answer = given
  const message = { from: 'a@example.org', to: 'b@example.org', cc: [], subject: 's', html: '<p>h</p>', text: 't', headers: {}, messageId: 'm@example.org', tag: undefined }
  expect(await transport.send(message)).toMatchObject({ outcome })
})
