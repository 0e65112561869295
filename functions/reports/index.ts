import { reportOperations } from '../../shared/contract/reports.ts'
import { serveApi } from '../http/serve.ts'
import { env } from './env.ts'
import { reportHandlers } from './handler.ts'

export const handler = serveApi(reportOperations, env.parse(process.env), reportHandlers)
