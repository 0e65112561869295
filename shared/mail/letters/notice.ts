import { formatCount } from '../../calendar/wording.ts'
import { noticeKindWords } from '../../notice/transition.ts'
import type { NoticeFacts } from '../facts.ts'
import type { Block, Fact } from '../letter.ts'
import { becauseOfOffice, cut, shortName, type Draft, type FactsOf, type Pen } from './pen.ts'

/** To whom a criticism is to concern 拟予通报告知: what it says, and until when and how to appeal. */
export const noticeDrafted = ({ notice, readerIsConcerned }: FactsOf<'notice-drafted'>, pen: Pen): Draft => {
  const { say } = pen
  const until = untilWords(notice, pen)
  const name = subjectName(notice)
  return {
    subject: say(`拟予通报：如有异议，请于${until}前申诉`, `A criticism has been drafted: you can appeal until ${until}`),
    heading: say('拟予通报告知', 'A notice of criticism has been drafted'),
    lead: readerIsConcerned
      ? say(`${salutation(notice, pen)}：拟就以下事项予以通报。如与事实不符或有正当理由，请于${until}前在系统中申诉；逾期未申诉的，可予发布。`, `${salutation(notice, pen)}: this is to be published. If it is not as it says, or there is a good reason, appeal in the system until ${until}; after that it can be published.`)
      : say(`请助企办转告：拟对${name}予以通报，该部门无负责人可申诉。请先补充负责人，再于${until}前由其决定是否申诉。`, `Campaign office, please pass this on: ${name} is to be criticised and has no director who could appeal. Enter one first, who can appeal until ${until}.`),
    urgency: 'due',
    blocks: [
      ...noticeBlocks(notice, pen),
      ...provisionalBlock(notice, pen),
      {
        kind: 'list',
        items: [
          say('申诉须说明理由，可一并说明佐证材料所在；', 'Say why, and where it is borne out.'),
          say('申诉由与本事项无关且非拟稿的督查人员复核，结果将邮件告知；', 'Somebody decides on it whom it does not concern and who has not drafted it; you are told by mail.'),
          say('申诉获支持的，不予发布，所涉走访或时限相应重新核定。', 'If it is granted, nothing is published, and the visits or the deadline are reckoned anew.'),
        ],
      },
      reference(notice, say('请在系统中申诉，通报编号', 'Appeal under notice id')),
    ],
    because: readerIsConcerned ? becauseConcerned(pen) : becauseOfOffice(pen),
  }
}

/** To the supervisors: a draft that they publish or give up. */
export const noticeProposed = ({ notice, draftedByName }: FactsOf<'notice-proposed'>, pen: Pen): Draft => {
  const { say } = pen
  const name = subjectName(notice)
  const by = draftedByName ?? say('系统', 'the system')
  const kind = pen.term(noticeKindWords[notice.kind])
  return {
    subject: say(`请审核${kind}：${shortName(name)}`, `Please look at a ${kind}: ${shortName(name)}`),
    heading: notice.kind === 'criticism' ? say('通报拟稿', 'A notice of criticism has been drafted') : say('表扬提名', 'A commendation has been proposed'),
    lead:
      notice.kind === 'criticism'
        ? say(`请助企办审核：${by}已拟定对${name}的通报，被通报方已获告知。${untilWords(notice, pen)}后无人申诉的，请决定发布或不予发布。`, `Campaign office: ${by} has drafted a criticism of ${name}, who has been told. Unless there is an appeal until ${untilWords(notice, pen)}, please publish it then or give it up.`)
        : say(`请助企办审核：${by}提名表扬${name}，请尽快决定发布或不予发布；提名人不得自行发布。`, `Campaign office: ${by} proposes to commend ${name}. Please publish it soon or give it up; whoever proposed it cannot publish it.`),
    urgency: 'normal',
    blocks: [...noticeBlocks(notice, pen), ...provisionalBlock(notice, pen), reference(notice, say('请在系统中办理，通报编号', 'Act on it under notice id'))],
    because: becauseOfOffice(pen),
    ...(draftedByName === undefined ? {} : { ask: shortName(draftedByName) }),
  }
}

/** To the supervisors who can decide on an appeal. */
export const noticeAppealed = ({ notice, byName, reason, evidence }: FactsOf<'notice-appealed'>, pen: Pen): Draft => {
  const { say } = pen
  const name = subjectName(notice)
  return {
    subject: say(`请复核申诉：${shortName(name)}`, `Please decide on an appeal: ${shortName(name)}`),
    heading: say('申诉待复核', 'An appeal awaits your decision'),
    lead: say(`请助企办尽快复核：${byName}就拟对${name}的通报提出申诉，复核前不得发布。`, `Campaign office, please decide soon: ${byName} appeals against the criticism of ${name}, which is not published before that.`),
    urgency: 'due',
    blocks: [
      { kind: 'section', title: say('申诉理由', 'Why') },
      { kind: 'quote', text: reason, by: byName },
      ...(evidence === undefined ? [] : ([{ kind: 'section', title: say('佐证说明', 'What bears it out') }, { kind: 'quote', text: evidence, by: byName }] as const)),
      ...noticeBlocks(notice, pen),
      { kind: 'paragraph', text: say('请核对事实后支持或维持，并说明意见；支持走访申诉的，须注明容错情形。', 'Look at the facts, then grant it or uphold the notice, and say why. Granting it for missed visits names the reason for the exemption.') },
      reference(notice, say('请在系统中复核，通报编号', 'Decide on it under notice id')),
    ],
    because: becauseOfOffice(pen),
    ask: shortName(byName),
  }
}

