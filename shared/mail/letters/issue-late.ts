import type { Wording } from '../../contract/problem.ts'
import type { Level } from '../../issue/issue.ts'
import type { Fact } from '../letter.ts'
import { becauseYouLead, clockRows, issueRows, issueSubject, leadIn, ledgerReference, problemExcerpt, provisionalNote } from './issue-blocks.ts'
import type { Draft, FactsOf, Pen } from './pen.ts'
import { clockTerms, levelTerms } from './terms.ts'

type Escalated = FactsOf<'issue-escalated'>

/** To those who handle it: a deadline is near. */
export const issueWarning = ({ issue, clock, dueBy }: FactsOf<'issue-warning'>, pen: Pen): Draft => {
  const { say, at, term } = pen
  const deed = term(clockTerms[clock].deed)
  return {
    subject: issueSubject(issue, say(`请${leadIn(issue)}于${at(dueBy)}前${deed}`, `${leadIn(issue)} to ${deed} by ${at(dueBy)}`), pen),
    heading: say(`临期提醒：${issue.title}`, `Due soon: ${issue.title}`),
    lead: say(
      `请${issue.leadDepartmentName}于${at(dueBy)}前${deed}，本问题时限将至。`,
      `${issue.leadDepartmentName}, a deadline of this issue is near: please ${deed} by ${at(dueBy)}.`,
    ),
    urgency: 'due',
    blocks: [
      { kind: 'facts', rows: [...issueRows(issue, pen), ...clockRows(issue, pen)] },
      ...provisionalNote(issue, pen),
      {
        kind: 'paragraph',
        text: say(`请抓紧办理并及时向企业反馈进展；逾期将按规定${issue.reopened ? '督办或通报' : '催办'}。`, 'Please press on and keep the enterprise informed. Once the deadline has passed, the issue is escalated.'),
      },
      ...problemExcerpt(issue, pen),
      ledgerReference(issue, pen),
    ],
    because: becauseYouLead(issue, pen),
  }
}

/** A deadline has passed: 催办 to the handlers, 督办 through the director, 通报 to the leading group. */
export const issueEscalated = (facts: Escalated, pen: Pen): Draft => {
  const { issue, level } = facts
  return {
    ...escalationWords[level](facts, pen),
    ...(facts.readerAnswersForIt ? { because: becauseYouAnswerForIt(facts, pen) } : {}),
    urgency: 'late',
    blocks: [
      { kind: 'facts', rows: [...issueRows(issue, pen), lateRow(facts, pen), ...clockRows(issue, pen)] },
      ...provisionalNote(issue, pen),
      { kind: 'list', items: whatToDo(facts, pen) },
      ...problemExcerpt(issue, pen),
      ledgerReference(issue, pen),
    ],
  }
}

/** 首接负责: to the directors of the department that answers for it until another accepts. */
const becauseYouAnswerForIt = ({ issue }: Escalated, { say }: Pen): string =>
  say(
    `您收到本邮件，是因为${issue.leadDepartmentName}尚未签收，签收前由您所在部门负责。`,
    `You get this mail because ${issue.leadDepartmentName} has not accepted the issue, and until it has, your department answers for it.`,
  )

type Words = Pick<Draft, 'subject' | 'heading' | 'lead' | 'because'>

const prompted = (facts: Escalated, pen: Pen): Words => {
  const { issue, clock, dueBy } = facts
  const { say, at, term } = pen
  const [deed, limit] = [term(clockTerms[clock].deed), term(clockTerms[clock].limit)]
  return {
    subject: issueSubject(issue, say(`催办：请${leadIn(issue)}立即${deed}，${late(facts, pen)}`, `Overdue: ${leadIn(issue)} to ${deed}, ${late(facts, pen)}`), pen),
    heading: say(`催办通知：${issue.title}`, `Overdue: ${issue.title}`),
    lead: say(
      `请${issue.leadDepartmentName}立即${deed}。${limit}为${at(dueBy)}，${late(facts, pen)}。`,
      `${issue.leadDepartmentName}, this issue is ${late(facts, pen)}: please ${deed} now. That was due by ${at(dueBy)}.`,
    ),
    because: becauseYouLead(issue, pen),
  }
}

const supervised = (facts: Escalated, pen: Pen): Words => {
  const { issue, clock, dueBy } = facts
  const { say, at, term } = pen
  const { deed, undone, limit } = clockTerms[clock]
  const spite = inSpiteOf(facts)
  return {
    subject: issueSubject(
      issue,
      say(`督办：请${leadIn(issue)}负责人督促${term(deed)}，${late(facts, pen)}`, `Supervision: director of ${leadIn(issue)} to act, ${late(facts, pen)}`),
      pen,
    ),
    heading: say(`督办通知：${issue.title}`, `Supervision: ${issue.title}`),
    lead: say(
      `请${issue.leadDepartmentName}主要负责人亲自过问，督促尽快${term(deed)}。${term(limit)}为${at(dueBy)}，${late(facts, pen)}，${spite.zh}仍${term(undone)}。`,
      `Director of ${issue.leadDepartmentName}, please see to it yourself. The issue was due by ${at(dueBy)}, is ${late(facts, pen)} and, ${spite.en}, still ${term(undone)}.`,
    ),
    because: becauseYouLead(issue, pen),
  }
}

