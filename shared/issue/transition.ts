import { Problem } from '../contract/problem.ts'

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

export const legalCommands = (status: Status): readonly Command[] => commands.filter(command => transitions[status][command] !== undefined)

/** An issue on which deadlines run and levels can rise. */
export const isOpen = (status: Status): boolean => legalCommands(status).length > 0

/**
 * The status a command leads to.
 * @throws Problem `command-not-legal`, which names the commands that are legal now
 */
export const statusAfter = (status: Status, command: Command): Status => {
  const next = transitions[status][command]
  if (next === undefined) {
    const legal = legalCommands(status)
    throw new Problem('command-not-legal', { status, legal: legal.join(', ') || '-' }, { members: { issueStatus: status, legal } })
  }
  return next
}
