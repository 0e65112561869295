import * as z from 'zod/mini'
import { halfYearPattern } from '../calendar/half-year.ts'
import { enterpriseId, officerCode, written } from '../contract/field.ts'
import { ratings, ratingSchema, type Rating } from '../issue/rating.ts'

export const roundSchema = written(halfYearPattern, '2026-H1')

/** What an enterprise says of its officer in a round: the last answer counts. Nobody reads it by itself. */
export const officerRatingSchema = z.strictObject({ round: roundSchema, officerId: officerCode, enterpriseId, rating: ratingSchema, at: z.int() })
export type OfficerRating = z.infer<typeof officerRatingSchema>

/** Fewer answers would tell who has given which. */
const answersAtLeast = 5

/** What is told of an officer's round: how many answers of each kind, if there are enough; otherwise only that there are not. */
export type RatingSummary =
  | { readonly shown: false }
  | { readonly shown: true; readonly answers: number; readonly average: number; readonly byRating: Readonly<Record<Rating, number>> }

/** Sums a round up for whoever may see it. The average to two decimals. */
export const summaryOf = (answers: readonly Pick<OfficerRating, 'rating'>[]): RatingSummary => {
  if (answers.length < answersAtLeast) return { shown: false }
  const countOf = (rating: Rating): number => answers.filter(each => each.rating === rating).length
  const sum = ratings.reduce((total, rating) => total + rating * countOf(rating), 0)
  return {
    shown: true,
    answers: answers.length,
    average: Math.round((100 * sum) / answers.length) / 100,
    byRating: { 5: countOf(5), 4: countOf(4), 3: countOf(3), 2: countOf(2), 1: countOf(1) },
  }
}
