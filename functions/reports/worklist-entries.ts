import { firstDayOfMonth, type Month } from '../../shared/calendar/date.ts'
import { instantOf, localDateOf, toRfc3339, type TimeZone } from '../../shared/calendar/zone.ts'
import { handoverOf } from '../../shared/case/decision.ts'
import { levelOf } from '../../shared/case/limits.ts'
import { schedules, type ScheduleFunctionName } from '../../shared/contract/functions.ts'
import { countedAtMost, type WorklistEntry } from '../../shared/contract/worklists.ts'
import type { Clock } from '../../shared/issue/issue.ts'
import { awaitsAcknowledgement, isOpen } from '../../shared/issue/transition.ts'
import { standingOf as noticeStandingOf } from '../../shared/notice/notice.ts'
import type { Project } from '../../shared/project/project.ts'
import { standingOf, type Standing } from '../../shared/project/standing.ts'
import { noAddress } from '../../shared/roster/contact.ts'
import { missingRun } from '../../shared/supervision/schedule.ts'
import { tasksOfCase, tasksOfExemption, tasksOfIssue, tasksOfNotice, tasksOfProject, tasksOfSheet, type Task } from '../../shared/supervision/task.ts'
import { isShort, quotasOf } from '../../shared/visit/quota.ts'
import { sheetKey } from '../adapters/assessment-store.ts'
import { addressIn, holderKey, unreachedBy } from '../adapters/contact-store.ts'
import { caseKey } from '../adapters/case-store.ts'
import { issueKey, issueQueries } from '../adapters/issue-store.ts'
import { monthOfOfficer } from '../adapters/month-store.ts'
import { noticeKey } from '../adapters/notice-store.ts'
import { projectKey } from '../adapters/project-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import { lastRuns } from '../adapters/run-store.ts'
import { opened } from '../adapters/stored.ts'
import type { Item, Key, Table } from '../adapters/table.ts'
import { stillWaits } from '../adapters/task-store.ts'
import { traceOfAddress } from '../adapters/trace.ts'
import { exemptionKey } from '../adapters/visit-store.ts'

/** What is shown of items of a list, in their order; nothing of one that waits no more. */
export type Shown = readonly (WorklistEntry | undefined)[]

/** The first items of a list, and no further page read than they need. */
export const firstOf = async <T>(items: AsyncIterable<T>, most: number): Promise<T[]> => {
  const taken: T[] = []
  for await (const item of items) if (taken.push(item) === most) break
  return taken
}

const isUnsigned = (clock: Pick<Clock, 'unsigned'> | undefined): boolean => clock?.unsigned !== undefined

