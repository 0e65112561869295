import { addDays } from '../../shared/calendar/date.ts'
import { localDateOf } from '../../shared/calendar/zone.ts'
import type { Calendar } from '../../shared/calendar/working-day.ts'
import { planMail, type PlannedMail } from '../../shared/mail/notice.ts'
import { openRoundOn, roundOpensOn } from '../../shared/officer-rating/round.ts'
import { isInForce } from '../../shared/roster/pairing.ts'
import { concurrently, inLots, interleaved } from '../adapters/concurrently.ts'
import { rosterQueries, rosterStore } from '../adapters/roster-store.ts'
import { opened } from '../adapters/stored.ts'
import type { Table } from '../adapters/table.ts'

/** Enterprises whose addresses are read at once, and mails that are planned side by side. */
const atOnce = 100
const plannedAtOnce = 16

/** So many days, the first one included; who is paired by then is asked too. */
const daysTried = 5

/**
 * When a round has opened, every enterprise that is paired and has an address is asked to rate its officer, once: whoever is
 * paired with two is asked once, and says it of the one who is its officer when it answers. A day on which that failed is made
 * up for on the next few.
 */
export const askToRate = async (table: Table, now: number, { calendar, timeZone, plan }: { readonly calendar: Calendar; readonly timeZone: string; readonly plan: (mail: PlannedMail) => Promise<void> }): Promise<void> => {
  const today = localDateOf(now, timeZone)
  const round = openRoundOn(today, calendar)
  if (round === undefined || today >= addDays(roundOpensOn(round, calendar), daysTried)) return
  const roster = rosterStore(table)
  for await (const items of inLots(interleaved(rosterQueries.pairingShards.map(query => table.query(query))), atOnce)) {
    const paired = items.map(item => opened('pairing', item)).filter(pairing => isInForce(pairing, today))
    const enterprises = await roster.enterprises([...new Set(paired.map(({ enterpriseId }) => enterpriseId))])
    const reachable = [...enterprises.values()].filter(({ contactEmail }) => contactEmail !== undefined)
    await concurrently(reachable, plannedAtOnce, ({ enterpriseId }) => plan(planMail({ kind: 'officer-rating-asked', round, enterpriseId }, `enterprise:${enterpriseId}`, 'scheduled')))
  }
}
