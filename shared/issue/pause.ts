import type { Instant } from '../calendar/zone.ts'
import { planFor, type Staff } from '../mail/notice.ts'
import { closingAfter, pauseUnderWay, spokenOfAgain, unpublishedYears, withDeadlinesAnew, type Reckoning } from './deadline.ts'
import { decided, moved, tellBothSides, type Act, type Contact, type Decision } from './decision.ts'
import type { Clock, ClockRules, Issue } from './issue.ts'
import { theSystem } from '../roster/actor.ts'

/**
 * The clocks go on 恢复计时, with exactly the working time that was left.
 * @throws Problem `command-not-legal`
 */
export const resumeIssue = (issue: Issue, contact: Contact, act: Act, reckoning: Reckoning): Decision =>
  resumed(issue, moved(issue, 'resume'), contact, act, reckoning)

/** The longest it can stand still from `from` on, and the years without a notice that this rests on. */
export const standingStill = ({ rules }: { readonly rules: ClockRules }, from: Instant, reckoning: Reckoning): { readonly endsBy: Instant; readonly awaitedYears: number[] } => {
  const endsBy = closingAfter(from, rules.pausedWorkingDaysAtMost, rules, reckoning)
  return { endsBy, awaitedYears: unpublishedYears(from, endsBy, reckoning) }
}

/** A paused issue, by a calendar that has changed since. */
export const pausedAnew = (issue: Issue, reckoning: Reckoning): Issue => {
  const under = pauseUnderWay(issue)
  if (under === undefined) return issue
  const { endsBy, awaitedYears } = standingStill(issue, under.from, reckoning)
  return { ...issue, pauses: issue.pauses.map(pause => (pause === under ? { ...pause, endsBy } : pause)), awaitedYears }
}

/** What waited as long as the policy allows goes on by itself, and the lead department is told; nothing before that. */
export const resumeByItself = (issue: Issue, staff: Staff, contact: Contact, now: Instant, reckoning: Reckoning): Decision | undefined => {
  const pause = pauseUnderWay(issue)
  if (pause?.endsBy === undefined || pause.endsBy > now) return undefined
  const decision = resumed(issue, moved(issue, 'resume'), contact, { by: theSystem, now }, reckoning)
  const officer = `officer:${issue.officerId}` as const
  const toStaff = planFor({ kind: 'issue-moved', issueId: issue.issueId, event: issue.eventCount + 1 }, ['handlers', 'directors'], staff, 'scheduled', officer)
  return { ...decision, mails: [...decision.mails, ...toStaff] }
}

/** The issue with its clocks going on from now, with the working time that was left of each. */
export const goingOn = (issue: Issue, now: Instant, reckoning: Reckoning): Issue => {
  const pauses = issue.pauses.map(pause => ({ ...pause, until: pause.until ?? now }))
  return withStepsToCome(withDeadlinesAnew({ ...issue, pauses }, now, reckoning), now, reckoning)
}

const resumed = (before: Issue, after: Issue, contact: Contact, act: Act, reckoning: Reckoning): Decision => {
  const issue = goingOn(after, act.now, reckoning)
  const { reply, resolve } = issue.clocks
  const event = { event: 'resumed', deadlineVersion: issue.deadlineVersion, replyBy: reply.by, resolveBy: resolve.by } as const
  return decided(issue, [event], act, tellBothSides(before, 'issue-moved', contact, act.by === theSystem ? 'scheduled' : 'act'))
}

const withStepsToCome = (issue: Issue, now: Instant, reckoning: Reckoning): Issue => {
  const later = (clock: Clock): Clock => spokenOfAgain(clock, now, issue.rules, reckoning)
  const { accept, reply, resolve } = issue.clocks
  return {
    ...issue,
    clocks: { accept: later(accept), reply: later(reply), resolve: later(resolve) },
    pieces: issue.pieces.map(piece => ({ ...piece, clock: later(piece.clock) })),
  }
}
