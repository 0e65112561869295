import { exportOperations } from '../../shared/contract/exports.ts'
import { serveApi } from '../http/serve.ts'
import { env } from './env.ts'
import { exportHandlers } from './handler.ts'

export const handler = serveApi(exportOperations, env.parse(process.env), exportHandlers)
