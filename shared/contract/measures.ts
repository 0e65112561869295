import * as z from 'zod/mini'
import { measureSchema } from '../visit/measure.ts'
import { code, enterpriseId, line, listOf, localDate, measureCode, officerCode, paging } from './field.ts'
import { campaignOffice, everybody, operation } from './operation.ts'
import { visitReaders } from './visits.ts'

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

export const listMeasureEnterprises = operation({
  id: 'listMeasureEnterprises', method: 'GET', path: '/v1/measures/{measureId}/enterprises', owner: 'visits', access: visitReaders,
  summary: { zh: '政策送达情况（按干部或部门）', en: 'To which enterprises of an officer or a department a measure has been explained' },
  note: {
    zh: '列出当前结对的企业；delivered=false 只列尚未送达的，true 只列已送达的。同一企业由任何干部讲解过即为送达，deliveredOn 为首次讲解的走访日期。',
    en: 'Lists the enterprises paired today; delivered=false those alone that have not had it explained, true those that have. Whoever explained it, the enterprise has had it explained; deliveredOn is the day of the first such visit.',
  },
  params: measure,
  query: z.strictObject({ delivered: z.optional(z.enum(['true', 'false'])), officerId: z.optional(officerCode), departmentId: z.optional(code), ...paging }),
  status: 200,
  response: listOf(z.strictObject({ officerId: officerCode, enterpriseId, enterpriseName: z.optional(line(200)), deliveredOn: z.optional(localDate) })),
  problems: ['measure-not-found', 'officer-not-found', 'department-not-found', 'filter-required'],
})

export const measureOperations = [putMeasure, getMeasure, listMeasures, listMeasureEnterprises] as const
