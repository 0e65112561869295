import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commands, commandWords, statuses, statusWords, transitions, type Command, type Status } from '../../shared/issue/transition.ts'
import { sessionCommands, sessionCommandWords, sessionStatuses, sessionStatusWords, sessionTransitions, type SessionCommand, type SessionStatus } from '../../shared/session/transition.ts'

/** How a README names what its table is about. */
interface Words<S, C> {
  readonly status: (status: S) => string
  readonly command: (command: C) => string
  readonly or: string
}

/** What can be done in each status, and where it leads. */
interface Life<S extends string, C extends string> {
  readonly statuses: readonly S[]
  readonly commands: readonly C[]
  readonly target: (status: S, command: C) => S | Readonly<Partial<Record<string, S>>> | undefined
}

/** The table of transitions as a README shows it. */
const drawn = <S extends string, C extends string>({ statuses: all, commands: some, target }: Life<S, C>, { status: nameOf, command: headOf, or }: Words<S, C>): string => {
  const cellOf = (led: ReturnType<typeof target>): string => {
    if (led === undefined) return '–'
    const ends = typeof led === 'string' ? [led] : Object.values(led).flatMap(status => status ?? [])
    return [...new Set(ends)].map(nameOf).join(or)
  }
  return [
    `| | ${all.map(nameOf).join(' | ')} |`,
    `|---|${all.map(() => '---|').join('')}`,
    ...some.map(command => `| ${[headOf(command), ...all.map(status => cellOf(target(status, command)))].join(' | ')} |`),
  ].join('\n')
}

const ofIssues: Life<Status, Command> = { statuses, commands, target: (status, command) => transitions[status][command] }
const ofSessions: Life<SessionStatus, SessionCommand> = { statuses: sessionStatuses, commands: sessionCommands, target: (status, command) => sessionTransitions[status][command] }
const readme = (name: string): string => readFileSync(join(import.meta.dirname, '../..', name), 'utf8')

test('README.md draws the transitions as they are', () => {
  const plain = { status: (status: string) => status, command: (command: string) => command, or: ' or ' }
  expect(readme('README.md')).toContain(drawn(ofIssues, plain))
  expect(readme('README.md')).toContain(drawn(ofSessions, plain))
})

test('README.zh-CN.md draws them too', () => {
  expect(readme('README.zh-CN.md')).toContain(drawn(ofIssues, { status: status => statusWords[status].zh, command: command => commandWords[command].zh, or: '，或' }))
  expect(readme('README.zh-CN.md')).toContain(drawn(ofSessions, { status: status => sessionStatusWords[status].zh, command: command => sessionCommandWords[command].zh, or: '，或' }))
})

test('README.zh-CN.md says what the statuses of its table are called in the API', () => {
  expect(readme('README.zh-CN.md')).toContain(statuses.map(status => `\`${status}\``).join('、'))
})
