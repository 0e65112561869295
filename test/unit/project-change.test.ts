import { describe, expect, test } from 'vitest'
import { putProjectPlan } from '../../shared/contract/projects.ts'
import { linkObstacle, planYear, removeObstacle, reportInvestment, reportMilestone, type EnteredPlan } from '../../shared/project/change.ts'
import { unplanned } from '../../shared/project/project.ts'
import { faultsIn, refusal } from '../mothers/refusal.ts'
import { at } from '../mothers/moment.ts'
import { aMilestone, aPlan, aProject, projectCodeOf } from '../mothers/project.ts'

const on = (today: string) => ({ by: '2001', now: at(`${today} 10:00`), today })
const told = (today: string, version: number) => ({ at: at(`${today} 10:00`), by: '2001', version })
const { milestoneId, name, plannedOn } = aMilestone()
const topping = { milestoneId, name, plannedOn }
const entered = (but: Partial<EnteredPlan> = {}): EnteredPlan => ({ year: 2026, months: aPlan().months, milestones: [], ...but })
const monthsWith = (nth: number, amount: number) => aPlan().months.map((planned, month) => (month === nth ? amount : planned))

describe('a plan', () => {
  test('is entered without a reason before its year begins', () => {
    const change = planYear(unplanned(projectCodeOf(1)), entered({ milestones: [topping] }), on('2025-12-31'))
    expect(change).toEqual({
      project: { ...aProject(), plans: [aPlan({ milestones: [topping] })] },
      event: { event: 'planned', ...told('2025-12-31', 1), year: 2026, after: { months: aPlan().months, milestones: [topping] } },
    })
  })

  const secondHalf = { months: aPlan().months.map((planned, nth) => (nth < 6 ? 0 : planned)) }
  test.each<[string, Partial<EnteredPlan>, string, boolean]>([
    ['of this year', {}, '2026-01-01', true],
    ['of its second half alone', secondHalf, '2026-06-30', false],
    ['of the same once that has begun', secondHalf, '2026-07-01', true],
    ['of its second half, with a milestone in the first', { ...secondHalf, milestones: [topping] }, '2026-06-30', true],
    ['of a past year', { year: 2025 }, '2026-01-01', true],
  ])('%s that is the first of its year, with %j on %s, needs a reason where that half-year has begun: %s', (_, but, today, needed) => {
    const enter = (reason?: string) => planYear(unplanned(projectCodeOf(1)), entered({ ...but, reason }), on(today))
    if (needed) expect(refusal(() => enter()).code).toBe('project-reason-required')
    else expect(enter()).toBeDefined()
    const event = enter('年中立项')?.event
    expect(event).toMatchObject({ reason: '年中立项' })
    expect(event).not.toHaveProperty('before')
  })

  test('that is entered again as it is changes nothing, in whatever order the table gives it back', () => {
    expect(planYear(aProject(), entered(), on('2026-11-01'))).toBeUndefined()
    const kept = aProject({ plans: [{ milestones: [{ reachedOn: '2026-03-19', plannedOn, name, milestoneId }], months: aPlan().months, year: 2026 }] })
    expect(planYear(kept, entered({ milestones: [topping] }), on('2026-11-01'))).toBeUndefined()
  })

  test('keeps with a reason what was there before', () => {
    const change = planYear(aProject(), entered({ months: monthsWith(0, 50), reason: '资金推迟到位' }), on('2026-03-01'))
    expect(change?.event).toEqual({
      event: 'planned', ...told('2026-03-01', 2), year: 2026, reason: '资金推迟到位',
      before: { months: aPlan().months, milestones: [] }, after: { months: monthsWith(0, 50), milestones: [] },
    })
  })

  const withMilestone = aProject({ plans: [aPlan({ milestones: [aMilestone({ reachedOn: '2026-03-19' })] })] })
  test.each<[string, Partial<EnteredPlan>, string, boolean]>([
    ['of a month of the half-year that runs', { months: monthsWith(5, 50), milestones: [topping] }, '2026-01-01', true],
    ['of a month of the half-year to come', { months: monthsWith(6, 50), milestones: [topping] }, '2026-06-30', false],
    ['of the same once that has begun', { months: monthsWith(6, 50), milestones: [topping] }, '2026-07-01', true],
    ['of a year to come', { months: monthsWith(0, 50), milestones: [topping] }, '2025-12-31', false],
    ['that drops a milestone', {}, '2026-02-01', true],
    ['that puts a milestone off into the next half-year', { milestones: [{ ...topping, plannedOn: '2026-07-20' }] }, '2026-02-01', true],
    ['that adds a milestone to the half-year that runs', { milestones: [topping, { ...topping, milestoneId: 'more' }] }, '2026-02-01', true],
    ['that adds a milestone to the half-year to come', { milestones: [topping, { ...topping, milestoneId: 'more', plannedOn: '2026-07-20' }] }, '2026-02-01', false],
    ['of a name', { milestones: [{ ...topping, name: '封顶' }] }, '2026-02-01', true],
  ])('a change %s needs a reason where it touches what has begun', (_, but, today, needed) => {
    const change = (reason?: string) => planYear(withMilestone, entered({ ...but, reason }), on(today))
    if (needed) expect(refusal(() => change()).code).toBe('project-reason-required')
    else expect(change()).toBeDefined()
    expect(change('有理由')?.event).toMatchObject({ reason: '有理由' })
  })

  test('drops or alters a milestone that has been reached only with a reason, even one of a half-year to come', () => {
    const ahead = (but = {}) => aProject({ plans: [aPlan({ milestones: [aMilestone({ plannedOn: '2026-07-20', ...but })] })] })
    expect(planYear(ahead(), entered(), on('2026-04-01'))).toBeDefined()
    const reached = ahead({ reachedOn: '2026-03-19' })
    expect(refusal(() => planYear(reached, entered(), on('2026-04-01'))).code).toBe('project-reason-required')
    expect(refusal(() => planYear(reached, entered({ milestones: [{ ...topping, milestoneId: 'more', plannedOn: '2026-07-20' }] }), on('2026-04-01'))).code).toBe('project-reason-required')
    for (const other of [{ plannedOn: '2026-08-20' }, { name: '竣工投产' }]) expect(refusal(() => planYear(reached, entered({ milestones: [{ ...topping, plannedOn: reached.plans[0]?.milestones[0]?.plannedOn ?? '', ...other }] }), on('2026-04-01'))).code).toBe('project-reason-required')
    expect(planYear(reached, entered({ reason: '误列' }), on('2026-04-01'))?.event).toMatchObject({ reason: '误列' })
  })

  test('keeps the day a milestone was reached with its id', () => {
    expect(planYear(withMilestone, entered({ milestones: [{ ...topping, plannedOn: '2026-04-01' }], reason: '调整' }), on('2026-04-01'))?.project.plans[0]?.milestones).toEqual([aMilestone({ plannedOn: '2026-04-01', reachedOn: '2026-03-19' })])
  })

  test('has milestones of its own year alone, each in one year', () => {
    const code = (plan: EnteredPlan) => refusal(() => planYear(withMilestone, plan, on('2026-01-01'))).code
    expect(code(entered({ milestones: [{ ...topping, plannedOn: '2027-01-01' }] }))).toBe('milestone-of-other-year')
    expect(code(entered({ year: 2027, milestones: [{ ...topping, plannedOn: '2027-01-01' }] }))).toBe('milestone-of-other-year')
  })

  test.each([[2023, true], [2024, false], [2031, false], [2032, true]])('of %i, entered in 2026, is too far away: %s', (year, isRefused) => {
    const enter = () => planYear(aProject(), entered({ year, reason: '补录' }), on('2026-12-31'))
    if (isRefused) expect(refusal(enter)).toMatchObject({ code: 'plan-year-out-of-range', values: { from: 2024, to: 2031 } })
    else expect(enter()).toBeDefined()
  })

  test('of another year stands beside, in order', () => {
    const change = planYear(aProject(), entered({ year: 2025, reason: '补录' }), on('2026-01-01'))
    expect(change?.project.plans.map(({ year }) => year)).toEqual([2025, 2026])
  })

  test.each<[object, string[]]>([
    [{}, []],
    [{ months: [1] }, ['months too-short']],
    [{ months: monthsWith(0, 1.5) }, ['months.0 wrong-type']],
    [{ months: monthsWith(0, -1) }, ['months.0 too-small']],
    [{ months: monthsWith(0, 10_000_001) }, ['months.0 too-large']],
    [{ milestones: [topping, topping] }, ['milestones duplicate-value']],
    [{ milestones: [{ ...topping, reachedOn: '2026-03-19' }] }, ['milestones.0.reachedOn unknown-field']],
  ])('with %j: %j', (but, faults) => {
    expect(faultsIn(putProjectPlan.body, { months: aPlan().months, milestones: [topping], ...but })).toEqual(faults)
  })
})

