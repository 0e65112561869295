import type { Locale } from '../../calendar/wording.ts'
import type { Instant, TimeZone } from '../../calendar/zone.ts'
import type { MailFacts } from '../facts.ts'
import { systemName, type Block, type Letter } from '../letter.ts'
import { assessmentAppealed, assessmentDecided, assessmentFinal, assessmentOpened } from './assessment.ts'
import { assistAnswered, assistAsked, assistDropped, assistEscalated, assistWarning } from './assist.ts'
import { bulletinIssued } from './bulletin.ts'
import { caseCallBackDue, caseCompleted, caseReturned } from './case-result.ts'
import { caseEnded, caseInformed, caseOpened, caseStep, caseWaiting } from './case-step.ts'
import { caseHandedOver } from './case-handed-over.ts'
import { caseEscalated, caseWarning } from './case-late.ts'
import { caseReassigned } from './case-reassigned.ts'
import { caseResumed } from './case-resumed.ts'
import { enterpriseLink } from './enterprise-link.ts'
import { exemptionDecided, exemptionRequested } from './exemption.ts'
import { issueAnswered } from './issue-answered.ts'
import { issueDirected } from './issue-directed.ts'
import { issueDispatched, issueTransferred, issueUnrouted } from './issue-dispatched.ts'
import { issueEscalated, issueWarning } from './issue-late.ts'
import { issueMoved } from './issue-moved.ts'
import { callBackDue, issueClosed, issueInformed, issueReopened, issueWithdrawn } from './enterprise-said.ts'
import { issueAsked, issueDecided } from './issue-request.ts'
import { noticeAppealed, noticeDecided, noticeDrafted, noticeEnded, noticeProposed, noticePublished, noticesOfMonth } from './notice.ts'
import { officerRatingAsked } from './officer-rating.ts'
import { penFor, type Draft, type Pen } from './pen.ts'
import { quotaDigest, quotaMissed } from './quota.ts'
import { sessionCancelled, sessionInvited, sessionMinutes } from './session.ts'
import { mailUndeliverable } from './undeliverable.ts'
import { visitDenied, visitJoint } from './visit.ts'

export interface LetterSettings {
  readonly locale: Locale
  readonly timeZone: TimeZone
  /** When it is written, by the clock that mails are planned by. */
  readonly now: Instant
  /** Whether the same mail may have reached the reader before: the mail service took it and its answer was lost. */
  readonly repeated: boolean
  /** Whether the reader is asked in the stead of a lead department that has nobody to act. */
  readonly inStead?: boolean
  /** The reader's own link: of an enterprise to its pages, of whoever gets a bulletin to its page. */
  readonly link?: string | undefined
}

/** The letter that tells these facts to its reader: who must do what by when, and what he needs to know for it. */
export const writeLetter = (facts: MailFacts, { repeated, inStead = false, ...settings }: LetterSettings): Letter => {
  const pen = penFor(settings)
  const { because, ask, blocks, ...draft } = write(facts, pen)
  return {
    ...draft,
    locale: settings.locale,
    blocks: [...(repeated ? [repetition(pen)] : []), ...(inStead ? [nobodyToAct('case' in facts, pen)] : []), ...blocks],
    footer: [because, automatic(pen), whomToAsk(ask, pen)],
  }
}

