import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as z from 'zod'
import { exportLimits } from '../../functions/exports/handler.ts'
import { atMost, decimals, thousands, type Section } from './report.ts'

const sizes = [500, 5_000] as const
const books = ['ledger', 'visits', 'quota'] as const
const program = join(import.meta.dirname, 'export-books.ts')

const bookSchema = z.strictObject({ bytes: z.number(), seconds: z.number(), peakHeap: z.number() })
const figuresSchema = z.strictObject({ ledger: bookSchema, visits: bookSchema, quota: bookSchema })

/** Each size in a fresh process, or the peak of one would be the other's. */
const exportOf = async (rows: number): Promise<z.infer<typeof figuresSchema>> => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, String(rows)])
  return figuresSchema.parse(JSON.parse(stdout))
}

const rowsAtMost = { ledger: exportLimits.ledgerRows, visits: exportLimits.visitRows, quota: exportLimits.quotaRows } as const

export const exports = async (): Promise<Section> => {
  const [few, many] = [await exportOf(sizes[0]), await exportOf(sizes[1])]
  return {
    title: `7. Exports of ${sizes.map(thousands).join(' and ')} rows`,
    columns: ['', 'bytes a row', 'rows at most', 'of the answer', 'aim', '', 'heap, MiB', 'ten times', 'ratio', 'aim', ''],
    rows: books.map(book => {
      const perRow = many[book].bytes / sizes[1]
      return [
        book,
        decimals(perRow, 0),
        thousands(rowsAtMost[book]),
        ...atMost((perRow * rowsAtMost[book]) / exportLimits.bytes, 0.6),
        decimals(few[book].peakHeap, 2),
        decimals(many[book].peakHeap, 2),
        ...atMost(many[book].peakHeap / few[book].peakHeap, 1.5),
      ]
    }),
    remarks: [
      'The table makes its items up as they are read and holds none; titles are of 30 characters, summaries of 200, no two alike.',
      'Names are kept as long as rows are written, of 500 officers and 500 enterprises either way.',
      'What is compressed already lies outside the heap: it is the answer, and grows with it.',
    ],
  }
}
