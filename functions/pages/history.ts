import type { TimelineEvent } from '../../shared/issue/issue.ts'
import { ratingWords } from '../../shared/issue/rating.ts'
import { fitting, html, nothing, weightOf, type Markup } from '../../shared/page/markup.ts'
import type { PagePen } from '../html/layout.ts'

/** An event with the name of its department. */
export interface ShownEvent {
  readonly event: TimelineEvent
  readonly departmentName: string
}

/** What departments write at most in Chinese: two thousand characters. */
const wordsBytesAtMost = 6_000

/** An entry without its words. Names may be long, too. */
const entryFrame = 1_000

/**
 * What has been done, oldest first, as far as it has room: the newest entries, the last of them in any case.
 * @param earlier entries before these
 */
export const historyOf = (events: readonly ShownEvent[], earlier: number, room: number, pen: PagePen): Markup => {
  const kept: Markup[] = []
  let left = room
  let dropped = 0
  for (const each of events.toReversed()) {
    const [entry] = eventEntry(each, pen, Math.min(wordsBytesAtMost, Math.max(room - entryFrame, 0)))
    if (entry === undefined) continue
    if (dropped > 0 || (kept.length > 0 && weightOf(entry) > left)) {
      dropped += 1
      continue
    }
    kept.unshift(entry)
    left -= weightOf(entry)
  }
  const more = earlier + dropped
  const note =
    more === 0
      ? nothing
      : html`<p class="soft">${pen.say(`较早的 ${more} 条办理记录未在此显示，如需了解，请联系贵单位的助企干部。`, `${more === 1 ? 'One earlier entry is' : `${more} earlier entries are`} not shown here; please ask your officer about ${more === 1 ? 'it' : 'them'}.`)}</p>`
  return html`${note}<ol class="events">${kept}</ol>`
}

/** What an event takes of the page; nothing where the enterprise is not told of it. */
export const weightOfEvent = (event: ShownEvent, pen: PagePen): number => eventEntry(event, pen, wordsBytesAtMost).reduce((sum, entry) => sum + weightOf(entry), 0)

/** What an enterprise is told of; prompts and reasons within the office are not among it. */
const eventEntry = ({ event, departmentName }: ShownEvent, { say, at, term }: PagePen, wordsBytes: number): readonly Markup[] => {
  const entry = (what: string, words?: string): readonly Markup[] => [
    html`<li><p class="soft">${at(event.at)}</p><p>${what}</p>${words === undefined ? nothing : html`<blockquote>${fitting(words, wordsBytes)}</blockquote>`}</li>`,
  ]
  switch (event.event) {
    case 'dispatched':
      return entry(say(`已受理并交办${departmentName}`, `Received and sent to ${departmentName}`))
    case 'accepted':
      return entry(say(`${departmentName}已签收`, `${departmentName} has accepted it`))
    case 'replied':
      return entry(say(`${departmentName}答复`, `${departmentName} has replied`), event.message)
    case 'transferred':
      return entry(say(`转由${departmentName}办理`, `Handed on to ${departmentName}`))
    case 'resolved':
      return entry(say(`${departmentName}办结`, `${departmentName} reports it resolved`), event.message)
    case 'explained':
      return entry(say(`${departmentName}说明（现行规定下无法解决）`, `${departmentName} explains why it cannot be solved`), event.message)
    case 'extended':
      return entry(say(`经批准延期，办结时限：${at(event.resolveBy)}`, `Extended; due by ${at(event.resolveBy)}`), event.reason)
    case 'paused':
      return entry(say(`经批准暂停计时，恢复时限：${at(event.endsBy)}`, `Paused, until ${at(event.endsBy)} at the latest`), event.reason)
    case 'resumed':
      return entry(say(`恢复计时，办结时限：${at(event.resolveBy)}`, `Resumed; due by ${at(event.resolveBy)}`))
    case 'tier-changed':
      return entry(say(`调整为${event.tier}类，办结时限：${at(event.resolveBy)}`, `Moved to tier ${event.tier}; due by ${at(event.resolveBy)}`))
    case 'merged':
      return entry(say(`与反映同一事项的问题合并，由${departmentName}一并办理`, `Merged with an issue about the same matter; ${departmentName} works on both`))
    case 'separated':
      return entry(say(`恢复单独办理，办结时限：${at(event.resolveBy)}`, `Worked on by itself again; due by ${at(event.resolveBy)}`))
    case 'directed':
      return entry(say(`现场办公决定：由${departmentName}办理，办结时限：${at(event.resolveBy)}`, `Decided in a meeting on site: ${departmentName} is to act; due by ${at(event.resolveBy)}`), event.what)
    case 'informed':
      return entry(say('贵单位补充情况', 'You have added'), event.words)
    case 'withdrawn':
      return entry(say('贵单位撤回', 'You have taken it back'), event.words)
    case 'rated':
      return entry(say(`贵单位评价：${term(ratingWords[event.rating])}`, `You rated it: ${term(ratingWords[event.rating])}`), event.words)
    case 'called-back':
      return entry(say(`电话回访（${event.asked}）：${term(ratingWords[event.rating])}`, `Called back (${event.asked}): ${term(ratingWords[event.rating])}`), event.words)
    case 'closed':
      return entry(event.closedBy === 'override' ? say('助企办特批销号', 'Closed by the campaign office') : say('已销号', 'Closed'))
    case 'reopened':
      return entry(say(`重新办理，办结时限：${at(event.resolveBy)}`, `Opened again; due by ${at(event.resolveBy)}`))
    case 'deadlines-recomputed':
      return entry(say(`放假安排调整，办结时限核定为${at(event.resolveBy)}`, `Public holidays have changed; due by ${at(event.resolveBy)}`))
    case 'assist-asked':
      return entry(say(`商请${departmentName}协办`, `${departmentName} has been asked to assist`))
    case 'assist-answered':
      return entry(say(`${departmentName}已答复协办事项`, `${departmentName} has answered`))
    case 'assist-refused':
    case 'assist-warned':
    case 'assist-escalated':
    case 'assist-acknowledged':
    case 'joined':
    case 'left':
    case 'asked':
    case 'decided':
    case 'acknowledged':
    case 'warned':
    case 'escalated':
    case 'excused':
    case 'call-back-due':
      return []
  }
}
