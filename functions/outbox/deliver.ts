import { createHash } from 'node:crypto'
import type { Month } from '../../shared/calendar/date.ts'
import type { Locale } from '../../shared/calendar/wording.ts'
import { writeLetter } from '../../shared/mail/letters/index.ts'
import { planCopy, type Recipient, type UndeliverableReason } from '../../shared/mail/notice.ts'
import { renderMail } from '../../shared/mail/render.ts'
import { noAddress } from '../../shared/roster/contact.ts'
import { sendingAtMostMilliseconds, tagOfMailId, type MailTransport, type Message, type Sent } from '../adapters/mail-transport.ts'
import { markUnreached } from '../adapters/contact-store.ts'
import { issueBulletinLink, issueLink } from '../adapters/link-store.ts'
import { openedMail, outboxItem, outboxKey, plannedItem, type OutboxMail } from '../adapters/outbox-store.ts'
import { Conflict, type Item, type Table, type Write } from '../adapters/table.ts'
import { traceOfAddress } from '../adapters/trace.ts'
import { calendarPartOf } from './calendar-part.ts'
import { addressesOf, type Address } from './address.ts'
import type { FactsReader } from './facts.ts'
import { reportUndeliverable } from './undeliverable.ts'

export interface DeliveryDependencies {
  readonly table: Table
  readonly transport: MailTransport
  readonly readFacts: FactsReader
  readonly settings: {
    readonly locale: Locale
    readonly timeZone: string
    readonly sender: string
    readonly adminEmail: string
    /** Where the API answers, without a slash at the end; enterprises' links begin with it. */
    readonly publicUrl: string
  }
  /** 256 random bits, as a URL writes them. */
  readonly randomToken: () => string
  /** The one wall clock: leases guard against another process, not against a date. Epoch milliseconds. */
  readonly wallClock: () => number
}

/** What `deliver` did. `elsewhere`: another process has it, or it is settled. `waiting`: to be tried again. */
export type Delivery = 'sent' | 'superseded' | 'failed' | 'waiting' | 'elsewhere'

/** Longer than a send can take, so that a lease that has run out means its holder is gone. */
const leaseMilliseconds = sendingAtMostMilliseconds + 30_000

/** One repetition after a lost answer; a second lost answer is reported instead, or a third mail might arrive. */
const lostAnswersAtMost = 2

/**
 * A mail the service has not taken by then is reported: ten hours of reconciling or a working day and more, sooner where
 * runs are repeated because of other mails. Seven times that, and it is given up.
 */
const triesBeforeReport = 40
const triesAtMost = 7 * triesBeforeReport

/**
 * Sends one mail of the outbox. The order of effects is what the promise rests on: the letter is written first, which
 * two processes may do side by side; then one of them takes the lease and hands the mail over; then it writes down what
 * became of it. Whoever breaks off in between leaves a lease that runs out, and an answer nobody knows.
 *
 * `now`: by the clock that mails are planned by. Without it, what follows from the mail is planned for when the mail was:
 * whoever leaves it out has just been woken by it.
 */
export const deliver = async (mailId: string, deps: DeliveryDependencies, now?: number): Promise<Delivery> => {
  const attempt = await takeUp(mailId, now, deps)
  if (attempt === undefined) return 'elsewhere'
  const prepared = await beforeSending(attempt, deps, () => prepare(attempt, deps))
  if (typeof prepared === 'string') return prepared
  const leased = await beforeSending(attempt, deps, () => lease(attempt, deps))
  if (leased === undefined) return 'elsewhere'
  return writeDown(leased, await deps.transport.send(prepared.message), prepared.addresses, deps)
}

interface Prepared {
  readonly message: Message
  /** Of each recipient in turn. */
  readonly addresses: readonly Address[]
}

