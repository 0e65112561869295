import { describe, expect, test } from 'vitest'
import { defaultPolicy, enteredPolicySchema, policySchema } from '../../shared/policy/policy.ts'
import { aPolicy } from '../mothers/policy.ts'
import { faultsIn } from '../mothers/refusal.ts'

/** The default policy with one value, `a.b.0`, replaced. */
const withValue = (path: string, value: unknown): unknown => {
  const policy = structuredClone(defaultPolicy) as unknown
  const names = path.split('.')
  const last = names.pop() ?? ''
  const holder = names.reduce((part, name) => (part as Record<string, unknown>)[name], policy) as Record<string, unknown>
  holder[last] = value
  return policy
}

test('the default policy is one', () => {
  expect(policySchema.parse(defaultPolicy)).toEqual(defaultPolicy)
})

describe('a policy is refused', () => {
  test.each<[string, unknown, string[]]>([
    ['workingHours', { from: '18:00', to: '09:00' }, ['workingHours.from not-allowed', 'workingHours.to not-allowed']],
    ['workingHours', { from: '09:15', to: '21:00' }, ['workingHours.from not-allowed', 'workingHours.to not-allowed']],
    ['workingHours', { from: '9:00', to: '24:00' }, ['workingHours.from bad-format', 'workingHours.to bad-format']],
    ['quota.visitsPerMonth', -1, ['quota.visitsPerMonth too-small']],
    ['quota.visitsPerMonth', 1.5, ['quota.visitsPerMonth wrong-type']],
    ['quota.visitsPerMonth', '2', ['quota.visitsPerMonth wrong-type']],
    ['quota.countedModes', ['onsite', 'onsite'], ['quota.countedModes.1 duplicate-value']],
    ['quota.countedModes', ['dinner'], ['quota.countedModes.0 not-allowed']],
    ['quota.startsBy', [{ day: 32, owes: 1 }], ['quota.startsBy.0.day too-large']],
    ['quota.startsBy', [{ day: 10, owes: 2 }, { day: 10, owes: 1 }], ['quota.startsBy.1 duplicate-value']],
    ['quota.endsBy', [{ day: 10, owes: -1 }], ['quota.endsBy.0.owes too-small']],
    ['flags.sameTextVisits', 1, ['flags.sameTextVisits too-small']],
    ['flags.sameTextVisits', 51, ['flags.sameTextVisits too-large']],
    ['flags.lateEntriesADay', 0, ['flags.lateEntriesADay too-small']],
    ['flags.lookBackDays', 181, ['flags.lookBackDays too-large']],
    ['flags', undefined, ['flags required']],
    ['reminders.nudgeDay', 29, ['reminders.nudgeDay too-large']],
    ['reminders.reminderWorkingDaysLeft', 1, ['reminders.reminderWorkingDaysLeft too-small']],
    ['deadlines.acceptWorkingDays', 0, ['deadlines.acceptWorkingDays too-small']],
    ['deadlines.resolveWorkingDays', { A: 5, B: 10, C: 15 }, ['deadlines.resolveWorkingDays.D required']],
    ['deadlines.resolveWorkingDays.E', 30, ['deadlines.resolveWorkingDays.E unknown-field']],
    ['deadlines.reopenedWorkingDays', { A: 3, B: 5, C: 8 }, ['deadlines.reopenedWorkingDays.D required']],
    ['deadlines.reopenedWorkingDays.A', 0, ['deadlines.reopenedWorkingDays.A too-small']],
    ['deadlines.callBackAfterWorkingDays', 0, ['deadlines.callBackAfterWorkingDays too-small']],
    ['escalation.levelAfter', [1, 3], ['escalation.levelAfter too-short']],
    ['escalation.levelAfter', [1, 0, 5], ['escalation.levelAfter.1 too-small']],
    ['assessment.officer.weights.quota', 101, ['assessment.officer.weights.quota too-large']],
    ['assessment.department.marks.flags.each', -1, ['assessment.department.marks.flags.each too-small']],
    ['escalation.warningBefore', 0, ['escalation.warningBefore too-small']],
    ['leadingGroup', ['lead@example.org', 'Lead@Example.org'], ['leadingGroup.1 duplicate-value']],
    ['leadingGroup', ['nobody'], ['leadingGroup.0 bad-format']],
    ['routing', [{ category: 'facilities', subcategory: 'labour', departmentId: 'D-02' }], ['routing.0.subcategory not-found']],
    ['routing', [{ category: 'facilities', subcategory: 'constructor', departmentId: 'D-02' }], ['routing.0.subcategory not-found']],
    ['routing', [{ category: 'facilities', tier: 'A', departmentId: 'D-02' }], ['routing.0.tier not-allowed']],
    ['routing', [{ category: 'facilities', departmentId: 'D-02' }, { category: 'facilities', departmentId: 'D-03' }], ['routing.1 duplicate-value']],
    ['routing', [{ category: 'facilities' }], ['routing.0.departmentId required']],
    ['bonus', 100, ['bonus unknown-field']],
  ])('with %s of %j: %j', (path, value, faults) => {
    expect(faultsIn(policySchema, withValue(path, value))).toEqual(faults)
  })

  test('with more than five hundred routes', () => {
    const routes = Array.from({ length: 501 }, () => ({ category: 'land', departmentId: 'D-02' }))
    expect(faultsIn(policySchema, withValue('routing', routes))).toEqual(['routing too-many'])
  })

  test('without one of its parts', () => {
    for (const part of Object.keys(defaultPolicy)) expect(faultsIn(policySchema, { ...defaultPolicy, [part]: undefined })).toEqual([`${part} required`])
  })
})

