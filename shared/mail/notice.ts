import type { ClockName, Level } from '../issue/issue.ts'
import type { Subject } from '../roster/subject.ts'
import type { Month } from '../calendar/date.ts'
import type { Round } from '../officer-rating/round.ts'

/**
 * What a mail is about: its kind and the ids of what it points at, never the words themselves. The mailer reads what
 * they point at again just before it sends, so a mail never says what is no longer true.
 */
export type About =
  | { readonly kind: 'issue-dispatched'; readonly issueId: string; readonly event: number }
  | { readonly kind: 'issue-unrouted'; readonly issueId: string; readonly event: number }
  | { readonly kind: 'issue-transferred'; readonly issueId: string; readonly event: number }
  | { readonly kind: 'issue-replied'; readonly issueId: string; readonly event: number }
  | { readonly kind: 'issue-resolved'; readonly issueId: string; readonly event: number }
  /** Something waits for the director's decision; then what was decided, to who had asked. */
  | { readonly kind: 'issue-asked'; readonly issueId: string; readonly event: number }
  | { readonly kind: 'issue-decided'; readonly issueId: string; readonly event: number }
  /** Its deadlines have moved or stand still, and why: the event says that. */
  | { readonly kind: 'issue-moved'; readonly issueId: string; readonly event: number }
  | { readonly kind: 'issue-explained'; readonly issueId: string; readonly event: number }
  /** 协办: what another department is asked for; what became of it; that it is late. */
  | { readonly kind: 'assist-asked'; readonly issueId: string; readonly event: number }
  | { readonly kind: 'assist-answered'; readonly issueId: string; readonly event: number }
  | { readonly kind: 'assist-warning'; readonly issueId: string; readonly piece: number; readonly deadlineVersion: number }
  | { readonly kind: 'assist-escalated'; readonly issueId: string; readonly piece: number; readonly level: Level; readonly deadlineVersion: number; readonly event: number }
  /** Nobody waits for the piece any more, because of the event that ended the issue. */
  | { readonly kind: 'assist-dropped'; readonly issueId: string; readonly piece: number; readonly event: number }
  | { readonly kind: 'issue-informed'; readonly issueId: string; readonly event: number }
  | { readonly kind: 'issue-withdrawn'; readonly issueId: string; readonly event: number }
  /** The rating that closed or reopened it stands one event before, if there was one. */
  | { readonly kind: 'issue-closed'; readonly issueId: string; readonly event: number }
  | { readonly kind: 'issue-reopened'; readonly issueId: string; readonly event: number }
  | { readonly kind: 'call-back-due'; readonly issueId: string; readonly event: number }
  | { readonly kind: 'issue-warning'; readonly issueId: string; readonly clock: ClockName; readonly deadlineVersion: number }
  | {
      readonly kind: 'issue-escalated'
      readonly issueId: string
      readonly clock: ClockName
      readonly level: Level
      readonly deadlineVersion: number
      /** The timeline's event, by number. */
      readonly event: number
    }
  /** What a session has decided on it. */
  | { readonly kind: 'issue-directed'; readonly issueId: string; readonly event: number }
  /** 现场办公: who is to come, by the invitation of this number, or need not come any more; and what came of it. */
  | { readonly kind: 'session-invited'; readonly sessionId: string; readonly invitation: number; /** Whether an earlier invitation has gone to the reader. */ readonly again: boolean }
  | { readonly kind: 'session-cancelled'; readonly sessionId: string; readonly invitation: number }
  | { readonly kind: 'session-minutes'; readonly sessionId: string }
  /** A case is opened for the enterprise; a step can begin, or goes on by itself; it waits for the enterprise; the event says which. */
  | { readonly kind: 'case-opened'; readonly caseId: string; readonly event: number }
  | { readonly kind: 'case-step'; readonly caseId: string; readonly stepId: string; readonly event: number }
  | { readonly kind: 'case-waiting'; readonly caseId: string; readonly stepId: string; readonly event: number }
  /** It waits no longer: the event says who let it go on, or that it did by itself. */
  | { readonly kind: 'case-resumed'; readonly caseId: string; readonly stepId: string; readonly event: number }
  | { readonly kind: 'case-informed'; readonly caseId: string; readonly event: number }
  /** Somebody else goes along with it, or with steps of it; the event says who, and instead of whom. */
  | { readonly kind: 'case-reassigned'; readonly caseId: string; readonly event: number }
  /** Refused or given up. */
  | { readonly kind: 'case-ended'; readonly caseId: string; readonly event: number }
  | { readonly kind: 'case-handed-over'; readonly caseId: string; readonly event: number }
  /** What the enterprise said stands one event before. */
  | { readonly kind: 'case-completed'; readonly caseId: string; readonly event: number }
  | { readonly kind: 'case-returned'; readonly caseId: string; readonly event: number }
  | { readonly kind: 'case-call-back-due'; readonly caseId: string; readonly event: number }
  | { readonly kind: 'case-warning'; readonly caseId: string; readonly stepId: string; readonly deadlineVersion: number }
  | { readonly kind: 'case-escalated'; readonly caseId: string; readonly stepId: string; readonly level: Level; readonly deadlineVersion: number; readonly event: number }
  | { readonly kind: 'quota-nudge'; readonly month: Month; readonly officerId: string }
  | { readonly kind: 'quota-reminder'; readonly month: Month; readonly officerId: string }
  | { readonly kind: 'quota-last-call'; readonly month: Month; readonly officerId: string }
  | { readonly kind: 'quota-missed'; readonly month: Month; readonly departmentId?: string }
  /** 简报: the figures of a month. */
  | { readonly kind: 'bulletin'; readonly month: Month }
  /** Somebody else has recorded a visit in the reader's name. */
  | { readonly kind: 'visit-joint'; readonly visitId: string }
  /** An enterprise says that a visit did not take place. */
  | { readonly kind: 'visit-denied'; readonly flagId: string }
  | { readonly kind: 'exemption-requested'; readonly exemptionId: string }
  | { readonly kind: 'exemption-decided'; readonly exemptionId: string }
  /** 通报: to whom it concerns, of a draft, of what was decided on the appeal, of its publication, of its end. */
  | { readonly kind: 'notice-drafted'; readonly noticeId: string }
  | { readonly kind: 'notice-decided'; readonly noticeId: string }
  | { readonly kind: 'notice-published'; readonly noticeId: string }
  | { readonly kind: 'notice-ended'; readonly noticeId: string }
  /** To the supervisors: of a draft, of an appeal, of all that the system has drafted because visits were missing. */
  | { readonly kind: 'notice-proposed'; readonly noticeId: string }
  | { readonly kind: 'notice-appealed'; readonly noticeId: string }
  | { readonly kind: 'notices-of-month'; readonly month: Month }
  /** 考核: to whom a sheet is of, that it is open or final, or what was decided on the appeal of that number; to the supervisors, of an appeal. */
  | { readonly kind: 'assessment-opened' | 'assessment-final'; readonly period: string; readonly subject: Subject }
  | { readonly kind: 'assessment-appealed' | 'assessment-decided'; readonly period: string; readonly subject: Subject; readonly appeal: number }
  /** The enterprise is sent a link to its pages; `by` asked for that, by the request of this mark. */
  | { readonly kind: 'enterprise-link'; readonly enterpriseId: string; readonly by: string; readonly request: string }
  /** 企业评议: the enterprise is asked to rate its officer. */
  | { readonly kind: 'officer-rating-asked'; readonly round: Round; readonly enterpriseId: string }
  /** `recipient`: who of those the mail went to. */
  | { readonly kind: 'mail-undeliverable'; readonly mailId: string; readonly recipient: Recipient; readonly reason: UndeliverableReason }

