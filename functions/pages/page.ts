import { categories, subcategoriesOf } from '../../shared/issue/category.ts'
import type { Issue, TimelineEvent } from '../../shared/issue/issue.ts'
import { ratings, ratingWords } from '../../shared/issue/rating.ts'
import { systemName } from '../../shared/mail/letter.ts'
import type { Pen } from '../../shared/mail/letters/pen.ts'
import { html, Markup, nothing } from '../../shared/page/markup.ts'

/**
 * What an enterprise sees. Plain HTML that works without script, on a small screen, by keyboard and screen reader.
 */

/** An issue with the names that stand for its ids. */
export interface Shown {
  readonly issue: Issue
  readonly departmentName: string
}

export interface ShownIssue extends Shown {
  readonly description: string
  readonly officerName: string
  readonly events: readonly { readonly event: TimelineEvent; readonly departmentName: string }[]
}

/** What somebody entered that could not be taken, and what is the matter with it. */
export interface Entered {
  readonly rating?: string | undefined
  readonly words?: string | undefined
  readonly faults: readonly { readonly field: 'rating' | 'words'; readonly message: string }[]
}

const style = new Markup(`
:root{color-scheme:light;--ink:#1f2328;--soft:#57606a;--line:#d0d7de;--accent:#9b1c1f;--link:#0b57a4;--tint:#f6f8fa}
*{box-sizing:border-box}body{margin:0;background:#fff;color:var(--ink);font:17px/1.65 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
header{border-top:4px solid var(--accent);border-bottom:1px solid var(--line)}header p,main,footer{max-width:42rem;margin:0 auto;padding:.6rem 1rem}header p{font-weight:600}
h1{font-size:1.35rem;line-height:1.4;margin:.8rem 0 .4rem}h2{font-size:1.1rem;margin:1.8rem 0 .4rem}a{color:var(--link)}
.soft{color:var(--soft);font-size:.9375rem}.state{border-left:4px solid var(--accent);background:var(--tint);padding:.7rem .9rem;margin:.8rem 0;font-weight:600}
ul.issues,ol.events{list-style:none;padding:0;margin:0}ul.issues>li,ol.events>li{border-bottom:1px solid var(--line);padding:.8rem 0}ul.issues a{font-weight:600}ul.issues p,ol.events p{margin:.1rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:.6rem 0}dt{color:var(--soft)}dd{margin:0}blockquote{margin:.3rem 0;padding:.5rem .9rem;border-left:3px solid var(--line);white-space:pre-line}
fieldset{border:1px solid var(--line);border-radius:6px;margin:0 0 1rem;padding:.4rem .9rem .8rem}legend{font-weight:600;padding:0 .3rem}
.choice{display:flex;gap:.7rem;align-items:center;min-height:2.75rem}.choice input{width:1.4rem;height:1.4rem;flex:none}.choice label{flex:1;padding:.4rem 0}
textarea{display:block;width:100%;min-height:7rem;font:inherit;padding:.5rem;border:1px solid #6e7781;border-radius:6px}
button{font:inherit;font-weight:600;color:#fff;background:var(--accent);border:0;border-radius:6px;padding:.7rem 1.6rem;min-height:2.75rem;cursor:pointer}
.error{color:#a40e26;font-weight:600}.errors{border:2px solid #a40e26;border-radius:6px;padding:.5rem .9rem;margin:1rem 0}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}footer{color:var(--soft);font-size:.9375rem;border-top:1px solid var(--line);margin-top:2rem}
`)

const layout = (title: string, body: Markup, { locale, say }: Pen): string =>
  html`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${title} · ${systemName[locale]}</title><style>${style}</style></head>
<body><header><p>${systemName[locale]}</p></header><main>${body}</main>
<footer>${say('本页面仅供贵单位使用，请勿转发链接。如有疑问，请联系贵单位的助企干部。', 'This page is for your enterprise alone; please do not pass the link on. For any question, please ask your officer.')}</footer></body></html>`.text

