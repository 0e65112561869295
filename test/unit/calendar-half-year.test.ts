import { expect, test } from 'vitest'
import { halfYearNamed, halfYearOf } from '../../shared/calendar/half-year.ts'

test.each([
  ['2026-01', '2026-H1', '2026-01', '2026-06'], ['2026-06', '2026-H1', '2026-01', '2026-06'],
  ['2026-07', '2026-H2', '2026-07', '2026-12'], ['2026-12', '2026-H2', '2026-07', '2026-12'],
])('%s lies in %s, from %s to %s', (month, name, from, to) => {
  expect(halfYearOf(month)).toEqual({ name, from, to })
  expect(halfYearNamed(name)).toEqual({ name, from, to })
})
