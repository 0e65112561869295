import { categories, subcategoriesOf } from '../../shared/issue/category.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import { ratings, ratingWords } from '../../shared/issue/rating.ts'
import { transitions, type Command } from '../../shared/issue/transition.ts'
import { fitting, html, Markup, nothing, weightOf } from '../../shared/page/markup.ts'
import { Form, type Entered, type FormName } from './form.ts'
import { historyOf, type ShownEvent } from './history.ts'
import { forEnterprise, layout, pageBytesAtMost, type PagePen } from '../html/layout.ts'
import { stateOf, type Shown } from './state.ts'

export interface ShownIssue extends Shown {
  readonly description: string
  readonly officerName: string
  /** The newest events, oldest first. */
  readonly events: readonly ShownEvent[]
  /** How many there are before these. */
  readonly earlierEvents: number
}

/** The enterprise knows what it has described: so much of it, in bytes, does not give way to what has been done since. */
const descriptionBytes = 9_000

/** What is left for the rest, even where somebody has entered a great deal. */
const leastRoom = 3_000

/** One issue: where it stands, the form while it waits for a rating, what has happened, and what the enterprise can do. */
export const issuePage = (shown: ShownIssue, path: string, pen: PagePen, entered?: Entered): string => {
  const whole = (description: string, history: Markup): string => pageWith(shown, { description, history }, path, pen, entered)
  const room = Math.max(leastRoom, pageBytesAtMost - weightOf(new Markup(whole('', nothing))))
  const history = historyOf(shown.events, shown.earlierEvents, room - Math.min(weightOf(shown.description), descriptionBytes, room / 2), pen)
  return whole(fitting(shown.description, Math.max(room - weightOf(history), 0)), history)
}

const pageWith = (shown: ShownIssue, { description, history }: { description: string; history: Markup }, path: string, pen: PagePen, entered: Entered | undefined): string => {
  const { say, at, term } = pen
  const { issue } = shown
  const subcategory = subcategoriesOf(issue.category)[issue.subcategory]
  const row = (label: string, value: string): Markup => html`<dt>${label}</dt><dd>${value}</dd>`
  const can = transitions[issue.status]
  const form = (name: FormName): Form => new Form(name, `${path}/issues/${issue.issueId}/${name}`, pen, entered?.form === name ? entered : undefined)
  return layout(
    entered === undefined ? issue.title : entered.isOvertaken === true ? say(`未予受理：${issue.title}`, `Not taken: ${issue.title}`) : say(`请更正：${issue.title}`, `Please correct: ${issue.title}`),
    html`<p><a href="${path}">${say('返回全部问题', 'All issues')}</a></p><h1>${issue.title}</h1>${entered === undefined ? nothing : entered.isOvertaken === true ? overtaken(entered, issue, pen) : notSent(entered, pen)}<p class="state">${stateOf(shown, pen)}</p>
${can.rate === undefined ? nothing : ratingForm(issue, form('rating'), pen)}
<h2>${say('基本情况', 'The issue')}</h2><blockquote>${description}</blockquote>
<dl>${[
      row(say('编号', 'Number'), issue.issueId),
      row(say('类别', 'Category'), `${term(categories[issue.category])}${subcategory === undefined ? '' : ` · ${term(subcategory)}`}`),
      row(say('主办部门', 'Lead department'), shown.departmentName),
      row(say('助企干部', 'Your officer'), shown.officerName),
      row(say('受理时间', 'Received'), at(issue.dispatchedAt)),
    ]}</dl>
<h2>${say('办理过程', 'What has been done')}</h2>${history}
${can.inform === undefined ? nothing : informationForm(form('information'), pen)}
${can.withdraw === undefined ? nothing : withdrawalForm(form('withdrawal'), pen)}`,
    pen,
    forEnterprise(pen),
  )
}

/** The form may be far down the page. */
export const notSent = ({ form }: Entered, { say }: PagePen): Markup => html`<p class="error"><a href="#${form}-form">${say('尚未提交，请更正后重新提交', 'Not sent yet: please correct it and send it again')}</a></p>`

const commandOf: Readonly<Partial<Record<FormName, Command>>> = { rating: 'rate', information: 'inform', withdrawal: 'withdraw' }

