import { addMonths, type Month } from '../../shared/calendar/date.ts'
import { toRfc3339 } from '../../shared/calendar/zone.ts'
import { Problem } from '../../shared/contract/problem.ts'
import type { reportOperations } from '../../shared/contract/reports.ts'
import { demandWithin } from '../../shared/roster/caller.ts'
import { differences, layOut } from '../../shared/report/bulletin.ts'
import { demandFiltersOf, figureNames, figures, type Figure } from '../../shared/report/figure.ts'
import { rateNames, rates } from '../../shared/report/rate.ts'
import type { Tally } from '../../shared/report/tally.ts'
import { issuedBulletin } from '../adapters/bulletin-store.ts'
import { issueQueries } from '../adapters/issue-store.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import type { Query } from '../adapters/table.ts'
import type { ApiHandlers } from '../http/api.ts'
import { listPage } from '../http/list.ts'
import type { HandlerDependencies } from '../http/serve.ts'
import { drawUp } from '../month-records/draw-up.ts'
import { demandBegun, demandCountable } from '../month-records/months.ts'
import { periodOf, sourcesOf, type Counted } from '../month-records/records.ts'

export const reportHandlers = ({ table, cursors, timeZone }: HandlerDependencies): ApiHandlers<typeof reportOperations> => {
  const roster = rosterStore(table)

  const count = async (month: Month, now: number): Promise<Tally> => {
    const { policy, calendar } = await readRules(table)
    return drawUp(table, month, { policy, calendar, timeZone, now })
  }

  return {
    getBulletin: async ({ params: { month }, now }) => {
      demandBegun(month, now, timeZone)
      const issued = await issuedBulletin(table, month)
      if (issued !== undefined) return { body: { ...layOut(month, issued.tally, issued.before), countedAt: toRfc3339(issued.issuedAt, timeZone), issued: true } }
      demandCountable(month, now, timeZone)
      const before = addMonths(month, -1)
      const sums = (await issuedBulletin(table, before))?.tally.all ?? (await count(before, now)).all
      return { body: { ...layOut(month, await count(month, now), { month: before, sums }), countedAt: toRfc3339(now, timeZone), issued: false } }
    },

    recountBulletin: async ({ params: { month }, now }) => {
      demandBegun(month, now, timeZone)
      const issued = await issuedBulletin(table, month)
      if (issued === undefined) throw new Problem('bulletin-not-issued', { month })
      demandCountable(month, now, timeZone)
      return { body: { month, issuedAt: toRfc3339(issued.issuedAt, timeZone), countedAt: toRfc3339(now, timeZone), differences: [...differences(issued.tally, await count(month, now))] } }
    },

    listFigureRecords: async ({ params: { month }, query, caller, reaches, now, paging }) => {
      demandBegun(month, now, timeZone)
      demandCountable(month, now, timeZone)
      const { figure } = query
      demandFiltersOf(figure, query)
      const departmentId = query.departmentId ?? (reaches.has('any') ? undefined : caller.departmentId)
      demandWithin(reaches, caller, { departments: departmentId === undefined ? [] : [departmentId] })
      if (departmentId !== undefined && (await roster.department(departmentId)) === undefined) throw new Problem('department-not-found', { id: departmentId })
      const { policy, calendar } = await readRules(table)
      const { queries, ended, read } = sourcesOf(table, month, { policy, calendar, timeZone, now })[figures[figure].of]
      const records = await listPage(table, narrowed(month, figure) ?? [...queries, ...ended], paging, cursors, async item => {
        const counted = await read(item)
        const amount = counted?.contribution.amounts[figure] ?? 0
        return counted === undefined || amount === 0 || !isAskedFor(counted, { ...query, departmentId }) ? undefined : { ...counted.entry, amount }
      })
      return { body: records }
    },

    listFigures: () => ({
      body: {
        figures: figureNames.map(figure => ({ figure, of: figures[figure].of, words: figures[figure].words, counts: figures[figure].counts })),
        rates: rateNames.map(rate => ({ rate, words: rates[rate].words, numerator: rates[rate].numerator, denominator: rates[rate].denominator })),
      },
    }),
  }

  /** Issues raised in the month lie side by side, and none of them moves while a list of them is walked. */
  function narrowed(month: Month, figure: Figure): readonly Query[] | undefined {
    const { from, until } = periodOf(month, timeZone)
    return 'onlyRaised' in figures[figure] ? [issueQueries.dispatchedBetween(from, until)] : undefined
  }
}

interface Asked {
  readonly departmentId?: string | undefined
  readonly tier?: string | undefined
  readonly category?: string | undefined
  readonly measureId?: string | undefined
}

const isAskedFor = ({ contribution }: Counted, asked: Asked): boolean =>
  (['departmentId', 'tier', 'category', 'measureId'] as const).every(name => asked[name] === undefined || asked[name] === contribution[name])
