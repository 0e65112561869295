import { addDays, addMonths, firstDayOfMonth, monthOf, type LocalDate, type Month } from '../calendar/date.ts'
import { workingDayOnOrAfter, type Calendar } from '../calendar/working-day.ts'
import type { Instant } from '../calendar/zone.ts'
import { rateOf, type Bulletin } from '../contract/reports.ts'
import { categoryNames, tiers } from '../issue/category.ts'
import { figureNames, figures, type Figure } from './figure.ts'
import { rateNames, type Rate } from './rate.ts'
import { valueOf, type Sums, type Tally } from './tally.ts'

/** A bulletin as it was issued: what was counted, and by which rules. */
export interface IssuedBulletin {
  readonly month: Month
  readonly issuedAt: Instant
  readonly policyVersion: number
  readonly calendarVersion: number
  readonly tally: Tally
  /** What departments and measures were called then. */
  readonly departmentNames: ReadonlyMap<string, string>
  readonly measureTitles: ReadonlyMap<string, string>
  readonly before: { readonly month: Month; readonly sums: Sums }
}

/** So long after its day a bulletin is still issued: past an outage, but not for the months before a district began. */
const daysLateAtMost = 7

/** Which month's bulletin is due, and whether it is on that day: the first working day of the next month, or one soon after it. */
export const bulletinDueOn = (date: LocalDate, calendar: Calendar): { readonly month: Month; readonly isDue: boolean } => {
  const month = monthOf(date)
  const first = workingDayOnOrAfter(calendar, firstDayOfMonth(month)).date
  return { month: addMonths(month, -1), isDue: first <= date && date <= addDays(first, daysLateAtMost) }
}

/** Whether anybody was paired, or anything was raised or open, in the month. */
export const saysAnything = ({ all }: Tally): boolean => Object.keys(all).length > 0

/** Where an issued bulletin and the records as they are now say different things. */
export interface Difference {
  readonly figure: Figure
  /** Of one department, or of the whole district. */
  readonly departmentId?: string
  readonly issued: number
  readonly counted: number
}

/** Every figure, of the district and of each department, that the records now give another value. */
export const differences = (issued: Tally, counted: Tally): readonly Difference[] => {
  const between = (one: Sums | undefined, other: Sums | undefined, departmentId?: string): readonly Difference[] =>
    figureNames
      .map(figure => ({ figure, ...(departmentId === undefined ? {} : { departmentId }), issued: valueOf(one, figure), counted: valueOf(other, figure) }))
      .filter(each => each.issued !== each.counted)
  const departments = [...new Set([...Object.keys(issued.byDepartment), ...Object.keys(counted.byDepartment)])].sort()
  return [...between(issued.all, counted.all), ...departments.flatMap(id => between(issued.byDepartment[id], counted.byDepartment[id], id))]
}

/** 简报: the month's tally laid out, with the month before. Whatever was not counted is zero, so that every table is whole. */
export const layOut = (month: Month, tally: Tally, before: IssuedBulletin['before']): Omit<Bulletin, 'countedAt' | 'issued'> => ({
  month,
  ...whole(tally.all),
  byTier: forEach(tiers, tier => ofIssues(tally.byTier[tier])),
  byCategory: forEach(categoryNames, category => ofIssues(tally.byCategory[category])),
  byDepartment: inOrder(tally.byDepartment).map(([departmentId, sums]) => ({ departmentId, ...whole(sums) })),
  byMeasure: inOrder(tally.byMeasure).map(([measureId, sums]) => ({ measureId, deliveries: valueOf(sums, 'deliveries') })).sort((one, other) => other.deliveries - one.deliveries),
  before: { month: before.month, ...whole(before.sums) },
})

/** Departments and measures by their codes, however they were read. */
const inOrder = (parts: Readonly<Record<string, Sums>>): readonly (readonly [string, Sums])[] => Object.entries(parts).sort(([one], [other]) => (one < other ? -1 : 1))

const forEach = <K extends string, T>(names: readonly K[], of: (name: K) => T): Record<K, T> => Object.fromEntries(names.map(name => [name, of(name)])) as Record<K, T>

const whole = (sums: Sums): { figures: Record<Figure, number>; rates: Record<Rate, ReturnType<typeof rateOf>> } => ({
  figures: forEach(figureNames, figure => valueOf(sums, figure)),
  rates: forEach(rateNames, rate => rateOf(rate, figure => valueOf(sums, figure))),
})

type OfIssues = Bulletin['byTier']['A']
const issueFigures = figureNames.filter((name): name is keyof OfIssues => figures[name].of === 'issue')
const ofIssues = (sums: Sums | undefined): OfIssues => forEach(issueFigures, figure => valueOf(sums, figure))