describe('what was invested', () => {
  test('is entered, and corrected with what was there before', () => {
    const first = reportInvestment(aProject(), { month: '2026-03', amount: 80, remark: '土建' }, on('2026-04-01'))
    expect(first?.event).toEqual({ event: 'invested', ...told('2026-04-01', 2), month: '2026-03', after: 80, remark: '土建' })
    const second = first && reportInvestment(first.project, { month: '2026-03', amount: 90, reason: '漏计设备款' }, on('2026-04-02'))
    expect(second?.event).toEqual({ event: 'invested', ...told('2026-04-02', 3), month: '2026-03', before: 80, after: 90, reason: '漏计设备款' })
    expect(second?.project.investments).toEqual([{ month: '2026-03', amount: 90 }])
  })

  test.each([
    ['another amount', { amount: 90 }, true],
    ['nothing instead', { amount: 0 }, true],
    ['another remark alone', { amount: 80, remark: '土建和设备' }, false],
  ])('corrected to %s, %j, needs a reason: %s', (_, to, needed) => {
    const correct = (reason?: string) => reportInvestment(aProject({ invested: { '2026-03': 80 } }), { month: '2026-03', ...to, reason }, on('2026-04-02'))
    if (needed) expect(refusal(() => correct()).code).toBe('project-reason-required')
    else expect(correct()?.event).not.toHaveProperty('reason')
    expect(correct('核对发票')?.event).toMatchObject({ before: 80, after: to.amount, reason: '核对发票' })
  })

  test('entered again as it is changes nothing, and nothing can be what was invested', () => {
    expect(reportInvestment(aProject({ invested: { '2026-03': 80 } }), { month: '2026-03', amount: 80 }, on('2026-04-01'))).toBeUndefined()
    expect(reportInvestment(aProject(), { month: '2026-03', amount: 0 }, on('2026-04-01'))?.project.investments).toEqual([{ month: '2026-03', amount: 0 }])
  })

  test('is of a month that has begun, and of a year that has a plan', () => {
    const code = (month: string, today: string) => refusal(() => reportInvestment(aProject(), { month, amount: 1 }, on(today))).code
    expect(code('2026-05', '2026-04-30')).toBe('project-not-yet')
    expect(code('2025-12', '2026-04-30')).toBe('project-not-planned')
    expect(reportInvestment(aProject(), { month: '2026-05', amount: 1 }, on('2026-05-01'))).toBeDefined()
  })
})

