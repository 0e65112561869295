import { policyOperations } from '../../shared/contract/policy.ts'
import { serveApi } from '../http/serve.ts'
import { env } from './env.ts'
import { policyHandlers } from './handler.ts'

export const handler = serveApi(policyOperations, env.parse(process.env), policyHandlers)
