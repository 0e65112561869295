import type { measureOperations } from '../../shared/contract/measures.ts'
import { Problem } from '../../shared/contract/problem.ts'
import { demandEndsAfterStart } from '../../shared/visit/measure.ts'
import { everyMeasure, measureKey, measureWrite } from '../adapters/measure-store.ts'
import { opened, versionAfter, versionOf } from '../adapters/stored.ts'
import type { ApiHandlers } from '../http/api.ts'
import { listPage } from '../http/list.ts'
import { demandSeen } from '../http/seen-version.ts'
import type { HandlerDependencies } from '../http/serve.ts'

export const measureHandlers = ({ table, cursors }: HandlerDependencies): ApiHandlers<typeof measureOperations> => {
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
  }
}
