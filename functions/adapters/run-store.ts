import type { ScheduleFunctionName } from '../../shared/contract/functions.ts'
import { runPartition } from '../../shared/contract/table.ts'
import type { Instant } from '../../shared/calendar/zone.ts'
import { runOf, type Run } from '../../shared/supervision/schedule.ts'
import { untilCommitted } from './race.ts'
import { openedMaybe, stored, unchanged, versionAfter } from './stored.ts'
import type { Key, Table } from './table.ts'

const runKey = (schedule: ScheduleFunctionName): Key => ({ pk: runPartition(schedule), sk: 'RUN' })

/** Two runs of a schedule seldom end at once. */
const triesAtMost = 5

/** Notes that a run has come to its end. One that was late, and ends after a later one, changes nothing. */
export const noteRun = (table: Table, schedule: ScheduleFunctionName, scheduledTime: Instant, longestGapMinutes: number): Promise<void> =>
  untilCommitted(async () => {
    const before = await table.get(runKey(schedule))
    const known = openedMaybe('run', before)
    if (known !== undefined && known.scheduledTime >= scheduledTime) return
    await table.commit([{ put: stored('run', runKey(schedule), runOf(scheduledTime, longestGapMinutes), { version: versionAfter(before) }), when: unchanged(before) }])
  }, triesAtMost)

/** The last runs of these schedules, in their order; nothing of one that never ran. */
export const lastRuns = async (table: Table, schedules: readonly ScheduleFunctionName[]): Promise<readonly (Run | undefined)[]> =>
  (await table.getAll(schedules.map(runKey))).map(item => openedMaybe('run', item))
