import { listedLegal, Problem, type Wording } from '../contract/problem.ts'
import type { Verdict } from './rating.ts'
import type { RequestKind } from './issue.ts'

/**
 * Where an issue stands. `paused`: the clocks stand still until the enterprise or an outside body has acted. `resolved`
 * is 办结: the department says it is solved, or why it cannot be. `closed` is 销号: the enterprise agrees. `withdrawn`:
 * the enterprise has taken it back. `merged` is 并办: it is about the same matter as another issue, and is resolved with that.
 */
export const statuses = ['dispatched', 'accepted', 'paused', 'merged', 'resolved', 'closed', 'withdrawn'] as const
export type Status = (typeof statuses)[number]

/**
 * What can happen to an issue. `rate`, `inform` and `withdraw` are the enterprise's own; `follow` comes of what is done to the
 * issue it was merged into; all others are the staff's.
 */
export const commands = [
  'accept', 'reply', 'transfer', 'resolve', 'assist', 'answer', 'explanation', 'extension', 'pause', 'decision', 'resume', 'tier', 'merge', 'separate', 'direct', 'acknowledge',
  'follow', 'rate', 'call-back', 'override', 'inform', 'withdraw',
] as const
export type Command = (typeof commands)[number]

/** What decides where a command leads: what the enterprise says, what is approved of what was asked for, or whether the department that leads it has accepted it. */
export type Outcome = Verdict | RequestKind | 'refused' | 'accepted' | 'not-accepted'

/** Where a command leads: to one status, or by its outcome. */
export type Target = Status | Readonly<Partial<Record<Outcome, Status>>>

/** Only what satisfies the enterprise closes; whatever does not, is worked on again. */
const byVerdict: Target = { satisfied: 'closed', dissatisfied: 'accepted' }

/** An approved extension changes the deadline alone. */
const byDecision: Target = { extension: 'accepted', pause: 'paused', explanation: 'resolved', refused: 'accepted' }

/** Whoever leads an issue has to accept it before they go on with it. */
const byAcceptance: Target = { accepted: 'accepted', 'not-accepted': 'dispatched' }

/**
 * The life of an issue: for each status, the commands that are legal and the status each leads to.
 * Whatever is not in this table is refused.
 */
export const transitions: Readonly<Record<Status, Readonly<Partial<Record<Command, Target>>>>> = {
  dispatched: { accept: 'accepted', transfer: 'dispatched', answer: 'dispatched', tier: 'dispatched', merge: 'merged', direct: 'dispatched', acknowledge: 'dispatched', inform: 'dispatched', withdraw: 'withdrawn' },
  accepted: {
    reply: 'accepted', transfer: 'dispatched', resolve: 'resolved', assist: 'accepted', answer: 'accepted', explanation: 'accepted', extension: 'accepted', pause: 'accepted',
    decision: byDecision, tier: 'accepted', merge: 'merged', direct: byAcceptance, acknowledge: 'accepted', inform: 'accepted', withdraw: 'withdrawn',
  },
  paused: { reply: 'paused', answer: 'paused', resume: 'accepted', inform: 'paused', withdraw: 'withdrawn' },
  merged: { reply: 'merged', separate: byAcceptance, follow: 'resolved', inform: 'merged', withdraw: 'withdrawn' },
  resolved: { rate: byVerdict, 'call-back': byVerdict, override: 'closed', withdraw: 'withdrawn' },
  closed: {},
  withdrawn: {},
}

/** Statuses in which deadlines run and levels can rise. */
const open: readonly Status[] = ['dispatched', 'accepted']

/** Whether the department still owes something; while the clocks stand still, too. */
export const isUnderWay = (status: Status): boolean => isOpen(status) || status === 'paused'

/** Whether nothing can follow any more. */
export const hasEnded = (status: Status): boolean => Object.keys(transitions[status]).length === 0

/** Whether the matter is still to be resolved, here or where another issue is worked on that this one is merged into. */
export const isUnresolved = (status: Status): boolean => isUnderWay(status) || status === 'merged'

export const statusWords: Readonly<Record<Status, Wording>> = {
  dispatched: { zh: '已交办、待签收', en: 'dispatched, not yet accepted' },
  accepted: { zh: '已签收、办理中', en: 'accepted' },
  paused: { zh: '已暂停计时', en: 'paused' },
  merged: { zh: '已并办', en: 'merged into another' },
  resolved: { zh: '已办结、待企业评价', en: 'resolved, not yet rated by the enterprise' },
  closed: { zh: '已销号', en: 'closed' },
  withdrawn: { zh: '企业已撤回', en: 'withdrawn by the enterprise' },
}

