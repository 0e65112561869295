import type { Wording } from '../contract/problem.ts'
import type { Figure } from './figure.ts'

interface Ratio {
  readonly words: Wording
  readonly numerator: Figure
  readonly denominator: Figure
  /** The one is not a part of the other: it can come to more than all of it. */
  readonly isNoPart?: true
}

/** Every rate of the reports: one figure over another. The three rates 三率 are response, resolution and satisfaction. */
export const rates = {
  quota: { words: { zh: '走访达标率', en: 'quota kept' }, numerator: 'pairingsFulfilled', denominator: 'pairingsOwed' },
  response: { words: { zh: '响应率', en: 'response rate' }, numerator: 'repliesInTime', denominator: 'repliesDue' },
  resolution: { words: { zh: '办结率', en: 'resolution rate' }, numerator: 'raisedResolved', denominator: 'raisedToResolve' },
  inTime: { words: { zh: '按期办结率', en: 'resolved in time' }, numerator: 'resolutionsInTime', denominator: 'resolutionsDue' },
  satisfaction: { words: { zh: '满意率', en: 'satisfaction rate' }, numerator: 'ratingsSatisfied', denominator: 'ratings' },
  investment: { words: { zh: '投资完成率', en: 'investment made' }, numerator: 'investmentMade', denominator: 'investmentPlanned', isNoPart: true },
} as const satisfies Record<string, Ratio>

export type Rate = keyof typeof rates
export const rateNames = Object.keys(rates) as readonly Rate[]

/** In percent, to one decimal; nothing where there is nothing to divide by. */
export const percentOf = (numerator: number, denominator: number): number | undefined => (denominator === 0 ? undefined : Math.round((1000 * numerator) / denominator) / 10)
