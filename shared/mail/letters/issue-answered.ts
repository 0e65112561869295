import { isOpen } from '../../issue/transition.ts'
import type { Block } from '../letter.ts'
import { deadline, issueRows, issueSubject, leadIn, lookUp, provisionalNote, quoteNumber, toPage } from './issue-blocks.ts'
import { excerpt, shortName, type Draft, type FactsOf, type Pen } from './pen.ts'

type Answered = FactsOf<'issue-replied' | 'issue-resolved' | 'issue-explained'>

/** The department's words to the enterprise, and to the officer who visits it. */
export const issueAnswered = (facts: Answered, pen: Pen): Draft => {
  const toEnterprise = facts.reader === 'enterprise'
  switch (facts.kind) {
    case 'issue-replied':
      return toEnterprise ? repliedToEnterprise(facts, pen) : repliedToOfficer(facts, pen)
    case 'issue-resolved':
      return toEnterprise ? resolvedToEnterprise(facts, pen) : resolvedToOfficer(facts, pen)
    case 'issue-explained':
      return toEnterprise ? explainedToEnterprise(facts, pen) : explainedToOfficer(facts, pen)
  }
}

const repliedToEnterprise = (facts: Answered, pen: Pen): Draft => {
  const { say } = pen
  const { issue, departmentName } = facts
  return {
    subject: issueSubject(issue, say(`${shortName(departmentName)}已答复贵单位诉求`, `${shortName(departmentName)} has replied to you`), pen),
    heading: say(`关于“${issue.title}”的答复`, `Reply: ${issue.title}`),
    lead: say(
      `${issue.enterpriseName}：您好！对贵单位反映的问题，${departmentName}答复如下${stillDue(facts, pen)}。`,
      `To ${issue.enterpriseName}: ${departmentName} has replied to the issue you raised, as set out below${stillDue(facts, pen)}.`,
    ),
    urgency: 'normal',
    blocks: [
      ...answer(facts, pen),
      ...provisionalNote(issue, pen),
      ...whatYouRaised(facts, pen),
      {
        kind: 'paragraph',
        text: say(
          `如需补充情况或对答复有不同意见，请告诉助企干部${issue.officerName}。感谢贵单位的理解与支持。`,
          `If there is anything to add, or you see it differently, please tell your officer, ${issue.officerName}. Thank you for bringing this to us.`,
        ),
      },
      ...toPage(say('查看办理进展', 'See how it stands'), pen),
      quoteNumber(issue, pen),
    ],
    ...enterpriseFooter(facts, pen),
  }
}

const resolvedToEnterprise = (facts: Answered, pen: Pen): Draft => {
  const { say } = pen
  const { issue, departmentName } = facts
  return {
    subject: issueSubject(issue, say('贵单位诉求已办理，请核实结果', 'Your issue has been dealt with, please check the result'), pen),
    heading: say(`关于“${issue.title}”的办理结果`, `Result: ${issue.title}`),
    lead: say(
      `${issue.enterpriseName}：您好！贵单位反映的问题，${departmentName}已办理完毕，请您核实结果并作出评价；不满意的，将重新办理。`,
      `To ${issue.enterpriseName}: ${departmentName} reports the issue you raised as resolved. Please check the result and rate it; if you are not satisfied, it will be worked on again.`,
    ),
    urgency: 'good',
    blocks: [
      ...answer(facts, pen),
      ...toPage(say('请您评价', 'Rate the result'), pen),
      ...whatYouRaised(facts, pen),
      {
        kind: 'paragraph',
        text: say(
          `问题是否解决，以贵单位的意见为准：贵单位满意，方可销号。如有疑问，请告诉助企干部${issue.officerName}。感谢贵单位的信任与支持。`,
          `Whether it is solved is for you to say: only when you are satisfied is it closed. For any question, please ask your officer, ${issue.officerName}. Thank you for your trust and support.`,
        ),
      },
      quoteNumber(issue, pen),
    ],
    ...enterpriseFooter(facts, pen),
  }
}

