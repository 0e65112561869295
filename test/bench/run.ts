import { parseArgs } from 'node:util'
import { bundles } from './bundles.ts'
import { capacity } from './capacity.ts'
import { exports } from './exports.ts'
import { pages } from './pages.ts'
import { province } from './province.ts'
import { reminders } from './reminders.ts'
import { shown, type Section } from './report.ts'
import { sweepCost } from './sweep-cost.ts'
import { warmHandler } from './warm-handler.ts'

const sections: Readonly<Record<string, () => Promise<Section>>> = { warm: warmHandler, bundles, capacity, sweep: sweepCost, reminders, pages, exports, province }

const usage = `npm run bench [-- --only ${Object.keys(sections).join('|')}]
  Measures, and prints each figure beside the one aimed at. Nothing fails when one is missed.
`

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, help: { type: 'boolean', default: false } } })
const wanted = values.only ?? Object.keys(sections)
if (values.help || wanted.some(name => !Object.hasOwn(sections, name))) {
  process.stdout.write(usage)
  process.exit(values.help ? 0 : 1)
}
const start = performance.now()
for (const name of wanted) process.stdout.write(`${shown((await sections[name]?.()) ?? { title: name, columns: [], rows: [] })}\n`)
process.stdout.write(`Took ${((performance.now() - start) / 1000).toFixed(0)} s.\n`)
