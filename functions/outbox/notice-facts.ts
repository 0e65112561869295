import { addMonths, firstDayOfMonth, type Month } from '../../shared/calendar/date.ts'
import { instantOf } from '../../shared/calendar/zone.ts'
import type { DraftLine, NoticeFacts } from '../../shared/mail/facts.ts'
import { readRecipient, type About } from '../../shared/mail/notice.ts'
import { appealWindowOf, numberWords, type Notice, type NoticeEvent } from '../../shared/notice/notice.ts'
import { speaksFor } from '../../shared/roster/subject.ts'
import { callerOf } from '../../shared/roster/caller.ts'
import { theSystem } from '../../shared/roster/actor.ts'
import { noticeKey, noticeQueries } from '../adapters/notice-store.ts'
import type { OutboxMail } from '../adapters/outbox-store.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import type { Table } from '../adapters/table.ts'
import type { Found } from './facts.ts'

/** A mail shows as many lines as fit without being cut off by mail services. */
const linesAtMost = 60

/** Reads what a mail about a notice points at, as it is now; what has changed since it was planned is superseded. */
export const noticeFactsReader = (table: Table, timeZone: string) => {
  const roster = rosterStore(table)
  const nameOfOfficer = async (id: string): Promise<string> => (await roster.officer(id))?.name ?? id
  const nameOfDepartment = async (id: string): Promise<string> => (await roster.department(id))?.name ?? id

  const noticeFacts = async (notice: Notice): Promise<NoticeFacts> => {
    const { noticeId, kind, subject, departmentId, title, text, number } = notice
    const [rules, officerName, departmentName] = await Promise.all([
      readRules(table),
      'officerId' in subject ? nameOfOfficer(subject.officerId) : undefined,
      nameOfDepartment(departmentId),
    ])
    const window = appealWindowOf(notice, { calendar: rules.calendar, timeZone })
    return { noticeId, kind, officerName, departmentName, title, text, appealBy: window?.until, provisional: window?.provisional === true, number: number && numberWords(kind, number) }
  }

  const speaksForIt = async (notice: Notice, to: OutboxMail['to']): Promise<boolean> => {
    const { kind, id } = readRecipient(to)
    const officer = kind === 'officer' ? await roster.officer(id) : undefined
    return officer !== undefined && speaksFor(notice, callerOf(officer))
  }

  const noticeMail = async (about: Extract<About, { noticeId: string }>, to: OutboxMail['to']): Promise<Found> => {
    const notice = openedMaybe('notice', await table.get(noticeKey(about.noticeId)))
    if (notice === undefined) return { superseded: 'the notice is gone' }
    const facts = await noticeFacts(notice)
    switch (about.kind) {
      case 'notice-drafted':
        if (notice.status !== 'draft') return { superseded: 'it has gone on since' }
        return { facts: { kind: about.kind, notice: facts, readerIsConcerned: await speaksForIt(notice, to) } }
      case 'notice-proposed':
        if (notice.status !== 'draft') return { superseded: 'it has gone on since' }
        return { facts: { kind: about.kind, notice: facts, draftedByName: notice.draftedBy === theSystem ? undefined : await nameOfOfficer(notice.draftedBy) } }
      case 'notice-appealed': {
        if (notice.status !== 'appealed') return { superseded: 'it has been decided' }
        const { by, reason, evidence } = told(notice, 'appealed')
        return { facts: { kind: about.kind, notice: facts, byName: await nameOfOfficer(by), reason, evidence } }
      }
      case 'notice-decided': {
        const { by, decision, remark } = told(notice, 'decided')
        return { facts: { kind: about.kind, notice: facts, granted: decision === 'granted', remark, decidedByName: await nameOfOfficer(by), changed: notice.effect?.kind } }
      }
      case 'notice-published':
        if (notice.status !== 'published') return { superseded: 'it has been withdrawn' }
        return { facts: { kind: about.kind, notice: facts } }
      case 'notice-ended': {
        const isWithdrawn = notice.status === 'withdrawn'
        const { by, reason } = told(notice, isWithdrawn ? 'withdrawn' : 'dropped')
        return { facts: { kind: about.kind, notice: facts, isWithdrawn, reason, byName: await nameOfOfficer(by) } }
      }
    }
  }

  /** What the system has drafted since the month ended because visits were missing in it, and is still a draft. */
  const noticesOfMonth = async (month: Month): Promise<Found> => {
    const lines: DraftLine[] = []
    let drafts = 0
    let appealBy: number | undefined
    for await (const item of table.query(noticeQueries.draftedFrom(instantOf(firstDayOfMonth(addMonths(month, 1)), '00:00', timeZone)))) {
      const notice = opened('notice', item)
      if (notice.grounds.kind !== 'missed-quota' || notice.grounds.months[1] !== month || notice.status !== 'draft') continue
      drafts += 1
      if (lines.length >= linesAtMost) continue
      const facts = await noticeFacts(notice)
      appealBy ??= facts.appealBy
      lines.push({ officerName: facts.officerName ?? '', departmentName: facts.departmentName, noticeId: notice.noticeId })
    }
    if (drafts === 0) return { superseded: 'nothing of it is a draft any more' }
    return { facts: { kind: 'notices-of-month', month, lines, drafts, appealBy } }
  }

  return { noticeMail, noticesOfMonth }
}

/** The notice's event of that kind, which its status says there is. */
const told = <E extends NoticeEvent['event']>({ noticeId, events }: Notice, kind: E): Extract<NoticeEvent, { event: E }> => {
  const event = events.find((each): each is Extract<NoticeEvent, { event: E }> => each.event === kind)
  if (event === undefined) throw new Error(`notice ${noticeId} has no event ${kind}`)
  return event
}
