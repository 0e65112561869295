import * as z from 'zod'
import { locales } from '../shared/calendar/wording.ts'
import { isTimeZone } from '../shared/calendar/zone.ts'

/** A hint says what to write; {@link SettingsError} puts the path and what was found there before it. */
const hint = (text: string) => ({ error: text })

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]']

/** An issuer proves who calls, so it is reached over TLS; only a stack on this machine may do without. */
const isIssuer = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, search, hash } = new URL(text)
  return (
    (protocol === 'https:' || (protocol === 'http:' && loopbackHosts.includes(hostname))) &&
    search === '' &&
    hash === ''
  )
}

/** An origin alone: links are made by adding a path to it. */
const isPublicUrl = (text: string): boolean => isIssuer(text) && new URL(text).pathname === '/' && !text.endsWith('/')

/** Text of a form; the same hint whether it is missing, no text, or of another form. */
const text = (form: RegExp, what: string) => z.string(hint(what)).regex(form, hint(what))
const anyText = /./

const email = (whose: string) => z.email(hint(`write ${whose}, such as assist@example.gov.cn`))

const wholeNumber = (least: number, most: number, what: string) => {
  const fault = hint(`write ${what}, a whole number from ${least} to ${most}`)
  return z.int(fault).min(least, fault).max(most, fault)
}

/** The retention periods CloudWatch Logs knows, up to ten years. */
// prettier-ignore
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const

const ses = z.strictObject({
  kind: z.literal('ses'),
  /** The verified SES identity the mail is sent as: a domain or an address. The sender's domain unless given. */
  identity: text(anyText, 'write the verified SES identity: a domain or an e-mail address').optional(),
})

const smtp = z.strictObject({
  kind: z.literal('smtp'),
  /** A Secrets Manager secret in the stack's own account and region; the password never appears in the template. */
  urlSecret: text(
    /^[\w/+=.@-]{1,512}$/,
    'write the name (letters, digits and /_+=.@-) of a Secrets Manager secret that holds smtps://user:password@host:port, a % in the password as %25',
  ),
})

const isChina = (region: string): boolean => region.startsWith('cn-')

const schema = z
  .strictObject(
    {
      /** Names the stack and its metrics, so that several stages can share an account. */
      stage: text(
        /^[a-z][a-z0-9-]{0,19}$/,
        'name the stage with up to 20 small letters, digits and hyphens, a letter first',
      ),
      /** Whatever account the credentials are for, unless given. */
      account: text(/^\d{12}$/, 'write the twelve digits of the AWS account, in quotes').optional(),
      region: text(/^[a-z]{2}(-[a-z]+)+-\d$/, 'write the AWS region to deploy to, such as cn-north-1'),
      /** Months, days, deadlines and schedules are counted in it. */
      timeZone: z
        .string(hint('write an IANA time zone, such as Asia/Shanghai'))
        .refine(isTimeZone, hint('write an IANA time zone, such as Asia/Shanghai')),
      locale: z.enum(locales, hint('write zh-CN or en')),
      /** From: of every mail. */
      sender: email('the address mail is sent from'),
      /** What enterprises' links begin with, where the API has a domain of its own; otherwise the address AWS gives it. */
      publicUrl: z
        .string(hint('write the address the API answers at, such as https://assist.example.gov.cn'))
        .refine(isPublicUrl, hint('write an https:// address without a path (http on loopback only)'))
        .optional(),
      oidc: z.strictObject(
        {
          issuer: z
            .string(hint('write the `iss` of the tokens, an https:// address'))
            .refine(isIssuer, hint('write the `iss` of the tokens, an https:// address (http on loopback only)')),
          audience: text(anyText, 'write the `aud` or `client_id` of the tokens'),
          identityClaim: text(anyText, 'name the claim that identifies the person').default('email'),
        },
        hint('write { "issuer": …, "audience": … }'),
      ),
      /** Acts as administrator while the roster does not know this address. */
      adminEmail: email("the first administrator's address"),
      mail: z.discriminatedUnion(
        'kind',
        [ses, smtp],
        hint('write { "kind": "ses" } or { "kind": "smtp", "urlSecret": "<name of a secret>" }'),
      ),
      xray: z.boolean(hint('write true or false')).default(false),
      logRetentionDays: z.literal([...retentionDays], hint(`write one of ${retentionDays.join(', ')}`)).default(180),
      /** Told of every alarm; with none, alarms show on the dashboard alone. */
      alarmEmails: z
        .array(email('an address that is told of alarms'), hint('write a list of e-mail addresses'))
        .default([]),
      throttle: z
        .strictObject(
          {
            rate: wholeNumber(1, 10_000, 'requests per second'),
            burst: wholeNumber(1, 5_000, 'requests at once'),
          },
          hint('write { "rate": …, "burst": … }'),
        )
        .default({ rate: 50, burst: 100 }),
    },
    hint('write the settings of the stage as an object'),
  )
  .refine(({ region, mail }) => !(isChina(region) && mail.kind === 'ses'), {
    path: ['mail', 'kind'],
    error: 'AWS has no SES in its China regions: write { "kind": "smtp", "urlSecret": "<name of a secret>" }',
    // Said together with the other faults, as soon as the two fields it is about can be read.
    when: ({ value }) => regionAndMail.safeParse(value).success,
  })

