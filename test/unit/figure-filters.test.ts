import { expect, test } from 'vitest'
import { fill, oneOf, Problem, problems } from '../../shared/contract/problem.ts'
import { demandFiltersOf } from '../../shared/report/figure.ts'

test.each([
  ['issuesOpen', { tier: 'A', category: 'facilities' }],
  ['decisionsOpen', { tier: 'A' }],
  ['deliveries', { measureId: 'M-01' }],
  ['officers', {}],
] as const)('%s can be asked for by %j', (figure, asked) => {
  expect(() => { demandFiltersOf(figure, asked) }).not.toThrow()
})

test.each([
  ['officers', { tier: 'A' }, 'officers 可用的查询条件：departmentId；请去掉 tier。'],
  ['issuesOpen', { tier: 'A', measureId: 'M-01' }, 'issuesOpen 可用的查询条件：departmentId, tier, category；请去掉 measureId。'],
  ['deliveries', { tier: 'A', category: 'facilities' }, 'deliveries 可用的查询条件：departmentId, measureId；请去掉 tier, category。'],
  ['sessionsHeld', { category: 'land' }, 'sessionsHeld 可用的查询条件：departmentId；请去掉 category。'],
] as const)('%s asked for by %j says what it can be asked for by', (figure, asked, said) => {
  try {
    demandFiltersOf(figure, asked)
    expect.fail('it was not refused')
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    expect([error.code, fill(problems['filter-not-of-figure'].detail, error.values, 'zh')]).toEqual(['filter-not-of-figure', said])
  }
})

test('a filter that is missing is asked for in words that suit one as well as several', () => {
  const words = (names: readonly string[], language: 'zh' | 'en') => fill(problems['filter-required'].detail, { filters: oneOf(names) }, language)
  expect([words(['departmentId'], 'zh'), words(['officerId', 'departmentId'], 'zh'), words(['departmentId'], 'en'), words(['officerId', 'departmentId'], 'en')]).toEqual([
    '请给出 departmentId。', '请给出 officerId 或 departmentId。', 'Give departmentId.', 'Give officerId or departmentId.',
  ])
})
