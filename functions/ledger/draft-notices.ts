import type { Instant } from '../../shared/calendar/zone.ts'
import type { Reckoning } from '../../shared/issue/deadline.ts'
import type { StaffOf } from '../../shared/mail/notice.ts'
import { draftLevelThree, type ReachedLevelThree } from '../../shared/notice/draft.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import { noticeIdOf, noticeKey, noticeWrites } from '../adapters/notice-store.ts'
import { planWrites } from '../adapters/outbox-store.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import type { Table, Write } from '../adapters/table.ts'

interface DraftingLevelThree {
  readonly now: Instant
  readonly policy: Policy
  readonly reckoning: Reckoning
  readonly staffOf: StaffOf
}

/** The drafts of what has come to level 3, for the transaction that raises it; none of what has been drafted before. */
export const levelThreeWrites = async (table: Table, reached: readonly Omit<ReachedLevelThree, 'departmentName'>[], { now, policy, reckoning, staffOf }: DraftingLevelThree): Promise<readonly Write[]> => {
  const roster = rosterStore(table)
  const writes = reached.map(async (each): Promise<readonly Write[]> => {
    const noticeId = noticeIdOf(each.departmentId, each.grounds)
    const [known, department] = await Promise.all([table.get(noticeKey(noticeId)), roster.department(each.departmentId)])
    if (known !== undefined) return []
    const drafting = { noticeId, now, policy, reckoning, staff: staffOf(each.departmentId) }
    const { notice, mails } = draftLevelThree({ ...each, departmentName: department?.name ?? each.departmentId }, drafting)
    return [...noticeWrites(notice, undefined), ...planWrites(mails, now)]
  })
  return (await Promise.all(writes)).flat()
}
