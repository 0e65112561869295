import { expect, it } from 'vitest'
import { startEngine } from '../../../infra/local/engine.ts'

it('says in one sentence how to get an engine when there is none', async () => {
  await expect(startEngine({}, () => undefined)).rejects.toThrow(/^No DynamoDB engine was found: .*brew.*cargo.*--dynamodb.*\.$/)
})

it('starts several engines at once, each its own', async () => {
  const engines = await Promise.all(Array.from({ length: 4 }, () => startEngine()))
  expect(new Set(engines.map(({ endpoint }) => endpoint)).size).toBe(4)
  await Promise.all(engines.map((engine) => engine.close()))
})
