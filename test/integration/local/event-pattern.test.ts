import { describe, expect, it } from 'vitest'
import { eventPattern } from '../../../infra/local/event-pattern.ts'

const record = { eventName: 'INSERT', dynamodb: { Keys: { pk: { S: 'OUTBOX#1' } }, NewImage: { n: { N: '5' }, tags: { SS: ['a', 'b'] } } } }

describe('filter patterns', () => {
  it.each<[object, boolean]>([
    [{ eventName: ['INSERT'] }, true],
    [{ eventName: ['MODIFY', 'INSERT'] }, true],
    [{ eventName: ['MODIFY'] }, false],
    [{ eventName: ['INSERT'], dynamodb: { Keys: { pk: { S: [{ prefix: 'OUTBOX#' }] } } } }, true],
    [{ dynamodb: { Keys: { pk: { S: [{ prefix: 'ISSUE#' }] } } } }, false],
    [{ dynamodb: { Keys: { pk: { S: [{ suffix: '#1' }] } } } }, true],
    [{ eventName: [{ 'equals-ignore-case': 'insert' }] }, true],
    [{ dynamodb: { OldImage: [{ exists: false }] } }, true],
    [{ dynamodb: { NewImage: { n: { N: [{ exists: true }] } } } }, true],
    [{ eventName: [{ 'anything-but': ['REMOVE', 'MODIFY'] }] }, true],
    [{ eventName: [{ 'anything-but': { prefix: 'IN' } }] }, false],
    [{ dynamodb: { NewImage: { n: { N: [{ numeric: ['>', 4, '<=', 5] }] } } } }, true],
    [{ dynamodb: { NewImage: { n: { N: [{ numeric: ['<', 5] }] } } } }, false],
    [{ dynamodb: { NewImage: { tags: { SS: ['b'] } } } }, true],
    [{ $or: [{ eventName: ['REMOVE'] }, { eventName: ['INSERT'] }] }, true],
    [{ missing: { field: ['x'] } }, false],
  ])('%j passes: %s', (pattern, passes) => {
    expect(eventPattern(pattern, 'test')(record)).toBe(passes)
  })

  it.each([{ a: [{ wildcard: '*x' }] }, { a: [{ cidr: '10.0.0.0/8' }] }, { a: [{ numeric: ['~', 1] }] }, { a: [{ prefix: 1 }] }, { a: 'x' }])(
    'refuses %j',
    (pattern) => {
      expect(() => eventPattern(pattern, 'test')).toThrow(/test/)
    },
  )
})
