import type { SessionFacts, SessionReader, SpotDecisionFacts } from '../facts.ts'
import type { Block, Fact } from '../letter.ts'
import { columnsOf } from '../render-columns.ts'
import { toPage } from './issue-blocks.ts'
import { cut, type Draft, type FactsOf, type Pen } from './pen.ts'

/** 现场办公: who is to come, when and where; that it is off; what came of it. */

/** What a session is called in calendars: `现场办公：…`. */
export const sessionSummary = ({ title }: Pick<SessionFacts, 'title'>, { say }: Pick<Pen, 'say'>): string => say(`现场办公：${title}`, `On-site session: ${title}`)

/** What stands in the entry of a calendar, beside when and where. */
export const sessionDescription = (session: SessionFacts, pen: Pen): string =>
  [...sessionRows(session, pen).map(({ label, value }) => `${label}${pen.say('：', ': ')}${value}`), ...(session.remark === undefined ? [] : ['', session.remark])].join('\n')

/** To whoever is to come: an entry for their calendar comes along, which a later invitation brings up to date. */
export const sessionInvited = ({ session, changed, reader }: FactsOf<'session-invited'>, pen: Pen): Draft => {
  const { say, at } = pen
  const { startsAt, place, departmentName, holderName } = session
  const time = at(startsAt)
  return {
    subject: sessionSubject(session, changed ? say(`现场办公已变更，请于${time}参加`, `Session changed, please come on ${time}`) : say(`请于${time}参加现场办公`, `Please come to a session on ${time}`), pen),
    heading: changed ? say(`现场办公变更：${session.title}`, `Session changed: ${session.title}`) : say(`现场办公邀请：${session.title}`, `You are invited: ${session.title}`),
    lead: toReader(
      reader,
      `请于${time}到${place}参加现场办公，由${departmentName}${holderName}主持，现场研究解决企业问题。${changed ? '以本邮件为准，此前的安排作废。' : ''}`,
      `please come to ${place} on ${time}. ${holderName} of ${departmentName} holds an on-site session there to settle enterprises' issues.${changed ? ' This replaces what was arranged before.' : ''}`,
      pen,
    ),
    urgency: changed ? 'due' : 'normal',
    blocks: [
      { kind: 'facts', rows: sessionRows(session, pen) },
      ...(session.remark === undefined ? [] : [section(say('说明', 'Please note')), { kind: 'quote', text: session.remark, by: departmentName } as const]),
      { kind: 'paragraph', text: say('本邮件附有日程，打开或接受即可记入日历；如有变更，日历将随新的邀请更新。', 'An entry for your calendar comes with this mail; should anything change, the next one brings it up to date.') },
      ...byTelephone(session, reader.kind, say('请结对干部电话邀请以下未登记邮箱的企业', 'Without an address; their officers, please invite them by telephone'), pen),
      ...(reader.kind === 'enterprise' ? toPage(say('查看贵单位的问题', 'See your issues'), pen) : [agendaReference(session, pen)]),
      ...(reader.kind === 'enterprise' ? [quoteSession(session, pen)] : []),
    ],
    because: because(reader.kind, session, pen),
    ask: departmentName,
  }
}

/** To whoever need not come any more: it is off, or goes on without them. */
export const sessionCancelled = ({ session, reason, reader }: FactsOf<'session-cancelled'>, pen: Pen): Draft => {
  const { say, at } = pen
  const isOff = reason !== undefined
  const time = at(session.startsAt)
  return {
    subject: sessionSubject(session, isOff ? say(`${time}的现场办公已取消`, `The session of ${time} is cancelled`) : say('您无须参加本次现场办公', 'You need not come to this session'), pen),
    heading: isOff ? say(`现场办公取消：${session.title}`, `Session cancelled: ${session.title}`) : say(`参加人员调整：${session.title}`, `You need not come: ${session.title}`),
    lead: isOff
      ? toReader(reader, `原定${time}举行的现场办公已取消，请勿前往。`, `the on-site session of ${time} will not take place. Please do not come.`, pen)
      : toReader(reader, `因安排调整，您无须参加此前邀请您参加的现场办公“${session.title}”。`, `arrangements have changed, and you need not come to the on-site session you were invited to, "${session.title}".`, pen),
    urgency: 'due',
    blocks: [
      ...(isOff ? [section(say('原因', 'The reason')), { kind: 'quote', text: reason, by: session.departmentName } as const] : []),
      // How it is arranged now is not for those who are not to come.
      ...(isOff ? [{ kind: 'facts', rows: sessionRows(session, pen) } as const] : []),
      ...(isOff ? byTelephone(session, reader.kind, say('请结对干部电话告知以下未登记邮箱的企业', 'Without an address; their officers, please tell them by telephone'), pen) : []),
      quoteSession(session, pen),
    ],
    because: isOff ? because(reader.kind, session, pen) : say('您收到本邮件，是因为您此前受邀参加本次现场办公。', 'You get this mail because you had been invited to this session.'),
    ask: session.departmentName,
  }
}

