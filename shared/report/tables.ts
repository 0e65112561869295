import type { Month } from '../calendar/date.ts'
import type { Wording } from '../contract/problem.ts'
import type { Bulletin } from '../contract/reports.ts'
import { categories, categoryNames, tiers } from '../issue/category.ts'
import type { Sheet, Value } from './workbook.ts'
import { figureNames, figures, type Figure } from './figure.ts'
import { rateNames, rates, type Rate } from './rate.ts'

/** A bulletin with the names of its departments and measures, for people to read. */
export interface NamedBulletin extends Omit<Bulletin, 'byDepartment' | 'byMeasure'> {
  readonly byDepartment: readonly (Bulletin['byDepartment'][number] & { readonly departmentName: string })[]
  readonly byMeasure: readonly (Bulletin['byMeasure'][number] & { readonly title: string })[]
}

/** What stands in a cell. A percentage is missing where there was nothing to divide by. */
export type Cell = { readonly text: string } | { readonly count: number } | { readonly percent: number | undefined }

/** A table of the bulletin, the same in a mail, on its page and in its workbook. The last row of some is their total. */
export interface ReportTable {
  readonly id: string
  readonly title: string
  readonly headers: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  readonly hasTotal: boolean
  /** What has to be known to read it. */
  readonly note?: string
}

/** What the tables are written with: the reader's language, and how a month is written in it. */
export interface ReportPen {
  readonly say: (zh: string, en: string) => string
  readonly term: (wording: Wording) => string
  readonly month: (month: Month) => string
}

const text = (words: string): Cell => ({ text: words })
const count = (value: number): Cell => ({ count: value })
const percent = (value: number | undefined): Cell => ({ percent: value })

/** All tables of the bulletin, in the order an office reads them. */
export const tablesOf = (bulletin: NamedBulletin, pen: ReportPen): readonly ReportTable[] => [
  ratesTable(bulletin, pen),
  besideLastMonth('visits', pen.say('走访情况', 'Visits'), ofVisits, bulletin, pen),
  besideLastMonth('ledger', pen.say('问题台账', 'The ledger'), ofLedger, bulletin, pen),
  byTier(bulletin, pen),
  byCategory(bulletin, pen),
  besideLastMonth('cases', pen.say('绿色通道', 'Green channel'), ofCases, bulletin, pen),
  besideLastMonth('sessions', pen.say('现场办公与送政策', 'Sessions and measures'), ofSessions, bulletin, pen),
  ...(bulletin.byMeasure.length === 0 ? [] : [byMeasure(bulletin, pen)]),
  ...(hasProjects(bulletin) ? [besideLastMonth('projects', pen.say('项目投资（半年度累计）', 'Projects (half-year to date)'), ofProjects, bulletin, pen)] : []),
  byDepartment(bulletin, pen),
]

const ofVisits: readonly Figure[] = [
  'officers', 'visits', 'officersThreeOrMore', 'officersTwo', 'officersOne', 'officersNone',
  'officersAway', 'officersEnterpriseUnavailable', 'officersHealth', 'officersTraining', 'officersUnexplained',
  'pairingsOwed', 'pairingsFulfilled', 'pairingsExempt',
]
const ofLedger: readonly Figure[] = ['issuesCarried', 'issuesRaised', 'issuesClosed', 'issuesOverridden', 'issuesWithdrawn', 'issuesOpen', 'issuesOverdue', 'issuesAwaitingRating', 'issuesReopened']
const ofCases: readonly Figure[] = ['casesCarried', 'casesOpened', 'casesCompleted', 'casesRefused', 'casesWithdrawn', 'casesOpen', 'daysStatutory', 'daysTaken', 'daysSaved']
const ofSessions: readonly Figure[] = ['sessionsHeld', 'decisionsMade', 'decisionsOpen', 'deliveries']

const ofProjects: readonly Figure[] = ['projectsPlanned', 'investmentPlanned', 'investmentMade', 'projectsBehind', 'projectsUnreported', 'milestonesDue', 'milestonesReached']

/** A district without projects is not shown what it has not. */
const hasProjects = ({ figures: values, before }: NamedBulletin): boolean => ofProjects.some(name => values[name] !== 0 || before.figures[name] !== 0)

const besideLastMonth = (id: string, title: string, names: readonly Figure[], { month, figures: values, before }: NamedBulletin, pen: ReportPen): ReportTable => ({
  id,
  title,
  headers: [pen.say('指标', 'Figure'), pen.month(month), pen.month(before.month)],
  rows: names.map(name => [text(pen.term(figures[name].words)), count(values[name]), count(before.figures[name])]),
  hasTotal: false,
})

const ratesIn = (bulletin: NamedBulletin): readonly Rate[] => rateNames.filter(name => name !== 'investment' || hasProjects(bulletin))

/** What is divided by what. */
const formulaOf = (name: Rate, term: ReportPen['term']): string => `${term(figures[rates[name].numerator].words)} ÷ ${term(figures[rates[name].denominator].words)}`

