import { isWorkingTime } from '../../shared/issue/deadline.ts'
import type { Instant } from '../../shared/calendar/zone.ts'
import { readRules } from '../adapters/rules-store.ts'
import type { DeliveryDependencies } from './deliver.ts'

/** Whether scheduled mail goes out at this instant. */
export const inWorkingHours = async (now: Instant, { table, settings: { timeZone } }: Pick<DeliveryDependencies, 'table' | 'settings'>): Promise<boolean> => {
  const { policy, calendar } = await readRules(table)
  return isWorkingTime(now, policy.workingHours, { calendar, timeZone })
}
