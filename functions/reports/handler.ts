import { addMonths, monthOf, type Month } from '../../shared/calendar/date.ts'
import { localDateOf, toRfc3339 } from '../../shared/calendar/zone.ts'
import { Problem } from '../../shared/contract/problem.ts'
import type { reportOperations } from '../../shared/contract/reports.ts'
import { differences, layOut } from '../../shared/report/bulletin.ts'
import { figureNames, figures, rateNames, rates, type Figure } from '../../shared/report/figure.ts'
import { issuedBulletin } from '../adapters/bulletin-store.ts'
import { issueQueries } from '../adapters/issue-store.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import type { Query } from '../adapters/table.ts'
import type { ApiHandlers } from '../http/api.ts'
import { listPage } from '../http/list.ts'
import type { HandlerDependencies } from '../http/serve.ts'
import { drawUp } from '../reporting/draw-up.ts'
import { periodOf, sourcesOf, type Counted } from '../reporting/records.ts'

export const reportHandlers = ({ table, cursors, timeZone }: HandlerDependencies): ApiHandlers<typeof reportOperations> => {
  const roster = rosterStore(table)

  const demandBegun = (month: Month, now: number): void => {
    const until = monthOf(localDateOf(now, timeZone))
    if (month > until) throw new Problem('month-to-come', { until })
  }

  /** The month's figures: as they were issued, or else as the records give them now. */
  const tallyOf = async (month: Month, now: number) => {
    const issued = await issuedBulletin(table, month)
    if (issued !== undefined) return { tally: issued.tally, countedAt: issued.issuedAt, issued }
    const { policy } = await readRules(table)
    return { tally: await drawUp(table, month, { policy, timeZone, now }), countedAt: now, issued: undefined }
  }

  return {
    getBulletin: async ({ params: { month }, now }) => {
      demandBegun(month, now)
      const { tally, countedAt, issued } = await tallyOf(month, now)
      const before = addMonths(month, -1)
      const compared = issued?.before ?? { month: before, sums: (await tallyOf(before, now)).tally.all }
      return { body: { ...layOut(month, tally, compared), countedAt: toRfc3339(countedAt, timeZone), issued: issued !== undefined } }
    },

    recountBulletin: async ({ params: { month }, now }) => {
      demandBegun(month, now)
      const issued = await issuedBulletin(table, month)
      if (issued === undefined) throw new Problem('bulletin-not-issued', { month })
      const { policy } = await readRules(table)
      const counted = await drawUp(table, month, { policy, timeZone, now })
      return { body: { month, issuedAt: toRfc3339(issued.issuedAt, timeZone), countedAt: toRfc3339(now, timeZone), differences: [...differences(issued.tally, counted)] } }
    },

    listFigureRecords: async ({ params: { month }, query, now, paging }) => {
      demandBegun(month, now)
      const { figure, departmentId } = query
      if (departmentId !== undefined && (await roster.department(departmentId)) === undefined) throw new Problem('department-not-found', { id: departmentId })
      const { policy } = await readRules(table)
      const { queries, read } = sourcesOf(table, month, { policy, timeZone, now })[figures[figure].of]
      const records = await listPage(table, narrowed(month, figure) ?? queries, paging, cursors, async item => {
        const counted = await read(item)
        const amount = counted?.contribution.amounts[figure] ?? 0
        return counted === undefined || amount === 0 || !isAskedFor(counted, query) ? undefined : { ...counted.entry, amount }
      })
      return { body: records }
    },

    listFigures: () => ({
      body: {
        figures: figureNames.map(figure => ({ figure, of: figures[figure].of, words: figures[figure].words, counts: figures[figure].counts })),
        rates: rateNames.map(rate => ({ rate, ...rates[rate] })),
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