const sheetName = (subject: Subject): string => ('officerId' in subject ? `officer-${subject.officerId}` : `department-${subject.departmentId}`)

/** Why a mail reached somebody not. */
export const undeliverableReasons = ['no-address', 'left-the-roster', 'refused', 'bounced', 'complained', 'answer-lost', 'not-taken', 'given-up'] as const
export type UndeliverableReason = (typeof undeliverableReasons)[number]

/** Whether the mail is still tried. How that ends is yet to be told; of an end, one report is enough. */
export const isForNow = (reason: UndeliverableReason): boolean => reason === 'not-taken'

export type MailKind = About['kind']

/** Who a mail goes to, by key; the address is looked up when it is sent. `address:` is a plain address from the policy. */
export type Recipient = `officer:${string}` | `enterprise:${string}` | `address:${string}`

/** A recipient's kind, and the key or address behind it. */
export const readRecipient = (recipient: Recipient): { readonly kind: 'officer' | 'enterprise' | 'address'; readonly id: string } => {
  const colon = recipient.indexOf(':')
  return { kind: recipient.slice(0, colon) as 'officer' | 'enterprise' | 'address', id: recipient.slice(colon + 1) }
}

/** A mail in the outbox, as planned by a rule. */
export interface PlannedMail {
  /** Deterministic: what, stage, deadline version, recipient. Planning the same mail twice is planning it once. */
  readonly mailId: string
  readonly about: About
  readonly to: Recipient
  readonly cc: readonly Recipient[]
  /** `scheduled` mail goes out in working hours only; mail that answers somebody's act goes at once. */
  readonly timing: 'act' | 'scheduled'
}

