import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as z from 'zod'
import { atMost, decimals, thousands, type Section } from './report.ts'

const sizes = [10_000, 100_000] as const
const program = join(import.meta.dirname, 'draw-up-province.ts')

const figuresSchema = z.strictObject({ visits: z.number(), projects: z.number(), records: z.number(), units: z.number(), least: z.number(), peakHeap: z.number(), seconds: z.number() })

/** Each size in a fresh process, or the peak of one would be the other's. */
const drawnUpAmong = async (officers: number): Promise<z.infer<typeof figuresSchema>> => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, String(officers)])
  return figuresSchema.parse(JSON.parse(stdout))
}

export const province = async (): Promise<Section> => {
  const [few, many] = [await drawnUpAmong(sizes[0]), await drawnUpAmong(sizes[1])]
  const both = (of: (figures: z.infer<typeof figuresSchema>) => string): [string, string] => [of(few), of(many)]
  return {
    title: `8. The bulletin of a province of ${sizes.map(thousands).join(' and ')} officers`,
    columns: ['', thousands(sizes[0]), thousands(sizes[1]), 'ratio', 'aim', ''],
    rows: [
      ['visits counted', ...both(({ visits }) => thousands(visits)), '', '', ''],
      ['projects counted', ...both(({ projects }) => thousands(projects)), '', '', ''],
      ['items of lists read', ...both(({ records }) => thousands(records)), '', '', ''],
      ['read units', ...both(({ units }) => thousands(units)), '', '', ''],
      ['what the records weigh, in the same', ...both(({ least }) => thousands(least)), '', '', ''],
      ['read units beside that', ...both(({ units, least }) => decimals(units / least, 2)), ...atMost(many.units / many.least, 2)],
      ['most alive at once, MiB more', ...both(({ peakHeap }) => decimals(peakHeap, 2)), ...atMost(many.peakHeap / few.peakHeap, 1.5)],
      ['time an item, µs', ...both(({ seconds, records }) => decimals((seconds / records) * 1_000_000, 1)), '', '', ''],
    ],
    remarks: [
      'Ten visits an officer over five enterprises; an issue for five officers, a case for fifty, a project for two hundred, a session',
      'for five hundred. The table makes its items up as they are read and holds none; its making them up is part of the time. What',
      'records weigh is each of them read once, page by page; issues and cases are looked up one by one instead, a unit each, and so',
      'are the officers who explained a measure, and whoever is paired with a project.',
    ],
  }
}
