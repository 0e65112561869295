import { monthOf, yearOf, type LocalDate, type Month } from '../calendar/date.ts'
import type { Instant } from '../calendar/zone.ts'
import type { Case } from '../case/case.ts'
import { handoverOf } from '../case/decision.ts'
import type { Category, Tier } from '../issue/category.ts'
import { endOf } from '../issue/closing.ts'
import { isExcused } from '../issue/excuse.ts'
import type { Issue } from '../issue/issue.ts'
import { exemptionReasons, type ExemptionReason } from '../policy/policy.ts'
import type { Session } from '../session/session.ts'
import { milestonesOf, planOf, type Project } from '../project/project.ts'
import { standingOf, type ProjectRules } from '../project/standing.ts'
import { countedOf, isShort, type Quota, type QuotaRecord } from '../visit/quota.ts'
import type { Figure } from './figure.ts'

/** The instants a month, or another period, begins at and ends before. */
export interface Period {
  readonly from: Instant
  readonly until: Instant
}

/** What one record adds to each figure. */
export type Amounts = Readonly<Partial<Record<Figure, number>>>

/** What a record adds to the figures of a month, and where it stands in their tables. */
export interface Contribution {
  readonly amounts: Amounts
  readonly departmentId: string
  readonly tier?: Tier
  readonly category?: Category
  readonly measureId?: string
}

/** Those figures that the record counts for, once each; none that it does not. */
const once = (holds: Readonly<Partial<Record<Figure, boolean>>>): Amounts =>
  Object.fromEntries(Object.entries(holds).flatMap(([figure, counts]) => (counts ? [[figure, 1]] : [])))

const byReason: Readonly<Record<ExemptionReason, Figure>> = {
  away: 'officersAway',
  'enterprise-unavailable': 'officersEnterpriseUnavailable',
  health: 'officersHealth',
  training: 'officersTraining',
}

/**
 * An officer's month: by the number of counted visits to all of their enterprises, and where there is none, by the approved
 * reason, or as unexplained. A reason that leaves another enterprise owed explains nothing.
 */
export const ofOfficer = (records: readonly QuotaRecord[], quotas: readonly Quota[]): Amounts => {
  const visits = records.reduce((total, record) => total + countedOf(record), 0)
  const pairings = quotas.map(ofPairing)
  const sum = (figure: Figure): number => pairings.reduce((total, amounts) => total + (amounts[figure] ?? 0), 0)
  return {
    officers: 1,
    visits,
    [bandOf(visits)]: 1,
    ...(visits > 0 ? {} : { [reasonOf(records, quotas)]: 1 }),
    pairingsOwed: sum('pairingsOwed'),
    pairingsFulfilled: sum('pairingsFulfilled'),
    pairingsExempt: sum('pairingsExempt'),
  }
}

/** What one pairing adds to an officer's month; nothing where it owes nothing. */
export const ofPairing = (quota: Pick<Quota, 'required' | 'counted' | 'exempt'>): Amounts => {
  const owes = quota.required > 0
  const isOwed = owes && !quota.exempt
  return once({ pairingsOwed: isOwed, pairingsFulfilled: isOwed && !isShort(quota), pairingsExempt: owes && quota.exempt })
}

const bandOf = (visits: number): Figure => (visits >= 3 ? 'officersThreeOrMore' : visits === 2 ? 'officersTwo' : visits === 1 ? 'officersOne' : 'officersNone')

const reasonOf = (records: readonly QuotaRecord[], quotas: readonly Quota[]): Figure => {
  const reason = quotas.some(isShort) ? undefined : exemptionReasons.find(each => records.some(({ exempt }) => exempt === each))
  return reason === undefined ? 'officersUnexplained' : byReason[reason]
}

/** What was raised by then, and had not ended. */
const isOpenAt = (raisedAt: Instant, endedAt: Instant | undefined, moment: Instant): boolean => raisedAt < moment && (endedAt === undefined || endedAt >= moment)

