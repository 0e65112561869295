import { createHash } from 'node:crypto'
import { toRfc3339, type Instant } from '../../shared/calendar/zone.ts'
import { excuseStep } from '../../shared/case/excuse.ts'
import { stepOf } from '../../shared/case/decision.ts'
import { excuseIssue } from '../../shared/issue/excuse.ts'
import { exemptedEffect, exemptionByGrant, excusedEffect } from '../../shared/notice/grant.ts'
import type { Effect, LevelThree, MissedQuota, Notice } from '../../shared/notice/notice.ts'
import type { ExemptionReason, Policy } from '../../shared/policy/policy.ts'
import type { Caller } from '../../shared/roster/caller.ts'
import { exempted } from '../../shared/visit/exemption.ts'
import { everyEnterprise, quotasOf } from '../../shared/visit/quota.ts'
import { caseKey } from '../adapters/case-store.ts'
import { issueKey } from '../adapters/issue-store.ts'
import { rosterStore } from '../adapters/roster-store.ts'
import { opened, openedMaybe } from '../adapters/stored.ts'
import type { Table, Write } from '../adapters/table.ts'
import { exemptionWrites, quotaKey, quotaRecordsOf, quotaWrite } from '../adapters/visit-store.ts'
import { writesOfCase } from '../ledger/change-case.ts'
import { writesOf } from '../ledger/change-issue.ts'

/** What a granted appeal changes beside the notice, for the same transaction. */
interface Granted {
  readonly effect: Effect
  readonly writes: readonly Write[]
}

/** Who grants it, when, in what words, and for what reason visits that were missed are exempt. */
interface Granting {
  readonly caller: Caller
  readonly now: Instant
  readonly timeZone: string
  readonly policy: Policy
  readonly remark: string
  readonly reason: ExemptionReason | undefined
}

/** Reckons anew what the notice rests on; nothing where somebody has drafted it by hand. */
export const grant = (table: Table, notice: Notice, granting: Granting): Promise<Granted | undefined> => {
  const { grounds, subject } = notice
  if (grounds.kind === 'level-3') return excuse(table, notice.noticeId, grounds, granting)
  if (grounds.kind === 'missed-quota' && 'officerId' in subject && granting.reason !== undefined) return exempt(table, notice, subject.officerId, grounds, granting.reason, granting)
  return Promise.resolve(undefined)
}

const exempt = async (table: Table, notice: Notice, officerId: string, { months }: MissedQuota, reason: ExemptionReason, { caller, now, timeZone, policy, remark }: Granting): Promise<Granted> => {
  const pairings = await rosterStore(table).pairingsOf(officerId)
  const ofMonths = await Promise.all(
    months.map(async month => {
      const [records, item] = await Promise.all([quotaRecordsOf(table, officerId, month), table.get(quotaKey(officerId, everyEnterprise, month))])
      const exemption = exemptionByGrant(notice, month, reason, { exemptionId: exemptionIdOf(notice, month), caller, remark, at: toRfc3339(now, timeZone) })
      const record = exempted(openedMaybe('quota', item), exemption)
      const others = records.filter(({ enterpriseId }) => enterpriseId !== everyEnterprise)
      return {
        exemption,
        before: quotasOf(pairings, records, month, policy),
        after: quotasOf(pairings, [...others, record], month, policy),
        writes: [...exemptionWrites(exemption, undefined), quotaWrite(record, item)],
      }
    }),
  )
  const effect = exemptedEffect(reason, ofMonths.map(({ exemption }) => exemption.exemptionId), ofMonths.flatMap(({ before }) => before), ofMonths.flatMap(({ after }) => after))
  return { effect, writes: ofMonths.flatMap(({ writes }) => writes) }
}

/** Of its own, beside whatever has been asked for that month. */
const exemptionIdOf = ({ noticeId }: Notice, month: string): string => createHash('sha256').update(JSON.stringify([noticeId, month])).digest('hex').slice(0, 20)

const excuse = async (table: Table, noticeId: string, grounds: LevelThree, { caller, now }: Granting): Promise<Granted> => {
  const act = { by: caller.officerId, now }
  const { deadlineVersion } = grounds
  if ('issueId' in grounds) {
    const item = await table.get(issueKey(grounds.issueId))
    if (item === undefined) throw new Error(`issue ${grounds.issueId} is gone`)
    const before = opened('issue', item)
    const decision = excuseIssue(before, { noticeId, clock: 'resolve', deadlineVersion }, act)
    return { effect: excusedEffect(before, decision.issue, deadlineVersion), writes: writesOf(decision, before, now) }
  }
  const item = await table.get(caseKey(grounds.caseId))
  if (item === undefined) throw new Error(`case ${grounds.caseId} is gone`)
  const before = opened('case', item)
  const decision = excuseStep(before, grounds.stepId, { noticeId, deadlineVersion }, act)
  return { effect: excusedEffect(stepOf(before, grounds.stepId), stepOf(decision.changed, grounds.stepId), deadlineVersion), writes: writesOfCase(decision, before, now) }
}
