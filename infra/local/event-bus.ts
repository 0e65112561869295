import type { RulePlan } from './blueprint.ts'
import type { EventSources } from './event-sources.ts'
import type { Functions } from './functions.ts'

/** EventBridge's default bus: every rule that an event passes wakes its function, and nobody waits for that but `settled`. */
export class EventBus {
  readonly #rules: readonly RulePlan[]
  readonly #functions: Functions
  readonly #sources: EventSources
  readonly #underWay = new Set<Promise<unknown>>()

  constructor(rules: readonly RulePlan[], functions: Functions, sources: EventSources) {
    this.#rules = rules
    this.#functions = functions
    this.#sources = sources
  }

  readonly put = (event: unknown): void => {
    for (const { functionId } of this.#rules.filter(({ passes }) => passes(event))) {
      // What is reported here takes its time; by then the mailer has written down what it sent.
      const call = this.#sources.drain().then(() => this.#functions.invokeOf(functionId)(event))
      const over = () => this.#underWay.delete(call)
      this.#underWay.add(call)
      call.then(over, over)
    }
  }

  /** Waits for the calls under way, and says whether there were any. */
  async settled(): Promise<boolean> {
    return (await Promise.allSettled(this.#underWay)).length > 0
  }
}
