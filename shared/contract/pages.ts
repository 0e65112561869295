import * as z from 'zod/mini'
import { categoryNames, subcategoriesOf } from '../issue/category.ts'
import { line, linkToken, officerCode, opaque, prose, writtenNumber } from './field.ts'
import { operation } from './operation.ts'

/**
 * The enterprise's pages: HTML, for whoever holds the link. Reading changes nothing, for mail scanners open links too.
 */
const html = { mediaType: 'text/html' } as const
const token = { token: linkToken }
const ofIssue = z.strictObject({ ...token, issueId: opaque(32) })

/** What the form sends. `resolution`: which resolution the enterprise has read, so that it does not rate another. */
export const ratingForm = z.strictObject({
  rating: z.enum(['5', '4', '3', '2', '1']),
  words: z.optional(prose(1000)),
  resolution: z.string().check(z.regex(/^\d{1,15}$/)),
})

/** More about an issue, and the wish to take it back; the latter is confirmed, because it ends the issue. */
export const informationForm = z.strictObject({ information: prose(2000) })
export const withdrawalForm = z.strictObject({ reason: z.optional(prose(1000)), confirmed: z.literal('yes') })

/** What the enterprise says of a visit. */
export const confirmationForm = z.strictObject({ came: z.enum(['yes', 'no']), words: z.optional(prose(500)) })

/** What an issue can be about, as one choice: `facilities/roads`. */
const subjects = categoryNames.flatMap(category => Object.keys(subcategoriesOf(category)).map(subcategory => `${category}/${subcategory}`))

/** An issue that the enterprise raises by itself. `once`: 128 random bits that came with the form, so that sending it twice is sending it once. */
export const newIssueForm = z.strictObject({
  subject: z.enum(subjects),
  title: line(100),
  description: prose(5000),
  once: z.string().check(z.regex(/^[\w-]{22}$/)),
})

export const viewEnterprise = operation({
  id: 'viewEnterprise', method: 'GET', path: '/p/{token}', owner: 'pages', access: 'link',
  summary: { zh: '企业页面：本企业的全部问题', en: "The enterprise's page: its issues, and how each stands" },
  params: z.strictObject(token), query: z.strictObject({ page: z._default(writtenNumber(1, 10), 1) }), status: 200, response: html,
})
export const viewIssue = operation({
  id: 'viewIssue', method: 'GET', path: '/p/{token}/issues/{issueId}', owner: 'pages', access: 'link',
  summary: { zh: '企业页面：一个问题的办理情况', en: "The enterprise's page of one issue" },
  params: ofIssue, status: 200, response: html,
})
export const rateIssueByLink = operation({
  id: 'rateIssueByLink', method: 'POST', path: '/p/{token}/issues/{issueId}/rating', owner: 'pages', access: 'link',
  summary: { zh: '企业评价办理结果（好差评）', en: 'The enterprise rates a resolution: satisfied closes the issue, dissatisfied reopens it' },
  params: ofIssue, body: ratingForm, status: 303, response: html,
})

export const informByLink = operation({
  id: 'informByLink', method: 'POST', path: '/p/{token}/issues/{issueId}/information', owner: 'pages', access: 'link',
  summary: { zh: '企业补充情况', en: 'The enterprise adds information' },
  params: ofIssue, body: informationForm, status: 303, response: html,
})
export const withdrawByLink = operation({
  id: 'withdrawByLink', method: 'POST', path: '/p/{token}/issues/{issueId}/withdrawal', owner: 'pages', access: 'link',
  summary: { zh: '企业撤回问题', en: 'The enterprise takes an issue back' },
  params: ofIssue, body: withdrawalForm, status: 303, response: html,
})

