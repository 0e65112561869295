import { Problem } from '../contract/problem.ts'
import type { Tier } from './category.ts'
import { withDeadlinesAnew, type Reckoning } from './deadline.ts'
import { decided, moved, tellBothSides, type Act, type Contact, type Decision } from './decision.ts'
import type { Issue } from './issue.ts'

/**
 * A supervisor puts the issue into another tier 调整层级, whose working days hold from the day it was dispatched, or
 * reopened. Nobody who works on it does that: they would set their own deadline. Who leads stays.
 * @throws Problem `command-not-legal`, `same-tier`
 */
export const changeTier = (issue: Issue, to: { readonly tier: Tier; readonly reason: string }, contact: Contact, act: Act, reckoning: Reckoning): Decision => {
  const after = moved(issue, 'tier')
  if (to.tier === issue.tier) throw new Problem('same-tier', { tier: issue.tier })
  const changed = withDeadlinesAnew({ ...after, tier: to.tier }, act.now, reckoning)
  const { deadlineVersion, clocks } = changed
  const event = { event: 'tier-changed', fromTier: issue.tier, ...to, deadlineVersion, resolveBy: clocks.resolve.by } as const
  return decided(changed, [event], act, tellBothSides(issue, 'issue-moved', contact))
}
