import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commands, commandWords, statuses, statusWords, transitions, type Command, type Status, type Target } from '../../shared/issue/transition.ts'

/** How a README names what its table is about. */
interface Words {
  readonly status: (status: Status) => string
  readonly command: (command: Command) => string
  readonly or: string
}

/** The table of transitions as a README shows it. */
const drawn = ({ status: nameOf, command: headOf, or }: Words): string => {
  const cellOf = (target: Target | undefined): string =>
    target === undefined ? '–' : [...new Set(typeof target === 'string' ? [target] : Object.values(target))].map(nameOf).join(or)
  return [
    `| | ${statuses.map(nameOf).join(' | ')} |`,
    `|---|${statuses.map(() => '---|').join('')}`,
    ...commands.map(command => `| ${[headOf(command), ...statuses.map(status => cellOf(transitions[status][command]))].join(' | ')} |`),
  ].join('\n')
}

test.each<[string, Words]>([
  ['README.md', { status: status => status, command: command => command, or: ' or ' }],
  ['README.zh-CN.md', { status: status => statusWords[status].zh, command: command => commandWords[command].zh, or: '，或' }],
])('%s draws the transitions as they are', (name, words) => {
  expect(readFileSync(join(import.meta.dirname, '../..', name), 'utf8')).toContain(drawn(words))
})

test('README.zh-CN.md says what the statuses of its table are called in the API', () => {
  expect(readFileSync(join(import.meta.dirname, '../..', 'README.zh-CN.md'), 'utf8')).toContain(statuses.map(status => `\`${status}\``).join('、'))
})
