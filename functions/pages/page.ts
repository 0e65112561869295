import { categories, subcategoriesOf } from '../../shared/issue/category.ts'
import { pauseUnderWay } from '../../shared/issue/deadline.ts'
import type { Issue, TimelineEvent } from '../../shared/issue/issue.ts'
import { ratings, ratingWords } from '../../shared/issue/rating.ts'
import { transitions } from '../../shared/issue/transition.ts'
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

/** The forms of an issue's page. */
export type FormName = 'rating' | 'information' | 'withdrawal'
type FieldName = 'rating' | 'words' | 'information' | 'reason' | 'confirmed'

/** What somebody entered that could not be taken, and what is the matter with it. */
export interface Entered {
  readonly form: FormName
  readonly values: Readonly<Record<string, string>>
  readonly faults: readonly { readonly field: FieldName; readonly message: string }[]
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
details{border-top:1px solid var(--line);margin-top:2rem;padding:.8rem 0}summary{cursor:pointer;min-height:2.75rem;padding:.5rem 0;color:var(--soft)}
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
    case 'paused': {
      const endsBy = pauseUnderWay(issue)?.endsBy ?? resolve.by
      const waits = pauseUnderWay(issue)?.waitingFor === 'enterprise' ? say('等待贵单位补充情况', 'waiting for your enterprise') : say('等待外部单位办理', 'waiting for an outside body')
      return say(`${departmentName}已暂停计时，${waits}，至迟${at(endsBy)}恢复`, `${departmentName} has paused it, ${waits}; it goes on by ${at(endsBy)} at the latest`)
    }
    case 'withdrawn':
      return say('贵单位已撤回', 'You have taken this back')
    case 'resolved':
      if (issue.explained === true) return say(`${departmentName}已作出说明，请您评价`, `${departmentName} has explained why it cannot be solved; please rate this`)
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

/** One issue: where it stands, the form while it waits for a rating, what has happened, and what the enterprise can do. */
export const issuePage = (shown: ShownIssue, path: string, pen: Pen, entered?: Entered): string => {
  const { say, at, term } = pen
  const { issue } = shown
  const subcategory = subcategoriesOf(issue.category)[issue.subcategory]
  const row = (label: string, value: string): Markup => html`<dt>${label}</dt><dd>${value}</dd>`
  const can = transitions[issue.status]
  const form = (name: FormName): Form => new Form(name, `${path}/issues/${issue.issueId}/${name}`, pen, entered?.form === name ? entered : undefined)
  return layout(
    entered === undefined ? issue.title : say(`请更正：${issue.title}`, `Please correct: ${issue.title}`),
    html`<p><a href="${path}">${say('返回全部问题', 'All issues')}</a></p><h1>${issue.title}</h1><p class="state">${stateOf(shown, pen)}</p>
${can.rate === undefined ? nothing : ratingForm(issue, form('rating'), pen)}
<h2>${say('基本情况', 'The issue')}</h2><blockquote>${shown.description}</blockquote>
<dl>${[
      row(say('编号', 'Number'), issue.issueId),
      row(say('类别', 'Category'), `${term(categories[issue.category])}${subcategory === undefined ? '' : ` · ${term(subcategory)}`}`),
      row(say('主办部门', 'Lead department'), shown.departmentName),
      row(say('助企干部', 'Your officer'), shown.officerName),
      row(say('受理时间', 'Received'), at(issue.dispatchedAt)),
    ]}</dl>
<h2>${say('办理过程', 'What has been done')}</h2><ol class="events">${shown.events.flatMap(each => eventEntry(each, pen))}</ol>
${can.inform === undefined ? nothing : informationForm(form('information'), pen)}
${can.withdraw === undefined ? nothing : withdrawalForm(form('withdrawal'), pen)}`,
    pen,
  )
}

/** A form of an issue's page: its fields with what was entered before, and what is the matter with it. */
class Form {
  readonly #name: FormName
  readonly #action: string
  readonly #pen: Pen
  readonly #entered: Entered | undefined

  constructor(name: FormName, action: string, pen: Pen, entered: Entered | undefined) {
    this.#name = name
    this.#action = action
    this.#pen = pen
    this.#entered = entered
  }

  /** Whether it was sent and could not be taken. */
  get isRefused(): boolean {
    return this.#entered !== undefined
  }

  value(field: FieldName): string {
    return this.#entered?.values[field] ?? ''
  }

  #faultsOf(field: FieldName): readonly string[] {
    return (this.#entered?.faults ?? []).flatMap(fault => (fault.field === field ? [fault.message] : []))
  }

  /** Said beside the field, which refers to it by `describedBy`. */
  faults(field: FieldName): Markup {
    const messages = this.#faultsOf(field)
    return messages.length === 0 ? nothing : html`<p class="error" id="${field}-error">${messages.join(' ')}</p>`
  }

  describedBy(field: FieldName): Markup {
    return this.#faultsOf(field).length === 0 ? nothing : html` aria-describedby="${field}-error" aria-invalid="true"`
  }

