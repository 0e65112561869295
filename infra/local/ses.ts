import { escapeHtml } from '../../shared/mail/render-safe.ts'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { randomUUID } from 'node:crypto'
import PostalMime from 'postal-mime'
import { breakOff, type FaultKind, type Faults } from './faults.ts'
import { callerOf, read, startLoopback, type Loopback } from './loopback.ts'
import type { Mailbox } from './mailbox.ts'

interface SesOptions {
  readonly mailbox: Mailbox
  readonly faults: Faults
  /** Ends the sandbox of the function of this name. */
  readonly crash: (caller: string) => Promise<void>
  /** Told of mail that was taken and then came back, in the words of SES's event. */
  readonly bounced: (event: unknown) => void
  readonly now: () => Date
}

/** An error as SES says it. */
class Rejection extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** SES's limit on a message, and on its recipients. */
const messageLimit = 10 * 1024 * 1024
const recipientLimit = 50

/** The SES v1 Query API, as far as it is called: `SendRawEmail`. What it accepts is delivered. */
export class SesEndpoint {
  readonly #options: SesOptions

  private constructor(options: SesOptions) {
    this.#options = options
  }

  static start(options: SesOptions): Promise<Loopback> {
    const endpoint = new SesEndpoint(options)
    return startLoopback((incoming, answer) => endpoint.#serve(incoming, answer))
  }

  async #serve(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    try {
      const form = new URLSearchParams((await read(incoming)).toString())
      const action = form.get('Action') ?? ''
      const recipients = action === 'SendRawEmail' ? await recipientsOf(form) : []
      const fault = this.#options.faults.take('mail', action, (text) =>
        recipients.some((address) => address.toLowerCase().includes(text.toLowerCase())),
      )
      await this.#answer(answer, action, fault, callerOf(incoming), form, recipients)
    } catch (error) {
      if (error instanceof Rejection) reject(answer, error)
      else reject(answer, new Rejection(500, 'InternalFailure', String(error)))
    }
  }

  async #answer(
    answer: ServerResponse,
    action: string,
    fault: FaultKind | undefined,
    caller: string,
    form: URLSearchParams,
    recipients: readonly string[],
  ): Promise<void> {
    const effect = () => this.#perform(action, form, recipients)
    switch (fault) {
      case undefined:
        succeed(answer, action, await effect())
        return
      case 'throttle':
        throw new Rejection(400, 'Throttling', 'Maximum sending rate exceeded.')
      case 'refuse':
        throw new Rejection(400, 'MessageRejected', 'Address blacklisted.')
      case 'unavailable':
      case 'conflict':
        throw new Rejection(503, 'ServiceUnavailable', 'The request has failed due to a temporary failure of the server.')
      case 'bounce':
        succeed(answer, action, `<MessageId>${randomUUID()}</MessageId>`)
        this.#options.bounced(bounceOf(tagsOf(form), recipients, this.#options.now()))
        return
      case 'timeout-before':
      case 'timeout-after':
      case 'crash-before':
      case 'crash-after':
        await breakOff(fault, answer, { effect, crash: () => this.#options.crash(caller) })
    }
  }

  async #perform(action: string, form: URLSearchParams, recipients: readonly string[]): Promise<string> {
    if (action !== 'SendRawEmail') throw new Rejection(400, 'InvalidAction', `Could not find operation ${action} for version 2010-12-01`)
    const raw = rawMessage(form)
    if (raw.length > messageLimit)
      throw new Rejection(400, 'InvalidParameterValue', `Message length is more than ${messageLimit} bytes long.`)
    requireAddresses(recipients)
    return `<MessageId>${await this.#options.mailbox.deliver(raw, recipients)}</MessageId>`
  }
}

/** SES's event of a permanent bounce, as EventBridge hands it on. */
const bounceOf = (tags: Record<string, readonly string[]>, recipients: readonly string[], at: Date): unknown => ({
  source: 'aws.ses',
  time: at.toISOString(),
  'detail-type': 'Email Bounced',
  detail: {
    eventType: 'Bounce',
    mail: { tags, destination: recipients },
    bounce: { bounceType: 'Permanent', bounceSubType: 'General', bouncedRecipients: recipients.map((emailAddress) => ({ emailAddress })) },
  },
})

/** `Tags.member.1.Name`, `Tags.member.1.Value` and so on, and the configuration set, which SES adds by itself. */
const tagsOf = (form: URLSearchParams): Record<string, readonly string[]> =>
  Object.fromEntries([
    ...(form.has('ConfigurationSetName') ? [['ses:configuration-set', [form.get('ConfigurationSetName') ?? '']] as const] : []),
    ...[...form].flatMap(([name, tag]) => {
      const number = /^Tags\.member\.(\d+)\.Name$/.exec(name)?.[1]
      return number === undefined ? [] : [[tag, [form.get(`Tags.member.${number}.Value`) ?? '']] as const]
    }),
  ])

const rawMessage = (form: URLSearchParams): Buffer => Buffer.from(form.get('RawMessage.Data') ?? '', 'base64')

/** The destinations when there are any, else everybody the message's headers name. */
const recipientsOf = async (form: URLSearchParams): Promise<string[]> => {
  const destinations = [...form].filter(([name]) => name.startsWith('Destinations.member.')).map(([, address]) => address)
  if (destinations.length > 0) return destinations.map(bareAddress)
  const { to = [], cc = [], bcc = [] } = await PostalMime.parse(rawMessage(form))
  return [...to, ...cc, ...bcc].map(({ address }) => address ?? '')
}

const bareAddress = (destination: string): string => /<([^<>]*)>\s*$/.exec(destination)?.[1] ?? destination.trim()

const requireAddresses = (recipients: readonly string[]): void => {
  if (recipients.length === 0) throw new Rejection(400, 'InvalidParameterValue', 'Missing final recipients.')
  if (recipients.length > recipientLimit)
    throw new Rejection(400, 'InvalidParameterValue', `Recipient count exceeds ${recipientLimit}.`)
  for (const address of recipients) {
    // SES takes no address that is not ASCII before the @.
    if (/[^\x20-\x7e]/.test(address.split('@')[0] ?? '')) throw new Rejection(400, 'InvalidParameterValue', 'Local address contains control or whitespace')
    if (!/^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\]+$/.test(address))
      throw new Rejection(400, 'InvalidParameterValue', 'Missing final \'@domain\'')
  }
}

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/'

const succeed = (answer: ServerResponse, action: string, result: string): void => {
  xml(
    answer,
    200,
    `<${action}Response xmlns="${namespace}"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`,
  )
}

const reject = (answer: ServerResponse, { status, code, message }: Rejection): void => {
  const type = status < 500 ? 'Sender' : 'Receiver'
  xml(
    answer,
    status,
    `<ErrorResponse xmlns="${namespace}"><Error><Type>${type}</Type><Code>${code}</Code><Message>${escapeHtml(message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  )
}

const xml = (answer: ServerResponse, status: number, body: string): void => {
  answer.writeHead(status, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(body) }).end(body)
}