const explainedToEnterprise = (facts: Answered, pen: Pen): Draft => {
  const { say } = pen
  const { issue, departmentName } = facts
  return {
    subject: issueSubject(issue, say('贵单位诉求的情况说明，请您评价', 'About your issue: please read why, and rate it'), pen),
    heading: say(`关于“${issue.title}”的情况说明`, `Explanation: ${issue.title}`),
    lead: say(
      `${issue.enterpriseName}：您好！贵单位反映的问题，受现行规定所限暂无法解决，${departmentName}说明如下，请您评价；不满意的，将重新研究办理。`,
      `To ${issue.enterpriseName}: today's rules do not allow a solution to the issue you raised. ${departmentName} explains why below. Please rate this; if you are not satisfied, it will be looked into again.`,
    ),
    urgency: 'normal',
    blocks: [
      ...answer(facts, pen),
      ...toPage(say('请您评价', 'Rate the explanation'), pen),
      ...whatYouRaised(facts, pen),
      {
        kind: 'paragraph',
        text: say(
          `贵单位满意，方可销号。如有疑问，请告诉助企干部${issue.officerName}。感谢贵单位的理解与支持。`,
          `Only when you are satisfied is the issue closed. For any question, please ask your officer, ${issue.officerName}. Thank you for your understanding.`,
        ),
      },
      quoteNumber(issue, pen),
    ],
    ...enterpriseFooter(facts, pen),
  }
}

const explainedToOfficer = (facts: Answered, pen: Pen): Draft => {
  const { say } = pen
  const { issue, departmentName, enterpriseHasMail } = facts
  return {
    subject: issueSubject(issue, say(`现行规定下无法解决，请当面做好解释`, `Cannot be solved today, please explain in person`), pen),
    heading: say(`请做好解释：${issue.title}`, `Please explain: ${issue.title}`),
    lead: say(
      `${issue.officerName}同志：您提交的问题受现行规定所限暂无法解决，${departmentName}已作出说明${enterpriseHasMail ? '并告知企业' : '，但企业未登记邮箱'}，请您尽快到${issue.enterpriseName}当面解释，听取企业意见。`,
      `${issue.officerName}, please go to ${issue.enterpriseName} soon and explain in person: today's rules do not allow a solution to the issue you brought, as ${departmentName} sets out below${enterpriseHasMail ? ' and has told the enterprise' : '; no e-mail address is registered there'}.`,
    ),
    urgency: 'due',
    blocks: [...answer(facts, pen), ...ratingByTelephone(facts, pen), { kind: 'facts', rows: issueRows(issue, pen) }, lookUp(issue, pen)],
    ...officerFooter(facts, pen),
  }
}

const repliedToOfficer = (facts: Answered, pen: Pen): Draft => {
  const { say } = pen
  const { issue, departmentName, enterpriseHasMail } = facts
  const carried = say(
    `${departmentName}已答复，但企业未登记邮箱，请您尽快当面转达${issue.enterpriseName}`,
    `please carry the reply of ${departmentName} to ${issue.enterpriseName} in person soon, for no e-mail address is registered there`,
  )
  const sent = say(
    `${departmentName}已答复${issue.enterpriseName}，请您关注企业意见`,
    `${departmentName} has replied to ${issue.enterpriseName}; please find out what the enterprise thinks of it`,
  )
  return {
    subject: issueSubject(
      issue,
      enterpriseHasMail
        ? say(`${shortName(departmentName)}已答复企业，请关注企业意见`, `${shortName(departmentName)} has replied, ask the enterprise`)
        : say(`请尽快当面转达${shortName(departmentName)}的答复`, `Please carry the reply of ${shortName(departmentName)} to the enterprise`),
      pen,
    ),
    heading: say(`企业诉求已答复：${issue.title}`, `Replied: ${issue.title}`),
    lead: say(
      `${issue.officerName}同志：${enterpriseHasMail ? sent : carried}${stillDue(facts, pen)}。`,
      `${issue.officerName}, ${enterpriseHasMail ? sent : carried}${stillDue(facts, pen)}.`,
    ),
    urgency: enterpriseHasMail ? 'normal' : 'due',
    blocks: [...answer(facts, pen), ...provisionalNote(issue, pen), { kind: 'facts', rows: issueRows(issue, pen) }, lookUp(issue, pen)],
    ...officerFooter(facts, pen),
  }
}

