import { parseArgs } from 'node:util'
import { World } from './world.ts'

const usage = `npm run simulate -- [--seed N] [--days D] [--count C]
  lives through D days (30) of seeded worlds from seed N (1) on, C of them (1), and checks the invariants after every step.
  A seed that fails is named; running it alone repeats it exactly.
`

const number = (text: string, name: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) {
    process.stderr.write(`--${name} wants a whole number from 1 on.\n${usage}`)
    process.exit(1)
  }
  return value
}

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    days: { type: 'string', default: '30' },
    count: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  process.stdout.write(usage)
  process.exit(0)
}
const [first, days, count] = [number(values.seed, 'seed'), number(values.days, 'days'), number(values.count, 'count')]
const total = { steps: 0, mails: 0 }
for (let seed = first; seed < first + count; seed++) {
  try {
    const { steps, mails } = await new World(seed).live(days)
    total.steps += steps
    total.mails += mails
  } catch (error) {
    process.stdout.write(`seed ${seed}, ${days} days: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  }
}
process.stdout.write(`${count} worlds of ${days} days from seed ${first}: ${total.steps} acts, ${total.mails} mails, every invariant held\n`)
