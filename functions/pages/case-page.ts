import { officerOf } from '../../shared/case/decision.ts'
import { takenInAll } from '../../shared/case/limits.ts'
import type { Case, CaseEvent, Step } from '../../shared/case/case.ts'
import { serviceModeWords } from '../../shared/case/template.ts'
import { caseTransitions, isOpenStep } from '../../shared/case/transition.ts'
import { subcategoriesOf } from '../../shared/issue/category.ts'
import type { Reckoning } from '../../shared/issue/deadline.ts'
import { fitting, html, Markup, nothing, weightOf } from '../../shared/page/markup.ts'
import { caseStateOf, stepStateOf, titleOf } from './case-state.ts'
import { Form, type Entered, type FormName } from './form.ts'
import { notSent } from './issue-page.ts'
import { forEnterprise, layout, pageBytesAtMost, type PagePen } from '../html/layout.ts'

/** A case with the names that stand for its ids, and what has been done. */
export interface ShownCase {
  readonly it: Case
  readonly nameOfDepartment: (id: string) => string
  readonly nameOfOfficer: (id: string) => string
  /** The newest events, oldest first. */
  readonly events: readonly CaseEvent[]
  /** By which the days that steps have taken are counted. */
  readonly reckoning: Reckoning
}

/** Twenty-one steps fit into a page at these weights in bytes. */
const titleBytes = 180
const nameBytes = 90
/** Of what departments write, so much. */
const wordsBytes = 1_500

/** What is left for the history, even where somebody has entered a great deal. */
const leastRoom = 1_000

/** One case: where it stands, the form once the result has been handed over, its steps, and what the enterprise can add. */
export const casePage = (shown: ShownCase, path: string, pen: PagePen, entered?: Entered): string => {
  const whole = (history: Markup): string => pageWith(shown, history, path, pen, entered)
  const room = Math.max(leastRoom, pageBytesAtMost - weightOf(new Markup(whole(nothing))))
  return whole(historyOf(shown, room, pen))
}

const pageWith = (shown: ShownCase, history: Markup, path: string, pen: PagePen, entered: Entered | undefined): string => {
  const { say, at, term } = pen
  const { it } = shown
  const subcategory = subcategoriesOf('approvals')[it.subcategory]
  const row = (label: string, value: string): Markup => html`<dt>${label}</dt><dd>${value}</dd>`
  const can = caseTransitions[it.status]
  const form = (name: FormName): Form => new Form(name, `${path}/cases/${it.caseId}/${name}`, pen, entered?.form === name ? entered : undefined)
  return layout(
    entered === undefined ? it.title : entered.isOvertaken === true ? say(`未予受理：${it.title}`, `Not taken: ${it.title}`) : say(`请更正：${it.title}`, `Please correct: ${it.title}`),
    html`<p><a href="${path}">${say('返回全部问题和事项', 'All issues and cases')}</a></p><h1>${it.title}</h1>${entered === undefined ? nothing : entered.isOvertaken === true ? overtaken(entered, it, pen) : notSent(entered, pen)}<p class="state">${caseStateOf(it, pen)}</p>
${can.receipt === undefined ? nothing : receiptForm(it, form('receipt'), pen)}
<h2>${say('办理环节', 'The steps')}</h2><ol class="events">${it.steps.map(step => stepEntry(step, shown, pen))}</ol>
<h2>${say('基本情况', 'The case')}</h2><dl>${[
      row(say('编号', 'Number'), it.caseId),
      ...(subcategory === undefined ? [] : [row(say('类别', 'Category'), term(subcategory))]),
      row(say('助企干部', 'Your officer'), fitting(shown.nameOfOfficer(it.officerId), nameBytes)),
      row(say('开办时间', 'Opened'), at(it.openedAt)),
    ]}</dl>
<h2>${say('办理过程', 'What has been done')}</h2>${history}
${can.inform === undefined ? nothing : informationForm(form('information'), pen)}`,
    pen,
    forEnterprise(pen),
  )
}