/** The message to send; or what has become of a mail that there is nothing to send of, or nobody to send to. */
const prepare = async (attempt: Attempt, deps: DeliveryDependencies): Promise<Prepared | Delivery> => {
  const { mail } = attempt
  const end = endOf(mail)
  if (end !== undefined) return settleUndeliverable(attempt, end, deps, mail.remark)

  const [found, addresses] = await Promise.all([deps.readFacts(mail, attempt.now), addressesOf(deps.table, [mail.to, ...mail.cc])])
  if ('superseded' in found) return settle(attempt, { status: 'superseded', remark: found.superseded }, 'superseded', deps)
  const [to, ...copies] = addresses.flatMap(each => ('address' in each ? [each.address] : []))
  const [missing] = addresses.flatMap(each => ('missing' in each ? [each.missing] : []))
  // One who cannot be reached must not keep the mail from the others: each gets one of their own.
  if (missing !== undefined && mail.cc.length > 0) return separate(attempt, missing, deps)
  if (to === undefined) return settleUndeliverable(attempt, missing ?? 'no-address', deps)

  const { locale, timeZone, sender } = deps.settings
  const link = await linkFor(mail, addresses[0], deps)
  const letter = renderMail(writeLetter(found.facts, { locale, timeZone, now: attempt.now, repeated: mail.lostAnswers > 0, inStead: found.inStead === true, link }))
  const calendar = calendarPartOf(found.facts, { locale, timeZone, sender, now: attempt.now, readers: [to, ...copies] })
  return { message: { ...messageOf(mail, to, copies, letter, deps.settings), calendar }, addresses }
}

/** The reader's link to where the mail's matter can be seen, where there is such a place for those without an account. */
const linkFor = (mail: OutboxMail, to: Address | undefined, deps: DeliveryDependencies): Promise<string | undefined> =>
  mail.about.kind === 'bulletin' ? linkToBulletin(mail.about.month, mail.plannedAt, deps) : linkToPages(mail, to, deps)

const linkToBulletin = async (month: Month, plannedAt: number, { table, settings, randomToken }: DeliveryDependencies): Promise<string> => {
  const token = randomToken()
  await issueBulletinLink(table, token, { month, issuedAt: plannedAt })
  return `${settings.publicUrl}/b/${token}`
}

/**
 * An enterprise is written to with a link of its own, made here because its token is kept nowhere. A mail that is sent
 * again brings another; both hold. It is made out to the contact whose address the mail goes to, and to no successor.
 */
const linkToPages = async ({ about, plannedAt }: OutboxMail, to: Address | undefined, { table, settings, randomToken }: DeliveryDependencies): Promise<string | undefined> => {
  const enterprise = to !== undefined && 'address' in to ? to.enterprise : undefined
  if (enterprise === undefined) return undefined
  const token = randomToken()
  await issueLink(table, token, enterprise, plannedAt)
  return `${settings.publicUrl}/p/${token}${placeOf(about)}`
}

/** Where the enterprise finds what the mail is about. */
const placeOf = (about: OutboxMail['about']): string => {
  if ('issueId' in about) return `/issues/${about.issueId}`
  if ('caseId' in about) return `/cases/${about.caseId}`
  return about.kind === 'officer-rating-asked' ? '/officer' : ''
}

/** Why a mail is not tried again, whatever it failed by. One whose answer was lost may have arrived before. */
const endOf = ({ attempts, lostAnswers }: OutboxMail): 'answer-lost' | 'given-up' | undefined => {
  if (lostAnswers >= lostAnswersAtMost) return 'answer-lost'
  if (attempts <= triesAtMost) return undefined
  return lostAnswers > 0 ? 'answer-lost' : 'given-up'
}

/** What the mail service answered, and what follows from it. */
const writeDown = async (leased: Attempt, sent: Sent, addresses: readonly Address[], deps: DeliveryDependencies): Promise<Delivery> => {
  const { mail } = leased
  switch (sent.outcome) {
    case 'taken':
      return settleSent(leased, sent, addresses, deps)
    case 'refused':
      if (mail.cc.length > 0) return separate(leased, sent.reason, deps)
      await markRefused(leased, [mail.to], addresses, deps)
      return settleUndeliverable(leased, 'refused', deps, sent.reason)
    case 'not-taken':
      return tryAgain(leased, sent.reason, deps)
    case 'answer-lost':
      return release(leased, { ...mail, status: 'ambiguous', lostAnswers: mail.lostAnswers + 1, sentTo: tracesOf(addresses), remark: sent.reason }, deps)
  }
}

/** Addresses that the mail service will not send to: somebody is to ask for others. */
const markRefused = async ({ mail, now }: Attempt, refused: readonly Recipient[], addresses: readonly Address[], { table }: DeliveryDependencies): Promise<void> => {
  const traces = tracesOf(addresses)
  for (const [at, recipient] of [mail.to, ...mail.cc].entries())
    if (refused.includes(recipient)) await markUnreached(table, recipient, { address: traces[at] ?? noAddress, reason: 'refused', since: now })
}