const reported = (facts: Escalated, pen: Pen): Words => {
  const { issue, clock, dueBy } = facts
  const { say, at, term } = pen
  const { undone, limit } = clockTerms[clock]
  const spite = inSpiteOf(facts)
  return {
    subject: issueSubject(
      issue,
      say(`通报：${leadIn(issue)}${term(undone)}，${late(facts, pen)}，请领导小组协调`, `Report: ${leadIn(issue)} ${late(facts, pen)}, leading group to step in`),
      pen,
    ),
    heading: say(`情况通报：${issue.title}`, `Report to the leading group: ${issue.title}`),
    lead: say(
      `请领导小组协调，请${issue.leadDepartmentName}主要负责人说明情况。${term(limit)}为${at(dueBy)}，${late(facts, pen)}，${spite.zh}仍${term(undone)}，现予通报。`,
      `Leading group, please step in; director of ${issue.leadDepartmentName}, please explain. The issue was due by ${at(dueBy)}, is ${late(facts, pen)} and, ${spite.en}, still ${term(undone)}.`,
    ),
    because: say(
      `您收到本邮件，是因为逾期问题按规定通报至领导小组和${issue.leadDepartmentName}负责人。`,
      `You get this mail because overdue issues are reported to the leading group and to the director of ${issue.leadDepartmentName}.`,
    ),
  }
}

/** What has not helped. After a reopening the ladder begins higher, so that lower levels have not been sent. */
const inSpiteOf = ({ issue, level }: Escalated): Wording => {
  if (issue.reopened) return { zh: '企业评价不满意、重新办理后', en: 'reopened because the enterprise was not satisfied' }
  return level === 2 ? { zh: '经催办', en: 'in spite of a prompt' } : { zh: '经催办、督办', en: 'after a prompt and supervision' }
}

const escalationWords: Readonly<Record<Level, (facts: Escalated, pen: Pen) => Words>> = { 1: prompted, 2: supervised, 3: reported }

const late = ({ workingDaysLate }: Escalated, { say, workingDays }: Pen): string =>
  workingDaysLate < 1 ? say('已逾期', 'overdue') : say(`已逾期${workingDays(workingDaysLate)}`, `${workingDays(workingDaysLate)} late`)

const lateRow = (facts: Escalated, pen: Pen): Fact => ({
  label: pen.say('逾期情况', 'Overdue'),
  value: `${pen.term(clockTerms[facts.clock].undone)}${pen.say('，', ', ')}${late(facts, pen)}`,
})

const whatToDo = (facts: Escalated, pen: Pen): readonly string[] => {
  const { say } = pen
  const { clock, level } = facts
  if (clock !== 'resolve') return afterMissedStep(facts, pen)
  const acknowledge = (next: Level): string =>
    say(
      `请在台账中签收本次${pen.term(levelTerms[level])}。签收后，下一步${pen.term(levelTerms[next])}按规定暂缓；期满仍未办结的，照常${pen.term(levelTerms[next])}。`,
      `Acknowledge this in the ledger: that holds the next step (${pen.term(levelTerms[next])}) for the time the rules allow, after which it follows unless the issue is resolved.`,
    )
  switch (level) {
    case 1:
      return [
        say('请立即办理，并向企业说明进展和预计完成时间；', 'Deal with it now, and tell the enterprise how it stands and when it will be done.'),
        acknowledge(2),
      ]
    case 2:
      return [
        say('请负责人明确办理措施、承办人员和完成时间；', 'Settle what is to be done, by whom and by when.'),
        say('请向企业说明原因和进展；', 'Explain the delay and the progress to the enterprise.'),
        acknowledge(3),
      ]
    case 3:
      return [
        say('请领导小组协调解决办理中的困难；', 'Leading group: please help to remove what stands in the way.'),
        say('请主办部门主要负责人说明逾期原因，明确办结时间，并当面向企业说明。', 'Director: please explain the delay, name a day for the resolution, and tell the enterprise in person.'),
      ]
  }
}

/** A missed acceptance or first reply is escalated once; the resolution is still to come. */
const afterMissedStep = ({ clock, issue }: Escalated, { say, at }: Pen): readonly string[] => [
  clock === 'accept'
    ? say('请在台账中签收；不属本部门职责的，请转办并说明理由；', 'Accept it in the ledger, or transfer it to the department it belongs to and say why.')
    : say('请在台账中答复，暂不能解决的，也请先说明进展和安排；', 'Reply in the ledger; if it cannot be solved yet, say how it stands and what will be done.'),
  say(`办结时限仍为${at(issue.clocks.resolve.by)}，请统筹安排。`, `It is still to be resolved by ${at(issue.clocks.resolve.by)}.`),
]

