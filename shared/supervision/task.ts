import * as z from 'zod/mini'
import type { KeptSheet } from '../assessment/assessment.ts'
import { subjectSchema } from '../roster/subject.ts'
import { parseInstant, type Instant } from '../calendar/zone.ts'
import type { Case, Step } from '../case/case.ts'
import { isOpenStep } from '../case/transition.ts'
import { isMissed } from '../issue/deadline.ts'
import { clockNames, levels, type Clock, type Issue, type Level, type Piece } from '../issue/issue.ts'
import { isUnresolved } from '../issue/transition.ts'
import type { Notice } from '../notice/notice.ts'
import type { Project } from '../project/project.ts'
import type { Exemption } from '../visit/exemption.ts'

/**
 * 督办待办: what waits for the campaign office or for a department, and since when. Each follows from how an issue, a case, a
 * request, a notice, a sheet or a project stands, and from nothing else; so what is listed can be compared with what is kept.
 */

/** What waits, and since when, in epoch milliseconds. */
const since = z.int()
export const taskSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('issue'), issueId: z.string(), since }),
  z.strictObject({ kind: z.literal('piece'), issueId: z.string(), piece: z.int(), since }),
  z.strictObject({ kind: z.literal('case'), caseId: z.string(), since }),
  z.strictObject({ kind: z.literal('case-step'), caseId: z.string(), stepId: z.string(), since }),
  z.strictObject({ kind: z.literal('exemption'), exemptionId: z.string(), since }),
  z.strictObject({ kind: z.literal('notice'), noticeId: z.string(), since }),
  z.strictObject({ kind: z.literal('sheet'), period: z.string(), subject: subjectSchema, since }),
  z.strictObject({ kind: z.literal('project'), enterpriseId: z.string(), since }),
])
export type Task = z.infer<typeof taskSchema>

/** What waits for the campaign office: what stands at each level 催办、督办、通报, enterprises to be called back 回访, notices to be decided on or published 通报, appeals on assessments to be decided 考核申诉, projects that are behind 滞后. */
export type OfficeTasks = `level-${Level}` | 'call-backs' | 'notices' | 'assessments' | 'projects'

/** What waits for a department: what is past its deadline 逾期, what its director has to decide, and projects of its officers that are behind. */
export type DepartmentTasks = 'overdue' | 'requests' | 'exemptions' | 'projects'

/** Whose list a task stands in, and in which. */
export type TaskList = { readonly office: OfficeTasks } | { readonly departmentId: string; readonly section: DepartmentTasks }

/** A task with the list it stands in. */
export interface Listed {
  readonly list: TaskList
  readonly task: Task
}

/** Where an issue stands in worklists, with its pieces. One that is merged stays: it is still to be resolved. */
export const tasksOfIssue = (issue: Issue): readonly Listed[] => {
  const { issueId, status, callBack, leadDepartmentId: departmentId, request } = issue
  const itself = (list: TaskList, at: Instant): Listed => ({ list, task: { kind: 'issue', issueId, since: at } })
  if (status === 'resolved' && callBack?.isDue === true) return [itself({ office: 'call-backs' }, callBack.at)]
  if (!isUnresolved(status)) return []
  return [
    ...raised(issue, issue.dispatchedAt, itself),
    ...overdue(clockNames.map(name => issue.clocks[name]), departmentId, itself),
    ...(request === undefined ? [] : [itself({ departmentId, section: 'requests' }, request.at)]),
    ...issue.pieces.flatMap(piece => tasksOfPiece(issueId, piece)),
  ]
}

const tasksOfPiece = (issueId: string, piece: Piece): readonly Listed[] => {
  if (piece.status !== 'open') return []
  const itself = (list: TaskList, at: Instant): Listed => ({ list, task: { kind: 'piece', issueId, piece: piece.piece, since: at } })
  return [...raised(piece, piece.clock.from, itself), ...overdue([piece.clock], piece.departmentId, itself)]
}

/** The same of a case, with its steps. */
export const tasksOfCase = ({ caseId, callBack, steps }: Case): readonly Listed[] => [
  ...(callBack?.isDue === true ? [{ list: { office: 'call-backs' }, task: { kind: 'case', caseId, since: callBack.at } } as const] : []),
  ...steps.flatMap(step => tasksOfStep(caseId, step)),
]

const tasksOfStep = (caseId: string, { stepId, departmentId, status, clock, level, raisedAt }: Step): readonly Listed[] => {
  if (clock === undefined || !isOpenStep(status)) return []
  const itself = (list: TaskList, at: Instant): Listed => ({ list, task: { kind: 'case-step', caseId, stepId, since: at } })
  return [...raised({ level, raisedAt }, clock.from, itself), ...overdue([clock], departmentId, itself)]
}

/** A request for an exemption waits for the director of the department that it was asked in. */
export const tasksOfExemption = ({ exemptionId, departmentId, status, requestedAt }: Exemption): readonly Listed[] =>
  status === 'requested' ? [{ list: { departmentId, section: 'exemptions' }, task: { kind: 'exemption', exemptionId, since: parseInstant(requestedAt) } }] : []

/**
 * A notice waits for the office while it is to be published, and while an appeal against it is to be decided. A criticism
 * stands in the list from its draft on, at the instant when the time to appeal runs out: nothing is written then, and what
 * lies ahead is passed over.
 */
export const tasksOfNotice = (notice: Notice): readonly Listed[] => {
  const since = waitsSince(notice)
  return since === undefined ? [] : [{ list: { office: 'notices' }, task: { kind: 'notice', noticeId: notice.noticeId, since } }]
}

const waitsSince = ({ status, appeal, draftedAt, events }: Notice): Instant | undefined => {
  switch (status) {
    case 'draft':
      return appeal?.runsOut ?? draftedAt
    case 'appealed':
    case 'upheld':
      return events.at(-1)?.at
    case 'published':
    case 'withdrawn':
    case 'dropped':
      return undefined
  }
}

/** A sheet of an assessment waits for the office while an appeal on it is to be decided. */
export const tasksOfSheet = ({ period, subject, appeals }: Pick<KeptSheet, 'period' | 'subject' | 'appeals'>): readonly Listed[] =>
  appeals.filter(({ decision }) => decision === undefined).map(({ at }) => ({ list: { office: 'assessments' }, task: { kind: 'sheet', period, subject, since: at } }))

/** A project that is behind stands before the office, and before each department that has an officer paired with it, if any has. */
export const tasksOfProject = ({ enterpriseId, behind }: Project): readonly Listed[] => {
  if (behind === undefined) return []
  const task: Task = { kind: 'project', enterpriseId, since: behind.since }
  return [{ list: { office: 'projects' }, task }, ...behind.departmentIds.map((departmentId): Listed => ({ list: { departmentId, section: 'projects' }, task }))]
}

type Place = (list: TaskList, at: Instant) => Listed

/** What has reached a level stands in its list until it is done with, whether or not somebody has signed for that. */
const raised = ({ level, raisedAt }: { readonly level: Issue['level']; readonly raisedAt?: Instant | undefined }, began: Instant, place: Place): readonly Listed[] =>
  levels.filter(each => each === level).map(each => place({ office: `level-${each}` }, raisedAt ?? began))

/**
 * Overdue from the sweep on that finds a deadline missed, which is the morning after; since the deadline, of several the
 * first.
 */
const overdue = (clocks: readonly Clock[], departmentId: string, place: Place): readonly Listed[] => {
  const missed = clocks.filter(isMissed).map(({ by }) => by)
  return missed.length === 0 ? [] : [place({ departmentId, section: 'overdue' }, Math.min(...missed))]
}