/** Where an issue stands, in a sentence, and what is due next. */
const stateOf = ({ issue, departmentName }: Shown, { say, at, term }: Pen): string => {
  const { accept, resolve } = issue.clocks
  switch (issue.status) {
    case 'dispatched':
      return say(`已交办${departmentName}，将于${at(accept.by)}前签收，${at(resolve.by)}前办结`, `Sent to ${departmentName}, to be accepted by ${at(accept.by)} and resolved by ${at(resolve.by)}`)
    case 'accepted':
      return issue.reopened.length > 0
        ? say(`${departmentName}正在重新办理，将于${at(resolve.by)}前办结`, `${departmentName} is working on it again, to be resolved by ${at(resolve.by)}`)
        : say(`${departmentName}正在办理，将于${at(resolve.by)}前办结`, `${departmentName} is working on it, to be resolved by ${at(resolve.by)}`)
    case 'resolved':
      return say(`${departmentName}已办结，请您评价`, `${departmentName} reports it resolved; please rate the result`)
    case 'closed': {
      const { closing } = issue
      return closing?.rating === undefined
        ? say('已由助企办特批销号', 'Closed by the campaign office')
        : say(`您的评价：${term(ratingWords[closing.rating])}。已销号`, `You were ${term(ratingWords[closing.rating])}. Closed`)
    }
  }
}

/** All of an enterprise's issues, the newest first. */
export const enterprisePage = (enterpriseName: string, issues: readonly Shown[], path: string, pen: Pen): string => {
  const { say, at } = pen
  const awaiting = issues.filter(({ issue }) => issue.status === 'resolved').length
  const entry = (shown: Shown): Markup =>
    html`<li><a href="${path}/issues/${shown.issue.issueId}">${shown.issue.title}</a><p>${stateOf(shown, pen)}</p><p class="soft">${shown.issue.issueId} · ${at(shown.issue.dispatchedAt)}</p></li>`
  const lead =
    awaiting === 0 ? nothing : html`<p class="state">${say(`有 ${awaiting} 个问题已办结，请您评价`, `${awaiting === 1 ? 'One issue has' : `${awaiting} issues have`} been resolved; please rate the result`)}</p>`
  return layout(
    enterpriseName,
    html`<h1>${enterpriseName}</h1>${lead}<h2>${say('贵单位反映的问题', 'The issues you have raised')}</h2>
${issues.length === 0 ? html`<p>${say('目前没有反映的问题。如有需要，请告诉贵单位的助企干部。', 'There are none at present. If there is anything, please tell your officer.')}</p>` : html`<ul class="issues">${issues.map(entry)}</ul>`}`,
    pen,
  )
}

/** One issue: where it stands, the form while it waits for a rating, and what has happened. */
export const issuePage = (shown: ShownIssue, path: string, pen: Pen, entered: Entered = { faults: [] }): string => {
  const { say, at, term } = pen
  const { issue } = shown
  const subcategory = subcategoriesOf(issue.category)[issue.subcategory]
  const row = (label: string, value: string): Markup => html`<dt>${label}</dt><dd>${value}</dd>`
  return layout(
    entered.faults.length > 0 ? say(`请更正：${issue.title}`, `Please correct: ${issue.title}`) : issue.title,
    html`<p><a href="${path}">${say('返回全部问题', 'All issues')}</a></p><h1>${issue.title}</h1><p class="state">${stateOf(shown, pen)}</p>
${issue.status === 'resolved' ? ratingForm(issue, path, pen, entered) : nothing}
<h2>${say('基本情况', 'The issue')}</h2><blockquote>${shown.description}</blockquote>
<dl>${[
      row(say('编号', 'Number'), issue.issueId),
      row(say('类别', 'Category'), `${term(categories[issue.category])}${subcategory === undefined ? '' : ` · ${term(subcategory)}`}`),
      row(say('主办部门', 'Lead department'), shown.departmentName),
      row(say('助企干部', 'Your officer'), shown.officerName),
      row(say('受理时间', 'Received'), at(issue.dispatchedAt)),
    ]}</dl>
<h2>${say('办理过程', 'What has been done')}</h2><ol class="events">${shown.events.flatMap(each => eventEntry(each, pen))}</ol>`,
    pen,
  )
}

