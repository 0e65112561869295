import type { CaseEvent } from '../../shared/case/case.ts'
import type { TimelineEvent } from '../../shared/issue/issue.ts'
import { opened } from '../../functions/adapters/stored.ts'
import type { Item } from '../../functions/adapters/table.ts'

/** The events of each issue, or of each case, in order, by where they are kept. */
export function* timelines<S extends 'event' | 'case-event'>(items: readonly Item[], shape: S): Generator<readonly [string, readonly (S extends 'event' ? TimelineEvent : CaseEvent)[]]> {
  const byOwner = new Map<string, Item[]>()
  for (const item of items) if (item['shape'] === shape) byOwner.set(item.pk, [...(byOwner.get(item.pk) ?? []), item])
  for (const [pk, events] of byOwner) yield [pk, events.sort((one, other) => (one.sk < other.sk ? -1 : 1)).map(item => opened(shape, item) as S extends 'event' ? TimelineEvent : CaseEvent)]
}
