import * as z from 'zod/mini'
import { line, localDate, measureCode, prose } from '../contract/field.ts'
import { Problem } from '../contract/problem.ts'

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
