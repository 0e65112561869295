import * as z from 'zod/mini'
import type { Instant } from '../calendar/zone.ts'
import { prose } from '../contract/field.ts'
import { Problem } from '../contract/problem.ts'
import type { Assessment, KeptSheet } from './assessment.ts'

/** 个人排名: off unless a supervisor turns them on, with a reason. Central rules of 2023 ask not to rank individuals. */

export const rankingsReason = prose(1000)

/** The switch as it was set; each setting is kept, and none is ever changed. */
export const rankingsSchema = z.strictObject({ version: z.int(), on: z.boolean(), reason: rankingsReason, by: z.string(), at: z.int() })
export type Rankings = z.infer<typeof rankingsSchema>

/** Sets the switch. Set again as it is, for the same reason, it stays as it was. */
export const setRankings = (before: Rankings | undefined, { on, reason }: Pick<Rankings, 'on' | 'reason'>, by: string, now: Instant): Rankings =>
  before !== undefined && before.on === on && before.reason === reason ? before : { version: (before?.version ?? 0) + 1, on, reason, by, at: now }

/** @throws Problem `rankings-off`; `assessment-not-final` before it is final and sealed */
export const demandRankable = (rankings: Rankings | undefined, { status, hash }: Pick<Assessment, 'status' | 'hash'>): void => {
  if (rankings?.on !== true) throw new Problem('rankings-off')
  if (status !== 'final' || hash === undefined) throw new Problem('assessment-not-final')
}

/** An officer's place. */
export interface Place {
  readonly place: number
  readonly officerId: string
  readonly total: number
}

/** Officers by their totals, the highest first; who has the same shares the place, and the next comes after all of them. Who has no total is left out. */
export const placesOf = (sheets: readonly Pick<KeptSheet, 'subject' | 'sheet'>[]): readonly Place[] => {
  const ordered = sheets
    .flatMap(({ subject, sheet: { total } }) => ('officerId' in subject && total !== undefined ? [{ officerId: subject.officerId, total }] : []))
    .sort((one, other) => other.total - one.total || (one.officerId < other.officerId ? -1 : 1))
  return ordered.map(each => ({ place: ordered.findIndex(({ total }) => total === each.total) + 1, ...each }))
}