const ratesTable = (bulletin: NamedBulletin, { say, term, month }: ReportPen): ReportTable => ({
  id: 'rates',
  title: say('主要比率', 'Rates'),
  headers: [say('比率', 'Rate'), month(bulletin.month), say('分子', 'Part'), say('分母', 'Whole'), month(bulletin.before.month)],
  rows: ratesIn(bulletin).map(name => {
    const { numerator, denominator, percent: value } = bulletin.rates[name]
    return [text(term(rates[name].words)), percent(value), count(numerator), count(denominator), percent(bulletin.before.rates[name].percent)]
  }),
  hasTotal: false,
  note: ratesIn(bulletin).map(name => `${term(rates[name].words)}${say('＝', ' = ')}${formulaOf(name, term)}`).join(say('；', '; ')),
})

const ofParts = ['issuesRaised', 'raisedResolved', 'issuesClosed', 'issuesOpen', 'issuesOverdue', 'issuesReopened'] as const satisfies readonly Figure[]

const partsOf = (id: string, title: string, name: string, parts: readonly { readonly name: string; readonly sums: Bulletin['byTier']['A'] }[], total: Bulletin['figures'], { say, term }: ReportPen): ReportTable => ({
  id,
  title,
  headers: [name, ...ofParts.map(figure => term(figures[figure].words))],
  rows: [...parts.map(part => [text(part.name), ...ofParts.map(figure => count(part.sums[figure]))]), [text(say('合计', 'Total')), ...ofParts.map(figure => count(total[figure]))]],
  hasTotal: true,
})

const byTier = (bulletin: NamedBulletin, pen: ReportPen): ReportTable =>
  partsOf('tiers', pen.say('问题（按类别）', 'Issues by tier'), pen.say('类别', 'Tier'), tiers.map(tier => ({ name: pen.say(`${tier}类`, tier), sums: bulletin.byTier[tier] })), bulletin.figures, pen)

const byCategory = (bulletin: NamedBulletin, pen: ReportPen): ReportTable =>
  partsOf('categories', pen.say('问题（按领域）', 'Issues by category'), pen.say('领域', 'Category'), categoryNames.map(name => ({ name: pen.term(categories[name]), sums: bulletin.byCategory[name] })), bulletin.figures, pen)

const byMeasure = ({ byMeasure: measures, figures: { deliveries } }: NamedBulletin, { say }: ReportPen): ReportTable => ({
  id: 'measures',
  title: say('送政策明细', 'Measures delivered'),
  headers: [say('政策', 'Measure'), say('首次讲解企业数', 'Enterprises')],
  rows: [...measures.map(({ title, deliveries: delivered }) => [text(title), count(delivered)]), [text(say('合计', 'Total')), count(deliveries)]],
  hasTotal: true,
})

const ofDepartments = ['officers', 'visits', 'issuesRaised', 'raisedResolved', 'issuesOpen', 'issuesOverdue'] as const satisfies readonly Figure[]
const ratesOfDepartments = ['quota', 'inTime', 'satisfaction'] as const

const byDepartment = ({ byDepartment: departments, figures: total, rates: totalRates }: NamedBulletin, { say, term }: ReportPen): ReportTable => {
  const row = (name: string, values: Bulletin['figures'], ratios: Bulletin['rates']): readonly Cell[] => [
    text(name),
    ...ofDepartments.map(figure => count(values[figure])),
    ...ratesOfDepartments.map(rate => percent(ratios[rate].percent)),
  ]
  return {
    id: 'departments',
    title: say('各部门情况', 'Departments'),
    headers: [say('部门', 'Department'), ...ofDepartments.map(figure => term(figures[figure].words)), ...ratesOfDepartments.map(rate => term(rates[rate].words))],
    rows: [...departments.map(({ departmentName, figures: values, rates: ratios }) => row(departmentName, values, ratios)), row(say('合计', 'Total'), total, totalRates)],
    hasTotal: true,
  }
}

/** 指标口径: what every figure of the bulletin counts and leaves out, and what its rates divide, in words. */
export const definitionsOf = (bulletin: NamedBulletin, { say, term }: ReportPen): ReportTable => ({
  id: 'definitions',
  title: say('指标口径', 'Definitions'),
  headers: [say('指标', 'Figure'), say('口径', 'What it counts')],
  rows: [
    ...ratesIn(bulletin).map(name => [text(term(rates[name].words)), text(formulaOf(name, term))]),
    ...figureNames.filter(name => figures[name].of !== 'project' || hasProjects(bulletin)).map(name => [text(term(figures[name].words)), text(term(figures[name].counts))]),
  ],
  hasTotal: false,
})

/** `96.4%`; a dash where there was nothing to divide by. */
export const formatPercent = (value: number | undefined): string => (value === undefined ? '—' : `${value}%`)

/** The tables as the sheets of a workbook, their numbers as numbers. */
export const sheetsOf = (tables: readonly ReportTable[]): readonly Sheet[] => tables.map(({ title, headers, rows, hasTotal }) => ({ name: title, headers, rows: rows.map(row => row.map(valueOf)), totals: hasTotal ? 1 : 0 }))

const valueOf = (cell: Cell): Value => ('text' in cell ? cell.text : 'count' in cell ? cell.count : cell.percent === undefined ? undefined : { percent: cell.percent })
