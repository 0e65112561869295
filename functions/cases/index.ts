import { caseOperations } from '../../shared/contract/cases.ts'
import { serveApi } from '../http/serve.ts'
import { env } from './env.ts'
import { caseHandlers } from './handler.ts'
import { templateHandlers } from './templates.ts'

export const handler = serveApi(caseOperations, env.parse(process.env), dependencies => ({ ...caseHandlers(dependencies), ...templateHandlers(dependencies) }))
