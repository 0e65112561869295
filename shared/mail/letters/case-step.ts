import type { Block } from '../letter.ts'
import {
  becauseOfStep, becauseYouFollow, caseReference, caseRows, caseSteps, caseSubject, enterpriseFooter, lookUpCase, provisionalNote, quoteCase, stepIn, stepRows, titleOf,
} from './case-blocks.ts'
import { toPage } from './issue-blocks.ts'
import { shortName, type Draft, type FactsOf, type Pen } from './pen.ts'

/** A case from its opening on: its steps, what they wait for, what the enterprise adds, and how it ends without a result. */

/** To the enterprise: the case is open, these are its steps, and here it can be watched. */
export const caseOpened = ({ case: it }: FactsOf<'case-opened'>, pen: Pen): Draft => {
  const { say } = pen
  const count = it.steps.length
  return {
    subject: caseSubject(it, say('贵单位事项已纳入绿色通道', 'Your matter is in the green channel'), pen),
    heading: say(`绿色通道已开办：${it.title}`, `In the green channel: ${it.title}`),
    lead: say(
      `${it.enterpriseName}：您好！贵单位的“${it.title}”已纳入绿色通道，共${count}个环节，由助企干部${it.officerName}全程跟办，各环节按承诺时限办理。`,
      `To ${it.enterpriseName}: your matter "${it.title}" is in the green channel. It has ${count} steps, each within the time that is promised, and ${it.officerName} follows it to the end.`,
    ),
    urgency: 'normal',
    blocks: [
      ...caseSteps(it, pen),
      ...toPage(say('查看办理进展', 'See how it stands'), pen),
      {
        kind: 'paragraph',
        text: say('需要贵单位补充材料或配合的，将另行邮件告知；办理结果送达后，请在该页面确认。', 'Should anything be needed from you, you are told by mail. Once the result has been handed over, please confirm on that page that you have it.'),
      },
      quoteCase(it, pen),
    ],
    ...enterpriseFooter(it, pen),
  }
}

/** To the step's department: it can begin, or its clock goes on. */
export const caseStep = ({ case: it, step, goesOn }: FactsOf<'case-step'>, pen: Pen): Draft => {
  const { say, at, isPast } = pen
  const by = step.by ?? it.openedAt
  const [title, department] = [titleOf(step, pen), step.departmentName]
  const inTime = isPast(by) ? say(`立即办妥（时限${at(by)}已届满）`, `at once; it was due by ${at(by)}`) : say(`于${at(by)}前办妥`, `by ${at(by)}`)
  const shortly = isPast(by) ? say('立即办妥（已逾期）', 'at once, overdue') : say(`于${at(by)}前办妥`, `by ${at(by)}`)
  return {
    subject: caseSubject(it, say(`请${shortName(department)}${shortly}“${stepIn(step, pen)}”`, `${shortName(department)} to finish "${stepIn(step, pen)}" ${shortly}`), pen),
    heading: goesOn ? say(`恢复计时：${it.title}`, `Goes on: ${it.title}`) : say(`请办理：${it.title}`, `To begin: ${it.title}`),
    lead: goesOn
      ? say(`请${department}${inTime}“${title}”。等待企业的期限已满，时限已恢复计算；确需不予办理的，请说明理由。`, `${department}, please finish "${title}" ${inTime}. It has waited for the enterprise as long as it may, and its clock goes on; if it has to be refused, say why.`)
      : say(`请${department}${inTime}“${title}”。本环节现已可以办理，时限即日起算，不以启动时间为准。`, `${department}, please finish "${title}" ${inTime}. It can begin now, and its clock runs from now on, whenever it is started.`),
    urgency: isPast(by) ? 'late' : 'normal',
    blocks: [{ kind: 'facts', rows: [...caseRows(it, pen), ...stepRows(step, pen)] }, ...provisionalNote(step, pen), caseReference(it, pen)],
    because: becauseOfStep(step, pen),
    ask: say(`跟办干部${it.officerName}`, `${it.officerName}, who follows it,`),
  }
}

