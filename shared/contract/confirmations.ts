import * as z from 'zod/mini'
import { enterpriseId, instant, listOf, localDate, officerCode, paging } from './field.ts'
import { campaignOffice, operation } from './operation.ts'

/** For the campaign office alone: an officer who saw who denies their visits could lean on the enterprise. */
export const listConfirmations = operation({
  id: 'listConfirmations', method: 'GET', path: '/v1/confirmations', owner: 'visits', access: campaignOffice,
  summary: { zh: '企业对走访记录的核实', en: 'What enterprises say of the visits that were recorded' },
  note: {
    zh: 'came=false 列出企业最近反映不属实的走访，true 列出已确认属实的；answers 按时间顺序，以最后一次为准。企业的反映不改变走访的有效性，由助企办核实。',
    en: 'came=false lists the visits of which the enterprise says by now that they did not take place, true those it confirms; answers are in order, and the last holds. What an enterprise says does not change what counts: the campaign office looks into it.',
  },
  query: z.strictObject({ came: z.enum(['true', 'false']), ...paging }),
  status: 200,
  response: listOf(z.strictObject({
    visitId: z.string(), officerId: officerCode, enterpriseId, visitedOn: localDate,
    answers: z.array(z.strictObject({ came: z.boolean(), words: z.optional(z.string()), at: instant })),
  })),
})

export const confirmationOperations = [listConfirmations] as const
