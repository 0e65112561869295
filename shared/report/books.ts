import { parseInstant, localDateOf, localTimeOf, type Instant, type TimeZone } from '../calendar/zone.ts'
import type { Wording } from '../contract/problem.ts'
import { categories, subcategoriesOf } from '../issue/category.ts'
import { extendedBy, isExtended, isOverdue, isProvisional } from '../issue/deadline.ts'
import type { Closing, Issue } from '../issue/issue.ts'
import { statusWords } from '../issue/transition.ts'
import { exemptionTerms, notCountedTerms, visitModeTerms } from '../mail/letters/terms.ts'
import { isShort, type Quota } from '../visit/quota.ts'
import type { Visit } from '../visit/visit.ts'
import type { Sheet, Value } from './workbook.ts'

/** The books an office keeps, as sheets: 台账 the ledger, 纪实手册 the record book of visits, 达标情况 the quota. */

/** What they are written with: the reader's language, the clocks of the zone, and when that is. */
export interface BookPen {
  readonly language: keyof Wording
  readonly timeZone: TimeZone
  readonly now: Instant
}

/** Names beside the codes; a code stands for a name that is not known. */
export interface LedgerRow {
  readonly issue: Issue
  readonly enterprise: string
  readonly officer: string
  readonly firstDepartment: string
  readonly leadDepartment: string
}

export interface VisitRow {
  readonly visit: Visit
  readonly enterprise: string
  readonly officer: string
  readonly department: string
  readonly companions: readonly string[]
  readonly recordedBy: string
}

export interface QuotaRow {
  readonly quota: Quota
  readonly enterprise: string
  readonly officer: string
  readonly department: string
}

/** A column: its heading, its width in characters, and what stands in it. */
type Column<R> = readonly [heading: Wording, width: number, value: (row: R, pen: BookPen) => Value]

const column = <R>(zh: string, en: string, width: number, value: Column<R>[2]): Column<R> => [{ zh, en }, width, value]

/** As wide as what stands in it wants. */
const widths = { number: 14, code: 20, name: 12, department: 22, enterprise: 30, moment: 17, count: 10, words: 14, text: 40 } as const

