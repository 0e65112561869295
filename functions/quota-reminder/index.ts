import { env } from './env.ts'

export const handler = (event: unknown): unknown => ({ event, env: env.parse(process.env) })
