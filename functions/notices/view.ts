import { toRfc3339 } from '../../shared/calendar/zone.ts'
import type { NoticeLine, NoticeView } from '../../shared/contract/notices.ts'
import type { Reckoning } from '../../shared/issue/deadline.ts'
import { appealWindowOf, numberWords, type Notice } from '../../shared/notice/notice.ts'

/** A notice as a list shows it, instants in the deployment's zone. */
export const noticeLine = (notice: Notice, reckoning: Reckoning): NoticeLine => {
  const { noticeId, kind, status, subject, departmentId, grounds, title, draftedAt, draftedBy, number, publishedAt, version } = notice
  const at = (instant: number): string => toRfc3339(instant, reckoning.timeZone)
  const window = appealWindowOf(notice, reckoning)
  return {
    noticeId,
    kind,
    status,
    ...('officerId' in subject ? { officerId: subject.officerId } : {}),
    departmentId,
    grounds,
    title,
    draftedAt: at(draftedAt),
    draftedBy,
    ...(window === undefined ? {} : { appealBy: at(window.until) }),
    provisional: window?.provisional === true,
    ...(number === undefined ? {} : { number: numberWords(kind, number).zh }),
    ...(publishedAt === undefined ? {} : { publishedAt: at(publishedAt) }),
    version,
  }
}

/** A notice with its timeline. */
export const noticeView = (notice: Notice, reckoning: Reckoning): NoticeView => ({
  ...noticeLine(notice, reckoning),
  text: notice.text,
  ...(notice.effect === undefined ? {} : { effect: notice.effect }),
  timeline: notice.events.map(event => ({ ...event, at: toRfc3339(event.at, reckoning.timeZone) })),
})
