import { sessionOperations } from '../../shared/contract/sessions.ts'
import { serveApi } from '../http/serve.ts'
import { env } from './env.ts'
import { sessionHandlers } from './handler.ts'

export const handler = serveApi(sessionOperations, env.parse(process.env), sessionHandlers)
