import type { Listed, TaskList } from '../../shared/supervision/task.ts'
import { taskKeyPrefix } from '../../shared/contract/table.ts'
import { sortable } from './shard.ts'
import { stored } from './stored.ts'
import { transactionLimit, type Key, type Query, type Write } from './table.ts'

/** The office's lists have other names than a department's, so none has that of a department that is called like it. */
const partitionOf = (list: TaskList): string => `${taskKeyPrefix}${'office' in list ? `office#${list.office}` : `${list.departmentId}#${list.section}`}`

const idOf = ({ task }: Listed): string => {
  switch (task.kind) {
    case 'issue':
      return task.issueId
    case 'piece':
      return `${task.issueId}#${task.piece}`
    case 'case':
      return task.caseId
    case 'case-step':
      return `${task.caseId}#${task.stepId}`
    case 'exemption':
      return task.exemptionId
    case 'notice':
      return task.noticeId
    case 'sheet':
      return `${task.period}#${'officerId' in task.subject ? `officer#${task.subject.officerId}` : `department#${task.subject.departmentId}`}`
    case 'project':
      return task.enterpriseId
  }
}

/** In each list by when it began to wait. */
export const taskKey = (listed: Listed): Key => ({ pk: partitionOf(listed.list), sk: `${sortable(listed.task.since)}#${idOf(listed)}` })

const nameOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`

/** The worklists' changes with a change of what they lead to: what differs, and mostly nothing does. */
export const taskWrites = (before: readonly Listed[], after: readonly Listed[]): readonly Write[] => {
  const [known, wanted] = [before, after].map(tasks => new Set(tasks.map(each => nameOf(taskKey(each))))) as [Set<string>, Set<string>]
  return [
    ...after.filter(each => !known.has(nameOf(taskKey(each)))).map(each => ({ put: stored('task', taskKey(each), each.task), when: 'always' }) as const),
    ...before.filter(each => !wanted.has(nameOf(taskKey(each)))).map(each => ({ delete: taskKey(each), when: 'always' }) as const),
  ]
}

/** What a request writes beside an issue or a case: its record, a session with its decision, what is counted of a link. */
const writtenBeside = 5

const leavesList = (write: Write): boolean => 'delete' in write && write.delete.pk.startsWith(taskKeyPrefix)

/**
 * As many of them as one transaction can hold: an issue that ends with twenty late pieces and five others merged into it, in
 * departments of sixty people, is told to so many that not every piece can leave its lists with it. What is left behind
 * leads to something that waits no more, and is not shown; nothing that waits is ever left out.
 */
export const withinTransaction = (writes: readonly Write[]): readonly Write[] => {
  const surplus = writes.length - (transactionLimit - writtenBeside)
  if (surplus <= 0) return writes
  const leftBehind = new Set(writes.filter(leavesList).slice(-surplus))
  return writes.filter(write => !leftBehind.has(write))
}
/** Whether what a list leads to still stands there. */
export const stillWaits = (item: Key, tasks: readonly Listed[]): boolean => tasks.some(each => nameOf(taskKey(each)) === nameOf(item))

/** What waits in a list, the longest first. */
export const tasksIn = (list: TaskList): Query => ({ partition: partitionOf(list) })

/** Of a list that also holds what will wait later: what does by `now`. */
export const tasksBy = (list: TaskList, now: number): Query => ({ partition: partitionOf(list), to: `${sortable(now)}#~` })
