import PostalMime from 'postal-mime'
import * as z from 'zod'
import type { DataFolder } from './data-folder.ts'

const mailShape = z.object({
  id: z.string(),
  at: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  cc: z.array(z.string()),
  /** Whom it was really delivered to. */
  recipients: z.array(z.string()),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  headers: z.record(z.string(), z.string()),
  kind: z.string(),
  /** What came along, an entry for a calendar, say: as text. */
  attachments: z.array(z.object({ filename: z.string(), mediaType: z.string(), method: z.string(), content: z.string() })).default([]),
})
export type Mail = z.infer<typeof mailShape>

export interface MailQuery {
  /** Any of To and Cc. */
  readonly to?: string | undefined
  readonly kind?: string | undefined
}

/** Every mail that was delivered, in order of delivery. */
export class Mailbox {
  readonly #data: DataFolder
  readonly #mails: Mail[]
  readonly #now: () => Date

  constructor(data: DataFolder, now: () => Date) {
    this.#data = data
    this.#now = now
    this.#mails = data.entries('mail').map((entry) => mailShape.parse(entry))
  }

  /** Keeps a message as it came over the wire; answers with its id. */
  async deliver(raw: Buffer, recipients: readonly string[]): Promise<string> {
    const parsed = await PostalMime.parse(raw, { attachmentEncoding: 'utf8' })
    // Before anything that waits: the order of delivery is the order of ids.
    const id = `local-${String(this.#mails.length + 1).padStart(6, '0')}`
    const headers = Object.fromEntries(parsed.headers.map(({ key, value }) => [key, value]))
    const mail: Mail = {
      id,
      at: this.#now().toISOString(),
      from: parsed.from?.address ?? '',
      to: addresses(parsed.to),
      cc: addresses(parsed.cc),
      recipients: [...recipients],
      subject: parsed.subject ?? '',
      html: parsed.html ?? '',
      text: parsed.text ?? '',
      headers,
      kind: headers['x-qinshang-kind'] ?? '',
      attachments: parsed.attachments.map(({ filename, mimeType, method, content }) => ({ filename: filename ?? '', mediaType: mimeType, method: method ?? '', content: typeof content === 'string' ? content : '' })),
    }
    this.#mails.push(mail)
    this.#data.append('mail', mail)
    return id
  }

  list({ to, kind }: MailQuery = {}): Mail[] {
    const wanted = to?.toLowerCase()
    return this.#mails.filter(
      (mail) =>
        (wanted === undefined || [...mail.to, ...mail.cc].some((address) => address.toLowerCase() === wanted)) &&
        (kind === undefined || mail.kind === kind),
    )
  }

  find(id: string): Mail | undefined {
    return this.#mails.find((mail) => mail.id === id)
  }

  clear(): void {
    this.#mails.length = 0
  }
}

/** The part that calendars act on. */
export const calendarIn = (mail: Mail | undefined): Mail['attachments'][number] | undefined => mail?.attachments.find(({ mediaType }) => mediaType === 'text/calendar')

type Addresses = Awaited<ReturnType<typeof PostalMime.parse>>['to']

/** Groups are written out. */
const addresses = (list: Addresses): string[] =>
  (list ?? []).flatMap((one) => (one.address ? [one.address] : (one.group ?? []).map(({ address }) => address)))
