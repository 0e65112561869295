import { numberWords, type Publication } from '../../shared/notice/notice.ts'
import { noticeKindWords, noticeKinds } from '../../shared/notice/transition.ts'
import { fitting, html, nothing, type Markup } from '../../shared/page/markup.ts'
import { noticeQueries } from '../adapters/notice-store.ts'
import { opened } from '../adapters/stored.ts'
import type { Table } from '../adapters/table.ts'
import { forEverybody, layout, type PagePen } from '../html/layout.ts'

/** So many of each kind the page lists, the newest; the API goes on from there. */
const listedAtMost = 15

/** Thirty entries fit into a page at these weights in bytes. */
const titleBytes = 250
const nameBytes = 120
const textBytes = 18_000
const reasonBytes = 3_500

type Newest = readonly { readonly kind: Publication['kind']; readonly publications: readonly Publication[]; readonly hasMore: boolean }[]

/** The newest of each kind that have been published. */
export const newestNotices = (table: Table): Promise<Newest> =>
  Promise.all(
    noticeKinds.map(async kind => {
      const publications: Publication[] = []
      for (const query of noticeQueries.published(kind))
        for await (const item of table.query({ ...query, pageSize: listedAtMost + 1 })) {
          publications.push(opened('publication', item))
          if (publications.length > listedAtMost) break
        }
      return { kind, publications: publications.slice(0, listedAtMost), hasMore: publications.length > listedAtMost }
    }),
  )

const publicLayout = (title: string, body: Markup, pen: PagePen): string => layout(title, body, pen, forEverybody(pen))

export const noticesPage = (newest: Newest, pen: PagePen): string => {
  const { say, term } = pen
  const title = say('通报和表扬', 'Notices and commendations')
  const section = ({ kind, publications, hasMore }: Newest[number]): Markup => html`<h2>${term(noticeKindWords[kind])}</h2>
${publications.length === 0 ? html`<p>${say('目前没有。', 'There are none at present.')}</p>` : html`<ul class="issues">${publications.map(each => entry(each, pen))}</ul>`}
${hasMore ? html`<p class="soft">${say('更早的未在此列出，可通过开放接口查询。', 'Older ones are not listed here; the open interface has them.')}</p>` : nothing}`
  return publicLayout(title, html`<h1>${title}</h1>${newest.map(section)}`, pen)
}

const entry = (publication: Publication, pen: PagePen): Markup => {
  const { noticeId, kind, number, title, publishedAt, withdrawn } = publication
  const state = withdrawn === undefined ? nothing : html`<p>${pen.say('已撤回', 'Withdrawn')}</p>`
  return html`<li><a href="/notices/${noticeId}">${fitting(title, titleBytes)}</a><p>${concernedName(publication)}</p>${state}<p class="soft">${pen.term(numberWords(kind, number))} · ${pen.at(publishedAt)}</p></li>`
}

const concernedName = ({ officerName, departmentName }: Publication): string =>
  officerName === undefined ? fitting(departmentName, nameBytes) : `${fitting(departmentName, nameBytes)} · ${fitting(officerName, nameBytes)}`

export const noticePage = (publication: Publication, pen: PagePen): string => {
  const { say, term, at } = pen
  const { kind, number, title, text, officerName, departmentName, publishedAt, withdrawn } = publication
  const row = (label: string, value: string): Markup => html`<dt>${label}</dt><dd>${value}</dd>`
  return publicLayout(
    title,
    html`<p><a href="/notices">${say('全部通报和表扬', 'All notices')}</a></p><h1>${title}</h1>
${withdrawn === undefined ? nothing : html`<p class="state">${say(`已于${at(withdrawn.at)}撤回，不再公开全文`, `Withdrawn on ${at(withdrawn.at)}; its text is not public any more`)}</p>`}
<dl>${row(say('文号', 'Number'), term(numberWords(kind, number)))}${row(say('类型', 'Kind'), term(noticeKindWords[kind]))}${officerName === undefined ? nothing : row(say('干部', 'Officer'), officerName)}${row(say('部门', 'Department'), departmentName)}${row(say('发布时间', 'Published'), at(publishedAt))}</dl>
${withdrawn === undefined ? nothing : html`<h2>${say('撤回原因', 'Why it was withdrawn')}</h2><blockquote>${fitting(withdrawn.reason, reasonBytes)}</blockquote>`}
${text === undefined ? nothing : html`<h2>${say('内容', 'What it says')}</h2><blockquote>${fitting(text, textBytes)}</blockquote>`}`,
    pen,
  )
}

export const absentPage = (pen: PagePen): string => {
  const title = pen.say('没有这一页', 'There is no such page')
  return publicLayout(title, html`<h1>${title}</h1><p><a href="/notices">${pen.say('查看已发布的通报和表扬', 'See what has been published')}</a></p>`, pen)
}
