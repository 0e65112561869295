import { html, Markup, nothing } from '../../shared/page/markup.ts'
import { ratings, ratingWords } from '../../shared/issue/rating.ts'
import { periodWords } from '../../shared/assessment/period.ts'
import { roundClosesOn, type Round } from '../../shared/officer-rating/round.ts'
import { forEnterprise, layout, type PagePen } from '../html/layout.ts'
import { Form, type Entered } from './form.ts'

/** The officer whom the enterprise can rate now, and whether it has; nothing while no round is open, or nobody is paired with it. */
export interface RatableOfficer {
  readonly round: Round
  readonly officerId: string
  readonly officerName: string
  /** Which answer it gave is not shown: the officer may be standing beside the reader. */
  readonly hasRated: boolean
}

/** 企业评议: the page on which an enterprise rates its officer, while that can be done. */
export const officerPage = (officer: RatableOfficer | undefined, path: string, pen: PagePen, entered?: Entered): string => {
  const { say } = pen
  const title = say('评议助企干部', 'Rate your officer')
  const heading = html`<p><a href="${path}">${say('返回贵单位页面', 'Your page')}</a></p><h1>${title}</h1>`
  const overtaken = entered?.isOvertaken === true ? html`<div class="errors" role="alert"><p>${say('您打开页面后，情况已有变化，此次提交未予受理。', 'Things have changed since you opened the page, and what you sent was not taken.')}</p></div>` : nothing
  return layout(entered === undefined ? title : say(`请更正：${title}`, `Please correct: ${title}`), html`${heading}${overtaken}${officer === undefined ? notNow(pen) : ratable(officer, new Form('officer', `${path}/officer`, pen, entered), pen)}`, pen, forEnterprise(pen))
}

const notNow = ({ say }: PagePen): Markup =>
  html`<p>${say('目前不在评议期。每年6月、12月，系统将邀请贵单位评议结对的助企干部。', 'There is nothing to rate at present. You will be asked to rate your officer in June and in December.')}</p>`

const ratable = ({ round, officerId, officerName, hasRated }: RatableOfficer, form: Form, { say, term, on }: PagePen): Markup => {
  const until = on(roundClosesOn(round))
  const said = hasRated ? html`<p class="state">${say(`贵单位已完成评议，感谢参与。如需更改，可重新提交，截至${until}，以最后一次为准。`, `You have rated your officer; thank you. You can send another answer until ${until}; the last one counts.`)}</p>` : nothing
  const choice = (each: (typeof ratings)[number]): Markup =>
    html`<div class="choice"><input type="radio" name="rating" id="r${each}" value="${each}" required${form.value('rating') === String(each) ? new Markup(' checked') : nothing}><label for="r${each}">${term(ratingWords[each])}</label></div>`
  const fields = html`<input type="hidden" name="officer" value="${officerId}">
<fieldset${form.describedBy('rating')}><legend>${say(`您对助企干部${officerName}${term(periodWords(round))}的服务是否满意？`, `Are you satisfied with the service of ${officerName} in ${term(periodWords(round))}?`)}</legend>${form.faults('rating')}${ratings.map(choice)}</fieldset>
<p class="soft">${say(`评议截至${until}。评议结果只作汇总，参评企业满五家方予显示，任何人均不能查看贵单位的选择。`, `You can answer until ${until}. Answers are only summed up, and shown only where five enterprises have answered; nobody can see which is yours.`)}</p>`
  return html`${said}${form.shown(fields, say('提交评议', 'Send'))}`
}
