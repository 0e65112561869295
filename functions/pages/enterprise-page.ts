import type { Case } from '../../shared/case/case.ts'
import { fitting, html, nothing, type Markup } from '../../shared/page/markup.ts'
import { caseStateOf } from './case-state.ts'
import { forEnterprise, layout, type PagePen } from '../html/layout.ts'
import { stateOf, type Shown } from './state.ts'

/** A page of an enterprise's issues, and what there is beside it. */
export interface EnterpriseList {
  readonly enterpriseName: string
  readonly issues: readonly Shown[]
  /** How many wait for a rating, on whatever page. */
  readonly awaiting: number
  readonly page: number
  readonly pages: number
  /** Whether there are older ones, which no page shows. */
  readonly hasMore: boolean
  /** Its foremost cases in the green channel, and whether it has others. */
  readonly cases: readonly Case[]
  readonly hasMoreCases: boolean
  /** Whether it is asked to rate its officer this month. */
  readonly isRoundMonth: boolean
}

/** Twenty entries fit into a page at these weights in bytes; a Chinese title of a hundred characters is shown whole. */
const titleBytes = 300
const departmentBytes = 180
/** And five cases before them. */
const caseTitleBytes = 180
const nameBytes = 600

/** An enterprise's issues: those that wait for its rating, then the newest. */
export const enterprisePage = (list: EnterpriseList, path: string, pen: PagePen): string => {
  const { say, at } = pen
  const { issues, awaiting, page, pages } = list
  const enterpriseName = fitting(list.enterpriseName, nameBytes)
  const entry = ({ issue, departmentName }: Shown): Markup =>
    html`<li><a href="${path}/issues/${issue.issueId}">${fitting(issue.title, titleBytes)}</a><p>${stateOf({ issue, departmentName: fitting(departmentName, departmentBytes) }, pen)}</p><p class="soft">${issue.issueId} · ${at(issue.dispatchedAt)}</p></li>`
  const lead =
    awaiting === 0 ? nothing : html`<p class="state">${say(`有 ${awaiting} 个问题已办结，请您评价`, `${awaiting === 1 ? 'One issue has' : `${awaiting} issues have`} been resolved; please rate the result`)}</p>`
  // Where the issues are many, on their first page alone.
  const cases = page > 1 ? [] : list.cases
  const caseEntry = (it: Case): Markup =>
    html`<li><a href="${path}/cases/${it.caseId}">${fitting(it.title, caseTitleBytes)}</a><p>${caseStateOf(it, pen)}</p><p class="soft">${it.caseId} · ${at(it.openedAt)}</p></li>`
  return layout(
    page === 1 ? enterpriseName : say(`${enterpriseName}（第${page}页）`, `${enterpriseName} (page ${page})`),
    html`<h1>${enterpriseName}</h1>${lead}<p><a class="button" href="${path}/new">${say('反映新问题', 'Raise an issue')}</a></p><p><a href="${path}/visits">${say('走访记录：请核实是否属实', 'Recorded visits: please say whether they took place')}</a></p>${list.isRoundMonth ? html`<p><a href="${path}/officer">${say('评议助企干部', 'Rate your officer')}</a></p>` : nothing}${cases.length === 0 ? nothing : html`<h2>${say('绿色通道事项', 'Your cases in the green channel')}</h2><ul class="issues">${cases.map(caseEntry)}</ul>${list.hasMoreCases ? html`<p class="soft">${say('更早的事项未在此列出，如需了解，请联系贵单位的助企干部。', 'Older cases are not listed here; please ask your officer about them.')}</p>` : nothing}`}<h2>${say('贵单位反映的问题', 'The issues you have raised')}</h2>
${issues.length === 0 ? html`<p>${say('目前没有反映的问题。', 'There are none at present.')}</p>` : html`<ul class="issues">${issues.map(entry)}</ul>`}
${pages > 1 ? pageLinks(list, path, pen) : nothing}
${list.hasMore && page === pages ? html`<p class="soft">${say('更早的问题未在此列出，如需了解，请联系贵单位的助企干部。', 'Older issues are not listed here; please ask your officer about them.')}</p>` : nothing}`,
    pen,
    forEnterprise(pen),
  )
}

const pageLinks = ({ page, pages }: EnterpriseList, path: string, { say }: PagePen): Markup => {
  const link = (to: number, words: string): Markup => html`<a href="${path}?page=${to}">${words}</a>`
  return html`<nav class="pages" aria-label="${say('分页', 'Pages')}">${page > 1 ? link(page - 1, say('上一页', 'Previous page')) : nothing}<span>${say(`第 ${page} 页，共 ${pages} 页`, `Page ${page} of ${pages}`)}</span>${page < pages ? link(page + 1, say('下一页', 'Next page')) : nothing}</nav>`
}
