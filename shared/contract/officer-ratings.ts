import * as z from 'zod/mini'
import { roundSchema } from '../officer-rating/officer-rating.ts'
import { code, listOf, officerCode, paging } from './field.ts'
import { operation, type Access } from './operation.ts'

/** How the enterprises of an officer have rated him or her in a round, once that is over. */
const officerRatingAnswer = z.strictObject({
  officerId: z.string(),
  round: z.string(),
  /** Whether there were answers enough to show any. */
  shown: z.boolean(),
  answers: z.optional(z.int()),
  average: z.optional(z.number()),
  byRating: z.optional(z.strictObject({ 5: z.int(), 4: z.int(), 3: z.int(), 2: z.int(), 1: z.int() })),
})

const readers: Access = { officer: 'own', director: 'department', supervisor: 'any', admin: 'any' }

const note = {
  zh: '每半年末月（6月、12月）的首个工作日起至月末，企业可通过专用链接对结对干部评议一次（五档，可更改，以最后一次为准）。评议结束后方可查看；不足五家企业评议的，不显示任何结果，任何人均不能查看单个企业的评议。',
  en: 'From the first working day of June and of December to the end of that month, each enterprise can rate its officer by its own link, in five levels; the last answer counts. Results can be read once the round is over. With fewer than five answers nothing of them is shown, and nobody reads a single one.',
}

export const getOfficerRating = operation({
  id: 'getOfficerRating', method: 'GET', path: '/v1/officer-ratings/{round}/officers/{officerId}', owner: 'reports', access: readers,
  summary: { zh: '查看一名干部的企业评议结果', en: 'How the enterprises rated an officer in a half-year' }, note,
  params: z.strictObject({ round: roundSchema, officerId: officerCode }), status: 200, response: officerRatingAnswer,
  problems: ['officer-not-found', 'round-not-over'],
})
export const listOfficerRatings = operation({
  id: 'listOfficerRatings', method: 'GET', path: '/v1/officer-ratings/{round}/officers', owner: 'reports', access: { director: 'department', supervisor: 'any', admin: 'any' },
  summary: { zh: '查看各干部的企业评议结果（按工号排列，不排名）', en: 'The same of every officer, in the order of their staff numbers' }, note,
  params: z.strictObject({ round: roundSchema }), query: z.strictObject({ departmentId: z.optional(code), ...paging }), status: 200, response: listOf(officerRatingAnswer),
  problems: ['department-not-found', 'round-not-over'],
})

export const officerRatingOperations = [getOfficerRating, listOfficerRatings] as const
