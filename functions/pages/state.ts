import { pauseUnderWay } from '../../shared/issue/deadline.ts'
import type { Issue } from '../../shared/issue/issue.ts'
import { ratingWords } from '../../shared/issue/rating.ts'
import type { PagePen } from '../html/layout.ts'

/** An issue with the names that stand for its ids. */
export interface Shown {
  readonly issue: Issue
  readonly departmentName: string
  /** The issue that it is merged into, if it is. */
  readonly mergedInto?: Issue
}

/** Where an issue stands, in a sentence, and what is due next. */
export const stateOf = ({ issue, departmentName, mergedInto }: Shown, pen: PagePen): string => {
  const { say, at, term, now } = pen
  switch (issue.status) {
    case 'dispatched':
      return clauses([say(`已交办${departmentName}`, `Sent to ${departmentName}`), ...acceptanceOf(issue, pen), resolutionOf(issue, pen)], pen)
    case 'accepted': {
      const works =
        issue.reopened.length > 0 ? say(`${departmentName}正在重新办理`, `${departmentName} is working on it again`) : say(`${departmentName}正在办理`, `${departmentName} is working on it`)
      return clauses([works, resolutionOf(issue, pen)], pen)
    }
    case 'paused': {
      const pause = pauseUnderWay(issue)
      const endsBy = pause?.endsBy ?? issue.clocks.resolve.by
      const waits = pause?.waitingFor === 'enterprise' ? say('等待贵单位补充情况', 'waiting for your enterprise') : say('等待外部单位办理', 'waiting for an outside body')
      // It ends by itself, but not at the very moment.
      const ends = endsBy > now ? say(`至迟${at(endsBy)}恢复`, `it goes on by ${at(endsBy)} at the latest`) : say('即将恢复', 'it is about to go on')
      return say(`${departmentName}已暂停计时，${waits}，${ends}`, `${departmentName} has paused it, ${waits}; ${ends}`)
    }
    case 'merged': {
      const works = say(`已与反映同一事项的问题合并，由${departmentName}一并办理`, `Merged with an issue about the same matter; ${departmentName} works on both`)
      // The other enterprise's affairs are not told; when the matter is due, is.
      const due = mergedInto === undefined ? [] : mergedInto.status === 'paused' ? [say('目前暂停计时', 'paused for now')] : [resolutionOf(mergedInto, pen)]
      return clauses([works, ...due], pen)
    }
    case 'withdrawn':
      return say('贵单位已撤回', 'You have taken this back')
    case 'resolved':
      if (issue.explained === true) return say(`${departmentName}已作出说明，请您评价`, `${departmentName} has explained why it cannot be solved; please rate this`)
      return say(`${departmentName}已办结，请您评价`, `${departmentName} reports it resolved; please rate the result`)
    case 'closed': {
      const { closing } = issue
      return closing?.rating === undefined
        ? say('已由助企办特批销号', 'Closed by the campaign office')
        : say(`您的评价：${term(ratingWords[closing.rating])}。已销号`, `You were ${term(ratingWords[closing.rating])}. Closed`)
    }
  }
}

const clauses = (parts: readonly string[], { say }: PagePen): string => say(parts.join('，'), parts.join('; '))

/** Who hands an issue on has often accepted it already. Once the whole is overdue, that says enough. */
const acceptanceOf = ({ clocks: { accept, resolve } }: Issue, { say, at, now }: PagePen): readonly string[] => {
  if (accept.doneAt !== undefined || resolve.by <= now) return []
  return [accept.by > now ? say(`将于${at(accept.by)}前签收`, `to be accepted by ${at(accept.by)}`) : say(`原定${at(accept.by)}前签收，现已逾期，正在催办`, `to be accepted by ${at(accept.by)}, which is overdue and being chased`)]
}

const resolutionOf = ({ clocks: { resolve } }: Issue, { say, at, now }: PagePen): string =>
  resolve.by > now
    ? say(`将于${at(resolve.by)}前办结`, `to be resolved by ${at(resolve.by)}`)
    : say(`原定${at(resolve.by)}前办结，现已逾期，正在督促办理`, `it was to be resolved by ${at(resolve.by)}, is overdue, and the department is being urged`)
