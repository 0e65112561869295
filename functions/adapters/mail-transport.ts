import { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import type { ConnectionOptions } from 'node:tls'
import { MessageRejected, SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import SMTPConnection from 'nodemailer/lib/smtp-connection/index.js'
import { mailTag } from '../../shared/contract/functions.ts'

/** A mail ready to go: addresses, rendered content, headers. */
export interface Message {
  readonly from: string
  readonly to: string
  readonly cc: readonly string[]
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
  /** Of the mail, without angle brackets. */
  readonly messageId: string
  /** Of the thread the mail belongs to, if it belongs to one. */
  readonly references?: string | undefined
  /** An entry for the reader's calendar, or its end: iCalendar text. */
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string } | undefined
  /** Comes back with a bounce or complaint. */
  readonly tag: string | undefined
}

/** SES allows so many characters in the value of a tag, and of those only letters, digits, `-` and `_`. */
const tagLimit = 256

/** The tag that leads back to a mail of the outbox; none where the id is too long for one. */
export const tagOfMailId = (mailId: string): string | undefined => {
  const tag = Buffer.from(mailId).toString('base64url')
  return tag.length <= tagLimit ? tag : undefined
}

export const mailIdOfTag = (tag: string | undefined): string | undefined => (tag === undefined ? undefined : Buffer.from(tag, 'base64url').toString())

/**
 * What became of a mail. `taken`: with the addresses that it was not taken for, for good (`refused`) or for now (`deferred`). `refused`: it
 * will never take this one. `not-taken`: it did not take it now, and certainly not in part. `answer-lost`: it may or may
 * not have taken it.
 */
export type Sent =
  | { readonly outcome: 'taken'; readonly serviceId: string; readonly refused: readonly string[]; readonly deferred: readonly string[] }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'not-taken'; readonly reason: string }
  | { readonly outcome: 'answer-lost'; readonly reason: string }

export interface MailTransport {
  send(message: Message): Promise<Sent>
}

/** Longest that a mail service is given for one mail; then whatever was under way is broken off. */
export const sendingAtMostMilliseconds = 45_000

/** The message in MIME. The library encodes words, folds lines and keeps line breaks out of headers. */
const compose = (message: Message): Promise<Buffer> =>
  new MailComposer({
    from: message.from,
    to: message.to,
    cc: [...message.cc],
    subject: message.subject,
    text: message.text,
    html: message.html,
    messageId: `<${message.messageId}>`,
    ...(message.references === undefined ? {} : { references: `<${message.references}>`, inReplyTo: `<${message.references}>` }),
    headers: { ...message.headers },
    // Both as a part that programs act on by themselves and as a file to open, for those that know but one of them.
    ...(message.calendar === undefined ? {} : { icalEvent: { ...message.calendar, filename: 'invite.ics' } }),
    // 8-bit text in base64 gets through every relay.
    textEncoding: 'base64',
  })
    .compile()
    .build()

/** Composes each message before it is sent: one that cannot be is refused, and nobody wonders whether it went out. */
const composing = (send: (message: Message, raw: Buffer) => Promise<Sent>): MailTransport => ({
  send: async message => {
    const raw = await compose(message).catch(() => undefined)
    return raw === undefined ? { outcome: 'refused', reason: 'not-composed' } : send(message, raw)
  },
})

/** Refusals that no repetition changes. */
const refusals = new Set(['MessageRejected', 'InvalidParameterValue', 'ValidationError'])
/** SES's words for a sender or a sandboxed account that is not verified: a matter of settings, and no fault of the mail. */
const unverified = /not verified/i

/** Errors before a connection stood: nothing can have been taken. */
const unconnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'CredentialsProviderError'])

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')
const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '')

/** Something went wrong on the way, before the mail was taken or after. */
const broken = new Set([500, 502, 504])

const outcomeOfSesError = (error: unknown): Sent => {
  const reason = nameOf(error)
  if (error instanceof Error && unverified.test(error.message)) return { outcome: 'not-taken', reason }
  if (error instanceof MessageRejected || refusals.has(reason)) return { outcome: 'refused', reason }
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
  // The service answered, and its answer was no: throttled, not allowed, or not there.
  if (status !== undefined && status >= 400 && !broken.has(status)) return { outcome: 'not-taken', reason }
  return unconnected.has(codeOf(error)) || unconnected.has(reason) ? { outcome: 'not-taken', reason } : { outcome: 'answer-lost', reason }
}

/**
 * Amazon SES. The client's own retries are off: SES is not idempotent, and a retry after a lost answer would be a second
 * mail that nobody knows of.
 */
