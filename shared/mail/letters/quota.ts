import { formatCount } from '../../calendar/wording.ts'
import { exemptionReasons } from '../../policy/policy.ts'
import { percentOf } from '../../report/rate.ts'
import { formatPercent } from '../../report/tables.ts'
import type { MissedLine, ProjectFacts, QuotaLine } from '../facts.ts'
import type { Block } from '../letter.ts'
import { becauseOfOffice, cut, shortName, type Draft, type FactsOf, type Pen } from './pen.ts'
import { exemptionTerms } from './terms.ts'

type Digest = FactsOf<'quota-nudge' | 'quota-reminder' | 'quota-last-call'>
type Missed = FactsOf<'quota-missed'>

/** To an officer: which enterprises are still owed visits this month, and which projects are behind their plan. The last call is copied to the director. */
export const quotaDigest = (facts: Digest, pen: Pen): Draft => {
  const { say } = pen
  return {
    ...digestWords(facts, pen),
    blocks: [
      ...(facts.lines.length === 0 ? [] : table(digestHeaders(pen), facts.lines.map(digestRow), facts.lines.length, pen)),
      ...projectBlocks(facts.projects, pen),
      { kind: 'section', title: say('办理要求', 'What to do') },
      { kind: 'list', items: [...(facts.lines.length === 0 ? [] : [...howToVisit(pen), howToBeExempted(pen)]), ...(facts.projects.length === 0 ? [] : howToCatchUp(pen))] },
      { kind: 'reference', label: facts.lines.length === 0 ? say('请在“项目投资”栏目办理，月份', 'Act on it in the record of projects, month') : say('请在走访台账中办理，月份', 'Act on it in the record of visits, month'), id: facts.month },
    ],
    because:
      facts.kind === 'quota-last-call'
        ? say('您收到本邮件，是因为您是助企干部，或是其所在部门的负责人。', 'You get this mail because you are the officer, or the director of the department.')
        : say('您收到本邮件，是因为您是上述企业的助企干部。', 'You get this mail because you are the officer for these enterprises.'),
  }
}

const digestWords = (facts: Digest, pen: Pen): Pick<Draft, 'subject' | 'heading' | 'lead' | 'urgency'> => {
  if (facts.lines.length === 0) return projectWords(facts, pen)
  const words = visitWords(facts, pen)
  const projects = facts.projects.length
  return projects === 0 ? words : { ...words, lead: words.lead + pen.say(`另有${projects}个结对项目进度滞后，详见下表。`, ` ${counted(projects, 'project')} of yours ${projects === 1 ? 'is' : 'are'} behind as well; see below.`) }
}

/** Of projects alone, where every enterprise has been visited. */
const projectWords = ({ month, officerName, projects: { length }, lastWorkingDay }: Digest, { say, on, month: named }: Pen): Pick<Draft, 'subject' | 'heading' | 'lead' | 'urgency'> => ({
  subject: say(`项目进度提示：${length}个结对项目滞后，请至迟于${on(lastWorkingDay)}核实办理`, `${counted(length, 'project')} behind plan: please look into ${length === 1 ? 'it' : 'them'} by ${on(lastWorkingDay)}`),
  heading: say(`${named(month)}项目进度提示`, `Projects in ${named(month)}`),
  lead: say(
    `${officerName}同志：您有${length}个结对项目的投资或节点滞后于计划，请至迟于${on(lastWorkingDay)}了解原因，据实报送。`,
    `${officerName}, ${counted(length, 'project')} of yours ${length === 1 ? 'is' : 'are'} behind plan. Please find out why by the end of ${on(lastWorkingDay)}, and report what has been done.`,
  ),
  urgency: 'normal',
})

