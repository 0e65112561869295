import { assessmentOperations } from '../../shared/contract/assessments.ts'
import { serveApi } from '../http/serve.ts'
import { env } from './env.ts'
import { assessmentHandlers } from './handler.ts'

export const handler = serveApi(assessmentOperations, env.parse(process.env), assessmentHandlers)
