import type { VisitFacts } from '../facts.ts'
import type { Block, Fact } from '../letter.ts'
import { becauseOfOffice, shortName, type Draft, type FactsOf, type Pen } from './pen.ts'
import { notCountedTerms, visitModeTerms } from './terms.ts'

/** To an officer in whose name somebody else has recorded a visit. */
export const visitJoint = ({ visit }: FactsOf<'visit-joint'>, pen: Pen): Draft => {
  const { say, on } = pen
  const { recordedByName, enterpriseName, officerName, visitedOn } = visit
  return {
    subject: say(`请核对联合走访：${on(visitedOn)}，${shortName(enterpriseName)}`, `Please check a joint visit: ${on(visitedOn)}, ${shortName(enterpriseName)}`),
    heading: say('已登记您参加联合走访', 'A joint visit was recorded in your name'),
    lead: say(
      `${officerName}同志：${recordedByName}登记您于${on(visitedOn)}参加了对${enterpriseName}的联合走访，请核对；未参加的，请尽快告知助企办。`,
      `${officerName}, ${recordedByName} has recorded that you took part in a joint visit to ${enterpriseName} on ${on(visitedOn)}. Please check this; if you were not there, tell the campaign office soon.`,
    ),
    urgency: 'normal',
    blocks: [
      { kind: 'facts', rows: [...visitRows(visit, pen), { label: say('计入情况', 'Counts'), value: countedIn(visit, pen) }] },
      ...visitSummary(visit, pen),
      { kind: 'paragraph', text: say('该次走访已记入您的走访记录，无需另行登记。', 'It stands in your own record; there is no need to enter it again.') },
      { kind: 'reference', label: say('可在系统中查询，走访编号', 'See it under visit id'), id: visit.visitId },
    ],
    because: say('您收到本邮件，是因为有人以您的名义登记了走访。', 'You get this mail because somebody recorded a visit in your name.'),
    ask: recordedByName,
  }
}

/** To the supervisors: an enterprise says that a visit did not take place. */
export const visitDenied = ({ flagId, visit, words }: FactsOf<'visit-denied'>, pen: Pen): Draft => {
  const { say, on } = pen
  const { officerName, enterpriseName, visitedOn } = visit
  return {
    subject: say(`请核查走访：企业反映不属实，${shortName(enterpriseName)}，${on(visitedOn)}`, `Please look into a visit: denied by ${shortName(enterpriseName)}, ${on(visitedOn)}`),
    heading: say('企业反映走访不属实', 'An enterprise denies a visit'),
    lead: say(
      `请助企办核查：${enterpriseName}反映，${officerName}登记的${on(visitedOn)}走访不属实。核查结论作出前，该次走访的统计不变。`,
      `Campaign office, please look into this: ${enterpriseName} says that the visit of ${on(visitedOn)} which ${officerName} has on record did not take place. What counts is not changed by this.`,
    ),
    urgency: 'due',
    blocks: [
      { kind: 'section', title: say('企业说明', 'What the enterprise says') },
      { kind: 'quote', text: words ?? say('（未作说明）', '(no words)'), by: enterpriseName },
      { kind: 'facts', rows: [{ label: say('走访干部', 'Officer'), value: officerName }, ...visitRows(visit, pen)] },
      ...visitSummary(visit, pen),
      {
        kind: 'list',
        items: [
          say('分别向企业和干部了解情况，注意为企业保密；', 'Ask the enterprise and the officer, each by themselves, and do not let on to the officer what the enterprise has said.'),
          say('在系统中登记核查结论：属实或不实，并作说明；', 'Write down what you found: in order or irregular, and why.'),
          say('走访是否计入不因核查自动改变，确需处理的，由助企办研究。', 'No visit stops counting because of it; what should follow is for people to decide.'),
        ],
      },
      { kind: 'reference', label: say('请在系统中登记结论，核查编号', 'Write it down under flag id'), id: flagId },
    ],
    because: becauseOfOffice(pen),
  }
}

export const visitRows = (visit: VisitFacts, { say, on, term, list }: Pen): readonly Fact[] => [
  { label: say('企业', 'Enterprise'), value: visit.enterpriseName },
  { label: say('走访日期', 'Day'), value: on(visit.visitedOn) },
  ...(visit.from === undefined || visit.until === undefined ? [] : [{ label: say('时间', 'Time'), value: `${visit.from}–${visit.until}` }]),
  { label: say('走访方式', 'How'), value: term(visitModeTerms[visit.mode]) },
  ...(visit.withNames.length === 0 ? [] : [{ label: say('同行干部', 'With'), value: list(visit.withNames) }]),
  { label: say('登记人', 'Recorded by'), value: visit.recordedByName },
]

const countedIn = ({ counted, reasonNotCounted }: VisitFacts, { say, term }: Pen): string =>
  counted || reasonNotCounted === undefined ? say('计入', 'yes') : say(`不计入（${term(notCountedTerms[reasonNotCounted])}）`, `no (${term(notCountedTerms[reasonNotCounted])})`)

const visitSummary = ({ summary, recordedByName }: VisitFacts, { say }: Pen): readonly Block[] => [
  { kind: 'section', title: say('走访纪要', 'What was recorded') },
  { kind: 'quote', text: summary, by: recordedByName },
]
