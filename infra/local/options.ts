import { parseArgs } from 'node:util'
import * as z from 'zod'
import { messageOf, PlainError } from '../plain-error.ts'

export const usage = `亲商在本机运行 · Qinshang on this machine

  npm start -- [options]

  --port <number>      port on loopback (8787)
  --now <instant>      stand the clock still at this instant, e.g. 2016-08-01T08:00:00+08:00;
                       without it, the clock goes with the wall clock, or stands where the data folder's stood
  --empty              start without the demo district
  --data <folder>      keep everything in this folder; without it, nothing is kept
  --dynamodb <url>     use this DynamoDB endpoint (or DYNAMODB_ENDPOINT) instead of the bundled engine
  --verbose            show what the functions log
  --help               show this
`

const shape = z.object({
  port: z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .pipe(z.int().max(65_535))
    .catch(() => {
      throw new PlainError('--port wants a number from 0 to 65535.')
    }),
  now: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional()
    .catch(() => {
      throw new PlainError('--now wants an instant with its offset, such as 2016-08-01T08:00:00+08:00.')
    }),
  empty: z.boolean(),
  data: z.string().min(1).optional().catch(() => {
    throw new PlainError('--data wants a folder.')
  }),
  dynamodb: z.url().optional().catch(() => {
    throw new PlainError('--dynamodb wants the address of a DynamoDB endpoint, such as http://127.0.0.1:8000.')
  }),
  verbose: z.boolean(),
  help: z.boolean(),
})
export type Options = z.infer<typeof shape>

/** What `npm start` is given. @throws PlainError that shows what an option wants */
export const readOptions = (args: readonly string[]): Options => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '8787' },
        now: { type: 'string' },
        empty: { type: 'boolean', default: false },
        data: { type: 'string' },
        dynamodb: { type: 'string', ...(process.env['DYNAMODB_ENDPOINT'] ? { default: process.env['DYNAMODB_ENDPOINT'] } : {}) },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    return shape.parse(values)
  } catch (error) {
    if (error instanceof PlainError) throw error
    throw new PlainError(`${messageOf(error).split('. ')[0] ?? ''}; see npm start -- --help.`)
  }
}
