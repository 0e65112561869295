import type { Fact } from '../letter.ts'
import { becauseOfStep, caseReference, caseRows, caseSubject, provisionalNote, stepIn, stepRows, titleOf } from './case-blocks.ts'
import { shortName, type Draft, type FactsOf, type Pen } from './pen.ts'
import { levelTerms } from './terms.ts'

type Escalated = FactsOf<'case-escalated'>

/** To those who handle the step: its deadline is near. */
export const caseWarning = ({ case: it, step }: FactsOf<'case-warning'>, pen: Pen): Draft => {
  const { say, at } = pen
  const by = at(step.by ?? it.openedAt)
  const title = titleOf(step, pen)
  return {
    subject: caseSubject(it, say(`请${shortName(step.departmentName)}于${by}前办妥“${stepIn(step, pen)}”`, `${shortName(step.departmentName)} to finish "${stepIn(step, pen)}" by ${by}`), pen),
    heading: say(`临期提醒：${it.title}`, `Due soon: ${it.title}`),
    lead: say(`请${step.departmentName}于${by}前办妥“${title}”，承诺时限将至。`, `${step.departmentName}, what was promised is nearly due: please finish "${title}" by ${by}.`),
    urgency: 'due',
    blocks: [
      { kind: 'facts', rows: [...caseRows(it, pen), ...stepRows(step, pen)] },
      ...provisionalNote(step, pen),
      { kind: 'paragraph', text: say('请抓紧办理；逾期将按规定催办。', 'Please press on. Once the deadline has passed, the step is escalated.') },
      caseReference(it, pen),
    ],
    because: becauseOfStep(step, pen),
  }
}

/** The deadline has passed: 催办 to the handlers, 督办 through the director, 通报 to the leading group. */
export const caseEscalated = (facts: Escalated, pen: Pen): Draft => {
  const { case: it, step, level } = facts
  const { say, at, term } = pen
  const by = at(step.by ?? it.openedAt)
  const what = term(levelTerms[level])
  const who = { 1: say('', ''), 2: say('负责人督促', ', director'), 3: say('主要负责人', ', director') }[level]
  return {
    subject: caseSubject(
      it,
      say(`${what}：请${shortName(step.departmentName)}${who}办妥“${stepIn(step, pen)}”，${late(facts, pen)}`, `Level ${level}: "${stepIn(step, pen)}" of ${shortName(step.departmentName)} is ${late(facts, pen)}`),
      pen,
    ),
    heading: say(`${what}通知：${it.title}`, `Overdue, level ${level}: ${it.title}`),
    lead: say(
      `请${step.departmentName}${who}立即办妥“${titleOf(step, pen)}”。承诺时限为${by}，${late(facts, pen)}，现予${what}。`,
      `${step.departmentName}${who}, please finish "${titleOf(step, pen)}" now. It was promised by ${by}, is ${late(facts, pen)}, and has reached level ${level} (${what}).`,
    ),
    urgency: 'late',
    blocks: [{ kind: 'facts', rows: [...caseRows(it, pen), lateRow(facts, pen), ...stepRows(step, pen)] }, ...provisionalNote(step, pen), { kind: 'list', items: whatToDo(facts, pen) }, caseReference(it, pen)],
    because:
      level === 3
        ? say('您收到本邮件，是因为您是助企工作领导小组联系人，或是该部门负责人。', 'You get this mail because you are a contact of the leading group, or direct the department.')
        : becauseOfStep(step, pen),
  }
}

const late = ({ workingDaysLate }: Escalated, { say, workingDays }: Pen): string =>
  workingDaysLate < 1 ? say('已逾期', 'overdue') : say(`已逾期${workingDays(workingDaysLate)}`, `${workingDays(workingDaysLate)} late`)

const lateRow = (facts: Escalated, pen: Pen): Fact => ({ label: pen.say('逾期情况', 'Overdue'), value: late(facts, pen) })

const whatToDo = ({ level }: Escalated, { say, term }: Pen): readonly string[] => {
  const acknowledge = (next: 2 | 3): string =>
    say(
      `请签收本次${term(levelTerms[level])}；签收后，下一步${term(levelTerms[next])}按规定暂缓，期满仍未办妥的，照常${term(levelTerms[next])}。`,
      `Acknowledge this: that holds the next step (${term(levelTerms[next])}) for the time the rules allow, after which it follows unless the step is finished.`,
    )
  switch (level) {
    case 1:
      return [say('请立即办理，并向企业说明进展和预计办妥时间；', 'Deal with it now, and tell the enterprise how it stands and when it will be done.'), acknowledge(2)]
    case 2:
      return [say('请负责人明确办理措施、承办人员和办妥时间，并向企业说明原因；', 'Settle what is to be done, by whom and by when, and explain the delay to the enterprise.'), acknowledge(3)]
    case 3:
      return [
        say('请领导小组协调解决办理中的困难；', 'Leading group: please help to remove what stands in the way.'),
        say('请部门主要负责人说明逾期原因，明确办妥时间，并当面向企业说明。', 'Director: please explain the delay, name a day, and tell the enterprise in person.'),
      ]
  }
}
