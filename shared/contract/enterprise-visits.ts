import * as z from 'zod/mini'
import { visitModes } from '../policy/policy.ts'
import { code, enterpriseId, line, listOf, localDate, measureCode, month, officerCode, paging } from './field.ts'
import { operation } from './operation.ts'
import { visitReaders } from './visits.ts'

export const listEnterpriseVisits = operation({
  id: 'listEnterpriseVisits', method: 'GET', path: '/v1/enterprises/{enterpriseId}/visits', owner: 'visits', access: visitReaders,
  summary: { zh: '企业当月走访情况（含其他干部）', en: 'Who saw an enterprise in a month' },
  note: {
    zh: '供走访前了解还有谁走访过该企业、讲解过哪些政策，不含纪要。当前与该企业结对的干部、其所在部门的负责人可以查看。',
    en: 'For whoever plans a visit: who else has been there, and which measures they explained; not what they wrote. For the officers paired with the enterprise today, and the directors of their departments.',
  },
  params: z.strictObject({ enterpriseId }), query: z.strictObject({ month, ...paging }),
  status: 200,
  response: listOf(z.strictObject({
    officerId: officerCode,
    officerName: z.optional(line(50)),
    /** The officer's department of today. */
    departmentId: z.optional(code),
    departmentName: z.optional(line(100)),
    visitedOn: localDate,
    mode: z.enum(visitModes),
    counted: z.boolean(),
    with: z.optional(z.array(officerCode)),
    measures: z.optional(z.array(measureCode)),
  })),
  problems: ['enterprise-not-found'],
})

export const enterpriseVisitOperations = [listEnterpriseVisits] as const
