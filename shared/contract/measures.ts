import * as z from 'zod/mini'
import { measureSchema } from '../visit/measure.ts'
import { listOf, measureCode, paging } from './field.ts'
import { campaignOffice, everybody, operation } from './operation.ts'

const measure = z.strictObject({ measureId: measureCode })

export const putMeasure = operation({
  id: 'putMeasure', method: 'PUT', path: '/v1/measures/{measureId}', owner: 'visits', access: campaignOffice,
  summary: { zh: '录入或更新惠企政策', en: 'Enter or update a support measure' },
  note: {
    zh: '以所填内容整体替换。有效期变动只影响此后登记的走访，已登记的送政策记录不变。',
    en: 'Replaces the whole. Where the days it is valid change, that holds for visits entered from then on; what has been explained stays so.',
  },
  params: measure, body: z.omit(measureSchema, { measureId: true }), status: 200, response: measureSchema, ifMatch: 'optional', etag: true,
  problems: ['measure-ends-before-start'],
})
export const getMeasure = operation({
  id: 'getMeasure', method: 'GET', path: '/v1/measures/{measureId}', owner: 'visits', access: everybody,
  summary: { zh: '查看惠企政策', en: 'Read a support measure' },
  params: measure, status: 200, response: measureSchema, etag: true, problems: ['measure-not-found'],
})
export const listMeasures = operation({
  id: 'listMeasures', method: 'GET', path: '/v1/measures', owner: 'visits', access: everybody,
  summary: { zh: '惠企政策目录', en: 'List support measures' },
  query: z.strictObject(paging), status: 200, response: listOf(measureSchema),
})

export const measureOperations = [putMeasure, getMeasure, listMeasures] as const