/** What was entered is in its form where that can still be sent, and otherwise here, so that nobody has to write it again. */
const overtaken = ({ form, values }: Entered, { status }: Issue, { say, term }: PagePen): Markup => {
  const can = transitions[status]
  const lead = say('您打开页面后，本问题已有新的进展，此次提交未予受理。', 'This issue has gone on since you opened the page, and what you sent was not taken.')
  const command = commandOf[form]
  if (command !== undefined && can[command] !== undefined)
    return html`<div class="errors" role="alert"><p>${lead}${say('', ' ')}<a href="#${form}-form">${say('请核对现状后重新提交', 'Please see how it stands, and send it again')}</a></p></div>`
  const rating = ratings.find(each => String(each) === values['rating'])
  const words = [...(rating === undefined ? [] : [term(ratingWords[rating])]), ...['words', 'information', 'reason'].flatMap(name => values[name] ?? [])]
  const next =
    can.inform === undefined
      ? say('如仍需反映，请联系贵单位的助企干部，或在首页反映新问题。', 'If it still matters, please ask your officer, or raise a new issue from the list.')
      : say('如仍需反映，请在下方“补充情况”中提交。', 'If it still matters, please send it below, as information.')
  return html`<div class="errors" role="alert"><p>${lead}${words.length === 0 ? nothing : say('您填写的内容是：', ' You had entered:')}</p>${words.map(each => html`<blockquote>${each}</blockquote>`)}<p>${next}</p></div>`
}

const ratingForm = (issue: Issue, form: Form, { say, term }: PagePen): Markup => {
  const choice = (each: (typeof ratings)[number]): Markup =>
    html`<div class="choice"><input type="radio" name="rating" id="r${each}" value="${each}" required${form.value('rating') === String(each) ? new Markup(' checked') : nothing}><label for="r${each}">${term(ratingWords[each])}</label></div>`
  const question = issue.explained === true ? say('您对情况说明是否满意？', 'Are you satisfied with the explanation?') : say('您对办理结果是否满意？', 'Are you satisfied with the result?')
  const fields = html`<input type="hidden" name="resolution" value="${issue.resolvedAt ?? 0}">
<fieldset${form.describedBy('rating')}><legend>${question}</legend>${form.faults('rating')}${ratings.map(choice)}</fieldset>
${form.textarea('words', say('您的意见（选填；不满意的请说明原因，以便改进）', 'Your words (optional; if you are not satisfied, please say why)'), 1000, false)}
<p class="soft">${say('基本满意及以上即销号；不满意的，将由主办部门限期重新办理。', 'Fairly satisfied or better closes the issue; otherwise the department has to work on it again.')}</p>`
  return html`<h2>${say('请您评价', 'Please rate the result')}</h2>${form.shown(fields, say('提交评价', 'Send the rating'))}`
}

const informationForm = (form: Form, { say }: PagePen): Markup =>
  html`<h2>${say('补充情况', 'Add information')}</h2>${form.shown(
    form.textarea('information', say('如有需要补充的情况，请填写，将即时送达经办人员', 'If there is anything to add, please write it here; it goes to those who work on it at once'), 2000, true),
    say('提交补充情况', 'Send'),
  )}`

/** Folded, because it ends the issue and is rarely wanted. */
const withdrawalForm = (form: Form, { say }: PagePen): Markup => {
  const fields = html`<p>${say('撤回后不再办理；如问题仍未解决，请勿撤回。', 'Nobody works on it any more once you do. If it is not solved, please do not.')}</p>
${form.textarea('reason', say('撤回原因（选填）', 'Why (optional)'), 1000, false)}
${form.faults('confirmed')}<div class="choice"><input type="checkbox" name="confirmed" id="confirmed" value="yes" required${form.describedBy('confirmed')}><label for="confirmed">${say('我确认撤回本问题', 'I confirm that we take this issue back')}</label></div>`
  return html`<details${form.isRefused ? new Markup(' open') : nothing}><summary>${say('不再需要办理？撤回本问题', 'No longer needed? Take this issue back')}</summary>${form.shown(fields, say('撤回', 'Take it back'))}</details>`
}
