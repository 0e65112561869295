import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  caseCommands, caseCommandWords, caseStatuses, caseStatusWords, caseTransitions, stepCommands, stepCommandWords, stepStatuses, stepStatusWords, stepTransitions,
} from '../../shared/case/transition.ts'
import { assessmentCommands, assessmentCommandWords, assessmentStatuses, assessmentStatusWords, assessmentTransitions } from '../../shared/assessment/transition.ts'
import type { Wording } from '../../shared/contract/problem.ts'
import { commands, commandWords, statuses, statusWords, transitions } from '../../shared/issue/transition.ts'
import { noticeCommands, noticeCommandWords, noticeStatuses, noticeStatusWords, noticeTransitions } from '../../shared/notice/transition.ts'
import { sessionCommands, sessionCommandWords, sessionStatuses, sessionStatusWords, sessionTransitions } from '../../shared/session/transition.ts'

/** A life: of what, its statuses, what can happen, and where that leads. */
interface Life {
  readonly statuses: readonly string[]
  readonly commands: readonly string[]
  readonly transitions: Readonly<Record<string, Readonly<Record<string, string | Readonly<Record<string, string>> | undefined>>>>
  readonly statusWords: Readonly<Record<string, Wording>>
  readonly commandWords: Readonly<Record<string, Wording>>
}

const lives: Readonly<Record<string, Life>> = {
  'an issue': { statuses, commands, transitions, statusWords, commandWords },
  'a session': { statuses: sessionStatuses, commands: sessionCommands, transitions: sessionTransitions, statusWords: sessionStatusWords, commandWords: sessionCommandWords },
  'a notice': { statuses: noticeStatuses, commands: noticeCommands, transitions: noticeTransitions, statusWords: noticeStatusWords, commandWords: noticeCommandWords },
  'an assessment': { statuses: assessmentStatuses, commands: assessmentCommands, transitions: assessmentTransitions, statusWords: assessmentStatusWords, commandWords: assessmentCommandWords },
  'a case': { statuses: caseStatuses, commands: caseCommands, transitions: caseTransitions, statusWords: caseStatusWords, commandWords: caseCommandWords },
  'a step of a case': { statuses: stepStatuses, commands: stepCommands, transitions: stepTransitions, statusWords: stepStatusWords, commandWords: stepCommandWords },
}

/** How a README names what its tables are about. */
interface Words {
  readonly nameOf: (name: string, words: Readonly<Record<string, Wording>>) => string
  readonly or: string
}

/** The table of transitions as a README shows it. */
const drawn = (life: Life, { nameOf, or }: Words): string => {
  const status = (name: string): string => nameOf(name, life.statusWords)
  const cellOf = (target: string | Readonly<Record<string, string>> | undefined): string =>
    target === undefined ? '–' : [...new Set(typeof target === 'string' ? [target] : Object.values(target))].map(status).join(or)
  return [
    `| | ${life.statuses.map(status).join(' | ')} |`,
    `|---|${life.statuses.map(() => '---|').join('')}`,
    ...life.commands.map(command => `| ${[nameOf(command, life.commandWords), ...life.statuses.map(each => cellOf(life.transitions[each]?.[command]))].join(' | ')} |`),
  ].join('\n')
}

const readmes: Readonly<Record<string, Words>> = {
  'README.md': { nameOf: name => name, or: ' or ' },
  'README.zh-CN.md': { nameOf: (name, words) => words[name]?.zh ?? '', or: '，或' },
}
const textOf = (name: string): string => readFileSync(join(import.meta.dirname, '../..', name), 'utf8')

test.each(Object.entries(readmes).flatMap(([name, words]) => Object.entries(lives).map(([what, life]) => [name, what, life, words] as const)))('%s draws the transitions of %s as they are', (name, _, life, words) => {
  expect(textOf(name)).toContain(drawn(life, words))
})

test.each(Object.entries(lives))('README.zh-CN.md says what the statuses of %s are called in the API', (_, life) => {
  expect(textOf('README.zh-CN.md')).toContain(life.statuses.map(status => `\`${status}\``).join('、'))
})