/** To whom it concerns: what became of the appeal. */
export const noticeDecided = (facts: FactsOf<'notice-decided'>, pen: Pen): Draft => {
  const { notice, granted, remark, decidedByName } = facts
  const { say } = pen
  return {
    subject: granted ? say('申诉获支持，不予通报', 'Your appeal is granted: nothing is published') : say('申诉未获支持，通报可予发布', 'Your appeal is not granted: the notice can be published'),
    heading: granted ? say('申诉获支持', 'The appeal is granted') : say('申诉未获支持', 'The appeal is not granted'),
    lead: granted
      ? say(`${salutation(notice, pen)}：您的申诉已获支持，不予通报。${changedWords(facts, pen)}`, `${salutation(notice, pen)}: the appeal is granted, and nothing is published. ${changedWords(facts, pen)}`)
      : say(`${salutation(notice, pen)}：您的申诉经复核未获支持，通报可予发布。`, `${salutation(notice, pen)}: the appeal was looked into and not granted. The notice can be published.`),
    urgency: granted ? 'good' : 'normal',
    blocks: [
      { kind: 'section', title: say('复核意见', 'What was said') },
      { kind: 'quote', text: remark, by: decidedByName },
      ...noticeBlocks(notice, pen),
      reference(notice, say('可在系统中查询，通报编号', 'See it under notice id')),
    ],
    because: becauseConcerned(pen),
  }
}

const changedWords = ({ changed }: FactsOf<'notice-decided'>, { say }: Pen): string => {
  switch (changed) {
    case 'exempted':
      return say('所涉两个月的走访按容错处理，已重新核定。', 'The two months are exempted, and reckoned anew.')
    case 'excused':
      return say('该次逾期不计入统计和考核，催办级别不变。', 'That deadline stays missed, but counts against nobody; levels stay.')
    case undefined:
      return say('无需再办。', 'There is nothing more to do.')
  }
}

/** To whom it concerns: it is published. */
export const noticePublished = ({ notice }: FactsOf<'notice-published'>, pen: Pen): Draft => {
  const { say } = pen
  const number = notice.number === undefined ? '' : pen.term(notice.number)
  const isPraise = notice.kind === 'commendation'
  return {
    subject: isPraise ? say(`表扬已发布：${number}`, `A commendation has been published: ${number}`) : say(`通报已发布：${number}`, `A notice of criticism has been published: ${number}`),
    heading: isPraise ? say('表扬已发布', 'A commendation is published') : say('通报已发布', 'The notice is published'),
    lead: isPraise
      ? say(`${salutation(notice, pen)}：对${subjectName(notice)}的表扬已公开发布。`, `${salutation(notice, pen)}: a commendation of ${subjectName(notice)} has been published.`)
      : say(`${salutation(notice, pen)}：对${subjectName(notice)}的通报已公开发布，请认真整改。`, `${salutation(notice, pen)}: a notice of criticism of ${subjectName(notice)} has been published. Please see to it that it does not happen again.`),
    urgency: isPraise ? 'good' : 'late',
    blocks: [...noticeBlocks(notice, pen), reference(notice, say('可在系统中查询，通报编号', 'See it under notice id'))],
    because: becauseConcerned(pen),
  }
}

/** To whom it concerns, or who proposed it: it is given up, or taken back after it was published. */
export const noticeEnded = ({ notice, isWithdrawn, reason, byName }: FactsOf<'notice-ended'>, pen: Pen): Draft => {
  const { say } = pen
  const kind = notice.kind === 'criticism' ? say('通报', 'The notice of criticism') : say('表扬', 'The commendation')
  return {
    subject: isWithdrawn ? say(`${kind}已撤回`, `${kind} has been withdrawn`) : say(`${kind}不予发布`, `${kind} is not published`),
    heading: isWithdrawn ? say(`${kind}已撤回`, `${kind} is withdrawn`) : say(`${kind}不予发布`, `${kind} is given up`),
    lead: isWithdrawn
      ? say(`已发布的对${subjectName(notice)}的${kind}已撤回，不再公开全文；编号、标题和撤回原因仍可查询。`, `${kind} concerning ${subjectName(notice)} has been taken back, and its text is not public any more; number, title and the reason stay.`)
      : say(`拟对${subjectName(notice)}的${kind}不予发布，无需再办。`, `${kind} concerning ${subjectName(notice)} is not published. There is nothing more to do.`),
    urgency: 'normal',
    blocks: [
      { kind: 'section', title: say('原因', 'Why') },
      { kind: 'quote', text: reason, by: byName },
      ...noticeBlocks(notice, pen),
      reference(notice, say('可在系统中查询，通报编号', 'See it under notice id')),
    ],
    because: notice.kind === 'commendation' && !isWithdrawn ? say('您收到本邮件，是因为该表扬由您提名。', 'You get this mail because you proposed the commendation.') : becauseConcerned(pen),
  }
}

