import { categories, categoryNames, subcategoriesOf } from '../../shared/issue/category.ts'
import { html, Markup, nothing } from '../../shared/page/markup.ts'
import { Form, type Entered } from './form.ts'
import { forEnterprise, layout, type PagePen } from '../html/layout.ts'

/** What is said above the form, where nothing is the matter with its fields. */
export type Notice = { readonly about: 'no-officer' } | { readonly about: 'sent-before'; readonly issueId: string }

export interface NewIssue {
  /** Tells one sending of the form from another. */
  readonly once: string
  readonly entered?: Entered
  readonly notice?: Notice
}

/** The form by which an enterprise raises an issue by itself. */
export const newIssuePage = ({ once, entered, notice }: NewIssue, path: string, pen: PagePen): string => {
  const { say } = pen
  const form = new Form('new-issue', `${path}/issues`, pen, entered)
  const fields = html`<input type="hidden" name="once" value="${once}">
${form.select('subject', say('类别', 'Category'), say('请选择', 'Please choose'), subjects(form.value('subject'), pen))}
${form.input('title', say('标题（一句话说明问题，最多100字）', 'Title (the issue in one sentence, up to 100 characters)'), 100)}
${form.textarea('description', say('具体情况（时间、地点、涉及的事项、希望如何解决等，最多5000字）', 'What it is about (when, where, what is affected, what you ask for; up to 5,000 characters)'), 5000, true)}
<p class="soft">${say('提交后系统自动编号并交办主办部门，办理进展以邮件告知，也可在本页面查看。请勿填写涉密内容。', 'It is numbered and sent to a department at once. You are told by mail how it goes, and can see it here. Please enter nothing that is secret.')}</p>`
  return layout(
    (entered?.faults.length ?? 0) > 0 ? say('请更正：反映新问题', 'Please correct: raise an issue') : say('反映新问题', 'Raise an issue'),
    html`<p><a href="${path}">${say('返回全部问题', 'All issues')}</a></p><h1>${say('反映新问题', 'Raise an issue')}</h1>
${notice === undefined ? nothing : noticeOf(notice, path, pen)}
${form.shown(fields, say('提交问题', 'Send the issue'))}`,
    pen,
    forEnterprise(pen),
  )
}

const noticeOf = (notice: Notice, path: string, { say }: PagePen): Markup => {
  const words =
    notice.about === 'no-officer'
      ? html`${say('贵单位目前没有结对的助企干部，暂不能在线提交。请致电助企办反映，由助企办安排助企干部后再提交。已填写的内容保留在本页。', 'No officer is assigned to your enterprise at present, so nothing can be sent from here. Please ring the campaign office, which will assign one. What you entered stays on this page.')}`
      : html`${say('此表单此前已提交，问题编号：', 'This form has been sent before, as issue ')}<a href="${path}/issues/${notice.issueId}">${notice.issueId}</a>${say('。如以下为另一个问题，请再次提交。', '. If what follows is another issue, please send it again.')}`
  return html`<div class="errors" role="alert"><p>${words}</p></div>`
}

const subjects = (chosen: string, { term }: PagePen): readonly Markup[] =>
  categoryNames.map(category => {
    const options = Object.entries(subcategoriesOf(category)).map(([subcategory, wording]) => {
      const value = `${category}/${subcategory}`
      return html`<option value="${value}"${value === chosen ? new Markup(' selected') : nothing}>${term(wording)}</option>`
    })
    return html`<optgroup label="${term(categories[category])}">${options}</optgroup>`
  })
