import { assessmentOperations } from './assessments.ts'
import { caseOperations } from './cases.ts'
import { confirmationOperations } from './confirmations.ts'
import { contactTaskOperations } from './contact-tasks.ts'
import { docsOperations } from './docs.ts'
import { enterpriseVisitOperations } from './enterprise-visits.ts'
import { exportOperations } from './exports.ts'
import { flagOperations } from './flags.ts'
import { issueOperations } from './issues.ts'
import { measureOperations } from './measures.ts'
import { officerRatingOperations } from './officer-ratings.ts'
import { noticeOperations } from './notices.ts'
import type { Operation } from './operation.ts'
import { pageOperations } from './pages.ts'
import { policyOperations } from './policy.ts'
import { publicationOperations } from './publications.ts'
import { projectOperations } from './projects.ts'
import { publishedNoticeOperations } from './published-notices.ts'
import { reportOperations } from './reports.ts'
import { rosterOperations } from './roster.ts'
import { sessionOperations } from './sessions.ts'
import { visitOperations } from './visits.ts'
import { worklistOperations } from './worklists.ts'

/** Every operation of the API. */
export const operations: readonly Operation[] = [
  ...rosterOperations,
  ...visitOperations,
  ...measureOperations,
  ...confirmationOperations,
  ...flagOperations,
  ...enterpriseVisitOperations,
  ...contactTaskOperations,
  ...issueOperations,
  ...sessionOperations,
  ...caseOperations,
  ...noticeOperations,
  ...assessmentOperations,
  ...projectOperations,
  ...policyOperations,
  ...reportOperations,
  ...officerRatingOperations,
  ...exportOperations,
  ...worklistOperations,
  ...publishedNoticeOperations,
  ...pageOperations,
  ...publicationOperations,
  ...docsOperations,
]
