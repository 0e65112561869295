import { Problem, type Wording } from '../contract/problem.ts'

/** What a figure counts the records of. */
export const subjects = ['officer', 'issue', 'case', 'session', 'delivery', 'project'] as const
export type Subject = (typeof subjects)[number]

/** A figure of a month: what it counts or adds up, and what it leaves out. */
interface Definition {
  readonly of: Subject
  readonly words: Wording
  readonly counts: Wording
  /** Only issues that were raised in the month are counted. */
  readonly onlyRaised?: true
}

const figure = <const S extends Subject>(of: S, words: readonly [string, string], counts: readonly [string, string]) => ({ of, words: { zh: words[0], en: words[1] }, counts: { zh: counts[0], en: counts[1] } })

const ofRaised = (words: readonly [string, string], counts: readonly [string, string]) => ({ ...figure('issue', words, counts), onlyRaised: true }) as const

/**
 * Every figure of the reports, defined once. What each record adds to each is `contribution.ts`; so a figure is always the sum
 * over the very records that it is opened down to.
 */
export const figures = {
  officers: figure('officer', ['干部人数', 'officers'], ['当月有结对关系的干部，每人计一次', 'each officer who was paired with an enterprise in the month, once']),
  visits: figure('officer', ['有效走访', 'counted visits'], ['当月计入走访次数的走访（现场、来访、现场办公；同一结对每日至多一次）', 'visits of the month that count: on site, at the office, in a session, one a day for each pairing at most']),
  officersThreeOrMore: figure('officer', ['走访三次及以上', 'with three visits or more'], ['当月有效走访三次及以上的干部', 'officers with three counted visits or more']),
  officersTwo: figure('officer', ['走访两次', 'with two visits'], ['当月有效走访两次的干部', 'officers with two counted visits']),
  officersOne: figure('officer', ['走访一次', 'with one visit'], ['当月有效走访一次的干部', 'officers with one counted visit']),
  officersNone: figure('officer', ['未走访', 'with no visit'], ['当月没有有效走访的干部', 'officers without a counted visit']),
  officersAway: figure('officer', ['未走访：公务外出', 'with no visit: away on duty'], ['未走访，且当月应走访的企业均获准容错；事由不一的，按公务外出、企业无法接待、因病、参加培训的顺序计入其一', 'without a visit, and exempt from all that was owed; where the reasons differ, under the first of: away, unavailable, ill, in training']),
  officersEnterpriseUnavailable: figure('officer', ['未走访：企业无法接待', 'with no visit: enterprise unavailable'], ['未走访，且当月应走访的企业均获准容错；事由不一的，按公务外出、企业无法接待、因病、参加培训的顺序计入其一', 'without a visit, and exempt from all that was owed; where the reasons differ, under the first of: away, unavailable, ill, in training']),
  officersHealth: figure('officer', ['未走访：因病', 'with no visit: ill'], ['未走访，且当月应走访的企业均获准容错；事由不一的，按公务外出、企业无法接待、因病、参加培训的顺序计入其一', 'without a visit, and exempt from all that was owed; where the reasons differ, under the first of: away, unavailable, ill, in training']),
  officersTraining: figure('officer', ['未走访：参加培训', 'with no visit: in training'], ['未走访，且当月应走访的企业均获准容错；事由不一的，按公务外出、企业无法接待、因病、参加培训的顺序计入其一', 'without a visit, and exempt from all that was owed; where the reasons differ, under the first of: away, unavailable, ill, in training']),
  officersUnexplained: figure('officer', ['未走访：无获准事由', 'with no visit: unexplained'], ['未走访，且仍有企业未获准容错，或当月本无走访任务', 'without a visit, with an enterprise still owed one or nothing owed at all']),
  pairingsOwed: figure('officer', ['应走访结对', 'pairings that owe visits'], ['当月应走访的结对；获准容错的不计', 'pairings that owe visits in the month, without those that are exempt']),
  pairingsFulfilled: figure('officer', ['走访达标的结对', 'pairings that kept the quota'], ['应走访结对中，有效走访达到应走访次数的', 'of the pairings that owe visits, those with as many as they owe']),
  pairingsExempt: figure('officer', ['获准容错的结对', 'exempt pairings'], ['当月应走访、但获准容错的结对', 'pairings that would owe visits and are exempt']),

  issuesCarried: figure('issue', ['上期结转', 'carried over'], ['当月以前提出、月初尚未销号或撤回的问题', 'raised before the month, and neither closed nor withdrawn when it began']),
  issuesRaised: ofRaised(['本月新增', 'raised'], ['当月分办的问题', 'dispatched in the month']),
  issuesClosed: figure('issue', ['本月销号', 'closed'], ['当月经企业评价或回访认可而销号的问题，不论何时提出', 'closed in the month by the enterprise, in a rating or when called back, whenever they were raised']),
  issuesOverridden: figure('issue', ['本月特批销号', 'closed by the office'], ['当月由助企办特批销号的问题', 'closed in the month by the campaign office without the enterprise']),
  issuesWithdrawn: figure('issue', ['本月撤回', 'withdrawn'], ['当月由企业撤回的问题', 'taken back by the enterprise in the month']),
  issuesOpen: figure('issue', ['月末在办', 'open at the end'], ['月末尚未销号或撤回的问题', 'neither closed nor withdrawn at the end of the month']),
  issuesOverdue: figure('issue', ['月末逾期', 'overdue at the end'], ['月末在办、尚未办结且已过办结时限的问题；暂停计时的，看暂停时是否已过；逾期经申诉免计的除外', 'open at the end, not resolved and past the time to resolve them; where the clock stands still, whether it was past then; not those whose miss was excused on appeal']),
  issuesReopened: figure('issue', ['本月重新办理', 'reopened'], ['当月因企业不满意而重新办理的问题，每件计一次', 'reopened in the month because the enterprise was not satisfied, each once']),
  issuesAwaitingRating: figure('issue', ['月末待评价', 'waiting for a rating'], ['月末已办结、企业尚未评价的问题', 'resolved at the end of the month, and not rated yet']),
  raisedResolved: ofRaised(['新增中已办结', 'of those raised: resolved'], ['当月新增的问题中，月末处于办结状态的（含待评价、已销号、解释办结）', 'of those raised in the month, those that stood resolved at its end: rated or not, explained or solved']),
  raisedOverridden: ofRaised(['新增中特批销号', 'of those raised: closed by the office'], ['当月新增的问题中，月末前由助企办特批销号的', 'of those raised in the month, those that the campaign office closed without the enterprise by its end']),
  raisedWithdrawn: ofRaised(['新增中已撤回', 'of those raised: withdrawn'], ['当月新增的问题中，月末前企业已撤回的', 'of those raised in the month, those that the enterprise had taken back by its end']),
  raisedToResolve: ofRaised(['新增中应办理', 'of those raised: to be resolved'], ['当月新增的问题，企业已撤回的不计', 'those raised in the month, without those taken back by its end']),
  repliesDue: ofRaised(['应答复', 'replies due'], ['当月新增的问题中，月末前已答复或答复时限已到的，其后方到期的不再补计；暂停计时的，看暂停时是否已到；答复前撤回的不计', 'of those raised in the month, those that were answered, or whose time for it had run out, by its end, and not what fell due later; where the clock stands still, by then; without those taken back before']),
  repliesInTime: ofRaised(['按时答复', 'replies in time'], ['应答复的问题中，在答复时限内首次答复企业的', 'of the replies due, those given within the time for it']),
  resolutionsDue: ofRaised(['应按期办结', 'resolutions due'], ['当月新增的问题中，月末处于办结状态，或办结时限已到的，其后方到期的不再补计；已撤回的、逾期经申诉免计的不计', 'of those raised in the month, those that stood resolved, or whose time for it had run out, at its end, and not what fell due later; without those taken back, and those whose miss was excused on appeal']),
  resolutionsInTime: ofRaised(['按期办结', 'resolutions in time'], ['应按期办结的问题中，在办结时限内办结的', 'of the resolutions due, those within the time for it']),
  ratings: figure('issue', ['企业评价', 'ratings'], ['当月企业作出的评价（含回访中的表态），重新办理后再次评价的再计一次；特批销号不是评价', 'what enterprises said in the month of a resolution, when called back too; one that is reopened and rated again counts again, and one closed by the office is not rated']),
  ratingsSatisfied: figure('issue', ['企业满意', 'satisfied'], ['企业评价中，基本满意及以上的', 'of the ratings, fairly satisfied and better']),

  casesCarried: figure('case', ['上期结转事项', 'cases carried over'], ['当月以前开办、月初尚未结束的绿色通道事项', 'opened before the month, and not ended when it began']),
  casesOpened: figure('case', ['本月开办', 'cases opened'], ['当月开办的绿色通道事项', 'opened in the month']),
  casesCompleted: figure('case', ['本月办结', 'cases completed'], ['当月经企业确认收到结果的事项', 'completed in the month: the enterprise has the result']),
  casesRefused: figure('case', ['本月不予办理', 'cases refused'], ['当月不予办理的事项', 'refused in the month']),
  casesWithdrawn: figure('case', ['本月撤销', 'cases withdrawn'], ['当月撤销的事项', 'given up in the month']),
  casesOpen: figure('case', ['月末在办事项', 'cases open at the end'], ['月末尚未结束的事项', 'not ended at the end of the month']),
  daysStatutory: figure('case', ['法定工作日', 'working days the law allows'], ['当月办结的事项中，设有法定时限的环节的法定工作日之和', 'of cases completed in the month, over the steps for which the law sets a limit']),
  daysTaken: figure('case', ['实际工作日', 'working days taken'], ['上述环节的实际用时之和', 'what those steps have taken']),
  daysSaved: figure('case', ['压缩工作日', 'working days saved'], ['上述环节的法定工作日减实际工作日；超过法定时限的计负数', 'what the law allows for those steps less what they have taken; below zero where it was more']),

  sessionsHeld: figure('session', ['现场办公', 'sessions held'], ['当月开始、未取消的现场办公', 'on-site sessions that began in the month and were not cancelled']),
  decisionsMade: figure('session', ['现场办公决定', 'decisions made there'], ['这些现场办公作出的决定', 'what was decided in those sessions']),
  decisionsOpen: figure('issue', ['未落实决定', 'decisions still open'], ['月末前作出、月末时问题仍在办的现场办公决定，不论何时作出', 'decisions of sessions, made by the end of the month, whose issue was open then, whenever they were made']),

  deliveries: figure('delivery', ['送政策', 'measures delivered'], ['当月首次向企业讲解的政策（一项政策对一家企业计一次）', 'measures explained to an enterprise for the first time, each measure and enterprise once']),

  projectsPlanned: figure('project', ['有计划项目', 'projects with a plan'], ['最近计入月份所在年度有投资计划的项目；投资自次月报送期（第五个工作日）过后计入，因此最近计入的一般为简报月份的上月；从未结对的项目不计', 'projects with a plan for the year of the last month that counts: a month counts once the time to report it, until the fifth working day of the next, is over, so that is as a rule the month before this one; without those that nobody has ever been paired with']),
  investmentPlanned: figure('project', ['计划投资（万元）', 'planned investment (10,000 yuan)'], ['半年度内截至最近计入月份的计划投资额，单位万元', 'what was planned for the half-year to the end of the last month that counts, in units of 10,000 yuan']),
  investmentMade: figure('project', ['完成投资（万元）', 'investment made (10,000 yuan)'], ['同期完成投资额，未报的按零计，单位万元', 'what was invested in the same time, in units of 10,000 yuan; what nobody has reported is nothing']),
  projectsBehind: figure('project', ['滞后项目', 'projects behind'], ['截至最近计入月份，半年度完成投资低于计划（按规则比例）的，或者月末有节点计划日期已过而未完成的项目', "projects whose half-year had come to less than its plan, by the policy's share, at the end of the last month that counts, or that had a milestone whose day had passed at the end of the month"]),
  projectsUnreported: figure('project', ['未报项目', 'projects not reported'], ['半年度内有计划投资而到期未报的项目，每个项目计一次', 'projects for which a month of the half-year counts, had something planned, and has not been reported; each once']),
  milestonesDue: figure('project', ['本月应完成节点', 'milestones due'], ['计划日期在当月的节点', 'milestones planned for a day of the month']),
  milestonesReached: figure('project', ['本月完成节点', 'milestones reached'], ['当月完成的节点，不论计划日期', 'milestones reached in the month, whatever day they were planned for']),
} as const satisfies Record<string, Definition>

export type Figure = keyof typeof figures
export const figureNames = Object.keys(figures) as readonly Figure[]

/** What the records of a figure can be asked for by, beside the department: what they have, by what they are of. */
const filtersOf = { officer: [], issue: ['tier', 'category'], case: [], session: [], delivery: ['measureId'], project: [] } as const satisfies Record<Subject, readonly string[]>

/** What can be asked for by any of them. */
const everyFilter = ['tier', 'category', 'measureId'] as const

/** @throws Problem `filter-not-of-figure` where the records of the figure have none of what is asked for: nothing would be found */
export const demandFiltersOf = (figure: Figure, asked: Readonly<Partial<Record<(typeof everyFilter)[number], string | undefined>>>): void => {
  const known: readonly string[] = filtersOf[figures[figure].of]
  const given = everyFilter.filter(name => asked[name] !== undefined && !known.includes(name))
  if (given.length > 0) throw new Problem('filter-not-of-figure', { figure, filters: ['departmentId', ...known].join(', '), given: given.join(', ') })
}
