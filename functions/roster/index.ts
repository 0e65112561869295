import { rosterOperations } from '../../shared/contract/roster.ts'
import { serveApi } from '../http/serve.ts'
import { env } from './env.ts'
import { rosterHandlers } from './handler.ts'

export const handler = serveApi(rosterOperations, env.parse(process.env), rosterHandlers)
