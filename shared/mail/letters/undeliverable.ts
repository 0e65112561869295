import { isOpen } from '../../issue/transition.ts'
import type { Block } from '../letter.ts'
import { caseReference, caseRows, caseSteps, caseSubject } from './case-blocks.ts'
import { issueRows, issueSubject, clockRows, problemQuote, provisionalNote, ledgerReference } from './issue-blocks.ts'
import { sessionRows, sessionSubject } from './session.ts'
import { visitRows } from './visit.ts'
import { shortName, type Draft, type FactsOf, type Pen } from './pen.ts'
import { mailTerms, undeliveredTerms } from './terms.ts'

type Undelivered = FactsOf<'mail-undeliverable'>

/**
 * To the next level up: somebody was not reached. It carries what the other mail was about, so that the fact itself
 * is not lost with it.
 */
export const mailUndeliverable = (facts: Undelivered, pen: Pen): Draft => {
  const { say, term } = pen
  const { issue, case: it, session, visit, recipientName, recipientAddress, reason } = facts
  const { outcome, why, remedy } = undeliveredTerms[reason]
  const original = term(mailTerms[facts.original])
  const task = say(`请转告${shortName(recipientName)}，${original}${term(outcome)}`, `Please tell ${shortName(recipientName)}, ${original} ${term(outcome)}`)
  return {
    subject: subjectOf(facts, task, pen),
    heading: say(`请转告：${original}${term(outcome)}`, `Please pass on: ${original} ${term(outcome)}`),
    lead: say(
      `请您尽快用其他方式转告${recipientName}：发给对方的${original}${term(outcome)}（${term(why)}）${issueDue(facts, pen)}。`,
      `Please tell ${recipientName} soon by other means: our ${original} ${term(outcome)} (${term(why)})${issueDue(facts, pen)}.`,
    ),
    urgency: 'due',
    blocks: [
      {
        kind: 'facts',
        rows: [
          { label: say('收件人', 'Recipient'), value: recipientName },
          ...(recipientAddress === undefined ? [] : [{ label: say('邮箱', 'Address'), value: recipientAddress }]),
          { label: say('邮件', 'Mail'), value: original },
          { label: say('原因', 'Reason'), value: term(why) },
        ],
      },
      { kind: 'paragraph', text: term(remedy) },
      ...(issue === undefined
        ? []
        : [
            matter(pen),
            { kind: 'facts', rows: [{ label: say('问题', 'Issue'), value: issue.title }, ...issueRows(issue, pen), ...clockRows(issue, pen)] } as const,
            ...provisionalNote(issue, pen),
            ...problemQuote(issue, pen),
            ledgerReference(issue, pen),
          ]),
      ...(it === undefined
        ? []
        : [
            matter(pen),
            { kind: 'facts', rows: [{ label: say('事项', 'Case'), value: it.title }, ...caseRows(it, pen)] } as const,
            ...caseSteps(it, pen),
            caseReference(it, pen),
          ]),
      ...(session === undefined ? [] : [matter(pen), { kind: 'facts', rows: [{ label: say('会议', 'Session'), value: session.title }, ...sessionRows(session, pen)] } as const]),
      ...(visit === undefined ? [] : [matter(pen), { kind: 'facts', rows: [{ label: say('走访干部', 'Officer'), value: visit.officerName }, ...visitRows(visit, pen)] } as const]),
    ],
    because: say(
      '您收到本邮件，是因为原收件人未能确认收到，按规定由您转告。',
      'You get this mail because the recipient could not be reached for certain, and you are the next one up.',
    ),
    ask: say('系统管理员', 'an administrator'),
  }
}

const matter = ({ say }: Pen): Block => ({ kind: 'section', title: say('邮件所述事项', 'What it was about') })

const subjectOf = ({ issue, case: it, session }: Undelivered, task: string, pen: Pen): string => {
  if (issue !== undefined) return issueSubject(issue, task, pen)
  if (it !== undefined) return caseSubject(it, task, pen)
  return session === undefined ? task : sessionSubject(session, task, pen)
}

const issueDue = ({ issue }: Undelivered, { say, at }: Pen): string =>
  issue === undefined || !isOpen(issue.status)
    ? ''
    : say(`，所涉问题应于${at(issue.clocks.resolve.by)}前办结`, `. The issue is to be resolved by ${at(issue.clocks.resolve.by)}`)
