import * as z from 'zod/mini'
import { categoryNames, tiers } from '../issue/category.ts'
import { figureNames, figures, subjects, type Figure } from '../report/figure.ts'
import { percentOf, rateNames, rates, type Rate } from '../report/rate.ts'
import { code, instant, listOf, month, paging } from './field.ts'
import { operation, type Access } from './operation.ts'

const wording = z.strictObject({ zh: z.string(), en: z.string() })
const oneForEach = <K extends string, S extends z.ZodMiniType>(names: readonly K[], schema: S) => z.strictObject(Object.fromEntries(names.map(name => [name, schema])) as Record<K, S>)

/** Working days saved can be less than none; everything else counts from zero. */
const sumsSchema = oneForEach(figureNames, z.int())
const ofIssues = figureNames.filter((name): name is IssueFigure => figures[name].of === 'issue')
type IssueFigure = { [F in Figure]: (typeof figures)[F]['of'] extends 'issue' ? F : never }[Figure]
const issueSums = oneForEach(ofIssues, z.int())

/** One figure over another; without a rate where there is nothing to divide by. */
const rateSchema = z.strictObject({ numerator: z.int(), denominator: z.int(), percent: z.optional(z.number()) })
const ratesSchema = oneForEach(rateNames, rateSchema)

export const bulletinSchema = z.strictObject({
  month,
  /** When it was counted. */
  countedAt: instant,
  /** Whether it has been issued, and stays as it is. Before that it is counted anew whenever it is asked for. */
  issued: z.boolean(),
  figures: sumsSchema,
  rates: ratesSchema,
  byTier: oneForEach(tiers, issueSums),
  byCategory: oneForEach(categoryNames, issueSums),
  byDepartment: z.array(z.strictObject({ departmentId: code, figures: sumsSchema, rates: ratesSchema })),
  byMeasure: z.array(z.strictObject({ measureId: code, deliveries: z.int() })),
  /** The same of the whole district in the month before; of the first month there can be, of one that nobody can ask for. */
  before: z.strictObject({ month: z.string(), figures: sumsSchema, rates: ratesSchema }),
})
export type Bulletin = z.infer<typeof bulletinSchema>

const readers: Access = { director: 'any', supervisor: 'any', admin: 'any' }
/** Whoever may read the records themselves: a director those of the own department. */
const ofDepartment: Access = { director: 'department', supervisor: 'any', admin: 'any' }
const ofMonth = z.strictObject({ month })

export const getBulletin = operation({
  id: 'getBulletin', method: 'GET', path: '/v1/bulletins/{month}', owner: 'reports', access: readers,
  summary: { zh: '月度简报', en: 'The bulletin of a month' },
  note: {
    zh: '各项指标的口径见 GET /v1/figures，构成各项指标的记录见 GET /v1/bulletins/{month}/records。每月第一个工作日印发上月简报，此后不再变动；印发前按查询时的记录统计。',
    en: 'What each figure counts is told by GET /v1/figures; the records that make it up by GET /v1/bulletins/{month}/records. The bulletin of a month is issued on the first working day of the next and stays as it is from then on; before, it is counted when it is asked for.',
  },
  params: ofMonth, status: 200, response: bulletinSchema, problems: ['month-to-come', 'month-too-far-back'],
})

export const recountBulletin = operation({
  id: 'recountBulletin', method: 'GET', path: '/v1/bulletins/{month}/recount', owner: 'reports', access: readers,
  summary: { zh: '按现有记录重新统计已印发的简报，并与印发时比对', en: 'Count an issued bulletin anew from the records, and compare the two' },
  params: ofMonth, status: 200,
  response: z.strictObject({
    month, issuedAt: instant, countedAt: instant,
    /** Empty where both say the same. */
    differences: z.array(z.strictObject({ figure: z.enum(figureNames), departmentId: z.optional(code), issued: z.int(), counted: z.int() })),
  }),
  problems: ['month-to-come', 'month-too-far-back', 'bulletin-not-issued'],
})

const entry = <T extends string, S extends z.core.$ZodShape>(kind: T, shape: S) => z.strictObject({ kind: z.literal(kind), ...shape, departmentId: code, amount: z.int() })

/** A record behind a figure, and what it adds to it. */
export const figureRecordSchema = z.discriminatedUnion('kind', [
  entry('officer', { officerId: z.string() }),
  entry('issue', { issueId: z.string(), enterpriseId: z.string(), title: z.string(), tier: z.enum(tiers), category: z.enum(categoryNames), status: z.string() }),
  entry('case', { caseId: z.string(), enterpriseId: z.string(), title: z.string(), status: z.string() }),
  entry('session', { sessionId: z.string(), title: z.string() }),
  entry('delivery', { measureId: z.string(), enterpriseId: z.string(), officerId: z.string() }),
  entry('project', { enterpriseId: z.string() }),
])
export type FigureRecord = z.infer<typeof figureRecordSchema>

export const listFigureRecords = operation({
  id: 'listFigureRecords', method: 'GET', path: '/v1/bulletins/{month}/records', owner: 'reports', access: ofDepartment,
  summary: { zh: '构成简报某项指标的记录', en: 'The records that make up a figure of the bulletin' },
  note: {
    zh: '部门负责人查看本部门的记录，助企办查看全部或任一部门。问题类指标可按 tier、category 查询，送政策可按 measureId 查询。逐条列出计入该指标的记录及其数值（amount），合计即为按现有记录统计的指标值。已印发的简报保持印发时的数值，此后记录有变动的，合计可能与之不同；逐页查看期间有变动的问题和事项，可能重复列出或遗漏。',
    en: 'A director sees the records of the own department, the campaign office those of any, or all. Figures of issues can be asked for by tier and category, measures delivered by measureId. Each record that the figure counts, with what it adds (amount); their sum is the figure as the records have it now. An issued bulletin keeps the figures it was issued with, so the sum can differ from it where a record has changed since. An issue or a case that changes while the pages are walked can come twice, or not at all.',
  },
  params: ofMonth,
  query: z.strictObject({ figure: z.enum(figureNames), departmentId: z.optional(code), tier: z.optional(z.enum(tiers)), category: z.optional(z.enum(categoryNames)), measureId: z.optional(code), ...paging }),
  status: 200, response: listOf(figureRecordSchema), problems: ['month-to-come', 'month-too-far-back', 'department-not-found', 'filter-not-of-figure'],
})

export const listFigures = operation({
  id: 'listFigures', method: 'GET', path: '/v1/figures', owner: 'reports', access: readers,
  summary: { zh: '指标口径：各项指标统计什么、不计什么，各项比率的分子与分母', en: 'What each figure counts and leaves out, and what each rate divides by what' },
  status: 200,
  response: z.strictObject({
    figures: z.array(z.strictObject({ figure: z.enum(figureNames), of: z.enum(subjects), words: wording, counts: wording })),
    rates: z.array(z.strictObject({ rate: z.enum(rateNames), words: wording, numerator: z.enum(figureNames), denominator: z.enum(figureNames) })),
  }),
})

/** A rate as it follows from the figures. */
export const rateOf = (rate: Rate, value: (figure: Figure) => number): z.infer<typeof rateSchema> => {
  const [numerator, denominator] = [value(rates[rate].numerator), value(rates[rate].denominator)]
  const percent = percentOf(numerator, denominator)
  return { numerator, denominator, ...(percent === undefined ? {} : { percent }) }
}

export const reportOperations = [getBulletin, recountBulletin, listFigureRecords, listFigures] as const
