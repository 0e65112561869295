import { listedLegal, Problem, type Wording } from '../contract/problem.ts'

/** Where an on-site session 现场办公 stands: it has been called, has taken place, or will not. */
export const sessionStatuses = ['called', 'held', 'cancelled'] as const
export type SessionStatus = (typeof sessionStatuses)[number]

/** What can be done with a session. */
export const sessionCommands = ['change', 'cancel', 'decide', 'minutes'] as const
export type SessionCommand = (typeof sessionCommands)[number]

/** The life of a session: for each status, the commands that are legal and the status each leads to. */
export const sessionTransitions: Readonly<Record<SessionStatus, Readonly<Partial<Record<SessionCommand, SessionStatus>>>>> = {
  called: { change: 'called', cancel: 'cancelled', decide: 'called', minutes: 'held' },
  held: {},
  cancelled: {},
}

export const sessionStatusWords: Readonly<Record<SessionStatus, Wording>> = {
  called: { zh: '已召集', en: 'called' },
  held: { zh: '已召开', en: 'held' },
  cancelled: { zh: '已取消', en: 'cancelled' },
}

export const sessionCommandWords: Readonly<Record<SessionCommand, Wording>> = {
  change: { zh: '变更（change）', en: 'change' },
  cancel: { zh: '取消（cancellation）', en: 'cancellation' },
  decide: { zh: '作出决定（decisions）', en: 'decisions' },
  minutes: { zh: '形成纪要（minutes）', en: 'minutes' },
}

/** What the commands that are legal depend on. */
interface SessionStanding {
  readonly status: SessionStatus
  readonly decisions: readonly unknown[]
}

/** What has been decided there binds departments by now: it is another matter to change it, or to say that there was none. */
const untilDecided: readonly SessionCommand[] = ['change', 'cancel']

const legalCommands = ({ status, decisions }: SessionStanding): readonly SessionCommand[] =>
  sessionCommands.filter(command => sessionTransitions[status][command] !== undefined && (decisions.length === 0 || !untilDecided.includes(command)))

/**
 * The status a command leads to.
 * @throws Problem `session-command-not-legal`, which names the commands that are legal now
 */
export const sessionStatusAfter = (session: SessionStanding, command: SessionCommand): SessionStatus => {
  const legal = legalCommands(session)
  const next = legal.includes(command) ? sessionTransitions[session.status][command] : undefined
  if (next !== undefined) return next
  throw new Problem('session-command-not-legal', { status: sessionStatusWords[session.status], legal: listedLegal(legal.map(each => sessionCommandWords[each])) }, { sessionStatus: session.status, legal })
}
