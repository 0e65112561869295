import { parseArgs } from 'node:util'
import * as z from 'zod'
import { isTimeZone } from '../../shared/calendar/zone.ts'
import { staffNumber } from '../../shared/roster/roster.ts'
import { messageOf, PlainError } from '../plain-error.ts'
import { smokeTest, type Target } from './checks.ts'
import { Protocol } from './protocol.ts'
import { handlerId, officerId } from './roster.ts'

const usage = `亲商冒烟测试 · Smoke test of a freshly deployed stage

  npm run smoke -- --url <https://api> --token <JWT> [options]

  --url <address>      the stack's output ApiUrl
  --token <JWT>        of the first administrator (the stage's adminEmail); better in QINSHANG_TOKEN, which nobody
                       else on the machine sees
  --table <name>       the stack's output TableName: wait until the issue's mail is sent; needs AWS credentials that
                       may dynamodb:Query it
  --region <region>    where the table is (otherwise what AWS_REGION says)
  --wait <seconds>     how long to wait for the mail (120)
  --mail-to <address>  where the mail goes (success@simulator.amazonses.com); staff get smoke-1 and the like as a plus
                       tag. Behind an SMTP relay give an address of your own.
  --staff-no <number>  the administrator's staff number (smoke-admin)
  --time-zone <zone>   the stage's timeZone (Asia/Shanghai)
  --help               show this

An administrator can record no visit and submit no issue. So the roster gets a record of the token's own address (its
claim email, read without verifying) in department SMOKE, which is supervisor and then handler for as long as that takes,
and afterwards administrator alone. An address belongs to one staff number for good: if the real roster is to follow,
give the number that it has there as --staff-no, and its import moves the record.

Everything entered is marked SMOKE, smoke-… or 冒烟测试. Nothing is ever deleted, so use it before the campaign begins.
The exit code is 0 only if all held.
`

/** An option that is wrong is said in a sentence that shows what it wants. */
const wanting = <S extends z.ZodType>(schema: S, sentence: string) =>
  schema.catch(() => {
    throw new PlainError(sentence)
  })

const targetShape = z.object({
  url: wanting(z.url({ protocol: /^https?$/ }).transform(url => url.replace(/\/+$/, '')), "--url wants the stack's output ApiUrl, such as https://abc123.execute-api.cn-north-1.amazonaws.com.cn."),
  token: wanting(z.string().trim().regex(/^[\x21-\x7e]+$/), "--token (or QINSHANG_TOKEN) wants the first administrator's token."),
  'mail-to': wanting(z.email(), '--mail-to wants an e-mail address.').transform(address => address.toLowerCase()),
  'staff-no': wanting(
    z.string().pipe(staffNumber).refine(number => number !== officerId && number !== handlerId),
    `--staff-no wants a staff number: letters, digits, _ and -, no name that the system keeps for itself, and neither ${officerId} nor ${handlerId}.`,
  ),
  'time-zone': wanting(z.string().refine(isTimeZone), '--time-zone wants an IANA time zone, such as Asia/Shanghai.'),
  table: z.string().min(1).optional(),
  region: z.string().min(1).optional(),
  wait: wanting(z.string().regex(/^\d{1,4}$/).transform(Number), '--wait wants a number of seconds.'),
})

const options = {
  url: { type: 'string' },
  token: { type: 'string' },
  'mail-to': { type: 'string', default: 'success@simulator.amazonses.com' },
  'staff-no': { type: 'string', default: 'smoke-admin' },
  'time-zone': { type: 'string', default: 'Asia/Shanghai' },
  table: { type: 'string' },
  region: { type: 'string' },
  wait: { type: 'string', default: '120' },
  help: { type: 'boolean', default: false },
} as const

/** What to test, or `help`. @throws PlainError */
const readTarget = (args: readonly string[]): Target | 'help' => {
  try {
    const { values } = parseArgs({ args: [...args], options })
    if (values.help) return 'help'
    const { url, token, table, region, wait, ...read } = targetShape.parse({ ...values, token: values.token ?? (process.env['QINSHANG_TOKEN'] || undefined) })
    return {
      url,
      token,
      mailTo: read['mail-to'],
      staffNo: read['staff-no'],
      timeZone: read['time-zone'],
      table: table === undefined ? undefined : { name: table, region },
      mailSeconds: wait,
    }
  } catch (error) {
    if (error instanceof PlainError) throw error
    throw new PlainError(`${messageOf(error).split('. ')[0] ?? ''}; see npm run smoke -- --help.`)
  }
}

/** The command, given its arguments; writes what it finds, and answers with its exit code. */
export const smoke = async (args: readonly string[], out: (text: string) => void, err: (text: string) => void): Promise<number> => {
  try {
    const target = readTarget(args)
    if (target === 'help') {
      out(usage)
      return 0
    }
    const protocol = new Protocol(line => {
      out(`${line}\n`)
    })
    await smokeTest(protocol, target)
    return protocol.conclude() ? 0 : 1
  } catch (error) {
    err(error instanceof PlainError ? `${error.message}\n` : `${String((error as Error).stack ?? error)}\n`)
    return 1
  }
}