/** The resolution that stood at that moment, and when it was due: the present one, or one that did not satisfy the enterprise later. */
const resolutionAt = ({ resolvedAt, reopened, clocks }: Issue, moment: Instant): { readonly at: Instant; readonly by: Instant } | undefined => {
  const later = reopened.find(({ resolvedAt: then, at }) => then < moment && at >= moment)
  if (later !== undefined) return { at: later.resolvedAt, by: later.by }
  return resolvedAt !== undefined && resolvedAt < moment ? { at: resolvedAt, by: clocks.resolve.by } : undefined
}

/** Whether it was past the time to resolve it, by the deadline it had before a reopening set another; while the clocks stood still, whether it had been by then. */
const isLateAt = ({ clocks, pauses, reopened }: Issue, moment: Instant): boolean => {
  const by = reopened.find(({ at }) => at >= moment)?.by ?? clocks.resolve.by
  return by < stoodStillFrom(pauses, moment)
}

/** When the clocks stopped that stood still at that moment; the moment itself, if they ran. */
const stoodStillFrom = (pauses: Issue['pauses'], moment: Instant): Instant =>
  pauses.find(({ from, until }) => from < moment && (until === undefined || until >= moment))?.from ?? moment

/** Whether its being late counts against nobody, because an appeal was granted: of the deadline as it is now. */
const isMissExcused = (issue: Issue, resolution: ReturnType<typeof resolutionAt>, until: Instant): boolean => {
  const isLate = resolution === undefined ? isLateAt(issue, until) : resolution.by === issue.clocks.resolve.by && resolution.at > resolution.by
  return isLate && isExcused(issue, issue.deadlineVersion)
}

/** Whether an issue that was raised in the period is not asked for in time, because an appeal was granted. */
export const isExcusedIn = (issue: Issue, { from, until }: Period): boolean => {
  const isWithdrawn = issue.withdrawnAt !== undefined && issue.withdrawnAt < until
  return !isWithdrawn && from <= issue.dispatchedAt && issue.dispatchedAt < until && isMissExcused(issue, resolutionAt(issue, until), until)
}

/** What an issue adds: as it stood at the end of the month, by what had been said and done until then. A deadline that has been moved since counts as moved. */
export const ofIssue = (issue: Issue, { from, until }: Period): Contribution => {
  const { dispatchedAt, clocks: { reply }, closing, reopened } = issue
  const endedAt = endOf(issue)
  const within = (moment: Instant | undefined): boolean => moment !== undefined && from <= moment && moment < until
  const isRaised = within(dispatchedAt)
  const isOpen = isOpenAt(dispatchedAt, endedAt, until)
  const isWithdrawn = issue.withdrawnAt !== undefined && issue.withdrawnAt < until
  const resolution = isWithdrawn ? undefined : resolutionAt(issue, until)
  const isResolved = resolution !== undefined
  const repliedAt = reply.doneAt !== undefined && reply.doneAt < until ? reply.doneAt : undefined
  const isReplyDue = isRaised && (repliedAt !== undefined || reply.by < stoodStillFrom(issue.pauses, Math.min(until, endedAt ?? until)))
  const isLeftOut = isMissExcused(issue, resolution, until)
  const isResolutionDue = isRaised && !isWithdrawn && !isLeftOut && (isResolved || isLateAt(issue, until))
  const isOverridden = closing?.by === 'override'
  const isSatisfied = closing !== undefined && !isOverridden && within(closing.at)
  const amounts = once({
    issuesCarried: isOpenAt(dispatchedAt, endedAt, from),
    issuesRaised: isRaised,
    issuesClosed: isSatisfied,
    issuesOverridden: isOverridden && within(closing.at),
    issuesWithdrawn: within(issue.withdrawnAt),
    issuesOpen: isOpen,
    issuesOverdue: isOpen && !isResolved && !isLeftOut && isLateAt(issue, until),
    issuesReopened: reopened.some(({ at }) => within(at)),
    issuesAwaitingRating: isOpen && isResolved,
    raisedResolved: isRaised && isResolved,
    raisedOverridden: isRaised && isOverridden && closing.at < until,
    raisedWithdrawn: isRaised && isWithdrawn,
    raisedToResolve: isRaised && !isWithdrawn,
    repliesDue: isReplyDue,
    repliesInTime: isReplyDue && repliedAt !== undefined && repliedAt <= reply.by,
    resolutionsDue: isResolutionDue,
    resolutionsInTime: isResolutionDue && isResolved && resolution.at <= resolution.by,
    ratingsSatisfied: isSatisfied,
  })
  // An issue can be rated several times in a month, and decided on.
  const ratings = reopened.filter(({ at }) => within(at)).length + (isSatisfied ? 1 : 0)
  const decisionsOpen = isOpen ? issue.directions.filter(({ at }) => at < until).length : 0
  return { amounts: { ...amounts, ...(ratings === 0 ? {} : { ratings }), ...(decisionsOpen === 0 ? {} : { decisionsOpen }) }, departmentId: issue.leadDepartmentId, tier: issue.tier, category: issue.category }
}