/** One try of a mail, counted as such; and the version it was read or last written as. */
interface Attempt {
  readonly mail: OutboxMail
  readonly version: number
  /** By the clock that mails are planned by: what follows from the mail is planned for then. */
  readonly now: number
}

/** The mail as it is to be tried now, unless it is settled or another process is sending it. */
const takeUp = async (mailId: string, now: number | undefined, { table, wallClock }: DeliveryDependencies): Promise<Attempt | undefined> => {
  const item = await table.get(outboxKey(mailId))
  if (item === undefined) return undefined
  const mail = openedMail(item)
  if (mail.settledAt !== undefined) return undefined
  const isSending = mail.status === 'sending'
  if (isSending && (mail.leaseUntil ?? 0) > wallClock()) return undefined
  // Its last holder was handing it over, and is gone: nobody knows what became of that.
  const lostAnswers = mail.lostAnswers + (isSending ? 1 : 0)
  return { mail: { ...withoutLease(mail), attempts: mail.attempts + 1, lostAnswers }, version: Number(item['version']), now: now ?? mail.plannedAt }
}

const withoutLease = ({ leaseUntil: _over, leaseHolder: _gone, ...mail }: OutboxMail): OutboxMail => mail

/** From here on the mail service may have the mail, and nobody else sends it. Undefined when another process was faster. */
const lease = async ({ mail, version, now }: Attempt, deps: DeliveryDependencies): Promise<Attempt | undefined> => {
  const leased: OutboxMail = { ...mail, status: 'sending', leaseUntil: deps.wallClock() + leaseMilliseconds, leaseHolder: deps.randomToken() }
  const taken = { mail: leased, version: version + 1, now }
  try {
    return (await committed(leased, version, deps)) ? taken : undefined
  } catch (error) {
    // It may be ours all the same, and must not stand as if the mail had been handed over.
    await giveBack(taken, deps).catch(() => undefined)
    throw error
  }
}

/** The lease is given back if it is there and ours. */
const giveBack = async (taken: Attempt, deps: DeliveryDependencies): Promise<void> => {
  const { mail } = taken
  const item = await deps.table.get(outboxKey(mail.mailId))
  if (item !== undefined && openedMail(item).leaseHolder === mail.leaseHolder) await release(taken, { ...mail, status: 'planned' }, deps)
}

/**
 * Writes the mail, and others that come of it. Whether that has taken effect: not, when another process has changed the
 * mail since it was read.
 */
const committed = async (mail: OutboxMail, version: number, { table }: DeliveryDependencies, others: readonly Write[] = []): Promise<boolean> => {
  const put = outboxItem(mail, version + 1)
  try {
    await table.commit([{ put, when: { version } }, ...others])
    return true
  } catch (error) {
    if (error instanceof Conflict && error.keys.some(({ pk }) => pk === put.pk)) return false
    throw error
  }
}

/** Gives the mail back, to be tried again by the reconciler. */
const release = async ({ version }: Attempt, mail: OutboxMail, deps: DeliveryDependencies): Promise<Delivery> =>
  (await committed(withoutLease(mail), version, deps)) ? 'waiting' : 'elsewhere'

/**
 * The mail service would not take it now. Given back before it is reported, so that a report that fails costs no answer:
 * the next try reports it again, as the same.
 */
const tryAgain = async (leased: Attempt, remark: string, deps: DeliveryDependencies): Promise<Delivery> => {
  const { mail } = leased
  const delivery = await release(leased, { ...mail, status: 'planned', remark }, deps)
  if (mail.attempts >= triesBeforeReport) await report(leased, [mail.to, ...mail.cc], 'not-taken', deps)
  return delivery
}

/** What fails before anything is handed over has not cost an answer: the mail goes back as it was. */
const beforeSending = async <T>(attempt: Attempt, deps: DeliveryDependencies, work: () => T | Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    // Where this fails as well, the try is not counted.
    await release(attempt, { ...attempt.mail, status: 'planned' }, deps).catch(() => undefined)
    throw error
  }
}

/**
 * Each recipient gets a mail of their own; one the relay put off before may have theirs already. One transaction holds them
 * all, because no more than forty share a mail.
 */
const separate = async ({ mail, version }: Attempt, remark: string, deps: DeliveryDependencies): Promise<Delivery> => {
  const alone: OutboxMail = withoutLease({ ...mail, cc: [], status: 'planned', remark })
  const copies = mail.cc.map(copy => plannedItem(planCopy(mail, copy), mail.plannedAt, mail.lostAnswers))
  const there = await deps.table.getAll(copies)
  const missing = copies.filter((_, at) => there[at] === undefined).map(put => ({ put, when: 'new' }) as const)
  return (await committed(alone, version, deps, missing)) ? 'waiting' : 'elsewhere'
}

