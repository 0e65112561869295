import { addMonths, type Month } from '../../shared/calendar/date.ts'
import type { Instant } from '../../shared/calendar/zone.ts'
import type { Reckoning } from '../../shared/issue/deadline.ts'
import type { Staff } from '../../shared/mail/notice.ts'
import { draftMissedQuota, isSpokenOf, missedTwice } from '../../shared/notice/draft.ts'
import type { MissedQuota } from '../../shared/notice/notice.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import type { Officer } from '../../shared/roster/roster.ts'
import { quotasOf } from '../../shared/visit/quota.ts'
import type { OfficerMonth } from '../adapters/month-store.ts'
import { noticeIdOf, noticeKey, noticeWrites } from '../adapters/notice-store.ts'
import { planWrites } from '../adapters/outbox-store.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { openedMaybe } from '../adapters/stored.ts'
import { Conflict, type Table } from '../adapters/table.ts'
import { quotaRecordsOf } from '../adapters/visit-store.ts'

interface DraftingMissed {
  readonly month: Month
  readonly now: Instant
  readonly policy: Policy
  readonly reckoning: Reckoning
  readonly staff: Staff
}

/**
 * Drafts the notice of an officer who has missed visits in the month and in the one before, unless what was drafted of the
 * two before speaks of one of them. Whether there is such a draft now, from this run or from another.
 */
export const draftMissed = async (table: Table, { officerId, departmentId }: Pick<Officer, 'officerId' | 'departmentId'>, missed: OfficerMonth, { month, now, policy, reckoning, staff }: DraftingMissed): Promise<boolean> => {
  const earlier = addMonths(month, -1)
  const idOf = (months: MissedQuota['months']): string => noticeIdOf(officerId, { kind: 'missed-quota', months })
  const noticeId = idOf([earlier, month])
  const [drafted, before, pairings, records] = await Promise.all([
    table.get(noticeKey(noticeId)),
    table.get(noticeKey(idOf([addMonths(month, -2), earlier]))),
    rosterStore(table).pairingsOf(officerId),
    quotaRecordsOf(table, officerId, earlier),
  ])
  if (drafted !== undefined) return true
  const twoMonths = {
    months: [earlier, month] satisfies MissedQuota['months'],
    quotas: [quotasOf(pairings, records, earlier, policy), quotasOf(missed.pairings, missed.records, month, policy)] as const,
  }
  if (!missedTwice(twoMonths) || isSpokenOf(openedMaybe('notice', before))) return false
  const { notice, mails } = draftMissedQuota(twoMonths, { officerId, departmentId }, { noticeId, now, policy, reckoning, staff })
  try {
    await table.commit([...noticeWrites(notice, undefined), ...planWrites(mails, now)])
  } catch (error) {
    // Another run was faster; it has drafted the same.
    if (!(error instanceof Conflict)) throw error
  }
  return true
}