const visitWords = (facts: Digest, pen: Pen): Pick<Draft, 'subject' | 'heading' | 'lead' | 'urgency'> => {
  const { say, on } = pen
  const month = pen.month(facts.month)
  const last = on(facts.lastWorkingDay)
  const officer = facts.officerName
  const enterprises = facts.lines.length
  const visits = facts.lines.reduce((sum, line) => sum + owed(line), 0)
  switch (facts.kind) {
    case 'quota-nudge':
      return {
        subject: say(`走访提示：${enterprises}家结对企业${month}尚未走访，请至迟于${last}完成`, `${counted(enterprises, 'enterprise')} not yet visited in ${month}: please visit by ${last}`),
        heading: say(`${month}走访提示`, `Visits in ${month}`),
        lead: say(
          `${officer}同志：您有${enterprises}家结对企业本月尚未走访，请至迟于${last}完成，本月尚余${pen.workingDays(facts.workingDaysLeft)}（含今日）。`,
          `${officer}, you have not yet visited ${counted(enterprises, 'enterprise')} this month. Please do so by the end of ${last}; ${pen.workingDays(facts.workingDaysLeft)} remain${facts.workingDaysLeft === 1 ? 's' : ''}, today included.`,
        ),
        urgency: 'normal',
      }
    case 'quota-reminder':
      return {
        subject: say(`走访提醒：${month}还差${visits}次走访，请至迟于${last}完成`, `${counted(visits, 'visit')} still owed in ${month}: please make ${visits === 1 ? 'it' : 'them'} by ${last}`),
        heading: say(`${month}走访提醒`, `Visits still owed in ${month}`),
        lead: say(
          `${officer}同志：您本月还有${enterprises}家结对企业未达到应走访次数，共差${visits}次，请至迟于${last}完成，本月尚余${pen.workingDays(facts.workingDaysLeft)}（含今日）。`,
          `${officer}, you still owe ${counted(enterprises, 'enterprise')} ${counted(visits, 'visit')} this month. Please make ${visits === 1 ? 'it' : 'them'} by the end of ${last}; ${pen.workingDays(facts.workingDaysLeft)} remain${facts.workingDaysLeft === 1 ? 's' : ''}, today included.`,
        ),
        urgency: 'due',
      }
    case 'quota-last-call':
      return {
        subject: say(`月末走访提醒：${month}还差${visits}次走访，请于${last}当日完成或申请容错`, `Last call: ${counted(visits, 'visit')} still owed in ${month}, please act on ${last}`),
        heading: say(`${month}走访月末提醒`, `Last call for visits in ${month}`),
        lead: say(
          `${officer}同志：${last}是本月最后一个工作日，您还有${enterprises}家结对企业共差${visits}次走访，请于当日完成；确实不能走访的，请于当日申请容错。`,
          `${officer}, ${last} is the last working day of the month, and you still owe ${counted(enterprises, 'enterprise')} ${counted(visits, 'visit')}. Please make ${visits === 1 ? 'it' : 'them'} that day, or ask for an exemption that day if you cannot.`,
        ),
        urgency: 'due',
      }
  }
}

const digestHeaders = ({ say }: Pen): string[] => [say('结对企业', 'Enterprise'), say('应走访', 'Required'), say('已走访', 'Counted'), say('还差', 'Still owed')]

const digestRow = (line: QuotaLine): string[] => [cut(line.enterpriseName, enterpriseColumns), ...[line.required, line.counted, owed(line)].map(formatCount)]

const owed = ({ required, counted: done }: QuotaLine): number => Math.max(0, required - done)

const howToVisit = ({ say }: Pen): readonly string[] => [
  say('走访后请及时录入纪实手册；在规定的补录期限内录入的，仍计入走访当月。', 'Enter each visit in the record book soon. One entered within the working days the rules allow still counts for the month it was made in.'),
  say('同一企业一天内多次走访的，只计一次，请提前安排时间。', 'Only one visit a day to the same enterprise counts, so plan ahead.'),
]

/** As many projects as an officer can have at once, and more. */
const projectsShown = 12
const milestonesShown = 2

const projectBlocks = (projects: readonly ProjectFacts[], { say, month, list }: Pen): readonly Block[] => {
  if (projects.length === 0) return []
  const late = ({ lateMilestones }: ProjectFacts): string => {
    const named = lateMilestones.slice(0, milestonesShown).map(({ milestoneName, daysLate }) => say(`${cut(milestoneName, nameColumns)}（逾期${daysLate}天）`, `${cut(milestoneName, nameColumns)} (${counted(daysLate, 'day')} late)`))
    const rest = lateMilestones.length - named.length
    return named.length === 0 ? '—' : list([...named, ...(rest > 0 ? [say(`另${rest}个`, `${rest} more`)] : [])])
  }
  return [
    { kind: 'section', title: say('滞后项目', 'Projects that are behind') },
    {
      kind: 'table',
      headers: [say('项目', 'Project'), say('半年度计入至', 'Half-year to'), say('计划（万元）', 'Planned (10,000 yuan)'), say('完成（万元）', 'Made (10,000 yuan)'), say('完成率', 'Share'), say('逾期节点', 'Late milestones'), say('未解决问题', 'Open issues')],
      rows: projects.slice(0, projectsShown).map(project => [
        cut(project.projectName, nameColumns),
        month(project.through),
        formatCount(project.planned),
        formatCount(project.invested),
        formatPercent(percentOf(project.invested, project.planned)),
        late(project),
        formatCount(project.openObstacles),
      ]),
    },
  ]
}

const howToCatchUp = ({ say }: Pen): readonly string[] => [
  say('请及时报送项目当月完成投资，节点完成后登记日期；到期未报的，按零计。', "Report what was invested in each month in time, and the day a milestone is reached; what nobody has reported counts as nothing."),
  say('项目受制约的，请将问题提交台账，并关联到该项目。', 'Where something holds a project up, bring the issue into the ledger and link it to the project.'),
]

