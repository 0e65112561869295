import type { Block } from '../letter.ts'
import { askToResolve, becauseYouLead, clockRows, issueRows, issueSubject, ledgerReference, lookUp, problemExcerpt, provisionalNote, resolveShortly } from './issue-blocks.ts'
import type { Draft, FactsOf, Pen } from './pen.ts'
import { awaitedTerms, requestTerms } from './terms.ts'

/** To the director, or the campaign office in their place: something waits for a decision. */
export const issueAsked = (facts: FactsOf<'issue-asked'>, pen: Pen): Draft => {
  const { say, at, term, isPast } = pen
  const { issue, asked, askedByName } = facts
  const what = term(requestTerms[asked.request])
  const by = at(issue.clocks.resolve.by)
  const isLate = isPast(issue.clocks.resolve.by)
  return {
    subject: issueSubject(issue, isLate ? say(`请尽快审批${what}申请（问题已逾期）`, `Please decide soon on ${what}, overdue`) : say(`请审批${what}申请（${by}到期）`, `Please decide on ${what}, due ${by}`), pen),
    heading: say(`请审批${what}申请：${issue.title}`, `Please decide on ${what}: ${issue.title}`),
    lead: say(
      `${isLate ? `办结时限${by}已届满，请尽快审批` : `请于${by}办结时限届满前审批`}：${issue.leadDepartmentName}${askedByName}申请${detail(facts, pen)}。审批前时限照常计算。`,
      `${askedByName} of ${issue.leadDepartmentName} asks for ${detail(facts, pen)}. ${isLate ? `The issue was due by ${by}: please decide as soon as you can` : `Please decide before the issue is due, ${by}`}; until then the clocks run on.`,
    ),
    urgency: 'due',
    blocks: [
      { kind: 'section', title: asked.request === 'explanation' ? say('拟向企业作出的说明', 'What the enterprise would be told') : say('申请理由', 'The reason') },
      { kind: 'quote', text: asked.words, by: askedByName },
      { kind: 'facts', rows: [...issueRows(issue, pen), ...clockRows(issue, pen)] },
      ...provisionalNote(issue, pen),
      consequence(facts, pen),
      ...problemExcerpt(issue, pen),
      ledgerReference(issue, pen),
    ],
    because: say('您收到本邮件，是因为该申请由您审批；本人提出的申请须由他人审批。', 'You get this mail because the decision is yours. Nobody decides on a request of their own.'),
  }
}

const detail = ({ asked }: FactsOf<'issue-asked'>, { say, term, workingDays }: Pen): string => {
  switch (asked.request) {
    case 'extension':
      return say(`延期${workingDays(asked.workingDays ?? 0)}`, `an extension of ${workingDays(asked.workingDays ?? 0)}`)
    case 'pause':
      return say(`暂停计时（${term(awaitedTerms[asked.waitingFor ?? 'enterprise'])}）`, `a pause of the clocks, for ${term(awaitedTerms[asked.waitingFor ?? 'enterprise'])}`)
    case 'explanation':
      return say('以解释说明办结', 'an explanation in place of a solution')
  }
}

const consequence = ({ asked }: FactsOf<'issue-asked'>, { say }: Pen): Block => {
  const text = {
    extension: say('同意后，系统将告知企业新的办结时限。每个问题只能延期一次。', 'If you approve, the enterprise is told the new deadline. An issue is extended once.'),
    pause: say('同意后，时限停止计算并告知企业；恢复后，剩余时间接续计算。', 'If you approve, the clocks stand still and the enterprise is told; when they go on, what was left is left.'),
    explanation: say('同意后，上述说明将发给企业，由企业评价；企业不满意的，须重新办理。', 'If you approve, these words go to the enterprise, which rates them; if it is not satisfied, the issue is worked on again.'),
  }[asked.request]
  return { kind: 'paragraph', text }
}

/** To who had asked: what was decided. */
export const issueDecided = (facts: FactsOf<'issue-decided'>, pen: Pen): Draft => {
  const { say, term } = pen
  const { issue, request, approved, decidedByName, remark } = facts
  const what = term(requestTerms[request])
  const verdict = approved ? say('已同意', 'approved') : say('未同意', 'refused')
  return {
    subject: issueSubject(issue, approved ? say(`${what}申请已同意`, `Approved: ${what}`) : say(`${what}申请未同意，请${resolveShortly(issue, pen)}`, `Refused: ${what}; ${resolveShortly(issue, pen)}`), pen),
    heading: say(`${what}申请${verdict}：${issue.title}`, `${approved ? 'Approved' : 'Refused'}: ${what}, ${issue.title}`),
    lead: `${say(`${decidedByName}${verdict}您的${what}申请。`, `${decidedByName} has ${verdict} your request for ${what}.`)}${nextStep(facts, pen)}`,
    urgency: approved ? 'good' : 'due',
    blocks: [
      ...(remark === undefined ? [] : ([{ kind: 'section', title: say('审批意见', 'Remark') }, { kind: 'quote', text: remark, by: decidedByName }] as const)),
      { kind: 'facts', rows: [...issueRows(issue, pen), ...clockRows(issue, pen)] },
      ...provisionalNote(issue, pen),
      approved && request === 'explanation' ? lookUp(issue, pen) : ledgerReference(issue, pen),
    ],
    because: becauseYouLead(issue, pen),
  }
}

const nextStep = ({ request, approved, issue }: FactsOf<'issue-decided'>, pen: Pen): string => {
  const { say } = pen
  const resolve = say(`请${askToResolve(issue, pen)}。`, ` Please ${askToResolve(issue, pen)}.`)
  if (!approved) return resolve
  switch (request) {
    case 'extension':
      return resolve
    case 'pause':
      return say('时限停止计算，等待的事项完成后请及时恢复计时。', ' The clocks stand still; let them go on as soon as what you wait for has come.')
    case 'explanation':
      return say('说明已发送企业，是否销号以企业评价为准。', ' The enterprise has been told; whether the issue is closed is for it to say.')
  }
}
