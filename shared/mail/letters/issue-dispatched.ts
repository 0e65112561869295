import { isOpen } from '../../issue/transition.ts'
import type { IssueFacts } from '../facts.ts'
import { askToResolve, becauseYouLead, clockRows, issueRows, issueSubject, leadIn, ledgerReference, problemExcerpt, problemQuote, provisionalNote } from './issue-blocks.ts'
import { becauseOfOffice, shortName, type Draft, type FactsOf, type Pen } from './pen.ts'

/** To the staff of the lead department: a new issue is theirs. A colleague may have accepted it before this is read. */
export const issueDispatched = ({ issue }: FactsOf<'issue-dispatched'>, pen: Pen): Draft => {
  const { say, at } = pen
  const { accept, reply, resolve } = issue.clocks
  const isAccepted = accept.doneAt !== undefined
  const isReplied = reply.doneAt !== undefined
  const department = issue.leadDepartmentName
  return {
    subject: issueSubject(
      issue,
      isAccepted
        ? say(`${leadIn(issue)}已签收，${at(resolve.by)}前办结`, `${leadIn(issue)} has accepted, resolve by ${at(resolve.by)}`)
        : say(`请${leadIn(issue)}于${at(accept.by)}前签收`, `${leadIn(issue)} to accept by ${at(accept.by)}`),
      pen,
    ),
    heading: say(`交办通知：${issue.title}`, `New issue: ${issue.title}`),
    lead: isAccepted
      ? say(
          `请${department}于${isReplied ? '' : `${at(reply.by)}前首次答复企业，`}${at(resolve.by)}前办结；本问题已签收。`,
          `${department}: please ${isReplied ? '' : `give the enterprise a first reply by ${at(reply.by)}, and `}resolve this issue by ${at(resolve.by)}; it has been accepted.`,
        )
      : say(
          `请${department}于${at(accept.by)}前签收，${at(reply.by)}前首次答复企业，${at(resolve.by)}前办结。`,
          `${department}: please accept this issue by ${at(accept.by)}, give the enterprise a first reply by ${at(reply.by)}, and resolve it by ${at(resolve.by)}.`,
        ),
    urgency: 'normal',
    blocks: [
      { kind: 'facts', rows: [...issueRows(issue, pen), ...clockRows(issue, pen)] },
      ...provisionalNote(issue, pen),
      ...problemQuote(issue, pen),
      {
        kind: 'paragraph',
        text: say(
          '时限自交办起算，与何时签收无关。不属本部门职责的，请尽快转办并说明理由，时限连续计算。',
          'The clock runs from dispatch, not from acceptance. If the issue belongs to another department, transfer it soon and say why; the clock keeps running.',
        ),
      },
      ledgerReference(issue, pen),
    ],
    because: becauseYouLead(issue, pen),
  }
}

/** To the supervisors: the routing table names nobody for it. */
export const issueUnrouted = ({ issue, firstDepartmentName }: FactsOf<'issue-unrouted'>, pen: Pen): Draft => {
  const { say, at } = pen
  return {
    subject: issueSubject(issue, say(`请助企办于${at(issue.clocks.accept.by)}前核定主办部门`, `Campaign office to decide who leads by ${at(issue.clocks.accept.by)}`), pen),
    heading: say(`请核定主办部门：${issue.title}`, `Who should lead: ${issue.title}`),
    lead: say(
      `请助企办于${at(issue.clocks.accept.by)}（签收时限）前核定主办部门：分办规则未覆盖本类问题，现暂由首接部门${firstDepartmentName}主办。`,
      `Please decide by ${at(issue.clocks.accept.by)}, when it has to be accepted, which department leads: the routing table names none for this kind of issue, so ${firstDepartmentName}, which received it first, leads for now.`,
    ),
    urgency: 'due',
    blocks: [
      { kind: 'facts', rows: [...issueRows(issue, pen), ...clockRows(issue, pen)] },
      ...provisionalNote(issue, pen),
      {
        kind: 'list',
        items: [
          say(`宜由${firstDepartmentName}主办的，维持不变；`, `If ${firstDepartmentName} is right, leave it as it is.`),
          say('应由其他部门主办的，请在台账中转办，时限连续计算；', 'If it belongs to another department, transfer it in the ledger; the clock keeps running.'),
          say('请在分办规则中补充本类问题的主办部门，今后同类问题即可自动分办。', 'Enter a lead department for this kind of issue in the routing table, and the next one finds its way by itself.'),
        ],
      },
      ...problemExcerpt(issue, pen),
      ledgerReference(issue, pen),
    ],
    because: becauseOfOffice(pen),
  }
}

