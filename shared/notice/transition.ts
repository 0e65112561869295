import { listedLegal, Problem, type Wording } from '../contract/problem.ts'

/** What a notice says of whom it concerns: 通报 criticism, or 激励 commendation. */
export const noticeKinds = ['criticism', 'commendation'] as const
export type NoticeKind = (typeof noticeKinds)[number]

export const noticeKindWords: Readonly<Record<NoticeKind, Wording>> = {
  criticism: { zh: '通报批评', en: 'notice of criticism' },
  commendation: { zh: '通报表扬', en: 'commendation' },
}

/**
 * Where a notice stands. `upheld`: it was appealed against, and stands. `dropped`: given up before anybody else saw it, or
 * because the appeal was granted. `withdrawn`: taken back after it had been published, which stays to be seen.
 */
export const noticeStatuses = ['draft', 'appealed', 'upheld', 'published', 'withdrawn', 'dropped'] as const
export type NoticeStatus = (typeof noticeStatuses)[number]

/** What can be done with a notice. */
export const noticeCommands = ['appeal', 'decide', 'publish', 'drop', 'withdraw'] as const
export type NoticeCommand = (typeof noticeCommands)[number]

/** What becomes of an appeal. */
export const appealOutcomes = ['upheld', 'granted'] as const
export type AppealOutcome = (typeof appealOutcomes)[number]

/** Where a command leads: to one status, or by what becomes of the appeal. */
type Target = NoticeStatus | Readonly<Record<AppealOutcome, NoticeStatus>>

/** The life of a notice. Whatever is not in this table is refused. */
export const noticeTransitions: Readonly<Record<NoticeStatus, Readonly<Partial<Record<NoticeCommand, Target>>>>> = {
  draft: { appeal: 'appealed', publish: 'published', drop: 'dropped' },
  appealed: { decide: { upheld: 'upheld', granted: 'dropped' } },
  upheld: { publish: 'published', drop: 'dropped' },
  published: { withdraw: 'withdrawn' },
  withdrawn: {},
  dropped: {},
}

export const noticeStatusWords: Readonly<Record<NoticeStatus, Wording>> = {
  draft: { zh: '拟稿', en: 'a draft' },
  appealed: { zh: '申诉待复核', en: 'appealed against' },
  upheld: { zh: '申诉未获支持', en: 'upheld' },
  published: { zh: '已发布', en: 'published' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  dropped: { zh: '不予发布', en: 'dropped' },
}

export const noticeCommandWords: Readonly<Record<NoticeCommand, Wording>> = {
  appeal: { zh: '申诉（appeal）', en: 'appeal' },
  decide: { zh: '复核申诉（decision）', en: 'decision' },
  publish: { zh: '发布（publication）', en: 'publication' },
  drop: { zh: '放弃（drop）', en: 'drop' },
  withdraw: { zh: '撤回（withdrawal）', en: 'withdrawal' },
}

/** What the commands that are legal depend on. `canAppeal`: there is still time to appeal. */
export interface NoticeStanding {
  readonly kind: NoticeKind
  readonly status: NoticeStatus
  readonly canAppeal: boolean
}

/** What has to hold beside the status: of a draft, whether there is still time to appeal against it. */
const isOccasion = ({ status, canAppeal }: NoticeStanding, command: NoticeCommand): boolean => {
  if (command === 'appeal') return canAppeal
  return command !== 'publish' || status !== 'draft' || !canAppeal
}

/** Nobody appeals against praise. */
const targetOf = ({ kind, status }: NoticeStanding, command: NoticeCommand): Target | undefined =>
  kind === 'commendation' && command === 'appeal' ? undefined : noticeTransitions[status][command]

/** The commands that can be given now. */
export const legalNoticeCommands = (standing: NoticeStanding): readonly NoticeCommand[] =>
  noticeCommands.filter(command => targetOf(standing, command) !== undefined && isOccasion(standing, command))

/**
 * The status a command leads to; `outcome` is what becomes of the appeal, where that decides it. Whether there is time to
 * appeal is the rules' matter: they say more of it.
 * @throws Problem `notice-command-not-legal`, which names the commands that are legal now
 */
export const noticeStatusAfter = (standing: NoticeStanding, command: NoticeCommand, outcome?: AppealOutcome): NoticeStatus => {
  const target = targetOf(standing, command)
  const next = typeof target === 'object' ? outcome && target[outcome] : target
  if (next !== undefined) return next
  const legal = legalNoticeCommands(standing)
  throw new Problem('notice-command-not-legal', { status: noticeStatusWords[standing.status], legal: listedLegal(legal.map(each => noticeCommandWords[each])) }, { noticeStatus: standing.status, legal })
}
