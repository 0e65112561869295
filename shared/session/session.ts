import * as z from 'zod/mini'
import type { Instant } from '../calendar/zone.ts'
import { code, enterpriseId, fault, line, localDate, officerCode, prose } from '../contract/field.ts'
import { Problem } from '../contract/problem.ts'
import { planAlike, type About, type PlannedMail, type Recipient } from '../mail/notice.ts'
import type { Stakes } from '../roster/caller.ts'
import type { Enterprise, Officer } from '../roster/roster.ts'
import { sessionStatusAfter, sessionStatuses } from './transition.ts'

/** 现场办公: a director meets enterprises on the spot and decides on their issues. */

const epoch = z.int()

/** What is the same in a list only once. */
const distinct = z.refine<readonly string[]>(ids => new Set(ids).size === ids.length, fault('duplicate-value'))

/** So many enterprises a session meets at most: each is written to by itself, all in one transaction. */
const enterprisesAtMost = 20

/** What whoever calls a session settles; instants as the API writes them are the caller's matter. */
export const sessionFields = {
  title: line(100),
  place: line(200),
  enterpriseIds: z.array(enterpriseId).check(z.minLength(1), z.maxLength(enterprisesAtMost), distinct),
  /** Departments that are asked to come, beside the one that calls. */
  departmentIds: z.array(code).check(z.maxLength(10), distinct),
  remark: z.optional(prose(1000)),
}

/** A session as it is kept. */
export const sessionSchema = z.strictObject({
  sessionId: z.string(),
  /** Grows by one with every change; the ETag. */
  version: z.int(),
  status: z.enum(sessionStatuses),
  ...sessionFields,
  startsAt: epoch,
  endsAt: epoch,
  /** Whoever holds it, and their department, which calls it. */
  directorId: officerCode,
  departmentId: code,
  /** Grows with each change of what invitations say; calendars go by it. */
  invitation: z.int(),
  /** Who has been invited, as mail reaches them. */
  invited: z.array(z.templateLiteral([z.enum(['officer', 'enterprise', 'address']), ':', z.string()])),
  calledAt: epoch,
  calledBy: z.string(),
  cancelled: z.optional(z.strictObject({ at: epoch, by: z.string(), reason: prose(500) })),
  minutes: z.optional(z.strictObject({ at: epoch, by: z.string(), text: prose(5000) })),
  /** What was decided there, in order: the issue of each. */
  decisions: z.array(z.strictObject({ issueId: z.string(), enterpriseId })),
})
export type Session = z.infer<typeof sessionSchema>

/** A decision on the spot, as it is kept beside its session: who has to do what by when. */
export const sessionDecisionSchema = z.strictObject({
  sessionId: z.string(),
  /** Counts from 1 within the session. */
  decision: z.int(),
  issueId: z.string(),
  enterpriseId,
  /** The officer who brought the issue. */
  officerId: officerCode,
  departmentId: code,
  /** The department that called the session. */
  calledByDepartmentId: code,
  what: prose(1000),
  dueOn: localDate,
  at: epoch,
  by: z.string(),
})
export type SessionDecision = z.infer<typeof sessionDecisionSchema>

/** Whose a session is to read: the departments that call it and are asked to come, whoever holds it, the officers paired with one of its enterprises. */
export const sessionStakes = ({ departmentId, departmentIds, directorId }: Pick<Session, 'departmentId' | 'departmentIds' | 'directorId'>, paired: readonly string[] = []): Stakes => ({
  officers: [directorId, ...paired],
  departments: [departmentId, ...departmentIds],
})

/** Whose it is to change: the department's that called it. */
export const callStakes = ({ departmentId }: Pick<Session, 'departmentId'>): Stakes => ({ departments: [departmentId] })

/** Whose it is to decide there: the one's who holds it. */
export const holdStakes = ({ directorId }: Pick<Session, 'directorId'>): Stakes => ({ officers: [directorId] })

/** What somebody wants of a session: when, where, about what, with whom. */
export type Call = Pick<Session, 'title' | 'place' | 'startsAt' | 'endsAt' | 'enterpriseIds' | 'departmentIds' | 'remark'>

const longestMilliseconds = 24 * 3_600_000
/** Letters name a day without its year. */
const aheadAtMostMilliseconds = 365 * longestMilliseconds

/**
 * `earliest`: nobody meets whom they like at a moment's notice, and so decides on what is others'; the campaign office may.
 * @throws Problem `session-in-past`, `session-too-soon`, `session-time-not-possible`
 */
const demandToCome = ({ startsAt, endsAt }: Pick<Call, 'startsAt' | 'endsAt'>, { now, earliest }: Moment): void => {
  if (startsAt <= now) throw new Problem('session-in-past')
  if (startsAt < earliest) throw new Problem('session-too-soon')
  if (endsAt <= startsAt || endsAt - startsAt > longestMilliseconds || startsAt - now > aheadAtMostMilliseconds) throw new Problem('session-time-not-possible')
}

/** When a session is called or changed, and when it can begin at the earliest. */
interface Moment {
  readonly now: Instant
  readonly earliest: Instant
}

/** Whoever is to come, as the roster knows them when they are invited. */
export interface Invitees {
  readonly enterprises: readonly Pick<Enterprise, 'enterpriseId' | 'contactEmail'>[]
  /** Directors and handlers of its departments, and the officers paired with its enterprises on that day. */
  readonly officerIds: readonly string[]
}

/** Staff share mails by the forty where they are many, so that this leaves room in a transaction of a hundred items. */
const staffAtMost = 400