const said = ({ language }: BookPen, wording: Wording): string => wording[language]
const yes = (is: boolean, pen: BookPen): string => said(pen, is ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' })
const moment = (instant: Instant | undefined, { timeZone }: BookPen): Value => (instant === undefined ? undefined : { date: localDateOf(instant, timeZone), time: localTimeOf(instant, timeZone) })

const closingWords: Readonly<Record<Closing, Wording>> = {
  rating: { zh: '企业评价', en: "the enterprise's rating" },
  'call-back': { zh: '电话回访', en: 'call-back' },
  override: { zh: '特批销号', en: 'override' },
}

const ledgerColumns: readonly Column<LedgerRow>[] = [
  column('编号', 'Number', widths.number, ({ issue }) => issue.issueId),
  column('企业代码', 'Enterprise code', widths.code, ({ issue }) => issue.enterpriseId),
  column('企业名称', 'Enterprise', widths.enterprise, ({ enterprise }) => enterprise),
  column('工号', 'Staff number', widths.words, ({ issue }) => issue.officerId),
  column('提交干部', 'Officer', widths.name, ({ officer }) => officer),
  column('首接部门', 'Received first by', widths.department, ({ firstDepartment }) => firstDepartment),
  column('主办部门代码', 'Lead department code', widths.words, ({ issue }) => issue.leadDepartmentId),
  column('主办部门', 'Lead department', widths.department, ({ leadDepartment }) => leadDepartment),
  column('层级', 'Tier', widths.count, ({ issue }) => issue.tier),
  column('领域', 'Category', widths.words, ({ issue }, pen) => said(pen, categories[issue.category])),
  column('小类', 'Subcategory', widths.words, ({ issue: { category, subcategory } }, pen) => said(pen, subcategoriesOf(category)[subcategory] ?? { zh: subcategory, en: subcategory })),
  column('标题', 'Title', widths.text, ({ issue }) => issue.title),
  column('状态', 'Status', widths.department, ({ issue }, pen) => said(pen, statusWords[issue.status])),
  column('交办时间', 'Dispatched', widths.moment, ({ issue }, pen) => moment(issue.dispatchedAt, pen)),
  column('签收时限', 'Accept by', widths.moment, ({ issue }, pen) => moment(issue.clocks.accept.by, pen)),
  column('签收时间', 'Accepted', widths.moment, ({ issue }, pen) => moment(issue.clocks.accept.doneAt, pen)),
  column('答复时限', 'Reply by', widths.moment, ({ issue }, pen) => moment(issue.clocks.reply.by, pen)),
  column('答复时间', 'Replied', widths.moment, ({ issue }, pen) => moment(issue.clocks.reply.doneAt, pen)),
  column('办结时限', 'Resolve by', widths.moment, ({ issue }, pen) => moment(issue.clocks.resolve.by, pen)),
  column('办结时间', 'Resolved', widths.moment, ({ issue }, pen) => moment(issue.resolvedAt, pen)),
  column('销号时间', 'Closed', widths.moment, ({ issue }, pen) => moment(issue.closing?.at, pen)),
  column('销号依据', 'Closed by', widths.words, ({ issue: { closing } }, pen) => closing && said(pen, closingWords[closing.by])),
  column('企业评价（5分制）', 'Rating (of 5)', widths.words, ({ issue }) => issue.closing?.rating),
  column('撤回时间', 'Withdrawn', widths.moment, ({ issue }, pen) => moment(issue.withdrawnAt, pen)),
  column('是否逾期', 'Overdue', widths.count, ({ issue }, pen) => yes(isOverdue(issue, pen.now), pen)),
  column('督办级别', 'Level', widths.count, ({ issue }) => issue.level),
  column('延期工作日', 'Extended by, working days', widths.words, ({ issue }) => (isExtended(issue) ? extendedBy(issue) : 0)),
  // While it was merged its clocks stood still, too; that is no pause that anybody was granted.
  column('暂停次数', 'Pauses', widths.count, ({ issue }) => issue.pauses.filter(({ waitingFor }) => waitingFor !== 'other-issue').length),
  column('重办次数', 'Reopened', widths.count, ({ issue }) => issue.reopened.length),
  column('协办事项', 'Pieces', widths.count, ({ issue }) => issue.pieces.length),
  column('解释办结', 'Explained', widths.count, ({ issue }, pen) => yes(issue.explained === true, pen)),
  column('并入', 'Merged into', widths.number, ({ issue }) => issue.mergedInto),
  column('时限暂定', 'Provisional', widths.count, ({ issue }, pen) => yes(isProvisional(issue), pen)),
]

const visitColumns: readonly Column<VisitRow>[] = [
  column('走访日期', 'Day', widths.number, ({ visit }) => ({ date: visit.visitedOn })),
  column('起', 'From', widths.count, ({ visit }) => visit.from),
  column('止', 'Until', widths.count, ({ visit }) => visit.until),
  column('工号', 'Staff number', widths.words, ({ visit }) => visit.officerId),
  column('干部', 'Officer', widths.name, ({ officer }) => officer),
  column('现部门', 'Department today', widths.department, ({ department }) => department),
  column('企业代码', 'Enterprise code', widths.code, ({ visit }) => visit.enterpriseId),
  column('企业名称', 'Enterprise', widths.enterprise, ({ enterprise }) => enterprise),
  column('走访方式', 'Mode', widths.words, ({ visit }, pen) => said(pen, visitModeTerms[visit.mode])),
  column('是否计入', 'Counts', widths.count, ({ visit }, pen) => yes(visit.counted, pen)),
  column('未计入原因', 'Why not', widths.department, ({ visit }, pen) => visit.reasonNotCounted && said(pen, notCountedTerms[visit.reasonNotCounted])),
  column('一同走访的干部', 'Others along', widths.department, ({ companions }, { language }) => (companions.length === 0 ? undefined : companions.join(language === 'zh' ? '、' : ', '))),
  column('讲解的政策', 'Measures explained', widths.department, ({ visit: { measures = [] } }, { language }) => (measures.length === 0 ? undefined : measures.join(language === 'zh' ? '、' : ', '))),
  column('走访纪要', 'What was written', 2 * widths.text, ({ visit }) => visit.summary),
  column('登记时间', 'Entered', widths.moment, ({ visit }, pen) => moment(parseInstant(visit.recordedAt), pen)),
  column('登记人', 'Entered by', widths.name, ({ recordedBy }) => recordedBy),
  column('走访编号', 'Visit id', widths.text, ({ visit }) => visit.visitId),
]

const quotaColumns: readonly Column<QuotaRow>[] = [
  column('月份', 'Month', widths.count, ({ quota }) => quota.month),
  column('工号', 'Staff number', widths.words, ({ quota }) => quota.officerId),
  column('干部', 'Officer', widths.name, ({ officer }) => officer),
  column('现部门', 'Department today', widths.department, ({ department }) => department),
  column('企业代码', 'Enterprise code', widths.code, ({ quota }) => quota.enterpriseId),
  column('企业名称', 'Enterprise', widths.enterprise, ({ enterprise }) => enterprise),
  column('应走访次数', 'Visits owed', widths.words, ({ quota }) => quota.required),
  column('计入次数', 'Visits counted', widths.words, ({ quota }) => quota.counted),
  column('尚缺次数', 'Visits missing', widths.words, ({ quota }) => missing(quota)),
  column('是否达标', 'Fulfilled', widths.count, ({ quota }, pen) => yes(!isShort(quota), pen)),
  column('容错', 'Exempt', widths.count, ({ quota }, pen) => yes(quota.exempt, pen)),
  column('容错情形', 'Reason', widths.department, ({ quota }, pen) => quota.exemptReason && said(pen, exemptionTerms[quota.exemptReason])),
]

/** What is still owed; whoever is exempt owes nothing. */
const missing = (quota: Quota): number => (isShort(quota) ? quota.required - quota.counted : 0)

const sheetWith = <R>(name: Wording, columns: readonly Column<R>[], rows: AsyncIterable<R>, pen: BookPen): Sheet => ({
  name: said(pen, name),
  headers: columns.map(([heading]) => said(pen, heading)),
  widths: columns.map(([, width]) => width),
  rows: written(columns, rows, pen),
})

async function* written<R>(columns: readonly Column<R>[], rows: AsyncIterable<R>, pen: BookPen): AsyncGenerator<readonly Value[]> {
  for await (const row of rows) yield columns.map(([, , value]) => value(row, pen))
}

export const ledgerSheet = (rows: AsyncIterable<LedgerRow>, pen: BookPen): Sheet => sheetWith({ zh: '台账', en: 'Ledger' }, ledgerColumns, rows, pen)
export const visitSheet = (rows: AsyncIterable<VisitRow>, pen: BookPen): Sheet => sheetWith({ zh: '走访记录', en: 'Visits' }, visitColumns, rows, pen)
export const quotaSheet = (rows: AsyncIterable<QuotaRow>, pen: BookPen): Sheet => sheetWith({ zh: '走访达标情况', en: 'Quota' }, quotaColumns, rows, pen)
