import { MessageRejected, SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses'
import nodemailer from 'nodemailer'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
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
 * What became of a mail. `refused`: it will never take this one. `not-taken`: it did not take it now, and certainly not
 * in part. `answer-lost`: it may or may not have taken it.
 */
export type Sent =
  | { readonly outcome: 'taken'; readonly serviceId: string }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'not-taken'; readonly reason: string }
  | { readonly outcome: 'answer-lost'; readonly reason: string }

export interface MailTransport {
  send(message: Message): Promise<Sent>
}

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
    // 8-bit text in base64 gets through every relay.
    textEncoding: 'base64',
  })
    .compile()
    .build()

/** Refusals that no repetition changes. */
const refusals = new Set(['MessageRejected', 'MailFromDomainNotVerifiedException', 'InvalidParameterValue', 'ValidationError'])

/** Errors before a connection stood: nothing can have been taken. */
const unconnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'CredentialsProviderError'])

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')
const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '')

const outcomeOfSesError = (error: unknown): Sent => {
  const reason = nameOf(error)
  if (error instanceof MessageRejected || refusals.has(reason)) return { outcome: 'refused', reason }
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
  // The service answered, and its answer was no: throttled, or not well.
  if (status !== undefined && status >= 400) return { outcome: 'not-taken', reason }
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
  return {
    send: async message => {
      try {
        const command = new SendRawEmailCommand({
          Source: message.from,
          Destinations: [message.to, ...message.cc],
          RawMessage: { Data: await compose(message) },
          ...(configurationSet === undefined ? {} : { ConfigurationSetName: configurationSet }),
          ...(message.tag === undefined ? {} : { Tags: [{ Name: mailTag, Value: message.tag }] }),
        })
        const { MessageId } = await client.send(command)
        return { outcome: 'taken', serviceId: MessageId ?? '' }
      } catch (error) {
        return outcomeOfSesError(error)
      }
    },
  }
}

const outcomeOfSmtpError = (error: unknown): Sent => {
  const { responseCode } = error as { responseCode?: number }
  const reason = responseCode === undefined ? codeOf(error) : String(responseCode)
  if (responseCode !== undefined) return { outcome: responseCode >= 500 ? 'refused' : 'not-taken', reason }
  return unconnected.has(codeOf(error)) || ['ECONNECTION', 'EAUTH', 'EDNS', 'ETLS'].includes(codeOf(error))
    ? { outcome: 'not-taken', reason }
    : { outcome: 'answer-lost', reason }
}

/** Any SMTP relay; what China's regions use, where there is no SES. */
export const smtpTransport = (url: string): MailTransport => {
  const transport = nodemailer.createTransport({ url, requireTLS: true, connectionTimeout: 5_000, socketTimeout: 20_000 })
  return {
    send: async message => {
      try {
        const raw = await compose(message)
        const { messageId } = await transport.sendMail({ envelope: { from: message.from, to: [message.to, ...message.cc] }, raw })
        return { outcome: 'taken', serviceId: messageId }
      } catch (error) {
        return outcomeOfSmtpError(error)
      }
    },
  }
}