const settle = async (
  { mail, version }: Attempt,
  outcome: Pick<OutboxMail, 'status'> & Partial<OutboxMail>,
  delivery: Delivery,
  deps: DeliveryDependencies,
): Promise<Delivery> => {
  const settled = withoutLease({ ...mail, ...outcome, settledAt: deps.wallClock() })
  return (await committed(settled, version, deps)) ? delivery : 'elsewhere'
}

/** The mail is under way. Whom it was not taken for gets one of their own, later; who was refused is reported. */
const settleSent = async (
  leased: Attempt,
  { serviceId, refused, deferred }: Extract<Sent, { outcome: 'taken' }>,
  addresses: readonly Address[],
  deps: DeliveryDependencies,
): Promise<Delivery> => {
  const { mail } = leased
  const among = (some: readonly string[]): readonly Recipient[] =>
    [mail.to, ...mail.cc].filter((_, at) => {
      const address = addresses[at]
      return address !== undefined && 'address' in address && some.includes(address.address)
    })
  const copies = among(deferred).map(recipient => plannedItem(planCopy(mail, recipient), mail.plannedAt, mail.lostAnswers))
  await plan(copies, deps)
  await report(leased, among(refused), 'refused', deps)
  await markRefused(leased, among(refused), addresses, deps)
  const remark = refused.length === 0 ? {} : { remark: `refused for ${refused.length} of its recipients` }
  return settle(leased, { status: 'sent', serviceId, sentTo: tracesOf(addresses), ...remark }, 'sent', deps)
}

/** Nobody was reached: said to the next level up, and in the outbox. */
const settleUndeliverable = async (
  attempt: Attempt,
  undeliverable: UndeliverableReason,
  deps: DeliveryDependencies,
  remark: string = undeliverable,
): Promise<Delivery> => {
  await report(attempt, [attempt.mail.to, ...attempt.mail.cc], undeliverable, deps)
  const status = undeliverable === 'answer-lost' ? 'ambiguous' : 'failed'
  return settle(attempt, { status, undeliverable, remark }, 'failed', deps)
}

/** Tells the next level up of each. A bounce may have been told before; told twice is told once. */
const report = async ({ mail, now }: Attempt, recipients: readonly Recipient[], reason: UndeliverableReason, deps: DeliveryDependencies): Promise<void> => {
  const reports = await Promise.all(recipients.map(recipient => reportUndeliverable(deps.table, mail, { recipient, reason }, deps.settings.adminEmail)))
  await plan(reports.flat().map(each => plannedItem(each, now)), deps)
}

/** Plans mails that follow from this one, before it is settled: whoever breaks off in between plans them again, as the same. */
const plan = async (mails: readonly Item[], { table }: DeliveryDependencies): Promise<void> => {
  await Promise.all(mails.map(each => table.putNew(each)))
}

const tracesOf = (addresses: readonly Address[]): string[] => addresses.map(each => ('address' in each ? traceOfAddress(each.address) : ''))

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

/** All mails of one issue, case or session hang on one root, so that mail programs show them as one thread. */
const threadOf = ({ about }: OutboxMail, domain: string): string | undefined => {
  if ('issueId' in about) return `issue-${about.issueId}@${domain}`
  if ('caseId' in about) return `case-${about.caseId}@${domain}`
  return 'sessionId' in about ? `session-${about.sessionId}@${domain}` : undefined
}

const messageOf = (
  mail: OutboxMail,
  to: string,
  cc: readonly string[],
  letter: { readonly subject: string; readonly html: string; readonly text: string },
  { sender }: DeliveryDependencies['settings'],
): Message => ({
  from: sender,
  to,
  cc,
  ...letter,
  messageId: `${createHash('sha256').update(mail.mailId).digest('hex').slice(0, 32)}@${domainOf(sender)}`,
  references: threadOf(mail, domainOf(sender)),
  tag: tagOfMailId(mail.mailId),
  headers: {
    'X-Qinshang-Kind': mail.about.kind,
    'Auto-Submitted': 'auto-generated',
    // The answer to an earlier try was lost; it may have arrived.
    ...(mail.lostAnswers > 0 ? { 'X-Qinshang-Repeated': 'true' } : {}),
  },
})