describe('a policy is taken', () => {
  test.each<[string, unknown]>([
    ['quota.visitsPerMonth', 0],
    ['quota.countedModes', []],
    ['escalation.acknowledgementHolds', 0],
    ['workingHours', { from: '08:30', to: '17:30' }],
    ['routing', [{ category: 'facilities', departmentId: 'D-02' }, { category: 'facilities', tier: 'C', departmentId: 'D-02' }, { category: 'facilities', subcategory: 'water', departmentId: 'D-02' }]],
    ['leadingGroup', ['lead@example.org', 'office@example.org']],
  ])('with %s of %j', (path, value) => {
    expect(faultsIn(policySchema, withValue(path, value))).toEqual([])
  })

  test("with the leading group's addresses in small letters", () => {
    expect(policySchema.parse(aPolicy({ leadingGroup: ['Lead@Example.ORG'] })).leadingGroup).toEqual(['lead@example.org'])
  })
})

describe('a policy is entered', () => {
  test.each<[string, unknown, string[]]>([
    ['quota.countedModes', [], ['quota.countedModes too-short']],
    ['quota', { ...defaultPolicy.quota, visitsPerMonth: 0, countedModes: [] }, []],
    ['deadlines.acceptWorkingDays', 3, ['deadlines.replyWorkingDays too-small']],
    ['deadlines.acceptWorkingDays', 2, []],
    ['deadlines.replyWorkingDays', 6, ['deadlines.resolveWorkingDays.A too-small']],
    ['deadlines.replyWorkingDays', 5, []],
    ['assessment.officer.weights.quota', 49, ['assessment.officer.weights not-whole']],
    ['assessment.department.weights.quota', 21, ['assessment.department.weights not-whole']],
    ['deadlines.resolveWorkingDays', { A: 1, B: 2, C: 1, D: 2 }, ['deadlines.resolveWorkingDays.A too-small', 'deadlines.resolveWorkingDays.C too-small']],
  ])('with %s of %j only as far as its rules agree: %j', (path, value, faults) => {
    expect(faultsIn(enteredPolicySchema, withValue(path, value))).toEqual(faults)
  })

  test('by default', () => {
    expect(faultsIn(enteredPolicySchema, defaultPolicy)).toEqual([])
  })
})