export const viewNewIssue = operation({
  id: 'viewNewIssue', method: 'GET', path: '/p/{token}/new', owner: 'pages', access: 'link',
  summary: { zh: '企业页面：反映新问题的表单', en: 'The form by which the enterprise raises an issue' },
  params: z.strictObject(token), status: 200, response: html,
})
export const submitByLink = operation({
  id: 'submitByLink', method: 'POST', path: '/p/{token}/issues', owner: 'pages', access: 'link',
  summary: { zh: '企业自行提交问题，自动编号并分办', en: 'The enterprise raises an issue by itself; it is numbered and dispatched' },
  params: z.strictObject(token), body: newIssueForm, status: 303, response: html,
})

export const viewVisits = operation({
  id: 'viewVisits', method: 'GET', path: '/p/{token}/visits', owner: 'pages', access: 'link',
  summary: { zh: '企业页面：近期走访记录', en: "The enterprise's page of the visits that were recorded" },
  params: z.strictObject(token), status: 200, response: html,
})
export const confirmVisitByLink = operation({
  id: 'confirmVisitByLink', method: 'POST', path: '/p/{token}/visits/{visitId}/confirmation', owner: 'pages', access: 'link',
  summary: { zh: '企业核实走访：属实或不属实', en: 'The enterprise says of a recorded visit whether it took place' },
  params: z.strictObject({ ...token, visitId: opaque(64) }), body: confirmationForm, status: 303, response: html,
})

/** How satisfied the enterprise is with its officer. `officer`: whom it has read of, so that it does not rate another. */
export const officerForm = z.strictObject({ rating: z.enum(['5', '4', '3', '2', '1']), officer: officerCode })

export const viewOfficer = operation({
  id: 'viewOfficer', method: 'GET', path: '/p/{token}/officer', owner: 'pages', access: 'link',
  summary: { zh: '企业页面：评议助企干部', en: 'The page on which the enterprise rates its officer, in June and December' },
  params: z.strictObject(token), status: 200, response: html,
})
export const rateOfficerByLink = operation({
  id: 'rateOfficerByLink', method: 'POST', path: '/p/{token}/officer', owner: 'pages', access: 'link',
  summary: { zh: '企业评议助企干部', en: 'The enterprise rates its officer; the last answer of the round counts' },
  params: z.strictObject(token), body: officerForm, status: 303, response: html,
})

const ofCase = z.strictObject({ ...token, caseId: opaque(32) })

/** Whether the enterprise has the result. `handover`: which handing over it has read of, so that it does not answer for another. */
export const receiptForm = z.strictObject({
  received: z.enum(['yes', 'no']),
  words: z.optional(prose(1000)),
  handover: z.string().check(z.regex(/^\d{1,15}$/)),
})

export const viewCase = operation({
  id: 'viewCase', method: 'GET', path: '/p/{token}/cases/{caseId}', owner: 'pages', access: 'link',
  summary: { zh: '企业页面：一个绿色通道事项的办理情况', en: "The enterprise's page of one case in the green channel" },
  params: ofCase, status: 200, response: html,
})
export const confirmReceiptByLink = operation({
  id: 'confirmReceiptByLink', method: 'POST', path: '/p/{token}/cases/{caseId}/receipt', owner: 'pages', access: 'link',
  summary: { zh: '企业确认是否收到办理结果', en: 'The enterprise says whether it has the result: that completes the case, or takes it back to be handed over' },
  params: ofCase, body: receiptForm, status: 303, response: html,
})
export const informOnCaseByLink = operation({
  id: 'informOnCaseByLink', method: 'POST', path: '/p/{token}/cases/{caseId}/information', owner: 'pages', access: 'link',
  summary: { zh: '企业就绿色通道事项补充情况', en: 'The enterprise adds information to a case' },
  params: ofCase, body: informationForm, status: 303, response: html,
})

export const pageOperations = [viewEnterprise, viewIssue, rateIssueByLink, informByLink, withdrawByLink, viewNewIssue, submitByLink, viewVisits, confirmVisitByLink, viewOfficer, rateOfficerByLink, viewCase, confirmReceiptByLink, informOnCaseByLink] as const

/** A page of an enterprise's, by the id of its operation. */
export type EnterprisePage = (typeof pageOperations)[number]['id']