export const sesTransport = (configurationSet: string | undefined): MailTransport => {
  const client = new SESClient({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
  })
  return composing(async (message, raw) => {
    const command = new SendRawEmailCommand({
      Source: message.from,
      Destinations: [message.to, ...message.cc],
      RawMessage: { Data: raw },
      ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
      ...(message.tag === undefined ? {} : { Tags: [{ Name: mailTag, Value: message.tag }] }),
    })
    try {
      const { MessageId } = await client.send(command)
      return { outcome: 'taken', serviceId: MessageId ?? '', refused: [], deferred: [] }
    } catch (error) {
      return outcomeOfSesError(error)
    }
  })
}

/** Answers that concern the relay's terms with us (too many connections, no rights, wrong order), not this mail. */
const ofOurTerms = new Set([421, 503, 530])
const isForNow = (responseCode: number | undefined): boolean => responseCode !== undefined && (responseCode < 500 || ofOurTerms.has(responseCode))

/** A policy of the relay (5.7.x) or its word on our sender says nothing for good about a mail or who it is for. */
const isAboutUs = ({ command, response }: SmtpError): boolean => command === 'MAIL FROM' || /^\d{3}[ -]5\.7\./.test(response ?? '')

interface SmtpError {
  readonly code?: string
  readonly command?: string
  readonly response?: string
  readonly responseCode?: number
}

/** `handedOver`: the relay had asked for the message, and may have all of it. */
const outcomeOfSmtpError = (error: unknown, handedOver: boolean): Sent => {
  const { code = '', responseCode, ...answer } = error as SmtpError
  const reason = responseCode === undefined ? code : String(responseCode)
  const answered = responseCode !== undefined && responseCode >= 400
  if (handedOver && !(code === 'EMESSAGE' && answered)) return { outcome: 'answer-lost', reason }
  // An address or a size that nodemailer itself finds impossible comes without a code of the relay's.
  const isOfTheMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  if (!isOfTheMail || isForNow(responseCode) || isAboutUs(answer)) return { outcome: 'not-taken', reason }
  return { outcome: 'refused', reason }
}

/** One step of a session; whatever breaks the connection meanwhile ends it too. */
const step = <T = unknown>(connection: SMTPConnection, act: (done: (error?: Error | null, result?: T) => void) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    connection.once('error', reject)
    act((error, result) => {
      if (error) reject(error)
      else resolve(result as T)
    })
  })

interface SmtpOptions {
  /** What to trust beside the public authorities. */
  readonly tls?: ConnectionOptions
  readonly atMostMilliseconds?: number
}

/**
 * Any SMTP relay, always encrypted; what China's regions use, where there is no SES. A session for each mail. `url` as
 * `smtps://user:password@host:port`, or `smtp:` where encryption begins with STARTTLS. The session is kept in hand, because
 * only the step it broke off at tells whether the mail can have been taken.
 */
export const smtpTransport = (url: string, { tls = {}, atMostMilliseconds = sendingAtMostMilliseconds }: SmtpOptions = {}): MailTransport => {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const relay = { host: hostname, port: Number(port) || (secure ? 465 : 587), secure, requireTLS: true, tls, connectionTimeout: 5_000, socketTimeout: 20_000 }
  const credentials = { user: decodeURIComponent(username), pass: decodeURIComponent(password) }

  return composing(async (message, raw) => {
    let handedOver = false
    const read = function* () {
      handedOver = true
      yield raw
    }
    const connection = new SMTPConnection(relay)
    const session = async (): Promise<Sent> => {
      await step(connection, done => { connection.connect(done) })
      if (username !== '') await step(connection, done => { connection.login({ credentials }, done) })
      const envelope = { from: message.from, to: [message.to, ...message.cc] }
      const { rejected, rejectedErrors = [] } = await step<SMTPConnection.SentMessageInfo>(connection, done => { connection.send(envelope, Readable.from(read()), done) })
      const deferred = rejectedErrors.flatMap(({ recipient, responseCode }) => (recipient !== undefined && isForNow(responseCode) ? [recipient] : []))
      return { outcome: 'taken', serviceId: message.messageId, refused: rejected.filter(address => !deferred.includes(address)), deferred }
    }
    const patience = new AbortController()
    try {
      // Timeouts of the connection bound each silence, not the whole of a slow relay's answers.
      return await Promise.race([session(), expiry(atMostMilliseconds, patience.signal)])
    } catch (error) {
      return outcomeOfSmtpError(error, handedOver)
    } finally {
      patience.abort()
      connection.close()
    }
  })
}

const expiry = async (milliseconds: number, signal: AbortSignal): Promise<never> => {
  await setTimeout(milliseconds, undefined, { signal })
  throw Object.assign(new Error('the session took too long'), { code: 'ETIMEDOUT' })
}
