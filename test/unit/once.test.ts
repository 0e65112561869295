import { expect, test } from 'vitest'
import { once, onceForEach } from '../../functions/adapters/once.ts'

test('what was asked once is not asked again, each id by itself', async () => {
  const asked: string[] = []
  const answer = onceForEach(id => {
    asked.push(id)
    return Promise.resolve(id.toUpperCase())
  })
  expect(await Promise.all([answer('a'), answer('a'), answer('b')])).toEqual(['A', 'A', 'B'])
  expect(await answer('a')).toBe('A')
  expect(asked).toEqual(['a', 'b'])
})

test('a failure is not kept', async () => {
  let tries = 0
  const answer = once(() => {
    tries += 1
    return tries === 1 ? Promise.reject(new Error('throttled')) : Promise.resolve(tries)
  })
  await expect(answer()).rejects.toThrow('throttled')
  expect(await answer()).toBe(2)
  expect(await answer()).toBe(2)
})

test('of more ids than can be kept, those asked for last are', async () => {
  const asked: string[] = []
  const answer = onceForEach(id => {
    asked.push(id)
    return Promise.resolve(id)
  }, 2)
  for (const id of ['a', 'b', 'b', 'c', 'b', 'a']) expect(await answer(id)).toBe(id)
  expect(asked).toEqual(['a', 'b', 'c', 'a'])
})
