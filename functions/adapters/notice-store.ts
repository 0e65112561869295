import { createHash } from 'node:crypto'
import type { Grounds, Notice, Publication } from '../../shared/notice/notice.ts'
import { noticeKinds, type NoticeKind } from '../../shared/notice/transition.ts'
import { tasksOfNotice } from '../../shared/supervision/task.ts'
import type { Numbered } from './issue-store.ts'
import { sortable } from './shard.ts'
import { stored } from './stored.ts'
import type { Item, Key, Query, Write } from './table.ts'
import { taskWrites } from './task-store.ts'

/**
 * The id of what the system drafts, by whom it concerns and what it rests on: drafted twice, it is the same. Of what somebody
 * drafts, the request's mark is the id.
 */
export const noticeIdOf = (concerned: string, grounds: Grounds): string => createHash('sha256').update(JSON.stringify([concerned, grounds])).digest('hex').slice(0, 20)

export const noticeKey = (noticeId: string): Key => ({ pk: `NOTICE#${noticeId}`, sk: 'NOTICE' })
/** What everybody can read of it; not there before it is published. */
export const publicationKey = (noticeId: string): Key => ({ pk: `NOTICE#${noticeId}`, sk: 'PUBLICATION' })

/** Criticisms and commendations are numbered each by themselves. */
export const numberedAs: Readonly<Record<NoticeKind, Numbered>> = { criticism: 'CRITICISMS', commendation: 'COMMENDATIONS' }

/** A notice as it is from now on, on condition that it is still what was decided on, and its place in the office's worklist. */
export const noticeWrites = (notice: Notice, before: Notice | undefined): readonly Write[] => [
  { put: noticeItem(notice), when: before === undefined ? 'new' : { version: before.version } },
  ...taskWrites(before === undefined ? [] : tasksOfNotice(before), tasksOfNotice(notice)),
]

const noticeItem = (notice: Notice): Item => {
  const place = `${sortable(notice.draftedAt)}#${notice.noticeId}`
  return stored('notice', noticeKey(notice.noticeId), notice, {
    version: notice.version,
    allPk: 'NOTICES',
    allSk: place,
    departmentPk: `NOTICES#${notice.departmentId}`,
    departmentSk: place,
    ...('officerId' in notice.subject ? { officerPk: `NOTICES#${notice.subject.officerId}`, officerSk: place } : {}),
  })
}

/** What everybody can read of a notice, whose own write says that nothing has changed meanwhile. */
export const publicationWrite = (publication: Publication): Write => {
  const { noticeId, kind, number, publishedAt } = publication
  // Of what is published at one instant, the later number comes first.
  const place = `${sortable(publishedAt)}#${String(number.sequence).padStart(6, '0')}#${noticeId}`
  return { put: stored('publication', publicationKey(noticeId), publication, { allPk: `PUBLICATIONS#${kind}`, allSk: place }), when: 'always' }
}

export const noticeQueries = {
  all: { index: 'all', partition: 'NOTICES', descending: true } as const,
  draftedFrom: (from: number): Query => ({ index: 'all', partition: 'NOTICES', from: sortable(from) }),
  ofDepartment: (departmentId: string): Query => ({ index: 'department', partition: `NOTICES#${departmentId}`, descending: true }),
  ofOfficer: (officerId: string): Query => ({ index: 'officer', partition: `NOTICES#${officerId}`, descending: true }),
  publishedBetween: (kind: NoticeKind, from: number, until: number): Query => ({ index: 'all', partition: `PUBLICATIONS#${kind}`, from: sortable(from), to: sortable(until) }),
  /** Of this kind, or of any, the latest published first. */
  published: (kind: NoticeKind | undefined): readonly Query[] =>
    noticeKinds.filter(each => kind === undefined || each === kind).map(each => ({ index: 'all', partition: `PUBLICATIONS#${each}`, descending: true }) as const),
}
