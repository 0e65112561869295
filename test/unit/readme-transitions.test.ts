import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commands, statuses, transitions, type Target } from '../../shared/issue/transition.ts'

const cellOf = (target: Target | undefined): string =>
  target === undefined ? '–' : typeof target === 'string' ? target : `${target.satisfied} or ${target.dissatisfied}`

/** The table of transitions as the README shows it. */
const drawn = [
  ['', ...commands].join(' | '),
  ...statuses.map(status => [status, ...commands.map(command => cellOf(transitions[status][command]))].join(' | ')),
]

test('the README draws the transitions as they are', () => {
  const text = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
  for (const row of drawn) expect(text).toContain(`${row} |`)
})