/** To all who took part; to an enterprise with the decisions on its own issues alone. */
export const sessionMinutes = ({ session, text, decisions, reader }: FactsOf<'session-minutes'>, pen: Pen): Draft => {
  const { say, at } = pen
  const toEnterprise = reader.kind === 'enterprise'
  const time = at(session.startsAt)
  const count = decisions.length
  const made = toEnterprise
    ? count === 0 ? '' : say(`涉及贵单位的决定${count}项，列后。`, ` The ${count === 1 ? 'decision' : `${count} decisions`} on your own issues can be found below.`)
    : count === 0 ? '' : say(`共作出决定${count}项，请各承办部门按期落实。`, ` ${count === 1 ? 'One decision was' : `${count} decisions were`} made; each department, please see to yours in time.`)
  return {
    subject: sessionSubject(session, toEnterprise || count === 0 ? say('现场办公纪要', 'Minutes of the session') : say(`现场办公纪要，决定${count}项`, `Minutes, ${count} decision${count === 1 ? '' : 's'}`), pen),
    heading: say(`现场办公纪要：${session.title}`, `Minutes: ${session.title}`),
    lead: toReader(reader, `${time}现场办公的纪要如下。${made}`, `below are the minutes of the on-site session of ${time}.${made}`, pen),
    urgency: 'normal',
    blocks: [
      { kind: 'quote', text, by: session.departmentName },
      ...decided(decisions, pen),
      { kind: 'facts', rows: sessionRows(session, pen) },
      ...(toEnterprise ? toPage(say('查看贵单位的问题', 'See your issues'), pen) : []),
      quoteSession(session, pen),
    ],
    because: because(reader.kind, session, pen),
    ask: session.departmentName,
  }
}

const decided = (decisions: readonly SpotDecisionFacts[], { say, on }: Pen): readonly Block[] =>
  decisions.length === 0
    ? []
    : [
        section(say('现场决定', 'Decided on the spot')),
        {
          kind: 'list',
          items: decisions.map(({ issueNumber, issueTitle, departmentName, dueOn, what }) =>
            say(`${what}\n${departmentName}，${on(dueOn)}前办结（问题${issueNumber} ${issueTitle}）`, `${what}\n${departmentName}, by ${on(dueOn)} (issue ${issueNumber}: ${issueTitle})`),
          ),
        },
      ]

/** A first line, with the name of the enterprise before it. */
const toReader = (reader: SessionReader, zh: string, en: string, { say }: Pen): string =>
  reader.kind === 'enterprise' ? say(`${reader.name}：您好！${zh}`, `To ${reader.name}: ${en}`) : say(zh, en.slice(0, 1).toUpperCase() + en.slice(1))

const subjectColumns = 120

/** A subject that starts with the session's number, says what to do, and gives the title what room is left. */
export const sessionSubject = ({ number, title }: SessionFacts, message: string, { say }: Pen): string => {
  const start = `[${number}] ${message}${say('：', ': ')}`
  return start + cut(title, Math.max(24, subjectColumns - columnsOf(start)))
}

export const sessionRows = (session: SessionFacts, { say, at, list }: Pen): readonly Fact[] => [
  { label: say('编号', 'Number'), value: session.number },
  { label: say('开始', 'Begins'), value: at(session.startsAt) },
  { label: say('结束', 'Ends'), value: at(session.endsAt) },
  { label: say('地点', 'Place'), value: session.place },
  { label: say('主持', 'Held by'), value: say(`${session.departmentName} ${session.holderName}`, `${session.holderName}, ${session.departmentName}`) },
  ...(session.invitedNames.length === 0 ? [] : [{ label: say('参加部门', 'Departments'), value: list(session.invitedNames) }]),
  // Which enterprises come is for the staff to know.
  ...(session.enterpriseNames.length === 0 ? [] : [{ label: say('参加企业', 'Enterprises'), value: list(session.enterpriseNames) }]),
]

const byTelephone = ({ unaddressed }: SessionFacts, reader: 'enterprise' | 'staff', title: string, { say }: Pen): readonly Block[] =>
  reader === 'enterprise' || unaddressed.length === 0
    ? []
    : [section(title), { kind: 'list', items: unaddressed.map(({ enterpriseName, officerName }) => (officerName === undefined ? enterpriseName : say(`${enterpriseName}（助企干部 ${officerName}）`, `${enterpriseName} (officer: ${officerName})`))) }]

const section = (title: string): Block => ({ kind: 'section', title })

const agendaReference = ({ number }: SessionFacts, { say }: Pen): Block => ({ kind: 'reference', label: say('可在系统中查看议题，现场办公编号', 'See the agenda under session number'), id: number })

const quoteSession = ({ number }: SessionFacts, { say }: Pen): Block => ({ kind: 'reference', label: say('联系时请提供现场办公编号', 'When you get in touch, please quote session number'), id: number })

const because = (reader: 'enterprise' | 'staff', { departmentName }: SessionFacts, { say }: Pen): string =>
  reader === 'enterprise'
    ? say(`您收到本邮件，是因为${departmentName}邀请贵单位参加现场办公，并登记了此邮箱。`, `You get this mail because ${departmentName} invited your enterprise to an on-site session and this address is registered.`)
    : say('您收到本邮件，是因为您所在部门参加本次现场办公，或您与参加企业结对。', 'You get this mail because your department takes part in the session, or you are paired with an enterprise that does.')
