import type { Instant } from '../calendar/zone.ts'
import { Problem } from '../contract/problem.ts'
import type { Reckoning } from '../issue/deadline.ts'
import { planFor, planMail, type PlannedMail, type Staff } from '../mail/notice.ts'
import type { Caller } from '../roster/caller.ts'
import { isNear, speaksFor } from '../roster/subject.ts'
import { tellConcerned, type NoticeDecision } from './draft.ts'
import { demandAppealOpen, demandAppealOver, standingOf, type Effect, type Notice, type NoticeEvent, type Publication } from './notice.ts'
import { noticeStatusAfter, type AppealOutcome, type NoticeCommand } from './transition.ts'

/** Who acts, when, by which calendar, and whom mail can go to. */
export interface NoticeAct {
  readonly caller: Caller
  readonly now: Instant
  readonly reckoning: Reckoning
  /** Of the department concerned, or of the officer concerned. */
  readonly staff: Staff
}

type Told = NoticeEvent extends infer E ? (E extends NoticeEvent ? Omit<E, 'at' | 'by'> : never) : never

/** The notice in this status, with one more event. */
const moved = (notice: Notice, status: Notice['status'], told: Told, { caller, now }: NoticeAct): Notice => ({
  ...notice,
  status,
  version: notice.version + 1,
  events: [...notice.events, { ...told, at: now, by: caller.officerId }],
})

const statusBy = (notice: Notice, command: NoticeCommand, { now, reckoning }: NoticeAct, outcome?: AppealOutcome): Notice['status'] => noticeStatusAfter(standingOf(notice, now, reckoning), command, outcome)

/** Whether it is nobody's own matter. @throws Problem `own-notice` where the caller is concerned, directs the officer's department, or is one of these */
const demandUnconcerned = (notice: Notice, { caller }: NoticeAct, nor: readonly string[] = []): void => {
  if (isNear(notice, caller) || nor.includes(caller.officerId)) throw new Problem('own-notice')
}

/** What is said against a notice. */
export interface Appeal {
  readonly reason: string
  readonly evidence?: string | undefined
}

/**
 * Appeals 申诉 against a criticism: for whom it concerns, while there is time. Told to the supervisors who can decide.
 * @param deciders supervisors whom it does not concern
 * @throws Problem `out-of-reach`, `notice-command-not-legal`, `appeal-closed`
 */
export const appealAgainst = (notice: Notice, { reason, evidence }: Appeal, act: NoticeAct, deciders: readonly string[]): NoticeDecision => {
  if (!speaksFor(notice, act.caller)) throw new Problem('out-of-reach')
  const status = statusBy(notice, 'appeal', act)
  demandAppealOpen(notice, act.now, act.reckoning)
  const appealed = moved(notice, status, { event: 'appealed', reason, ...(evidence === undefined ? {} : { evidence }) }, act)
  const supervisors = deciders.filter(id => id !== notice.draftedBy)
  return { notice: appealed, mails: planFor({ kind: 'notice-appealed', noticeId: notice.noticeId }, ['supervisors'], { ...act.staff, supervisors }, 'act') }
}

/** What is decided on an appeal. */
export interface AppealDecision {
  readonly decision: AppealOutcome
  readonly remark: string
}

/**
 * Decides on an appeal: nobody does whom the notice concerns, or who has drafted it. Granted, the notice falls away.
 * @param effect what the granting has changed, where it rests on something that can be
 * @throws Problem `notice-command-not-legal`, `own-notice`
 */
export const decideAppeal = (notice: Notice, { decision, remark }: AppealDecision, act: NoticeAct, effect?: Effect): NoticeDecision => {
  demandUnconcerned(notice, act, [notice.draftedBy])
  const decided = moved(notice, statusBy(notice, 'decide', act, decision), { event: 'decided', decision, remark }, act)
  return { notice: { ...decided, ...(effect === undefined ? {} : { effect }) }, mails: tellConcerned(notice, 'notice-decided', act.staff, 'act') }
}

/** A published notice, and what everybody can read of it. */
export interface Published extends NoticeDecision {
  readonly publication: Publication
}

/** As the names are when it is published. */
export interface Names {
  readonly officerName?: string | undefined
  readonly departmentName: string
}

/**
 * Publishes a notice under the year's next number: a criticism once it can no longer be appealed against, or was upheld;
 * praise at once, but not by whoever proposed it.
 * @throws Problem `notice-command-not-legal`, `own-notice`, `appeal-open`
 */
export const publishNotice = (notice: Notice, numbering: { readonly year: number; readonly last: number }, names: Names, act: NoticeAct): Published => {
  demandUnconcerned(notice, act, notice.kind === 'commendation' ? [notice.draftedBy] : [])
  const status = statusBy(notice, 'publish', act)
  if (notice.status === 'draft') demandAppealOver(notice, act.now, act.reckoning)
  const number = { year: numbering.year, sequence: numbering.last + 1 }
  const published: Notice = { ...moved(notice, status, { event: 'published', ...number }, act), number, publishedAt: act.now }
  const { noticeId, kind, title, text } = notice
  const { officerName, departmentName } = names
  const publication: Publication = { noticeId, kind, number, title, text, ...(officerName === undefined ? {} : { officerName }), departmentName, publishedAt: act.now }
  return { notice: published, publication, mails: tellConcerned(notice, 'notice-published', act.staff, 'act') }
}

/** Gives a notice up before it is published. @throws Problem `notice-command-not-legal`, `own-notice` */
export const dropNotice = (notice: Notice, reason: string, act: NoticeAct): NoticeDecision => {
  demandUnconcerned(notice, act)
  return { notice: moved(notice, statusBy(notice, 'drop', act), { event: 'dropped', reason }, act), mails: tellOfDrop(notice, act) }
}

/** Whom praise would have concerned never heard of it, but whoever proposed it waits. */
const tellOfDrop = (notice: Notice, { staff, caller }: NoticeAct): readonly PlannedMail[] => {
  if (notice.kind === 'criticism') return tellConcerned(notice, 'notice-ended', staff, 'act')
  return notice.draftedBy === caller.officerId ? [] : [planMail({ kind: 'notice-ended', noticeId: notice.noticeId }, `officer:${notice.draftedBy}`, 'act')]
}

/**
 * Takes a published notice back. It stays in the list, with the reason and without its text.
 * @throws Problem `notice-command-not-legal`, `own-notice`
 */
export const withdrawNotice = (notice: Notice, published: Publication | undefined, reason: string, act: NoticeAct): Published => {
  demandUnconcerned(notice, act)
  const withdrawn = moved(notice, statusBy(notice, 'withdraw', act), { event: 'withdrawn', reason }, act)
  if (published === undefined) throw new Error(`what was published of notice ${notice.noticeId} is gone`)
  const { text: _gone, ...publication } = published
  return { notice: withdrawn, publication: { ...publication, withdrawn: { at: act.now, reason } }, mails: tellConcerned(notice, 'notice-ended', act.staff, 'act') }
}
