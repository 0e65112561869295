import * as z from 'zod/mini'
import { workbookType } from '../report/workbook.ts'
import { linkToken, opaque } from './field.ts'
import { operation } from './operation.ts'

/** What the campaign office puts out, as pages: bulletins, for whoever holds a link; notices, for everybody. */
const html = { mediaType: 'text/html' } as const
const ofBulletin = z.strictObject({ token: linkToken })

/** Its token is mailed with the bulletin, to the campaign office and the leading group. */
export const viewBulletin = operation({
  id: 'viewBulletin', method: 'GET', path: '/b/{token}', owner: 'publications', access: 'link',
  summary: { zh: '简报页面：图表与全部表格', en: 'The page of a bulletin: its charts and tables' },
  params: ofBulletin, status: 200, response: html,
})
export const downloadBulletin = operation({
  id: 'downloadBulletin', method: 'GET', path: '/b/{token}/bulletin.xlsx', owner: 'publications', access: 'link',
  summary: { zh: '下载简报表格（XLSX）', en: 'Download the workbook of a bulletin (XLSX)' },
  params: ofBulletin, status: 200, response: { mediaType: workbookType },
})

/** Open to everybody: what notices say in public. */
export const viewNotices = operation({
  id: 'viewNotices', method: 'GET', path: '/notices', owner: 'publications', access: 'public',
  summary: { zh: '公开页面：已发布的通报和表扬', en: 'The public page of published notices and commendations' },
  status: 200, response: html,
})
export const viewNotice = operation({
  id: 'viewNotice', method: 'GET', path: '/notices/{noticeId}', owner: 'publications', access: 'public',
  summary: { zh: '公开页面：一份通报或表扬', en: 'The public page of one notice' },
  params: z.strictObject({ noticeId: opaque(32) }), status: 200, response: html,
})

export const publicationOperations = [viewBulletin, downloadBulletin, viewNotices, viewNotice] as const

export type PublicationPage = (typeof publicationOperations)[number]['id']

