import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as z from 'zod'
import { atLeast, atMost, decimals, thousands, type Section } from './report.ts'

const sizes = [1_000, 100_000] as const
const program = join(import.meta.dirname, 'plan-reminders.ts')

const figuresSchema = z.strictObject({ mails: z.number(), perSecond: z.number(), purePerSecond: z.number(), peakResident: z.number(), peakLive: z.number() })

/** Each size in a fresh process, or the peak of one would be the other's. */
const planAmong = async (pairings: number): Promise<z.infer<typeof figuresSchema>> => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, String(pairings)])
  return figuresSchema.parse(JSON.parse(stdout))
}

export const reminders = async (): Promise<Section> => {
  const [few, many] = [await planAmong(sizes[0]), await planAmong(sizes[1])]
  return {
    title: `5. Reminders planned for ${sizes.map(thousands).join(' and ')} pairings`,
    columns: ['', thousands(sizes[0]), thousands(sizes[1]), 'figure', 'aim', ''],
    rows: [
      ['mails planned', thousands(few.mails), thousands(many.mails), '', '', ''],
      ['the rules alone, mails/s', thousands(few.purePerSecond), thousands(many.purePerSecond), ...atLeast(many.purePerSecond, 5_000)],
      ['the function, mails/s', thousands(few.perSecond), thousands(many.perSecond), ...atLeast(many.perSecond, 5_000)],
      ['peak resident memory, MiB', decimals(few.peakResident, 0), decimals(many.peakResident, 0), ...atMost(many.peakResident / few.peakResident, 1.5)],
      // Both are next to nothing, so their ratio would say nothing.
      ['most alive at once, MiB more', decimals(few.peakLive, 2), decimals(many.peakLive, 2), ...atMost(many.peakLive, 1)],
    ],
    remarks: [
      'The table makes its items up as they are read and holds none, so memory is the planner\'s; its making them up is',
      'part of the function\'s time, which at 1,000 is a process that has only just begun.',
    ],
  }
}
