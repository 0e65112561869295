import type { ExemptionFacts } from '../facts.ts'
import type { Block } from '../letter.ts'
import { becauseOfOffice, shortName, type Draft, type FactsOf, type Pen } from './pen.ts'
import { exemptionTerms } from './terms.ts'

/** To the director, or to the campaign office where there is none but who asks: an officer asks that a month's visits should not count as missed 容错. */
export const exemptionRequested = ({ exemptionId, exemption, readerDirects }: FactsOf<'exemption-requested'>, pen: Pen): Draft => {
  const { say, term, month } = pen
  const { officerName, departmentName } = exemption
  const reason = term(exemptionTerms[exemption.reason])
  return {
    subject: say(
      `请审批容错申请：${shortName(officerName)}，${month(exemption.month)}，${reason}`,
      `Please decide on an exemption: ${shortName(officerName)}, ${month(exemption.month)}, ${reason}`,
    ),
    heading: say('容错申请待审批', 'An exemption awaits your decision'),
    lead: readerDirects
      ? say(
          `请${departmentName}负责人尽快审批：${officerName}同志申请${month(exemption.month)}走访容错（${reason}），批准前仍按应走访次数统计。`,
          `Director of ${departmentName}: please decide soon. ${officerName} asks for an exemption from visits in ${month(exemption.month)} (${reason}); until it is approved, the visits are owed.`,
        )
      : say(
          `请助企办尽快审批：${departmentName}${officerName}同志申请${month(exemption.month)}走访容错（${reason}），该部门无负责人可审批；批准前仍按应走访次数统计。`,
          `Campaign office: please decide soon, for ${departmentName} has no director who could. ${officerName} asks for an exemption from visits in ${month(exemption.month)} (${reason}); until it is approved, the visits are owed.`,
        ),
    urgency: 'due',
    blocks: [
      { kind: 'facts', rows: rowsOf(exemption, pen) },
      ...remarkOf(say('申请说明', 'What the officer says'), exemption.remark, officerName),
      { kind: 'paragraph', text: say('请如实核定：确有正当原因的予以容错，不因此影响对干部的评价。', 'Please judge by the facts: with a good reason an exemption is due, and it does not count against the officer.') },
      { kind: 'reference', label: say('请在系统中审批，申请编号', 'Decide on it under request id'), id: exemptionId },
    ],
    because: readerDirects ? say(`您收到本邮件，是因为${departmentName}的容错申请由您审批。`, `You get this mail because you decide on exemptions in ${departmentName}.`) : becauseOfOffice(pen),
    ask: shortName(officerName),
  }
}

/** To the officer who asked. */
export const exemptionDecided = (facts: FactsOf<'exemption-decided'>, pen: Pen): Draft => {
  const { say, month } = pen
  const { exemption, exemptionId, approved, decidedByName } = facts
  const period = month(exemption.month)
  return {
    subject: approved
      ? say(`容错申请已批准：${period}，${shortName(scopeOf(exemption, pen))}`, `Exemption approved: ${period}, ${shortName(scopeOf(exemption, pen))}`)
      : say(`容错申请未批准，应走访次数不变：${period}，${shortName(scopeOf(exemption, pen))}`, `Exemption refused, visits still owed: ${period}, ${shortName(scopeOf(exemption, pen))}`),
    heading: approved ? say('容错申请已批准', 'Your exemption is approved') : say('容错申请未批准', 'Your exemption is refused'),
    lead: approved
      ? say(
          `${exemption.officerName}同志：您${period}的走访容错申请已批准，${scopeOf(exemption, pen)}当月未完成的走访不计欠访，无需再办。`,
          `${exemption.officerName}, your exemption for ${period} is approved: visits to ${scopeOf(exemption, pen)} do not count as missed that month. There is nothing more to do.`,
        )
      : say(
          `${exemption.officerName}同志：您${period}的走访容错申请未批准，${scopeOf(exemption, pen)}当月应走访次数不变，请按期完成。`,
          `${exemption.officerName}, your exemption for ${period} is refused. Visits to ${scopeOf(exemption, pen)} are still owed; please make them in time.`,
        ),
    urgency: approved ? 'good' : 'due',
    blocks: [
      { kind: 'facts', rows: [...rowsOf(exemption, pen), { label: say('审批人', 'Decided by'), value: decidedByName }] },
      ...remarkOf(say('审批意见', 'What was said'), facts.decisionRemark, decidedByName),
      ...(approved
        ? []
        : [{ kind: 'paragraph', text: say('如有新的情况，可补充说明后重新申请。', 'If there is something new, you may ask again and say what it is.') } as const]),
      { kind: 'reference', label: say('可在系统中查询，申请编号', 'See it under request id'), id: exemptionId },
    ],
    because: say('您收到本邮件，是因为您申请了容错。', 'You get this mail because you asked for an exemption.'),
    ask: say('所在部门负责人', 'your director'),
  }
}

const rowsOf = (exemption: ExemptionFacts, pen: Pen) => [
  { label: pen.say('申请人', 'Officer'), value: exemption.officerName },
  { label: pen.say('部门', 'Department'), value: exemption.departmentName },
  { label: pen.say('月份', 'Month'), value: pen.month(exemption.month) },
  { label: pen.say('范围', 'Covers'), value: scopeOf(exemption, pen) },
  { label: pen.say('容错情形', 'Reason'), value: pen.term(exemptionTerms[exemption.reason]) },
]

const scopeOf = ({ enterpriseName }: ExemptionFacts, { say }: Pen): string => enterpriseName ?? say('全部结对企业', 'all paired enterprises')

const remarkOf = (title: string, text: string | undefined, by: string): readonly Block[] =>
  text === undefined
    ? []
    : [
        { kind: 'section', title },
        { kind: 'quote', text, by },
      ]
