import * as z from 'zod/mini'
import { longestGapMinutes, someText } from '../../shared/contract/field.ts'

export const env = z.object({
  TABLE_NAME: someText,
  TIME_ZONE: someText,
  /** Told when nobody nearer can be reached; the bootstrap administrator. */
  ADMIN_EMAIL: z.email(),
  LONGEST_GAP_MINUTES: longestGapMinutes,
})
