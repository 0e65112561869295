import * as z from 'zod/mini'
import { noticeKinds } from '../notice/transition.ts'
import { instant, listOf, opaque, paging } from './field.ts'
import { operation } from './operation.ts'

/** What everybody can read: as it was published. */
const publicationView = z.strictObject({
  noticeId: z.string(),
  kind: z.enum(noticeKinds),
  number: z.string(),
  title: z.string(),
  /** The officer it concerns; without, it concerns the department. */
  officerName: z.optional(z.string()),
  departmentName: z.string(),
  publishedAt: instant,
  withdrawn: z.optional(z.strictObject({ at: instant, reason: z.string() })),
})
export type PublicationView = z.infer<typeof publicationView>

export const listPublishedNotices = operation({
  id: 'listPublishedNotices', method: 'GET', path: '/v1/notices', owner: 'reports', access: 'public',
  summary: { zh: '已发布的通报和表扬', en: 'Published notices of criticism and commendations' },
  note: { zh: '最近发布的在前。撤回的仍列出，附撤回原因，不附全文。', en: 'The latest published first. What was withdrawn stays listed with the reason, and without its text.' },
  query: z.strictObject({ kind: z.optional(z.enum(noticeKinds)), ...paging }),
  status: 200, response: listOf(publicationView),
})
export const getPublishedNotice = operation({
  id: 'getPublishedNotice', method: 'GET', path: '/v1/notices/{noticeId}', owner: 'reports', access: 'public',
  summary: { zh: '查看已发布的通报或表扬', en: 'Read a published notice' },
  params: z.strictObject({ noticeId: opaque(32) }), status: 200, response: z.extend(publicationView, { text: z.optional(z.string()) }), problems: ['notice-not-found'],
})

/** Open to everybody, and so answered by a function that can write nothing. */
export const publishedNoticeOperations = [listPublishedNotices, getPublishedNotice] as const
