import * as z from 'zod/mini'
import { percentOf, rates } from '../report/rate.ts'
import { subjectSchema } from '../roster/subject.ts'
import { assessmentRulesSchema, type AssessmentRules } from './rules.ts'
import { assessedRates, amountsOf, componentNames, isRate, markNames, type Component, type Mark, type AssessedRate } from './component.ts'

/**
 * One record of the period: what it adds to what the components count. Its id names it (`issue/…`, `pairing/…`, `level/…`,
 * `flag/…`, `criticism/…`, `commendation/…`). `leftOut`: the components it would count for, had it not been exempted,
 * excused or taken back.
 */
export const recordSchema = z.strictObject({
  id: z.string(),
  amounts: z.record(z.string(), z.int()),
  leftOut: z.optional(z.array(z.enum(componentNames))),
})
export type SheetRecord = z.infer<typeof recordSchema>

/** Everything a sheet is made of. Frozen when it is drawn up. */
export const inputsSchema = z.strictObject({
  period: z.string(),
  subject: subjectSchema,
  rules: assessmentRulesSchema,
  records: z.array(recordSchema),
})
export type SheetInputs = z.infer<typeof inputsSchema>

/** A granted appeal: this record does not count for this component. */
export interface Adjustment {
  readonly component: Component
  readonly recordId: string
}

const rateLineSchema = z.strictObject({
  component: z.enum(assessedRates),
  numerator: z.int(),
  denominator: z.int(),
  /** Records left out because they were exempted, excused or taken back; and those that a granted appeal has left out. */
  leftOut: z.int(),
  adjusted: z.int(),
  /** As the policy has it. */
  weight: z.int(),
  /** With what it takes over from components that have nothing to divide by; none if it is itself one of those. */
  share: z.number(),
  /** 0 to 100; none where there is nothing to divide by. */
  points: z.optional(z.number()),
})
export type RateLine = z.infer<typeof rateLineSchema>

const markLineSchema = z.strictObject({
  component: z.enum(markNames),
  /** How many; of levels, how many of each. */
  counts: z.array(z.int()),
  leftOut: z.int(),
  adjusted: z.int(),
  /** Below zero where points are taken. */
  points: z.int(),
  /** Whether that is as far as it goes. */
  bounded: z.boolean(),
})
export type MarkLine = z.infer<typeof markLineSchema>

/** A sheet: every component, and the total to one decimal, unless there is nothing at all to assess. */
export const sheetSchema = z.strictObject({ rates: z.array(rateLineSchema), marks: z.array(markLineSchema), total: z.optional(z.number()) })
export type Sheet = z.infer<typeof sheetSchema>

/** A number that is reckoned with exactly: five denominators of thousands are more than a double holds. */
interface Fraction {
  readonly over: bigint
  readonly under: bigint
}

const zero: Fraction = { over: 0n, under: 1n }
const sumOf = (one: Fraction, other: Fraction): Fraction => ({ over: one.over * other.under + other.over * one.under, under: one.under * other.under })

/** To one decimal, half up. The only place where a total is rounded. */
const toOneDecimal = ({ over, under }: Fraction): number => Number((20n * over + under) / (2n * under)) / 10

const bounded = (value: Fraction): Fraction => (value.over < 0n ? zero : value.over > 100n * value.under ? { over: 100n, under: 1n } : value)

const countsFor = (component: Component, adjustments: readonly Adjustment[]) => ({ id, leftOut = [] }: SheetRecord): boolean =>
  !leftOut.includes(component) && !adjustments.some(each => each.component === component && each.recordId === id)

const amountIn = (records: readonly SheetRecord[], name: string): number => records.reduce((sum, { amounts }) => sum + (amounts[name] ?? 0), 0)

/** The records that a component left out because they were exempted, excused or taken back. */
export const leftOutOf = ({ records }: Pick<SheetInputs, 'records'>, component: Component): readonly string[] => records.filter(({ leftOut = [] }) => leftOut.includes(component)).map(({ id }) => id)

/** Whether the record counts for the component, so that an appeal can have it left out. */
export const isCountedFor = (record: SheetRecord, component: Component, adjustments: readonly Adjustment[]): boolean =>
  countsFor(component, adjustments)(record) && amountsOf(component).some(name => (record.amounts[name] ?? 0) !== 0)

/**
 * 考核: what the inputs come to. The same inputs give the same sheet, in whatever order their records are; nothing else is
 * looked at.
 */
export const assess = ({ records, rules }: Pick<SheetInputs, 'records' | 'rules'>, adjustments: readonly Adjustment[] = []): Sheet => {
  const beside = (component: Component) => ({
    leftOut: leftOutOf({ records }, component).length,
    adjusted: adjustments.filter(each => each.component === component).length,
  })
  const countedFor = (component: Component): readonly SheetRecord[] => records.filter(countsFor(component, adjustments))
  const ratios = assessedRates.map(component => {
    const counted = countedFor(component)
    return { component, numerator: amountIn(counted, rates[component].numerator), denominator: amountIn(counted, rates[component].denominator), weight: rules.weights[component] }
  })
  const marks = markNames.map(component => ({ component, ...markOf(component, countedFor(component), rules), ...beside(component) }))
  const weights = ratios.reduce((sum, { denominator, weight }) => sum + (denominator === 0 ? 0 : weight), 0)
  const lines = ratios.map(({ component, numerator, denominator, weight }): RateLine => {
    const points = percentOf(numerator, denominator)
    return { component, numerator, denominator, ...beside(component), weight, share: points === undefined ? 0 : (percentOf(weight, weights) ?? 0), ...(points === undefined ? {} : { points }) }
  })
  return { rates: lines, marks, ...(weights === 0 ? {} : { total: totalOf(ratios, weights, marks.reduce((sum, { points }) => sum + points, 0)) }) }
}

/** The weighted rates, and the marks. */
const totalOf = (ratios: readonly Pick<RateLine, 'numerator' | 'denominator' | 'weight'>[], weights: number, marks: number): number => {
  const weighted = ratios
    .filter(({ denominator }) => denominator > 0)
    .map(({ numerator, denominator, weight }): Fraction => ({ over: BigInt(100 * numerator * weight), under: BigInt(denominator * weights) }))
    .reduce(sumOf, zero)
  return toOneDecimal(bounded(sumOf(weighted, { over: BigInt(marks), under: 1n })))
}

const markOf = (mark: Mark, counted: readonly SheetRecord[], { marks }: AssessmentRules): Pick<MarkLine, 'counts' | 'points' | 'bounded'> => {
  const counts = amountsOf(mark).map(name => amountIn(counted, name))
  const { each, atMost } = marks[mark]
  const sum = counts.reduce((total, count, at) => total + count * ((typeof each === 'number' ? each : each[at]) ?? 0), 0)
  const points = Math.min(sum, atMost)
  return { counts, points: mark === 'commendations' ? points : 0 - points, bounded: sum > atMost }
}

/** A rate whose weight the others have taken over. */
export const isSpread = (line: Pick<RateLine, 'points' | 'weight'>): boolean => line.points === undefined && line.weight > 0

/** The numbers of a component, to be compared. */
export const numbersOf = ({ rates: lines, marks }: Sheet, component: Component): readonly number[] => {
  if (!isRate(component)) return marks.find(line => line.component === component)?.counts ?? []
  const line = lines.find((each): each is RateLine & { component: AssessedRate } => each.component === component)
  return line === undefined ? [] : [line.numerator, line.denominator]
}
