import { describe, expect, it } from 'vitest'
import { router } from '../../../infra/local/routes.ts'

const choose = router(
  ['GET /pets/dog/1', 'GET /pets/dog/{id}', 'ANY /pets/dog/{id}', 'GET /pets/{proxy+}', 'ANY /{proxy+}', '$default', 'GET /p/{a}/x', 'GET /p/y/{b}'].map(
    (key) => ({ key, value: key }),
  ),
)

describe('choosing a route', () => {
  it.each([
    ['GET', '/pets/dog/1', 'GET /pets/dog/1', {}],
    ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
    ['POST', '/pets/dog/1', 'ANY /pets/dog/{id}', { id: '1' }],
    ['GET', '/pets/cat/1', 'GET /pets/{proxy+}', { proxy: 'cat/1' }],
    ['POST', '/test/5', 'ANY /{proxy+}', { proxy: 'test/5' }],
    ['GET', '/p/y/x', 'GET /p/y/{b}', { b: 'x' }],
    ['GET', '/pets/dog/', 'GET /pets/{proxy+}', { proxy: 'dog/' }],
  ])('%s %s takes %s', (method, path, key, parameters) => {
    expect(choose(method, path)).toEqual({ route: { key, value: key }, parameters })
  })

  it('falls back on $default, and on nothing without it', () => {
    const byDefault = router([{ key: 'GET /a', value: 1 }, { key: '$default', value: 2 }])
    expect(byDefault('GET', '/b')?.route.value).toBe(2)
    expect(router([{ key: 'GET /a', value: 1 }])('POST', '/a')).toBeUndefined()
  })

  it('refuses a key it does not understand', () => {
    expect(() => router([{ key: '$connect', value: 1 }])).toThrow('$connect')
  })
})
