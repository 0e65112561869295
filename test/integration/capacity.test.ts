import { expect, test } from 'vitest'
import { operations } from '../../shared/contract/index.ts'
import { documentedCosts } from '../bench/documented-capacity.ts'
import { measureCosts } from '../bench/operation-costs.ts'

test("every operation, sweep and mail costs exactly what the README's table says", async () => {
  expect(Object.fromEntries(await measureCosts())).toEqual(Object.fromEntries(documentedCosts()))
})

test('the table leaves no operation out that reads the table', () => {
  const documented = documentedCosts()
  expect(operations.filter(op => op.owner !== 'docs' && !documented.has(op.id)).map(op => op.id)).toEqual([])
})
