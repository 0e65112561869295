import { answersAtMost, modeWords, type Answer } from '../../shared/visit/confirmation.ts'
import type { Visit } from '../../shared/visit/visit.ts'
import { fitting, html, nothing, type Markup } from '../../shared/page/markup.ts'
import { forEnterprise, layout, type PagePen } from '../html/layout.ts'

/** A visit with the officer's name, and what the enterprise has said of it. */
export interface ShownVisit {
  readonly visit: Visit
  readonly officerName: string
  readonly answers: readonly Answer[]
}

/** What somebody entered about a visit that could not be taken, and why. */
export interface RefusedAnswer {
  readonly visitId: string
  readonly words: string
  readonly message: string
}

/** Ten entries fit into a page at these weights. */
const nameBytes = 180
const wordsBytes = 600

/** Visits that were recorded; of each, the enterprise says whether it took place, however they met: not every visit comes to it. */
export const visitsPage = (visits: readonly ShownVisit[], path: string, pen: PagePen, refused?: RefusedAnswer): string => {
  const { say } = pen
  const title = refused === undefined ? say('走访记录', 'Recorded visits') : say('请更正：走访记录', 'Please correct: recorded visits')
  return layout(
    title,
    html`<p><a href="${path}">${say('返回全部问题', 'All issues')}</a></p><h1>${say('走访记录', 'Recorded visits')}</h1>
<p>${say('以下是助企干部登记的本月及上月走访，请核实是否属实。核实情况由助企办掌握，不向助企干部公开。', 'These are the visits your officer has recorded for this month and the last. Please say whether they took place. Your answers go to the campaign office and are not shown to the officer.')}</p>
${refused === undefined ? nothing : html`<div class="errors" role="alert"><p>${say('尚未提交，请更正：', 'This has not been sent. Please correct it: ')}${refused.message}</p></div>`}
${visits.length === 0 ? html`<p>${say('目前没有走访记录。', 'There are none at present.')}</p>` : html`<ul class="issues">${visits.map((each, at) => entry(each, at, path, pen, refused))}</ul>`}`,
    pen,
    forEnterprise(pen),
  )
}

const entry = ({ visit, officerName, answers }: ShownVisit, at: number, path: string, { say, term, on }: PagePen, refused: RefusedAnswer | undefined): Markup => {
  const last = answers.at(-1)
  const action = `${path}/visits/${visit.visitId}/confirmation`
  const said =
    last === undefined
      ? html`<p class="soft">${say('尚未核实', 'Not confirmed yet')}</p>`
      : html`<p>${last.came ? say('贵单位已确认属实', 'You have confirmed it') : say('贵单位反映不属实', 'You have said that it did not take place')}</p>${last.words === undefined ? nothing : html`<blockquote>${fitting(last.words, wordsBytes)}</blockquote>`}`
  const isRefused = refused?.visitId === visit.visitId
  const confirm = last?.came === true ? nothing : html`<form method="post" action="${action}"><p><button type="submit" name="came" value="yes">${say('确认属实', 'It took place')}</button></p></form>`
  const deny = html`<details${isRefused ? html` open` : nothing}><summary>${say('没有此次走访，或情况不符', 'It did not take place, or it was otherwise')}</summary><form method="post" action="${action}">
<p><label for="words-${at}">${say('请说明情况（选填）', 'What happened instead (optional)')}</label></p>
<textarea id="words-${at}" name="words" maxlength="500">${isRefused ? refused.words : ''}</textarea>
<p><button type="submit" name="came" value="no">${say('反映不属实', 'It did not take place')}</button></p></form></details>`
  const forms = answers.length >= answersAtMost ? html`<p class="soft">${say('如需再次更正，请联系助企办。', 'To change it once more, please ask the campaign office.')}</p>` : html`${confirm}${deny}`
  return html`<li><p><b>${on(visit.visitedOn)}</b> · ${fitting(officerName, nameBytes)} · ${term(modeWords[visit.mode])}</p>${said}${forms}</li>`
}
