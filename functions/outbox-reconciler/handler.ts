import { isWorkingTime } from '../../shared/issue/deadline.ts'
import { concurrently, interleaved } from '../adapters/concurrently.ts'
import { once } from '../adapters/once.ts'
import { mailIdOf, openedMail, outboxKey, outboxQueries } from '../adapters/outbox-store.ts'
import { readRules } from '../adapters/rules-store.ts'
import { dueAtOf } from '../adapters/shard.ts'
import { deliver, type DeliveryDependencies } from '../outbox/deliver.ts'

export interface ReconcilerDependencies extends DeliveryDependencies {
  readonly failed: (mailId: string, error: unknown) => void
  /** Told of a mail that has reached nobody and is not tried again. */
  readonly undeliverable: (mailId: string) => void
}

export interface ReconcilerReport {
  readonly sent: number
  readonly settled: number
  readonly waiting: number
  readonly failures: number
  /** Age of the oldest mail that could have gone out and is still unsent, in seconds. */
  readonly oldestUnsentSeconds: number
}

/** The stream has this long to send a mail before the reconciler looks at it. */
const graceMilliseconds = 60_000

/**
 * Sends whatever the stream did not: mails the service would not take, mails whose sender broke off, wake-ups that were
 * lost. Scheduled mail keeps to working hours here too.
 */
export const reconcile = async (now: number, deps: ReconcilerDependencies): Promise<ReconcilerReport> => {
  const { table, settings } = deps
  // Asked only when there is something unsent, which is seldom.
  const inWorkingHours = once(async () => {
    const { policy, calendar } = await readRules(table)
    return isWorkingTime(now, policy.workingHours, { calendar, timeZone: settings.timeZone })
  })
  const report = { sent: 0, settled: 0, waiting: 0, failures: 0, oldestUnsentSeconds: 0 }

  const unsentSince = (plannedAt: number): void => {
    report.oldestUnsentSeconds = Math.max(report.oldestUnsentSeconds, (now - plannedAt) / 1000)
  }

  const unsettled = interleaved(outboxQueries.unsettledAt(now - graceMilliseconds).map(query => table.query(query)))
  await concurrently(unsettled, 4, async key => {
    const mailId = mailIdOf(key)
    try {
      const item = await table.get(outboxKey(mailId))
      if (item === undefined) return
      const mail = openedMail(item)
      if (mail.settledAt !== undefined) return
      if (mail.timing === 'scheduled' && !(await inWorkingHours())) return
      const delivery = await deliver(mailId, deps, now)
      if (delivery === 'failed') deps.undeliverable(mailId)
      if (delivery === 'sent') report.sent += 1
      else if (delivery === 'superseded' || delivery === 'failed') report.settled += 1
      else {
        report.waiting += 1
        unsentSince(mail.plannedAt)
      }
    } catch (error) {
      report.failures += 1
      unsentSince(dueAtOf(String(key['dueSk'])))
      deps.failed(mailId, error)
    }
  })
  return report
}
