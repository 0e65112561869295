import { ratingWords } from '../../issue/rating.ts'
import { isOpen, statusWords } from '../../issue/transition.ts'
import type { IssueFacts, Said } from '../facts.ts'
import type { Block } from '../letter.ts'
import { clockRows, issueRows, issueSubject, leadIn, ledgerReference, lookUp, problemExcerpt, provisionalNote } from './issue-blocks.ts'
import { becauseOfOffice, type Draft, type FactsOf, type Pen } from './pen.ts'
import { levelTerms } from './terms.ts'

/** What the enterprise says and does: whether it agrees that an issue is resolved, what it adds, that it takes it back. */

/** To those who worked on it and who brought it: it is struck off. */
export const issueClosed = (facts: FactsOf<'issue-closed'>, pen: Pen): Draft => {
  const { say, term } = pen
  const { issue, said, reason, closedBy } = facts
  const verdict = said === undefined ? undefined : term(ratingWords[said.rating])
  const isOverride = closedBy === 'override'
  return {
    subject: issueSubject(issue, isOverride ? say('助企办已特批销号', 'Closed by the campaign office') : say(`企业评价“${verdict ?? ''}”，已销号`, `Rated "${verdict ?? ''}" and closed`), pen),
    heading: say(`已销号：${issue.title}`, `Closed: ${issue.title}`),
    lead: isOverride
      ? say(
          `本问题由助企办特批销号，未经企业确认，将永久标注并单独统计，无需再办理。`,
          `The campaign office has closed this issue without the enterprise's word. It stays marked so and is counted apart; nothing more needs doing.`,
        )
      : say(
          `${issue.enterpriseName}${asked(said, pen)}对办理结果评价为“${verdict ?? ''}”，本问题已销号，无需再办理。`,
          `${issue.enterpriseName}${asked(said, pen)} has rated the result "${verdict ?? ''}". The issue is closed; nothing more needs doing.`,
        ),
    urgency: isOverride ? 'normal' : 'good',
    blocks: [
      ...enterpriseSaid(said, issue.enterpriseName, pen),
      ...(reason === undefined ? [] : [{ kind: 'section', title: say('特批理由', 'The reason') }, { kind: 'quote', text: reason } as const] satisfies Block[]),
      { kind: 'facts', rows: issueRows(issue, pen) },
      lookUp(issue, pen),
    ],
    because: say('您收到本邮件，是因为您办理或提交了该问题。', 'You get this mail because you worked on this issue or brought it.'),
  }
}

/** To the lead department, who brought it, and the supervisors: the enterprise is not satisfied. */
export const issueReopened = (facts: FactsOf<'issue-reopened'>, pen: Pen): Draft => {
  const { issue, said, level } = facts
  if (!isOpen(issue.status)) return reopenedBefore(facts, pen)
  const { say, term, at } = pen
  const verdict = term(ratingWords[said.rating])
  return {
    subject: issueSubject(
      issue,
      say(`企业${verdict}，请${leadIn(issue)}于${at(issue.clocks.resolve.by)}前重新办结`, `Reopened: ${leadIn(issue)} to resolve it anew by ${at(issue.clocks.resolve.by)}`),
      pen,
    ),
    heading: say(`企业不满意，重新办理：${issue.title}`, `Not satisfied, reopened: ${issue.title}`),
    lead: say(
      `请${issue.leadDepartmentName}于${at(issue.clocks.resolve.by)}前重新办结。${issue.enterpriseName}${asked(said, pen)}对办理结果评价为“${verdict}”，本问题须重新办理，列入${term(levelTerms[level])}。`,
      `${issue.leadDepartmentName}, please resolve this anew by ${at(issue.clocks.resolve.by)}. ${issue.enterpriseName}${asked(said, pen)} has rated the result "${verdict}"; the issue is open again, now at level ${level} (${term(levelTerms[level])}).`,
    ),
    urgency: 'late',
    blocks: [
      ...enterpriseSaid(said, issue.enterpriseName, pen),
      { kind: 'facts', rows: [...issueRows(issue, pen), ...clockRows(issue, pen)] },
      ...provisionalNote(issue, pen),
      {
        kind: 'list',
        items: [
          say('请先联系企业，弄清不满意的原因；', 'First ask the enterprise what it is not satisfied with.'),
          say('请负责人过问，明确整改措施和完成时间；', 'Director: please settle what is to be done, and by when.'),
          say('重新办结后，仍由企业评价；企业满意方可销号。', 'Once it is resolved, the enterprise rates it again. Only when it is satisfied is the issue closed.'),
        ],
      },
      ...problemExcerpt(issue, pen),
      ledgerReference(issue, pen),
    ],
    because: becauseReopened(facts, pen),
  }
}

