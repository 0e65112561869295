import { monthOf, type Month } from '../calendar/date.ts'
import type { Instant } from '../calendar/zone.ts'
import type { Case, CaseEvent } from '../case/case.ts'
import { officerOf, stepOf } from '../case/decision.ts'
import type { Issue, Level, TimelineEvent } from '../issue/issue.ts'
import { isExcusedIn, ofIssue, ofPairing, type Period } from '../report/contribution.ts'
import type { Notice } from '../notice/notice.ts'
import type { Flag } from '../visit/flag.ts'
import type { Quota } from '../visit/quota.ts'
import { keptAmounts, type Component, type Tallied } from './component.ts'
import type { SheetRecord } from './sheet.ts'

/** What a record of the period adds to the sheets of an officer and of a department; of neither, where it does not concern one. */
export interface OfBoth {
  readonly record: SheetRecord
  readonly officerId?: string | undefined
  readonly departmentId?: string | undefined
}

const kept = (amounts: Readonly<Record<string, number>>): Record<string, number> => Object.fromEntries(Object.entries(amounts).filter(([name, amount]) => amount !== 0 && keptAmounts.has(name)))

const recordOf = (id: string, amounts: Readonly<Record<string, number>>, leftOut: readonly Component[] = []): SheetRecord => ({
  id,
  amounts: kept(amounts),
  ...(leftOut.length === 0 ? {} : { leftOut: [...leftOut] }),
})

/** Whether it says anything: adds something to a component, or was left out of one. */
const saysAnything = ({ amounts, leftOut }: SheetRecord): boolean => Object.keys(amounts).length > 0 || leftOut !== undefined

/** A month of a pairing that owes visits; nothing of one that owes none. */
export const ofPairingMonth = (quota: Quota): SheetRecord | undefined => {
  const record = recordOf(`pairing/${quota.month}/${quota.officerId}/${quota.enterpriseId}`, ofPairing(quota), quota.required > 0 && quota.exempt ? ['quota'] : [])
  return saysAnything(record) ? record : undefined
}

/** An issue, as it stood at the end of the period: of the officer whose it is, and of the department that leads it now. */
export const ofIssueIn = (issue: Issue, period: Period): OfBoth | undefined => {
  const { amounts, departmentId } = ofIssue(issue, period)
  // Taken back before it was answered, it owes no answer either.
  const takenBack: readonly Component[] = amounts.repliesDue === 1 ? ['resolution', 'inTime'] : ['response', 'resolution', 'inTime']
  const leftOut: readonly Component[] = amounts.raisedWithdrawn === 1 ? takenBack : isExcusedIn(issue, period) ? ['inTime'] : []
  const record = recordOf(`issue/${issue.issueId}`, amounts, leftOut)
  return saysAnything(record) ? { record, officerId: issue.officerId, departmentId } : undefined
}

const levelRecord = (id: string, level: Level, isExcused: boolean): SheetRecord => recordOf(`level/${id}`, { [`level${level}` satisfies Tallied]: 1 }, isExcused ? ['levels'] : [])

/** Who led the issue at that moment, and which version its deadline had, by what its timeline had said. */
interface Standing {
  readonly departmentId: string
  readonly deadlineVersion: number
}

/** What an event changes of that: the department that leads from then on, or that has accepted it; another deadline. */
const standingAfter = ({ departmentId, deadlineVersion }: Standing, event: TimelineEvent): Standing => ({
  departmentId: event.event === 'dispatched' || event.event === 'accepted' || event.event === 'transferred' || event.event === 'directed' || event.event === 'merged' ? event.departmentId : departmentId,
  deadlineVersion: 'deadlineVersion' in event && event.event !== 'excused' ? event.deadlineVersion : deadlineVersion,
})

