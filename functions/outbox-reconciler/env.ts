import * as z from 'zod/mini'
import { longestGapMinutes } from '../../shared/contract/field.ts'
import { deliveryEnv } from '../outbox/env.ts'

export const env = z.extend(deliveryEnv, { LONGEST_GAP_MINUTES: longestGapMinutes })
