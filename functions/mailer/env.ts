import { deliveryEnv } from '../outbox/env.ts'

export const env = deliveryEnv
