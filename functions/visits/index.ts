import { visitOperations } from '../../shared/contract/visits.ts'
import { serveApi } from '../http/serve.ts'
import { env } from './env.ts'
import { visitHandlers } from './handler.ts'

export const handler = serveApi(visitOperations, env.parse(process.env), visitHandlers)
