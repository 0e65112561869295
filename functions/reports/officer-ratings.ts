import { localDateOf } from '../../shared/calendar/zone.ts'
import type { officerRatingOperations } from '../../shared/contract/officer-ratings.ts'
import { Problem } from '../../shared/contract/problem.ts'
import { summaryOf } from '../../shared/officer-rating/officer-rating.ts'
import { roundClosesOn, type Round } from '../../shared/officer-rating/round.ts'
import { demandWithin } from '../../shared/roster/caller.ts'
import { officerRatingsOf } from '../adapters/officer-rating-store.ts'
import { rosterQueries, rosterStore } from '../adapters/roster-store.ts'
import { opened } from '../adapters/stored.ts'
import type { ApiHandlers } from '../http/api.ts'
import { listPage } from '../http/list.ts'
import type { HandlerDependencies } from '../http/serve.ts'

export const officerRatingHandlers = ({ table, cursors, timeZone }: HandlerDependencies): ApiHandlers<typeof officerRatingOperations> => {
  const roster = rosterStore(table)

  /** While a round is open, the next answer could be told from the difference. */
  const demandOver = (round: Round, now: number): void => {
    const until = roundClosesOn(round)
    if (localDateOf(now, timeZone) <= until) throw new Problem('round-not-over', { until })
  }

  const answerOf = async (officerId: string, round: Round) => ({ officerId, round, ...summaryOf(await officerRatingsOf(table, officerId, round)) })

  return {
    getOfficerRating: async ({ params: { round, officerId }, caller, reaches, now }) => {
      const officer = await roster.officer(officerId)
      demandWithin(reaches, caller, { officers: [officerId], departments: officer === undefined ? [] : [officer.departmentId] })
      if (officer === undefined) throw new Problem('officer-not-found', { id: officerId })
      demandOver(round, now)
      return { body: await answerOf(officerId, round) }
    },

    listOfficerRatings: async ({ params: { round }, query, caller, reaches, now, paging }) => {
      const departmentId = query.departmentId ?? (reaches.has('any') ? undefined : caller.departmentId)
      demandWithin(reaches, caller, { departments: departmentId === undefined ? [] : [departmentId] })
      if (departmentId !== undefined && (await roster.department(departmentId)) === undefined) throw new Problem('department-not-found', { id: departmentId })
      demandOver(round, now)
      const officers = departmentId === undefined ? rosterQueries.officers : rosterQueries.officersOf(departmentId)
      return { body: await listPage(table, officers, paging, cursors, item => answerOf(opened('officer', item).officerId, round)) }
    },
  }
}