/** The same, read when the department has resolved it anew already: nothing to do, but the enterprise's words are to be read. */
const reopenedBefore = (facts: FactsOf<'issue-reopened'>, pen: Pen): Draft => {
  const { issue, said, level } = facts
  const { say, term } = pen
  const verdict = term(ratingWords[said.rating])
  return {
    subject: issueSubject(issue, say(`企业曾评价“${verdict}”，${leadIn(issue)}已重新办结，请知悉`, `Was rated "${verdict}"; ${leadIn(issue)} has resolved it anew`), pen),
    heading: say(`企业曾不满意，已重新办结：${issue.title}`, `Not satisfied at first, resolved anew: ${issue.title}`),
    lead: say(
      `请知悉：${issue.enterpriseName}${asked(said, pen)}对办理结果曾评价为“${verdict}”，本问题列入${term(levelTerms[level])}；${issue.leadDepartmentName}已重新办结，是否满意仍以企业评价为准。`,
      `For your information: ${issue.enterpriseName}${asked(said, pen)} had rated the result "${verdict}", which took the issue to level ${level} (${term(levelTerms[level])}). ${issue.leadDepartmentName} has resolved it anew; whether it is solved is again for the enterprise to say.`,
    ),
    urgency: 'normal',
    blocks: [...enterpriseSaid(said, issue.enterpriseName, pen), { kind: 'facts', rows: issueRows(issue, pen) }, lookUp(issue, pen)],
    because: becauseReopened(facts, pen),
  }
}

const becauseReopened = ({ reader }: FactsOf<'issue-reopened'>, { say }: Pen): string =>
  reader === 'leading-group'
    ? say('您收到本邮件，是因为您是助企工作领导小组联系人。', 'You get this mail because you are a contact of the leading group of the campaign.')
    : say('您收到本邮件，是因为您办理、提交或督查该问题。', 'You get this mail because you work on this issue, brought it or follow it up for the campaign office.')

/** To those who work on it and who brought it: the enterprise has added something. */
export const issueInformed = ({ issue, words }: FactsOf<'issue-informed'>, pen: Pen): Draft => {
  const { say } = pen
  const isPaused = issue.status === 'paused'
  const goesOn = isPaused || isOpen(issue.status)
  const { what, lead } = whatInformedAsks(issue, pen)
  return {
    subject: issueSubject(issue, what, pen),
    heading: say(`企业补充情况：${issue.title}`, `More from the enterprise: ${issue.title}`),
    lead,
    urgency: isPaused ? 'due' : 'normal',
    blocks: [
      { kind: 'section', title: say('企业补充的情况', 'What the enterprise adds') },
      { kind: 'quote', text: words, by: issue.enterpriseName },
      { kind: 'facts', rows: [...issueRows(issue, pen), ...(goesOn ? clockRows(issue, pen) : [])] },
      ...provisionalNote(issue, pen),
      ...problemExcerpt(issue, pen),
      goesOn ? ledgerReference(issue, pen) : lookUp(issue, pen),
    ],
    because: say('您收到本邮件，是因为您办理或提交了该问题。', 'You get this mail because you work on this issue or brought it.'),
  }
}

/** What to do with it: check, work by it, or, where the issue has been settled by the time it is read, know it. */
const whatInformedAsks = (issue: IssueFacts, { say, at, term }: Pen): { what: string; lead: string } => {
  const { leadDepartmentName: department, enterpriseName: enterprise } = issue
  if (issue.status === 'paused')
    return {
      what: say('企业已补充情况，请核实并恢复计时', 'The enterprise has added something; please check, and resume'),
      lead: say(
        `请${department}核实${enterprise}补充的情况；所等待的事项已具备的，请立即恢复计时。`,
        `${department}, please check what ${enterprise} has added; if it is what the issue waits for, let the clocks go on at once.`,
      ),
    }
  if (isOpen(issue.status))
    return {
      what: say('企业已补充情况，请阅处', 'The enterprise has added something, please read'),
      lead: say(
        `请${department}结合${enterprise}补充的情况办理，${at(issue.clocks.resolve.by)}的办结时限不变。`,
        `${department}, please take into account what ${enterprise} has added. The issue is still to be resolved by ${at(issue.clocks.resolve.by)}.`,
      ),
    }
  if (issue.status === 'merged')
    return {
      what: say('企业已补充情况，请一并办理', 'The enterprise has added something, please take it into account'),
      lead: say(
        `请${department}在办理所并入的问题时，结合${enterprise}补充的情况一并办理。`,
        `${department}, please take into account what ${enterprise} has added when you work on the issue that this one is merged into.`,
      ),
    }
  return {
    what: say('企业曾补充情况，请知悉', 'The enterprise had added something, for your information'),
    lead: say(
      `请知悉：${enterprise}曾就本问题补充情况，内容如下；本问题现状态为“${term(statusWords[issue.status])}”。`,
      `For your information: ${enterprise} had added to this issue what is set out below. The issue is now ${term(statusWords[issue.status])}.`,
    ),
  }
}

