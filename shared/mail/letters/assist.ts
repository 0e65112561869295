import type { EndFacts, PieceFacts } from '../facts.ts'
import type { Block, Fact } from '../letter.ts'
import { askToResolve, issueRows, issueSubject, ledgerReference, lookUp, markedProvisional, problemExcerpt, problemQuote, resolveShortly, whyProvisional } from './issue-blocks.ts'
import { excerpt, shortName, type Draft, type FactsOf, type Pen } from './pen.ts'
import { levelTerms } from './terms.ts'

/** 协办: a department is asked for a piece of an issue that another leads, and answers or is late. */

/** To the department that is asked. */
export const assistAsked = (facts: FactsOf<'assist-asked'>, pen: Pen): Draft => {
  const { say, at } = pen
  const { issue, departmentName, dueBy } = facts
  const lead = issue.leadDepartmentName
  return {
    subject: issueSubject(issue, say(`请${shortName(departmentName)}协办，${at(dueBy)}前答复`, `${shortName(departmentName)} to assist, answer by ${at(dueBy)}`), pen),
    heading: say(`商请协办：${issue.title}`, `Please assist: ${issue.title}`),
    lead: say(
      `请${departmentName}于${at(dueBy)}前办理并答复：${lead}主办的本问题，商请贵部门协办以下事项；不属贵部门职责的，请说明理由退回。`,
      `${departmentName}, ${lead} leads this issue and asks for the piece below. Please answer by ${at(dueBy)}, or refuse it and say why if it is not yours.`,
    ),
    urgency: 'due',
    blocks: [
      ...askedFor(facts, pen),
      ...problemQuote(issue, pen),
      ledgerReference(issue, pen),
    ],
    because: becauseYouAssist(departmentName, pen),
    ask: shortName(lead),
  }
}

/** To those who lead the issue: what became of what they asked for. */
export const assistAnswered = ({ issue, departmentName, answered, words }: FactsOf<'assist-answered'>, pen: Pen): Draft => {
  const { say, at } = pen
  const by = at(issue.clocks.resolve.by)
  const resolve = askToResolve(issue, pen)
  const name = shortName(departmentName)
  return {
    subject: issueSubject(issue, answered ? say(`${name}已答复协办事项，请${resolveShortly(issue, pen)}`, `${name} has answered, ${resolveShortly(issue, pen)}`) : say(`${name}退回协办事项，请重新安排`, `${name} has refused its piece, please arrange anew`), pen),
    heading: answered ? say(`协办已答复：${issue.title}`, `Piece answered: ${issue.title}`) : say(`协办被退回：${issue.title}`, `Piece refused: ${issue.title}`),
    lead: answered
      ? say(`请${issue.leadDepartmentName}据此${resolve}：${departmentName}已答复协办事项。`, `${issue.leadDepartmentName}, ${departmentName} has answered what it was asked for. Please ${resolve}.`)
      : say(`请${issue.leadDepartmentName}重新安排，${by}的办结时限不变：${departmentName}退回了协办事项，理由如下。`, `${issue.leadDepartmentName}, ${departmentName} has refused its piece for the reason below. Please arrange it anew; the issue is still to be resolved by ${by}.`),
    urgency: answered ? 'good' : 'due',
    blocks: [
      { kind: 'section', title: answered ? say('协办答复', 'The answer') : say('退回理由', 'The reason') },
      { kind: 'quote', text: words, by: departmentName },
      { kind: 'facts', rows: issueRows(issue, pen) },
      ledgerReference(issue, pen),
    ],
    because: say(`您收到本邮件，是因为您负责办理${issue.leadDepartmentName}主办的问题。`, `You get this mail because you are responsible for issues that ${issue.leadDepartmentName} leads.`),
    ask: name,
  }
}

/** To the handlers of the department that is asked: its deadline is near. */
export const assistWarning = (facts: FactsOf<'assist-warning'>, pen: Pen): Draft => {
  const { say, at } = pen
  const { issue, departmentName, dueBy } = facts
  return {
    subject: issueSubject(issue, say(`请${shortName(departmentName)}于${at(dueBy)}前答复协办事项`, `${shortName(departmentName)} to answer its piece by ${at(dueBy)}`), pen),
    heading: say(`协办临期提醒：${issue.title}`, `Piece due soon: ${issue.title}`),
    lead: say(`请${departmentName}于${at(dueBy)}前答复${issue.leadDepartmentName}商请的协办事项，时限将至。`, `${departmentName}, the deadline of the piece that ${issue.leadDepartmentName} asked for is near: please answer by ${at(dueBy)}.`),
    urgency: 'due',
    blocks: pieceBlocks(facts, pen),
    because: becauseYouAssist(departmentName, pen),
    ask: shortName(issue.leadDepartmentName),
  }
}

