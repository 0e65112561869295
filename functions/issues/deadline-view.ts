import { walk, type WalkStep } from '../../shared/calendar/working-day.ts'
import { localDateOf, toRfc3339 } from '../../shared/calendar/zone.ts'
import { explainDeadline, explainPiece } from '../../shared/issue/deadline-explanation.ts'
import { deadlineOf, extendedBy, isExtended, type ReckonedDeadline, type Reckoning } from '../../shared/issue/deadline.ts'
import type { Clock, ClockName, Issue, Piece } from '../../shared/issue/issue.ts'

/** Why a deadline of an issue's own is what it is, as the API shows it. */
export const clockDeadlineView = (clock: ClockName, issue: Issue, reckoning: Reckoning, language: 'zh' | 'en') => {
  const { steps, reckoned } = reckonedAnew(issue.clocks[clock], issue, reckoning)
  const { doneAt, provisional } = issue.clocks[clock]
  return {
    clock,
    ...shown(issue.clocks[clock], issue, reckoned, reckoning),
    // What has been met rests on nothing any more.
    provisional: provisional && doneAt === undefined,
    ...(clock === 'resolve' && issue.directed !== undefined ? { directed: true } : {}),
    ...(clock === 'resolve' && isExtended(issue) ? { extendedBy: extendedBy(issue) } : {}),
    steps,
    explanation: explainDeadline(clock, issue, steps, reckoned, reckoning.timeZone, language),
  }
}

/** The same for what another department was asked for. */
export const pieceDeadlineView = (piece: Piece, issue: Issue, reckoning: Reckoning, language: 'zh' | 'en') => {
  const { steps, reckoned } = reckonedAnew(piece.clock, issue, reckoning)
  return {
    piece: piece.piece,
    departmentId: piece.departmentId,
    ...shown(piece.clock, issue, reckoned, reckoning),
    provisional: piece.status === 'open' && piece.clock.provisional,
    steps,
    explanation: explainPiece(piece, steps, reckoned, reckoning.timeZone, language),
  }
}

/** How the deadline came about: the days one by one, and the pauses that moved it. Once nothing is owed any more, none does. */
const reckonedAnew = (clock: Clock, issue: Issue, reckoning: Reckoning): { readonly steps: WalkStep[]; readonly reckoned: ReckonedDeadline } => {
  const reckoned = deadlineOf(clock, issue, reckoning)
  return {
    steps: walk(reckoning.calendar, localDateOf(clock.from, reckoning.timeZone), clock.days),
    reckoned: { ...reckoned, pauses: reckoned.pauses.filter(({ by }) => by <= clock.by) },
  }
}

const shown = ({ from, days, by, doneAt }: Clock, { deadlineVersion }: Issue, { pauses }: ReckonedDeadline, { timeZone }: Reckoning) => {
  const at = (instant: number): string => toRfc3339(instant, timeZone)
  return {
    workingDays: days,
    by: at(by),
    ...(doneAt === undefined ? {} : { doneAt: at(doneAt) }),
    deadlineVersion,
    startsOn: localDateOf(from, timeZone),
    pauses: pauses.map(each => ({ from: at(each.from), until: at(each.until), by: at(each.by) })),
  }
}
