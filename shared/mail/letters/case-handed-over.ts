import type { Block } from '../letter.ts'
import { becauseYouFollow, caseRows, caseSubject, enterpriseFooter, lookUpCase, quoteCase } from './case-blocks.ts'
import { toPage } from './issue-blocks.ts'
import { shortName, type Draft, type FactsOf, type Pen } from './pen.ts'

/** 送达: the department says that the result is in the enterprise's hands; the enterprise says whether it is. */
export const caseHandedOver = (facts: FactsOf<'case-handed-over'>, pen: Pen): Draft => {
  const { case: it, departmentName, words, enterpriseHasMail } = facts
  const { say } = pen
  const told: readonly Block[] = [{ kind: 'section', title: say('送达情况', 'How it was handed over') }, { kind: 'quote', text: words, by: departmentName }]
  if (facts.reader === 'enterprise')
    return {
      subject: caseSubject(it, say('办理结果已送达，请您确认是否收到', 'The result has been handed over, please confirm'), pen),
      heading: say(`请确认是否收到：${it.title}`, `Please confirm: ${it.title}`),
      lead: say(
        `${it.enterpriseName}：您好！“${it.title}”已办妥，${departmentName}称办理结果已送达贵单位，请您确认是否收到；未收到的，将重新送达。`,
        `To ${it.enterpriseName}: "${it.title}" is done, and ${departmentName} reports that the result has been handed over to you. Please confirm that you have it; if you have not, it is handed over again.`,
      ),
      urgency: 'good',
      blocks: [...told, ...toPage(say('确认是否收到', 'Say whether you have it'), pen), { kind: 'paragraph', text: say('是否收到，以贵单位的确认为准。感谢贵单位的信任与支持。', 'Whether you have it is for you to say. Thank you for your trust and support.') }, quoteCase(it, pen)],
      ...enterpriseFooter(it, pen),
    }
  return {
    subject: caseSubject(it, enterpriseHasMail ? say('结果已送达，请了解企业是否收到', 'Handed over, ask the enterprise') : say('结果已送达，请当面了解企业是否收到', 'Handed over, ask the enterprise in person'), pen),
    heading: say(`已送达：${it.title}`, `Handed over: ${it.title}`),
    lead: enterpriseHasMail
      ? say(`${it.officerName}同志：${departmentName}已将办理结果送达${it.enterpriseName}，请您了解企业是否收到，并请其在页面上确认。`, `${it.officerName}, ${departmentName} reports that ${it.enterpriseName} has the result. Please ask whether it has, and to confirm it on its page.`)
      : say(
          `${it.officerName}同志：${departmentName}已将办理结果送达${it.enterpriseName}，企业未登记邮箱，无法在线确认；请当面了解，助企办到期将电话回访。`,
          `${it.officerName}, ${departmentName} reports that ${it.enterpriseName} has the result. No address is registered there, so it cannot confirm that online: please ask in person. The campaign office will call it back.`,
        ),
    urgency: enterpriseHasMail ? 'good' : 'due',
    blocks: [...told, { kind: 'facts', rows: caseRows(it, pen) }, lookUpCase(it, pen)],
    because: becauseYouFollow(pen),
    ask: shortName(departmentName),
  }
}
