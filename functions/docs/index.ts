import { env } from './env.ts'
import { createDocs } from './handler.ts'

export const handler = createDocs({ locale: env.parse(process.env).LOCALE })
