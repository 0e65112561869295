import { addMonths, monthOf, type LocalDate } from '../../shared/calendar/date.ts'
import { toRfc3339, type TimeZone } from '../../shared/calendar/zone.ts'
import { answerOn, type Answer, type Answered } from '../../shared/visit/confirmation.ts'
import { deniedMails, flagAfterAnswer, flagIdOf } from '../../shared/visit/flag.ts'
import { touchesMonth } from '../../shared/visit/quota.ts'
import type { Visit } from '../../shared/visit/visit.ts'
import { confirmationKey, confirmationWrite } from '../adapters/confirmation-store.ts'
import { flagKey, flagWrite } from '../adapters/flag-store.ts'
import { planWrites } from '../adapters/outbox-store.ts'
import { triesOfMany, untilCommitted, type Pause } from '../adapters/race.ts'
import { rosterQueries, rosterStore } from '../adapters/roster-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import { all, type Key, type Table } from '../adapters/table.ts'
import { quotaKey, visitKeyOfId } from '../adapters/visit-store.ts'
import type { ShownVisit } from './visits-page.ts'

/** So many visits are shown, the latest. */
const visitsShown = 10

/**
 * The visits to the enterprise that count towards the quota, of this month and the last, newest first. They are found by
 * the quota's own records, which have one a day and pairing at most: of telephone calls any number can be entered, and
 * must not push a visit out of the enterprise's sight.
 */
const countedVisits = async (table: Table, enterpriseId: string, today: LocalDate): Promise<readonly Visit[]> => {
  const months = [monthOf(today), addMonths(monthOf(today), -1)]
  const pairings = (await all(table.query(rosterQueries.pairingsOfEnterprise(enterpriseId)))).map(item => opened('pairing', item))
  const officers = new Set(pairings.filter(pairing => months.some(month => touchesMonth(pairing, month))).map(({ officerId }) => officerId))
  const records = await table.getAll([...officers].flatMap(officerId => months.map(month => quotaKey(officerId, enterpriseId, month))))
  const latest = records
    .flatMap(item => Object.entries(openedMaybe('quota', item)?.countedVisits ?? {}))
    .sort(([one], [other]) => other.localeCompare(one))
    .slice(0, visitsShown)
  const keys = latest.flatMap(([, visitId]): Key[] => {
    const key = visitKeyOfId(visitId)
    return key === undefined ? [] : [key]
  })
  return (await table.getAll(keys)).flatMap(item => openedMaybe('visit', item) ?? [])
}

/** The visits that the enterprise is asked about, and what it has said of each. `answered`: one that is shown in any case. */
export const shownVisits = async (table: Table, enterpriseId: string, today: LocalDate, answered?: Visit): Promise<readonly ShownVisit[]> => {
  const counted = await countedVisits(table, enterpriseId, today)
  const visits = answered === undefined || counted.some(({ visitId }) => visitId === answered.visitId) ? counted : [answered, ...counted.slice(0, visitsShown - 1)]
  const [confirmations, officers] = await Promise.all([
    table.getAll(visits.map(confirmationKey)),
    rosterStore(table).officers([...new Set(visits.map(({ officerId }) => officerId))]),
  ])
  return visits.map((visit, at) => ({ visit, officerName: officers.get(visit.officerId)?.name ?? visit.officerId, answers: openedMaybe('confirmation', confirmations[at])?.answers ?? [] }))
}

interface KeepingDependencies {
  readonly table: Table
  readonly timeZone: TimeZone
  readonly adminEmail: string
  readonly pause: Pause
}

/** Keeps what the enterprise says of a visit of its own. A visit that it denies is flagged for the campaign office. */
export const keepAnswer = ({ table, timeZone, adminEmail, pause }: KeepingDependencies, visit: Visit, answer: Omit<Answer, 'at'>, now: number): Promise<Answered['outcome']> =>
  untilCommitted(async () => {
    const [before, flagItem] = await table.getAll([confirmationKey(visit), flagKey(flagIdOf('denied', visit.visitId))])
    const answered = answerOn(openedMaybe('confirmation', before), visit, answer, now)
    if (answered.outcome !== 'kept') return answered.outcome
    const flag = flagAfterAnswer(openedMaybe('flag', flagItem), visit, answer.came, toRfc3339(now, timeZone))
    const isNew = flag !== undefined && flagItem === undefined
    const mails = isNew ? deniedMails(flag, visit, { supervisors: await rosterStore(table).supervisors(), adminEmail }) : []
    await table.commit([confirmationWrite(answered.confirmation, before), ...(flag === undefined ? [] : [flagWrite(flag, flagItem)]), ...planWrites(mails, now)])
    return answered.outcome
  }, triesOfMany, pause)