export const commandWords: Readonly<Record<Command, Wording>> = {
  accept: { zh: '签收（accept）', en: 'accept' },
  reply: { zh: '答复（reply）', en: 'reply' },
  transfer: { zh: '转办（transfer）', en: 'transfer' },
  resolve: { zh: '办结（resolve）', en: 'resolve' },
  assist: { zh: '商请协办（assist）', en: 'assist' },
  answer: { zh: '协办部门答复或退回', en: "an assisting department's answer" },
  explanation: { zh: '申请解释办结（explanation）', en: 'explanation' },
  extension: { zh: '申请延期（extension）', en: 'extension' },
  pause: { zh: '申请暂停计时（pause）', en: 'pause' },
  decision: { zh: '审批申请（decision）', en: 'decision' },
  resume: { zh: '恢复计时（resume）', en: 'resume' },
  tier: { zh: '调整层级（tier）', en: 'tier' },
  merge: { zh: '并办（merge）', en: 'merge' },
  separate: { zh: '解除并办（separate）', en: 'separate' },
  direct: { zh: '现场办公决定', en: 'a decision of an on-site session' },
  acknowledge: { zh: '签收催办（acknowledge）', en: 'acknowledge' },
  follow: { zh: '随所并入的问题办结', en: 'the resolution of the issue it was merged into' },
  rate: { zh: '企业评价', en: "the enterprise's rating" },
  'call-back': { zh: '电话回访（call-back）', en: 'call-back' },
  override: { zh: '特批销号（override）', en: 'override' },
  inform: { zh: '企业补充情况', en: 'information from the enterprise' },
  withdraw: { zh: '企业撤回', en: "the enterprise's withdrawal" },
}

/** What the commands that are legal depend on. */
export interface Standing {
  readonly status: Status
  readonly clocks: Readonly<Record<string, { readonly unsigned?: number | undefined }>>
  /** When the enterprise is to be asked for its rating, where it has not given one; and whether it has come to that. */
  readonly callBack?: { readonly isDue: boolean } | undefined
  /** What has been asked for and not decided on. */
  readonly request?: object | undefined
  /** What it was extended by. */
  readonly extension?: object | undefined
  /** What other departments were asked for, and whether it is still to come. */
  readonly pieces: readonly { readonly status: string }[]
  /** The issues that were merged into it. */
  readonly followers: readonly string[]
}

/** Whether a level has been raised that nobody has signed for. */
export const awaitsAcknowledgement = ({ clocks }: Pick<Standing, 'clocks'>): boolean => Object.values(clocks).some(({ unsigned }) => unsigned !== undefined)

const nothingAsked = ({ request }: Standing): boolean => request === undefined

/** What has to hold beside the status before a command has anything to do. */
const occasions: Readonly<Partial<Record<Command, (issue: Standing) => boolean>>> = {
  explanation: nothingAsked,
  extension: issue => nothingAsked(issue) && issue.extension === undefined,
  pause: nothingAsked,
  decision: issue => !nothingAsked(issue),
  // What others were merged into is not merged itself: they would follow what nobody works on.
  merge: ({ followers }) => followers.length === 0,
  // It comes by itself.
  follow: () => false,
  answer: ({ pieces }) => pieces.some(({ status }) => status === 'open'),
  acknowledge: awaitsAcknowledgement,
  'call-back': ({ callBack }) => callBack?.isDue === true,
}

/** The commands that are legal now: those of the table, without one that would have nothing to do. */
export const legalCommands = (issue: Standing): readonly Command[] =>
  commands.filter(command => transitions[issue.status][command] !== undefined && (occasions[command]?.(issue) ?? true))

/** An issue on which deadlines run and levels can rise. */
export const isOpen = (status: Status): boolean => open.includes(status)

/**
 * The status a command leads to; `outcome` is what decides it, where the table leaves that open.
 * @throws Problem `command-not-legal`, which names the commands that are legal now
 */
export const statusAfter = (issue: Standing, command: Command, outcome?: Outcome): Status => {
  const target = transitions[issue.status][command]
  const next = typeof target === 'object' ? outcome && target[outcome] : target
  if (next !== undefined) return next
  const legal = legalCommands(issue)
  throw new Problem('command-not-legal', { status: statusWords[issue.status], legal: listedLegal(legal.map(each => commandWords[each])) }, { issueStatus: issue.status, legal })
}
