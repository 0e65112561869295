import * as z from 'zod/mini'
import { prose } from '../contract/field.ts'
import type { Wording } from '../contract/problem.ts'

/** 好差评: what the enterprise says of a resolution. */
export const ratings = [5, 4, 3, 2, 1] as const
export type Rating = (typeof ratings)[number]

export const ratingWords: Readonly<Record<Rating, Wording>> = {
  5: { zh: '非常满意', en: 'very satisfied' },
  4: { zh: '满意', en: 'satisfied' },
  3: { zh: '基本满意', en: 'fairly satisfied' },
  2: { zh: '不满意', en: 'dissatisfied' },
  1: { zh: '非常不满意', en: 'very dissatisfied' },
}

/** What a rating comes to. Only `satisfied` closes an issue 销号. */
export type Verdict = 'satisfied' | 'dissatisfied'

const leastSatisfied: Rating = 3

export const verdictOf = (rating: Rating): Verdict => (rating >= leastSatisfied ? 'satisfied' : 'dissatisfied')

export const ratingSchema = z.literal(ratings)

/** A rating and the enterprise's own words. */
export const givenRatingSchema = z.strictObject({ rating: ratingSchema, words: z.optional(prose(1000)) })
export type GivenRating = z.infer<typeof givenRatingSchema>
