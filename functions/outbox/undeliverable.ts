import { planFor, planMail, readRecipient, type Audience, type PlannedMail, type Recipient, type UndeliverableReason } from '../../shared/mail/notice.ts'
import type { OutboxMail } from '../adapters/outbox-store.ts'
import { caseKey } from '../adapters/case-store.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { sessionKey } from '../adapters/session-store.ts'
import { issueKey } from '../adapters/issue-store.ts'
import { openedMaybe } from '../adapters/stored.ts'
import type { Table } from '../adapters/table.ts'

/**
 * The mails that tell the next level up that somebody could not be reached: an enterprise's officer (of a session, whoever holds it; of a rating of that officer, the supervisors), a handler's
 * director, a director's supervisors, and at the end the administrator. Nobody is told that they themselves could not
 * be reached; where nobody is left, the alarm on undeliverable mail has to do.
 */
export const reportUndeliverable = async (
  table: Table,
  mail: Pick<OutboxMail, 'mailId' | 'about'>,
  { recipient, reason }: { readonly recipient: Recipient; readonly reason: UndeliverableReason },
  adminEmail: string,
): Promise<readonly PlannedMail[]> => {
  const roster = rosterStore(table)
  const about = { kind: 'mail-undeliverable', mailId: mail.mailId, recipient, reason } as const
  const { kind, id } = readRecipient(recipient)

  if (kind === 'enterprise') {
    if (mail.about.kind === 'enterprise-link') return [planMail(about, `officer:${mail.about.by}`, 'act')]
    const session = 'sessionId' in mail.about ? openedMaybe('session', await table.get(sessionKey(mail.about.sessionId))) : undefined
    if (session !== undefined) return [planMail(about, `officer:${session.directorId}`, 'act')]
    const it = 'caseId' in mail.about ? openedMaybe('case', await table.get(caseKey(mail.about.caseId))) : undefined
    if (it !== undefined) return [planMail(about, `officer:${it.officerId}`, 'act')]
    const issue = 'issueId' in mail.about ? openedMaybe('issue', await table.get(issueKey(mail.about.issueId))) : undefined
    if (issue !== undefined) return [planMail(about, `officer:${issue.officerId}`, 'act')]
    // It was asked to rate its officer: that is not for the officer to pass on.
    return planFor(about, ['supervisors'], { handlers: [], directors: [], supervisors: await roster.supervisors(), leadingGroup: [], adminEmail }, 'act')
  }
  if (recipient === `address:${adminEmail}`) return []
  const supervisors = (await roster.supervisors()).filter(each => each !== id)
  const person = kind === 'officer' ? await roster.officer(id) : undefined
  const staff = person === undefined ? { handlers: [], directors: [] } : await roster.staffOf(person.departmentId)
  const directors = staff.directors.filter(each => each !== id)
  const isLeader = person === undefined || person.roles.includes('director') || person.roles.includes('supervisor')
  const audience: Audience = isLeader ? 'supervisors' : 'directors'
  return planFor(about, [audience], { ...staff, directors, supervisors: isSupervisor(person) ? [] : supervisors, leadingGroup: [], adminEmail }, 'act')
}

/** A supervisor who cannot be reached is reported to the administrator: above them there is nobody in the roster. */
const isSupervisor = (person: { readonly roles: readonly string[] } | undefined): boolean => person?.roles.includes('supervisor') === true
