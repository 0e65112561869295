import { nextActionAt } from '../../shared/issue/deadline.ts'
import { endOf } from '../../shared/issue/closing.ts'
import { hasEnded } from '../../shared/issue/transition.ts'
import type { Decision, Numbering } from '../../shared/issue/decision.ts'
import type { Direction, Issue } from '../../shared/issue/issue.ts'
import { tasksOfIssue } from '../../shared/supervision/task.ts'
import { shardOf, shards, sortable } from './shard.ts'
import { stored } from './stored.ts'
import type { Item, Key, Write } from './table.ts'
import { taskWrites } from './task-store.ts'

export const issueKey = (issueId: string): Key => ({ pk: `ISSUE#${issueId}`, sk: 'ISSUE' })
export const eventKey = (issueId: string, sequence: number): Key => ({ pk: `ISSUE#${issueId}`, sk: `EVENT#${String(sequence).padStart(6, '0')}` })
/** What is numbered in each year. */
export type Numbered = 'ISSUES' | 'SESSIONS' | 'CASES' | 'CRITICISMS' | 'COMMENDATIONS'
/** Numbers are given out one after another, so a year's counter is one item. */
export const counterKey = (of: Numbered, year: number): Key => ({ pk: `COUNTER#${of}#${year}`, sk: 'COUNTER' })
/** What deadlines are to be reckoned anew for. The partition is empty for most of a year. */
const toReckon = 'AWAITING'
/** Marks a year whose notice was changed, until every open issue that rests on it has been looked at. */
export const amendedKey = (year: number): Key => ({ pk: toReckon, sk: String(year) })
/** Marks an issue or a case whose deadlines wait for a year's notice. No case is numbered like an issue. */
export const awaitingKey = (year: number, id: string): Key => ({ pk: toReckon, sk: `${year}#${id}` })

/** Leads to an issue from a department that neither leads nor received it first. */
const assistKey = (issueId: string, departmentId: string): Key => ({ pk: `ISSUE#${issueId}`, sk: `ASSIST#${departmentId}` })

/** Leads to a decision of a session from the lists of what is still to be closed; under its issue, which has it leave them. */
const directionKey = (issueId: string, { sessionId, decision }: Pick<Direction, 'sessionId' | 'decision'>): Key => ({ pk: `ISSUE#${issueId}`, sk: `DECISION#${placeOfDecision({ sessionId, decision })}` })

/** By session, and in order within it. */
const placeOfDecision = ({ sessionId, decision }: Pick<Direction, 'sessionId' | 'decision'>): string => `${sessionId}#${String(decision).padStart(3, '0')}`

/** Decisions whose issue is still to be closed, and those whose issue has ended. */
type DirectionState = 'open' | 'ended'

const directionItem = ({ issueId, officerId, status }: Issue, direction: Direction): Item => {
  const { sessionId, decision, departmentId, calledByDepartmentId } = direction
  const list = `DECISIONS#${(hasEnded(status) ? 'ended' : 'open') satisfies DirectionState}`
  const place = placeOfDecision(direction)
  return stored('direction', directionKey(issueId, direction), { issueId, sessionId, decision }, {
    allPk: list,
    allSk: place,
    departmentPk: `${list}#${departmentId}`,
    departmentSk: place,
    ...(calledByDepartmentId === departmentId ? {} : { receivedPk: `${list}#${calledByDepartmentId}`, receivedSk: place }),
    officerPk: `${list}#${officerId}`,
    officerSk: place,
  })
}

/** What a session has decided is listed from then on; and all of it moves over to what has ended once the issue has. */
const directionWrites = (issue: Issue, before: Issue | undefined): readonly Write[] => {
  const isEnd = hasEnded(issue.status) && before !== undefined && !hasEnded(before.status)
  const changed = isEnd ? issue.directions : issue.directions.slice(before?.directions.length ?? 0)
  return changed.map(direction => ({ put: directionItem(issue, direction), when: 'always' }))
}

const placeInLists = (issue: Pick<Issue, 'dispatchedAt' | 'issueId'>): string => `${sortable(issue.dispatchedAt)}#${issue.issueId}`

const assistItem = (issue: Issue, departmentId: string): Item =>
  stored('assist', assistKey(issue.issueId, departmentId), { issueId: issue.issueId }, { departmentPk: `ASSISTS#${departmentId}`, departmentSk: placeInLists(issue) })

/** The departments that were asked for a piece, and the one that answers for the issue after it has handed it on. */
const concernedBy = ({ pieces, responsibleDepartmentId: responsible, leadDepartmentId, firstDepartmentId }: Issue): readonly string[] => [
  ...pieces.map(({ departmentId }) => departmentId),
  ...([leadDepartmentId, firstDepartmentId].includes(responsible) ? [] : [responsible]),
]

/** What is still to end and has no step to come stands behind all others: never due, and found all the same. */
const never = '9999'

/** By when the next thing is to be done with it; or apart from those, once it has ended, by when it did. */
export const placeInTime = (shard: string, id: string, next: number | undefined, endedAt: number | undefined) =>
  endedAt === undefined
    ? { duePk: shard, dueSk: `${next === undefined ? never : sortable(next)}#${id}` }
    : { duePk: `ENDED#${shard}`, dueSk: `${sortable(endedAt)}#${id}` }

