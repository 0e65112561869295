/**
 * Every Lambda function of the system, by the name of its folder under `functions/`.
 * `api` functions answer HTTP routes of the contract; `schedule` functions are woken by the clock;
 * the `stream` function is woken by the table, the `event` function by what the mail service reports, where it does:
 * SES, and no SMTP relay.
 */
export const functions = {
  roster: { kind: 'api' },
  visits: { kind: 'api' },
  issues: { kind: 'api' },
  sessions: { kind: 'api' },
  cases: { kind: 'api' },
  notices: { kind: 'api' },
  assessments: { kind: 'api' },
  projects: { kind: 'api' },
  policy: { kind: 'api' },
  reports: { kind: 'api' },
  exports: { kind: 'api' },
  pages: { kind: 'api' },
  publications: { kind: 'api' },
  docs: { kind: 'api' },
  'quota-reminder': { kind: 'schedule' },
  'monthly-bulletin': { kind: 'schedule' },
  'escalation-sweep': { kind: 'schedule' },
  'outbox-reconciler': { kind: 'schedule' },
  'assessment-work': { kind: 'schedule' },
  mailer: { kind: 'stream' },
  'mail-feedback': { kind: 'event' },
} as const satisfies Record<string, { kind: 'api' | 'schedule' | 'stream' | 'event' }>

export type FunctionName = keyof typeof functions

type OfKind<K> = { [N in FunctionName]: (typeof functions)[N]['kind'] extends K ? N : never }[FunctionName]
export type ApiFunctionName = OfKind<'api'>
export type ScheduleFunctionName = OfKind<'schedule'>

/** The time of day at which the day's digests are planned; by the clock of the deployment's time zone, as all of these. */
export const digestsAt = '09:00'

/**
 * The sweeps of a day: the first, the last, and how far they are apart. No working hours that a policy can set are wider;
 * outside those in force a sweep does nothing.
 */
export const sweeps = { from: '07:00', to: '20:45', everyMinutes: 15 } as const

const hourOf = (time: string): number => Number(time.slice(0, 2))
const dailyAt = (time: string): string => `cron(${Number(time.slice(3))} ${hourOf(time)} * * ? *)`

/**
 * When each schedule fires, in the deployment's time zone (EventBridge Scheduler's cron fields).
 * They fire on every day of the week, because a make-up Saturday is a working day; whether there is anything
 * to do is the calendar's answer, in code.
 */
export const schedules: Record<ScheduleFunctionName, { expression: string; failure: string }> = {
  'quota-reminder': {
    expression: dailyAt(digestsAt),
    failure:
      "Where today calls for it: officers who are behind with this month's visits were not reminded, those of last month not reported nor notices of criticism drafted, " +
      'enterprises not asked to rate their officers; and projects that fell behind or caught up stand in the worklists as before.',
  },
  'monthly-bulletin': {
    // Before office hours, so that it is there when they begin.
    expression: dailyAt('07:30'),
    failure: "Where the last month's bulletin is due, it has not been issued; it is tried for a week.",
  },
  'escalation-sweep': {
    expression: `cron(0/${sweeps.everyMinutes} ${hourOf(sweeps.from)}-${hourOf(sweeps.to)} * * ? *)`,
    failure: 'Late issues are neither warned about nor escalated.',
  },
  'outbox-reconciler': {
    expression: 'cron(0/15 * * * ? *)',
    failure: 'A mail whose sending broke off stays unsent until the next run.',
  },
  'assessment-work': {
    // Twice a year there is something to do, for an office that is at work then.
    expression: 'cron(10 7-20 * * ? *)',
    failure: 'What is to be done on the sheets of an assessment waits: drawing them up, telling whom they are of, sealing them.',
  },
}

/** The tag on every mail sent through SES that leads from a bounce or complaint back to the outbox. */
export const mailTag = 'mail'

/** What a schedule hands to its function: the instant it was due, so that a retry computes the same thing. */
export interface ScheduledEvent {
  readonly scheduledTime: string
}