/** To those who worked on it and who brought it: the enterprise has taken it back. */
export const issueWithdrawn = ({ issue, words }: FactsOf<'issue-withdrawn'>, pen: Pen): Draft => {
  const { say } = pen
  return {
    subject: issueSubject(issue, say('企业已撤回，无需再办理', 'Withdrawn by the enterprise, nothing more to do'), pen),
    heading: say(`企业已撤回：${issue.title}`, `Withdrawn: ${issue.title}`),
    lead: say(
      `${issue.enterpriseName}已通过专用链接撤回本问题，无需再办理，单独统计；请助企干部${issue.officerName}在下次走访时了解原因。`,
      `${issue.enterpriseName} has taken this issue back by its link. Nothing more needs doing, and it is counted apart. ${issue.officerName}, please ask why at your next visit.`,
    ),
    urgency: 'normal',
    blocks: [
      ...(words === undefined ? [] : ([{ kind: 'section', title: say('企业说明', 'What the enterprise says') }, { kind: 'quote', text: words, by: issue.enterpriseName }] as const)),
      { kind: 'facts', rows: issueRows(issue, pen) },
      lookUp(issue, pen),
    ],
    because: say('您收到本邮件，是因为您办理或提交了该问题。', 'You get this mail because you worked on this issue or brought it.'),
  }
}

/** To the supervisors: the enterprise has said nothing, so it has to be asked. */
export const callBackDue = ({ issue, resolvedAt, contactName, contactPhone, enterpriseHasMail }: FactsOf<'call-back-due'>, pen: Pen): Draft => {
  const { say, at } = pen
  const unknown = say('未登记，请向助企干部了解', 'not registered; ask the officer')
  return {
    subject: issueSubject(
      issue,
      enterpriseHasMail
        ? say('企业逾期未评价，请助企办电话回访', 'No rating yet, campaign office to call the enterprise back')
        : say('企业未登记邮箱，无法在线评价，请助企办电话回访', 'No address to rate from, campaign office to call the enterprise back'),
      pen,
    ),
    heading: say(`请电话回访：${issue.title}`, `Please call back: ${issue.title}`),
    lead: enterpriseHasMail
      ? say(
          `请助企办电话回访${issue.enterpriseName}，并登记其评价。本问题已于${at(resolvedAt)}办结，企业至今未评价；未表态不等于满意。`,
          `Campaign office, please call ${issue.enterpriseName} and record what it says. The issue was resolved on ${at(resolvedAt)} and has not been rated since; silence is not satisfaction.`,
        )
      : say(
          `请助企办电话回访${issue.enterpriseName}，并登记其评价。本问题已于${at(resolvedAt)}办结；企业未登记邮箱，无法在线评价，以电话回访意见为准。`,
          `Campaign office, please call ${issue.enterpriseName} and record what it says. The issue was resolved on ${at(resolvedAt)}; no e-mail address is registered there, so the enterprise could not rate it online.`,
        ),
    urgency: 'due',
    blocks: [
      {
        kind: 'facts',
        rows: [
          { label: say('联系人', 'Contact'), value: contactName ?? unknown },
          { label: say('电话', 'Telephone'), value: contactPhone ?? unknown },
          ...issueRows(issue, pen),
        ],
      },
      {
        kind: 'list',
        items: [
          say('询问问题是否解决、是否满意，如实记录企业原话；', 'Ask whether it is solved and whether they are satisfied, and write down what they say.'),
          say('在台账中登记回访：评价、受访人、回访时间；', 'Record the call-back in the ledger: the rating, whom you asked, and when.'),
          say('企业不满意的，问题将自动重新办理。', 'If they are not satisfied, the issue is reopened at once.'),
        ],
      },
      ...problemExcerpt(issue, pen),
      ledgerReference(issue, pen),
    ],
    because: becauseOfOffice(pen),
  }
}

/** Says that it was asked, where it was: it did not speak of itself. */
const asked = (said: Said | undefined, { say }: Pen): string => (said?.asked === undefined ? '' : say('在电话回访中', ', called back,'))

const enterpriseSaid = (said: Said | undefined, enterpriseName: string, { say, term }: Pen): readonly Block[] => {
  if (said === undefined) return []
  const who = said.asked === undefined ? enterpriseName : say(`${enterpriseName}（电话回访：${said.asked}）`, `${enterpriseName} (called back: ${said.asked})`)
  const words = said.words ?? say('（未留言）', '(no words)')
  return [
    { kind: 'section', title: say('企业的评价', 'What the enterprise says') },
    { kind: 'quote', text: `${term(ratingWords[said.rating])}${say('：', ': ')}${words}`, by: who },
  ]
}