const resolvedToOfficer = (facts: Answered, pen: Pen): Draft => {
  const { say } = pen
  const { issue, departmentName, enterpriseHasMail } = facts
  const carried = say(
    `${departmentName}已办结，但企业未登记邮箱，请您尽快到${issue.enterpriseName}当面说明办理结果，听取企业是否满意。`,
    `please go to ${issue.enterpriseName} soon, explain the result and ask whether they are satisfied: ${departmentName} reports the issue as resolved, and no e-mail address is registered there.`,
  )
  const sent = say(
    `${departmentName}已办结您提交的问题并告知${issue.enterpriseName}，请您听取企业是否满意。`,
    `${departmentName} reports the issue you brought as resolved and has told ${issue.enterpriseName}; please ask whether they are satisfied.`,
  )
  return {
    subject: issueSubject(
      issue,
      enterpriseHasMail
        ? say(`${shortName(departmentName)}已办结，请听取企业意见`, `${shortName(departmentName)} has resolved it, ask the enterprise`)
        : say(`${shortName(departmentName)}已办结，请尽快当面告知企业`, `${shortName(departmentName)} has resolved it, please tell the enterprise in person`),
      pen,
    ),
    heading: say(`企业诉求已办结：${issue.title}`, `Resolved: ${issue.title}`),
    lead: say(`${issue.officerName}同志：${enterpriseHasMail ? sent : carried}`, `${issue.officerName}, ${enterpriseHasMail ? sent : carried}`),
    urgency: enterpriseHasMail ? 'good' : 'due',
    blocks: [...answer(facts, pen), ...ratingByTelephone(facts, pen), { kind: 'facts', rows: issueRows(issue, pen) }, lookUp(issue, pen)],
    ...officerFooter(facts, pen),
  }
}

/** The resolution is what an answer leaves to come, unless it has come in the meantime. */
const stillDue = ({ issue }: Answered, pen: Pen): string =>
  !isOpen(issue.status) ? '' : pen.say(`；办结时限为${deadline('resolve', issue, pen)}`, `; the issue is to be resolved by ${deadline('resolve', issue, pen)}`)

const answer = ({ kind, message, departmentName }: Answered, { say }: Pen): readonly Block[] => [
  { kind: 'section', title: { 'issue-replied': say('答复内容', 'The reply'), 'issue-resolved': say('办理结果', 'The result'), 'issue-explained': say('情况说明', 'The explanation') }[kind] },
  { kind: 'quote', text: message, by: departmentName },
]

const whatYouRaised = ({ issue }: Answered, { say, at }: Pen): readonly Block[] => [
  { kind: 'section', title: say('贵单位反映的问题', 'What you raised') },
  {
    kind: 'facts',
    rows: [
      { label: say('问题', 'Issue'), value: issue.title },
      { label: say('内容', 'Details'), value: excerpt(issue.description) },
      { label: say('受理时间', 'Received'), value: at(issue.dispatchedAt) },
      { label: say('主办部门', 'Lead'), value: issue.leadDepartmentName },
      { label: say('助企干部', 'Your officer'), value: issue.officerName },
    ],
  },
]

/** Without an address there is no link to rate by; what comes of the officer's visit is not a rating. */
const ratingByTelephone = ({ enterpriseHasMail }: Answered, { say }: Pen): readonly Block[] =>
  enterpriseHasMail
    ? []
    : [
        {
          kind: 'paragraph',
          text: say(
            '企业未登记邮箱，无法在线评价；逾期未评价的，助企办将电话回访。请一并了解企业联系邮箱，报管理员补登。',
            'Without a registered address the enterprise cannot rate this online; the campaign office will call it back for its rating. Please ask for an address, and give it to an administrator to register.',
          ),
        },
      ]

const enterpriseFooter = ({ issue }: Answered, { say }: Pen) => ({
  because: say(
    '您收到本邮件，是因为贵单位向助企干部反映了上述问题，并登记了此邮箱。',
    'You get this mail because your enterprise raised this issue with its officer and registered this address.',
  ),
  ask: say(`助企干部${issue.officerName}`, `your officer, ${issue.officerName},`),
})

const officerFooter = ({ issue }: Answered, { say }: Pen) => ({
  because: say('您收到本邮件，是因为该问题由您提交。', 'You get this mail because you brought this issue.'),
  ask: leadIn(issue),
})
