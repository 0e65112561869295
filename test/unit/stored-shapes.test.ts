import { createHash } from 'node:crypto'
import * as z from 'zod'
import { describe, expect, it } from 'vitest'
import { shapes } from '../../functions/adapters/shape.ts'
import { migrations, NewerShape, opened, shapeVersion, stored, type ShapeName } from '../../functions/adapters/stored.ts'

/**
 * The shape of each stored item, pinned with its version. When a test here fails, items of the old shape lie in tables
 * already: add the migration from the old one, and only then pin the new shape with the version that it gives.
 */
const pinned: Record<ShapeName, readonly [version: number, shape: string]> = {
  department: [1, '2e1784f20118b168'],
  officer: [1, 'f0d73d36e8559901'],
  move: [1, '8936f8ebc7f63111'],
  enterprise: [1, '7007666c79d916c3'],
  pairing: [1, 'ad7ca9efaac09132'],
  staff: [1, '234adfb274055a25'],
  visit: [1, '34ba7d372f49294d'],
  quota: [1, 'c975d5f5acd165b7'],
  exemption: [1, '2240f485047f00a7'],
  flag: [1, 'f443ff497f67f7ac'],
  entries: [1, 'afa29bd5fa5eedb4'],
  confirmation: [1, 'ba3bdaeb2aa25de0'],
  measure: [1, '4f1f0f6b94efb88e'],
  delivery: [1, 'ceaa0b63318a7c71'],
  issue: [1, '891a09e2f9dc28cb'],
  event: [1, '6e4da4c2285dfef9'],
  session: [1, '0504c065790fcbae'],
  decision: [1, '06702cfc8f069c61'],
  direction: [1, '0ae66d3faefdd27f'],
  'case-template': [1, '966beed6c2451f1c'],
  case: [1, '897227c3a5e6ed29'],
  'case-event': [1, 'a160053f1bdb0c0f'],
  concern: [1, '606ce19c16704bf3'],
  bulletin: [1, '42212fd3603afd34'],
  'bulletin-department': [1, '165fed84c20707fd'],
  notice: [1, '79d9624b23c32a93'],
  publication: [1, '3c36e79a61506157'],
  assessment: [1, '168874ba729fb4c3'],
  sheet: [1, 'fe9a7dca99e9ad3c'],
  'sheet-input': [1, 'f117aff426565e4d'],
  rankings: [1, 'c0967df2d8f4b3f3'],
  assist: [1, '31f23e953463a273'],
  awaiting: [1, 'fa2aedefaf7919a9'],
  'officer-rating': [1, '7b77cae60323c352'],
  project: [1, '89e077dfaeee6ad6'],
  'project-event': [1, '09dd4c469dc6933c'],
  task: [1, '3eaef0bb0b9e1d69'],
  run: [1, '53fe08a566a0f637'],
  amended: [1, 'c8b553fcd6f01dad'],
  link: [1, 'f7c36ee8ef73fdd1'],
  'bulletin-link': [1, 'dc52abd076b9223b'],
  unreached: [1, '988a8201b27adbcd'],
  revocation: [1, '266eb206731dadb2'],
  administration: [1, '25c7d85c859a6f78'],
  paired: [1, 'f676be0f144880ff'],
  counter: [1, 'c2e53a7ec735cc4d'],
  outbox: [1, 'd19ad2fe2743f99d'],
  request: [1, '3a1ce2221ec92942'],
  policy: [1, 'd8d83e63f24ec8f8'],
  calendar: [1, 'ffc5dafa242239b1'],
}

/** An example is for readers, and no part of the shape. */
const withoutExample = ({ jsonSchema }: { jsonSchema: Record<string, unknown> }): void => {
  delete jsonSchema['example']
}

const digest = (schema: z.core.$ZodType): string =>
  createHash('sha256')
    .update(JSON.stringify(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any', override: withoutExample })))
    .digest('hex')
    .slice(0, 16)

const names = Object.keys(shapes) as ShapeName[]

describe('stored shapes', () => {
  it.each(names)('%s is what its version says', name => {
    expect([shapeVersion(name), digest(shapes[name])]).toEqual(pinned[name])
  })

  it('of an earlier version are brought along step by step, from theirs on', () => {
    const steps = [1, 2, 3].map(from => (data: unknown) => [...(data as number[]), from])
    const known = migrations.counter
    Object.assign(migrations, { counter: steps })
    try {
      const from = (v: number) => opened('counter', { pk: 'a', sk: 'b', shape: 'counter', v, data: [] }) as unknown
      expect([from(1), from(3), from(4)]).toEqual([[1, 2, 3], [3], []])
    } finally {
      Object.assign(migrations, { counter: known })
    }
  })

  it.each(names)('%s of a later version is refused: it would be written back as one of ours', name => {
    const item = stored(name, { pk: 'a', sk: 'b' }, {})
    expect(opened(name, item)).toEqual({})
    expect(() => opened(name, { ...item, v: shapeVersion(name) + 1 })).toThrow(NewerShape)
  })

  it('are refused when an item is of another shape', () => {
    expect(() => opened('visit', { pk: 'a', sk: 'b', shape: 'issue', v: 1, data: {} })).toThrow('expected an item of shape visit')
  })
})