const ratingForm = (issue: Issue, path: string, { say, term }: Pen, { rating, words = '', faults }: Entered): Markup => {
  const faultOf = (field: 'rating' | 'words'): Markup =>
    new Markup(faults.filter(fault => fault.field === field).map(({ message }) => html`<p class="error" id="${field}-error">${message}</p>`.text).join(''))
  const describedBy = (field: 'rating' | 'words'): Markup => (faults.some(fault => fault.field === field) ? html` aria-describedby="${field}-error" aria-invalid="true"` : nothing)
  const choice = (each: (typeof ratings)[number]): Markup =>
    html`<div class="choice"><input type="radio" name="rating" id="r${each}" value="${each}" required${rating === String(each) ? new Markup(' checked') : nothing}><label for="r${each}">${term(ratingWords[each])}</label></div>`
  const summary =
    faults.length === 0 ? nothing : html`<div class="errors" role="alert"><p>${say('评价尚未提交，请更正：', 'Your rating has not been sent yet. Please correct:')}</p><ul>${faults.map(({ field, message }) => html`<li><a href="#${field === 'rating' ? 'r5' : 'words'}">${message}</a></li>`)}</ul></div>`
  return html`<h2>${say('请您评价', 'Please rate the result')}</h2>${summary}<form method="post" action="${path}/issues/${issue.issueId}/rating">
<input type="hidden" name="resolution" value="${issue.resolvedAt ?? 0}">
<fieldset${describedBy('rating')}><legend>${say('您对办理结果是否满意？', 'Are you satisfied with the result?')}</legend>${faultOf('rating')}${ratings.map(choice)}</fieldset>
<p><label for="words">${say('您的意见（选填；不满意的请说明原因，以便改进）', 'Your words (optional; if you are not satisfied, please say why)')}</label></p>${faultOf('words')}
<textarea id="words" name="words" maxlength="1000"${describedBy('words')}>${words}</textarea>
<p class="soft">${say('基本满意及以上即销号；不满意的，将由主办部门限期重新办理。', 'Fairly satisfied or better closes the issue; otherwise the department has to work on it again.')}</p>
<p><button type="submit">${say('提交评价', 'Send the rating')}</button></p></form>`
}

/** What an enterprise is told of; prompts and reasons within the office are not among it. */
const eventEntry = ({ event, departmentName }: ShownIssue['events'][number], { say, at, term }: Pen): readonly Markup[] => {
  const entry = (what: string, words?: string): readonly Markup[] => [
    html`<li><p class="soft">${at(event.at)}</p><p>${what}</p>${words === undefined ? nothing : html`<blockquote>${words}</blockquote>`}</li>`,
  ]
  switch (event.event) {
    case 'dispatched':
      return entry(say(`已受理并交办${departmentName}`, `Received and sent to ${departmentName}`))
    case 'accepted':
      return entry(say(`${departmentName}已签收`, `${departmentName} has accepted it`))
    case 'replied':
      return entry(say(`${departmentName}答复`, `${departmentName} has replied`), event.message)
    case 'transferred':
      return entry(say(`转由${departmentName}办理`, `Handed on to ${departmentName}`))
    case 'resolved':
      return entry(say(`${departmentName}办结`, `${departmentName} reports it resolved`), event.message)
    case 'rated':
      return entry(say(`贵单位评价：${term(ratingWords[event.rating])}`, `You rated it: ${term(ratingWords[event.rating])}`), event.words)
    case 'called-back':
      return entry(say(`电话回访（${event.asked}）：${term(ratingWords[event.rating])}`, `Called back (${event.asked}): ${term(ratingWords[event.rating])}`), event.words)
    case 'closed':
      return entry(event.closedBy === 'override' ? say('助企办特批销号', 'Closed by the campaign office') : say('已销号', 'Closed'))
    case 'reopened':
      return entry(say(`重新办理，将于${at(event.resolveBy)}前办结`, `Being worked on again, to be resolved by ${at(event.resolveBy)}`))
    case 'deadlines-recomputed':
      return entry(say(`放假安排调整，办结时限核定为${at(event.resolveBy)}`, `Public holidays have changed; to be resolved by ${at(event.resolveBy)}`))
    case 'acknowledged':
    case 'warned':
    case 'escalated':
    case 'call-back-due':
      return []
  }
}

/** A page that says one thing. */
export const messagePage = (title: string, message: string, pen: Pen): string => layout(title, html`<h1>${title}</h1><p>${message}</p>`, pen)

/** The same for every link that opens nothing: never made, run out, revoked, of somebody else's issue. */
export const closedDoorPage = (pen: Pen): string =>
  messagePage(
    pen.say('此链接已失效', 'This link does not open anything'),
    pen.say('链接可能已过期或已更换。请使用最近一封邮件中的链接，或联系贵单位的助企干部获取新链接。', 'It may have run out or been replaced. Please use the link of the latest mail, or ask your officer for a new one.'),
    pen,
  )