/** Which of an issue's mails of one kind it is: what a deadline brings about happens once for each version of it. */
const momentOf = (about: Extract<About, { issueId: string }>): string => {
  switch (about.kind) {
    case 'issue-warning':
      return `${about.clock}/v${about.deadlineVersion}`
    case 'issue-escalated':
      return `${about.clock}/${about.level}/v${about.deadlineVersion}`
    case 'assist-warning':
      return `${about.piece}/v${about.deadlineVersion}`
    case 'assist-escalated':
      return `${about.piece}/${about.level}/v${about.deadlineVersion}`
    case 'assist-dropped':
      return String(about.piece)
    default:
      return String(about.event)
  }
}

/** The same of a case's mails. */
const caseMomentOf = (about: Extract<About, { caseId: string }>): string => {
  switch (about.kind) {
    case 'case-warning':
      return `${about.stepId}/v${about.deadlineVersion}`
    case 'case-escalated':
      return `${about.stepId}/${about.level}/v${about.deadlineVersion}`
    case 'case-step':
      return `${about.stepId}/${about.event}`
    default:
      return String(about.event)
  }
}

const aboutKey = (about: About): string => {
  if ('issueId' in about) return `${about.issueId}/${about.kind}/${momentOf(about)}`
  if ('caseId' in about) return `${about.caseId}/${about.kind}/${caseMomentOf(about)}`
  switch (about.kind) {
    case 'quota-nudge':
    case 'quota-reminder':
    case 'quota-last-call':
      return `${about.month}/${about.kind}`
    case 'quota-missed':
      return `${about.month}/${about.kind}/${about.departmentId === undefined ? 'district' : `department-${about.departmentId}`}`
    case 'bulletin':
      return `${about.month}/${about.kind}`
    case 'visit-joint':
      return `${about.visitId}/${about.kind}`
    case 'visit-denied':
      return `${about.flagId}/${about.kind}`
    case 'exemption-requested':
    case 'exemption-decided':
      return `${about.exemptionId}/${about.kind}`
    case 'notice-drafted':
    case 'notice-decided':
    case 'notice-published':
    case 'notice-ended':
    case 'notice-proposed':
    case 'notice-appealed':
      return `${about.noticeId}/${about.kind}`
    case 'notices-of-month':
      return `${about.month}/${about.kind}`
    case 'assessment-opened':
    case 'assessment-final':
      return `${about.period}/${about.kind}/${sheetName(about.subject)}`
    case 'assessment-appealed':
    case 'assessment-decided':
      return `${about.period}/${about.kind}/${sheetName(about.subject)}/${about.appeal}`
    case 'session-invited':
    case 'session-cancelled':
      return `${about.sessionId}/${about.kind}/${about.invitation}`
    case 'session-minutes':
      return `${about.sessionId}/${about.kind}`
    case 'enterprise-link':
      return `${about.enterpriseId}/${about.kind}/${about.request}`
    case 'officer-rating-asked':
      return `${about.round}/${about.kind}`
    case 'mail-undeliverable':
      return `${about.mailId}/${about.kind}/${about.recipient}${isForNow(about.reason) ? '/for-now' : ''}`
  }
}

export const planMail = (about: About, to: Recipient, timing: PlannedMail['timing'], cc: readonly Recipient[] = []): PlannedMail => ({
  mailId: `${aboutKey(about)}/${to}`,
  about,
  to,
  cc,
  timing,
})

/** The people a department's and the campaign's mail can go to, by staff number. */
export interface Staff {
  readonly handlers: readonly string[]
  readonly directors: readonly string[]
  readonly supervisors: readonly string[]
  /** The leading group's addresses, from the policy. */
  readonly leadingGroup: readonly string[]
  /** Told when there is nobody else. */
  readonly adminEmail: string
}

