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
  params: z.strictObject({ month }), status: 200, response: bulletinSchema, problems: ['month-to-come'],
})

export const reportOperations = [getBulletin] as const