/** All reasons there are, so that nobody has to look them up. */
const howToBeExempted = ({ say, term, list }: Pen): string => {
  const reasons = list(exemptionReasons.map(reason => term(exemptionTerms[reason])))
  return say(
    `因下列情形不能走访的，请申请容错并说明原因，由部门负责人审批，批准后不计欠访：${reasons}。`,
    `If you cannot visit for one of these reasons, ask for an exemption and say why; your director decides, and what is approved is not counted as missed: ${reasons}.`,
  )
}

/** To the director of a department, or for the whole district to the supervisors: what last month left undone. */
export const quotaMissed = (facts: Missed, pen: Pen): Draft => {
  const { say } = pen
  const whole = facts.departmentName === undefined
  return {
    ...missedWords(facts, pen),
    urgency: 'late',
    blocks: [
      ...table(missedHeaders(whole, pen), facts.lines.map(line => missedRow(line, whole)), facts.missing.pairings, pen),
      { kind: 'section', title: say('说明', 'Please note') },
      { kind: 'list', items: missedNotes(pen) },
      { kind: 'reference', label: say('可在走访台账中查询，月份', 'See the record of visits, month'), id: facts.month },
    ],
    because: !facts.readerDirects
      ? becauseOfOffice(pen)
      : say(`您收到本邮件，是因为您负责${facts.departmentName}的助企走访工作。`, `You get this mail because you are responsible for the visits of ${facts.departmentName}.`),
  }
}

const missedWords = ({ month: monthKey, departmentName, missing, readerDirects }: Missed, { say, month }: Pen): Pick<Draft, 'subject' | 'heading' | 'lead'> => {
  const [officers, pairings] = [formatCount(missing.officers), formatCount(missing.pairings)]
  const english = `${counted(missing.officers, 'officer')} with ${counted(missing.pairings, 'pairing')}`
  const name = departmentName ?? say('全区', 'the district')
  const noDirector = departmentName !== undefined && !readerDirects
  const reader = readerDirects ? say(`${name}负责人`, `Director of ${name}`) : say('助企办', 'Campaign office')
  return {
    subject: say(
      `请核实${shortName(name)}${month(monthKey)}走访未完成情况：${officers}名干部、${pairings}组结对`,
      `Visits missed in ${month(monthKey)}, ${shortName(name)}: please look into ${english}`,
    ),
    heading: say(`${month(monthKey)}“一月两见”未完成情况`, `Visits missed in ${month(monthKey)}`),
    lead: say(
      `请${reader}逐一了解原因，督促及时补录或补办容错：${month(monthKey)}${name}有${officers}名助企干部、${pairings}组结对未达到应走访次数${noDirector ? '（该部门无负责人）' : ''}。`,
      `${reader}: please find out why, and see that visits not yet entered and exemptions not yet asked for follow soon. In ${month(monthKey)}, ${english} of ${name}${noDirector ? ', which has no director,' : ''} fell short of the visits required.`,
    ),
  }
}

const missedHeaders = (whole: boolean, { say }: Pen): string[] => [
  say('助企干部', 'Officer'),
  ...(whole ? [say('部门', 'Department')] : []),
  say('结对企业', 'Enterprise'),
  say('应走访', 'Required'),
  say('已走访', 'Counted'),
]

const missedRow = (line: MissedLine, whole: boolean): string[] => [
  cut(line.officerName, nameColumns),
  ...(whole ? [cut(line.departmentName, nameColumns)] : []),
  cut(line.enterpriseName, enterpriseColumns),
  ...[line.required, line.counted].map(formatCount),
]

const missedNotes = ({ say }: Pen): readonly string[] => [
  say('已批准容错的不在此列；符合容错情形而未申请的，可由本人补申请。', 'Approved exemptions have been left out. Who had a reason and did not ask may still do so.'),
  say('在规定的补录期限内录入的走访仍然有效，上述结果可能相应变化。', 'Visits entered late, within the working days the rules allow, still count and may change these figures.'),
  say('本表供了解情况、改进工作之用，排列不分先后，不作个人排名。', 'The list is for your information. Its order means nothing; nobody is ranked.'),
]

/** With names cut to these widths, as many rows as keep the largest mail below the 102 KB that Gmail shows whole. */
const rowsShown = 60
const nameColumns = 24
const enterpriseColumns = 60

const table = (headers: readonly string[], rows: readonly (readonly string[])[], total: number, { say }: Pen): readonly Block[] => {
  const shown = rows.slice(0, rowsShown)
  const rest = total - shown.length
  return [
    { kind: 'table', headers, rows: shown },
    ...(rest > 0
      ? [
          {
            kind: 'paragraph',
            text: say(
              `共${formatCount(total)}项，以上列出${formatCount(shown.length)}项，其余${formatCount(rest)}项请在走访台账中查询。`,
              `These are ${formatCount(shown.length)} of ${formatCount(total)}; see the record of visits for the other ${formatCount(rest)}.`,
            ),
          } as const,
        ]
      : []),
  ]
}

const counted = (count: number, noun: string): string => `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
