import * as z from 'zod/mini'
import { wholeNumber } from '../contract/field.ts'

const weight = wholeNumber(0, 100)
const points = wholeNumber(0, 100)

/** How much each rate weighs. What is entered comes to 100. */
const weightsSchema = z.strictObject({ quota: weight, response: weight, resolution: weight, inTime: weight, satisfaction: weight })
type Weights = z.infer<typeof weightsSchema>

/** Whether nothing is missing of the weights, and none is too much. */
export const isWhole = (weights: Weights): boolean => Object.values(weights).reduce((sum, each) => sum + each, 0) === 100

/** Points for each one, at most so many in all. */
const marked = z.strictObject({ each: points, atMost: points })

/** Points that are taken, or given for commendations; of levels, for each of the three. */
const marksSchema = z.strictObject({
  levels: z.strictObject({ each: z.tuple([points, points, points]), atMost: points }),
  flags: marked,
  criticisms: marked,
  commendations: marked,
})

/** What a sheet is reckoned by. */
export const assessmentRulesSchema = z.strictObject({ weights: weightsSchema, marks: marksSchema })
export type AssessmentRules = z.infer<typeof assessmentRulesSchema>
