import { reportOperations } from '../../shared/contract/reports.ts'
import { worklistOperations } from '../../shared/contract/worklists.ts'
import { serveApi } from '../http/serve.ts'
import { env } from './env.ts'
import { reportHandlers } from './handler.ts'
import { worklistHandlers } from './worklists.ts'

export const handler = serveApi([...reportOperations, ...worklistOperations], env.parse(process.env), deps => ({ ...reportHandlers(deps), ...worklistHandlers(deps) }))
