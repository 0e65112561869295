import { confirmationOperations } from '../../shared/contract/confirmations.ts'
import { contactTaskOperations } from '../../shared/contract/contact-tasks.ts'
import { enterpriseVisitOperations } from '../../shared/contract/enterprise-visits.ts'
import { flagOperations } from '../../shared/contract/flags.ts'
import { measureOperations } from '../../shared/contract/measures.ts'
import { visitOperations } from '../../shared/contract/visits.ts'
import { serveApi } from '../http/serve.ts'
import { confirmationHandlers } from './confirmations.ts'
import { contactTaskHandlers } from './contact-tasks.ts'
import { enterpriseVisitHandlers } from './enterprise-visits.ts'
import { env } from './env.ts'
import { flagHandlers } from './flags.ts'
import { visitHandlers } from './handler.ts'
import { measureHandlers } from './measures.ts'

export const handler = serveApi([...visitOperations, ...measureOperations, ...confirmationOperations, ...flagOperations, ...enterpriseVisitOperations, ...contactTaskOperations], env.parse(process.env), deps => ({
  ...visitHandlers(deps),
  ...measureHandlers(deps),
  ...confirmationHandlers(deps),
  ...flagHandlers(deps),
  ...enterpriseVisitHandlers(deps),
  ...contactTaskHandlers(deps),
}))
