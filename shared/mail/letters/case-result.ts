import type { SaidOfResult } from '../facts.ts'
import type { Block } from '../letter.ts'
import { becauseYouFollow, caseReference, caseRows, caseSubject, lookUpCase, provisionalNote, stepRows } from './case-blocks.ts'
import { becauseOfOffice, shortName, type Draft, type FactsOf, type Pen } from './pen.ts'
import { levelTerms } from './terms.ts'

/** Whether the enterprise has the result, as it says itself or says when it is asked. */

/** To who followed it and who handed it over: the enterprise has it. */
export const caseCompleted = ({ case: it, said }: FactsOf<'case-completed'>, pen: Pen): Draft => {
  const { say } = pen
  return {
    subject: caseSubject(it, say('企业已确认收到，事项办结', 'The enterprise has the result: completed'), pen),
    heading: say(`已办结：${it.title}`, `Completed: ${it.title}`),
    lead: say(`${it.enterpriseName}${asked(said, pen)}确认已收到办理结果，本事项办结，无需再办理。`, `${it.enterpriseName}${asked(said, pen)} confirms that it has the result. The case is completed; nothing more needs doing.`),
    urgency: 'good',
    blocks: [...enterpriseSaid(said, it.enterpriseName, pen), { kind: 'facts', rows: caseRows(it, pen) }, lookUpCase(it, pen)],
    because: becauseYouFollow(pen),
  }
}

/** To the handing over's department, who follows it, and the supervisors: the enterprise has nothing. */
export const caseReturned = ({ case: it, step, said, level, reader }: FactsOf<'case-returned'>, pen: Pen): Draft => {
  const { say, at, term } = pen
  const by = step.by ?? it.openedAt
  const isDue = step.status !== 'finished'
  const ask = isDue
    ? say(`请${step.departmentName}于${at(by)}前重新送达。`, `${step.departmentName}, please hand the result over by ${at(by)}. `)
    : say(`请知悉：${step.departmentName}已重新送达。`, `For your information: ${step.departmentName} has handed it over again. `)
  return {
    subject: caseSubject(it, isDue ? say(`企业未收到，请${shortName(step.departmentName)}于${at(by)}前重新送达`, `Not received: ${shortName(step.departmentName)} to hand it over by ${at(by)}`) : say('企业曾反映未收到，已重新送达', 'Was not received, has been handed over again'), pen),
    heading: say(`企业未收到：${it.title}`, `Not received: ${it.title}`),
    lead: say(
      `${ask}${it.enterpriseName}${asked(said, pen)}反映未收到办理结果，送达环节列入${term(levelTerms[level])}。`,
      `${ask}${it.enterpriseName}${asked(said, pen)} says that it has not got the result, which takes the handing over to level ${level} (${term(levelTerms[level])}).`,
    ),
    urgency: isDue ? 'late' : 'normal',
    blocks: [
      ...enterpriseSaid(said, it.enterpriseName, pen),
      { kind: 'facts', rows: [...caseRows(it, pen), ...stepRows(step, pen)] },
      ...provisionalNote(step, pen),
      ...(isDue
        ? [{ kind: 'list', items: [say('请先联系企业，弄清结果现在何处；', 'First find out with the enterprise where the result is.'), say('请负责人过问，当面送达并留存签收记录。', 'Director: please see to it that it is handed over in person, and signed for.')] } as const]
        : []),
      isDue ? caseReference(it, pen) : lookUpCase(it, pen),
    ],
    because: reader === 'leading-group' ? say('您收到本邮件，是因为您是助企工作领导小组联系人。', 'You get this mail because you are a contact of the leading group of the campaign.') : becauseYouFollow(pen),
  }
}

/** To the supervisors: the enterprise has said nothing, so it has to be asked. */
export const caseCallBackDue = ({ case: it, handedOverAt, contactName, contactPhone, enterpriseHasMail }: FactsOf<'case-call-back-due'>, pen: Pen): Draft => {
  const { say, at } = pen
  const unknown = say('未登记，请向跟办干部了解', 'not registered; ask the officer')
  const silent = enterpriseHasMail
    ? say('企业至今未确认；未表态不等于收到', 'it has not confirmed that since; silence is not a confirmation')
    : say('企业未登记邮箱，无法在线确认，以电话回访意见为准', 'no e-mail address is registered there, so it could not confirm that online')
  return {
    subject: caseSubject(it, say('企业未确认收到，请助企办电话回访', 'Not confirmed, campaign office to call the enterprise back'), pen),
    heading: say(`请电话回访：${it.title}`, `Please call back: ${it.title}`),
    lead: say(
      `请助企办电话回访${it.enterpriseName}，并登记其是否收到办理结果。办理部门称已于${at(handedOverAt)}送达，${silent}。`,
      `Campaign office, please call ${it.enterpriseName} and record whether it has the result. The department reports that it was handed over on ${at(handedOverAt)}; ${silent}.`,
    ),
    urgency: 'due',
    blocks: [
      { kind: 'facts', rows: [{ label: say('联系人', 'Contact'), value: contactName ?? unknown }, { label: say('电话', 'Telephone'), value: contactPhone ?? unknown }, ...caseRows(it, pen)] },
      {
        kind: 'list',
        items: [
          say('询问是否已收到办理结果，如实记录企业原话；', 'Ask whether they have the result, and write down what they say.'),
          say('在系统中登记回访：是否收到、受访人、回访时间；', 'Record the call-back: whether they have it, whom you asked, and when.'),
          say('未收到的，将自动退回重新送达。', 'If they have not, it goes back at once to be handed over again.'),
        ],
      },
      caseReference(it, pen),
    ],
    because: becauseOfOffice(pen),
  }
}

const asked = (said: SaidOfResult, { say }: Pen): string => (said.asked === undefined ? '' : say('在电话回访中', ', called back,'))

const enterpriseSaid = ({ words, asked: whom }: SaidOfResult, enterpriseName: string, { say }: Pen): readonly Block[] => {
  if (words === undefined) return []
  const by = whom === undefined ? enterpriseName : say(`${enterpriseName}（电话回访：${whom}）`, `${enterpriseName} (called back: ${whom})`)
  return [{ kind: 'section', title: say('企业说明', 'What the enterprise says') }, { kind: 'quote', text: words, by }]
}
