import { definitionOf } from '../../assessment/definition.ts'
import { isSpread } from '../../assessment/sheet.ts'
import { periodWords } from '../../assessment/period.ts'
import { formatCount } from '../../calendar/wording.ts'
import type { SheetFacts } from '../facts.ts'
import type { Block } from '../letter.ts'
import { becauseOfOffice, shortName, type Draft, type FactsOf, type Pen } from './pen.ts'

/** To whom a sheet is of 考核表核对: what it comes to, and until when and how to appeal. */
export const assessmentOpened = ({ of, appealBy, provisional, readerIsConcerned }: FactsOf<'assessment-opened'>, pen: Pen): Draft => {
  const { say } = pen
  const [period, until] = [pen.term(periodWords(of.period)), pen.at(appealBy)]
  return {
    subject: say(`${period}考核表：如有异议，请于${until}前申诉`, `Your sheet of ${period}: you can appeal until ${until}`),
    heading: say(`${period}考核表`, `The sheet of ${period}`),
    lead: readerIsConcerned
      ? say(`${salutation(of, pen)}：请核对${period}考核表。如与事实不符或有正当理由，请于${until}前在系统中申诉；逾期未申诉的，以此定稿。`, `${salutation(of, pen)}: please look through the sheet of ${period}. If it is not as it says, or there is a good reason, appeal in the system until ${until}; after that it becomes final.`)
      : say(`请助企办转告：${of.departmentName}没有负责人可以核对${period}考核表。请先补充负责人，再于${until}前由其决定是否申诉。`, `Campaign office, please pass this on: ${of.departmentName} has no director who could look through its sheet of ${period}. Enter one first, who can appeal until ${until}.`),
    urgency: 'due',
    blocks: [
      ...sheetBlocks(of, pen),
      ...(provisional ? [{ kind: 'paragraph', text: say('申诉期限跨入放假安排尚未公布的时段，公布后以核定的日期为准。', 'The time to appeal reaches into days whose public holidays are not settled yet, and may move with them.') } as const] : []),
      {
        kind: 'list',
        items: [
          say('逐条构成和未计入的记录，请在系统中查看；', 'The records behind each component, and those left out, are in the system.'),
          say('申诉须写明指标和理由；未获支持的，同一指标不再受理；', 'Name the component and say why; one that was refused is not taken up again.'),
          say('申诉由与本表无关的督查人员复核，结果将邮件告知。', 'Somebody decides on it whom the sheet does not concern; you are told by mail.'),
        ],
      },
      reference(of, pen),
    ],
    because: readerIsConcerned ? becauseConcerned(pen) : becauseOfOffice(pen),
  }
}

/** To whom a sheet is of: it is final. */
export const assessmentFinal = ({ of, readerIsConcerned }: FactsOf<'assessment-final'>, pen: Pen): Draft => {
  const { say } = pen
  const period = pen.term(periodWords(of.period))
  return {
    subject: say(`${period}考核已定稿`, `The assessment of ${period} is final`),
    heading: say(`${period}考核已定稿`, `The assessment of ${period} is final`),
    lead: readerIsConcerned
      ? say(`${salutation(of, pen)}：${period}考核已定稿，无需再办。`, `${salutation(of, pen)}: the assessment of ${period} is final. There is nothing more to do.`)
      : say(`请助企办转告：${of.departmentName}${period}考核已定稿，该部门无负责人。`, `Campaign office, please pass this on: the assessment of ${of.departmentName} for ${period} is final, and the department has no director.`),
    urgency: 'normal',
    blocks: [...sheetBlocks(of, pen), reference(of, pen)],
    because: readerIsConcerned ? becauseConcerned(pen) : becauseOfOffice(pen),
  }
}

/** To the supervisors who can decide on an appeal. */
export const assessmentAppealed = ({ of, component, byName, reason }: FactsOf<'assessment-appealed'>, pen: Pen): Draft => {
  const { say } = pen
  const [period, name, what] = [pen.term(periodWords(of.period)), subjectName(of), pen.term(definitionOf(component).words)]
  // An officer appeals for themselves.
  const [whose, sheet] = byName === name ? ['本人', 'their own sheet'] : [name, `the sheet of ${name}`]
  return {
    subject: say(`请复核考核申诉：${shortName(name)}`, `Please decide on an appeal: ${shortName(name)}`),
    heading: say('考核申诉待复核', 'An appeal awaits your decision'),
    lead: say(`请助企办尽快复核：${byName}就${whose}${period}考核的“${what}”提出申诉，复核前不得定稿。`, `Campaign office, please decide soon: ${byName} appeals against the component ${what} in ${sheet} for ${period}, which is not final before that.`),
    urgency: 'due',
    blocks: [
      { kind: 'section', title: say('申诉理由', 'Why') },
      { kind: 'quote', text: reason, by: byName },
      ...sheetBlocks(of, pen),
      { kind: 'paragraph', text: say('请核对事实后决定是否支持，并说明意见；支持的，须写明不予计入的记录。', 'Look at the facts, then grant or refuse it, and say why. Granting it names the record that is left out.') },
      reference(of, pen),
    ],
    because: becauseOfOffice(pen),
    ask: shortName(byName),
  }
}

