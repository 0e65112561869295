import * as z from 'zod/mini'
import type { LocalDate } from '../calendar/date.ts'
import { fault, line, localDate, measureCode, prose } from '../contract/field.ts'
import { listed, Problem, type Wording } from '../contract/problem.ts'
import type { Pairing } from '../roster/roster.ts'

/** 惠企政策: a support measure that officers explain to enterprises (送政策), valid from a day, until a day (both included). */
export const measureSchema = z.strictObject({
  measureId: measureCode,
  title: line(200),
  /** 文号, of what was published; guides and leaflets have none. */
  documentNumber: z.optional(line(100)),
  summary: prose(2000),
  validFrom: localDate,
  validUntil: z.optional(localDate),
})
export type Measure = z.infer<typeof measureSchema>

/** @throws Problem `measure-ends-before-start` */
export const demandEndsAfterStart = ({ validFrom, validUntil }: Pick<Measure, 'validFrom' | 'validUntil'>): void => {
  if (validUntil !== undefined && validUntil < validFrom) throw new Problem('measure-ends-before-start', { validFrom })
}

/** The measures that one visit explained. */
export const explainedSchema = z.array(measureCode).check(z.maxLength(20), z.refine(ids => new Set(ids).size === ids.length, fault('duplicate-value')))

const isValidOn = ({ validFrom, validUntil }: Measure, date: LocalDate): boolean => validFrom <= date && (validUntil === undefined || date <= validUntil)

const withPeriod = ({ measureId, validFrom, validUntil }: Measure): Wording =>
  validUntil === undefined
    ? { zh: `${measureId}（自 ${validFrom} 起）`, en: `${measureId} (from ${validFrom} on)` }
    : { zh: `${measureId}（${validFrom} 至 ${validUntil}）`, en: `${measureId} (${validFrom} to ${validUntil})` }

/**
 * What a visit explained stands in the catalogue, and was valid on that day. All that does not is named at once.
 * @throws Problem `measure-not-found`, `measure-not-valid`
 */
export const demandExplainable = (measureIds: readonly string[], catalogue: readonly Measure[], visitedOn: LocalDate): void => {
  const known = new Set(catalogue.map(({ measureId }) => measureId))
  const unknown = measureIds.filter(id => !known.has(id))
  if (unknown.length > 0) throw new Problem('measure-not-found', { id: listed(unknown.map(id => ({ zh: id, en: id }))) })
  const outside = catalogue.filter(measure => measureIds.includes(measure.measureId) && !isValidOn(measure, visitedOn))
  if (outside.length > 0) throw new Problem('measure-not-valid', { date: visitedOn, measures: listed(outside.map(withPeriod)) })
}

/**
 * The day a measure was delivered to an enterprise: the first on which anybody explained it there, in whatever order the
 * visits are entered. A later visit changes nothing.
 */
export const firstDelivery = (known: LocalDate | undefined, visitedOn: LocalDate): LocalDate => (known === undefined || visitedOn < known ? visitedOn : known)

/** One line of the list of a measure: two who are paired, and since when the enterprise has had the measure explained. */
export interface Delivery {
  readonly officerId: string
  readonly enterpriseId: string
  readonly deliveredOn?: LocalDate
}

/**
 * A measure is delivered to the enterprise, not to a pairing: who takes it over need not explain it again.
 * @param days when the measure was delivered, by enterprise
 */
export const deliveriesTo = (pairings: readonly Pick<Pairing, 'officerId' | 'enterpriseId'>[], days: ReadonlyMap<string, LocalDate>): readonly Delivery[] =>
  pairings.map(({ officerId, enterpriseId }) => {
    const deliveredOn = days.get(enterpriseId)
    return { officerId, enterpriseId, ...(deliveredOn === undefined ? {} : { deliveredOn }) }
  })

export const isDelivered = ({ deliveredOn }: Delivery): boolean => deliveredOn !== undefined
