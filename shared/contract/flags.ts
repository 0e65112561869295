import * as z from 'zod/mini'
import { checkSchema, flagKinds, flagSchema, flagStatuses } from '../visit/flag.ts'
import { listOf, officerCode, opaque, paging } from './field.ts'
import { campaignOffice, operation } from './operation.ts'

const flag = z.strictObject({ flagId: opaque(128) })

/** For the campaign office alone, as what enterprises say of visits is. */
export const listFlags = operation({
  id: 'listFlags', method: 'GET', path: '/v1/flags', owner: 'visits', access: campaignOffice,
  summary: { zh: '提请核查的走访（按状态、类型或干部）', en: 'Visits flagged for somebody to look at' },
  note: {
    zh: '最近提请的在前。overlap：同一干部同日两次走访起止时间重叠；same-text：纪要与此前多次走访相同；late-burst：同日集中补录；denied：企业反映不属实（takenBackAt 为企业此后更正的时间）。seenWith 为与之对照的其他走访，最多 10 次。提请核查不改变走访的有效性。',
    en: 'The latest first. overlap: the times of two visits of the officer on that day overlap; same-text: the summary is that of several earlier visits; late-burst: one of many entered afterwards on one day; denied: the enterprise says that it did not take place (takenBackAt: when it corrected itself since). seenWith are the other visits it was seen by, ten at most. A flag changes nothing that counts.',
  },
  query: z.strictObject({ status: z.optional(z.enum(flagStatuses)), kind: z.optional(z.enum(flagKinds)), officerId: z.optional(officerCode), ...paging }),
  status: 200, response: listOf(flagSchema), problems: ['officer-not-found'],
})
export const getFlag = operation({
  id: 'getFlag', method: 'GET', path: '/v1/flags/{flagId}', owner: 'visits', access: campaignOffice,
  summary: { zh: '查看提请核查的走访', en: 'Read a flag' },
  params: flag, status: 200, response: flagSchema, problems: ['flag-not-found'],
})
export const checkFlag = operation({
  id: 'checkFlag', method: 'POST', path: '/v1/flags/{flagId}/check', owner: 'visits', access: campaignOffice,
  summary: { zh: '登记核查结论', en: 'Write down what was found' },
  note: {
    zh: 'in-order 为属实，irregular 为不实，均须说明。结论只作记录，不改变走访的有效性。走访干部、同行干部和登记人不得自行核查。',
    en: 'in-order or irregular, with a remark in either case. It is written down and changes nothing that counts. Nobody checks a visit that they made, were along on or entered.',
  },
  params: flag, body: checkSchema, status: 200, response: flagSchema, problems: ['flag-not-found', 'own-visit', 'already-checked'],
})

export const flagOperations = [listFlags, getFlag, checkFlag] as const
