import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commands, statuses, transitions, type Target } from '../../shared/issue/transition.ts'

const cellOf = (target: Target | undefined): string =>
  target === undefined ? '–' : typeof target === 'string' ? target : [...new Set(Object.values(target))].join(' or ')

/** The table of transitions as the READMEs show it. */
const drawn = [
  `| | ${statuses.join(' | ')} |`,
  `|---|${statuses.map(() => '---|').join('')}`,
  ...commands.map(command => `| ${[command, ...statuses.map(status => cellOf(transitions[status][command]))].join(' | ')} |`),
].join('\n')

test.each(['README.md', 'README.zh-CN.md'])('%s draws the transitions as they are', name => {
  expect(readFileSync(join(import.meta.dirname, '../..', name), 'utf8')).toContain(drawn)
})
