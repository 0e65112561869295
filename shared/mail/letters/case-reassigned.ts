import type { Block } from '../letter.ts'
import { caseRows, caseSteps, caseSubject, enterpriseFooter, lookUpCase, quoteCase, titleOf } from './case-blocks.ts'
import { toPage } from './issue-blocks.ts'
import { shortName, type Draft, type FactsOf, type Pen } from './pen.ts'

type Reassigned = FactsOf<'case-reassigned'>

/** Somebody else goes along with a case, or with steps of it: to them, to whom they relieve, and to the enterprise. */
export const caseReassigned = (facts: Reassigned, pen: Pen): Draft => {
  switch (facts.reader) {
    case 'enterprise':
      return toTheEnterprise(facts, pen)
    case 'new':
      return toWhoTakesOver(facts, pen)
    case 'former':
      return toWhoIsRelieved(facts, pen)
  }
}

/** Who goes along with it now; why is a matter of the office. */
const toTheEnterprise = (facts: Reassigned, pen: Pen): Draft => {
  const { case: it, newName, formerName, follows } = facts
  const { say } = pen
  return {
    subject: caseSubject(it, say(`${follows ? '助企干部' : '部分环节的助企干部'}变更为${shortName(newName)}`, `${shortName(newName)} ${follows ? 'is your officer now' : 'goes along with it now'}`), pen),
    heading: say(`更换干部：${it.title}`, `Another officer: ${it.title}`),
    lead: follows
      ? say(`${it.enterpriseName}：您好！贵单位的“${it.title}”今后由助企干部${newName}跟办，${formerName}不再跟办。`, `To ${it.enterpriseName}: from now on ${newName} follows your matter "${it.title}" instead of ${formerName}.`)
      : say(`${it.enterpriseName}：您好！贵单位的“${it.title}”，以下环节今后由助企干部${newName}跟办，${formerName}不再跟办。`, `To ${it.enterpriseName}: from now on ${newName} goes along with the steps below of your matter "${it.title}" instead of ${formerName}.`),
    urgency: 'normal',
    blocks: [...passedOn(facts, pen), ...caseSteps(it, pen), ...toPage(say('查看办理进展', 'See how it stands'), pen), quoteCase(it, pen)],
    ...enterpriseFooter(it, pen),
  }
}

/** What it is, where it stands, and how to see it. */
const toWhoTakesOver = (facts: Reassigned, pen: Pen): Draft => {
  const { case: it, newName, formerName, follows, enterpriseHasMail } = facts
  const { say } = pen
  const told = enterpriseHasMail ? say('已同时告知企业。', 'The enterprise has been told.') : say('企业未登记邮箱，请您当面告知。', 'The enterprise has no e-mail address registered; please tell it in person.')
  return {
    subject: caseSubject(it, follows ? say('请接手跟办', 'Please take it over') : say('请接手跟办部分环节', 'Please take steps of it over'), pen),
    heading: say(`请接手：${it.title}`, `To take over: ${it.title}`),
    lead: follows
      ? say(`${newName}同志：请接替${formerName}同志跟办${it.enterpriseName}的本事项，直至结果送达企业。${told}`, `${newName}, please follow this case of ${it.enterpriseName} from now on instead of ${formerName}, until the result is in its hands. ${told}`)
      : say(`${newName}同志：请接替${formerName}同志跟办${it.enterpriseName}本事项的以下环节。${told}`, `${newName}, please go along with ${it.enterpriseName} through the steps below from now on instead of ${formerName}. ${told}`),
    urgency: 'due',
    blocks: [...reasonOf(facts, pen), ...passedOn(facts, pen), { kind: 'facts', rows: caseRows(it, pen) }, ...caseSteps(it, pen), lookUpCase(it, pen)],
    because: say('您收到本邮件，是因为助企办请您跟办该事项。', 'You get this mail because the campaign office has asked you to follow this case.'),
  }
}

const toWhoIsRelieved = (facts: Reassigned, pen: Pen): Draft => {
  const { case: it, newName, formerName, follows } = facts
  const { say } = pen
  return {
    subject: caseSubject(it, say(`已由${shortName(newName)}接手，请移交`, `${shortName(newName)} takes it over, please hand it on`), pen),
    heading: say(`已更换干部：${it.title}`, `Another officer: ${it.title}`),
    lead: follows
      ? say(`${formerName}同志：${it.enterpriseName}的本事项已改由${newName}同志跟办，您无需再跟办，请向其移交有关情况和材料。`, `${formerName}, ${newName} follows this case of ${it.enterpriseName} from now on, and nothing more is asked of you but to hand on what you know and have.`)
      : say(`${formerName}同志：${it.enterpriseName}本事项的以下环节已改由${newName}同志跟办，您无需再跟办，请向其移交有关情况和材料。`, `${formerName}, ${newName} goes along with ${it.enterpriseName} through the steps below from now on, and nothing more is asked of you but to hand on what you know and have.`),
    urgency: 'normal',
    blocks: [...reasonOf(facts, pen), ...passedOn(facts, pen), quoteCase(it, pen)],
    because: say('您收到本邮件，是因为您此前跟办该事项。', 'You get this mail because you went along with this case before.'),
    ask: say(`${newName}同志`, newName),
  }
}

const reasonOf = ({ reason, byName }: Reassigned, { say }: Pen): readonly Block[] => [
  { kind: 'section', title: say('理由', 'The reason') },
  { kind: 'quote', text: reason, by: byName },
]

/** Of a case that is passed on, every step is listed anyway. */
const passedOn = ({ follows, steps }: Reassigned, pen: Pen): readonly Block[] =>
  follows ? [] : [{ kind: 'facts', rows: [{ label: pen.say('移交的环节', 'Steps passed on'), value: pen.list(steps.map(step => titleOf(step, pen))) }] }]
