import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { Locale } from '../../shared/calendar/wording.ts'
import type { MailFacts } from '../../shared/mail/facts.ts'
import { systemName } from '../../shared/mail/letter.ts'
import { penFor } from '../../shared/mail/letters/pen.ts'
import { sessionDescription, sessionSummary } from '../../shared/mail/letters/session.ts'
import type { Message } from '../adapters/mail-transport.ts'

interface Surroundings {
  readonly locale: Locale
  readonly timeZone: string
  readonly sender: string
  readonly now: number
  /** Of those whom this very mail goes to: what it shows them they see in its header, too. */
  readonly readers: readonly string[]
}

/** The entry of a calendar that comes with an invitation, or strikes it off; nothing with other mails. */
export const calendarPartOf = (facts: MailFacts, { locale, timeZone, sender, now, readers }: Surroundings): Message['calendar'] => {
  if (facts.kind !== 'session-invited' && facts.kind !== 'session-cancelled') return undefined
  const { session } = facts
  const isOff = facts.kind === 'session-cancelled'
  const pen = penFor({ locale, timeZone, now })
  const calendar = ical({
    prodId: { company: 'Qinshang', product: 'sessions', language: locale === 'en' ? 'EN' : 'ZH' },
    method: isOff ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  })
  calendar.createEvent({
    // The same through all changes, so that programs bring up to date what they have.
    id: `session-${session.number}@${sender.slice(sender.lastIndexOf('@') + 1)}`,
    sequence: session.sequence,
    stamp: new Date(now),
    start: new Date(session.startsAt),
    end: new Date(session.endsAt),
    summary: sessionSummary(session, pen),
    // Whoever is not to come any more need not know how it is arranged now.
    ...(isOff ? {} : { location: session.place, description: sessionDescription(session, pen) }),
    status: isOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: systemName[locale], email: sender },
    // Nobody reads what is sent to the organizer, so nobody is asked to answer.
    attendees: readers.map(email => ({ email, role: ICalAttendeeRole.REQ, status: ICalAttendeeStatus.NEEDSACTION, rsvp: false })),
  })
  return { method: isOff ? 'CANCEL' : 'REQUEST', content: calendar.toString() }
}
