import { localDateOf } from '../calendar/zone.ts'
import { Problem } from '../contract/problem.ts'
import { planFor, type PlannedMail, type Staff } from '../mail/notice.ts'
import { awaitedYearsOf, calendarOfReckoning, setClock, type Reckoning } from './deadline.ts'
import { decided, held, moved, signed, type Act, type Decision } from './decision.ts'
import type { Issue, Piece } from './issue.ts'

/** 协办: the lead asks another department for a piece of an issue, which answers by a deadline of its own, or refuses with a reason. */

export interface Assistance {
  readonly departmentId: string
  readonly message: string
  /** Left out: as many as the policy has. */
  readonly workingDays?: number | undefined
}

/** An issue is worked on by a handful of departments; its item has to stay small. */
const piecesAtMost = 20

/**
 * Asks a department for a piece, due before the issue itself; where that is late already, in the policy's days at most.
 * @throws Problem `command-not-legal`, `same-department`, `department-unstaffed`, `piece-open`, `too-many-pieces`, `piece-too-long`
 */
export const askForAssistance = (issue: Issue, { departmentId, message, workingDays }: Assistance, staff: Staff, act: Act, reckoning: Reckoning): Decision => {
  const after = moved(issue, 'assist')
  if (departmentId === issue.leadDepartmentId) throw new Problem('same-department')
  if (staff.handlers.length + staff.directors.length === 0) throw new Problem('department-unstaffed', { id: departmentId })
  if (issue.pieces.some(each => each.departmentId === departmentId && each.status === 'open')) throw new Problem('piece-open', { id: departmentId })
  if (issue.pieces.length >= piecesAtMost) throw new Problem('too-many-pieces', { limit: piecesAtMost })
  const clockOf = (days: number) => setClock('assist', { from: act.now, days }, issue, act.now, reckoning)
  const usual = clockOf(issue.rules.workingDays.assist)
  const clock = workingDays === undefined ? usual : clockOf(workingDays)
  // A late issue cannot be late any less; it has the usual days for a piece, and no reason to be later still.
  const latest = issue.clocks.resolve.by > act.now ? issue.clocks.resolve.by : usual.by
  if (clock.by > latest) throw new Problem('piece-too-long', { date: localDateOf(latest, reckoning.timeZone) })
  const event = issue.eventCount + 1
  const piece: Piece = { piece: issue.pieces.length + 1, departmentId, status: 'open', event, clock, ...calendarOfReckoning(reckoning), level: 0 }
  const asked: Issue = { ...after, pieces: [...after.pieces, piece] }
  const told = { event: 'assist-asked', piece: piece.piece, departmentId, message, dueBy: clock.by } as const
  const about = { kind: 'assist-asked', issueId: issue.issueId, event } as const
  return decided({ ...asked, awaitedYears: awaitedYearsOf(asked, reckoning) }, [told], act, planFor(about, ['handlers', 'directors'], staff, 'act'))
}

/** The piece of that number. @throws Problem `piece-not-found` */
export const pieceOf = ({ issueId, pieces }: Issue, piece: number): Piece => {
  const found = pieces.find(each => each.piece === piece)
  if (found === undefined) throw new Problem('piece-not-found', { id: issueId, piece })
  return found
}

const openPieceOf = (issue: Issue, number: number): Piece => {
  const piece = pieceOf(issue, number)
  if (piece.status !== 'open') throw new Problem('piece-not-open', { piece: number })
  return piece
}

/**
 * The department answers what it was asked for, or refuses, with a reason; the lead's handlers are told.
 * @throws Problem `piece-not-found`, `piece-not-open`, `command-not-legal`
 */
export const answerPiece = (issue: Issue, number: number, given: { readonly message: string } | { readonly reason: string }, leadStaff: Staff, act: Act): Decision => {
  const { departmentId, piece } = openPieceOf(issue, number)
  const after = moved(issue, 'answer')
  const isAnswer = 'message' in given
  const status = isAnswer ? 'answered' : 'refused'
  const settled = withPiece(after, number, ({ clock: { next: _over, ...clock }, ...rest }) => ({ ...rest, status, clock: { ...clock, doneAt: act.now } }))
  const told = isAnswer ? ({ event: 'assist-answered', piece, departmentId, ...given } as const) : ({ event: 'assist-refused', piece, departmentId, ...given } as const)
  return decided(settled, [told], act, tellTheLead(issue, leadStaff))
}

const tellTheLead = (issue: Issue, leadStaff: Staff): readonly PlannedMail[] =>
  planFor({ kind: 'assist-answered', issueId: issue.issueId, event: issue.eventCount + 1 }, ['handlers'], leadStaff, 'act')

/**
 * The department signs for a level of its own piece, which puts off the next.
 * @throws Problem `piece-not-found`, `piece-not-open`, `command-not-legal`, `nothing-to-acknowledge`
 */
export const acknowledgePiece = (issue: Issue, number: number, act: Act, reckoning: Reckoning): Decision => {
  const { departmentId, piece, clock } = openPieceOf(issue, number)
  const after = moved(issue, 'answer')
  if (clock.unsigned === undefined) throw new Problem('nothing-to-acknowledge')
  const acknowledged = withPiece(after, number, each => ({ ...each, clock: signed(held(each.clock, issue.rules, act.now, reckoning)) }))
  return decided(acknowledged, [{ event: 'assist-acknowledged', piece, departmentId, level: clock.unsigned }], act, [])
}

const withPiece = (issue: Issue, number: number, change: (piece: Piece) => Piece): Issue => ({
  ...issue,
  pieces: issue.pieces.map(piece => (piece.piece === number ? change(piece) : piece)),
})