const regionAndMail = z.object({ region: z.string(), mail: z.object({ kind: z.string() }) })

/** What one stage of a deployment is set to, checked and with its defaults filled in. */
export type Settings = z.output<typeof schema>
/** The same as it is written in `cdk.json`. */
export type SettingsInput = z.input<typeof schema>

/** One thing wrong with the settings: where, and what to do about it. */
export interface SettingsFault {
  readonly path: string
  readonly message: string
}

/** Every fault of the settings at once, one line each. */
export class SettingsError extends Error {
  readonly faults: readonly SettingsFault[]

  constructor(faults: readonly SettingsFault[]) {
    super(['The settings cannot be used:', ...faults.map(({ path, message }) => `  ${path}: ${message}`)].join('\n'))
    this.name = 'SettingsError'
    this.faults = faults
  }
}

/**
 * Checks the settings of one stage.
 * @param where the path under which they were written, put before each fault's own
 * @throws {SettingsError} with every fault
 */
export function checkSettings(settings: unknown, where = 'settings'): Settings {
  const result = schema.safeParse(settings)
  if (result.success) return result.data
  throw new SettingsError(result.error.issues.flatMap((issue) => faultsOf(issue, settings, where)))
}

/**
 * Reads the settings of one stage from the CDK context: `stages.<name>`.
 * @throws {SettingsError} with every fault
 */
export function readSettings(stages: unknown, stage: unknown): Settings {
  if (!isRecord(stages)) {
    throw new SettingsError([
      { path: 'context.stages', message: 'is missing; describe at least one stage in cdk.json' },
    ])
  }
  const known = Object.keys(stages).join(', ')
  if (typeof stage !== 'string' || !Object.hasOwn(stages, stage)) {
    const found = typeof stage === 'string' ? `"${stage}" is not described in cdk.json` : 'no stage is chosen'
    throw new SettingsError([{ path: 'context.stage', message: `${found}; choose one with -c stage=NAME: ${known}` }])
  }
  const described = stages[stage]
  return checkSettings(isRecord(described) ? { ...described, stage } : described, `stages.${stage}`)
}

function faultsOf(issue: z.core.$ZodIssue, settings: unknown, where: string): SettingsFault[] {
  const path = [where, ...issue.path].join('.')
  if (issue.code === 'unrecognized_keys') {
    const message = 'is not a setting; remove it, or correct its name'
    return issue.keys.map((key) => ({ path: `${path}.${key}`, message }))
  }
  return [{ path, message: `${finding(settings, issue.path)}; ${issue.message}` }]
}

function finding(settings: unknown, path: readonly PropertyKey[]): string {
  const value = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], settings)
  if (value === undefined) return 'is missing'
  // Whoever puts the SMTP address itself here must not find its password in a build log.
  return path.at(-1) === 'urlSecret' ? "is not a secret's name" : `is ${JSON.stringify(value)}`
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
