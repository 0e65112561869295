import { projectOperations } from '../../shared/contract/projects.ts'
import { serveApi } from '../http/serve.ts'
import { env } from './env.ts'
import { projectHandlers } from './handler.ts'

export const handler = serveApi(projectOperations, env.parse(process.env), projectHandlers)
