import { describe, expect, test } from 'vitest'
import { categories, categoryNames, subcategoriesOf, subcategoryNames, tiers } from '../../shared/issue/category.ts'
import { numberOf } from '../../shared/issue/decision.ts'
import { newIssueSchema } from '../../shared/issue/issue.ts'
import { routeIssue } from '../../shared/issue/routing.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import { aNewIssue, dispatch } from '../mothers/issue.ts'
import { aPolicy } from '../mothers/policy.ts'
import { faultsIn, refusal } from '../mothers/refusal.ts'
import { aStaff } from '../mothers/staff.ts'

const own = 'D-01'
const routing: Policy['routing'] = [
  { category: 'facilities', subcategory: 'water', tier: 'C', departmentId: 'CITY-WATER' },
  { category: 'facilities', subcategory: 'water', departmentId: 'WATER' },
  { category: 'facilities', tier: 'D', departmentId: 'POLICY' },
  { category: 'facilities', departmentId: 'HOUSING' },
  { category: 'approvals', departmentId: own },
  { category: 'land', departmentId: 'LAND' },
  { category: 'land', subcategory: 'acquisition', departmentId: 'NEVER' },
  { category: 'finance', subcategory: 'labour', tier: 'D', departmentId: 'LABOUR' },
  { category: 'finance', subcategory: 'operations', tier: 'B', departmentId: 'INDUSTRY' },
]
const policy = aPolicy({ routing })

describe('who leads', () => {
  test.each([
    // category, subcategory, tier given → tier, lead, how
    ['facilities', 'water', 'A', 'A', own, 'own-department'],
    ['facilities', 'water', 'B', 'B', 'WATER', 'routing-table'],
    ['facilities', 'water', 'C', 'C', 'CITY-WATER', 'routing-table'],
    ['facilities', 'water', 'D', 'D', 'WATER', 'routing-table'],
    ['facilities', 'roads', 'B', 'B', 'HOUSING', 'routing-table'],
    ['facilities', 'roads', 'D', 'D', 'POLICY', 'routing-table'],
    ['finance', 'labour', 'D', 'D', 'LABOUR', 'routing-table'],
    // The table names nobody: the first receiver leads.
    ['finance', 'labour', 'B', 'B', own, 'first-receiver'],
    ['finance', 'financing', 'C', 'C', own, 'first-receiver'],
    // The first line that fits decides, be it the more general one.
    ['land', 'acquisition', 'B', 'B', 'LAND', 'routing-table'],
    ['approvals', 'planning', 'C', 'C', own, 'routing-table'],
    // Without a tier, what the table gives to another department as B is B, and the rest A.
    ['facilities', 'water', undefined, 'B', 'WATER', 'routing-table'],
    ['facilities', 'roads', undefined, 'B', 'HOUSING', 'routing-table'],
    ['approvals', 'planning', undefined, 'A', own, 'own-department'],
    ['finance', 'financing', undefined, 'A', own, 'own-department'],
    ['finance', 'labour', undefined, 'A', own, 'own-department'],
    ['finance', 'operations', undefined, 'B', 'INDUSTRY', 'routing-table'],
  ] as const)('%s/%s of tier %s: %s, %s, %s', (category, subcategory, given, tier, leadDepartmentId, routedBy) => {
    const issue = { category, subcategory, ...(given === undefined ? {} : { tier: given }) }
    expect(routeIssue(issue, own, policy)).toEqual({ tier, leadDepartmentId, routedBy })
  })

  test('with an empty table every issue stays with its first receiver', () => {
    for (const tier of tiers) expect(routeIssue({ ...aNewIssue(), tier }, own, aPolicy()).leadDepartmentId).toBe(own)
  })

  test('the supervisors are told of what the table gives to nobody', () => {
    const unrouted = dispatch({ submitted: { tier: 'C' }, staff: aStaff({ supervisors: ['s1', 's2'] }) }).mails.filter(mail => mail.about.kind === 'issue-unrouted')
    expect(unrouted.map(mail => mail.to)).toEqual(['officer:s1', 'officer:s2'])
    expect(dispatch({ submitted: { tier: 'B' }, policy }).mails.filter(mail => mail.about.kind === 'issue-unrouted')).toEqual([])
  })

  test('an issue remembers who received it and who leads', () => {
    const { issue, events } = dispatch({ submitted: { tier: 'B' }, policy })
    expect([issue.firstDepartmentId, issue.leadDepartmentId]).toEqual([own, 'WATER'])
    expect(events[0]).toMatchObject({ event: 'dispatched', by: '1001', departmentId: 'WATER', routedBy: 'routing-table', tier: 'B' })
  })
})

describe('categories', () => {
  test('every subcategory belongs to one category', () => {
    expect(new Set(subcategoryNames).size).toBe(subcategoryNames.length)
    expect(categoryNames).toEqual(['facilities', 'approvals', 'land', 'finance'])
  })

  test('every name is there in both languages', () => {
    for (const name of categoryNames)
      for (const words of [categories[name], ...Object.values(subcategoriesOf(name))]) {
        expect(words.zh).toMatch(/^[\u4e00-\u9fff]+$/)
        expect(words.en).toMatch(/^[A-Z][a-z -]+$/)
      }
  })

  test.each(categoryNames.flatMap(category => subcategoryNames.map(subcategory => [category, subcategory] as const)))('%s/%s is taken only if it is one', (category, subcategory) => {
    const submit = () => dispatch({ submitted: { category, subcategory } })
    if (subcategory in subcategoriesOf(category)) expect(submit().issue.subcategory).toBe(subcategory)
    else expect(refusal(submit).values).toEqual({ category, allowed: Object.keys(subcategoriesOf(category)).join(', ') })
  })
})

test.each([
  [{}, []],
  [{ tier: 'E' }, ['tier not-allowed']],
  [{ category: 'weather' }, ['category not-allowed']],
  [{ subcategory: 'toString' }, ['subcategory not-allowed']],
  [{ title: '' }, ['title required']],
  [{ title: '水'.repeat(101) }, ['title too-long']],
  [{ description: undefined }, ['description required']],
  [{ status: 'resolved', priority: 1 }, ['status unknown-field', 'priority unknown-field']],
  [{ title: 7, tier: null }, ['tier not-allowed', 'title wrong-type']],
])('a submission with %j is answered with %j', (but, faults) => {
  expect(faultsIn(newIssueSchema, { ...aNewIssue(), ...but })).toEqual(faults)
})

test.each([
  [1, '2026-000001'],
  [123, '2026-000123'],
  [1_234_567, '2026-1234567'],
])('number %i of 2026 is %s', (sequence, number) => {
  expect(numberOf(2026, sequence)).toBe(number)
})