/** Who is written to: each enterprise that has an address, whoever holds it, the staff. @throws Problem `too-many-participants` */
const recipientsOf = (directorId: string, { enterprises, officerIds }: Invitees): readonly Recipient[] => {
  const staff = [...new Set([directorId, ...officerIds])]
  if (staff.length > staffAtMost) throw new Problem('too-many-participants', { limit: staffAtMost })
  return [
    ...enterprises.flatMap(({ enterpriseId: id, contactEmail }) => (contactEmail === undefined ? [] : [`enterprise:${id}` as const])),
    ...staff.map(id => `officer:${id}` as const),
  ]
}

/** What becomes of a session, and the mails that follow. */
export interface SessionChange {
  readonly session: Session
  readonly mails: readonly PlannedMail[]
}

interface Calling extends Moment {
  readonly sessionId: string
  readonly holder: Pick<Officer, 'officerId' | 'departmentId' | 'roles' | 'active'>
  readonly invitees: Invitees
  readonly by: string
}

/**
 * Calls a session and invites whoever is to come.
 * @throws Problem `holder-not-director`, `session-in-past`, `session-too-soon`, `session-time-not-possible`, `too-many-participants`
 */
export const callSession = (call: Call, { sessionId, holder, invitees, by, now, earliest }: Calling): SessionChange => {
  if (!holder.active || !holder.roles.includes('director')) throw new Problem('holder-not-director', { id: holder.officerId })
  demandToCome(call, { now, earliest })
  const session: Session = {
    sessionId,
    version: 1,
    status: 'called',
    ...call,
    departmentIds: call.departmentIds.filter(id => id !== holder.departmentId),
    directorId: holder.officerId,
    departmentId: holder.departmentId,
    invitation: 1,
    invited: [...recipientsOf(holder.officerId, invitees)],
    calledAt: now,
    calledBy: by,
    decisions: [],
  }
  return { session, mails: invite(session, session.invited, false) }
}

/**
 * Changes when, where, about what or with whom it is to be. Everybody hears of it: who is still to come, who is to come
 * now, and who need not come any more.
 * @throws Problem `session-command-not-legal`, `session-in-past`, `session-too-soon`, `session-time-not-possible`, `too-many-participants`
 */
export const changeSession = (before: Session, call: Call, invitees: Invitees, { now, earliest }: Moment): SessionChange => {
  const status = sessionStatusAfter(before, 'change')
  if (isSameCall(before, call)) return { session: before, mails: [] }
  demandToCome(call, { now, earliest: call.startsAt === before.startsAt ? now : earliest })
  const invited = [...recipientsOf(before.directorId, invitees)]
  const session: Session = {
    ...before,
    ...call,
    departmentIds: call.departmentIds.filter(id => id !== before.departmentId),
    status,
    version: before.version + 1,
    invitation: before.invitation + 1,
    invited,
  }
  const [kept, added] = [invited.filter(each => before.invited.includes(each)), invited.filter(each => !before.invited.includes(each))]
  const dropped = before.invited.filter(each => !invited.includes(each))
  return { session, mails: [...invite(session, kept, true), ...invite(session, added, false), ...strikeOff(session, dropped)] }
}

/** Whether nothing is changed that anybody would have to hear of. */
const isSameCall = (before: Call, call: Call): boolean => {
  const asText = ({ title, place, startsAt, endsAt, enterpriseIds, departmentIds, remark }: Call): string => JSON.stringify([title, place, startsAt, endsAt, enterpriseIds, departmentIds, remark])
  return asText(before) === asText(call)
}

/** It will not take place; whoever was invited is told why. @throws Problem `session-command-not-legal` */
export const cancelSession = (before: Session, reason: string, by: string, now: Instant): SessionChange => {
  const status = sessionStatusAfter(before, 'cancel')
  const session: Session = { ...before, status, version: before.version + 1, invitation: before.invitation + 1, cancelled: { at: now, by, reason } }
  return { session, mails: strikeOff(session, session.invited) }
}

/** It has begun. @throws Problem `session-not-begun` */
export const demandBegun = ({ startsAt }: Pick<Session, 'startsAt'>, now: Instant, shown: (at: Instant) => string): void => {
  if (now < startsAt) throw new Problem('session-not-begun', { at: shown(startsAt) })
}

/**
 * Its minutes 纪要, which go to all who were invited.
 * @throws Problem `session-command-not-legal`, `session-not-begun`
 */
export const enterMinutes = (before: Session, text: string, by: string, now: Instant, shown: (at: Instant) => string): SessionChange => {
  const status = sessionStatusAfter(before, 'minutes')
  demandBegun(before, now, shown)
  const session: Session = { ...before, status, version: before.version + 1, minutes: { at: now, by, text } }
  return { session, mails: tell({ kind: 'session-minutes', sessionId: session.sessionId }, session.invited) }
}

const invite = ({ sessionId, invitation }: Session, whom: readonly Recipient[], again: boolean): readonly PlannedMail[] => tell({ kind: 'session-invited', sessionId, invitation, again }, whom)

const strikeOff = ({ sessionId, invitation }: Session, whom: readonly Recipient[]): readonly PlannedMail[] => tell({ kind: 'session-cancelled', sessionId, invitation }, whom)

/** No enterprise sees another's address, so each has a mail of its own; staff may share one. */
const tell = (about: About, whom: readonly Recipient[]): readonly PlannedMail[] => {
  const isEnterprise = (each: Recipient): boolean => each.startsWith('enterprise:')
  return planAlike(about, whom.filter(isEnterprise), whom.filter(each => !isEnterprise(each)), 'act')
}
