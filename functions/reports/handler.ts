import { addMonths, firstDayOfMonth, monthOf } from '../../shared/calendar/date.ts'
import { instantOf, localDateOf } from '../../shared/calendar/zone.ts'
import { Problem } from '../../shared/contract/problem.ts'
import type { reportOperations } from '../../shared/contract/reports.ts'
import { emptyBulletin, withIssue, withOfficer } from '../../shared/report/bulletin.ts'
import { interleaved } from '../adapters/concurrently.ts'
import { isShort, quotasOf } from '../../shared/visit/quota.ts'
import { issueQueries } from '../adapters/issue-store.ts'
import { officerMonths } from '../adapters/month-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import { opened } from '../adapters/stored.ts'
import type { ApiHandlers } from '../http/api.ts'
import type { HandlerDependencies } from '../http/serve.ts'

export const reportHandlers = ({ table, timeZone }: HandlerDependencies): ApiHandlers<typeof reportOperations> => ({
  getBulletin: async ({ params: { month }, now }) => {
    const thisMonth = monthOf(localDateOf(now, timeZone))
    if (month > thisMonth) throw new Problem('month-to-come', { until: thisMonth })
    const start = instantOf(firstDayOfMonth(month), '00:00', timeZone)
    const end = instantOf(firstDayOfMonth(addMonths(month, 1)), '00:00', timeZone)
    const { policy } = await readRules(table)
    let bulletin = emptyBulletin(month)
    for await (const { pairings, records } of interleaved(officerMonths(table, month)))
      bulletin = withOfficer(bulletin, records, quotasOf(pairings, records, month, policy).some(isShort))
    for await (const item of table.query(issueQueries.dispatchedBetween(start, end))) bulletin = withIssue(bulletin, opened('issue', item), end)
    return { body: bulletin }
  },
})
