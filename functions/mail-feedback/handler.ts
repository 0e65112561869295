import * as z from 'zod/mini'
import { parseInstant } from '../../shared/calendar/zone.ts'
import type { Recipient } from '../../shared/mail/notice.ts'
import { mailTag } from '../../shared/contract/functions.ts'
import { markUnreached } from '../adapters/contact-store.ts'
import { mailIdOfTag } from '../adapters/mail-transport.ts'
import { openedMail, outboxKey, plannedItem } from '../adapters/outbox-store.ts'
import type { Table } from '../adapters/table.ts'
import { traceOfAddress } from '../adapters/trace.ts'
import { addressesOf } from '../outbox/address.ts'
import { reportUndeliverable } from '../outbox/undeliverable.ts'

const recipients = z.array(z.looseObject({ emailAddress: z.string() }))

/** What SES says of a mail it had taken, as EventBridge hands it on; of its many fields, those that are read. */
export const feedbackSchema = z.looseObject({
  /** When it was said: days after the mail was sent, it may be. */
  time: z.string(),
  detail: z.looseObject({
    eventType: z.string(),
    mail: z.looseObject({ tags: z.looseObject({ [mailTag]: z.optional(z.array(z.string())) }) }),
    bounce: z.optional(z.looseObject({ bounceType: z.string(), bounceSubType: z.optional(z.string()), bouncedRecipients: recipients })),
    complaint: z.optional(z.looseObject({ complainedRecipients: recipients })),
  }),
})
export type Feedback = z.infer<typeof feedbackSchema>

/** Out-of-office replies come back as transient bounces of this sort; the mail has arrived. */
const isAutoReply = ({ detail: { bounce } }: Feedback): boolean => bounce?.bounceType === 'Transient' && bounce.bounceSubType === 'General'

const unreachedAddresses = ({ detail: { bounce, complaint } }: Feedback): readonly string[] =>
  [...(bounce?.bouncedRecipients ?? []), ...(complaint?.complainedRecipients ?? [])].map(({ emailAddress }) => emailAddress)

/** Where a mail went whose sender has not come to write it down. */
const tracesOfToday = async (table: Table, recipients: readonly Recipient[]): Promise<readonly string[]> =>
  (await addressesOf(table, recipients)).map(each => ('address' in each ? traceOfAddress(each.address) : ''))

export type FeedbackOutcome = 'reported' | 'known' | 'unconcerned'

/**
 * A mail that SES had taken came back, or its reader complained: whoever was not reached is reported to the next level
 * up, once. SES may say the same twice.
 */
export const receiveFeedback = async (feedback: Feedback, { table, adminEmail }: { table: Table; adminEmail: string }): Promise<FeedbackOutcome> => {
  const mailId = mailIdOfTag(feedback.detail.mail.tags[mailTag]?.[0])
  if (mailId === undefined || isAutoReply(feedback)) return 'unconcerned'
  const item = await table.get(outboxKey(mailId))
  if (item === undefined) return 'unconcerned'
  const mail = openedMail(item)
  const unreached = unreachedAddresses(feedback).map(traceOfAddress)
  const everybody = [mail.to, ...mail.cc]
  const sentTo = mail.sentTo ?? (await tracesOfToday(table, everybody))
  const concerned = everybody.filter((_, at) => unreached.includes(sentTo[at] ?? ''))
  if (concerned.length === 0) return 'unconcerned'

  const reason = feedback.detail.complaint === undefined ? 'bounced' : 'complained'
  const reports = await Promise.all(concerned.map(recipient => reportUndeliverable(table, mail, { recipient, reason }, adminEmail)))
  const now = parseInstant(feedback.time)
  for (const [at, recipient] of everybody.entries()) {
    // The address it went to, which need not be that of today.
    if (concerned.includes(recipient)) await markUnreached(table, recipient, { address: sentTo[at] ?? '', reason, since: now })
  }
  const planned = await Promise.all(reports.flat().map(report => table.putNew(plannedItem(report, now))))
  return planned.includes(true) ? 'reported' : 'known'
}