  textarea(field: FieldName, label: string, limit: number, isRequired: boolean): Markup {
    return html`<p><label for="${field}">${label}</label></p>${this.faults(field)}
<textarea id="${field}" name="${field}" maxlength="${limit}"${isRequired ? new Markup(' required') : nothing}${this.describedBy(field)}>${this.value(field)}</textarea>`
  }

  /** The whole: what is to be corrected, the fields, the button. */
  shown(fields: Markup, button: string): Markup {
    const { say } = this.#pen
    const faults = this.#entered?.faults ?? []
    const summary =
      faults.length === 0
        ? nothing
        : html`<div class="errors" role="alert"><p>${say('尚未提交，请更正：', 'Not sent yet. Please correct:')}</p><ul>${faults.map(({ field, message }) => html`<li><a href="#${field === 'rating' ? 'r5' : field}">${message}</a></li>`)}</ul></div>`
    return html`${summary}<form method="post" action="${this.#action}" id="${this.#name}">
${fields}
<p><button type="submit">${button}</button></p></form>`
  }
}

const ratingForm = (issue: Issue, form: Form, { say, term }: Pen): Markup => {
  const choice = (each: (typeof ratings)[number]): Markup =>
    html`<div class="choice"><input type="radio" name="rating" id="r${each}" value="${each}" required${form.value('rating') === String(each) ? new Markup(' checked') : nothing}><label for="r${each}">${term(ratingWords[each])}</label></div>`
  const question = issue.explained === true ? say('您对情况说明是否满意？', 'Are you satisfied with the explanation?') : say('您对办理结果是否满意？', 'Are you satisfied with the result?')
  const fields = html`<input type="hidden" name="resolution" value="${issue.resolvedAt ?? 0}">
<fieldset${form.describedBy('rating')}><legend>${question}</legend>${form.faults('rating')}${ratings.map(choice)}</fieldset>
${form.textarea('words', say('您的意见（选填；不满意的请说明原因，以便改进）', 'Your words (optional; if you are not satisfied, please say why)'), 1000, false)}
<p class="soft">${say('基本满意及以上即销号；不满意的，将由主办部门限期重新办理。', 'Fairly satisfied or better closes the issue; otherwise the department has to work on it again.')}</p>`
  return html`<h2>${say('请您评价', 'Please rate the result')}</h2>${form.shown(fields, say('提交评价', 'Send the rating'))}`
}

const informationForm = (form: Form, { say }: Pen): Markup =>
  html`<h2>${say('补充情况', 'Add information')}</h2>${form.shown(
    form.textarea('information', say('如有需要补充的情况，请填写，将即时送达经办人员', 'If there is anything to add, please write it here; it goes to those who work on it at once'), 2000, true),
    say('提交补充情况', 'Send'),
  )}`

/** Folded, because it ends the issue and is rarely wanted. */
const withdrawalForm = (form: Form, { say }: Pen): Markup => {
  const fields = html`<p>${say('撤回后不再办理；如问题仍未解决，请勿撤回。', 'Nobody works on it any more once you do. If it is not solved, please do not.')}</p>
${form.textarea('reason', say('撤回原因（选填）', 'Why (optional)'), 1000, false)}
${form.faults('confirmed')}<div class="choice"><input type="checkbox" name="confirmed" id="confirmed" value="yes" required${form.describedBy('confirmed')}><label for="confirmed">${say('我确认撤回本问题', 'I confirm that we take this issue back')}</label></div>`
  return html`<details${form.isRefused ? new Markup(' open') : nothing}><summary>${say('不再需要办理？撤回本问题', 'No longer needed? Take this issue back')}</summary>${form.shown(fields, say('撤回', 'Take it back'))}</details>`
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
    case 'explained':
      return entry(say(`${departmentName}说明（现行规定下无法解决）`, `${departmentName} explains why it cannot be solved`), event.message)
    case 'extended':
      return entry(say(`经批准延期，将于${at(event.resolveBy)}前办结`, `Extended, to be resolved by ${at(event.resolveBy)}`), event.reason)
    case 'paused':
      return entry(say(`经批准暂停计时，至迟${at(event.endsBy)}恢复`, `Paused; it goes on by ${at(event.endsBy)} at the latest`), event.reason)
    case 'resumed':
      return entry(say(`恢复计时，将于${at(event.resolveBy)}前办结`, `Resumed, to be resolved by ${at(event.resolveBy)}`))
    case 'tier-changed':
      return entry(say(`调整为${event.tier}类，将于${at(event.resolveBy)}前办结`, `Now of tier ${event.tier}, to be resolved by ${at(event.resolveBy)}`))
    case 'informed':
      return entry(say('贵单位补充情况', 'You have added'), event.words)
    case 'withdrawn':
      return entry(say('贵单位撤回', 'You have taken it back'), event.words)
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
    case 'asked':
    case 'decided':
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

