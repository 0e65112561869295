import type { MailTransport, Message, Sent } from '../../functions/adapters/mail-transport.ts'
import { mailIdOf } from '../../functions/adapters/outbox-store.ts'
import { outboxKeyPrefix } from '../../shared/contract/table.ts'
import type { Item, Key, Query, Table, Write } from '../../functions/adapters/table.ts'
import type { Chance } from './chance.ts'

/** The process died: nothing after this line of it ran. */
class Crash extends Error {
  constructor() {
    super('crashed')
    this.name = 'Crash'
  }
}

const throttled = (): Error => Object.assign(new Error('throttled'), { name: 'ProvisionedThroughputExceededException' })
const timedOut = (): Error => Object.assign(new Error('timed out'), { name: 'TimeoutError' })

/** The table, failing now and then: throttled, timed out before or after taking effect, or the caller dying at a call. */
export class FaultyTable implements Table {
  readonly #table: Table
  readonly #chance: Chance
  readonly #inserted: (mailId: string) => void
  /** Probability that a call fails. */
  rate = 0

  constructor(table: Table, chance: Chance, inserted: (mailId: string) => void) {
    this.#table = table
    this.#chance = chance
    this.#inserted = inserted
  }

  async #call<T>(act: () => Promise<T>): Promise<T> {
    if (!this.#chance.happens(this.rate)) return act()
    const fault = this.#chance.pick(['throttle', 'before', 'after', 'crash-before', 'crash-after'] as const)
    if (fault === 'throttle') throw throttled()
    if (fault === 'before') throw timedOut()
    if (fault === 'crash-before') throw new Crash()
    await act()
    throw fault === 'after' ? timedOut() : new Crash()
  }

  get(key: Key): Promise<Item | undefined> {
    return this.#call(() => this.#table.get(key))
  }

  getAll(keys: readonly Key[]): Promise<readonly (Item | undefined)[]> {
    return this.#call(() => this.#table.getAll(keys))
  }

  async *query(query: Query): AsyncIterable<Item> {
    await this.#call(() => Promise.resolve())
    yield* this.#table.query(query)
  }

  commit(writes: readonly Write[]): Promise<void> {
    return this.#call(async () => {
      await this.#table.commit(writes)
      for (const write of writes) if ('put' in write && write.when === 'new') this.#tell(write.put)
    })
  }

  putNew(item: Item): Promise<boolean> {
    return this.#call(async () => {
      const isNew = await this.#table.putNew(item)
      if (isNew) this.#tell(item)
      return isNew
    })
  }

  #tell(item: Item): void {
    if (item.pk.startsWith(outboxKeyPrefix)) this.#inserted(mailIdOf(item))
  }
}

export interface Delivered {
  readonly messageId: string
  readonly to: string
  readonly isRepeated: boolean
  /** The path of the page that an enterprise's mail leads to. */
  readonly link: string | undefined
}

/** The mail service, failing now and then: busy, taking the mail and losing the answer, losing the call, refusing. */
export class FaultyMail implements MailTransport {
  readonly #chance: Chance
  readonly delivered: Delivered[] = []
  readonly refusing = new Set<string>()
  rate = 0

  constructor(chance: Chance) {
    this.#chance = chance
  }

  async send(message: Message): Promise<Sent> {
    await Promise.resolve()
    if (this.refusing.has(message.to) || message.cc.some(copy => this.refusing.has(copy))) return { outcome: 'refused', reason: 'MessageRejected' }
    if (!this.#chance.happens(this.rate)) return this.#take(message)
    switch (this.#chance.pick(['busy', 'lost-before', 'lost-after', 'crash-before', 'crash-after'] as const)) {
      case 'busy':
        return { outcome: 'not-taken', reason: 'Throttling' }
      case 'lost-before':
        return { outcome: 'answer-lost', reason: 'TimeoutError' }
      case 'lost-after':
        this.#take(message)
        return { outcome: 'answer-lost', reason: 'TimeoutError' }
      case 'crash-before':
        throw new Crash()
      case 'crash-after':
        this.#take(message)
        throw new Crash()
    }
  }

  #take(message: Message): Sent {
    this.delivered.push({ messageId: message.messageId, to: message.to, isRepeated: message.headers['X-Qinshang-Repeated'] === 'true', link: /\/p\/[\w-]+\/issues\/[\d-]+/.exec(message.text)?.[0] })
    return { outcome: 'taken', serviceId: `service-${this.delivered.length}`, refused: [], deferred: [] }
  }
}
