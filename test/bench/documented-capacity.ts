import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Units } from './operation-costs.ts'

const readme = join(import.meta.dirname, '../../README.md')
const heading = '## What an operation costs'

/** The README's table of costs: the one place they are written down. */
export const documentedCosts = (): ReadonlyMap<string, Units> => {
  const [, section = ''] = readFileSync(readme, 'utf8').split(`\n${heading}\n`)
  const [body = ''] = section.split('\n## ')
  const rows = body.matchAll(/^\| `?([^`|]+?)`? \| ([\d.]+) \| ([\d.]+) \|/gm)
  return new Map(Array.from(rows, ([, what = '', reads, writes]) => [what, { reads: Number(reads), writes: Number(writes) }]))
}