const issueItem = (issue: Issue): Item => {
  const place = placeInLists(issue)
  return stored('issue', issueKey(issue.issueId), issue, {
    version: issue.version,
    allPk: 'ISSUES',
    allSk: place,
    departmentPk: `ISSUES#${issue.leadDepartmentId}`,
    departmentSk: place,
    ...(issue.firstDepartmentId === issue.leadDepartmentId ? {} : { receivedPk: `ISSUES#${issue.firstDepartmentId}`, receivedSk: place }),
    officerPk: `ISSUES#${issue.officerId}`,
    officerSk: place,
    enterprisePk: `ISSUES#${issue.enterpriseId}`,
    enterpriseSk: place,
    ...placeInTime(`ISSUE#${shardOf(issue.issueId)}`, issue.issueId, nextActionAt(issue), endOf(issue)),
  })
}

/**
 * One decision as writes: the state, on condition that it is still what was decided on; the timeline's new events;
 * the marks by which issues waiting for a year's calendar are found again; and its places in the worklists, as far as they change.
 */
export const decisionWrites = (decision: Decision, before: Issue | undefined): readonly Write[] => {
  const { issue, events } = decision
  const first = issue.eventCount - events.length + 1
  const awaited = new Set(issue.awaitedYears)
  const concernedBefore = before === undefined ? [] : concernedBy(before)
  const concerned = new Set(concernedBy(issue).filter(id => !concernedBefore.includes(id)))
  return [
    { put: issueItem(issue), when: before === undefined ? 'new' : { version: before.version } },
    ...events.map((event, at) => ({ put: stored('event', eventKey(issue.issueId, first + at), event), when: 'new' }) as const),
    ...issue.awaitedYears.map(year => ({ put: stored('awaiting', awaitingKey(year, issue.issueId), { issueId: issue.issueId, year }), when: 'always' }) as const),
    ...directionWrites(issue, before),
    ...[...concerned].map(departmentId => ({ put: assistItem(issue, departmentId), when: 'always' }) as const),
    ...(before?.awaitedYears ?? []).filter(year => !awaited.has(year)).map(year => ({ delete: awaitingKey(year, issue.issueId), when: 'always' }) as const),
    ...taskWrites(before === undefined ? [] : tasksOfIssue(before), tasksOfIssue(issue)),
  ]
}

/** Gives out so many of the year's next numbers, if nobody else has in the meantime. */
export const counterWrite = (of: Numbered, { year, last }: Numbering, count: number): Write => ({
  put: stored('counter', counterKey(of, year), { last: last + count }, { version: last + count }),
  when: last === 0 ? 'new' : { version: last },
})

export const issueQueries = {
  all: { index: 'all', partition: 'ISSUES', descending: true } as const,
  dispatchedBetween: (from: number, before: number) =>
    ({ index: 'all', partition: 'ISSUES', from: sortable(from), to: sortable(before) }) as const,
  ledBy: (departmentId: string) => ({ index: 'department', partition: `ISSUES#${departmentId}`, descending: true }) as const,
  /** What a department received first and another leads. */
  receivedBy: (departmentId: string) => ({ index: 'received', partition: `ISSUES#${departmentId}`, descending: true }) as const,
  /** What a department was asked a piece of, or answers for after it has handed it on; each leads to its issue. */
  assistedBy: (departmentId: string) => ({ index: 'department', partition: `ASSISTS#${departmentId}`, descending: true }) as const,
  broughtBy: (officerId: string) => ({ index: 'officer', partition: `ISSUES#${officerId}`, descending: true }) as const,
  ofEnterprise: (enterpriseId: string) => ({ index: 'enterprise', partition: `ISSUES#${enterpriseId}`, descending: true }) as const,
  /** What sessions have decided, by session: all of it, of those issues alone that are still to be closed, or have ended. */
  directions: (state: DirectionState) => ({ index: 'all', partition: `DECISIONS#${state}` }) as const,
  directionsFor: (state: DirectionState, departmentId: string) => ({ index: 'department', partition: `DECISIONS#${state}#${departmentId}` }) as const,
  /** Made for another department in a session that this one called. */
  directionsBy: (state: DirectionState, departmentId: string) => ({ index: 'received', partition: `DECISIONS#${state}#${departmentId}` }) as const,
  directionsOn: (state: DirectionState, officerId: string) => ({ index: 'officer', partition: `DECISIONS#${state}#${officerId}` }) as const,
  timeline: (issueId: string) => ({ partition: `ISSUE#${issueId}`, from: 'EVENT#', to: 'EVENT#~' }) as const,
  /** Keys of the issues with a step due at this instant or before, oldest first in each shard. */
  dueAt: (now: number) => shards.map(shard => ({ index: 'due', partition: `ISSUE#${shard}`, to: `${sortable(now)}#~` }) as const),
  /** Keys of the issues that have not ended. */
  open: shards.map(shard => ({ index: 'due', partition: `ISSUE#${shard}` }) as const),
  /** Keys of those that have ended since. */
  endedSince: (from: number) => shards.map(shard => ({ index: 'due', partition: `ENDED#ISSUE#${shard}`, from: sortable(from) }) as const),
  /**
   * Marks of the issues and cases that wait for a year's notice, and of the years whose notice was changed: of years that may have one.
   * At the end of a year every open issue may wait for the next.
   */
  toReckon: (knownUntil: number) => ({ partition: toReckon, to: `${knownUntil}#~` }) as const,
  /** The same of one year, but for the mark of the year itself; and the first of all from a year on. */
  awaiting: (year: number) => ({ partition: toReckon, from: `${year}#`, to: `${year}#~` }) as const,
  awaitingFrom: (year: number) => ({ partition: toReckon, from: String(year), pageSize: 1 }) as const,
}
