import { noticeOperations } from '../../shared/contract/notices.ts'
import { serveApi } from '../http/serve.ts'
import { env } from './env.ts'
import { noticeHandlers } from './handler.ts'

export const handler = serveApi(noticeOperations, env.parse(process.env), noticeHandlers)
