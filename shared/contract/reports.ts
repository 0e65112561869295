import * as z from 'zod/mini'
import { tiers } from '../issue/category.ts'
import { exemptionReasons } from '../policy/policy.ts'
import { month } from './field.ts'
import { operation } from './operation.ts'

const count = z.int().check(z.minimum(0))
const raisedAndResolved = z.strictObject({ raised: count, resolved: count })

export const bulletinSchema = z.strictObject({
  month,
  officers: z.strictObject({
    total: count,
    visits: count,
    threeOrMore: count,
    two: count,
    one: count,
    none: count,
    noneReasons: z.strictObject({
      ...(Object.fromEntries(exemptionReasons.map(reason => [reason, count])) as Record<(typeof exemptionReasons)[number], typeof count>),
      unexplained: count,
    }),
  }),
  issues: z.strictObject({
    total: count,
    resolved: count,
    /** Of those, closed by a supervisor without the enterprise. */
    overridden: count,
    /** Of the total, taken back by the enterprise: neither solved nor left undone. */
    withdrawn: count,
    byTier: z.strictObject(
      Object.fromEntries(tiers.map(tier => [tier, raisedAndResolved])) as Record<(typeof tiers)[number], typeof raisedAndResolved>,
    ),
  }),
})
export type Bulletin = z.infer<typeof bulletinSchema>

export const getBulletin = operation({
  id: 'getBulletin', method: 'GET', path: '/v1/bulletins/{month}', owner: 'reports',
  access: { director: 'any', supervisor: 'any', admin: 'any' },
  summary: { zh: '月度简报', en: 'The bulletin of a month' },
  note: {
    zh: '干部：当月有结对的每人计一次；visits 为有效走访总数；无走访的按容错原因分列，另有企业未完成的计入 unexplained。问题：当月提出的计入 raised；截至月末已办结（含待评价、已销号、解释办结）的计入 resolved，其中助企办特批销号的另列 overridden；企业不满意而重新办理的不计，企业截至月末已撤回的另列 withdrawn，不计入已办结。',
    en: 'Officers: each who was paired in the month once; visits are those that count; who made none stands under the reason that was approved, or as unexplained where another enterprise was owed. Issues: raised in the month; resolved if they stood so at its end, rated or not, explained or solved; overridden are those among them that the campaign office closed without the enterprise. What the enterprise was not satisfied with is not resolved; what it had taken back by then is not either, and stands under withdrawn.',
  },
  params: z.strictObject({ month }), status: 200, response: bulletinSchema, problems: ['month-to-come'],
})

export const reportOperations = [getBulletin] as const
