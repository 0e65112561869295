import * as z from 'zod/mini'
import { contactFaults } from '../roster/contact.ts'
import { code, enterpriseId, instant, line, listOf, officerCode, paging } from './field.ts'
import { operation } from './operation.ts'
import { visitReaders } from './visits.ts'

export const listContactTasks = operation({
  id: 'listContactTasks', method: 'GET', path: '/v1/contact-tasks', owner: 'visits', access: visitReaders,
  summary: { zh: '待补正联系邮箱的企业（按干部或部门）', en: 'Enterprises of an officer or a department that cannot be written to' },
  note: {
    zh: '列出当前结对、未登记联系邮箱或现有邮箱无法送达的企业：no-address 未登记，refused 邮件服务拒收，bounced 被退回，complained 被标记为垃圾邮件。登记新的邮箱后自动消除。awaitingRating 为已办结、等待该企业评价的问题数（计最近 200 个问题）。',
    en: 'The enterprises paired today that have no contact address, or one that mail does not reach: it was refused by the mail service, bounced, or was marked as spam. Entering another address ends it. awaitingRating counts the resolved issues that wait for its rating, of its latest 200.',
  },
  query: z.strictObject({ officerId: z.optional(officerCode), departmentId: z.optional(code), ...paging }),
  status: 200,
  response: listOf(z.strictObject({
    officerId: officerCode,
    enterpriseId,
    enterpriseName: line(200),
    reason: z.enum(contactFaults),
    /** When it was first found; left out where nobody knows. */
    since: z.optional(instant),
    awaitingRating: z.int(),
  })),
  problems: ['officer-not-found', 'department-not-found', 'filter-required'],
})

export const contactTaskOperations = [listContactTasks] as const
