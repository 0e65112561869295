import { decided, type Act, type Decision } from './decision.ts'
import type { Excuse, Issue } from './issue.ts'

/**
 * A granted appeal: that this version of the deadline was missed is nobody's fault, and is left out of figures and
 * assessments. Levels stay, and nothing stops; what has ended can be excused, too.
 */
export const excuseIssue = (issue: Issue, excuse: Omit<Excuse, 'at'>, act: Act): Decision =>
  decided({ ...issue, excused: [...(issue.excused ?? []), { ...excuse, at: act.now }] }, [{ event: 'excused', ...excuse }], act, [])

/** Whether the miss of that version of the deadline is excused; of an issue's resolve clock, or of a step. */
export const isExcused = ({ excused = [] }: { readonly excused?: readonly Pick<Excuse, 'deadlineVersion'>[] | undefined }, deadlineVersion: number): boolean => excused.some(each => each.deadlineVersion === deadlineVersion)