/** An issue has been handed on: its new department has to act, the officer who brought it is informed. */
export const issueTransferred = (facts: FactsOf<'issue-transferred'>, pen: Pen): Draft =>
  facts.reader === 'staff' ? transferredToYou(facts, pen) : transferredElsewhere(facts, pen)

const transferredToYou = ({ issue, fromDepartmentName, reason }: FactsOf<'issue-transferred'>, pen: Pen): Draft => {
  const { say, at } = pen
  const isLate = pen.isPast(issue.clocks.resolve.by)
  const department = issue.leadDepartmentName
  return {
    subject: issueSubject(issue, isLate ? say(`请${leadIn(issue)}立即签收转办问题，办结时限已届满`, `${leadIn(issue)} to accept on transfer at once, was due ${at(issue.clocks.resolve.by)}`) : say(`请${leadIn(issue)}签收转办问题，${at(issue.clocks.resolve.by)}前办结`, `${leadIn(issue)} to accept on transfer, resolve by ${at(issue.clocks.resolve.by)}`), pen),
    heading: say(`转办通知：${issue.title}`, `Transferred to you: ${issue.title}`),
    lead: say(
      `请${department}尽快签收${fromDepartmentName}转办的本问题${stillOwed(issue, pen)}，并${askToResolve(issue, pen)}；时限自首次交办起连续计算。`,
      `${department}: please accept this issue from ${fromDepartmentName} soon${stillOwed(issue, pen)}, and ${askToResolve(issue, pen)}; the clock has been running since it was first dispatched.`,
    ),
    urgency: 'due',
    blocks: [
      { kind: 'facts', rows: [...issueRows(issue, pen), ...clockRows(issue, pen)] },
      ...provisionalNote(issue, pen),
      ...transferReason(fromDepartmentName, reason, pen),
      ...problemQuote(issue, pen),
      ledgerReference(issue, pen),
    ],
    because: becauseYouLead(issue, pen),
  }
}

/** What is due before the resolution and was not done before the transfer; its time may have run out by now. */
const stillOwed = ({ clocks: { accept, reply } }: IssueFacts, { say, at, list }: Pen): string => {
  const limits = [
    ...(accept.doneAt === undefined ? [say(`签收时限${at(accept.by)}`, `to be accepted by ${at(accept.by)}`)] : []),
    ...(reply.doneAt === undefined ? [say(`首次答复时限${at(reply.by)}`, `first reply by ${at(reply.by)}`)] : []),
  ]
  return limits.length === 0 ? '' : say(`（${list(limits)}）`, ` (${list(limits)})`)
}

/** It tells of this one transfer, whatever has followed; a later one is told in a mail of its own. */
const transferredElsewhere = ({ issue, fromDepartmentName, toDepartmentName: department, reason }: FactsOf<'issue-transferred'>, pen: Pen): Draft => {
  const { say, at } = pen
  const by = at(issue.clocks.resolve.by)
  const runs = isOpen(issue.status)
  const isPassedOn = department !== issue.leadDepartmentName
  const name = shortName(department)
  return {
    subject: issueSubject(
      issue,
      runs ? say(`已转${name}主办，请告知企业，${by}前办结`, `Passed to ${name}, due ${by}; tell the enterprise`) : say(`已转${name}主办，请告知企业`, `Passed to ${name}; tell the enterprise`),
      pen,
    ),
    heading: say(`转办告知：${issue.title}`, `Transferred: ${issue.title}`),
    lead: say(
      `${issue.officerName}同志：您提交的问题已由${fromDepartmentName}转${department}主办${isPassedOn ? `（现由${issue.leadDepartmentName}主办）` : ''}，${runs ? `${by}的办结时限不变，` : ''}请告知企业。`,
      `${issue.officerName}, the issue you brought has passed from ${fromDepartmentName} to ${department}${isPassedOn ? `, and is now with ${issue.leadDepartmentName}` : ''}. ${runs ? `It is still to be resolved by ${by}; please` : 'Please'} tell the enterprise.`,
    ),
    urgency: 'normal',
    blocks: [
      { kind: 'facts', rows: [...issueRows(issue, pen), ...clockRows(issue, pen)] },
      ...provisionalNote(issue, pen),
      ...transferReason(fromDepartmentName, reason, pen),
      { kind: 'reference', label: say('可在台账中查询进展，问题编号', 'Follow it in the ledger under number'), id: issue.number },
    ],
    because: say('您收到本邮件，是因为该问题由您提交。', 'You get this mail because you brought this issue.'),
    ask: leadIn(issue),
  }
}

const transferReason = (fromDepartmentName: string, reason: string, { say }: Pen) =>
  [
    { kind: 'section', title: say('转办理由', 'Why it was transferred') },
    { kind: 'quote', text: reason, by: fromDepartmentName },
  ] as const
