import { officerRatingOperations } from '../../shared/contract/officer-ratings.ts'
import { publishedNoticeOperations } from '../../shared/contract/published-notices.ts'
import { reportOperations } from '../../shared/contract/reports.ts'
import { worklistOperations } from '../../shared/contract/worklists.ts'
import { serveApi } from '../http/serve.ts'
import { env } from './env.ts'
import { reportHandlers } from './handler.ts'
import { officerRatingHandlers } from './officer-ratings.ts'
import { publishedNoticeHandlers } from './published-notices.ts'
import { worklistHandlers } from './worklists.ts'

export const handler = serveApi([...reportOperations, ...officerRatingOperations, ...worklistOperations, ...publishedNoticeOperations], env.parse(process.env), deps => ({ ...reportHandlers(deps), ...officerRatingHandlers(deps), ...worklistHandlers(deps), ...publishedNoticeHandlers(deps) }))
