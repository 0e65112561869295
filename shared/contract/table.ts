import type { ScheduleFunctionName } from './functions.ts'

/**
 * The one table: its keys, its indexes and the key prefixes that the infrastructure has to know.
 * Read by `infra` to create the table and by `functions/adapters` to use it, so that neither can drift.
 */
export const tableKeys = { partition: 'pk', sort: 'sk' } as const

/** The attribute DynamoDB deletes expired items by, in epoch seconds. Real deletion lags; until then a repeated request is still recognised. */
export const expiryAttribute = 'expiresAt'

/**
 * `all`, `department`, `officer` and `enterprise` list what belongs together (full copies); `received` lists for a
 * department the issues it received first and another leads, and is empty for the others;
 * `due` orders by instant whatever has a next thing to do: issues and cases by their next step, behind them the open ones without
 * one, and mails not yet sent.
 * Behind them, apart, stand the issues and cases that have ended, by when they did, for reports of that time.
 * It is sparse and keys-only, so a sweep pays for what is due and for nothing else.
 */
export const tableIndexes = {
  all: { partition: 'allPk', sort: 'allSk', projection: 'ALL' },
  department: { partition: 'departmentPk', sort: 'departmentSk', projection: 'ALL' },
  received: { partition: 'receivedPk', sort: 'receivedSk', projection: 'ALL' },
  officer: { partition: 'officerPk', sort: 'officerSk', projection: 'ALL' },
  enterprise: { partition: 'enterprisePk', sort: 'enterpriseSk', projection: 'ALL' },
  due: { partition: 'duePk', sort: 'dueSk', projection: 'KEYS_ONLY' },
} as const satisfies Record<string, { partition: string; sort: string; projection: 'ALL' | 'KEYS_ONLY' }>

export type IndexName = keyof typeof tableIndexes

/** Partition keys of outbox items start with this; the mailer's stream filter lets nothing else through. */
export const outboxKeyPrefix = 'OUTBOX#'

/** Partition keys of the worklists' entries start with this: `office` or a department, and the name of a list. */
export const taskKeyPrefix = 'TASKS#'

/** Partition key of what is noted of a schedule's runs. */
export const runPartition = (schedule: ScheduleFunctionName): string => `SCHEDULE#${schedule}`

/** What those write who only plan mails. */
const planningWrites = [`${outboxKeyPrefix}*`] as const

/** What those write who hear that mail has not arrived: reports of it, and marks of addresses that it does not reach. */
export const reportingWrites = [...planningWrites, 'UNREACHED#*'] as const

/** What those write who send them: the same, and the links that enterprises get. */
export const sendingWrites = [...reportingWrites, 'LINK#*'] as const

/** Of those that the clock wakes up, each notes when it has itself run. Who reminds also drafts notices of criticism and marks the projects that are behind, which the office finds in its worklist. */
export const remindingWrites = [...planningWrites, 'NOTICE#*', 'PROJECT#*', `${taskKeyPrefix}*`, runPartition('quota-reminder')] as const
export const bulletinWrites = [...planningWrites, 'BULLETIN#*', runPartition('monthly-bulletin')] as const
/** What those write who call the operations of assessments: the sheets with their places in the office's worklist, and nothing that they are reckoned from. */
export const assessmentWrites = [...planningWrites, 'ASSESSMENT#*', `${taskKeyPrefix}*`, 'RANKINGS', 'REQUEST#*'] as const
/** The schedule's part of that. */
export const assessingWrites = [...planningWrites, 'ASSESSMENT#*', runPartition('assessment-work')] as const
export const reconcilingWrites = [...sendingWrites, runPartition('outbox-reconciler')] as const

/**
 * Partition keys that the enterprises' pages write, to which nobody signs in: issues and cases with their timelines,
 * their places in the worklists, mails, links and what is done with them, the counter of issues, the forms that were sent, what is said of visits and of officers, the
 * flags that a denied visit gets. Whatever else lies in the table they only read.
 */
export const pageWrites = ['ISSUE#*', 'CASE#*', 'AWAITING', `${taskKeyPrefix}*`, ...planningWrites, 'LINK#*', 'COUNTER#ISSUES#*', 'REQUEST#enterprise#*', 'CONFIRMATION#*', 'FLAG#*', 'RATING#*'] as const

/** What those write who follow projects: the projects with their histories, their places in the worklists, the requests by which they are known. */
export const projectWrites = ['PROJECT#*', `${taskKeyPrefix}*`, 'REQUEST#*'] as const

/** What those delete who decide on something: its place in a worklist. */
export const decidingDeletes = [`${taskKeyPrefix}*`] as const

/** Partition keys that those delete under who change issues or cases: the same, and the marks of what is to be reckoned anew, once it has been. Timelines stay. */
export const reckoningDeletes = ['AWAITING', ...decidingDeletes] as const

/** What the roster deletes: places in the lists of the staff, of who has left them, and marks of addresses that are nobody's any more. The people themselves stay. */
export const rosterDeletes = ['STAFF#*', 'SUPERVISORS', 'ADMINISTRATORS', 'UNREACHED#*'] as const