/** The levels that missed deadlines of an issue and its pieces raised in the period, by its timeline, which is in order. */
export const levelsOfIssue = (issue: Pick<Issue, 'issueId' | 'officerId' | 'firstDepartmentId'>, events: readonly TimelineEvent[], { from, until }: Period): readonly OfBoth[] => {
  const excused = new Set(events.flatMap(event => (event.event === 'excused' ? [event.deadlineVersion] : [])))
  const levels: OfBoth[] = []
  let standing: Standing = { departmentId: issue.firstDepartmentId, deadlineVersion: 1 }
  for (const [at, event] of events.entries()) {
    standing = standingAfter(standing, event)
    if (!isWithin(event.at, { from, until })) continue
    const id = `${issue.issueId}/${at + 1}`
    if (event.event === 'assist-escalated') levels.push({ record: levelRecord(id, event.level, false), departmentId: event.departmentId })
    if (event.event !== 'escalated') continue
    const { departmentId, deadlineVersion } = standing
    const record = levelRecord(id, event.level, event.clock === 'resolve' && excused.has(deadlineVersion))
    levels.push({ record, departmentId, ...(departmentId === issue.firstDepartmentId ? { officerId: issue.officerId } : {}) })
  }
  return levels
}

/** The same of the steps of a case; of the officer who goes along with the step, or has. */
export const levelsOfCase = (it: Case, events: readonly CaseEvent[], { from, until }: Period): readonly OfBoth[] => {
  const versions = new Map<string, number>()
  const excused = new Set(events.flatMap(event => (event.event === 'step-excused' ? [versionOf(event.stepId, event.deadlineVersion)] : [])))
  const levels: OfBoth[] = []
  for (const [at, event] of events.entries()) {
    if (event.event === 'step-resumed') versions.set(event.stepId, event.deadlineVersion)
    if (event.event === 'returned') versions.set(handoverStep(it), event.deadlineVersion)
    if (event.event === 'deadlines-recomputed') for (const { stepId } of event.steps) versions.set(stepId, (versions.get(stepId) ?? 1) + 1)
    if (event.event !== 'step-escalated' || !isWithin(event.at, { from, until })) continue
    const { stepId, departmentId, level } = event
    const isExcused = excused.has(versionOf(stepId, versions.get(stepId) ?? 1))
    levels.push({ record: levelRecord(`${it.caseId}/${at + 1}`, level, isExcused), departmentId, officerId: officerOf(it, stepOf(it, stepId)) })
  }
  return levels
}

const versionOf = (stepId: string, deadlineVersion: number): string => `${stepId} ${deadlineVersion}`

/** The last step hands the result over, and begins anew where the enterprise has nothing. */
const handoverStep = ({ steps }: Case): string => steps.at(-1)?.stepId ?? ''

const isWithin = (at: Instant, { from, until }: Period): boolean => from <= at && at < until

/** A flag that was found irregular, of a visit in one of the period's months. */
export const ofFlag = ({ flagId, finding, officerId, visitedOn }: Pick<Flag, 'flagId' | 'finding' | 'officerId' | 'visitedOn'>, months: readonly Month[]): OfBoth | undefined =>
  finding === 'irregular' && months.includes(monthOf(visitedOn)) ? { record: recordOf(`flag/${flagId}`, { flagsUpheld: 1 }), officerId } : undefined

/** A notice that was published in the period and stands: of the officer, or of the department. */
export const ofNotice = ({ noticeId, kind, status, subject, publishedAt }: Pick<Notice, 'noticeId' | 'kind' | 'status' | 'subject' | 'publishedAt'>, period: Period): OfBoth | undefined => {
  if (status !== 'published' || publishedAt === undefined || !isWithin(publishedAt, period)) return undefined
  return { record: recordOf(`${kind}/${noticeId}`, { [kind === 'criticism' ? 'criticisms' : 'commendations']: 1 }), ...subject }
}

/** In one order, however they were read. */
export const inOrder = (records: readonly SheetRecord[]): SheetRecord[] => [...records].sort((one, other) => (one.id < other.id ? -1 : 1))
