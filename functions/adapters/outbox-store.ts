import type { PlannedMail } from '../../shared/mail/notice.ts'
import { outboxKeyPrefix } from '../../shared/contract/table.ts'
import { shardOf, shards, sortable } from './shard.ts'
import { opened, stored, type Stored } from './stored.ts'
import type { Item, Key, Write } from './table.ts'

export type OutboxMail = Omit<Stored<'outbox'>, 'about'> & Pick<PlannedMail, 'about'>
export type OutboxStatus = OutboxMail['status']

export const openedMail = (item: Item): OutboxMail => opened('outbox', item) as OutboxMail

export const outboxKey = (mailId: string): Key => ({ pk: `${outboxKeyPrefix}${mailId}`, sk: 'MAIL' })
export const mailIdOf = (key: Key): string => key.pk.slice(outboxKeyPrefix.length)

const unsettled: readonly OutboxStatus[] = ['planned', 'sending', 'ambiguous']

/** Whether something is still to be done about the mail; only such mails stand in the due index. */
const isUnsettled = (mail: Pick<OutboxMail, 'status' | 'settledAt'>): boolean => unsettled.includes(mail.status) && mail.settledAt === undefined

export const outboxItem = (mail: OutboxMail, version: number): Item =>
  stored('outbox', outboxKey(mail.mailId), mail, {
    version,
    ...(isUnsettled(mail) ? { duePk: `OUTBOX#${shardOf(mail.mailId)}`, dueSk: `${sortable(mail.plannedAt)}#${mail.mailId}` } : {}),
  })

/** A mail as it enters the outbox. `lostAnswers`: of the mail it was parted from, which may have reached the same reader. */
export const plannedItem = (mail: PlannedMail, plannedAt: number, lostAnswers = 0): Item =>
  outboxItem({ ...mail, cc: [...mail.cc], plannedAt, status: 'planned', attempts: 0, lostAnswers }, 1)

export const planWrites = (mails: readonly PlannedMail[], plannedAt: number): readonly Write[] =>
  mails.map(mail => ({ put: plannedItem(mail, plannedAt), when: 'new' }))

export const outboxQueries = {
  /** Keys of the mails planned at this instant or before and not settled, oldest first in each shard. */
  unsettledAt: (now: number) => shards.map(shard => ({ index: 'due', partition: `OUTBOX#${shard}`, to: `${sortable(now)}#~` }) as const),
}
