import type { Wording } from '../contract/problem.ts'
import { figures } from '../report/figure.ts'
import { rates } from '../report/rate.ts'
import { isRate, type AssessedRate, type Component, type Side } from './component.ts'

/** What a component is, in words; how it becomes points is in `sheet.ts`. */
interface Definition {
  readonly words: Wording
  /** What counts, and of whom. */
  readonly counts: Readonly<Record<Side, Wording>>
  readonly leavesOut: Wording
  readonly unit: Wording
  readonly points: Wording
}

const wording = (zh: string, en: string): Wording => ({ zh, en })

const percent = wording('百分比', 'percent')
const times = wording('次（件）', 'how many')
const byRate = wording('得分等于该比率的百分数（0—100分），乘以权重', 'points are the rate in percent, 0 to 100, times the weight')

const officersIssues = wording('该干部带回或由其结对企业提出、由其跟进的问题', 'the issues whose officer it is: those they brought home, or that their enterprises raised themselves')
const departmentsIssues = wording('统计时由该部门主办的问题', 'the issues the department leads when it is counted')

const ofIssues = (leavesOut: Wording): Omit<Definition, 'words'> => ({ counts: { officer: officersIssues, department: departmentsIssues }, leavesOut, unit: percent, points: byRate })

/** 考核指标. The figures are those of the bulletin, over the whole period in place of a month. */
const definitions: Readonly<Record<Component, Omit<Definition, 'words'> & { readonly words?: Wording }>> = {
  quota: {
    counts: {
      officer: wording('该干部期内逐月应走访的结对，不论当月属于哪个部门', "the officer's pairings that owe visits, month by month, whichever department they belonged to"),
      department: wording('每月最后一日属于该部门的干部当月应走访的结对', 'month by month, the pairings that owe visits of the officers who belonged to it on the last day of the month'),
    },
    leavesOut: wording('获准容错的结对', 'exempt pairings'),
    unit: percent,
    points: byRate,
  },
  response: ofIssues(wording('答复前撤回的问题', 'issues taken back before they were answered')),
  resolution: ofIssues(wording('企业已撤回的问题', 'issues the enterprise has taken back')),
  inTime: ofIssues(wording('企业已撤回的问题；逾期经申诉免计的问题', 'issues the enterprise has taken back; those whose miss was excused on appeal')),
  satisfaction: ofIssues(wording('特批销号（不是评价）', 'what the campaign office closed: that is no rating')),
  levels: {
    words: wording('逾期升级', 'levels reached'),
    counts: {
      officer: wording('该干部跟进、当时由其首接部门主办的问题，以及由其跟办的绿色通道环节，期内因逾期达到的每一级', 'each level that a missed deadline raised in the period: on issues whose officer it is, while the department that received them first led them, and on steps of cases they go along with'),
      department: wording('当时由该部门主办的问题、协办事项和绿色通道环节，期内因逾期达到的每一级', 'each level that a missed deadline raised in the period on issues it led then, and on pieces and steps that were its own'),
    },
    leavesOut: wording('逾期经申诉免计的；因企业不满意升级的（已计入满意率）', 'those excused on appeal; those raised because an enterprise was not satisfied, which the satisfaction rate counts'),
    unit: times,
    points: wording('每达到一级扣分，扣分有上限', 'each level takes points, up to a limit'),
  },
  flags: {
    words: wording('核查不实', 'flags upheld'),
    counts: {
      officer: wording('走访日期在期内、经核查认定不实的走访', "the officer's visits of the period that were found irregular"),
      department: wording('走访日期在期内、经核查认定不实的其干部的走访，按走访当月最后一日所属部门', 'visits of the period that were found irregular, of the officers who belonged to it on the last day of that month'),
    },
    leavesOut: wording('未核查的；核查属实的', 'flags not checked yet; those found in order'),
    unit: times,
    points: wording('每次扣分，扣分有上限', 'each takes points, up to a limit'),
  },
  criticisms: {
    words: wording('通报批评', 'notices of criticism'),
    counts: { officer: wording('期内对该干部发布的通报批评', 'those of the officer published in the period'), department: wording('期内对该部门发布的通报批评', 'those of the department published in the period') },
    leavesOut: wording('已撤回的通报', 'those that were withdrawn'),
    unit: times,
    points: wording('每次扣分，扣分有上限', 'each takes points, up to a limit'),
  },
  commendations: {
    words: wording('通报表扬', 'commendations'),
    counts: { officer: wording('期内对该干部发布的通报表扬', 'those of the officer published in the period'), department: wording('期内对该部门发布的通报表扬', 'those of the department published in the period') },
    leavesOut: wording('已撤回的表扬', 'those that were withdrawn'),
    unit: times,
    points: wording('每次加分，加分有上限', 'each adds points, up to a limit'),
  },
}

/** What a component is, for either side. */
export const definitionOf = (component: Component): Definition => {
  const { words, ...definition } = definitions[component]
  return { ...definition, words: words ?? (isRate(component) ? rates[component].words : wording(component, component)) }
}

/** What stands over and under the line of a rate, in words. */
export const ratioWords = (rate: AssessedRate): { readonly numerator: Wording; readonly denominator: Wording } => ({
  numerator: figures[rates[rate].numerator].words,
  denominator: figures[rates[rate].denominator].words,
})

/** How sheets are made, in words: what holds for all of them. */
export const assessmentNotes: readonly Wording[] = [
  wording('问题按整个考核期统计，每件一次，以期末为准；走访按月统计。', 'Issues are counted over the whole period, once each, as they stood at its end; visits month by month.'),
  wording('问题计入提出时所在的考核期。期末前提出、期末后方到期或办结的，以期末状态为准，因此上、下半年之和与全年可以不同。', 'An issue counts in the period in which it was raised. What was raised before its end and is due or resolved after it stands as it did at the end, so that two halves need not add up to the year.'),
  wording('期内调动的干部作为个人只考核一次，列入期末所属部门；部门按各月最后一日的归属统计走访。', 'An officer who went over to another department is assessed once, as a person, and listed under the department of the last day; of a department those visits count that were made by who belonged to it on the last day of each month.'),
  wording('没有考核基数的指标不计分，其权重按比例分摊给其他指标；各项比率均无考核基数的，不计总分。', 'A component with nothing to divide by has no points, and its weight is spread over the others in proportion; where none has anything, there is no total.'),
  wording('总分按未取整的数值计算，最后四舍五入到一位小数，并限于0—100分；表中各项取整后仅供查看。', 'The total is reckoned exactly, kept between 0 and 100 and rounded once, half up, to one decimal; the parts are rounded for reading only.'),
]