/** To the supervisors: all that was drafted because visits were missing two months running, in one mail. */
export const noticesOfMonth = ({ month, lines, drafts, appealBy }: FactsOf<'notices-of-month'>, pen: Pen): Draft => {
  const { say } = pen
  const until = appealBy === undefined ? '' : pen.at(appealBy)
  const shown = lines.slice(0, rowsShown)
  const rest = drafts - shown.length
  const officers = drafts === 1 ? 'one officer' : `${formatCount(drafts)} officers`
  return {
    subject: say(`走访通报拟稿：截至${pen.month(month)}连续两月未达标${formatCount(drafts)}人`, `Criticisms drafted: visits of ${officers} missing in two months, to ${pen.month(month)}`),
    heading: say('连续两个月走访未达标', 'Visits missing in two months running'),
    lead: say(
      `请助企办审核：截至${pen.month(month)}，${formatCount(drafts)}名干部连续两个月走访未达标，系统已拟定通报并告知本人。${until}后无人申诉的，请决定发布或不予发布。`,
      `Campaign office: visits of ${officers} were missing in two months running, to ${pen.month(month)}. The system has drafted a criticism of each and told them. Unless they appeal until ${until}, please publish each then or give it up.`,
    ),
    urgency: 'normal',
    blocks: [
      { kind: 'table', headers: [say('干部', 'Officer'), say('部门', 'Department'), say('通报编号', 'Notice id')], rows: shown.map(line => [cut(line.officerName, 24), cut(line.departmentName, 48), line.noticeId]) },
      ...(rest <= 0 ? [] : ([{ kind: 'paragraph', text: say(`另有${formatCount(rest)}份，请在系统中查询。`, `${formatCount(rest)} more are in the system.`) }] as const)),
      { kind: 'paragraph', text: say('排列不分先后，不作个人排名；因故未能走访的，请本人申诉并核实容错情形。', 'The order means nothing; nobody is ranked. Who had a reason may appeal, and is exempted.') },
      { kind: 'reference', label: say('请在系统中办理，月份', 'Act on each in the system, month'), id: month },
    ],
    because: becauseOfOffice(pen),
  }
}

/** With names cut as they are, so many rows keep a mail below the 102 KB that Gmail shows whole. */
const rowsShown = 60

const subjectName = ({ officerName, departmentName }: NoticeFacts): string => officerName ?? departmentName

const salutation = ({ officerName, departmentName }: NoticeFacts, { say }: Pen): string =>
  officerName === undefined ? say(`${departmentName}负责人`, `Director of ${departmentName}`) : say(`${officerName}同志`, officerName)

const untilWords = ({ appealBy }: NoticeFacts, pen: Pen): string => (appealBy === undefined ? '' : pen.at(appealBy))

const noticeBlocks = (notice: NoticeFacts, { say, term }: Pen): readonly Block[] => {
  const rows: readonly Fact[] = [
    { label: say('类型', 'Kind'), value: term(noticeKindWords[notice.kind]) },
    ...(notice.number === undefined ? [] : [{ label: say('文号', 'Number'), value: term(notice.number) }]),
    ...(notice.officerName === undefined ? [] : [{ label: say('干部', 'Officer'), value: notice.officerName }]),
    { label: say('部门', 'Department'), value: notice.departmentName },
    { label: say('标题', 'Title'), value: notice.title },
  ]
  return [{ kind: 'facts', rows }, { kind: 'section', title: say('内容', 'What it says') }, { kind: 'quote', text: notice.text }]
}

const provisionalBlock = ({ provisional }: NoticeFacts, { say }: Pen): readonly Block[] =>
  provisional ? [{ kind: 'paragraph', text: say('申诉期限跨入放假安排尚未公布的时段，公布后以核定的日期为准。', 'The time to appeal reaches into days whose public holidays are not settled yet, and may move with them.') }] : []

const reference = ({ noticeId }: NoticeFacts, label: string): Block => ({ kind: 'reference', label, id: noticeId })

const becauseConcerned = ({ say }: Pen): string => say('您收到本邮件，是因为该事项与您或您负责的部门有关。', 'You get this mail because it concerns you, or the department you direct.')