const write = (facts: MailFacts, pen: Pen): Draft => {
  switch (facts.kind) {
    case 'issue-dispatched':
      return issueDispatched(facts, pen)
    case 'issue-unrouted':
      return issueUnrouted(facts, pen)
    case 'issue-transferred':
      return issueTransferred(facts, pen)
    case 'issue-replied':
    case 'issue-resolved':
    case 'issue-explained':
      return issueAnswered(facts, pen)
    case 'issue-asked':
      return issueAsked(facts, pen)
    case 'issue-decided':
      return issueDecided(facts, pen)
    case 'issue-moved':
      return issueMoved(facts, pen)
    case 'issue-directed':
      return issueDirected(facts, pen)
    case 'bulletin':
      return bulletinIssued(facts, pen)
    case 'session-invited':
      return sessionInvited(facts, pen)
    case 'session-cancelled':
      return sessionCancelled(facts, pen)
    case 'session-minutes':
      return sessionMinutes(facts, pen)
    case 'assist-asked':
      return assistAsked(facts, pen)
    case 'assist-answered':
      return assistAnswered(facts, pen)
    case 'assist-warning':
      return assistWarning(facts, pen)
    case 'assist-escalated':
      return assistEscalated(facts, pen)
    case 'assist-dropped':
      return assistDropped(facts, pen)
    case 'issue-informed':
      return issueInformed(facts, pen)
    case 'issue-withdrawn':
      return issueWithdrawn(facts, pen)
    case 'issue-closed':
      return issueClosed(facts, pen)
    case 'issue-reopened':
      return issueReopened(facts, pen)
    case 'call-back-due':
      return callBackDue(facts, pen)
    case 'issue-warning':
      return issueWarning(facts, pen)
    case 'issue-escalated':
      return issueEscalated(facts, pen)
    case 'case-opened':
      return caseOpened(facts, pen)
    case 'case-step':
      return caseStep(facts, pen)
    case 'case-waiting':
      return caseWaiting(facts, pen)
    case 'case-resumed':
      return caseResumed(facts, pen)
    case 'case-informed':
      return caseInformed(facts, pen)
    case 'case-reassigned':
      return caseReassigned(facts, pen)
    case 'case-ended':
      return caseEnded(facts, pen)
    case 'case-handed-over':
      return caseHandedOver(facts, pen)
    case 'case-completed':
      return caseCompleted(facts, pen)
    case 'case-returned':
      return caseReturned(facts, pen)
    case 'case-call-back-due':
      return caseCallBackDue(facts, pen)
    case 'case-warning':
      return caseWarning(facts, pen)
    case 'case-escalated':
      return caseEscalated(facts, pen)
    case 'quota-nudge':
    case 'quota-reminder':
    case 'quota-last-call':
      return quotaDigest(facts, pen)
    case 'quota-missed':
      return quotaMissed(facts, pen)
    case 'notice-drafted':
      return noticeDrafted(facts, pen)
    case 'notice-proposed':
      return noticeProposed(facts, pen)
    case 'notice-appealed':
      return noticeAppealed(facts, pen)
    case 'notice-decided':
      return noticeDecided(facts, pen)
    case 'notice-published':
      return noticePublished(facts, pen)
    case 'notice-ended':
      return noticeEnded(facts, pen)
    case 'notices-of-month':
      return noticesOfMonth(facts, pen)
    case 'officer-rating-asked':
      return officerRatingAsked(facts, pen)
    case 'assessment-opened':
      return assessmentOpened(facts, pen)
    case 'assessment-final':
      return assessmentFinal(facts, pen)
    case 'assessment-appealed':
      return assessmentAppealed(facts, pen)
    case 'assessment-decided':
      return assessmentDecided(facts, pen)
    case 'enterprise-link':
      return enterpriseLink(facts, pen)
    case 'visit-joint':
      return visitJoint(facts, pen)
    case 'visit-denied':
      return visitDenied(facts, pen)
    case 'exemption-requested':
      return exemptionRequested(facts, pen)
    case 'exemption-decided':
      return exemptionDecided(facts, pen)
    case 'mail-undeliverable':
      return mailUndeliverable(facts, pen)
  }
}

const repetition = ({ say }: Pen): Block => ({
  kind: 'paragraph',
  text: say(
    '说明：上次发送时邮件服务未返回结果，您可能已收到过本邮件。两封邮件所述为同一事项，无需重复办理。',
    'Please note: the mail service did not confirm this mail when it was first sent, so you may have had it before. Both are about the same matter; nothing needs doing twice.',
  ),
})

/** A case's steps stay with the departments of its template. */
const nobodyToAct = (isOfCase: boolean, { say }: Pen): Block => ({
  kind: 'paragraph',
  text: say(
    `说明：名册中该部门尚无经办人和负责人，无人可以签收办理。请尽快在名册中补充${isOfCase ? '' : '，或将问题转办有人员的部门'}。`,
    `Please note: the roster has neither a handler nor a director for this department, so nobody there can act. Please enter one${isOfCase ? '' : ', or transfer the issue to a department that has people'}.`,
  ),
})

const automatic = ({ locale, say }: Pen): string =>
  say(
    `本邮件由${systemName[locale]}系统代助企办自动发送，请勿直接回复。`,
    `${systemName[locale]} sent this mail automatically for the campaign office. Please do not reply to it.`,
  )

const whomToAsk = (nearer: string | undefined, { say }: Pen): string =>
  nearer === undefined
    ? say('如有疑问，请与助企办联系。', 'For any question, please ask the campaign office.')
    : say(`如有疑问，请与${nearer}或助企办联系。`, `For any question, please ask ${nearer} or the campaign office.`)
