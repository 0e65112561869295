import { Token } from 'aws-cdk-lib'
import * as z from 'zod/mini'
import { env as assessmentWork } from '../functions/assessment-work/env.ts'
import { env as assessments } from '../functions/assessments/env.ts'
import { env as cases } from '../functions/cases/env.ts'
import { env as docs } from '../functions/docs/env.ts'
import { env as escalationSweep } from '../functions/escalation-sweep/env.ts'
import { env as exportsOf } from '../functions/exports/env.ts'
import { env as issues } from '../functions/issues/env.ts'
import { env as mailFeedback } from '../functions/mail-feedback/env.ts'
import { env as mailer } from '../functions/mailer/env.ts'
import { env as notices } from '../functions/notices/env.ts'
import { env as outboxReconciler } from '../functions/outbox-reconciler/env.ts'
import { env as pages } from '../functions/pages/env.ts'
import { env as policy } from '../functions/policy/env.ts'
import { env as publications } from '../functions/publications/env.ts'
import { env as monthlyBulletin } from '../functions/monthly-bulletin/env.ts'
import { env as projects } from '../functions/projects/env.ts'
import { env as quotaReminder } from '../functions/quota-reminder/env.ts'
import { env as reports } from '../functions/reports/env.ts'
import { env as roster } from '../functions/roster/env.ts'
import { env as sessions } from '../functions/sessions/env.ts'
import { env as visits } from '../functions/visits/env.ts'
import type { FunctionName } from '../shared/contract/functions.ts'

/** The variables each function says it reads. */
export const environmentSchemas = {
  roster,
  visits,
  issues,
  sessions,
  cases,
  notices,
  assessments,
  projects,
  policy,
  reports,
  exports: exportsOf,
  pages,
  publications,
  docs,
  'quota-reminder': quotaReminder,
  'monthly-bulletin': monthlyBulletin,
  'assessment-work': assessmentWork,
  'escalation-sweep': escalationSweep,
  'outbox-reconciler': outboxReconciler,
  mailer,
  'mail-feedback': mailFeedback,
} as const satisfies Record<FunctionName, z.ZodMiniObject>

type Schemas = typeof environmentSchemas
type Intersection<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void ? I : never

/** A value for every variable that any function reads. A name means the same thing in all of them; how long it can be between two runs is each schedule's own. */
export type Variables = Intersection<{ [N in FunctionName]: z.input<Schemas[N]> }[FunctionName]>

/** What is wrong with a value, in words. The functions have no use for them, so their schemas bring none along. */
const inEnglish = z.locales.en().localeError

/**
 * The environment of one function: those of the variables that its schema names, and no other, so that a secret goes
 * only where it is asked for. Checked by that schema here, before anything is deployed; a value that only
 * CloudFormation will know is checked when the function starts.
 */
export function environmentOf(name: FunctionName, variables: Variables): Record<string, string> {
  const schema: z.ZodMiniObject = environmentSchemas[name]
  const environment = Object.fromEntries(
    Object.entries<string | undefined>(variables).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && Object.hasOwn(schema.shape, entry[0]),
    ),
  )
  const faults = schema
    .safeParse(environment, { error: inEnglish })
    .error?.issues.filter(({ path }) => !Token.isUnresolved(environment[String(path[0])]))
  if (faults?.length) {
    const lines = faults.map(({ path, message }) => `  ${path.join('.')}: ${message}`)
    throw new Error([`The environment of ${name} does not fit its schema:`, ...lines].join('\n'))
  }
  return environment
}