/** What the law allows, what is promised and what it has taken, one below the other: no column is lost on a small screen. */
const stepEntry = (step: Step, { it, nameOfDepartment, nameOfOfficer, reckoning }: ShownCase, pen: PagePen): Markup => {
  const { say, term, workingDays } = pen
  const taken = takenInAll(step, it.rules, pen.now, reckoning)
  const saved = step.statutoryWorkingDays === undefined || step.actualWorkingDays === undefined ? 0 : step.statutoryWorkingDays - step.actualWorkingDays
  const limits = [
    ...(step.statutoryWorkingDays === undefined ? [] : [say(`法定${workingDays(step.statutoryWorkingDays)}`, `${workingDays(step.statutoryWorkingDays)} by law`)]),
    say(`承诺${workingDays(step.promisedWorkingDays)}`, `${workingDays(step.promisedWorkingDays)} promised`),
    ...(taken === undefined ? [] : [step.actualWorkingDays === undefined ? say(`已用${workingDays(taken)}`, `${workingDays(taken)} so far`) : say(`实际${workingDays(taken)}`, `${workingDays(taken)} taken`)]),
    ...(saved > 0 ? [say(`比法定提前${workingDays(saved)}`, `${workingDays(saved)} saved`)] : []),
  ]
  const provisional = isOpenStep(step.status) && step.clock?.provisional === true ? say('（暂定：所涉年度放假安排尚未公布）', ' (provisional: public holidays not published yet)') : ''
  return html`<li><p><b>${fitting(titleOf(step, pen), titleBytes)}</b></p><p>${stepStateOf(step, pen)}${provisional}</p><p class="soft">${fitting(nameOfDepartment(step.departmentId), nameBytes)} · ${term(serviceModeWords[step.mode])}${say('：', ': ')}${fitting(nameOfOfficer(officerOf(it, step)), nameBytes)}</p><p class="soft">${limits.join(' · ')}</p></li>`
}

const receiptForm = (it: Case, form: Form, { say }: PagePen): Markup => {
  const choice = (value: 'yes' | 'no', words: string): Markup =>
    html`<div class="choice"><input type="radio" name="received" id="received-${value}" value="${value}" required${form.value('received') === value ? new Markup(' checked') : nothing}><label for="received-${value}">${words}</label></div>`
  const fields = html`<input type="hidden" name="handover" value="${it.handedOverAt ?? 0}">
<fieldset${form.describedBy('received')}><legend>${say('是否已收到办理结果？', 'Do you have the result?')}</legend>${form.faults('received')}${choice('yes', say('已收到', 'Yes, we have it'))}${choice('no', say('未收到', 'No, we do not'))}</fieldset>
${form.textarea('words', say('您的说明（选填；未收到的请说明情况）', 'Your words (optional; if you do not have it, please say what is missing)'), 1000, false)}
<p class="soft">${say('确认收到即办结；未收到的，将限期重新送达。', 'Once you have it, the case is completed; otherwise it has to be handed over again.')}</p>`
  return html`<h2>${say('请您确认', 'Please confirm')}</h2>${form.shown(fields, say('提交', 'Send'))}`
}

const informationForm = (form: Form, { say }: PagePen): Markup =>
  html`<h2>${say('补充情况', 'Add information')}</h2>${form.shown(
    form.textarea('information', say('如有需要补充的情况，请填写，将即时送达经办人员', 'If there is anything to add, please write it here; it goes to those who work on it at once'), 2000, true),
    say('提交补充情况', 'Send'),
  )}`

/** What was entered is in its form where that can still be sent, and otherwise here, so that nobody has to write it again. */
const overtaken = ({ form, values }: Entered, it: Case, { say }: PagePen): Markup => {
  const lead = say('您打开页面后，本事项已有新的进展，此次提交未予受理。', 'This case has gone on since you opened the page, and what you sent was not taken.')
  const can = caseTransitions[it.status]
  if ((form === 'receipt' ? can.receipt : can.inform) !== undefined)
    return html`<div class="errors" role="alert"><p>${lead}${say('', ' ')}<a href="#${form}-form">${say('请核对现状后重新提交', 'Please see how it stands, and send it again')}</a></p></div>`
  const words = ['words', 'information'].flatMap(name => values[name] ?? [])
  return html`<div class="errors" role="alert"><p>${lead}${words.length === 0 ? nothing : say('您填写的内容是：', ' You had entered:')}</p>${words.map(each => html`<blockquote>${each}</blockquote>`)}<p>${say('如仍需反映，请联系贵单位的助企干部。', 'If it still matters, please ask your officer.')}</p></div>`
}