/** The deadline has passed: 催办 to the handlers, 督办 through the director, 通报 to the leading group. */
export const assistEscalated = (facts: FactsOf<'assist-escalated'>, pen: Pen): Draft => {
  const { say, at, term, workingDays } = pen
  const { issue, departmentName, level, dueBy, workingDaysLate } = facts
  const name = shortName(departmentName)
  const [what, late] = [term(levelTerms[level]), workingDays(workingDaysLate)]
  return {
    subject: issueSubject(issue, say(`${what}：${name}协办事项已逾期${late}`, `Overdue: the piece of ${name}, by ${late}`), pen),
    heading: say(`协办${what}通知：${issue.title}`, `Piece overdue: ${issue.title}`),
    lead:
      level === 3
        ? say(
            `通报：${departmentName}协办事项应于${at(dueBy)}前答复，至今未答复，已逾期${late}；请领导小组予以过问，请${departmentName}立即答复。`,
            `For the leading group: ${departmentName} was to answer by ${at(dueBy)} and has not, ${late} later. Please look into it; ${departmentName}, please answer at once.`,
          )
        : say(
            `请${departmentName}立即答复${issue.leadDepartmentName}商请的协办事项：时限${at(dueBy)}，已逾期${late}。`,
            `${departmentName}, please answer what ${issue.leadDepartmentName} asked for at once: it was due ${at(dueBy)}, ${late} ago.`,
          ),
    urgency: 'late',
    blocks: pieceBlocks(facts, pen),
    because:
      level === 3
        ? say('您收到本邮件，是因为协办事项严重逾期，按规定通报。', 'You get this mail because a piece of an issue is long overdue, which is reported.')
        : becauseYouAssist(departmentName, pen),
    ask: shortName(issue.leadDepartmentName),
  }
}

/** To the department that was asked, before it had answered: the issue has ended, and nobody waits for the piece. */
export const assistDropped = ({ issue, departmentName, message, end }: FactsOf<'assist-dropped'>, pen: Pen): Draft => {
  const { say } = pen
  const name = shortName(departmentName)
  const { how, why, wordsOf } = endings(end, pen)[end.event]
  const isMerged = end.event === 'merged'
  return {
    subject: issueSubject(issue, say(`${how}，${name}协办事项无需再办理`, `${how}, nothing more to do for ${name}`), pen),
    heading: say(`协办终止：${issue.title}`, `Piece not needed any more: ${issue.title}`),
    lead: say(
      `请${departmentName}停止办理以下协办事项，无需再答复：${why}，该事项随之终止。`,
      `${departmentName}, please stop working on the piece below; no answer is needed any more. ${why}.`,
    ),
    urgency: 'normal',
    blocks: [
      ...(end.words === undefined ? [] : ([{ kind: 'section', title: wordsOf }, { kind: 'quote', text: end.words, ...(isMerged ? {} : { by: end.byName }) }] as const)),
      { kind: 'section', title: say('原商请协办的事项', 'What was asked for') },
      // A merged issue is led by another department by now than the one that asked.
      { kind: 'quote', text: excerpt(message), ...(isMerged ? {} : { by: issue.leadDepartmentName }) },
      { kind: 'facts', rows: issueRows(issue, pen) },
      ...(end.event === 'resolved'
        ? [{ kind: 'paragraph', text: say('企业不满意、问题重新办理后仍需协办的，将另行商请。', 'If the enterprise is not satisfied and help is needed after all, you will be asked anew.') } as const]
        : []),
      lookUp(issue, pen),
    ],
    because: becauseYouAssist(departmentName, pen),
    ask: shortName(issue.leadDepartmentName),
  }
}

/** By what a piece has fallen away: in a word, in a sentence, and what its words are. */
const endings = ({ byName, at: on }: EndFacts, { say, at }: Pen): Readonly<Record<EndFacts['event'], { readonly how: string; readonly why: string; readonly wordsOf: string }>> => ({
  resolved: {
    how: say('问题已办结', 'Issue resolved'),
    why: say(`${byName}已于${at(on)}办结本问题`, `${byName} resolved the issue on ${at(on)}`),
    wordsOf: say('未待协办答复即办结的理由', 'Why it was resolved without the answer'),
  },
  withdrawn: {
    how: say('企业已撤回问题', 'Issue withdrawn'),
    why: say(`${byName}已于${at(on)}撤回本问题`, `${byName} took the issue back on ${at(on)}`),
    wordsOf: say('企业说明', 'What the enterprise says'),
  },
  merged: {
    how: say('问题已并办', 'Issue merged'),
    why: say(`本问题已于${at(on)}并入反映同一事项的另一问题，由${byName}一并办理`, `The issue was merged on ${at(on)} into another about the same matter, which ${byName} works on`),
    wordsOf: say('并办的理由', 'Why it was merged'),
  },
})

const pieceBlocks = (facts: FactsOf<'assist-warning' | 'assist-escalated'>, pen: Pen): readonly Block[] => [
  ...askedFor(facts, pen),
  ...problemExcerpt(facts.issue, pen),
  ledgerReference(facts.issue, pen),
]

/** What the department is asked for, whole, for it has to act on it; of which issue, and by when. */
const askedFor = (facts: FactsOf<'assist-asked' | 'assist-warning' | 'assist-escalated'>, pen: Pen): readonly Block[] => [
  { kind: 'section', title: pen.say('商请协办的事项', 'What is asked for') },
  { kind: 'quote', text: facts.message, by: facts.issue.leadDepartmentName },
  { kind: 'facts', rows: [...issueRows(facts.issue, pen), dueRow(facts, pen)] },
  ...(facts.provisional ? [whyProvisional(pen)] : []),
]

const dueRow = ({ dueBy, provisional }: PieceFacts, pen: Pen): Fact => {
  const by = pen.at(dueBy)
  return { label: pen.say('协办时限', 'Answer by'), value: provisional ? markedProvisional(by, pen) : by }
}

const becauseYouAssist = (departmentName: string, { say }: Pen): string =>
  say(`您收到本邮件，是因为您负责办理${departmentName}的协办事项。`, `You get this mail because you are responsible for what ${departmentName} is asked for.`)
