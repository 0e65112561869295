import type { Milestone, Plan, Project } from '../../shared/project/project.ts'

/** The code of a project of the district; another for each number. */
export const projectCodeOf = (number: number): string => `2026-610133-47-03-${String(number).padStart(6, '0')}`

/** A plan of the same amount every month. */
export const aPlan = (but: Partial<Plan> = {}): Plan => ({ year: 2026, months: Array.from({ length: 12 }, () => 100), milestones: [], ...but })

export const aMilestone = (but: Partial<Milestone> = {}): Milestone => ({ milestoneId: 'topping-out', name: '主体封顶', plannedOn: '2026-03-20', ...but })

/** A project with a plan for 2026, of which nothing has been reported. `invested`: amounts by month. */
export const aProject = ({ invested = {}, ...but }: Partial<Project> & { readonly invested?: Readonly<Record<string, number>> } = {}): Project => ({
  enterpriseId: projectCodeOf(1),
  version: 1,
  plans: [aPlan()],
  investments: Object.entries(invested).map(([month, amount]) => ({ month, amount })),
  obstacles: [],
  ...but,
})
