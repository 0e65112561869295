import { listed, Problem, type Wording } from '../contract/problem.ts'

/** Where an issue stands. `resolved` is 办结: the department says it is solved. */
export const statuses = ['dispatched', 'accepted', 'resolved'] as const
export type Status = (typeof statuses)[number]

/** What people can do to an issue. */
export const commands = ['accept', 'reply', 'transfer', 'resolve', 'acknowledge'] as const
export type Command = (typeof commands)[number]

/**
 * The life of an issue: for each status, the commands that are legal and the status each leads to.
 * Whatever is not in this table is refused.
 */
export const transitions: Readonly<Record<Status, Readonly<Partial<Record<Command, Status>>>>> = {
  dispatched: { accept: 'accepted', transfer: 'dispatched', acknowledge: 'dispatched' },
  accepted: { reply: 'accepted', transfer: 'dispatched', resolve: 'resolved', acknowledge: 'accepted' },
  resolved: {},
}

export const statusWords: Readonly<Record<Status, Wording>> = {
  dispatched: { zh: '已交办、待签收', en: 'dispatched, not yet accepted' },
  accepted: { zh: '已签收、办理中', en: 'accepted' },
  resolved: { zh: '已办结', en: 'resolved' },
}

export const commandWords: Readonly<Record<Command, Wording>> = {
  accept: { zh: '签收（accept）', en: 'accept' },
  reply: { zh: '答复（reply）', en: 'reply' },
  transfer: { zh: '转办（transfer）', en: 'transfer' },
  resolve: { zh: '办结（resolve）', en: 'resolve' },
  acknowledge: { zh: '签收催办（acknowledge）', en: 'acknowledge' },
}

/** What the commands that are legal depend on. */
export interface Standing {
  readonly status: Status
  readonly clocks: Readonly<Record<string, { readonly unsigned?: number | undefined }>>
}

/** Whether a level has been raised that nobody has signed for. */
export const awaitsAcknowledgement = ({ clocks }: Pick<Standing, 'clocks'>): boolean => Object.values(clocks).some(({ unsigned }) => unsigned !== undefined)

/** The commands that are legal now: those of the table, without one that would have nothing to do. */
export const legalCommands = (issue: Standing): readonly Command[] =>
  commands.filter(command => transitions[issue.status][command] !== undefined && (command !== 'acknowledge' || awaitsAcknowledgement(issue)))

/** An issue on which deadlines run and levels can rise. */
export const isOpen = (status: Status): boolean => Object.keys(transitions[status]).length > 0

/**
 * The status a command leads to.
 * @throws Problem `command-not-legal`, which names the commands that are legal now
 */
export const statusAfter = (issue: Standing, command: Command): Status => {
  const next = transitions[issue.status][command]
  if (next === undefined) {
    const legal = legalCommands(issue)
    const words = legal.length === 0 ? { zh: '无', en: 'nothing' } : listed(legal.map(each => commandWords[each]))
    throw new Problem('command-not-legal', { status: statusWords[issue.status], legal: words }, { issueStatus: issue.status, legal })
  }
  return next
}
