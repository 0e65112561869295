import { apiEnv } from '../http/env.ts'

export const env = apiEnv