/** Reads what the lists lead to, and shows it. Instants in the deployment's zone. */
export const worklistEntries = (table: Table, timeZone: TimeZone, now: number) => {
  const at = (instant: number): string => toRfc3339(instant, timeZone)

  /** What a task leads to, as it is now. */
  const ofTask = (item: Item, task: Task, record: Item, standing: (project: Project) => Standing): WorklistEntry | undefined => {
    const since = at(task.since)
    switch (task.kind) {
      case 'issue':
      case 'piece': {
        const issue = opened('issue', record)
        if (!stillWaits(item, tasksOfIssue(issue))) return undefined
        const { issueId, title, level, leadDepartmentId, request } = issue
        if (task.kind === 'issue') {
          const awaits = isOpen(issue.status) && awaitsAcknowledgement(issue)
          return { kind: 'issue', issueId, title, departmentId: leadDepartmentId, level, awaitsAcknowledgement: awaits, ...(request === undefined ? {} : { request: request.kind }), since }
        }
        const piece = issue.pieces.find(each => each.piece === task.piece)
        return piece && { kind: 'piece', issueId, piece: piece.piece, title, departmentId: piece.departmentId, level: piece.level, awaitsAcknowledgement: isUnsigned(piece.clock), since }
      }
      case 'case':
      case 'case-step': {
        const it = opened('case', record)
        if (!stillWaits(item, tasksOfCase(it))) return undefined
        const { caseId, title } = it
        if (task.kind === 'case') return { kind: 'case', caseId, title, departmentId: handoverOf(it).departmentId, level: levelOf(it), awaitsAcknowledgement: false, since }
        const step = it.steps.find(({ stepId }) => stepId === task.stepId)
        return step && { kind: 'case-step', caseId, stepId: step.stepId, title, stepTitle: step.title, departmentId: step.departmentId, level: step.level, awaitsAcknowledgement: isUnsigned(step.clock), since }
      }
      case 'exemption': {
        const exemption = opened('exemption', record)
        if (!stillWaits(item, tasksOfExemption(exemption))) return undefined
        const { exemptionId, officerId, departmentId, month } = exemption
        return { kind: 'exemption', exemptionId, officerId, departmentId, month, since }
      }
      case 'notice': {
        const notice = opened('notice', record)
        if (!stillWaits(item, tasksOfNotice(notice))) return undefined
        const { noticeId, kind, title, status, subject, departmentId } = notice
        return { kind: 'notice', noticeId, notice: kind, title, status, ...('officerId' in subject ? { officerId: subject.officerId } : {}), departmentId, since }
      }
      case 'sheet': {
        const sheet = opened('sheet', record)
        const appeal = sheet.appeals.find(({ decision }) => decision === undefined)
        if (appeal === undefined || !stillWaits(item, tasksOfSheet(sheet))) return undefined
        const { period, subject, departmentId } = sheet
        return { kind: 'sheet', period, ...('officerId' in subject ? { officerId: subject.officerId } : {}), departmentId, component: appeal.component, since }
      }
      case 'project': {
        const project = opened('project', record)
        if (!stillWaits(item, tasksOfProject(project))) return undefined
        const { month, progress, lateMilestones } = standing(project)
        return { kind: 'project', enterpriseId: project.enterpriseId, month, ...progress, lateMilestones: lateMilestones.length, obstacles: project.obstacles.length, unpaired: project.behind?.departmentIds.length === 0, since }
      }
    }
  }

  const ofUnreached = (mark: Item, holder: Item | undefined): WorklistEntry | undefined => {
    const { address, reason, since } = opened('unreached', mark)
    const known = addressIn(holder)
    // Another address has been entered, or they have left, just as it was marked.
    if (holder === undefined || (known === undefined ? noAddress : traceOfAddress(known)) !== address) return undefined
    const { kind, id } = unreachedBy(mark)
    return kind === 'enterprise'
      ? { kind, enterpriseId: id, reason, since: at(since) }
      : { kind: 'officer', officerId: id, departmentId: opened('officer', holder).departmentId, reason, since: at(since) }
  }

  const standingToday = async (): Promise<(project: Project) => Standing> => {
    const rules = await readRules(table)
    return project => standingOf(project, localDateOf(now, timeZone), rules)
  }

  const read = async (items: readonly Item[]): Promise<readonly { readonly record: Item; readonly entry: WorklistEntry | undefined }[]> => {
    const tasks = items.map(item => ({ item, task: opened('task', item) }))
    // What a project has come to is reckoned by the rules; of nothing else in these lists does anybody ask for them.
    const [records, standing] = await Promise.all([table.getAll(tasks.map(({ task }) => recordKeyOf(task))), tasks.some(({ task }) => task.kind === 'project') ? standingToday() : unasked])
    return tasks.flatMap(({ item, task }, nth) => (records[nth] === undefined ? [] : [{ record: records[nth], entry: ofTask(item, task, records[nth], standing) }]))
  }

  return {
    tasks: async (items: readonly Item[]): Promise<Shown> => (await read(items)).map(({ entry }) => entry),

    /** Notices that wait for the office: but for those whose time to appeal a calendar entered since has prolonged. */
    notices: async (items: readonly Item[]): Promise<Shown> => {
      const waiting = (await read(items)).map(({ record, entry }) => ({ notice: opened('notice', record), entry }))
      // Whatever has been appealed against or praises somebody waits by no calendar.
      if (!waiting.some(({ notice }) => notice.status === 'draft' && notice.appeal !== undefined)) return waiting.map(({ entry }) => entry)
      const { calendar } = await readRules(table)
      return waiting.map(({ notice, entry }) => (notice.status === 'draft' && noticeStandingOf(notice, now, { calendar, timeZone }).canAppeal ? undefined : entry))
    },

    flags: (items: readonly Item[]): Shown =>
      items.map(item => {
        const { flagId, kind, officerId, enterpriseId, raisedAt } = opened('flag', item)
        return { kind: 'flag', flagId, flag: kind, officerId, enterpriseId, since: raisedAt }
      }),

    unreached: async (marks: readonly Item[]): Promise<Shown> => {
      const listed = marks.flatMap(mark => {
        const { kind, id } = unreachedBy(mark)
        const key = holderKey(`${kind}:${id}`)
        return key === undefined ? [] : [{ mark, key }]
      })
      const holders = await table.getAll(listed.map(({ key }) => key))
      return listed.map(({ mark }, nth) => ofUnreached(mark, holders[nth]))
    },

    /** Officers of a department who were short in that month, of those given. */
    misses: async (items: readonly Item[], month: Month, after: Month): Promise<Shown> => {
      const { policy } = await readRules(table)
      const since = at(instantOf(firstDayOfMonth(after), '00:00', timeZone))
      return Promise.all(
        items.map(async (item): Promise<WorklistEntry | undefined> => {
          const { officerId, departmentId } = opened('officer', item)
          const { pairings, records } = await monthOfOfficer(table, officerId, month)
          const enterprises = quotasOf(pairings, records, month, policy).filter(isShort).length
          return enterprises === 0 ? undefined : { kind: 'quota', officerId, departmentId, month, enterprises, since }
        }),
      )
    },

    /** The years that deadlines wait for. A year is skipped over, however many marks it has. */
    years: async (): Promise<readonly WorklistEntry[]> => {
      const entries: WorklistEntry[] = []
      for (let from = 0; ; ) {
        const [mark] = await firstOf(table.query(issueQueries.awaitingFrom(from)), 1)
        if (mark === undefined) return entries
        const year = Number(mark.sk.slice(0, 4))
        const { length } = await firstOf(table.query({ ...issueQueries.awaiting(year), pageSize: countedAtMost + 1 }), countedAtMost + 1)
        if (length > 0) entries.push({ kind: 'year', year, ...counted(length) })
        from = year + 1
      }
    },

    /** The schedules that have not run when they should have by `now`. */
    missingRuns: async (): Promise<readonly WorklistEntry[]> => {
      const names = Object.keys(schedules) as ScheduleFunctionName[]
      const runs = await lastRuns(table, names)
      return names.flatMap((schedule, nth) => {
        const missing = missingRun(schedule, runs[nth], now)
        if (missing === undefined) return []
        const { lastRun, since } = missing
        return [{ kind: 'schedule', schedule, ...(lastRun === undefined ? {} : { lastRun: at(lastRun) }), ...(since === undefined ? {} : { since: at(since) }) }]
      })
    },
  }
}

/** How many there are, as far as is counted. */
export const counted = (length: number): { readonly count: number; readonly more: boolean } => ({ count: Math.min(length, countedAtMost), more: length > countedAtMost })

const unasked = (): never => {
  throw new Error('no project stands in these lists')
}

const recordKeyOf = (task: Task): Key => {
  switch (task.kind) {
    case 'issue':
    case 'piece':
      return issueKey(task.issueId)
    case 'case':
    case 'case-step':
      return caseKey(task.caseId)
    case 'exemption':
      return exemptionKey(task.exemptionId)
    case 'notice':
      return noticeKey(task.noticeId)
    case 'sheet':
      return sheetKey(task.period, task.subject)
    case 'project':
      return projectKey(task.enterpriseId)
  }
}
