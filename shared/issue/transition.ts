import { listed, Problem, type Wording } from '../contract/problem.ts'
import type { Verdict } from './rating.ts'

/** Where an issue stands. `resolved` is 办结: the department says it is solved. `closed` is 销号: the enterprise agrees. */
export const statuses = ['dispatched', 'accepted', 'resolved', 'closed'] as const
export type Status = (typeof statuses)[number]

/** What people can do to an issue. `rate` is the enterprise's own; all others are the staff's. */
export const commands = ['accept', 'reply', 'transfer', 'resolve', 'acknowledge', 'rate', 'call-back', 'override'] as const
export type Command = (typeof commands)[number]

/** Where a command leads: to one status, or by what the enterprise says. */
export type Target = Status | Readonly<Record<Verdict, Status>>

/** Only what satisfies the enterprise closes; whatever does not, is worked on again. */
const byVerdict: Target = { satisfied: 'closed', dissatisfied: 'accepted' }

/**
 * The life of an issue: for each status, the commands that are legal and the status each leads to.
 * Whatever is not in this table is refused.
 */
export const transitions: Readonly<Record<Status, Readonly<Partial<Record<Command, Target>>>>> = {
  dispatched: { accept: 'accepted', transfer: 'dispatched', acknowledge: 'dispatched' },
  accepted: { reply: 'accepted', transfer: 'dispatched', resolve: 'resolved', acknowledge: 'accepted' },
  resolved: { rate: byVerdict, 'call-back': byVerdict, override: 'closed' },
  closed: {},
}

/** Statuses in which deadlines run and levels can rise. */
const open: readonly Status[] = ['dispatched', 'accepted']

export const statusWords: Readonly<Record<Status, Wording>> = {
  dispatched: { zh: '已交办、待签收', en: 'dispatched, not yet accepted' },
  accepted: { zh: '已签收、办理中', en: 'accepted' },
  resolved: { zh: '已办结、待企业评价', en: 'resolved, not yet rated by the enterprise' },
  closed: { zh: '已销号', en: 'closed' },
}

export const commandWords: Readonly<Record<Command, Wording>> = {
  accept: { zh: '签收（accept）', en: 'accept' },
  reply: { zh: '答复（reply）', en: 'reply' },
  transfer: { zh: '转办（transfer）', en: 'transfer' },
  resolve: { zh: '办结（resolve）', en: 'resolve' },
  acknowledge: { zh: '签收催办（acknowledge）', en: 'acknowledge' },
  rate: { zh: '企业评价', en: "the enterprise's rating" },
  'call-back': { zh: '电话回访（call-back）', en: 'call-back' },
  override: { zh: '特批销号（override）', en: 'override' },
}

/** What the commands that are legal depend on. */
export interface Standing {
  readonly status: Status
  readonly clocks: Readonly<Record<string, { readonly unsigned?: number | undefined }>>
  /** When the enterprise is to be asked for its rating, where it has not given one; and whether it has come to that. */
  readonly callBack?: { readonly isDue: boolean } | undefined
}

/** Whether a level has been raised that nobody has signed for. */
export const awaitsAcknowledgement = ({ clocks }: Pick<Standing, 'clocks'>): boolean => Object.values(clocks).some(({ unsigned }) => unsigned !== undefined)

/** What has to hold beside the status before a command has anything to do. */
const occasions: Readonly<Partial<Record<Command, (issue: Standing) => boolean>>> = {
  acknowledge: awaitsAcknowledgement,
  'call-back': ({ callBack }) => callBack?.isDue === true,
}

/** The commands that are legal now: those of the table, without one that would have nothing to do. */
export const legalCommands = (issue: Standing): readonly Command[] =>
  commands.filter(command => transitions[issue.status][command] !== undefined && (occasions[command]?.(issue) ?? true))

/** An issue on which deadlines run and levels can rise. */
export const isOpen = (status: Status): boolean => open.includes(status)

/**
 * The status a command leads to; `verdict` is what the enterprise said, where the command carries that.
 * @throws Problem `command-not-legal`, which names the commands that are legal now
 */
export const statusAfter = (issue: Standing, command: Command, verdict: Verdict = 'dissatisfied'): Status => {
  const next = transitions[issue.status][command]
  if (next === undefined) {
    const legal = legalCommands(issue)
    const words = legal.length === 0 ? { zh: '无', en: 'nothing' } : listed(legal.map(each => commandWords[each]))
    throw new Problem('command-not-legal', { status: statusWords[issue.status], legal: words }, { issueStatus: issue.status, legal })
  }
  return typeof next === 'string' ? next : next[verdict]
}