/** What a case adds; it stands in the table of the department that hands its result over. */
export const ofCase = (it: Case, { from, until }: Period): Contribution => {
  const { openedAt, endedAt, status } = it
  const hasEndedNow = endedAt !== undefined && from <= endedAt && endedAt < until
  const isCompleted = hasEndedNow && status === 'completed'
  const amounts = once({
    casesCarried: isOpenAt(openedAt, endedAt, from),
    casesOpened: from <= openedAt && openedAt < until,
    casesCompleted: isCompleted,
    casesRefused: hasEndedNow && status === 'refused',
    casesWithdrawn: hasEndedNow && status === 'withdrawn',
    casesOpen: isOpenAt(openedAt, endedAt, until),
  })
  return { amounts: isCompleted ? { ...amounts, ...daysOf(it) } : amounts, departmentId: handoverOf(it).departmentId }
}

/** Working days of the steps for which the law sets a limit. */
const daysOf = ({ steps }: Case): Amounts => {
  const limited = steps.flatMap(({ statutoryWorkingDays: statutory, actualWorkingDays: taken }) => (statutory === undefined || taken === undefined ? [] : [{ statutory, taken }]))
  const daysStatutory = limited.reduce((sum, { statutory }) => sum + statutory, 0)
  const daysTaken = limited.reduce((sum, { taken }) => sum + taken, 0)
  return { daysStatutory, daysTaken, daysSaved: daysStatutory - daysTaken }
}

/** What a session adds; it stands in the table of the department that called it. */
export const ofSession = ({ startsAt, status, departmentId, decisions }: Session, { from, until }: Period, now: Instant): Contribution => {
  const isHeld = from <= startsAt && startsAt < Math.min(until, now) && status !== 'cancelled'
  return { amounts: isHeld ? { sessionsHeld: 1, decisionsMade: decisions.length } : {}, departmentId }
}

/**
 * What a project adds: as it stood on that day, the last of the month, or today while it runs. What was invested in the month
 * itself can still be reported then, so the half-year goes to the last month that counts.
 */
export const ofProject = (project: Project, month: Month, day: LocalDate, rules: ProjectRules): Amounts => {
  const standing = standingOf(project, day, rules)
  const milestones = milestonesOf(project)
  return {
    ...once({
      projectsPlanned: planOf(project, yearOf(standing.month)) !== undefined,
      projectsBehind: standing.behindSince !== undefined,
      projectsUnreported: standing.unreported.length > 0,
    }),
    investmentPlanned: standing.progress.planned,
    investmentMade: standing.progress.invested,
    milestonesDue: milestones.filter(({ plannedOn }) => monthOf(plannedOn) === month).length,
    milestonesReached: milestones.filter(({ reachedOn }) => reachedOn !== undefined && monthOf(reachedOn) === month).length,
  }
}
