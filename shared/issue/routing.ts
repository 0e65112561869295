import type { Policy } from '../policy/policy.ts'
import type { NewIssue, RoutedBy } from './issue.ts'
import type { Tier } from './category.ts'

export interface Routing {
  readonly tier: Tier
  readonly leadDepartmentId: string
  readonly routedBy: RoutedBy
}

const routeFor = (issue: Pick<NewIssue, 'category' | 'subcategory'>, tier: Tier, policy: Policy): string | undefined =>
  policy.routing.find(
    route =>
      route.category === issue.category &&
      (route.subcategory === undefined || route.subcategory === issue.subcategory) &&
      (route.tier === undefined || route.tier === tier),
  )?.departmentId

/**
 * Who leads an issue. Tier A stays with the officer's own department; the others go by the policy's routing table,
 * and where it names nobody, the first receiver leads (and the supervisors are told). Without a tier given, what the
 * table gives to another department as tier B is B, and the rest A.
 */
export const routeIssue = (
  issue: Pick<NewIssue, 'category' | 'subcategory' | 'tier'>,
  ownDepartmentId: string,
  policy: Policy,
): Routing => {
  const routed = routeFor(issue, issue.tier ?? 'B', policy)
  const tier = issue.tier ?? (routed !== undefined && routed !== ownDepartmentId ? 'B' : 'A')
  if (tier === 'A') return { tier, leadDepartmentId: ownDepartmentId, routedBy: 'own-department' }
  if (routed === undefined) return { tier, leadDepartmentId: ownDepartmentId, routedBy: 'first-receiver' }
  return { tier, leadDepartmentId: routed, routedBy: 'routing-table' }
}

/** A session leaves it to a department of its choice. Without a tier given, what that is not the officer's own is B. */
export const routeBySession = ({ tier }: Pick<NewIssue, 'tier'>, ownDepartmentId: string, departmentId: string): Routing => ({
  tier: tier ?? (departmentId === ownDepartmentId ? 'A' : 'B'),
  leadDepartmentId: departmentId,
  routedBy: 'session',
})
