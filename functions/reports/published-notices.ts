import { toRfc3339 } from '../../shared/calendar/zone.ts'
import { Problem } from '../../shared/contract/problem.ts'
import type { publishedNoticeOperations, PublicationView } from '../../shared/contract/published-notices.ts'
import { numberWords, type Publication } from '../../shared/notice/notice.ts'
import { noticeQueries, publicationKey } from '../adapters/notice-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import type { ApiHandlers } from '../http/api.ts'
import { listPage } from '../http/list.ts'
import type { HandlerDependencies } from '../http/serve.ts'

/** Reads what was published, and nothing else: a draft has no such record. */
export const publishedNoticeHandlers = ({ table, cursors, timeZone }: Pick<HandlerDependencies, 'table' | 'cursors' | 'timeZone'>): ApiHandlers<typeof publishedNoticeOperations> => ({
  listPublishedNotices: async ({ query, paging }) => ({
    body: await listPage(table, noticeQueries.published(query.kind), paging, cursors, item => publicationView(opened('publication', item), timeZone)),
  }),

  getPublishedNotice: async ({ params: { noticeId } }) => {
    const publication = openedMaybe('publication', await table.get(publicationKey(noticeId)))
    if (publication === undefined) throw new Problem('notice-not-found', { id: noticeId })
    return { body: { ...publicationView(publication, timeZone), ...(publication.text === undefined ? {} : { text: publication.text }) } }
  },
})

/** What everybody sees of it in the list: without the text. */
const publicationView = ({ noticeId, kind, number, title, officerName, departmentName, publishedAt, withdrawn }: Publication, timeZone: string): PublicationView => ({
  noticeId,
  kind,
  number: numberWords(kind, number).zh,
  title,
  ...(officerName === undefined ? {} : { officerName }),
  departmentName,
  publishedAt: toRfc3339(publishedAt, timeZone),
  ...(withdrawn === undefined ? {} : { withdrawn: { ...withdrawn, at: toRfc3339(withdrawn.at, timeZone) } }),
})