/** What an enterprise is told of, oldest first, as far as it has room: the newest. */
const historyOf = (shown: ShownCase, room: number, pen: PagePen): Markup => {
  const kept: Markup[] = []
  let left = room - 400
  for (const event of shown.events.toReversed()) {
    const [entry] = eventEntry(event, shown, pen)
    if (entry === undefined) continue
    if (kept.length > 0 && weightOf(entry) > left) break
    kept.unshift(entry)
    left -= weightOf(entry)
  }
  const told = shown.events.flatMap(event => eventEntry(event, shown, pen)).length
  const isWhole = kept.length === told && shown.events.length === shown.it.eventCount
  const note = isWhole ? nothing : html`<p class="soft">${pen.say('较早的办理记录未在此显示，如需了解，请联系贵单位的助企干部。', 'Earlier entries are not shown here; please ask your officer about them.')}</p>`
  return html`${note}<ol class="events">${kept}</ol>`
}

/** Prompts within the office are not among it. */
const eventEntry = (event: CaseEvent, { it, nameOfDepartment, nameOfOfficer }: ShownCase, pen: PagePen): readonly Markup[] => {
  const { say, at } = pen
  const entry = (what: string, ...words: readonly (string | undefined)[]): readonly Markup[] => [
    html`<li><p class="soft">${at(event.at)}</p><p>${what}</p>${words.flatMap(each => (each === undefined ? [] : [html`<blockquote>${fitting(each, wordsBytes)}</blockquote>`]))}</li>`,
  ]
  const department = 'departmentId' in event ? fitting(nameOfDepartment(event.departmentId), nameBytes) : ''
  const step = 'stepId' in event ? it.steps.find(({ stepId }) => stepId === event.stepId) : undefined
  const title = step === undefined ? '' : fitting(titleOf(step, pen), titleBytes)
  switch (event.event) {
    case 'opened':
      return entry(say('纳入绿色通道', 'Taken into the green channel'), event.remark)
    case 'step-started':
      return entry(say(`${department}启动“${title}”`, `${department} has begun "${title}"`))
    case 'step-waiting':
      return entry(say(`“${title}”等待贵单位，至迟${at(event.endsBy)}恢复计时。需要提供或配合：`, `"${title}" waits for you, until ${at(event.endsBy)} at the latest. What is needed, and why:`), event.needed, event.reason)
    case 'step-resumed':
      return entry(say(`“${title}”恢复计时，时限：${at(event.dueBy)}`, `"${title}" goes on; due by ${at(event.dueBy)}`))
    case 'step-finished':
      return entry(say(`${department}办妥“${title}”`, `${department} has finished "${title}"`), event.words)
    case 'step-refused':
      return entry(say(`${department}对“${title}”不予办理`, `${department} has refused "${title}"`), event.reason)
    case 'handed-over':
      return entry(say(`${department}送达办理结果`, `${department} has handed the result over`), event.words)
    case 'receipt':
      return entry(event.received ? say('贵单位确认已收到', 'You have confirmed that you have it') : say('贵单位反映未收到', 'You have said that you do not have it'), event.words)
    case 'called-back':
      return entry(
        event.received ? say(`电话回访（${event.asked}）：已收到`, `Called back (${event.asked}): you have it`) : say(`电话回访（${event.asked}）：未收到`, `Called back (${event.asked}): you do not have it`),
        event.words,
      )
    case 'returned':
      return entry(say(`重新送达，时限：${at(event.dueBy)}`, `To be handed over again by ${at(event.dueBy)}`))
    case 'completed':
      return entry(say('办结', 'Completed'))
    case 'informed':
      return entry(say('贵单位补充情况', 'You have added'), event.words)
    // Why is a matter of the office.
    case 'reassigned': {
      const name = fitting(nameOfOfficer(event.officerId), nameBytes)
      const titles = fitting(pen.list(it.steps.filter(({ stepId }) => event.steps.includes(stepId)).map(each => titleOf(each, pen))), titleBytes)
      return entry(event.follows ? say(`助企干部变更为${name}`, `${name} is your officer for this case from now on`) : say(`“${titles}”改由${name}跟办`, `${name} goes along with "${titles}" from now on`))
    }
    case 'withdrawn':
      return entry(say('撤销', 'Given up'), event.reason)
    case 'deadlines-recomputed':
      return entry(say('放假安排调整，未办妥环节的时限已重新核定', 'Public holidays have changed, and the limits of open steps with them'))
    case 'step-acknowledged':
    case 'step-warned':
    case 'step-escalated':
    case 'step-excused':
    case 'call-back-due':
      return []
  }
}