/** The staff of a department, by its code. */
export type StaffOf = (departmentId: string) => Staff

/** Stands for the staff of departments that no mail can go to, so that there was none to read. */
export const unread: StaffOf = departmentId => {
  throw new Error(`the staff of ${departmentId} was not read`)
}

export type Audience = 'handlers' | 'directors' | 'supervisors' | 'leading-group'

const people = (officerIds: readonly string[]): Recipient[] => officerIds.map(id => `officer:${id}` as const)

/** The recipients an audience stands for. An empty one falls to the next level up, so that nothing is told to nobody. */
export const recipientsOf = (audience: Audience, staff: Staff): readonly Recipient[] => {
  switch (audience) {
    case 'handlers':
      return staff.handlers.length > 0 ? people(staff.handlers) : recipientsOf('directors', staff)
    case 'directors':
      return staff.directors.length > 0 ? people(staff.directors) : recipientsOf('supervisors', staff)
    case 'supervisors':
      return staff.supervisors.length > 0 ? people(staff.supervisors) : [`address:${staff.adminEmail}`]
    case 'leading-group':
      return staff.leadingGroup.length > 0 ? staff.leadingGroup.map(email => `address:${email}` as const) : recipientsOf('supervisors', staff)
  }
}

/** So many people get a mail each. More share one, as copies, because a transaction holds no more than a hundred items. */
const mailsAtMost = 12
/**
 * SES takes fifty addresses a mail. And where one of them cannot be reached, each reader gets a mail of their own, all in one
 * transaction.
 */
const peopleAtMost = 40

/** A mail to everybody of the audiences but one, if there is one who gets a mail of their own; somebody in several gets it once. */
export const planFor = (about: About, audiences: readonly Audience[], staff: Staff, timing: PlannedMail['timing'], but?: Recipient): readonly PlannedMail[] =>
  planForEach([{ about, staff, but }], audiences, timing)

/** One matter of several: who of the staff is told of it, and who is not, for they get a mail of their own. */
interface Matter {
  readonly about: About
  readonly staff: Staff
  readonly but?: Recipient | undefined
}

/** The same of several matters at once, each told to staff of its own; how many people get a mail each is counted over all. */
export const planForEach = (matters: readonly Matter[], audiences: readonly Audience[], timing: PlannedMail['timing']): readonly PlannedMail[] => {
  const told = matters.map(({ about, staff, but }) => ({ about, everybody: [...new Set(audiences.flatMap(audience => recipientsOf(audience, staff)))].filter(each => each !== but) }))
  const share = told.flatMap(({ everybody }) => everybody).length <= mailsAtMost ? 1 : peopleAtMost
  return told.flatMap(({ about, everybody }) => planShared(about, everybody, share, timing))
}

/** So many share a mail. */
const planShared = (about: About, everybody: readonly Recipient[], share: number, timing: PlannedMail['timing']): readonly PlannedMail[] =>
  everybody.flatMap((to, at) => (at % share === 0 ? [planMail(about, to, timing, everybody.slice(at + 1, at + share))] : []))

/** The same mail to several: those who must not see of each other get one each, the others as they do of any matter. */
export const planAlike = (about: About, each: readonly Recipient[], others: readonly Recipient[], timing: PlannedMail['timing']): readonly PlannedMail[] => [
  ...planShared(about, each, 1, timing),
  ...planShared(about, others, others.length <= mailsAtMost ? 1 : peopleAtMost, timing),
]

/** The mail of one who stood among the copies of a mail that could not go to all at once; or of one, with copies of its own. */
export const planCopy = (mail: PlannedMail, to: Recipient, cc: readonly Recipient[] = []): PlannedMail => ({
  mailId: `${mail.mailId}/copy/${to}`,
  about: mail.about,
  to,
  cc,
  timing: mail.timing,
})

/** A mail to one, copied to others. Those whom one mail has no room for share further ones. */
export const planCopied = (about: About, to: Recipient, timing: PlannedMail['timing'], copies: readonly Recipient[]): readonly PlannedMail[] => {
  const beside = peopleAtMost - 1
  const mail = planMail(about, to, timing, copies.slice(0, beside))
  const rest = copies.slice(beside)
  return [mail, ...rest.flatMap((copy, at) => (at % peopleAtMost === 0 ? [planCopy(mail, copy, rest.slice(at + 1, at + peopleAtMost))] : []))]
}
