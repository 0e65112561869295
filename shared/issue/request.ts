import { localDateOf } from '../calendar/zone.ts'
import { Problem } from '../contract/problem.ts'
import { planFor, planMail, type PlannedMail, type Staff } from '../mail/notice.ts'
import { extendedBy, withDeadlinesAnew, type Reckoning } from './deadline.ts'
import { asResolved, decided, demandPiecesAnswered, moved, tellBothSides, type Act, type Contact, type Decision, type Told } from './decision.ts'
import type { AwaitedParty, decisions, Issue, Request, RequestKind } from './issue.ts'
import { standingStill } from './pause.ts'

/** What a department cannot settle by itself: it asks, and its director decides. One thing at a time. */

/**
 * Asks for more time 延期, once, before the time has run out, and up to the policy's limit in all.
 * @throws Problem `command-not-legal`, `request-pending`, `extended-before`, `deadline-passed`, `extension-too-long`
 */
export const askForExtension = (issue: Issue, asked: { readonly workingDays: number; readonly reason: string }, staff: Staff, act: Act, reckoning: Reckoning): Decision => {
  const after = askable(issue, 'extension')
  if (issue.extension !== undefined) throw new Problem('extended-before')
  demandInTime(issue, act, reckoning)
  const left = issue.rules.extendedWorkingDaysAtMost - issue.clocks.resolve.days
  if (asked.workingDays > left) throw new Problem('extension-too-long', { limit: Math.max(0, left), most: issue.rules.extendedWorkingDaysAtMost })
  return askedFor(after, { kind: 'extension', ...asked, by: act.by, at: act.now }, asked.reason, staff, act)
}

/**
 * Asks that the clocks stand still 暂停 while the enterprise or an outside body has to act.
 * @throws Problem `command-not-legal`, `request-pending`, `deadline-passed`
 */
export const askForPause = (issue: Issue, asked: { readonly waitingFor: AwaitedParty; readonly reason: string }, staff: Staff, act: Act, reckoning: Reckoning): Decision => {
  const after = askable(issue, 'pause')
  demandInTime(issue, act, reckoning)
  return askedFor(after, { kind: 'pause', ...asked, by: act.by, at: act.now }, asked.reason, staff, act)
}

/**
 * Asks to explain 解释 to the enterprise why today's rules do not allow a solution, instead of one.
 * @throws Problem `command-not-legal`, `request-pending`, `pieces-open`
 */
export const askForExplanation = (issue: Issue, message: string, staff: Staff, act: Act): Decision => {
  const after = askable(issue, 'explanation')
  demandPiecesAnswered(issue)
  return askedFor(after, { kind: 'explanation', message, by: act.by, at: act.now }, message, staff, act)
}

const askable = (issue: Issue, kind: RequestKind): Issue => {
  const after = moved(issue, kind)
  if (issue.request !== undefined) throw new Problem('request-pending')
  return after
}

const demandInTime = ({ clocks: { resolve } }: Issue, { now }: Pick<Act, 'now'>, { timeZone }: Reckoning): void => {
  if (resolve.by < now) throw new Problem('deadline-passed', { date: localDateOf(resolve.by, timeZone) })
}

/** Told to the directors, or where nobody but the one who asks is one, to the supervisors. */
const askedFor = (issue: Issue, request: Request, words: string, staff: Staff, act: Act): Decision => {
  const told: Told = {
    event: 'asked',
    departmentId: issue.leadDepartmentId,
    request: request.kind,
    ...(request.kind === 'extension' ? { workingDays: request.workingDays } : {}),
    ...(request.kind === 'pause' ? { waitingFor: request.waitingFor } : {}),
    words,
  }
  const directors = staff.directors.filter(id => id !== act.by)
  const about = { kind: 'issue-asked', issueId: issue.issueId, event: issue.eventCount + 1 } as const
  return decided({ ...issue, request }, [told], act, planFor(about, ['directors'], { ...staff, directors }, 'act'))
}

export interface Ruling {
  readonly decision: (typeof decisions)[number]
  readonly remark?: string | undefined
}

/**
 * Decides on what was asked for. Nobody decides on a request of their own.
 * @throws Problem `command-not-legal`, `nothing-to-decide`, `own-request`; `deadline-passed` for a pause or an extension that
 * would come too late, `pieces-open` for an explanation
 */
export const decideRequest = (issue: Issue, { decision, remark }: Ruling, contact: Contact, act: Act, reckoning: Reckoning): Decision => {
  const { request, ...withoutRequest } = issue
  const after = moved(issue, 'decision', decision === 'refused' ? 'refused' : (request?.kind ?? 'refused'))
  if (request === undefined) throw new Problem('nothing-to-decide')
  if (request.by === act.by) throw new Problem('own-request')
  const told: Told = { event: 'decided', request: request.kind, decision, ...(remark === undefined ? {} : { remark }) }
  const toAsker = planMail({ kind: 'issue-decided', issueId: issue.issueId, event: issue.eventCount + 1 }, `officer:${request.by}`, 'act')
  if (decision === 'refused') return decided(withoutRequest, [told], act, [toAsker])
  const { issue: granted, event, mails } = grant({ ...withoutRequest, status: after.status }, request, contact, act, reckoning)
  return decided(granted, [told, event], act, [toAsker, ...mails.filter(({ to }) => to !== toAsker.to || request.kind === 'explanation')])
}

interface Grant {
  readonly issue: Issue
  readonly event: Told
  readonly mails: readonly PlannedMail[]
}

const grant = (issue: Issue, request: Request, contact: Contact, { now }: Act, reckoning: Reckoning): Grant => {
  const tell = (kind: 'issue-moved' | 'issue-explained') => tellBothSides(issue, kind, contact, 'act', 2)
  switch (request.kind) {
    case 'extension': {
      const { workingDays, reason } = request
      const extended = withDeadlinesAnew({ ...issue, extension: { workingDays, at: now } }, now, reckoning)
      demandInTime(extended, { now }, reckoning)
      const { deadlineVersion, clocks } = extended
      return { issue: extended, event: { event: 'extended', workingDays: extendedBy(extended), reason, deadlineVersion, resolveBy: clocks.resolve.by }, mails: tell('issue-moved') }
    }
    case 'pause': {
      demandInTime(issue, { now }, reckoning)
      const { waitingFor, reason } = request
      // The clocks are reckoned anew when they go on; until then it is the end of the pause that may wait for a notice.
      const { endsBy, awaitedYears } = standingStill(issue, now, reckoning)
      const paused = { ...issue, pauses: [...issue.pauses, { from: now, waitingFor, endsBy }], awaitedYears }
      return { issue: paused, event: { event: 'paused', waitingFor, reason, endsBy }, mails: tell('issue-moved') }
    }
    case 'explanation': {
      // Another department may have been asked since.
      demandPiecesAnswered(issue)
      const explained = { ...asResolved(issue, now, reckoning), explained: true }
      return { issue: explained, event: { event: 'explained', departmentId: issue.leadDepartmentId, message: request.message }, mails: tell('issue-explained') }
    }
  }
}