/** To whom a sheet is of: what became of the appeal. */
export const assessmentDecided = ({ of, component, granted, remark, decidedByName, before }: FactsOf<'assessment-decided'>, pen: Pen): Draft => {
  const { say } = pen
  const [period, what] = [pen.term(periodWords(of.period)), pen.term(definitionOf(component).words)]
  const change = say(`总分由${totalWords(before, pen)}变为${totalWords(of.sheet.total, pen)}。`, `The total was ${totalWords(before, pen)}, and is ${totalWords(of.sheet.total, pen)} now.`)
  return {
    subject: granted ? say('考核申诉获支持，已重新核算', 'Your appeal is granted: the sheet is reckoned anew') : say('考核申诉未获支持', 'Your appeal is not granted'),
    heading: granted ? say('申诉获支持', 'The appeal is granted') : say('申诉未获支持', 'The appeal is not granted'),
    lead: granted
      ? say(`${salutation(of, pen)}：就${period}考核“${what}”的申诉已获支持，有关记录不再计入。${change}`, `${salutation(of, pen)}: the appeal against the component ${what} in the sheet of ${period} is granted, and the record counts no more. ${change}`)
      : say(`${salutation(of, pen)}：就${period}考核“${what}”的申诉经复核未获支持，考核表不变。`, `${salutation(of, pen)}: the appeal against the component ${what} in the sheet of ${period} was looked into and not granted. The sheet stays as it is.`),
    urgency: granted ? 'good' : 'normal',
    blocks: [{ kind: 'section', title: say('复核意见', 'What was said') }, { kind: 'quote', text: remark, by: decidedByName }, ...sheetBlocks(of, pen), reference(of, pen)],
    because: becauseConcerned(pen),
  }
}

const totalWords = (total: number | undefined, { say }: Pen): string => (total === undefined ? say('不计总分', 'none') : say(`${total.toFixed(1)}分`, total.toFixed(1)))

const subjectName = ({ officerName, departmentName }: SheetFacts): string => officerName ?? departmentName

const salutation = ({ officerName, departmentName }: SheetFacts, { say }: Pen): string =>
  officerName === undefined ? say(`${departmentName}负责人`, `Director of ${departmentName}`) : say(`${officerName}同志`, officerName)

/** Every component, with what it comes to; nobody's place among others. */
const sheetBlocks = ({ officerName, departmentName, period, sheet }: SheetFacts, pen: Pen): readonly Block[] => {
  const { say } = pen
  const rates = sheet.rates.map(line => [
    pen.term(definitionOf(line.component).words),
    line.points === undefined ? say('无', 'nothing') : `${formatCount(line.numerator)}/${formatCount(line.denominator)}`,
    line.points === undefined ? (isSpread(line) ? say('权重已分摊', 'weight spread') : '—') : line.points.toFixed(1),
    `${line.share.toFixed(1)}%`,
  ])
  const marks = sheet.marks.map(({ component, counts, points }) => [pen.term(definitionOf(component).words), counts.map(formatCount).join('/'), points > 0 ? `+${points}` : String(points), '—'])
  return [
    {
      kind: 'facts',
      rows: [
        { label: say('考核期', 'Period'), value: pen.term(periodWords(period)) },
        ...(officerName === undefined ? [] : [{ label: say('干部', 'Officer'), value: officerName }]),
        { label: say('部门', 'Department'), value: departmentName },
        { label: say('总分', 'Total'), value: sheet.total === undefined ? say('各项比率均无考核基数，不计总分', 'none of the rates has anything to divide by, so there is none') : sheet.total.toFixed(1) },
      ],
    },
    { kind: 'table', headers: [say('指标', 'Component'), say('数据', 'Figures'), say('得分', 'Points'), say('权重', 'Weight')], rows: [...rates, ...marks] },
  ]
}

const reference = ({ period }: SheetFacts, { say }: Pen): Block => ({ kind: 'reference', label: say('请在系统中查看，考核期', 'See it in the system, period'), id: period })

const becauseConcerned = ({ say }: Pen): string => say('您收到本邮件，是因为该考核表与您或您负责的部门有关。', 'You get this mail because the sheet is yours, or of the department you direct.')