describe('a milestone', () => {
  const project = aProject({ plans: [aPlan({ milestones: [aMilestone()] })] })
  const reach = (reachedOn: string | undefined, today: string, but = project, reason?: string) => reportMilestone(but, { milestoneId: 'topping-out', reachedOn, reason }, on(today))

  test('is reached on a day that has come, which is taken back or changed only with a reason', () => {
    expect(refusal(() => reach('2026-03-02', '2026-03-01')).code).toBe('project-not-yet')
    const reached = reach('2026-03-01', '2026-03-01')?.project ?? project
    expect(reached.plans[0]?.milestones).toEqual([aMilestone({ reachedOn: '2026-03-01' })])
    expect(reach('2026-03-01', '2026-03-05', reached)).toBeUndefined()
    expect(refusal(() => reach('2026-03-02', '2026-03-05', reached)).code).toBe('project-reason-required')
    expect(refusal(() => reach(undefined, '2026-03-05', reached)).code).toBe('project-reason-required')
    const undone = reach(undefined, '2026-03-05', reached, '误报')
    expect(undone?.project.plans).toEqual(project.plans)
    expect(undone?.event).toEqual({ event: 'milestone', ...told('2026-03-05', 3), milestoneId: 'topping-out', before: '2026-03-01', reason: '误报' })
  })

  test('is reached in the year before the first that is planned at the earliest', () => {
    expect(refusal(() => reach('2024-12-31', '2026-03-01'))).toMatchObject({ code: 'milestone-too-early', values: { from: '2025-01-01' } })
    expect(reach('2025-01-01', '2026-03-01')).toBeDefined()
    const plannedSince2024 = aProject({ plans: [aPlan({ year: 2024 }), aPlan({ milestones: [aMilestone()] })] })
    expect(reach('2023-01-01', '2026-03-01', plannedSince2024)).toBeDefined()
    expect(refusal(() => reach('2022-12-31', '2026-03-01', plannedSince2024)).code).toBe('milestone-too-early')
  })

  test('that no plan names is none', () => {
    expect(refusal(() => reportMilestone(aProject(), { milestoneId: 'topping-out' }, on('2026-03-01'))).code).toBe('milestone-not-found')
  })
})

describe('an obstacle', () => {
  test('is linked once, and removed', () => {
    const linked = linkObstacle(aProject(), '2026-000001', on('2026-03-01')).project
    expect(linked.obstacles).toEqual([{ issueId: '2026-000001', linkedAt: at('2026-03-01 10:00'), linkedBy: '2001' }])
    expect(refusal(() => linkObstacle(linked, '2026-000001', on('2026-03-01'))).code).toBe('obstacle-linked')
    expect(removeObstacle(linked, '2026-000001', on('2026-03-02'))).toEqual({ project: aProject({ version: 3 }), event: { event: 'obstacle-removed', ...told('2026-03-02', 3), issueId: '2026-000001' } })
    expect(refusal(() => removeObstacle(aProject(), '2026-000001', on('2026-03-01'))).code).toBe('obstacle-not-found')
  })

  test('is one of twenty at most', () => {
    const obstacles = Array.from({ length: 20 }, (_, nth) => ({ issueId: `2026-${String(nth).padStart(6, '0')}`, linkedAt: 0, linkedBy: '2001' }))
    expect(refusal(() => linkObstacle(aProject({ obstacles }), '2026-000099', on('2026-03-01'))).code).toBe('too-many-obstacles')
  })
})
