import { issueOperations } from '../../shared/contract/issues.ts'
import { serveApi } from '../http/serve.ts'
import { env } from './env.ts'
import { issueHandlers } from './handler.ts'

export const handler = serveApi(issueOperations, env.parse(process.env), issueHandlers)
