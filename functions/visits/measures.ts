import type { measureOperations } from '../../shared/contract/measures.ts'
import { Problem } from '../../shared/contract/problem.ts'
import { deliveriesTo, demandEndsAfterStart, isDelivered } from '../../shared/visit/measure.ts'
import { deliveryDays, everyMeasure, measureKey, measureWrite } from '../adapters/measure-store.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { opened, versionAfter, versionOf } from '../adapters/stored.ts'
import type { ApiHandlers } from '../http/api.ts'
import { listPage } from '../http/list.ts'
import { demandSeen } from '../http/seen-version.ts'
import type { HandlerDependencies } from '../http/serve.ts'
import { askedAbout } from '../http/asked-about.ts'

export const measureHandlers = ({ table, cursors, timeZone }: HandlerDependencies): ApiHandlers<typeof measureOperations> => {
  const roster = rosterStore(table)
  const { pageOfOfficers, pairingsToday } = askedAbout({ table, cursors, timeZone })

  const readMeasure = async (measureId: string) => {
    const item = await table.get(measureKey(measureId))
    if (item === undefined) throw new Problem('measure-not-found', { id: measureId })
    return item
  }

  return {
    putMeasure: async ({ params, body, seenVersion }) => {
      const measure = { ...params, ...body }
      demandEndsAfterStart(measure)
      const before = await table.get(measureKey(params.measureId))
      demandSeen(seenVersion, versionOf(before))
      return { body: measure, version: versionAfter(before), writes: [measureWrite(measure, before)] }
    },
    getMeasure: async ({ params }) => {
      const item = await readMeasure(params.measureId)
      return { body: opened('measure', item), version: versionOf(item) }
    },
    listMeasures: async ({ paging }) => ({ body: await listPage(table, everyMeasure, paging, cursors, item => opened('measure', item)) }),

    listMeasureEnterprises: async request => {
      const { params: { measureId }, query: { delivered } } = request
      const officers = await pageOfOfficers(request)
      await readMeasure(measureId)
      const pairings = await pairingsToday(officers.items, request.now)
      const days = await deliveryDays(table, measureId, pairings.map(({ enterpriseId }) => enterpriseId))
      const lines = deliveriesTo(pairings, days).filter(line => delivered === undefined || isDelivered(line) === (delivered === 'true'))
      // The names of those alone that are shown.
      const enterprises = await roster.enterprises(lines.map(({ enterpriseId }) => enterpriseId))
      return { body: { ...officers, items: lines.map(line => ({ ...line, enterpriseName: enterprises.get(line.enterpriseId)?.name })) } }
    },
  }
}