/** What the enterprise has to bring: to itself, and to the officer who helps it. */
export const caseWaiting = (facts: FactsOf<'case-waiting'>, pen: Pen): Draft => {
  const { case: it, step, endsBy, enterpriseHasMail, reader } = facts
  const { say, at } = pen
  const title = titleOf(step, pen)
  const asked: readonly Block[] = [
    { kind: 'section', title: reader === 'enterprise' ? say('需要贵单位提供或配合', 'What is needed') : say('需要企业提供或配合', 'What is needed') },
    { kind: 'quote', text: facts.needed, by: step.departmentName },
    { kind: 'section', title: say('原因', 'Why') },
    { kind: 'quote', text: facts.reason, by: step.departmentName },
  ]
  if (reader === 'enterprise')
    return {
      subject: caseSubject(it, say(`请于${at(endsBy)}前补充材料或配合办理`, `Please bring what is needed by ${at(endsBy)}`), pen),
      heading: say(`需要贵单位配合：${it.title}`, `Something is needed: ${it.title}`),
      lead: say(
        `${it.enterpriseName}：您好！请于${at(endsBy)}前提供以下材料或配合办理，“${title}”环节的时限在此期间停止计算。`,
        `To ${it.enterpriseName}: please bring what is set out below by ${at(endsBy)}. Until then the clock of "${title}" stands still.`,
      ),
      urgency: 'due',
      blocks: [...asked, ...toPage(say('查看事项、补充情况', 'See the case, and add to it'), pen), { kind: 'facts', rows: stepRows(step, pen) }, quoteCase(it, pen)],
      ...enterpriseFooter(it, pen),
    }
  return {
    subject: caseSubject(it, enterpriseHasMail ? say('请协助企业补充材料', 'Please help the enterprise to bring what is needed') : say('请当面告知企业补充材料', 'Please tell the enterprise in person what is needed'), pen),
    heading: say(`等待企业：${it.title}`, `Waits for the enterprise: ${it.title}`),
    lead: say(
      `${step.officerName}同志：${enterpriseHasMail ? '请协助' : '企业未登记邮箱，请当面告知并协助'}${it.enterpriseName}于${at(endsBy)}前提供以下材料或配合办理，逾期将恢复计时。`,
      `${step.officerName}, please ${enterpriseHasMail ? 'help' : 'tell in person, for no address is registered, and help'} ${it.enterpriseName} to bring what is set out below by ${at(endsBy)}, when the clock goes on.`,
    ),
    urgency: 'due',
    blocks: [...asked, { kind: 'facts', rows: [...caseRows(it, pen), ...stepRows(step, pen)] }, lookUpCase(it, pen)],
    because: becauseYouFollow(pen),
    ask: shortName(step.departmentName),
  }
}

/** To those who work on it and who follows it: the enterprise has added something. */
export const caseInformed = ({ case: it, words }: FactsOf<'case-informed'>, pen: Pen): Draft => {
  const { say } = pen
  return {
    subject: caseSubject(it, say('企业已补充情况，请阅处', 'The enterprise has added something, please read'), pen),
    heading: say(`企业补充情况：${it.title}`, `More from the enterprise: ${it.title}`),
    lead: say(
      `请结合${it.enterpriseName}补充的情况办理；所等待的事项已具备的，请立即恢复计时。`,
      `Please take into account what ${it.enterpriseName} has added; where it is what a step waits for, let the clock go on at once.`,
    ),
    urgency: 'normal',
    blocks: [{ kind: 'section', title: say('企业补充的情况', 'What the enterprise adds') }, { kind: 'quote', text: words, by: it.enterpriseName }, { kind: 'facts', rows: caseRows(it, pen) }, ...caseSteps(it, pen), caseReference(it, pen)],
    because: becauseYouFollow(pen),
  }
}

/** Refused or given up: to the enterprise, who follows it, and whoever worked on it. */
export const caseEnded = (facts: FactsOf<'case-ended'>, pen: Pen): Draft => {
  const { case: it, step, byName, reason, reader } = facts
  const { say } = pen
  const isRefused = step !== undefined
  const title = step === undefined ? '' : titleOf(step, pen)
  const what = isRefused ? say('不予办理', 'Refused') : say('已撤销', 'Given up')
  const said: readonly Block[] = [{ kind: 'section', title: say('理由', 'The reason') }, { kind: 'quote', text: reason, by: byName }]
  const fact = isRefused
    ? say(`${byName}对“${title}”环节不予办理，事项随之终止，理由如下`, `${byName} has refused "${title}", which ends the case, for the reason below`)
    : say(`${byName}已撤销本事项，理由如下`, `${byName} has given this case up, for the reason below`)
  if (reader === 'enterprise')
    return {
      subject: caseSubject(it, isRefused ? say('贵单位事项不予办理，请阅理由', 'Your matter has been refused, please read why') : say('贵单位事项已撤销', 'Your case has been given up'), pen),
      heading: `${what}${say('：', ': ')}${it.title}`,
      lead: say(`${it.enterpriseName}：您好！${fact}。如有不同意见，请告诉助企干部${it.officerName}。`, `To ${it.enterpriseName}: ${fact}. If you see it differently, please tell your officer, ${it.officerName}.`),
      urgency: 'normal',
      blocks: [...said, ...toPage(say('查看事项', 'See the case'), pen), quoteCase(it, pen)],
      ...enterpriseFooter(it, pen),
    }
  return {
    subject: caseSubject(it, say(`${what}，无需再办理`, `${what}, nothing more to do`), pen),
    heading: `${what}${say('：', ': ')}${it.title}`,
    lead: say(`${fact}，其余环节无需再办理；请助企干部${it.officerName}向企业做好解释。`, `${fact}. Nothing more needs doing; ${it.officerName}, please explain it to the enterprise.`),
    urgency: 'normal',
    blocks: [...said, { kind: 'facts', rows: caseRows(it, pen) }, lookUpCase(it, pen)],
    because: becauseYouFollow(pen),
  }
}
