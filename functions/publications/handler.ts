import middy from '@middy/core'
import type { Locale } from '../../shared/calendar/wording.ts'
import { publicationOperations, viewBulletin, viewNotice, type PublicationPage } from '../../shared/contract/publications.ts'
import { definitionsOf, sheetsOf, tablesOf, type NamedBulletin } from '../../shared/report/tables.ts'
import { workbookType } from '../../shared/report/workbook.ts'
import { publicationKey } from '../adapters/notice-store.ts'
import { bulletinBehind } from '../adapters/link-store.ts'
import { openedMaybe } from '../adapters/stored.ts'
import type { Table } from '../adapters/table.ts'
import { wholeWorkbook } from '../adapters/workbook.ts'
import { download, page, penFor } from '../html/answer.ts'
import type { PagePen } from '../html/layout.ts'
import { knownOperation, requestLog, type Incoming, type RequestLog } from '../http/middleware.ts'
import type { Result } from '../http/result.ts'
import { namedBulletin } from '../month-records/named-bulletin.ts'
import { bulletinPage } from './bulletin-page.ts'
import { absentPage, newestNotices, noticePage, noticesPage } from './notices-page.ts'
import { busyPage, closedBulletinPage } from './message-page.ts'

export interface PublicationsDependencies {
  readonly table: Table
  readonly timeZone: string
  readonly locale: Locale
  readonly log: (entry: RequestLog) => void
}

/** What the campaign office puts out, to read: it changes nothing. A bulletin opens to whoever holds a link, notices to everybody. */
export const createPublications = ({ table, timeZone, locale, log }: PublicationsDependencies) => {
  const penOf = penFor({ locale, timeZone })

  /** Shows the bulletin behind a link, as a page or as a workbook. */
  const ofBulletin = async (event: Incoming, pen: PagePen, show: (bulletin: NamedBulletin, path: string) => Result | Promise<Result>): Promise<Result> => {
    const params = viewBulletin.params.safeParse(event.pathParameters ?? {})
    const month = params.success ? await bulletinBehind(table, params.data.token, pen.now) : undefined
    const bulletin = month === undefined ? undefined : await namedBulletin(table, month, timeZone)
    return bulletin === undefined || !params.success ? page(404, closedBulletinPage(pen)) : show(bulletin, `/b/${params.data.token}`)
  }

  const workbookOf = async (bulletin: NamedBulletin, pen: PagePen): Promise<Result> =>
    download(await wholeWorkbook(sheetsOf([...tablesOf(bulletin, pen), definitionsOf(bulletin, pen)])), workbookType, `qinshang-${bulletin.month}.xlsx`)

  /** What has not been published is not there. */
  const oneNotice = async (event: Incoming, pen: PagePen): Promise<Result> => {
    const params = viewNotice.params.safeParse(event.pathParameters ?? {})
    const publication = params.success ? openedMaybe('publication', await table.get(publicationKey(params.data.noticeId))) : undefined
    return publication === undefined ? page(404, absentPage(pen)) : page(200, noticePage(publication, pen))
  }

  const perform = async (event: Incoming): Promise<Result> => {
    const pen = penOf(event)
    // Mail programs and search engines add parameters of their own, which are nobody's fault: none is read.
    switch (event.operation?.id as PublicationPage) {
      case 'viewBulletin':
        return ofBulletin(event, pen, (bulletin, path) => page(200, bulletinPage(bulletin, path, pen)))
      case 'downloadBulletin':
        return ofBulletin(event, pen, bulletin => workbookOf(bulletin, pen))
      case 'viewNotices':
        return page(200, noticesPage(await newestNotices(table), pen))
      case 'viewNotice':
        return oneNotice(event, pen)
    }
  }

  return middy<Incoming, Result>()
    .use(requestLog(log))
    .use({
      onError: request => {
        request.response = page(503, busyPage(penOf((request as { event: Incoming }).event)))
      },
    })
    .use(knownOperation(publicationOperations))
    .handler(perform)
}
